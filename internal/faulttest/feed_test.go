package faulttest_test

import (
	"context"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

var (
	full  = flag.Bool("full", false, "the week of the feed in full size: 10,000 orders, 100 crashes (minutes)")
	seed  = flag.Uint64("seed", 1, "seed of the week; 0 draws one")
	seeds = flag.Int("seeds", 1, "how many weeks, with this seed and the next ones")
)

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

// TestFeedThroughAWeekOfFaults follows four malls through a simulated week in which orders come and change, every fifth call fails,
// and the feed's process dies again and again, between any two of its writes. What the consumer has in the end must be what the
// malls have: nothing missing, nothing twice.
//
//	go test ./internal/faulttest -run Week -full -timeout 60m     10,000 orders, 100 crashes
//	go test ./internal/faulttest -run Week -full -seeds 20        twenty of them
//	go test ./internal/faulttest -run Week -seed 42               a week that was seen to fail
func TestFeedThroughAWeekOfFaults(t *testing.T) {
	s := size{seeded: 25, added: 100, changes: 200, crashes: 20, points: 160, down: 4 * time.Hour, every: 2 * time.Hour, endless: 1}
	if *full {
		s = size{seeded: 1250, added: 5000, changes: 10_000, crashes: 100, points: 600, down: 100 * time.Minute, every: time.Hour, endless: 10}
	}
	n := *seed
	if n == 0 {
		n = rand.Uint64()
	}
	for i := range uint64(*seeds) {
		n := n + i
		t.Logf("seed %d (repeat with -seed %d)", n, n)
		synctest.Test(t, func(t *testing.T) { (&simulation{T: t, size: s, seed: n, disk: newDisk()}).run() })
	}
}

type simulation struct {
	*testing.T
	size
	seed   uint64
	disk   *disk
	malls  []*mall
	wires  []*chaos
	from   time.Time
	states map[string]int // in how many states each order has been
	end    time.Time      // of the week
	events map[order.FeedEventKind]int
	mu     sync.Mutex
}

func (s *simulation) run() {
	s.malls = openMalls(s.T, s.seed, s.seeded)
	s.states, s.events = map[string]int{}, map[order.FeedEventKind]int{}
	s.from, s.end = time.Now().AddDate(0, 0, -20), time.Now().Add(week)
	for i, m := range s.malls {
		endless := s.endless
		if uint64(i) != s.seed%uint64(len(s.malls)) && !*full {
			endless = 0
		}
		s.wires = append(s.wires, newChaos(m, s.seed+uint64(i), endless))
	}
	var orders sync.WaitGroup
	orders.Go(s.live)
	dice := rand.New(rand.NewPCG(s.seed, 1))
	crashes := 0
	for time.Now().Before(s.end) || crashes < s.crashes {
		if s.follow(dice) {
			crashes++
		}
		time.Sleep(time.Duration(dice.IntN(int(s.down)))) // until somebody starts it again
	}
	orders.Wait()
	s.settle()
	s.compare()
	s.report(crashes)
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
			ids[i] = append(ids[i], m.add(time.Now()))
			continue
		}
		id := ids[i][dice.IntN(len(ids[i]))]
		m.change(id, fmt.Sprintf("変更 %d", step), dice.IntN(10) == 0)
		s.states[string(m.name)+id]++
	}
}

// follow is one life of the process; it tells whether it died at a hook, in the middle of something.
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
	cfg := order.FeedConfig{Store: process, Notify: func(_ context.Context, e order.FeedEvent) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.events[e.Kind]++
	}}
	for i, m := range s.malls {
		cfg.Sources = append(cfg.Sources, order.FeedSource{Source: m.source(s.T, s.wires[i]), From: s.from, Every: s.every})
	}
	feed, err := order.NewFeed(cfg)
	require.NoError(s, err)
	return feed
}

// settle lets the malls be well, and the feed catch up. The pause is longer than any mall is late.
func (s *simulation) settle() {
	for _, w := range s.wires {
		w.end()
	}
	time.Sleep(time.Hour)
	process := &life{disk: s.disk, fuse: -1, kill: func() {}}
	require.NoError(s, s.feed(process).Once(s.Context(), process.handle))
}

// compare holds the consumer's tables against the malls: by the fakes' own word, and by a plain reading of every order.
func (s *simulation) compare() {
	rows := s.disk.revisions()
	total := 0
	for _, m := range s.malls {
		source := m.source(s.T, m.wire)
		ids := m.ids()
		total += len(ids)
		for _, id := range ids {
			ref := order.Ref{Mall: m.name, Shop: source.Shop(), ID: id}
			got, there := s.disk.current[ref]
			require.True(s, there, "%s order %s is missing", m.name, id)
			require.Equal(s, m.truth(id), m.marked(got), "%s order %s", m.name, id)
			// Each change makes one state, and time makes two: Yahoo!'s buyer may cancel for ten minutes, and a cancellation ends that.
			require.LessOrEqual(s, rows[ref], 1+s.states[string(m.name)+id]+1, "%s order %s has more revisions than it had states", m.name, id)
		}
		for o, err := range source.Orders(s.Context(), order.Query{From: s.from}) {
			require.NoError(s, err)
			require.Equal(s, text(o), text(s.disk.current[name(o.Ref())]))
		}
	}
	require.Len(s, s.disk.current, total, "the consumer has orders that no mall has")
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
	s.Logf("%d orders in %d states, %d crashes in the middle of something, %d calls of which %d failed %v; given again %d; events %v",
		len(s.disk.current), len(s.disk.events), crashes, calls, total, struck, s.disk.again, s.events)
	require.GreaterOrEqual(s, crashes, s.crashes)
	require.Greater(s, float64(total), 0.15*float64(calls), "the malls hardly failed: nothing is tested")
	require.Positive(s, s.disk.again, "no crash came between a write and its acknowledgement: nothing is tested")
}
