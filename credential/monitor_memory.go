package credential

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"sync"
	"time"

	"github.com/jpmall/jpmall/order"
)

// told is what a Monitor remembers of one credential.
type told struct {
	Start    time.Time            `json:"start,omitzero"`      // of the credential it speaks of; a renewal starts anew
	Steps    map[string]time.Time `json:"steps,omitempty"`     // warning step -> the end it was told for
	Expired  order.Date           `json:"expired_on,omitzero"` // the last day on which its end was told
	Unknown  order.Date           `json:"unknown_on,omitzero"` // the last day on which "could not find out" was told
	Observed Observation          `json:"observed,omitzero"`   // what the mall said last
	Last     time.Time            `json:"last"`                // when any of it changed
}

// memoryFormat is the version of the stored form; forgetAfter bounds its growth by credentials that are gone.
const (
	memoryFormat = 1
	forgetAfter  = 500 * day
)

type memoryDocument struct {
	Format      int             `json:"format"`
	Credentials map[string]told `json:"credentials"`
}

// memory is what was told and seen, kept in a Store under one key. Its methods are safe for concurrent use.
type memory struct {
	store Store
	key   string

	saving sync.Mutex // one save at a time, so that many notices share one

	mu      sync.Mutex
	version string
	all     map[string]told
	dirty   map[string]bool // changed here and not saved yet
	written time.Time       // when it was saved last
}

// saveEvery spaces the saves within a pass that tells much: each one writes the whole memory.
const saveEvery = time.Second

// saveSoon saves unless that was done a moment ago; the end of the pass saves the rest.
func (m *memory) saveSoon(ctx context.Context) error {
	m.mu.Lock()
	early := time.Since(m.written) < saveEvery
	m.mu.Unlock()
	if early {
		return nil
	}
	return m.save(ctx)
}

// load reads the store's memory; what is not saved yet stays ours. After a failure the memory of this process goes on.
func (m *memory) load(ctx context.Context) error {
	entry, err := m.store.Load(ctx, m.key)
	if err != nil {
		return err
	}
	doc := memoryDocument{Format: memoryFormat}
	if entry.Version != "" {
		if err := json.Unmarshal(entry.Value, &doc); err != nil {
			return fmt.Errorf("%q in the store is not a monitor's memory: %w", m.key, order.ErrUndecodable)
		}
	}
	if doc.Format != memoryFormat {
		return fmt.Errorf("%q in the store has format %d, this program knows %d: %w", m.key, doc.Format, memoryFormat, order.ErrUndecodable)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if doc.Credentials == nil {
		doc.Credentials = make(map[string]told)
	}
	for id := range m.dirty {
		doc.Credentials[id] = m.all[id]
	}
	m.all, m.version = doc.Credentials, entry.Version
	return nil
}

// save writes what has changed. If another process saved in between, its news are read first; what both changed stays ours.
func (m *memory) save(ctx context.Context) error {
	m.saving.Lock()
	defer m.saving.Unlock()
	for try := 0; ; try++ {
		m.mu.Lock()
		if len(m.dirty) == 0 {
			m.mu.Unlock()
			return nil
		}
		now := time.Now()
		maps.DeleteFunc(m.all, func(_ string, t told) bool { return now.Sub(t.Last) > forgetAfter })
		value, err := json.Marshal(memoryDocument{memoryFormat, m.all})
		written, version := m.dirty, m.version
		m.dirty = nil
		m.mu.Unlock()
		if err == nil {
			version, err = m.store.Save(ctx, m.key, value, version)
		}
		m.mu.Lock()
		if err == nil {
			m.version, m.written = version, time.Now()
		} else {
			for id := range m.dirty {
				written[id] = true
			}
			m.dirty = written
		}
		m.mu.Unlock()
		if err == nil {
			return nil
		}
		if errors.Is(err, order.ErrConflict) && try < updateTries {
			err = m.load(ctx)
		}
		if err != nil {
			return fmt.Errorf("credential: monitor: remembering what was told: %w", err)
		}
	}
}

// change edits what is remembered of a record. What was told of a credential that has been renewed since is forgotten first.
func (m *memory) change(r Record, edit func(*told)) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.of(r)
	edit(&t)
	t.Last = time.Now()
	if m.all == nil {
		m.all = make(map[string]told)
	}
	if m.dirty == nil {
		m.dirty = make(map[string]bool)
	}
	m.all[r.ID()], m.dirty[r.ID()] = t, true
}

// of is called with m.mu held. What it gives shares nothing with the memory.
func (m *memory) of(r Record) told {
	t := m.all[r.ID()]
	if !t.Start.Equal(r.Start) {
		t.Steps, t.Expired, t.Start = nil, order.Date{}, r.Start
	}
	t.Steps = maps.Clone(t.Steps)
	return t
}

// known is the record with what the mall said last, if that is newer and about this very credential.
func (m *memory) known(r Record) Record {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := m.of(r).Observed
	switch {
	case seen.At.IsZero() || !seen.At.After(r.Observed.At):
	case !seen.At.Before(r.Start):
		r.Observed = seen
	case r.Observed.Extended == NotSeen:
		r.Observed.Extended = seen.Extended // a renewal does not change the condition of the longer life
	}
	return r
}

// observe remembers an answer of the mall. What an answer leaves open stays as it was, unless the answer proves it wrong.
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

// due is what has to be told of an assessment now.
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
		return nil // that the mall could not be asked adds nothing now
	case x.State == Expiring && !t.toldStep(x):
		events = append(events, EventExpiring)
	}
	if (a.Expiry.State == Unknown || a.ProbeErr != nil) && t.Unknown != today {
		events = append(events, EventUnknown)
	}
	return events
}

// toldStep tells whether this step was told. An end that has moved by less than the step is the same end, better known; one
// that has moved further needs its own warning.
func (t told) toldStep(x Expiry) bool {
	before, ok := t.Steps[x.Step.String()]
	return ok && x.End.Sub(before).Abs() < x.Step
}

// remember notes that somebody was told.
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
