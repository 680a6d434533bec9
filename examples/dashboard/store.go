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
)

// store is the database: the consumer of the feed and its order.FeedStore (feedstore.go).
type store struct {
	db    *sql.DB
	rules *ruleBook
}

func openStore(ctx context.Context, file string, rules *ruleBook) (*store, error) {
	dsn := ":memory:"
	if file != "" {
		dsn = "file:" + url.PathEscape(file) +
			"?_pragma=journal_mode(WAL)&_pragma=synchronous(NORMAL)&_pragma=busy_timeout(10000)"
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, err
	}
	// SQLite has one writer; a second connection to memory would be another database
	db.SetMaxOpenConns(1)
	s := &store{db: db, rules: rules}
	if err = prepare(ctx, db); err == nil {
		_, err = s.turn(ctx) // the rules may have changed while nothing ran
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database %s: %w", file, err), db.Close())
	}
	return s, nil
}

func (s *store) Close() error { return s.db.Close() }

// put keeps an order. It reports whether the order is "new", "changed", or "" when it was seen in
// this state before.
func (s *store) put(ctx context.Context, o order.Order) (kind string, err error) {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return "", err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	kind = "changed"
	err = tx.QueryRowContext(ctx,
		`SELECT 'changed' FROM orders WHERE mall = ? AND shop = ? AND id = ?`, o.Mall, o.Shop,
		o.ID).Scan(&kind)
	if errors.Is(err, sql.ErrNoRows) {
		kind, err = "new", nil
	}
	if err != nil {
		return "", err
	}
	seen, err := tx.ExecContext(ctx,
		`INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
		o.Mall, o.Shop, o.ID, o.Revision, time.Now().Unix(), o.Status.String(), o.MallStatus)
	if err != nil {
		return "", err
	}
	s.reread(&o)
	// always, since an order can be changed back to a state in which it was seen before
	if err := write(ctx, tx, o); err != nil {
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
	if err := writeParcels(ctx, tx, o); err != nil {
		return err
	}
	slot := ""
	words := []string{o.ID}
	for _, p := range o.Parcels {
		if p.Delivery.Unresolved() {
			slot = "unread"
		}
		for _, l := range p.Lines {
			words = append(words, l.Name, l.ItemID, l.SKU)
		}
	}
	_, err = tx.ExecContext(ctx,
		`INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
		placed = excluded.placed, stage = excluded.stage, slot = excluded.slot, search = excluded.search, json = excluded.json`,
		o.Mall, o.Shop, o.ID, o.Placed.Unix(), stageOf(o), slot,
		strings.ToLower(strings.Join(words, "\n")), string(data))
	return err
}

// filter says which orders are wanted. Empty fields want all.
type filter struct {
	Mall               order.Mall
	Stage              stage
	Shop, Slot, Search string

	Carrier, Time string // of a parcel: a carrier's name, a slot's text
	Soon          string // the last day that counts: parcels that want to arrive later are left out
}

// where is the condition, without the stage when that is not wanted.
func (f filter) where(staged bool) (string, []any) {
	parts, args := []string{"1"}, []any(nil)
	add := func(column, value string) {
		if value != "" {
			parts, args = append(parts, column+" = ?"), append(args, value)
		}
	}
	add("mall", string(f.Mall))
	add("shop", f.Shop)
	add("slot", f.Slot)
	if f.Carrier+f.Time+f.Soon != "" {
		one := `(mall, shop, id) IN (SELECT mall, shop, id FROM parcels WHERE 1`
		for _, c := range [][2]string{{"carrier = ?", f.Carrier}, {"slot = ?", f.Time},
			{"day <= ?", f.Soon}} {
			switch {
			case c[1] == noCarrier:
				one, args = one+" AND "+c[0], append(args, "")
			case c[1] != "":
				one, args = one+" AND "+c[0], append(args, c[1])
			}
		}
		parts = append(parts, one+")")
	}
	if staged {
		add("stage", string(f.Stage))
	}
	if f.Search != "" {
		like := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`,
			`\_`).Replace(strings.ToLower(f.Search))
		parts, args = append(parts, `search LIKE ? ESCAPE '\'`), append(args, "%"+like+"%")
	}
	return strings.Join(parts, " AND "), args
}

// find returns orders, the youngest first.
func (s *store) find(ctx context.Context, f filter, limit, skip int) ([]order.Order, error) {
	where, args := f.where(true)
	// Only the rows of the page are read whole; those before it are skipped in an index.
	return s.query(ctx, `SELECT json FROM orders WHERE rowid IN (SELECT rowid FROM orders WHERE `+
		where+`
		ORDER BY placed DESC, id DESC LIMIT ? OFFSET ?) ORDER BY placed DESC, id DESC`,
		append(args, limit, skip)...)
}

// get returns one order; ok is false when it is not there.
func (s *store) get(ctx context.Context, r order.Ref) (o order.Order, ok bool, err error) {
	all, err := s.query(ctx, `SELECT json FROM orders WHERE mall = ? AND shop = ? AND id = ?`,
		r.Mall, r.Shop, r.ID)
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

// counts returns how many orders stand in each stage: of all malls under "", and of each.
func (s *store) counts(ctx context.Context, f filter) (map[order.Mall]map[stage]int, error) {
	where, args := f.where(false)
	rows, err := s.db.QueryContext(ctx,
		`SELECT mall, stage, count(*) FROM orders WHERE `+where+` GROUP BY mall, stage`, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	all := map[order.Mall]map[stage]int{"": {}}
	for rows.Next() {
		var mall order.Mall
		var at stage
		var n int
		if err := rows.Scan(&mall, &at, &n); err != nil {
			return nil, err
		}
		if all[mall] == nil {
			all[mall] = map[stage]int{}
		}
		all[mall][at] += n
		all[""][at] += n
	}
	return all, rows.Err()
}

// seen is one state in which an order was seen.
type seen struct {
	At                   time.Time
	Status               order.Status
	Revision, MallStatus string
}

func (s *store) history(ctx context.Context, r order.Ref) (all []seen, err error) {
	rows, err := s.db.QueryContext(ctx, `SELECT seen, revision, status, mall_status FROM revisions
		WHERE mall = ? AND shop = ? AND id = ? ORDER BY seen DESC, rowid DESC LIMIT 50`, r.Mall,
		r.Shop, r.ID)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var h seen
		var at int64
		var status []byte
		if err := rows.Scan(&at, &h.Revision, &status, &h.MallStatus); err != nil {
			return nil, err
		}
		if err := h.Status.UnmarshalText(status); err != nil {
			return nil, err
		}
		h.At = time.Unix(at, 0)
		all = append(all, h)
	}
	return all, rows.Err()
}
