package walk_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

func TestCutsWhatTheMallDoesNotExpose(t *testing.T) {
	t.Run("told by the total", func(t *testing.T) {
		m := &mall{orders: invent(400, start, time.Minute), size: 50}
		p := m.plan()
		p.MaxTotal = 60
		got := gather(walk.Orders(t.Context(), whole, p))
		require.NoError(t, got.last)
		require.Equal(t, ids(m.orders), got.ids)
	})
	t.Run("told by an error", func(t *testing.T) {
		m := &mall{orders: invent(40, start, time.Minute), size: 50}
		m.search = func(s walk.Step) (walk.Page, error, bool) {
			refusal := &order.Error{Class: order.ErrInvalid, Code: "TOO_MANY"}
			return walk.Page{}, errors.Join(walk.ErrTooMany, refusal), s.Window.To.Sub(s.Window.From) > 20*time.Minute
		}
		got := gather(walk.Orders(t.Context(), order.Query{From: start, To: start.Add(time.Hour)}, m.plan()))
		require.NoError(t, got.last)
		require.Equal(t, ids(m.orders), got.ids)
	})
	t.Run("while it is read", func(t *testing.T) {
		m := &mall{orders: invent(60, start, time.Minute), size: 20}
		p := m.plan()
		p.MaxTotal = 60
		late := invent(10, start.Add(59*time.Minute+30*time.Second), time.Second)
		for i := range late {
			late[i].ID += "-late"
		}
		m.search = func(s walk.Step) (walk.Page, error, bool) {
			if len(m.searches) == 3 {
				m.orders = append(m.orders, late...)
			}
			return walk.Page{}, nil, false
		}
		got := gather(walk.Orders(t.Context(), whole, p))
		require.NoError(t, got.last)
		require.ElementsMatch(t, ids(m.orders), got.ids, "each once, though the first pages were read twice")
	})
	t.Run("down to the smallest window", func(t *testing.T) {
		m := &mall{orders: invent(30, start, 0), size: 50}
		p := m.plan()
		p.MaxTotal = 20
		got := gather(walk.Orders(t.Context(), whole, p))
		require.ErrorIs(t, got.last, order.ErrLocalLimit)
		require.ErrorContains(t, got.last, "2026-08-01T00:00:00+09:00 and 2026-08-01T00:00:01+09:00")
		require.Empty(t, got.ids)
		require.Less(t, len(m.searches), 40)
	})
}

// TestCallsForALongWindow: shops sell by day and hardly at night. Where the rows tell their
// instants, each call gives a page; else a window is cut by what the mall counts.
func TestCallsForALongWindow(t *testing.T) {
	for _, n := range []int{100, 1_000, 10_000} {
		for _, told := range []bool{true, false} {
			m := &mall{orders: invent(n, start, 0), size: 50, until: told}
			for i := range m.orders {
				day, part := i*30/n, float64(i*30%n)/float64(n)
				m.orders[i].Placed = start.Add(time.Duration((24*float64(day) + 8 + 16*part) * float64(time.Hour)))
			}
			p := m.plan()
			p.MaxTotal = m.size
			got := gather(walk.Orders(t.Context(), order.Query{From: start, To: start.Add(30 * 24 * time.Hour)}, p))
			require.NoError(t, got.last)
			require.Equal(t, ids(m.orders), got.ids)
			pages := n / m.size
			if told {
				require.LessOrEqual(t, len(m.searches), pages+pages/10+1, "%d orders", n)
			} else {
				require.LessOrEqual(t, len(m.searches), 2*pages+pages/10+1, "%d orders", n)
			}
		}
	}
}

func TestEmptyMiddlePage(t *testing.T) {
	m := &mall{orders: invent(30, start, time.Minute), size: 10, tokens: true}
	m.search = func(s walk.Step) (walk.Page, error, bool) {
		return walk.Page{More: true, Next: "10"}, nil, s.Page == 1
	}
	got := gather(walk.Orders(t.Context(), whole, m.plan()))
	require.NoError(t, got.last)
	require.Equal(t, ids(m.orders[10:]), got.ids)
}

func TestAListThatDoesNotAdvance(t *testing.T) {
	pages := func(page func(s walk.Step) walk.Page) result {
		m := &mall{orders: invent(10, start, time.Minute)}
		m.search = func(s walk.Step) (walk.Page, error, bool) { return page(s), nil, true }
		p := m.plan()
		p.MaxPages = 50
		got := gather(walk.Orders(t.Context(), whole, p))
		require.Less(t, len(m.searches), 52)
		return got
	}
	row := func(s walk.Step) []order.Ref {
		return []order.Ref{{ID: invent(10, start, time.Minute)[(s.Page-1)%10].ID}}
	}
	t.Run("same page", func(t *testing.T) {
		got := pages(func(s walk.Step) walk.Page { return walk.Page{Refs: row(walk.Step{Page: 1}), More: true} })
		require.ErrorIs(t, got.last, order.ErrTemporary)
		require.ErrorContains(t, got.last, "same page again")
		require.Len(t, got.ids, 1, "what came before the error is kept")
	})
	t.Run("same token", func(t *testing.T) {
		got := pages(func(s walk.Step) walk.Page { return walk.Page{Refs: row(s), More: true, Next: "abc+/="} })
		require.ErrorContains(t, got.last, "same page token again")
		require.Len(t, got.ids, 2)
	})
	t.Run("tokens in a circle", func(t *testing.T) {
		got := pages(func(s walk.Step) walk.Page {
			return walk.Page{Refs: row(s), More: true, Next: []string{"a", "b", "c"}[s.Page%3]}
		})
		require.ErrorContains(t, got.last, "same page token again")
		require.Len(t, got.ids, 4)
	})
	t.Run("empty pages without end", func(t *testing.T) {
		got := pages(func(s walk.Step) walk.Page { return walk.Page{More: true} })
		require.ErrorIs(t, got.last, order.ErrLocalLimit)
		require.ErrorContains(t, got.last, "50 pages")
	})
	t.Run("a row without a number", func(t *testing.T) {
		got := pages(func(s walk.Step) walk.Page { return walk.Page{Refs: []order.Ref{{}}} })
		require.ErrorIs(t, got.last, order.ErrUndecodable)
	})
}

func TestExpiredPageToken(t *testing.T) {
	expired := errors.Join(walk.ErrTokenExpired,
		&order.Error{Class: order.ErrInvalid, Mall: order.Amazon, Shop: shop, HTTPStatus: 400, Code: "InvalidInput"})
	t.Run("reads the window again without repeating an order", func(t *testing.T) {
		m := &mall{orders: invent(50, start, time.Minute), size: 10, tokens: true, rows: true}
		struck := false
		m.search = func(s walk.Step) (walk.Page, error, bool) {
			if s.Token == "30" && !struck {
				struck = true
				return walk.Page{}, expired, true
			}
			return walk.Page{}, nil, false
		}
		got := gather(walk.Orders(t.Context(), whole, m.plan()))
		require.NoError(t, got.last)
		require.Equal(t, ids(m.orders), got.ids)
		require.Len(t, m.searches, 4+5)
		require.Empty(t, m.searches[4].Token)
		require.Equal(t, 1, m.searches[4].Page)
	})
	t.Run("does not repeat the error of a row", func(t *testing.T) {
		m := &mall{orders: invent(30, start, time.Minute), size: 10, tokens: true, rows: true}
		struck := false
		m.search = func(s walk.Step) (walk.Page, error, bool) {
			if s.Token == "20" && !struck {
				struck = true
				return walk.Page{}, expired, true
			}
			page, err := m.list(s)
			if s.Token == "" {
				page.Orders, err = page.Orders[1:], &order.Error{Class: order.ErrUndecodable, Order: m.orders[0].ID}
			}
			return page, err, true
		}
		got := gather(walk.Orders(t.Context(), whole, m.plan()))
		require.NoError(t, got.last)
		require.Equal(t, ids(m.orders[:1]), got.failed)
		require.Equal(t, ids(m.orders[1:]), got.ids)
	})
	t.Run("gives up when nothing new comes of it", func(t *testing.T) {
		m := &mall{orders: invent(50, start, time.Minute), size: 10, tokens: true, rows: true}
		m.search = func(s walk.Step) (walk.Page, error, bool) { return walk.Page{}, expired, s.Token == "30" }
		got := gather(walk.Orders(t.Context(), whole, m.plan()))
		require.ErrorIs(t, got.last, order.ErrInvalid)
		require.ErrorContains(t, got.last, "InvalidInput")
		require.Equal(t, ids(m.orders[:30]), got.ids)
		require.Less(t, len(m.searches), 20)
	})
	t.Run("on the first page is an error like any other", func(t *testing.T) {
		m := &mall{orders: invent(5, start, time.Minute), size: 10}
		m.search = func(s walk.Step) (walk.Page, error, bool) { return walk.Page{}, expired, true }
		require.ErrorIs(t, gather(walk.Orders(t.Context(), whole, m.plan())).last, order.ErrInvalid)
		require.Len(t, m.searches, 1)
	})
}

// TestRowsThatLeaveTheResult ships each order as it is read, at a mall that was asked for unshipped
// orders only: later rows move to pages that were read already.
func TestRowsThatLeaveTheResult(t *testing.T) {
	m := &mall{orders: invent(145, start, time.Minute), size: 10, rows: true}
	all := ids(m.orders)
	var got []string
	for o, err := range walk.Orders(t.Context(), whole, m.plan()) {
		require.NoError(t, err)
		got = append(got, o.ID)
		for i := range m.orders {
			if m.orders[i].ID == o.ID {
				m.orders = append(m.orders[:i:i], m.orders[i+1:]...)
				break
			}
		}
	}
	require.ElementsMatch(t, all, got)
	require.LessOrEqual(t, len(m.searches), 2*145/10, "one page more for each that shifted")
}

func TestErrorAfterEarlierOrders(t *testing.T) {
	down := &order.Error{Class: order.ErrTemporary, Operation: "searchOrder", HTTPStatus: 503}
	m := &mall{orders: invent(30, start, time.Minute), size: 10}
	m.search = func(s walk.Step) (walk.Page, error, bool) { return walk.Page{}, down, s.Page == 3 }
	got := gather(walk.Orders(t.Context(), whole, m.plan()))
	require.Equal(t, ids(m.orders[:20]), got.ids)
	var e *order.Error
	require.ErrorAs(t, got.last, &e)
	require.Equal(t, order.Rakuten, e.Mall, "filled in where it was missing")
	require.Equal(t, shop, e.Shop)
	require.Equal(t, 503, e.HTTPStatus)
	require.Empty(t, down.Mall, "the mall's own error is not changed")
}

func TestAnyOtherErrorIsGivenItsType(t *testing.T) {
	m := &mall{}
	m.search = func(s walk.Step) (walk.Page, error, bool) { return walk.Page{}, errors.New("broken pipe"), true }
	got := gather(walk.Orders(t.Context(), whole, m.plan()))
	require.ErrorIs(t, got.last, order.ErrTemporary)
	require.ErrorContains(t, got.last, "rakuten shop example-shop searchOrder: temporary: broken pipe")
}

func TestContext(t *testing.T) {
	t.Run("is checked between pages", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		m := &mall{orders: invent(30, start, time.Minute), size: 10, rows: true}
		var got result
		for o, err := range walk.Orders(ctx, whole, m.plan()) {
			if err != nil {
				got.last = err
				continue
			}
			if got.ids = append(got.ids, o.ID); len(got.ids) == 10 {
				cancel()
			}
		}
		require.ErrorIs(t, got.last, context.Canceled)
		require.ErrorIs(t, got.last, order.ErrLocalLimit)
		require.Len(t, got.ids, 10)
		require.Len(t, m.searches, 1)
	})
	t.Run("is checked between batches", func(t *testing.T) {
		ctx, cancel := context.WithCancelCause(t.Context())
		defer cancel(nil)
		m := &mall{orders: invent(30, start, time.Minute), size: 30}
		p := m.plan()
		p.Batch = 10
		for _, err := range walk.Orders(ctx, whole, p) {
			if err != nil {
				require.ErrorIs(t, err, context.Canceled, "whatever the cause is")
			}
			cancel(errors.New("the shop is closing"))
		}
		require.Len(t, m.details, 1)
	})
	t.Run("ends a call at once", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
			defer cancel()
			p := (&mall{}).plan()
			p.Search = func(ctx context.Context, _ walk.Step) (walk.Page, error) {
				<-ctx.Done()
				return walk.Page{}, ctx.Err()
			}
			began := time.Now()
			got := gather(walk.Orders(ctx, whole, p))
			require.ErrorIs(t, got.last, context.DeadlineExceeded)
			require.Equal(t, 3*time.Second, time.Since(began))
		})
	})
}
