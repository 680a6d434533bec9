package order

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// feedState is what a feed remembers of one shop. It is stored as JSON and grows with the orders inside the window.
type feedState struct {
	Format  int                    `json:"format"`
	By      Instant                `json:"by"`
	From    time.Time              `json:"from,omitzero"`   // where the first run began
	Until   time.Time              `json:"until,omitzero"`  // everything from From to here has been read once
	Passed  time.Time              `json:"passed,omitzero"` // when the last whole pass began; until there is one, when the first began
	Seen    map[string]seenOrder   `json:"seen"`            // acknowledged orders that may be met again
	Pending map[string]pendingNote `json:"pending,omitempty"`

	dirty bool // something is not saved
}

type seenOrder struct {
	Revision string    `json:"r"`
	At       time.Time `json:"t"` // the instant by which the window is cut
}

// pendingNote is an order that could not be read or that the handler refused. Its reason is kept without the error's text,
// which is the consumer's own.
type pendingNote struct {
	Since time.Time `json:"since"`
	Class string    `json:"class"`
}

const feedFormat = 1

func loadFeedState(ctx context.Context, store FeedStore, mall Mall, shop string) (*feedState, error) {
	state := &feedState{Format: feedFormat}
	data, err := store.Load(ctx, mall, shop)
	if err != nil {
		return nil, err
	}
	if data != nil {
		if err := json.Unmarshal(data, state); err != nil {
			return nil, fmt.Errorf("the state of %s shop %s is damaged (%w): restore it, or remove it to read the shop again from FeedSource.From",
				mall, shop, err)
		}
		if state.Format != feedFormat {
			return nil, fmt.Errorf("the state of %s shop %s has format %d, this version reads %d", mall, shop, state.Format, feedFormat)
		}
	}
	if state.Seen == nil {
		state.Seen = map[string]seenOrder{}
	}
	if state.Pending == nil {
		state.Pending = map[string]pendingNote{}
	}
	return state, nil
}

func (s *feedState) save(ctx context.Context, store FeedStore, mall Mall, shop string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := store.Save(ctx, mall, shop, data); err != nil {
		return err
	}
	s.dirty = false
	return nil
}

// clockSlack is how far the clock may be set back without doubt about what was written before.
const clockSlack = time.Minute

// begin makes the state fit for a pass that begins now.
func (s *feedState) begin(by Instant, window time.Duration, now time.Time) {
	if s.By != by { // Until speaks of the other instant
		s.By, s.Until, s.dirty = by, minTime(s.Until, s.Passed), true
	}
	if maxTime(s.Until, s.Passed).Sub(now) > clockSlack { // the clock was wrong: what was read is not known, and the future not to be waited for
		if !s.Until.IsZero() {
			s.Until = now.Add(-window)
		}
		s.From, s.Passed, s.dirty = minTime(s.From, s.Until), now.Add(-window), true
	}
	if s.Passed.IsZero() {
		s.Passed, s.dirty = now, true
	}
}

// reach notes that everything before an instant has been read; from is where a first run began.
func (s *feedState) reach(until, from time.Time) {
	if s.Until.IsZero() {
		s.From = from
	}
	if until.After(s.Until) {
		s.Until, s.dirty = until, true
	}
}

// passed notes that a pass which began at an instant has read everything.
func (s *feedState) passed(began time.Time) { s.Passed, s.dirty = began, true }

func (s *feedState) acknowledge(o Order, by Instant, now time.Time) {
	at := o.Placed
	if by == ByUpdated {
		at = o.Updated
	}
	if at.IsZero() {
		at = now
	}
	s.Seen[o.ID] = seenOrder{o.Revision, at}
	s.dirty = true
	s.settle(o.ID)
}

// settle ends the trouble with an order.
func (s *feedState) settle(id string) {
	if _, pending := s.Pending[id]; pending {
		delete(s.Pending, id)
		s.dirty = true
	}
}

func (s *feedState) pend(id string, err error, now time.Time) {
	note, known := s.Pending[id]
	if !known {
		note.Since = now.Round(0)
	}
	note.Class = "refused by the handler"
	var e *Error
	if errors.As(err, &e) {
		note.Class = e.Class.Error()
	}
	s.Pending[id] = note
	s.dirty = true
}

// pending are the orders in trouble, in no order, so that none stands always last.
func (s *feedState) pending() []string {
	ids := make([]string, 0, len(s.Pending))
	for id := range s.Pending {
		ids = append(ids, id)
	}
	return ids
}

// prune forgets acknowledged orders that lie before start: they are not read again.
func (s *feedState) prune(start time.Time) {
	for id, seen := range s.Seen {
		if _, pending := s.Pending[id]; !pending && seen.At.Before(start) {
			delete(s.Seen, id)
			s.dirty = true
		}
	}
}

// giveUp forgets orders that have been in trouble since before an instant, and gives the reasons.
func (s *feedState) giveUp(before time.Time) map[string]string {
	gone := map[string]string{}
	for id, note := range s.Pending {
		if note.Since.Before(before) {
			gone[id] = note.Class
			delete(s.Pending, id)
			s.dirty = true
		}
	}
	return gone
}
