package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"

	"example.com/jpmall-worker/internal/shops"
)

// ReportShipments reports a shop's new rows of the table shipments and settles those of which nobody knows what became.
type ReportShipments struct {
	Mall order.Mall `json:"mall"`
	Shop string     `json:"shop"`
}

// Kind implements river.JobArgs.
func (ReportShipments) Kind() string { return "report_shipments" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (ReportShipments) InsertOpts() river.InsertOpts { return alone() }

type shipWorker struct {
	river.WorkerDefaults[ReportShipments]
	cfg   Config
	table shops.Table
}

// shipBatch is how many shipments one job reports; the rest waits for the next.
const shipBatch = 100

func (w *shipWorker) Work(ctx context.Context, job *river.Job[ReportShipments]) error {
	s, active, err := w.table.Get(ctx, job.Args.Mall, job.Args.Shop)
	if err != nil || !active {
		return err
	}
	var open bool
	if err := w.cfg.DB.QueryRow(ctx, `SELECT EXISTS (SELECT FROM shipments WHERE mall = $1 AND shop = $2 AND next <= now()
		AND state IN ('new', 'sending', 'unsettled'))`, s.Mall, s.Shop).Scan(&open); err != nil {
		return err
	}
	if open {
		client, err := w.cfg.Clients.Open(s)
		if err == nil {
			err = errors.Join(w.settle(ctx, s, client), w.send(ctx, s, client))
		}
		if _, mall := ofMall(err); err != nil && !mall && ctx.Err() == nil {
			return err
		}
	}
	return river.JobSnooze(jitter(min(s.Every, time.Minute)))
}

type shipment struct {
	id int64
	order.Shipment
	sent   time.Time
	result *order.Result
}

// take gives the rows in one of the states whose time has come. Those that are new become 'sending', in a transaction of their own,
// before anything is sent: if this process dies, what it had sent is known to be unknown.
func (w *shipWorker) take(ctx context.Context, s shops.Row, states ...string) ([]shipment, error) {
	rows, err := w.cfg.DB.Query(ctx, `UPDATE shipments SET state = CASE state WHEN 'new' THEN 'sending' ELSE state END,
			sent = CASE state WHEN 'new' THEN now() ELSE sent END
		WHERE id IN (SELECT id FROM shipments WHERE mall = $1 AND shop = $2 AND state = ANY($3) AND next <= now() ORDER BY id LIMIT $4 FOR UPDATE)
		RETURNING id, order_id, parcel, carrier, numbers, shipped, sent, result`, s.Mall, s.Shop, states, shipBatch)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (one shipment, err error) {
		var carrier string
		var numbers []string
		var result *string
		if err := r.Scan(&one.id, &one.Order, &one.Parcel, &carrier, &numbers, &one.At, &one.sent, &result); err != nil {
			return one, err
		}
		one.Carrier, one.Numbers = timeslot.Carrier(carrier), order.Tracking(numbers...)
		if result != nil {
			one.result = new(order.Result)
			err = json.Unmarshal([]byte(*result), one.result)
		}
		return one, err
	})
}

// send reports new rows.
func (w *shipWorker) send(ctx context.Context, s shops.Row, client shops.Client) error {
	all, err := w.take(ctx, s, "new")
	if err != nil || len(all) == 0 {
		return err
	}
	list := make([]order.Shipment, len(all))
	for i, one := range all {
		list[i] = one.Shipment
	}
	results, err := client.Ship(ctx, list, order.WriteOptions{})
	return errors.Join(err, w.keep(ctx, s, all, results))
}

// settle asks the mall about rows that are unsettled, and about those that a process left behind while it sent them. It runs before
// send, and there is one job for a shop, so a row that is 'sending' now belongs to nobody.
func (w *shipWorker) settle(ctx context.Context, s shops.Row, client shops.Client) error {
	all, err := w.take(ctx, s, "sending", "unsettled")
	if err != nil || len(all) == 0 {
		return err
	}
	open := make([]order.Result, len(all))
	for i, one := range all {
		if one.result != nil {
			open[i] = *one.result
			continue
		}
		open[i] = order.Result{Mall: s.Mall, Shop: s.Shop, Ability: order.CanShip, Order: one.Order, Parcel: one.Parcel}
		for _, n := range one.Numbers {
			open[i].Numbers = append(open[i].Numbers, n.Number)
		}
	}
	results, err := client.Settle(ctx, open)
	return errors.Join(err, w.keep(ctx, s, all, results))
}

// keep writes what became of the rows, also when ctx has just ended. What was surely not applied, and is harmless to send again, is
// new once more; what the mall refused is for a person.
func (w *shipWorker) keep(ctx context.Context, s shops.Row, all []shipment, results []order.Result) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	var batch pgx.Batch
	for i, r := range results {
		state, wait := "unsettled", max(r.Wait, 5*time.Second)
		switch {
		case r.Outcome == order.Done:
			state, wait = "done", 0
		case r.Outcome == order.NotSent, r.Outcome == order.Refused && r.Repeating == order.Yes:
			state, wait = "new", max(r.Wait, w.cfg.Retry)
		case r.Outcome == order.Refused:
			state, wait = "refused", 0
		}
		result, err := json.Marshal(r)
		if err != nil {
			return err
		}
		w.cfg.Gauges.reported(ctx, s.Mall, r.Outcome)
		batch.Queue(`UPDATE shipments SET state = $2, result = $3, next = now() + $4 WHERE id = $1`, all[i].id, state, string(result), wait)
	}
	return w.cfg.DB.SendBatch(ctx, &batch).Close()
}
