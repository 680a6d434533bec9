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
	Until   time.Time              `json:"until,omitzero"` // everything before it has been read once
	Seen    map[string]seenOrder   `json:"seen"`           // acknowledged orders inside the window
	Pending map[string]pendingNote `json:"pending,omitempty"`
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
			return nil, fmt.Errorf("state of %s shop %s: %w", mall, shop, err)
		}
		if state.Format != feedFormat {
			return nil, fmt.Errorf("state of %s shop %s has format %d, this version reads %d", mall, shop, state.Format, feedFormat)
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
	return store.Save(ctx, mall, shop, data)
}

func (s *feedState) acknowledge(o Order, by Instant) {
	at := o.Placed
	if by == ByUpdated && !o.Updated.IsZero() {
		at = o.Updated
	}
	s.Seen[o.ID] = seenOrder{o.Revision, at}
	delete(s.Pending, o.ID)
}

func (s *feedState) pend(id string, err error, now time.Time) {
	note, known := s.Pending[id]
	if !known {
		note.Since = now
	}
	note.Class = "handler"
	var e *Error
	if errors.As(err, &e) {
		note.Class = e.Class.Error()
	}
	s.Pending[id] = note
}

// prune forgets what lies before start, and gives up, with the reason, orders that could not be read or handled since before.
func (s *feedState) prune(start, before time.Time) map[string]string {
	for id, seen := range s.Seen {
		if _, pending := s.Pending[id]; !pending && seen.At.Before(start) {
			delete(s.Seen, id)
		}
	}
	gone := map[string]string{}
	for id, note := range s.Pending {
		if note.Since.Before(before) {
			gone[id] = "not read or handled since " + note.Since.Format(time.RFC3339) + ": " + note.Class
			delete(s.Pending, id)
		}
	}
	return gone
}
