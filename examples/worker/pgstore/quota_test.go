package pgstore_test

import (
	"context"
	"log/slog"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"

	"example.com/jpmall-worker/pgstore"
)

// patience only bounds a hang.
const patience = 3 * time.Minute

// takes lets n callers of several processes take places for a time, and gives when they got them.
func takes(t *testing.T, limiters []order.LearningLimiter, d time.Duration) (at []time.Time) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), d)
	defer cancel()
	var all sync.WaitGroup
	var mu sync.Mutex
	for _, l := range limiters {
		all.Go(func() {
			for l.Wait(ctx) == nil {
				mu.Lock()
				at = append(at, time.Now())
				mu.Unlock()
			}
		})
	}
	all.Wait()
	slices.SortFunc(at, time.Time.Compare)
	return at
}

func limiters(t *testing.T, n int, key string, rate pgstore.Rate) (all []order.LearningLimiter) {
	t.Helper()
	db := open(t)
	for range n {
		q := pgstore.NewQuotas(db, slog.New(slog.NewTextHandler(os.Stderr, nil))) // each as in a process of its own
		t.Cleanup(q.Close)
		all = append(all, q.Limiter(key, rate))
	}
	return all
}

func TestQuotaIsSharedAndUsed(t *testing.T) {
	t.Parallel()
	const every, burst, lasts = 500 * time.Millisecond, 5, 10 * time.Second // a busy database misses places of less
	at := takes(t, limiters(t, 8, "k", pgstore.Rate{Every: every, Burst: burst}), lasts)
	require.LessOrEqual(t, len(at), burst+int(lasts/every))
	require.GreaterOrEqual(t, len(at), 12, "a quota is there to be used")
}

// TestNobodyIsEarly: a caller is let go at its place by the database's clock, never before.
func TestNobodyIsEarly(t *testing.T) {
	db := open(t)
	q := pgstore.NewQuotas(db, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	defer q.Close()
	l := q.Limiter("k", pgstore.Rate{Every: 30 * time.Millisecond})
	for range 20 {
		require.NoError(t, l.Wait(t.Context()))
		var early time.Duration
		require.NoError(t, db.QueryRow(t.Context(), `SELECT tat - every - clock_timestamp() FROM quotas`).Scan(&early))
		require.LessOrEqual(t, early, time.Duration(0))
	}
}

func TestQuotaRefusesAtOnceWhatComesTooLate(t *testing.T) {
	l := limiters(t, 1, "k", pgstore.Rate{Every: time.Minute})[0]
	require.NoError(t, l.Wait(t.Context()))
	for range 3 {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		began := time.Now()
		require.ErrorIs(t, l.Wait(ctx), context.DeadlineExceeded)
		require.Less(t, time.Since(began), 10*time.Second)
		cancel()
	}
	// Those took no place: the next one is a minute away, not four.
	ctx, cancel := context.WithTimeout(t.Context(), 70*time.Second)
	defer cancel()
	waiting, stop := context.WithTimeout(ctx, 200*time.Millisecond)
	defer stop()
	require.Error(t, l.Wait(waiting))
	got := make(chan error, 1)
	ended, end := context.WithCancel(ctx)
	go func() { got <- l.Wait(ended) }()
	select {
	case err := <-got:
		t.Fatalf("a place a minute away was not waited for: %v", err)
	case <-time.After(300 * time.Millisecond):
	}
	end()
	require.ErrorIs(t, <-got, context.Canceled)
}

func TestQuotaLearnsForAll(t *testing.T) {
	all := limiters(t, 2, "k", pgstore.Rate{Every: time.Hour})
	require.NoError(t, all[0].Wait(t.Context()))
	short, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	require.ErrorIs(t, all[1].Wait(short), context.DeadlineExceeded)
	faster := limiters(t, 2, "k", pgstore.Rate{Every: 2 * time.Second})
	require.NoError(t, faster[0].Wait(t.Context()))
	faster[0].Learn(20)
	require.Eventually(t, func() bool {
		ctx, cancel := context.WithTimeout(t.Context(), 4*time.Second)
		defer cancel()
		began := time.Now()
		return faster[1].Wait(ctx) == nil && time.Since(began) < time.Second
	}, patience, time.Millisecond)
}

// TestPauseHoldsAll: also those who had a place and were waiting for it.
func TestPauseHoldsAll(t *testing.T) {
	t.Parallel()
	// However busy the machine is, the pause must be known before the first of them may go.
	all := limiters(t, 3, "k", pgstore.Rate{Every: 6 * time.Second})
	require.NoError(t, all[0].Wait(t.Context()))
	began := time.Now()
	got := make(chan time.Duration, 2)
	for _, l := range all[1:] {
		go func() {
			if l.Wait(t.Context()) == nil {
				got <- time.Since(began)
			}
		}()
	}
	time.Sleep(500 * time.Millisecond)
	all[0].Pause(began.Add(8 * time.Second))
	for range 2 {
		require.GreaterOrEqual(t, <-got, 7900*time.Millisecond)
	}
}

// TestAMissedPlaceIsNotUsed: who is held up between its place and its call takes another, for the
// next caller is on time.
func TestAMissedPlaceIsNotUsed(t *testing.T) {
	t.Parallel()
	beside := open(t)
	cfg := beside.Config()
	cfg.MaxConns = 1
	db, err := pgxpool.NewWithConfig(t.Context(), cfg)
	require.NoError(t, err)
	defer db.Close()
	q := pgstore.NewQuotas(db, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	defer q.Close()
	const every = 8 * time.Second // the caller must be held up within it
	l := q.Limiter("k", pgstore.Rate{Every: every})
	taken := func() (next time.Time) {
		require.NoError(t, beside.QueryRow(t.Context(), `SELECT tat FROM quotas`).Scan(&next))
		return next
	}
	require.NoError(t, l.Wait(t.Context()))
	first := taken()
	got := make(chan error, 1)
	go func() { got <- l.Wait(t.Context()) }()
	require.Eventually(t, func() bool { return taken().After(first) }, patience, 10*time.Millisecond)
	only, err := db.Acquire(t.Context()) // the caller waits for its place, and then for the connection
	require.NoError(t, err)
	second := taken()
	time.Sleep(time.Until(first.Add(every)))
	only.Release()
	require.NoError(t, <-got)
	require.True(t, taken().After(second), "the place at %s was let go", first)
}

func TestDailyQuota(t *testing.T) {
	tomorrow := order.DateOf(time.Now()).AddDays(1).Time()
	if left := time.Until(tomorrow); left < 30*time.Second {
		time.Sleep(left + time.Second) // the quota of a day must not begin anew amid the test
	}
	rate := pgstore.Rate{Every: time.Microsecond, Day: 10, DayKey: "application"}
	all := limiters(t, 3, "k", rate)
	for i := range 10 {
		require.NoError(t, all[i%3].Wait(t.Context()))
	}
	for _, l := range all {
		err := l.Wait(t.Context())
		require.ErrorIs(t, err, order.ErrRateLimited)
		require.ErrorContains(t, err, "midnight in Japan")
	}
}

func BenchmarkQuota(b *testing.B) {
	db := open(b)
	q := pgstore.NewQuotas(db, slog.New(slog.NewTextHandler(os.Stderr, nil)))
	defer q.Close()
	l := q.Limiter("k", pgstore.Rate{Every: time.Microsecond, Burst: 1000})
	b.RunParallel(func(p *testing.PB) {
		for p.Next() {
			if err := l.Wait(b.Context()); err != nil {
				b.Error(err)
				return
			}
		}
	})
}
