package pgstore

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/order"
)

// ShopFeed is both ends of a feed of one shop: its order.FeedStore and, with Put, its handler. Put
// only takes the order; Save writes orders, outbox and the acknowledgement in one transaction, so
// that they cannot part: an order that is acknowledged is in the table, once. What Put took and no
// Save wrote is given again. Make one for each feed, with NewShopFeed.
type ShopFeed struct {
	store FeedStore
	mall  order.Mall
	shop  string

	mu      sync.Mutex
	taken   []taken // by Put, not saved
	version int64   // of the last Load or Save
}

type taken struct {
	o    order.Order
	body string
}

var _ order.FeedStore = (*ShopFeed)(nil)

// NewShopFeed makes the ends of one feed.
func NewShopFeed(db *pgxpool.Pool, mall order.Mall, shop string) *ShopFeed {
	return &ShopFeed{store: FeedStore{DB: db}, mall: mall, shop: shop}
}

// Current reports whether nobody else has saved the shop's table since this feed loaded or saved
// it. A feed that is kept for the next pass asks before it, and is made anew when another process
// had the shop in between.
func (f *ShopFeed) Current(ctx context.Context) (bool, error) {
	version, err := feedVersion(ctx, f.store.DB, f.mall, f.shop)
	f.mu.Lock()
	defer f.mu.Unlock()
	return version == f.version, err
}

// Put is an order.Handler.
func (f *ShopFeed) Put(_ context.Context, o order.Order) error {
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.taken = append(f.taken, taken{o.WithNative(nil, nil), string(body)})
	return nil
}

// Load implements order.FeedStore. Who loads anew has forgotten what was not saved, and will be
// given it again.
func (f *ShopFeed) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (int64, error) {
	if err := f.mine(mall, shop); err != nil {
		return 0, err
	}
	f.mu.Lock()
	f.taken = nil
	f.mu.Unlock()
	version, err := f.store.Load(ctx, mall, shop, row)
	if err == nil {
		f.mu.Lock()
		f.version = version
		f.mu.Unlock()
	}
	return version, err
}

// Save implements order.FeedStore.
func (f *ShopFeed) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	if err := f.mine(mall, shop); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	err := pgx.BeginFunc(ctx, f.store.DB, func(tx pgx.Tx) error {
		if err := saveFeed(ctx, tx, mall, shop, version, changes); err != nil {
			return err
		}
		return putOrders(ctx, tx, f.taken)
	})
	if err == nil {
		f.taken, f.version = nil, version+1
	}
	return err
}

func (f *ShopFeed) mine(mall order.Mall, shop string) error {
	if mall != f.mall || shop != f.shop {
		return fmt.Errorf("pgstore: this ShopFeed is for %s shop %s, not for %s shop %s", f.mall,
			f.shop, mall, shop)
	}
	return nil
}

// putOrder writes an order in a state that is not the one that stands, and says so in the outbox.
// An order that is given again as it stands writes nothing; one that was changed back does.
const putOrder = `
WITH seen AS (
	INSERT INTO order_revisions (mall, shop, id, revision, status) VALUES ($1, $2, $3, $4, $7) ON CONFLICT DO NOTHING
), stands AS (
	INSERT INTO orders AS o (mall, shop, id, revision, placed, updated, status, mall_status, unresolved, body)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
	ON CONFLICT (mall, shop, id) DO UPDATE SET revision = excluded.revision, placed = excluded.placed, updated = excluded.updated,
		status = excluded.status, mall_status = excluded.mall_status, unresolved = excluded.unresolved, body = excluded.body, stored = now()
	WHERE o.revision <> excluded.revision
	RETURNING 1
)
INSERT INTO outbox (mall, shop, id, revision) SELECT $1, $2, $3, $4 FROM stands`

func putOrders(ctx context.Context, tx pgx.Tx, all []taken) error {
	if len(all) == 0 {
		return nil
	}
	var batch pgx.Batch // one round trip
	for _, t := range all {
		o := t.o
		var updated any
		if !o.Updated.IsZero() {
			updated = o.Updated
		}
		batch.Queue(putOrder, o.Mall, o.Shop, o.ID, o.Revision, o.Placed, updated,
			o.Status.String(), o.MallStatus, o.Unresolved(), t.body)
	}
	return tx.SendBatch(ctx, &batch).Close()
}

// Outbox hands on what changed.
type Outbox struct{ DB *pgxpool.Pool }

// Change is one row of the outbox: an order that is new or has changed.
type Change struct {
	Seq int64
	order.Ref
}

// Drain gives up to limit changes to the next system, oldest first, and removes them when it
// returns nil. Several may drain at once; each gets changes of its own. When the process dies in
// between, they are given again.
func (b Outbox) Drain(
	ctx context.Context, limit int, next func(context.Context, []Change) error,
) (n int, err error) {
	err = pgx.BeginFunc(ctx, b.DB, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx,
			`SELECT seq, mall, shop, id, revision FROM outbox ORDER BY seq LIMIT $1 FOR UPDATE SKIP LOCKED`, limit)
		if err != nil {
			return err
		}
		changes, err := pgx.CollectRows(rows, func(r pgx.CollectableRow) (c Change, err error) {
			err = r.Scan(&c.Seq, &c.Mall, &c.Shop, &c.ID, &c.Revision)
			return c, err
		})
		if err != nil || len(changes) == 0 {
			return err
		}
		if err := next(ctx, changes); err != nil {
			return err
		}
		seqs := make([]int64, len(changes))
		for i, c := range changes {
			seqs[i] = c.Seq
		}
		n = len(changes)
		_, err = tx.Exec(ctx, `DELETE FROM outbox WHERE seq = ANY($1)`, seqs)
		return err
	})
	if err != nil {
		return 0, err
	}
	return n, nil
}
