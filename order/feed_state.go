package order

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// feedState is what a feed remembers of one shop. It grows with the orders inside the window. Only
// what changed is saved.
type feedState struct {
	cursor
	seen    map[string]seenOrder // acknowledged orders that may be met again
	trouble map[string]pendingNote

	version int64
	dirty   map[string]struct{} // keys of rows that are not saved
	unsaved int                 // acknowledged orders among them
	cut     time.Time           // where prune was last
}

// cursor says how far a shop has been read.
type cursor struct {
	Format int       `json:"format"`
	By     Instant   `json:"by"`
	From   time.Time `json:"from,omitzero"`  // where the first run began
	Until  time.Time `json:"until,omitzero"` // everything from From to here has been read once
	// when the last whole pass began; until there is one, when the first began
	Passed time.Time `json:"passed,omitzero"`

	Cost time.Duration `json:"cost,omitzero"` // what that pass took

	Sweep sweep     `json:"sweep,omitzero"`
	Young time.Time `json:"young,omitzero"` // when kindYoung is due
	List  time.Time `json:"list,omitzero"`  // when kindList is due
}

// sweep is a pass over the whole window, which is made in slices. It goes on after a restart.
type sweep struct {
	Began time.Time     `json:"began,omitzero"` // zero when there is none under way
	At    time.Time     `json:"at,omitzero"`    // where the next slice begins
	Span  time.Duration `json:"span,omitzero"`  // of that slice
	Cost  time.Duration `json:"cost,omitzero"`
}

// pendingNote is an order that could not be read or that the handler refused. Only the class of the
// error is kept, because its text is the consumer's own.
type pendingNote struct {
	Since time.Time `json:"since"`
	Class string    `json:"class"`
}

const feedFormat = 2

func newFeedState() *feedState {
	return &feedState{cursor: cursor{Format: feedFormat}, seen: map[string]seenOrder{},
		trouble: map[string]pendingNote{},
		dirty:   map[string]struct{}{}}
}

// loadFeedState loads a shop's table. Its error says what to do.
func loadFeedState(
	ctx context.Context, store FeedStore, mall Mall, shop string,
) (*feedState, error) {
	s := newFeedState()
	rows := 0
	version, err := store.Load(ctx, mall, shop, func(c FeedChange) error {
		rows++
		return s.apply(c)
	})
	if errors.Is(err, errState) {
		return nil,
			fmt.Errorf(
				"the state of %s shop %s is damaged (%w): restore it, or remove it to read the shop again from FeedSource.From",
				mall, shop, err)
	}
	if err != nil {
		return nil, fmt.Errorf("load the state of %s shop %s: %w", mall, shop, err)
	}
	if rows > 0 && s.Passed.IsZero() { // every Save writes the cursor or comes after one that did
		return nil,
			fmt.Errorf(
				"the state of %s shop %s is damaged (it has orders, but not how far they were read): "+
					"restore it, or remove it to read the shop again from FeedSource.From", mall,
				shop)
	}
	s.version = version
	return s, nil
}

// save writes what changed.
func (s *feedState) save(ctx context.Context, store FeedStore, mall Mall, shop string) error {
	changes := make([]FeedChange, 0, len(s.dirty))
	for key := range s.dirty {
		changes = append(changes, FeedChange{Key: key, Value: s.row(key)})
	}
	if err := store.Save(ctx, mall, shop, s.version, changes); err != nil {
		return err
	}
	s.version++
	s.unsaved = 0
	clear(s.dirty)
	if len(changes) > 10_000 {
		s.dirty = map[string]struct{}{} // a cleared map keeps its size
	}
	return nil
}

// holdsWork reports whether unsaved changes would be lost work: any but the progress of reading.
func (s *feedState) holdsWork() bool {
	for key := range s.dirty {
		if strings.HasPrefix(key, keySeen) || strings.HasPrefix(key, keyTrouble) {
			return true
		}
	}
	return false
}

func (s *feedState) touch(key string) { s.dirty[key] = struct{}{} }

// clockSlack is how far the clock may be set back before stored instants are doubted.
const clockSlack = time.Minute

// begin prepares the state for a pass that begins now.
func (s *feedState) begin(by Instant, window time.Duration, now time.Time) {
	before := s.cursor
	if s.By != by { // Until refers to the other instant
		s.By, s.Until, s.Sweep = by, minTime(s.Until, s.Passed), sweep{}
	}
	if maxTime(s.Until, s.Passed).Sub(now) > clockSlack {
		// The clock was wrong. What was read is unknown, and the future must not be waited for.
		if !s.Until.IsZero() {
			s.Until = now.Add(-window)
		}
		s.From, s.Passed, s.cut = minTime(s.From, s.Until), now.Add(-window), time.Time{}
		s.Sweep, s.Young, s.List = sweep{}, time.Time{}, time.Time{}
	}
	if s.Passed.IsZero() {
		s.Passed = now
	}
	if s.cursor != before {
		s.touch(keyCursor)
	}
}

// reach notes that everything before an instant has been read; from is where a first run began.
func (s *feedState) reach(until, from time.Time) {
	if s.Until.IsZero() {
		s.From = from
	}
	if until.After(s.Until) {
		s.Until = until
		s.touch(keyCursor)
	}
}

// passed notes that a pass which began at an instant has read everything, and what it took.
func (s *feedState) passed(began time.Time, cost time.Duration) {
	s.Passed, s.Cost = began, cost.Round(time.Millisecond)
	s.touch(keyCursor)
}

// next notes when a task is due that a restart should not bring forward.
func (s *feedState) next(k taskKind, due time.Time) {
	switch k {
	case kindYoung:
		s.Young = due.Truncate(time.Second)
	case kindList:
		s.List = due.Truncate(time.Second)
	default:
		return
	}
	s.touch(keyCursor)
}

// knows reports whether the order was acknowledged in this revision.
func (s *feedState) knows(r Ref) bool {
	if r.Revision == "" {
		return false
	}
	seen, ok := s.seen[r.ID]
	return ok && seen.revision == hashRevision(r.Revision)
}

func (s *feedState) acknowledge(o Order, by Instant, now time.Time, mark string) {
	at := o.Placed
	if by == ByUpdated {
		at = o.Updated
	}
	if at.IsZero() {
		at = now
	}
	id := strings.Clone(o.ID) // it may be a piece of a whole reply
	s.seen[id] = seenOrder{revision: hashRevision(o.Revision), at: seconds(at),
		mark: hashMark(mark)}
	s.touch(keySeen + id)
	s.unsaved++
	s.settle(id)
}

// differs reports whether a row shows a state of an order that is not known. Orders in trouble are
// left to retry. An order without a known mark gets that of the row: the pass over the window looks
// deeper.
func (s *feedState) differs(row Row) bool {
	if _, there := s.trouble[row.ID]; there {
		return false
	}
	seen, there := s.seen[row.ID]
	if !there {
		return true
	}
	mark := hashMark(row.Mark)
	if seen.mark == 0 {
		seen.mark = mark
		s.seen[row.ID] = seen
	}
	return seen.mark != mark
}

// remark notes the mark of an order that is known in this revision.
func (s *feedState) remark(id, mark string) {
	if seen, there := s.seen[id]; there && mark != "" && seen.mark != hashMark(mark) {
		seen.mark = hashMark(mark)
		s.seen[id] = seen
		s.touch(keySeen + id)
	}
}

// settle ends the trouble with an order.
func (s *feedState) settle(id string) {
	if _, there := s.trouble[id]; there {
		delete(s.trouble, id)
		s.touch(keyTrouble + id)
	}
}

func (s *feedState) pend(id string, err error, now time.Time) {
	note, known := s.trouble[id]
	before := note
	if !known {
		note.Since = now.Round(0)
	}
	note.Class = "refused by the handler"
	var e *Error
	if errors.As(err, &e) {
		note.Class = e.Class.Error()
	}
	if !known || note != before {
		s.trouble[strings.Clone(id)] = note
		s.touch(keyTrouble + id)
	}
}

// pending returns the orders in trouble, in random order so that none is always last.
func (s *feedState) pending() []string {
	ids := make([]string, 0, len(s.trouble))
	for id := range s.trouble {
		ids = append(ids, id)
	}
	return ids
}

// prune forgets acknowledged orders before start, which are not read again. It goes through all
// orders, so it waits until start has moved by a part of the window.
func (s *feedState) prune(start time.Time, window time.Duration) {
	if start.Sub(s.cut) < window/50 {
		return
	}
	s.cut = start
	before := seconds(start) // an order of this second may lie after start
	for id, seen := range s.seen {
		if _, there := s.trouble[id]; !there && seen.at < before {
			delete(s.seen, id)
			s.touch(keySeen + id)
		}
	}
}

// giveUp forgets orders that have been in trouble since before an instant and returns the reasons.
func (s *feedState) giveUp(before time.Time) map[string]string {
	gone := map[string]string{}
	for id, note := range s.trouble {
		if note.Since.Before(before) {
			gone[id] = note.Class
			delete(s.trouble, id)
			s.touch(keyTrouble + id)
		}
	}
	return gone
}
