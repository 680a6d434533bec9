package pgstore

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/jpmall/jpmall/order/label"
)

// LabelKeys is a label.KeyStore.
type LabelKeys struct{ DB *pgxpool.Pool }

var _ label.KeyStore = LabelKeys{}

// putLabel writes nothing where the key stands for another parcel.
const putLabel = `
INSERT INTO label_keys AS k (key, mall, shop, order_id, parcel, layout, match, waiting, entry) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (key) DO UPDATE SET layout = excluded.layout, match = excluded.match, waiting = excluded.waiting, entry = excluded.entry
WHERE (k.mall, k.shop, k.order_id, k.parcel) = (excluded.mall, excluded.shop, excluded.order_id, excluded.parcel)`

// Save implements label.KeyStore.
func (k LabelKeys) Save(ctx context.Context, entries ...label.Entry) error {
	if len(entries) == 0 {
		return ctx.Err()
	}
	return pgx.BeginFunc(ctx, k.DB, func(tx pgx.Tx) error {
		for _, e := range entries {
			if e.Key == "" {
				return errors.New("pgstore: a label's entry without a key")
			}
			entry, err := json.Marshal(e)
			if err != nil {
				return err
			}
			put, err := tx.Exec(ctx, putLabel, e.Key, e.Mall, e.Shop, e.Order, e.Parcel, e.Layout,
				e.Match, len(e.Numbers) == 0, string(entry))
			if err != nil {
				return err
			}
			if put.RowsAffected() == 0 {
				return fmt.Errorf("%w: %s", label.ErrKeyTaken, e.Key)
			}
		}
		return nil
	})
}

// Load implements label.KeyStore.
func (k LabelKeys) Load(ctx context.Context, keysOrMatches ...string) ([]label.Entry, error) {
	return k.entries(ctx,
		`SELECT entry FROM label_keys WHERE key = ANY($1) OR match <> '' AND match = ANY($1) ORDER BY key`, keysOrMatches)
}

// Waiting implements label.KeyStore.
func (k LabelKeys) Waiting(ctx context.Context, layout string) ([]label.Entry, error) {
	return k.entries(ctx,
		`SELECT entry FROM label_keys WHERE waiting AND ($1 = '' OR layout = $1) ORDER BY key`,
		layout)
}

func (k LabelKeys) entries(ctx context.Context, query string, args ...any) ([]label.Entry, error) {
	rows, err := k.DB.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(r pgx.CollectableRow) (e label.Entry, err error) {
		var text string
		if err := r.Scan(&text); err != nil {
			return e, err
		}
		return e, json.Unmarshal([]byte(text), &e)
	})
}
