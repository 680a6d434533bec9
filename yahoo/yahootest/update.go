package yahootest

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// change is one update of an order under way.
type change struct {
	m      *Mall
	order  *Order
	before Order // the order before it
	user   string
	log    []logged
	warn   string // code of a warning
	lag    time.Duration
}

// begin finds the order of an update and refuses what the mall refuses of every update.
func (m *Mall) begin(r *request) (*change, *fake.Reply) {
	target := r.node.child("Target")
	id := target.text("OrderId")
	if id == "" {
		return nil, badParameter("OrderId")
	}
	o := m.orders[id]
	switch {
	case o == nil:
		return nil, noOrder(id)
	case o.field("IsReadOnly", time.Now()) == "1":
		return nil, forbiddenNow("ReadOnly")
	}
	user := target.text("OperationUser")
	return &change{m: m, order: o, before: o.clone(), user: cmp.Or(user, "mihon-operator")}, nil
}

// forbiddenNow is what the order's state does not allow. The real code was never recorded; the
// words were.
func forbiddenNow(what string) *fake.Reply {
	r := problem(http.StatusBadRequest, "od91110", "Cannot Be Operated : "+what, "")
	return &r
}

// set changes a field and keeps it for the history.
func (c *change) set(name, value string) {
	if c.order.Fields[name] != value {
		c.log = append(c.log, logged{field: name, value: value})
	}
	c.order.Fields[name] = value
}

// done closes an update: it marks the order as seen, keeps the history and answers.
func (c *change) done(extra string) fake.Reply {
	now := time.Now()
	c.set("IsSeen", "true")
	c.order.Fields["OperationUser"], c.order.Fields["LastUpdateTime"] = c.user, instant(now)
	c.order.history = append(c.order.history, entry{at: now, user: c.user, changes: c.log})
	c.order.Fields["HistoryId"] = decimal(int64(len(c.order.history)))
	if lag := max(c.lag, c.m.options.ReadLag); lag > 0 {
		c.before.history = c.order.history[:len(c.order.history)-1]
		c.order.earlier = append(c.order.earlier, view{until: now.Add(lag), order: &c.before})
	}
	if c.warn != "" {
		var b strings.Builder
		element(&b, "Code", c.warn)
		element(&b, "Message", "")
		element(&b, "Detail", "")
		extra += "<Warning>\n" + b.String() + "</Warning>\n"
	}
	return updated(extra)
}

// flagOf reads a required flag.
func flagOf(n *node, name string) (value bool, refusal *fake.Reply) {
	text := n.text(name)
	if text != "true" && text != "false" {
		return false, badParameter(name)
	}
	return text == "true", nil
}

func (m *Mall) orderStatusChange(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	fix, refusal := flagOf(r.node.child("Target"), "IsPointFix")
	if refusal != nil {
		return *refusal
	}
	want, reason := r.node.text("Order", "OrderStatus"), r.node.text("Order", "CancelReason")
	detail := r.node.text("Order", "CancelReasonDetail")
	switch {
	case len(want) != 1 || !strings.Contains("12345", want):
		return *badParameter("OrderStatus")
	case want == "5" && !fix:
		return *badParameter("IsPointFix")
	case reason == "230" && len([]rune(detail)) < 10:
		return *badParameter("CancelReasonDetail")
	case reason != "" && (want != "4" || !slices.Contains(writableReasons, reason)):
		return *badParameter("CancelReason")
	}
	if now := c.order.Fields["OrderStatus"]; !c.order.mayBecome(want) {
		word := map[string]string{"1": "ReserveOrder", "2": "ProcessingOrder", "3": "HoldOrder",
			"4": "CancelOrder", "5": "CompleteOrder"}[now]
		return *forbiddenNow(cmp.Or(word, "Order") + " OrderStatus")
	}
	c.set("OrderStatus", want)
	switch want {
	case "4":
		c.set("CancelReason", cmp.Or(reason, "210"))
		c.set("CancelReasonDetail", detail)
		c.set("SettleStatus", map[bool]string{true: "7",
			false: "6"}[c.order.Fields["PayStatus"] == "1"])
		c.m.mailed++
		if later := c.m.options.CancelLater; later > 0 {
			c.warn, c.lag = "od91704", later
		}
	case "5":
		c.set("IsGetPointFixAll", "true")
		c.set("FirstOrderDoneDate", day(time.Now()))
	}
	return c.done("")
}

// steps is the mall's table of changes of the order status (注文ステータス遷移表): what a status may become.
var steps = map[string]string{"1": "45", "2": "345", "3": "245", "4": "", "5": "24"}

// mayBecome reports whether the table allows a change. A held order goes back to 予約中 only while
// goods of it are not released yet; an order under suspicion (いたずら注文) takes none of the steps that
// the table marks so.
func (o *Order) mayBecome(want string) bool {
	now := o.Fields["OrderStatus"]
	switch {
	case now == "3" && want == "1":
		return slices.ContainsFunc(o.Lines,
			func(l Line) bool { return l.Fields["ReleaseDate"] > day(time.Now()) })
	case o.Fields["Suspect"] == "1" &&
		(want == "5" || now == "3" && want == "2" || now == "5" && want == "4"):
		return false
	}
	return strings.Contains(steps[now], want)
}

var writableReasons = strings.Fields("100 110 120 130 140 150 160 170 180 200 210 220 230")

func (m *Mall) orderPayStatusChange(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	pay := r.node.at("Order", "Pay")
	status := pay.text("PayStatus")
	if status != "0" && status != "1" {
		return *badParameter("PayStatus")
	}
	if c.order.Fields["OrderStatus"] == "4" {
		return *forbiddenNow("CancelOrder PayStatus")
	}
	c.set("PayStatus", status)
	if pay.child("PayDate") != nil {
		c.set("PayDate", told("PayDate", pay.text("PayDate")))
	}
	if status == "1" && c.order.Fields["ShipStatus"] == "0" {
		c.set("ShipStatus", "1")
	}
	return c.done("")
}

func (m *Mall) orderShipStatusChange(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	if _, refusal := flagOf(r.node.child("Target"), "IsPointFix"); refusal != nil {
		return *refusal
	}
	ship := r.node.at("Order", "Ship")
	status := ship.text("ShipStatus")
	switch {
	case len(status) != 1 || !strings.Contains("01234", status):
		return *badParameter("ShipStatus")
	case c.order.Fields["OrderStatus"] == "4":
		return *forbiddenNow("CancelOrder ShipStatus")
	}
	for _, f := range ship.children {
		if !shipStatusNames[f.name] {
			return *badParameter(f.name)
		}
	}
	if refusal := c.parcel(ship); refusal != nil {
		return *refusal
	}
	if status == "3" && c.order.Fields["PayMethod"] == "payment_a1" &&
		c.order.Fields["ShipStatus"] != "3" {
		if c.order.Fields["SettleStatus"] == "5" {
			c.warn = "od91113"
		}
		c.set("SettleStatus", "5")
	}
	for _, f := range ship.children {
		c.set(f.name, told(f.name, f.value))
	}
	c.tied(ship)
	return c.done("")
}

var shipStatusNames = nameSet(
	`ShipStatus ShipMethod ShipNotes ShipCompanyCode ShipInvoiceNumber1 ShipInvoiceNumber2
	ShipInvoiceNumberEmptyReason ShipUrl ShipDate ArrivalDate ShipInstructStatus CollectionDate CashOnDeliveryTax IsEazy
	EazyDeliveryCode EazyDeliveryName IsMallContactlessDelivery`)

// told writes a request's value the way replies do.
func told(name, value string) string {
	switch {
	case len(value) == 8 && strings.HasSuffix(name, "Date"):
		if t, err := time.Parse("20060102", value); err == nil {
			return t.Format(time.DateOnly)
		}
	case len(value) == 14 && strings.HasSuffix(name, "Time") && name != "ShipRequestTime":
		if t, err := time.ParseInLocation("20060102150405", value, jst); err == nil {
			return instant(t)
		}
	}
	return value
}
