package jobs_test

import (
	"io"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"

	"example.com/jpmall-worker/internal/jobs"
	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// TestAPassIsCutOff: a quota of a call each six seconds, a job of nine, and a window that takes
// three calls. That the job's time does not reach to the third is no failure of the shop, which was
// looked at, and a job that has the time reads the rest.
func TestAPassIsCutOff(t *testing.T) {
	t.Parallel()
	mall, shop := rakutenShop(t, rakutentest.Options{Orders: 10})
	l := open(t, shop)
	quotas := pgstore.NewQuotas(l.db, slog.New(slog.NewTextHandler(io.Discard, nil)))
	defer quotas.Close()
	l.change = func(cfg *jobs.Config) {
		cfg.Clients.Quotas, cfg.Clients.Pace = quotas, 6*time.Second
		cfg.JobTimeout, cfg.RescueAfter = 9*time.Second, 10*time.Second
	}
	l.work(t, nil, "shop_pass")
	require.Zero(t, mall.Count("getOrder"), "it was cut off before it read an order")
	require.Equal(t, 1,
		l.count(t, `SELECT count(*) FROM shops WHERE looked IS NOT NULL AND failures = 0 AND problem = ''`))
	l.change = nil
	l.work(t, func() bool { return l.count(t, `SELECT count(*) FROM orders`) == 10 })
}

// TestEachShopHasItsOwnPace: while a shop of one second is passed over again and again, one of an
// hour is passed over once.
func TestEachShopHasItsOwnPace(t *testing.T) {
	t.Parallel()
	_, fast := rakutenShop(t, rakutentest.Options{Shop: "123456", Orders: -1})
	_, slow := rakutenShop(t, rakutentest.Options{Shop: "123457", Orders: -1})
	fast.Every, slow.Every = time.Second, time.Hour
	l := open(t, fast, slow)
	client, _ := l.worker(t)
	// the reconciler would spread the first pass over the hour
	_, err := client.Insert(t.Context(), jobs.ShopPass{Mall: slow.Mall, Shop: slow.Shop}, nil)
	require.NoError(t, err)
	passes := func(shop string) int {
		return l.count(t, `SELECT coalesce(sum((metadata->>'snoozes')::int), 0) FROM river_job
			WHERE kind = 'shop_pass' AND args->>'shop' = $1`, shop)
	}
	before := -1 // passes over the fast shop when the slow one had its own
	l.work(t, func() bool {
		if before < 0 && passes(slow.Shop) > 0 {
			before = passes(fast.Shop)
		}
		return before >= 0 && passes(fast.Shop) >= before+4
	})
	require.Equal(t, 1, passes(slow.Shop))
	require.Equal(t, 1, l.count(t, `SELECT count(*) FROM river_job WHERE kind = 'shop_pass'
		AND args->>'shop' = $1 AND scheduled_at > now() + interval '50 minutes'`, slow.Shop))
}

// TestAShopHasOneJobOfAKind: a second one is not inserted while the first is under way, and is
// afterwards. Another shop has its own.
func TestAShopHasOneJobOfAKind(t *testing.T) {
	t.Parallel()
	l := open(t)
	client, _ := l.worker(t)
	for _, kind := range []func(shop string) river.JobArgs{
		func(shop string) river.JobArgs { return jobs.ShopPass{Mall: order.Rakuten, Shop: shop} },
		func(shop string) river.JobArgs { return jobs.ReportShipments{Mall: order.Rakuten, Shop: shop} },
		func(shop string) river.JobArgs { return jobs.WriteLabels{Mall: order.Rakuten, Shop: shop} },
	} {
		insert := func(shop string, skipped bool) {
			t.Helper()
			r, err := client.Insert(t.Context(), kind(shop), nil)
			require.NoError(t, err)
			require.Equal(t, skipped, r.UniqueSkippedAsDuplicate)
		}
		name := kind("").Kind()
		insert("a", false)
		for _, state := range []string{"available", "scheduled", "retryable", "running"} {
			_, err := l.db.Exec(t.Context(), `UPDATE river_job SET state = $2 WHERE kind = $1`, name, state)
			require.NoError(t, err)
			insert("a", true)
		}
		require.Equal(t, 1, l.count(t, `SELECT count(*) FROM river_job WHERE kind = $1`, name))
		insert("b", false)
		_, err := l.db.Exec(t.Context(),
			`UPDATE river_job SET state = 'completed', finalized_at = now() WHERE kind = $1`, name)
		require.NoError(t, err)
		insert("a", false)
	}
}

// TestAShopThatNobodyLooksAtIsLate: from when it was added, or a dead worker would alarm nobody.
func TestAShopThatNobodyLooksAtIsLate(t *testing.T) {
	t.Parallel()
	_, shop := rakutenShop(t, rakutentest.Options{Orders: -1})
	l := open(t, shop)
	_, reader := l.worker(t)
	late := func() float64 { return gauge(t, reader, "jpmall.worker.late")[""] }
	require.Less(t, late(), 1800.0)
	_, err := l.db.Exec(t.Context(), `UPDATE shops SET added = now() - interval '1 hour'`)
	require.NoError(t, err)
	require.Greater(t, late(), 1800.0)
	_, err = l.db.Exec(t.Context(), `UPDATE shops SET paused = true`)
	require.NoError(t, err)
	require.Zero(t, late())
}

// TestLagsAreThoseOfAllProcesses: every process shows how far all of them have seen, and a feed
// that was made anew, which does not know of its predecessor's looks, makes nothing look older.
func TestLagsAreThoseOfAllProcesses(t *testing.T) {
	t.Parallel()
	_, shop := rakutenShop(t, rakutentest.Options{Orders: -1})
	l := open(t, shop)
	hour := time.Hour.Seconds()
	first := l.work(t, nil, "shop_pass")
	lags := func() map[string]float64 { return gauge(t, first, "jpmall.feed.lag") }
	queue := func() map[string]float64 { return gauge(t, first, "jpmall.feed.queue") }
	requireFresh := func() {
		t.Helper()
		for _, kind := range []string{"new", "status", "detail"} {
			require.Contains(t, lags(), kind)
			require.Less(t, lags()[kind], hour/2, kind)
		}
	}
	requireFresh()

	_, err := l.db.Exec(t.Context(), `UPDATE shops SET seen_new = now() - interval '30 hours',
		seen_status = now() - interval '50 hours', seen_detail = now() - interval '70 hours', trouble = 2`)
	require.NoError(t, err)
	for kind, hours := range map[string]float64{"new": 30, "status": 50, "detail": 70} {
		require.InDelta(t, hours*hour, lags()[kind], hour/2, kind)
	}
	require.Equal(t, map[string]float64{"trouble": 2, "nudged": 0}, queue())
	l.work(t, nil, "shop_pass") // another process
	requireFresh()
	require.Zero(t, queue()["trouble"])

	table := shops.Table{DB: l.db}
	anew := order.FeedStatus{Mall: shop.Mall, Shop: shop.Shop, Loaded: true, Changed: 30 * time.Hour,
		Any: 30 * time.Hour, Trouble: 1}
	require.NoError(t, table.Looked(t.Context(), anew, "", false))
	requireFresh()
	require.NoError(t, table.Looked(t.Context(), order.FeedStatus{Mall: shop.Mall, Shop: shop.Shop}, "the mall is closed",
		false))
	requireFresh()
	require.Equal(t, 1.0, queue()["trouble"])
	_, err = l.db.Exec(t.Context(), `UPDATE shops SET paused = true`)
	require.NoError(t, err)
	require.Empty(t, lags(), "nobody looks")
}
