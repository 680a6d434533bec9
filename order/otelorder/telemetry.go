// Package otelorder turns the events of this SDK into OpenTelemetry traces and metrics. It is a
// separate module, so that only programs that use it depend on OpenTelemetry.
//
//	Telemetry  an order.Observer, with methods for a Feed and for the reports of a Monitor: New
//	Config     the providers, and whether metrics have the shop
//	Transport  puts the trace into requests, for a relay
//	MallKey …  names of attributes of spans and metrics
//
// One Telemetry serves all clients, feeds and monitors of a program:
//
//	t, err := otelorder.New(otelorder.Config{})
//	client, err := rakuten.New(rakuten.Config{…, Observer: t})
//	feed, err := order.NewFeed(order.FeedConfig{…, Notify: t.FeedEvent})
//	_, err = t.Watch(feed)
//	err = feed.Run(ctx, t.Handler(handle))
//	report, err := monitor.Run(ctx)
//	t.Credentials(report)
//
// # Traces
//
// A span is one operation at a mall, named "rakuten.searchOrder"; its attempts, waits and refreshes
// are events in it. Names and attributes follow the semantic conventions for HTTP clients, version
// 1.43. No URL is recorded, because some malls put a key into the query. A span "jpmall.handle"
// surrounds the handler of a feed. Transport propagates the trace in the requests, for a relay that
// continues it.
//
// # Metrics
//
//	http.client.request.duration  histogram  one HTTP exchange: operation, method, server,
//	                                         status, error.type
//	jpmall.call.duration          histogram  a call with its attempts: operation, error.type
//	jpmall.wait.duration          histogram  waits inside: operation, reason (quota, backoff)
//	jpmall.refresh                counter    token refreshes: error.type
//	jpmall.fallback               counter    another credential or weaker mode in use: reason
//	jpmall.drift                  counter    unexpected replies (Config.Drift): operation, kind
//	jpmall.orders                 counter    orders read in pages: operation
//	jpmall.feed.events            counter    events of a feed: kind, error.type
//	jpmall.feed.parked            gauge      shops parked or failing now
//	jpmall.feed.lag               gauge      lag of the worst shop: kind (new, status, detail)
//	jpmall.feed.queue             gauge      orders waiting: kind (trouble, nudged)
//	jpmall.feed.freshness         histogram  from an order's last change to its handler: outcome
//	jpmall.slot.unresolved        counter    orders whose delivery slot could not be read
//	jpmall.credential.expires_in  gauge      until expiry, then negative: kind, shop, name
//	jpmall.credential.state       gauge      1 for the present state: kind, shop, name, state
//
// All have the mall as an attribute. Durations, lag, freshness and expires_in are in seconds. A lag
// is how old something can be that has not been seen yet (order.FeedStatus). Freshness counts from
// the order's last instant that the mall reports. name is there where a shop has several
// credentials of a kind.
//
// Attributes are of low cardinality. The shop is recorded on spans and on the few credentials; on
// other metrics only with Config.ShopLabel. Nothing recorded is secret or personal: no order
// numbers, no messages.
package otelorder

import (
	"cmp"
	"context"
	"fmt"
	"sync"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
	"go.opentelemetry.io/otel/trace"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// scope names this instrumentation.
const scope = "github.com/jpmall/jpmall/order/otelorder"

// The attributes of this SDK, in addition to those of the semantic conventions.
const (
	MallKey      = attribute.Key("jpmall.mall")
	ShopKey      = attribute.Key("jpmall.shop")
	OperationKey = attribute.Key("jpmall.operation")
	ReasonKey    = attribute.Key("jpmall.reason")
	KindKey      = attribute.Key("jpmall.kind")
	// of a credential, where a shop has several of a kind
	NameKey       = attribute.Key("jpmall.name")
	StateKey      = attribute.Key("jpmall.state")
	OutcomeKey    = attribute.Key("jpmall.outcome")
	PathKey       = attribute.Key("jpmall.path")       // of a drift, on spans only
	AssumptionKey = attribute.Key("jpmall.assumption") // on spans only
)

// Config is where telemetry goes. The zero Config uses the global providers.
type Config struct {
	TracerProvider trace.TracerProvider // nil: otel.GetTracerProvider()
	MeterProvider  metric.MeterProvider // nil: otel.GetMeterProvider()
	// adds the shop to every metric; a thousand shops are a thousand series of each
	ShopLabel bool
}

// Telemetry is an order.Tracer for the clients of any number of shops. Its other methods observe
// feeds and credentials. It is safe for concurrent use. New returns one.
type Telemetry struct {
	tracer    trace.Tracer
	meter     metric.Meter
	shopLabel bool

	request, call, wait, freshness                       metric.Float64Histogram
	lag, queue                                           metric.Float64ObservableGauge
	refresh, fallback, drift, orders, events, unresolved metric.Int64Counter

	mu     sync.Mutex
	failed map[order.Ref]bool // shops reported as parked or failing
	keys   []credential.Assessment
	now    func() time.Time
}

var _ order.Tracer = (*Telemetry)(nil)

// waits are histogram bounds in seconds for what may take minutes.
var waits = []float64{0.01, 0.05, 0.1, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600}

// New creates the instruments and returns a Telemetry.
func New(cfg Config) (*Telemetry, error) {
	if cfg.TracerProvider == nil {
		cfg.TracerProvider = otel.GetTracerProvider()
	}
	if cfg.MeterProvider == nil {
		cfg.MeterProvider = otel.GetMeterProvider()
	}
	t := &Telemetry{tracer: cfg.TracerProvider.Tracer(scope), shopLabel: cfg.ShopLabel,
		failed: map[order.Ref]bool{}, now: time.Now}
	t.meter = cfg.MeterProvider.Meter(scope)
	m := maker{meter: t.meter}
	t.request = m.histogram("http.client.request.duration", "Duration of HTTP client requests.")
	t.call = m.histogram("jpmall.call.duration",
		"Duration of one operation with all its attempts and waits.", waits...)
	t.wait = m.histogram("jpmall.wait.duration",
		"Duration of waits for a quota or before another attempt.", waits...)
	t.freshness = m.histogram("jpmall.feed.freshness",
		"From an order's last instant reported by the mall to its handler.", waits...)
	t.refresh = m.counter("jpmall.refresh", "Token refreshes.")
	t.fallback = m.counter("jpmall.fallback",
		"Calls made with another credential or in a weaker mode.")
	t.drift = m.counter("jpmall.drift",
		"Places at which replies are not what is expected of the mall, and which assumptions they confirm or contradict; each once an hour and client.")
	t.orders = m.counter("jpmall.orders", "Orders read in pages of lists.")
	t.events = m.counter("jpmall.feed.events", "Events of feeds.")
	t.unresolved = m.counter("jpmall.slot.unresolved",
		"Orders whose delivery slot could not be read.")
	t.lag = m.gauge("jpmall.feed.lag", "s", "How old what was not seen yet can be.", nil)
	t.queue = m.gauge("jpmall.feed.queue", "{order}", "Orders that wait to be read or handled.",
		nil)
	m.gauge("jpmall.feed.parked", "{shop}", "Shops that are parked or failing.", t.observeParked)
	m.gauge("jpmall.credential.expires_in", "s", "Time until a credential ends.", t.observeExpiry)
	m.gauge("jpmall.credential.state", "{credential}", "1 for the state that a credential is in.",
		t.observeState)
	if m.err != nil {
		return nil, fmt.Errorf("otelorder: %w", m.err)
	}
	return t, nil
}

// maker makes instruments and keeps the first error.
type maker struct {
	meter metric.Meter
	err   error
}

func (m *maker) keep(err error) { m.err = cmp.Or(m.err, err) }

func (m *maker) histogram(name, description string, bounds ...float64) metric.Float64Histogram {
	if bounds == nil {
		// those of the conventions
		bounds = []float64{0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5,
			10}
	}
	h, err := m.meter.Float64Histogram(name, metric.WithUnit("s"),
		metric.WithDescription(description), metric.WithExplicitBucketBoundaries(bounds...))
	m.keep(err)
	return h
}

func (m *maker) counter(name, description string) metric.Int64Counter {
	c, err := m.meter.Int64Counter(name, metric.WithDescription(description))
	m.keep(err)
	return c
}

func (m *maker) gauge(
	name, unit, description string, observe metric.Float64Callback,
) metric.Float64ObservableGauge {
	options := []metric.Float64ObservableGaugeOption{metric.WithUnit(unit),
		metric.WithDescription(description)}
	if observe != nil {
		options = append(options, metric.WithFloat64Callback(observe))
	}
	g, err := m.meter.Float64ObservableGauge(name, options...)
	m.keep(err)
	return g
}

// attributes returns those of every metric about a shop.
func (t *Telemetry) attributes(
	mall order.Mall, shop string, more ...attribute.KeyValue,
) metric.MeasurementOption {
	all := append([]attribute.KeyValue{MallKey.String(string(mall))}, more...)
	if t.shopLabel {
		all = append(all, ShopKey.String(shop))
	}
	return metric.WithAttributes(all...)
}

// errorType returns the class of a failure as an attribute: "rate_limited".
func errorType(class order.Class) []attribute.KeyValue {
	if class == 0 {
		return nil
	}
	return []attribute.KeyValue{semconv.ErrorTypeKey.String(className(class))}
}

func className(class order.Class) string {
	name := []byte(class.Error())
	for i := range name {
		if name[i] == ' ' {
			name[i] = '_'
		}
	}
	return string(name)
}

// Begin starts the span of a call. It implements order.Tracer.
func (t *Telemetry) Begin(ctx context.Context, e order.Event) context.Context {
	if e.Kind != order.EventCall {
		return ctx
	}
	ctx, _ = t.tracer.Start(ctx, string(e.Mall)+"."+e.Operation,
		trace.WithSpanKind(trace.SpanKindClient), trace.WithTimestamp(e.Start),
		trace.WithAttributes(MallKey.String(string(e.Mall)), ShopKey.String(e.Shop),
			OperationKey.String(e.Operation),
			semconv.HTTPRequestMethodKey.String(e.Method), semconv.ServerAddress(e.Server)))
	return ctx
}

// Observe records an event of a client. It implements order.Observer.
func (t *Telemetry) Observe(ctx context.Context, e order.Event) {
	span := trace.SpanFromContext(ctx)
	operation := OperationKey.String(e.Operation)
	failure := errorType(e.Class)
	switch e.Kind {
	case order.EventCall:
		t.call.Record(ctx, e.Duration.Seconds(),
			t.attributes(e.Mall, e.Shop, append(failure, operation)...))
		endCall(span, e)
	case order.EventAttempt:
		if !t.request.Enabled(ctx) && !span.IsRecording() {
			return // not recorded, like most attempts under sampling
		}
		about := append(failure, operation, semconv.HTTPRequestMethodKey.String(e.Method),
			semconv.ServerAddress(e.Server))
		if e.HTTPStatus != 0 {
			about = append(about, semconv.HTTPResponseStatusCode(e.HTTPStatus))
		}
		t.request.Record(ctx, e.Duration.Seconds(), t.attributes(e.Mall, e.Shop, about...))
		note(span, e, append(about, semconv.HTTPRequestResendCount(e.Attempt-1)))
	case order.EventWait:
		about := []attribute.KeyValue{operation, ReasonKey.String(e.Reason)}
		t.wait.Record(ctx, e.Duration.Seconds(), t.attributes(e.Mall, e.Shop, about...))
		note(span, e, about)
	case order.EventRefresh:
		t.refresh.Add(ctx, 1, t.attributes(e.Mall, e.Shop, failure...))
		note(span, e, failure)
	case order.EventFallback:
		about := []attribute.KeyValue{ReasonKey.String(e.Reason)}
		t.fallback.Add(ctx, 1, t.attributes(e.Mall, e.Shop, about...))
		note(span, e, about)
	case order.EventDrift:
		about := []attribute.KeyValue{operation, KindKey.String(string(e.Drift))}
		t.drift.Add(ctx, 1, t.attributes(e.Mall, e.Shop, about...))
		note(span, e, append(about, PathKey.String(e.Path), AssumptionKey.String(e.Assumption)))
	case order.EventPage:
		t.orders.Add(ctx, int64(e.Items), t.attributes(e.Mall, e.Shop, operation))
	}
}

// note adds an event that has just ended to the span around it.
func note(span trace.Span, e order.Event, about []attribute.KeyValue) {
	if span.IsRecording() {
		about = append(about, attribute.Float64("jpmall.duration", e.Duration.Seconds()))
		span.AddEvent(string(e.Kind), trace.WithTimestamp(e.Start.Add(e.Duration)),
			trace.WithAttributes(about...))
	}
}

func endCall(span trace.Span, e order.Event) {
	span.SetAttributes(errorType(e.Class)...)
	if e.HTTPStatus != 0 {
		span.SetAttributes(semconv.HTTPResponseStatusCode(e.HTTPStatus))
	}
	if e.RequestID != "" {
		span.SetAttributes(attribute.String("jpmall.request_id", e.RequestID))
	}
	if e.Class != 0 {
		// the class, never the message, which is the mall's
		span.SetStatus(codes.Error, e.Class.Error())
	}
	span.End(trace.WithTimestamp(e.Start.Add(e.Duration)))
}
