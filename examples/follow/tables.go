package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite", without cgo

	"github.com/jpmall/jpmall/order"
)

// The feed gives every order at least once. The unique key of revisions makes it once. Orders and
// their acknowledgement are written in one transaction, so that they cannot part.
//
// The order's JSON holds names and addresses: keep the file as you keep those.
const schema = `
CREATE TABLE IF NOT EXISTS revisions ( -- every state in which an order was seen
	mall TEXT NOT NULL, shop TEXT NOT NULL, id TEXT NOT NULL, revision TEXT NOT NULL,
	seen TEXT NOT NULL, status TEXT NOT NULL,
	PRIMARY KEY (mall, shop, id, revision)
);
CREATE TABLE IF NOT EXISTS orders ( -- how each order stands
	mall TEXT NOT NULL, shop TEXT NOT NULL, id TEXT NOT NULL, revision TEXT NOT NULL,
	placed TEXT NOT NULL, status TEXT NOT NULL, mall_status TEXT NOT NULL, json TEXT NOT NULL,
	PRIMARY KEY (mall, shop, id)
);
CREATE TABLE IF NOT EXISTS feed_shops ( -- which version of feed_rows a shop has
	mall TEXT NOT NULL, shop TEXT NOT NULL, version INTEGER NOT NULL,
	PRIMARY KEY (mall, shop)
);
CREATE TABLE IF NOT EXISTS feed_rows ( -- what the feed remembers of each shop
	mall TEXT NOT NULL, shop TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
	PRIMARY KEY (mall, shop, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS feed_state ( -- the same, as an earlier version of this program kept it
	mall TEXT NOT NULL, shop TEXT NOT NULL, state BLOB NOT NULL,
	PRIMARY KEY (mall, shop)
);`

// tables is the database: the consumer of the feed and its order.FeedStore (state.go) in one place.
type tables struct {
	db    *sql.DB
	mu    sync.Mutex            // for what follows
	taken map[order.Ref][]taken // by shop
	print io.Writer
}

func openTables(ctx context.Context, file string, print io.Writer) (*tables, error) {
	dsn := ":memory:"
	if file != "" {
		// Orders and state lie in one file, so when a power cut takes the last transactions, it
		// takes them of both: synchronous=NORMAL is enough. Killing the process takes none.
		dsn = "file:" + url.PathEscape(file) +
			"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	// SQLite has one writer; a second connection to memory would be another database
	db.SetMaxOpenConns(1)
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), db.Close())
	}
	return &tables{db: db, print: print, taken: map[order.Ref][]taken{}}, nil
}

func (t *tables) Close() error { return t.db.Close() }

// Put is the feed's handler. It only takes the order: Save writes it, in the transaction of its
// acknowledgement.
func (t *tables) Put(_ context.Context, o order.Order) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	shop := order.Ref{Mall: o.Mall, Shop: o.Shop}
	t.taken[shop] = append(t.taken[shop], taken{Order: o.WithNative(nil, nil), json: string(data)})
	return nil
}

// taken is an order that Put took and no Save has written yet: at most some dozens of a shop.
type taken struct {
	order.Order
	json   string
	before string // the status as it stood, empty for a new order
	news   bool   // it was not seen in this state before
}

// write writes an order, and notes what is new about it.
func (o *taken) write(ctx context.Context, tx *sql.Tx) error {
	err := tx.QueryRowContext(ctx,
		`SELECT status FROM orders WHERE mall = ? AND shop = ? AND id = ?`,
		o.Mall, o.Shop, o.ID).Scan(&o.before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	added, err := tx.ExecContext(ctx,
		`INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		o.Mall, o.Shop, o.ID, o.Revision, stamp(time.Now()), o.Status.String())
	if err != nil {
		return err
	}
	n, err := added.RowsAffected()
	if err != nil {
		return err
	}
	o.news = n > 0
	// Always, since an order can be changed back to a state in which it was seen before.
	_, err = tx.ExecContext(ctx, `INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET revision = excluded.revision, placed = excluded.placed,
		status = excluded.status, mall_status = excluded.mall_status, json = excluded.json`,
		o.Mall, o.Shop, o.ID, o.Revision, stamp(o.Placed), o.Status.String(), o.MallStatus, o.json)
	return err
}

func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339Nano) }

// line prints an order in a state that was not seen before. It shows nothing personal.
func (t *tables) line(o order.Order, before string) {
	what, status := "new", o.Status.String()
	if before != "" {
		what = "changed"
		if before != status {
			status = before + " -> " + status
		}
	}
	_, _ = fmt.Fprintf(t.print, "%-7s  %-7s  %-16s  %-27s  %s  %11s  %s\n", what, o.Mall, o.Shop,
		o.ID,
		// a closed terminal must not stop the feed
		o.Placed.In(order.JST).Format("2006-01-02 15:04"), o.Amounts.Billed.In(order.English),
		status)
}
