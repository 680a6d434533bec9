package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite", without cgo

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// The order's JSON holds names and addresses: keep the file as you keep those. The columns beside it are what is searched by.
const schema = `
CREATE TABLE IF NOT EXISTS orders ( -- how each order stands
	mall TEXT NOT NULL, shop TEXT NOT NULL, id TEXT NOT NULL, placed INTEGER NOT NULL, stage TEXT NOT NULL,
	slot TEXT NOT NULL,   -- 'unread', 'taught' by a rule of ours, or ''
	search TEXT NOT NULL, -- number, goods: nothing personal
	json TEXT NOT NULL,
	PRIMARY KEY (mall, shop, id)
);
CREATE INDEX IF NOT EXISTS orders_placed ON orders (placed, id, mall, stage);
CREATE INDEX IF NOT EXISTS orders_stage ON orders (mall, stage, placed, id);
CREATE INDEX IF NOT EXISTS orders_slot ON orders (slot) WHERE slot <> '';
CREATE TABLE IF NOT EXISTS revisions ( -- every state in which an order was seen
	mall TEXT NOT NULL, shop TEXT NOT NULL, id TEXT NOT NULL, revision TEXT NOT NULL,
	seen INTEGER NOT NULL, status TEXT NOT NULL, mall_status TEXT NOT NULL,
	PRIMARY KEY (mall, shop, id, revision)
);
CREATE TABLE IF NOT EXISTS rules ( -- what a person said a slot label means
	label TEXT NOT NULL, mall TEXT NOT NULL, shop TEXT NOT NULL, method TEXT NOT NULL, slot TEXT NOT NULL,
	PRIMARY KEY (label, mall, shop, method)
);
CREATE TABLE IF NOT EXISTS actions ( -- bulk actions, their dry runs and results
	id INTEGER PRIMARY KEY, what TEXT NOT NULL, step TEXT NOT NULL, made INTEGER NOT NULL, tasks TEXT NOT NULL, results TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS feed_shops ( -- which version of feed_rows a shop has
	mall TEXT NOT NULL, shop TEXT NOT NULL, version INTEGER NOT NULL,
	PRIMARY KEY (mall, shop)
);
CREATE TABLE IF NOT EXISTS feed_rows ( -- what the feed remembers of each shop
	mall TEXT NOT NULL, shop TEXT NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL,
	PRIMARY KEY (mall, shop, key)
) WITHOUT ROWID;`

// store is the database: the consumer of the feed, its order.FeedStore (feedstore.go) and the rules for slots (rules.go).
type store struct {
	db    *sql.DB
	slots *timeslot.Live // what the shops' clients read slots with: the rules, then what the SDK knows
}

func openStore(ctx context.Context, file string) (*store, error) {
	dsn := ":memory:"
	if file != "" {
		dsn = "file:" + url.PathEscape(file) + "?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // SQLite has one writer; a second connection to memory would be another database
	s := &store{db: db, slots: timeslot.NewLive(timeslot.Default())}
	_, err = db.ExecContext(ctx, schema)
	if err == nil {
		err = s.loadRules(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), db.Close())
	}
	return s, nil
}

func (s *store) Close() error { return s.db.Close() }

// put keeps an order. It tells whether the order is "new", "changed", or "" when it was seen in this state before.
func (s *store) put(ctx context.Context, o order.Order) (kind string, err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	kind = "changed"
	err = tx.QueryRowContext(ctx, `SELECT 'changed' FROM orders WHERE mall = ? AND shop = ? AND id = ?`, o.Mall, o.Shop, o.ID).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		kind, err = "new", nil
	}
	if err != nil {
		return "", err
	}
	seen, err := tx.ExecContext(ctx, `INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		o.Mall, o.Shop, o.ID, o.Revision, time.Now().Unix(), o.Status.String(), o.MallStatus)
	if err != nil {
		return "", err
	}
	s.reread(&o)
	if err := write(ctx, tx, o); err != nil { // always, since an order can be changed back to a state in which it was seen before
		return "", err
	}
	if n, err := seen.RowsAffected(); err == nil && n == 0 {
		kind = ""
	}
	return kind, tx.Commit()
}

func write(ctx context.Context, tx *sql.Tx, o order.Order) error {
	data, err := json.Marshal(o)
	if err != nil {
		return err
	}
	slot := ""
	words := []string{o.ID}
	for _, p := range o.Parcels {
		if p.Delivery.Unresolved() {
			slot = "unread"
		} else if p.Delivery.Matcher == ruleTable && slot == "" {
			slot = "taught"
		}
		for _, l := range p.Lines {
			words = append(words, l.Name, l.ItemID, l.SKU)
		}
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
		placed = excluded.placed, stage = excluded.stage, slot = excluded.slot, search = excluded.search, json = excluded.json`,
		o.Mall, o.Shop, o.ID, o.Placed.Unix(), stageOf(o), slot, strings.ToLower(strings.Join(words, "\n")), string(data))
	return err
}

// filter says which orders are wanted. Empty fields want all.
type filter struct {
	Mall, Shop, Stage, Slot, Search string
	Refs                            []order.Ref
}

// where is the condition, without the stage when that is not wanted.
func (f filter) where(stage bool) (string, []any) {
	parts, args := []string{"1"}, []any(nil)
	add := func(column, value string) {
		if value != "" {
			parts, args = append(parts, column+" = ?"), append(args, value)
		}
	}
	add("mall", f.Mall)
	add("shop", f.Shop)
	add("slot", f.Slot)
	if stage {
		add("stage", f.Stage)
	}
	if f.Search != "" {
		like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(f.Search))
		parts, args = append(parts, `search LIKE ? ESCAPE '\'`), append(args, "%"+like+"%")
	}
	return strings.Join(parts, " AND "), args
}

// find gives orders, the youngest first.
func (s *store) find(ctx context.Context, f filter, limit, skip int) ([]order.Order, error) {
	where, args := f.where(true)
	// Only the rows of the page are read whole; those before it are skipped in an index.
	return s.query(ctx, `SELECT json FROM orders WHERE rowid IN (SELECT rowid FROM orders WHERE `+where+`
		ORDER BY placed DESC, id DESC LIMIT ? OFFSET ?) ORDER BY placed DESC, id DESC`, append(args, limit, skip)...)
}

// get gives one order; ok is false when it is not there.
func (s *store) get(ctx context.Context, r order.Ref) (o order.Order, ok bool, err error) {
	all, err := s.query(ctx, `SELECT json FROM orders WHERE mall = ? AND shop = ? AND id = ?`, r.Mall, r.Shop, r.ID)
	if err != nil || len(all) == 0 {
		return o, false, err
	}
	return all[0], true, nil
}

func (s *store) query(ctx context.Context, query string, args ...any) ([]order.Order, error) {
	return read(ctx, s.db, query, args...)
}

// read reads orders, from the database or within a transaction.
func read(ctx context.Context, from interface {
	QueryContext(context.Context, string, ...any) (*sql.Rows, error)
}, query string, args ...any) (all []order.Order, err error) {
	rows, err := from.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var data []byte
		var o order.Order
		if err := rows.Scan(&data); err != nil {
			return nil, err
		}
		if err := json.Unmarshal(data, &o); err != nil {
			return nil, err
		}
		all = append(all, o)
	}
	return all, rows.Err()
}

// counts gives how many orders stand in each stage: of all malls under "", and of each.
func (s *store) counts(ctx context.Context, f filter) (map[string]map[string]int, error) {
	where, args := f.where(false)
	rows, err := s.db.QueryContext(ctx, `SELECT mall, stage, count(*) FROM orders WHERE `+where+` GROUP BY mall, stage`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[string]map[string]int{"": {}}
	for rows.Next() {
		var mall, stage string
		var n int
		if err := rows.Scan(&mall, &stage, &n); err != nil {
			return nil, err
		}
		if all[mall] == nil {
			all[mall] = map[string]int{}
		}
		all[mall][stage] += n
		all[""][stage] += n
	}
	return all, rows.Err()
}

// seen is one state in which an order was seen.
type seen struct {
	At                           time.Time
	Revision, Status, MallStatus string
}

func (s *store) history(ctx context.Context, r order.Ref) (all []seen, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT seen, revision, status, mall_status FROM revisions
		WHERE mall = ? AND shop = ? AND id = ? ORDER BY seen DESC, rowid DESC LIMIT 50`, r.Mall, r.Shop, r.ID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var h seen
		var at int64
		if err := rows.Scan(&at, &h.Revision, &h.Status, &h.MallStatus); err != nil {
			return nil, err
		}
		h.At = time.Unix(at, 0)
		all = append(all, h)
	}
	return all, rows.Err()
}
