package rakutentest

import (
	"bytes"
	"encoding/json"
	"time"
)

// before is an order as it stood before a change, which getOrder shows until the change becomes visible.
type before struct {
	until time.Time
	order json.RawMessage
}

// lagging runs what may change orders, and hides from getOrder for Options.ReadLag what it changed.
func (m *Mall) lagging(now time.Time, run func()) {
	if m.options.ReadLag <= 0 {
		run()
		return
	}
	was := map[string]json.RawMessage{}
	for number, w := range m.orders {
		was[number], _ = json.Marshal(w.reply())
	}
	run()
	for number, w := range m.orders {
		if is, _ := json.Marshal(w.reply()); was[number] != nil && !bytes.Equal(was[number], is) {
			m.past[number] = append(m.past[number], before{now.Add(m.options.ReadLag), was[number]})
		}
	}
}

// visible is an order as getOrder shows it: as it stood before the first change that is hidden still.
func (m *Mall) visible(w *orderModel, now time.Time) any {
	past := m.past[w.OrderNumber]
	for len(past) > 0 && !now.Before(past[0].until) {
		past = past[1:]
	}
	m.past[w.OrderNumber] = past
	if len(past) > 0 {
		return past[0].order
	}
	return w.reply()
}
