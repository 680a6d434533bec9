package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// maxNudges bounds what waits to be read for one shop: more is what the look for changes is for.
const maxNudges = 10_000

// Nudge says that these orders of a shop are new or have changed, as a mall's notification does or a person who wants to see them now.
// They are read as soon as the shop's quota lets a call through, ahead of all other reading of the Feed, and given to the handler
// if they are new or changed. It does not wait for that, and does not remember it over a restart: what is lost is found by the
// looks. Without a Run or Once under way the next one reads them. An order that the mall does not know is told to Notify
// (FeedUnread).
func (f *Feed) Nudge(mall Mall, shop string, ids ...string) error {
	s := f.byName[Ref{Mall: mall, Shop: shop}]
	if s == nil {
		return fmt.Errorf("order: nudge: this feed does not follow shop %s of %s", shop, mall.Name())
	}
	if slices.Contains(ids, "") {
		return errors.New("order: nudge: an order number is empty")
	}
	if s.nudges.len()+len(ids) > maxNudges {
		return fmt.Errorf("order: nudge: %d orders of %s shop %s wait already: the looks for changes will find these", s.nudges.len(), mall, shop)
	}
	s.nudges.add(ids...)
	s.rouse()
	return nil
}

func (s *follower) rouse() {
	select {
	case s.wake <- struct{}{}:
	default: // it will look anyway
	}
}

// nudged reads the orders that were nudged. Those that could not be read because the mall, the store or the handler is in trouble
// are kept.
func (s *follower) nudged(ctx context.Context, handle Handler, w *work) error {
	w.asked = true
	defer func() { w.asked = false }()
	for {
		ids := s.nudges.take(100)
		if len(ids) == 0 {
			return s.save(ctx, true)
		}
		if left, err := s.those(ctx, handle, w, ids); err != nil {
			s.nudges.add(left...)
			return errors.Join(err, s.save(ctx, true))
		}
	}
}

// those reads orders by number, one by one where they cannot be read together. It returns what is left when it ends early.
func (s *follower) those(ctx context.Context, handle Handler, w *work, ids []string) (left []string, err error) {
	err = s.deliver(ctx, handle, w, Query{IDs: ids})
	if err == nil || endsPass(ctx, err) || len(ids) == 1 && errors.Is(err, ErrTemporary) {
		return ids, err
	}
	trouble := 0
	for i, id := range ids {
		err := s.deliver(ctx, handle, w, Query{IDs: ids[i : i+1]})
		if err == nil {
			trouble = 0
			continue
		}
		if trouble++; endsPass(ctx, err) || trouble == maxTrouble {
			return ids[i:], err
		}
		s.unread(ctx, w, id, err)
	}
	return nil, nil
}

// queue holds order numbers, each once, oldest first.
type queue struct {
	mu  sync.Mutex
	ids []string
	in  map[string]struct{}
}

func (q *queue) add(ids ...string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.in == nil {
		q.in = map[string]struct{}{}
	}
	for _, id := range ids {
		if _, there := q.in[id]; !there {
			id = strings.Clone(id)
			q.in[id] = struct{}{}
			q.ids = append(q.ids, id)
		}
	}
}

func (q *queue) take(n int) []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	n = min(n, len(q.ids))
	taken := slices.Clone(q.ids[:n])
	q.ids = slices.Delete(q.ids, 0, n)
	for _, id := range taken {
		delete(q.in, id)
	}
	return taken
}

func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.ids)
}

// FeedStatus is how a followed shop stands: what an operator alarms on. The lags say how old something can be that nobody has seen
// yet, as far as the mall shows it: the time since the last look for it that succeeded began.
type FeedStatus struct {
	Mall Mall
	Shop string

	Loaded  bool          // the state was read; before that all else is zero
	New     time.Duration // lag of new orders
	Changed time.Duration // lag of changes of status of the orders of the last 14 days
	Any     time.Duration // lag of any change inside the window
	Until   time.Time     // all orders placed before were read once, from FeedSource.From on: lies back during a backfill

	Orders  int // remembered, see Feed
	Trouble int // could not be read or were refused: tried again
	Nudged  int // wait to be read

	EveryNew, EveryChanged, EveryAny time.Duration // the pace as it is now

	Problem FeedEventKind // FeedFailed, FeedParked, or empty when all goes well
	Err     error         // what the problem is
	Next    time.Duration // until the next try
}

// Status tells how each shop stands, in the order of FeedConfig.Sources. It is cheap and waits for nothing.
func (f *Feed) Status() []FeedStatus {
	all := make([]FeedStatus, len(f.sources))
	for i, s := range f.sources {
		all[i] = s.status(time.Now())
	}
	return all
}

// status is what a follower last showed. The instants are turned into lags when they are asked for.
type status struct {
	mu                  sync.Mutex
	known               FeedStatus
	fresh, changed, any time.Time
	next                time.Time
}

func (s *follower) status(now time.Time) FeedStatus {
	s.shown.mu.Lock()
	defer s.shown.mu.Unlock()
	st := s.shown.known
	st.Mall, st.Shop, st.Nudged = s.mall, s.shop, s.nudges.len()
	if st.Loaded {
		st.New, st.Changed, st.Any = now.Sub(s.shown.fresh), now.Sub(s.shown.changed), now.Sub(s.shown.any)
	}
	if st.Problem != "" {
		st.Next = max(s.shown.next.Sub(now), 0)
	}
	return st
}

// show notes how the shop stands. The caller holds the follower's lock, which status must not wait for: a save may be under way.
func (s *follower) show() {
	s.shown.mu.Lock()
	defer s.shown.mu.Unlock()
	st := FeedStatus{}
	for _, t := range s.tasks {
		if t.err != nil && (st.Err == nil || t.next.Before(s.shown.next)) {
			st.Problem, st.Err, s.shown.next = kindOf(t.err), t.err, t.next
		}
	}
	if s.state != nil {
		st.Loaded, st.Until, st.Orders, st.Trouble = true, s.state.Until, len(s.state.seen), len(s.state.trouble)
		s.shown.fresh = maxTime(s.looks.fresh, s.state.Until)
		s.shown.any = s.state.Passed
		s.shown.changed = maxTime(s.looks.status, s.state.Passed)
		st.EveryNew, st.EveryChanged, st.EveryAny = s.tasks[kindFresh].every, s.tasks[kindWhole].every, s.tasks[kindWhole].every
		if s.By == ByUpdated {
			s.shown.changed, s.shown.any = s.shown.fresh, s.shown.fresh
			st.EveryChanged, st.EveryAny = st.EveryNew, st.EveryNew
		} else if s.tasks[kindWhole].every > s.look() {
			st.EveryChanged = max(s.tasks[kindYoung].every, s.look())
		}
	}
	s.shown.known = st
}
