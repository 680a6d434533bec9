package otelorder

import (
	"context"
	"errors"
	"net/http"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Handler returns a handler that calls next in a span and records how fresh each order is.
func (t *Telemetry) Handler(next order.Handler) order.Handler {
	return func(ctx context.Context, o order.Order) error {
		ctx, span := t.tracer.Start(ctx, "jpmall.handle",
			trace.WithSpanKind(trace.SpanKindConsumer),
			trace.WithAttributes(MallKey.String(string(o.Mall)), ShopKey.String(o.Shop)))
		defer span.End()
		err := next(ctx, o)
		outcome := "acknowledged"
		if err != nil {
			outcome = "refused"
			// its own words may be personal
			span.SetStatus(codes.Error, "the handler refused the order")
			if class := classOf(err); class != 0 {
				span.SetAttributes(errorType(class)...)
			}
		}
		last := o.Updated
		if last.IsZero() {
			last = o.Placed
		}
		if !last.IsZero() {
			t.freshness.Record(ctx, t.now().Sub(last).Seconds(),
				t.attributes(o.Mall, o.Shop, OutcomeKey.String(outcome)))
		}
		if o.Unresolved() {
			t.unresolved.Add(ctx, 1, t.attributes(o.Mall, o.Shop))
		}
		return err
	}
}

func classOf(err error) order.Class {
	var e *order.Error
	if errors.As(err, &e) {
		return e.Class
	}
	return 0
}

// FeedEvent records an event of a feed. Use it as FeedConfig.Notify, or call it from a Notify of
// your own.
func (t *Telemetry) FeedEvent(ctx context.Context, e order.FeedEvent) {
	about := append(errorType(classOf(e.Err)), KindKey.String(string(e.Kind)))
	t.events.Add(ctx, 1, t.attributes(e.Mall, e.Shop, about...))
	shop := order.Ref{Mall: e.Mall, Shop: e.Shop}
	t.mu.Lock()
	defer t.mu.Unlock()
	switch e.Kind {
	case order.FeedParked, order.FeedFailed:
		t.failed[shop] = true
	case order.FeedResumed, order.FeedCaughtUp:
		t.failed[shop] = false
	}
}

func (t *Telemetry) observeParked(_ context.Context, o metric.Float64Observer) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	counts := map[order.Mall]float64{}
	for shop, failed := range t.failed {
		counts[shop.Mall] += 0 // a mall whose shops are well reports 0
		if failed {
			counts[shop.Mall]++
			if t.shopLabel {
				o.Observe(1, t.attributes(shop.Mall, shop.Shop))
			}
		} else if t.shopLabel {
			o.Observe(0, t.attributes(shop.Mall, shop.Shop))
		}
	}
	if !t.shopLabel {
		for mall, n := range counts {
			o.Observe(n, metric.WithAttributes(MallKey.String(string(mall))))
		}
	}
	return nil
}

// Watch records the state of each shop of a feed whenever metrics are collected: its lags and
// queues. It ends when the returned registration is unregistered.
func (t *Telemetry) Watch(
	feed interface{ Status() []order.FeedStatus },
) (metric.Registration, error) {
	return t.meter.RegisterCallback(func(_ context.Context, o metric.Observer) error {
		lags, queues := map[attribute.Set]float64{}, map[attribute.Set]float64{}
		for _, s := range feed.Status() {
			for kind, lag := range map[string]time.Duration{"new": s.New, "status": s.Changed,
				"detail": s.Any} {
				about := t.set(s, KindKey.String(kind))
				lags[about] = max(lags[about], lag.Seconds())
			}
			for kind, n := range map[string]int{"trouble": s.Trouble, "nudged": s.Nudged} {
				queues[t.set(s, KindKey.String(kind))] += float64(n)
			}
		}
		for about, lag := range lags {
			o.ObserveFloat64(t.lag, lag, metric.WithAttributeSet(about))
		}
		for about, n := range queues {
			o.ObserveFloat64(t.queue, n, metric.WithAttributeSet(about))
		}
		return nil
	}, t.lag, t.queue)
}

func (t *Telemetry) set(s order.FeedStatus, more attribute.KeyValue) attribute.Set {
	all := []attribute.KeyValue{MallKey.String(string(s.Mall)), more}
	if t.shopLabel {
		all = append(all, ShopKey.String(s.Shop))
	}
	return attribute.NewSet(all...)
}

// Credentials records the report of a credential.Monitor. Until the next one the gauges count down
// from it.
func (t *Telemetry) Credentials(r credential.Report) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.keys = r.Assessments
}

func (t *Telemetry) credentials() []credential.Assessment {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.keys
}

func aboutKey(a credential.Assessment) []attribute.KeyValue {
	about := []attribute.KeyValue{MallKey.String(string(a.Record.Mall)),
		ShopKey.String(a.Record.Shop), KindKey.String(string(a.Record.Kind))}
	if a.Record.Name != "" {
		about = append(about, NameKey.String(a.Record.Name))
	}
	return about
}

func (t *Telemetry) observeExpiry(_ context.Context, o metric.Float64Observer) error {
	for _, a := range t.credentials() {
		if !a.Expiry.End.IsZero() {
			o.Observe(a.Expiry.End.Sub(t.now()).Seconds(), metric.WithAttributes(aboutKey(a)...))
		}
	}
	return nil
}

func (t *Telemetry) observeState(_ context.Context, o metric.Float64Observer) error {
	for _, a := range t.credentials() {
		o.Observe(1, metric.WithAttributes(
			append(aboutKey(a), StateKey.String(a.Expiry.State.String()))...))
	}
	return nil
}

// Transport returns a RoundTripper that puts the trace into the headers of requests, by the global
// propagator. It is for a relay that continues the trace; the malls do not use it. Set it as the
// Transport of Config.HTTPClient. A nil base is http.DefaultTransport.
func Transport(base http.RoundTripper) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	return propagator{base}
}

type propagator struct{ base http.RoundTripper }

func (p propagator) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	otel.GetTextMapPropagator().Inject(r.Context(), propagation.HeaderCarrier(r.Header))
	return p.base.RoundTrip(r)
}
