package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
	otelprometheus "go.opentelemetry.io/otel/exporters/prometheus"
	"go.opentelemetry.io/otel/sdk/metric"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"github.com/jpmall/jpmall/order/otelorder"

	"example.com/jpmall-worker/internal/jobs"
)

// scope names the instrumentation of this program.
const scope = "example.com/jpmall-worker"

// telemetry is what a worker tells about itself.
type telemetry struct {
	orders  *otelorder.Telemetry
	gauges  *jobs.Gauges
	handler http.Handler
	meters  *metric.MeterProvider
	traces  *sdktrace.TracerProvider
}

// newTelemetry serves metrics to Prometheus. Traces are made, so that log records carry their ids,
// and go nowhere: give the provider an exporter (sdktrace.WithBatcher) to send them.
func newTelemetry(db *pgxpool.Pool) (*telemetry, error) {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	exporter, err := otelprometheus.New(otelprometheus.WithRegisterer(registry))
	if err != nil {
		return nil, err
	}
	t := &telemetry{
		meters: metric.NewMeterProvider(metric.WithReader(exporter)),
		traces: sdktrace.NewTracerProvider(),
		handler: promhttp.HandlerFor(registry,
			promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError}),
	}
	if t.orders, err = otelorder.New(
		otelorder.Config{TracerProvider: t.traces, MeterProvider: t.meters}); err != nil {
		return nil, err
	}
	t.gauges, err = jobs.NewGauges(t.meters.Meter(scope), db, t.orders)
	return t, err
}

func (t *telemetry) close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	return errors.Join(t.meters.Shutdown(ctx), t.traces.Shutdown(ctx))
}

// serve answers /metrics, /healthz (the process is there, and its jobs are worked on) and /readyz
// (so is the database) until end.
func serve(
	group *sync.WaitGroup, address string, metrics http.Handler, db *pgxpool.Pool,
	stopped <-chan struct{},
) (end func(), at string, err error) {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return nil, "", err
	}
	alive := func(w http.ResponseWriter, _ *http.Request) bool {
		select {
		case <-stopped:
			http.Error(w, "the worker has stopped", http.StatusServiceUnavailable)
			return false
		default:
			return true
		}
	}
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics)
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, r *http.Request) { alive(w, r) })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
		defer cancel()
		if alive(w, r) && db.Ping(ctx) != nil {
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		}
	})
	s := &http.Server{Handler: mux, ReadHeaderTimeout: 5 * time.Second}
	group.Go(func() { _ = s.Serve(l) }) // ends with Close
	return func() { _ = s.Close() }, l.Addr().String(), nil
}

// withTrace puts the trace that a record belongs to beside it.
type withTrace struct{ slog.Handler }

// Handle implements slog.Handler.
func (h withTrace) Handle(ctx context.Context, r slog.Record) error {
	if at := trace.SpanContextFromContext(ctx); at.IsValid() {
		r.AddAttrs(slog.String("trace_id", at.TraceID().String()),
			slog.String("span_id", at.SpanID().String()))
	}
	return h.Handler.Handle(ctx, r)
}

// WithAttrs implements slog.Handler.
func (h withTrace) WithAttrs(attrs []slog.Attr) slog.Handler {
	return withTrace{h.Handler.WithAttrs(attrs)}
}

// WithGroup implements slog.Handler.
func (h withTrace) WithGroup(name string) slog.Handler {
	return withTrace{h.Handler.WithGroup(name)}
}
