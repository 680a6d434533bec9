package rakuten_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// keysOf are the mall's keys as the shop pasted them, blanks and all.
func keysOf(mall *rakutentest.Mall) rakuten.Keys {
	return rakuten.Keys{
		ServiceSecret: credential.NewSecret(" " + mall.ServiceSecret()),
		LicenseKey:    credential.NewSecret(mall.LicenseKey() + "\n"),
	}
}

// start makes a mall and a client of it; change may alter the client's configuration.
func start(t testing.TB, o rakutentest.Options, change func(*rakuten.Config)) (*rakutentest.Mall, *rakuten.Client) {
	t.Helper()
	mall := rakutentest.New(o)
	t.Cleanup(mall.Close)
	cfg := rakuten.Config{
		Shop: "mihon-shop", Keys: credential.Static(keysOf(mall)),
		HTTPClient: &http.Client{Transport: mall.Transport()}, Limiter: order.Unlimited,
	}
	if change != nil {
		change(&cfg)
	}
	client, err := rakuten.New(cfg)
	require.NoError(t, err)
	return mall, client
}

// all reads the orders of the last three weeks.
func all(t testing.TB, client *rakuten.Client, q order.Query) (orders []order.Order, errs []error) {
	t.Helper()
	if q.From.IsZero() && len(q.IDs) == 0 {
		q.From = time.Now().AddDate(0, 0, -21)
	}
	for o, err := range client.Orders(t.Context(), q) {
		if err != nil {
			errs = append(errs, err)
			continue
		}
		orders = append(orders, o)
	}
	return orders, errs
}

// synced is a subtest in simulated time, for whatever waits.
func synced(t *testing.T, name string, run func(*testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, run) })
}
