package rakutentest

import (
	"bytes"
	"encoding/json"
	"time"
)

// before is an order as it stood before a change, which getOrder shows until the change becomes
// visible.
type before struct {
	until time.Time
	order json.RawMessage
}

// lagging runs something that changes orders at a time, and hides its changes from getOrder for
// Options.ReadLag.
func (m *Mall) lagging(at time.Time, run func()) {
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
			m.past[number] = append(m.past[number], before{at.Add(m.options.ReadLag), was[number]})
		}
	}
}

// lastDue returns the last instant until now at which time alone changed something.
func (m *Mall) lastDue(now time.Time) time.Time {
	var last time.Time
	for _, j := range m.jobs {
		if !j.done && !now.Before(j.due) && j.due.After(last) {
			last = j.due
		}
	}
	for _, w := range m.moving {
		if w.next.to != 0 && !now.Before(w.next.at) && w.next.at.After(last) {
			last = w.next.at
		}
	}
	return last
}

// visible returns an order as getOrder shows it: as it was before the first change that is still
// hidden.
func (m *Mall) visible(w *orderModel, now time.Time) any {
	past := m.past[w.OrderNumber]
	for len(past) > 0 && !now.Before(past[0].until) {
		past = past[1:]
	}
	if m.past[w.OrderNumber] != nil {
		m.past[w.OrderNumber] = past
	}
	if len(past) > 0 {
		return past[0].order
	}
	return w.reply()
}
