package walk_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/walk"
	"github.com/jpmall/jpmall/order"
)

// One order's refusal is not the shop's: where the cheapest read is well, the order that is always
// refused fails alone, with its number, and the others are read. Where it is not, or where all
// orders are refused, the iteration ends as before.
func TestOneOrdersRefusalIsNotTheShops(t *testing.T) {
	many := func(n int) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = fmt.Sprintf("o%03d", i)
		}
		return all
	}
	for name, c := range map[string]struct {
		ids    []string
		bad    []string
		batch  int
		sick   bool
		failed []string
		ends   bool
		probes int
	}{
		"one by one":              {many(5), []string{"o001"}, 1, false, []string{"o001"}, false, 1},
		"the only one":            {many(1), []string{"o000"}, 1, false, []string{"o000"}, false, 1},
		"in a batch":              {many(100), []string{"o041"}, 100, false, []string{"o041"}, false, 1},
		"two of a batch":          {many(100), []string{"o041", "o099"}, 100, false, []string{"o041", "o099"}, false, 1},
		"in two batches":          {many(200), []string{"o001", "o150"}, 100, false, []string{"o001", "o150"}, false, 2},
		"two far apart":           {many(9), []string{"o001", "o007"}, 1, false, []string{"o001", "o007"}, false, 2},
		"several in a row":        {many(9), []string{"o003", "o004", "o005", "o006"}, 1, false, []string{"o003", "o004", "o005", "o006"}, false, 1},
		"a key that is over":      {many(5), []string{"o001"}, 1, true, nil, true, 1},
		"a function that is none": {many(100), many(100), 100, false, []string{"o000", "o001"}, true, 1},
		"a role lost on the way":  {many(60), many(60)[5:], 1, false, many(60)[5:24], true, 1},
		"nobody to ask":           {many(5), []string{"o001"}, 1, false, nil, true, -1},
		"the first of a batch":    {many(10), []string{"o000"}, 10, false, []string{"o000"}, false, 1},
		"all but one, one by one": {many(3), []string{"o000", "o002"}, 1, false, []string{"o000", "o002"}, false, 2},
	} {
		for _, class := range []order.Class{order.ErrUnauthorized, order.ErrCredentialExpired, order.ErrForbidden} {
			t.Run(name+" "+class.Error(), func(t *testing.T) {
				probes := 0
				p := walk.Plan{Mall: order.Rakuten, Shop: "s", Operation: "search", Fetch: "get", Batch: c.batch,
					Detail: func(_ context.Context, ids []string) ([]order.Order, error) {
						var all []order.Order
						for _, id := range ids {
							if slices.Contains(c.bad, id) {
								return nil, &order.Error{Class: class, Code: "ES01-01", Operation: "get",
									Order: map[bool]string{true: id}[len(ids) == 1]}
							}
							all = append(all, order.Order{Mall: order.Rakuten, Shop: "s", ID: id})
						}
						return all, nil
					},
					Probe: func(context.Context) error {
						probes++
						if c.sick {
							return &order.Error{Class: class}
						}
						return nil
					}}
				if c.probes < 0 {
					p.Probe = nil
				}
				got := gather(walk.Orders(t.Context(), order.Query{IDs: c.ids}, p))
				require.Equal(t, c.failed, got.failed)
				require.Equal(t, max(c.probes, 0), probes)
				for _, err := range got.errs {
					require.ErrorIs(t, err, class)
					require.ErrorContains(t, err, "this order alone")
				}
				if c.ends {
					require.ErrorIs(t, got.last, class)
					return
				}
				require.NoError(t, got.last)
				require.Len(t, got.ids, len(c.ids)-len(c.bad))
			})
		}
	}
}

// Other classes that end an iteration ask nobody.
func TestSpeedAndMaintenanceAreTheShops(t *testing.T) {
	for _, class := range []order.Class{order.ErrRateLimited, order.ErrMaintenance} {
		p := walk.Plan{Mall: order.Rakuten, Shop: "s", Fetch: "get",
			Probe: func(context.Context) error { return errors.New("asked") },
			Detail: func(context.Context, []string) ([]order.Order, error) {
				return nil, &order.Error{Class: class, Order: "a"}
			}}
		got := gather(walk.Orders(t.Context(), order.Query{IDs: []string{"a", "b"}}, p))
		require.ErrorIs(t, got.last, class)
		require.Empty(t, got.failed)
	}
}
