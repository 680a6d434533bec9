package jobs_test

import (
	"context"
	"log/slog"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel/attribute"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/jpmall/jpmall/order/otelorder"
	"github.com/jpmall/jpmall/rakuten/rakutentest"

	"example.com/jpmall-worker/internal/jobs"
)

// traces is a slog.Handler that keeps the spans in which lines were written, by their message.
type traces struct {
	slog.Handler
	mu   sync.Mutex
	seen map[string][]trace.SpanContext
}

func (h *traces) Enabled(context.Context, slog.Level) bool { return true }

func (h *traces) Handle(ctx context.Context, r slog.Record) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen[r.Message] = append(h.seen[r.Message], trace.SpanContextFromContext(ctx))
	return nil
}

// TestJobsAreSpans: each job is a span of its kind, and what a failing shop's client and feed log
// belongs to the span of its pass.
func TestJobsAreSpans(t *testing.T) {
	t.Parallel()
	mall, shop := rakutenShop(t, rakutentest.Options{Orders: -1})
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ServerError, Times: -1}))
	shop.LabelLayout = "b2cloud"
	l := open(t, shop)
	l.report(t, mall.Shop(), "123456-20261101-0999999999", "000000000022", "new")
	lines := &traces{Handler: slog.DiscardHandler, seen: map[string][]trace.SpanContext{}}
	spans := tracetest.NewSpanRecorder()
	l.change = func(cfg *jobs.Config) {
		cfg.Logger = slog.New(lines)
		cfg.Clients.Logger = cfg.Logger
		cfg.Tracer = sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(spans)).Tracer("test")
	}
	l.work(t, func() bool { return l.count(t, `SELECT count(*) FROM shops WHERE failures > 0`) == 1 },
		"shop_pass", "report_shipments", "write_labels", "watch_keys", "renew_tokens", "reconcile")

	made, passes := map[string]bool{}, []trace.TraceID{}
	about := []attribute.KeyValue{otelorder.MallKey.String("rakuten"), otelorder.ShopKey.String(mall.Shop())}
	for _, s := range spans.Ended() {
		made[s.Name()] = true
		switch s.Name() {
		case "jpmall.shop_pass":
			passes = append(passes, s.SpanContext().TraceID())
			require.ElementsMatch(t, about, s.Attributes())
		case "jpmall.report_shipments", "jpmall.write_labels":
			require.ElementsMatch(t, about, s.Attributes())
		default:
			require.Empty(t, s.Attributes(), s.Name())
		}
	}
	require.Equal(t, map[string]bool{"jpmall.shop_pass": true, "jpmall.report_shipments": true,
		"jpmall.write_labels": true, "jpmall.watch_keys": true, "jpmall.renew_tokens": true,
		"jpmall.reconcile": true}, made)
	ofPass := func(at trace.SpanContext) bool { return slices.Contains(passes, at.TraceID()) }
	lines.mu.Lock()
	defer lines.mu.Unlock()
	require.True(t, slices.ContainsFunc(lines.seen["trying again"], ofPass), "the client's line")
	require.NotEmpty(t, lines.seen["feed"])
	require.False(t, slices.ContainsFunc(lines.seen["feed"],
		func(at trace.SpanContext) bool { return !ofPass(at) }))
}
