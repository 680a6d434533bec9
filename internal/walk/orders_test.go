package walk_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

var (
	start = at("2026-08-01 00:00:00")
	whole = order.Query{From: start, To: start.AddDate(0, 3, 0)}
)

// TestEachOnce draws malls and windows at random: whatever their traits, each order inside the
// window comes once, oldest first.
func TestEachOnce(t *testing.T) {
	for seed := range uint64(300) {
		dice := rand.New(rand.NewPCG(seed, 1))
		m := &mall{
			orders:    invent(dice.IntN(120), start, time.Duration(1+dice.IntN(9000))*time.Second),
			size:      1 + dice.IntN(40),
			inclusive: dice.IntN(2) == 0, rows: dice.IntN(2) == 0, tokens: dice.IntN(2) == 0,
			noTotal: dice.IntN(3) == 0,
		}
		if m.noTotal && m.tokens {
			m.noTotal = false
		}
		p := m.plan()
		p.Batch = dice.IntN(12)
		p.MaxWindow = []time.Duration{0, time.Hour, 5 * time.Hour, day, 63 * day}[dice.IntN(5)]
		p.Grain = []time.Duration{0, time.Second, time.Minute, day}[dice.IntN(4)]
		m.until = dice.IntN(2) == 0
		if !m.noTotal && p.Grain <= time.Second {
			p.MaxTotal = []int{0, 1, 7, 30}[dice.IntN(4)]
			if m.inclusive && p.MaxTotal == 1 { // two orders a second apart cannot be told apart by such a mall
				p.MaxTotal = 2
			}
		}
		q := order.Query{From: start.Add(time.Duration(dice.IntN(50)) * time.Minute)}
		q.To = q.From.Add(time.Duration(1+dice.IntN(100)) * time.Hour).Add(time.Duration(dice.IntN(1e9)))
		var want []string
		for _, o := range m.orders {
			if !o.Placed.Before(q.From) && o.Placed.Before(q.To) {
				want = append(want, o.ID)
			}
		}
		got := gather(walk.Orders(t.Context(), q, p))
		require.NoError(t, got.last, "seed %d", seed)
		require.Empty(t, got.failed, "seed %d", seed)
		require.Equal(t, want, got.ids, "seed %d", seed)
	}
}

func TestCallsAreFew(t *testing.T) {
	m := &mall{orders: invent(1000, start, time.Minute), size: 1000}
	p := m.plan()
	p.MaxWindow = 63 * day
	got := gather(walk.Orders(t.Context(), order.Query{From: start, To: start.AddDate(0, 0, 60)}, p))
	require.NoError(t, got.last)
	require.Len(t, got.ids, 1000)
	require.Equal(t, 11, len(m.searches)+len(m.details), "one page and ten batches for a thousand orders")
}

func TestNothingIsSentBeforeTheFirstStepAndAfterTheLast(t *testing.T) {
	m := &mall{orders: invent(500, start, time.Minute), size: 100}
	p := m.plan()
	p.Batch = 10
	seq := walk.Orders(t.Context(), whole, p)
	require.Empty(t, m.searches)
	n := 0
	for range seq {
		if n++; n == 15 {
			break
		}
	}
	require.Len(t, m.searches, 1)
	require.Len(t, m.details, 2)

	require.Len(t, gather(seq).ids, 500, "a sequence begins anew each time")
}

func TestKnown(t *testing.T) {
	t.Run("is asked before a detail call is paid for", func(t *testing.T) {
		m := &mall{orders: invent(30, start, time.Minute), size: 20}
		q := whole
		var asked []order.Ref
		q.Known = func(ref order.Ref) bool { asked = append(asked, ref); return ref.ID != m.orders[7].ID }
		got := gather(walk.Orders(t.Context(), q, m.plan()))
		require.NoError(t, got.last)
		require.Equal(t, []string{m.orders[7].ID}, got.ids)
		require.Equal(t, [][]string{{m.orders[7].ID}}, m.details)
		require.Len(t, asked, 30)
		require.Equal(t, order.Ref{Mall: order.Rakuten, Shop: shop, ID: m.orders[0].ID, Revision: "1"}, asked[0])
	})
	t.Run("works where the row is the order, and by number", func(t *testing.T) {
		m := &mall{orders: invent(5, start, time.Minute), size: 20, rows: true}
		q := whole
		q.Known = func(ref order.Ref) bool { return ref == m.orders[2].Ref() }
		want := []string{m.orders[0].ID, m.orders[1].ID, m.orders[3].ID, m.orders[4].ID}
		require.Equal(t, want, gather(walk.Orders(t.Context(), q, m.plan())).ids)
		q.From, q.To, q.IDs = time.Time{}, time.Time{}, ids(m.orders)
		require.Equal(t, want, gather(walk.Orders(t.Context(), q, m.plan())).ids)
	})
}

func TestStatuses(t *testing.T) {
	m := &mall{orders: invent(6, start, time.Minute), size: 4}
	m.orders[1].Status, m.orders[4].Status = order.Cancelled, order.Shipped
	q := whole
	q.Statuses = []order.Status{order.Shipped, order.Cancelled}
	require.Equal(t, []string{m.orders[1].ID, m.orders[4].ID}, gather(walk.Orders(t.Context(), q, m.plan())).ids)
}

func TestByUpdated(t *testing.T) {
	m := &mall{orders: invent(6, start, time.Minute), size: 4, rows: true, inclusive: true}
	p := m.plan()
	q := order.Query{From: m.orders[1].Updated, To: m.orders[4].Updated, By: order.ByUpdated}

	refused := gather(walk.Orders(t.Context(), q, p))
	require.ErrorIs(t, refused.last, order.ErrInvalid)
	require.ErrorContains(t, refused.last, "楽天市場")
	require.Empty(t, m.searches)

	p.ByUpdated = true
	require.Equal(t, ids(m.orders[1:4]), gather(walk.Orders(t.Context(), q, p)).ids)
}

// TestWhatIsRemembered is the current window and the one before: an order that was updated into a
// much later window comes again, in its new state.
func TestWhatIsRemembered(t *testing.T) {
	for _, tt := range []struct {
		shows []int // windows that hold the order, of a day each
		want  int
	}{{[]int{0, 1}, 1}, {[]int{0, 1, 2, 3}, 1}, {[]int{0, 2}, 2}, {[]int{0, 4, 5}, 2}} {
		m := &mall{orders: invent(1, start, 0), rows: true}
		m.search = func(s walk.Step) (walk.Page, error, bool) {
			o := m.orders[0]
			o.Updated = s.Window.From
			if !slices.Contains(tt.shows, int(s.Window.From.Sub(start)/day)) {
				return walk.Page{}, nil, true
			}
			return walk.Page{Orders: []order.Order{o}}, nil, true
		}
		p := m.plan()
		p.ByUpdated, p.MaxWindow = true, day
		got := gather(walk.Orders(t.Context(), order.Query{From: start, To: start.Add(6 * day), By: order.ByUpdated},
			p))
		require.NoError(t, got.last)
		require.Len(t, got.ids, tt.want, "%v", tt.shows)
	}
}

func TestAnUnknownInstantIsNoReasonToLeaveAnOrderOut(t *testing.T) {
	m := &mall{orders: invent(3, start, time.Minute)}
	m.orders[1].Placed = time.Time{}
	m.search = func(s walk.Step) (walk.Page, error, bool) { return walk.Page{Orders: m.orders}, nil, true }
	require.Len(t, gather(walk.Orders(t.Context(), whole, m.plan())).ids, 3)
}

func TestRefusedQueries(t *testing.T) {
	m := &mall{orders: invent(3, start, time.Minute), size: 4}
	p := m.plan()
	p.Check = func(q order.Query) error {
		if q.From.Before(at("2024-11-23 00:00:00")) && len(q.IDs) == 0 {
			return fmt.Errorf("From is more than 730 days ago")
		}
		return nil
	}
	noDetail := p
	noDetail.Detail = nil
	for _, tt := range []struct {
		name, says string
		q          order.Query
		p          walk.Plan
	}{
		{"empty", "needs From", order.Query{}, p},
		{"backwards", "not before To", order.Query{From: start, To: start}, p},
		{"window and ids", "both", order.Query{From: start, IDs: []string{"x"}}, p},
		{"the mall's own rule", "730 days", order.Query{From: at("2024-01-01 00:00:00")}, p},
		{"ids at a mall without", "by number", order.Query{IDs: []string{"x"}}, noDetail},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := gather(walk.Orders(t.Context(), tt.q, tt.p))
			var e *order.Error
			require.ErrorAs(t, got.last, &e)
			require.Equal(t, order.ErrInvalid, e.Class)
			require.Equal(t, order.Rakuten, e.Mall)
			require.Equal(t, shop, e.Shop)
			require.ErrorContains(t, e, tt.says)
			require.Empty(t, got.ids)
		})
	}
	require.Empty(t, m.searches)
	require.Empty(t, m.details)
}

func TestNoEndMeansNow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		m := &mall{orders: invent(3, now.Add(-time.Hour), time.Minute), size: 10}
		p := m.plan()
		p.MaxWindow, p.Grain = 40*time.Minute, time.Minute
		got := gather(walk.Orders(t.Context(), order.Query{From: now.Add(-time.Hour)}, p))
		require.NoError(t, got.last)
		require.Equal(t, ids(m.orders), got.ids)
		require.Len(t, m.searches, 2)
		require.False(t, m.searches[0].Window.Open)
		require.True(t, m.searches[1].Window.Open)
		require.True(t, m.searches[1].Window.To.Equal(now))
		require.True(t, m.searches[0].Query.To.Equal(now))

		m.searches = nil
		require.Empty(t, gather(walk.Orders(t.Context(), order.Query{From: now.Add(time.Hour)}, p)).ids)
		require.Empty(t, m.searches, "nothing is placed in the future")
	})
}

func TestPagesAreTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := &mall{orders: invent(5, start, time.Minute), size: 2}
		m.search = func(walk.Step) (walk.Page, error, bool) { time.Sleep(time.Second); return walk.Page{}, nil, false }
		p := m.plan()
		var told []string
		began := time.Now()
		p.Paged = func(_ context.Context, rows int, start time.Time) {
			told = append(told, fmt.Sprint(rows, " after ", start.Sub(began), " took ", time.Since(start)))
		}
		require.Len(t, gather(walk.Orders(t.Context(), whole, p)).ids, 5)
		require.Equal(t, []string{"2 after 0s took 1s", "2 after 1s took 1s", "1 after 2s took 1s"}, told)
	})
}
