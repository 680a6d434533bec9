package yahootest

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// needed are the conditions of which orderList wants at least one.
var needed = []string{"OrderId", "OrderTime", "OrderTimeFrom", "OrderTimeTo", "PublicationTimeFrom",
	"PublicationTimeTo",
	"PayMethodChangeDeadlineFrom", "PayMethodChangeDeadlineTo"}

// orderList searches orders.
func (m *Mall) orderList(r *request) fake.Reply {
	search := r.node.child("Search")
	fields := strings.Split(search.text("Field"), ",")
	condition := search.child("Condition")
	if search.text("Field") == "" || condition == nil ||
		!slices.ContainsFunc(needed, func(n string) bool { return condition.text(n) != "" }) {
		return problem(http.StatusInternalServerError, "od91001", "System Error", "")
	}
	for _, f := range fields {
		if !inList[f] && !strings.HasPrefix(f, "CombinedPay") || m.withdrawn[f] {
			return *badParameter(f)
		}
	}
	size, start := 10, 1
	for name, n := range map[string]*int{"Result": &size, "Start": &start} {
		if text := search.text(name); text != "" {
			v, err := strconv.Atoi(text)
			if err != nil || v < 0 || name == "Result" && v > maxPage {
				return *badParameter(name)
			}
			*n = v
		}
	}
	descending := search.text("Sort") == "-order_time"
	if s := search.text("Sort"); s != "" && s != "+order_time" && !descending {
		return *badParameter("Sort")
	}
	found, refusal := m.search(condition)
	if refusal != nil {
		return *refusal
	}
	if descending {
		slices.Reverse(found)
	}
	return listReply(found, fields, start, min(size, m.options.PageLimit))
}

func listReply(found []*Order, fields []string, start, size int) fake.Reply {
	now := time.Now()
	var b strings.Builder
	b.WriteString(xml.Header + "<Result>\n<Status>OK</Status>\n<Search>\n")
	element(&b, "TotalCount", decimal(int64(len(found))))
	from := max(start-1, 0)
	if len(found) > 0 && (from >= len(found) || size == 0) {
		b.WriteString("<OrderInfo />\n")
	}
	for i := from; i < len(found) && i < from+size; i++ {
		o := found[i]
		b.WriteString("<OrderInfo>\n")
		element(&b, "Index", decimal(int64(i+1)))
		element(&b, "SellerId", o.Fields["SellerId"])
		for _, f := range fields {
			if f == "SellerId" {
				continue
			}
			value := o.field(f, now)
			if isText[f] {
				cdata(&b, f, value)
			} else {
				element(&b, f, value)
			}
		}
		b.WriteString("</OrderInfo>\n")
	}
	b.WriteString("</Search>\n</Result>\n")
	return fake.XML(http.StatusOK, []byte(b.String()))
}

// search finds the orders for which all conditions hold, by time.
func (m *Mall) search(condition *node) ([]*Order, *fake.Reply) {
	now := time.Now()
	for _, c := range condition.children {
		if !knownCondition(c.name) {
			return nil, badParameter(c.name)
		}
	}
	if id := condition.text("OrderId"); id != "" && m.orders[id] == nil {
		return nil, noOrder(id)
	}
	ids, left := m.within(condition)
	var found []*Order
	for _, id := range ids {
		o := m.orders[id].shown(now)
		if o.Placed.After(now) || o.hidden(now) || !windowed(o, condition, now) {
			continue
		}
		if !slices.ContainsFunc(left, func(c *node) bool { return !holds(o, c, now) }) {
			found = append(found, o)
		}
	}
	return found, nil
}

// within narrows the search by OrderTimeFrom and OrderTimeTo without looking at all orders. It
// returns the orders that are left and the conditions still to be checked.
func (m *Mall) within(condition *node) (ids []string, left []*node) {
	ids, left = m.ids, condition.children
	for _, c := range condition.children {
		at, err := time.ParseInLocation("20060102150405", c.value, jst)
		if err != nil || len(m.odd) > 0 {
			continue
		}
		first := func(at time.Time) int { // that was not placed before it
			i, _ := slices.BinarySearchFunc(ids, at, func(id string, at time.Time) int {
				if m.orders[id].Placed.Before(at) {
					return -1
				}
				return 1
			})
			return i
		}
		switch c.name {
		case "OrderTimeFrom":
			ids = ids[first(at):]
		case "OrderTimeTo":
			ids = ids[:first(at.Add(time.Second))]
		default:
			continue
		}
		left = slices.DeleteFunc(slices.Clone(left), func(n *node) bool { return n == c })
	}
	return ids, left
}

// hidden reports whether the order is not visible yet.
func (o *Order) hidden(now time.Time) bool {
	at, err := time.Parse(time.RFC3339, o.Fields["PublicationTime"])
	return err == nil && at.After(now)
}

// windowed applies the two conditions whose absence means something: orders that the buyer may
// still cancel and, as far as the page says, those on fraud hold are left out unless they are
// asked for.
func windowed(o *Order, condition *node, now time.Time) bool {
	readOnly := o.field("IsReadOnly", now) == "1"
	switch condition.text("ReadOnlyMode") {
	case "", "0":
		if readOnly {
			return false
		}
	case "1":
		if !readOnly {
			return false
		}
	}
	return condition.text("FraudHoldDisplayType") == "1" || o.Fields["FraudHoldStatus"] != "1"
}
