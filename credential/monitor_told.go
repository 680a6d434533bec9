package credential

import (
	"maps"
	"time"

	"github.com/jpmall/jpmall/order"
)

// change edits what is remembered of a record. If the credential was renewed, what was sent before
// is forgotten first.
func (m *memory) change(r Record, edit func(*told)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.of(r)
	edit(&t)
	t.Last = time.Now()
	id := r.ID()
	m.shards[shardOf(id)].set(id, t)
}

// of is called with m.mu held. Its result shares nothing with the memory.
func (m *memory) of(r Record) told {
	id := r.ID()
	t := m.shards[shardOf(id)].all[id]
	if !t.Start.Equal(r.Start) {
		t.Steps, t.Expired, t.Start = nil, order.Date{}, r.Start
	}
	t.Steps = maps.Clone(t.Steps)
	return t
}

// known returns the record with what the mall reported last, if that is newer and about this very
// credential.
func (m *memory) known(r Record) Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := m.of(r).Observed
	switch {
	case seen.At.IsZero() || !seen.At.After(r.Observed.At):
	case !seen.At.Before(r.Start):
		r.Observed = seen
	case r.Observed.Extended == NotSeen:
		// a renewal does not change the condition of the longer life
		r.Observed.Extended = seen.Extended
	}
	return r
}

// observe remembers an answer of the mall. What the answer does not report is kept, unless the
// answer proves it wrong.
func (m *memory) observe(r Record, seen Observation) {
	m.change(r, func(t *told) {
		old := t.Observed
		if old.At.Before(r.Start) {
			old.End = time.Time{} // of the credential before this one
		}
		if seen.End.IsZero() && (seen.State != Valid || old.End.After(seen.At)) {
			seen.End = old.End
		}
		if seen.Extended == NotSeen {
			seen.Extended = old.Extended
		}
		t.Observed = seen
	})
}

// due returns the notices that an assessment calls for now.
func (m *memory) due(a Assessment, now time.Time) []Event {
	m.mu.Lock()
	t := m.of(a.Record)
	m.mu.Unlock()
	today := order.DateOf(now)
	var events []Event
	switch x := a.Expiry; {
	case x.State == Expired && t.Expired != today:
		return []Event{EventExpired}
	case x.State == Expired:
		return nil // that the mall could not be queried adds nothing now
	case x.State == Expiring && !t.toldStep(x):
		events = append(events, EventExpiring)
	}
	if (a.Expiry.State == Unknown || a.ProbeErr != nil) && t.Unknown != today {
		events = append(events, EventUnknown)
	}
	return events
}

// toldStep reports whether a notice of this step was sent. An end that has moved by less than the
// step is the same end, known more exactly; one that has moved further needs its own warning.
func (t told) toldStep(x Expiry) bool {
	before, ok := t.Steps[x.Step.String()]
	return ok && x.End.Sub(before).Abs() < x.Step
}

// remember notes that a notice was sent.
func (m *memory) remember(a Assessment, event Event, now time.Time) {
	m.change(a.Record, func(t *told) {
		switch event {
		case EventExpiring:
			if t.Steps == nil {
				t.Steps = make(map[string]time.Time)
			}
			t.Steps[a.Expiry.Step.String()] = a.Expiry.End
		case EventExpired:
			t.Expired = order.DateOf(now)
		case EventUnknown:
			t.Unknown = order.DateOf(now)
		}
	})
}
