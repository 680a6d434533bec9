package faulttest_test

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// TestOneOrdersRefusalIsNotTheShops lets the mall answer the calls about one order, and no others,
// as if the key were dead: that order is not shipped and fails under its number, and the others of
// the same call go on.
func TestOneOrdersRefusalIsNotTheShops(t *testing.T) {
	for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		t.Run(string(name), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := openMall(t, i, 61, 40)
				p := newProxy(m, 1, 0)
				p.oneIn = 0
				source, clean := m.source(t, p), m.source(t, m.wire)
				list := jobs(t, m, clean, order.CanShip)[:5]
				bad := list[1].order.ID
				p.always(byMall("401 for one order", true, fault{Kind: rakutentest.ExpiredKey}),
					func(c *call) bool { return slices.Equal(c.ids, []string{bad}) })
				actor, err := order.NewActor(source)
				require.NoError(t, err)
				for k, r := range do(t.Context(), source, list, actor, order.WriteOptions{}) {
					if r.Order == bad {
						require.NotEqual(t, order.Done, r.Outcome)
						require.Equal(t, bad, order.Concerns(r.Err))
						require.Zero(t, list[k].times(t, clean))
						continue
					}
					require.Equal(t, order.Done, r.Outcome, "%s: %+v", m.name, r)
				}
				require.NoError(t, source.(interface{ Check(context.Context) error }).Check(t.Context()),
					"the key is well")
			})
		})
	}
}
