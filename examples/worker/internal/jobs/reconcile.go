package jobs

import (
	"context"
	"hash/fnv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"

	"github.com/jpmall/jpmall/order"
)

// Reconcile gives every active shop the jobs that it lacks. That a shop was removed or paused its
// own jobs find out.
type Reconcile struct{}

// Kind implements river.JobArgs.
func (Reconcile) Kind() string { return "reconcile" }

// InsertOpts implements river.JobArgsWithInsertOpts.
func (Reconcile) InsertOpts() river.InsertOpts { return alone() }

type reconciler struct {
	river.WorkerDefaults[Reconcile]
	cfg Config
}

// perShop is a kind of job that shops have.
type perShop struct {
	column    string // of the table shops: the number of its job
	condition string // for having one
	spread    bool   // the first ones are spread over the shops' pace; else they are wanted at once
	args      func(order.Mall, string) river.JobArgs
}

var kinds = []perShop{
	{"pass_job", "true", true, func(m order.Mall, s string) river.JobArgs {
		return ShopPass{m, s}
	}},
	{"ship_job", `EXISTS (SELECT FROM shipments s WHERE s.mall = shops.mall AND s.shop = shops.shop
		AND s.state IN ('new', 'sending', 'unsettled'))`, false,
		func(m order.Mall, s string) river.JobArgs { return ReportShipments{m, s} }},
	{"label_job", "label_layout <> ''", true,
		func(m order.Mall, s string) river.JobArgs { return WriteLabels{m, s} }},
}

// reconcileBatch is how many jobs are inserted in one transaction.
const reconcileBatch = 1000

func (w *reconciler) Work(ctx context.Context, _ *river.Job[Reconcile]) error {
	client := river.ClientFromContext[pgx.Tx](ctx)
	for _, kind := range kinds {
		for {
			n, err := w.insert(ctx, client, kind)
			if err != nil {
				return err
			}
			if n < reconcileBatch {
				break
			}
		}
	}
	return nil
}

// insert makes the jobs of shops whose job ended or was never there. A shop remembers its job's
// number, so that looking is one primary key for each shop.
func (w *reconciler) insert(
	ctx context.Context, client *river.Client[pgx.Tx], kind perShop,
) (n int, err error) {
	err = pgx.BeginFunc(ctx, w.cfg.DB, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `SELECT mall, shop, every, `+kind.column+
			` IS NULL FROM shops WHERE NOT paused AND `+kind.condition+` AND NOT EXISTS (
			SELECT FROM river_job j WHERE j.id = `+kind.column+
			` AND j.state NOT IN ('completed', 'cancelled', 'discarded'))
			ORDER BY mall, shop LIMIT $1 FOR UPDATE OF shops SKIP LOCKED`, reconcileBatch)
		if err != nil {
			return err
		}
		var malls, names []string
		var jobs []river.InsertManyParams
		for rows.Next() {
			var mall order.Mall
			var shop string
			var every time.Duration
			var first bool
			if err := rows.Scan(&mall, &shop, &every, &first); err != nil {
				return err
			}
			opts := alone()
			if first && kind.spread {
				opts.ScheduledAt = time.Now().Add(offset(mall, shop, every))
			}
			malls, names = append(malls, string(mall)), append(names, shop)
			jobs = append(jobs, river.InsertManyParams{Args: kind.args(mall, shop),
				InsertOpts: &opts})
		}
		if err := rows.Err(); err != nil || len(jobs) == 0 {
			return err
		}
		results, err := client.InsertManyTx(ctx, tx, jobs)
		if err != nil {
			return err
		}
		ids := make([]int64, len(results))
		for i, r := range results { // of one that is there already it is that one's number
			ids[i] = r.Job.ID
		}
		n = len(ids)
		_, err = tx.Exec(ctx, `UPDATE shops SET `+kind.column+
			` = given.id FROM unnest($1::text[], $2::text[], $3::bigint[]) AS given(mall, shop, id)
			WHERE shops.mall = given.mall AND shops.shop = given.shop`, malls, names, ids)
		return err
	})
	return n, err
}

// offset spreads the shops' first jobs over their pace, each always at the same place.
func offset(mall order.Mall, shop string, every time.Duration) time.Duration {
	h := fnv.New64a()
	_, _ = h.Write([]byte(string(mall) + "/" + shop)) // never fails
	return time.Duration(h.Sum64() % uint64(max(every, time.Millisecond)))
}
