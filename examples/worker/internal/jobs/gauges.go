package jobs

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/otelorder"

	"example.com/jpmall-worker/internal/shops"
)

// Gauges are the metrics of a worker beside those of package otelorder.
type Gauges struct {
	passes    metric.Float64Histogram
	lag       metric.Float64Histogram
	shipments metric.Int64Counter
	labels    metric.Int64Counter
	watched   atomic.Int64 // the job with which this process looked at the keys; 0 before the first
}

// NewGauges makes the instruments. Those of the database are read from it when somebody asks for
// the metrics, as are the lags and queues of all feeds: a feed that this process keeps does not
// know what another one has seen since. The gauges of keys are telemetry's own: they are emptied when
// another process has looked since, or they would go on telling of keys that are renewed.
func NewGauges(
	meter metric.Meter, db *pgxpool.Pool, telemetry *otelorder.Telemetry,
) (*Gauges, error) {
	var g Gauges
	var errs [9]error
	seconds := metric.WithExplicitBucketBoundaries(0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600,
		21600)
	g.passes, errs[0] = meter.Float64Histogram("jpmall.worker.pass.duration", metric.WithUnit("s"),
		seconds,
		metric.WithDescription("one pass over a shop, by how it ended"))
	g.lag, errs[1] = meter.Float64Histogram("jpmall.worker.lag", metric.WithUnit("s"), seconds,
		metric.WithDescription(
			"from one good pass over a shop to the end of the next: how old a change may be that is only seen now"))
	g.shipments, errs[2] = meter.Int64Counter("jpmall.worker.shipments",
		metric.WithDescription("shipments reported, by outcome"))
	g.labels, errs[3] = meter.Int64Counter("jpmall.worker.labels",
		metric.WithDescription("labels written or refused"))

	var byState, late, outbox metric.Float64ObservableGauge
	byState, errs[4] = meter.Float64ObservableGauge("jpmall.worker.shops",
		metric.WithDescription("shops by state: ok, failing, parked, paused"))
	late, errs[5] = meter.Float64ObservableGauge("jpmall.worker.late", metric.WithUnit("s"),
		metric.WithDescription("the oldest look at an active shop beyond its pace"))
	outbox, errs[6] = meter.Float64ObservableGauge("jpmall.worker.outbox",
		metric.WithDescription("changes that wait for the next system"))
	_, errs[7] = telemetry.Watch(shops.Table{DB: db})
	_, errs[8] = meter.RegisterCallback(func(ctx context.Context, o metric.Observer) error {
		rows, err := db.Query(ctx,
			`SELECT mall, CASE WHEN paused THEN 'paused' WHEN parked THEN 'parked' WHEN failures > 0 THEN 'failing' ELSE 'ok' END,
			count(*)::float8, greatest(max(extract(epoch FROM now() - coalesce(looked, added) - every)) FILTER (WHERE NOT paused), 0)::float8 FROM shops GROUP BY 1, 2`)
		if err != nil {
			return err
		}
		defer rows.Close()
		worst := map[string]float64{}
		for rows.Next() {
			var mall, state string
			var n, seconds float64
			if err := rows.Scan(&mall, &state, &n, &seconds); err != nil {
				return err
			}
			o.ObserveFloat64(byState, n, metric.WithAttributes(otelorder.MallKey.String(mall),
				otelorder.StateKey.String(state)))
			worst[mall] = max(worst[mall], seconds)
		}
		if err := rows.Err(); err != nil {
			return err
		}
		for mall, seconds := range worst {
			o.ObserveFloat64(late, seconds, metric.WithAttributes(otelorder.MallKey.String(mall)))
		}
		var waiting float64
		if err := db.QueryRow(ctx, `SELECT count(*)::float8 FROM outbox`).Scan(
			&waiting); err != nil {
			return err
		}
		o.ObserveFloat64(outbox, waiting)
		return g.forget(ctx, db, telemetry)
	}, byState, late, outbox)
	return &g, errors.Join(errs[:]...)
}

// forget empties the gauges of keys when another process has looked since.
func (g *Gauges) forget(
	ctx context.Context, db *pgxpool.Pool, telemetry *otelorder.Telemetry,
) error {
	mine := g.watched.Load()
	if mine == 0 {
		return nil
	}
	var later bool
	err := db.QueryRow(ctx,
		`SELECT EXISTS (SELECT FROM river_job WHERE kind = $1 AND id > $2 AND state = 'completed')`,
		WatchKeys{}.Kind(), mine).Scan(&later)
	if err == nil && later && g.watched.CompareAndSwap(mine, 0) {
		telemetry.Credentials(credential.Report{})
	}
	return err
}

func mallOf(m order.Mall, more ...attribute.KeyValue) metric.MeasurementOption {
	return metric.WithAttributes(append(more, otelorder.MallKey.String(string(m)))...)
}

func (g *Gauges) passed(ctx context.Context, s shops.Row, took time.Duration, err error) {
	outcome := "ok"
	switch mall, failed := ofMall(err); {
	case failed:
		outcome = mall.Class.Error()
	case err != nil:
		outcome = "store"
	case !s.Looked.IsZero():
		g.lag.Record(ctx, time.Since(s.Looked).Seconds(), mallOf(s.Mall))
	}
	g.passes.Record(ctx, took.Seconds(), mallOf(s.Mall, otelorder.OutcomeKey.String(outcome)))
}

func (g *Gauges) reported(ctx context.Context, m order.Mall, outcome order.Outcome) {
	g.shipments.Add(ctx, 1, mallOf(m, otelorder.OutcomeKey.String(outcome.String())))
}

func (g *Gauges) labelled(ctx context.Context, m order.Mall, written, refused int) {
	g.labels.Add(ctx, int64(written), mallOf(m, otelorder.OutcomeKey.String("written")))
	g.labels.Add(ctx, int64(refused), mallOf(m, otelorder.OutcomeKey.String("refused")))
}
