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

// ReportShipments reports a shop's new rows of the table shipments and settles those of which
// nobody knows what became. A shop has such a job only while rows are open.
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

// soon is the pause before the first look at a report whose answer was lost.
const soon = 5 * time.Second

func (w *shipWorker) Work(ctx context.Context, job *river.Job[ReportShipments]) error {
	s, active, err := w.table.Get(ctx, job.Args.Mall, job.Args.Shop)
	if err != nil || !active {
		return err
	}
	client, err := w.cfg.Clients.Open(s)
	if err == nil {
		err = errors.Join(w.settle(ctx, s, client), w.send(ctx, s, client))
	}
	if _, mall := ofMall(err); err != nil && !mall && ctx.Err() == nil {
		return err
	}
	var next *time.Time
	if err := w.cfg.DB.QueryRow(context.WithoutCancel(ctx),
		`SELECT min(next) FROM shipments WHERE mall = $1 AND shop = $2
		AND state IN ('new', 'sending', 'unsettled')`, s.Mall, s.Shop).Scan(&next); err != nil {
		return err
	}
	if next == nil { // the reconciler makes a new job when there is something to report again
		return nil
	}
	return river.JobSnooze(min(max(time.Until(*next), time.Second), time.Minute))
}

type shipment struct {
	id int64
	order.Shipment
	sent   time.Time
	result *order.Result
}

// take returns the rows in one of the states whose time has come. Those that are new become
// 'sending', in a transaction of their own, before anything is sent: if this process dies, what it
// had sent is known to be unknown.
func (w *shipWorker) take(ctx context.Context, s shops.Row, states ...string) ([]shipment, error) {
	rows, err := w.cfg.DB.Query(ctx,
		`UPDATE shipments SET state = CASE state WHEN 'new' THEN 'sending' ELSE state END,
			sent = CASE state WHEN 'new' THEN now() ELSE sent END
		WHERE id IN (SELECT id FROM shipments WHERE mall = $1 AND shop = $2 AND state = ANY($3) AND next <= now() ORDER BY id LIMIT $4 FOR UPDATE)
		RETURNING id, order_id, parcel, carrier, numbers, shipped, sent, result`, s.Mall, s.Shop,
		states, shipBatch)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (one shipment, err error) {
		var carrier string
		var numbers []string
		var result *string
		if err := r.Scan(&one.id, &one.Order, &one.Parcel, &carrier, &numbers, &one.At, &one.sent,
			&result); err != nil {
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
	return errors.Join(err, w.keep(ctx, s, all, results, soon))
}

// settle asks the mall about rows that are unsettled, and about those that a process left behind
// while it sent them. It runs before send, and there is one job for a shop, so a row that is
// 'sending' now belongs to nobody.
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
		open[i] = order.Result{Mall: s.Mall, Shop: s.Shop, Ability: order.CanShip, Order: one.Order,
			Parcel: one.Parcel}
		for _, n := range one.Numbers {
			open[i].Numbers = append(open[i].Numbers, n.Number)
		}
	}
	results, err := client.Settle(ctx, open)
	return errors.Join(err, w.keep(ctx, s, all, results, time.Hour))
}

// keep writes what became of the rows, also when ctx has just ended. What was surely not applied,
// and is harmless to send again, is new once more; what was refused because of the order itself is
// for a person, and would be refused for ever. What is unsettled is looked at again after the Wait
// of its result, or after most: the mall may show it sooner. The result is kept as it is, for its
// Wait is what Settle goes by.
func (w *shipWorker) keep(
	ctx context.Context, s shops.Row, all []shipment, results []order.Result, most time.Duration,
) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
	defer cancel()
	var batch pgx.Batch
	for i, r := range results {
		state, wait := "unsettled", min(max(r.Wait, soon), most)
		switch {
		case r.Outcome == order.Done:
			state, wait = "done", 0
		case r.Outcome == order.NotSent, r.Outcome == order.Refused && r.Repeating == order.Yes &&
			!ofOrder(r.Err):
			state, wait = "new", max(r.Wait, w.cfg.Retry)
		case r.Outcome == order.Refused:
			state, wait = "refused", 0
		}
		result, err := json.Marshal(r)
		if err != nil {
			return err
		}
		w.cfg.Gauges.reported(ctx, s.Mall, r.Outcome)
		batch.Queue(`UPDATE shipments SET state = $2, result = $3, next = now() + $4 WHERE id = $1`,
			all[i].id, state, string(result), wait)
	}
	return w.cfg.DB.SendBatch(ctx, &batch).Close()
}

// ofOrder reports whether a refusal is about the order itself: there is none of that number, or it
// cannot be shipped as it stands.
func ofOrder(err error) bool {
	return errors.Is(err, order.ErrNotFound) || errors.Is(err, order.ErrInvalid) ||
		errors.Is(err, order.ErrConflict)
}
