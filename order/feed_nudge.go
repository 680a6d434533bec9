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

// maxNudges bounds how many orders of one shop wait to be read. The looks for changes find any
// more.
const maxNudges = 10_000

// Nudge reports that these orders of a shop are new or have changed, because of a mall's
// notification or because someone wants to see them now. They are read as soon as the shop's quota
// allows, before all other reading of the Feed, and passed to the handler if they are new or
// changed. Without a running Run, Due or Once the next one reads them. Nudge does not wait for
// that, and a restart forgets it; the regular polls find what was lost. An order that the mall does
// not have is reported to Notify ([FeedUnread]). At most 10,000 orders of a shop can wait.
func (f *Feed) Nudge(mall Mall, shop string, ids ...string) error {
	s := f.byName[Ref{Mall: mall, Shop: shop}]
	if s == nil {
		return fmt.Errorf("order: nudge: this feed does not follow shop %s of %s", shop,
			mall.Name())
	}
	if slices.Contains(ids, "") {
		return errors.New("order: nudge: an order number is empty")
	}
	if s.nudges.len()+len(ids) > maxNudges {
		return fmt.Errorf(
			"order: nudge: %d orders of %s shop %s wait already: the looks for changes will find these", s.nudges.len(), mall, shop)
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

// nudged reads the orders that were nudged. It keeps those that could not be read because the mall,
// the store or the handler is in trouble.
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

// those reads orders by number, one by one if they cannot be read together. It returns the rest
// when it ends early.
func (s *follower) those(
	ctx context.Context, handle Handler, w *work, ids []string,
) (left []string, err error) {
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

// FeedStatus is the state of a followed shop, for alarms. The lags are how old something can be
// that has not been seen yet, as far as the mall shows it: the time since the last successful poll
// for it began. Changed is forgotten when a process ends and is that of Any until the first poll.
type FeedStatus struct {
	Mall Mall
	Shop string

	Loaded  bool          // the state was loaded; until then lags and pace are zero
	New     time.Duration // lag of new orders
	Changed time.Duration // lag of status changes of orders of the last 14 days
	Any     time.Duration // lag of any change inside the window
	// all orders placed from FeedSource.From until then were read once; in the past during a
	// backfill
	Until time.Time

	// Orders are remembered because a later poll may find them again: those of the window or,
	// where the source is searched by the last change (Amazon), those changed in the last hours,
	// which may be one or none in a shop of any size.
	Orders  int
	Trouble int // could not be read or handled: tried again
	Nudged  int // waiting to be read after Nudge

	EveryNew, EveryChanged, EveryAny time.Duration // the current pace

	// ReadShare is the share of the shop's most used quota that reads took in the last hour, by the
	// feed and by all others that use the same client: 0.5 is half. It is 0 if the source is not a
	// ReadSharer.
	ReadShare float64

	Problem FeedEventKind // FeedFailed, FeedParked, or empty when all goes well
	Err     error         // the error behind Problem
	Next    time.Duration // time until the next try
}

// Status returns the state of each shop, in the order of [FeedConfig.Sources]. It is cheap and does
// not block.
func (f *Feed) Status() []FeedStatus {
	all := make([]FeedStatus, len(f.sources))
	for i, s := range f.sources {
		all[i] = s.status(time.Now())
	}
	return all
}

// status is the state that a follower last published. Its instants become lags when they are read.
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
		st.New = now.Sub(s.shown.fresh)
		st.Changed = now.Sub(s.shown.changed)
		st.Any = now.Sub(s.shown.any)
	}
	if source, tells := As[ReadSharer](s.Source); tells {
		st.ReadShare = source.ReadShare()
	}
	if st.Problem != "" {
		st.Next = max(s.shown.next.Sub(now), 0)
	}
	return st
}

// show notes how the shop stands. The caller holds the follower's lock, which status must not wait
// for: a save may be under way.
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
		st.Loaded = true
		st.Until = s.state.Until
		st.Orders = len(s.state.seen)
		st.Trouble = len(s.state.trouble)
		s.shown.fresh = maxTime(s.looks.fresh, s.state.Until)
		s.shown.any = s.state.Passed
		s.shown.changed = maxTime(s.looks.status, s.state.Passed)
		st.EveryNew = s.tasks[kindFresh].every
		st.EveryChanged = s.tasks[kindWhole].every
		st.EveryAny = s.tasks[kindWhole].every
		if s.By == ByUpdated {
			s.shown.changed, s.shown.any = s.shown.fresh, s.shown.fresh
			st.EveryChanged, st.EveryAny = st.EveryNew, st.EveryNew
		} else if s.tasks[kindWhole].every > s.look() {
			st.EveryChanged = max(s.tasks[kindYoung].every, s.look())
		}
	}
	s.shown.known = st
}
