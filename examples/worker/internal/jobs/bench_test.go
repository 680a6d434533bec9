package jobs_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/rakuten/rakutentest"

	"example.com/jpmall-worker/internal/shops"
)

// BenchmarkPasses is one worker process and its fake malls, without quotas. One operation is a pass
// at a pace of a minute, as it is in the long run: what is new, and what else is due. Here the
// passes do not wait for their minute; how many shops a worker and one of its connections can
// follow so is told beside it. Run it with a fixed number, such as -benchtime 1000x.
func BenchmarkPasses(b *testing.B) {
	for _, n := range []int{10, 100, 1000} {
		b.Run(fmt.Sprintf("shops=%d", n), func(b *testing.B) { benchmarkPasses(b, n) })
	}
}

func benchmarkPasses(b *testing.B, n int) {
	var malls []*rakutentest.Server
	var all []shops.Entry
	for i := range n {
		mall, shop := rakutenShop(b, rakutentest.Options{Shop: fmt.Sprint(123456 + i), Seed: uint64(i), Orders: 10})
		shop.Every = time.Minute
		malls, all = append(malls, mall), append(all, shop)
	}
	l := open(b, all...)
	client, _ := l.worker(b)
	events, end := client.Subscribe(river.EventKindJobSnoozed)
	defer end()
	require.NoError(b, client.Start(context.WithoutCancel(b.Context())))
	defer func() { require.NoError(b, client.StopAndCancel(context.WithoutCancel(b.Context()))) }()
	ctx, stop := context.WithCancel(b.Context())
	var hurry sync.WaitGroup
	defer hurry.Wait()
	defer stop()
	hurry.Go(func() { l.hurry(ctx, b) })
	seen := map[string]bool{} // the first passes read everything, and are not counted
	for len(seen) < n {
		if e := <-events; e.Job.Kind == "shop_pass" {
			seen[string(e.Job.EncodedArgs)] = true
		}
	}
	work := func() (calls, jobs, rows, commits float64) {
		for _, m := range malls {
			calls += float64(m.Count(""))
		}
		_, err := l.db.Exec(b.Context(), `SELECT pg_stat_force_next_flush()`)
		require.NoError(b, err)
		require.NoError(b, l.db.QueryRow(b.Context(),
			`SELECT sum((metadata->>'snoozes')::float8), max(written), max(committed) FROM river_job, (
			SELECT (tup_inserted + tup_updated + tup_deleted)::float8 AS written, xact_commit::float8 AS committed
			FROM pg_stat_database WHERE datname = current_database()) s WHERE metadata ? 'snoozes'`).Scan(&jobs, &rows,
			&commits))
		return calls, jobs, rows, commits
	}
	calls, jobs, rows, commits := work()
	b.ResetTimer()
	began := time.Now()
	for passes := 0; passes < b.N; {
		if e := <-events; e.Job.Kind == "shop_pass" {
			if passes++; passes%10 == 0 { // an order comes
				malls[passes%n].AddOrder(rakutentest.Order{Progress: 100})
			}
		}
	}
	took := time.Since(began).Seconds()
	b.StopTimer()
	calls1, jobs1, rows1, commits1 := work()
	perSecond := float64(b.N) / took
	b.ReportMetric(perSecond*60, "shops/worker")
	b.ReportMetric(perSecond*60/float64(l.db.Config().MaxConns), "shops/connection")
	b.ReportMetric((jobs1-jobs)/took, "jobs/s")
	b.ReportMetric((rows1-rows)/took, "rows/s")
	b.ReportMetric((commits1-commits)/took, "commits/s")
	b.ReportMetric((calls1-calls)/float64(b.N), "calls/op")
}

// hurry does at once, until ctx ends, what River's scheduler does when the time of a snoozed job
// has come.
func (l *lab) hurry(ctx context.Context, b *testing.B) {
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		_, err := l.db.Exec(ctx, `WITH due AS (UPDATE river_job SET state = 'available', scheduled_at = now()
				WHERE kind = 'shop_pass' AND state = 'scheduled' RETURNING 1)
			SELECT pg_notify(current_schema() || '.river_insert', '{"queue": "default"}') WHERE EXISTS (SELECT FROM due)`)
		if err != nil && ctx.Err() == nil {
			b.Error(err)
			return
		}
	}
}
