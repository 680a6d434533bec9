package pgstore

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/order"
)

// FeedStore is an order.FeedStore. Save compares the version, so of two processes that follow the
// same shop by mistake, or because one was taken for dead, the slower one gets
// order.ErrFeedConflict.
type FeedStore struct{ DB *pgxpool.Pool }

var _ order.FeedStore = FeedStore{}

// Load implements order.FeedStore.
func (s FeedStore) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (version int64, err error) {
	err = pgx.BeginTxFunc(ctx, s.DB,
		pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly},
		func(tx pgx.Tx) error {
			var err error
			if version, err = feedVersion(ctx, tx, mall, shop); err != nil || version == 0 {
				return err
			}
			rows, err := tx.Query(ctx,
				`SELECT key, value FROM feed_rows WHERE mall = $1 AND shop = $2`,
				mall, shop)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var key, value []byte
				if err := rows.Scan(&key, &value); err != nil {
					return err
				}
				if value == nil { // an empty one: the column has no NULL
					value = []byte{}
				}
				if err := row(order.FeedChange{Key: string(key), Value: value}); err != nil {
					return err
				}
			}
			return rows.Err()
		})
	return version, err
}

// Save implements order.FeedStore.
func (s FeedStore) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	return pgx.BeginFunc(ctx, s.DB, func(tx pgx.Tx) error {
		return saveFeed(ctx, tx, mall, shop, version, changes)
	})
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// feedVersion is zero for a shop of which nothing was saved.
func feedVersion(
	ctx context.Context, db querier, mall order.Mall, shop string,
) (version int64, err error) {
	err = db.QueryRow(ctx, `SELECT version FROM feed_shops WHERE mall = $1 AND shop = $2`, mall,
		shop).Scan(&version)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return version, err
}

func saveFeed(
	ctx context.Context, tx pgx.Tx, mall order.Mall, shop string, version int64,
	changes []order.FeedChange,
) error {
	move := `INSERT INTO feed_shops VALUES ($1, $2, 1) ON CONFLICT DO NOTHING`
	args := []any{mall, shop}
	if version > 0 {
		move, args = `UPDATE feed_shops SET version = version + 1 WHERE mall = $1 AND shop = $2 AND version = $3`, append(args, version)
	}
	moved, err := tx.Exec(ctx, move, args...)
	if err != nil {
		return err
	}
	if moved.RowsAffected() == 0 {
		return fmt.Errorf("%w (version %d was loaded)", order.ErrFeedConflict, version)
	}
	// Of a key that comes twice the later counts, and a statement may touch a row only once.
	last := make(map[string][]byte, len(changes))
	for _, c := range changes {
		last[c.Key] = c.Value
	}
	var gone, keys, values [][]byte
	for key, value := range last {
		if value == nil {
			gone = append(gone, []byte(key))
		} else {
			keys, values = append(keys, []byte(key)), append(values, value)
		}
	}
	if len(gone) > 0 {
		if _, err := tx.Exec(ctx,
			`DELETE FROM feed_rows WHERE mall = $1 AND shop = $2 AND key = ANY($3::bytea[])`, mall,
			shop, gone); err != nil {
			return err
		}
	}
	if len(keys) > 0 {
		_, err = tx.Exec(ctx,
			`INSERT INTO feed_rows SELECT $1, $2, key, value FROM unnest($3::bytea[], $4::bytea[]) AS given(key, value)
			ON CONFLICT (mall, shop, key) DO UPDATE SET value = excluded.value`, mall, shop, keys,
			values)
	}
	return err
}
