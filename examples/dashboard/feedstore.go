package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/order"
)

var _ order.FeedStore = (*store)(nil)

// Load implements order.FeedStore.
func (s *store) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (version int64, err error) {
	tx, err := s.db.BeginTx(ctx, nil) // version and rows of one moment
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
		`SELECT key, value FROM feed_rows WHERE mall = ? AND shop = ?`, mall, shop)
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

// Save implements order.FeedStore.
func (s *store) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	tx, err := s.db.BeginTx(ctx, nil)
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
		default:
			_, err = tx.ExecContext(ctx,
				`DELETE FROM feed_rows WHERE mall = ? AND shop = ? AND key = ?`, mall, shop, c.Key)
		}
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}
