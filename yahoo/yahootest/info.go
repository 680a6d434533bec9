package yahootest

import (
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// orderInfo returns one order.
func (m *Mall) orderInfo(r *request) fake.Reply {
	target := r.node.child("Target")
	id, list := target.text("OrderId"), target.text("Field")
	switch {
	case id == "":
		return *badParameter("OrderId")
	case list == "" || len(list) > 10_000:
		return *badParameter("Field")
	}
	wanted := make(map[string]bool)
	for _, f := range strings.Split(list, ",") {
		if !inInfo[f] || m.withdrawn[f] {
			return *badParameter(f)
		}
		wanted[f] = true
	}
	o := m.orders[id]
	if o == nil || o.Placed.After(time.Now()) || o.hidden(time.Now()) {
		return *noOrder(id)
	}
	return resultSet(infoDocument(o.shown(time.Now()), wanted, time.Now()))
}

func infoDocument(o *Order, wanted map[string]bool, now time.Time) string {
	var b strings.Builder
	b.WriteString("<OrderInfo>\n")
	for _, g := range groups() {
		if g.element == "Item" {
			for i := range o.Lines {
				writeLine(&b, &o.Lines[i], g.names, wanted)
			}
			continue
		}
		var inside strings.Builder
		for _, name := range g.names {
			if wanted[name] {
				write(&inside, name, o.field(name, now))
			}
		}
		wrap(&b, g.element, inside.String())
	}
	b.WriteString("</OrderInfo>\n")
	return b.String()
}

func writeLine(b *strings.Builder, l *Line, names []string, wanted map[string]bool) {
	var inside strings.Builder
	for _, name := range names {
		switch {
		case !wanted[name]:
		case name == "ItemOption":
			writeChoices(&inside, name, l.Options, true)
		case name == "Inscription":
			writeChoices(&inside, name, l.Inscriptions, false)
		default:
			write(&inside, name, l.Fields[name])
		}
	}
	wrap(b, "Item", inside.String())
}

func writeChoices(b *strings.Builder, name string, choices []Choice, priced bool) {
	if len(choices) == 0 {
		element(b, name, "")
	}
	for i, c := range choices {
		b.WriteString("<" + name + ">\n")
		element(b, "Index", decimal(int64(i+1)))
		cdata(b, "Name", c.Name)
		cdata(b, "Value", c.Value)
		if priced {
			element(b, "Price", c.Price)
		}
		b.WriteString("</" + name + ">\n")
	}
}

func write(b *strings.Builder, name, value string) {
	if isText[name] {
		cdata(b, name, value)
		return
	}
	element(b, name, value)
}

// wrap puts a group into its element; without fields there is none.
func wrap(b *strings.Builder, name, inside string) {
	switch {
	case inside == "":
	case name == "":
		b.WriteString(inside)
	default:
		b.WriteString("<" + name + ">\n" + inside + "</" + name + ">\n")
	}
}
