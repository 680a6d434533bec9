package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/jpmall/jpmall/order"
)

var _ order.FeedStore = (*tables)(nil)

// Load implements order.FeedStore. Who loads anew has forgotten what was not saved, and will be
// given it again.
func (t *tables) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (version int64, err error) {
	t.mu.Lock()
	delete(t.taken, order.Ref{Mall: mall, Shop: shop})
	t.mu.Unlock()
	tx, err := t.db.BeginTx(ctx, nil) // version and rows of one moment
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }()
	err = tx.QueryRowContext(ctx, `SELECT version FROM feed_shops WHERE mall = ? AND shop = ?`,
		mall, shop).Scan(&version)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return 0, err
	}
	rows, err := tx.QueryContext(ctx,
		`SELECT key, value FROM feed_rows WHERE mall = ?1 AND shop = ?2
		UNION ALL SELECT ?3, state FROM feed_state WHERE mall = ?1 AND shop = ?2`, mall, shop,
		order.FeedKeyOld)
	if err != nil {
		return 0, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var c order.FeedChange
		if err := rows.Scan(&c.Key, &c.Value); err != nil {
			return 0, err
		}
		if c.Value == nil { // an empty one: there is no NULL
			c.Value = []byte{}
		}
		if err := row(c); err != nil {
			return 0, err
		}
	}
	return version, rows.Err()
}

// Save implements order.FeedStore. It writes the orders that Put took, too, and prints them when
// they are there.
func (t *tables) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	tx, err := t.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	moved, err := tx.ExecContext(ctx,
		`INSERT INTO feed_shops SELECT ?1, ?2, 1 WHERE ?3 = 0 ON CONFLICT DO NOTHING`, mall, shop,
		version)
	if version > 0 {
		moved, err = tx.ExecContext(ctx,
			`UPDATE feed_shops SET version = version + 1 WHERE mall = ? AND shop = ? AND version = ?`, mall, shop, version)
	}
	if err != nil {
		return err
	}
	if n, err := moved.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fmt.Errorf("%w (version %d was loaded)", order.ErrFeedConflict, version),
			err)
	}
	for _, c := range changes {
		switch {
		case c.Value != nil:
			_, err = tx.ExecContext(ctx,
				`INSERT INTO feed_rows VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value`, mall, shop, c.Key, c.Value)
		case c.Key == order.FeedKeyOld:
			_, err = tx.ExecContext(ctx, `DELETE FROM feed_state WHERE mall = ? AND shop = ?`, mall,
				shop)
		default:
			_, err = tx.ExecContext(ctx,
				`DELETE FROM feed_rows WHERE mall = ? AND shop = ? AND key = ?`, mall, shop, c.Key)
		}
		if err != nil {
			return err
		}
	}
	name := order.Ref{Mall: mall, Shop: shop}
	t.mu.Lock()
	orders := slices.Clone(t.taken[name])
	t.mu.Unlock()
	for i := range orders {
		if err := orders[i].write(ctx, tx); err != nil {
			return err
		}
	}
	if err := tx.Commit(); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.taken[name] = t.taken[name][len(orders):] // Put may have taken one more
	for _, o := range orders {
		if o.news {
			t.line(o.Order, o.before)
		}
	}
	return nil
}
