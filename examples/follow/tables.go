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

// The feed gives every order at least once. The unique key of revisions makes it once.
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
	mu    sync.Mutex // one line at a time
	print io.Writer
}

func openTables(ctx context.Context, file string, print io.Writer) (*tables, error) {
	dsn := ":memory:"
	if file != "" {
		// Orders and state lie in one file, so when a power cut takes the last transactions, it takes them of both: synchronous=NORMAL
		// is enough. Killing the process takes none.
		dsn = "file:" + url.PathEscape(file) + "?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer; a second connection to memory would be another database
	if _, err := db.ExecContext(ctx, schema); err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), db.Close())
	}
	return &tables{db: db, print: print}, nil
}

func (t *tables) Close() error { return t.db.Close() }

// Put is the feed's handler: when it returns nil, the order is in the database.
func (t *tables) Put(ctx context.Context, o order.Order) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit

	var before string
	err = tx.QueryRowContext(ctx, `SELECT status FROM orders WHERE mall = ? AND shop = ? AND id = ?`, o.Mall, o.Shop, o.ID).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	added, err := tx.ExecContext(ctx, `INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		o.Mall, o.Shop, o.ID, o.Revision, time.Now().UTC().Format(time.RFC3339Nano), o.Status.String())
	if err != nil {
		return err
	}
	// Always, since an order can be changed back to a state in which it was seen before.
	if _, err := tx.ExecContext(ctx, `INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET revision = excluded.revision,
		placed = excluded.placed, status = excluded.status, mall_status = excluded.mall_status, json = excluded.json`,
		o.Mall, o.Shop, o.ID, o.Revision, o.Placed.UTC().Format(time.RFC3339Nano), o.Status.String(), o.MallStatus, string(data)); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	if n, err := added.RowsAffected(); err == nil && n > 0 {
		t.line(o, before)
	}
	return nil
}

// line prints an order in a state that was not seen before. It shows nothing personal.
func (t *tables) line(o order.Order, before string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	what, status := "new", o.Status.String()
	if before != "" {
		what = "changed"
		if before != status {
			status = before + " -> " + status
		}
	}
	_, _ = fmt.Fprintf(t.print, "%-7s  %-7s  %-16s  %-27s  %s  %11s  %s\n", what, o.Mall, o.Shop, o.ID,
		o.Placed.In(order.JST).Format("2006-01-02 15:04"), o.Amounts.Billed, status) // a closed terminal must not stop the feed
}
