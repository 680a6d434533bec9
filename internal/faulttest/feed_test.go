package faulttest_test

import (
	"context"
	"flag"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

var (
	full = flag.Bool("full", false,
		"everything in full size: a week of 10,000 orders, 100 crashes, 300 kills (minutes)")
	seed  = flag.Uint64("seed", 1, "seed of the faults; 0 draws one")
	seeds = flag.Int("seeds", 1, "how many seeds, from -seed on")
)

// seedsToRun are the seeds that the flags ask for.
func seedsToRun(t *testing.T) iter.Seq[uint64] {
	first := *seed
	if first == 0 {
		first = rand.Uint64()
	}
	t.Logf("seed %d (repeat with -seed %d)", first, first)
	return func(yield func(uint64) bool) {
		for i := range uint64(*seeds) {
			if !yield(first + i) {
				return
			}
		}
	}
}

// pick is the small size in the gate and the large one with -full.
func pick[T any](small, large T) T {
	if *full {
		return large
	}
	return small
}

const week = 7 * 24 * time.Hour

// size is how large the week is.
type size struct {
	seeded  int           // orders at each mall when the week begins
	added   int           // orders that come in the week, at all malls
	changes int           // changes of orders, at all malls
	crashes int           // at least
	points  int           // a process dies before so many points have passed, see life
	down    time.Duration // and is started again before so long
	every   time.Duration // between two passes
	endless int
}

// TestFeedThroughAWeekOfFaults follows four malls through a simulated week in which orders come and
// change, every fifth call fails, and the feed's process dies again and again, between any two of
// its writes. What the consumer has in the end must be what the malls have: nothing missing,
// nothing twice.
//
//	go test ./internal/faulttest -run Week -full -timeout 60m     10,000 orders, 100 crashes
//	go test ./internal/faulttest -run Week -full -seeds 20        twenty of them
//	go test ./internal/faulttest -run Week -seed 42               a week that was seen to fail
func TestFeedThroughAWeekOfFaults(t *testing.T) {
	t.Parallel()
	s := pick(size{seeded: 20, added: 60, changes: 120, crashes: 12, points: 160, down: 4 * time.Hour,
		every: 2 * time.Hour, endless: 1},
		size{seeded: 1250, added: 5000, changes: 10_000, crashes: 100, points: 600, down: 100 * time.Minute,
			every: time.Hour, endless: 10})
	for n := range seedsToRun(t) {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { (&simulation{T: t, size: s, seed: n, disk: newDisk()}).run() })
		})
	}
}

type simulation struct {
	*testing.T
	size
	seed    uint64
	disk    *disk
	malls   []*mall
	wires   []*proxy
	from    time.Time
	states  map[string]int       // in how many states each order has been
	changed map[string]time.Time // when each order changed last
	early   int                  // caught_up told although an order had not been given
	waited  time.Duration        // the longest pause between two passes
	end     time.Time            // of the week
	events  map[order.FeedEventKind]int
	mu      sync.Mutex
}

func (s *simulation) run() {
	s.malls = openMalls(s.T, s.seed, s.seeded)
	s.states, s.events, s.changed = map[string]int{}, map[order.FeedEventKind]int{}, map[string]time.Time{}
	s.from, s.end = time.Now().AddDate(0, 0, -20), time.Now().Add(week)
	for i, m := range s.malls {
		endless := s.endless
		if uint64(i) != s.seed%uint64(len(s.malls)) && !*full {
			endless = 0
		}
		s.wires = append(s.wires, newProxy(m, s.seed+uint64(i), endless))
	}
	var orders sync.WaitGroup
	orders.Go(s.live)
	dice := rand.New(rand.NewPCG(s.seed, 1))
	crashes := 0
	for time.Now().Before(s.end) || crashes < s.crashes {
		if s.follow(dice) {
			crashes++
		}
		time.Sleep(time.Duration(dice.Int64N(int64(s.down)))) // until somebody starts it again
	}
	orders.Wait()
	s.settle()
	lost, stale, twice, invented := s.compare()
	s.report(crashes)
	s.Logf("lost %d, stale %d, twice %d, invented %d, caught up too early %d; longest pause %s", lost, stale, twice,
		invented, s.early, s.waited)
	require.LessOrEqual(s, s.waited, max(s.every, time.Hour), "no answer of a mall puts a shop to sleep for longer")
}

// live lets orders come and change at random instants of the week.
func (s *simulation) live() {
	dice := rand.New(rand.NewPCG(s.seed, 2))
	steps := s.added + s.changes
	ids := make([][]string, len(s.malls))
	for i, m := range s.malls {
		ids[i] = m.ids()
	}
	for step := range steps {
		time.Sleep(time.Duration(dice.Int64N(int64(2*week) / int64(steps))))
		i := dice.IntN(len(s.malls))
		m := s.malls[i]
		if dice.IntN(steps) < s.added {
			ids[i] = append(ids[i], s.touch(m, func() string { return m.add(time.Now()) }))
			continue
		}
		id := ids[i][dice.IntN(len(ids[i]))]
		s.touch(m, func() string { m.change(id, fmt.Sprintf("変更 %d", step), dice.IntN(10) == 0); return id })
		s.states[string(m.name)+id]++
	}
}

// follow is one life of the process; it reports whether it died at a hook, in the middle of
// something.
func (s *simulation) follow(dice *rand.Rand) (crashed bool) {
	ctx, kill := context.WithTimeout(s.Context(), time.Duration(dice.Int64N(6*int64(week)/int64(s.crashes))))
	defer kill()
	points := s.points
	if time.Now().After(s.end) { // little happens any more
		points = 8
	}
	process := &life{disk: s.disk, fuse: dice.IntN(points), kill: kill}
	err := s.feed(process).Run(ctx, process.handle)
	require.Error(s, err)
	crashed = process.dead
	process.end()
	if !crashed {
		require.ErrorIs(s, err, context.DeadlineExceeded, "only death ends a feed")
	}
	return crashed
}

func (s *simulation) feed(process *life) *order.Feed {
	cfg := order.FeedConfig{Store: process, Notify: func(_ context.Context, e order.FeedEvent) { s.hear(e) }}
	for i, m := range s.malls {
		cfg.Sources = append(cfg.Sources, order.FeedSource{Source: m.source(s.T, s.wires[i]), From: s.from,
			Every: s.every})
	}
	feed, err := order.NewFeed(cfg)
	require.NoError(s, err)
	return feed
}

// touch takes note of when an order changed.
func (s *simulation) touch(m *mall, change func() (id string)) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	id := change()
	s.changed[string(m.name)+id] = time.Now()
	return id
}

// late is how much later than it happened a change may show.
const late = 15 * time.Minute

// hear counts an event. One that tells that a shop is caught up must be true: what had changed when
// that pass began has been given, or was told to be unread. Nobody can tell an answer of before
// from one of now, so a pass during which one came is not judged.
func (s *simulation) hear(e order.FeedEvent) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events[e.Kind]++
	s.waited = max(s.waited, e.Next)
	i := slices.IndexFunc(s.malls, func(m *mall) bool { return m.name == e.Mall })
	m, w := s.malls[i], s.wires[i]
	switch e.Kind {
	case order.FeedUnread, order.FeedRejected, order.FeedGaveUp:
		s.disk.missing(order.Ref{Mall: e.Mall, Shop: e.Shop, ID: e.Order})
		return
	case order.FeedResumed:
		return
	case order.FeedCaughtUp:
		for _, id := range m.ids() {
			if !w.old().Before(e.Began) || s.changed[string(m.name)+id].After(e.Began.Add(-late)) {
				continue
			}
			got, there, told := s.disk.now(order.Ref{Mall: e.Mall, Shop: e.Shop, ID: id})
			if !told && (!there || m.marked(got) != m.truth(id)) {
				if s.early++; s.early < 10 {
					s.Errorf("%s is told to be caught up, but order %s was not given as it is", m.name, id)
				}
			}
		}
	}
}

// settle lets the malls be well, and the feed catch up. The pause is longer than any mall is late.
func (s *simulation) settle() {
	for _, w := range s.wires {
		w.arm(false)
	}
	time.Sleep(time.Hour)
	process := &life{disk: s.disk, fuse: -1, kill: func() {}}
	require.NoError(s, s.feed(process).Once(s.Context(), process.handle))
}

// compare holds the consumer's tables against the malls: by the fakes' own word, and by a plain
// reading of every order.
func (s *simulation) compare() (lost, stale, twice, invented int) {
	rows := s.disk.revisions()
	total := 0
	for _, m := range s.malls {
		source := m.source(s.T, m.wire)
		ids := m.ids()
		total += len(ids)
		for _, id := range ids {
			ref := order.Ref{Mall: m.name, Shop: source.Shop(), ID: id}
			got, there := s.disk.current[ref]
			switch {
			case !there:
				lost++
				s.Errorf("%s order %s is missing", m.name, id)
			case m.truth(id) != m.marked(got):
				stale++
				s.Errorf("%s order %s is %q, but was given last as %q", m.name, id, m.truth(id), m.marked(got))
			}
			// Each change makes one state, and time makes two: Yahoo!'s buyer may cancel for ten
			// minutes, and a cancellation ends that. A state that is read just after it began has a
			// provisional revision there first.
			most := 1 + s.states[string(m.name)+id] + 1
			if m.name == order.Yahoo {
				most *= 2
			}
			if rows[ref] > most {
				twice++
				s.Errorf("%s order %s has %d revisions, but had at most %d states", m.name, id, rows[ref], most)
			}
		}
		for o, err := range source.Orders(s.Context(), order.Query{From: s.from}) {
			require.NoError(s, err)
			if got, there := s.disk.current[name(o.Ref())]; there && text(o) != text(got) {
				stale++
				s.Errorf("%s order %s was given last as it is not", m.name, o.ID)
			}
		}
	}
	if invented = len(s.disk.current) + lost - total; invented != 0 {
		s.Errorf("the consumer has %d orders that no mall has", invented)
	}
	return lost, stale, twice, invented
}

func (s *simulation) report(crashes int) {
	calls, struck := 0, map[string]int{}
	total := 0
	for _, w := range s.wires {
		calls += w.calls
		for kind, n := range w.struck {
			struck[kind] += n
			total += n
		}
	}
	s.Logf(
		"%d orders in %d states, %d crashes in the middle of something, %d calls of which %d failed %v; given again %d; events %v",
		len(s.disk.current), len(s.disk.events), crashes, calls, total, struck, s.disk.again, s.events)
	require.GreaterOrEqual(s, crashes, s.crashes)
	require.Greater(s, float64(total), 0.15*float64(calls), "the malls hardly failed: nothing is tested")
	require.Positive(s, s.disk.again, "no crash came between a write and its acknowledgement: nothing is tested")
}
