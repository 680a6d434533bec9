package jobs_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"

	"example.com/jpmall-worker/internal/shops"
)

func rakutenShop(t testing.TB, options rakutentest.Options) (*rakutentest.Server, shops.Entry) {
	t.Helper()
	m, err := rakutentest.NewServer(options)
	require.NoError(t, err)
	t.Cleanup(m.Close)
	return m, shops.Entry{Row: shops.Row{Mall: order.Rakuten, Shop: m.Shop(), BaseURL: m.URL},
		Keys: shops.Keys{"service_secret": m.ServiceSecret(), "license_key": m.LicenseKey()}}
}

// TestWatchKeys: the mall is asked when a key ends, people are told once, whatever process looks,
// and the gauge counts down. When the key is renewed, nothing is told, and the gauge of the process
// that looked before does not go on telling of the old one.
func TestWatchKeys(t *testing.T) {
	t.Parallel()
	mall, shop := rakutenShop(t, rakutentest.Options{Issued: time.Now().AddDate(0, 0, -85), Propagation: -1})
	l := open(t, shop)
	first := l.work(t, nil, "watch_keys")
	require.Len(t, l.told, 1)
	require.Equal(t, credential.KindLicenseKey, l.told[0].Kind)
	require.Equal(t, mall.Shop(), l.told[0].Shop)
	require.Equal(t, credential.Expiring, l.told[0].State)
	day := (24 * time.Hour).Seconds()
	require.InDelta(t, 5*day, endsIn(t, first)["license-key"], 2*day)

	second := l.work(t, nil, "watch_keys")
	require.Len(t, l.told, 1, "another process does not tell it again")
	require.InDelta(t, 5*day, endsIn(t, second)["license-key"], 2*day)
	require.Empty(t, endsIn(t, first), "who looked last tells")

	shop.Keys["license_key"] = mall.IssueKey()
	require.NoError(t, shops.PutKeys(t.Context(), l.store, shop.Mall, shop.Shop, shop.Keys))
	third := l.work(t, nil, "watch_keys")
	require.InDelta(t, 90*day, endsIn(t, third)["license-key"], 3*day)
	require.Len(t, l.told, 1)
}

// endsIn is the gauge of the ends of keys, by kind.
func endsIn(t *testing.T, reader *metric.ManualReader) map[string]float64 {
	t.Helper()
	return gauge(t, reader, "jpmall.credential.expires_in")
}

// gauge is what a gauge shows, by kind.
func gauge(t *testing.T, reader *metric.ManualReader, name string) map[string]float64 {
	t.Helper()
	var all metricdata.ResourceMetrics
	for range 2 { // the first may still show what it then puts away
		all = metricdata.ResourceMetrics{}
		require.NoError(t, reader.Collect(t.Context(), &all))
	}
	shown := map[string]float64{}
	for _, scope := range all.ScopeMetrics {
		for _, m := range scope.Metrics {
			if data, ok := m.Data.(metricdata.Gauge[float64]); ok && m.Name == name {
				for _, p := range data.DataPoints {
					kind, _ := p.Attributes.Value("jpmall.kind")
					shown[kind.AsString()] = p.Value
				}
			}
		}
	}
	return shown
}

// TestRenewTokens: a token is taken before anybody needs it, kept for all processes, and renewed
// when it is about to end and not before.
func TestRenewTokens(t *testing.T) {
	t.Parallel()
	const life = 8 * time.Second
	a, err := amazontest.NewServer(amazontest.Options{AccessTokenLife: life})
	require.NoError(t, err)
	defer a.Close()
	y, err := yahootest.NewServer(yahootest.Options{})
	require.NoError(t, err)
	defer y.Close()
	l := open(t,
		shops.Entry{Row: shops.Row{Mall: order.Amazon, Shop: a.Shop(), BaseURL: a.URL, TokenURL: a.TokenURL},
			Keys: shops.Keys{"client_id": a.ClientID(), "client_secret": a.ClientSecret(),
				"refresh_token": a.RefreshToken()}},
		shops.Entry{Row: shops.Row{Mall: order.Yahoo, Shop: y.Shop(), BaseURL: y.URL, TokenURL: y.TokenURL},
			Keys: shops.Keys{"client_id": y.ClientID(), "client_secret": y.ClientSecret(),
				"refresh_token": y.RefreshToken()}})
	_, err = l.db.Exec(t.Context(), `UPDATE shops SET every = '1 hour'`) // no pass needs a token
	require.NoError(t, err)
	l.work(t, nil, "renew_tokens")
	began := time.Now()
	require.Equal(t, []int{1, 1}, []int{a.Count("token"), y.Count("token")}, fmt.Sprint(y.Calls("")))
	l.work(t, nil, "renew_tokens")
	require.Equal(t, 1, y.Count("token"), "another process finds it in the store")
	time.Sleep(time.Until(began.Add(life)))
	before := a.Count("token")
	l.work(t, nil, "renew_tokens")
	require.Greater(t, a.Count("token"), before)
	require.Equal(t, 1, y.Count("token"))
}
