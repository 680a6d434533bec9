package main

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/stretchr/testify/require"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"

	"github.com/jpmall/jpmall/order/ordertest"
)

// TestLogsCarryTraces: a record that belongs to a trace says to which, however the logger was made;
// another says nothing.
func TestLogsCarryTraces(t *testing.T) {
	var out bytes.Buffer
	root := slog.New(withTrace{slog.NewTextHandler(&out, nil)})
	ctx, span := sdktrace.NewTracerProvider().Tracer("test").Start(t.Context(), "pass")
	defer span.End()
	for name, logger := range map[string]*slog.Logger{"plain": root, "with": root.With("shop", "a"),
		"group": root.WithGroup("job")} {
		out.Reset()
		logger.InfoContext(ctx, "looked")
		require.Contains(t, out.String(), "trace_id="+span.SpanContext().TraceID().String(), name)
		require.Contains(t, out.String(), "span_id="+span.SpanContext().SpanID().String(), name)
		out.Reset()
		logger.InfoContext(t.Context(), "looked")
		require.NotContains(t, out.String(), "trace_id", name)
	}
}

// TestAFailingShopsLinesAreOneTrace: in the running program the lines of a pass carry the trace of
// its job, those of the shop's client included.
func TestAFailingShopsLinesAreOneTrace(t *testing.T) {
	t.Parallel()
	db, url := open(t)
	fakes, err := openFakes(4, size{orders: 10})
	require.NoError(t, err)
	defer closeFakes(fakes)
	for _, f := range fakes {
		require.NoError(t, f.mall.(interface {
			Inject(...ordertest.Fault) error
		}).Inject(
			ordertest.Fault{Kind: ordertest.ServerError, Times: -1}))
	}
	require.NoError(t, enter(t.Context(), db, time.Second, entries(fakes)...))
	child := start(t, url, "-unlimited")
	require.Eventually(t, func() bool {
		var failed int
		require.NoError(t, db.QueryRow(t.Context(),
			`SELECT count(*) FROM shops WHERE failures > 0`).Scan(&failed))
		return failed == len(fakes)
	}, patience, 100*time.Millisecond)
	child.end(t)
	for _, f := range fakes {
		traces := func(message string) (ids []string) {
			line := fmt.Sprintf(`msg=%s mall=%s .* trace_id=([0-9a-f]{32}) `, message, f.Mall)
			for _, m := range regexp.MustCompile(line).FindAllStringSubmatch(child.log.String(), -1) {
				ids = append(ids, m[1])
			}
			return ids
		}
		pass := traces("feed")
		require.NotEmpty(t, pass, child.log.String())
		require.Subset(t, traces(`"trying again"`), pass[:1], child.log.String())
	}
}

// TestHealth: alive is a process whose jobs are worked on; ready is one whose database answers,
// too.
func TestHealth(t *testing.T) {
	_, url := open(t)
	db, err := pgxpool.New(t.Context(), url)
	require.NoError(t, err)
	defer db.Close()
	stopped := make(chan struct{})
	var group sync.WaitGroup
	defer group.Wait()
	metrics := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("the metrics")) })
	end, address, err := serve(&group, "127.0.0.1:0", metrics, db, stopped)
	require.NoError(t, err)
	defer end()
	requireHealth := func(live, ready int) {
		t.Helper()
		require.Equal(t, live, get(t, "http://"+address+"/healthz", nil))
		require.Equal(t, ready, get(t, "http://"+address+"/readyz", nil))
	}
	requireHealth(http.StatusOK, http.StatusOK)
	var text strings.Builder
	require.Equal(t, http.StatusOK, get(t, "http://"+address+"/metrics", &text))
	require.Equal(t, "the metrics", text.String())
	db.Close()
	requireHealth(http.StatusOK, http.StatusServiceUnavailable)
	close(stopped)
	requireHealth(http.StatusServiceUnavailable, http.StatusServiceUnavailable)
	_, _, err = serve(&group, address, metrics, db, stopped)
	require.Error(t, err, "the address is taken")
}
