package rakuten_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func listed(t *testing.T, client *rakuten.Client, from, to time.Time) map[string]string {
	t.Helper()
	marks := map[string]string{}
	for row, err := range client.List(t.Context(), from, to) {
		require.NoError(t, err)
		require.NotEmpty(t, row.Mark)
		marks[row.ID] = row.Mark
	}
	return marks
}

// TestList: each order once under the mark that it has when it is read, without a call of getOrder.
func TestList(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 2500}, nil)
	from, to := time.Now().AddDate(0, 0, -21), time.Now()
	marks := listed(t, client, from, to)
	require.Len(t, marks, 2500)
	require.Zero(t, mall.Count("getOrder"))
	require.LessOrEqual(t, mall.Count("searchOrder"), 9+2, "a call for each orderProgress and each thousand")
	kinds := map[string]int{}
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, errs)
	for _, o := range orders {
		require.Equal(t, client.Mark(o), marks[o.ID])
		kinds[marks[o.ID]]++
	}
	require.Len(t, kinds, 9, "every orderProgress")

	id := orders[1000].ID
	require.True(t, mall.ChangeOrder(id, func(o *rakutentest.Order) { o.Progress = 900 }))
	require.Equal(t, "900", listed(t, client, from, to)[id])
	require.Empty(t, client.Mark(order.Order{ID: id}), "without its Raw")
}

// TestListEndsWithTheError: what stands in the way of one list stands in the way of all.
func TestListEndsWithTheError(t *testing.T) {
	mall, client := start(t, rakutentest.Options{}, nil)
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ExpiredKey, Times: 100}))
	errs := 0
	for row, err := range client.List(t.Context(), time.Now().AddDate(0, 0, -21), time.Now()) {
		require.Empty(t, row)
		require.ErrorIs(t, err, order.ErrUnauthorized)
		errs++
	}
	require.Equal(t, 1, errs)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	for _, err := range client.List(ctx, time.Now().AddDate(0, 0, -21), time.Now()) {
		require.ErrorIs(t, err, context.Canceled)
	}
}

// TestListOrdersThatMoveOn: an order that changes from one orderProgress to the next between two
// calls comes under the later.
func TestListOrdersThatMoveOn(t *testing.T) {
	mall, client := start(t, rakutentest.Options{}, nil)
	orders, _ := all(t, client, order.Query{})
	var id string
	for _, o := range orders {
		if client.Mark(o) == "300" {
			id = o.ID
		}
	}
	marks := map[string]string{}
	for row, err := range client.List(t.Context(), time.Now().AddDate(0, 0, -21), time.Now()) {
		require.NoError(t, err)
		if marks[row.ID] = row.Mark; row.ID == id && row.Mark == "300" {
			require.True(t, mall.ChangeOrder(id, func(o *rakutentest.Order) { o.Progress = 500 }))
		}
	}
	require.Equal(t, "500", marks[id])
}
