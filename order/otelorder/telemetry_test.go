package otelorder_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/metric/metricdata"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	"go.opentelemetry.io/otel/trace"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/otelorder"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// lab is a telemetry whose spans and metrics stay in memory, and a shop at a fake mall that is
// observed by it.
type lab struct {
	*otelorder.Telemetry
	mall   *rakutentest.Mall
	client *rakuten.Client
	spans  *tracetest.SpanRecorder
	tracer trace.Tracer
	reader *metric.ManualReader
}

func open(t *testing.T, cfg otelorder.Config) *lab {
	t.Helper()
	l := &lab{spans: tracetest.NewSpanRecorder(), reader: metric.NewManualReader(),
		mall: rakutentest.New(rakutentest.Options{Seed: 5, Orders: 12})}
	t.Cleanup(func() { l.mall.Close() })
	provider := sdktrace.NewTracerProvider(sdktrace.WithSpanProcessor(l.spans))
	l.tracer = provider.Tracer("test")
	cfg.TracerProvider, cfg.MeterProvider = provider, metric.NewMeterProvider(metric.WithReader(l.reader))
	var err error
	l.Telemetry, err = otelorder.New(cfg)
	require.NoError(t, err)
	l.client, err = rakuten.New(rakuten.Config{Shop: l.mall.Shop(),
		HTTPClient: &http.Client{Transport: l.mall.Transport()}, Observer: l,
		Limiter: order.Unlimited,
		Keys: credential.Static(rakuten.Keys{ServiceSecret: credential.NewSecret(l.mall.ServiceSecret()),
			LicenseKey: credential.NewSecret(l.mall.LicenseKey())})})
	require.NoError(t, err)
	return l
}

// points are the values of all metrics: "name{attributes}" -> value or number of measurements.
func (l *lab) points(t *testing.T) map[string]float64 {
	t.Helper()
	var all metricdata.ResourceMetrics
	require.NoError(t, l.reader.Collect(t.Context(), &all))
	out := map[string]float64{}
	for _, s := range all.ScopeMetrics {
		for _, m := range s.Metrics {
			name := func(attributes fmt.Stringer) string { return m.Name + "{" + attributes.String() + "}" }
			switch data := m.Data.(type) {
			case metricdata.Histogram[float64]:
				for _, p := range data.DataPoints {
					out[name(encoded{p.Attributes.ToSlice()})] = float64(p.Count)
				}
			case metricdata.Sum[int64]:
				for _, p := range data.DataPoints {
					out[name(encoded{p.Attributes.ToSlice()})] = float64(p.Value)
				}
			case metricdata.Gauge[float64]:
				for _, p := range data.DataPoints {
					out[name(encoded{p.Attributes.ToSlice()})] = p.Value
				}
			default:
				t.Fatalf("%s is %T", m.Name, data)
			}
		}
	}
	return out
}

// TestCall: a call that fails once and then succeeds is one span with its attempts and its wait
// inside, below the caller's span.
func TestCall(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := open(t, otelorder.Config{})
		require.NoError(t, l.mall.Inject(rakutentest.Fault{Kind: rakutentest.ServerError, Status: 503,
			RetryAfter: 7 * time.Second}))
		ctx, parent := l.tracer.Start(t.Context(), "caller")
		require.NoError(t, l.client.Check(ctx))
		parent.End()
		l.mall.Close()

		ended := l.spans.Ended()
		require.Len(t, ended, 2)
		call := ended[0]
		require.True(t, strings.HasPrefix(call.Name(), "rakuten."), call.Name())
		require.Equal(t, trace.SpanKindClient, call.SpanKind())
		require.Equal(t, parent.SpanContext().SpanID(), call.Parent().SpanID())
		require.Equal(t, 7*time.Second, call.EndTime().Sub(call.StartTime()))
		var events []string
		for _, e := range call.Events() {
			events = append(events, e.Name)
		}
		require.Equal(t, []string{"attempt", "wait", "attempt"}, events)
		require.Contains(t, fmt.Sprint(call.Events()[0].Attributes), "temporary")
		require.Contains(t, fmt.Sprint(call.Events()[2].Attributes), "http.request.resend_count")

		operation := strings.TrimPrefix(call.Name(), "rakuten.")
		points := l.points(t)
		for name, n := range points {
			require.NotContains(t, name, "jpmall.shop", "only with ShopLabel")
			require.NotZero(t, n)
		}
		has := func(parts ...string) {
			t.Helper()
			require.True(t, slices.ContainsFunc(keys(points), func(name string) bool {
				return !slices.ContainsFunc(parts, func(p string) bool { return !strings.Contains(name, p) })
			}), "%v in %v", parts, keys(points))
		}
		has("http.client.request.duration", "http.response.status_code=503", "error.type=temporary",
			"jpmall.operation="+operation)
		has("http.client.request.duration", "http.response.status_code=200", "http.request.method=")
		has("jpmall.call.duration", "jpmall.mall=rakuten")
		has("jpmall.wait.duration", "jpmall.reason=backoff")
	})
}

// TestFailure: a call that fails has the class on its span, and never the mall's words.
func TestFailure(t *testing.T) {
	l := open(t, otelorder.Config{ShopLabel: true})
	require.NoError(t, l.mall.Inject(rakutentest.Fault{Kind: rakutentest.ExpiredKey}))
	err := l.client.Check(t.Context())
	require.Error(t, err)
	call := l.spans.Ended()[0]
	require.Equal(t, "Error", call.Status().Code.String())
	var e *order.Error
	require.ErrorAs(t, err, &e)
	require.Equal(t, e.Class.Error(), call.Status().Description)
	require.NotContains(t, fmt.Sprintf("%+v %v", call.Attributes(), call.Events()), e.Message)
	for name := range l.points(t) {
		if !strings.HasPrefix(name, "jpmall.feed.parked") {
			require.Contains(t, name, "jpmall.shop="+l.mall.Shop())
		}
	}
}

// TestFeed: fresh orders, unread slots and parked shops are measured.
func TestFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := open(t, otelorder.Config{})
		handled := 0
		handler := l.Handler(func(ctx context.Context, o order.Order) error {
			require.True(t, trace.SpanContextFromContext(ctx).IsValid(), "the handler works inside the span")
			if handled++; handled == 1 {
				return errors.New("山田太郎 is not in our database") // the consumer's own words
			}
			return nil
		})
		unread := order.Order{Mall: order.Rakuten, Shop: "mihon", ID: "1", Placed: time.Now().Add(-40 * time.Second),
			Parcels: []order.Parcel{{Delivery: order.Delivery{Label: "なるはや"}}}}
		require.Error(t, handler(t.Context(), unread))
		require.NoError(t, handler(t.Context(), unread))
		ref := order.FeedEvent{Kind: order.FeedParked, Mall: order.Rakuten, Shop: "mihon",
			Err: &order.Error{Class: order.ErrCredentialExpired, Message: "key of 山田太郎"}}
		l.FeedEvent(t.Context(), ref)
		points := l.points(t)
		require.Equal(t, 1.0, points["jpmall.feed.parked{jpmall.mall=rakuten}"])
		require.Equal(t, 2.0, points["jpmall.slot.unresolved{jpmall.mall=rakuten}"])
		require.Equal(t, 1.0, points["jpmall.feed.freshness{jpmall.mall=rakuten,jpmall.outcome=refused}"])
		require.Equal(t, 1.0, points["jpmall.feed.freshness{jpmall.mall=rakuten,jpmall.outcome=acknowledged}"])
		require.Equal(t, 1.0,
			points["jpmall.feed.events{error.type=credential_expired,jpmall.kind=parked,jpmall.mall=rakuten}"])
		ref.Kind, ref.Err = order.FeedResumed, nil
		l.FeedEvent(t.Context(), ref)
		require.Equal(t, 0.0, l.points(t)["jpmall.feed.parked{jpmall.mall=rakuten}"],
			"a shop that is well is not missing, it is 0")
		printed := fmt.Sprint(keys(l.points(t)))
		for _, s := range l.spans.Ended() {
			printed += fmt.Sprintf("%+v %+v %+v", s.Attributes(), s.Events(), s.Status())
		}
		require.NotContains(t, printed, "山田太郎")
		l.mall.Close()
	})
}

// TestCredentials: the gauges count down between two passes of the monitor.
func TestCredentials(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := open(t, otelorder.Config{})
		l.mall.Close()
		l.Credentials(credential.Report{Assessments: []credential.Assessment{
			{Record: credential.Record{Mall: order.Rakuten, Shop: "mihon", Kind: credential.KindLicenseKey},
				Expiry: credential.Expiry{State: credential.Expiring, End: time.Now().Add(48 * time.Hour)}},
			{Record: credential.Record{Mall: order.Rakuten, Shop: "mihon", Kind: credential.KindServiceSecret},
				Expiry: credential.Expiry{State: credential.Valid, Never: true}},
		}})
		time.Sleep(24 * time.Hour)
		points := l.points(t)
		name := "jpmall.credential.expires_in{jpmall.kind=license-key,jpmall.mall=rakuten,jpmall.shop=mihon}"
		require.Contains(t, points, name, "%v", keys(points))
		require.Equal(t, (24 * time.Hour).Seconds(), points[name])
		require.Equal(t, 1.0,
			points["jpmall.credential.state{jpmall.kind=license-key,jpmall.mall=rakuten,jpmall.shop=mihon,jpmall.state=expiring}"])
		require.Equal(t, 1, count(keys(points), "jpmall.credential.expires_in"),
			"a key without an end has none to count to")
	})
}

type statuses []order.FeedStatus

func (s statuses) Status() []order.FeedStatus { return s }

// TestWatch: the worst shop of a mall stands for it, queues add up, and nothing is told after the
// end.
func TestWatch(t *testing.T) {
	l := open(t, otelorder.Config{})
	watched, err := l.Watch(statuses{
		{Mall: order.Rakuten, Shop: "a", New: time.Minute, Any: time.Hour, Trouble: 2},
		{Mall: order.Rakuten, Shop: "b", New: 3 * time.Minute, Any: time.Minute, Trouble: 1, Nudged: 4},
		{Mall: order.Yahoo, Shop: "c"},
	})
	require.NoError(t, err)
	points := l.points(t)
	require.Equal(t, 180.0, points["jpmall.feed.lag{jpmall.kind=new,jpmall.mall=rakuten}"])
	require.Equal(t, 3600.0, points["jpmall.feed.lag{jpmall.kind=detail,jpmall.mall=rakuten}"])
	require.Equal(t, 3.0, points["jpmall.feed.queue{jpmall.kind=trouble,jpmall.mall=rakuten}"])
	require.Equal(t, 4.0, points["jpmall.feed.queue{jpmall.kind=nudged,jpmall.mall=rakuten}"])
	require.Contains(t, points, "jpmall.feed.lag{jpmall.kind=new,jpmall.mall=yahoo}",
		"a shop without lag is 0, not missing")
	require.NoError(t, watched.Unregister())
	require.Zero(t, count(keys(l.points(t)), "jpmall.feed.lag"))
}

// TestTransport: with it the trace goes on in the request; without it nothing is sent.
func TestTransport(t *testing.T) {
	otel.SetTextMapPropagator(propagation.TraceContext{})
	t.Cleanup(func() { otel.SetTextMapPropagator(propagation.NewCompositeTextMapPropagator()) })
	l := open(t, otelorder.Config{})
	var header http.Header
	wire := roundTrip(func(r *http.Request) (*http.Response, error) {
		header = r.Header.Clone()
		return l.mall.Transport().RoundTrip(r)
	})
	for _, on := range []bool{false, true} {
		base := http.RoundTripper(wire)
		if on {
			base = otelorder.Transport(wire)
		}
		client, err := rakuten.New(rakuten.Config{Shop: l.mall.Shop(), HTTPClient: &http.Client{Transport: base},
			Observer: l, Limiter: order.Unlimited,
			Keys: credential.Static(rakuten.Keys{ServiceSecret: credential.NewSecret(l.mall.ServiceSecret()),
				LicenseKey: credential.NewSecret(l.mall.LicenseKey())})})
		require.NoError(t, err)
		require.NoError(t, client.Check(t.Context()))
		traceparent := header.Get("Traceparent")
		require.Equal(t, on, traceparent != "")
		if on {
			ended := l.spans.Ended()
			call := ended[len(ended)-1].SpanContext()
			require.Contains(t, traceparent, call.TraceID().String()+"-"+call.SpanID().String())
		}
	}
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// TestDocumentedMetrics: the package documentation lists the metrics that are there, and no others.
func TestDocumentedMetrics(t *testing.T) {
	source, err := os.ReadFile("telemetry.go")
	require.NoError(t, err)
	doc, _, _ := strings.Cut(string(source), "\npackage otelorder")
	var documented, made []string
	for _, m := range regexp.MustCompile(`(?m)^//\t([a-z_.]+) +(histogram|counter|gauge)`).FindAllStringSubmatch(doc,
		-1) {
		documented = append(documented, m[1])
	}
	for _, m := range regexp.MustCompile(`m\.(?:histogram|counter|gauge)\("([a-z_.]+)"`).FindAllStringSubmatch(
		string(source), -1) {
		made = append(made, m[1])
	}
	require.NotEmpty(t, made)
	require.ElementsMatch(t, made, documented)
}

// BenchmarkObserve is what an attempt costs with providers that drop everything, as most do that
// sample.
func BenchmarkObserve(b *testing.B) {
	t, err := otelorder.New(otelorder.Config{})
	require.NoError(b, err)
	e := order.Event{Kind: order.EventAttempt, Mall: order.Rakuten, Shop: "mihon", Operation: "searchOrder",
		Method: "POST", HTTPStatus: 200, Attempt: 1}
	b.ReportAllocs()
	for b.Loop() {
		t.Observe(b.Context(), e)
	}
}

func keys(points map[string]float64) []string {
	var all []string
	for name := range points {
		all = append(all, name)
	}
	slices.Sort(all)
	return all
}

func count(names []string, prefix string) (n int) {
	for _, name := range names {
		if strings.HasPrefix(name, prefix) {
			n++
		}
	}
	return n
}

// TestDrift: what a mall's replies have beyond what is expected is counted by kind; the place, of
// which there may be many, stands on spans alone.
func TestDrift(t *testing.T) {
	l := open(t, otelorder.Config{})
	ctx, span := l.tracer.Start(t.Context(), "call")
	for _, path := range []string{"OrderModelList[].buyersMood", "OrderModelList[].parcels"} {
		l.Observe(ctx, order.Event{Kind: order.EventDrift, Mall: order.Rakuten, Shop: "mihon", Operation: "getOrder",
			Drift: order.DriftUnknown, Path: path})
	}
	span.End()
	require.Equal(t,
		map[string]float64{"jpmall.drift{jpmall.kind=unknown,jpmall.mall=rakuten,jpmall.operation=getOrder}": 2},
		l.points(t))
	require.Contains(t, fmt.Sprint(l.spans.Ended()[0].Events()), "OrderModelList[].parcels")
}
