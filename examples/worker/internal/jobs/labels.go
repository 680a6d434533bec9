package jobs

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"

	"example.com/jpmall-worker/internal/shops"
	"example.com/jpmall-worker/pgstore"
)

// WriteLabels writes files for the label software of a shop: of the orders that are ready to ship
// and have no label yet.
type WriteLabels struct {
	Mall order.Mall `json:"mall"`
	Shop string     `json:"shop"`
}

// Kind implements river.JobArgs.
func (WriteLabels) Kind() string { return "write_labels" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (WriteLabels) InsertOpts() river.InsertOpts { return alone() }

type labelWorker struct {
	river.WorkerDefaults[WriteLabels]
	cfg   Config
	table shops.Table
}

// labelBatch is how many orders one job looks at; each is read anew from the mall, which costs
// quota.
const labelBatch = 50

func (w *labelWorker) Work(ctx context.Context, job *river.Job[WriteLabels]) error {
	s, active, err := w.table.Get(ctx, job.Args.Mall, job.Args.Shop)
	if err != nil || !active || s.LabelLayout == "" {
		return err
	}
	if err := w.write(ctx, s); err != nil {
		if _, mall := ofMall(err); !mall && ctx.Err() == nil {
			return err
		}
	}
	return river.JobSnooze(jitter(max(s.Every, time.Minute)))
}

// write makes files of the orders that have no label, and were not refused as they stand now.
func (w *labelWorker) write(ctx context.Context, s shops.Row) error {
	rows, err := w.cfg.DB.Query(ctx,
		`SELECT id FROM orders o WHERE mall = $1 AND shop = $2 AND status = $3 AND NOT EXISTS (
			SELECT FROM labelled l WHERE (l.mall, l.shop, l.id) = (o.mall, o.shop, o.id) AND (l.refused = '' OR l.revision = o.revision))
		ORDER BY placed LIMIT $4`, s.Mall, s.Shop, order.ReadyToShip.String(), labelBatch)
	if err != nil {
		return err
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(ids) == 0 {
		return err
	}
	client, err := w.cfg.Clients.Open(s)
	if err != nil {
		return err
	}
	// What the table says may have been cancelled since: order.MayShip, by which the writer goes,
	// wants an order that was just read.
	var orders []order.Order
	for o, err := range client.Orders(ctx, order.Query{IDs: ids}) {
		if one, mall := ofMall(err); mall && one.Order != "" {
			continue // it is looked at the next time
		}
		if err != nil {
			return err
		}
		orders = append(orders, o)
	}
	layout, ok := layoutOf(s.LabelLayout)
	if !ok {
		return fmt.Errorf("jobs: shop %s of %s: no label layout is called %q", s.Shop, s.Mall,
			s.LabelLayout)
	}
	cfg := w.cfg.Labels
	cfg.Layout = layout
	cfg.Keys = pgstore.LabelKeys{DB: w.cfg.DB}
	cfg.Account = w.cfg.Accounts[layout.Name]
	writer, err := label.NewWriter(cfg)
	if err != nil {
		return err
	}
	batch, err := writer.Labels(ctx, orders)
	if err != nil {
		return err
	}
	return w.keep(ctx, s, orders, batch)
}

// keep stores the files, and which orders they are for, in one transaction: a job that is cut off
// writes the same labels again, under the same keys, and one that is not never does.
func (w *labelWorker) keep(
	ctx context.Context, s shops.Row, orders []order.Order, batch label.Batch,
) error {
	files, err := batch.Files()
	if err != nil {
		return err
	}
	refused := map[string]string{}
	for _, r := range batch.Refusals {
		var why []string
		for _, reason := range r.Reasons {
			// the text may quote an address
			why = append(why, string(reason.Field)+": "+string(reason.Code))
		}
		refused[r.Order] = strings.Join(why, ", ")
	}
	err = pgx.BeginFunc(ctx, w.cfg.DB, func(tx pgx.Tx) error {
		var all pgx.Batch
		for _, f := range files {
			all.Queue(
				`INSERT INTO label_files (mall, shop, name, data, labels) VALUES ($1, $2, $3, $4, $5)`, s.Mall, s.Shop, f.Name, f.Data, f.Labels)
		}
		for _, o := range orders {
			all.Queue(
				`INSERT INTO labelled VALUES ($1, $2, $3, $4, $5) ON CONFLICT (mall, shop, id) DO UPDATE SET revision = excluded.revision,
				refused = excluded.refused`, s.Mall, s.Shop, o.ID, o.Revision, refused[o.ID])
		}
		return tx.SendBatch(ctx, &all).Close()
	})
	if err == nil {
		w.cfg.Gauges.labelled(ctx, s.Mall, len(batch.Labels), len(batch.Refusals))
	}
	return err
}

// layoutOf finds one of the built-in layouts by its name.
func layoutOf(name string) (label.Layout, bool) {
	for _, l := range append(label.Layouts(), label.EHiden3(timeslot.EHiden3Six)) {
		if l.Name == name {
			return l, true
		}
	}
	return label.Layout{}, false
}
