package yahootest

import (
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// entry is one change in an order's log.
type entry struct {
	at      time.Time
	user    string
	changes []logged
}

// logged is one field of a change, of the order or of a line.
type logged struct{ line, field, value string }

func (m *Mall) orderChangeHistory(r *request) fake.Reply {
	o := m.orders[r.query.Get("orderId")]
	if o == nil {
		return *noOrder(r.query.Get("orderId"))
	}
	var b strings.Builder
	for i, e := range o.history {
		b.WriteString("<History>\n")
		element(&b, "HistoryId", strconv.Itoa(i+1))
		element(&b, "UpdateTime", instant(e.at))
		cdata(&b, "UpdatePerson", e.user)
		for _, l := range e.changes {
			value := l.value
			if strings.HasPrefix(l.field, "Bill") || strings.HasPrefix(l.field, "Ship") &&
				strings.Contains(l.field, "Name") {
				value = "" // personal
			}
			b.WriteString("<Change>\n")
			if l.line != "" {
				b.WriteString("<Item>\n")
				element(&b, "LineId", l.line)
			}
			element(&b, "Field", l.field)
			cdata(&b, "Value", value)
			if l.line != "" {
				b.WriteString("</Item>\n")
			}
			b.WriteString("</Change>\n")
		}
		b.WriteString("</History>\n")
	}
	return resultSet(b.String())
}

// orderCount counts orders by state, as far as the names show what is meant.
func (m *Mall) orderCount(*request) fake.Reply {
	count := make(map[string]int)
	for _, id := range m.ids {
		o := m.orders[id]
		f := func(name string) string { return o.Fields[name] }
		add := func(name string, on bool) {
			if on {
				count[name]++
			}
		}
		seen, status := f("IsSeen") == "true", f("OrderStatus")
		add("NewOrder", status == "2" && !seen)
		add("NewReserve", status == "1" && !seen)
		add("Reserve", status == "1" && seen)
		add("WaitPayment", status == "2" && f("PayStatus") == "0")
		add("WaitShipping", status == "2" && f("ShipStatus") == "1")
		add("Shipping", status == "2" && f("ShipStatus") == "2")
		add("WaitDone", status == "2" && f("ShipStatus") == "3")
		add("Holding", status == "3")
		add("Suspect", f("Suspect") == "1")
		add("SettleError", f("SettleStatus") == "10")
		if s := f("StoreStatus"); s != "" {
			count["StoreStatus"+s]++
		}
	}
	var b strings.Builder
	b.WriteString("<Count>\n")
	for _, name := range strings.Fields(countNames) {
		element(&b, name, strconv.Itoa(count[name]))
	}
	b.WriteString("</Count>\n")
	return resultSet(b.String())
}

const countNames = `NewOrder NewReserve WaitPayment WaitShipping Shipping Reserve Holding WaitDone Suspect SettleError Refund AutoDone
	AutoWorking Release NoPayNumber StoreStatus1 StoreStatus2 StoreStatus3 StoreStatus4 StoreStatus5 StoreStatus6 StoreStatus7
	StoreStatus8 StoreStatus9 StoreStatus10`
