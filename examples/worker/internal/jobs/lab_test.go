package jobs_test

import (
	"cmp"
	"context"
	"io"
	"log/slog"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/sdk/metric"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order/otelorder"

	"example.com/jpmall-worker/internal/jobs"
	"example.com/jpmall-worker/internal/server"
	"example.com/jpmall-worker/internal/servertest"
	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

var postgres *server.Server

func TestMain(m *testing.M) {
	os.Exit(servertest.Run(m, &postgres))
}

// lab is a database with shops, for workers of one test.
type lab struct {
	db    *pgxpool.Pool
	store pgstore.Credentials

	change func(*jobs.Config) // of its workers; nil for none

	mu   sync.Mutex
	told []credential.Notice
}

func open(t testing.TB, all ...shops.Entry) *lab {
	t.Helper()
	db, _ := servertest.Open(t, postgres, jobs.Migrate)
	l := &lab{db: db, store: pgstore.Credentials{DB: db}}
	for _, e := range all {
		e.Every, e.Since = cmp.Or(e.Every, time.Second), time.Now().AddDate(0, 0, -30)
		require.NoError(t, shops.Table{DB: db}.Enter(t.Context(), l.store, e))
	}
	return l
}

// worker makes a worker, new as after a restart.
func (l *lab) worker(t testing.TB) (*river.Client[pgx.Tx], *metric.ManualReader) {
	t.Helper()
	reader := metric.NewManualReader()
	meters := metric.NewMeterProvider(metric.WithReader(reader))
	telemetry, err := otelorder.New(otelorder.Config{MeterProvider: meters})
	require.NoError(t, err)
	gauges, err := jobs.NewGauges(meters.Meter("test"), l.db, telemetry)
	require.NoError(t, err)
	cfg := jobs.Config{
		DB: l.db, Clients: &shops.Clients{Store: l.store}, Telemetry: telemetry, Gauges: gauges, Labels: sender,
		Accounts: accounts,
		Notifier: credential.NotifierFunc(func(_ context.Context, n credential.Notice) error {
			l.mu.Lock()
			defer l.mu.Unlock()
			l.told = append(l.told, n)
			return nil
		}),
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Reconcile: time.Second, Retry: time.Second,
	}
	if l.change != nil {
		l.change(&cfg)
	}
	client, err := jobs.New(cfg)
	require.NoError(t, err)
	return client, reader
}

// work runs a worker until it has done each of the jobs and, where one is given, done says so.
func (l *lab) work(t *testing.T, done func() bool, kinds ...string) *metric.ManualReader {
	t.Helper()
	client, reader := l.worker(t)
	events, end := client.Subscribe(river.EventKindJobCompleted, river.EventKindJobSnoozed, river.EventKindJobFailed)
	defer end()
	require.NoError(t, client.Start(context.WithoutCancel(t.Context())))
	defer func() { require.NoError(t, client.Stop(context.WithoutCancel(t.Context()))) }()
	open := map[string]bool{}
	for _, kind := range kinds {
		open[kind] = true
	}
	patience, tick := time.After(5*time.Minute), time.NewTicker(100*time.Millisecond)
	defer tick.Stop()
	for len(open) > 0 || done != nil && !done() {
		select {
		case e := <-events:
			require.NotEqual(t, river.EventKindJobFailed, e.Kind, "%v", e.Job.Errors)
			delete(open, e.Job.Kind)
		case <-tick.C: // label files have a pace of a minute
			_, err := l.db.Exec(t.Context(),
				`UPDATE river_job SET scheduled_at = now() WHERE kind = 'write_labels' AND state = 'scheduled'`)
			require.NoError(t, err)
		case <-patience:
			t.Fatalf("after five minutes these jobs were not done: %v; or what was waited for did not happen", open)
		}
	}
	return reader
}

func (l *lab) count(t testing.TB, query string, args ...any) (n int) {
	t.Helper()
	require.NoError(t, l.db.QueryRow(t.Context(), query, args...).Scan(&n))
	return n
}
