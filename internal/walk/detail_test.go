package walk_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// about makes a Detail that fails for some orders: with an error of the class for that order, or
// silently for class 0.
func (m *mall) about(class map[string]order.Class) func(context.Context, []string) ([]order.Order, error) {
	return func(ctx context.Context, ids []string) ([]order.Order, error) {
		found, err := m.Detail(ctx, ids)
		var errs []error
		for _, id := range ids {
			c, bad := class[id]
			if bad {
				found = slices.DeleteFunc(found, func(o order.Order) bool { return o.ID == id })
			}
			if bad && c != 0 {
				errs = append(errs, &order.Error{Class: c, Operation: "getOrder", Order: id, Code: "E1"})
			}
		}
		if err == nil {
			err = errors.Join(errs...)
		}
		return found, err
	}
}

func TestOrdersThatCannotBeRead(t *testing.T) {
	m := &mall{orders: invent(20, start, time.Minute), size: 20}
	p := m.plan()
	p.Batch = 6
	id := func(i int) string { return m.orders[i].ID }
	p.Detail = m.about(map[string]order.Class{id(2): 0, id(3): order.ErrNotFound, id(9): order.ErrUndecodable,
		id(19): 0})
	got := gather(walk.Orders(t.Context(), whole, p))
	require.NoError(t, got.last)
	require.Equal(t, []string{id(2), id(3), id(9), id(19)}, got.failed)
	require.Len(t, got.ids, 16)
	require.True(t, slices.IsSorted(got.ids))
	for i, want := range []order.Class{order.ErrNotFound, order.ErrNotFound, order.ErrUndecodable, order.ErrNotFound} {
		require.ErrorIs(t, got.errs[i], want)
		require.ErrorContains(t, got.errs[i], "rakuten shop example-shop getOrder order "+got.failed[i])
	}
}

func TestByNumber(t *testing.T) {
	m := &mall{orders: invent(250, start, time.Minute)}
	q := order.Query{IDs: append(ids(m.orders), "100000-20260801-99999", m.orders[0].ID)}
	got := gather(walk.Orders(t.Context(), q, m.plan()))
	require.NoError(t, got.last)
	require.Equal(t, ids(m.orders), got.ids)
	require.Equal(t, []string{"100000-20260801-99999"}, got.failed)
	require.ErrorIs(t, got.errs[0], order.ErrNotFound)
	require.Len(t, m.details, 3)
	require.Empty(t, m.searches)

	q.Statuses = []order.Status{order.Cancelled}
	require.Empty(t, gather(walk.Orders(t.Context(), q, m.plan())).ids)
}

// TestWhatConcernsTheShopEndsTheIteration, even when the call that met it was about one order.
func TestWhatConcernsTheShopEndsTheIteration(t *testing.T) {
	for _, class := range []order.Class{order.ErrUnauthorized, order.ErrCredentialExpired, order.ErrForbidden,
		order.ErrRateLimited,
		order.ErrMaintenance} {
		t.Run(class.Error(), func(t *testing.T) {
			m := &mall{orders: invent(10, start, time.Minute), size: 20}
			p := m.plan()
			p.Batch = 1
			p.Detail = m.about(map[string]order.Class{m.orders[4].ID: class})
			got := gather(walk.Orders(t.Context(), whole, p))
			require.ErrorIs(t, got.last, class)
			require.Empty(t, order.Concerns(got.last))
			require.Equal(t, ids(m.orders[:4]), got.ids)
			require.Len(t, m.details, 5)
		})
	}
}

func TestTemporaryFailuresInARow(t *testing.T) {
	m := &mall{orders: invent(12, start, time.Minute), size: 20}
	p := m.plan()
	p.Batch = 1
	bad := make(map[string]order.Class)
	for _, i := range []int{1, 2, 4, 5, 7, 8, 9, 10} {
		bad[m.orders[i].ID] = order.ErrTemporary
	}
	p.Detail = m.about(bad)
	got := gather(walk.Orders(t.Context(), whole, p))
	require.ErrorIs(t, got.last, order.ErrTemporary)
	require.ErrorContains(t, got.last, "3 orders in a row")
	require.Len(t, got.failed, 6)
	require.Len(t, got.ids, 3)
	require.Len(t, m.details, 10, "the mall is left alone then")
}

func TestOrdersBesideAnErrorOfTheCall(t *testing.T) {
	m := &mall{orders: invent(10, start, time.Minute), size: 20}
	p := m.plan()
	p.Detail = func(ctx context.Context, ids []string) ([]order.Order, error) {
		found, _ := m.Detail(ctx, ids[:6])
		return found, errors.Join(
			&order.Error{Class: order.ErrUndecodable, Order: ids[6]},
			&order.Error{Class: order.ErrUndecodable, Message: "the rest of the document is cut off"})
	}
	got := gather(walk.Orders(t.Context(), whole, p))
	require.Equal(t, ids(m.orders[:6]), got.ids)
	require.Equal(t, []string{m.orders[6].ID}, got.failed, "the other three are not called missing: nobody knows")
	require.ErrorContains(t, got.last, "cut off")
}

func TestAnswersThatWereNotAskedFor(t *testing.T) {
	m := &mall{orders: invent(3, start, time.Minute), size: 20}
	p := m.plan()
	p.Detail = func(ctx context.Context, ids []string) ([]order.Order, error) {
		found, err := m.Detail(ctx, ids)
		return append(found, order.Order{ID: "200000-20260801-00001"}), err
	}
	got := gather(walk.Orders(t.Context(), whole, p))
	require.NoError(t, got.last)
	require.Equal(t, ids(m.orders), got.ids)
	require.Equal(t, []string{"200000-20260801-00001"}, got.failed)
	require.ErrorIs(t, got.errs[0], order.ErrUndecodable)

	p.Detail = func(ctx context.Context, ids []string) ([]order.Order, error) { return []order.Order{{}}, nil }
	got = gather(walk.Orders(t.Context(), whole, p))
	require.ErrorIs(t, got.last, order.ErrUndecodable)
}

func TestRowsThatCannotBeRead(t *testing.T) {
	m := &mall{orders: invent(8, start, time.Minute), size: 5, rows: true}
	bad := &order.Error{Class: order.ErrUndecodable, Operation: "searchTradeInfoListProc", Order: m.orders[2].ID}
	m.search = func(s walk.Step) (walk.Page, error, bool) {
		page, err := m.list(s)
		if s.Page == 1 {
			page.Orders, err = slices.Delete(page.Orders, 2, 3), errors.Join(bad)
		}
		return page, err, true
	}
	got := gather(walk.Orders(t.Context(), whole, m.plan()))
	require.NoError(t, got.last)
	require.Equal(t, []string{bad.Order}, got.failed)
	require.Len(t, got.ids, 7, "the page is not lost")
}

func TestReferencesWithoutDetail(t *testing.T) {
	m := &mall{orders: invent(3, start, time.Minute), size: 20}
	p := m.plan()
	p.Detail = nil
	require.ErrorIs(t, gather(walk.Orders(t.Context(), whole, p)).last, order.ErrInvalid)
}

func TestOne(t *testing.T) {
	m := &mall{orders: invent(3, start, time.Minute)}
	p := m.plan()
	o, err := walk.One(t.Context(), m.orders[1].ID, p)
	require.NoError(t, err)
	require.Equal(t, m.orders[1], o)

	_, err = walk.One(t.Context(), "nowhere", p)
	require.ErrorIs(t, err, order.ErrNotFound)
	require.Equal(t, "nowhere", order.Concerns(err))

	_, err = walk.One(t.Context(), "", p)
	require.ErrorIs(t, err, order.ErrInvalid)

	p.Detail = m.about(map[string]order.Class{m.orders[1].ID: order.ErrCredentialExpired})
	_, err = walk.One(t.Context(), m.orders[1].ID, p)
	require.ErrorIs(t, err, order.ErrCredentialExpired)
	require.Equal(t, m.orders[1].ID, order.Concerns(err))

	p.Detail = m.about(map[string]order.Class{m.orders[1].ID: order.ErrUndecodable})
	_, err = walk.One(t.Context(), m.orders[1].ID, p)
	require.ErrorIs(t, err, order.ErrUndecodable)

	p.Detail = nil
	_, err = walk.One(t.Context(), m.orders[1].ID, p)
	require.ErrorIs(t, err, order.ErrInvalid)
}
