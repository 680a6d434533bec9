package oauth

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Kept is the part T of a shop's keys that is kept in a store, so that a change takes effect at
// once in all processes that share the store.
type Kept[T any] struct {
	Store credential.Store
	Mall  order.Mall
	Shop  string
}

func (k Kept[T]) key() string { return StoreKey(k.Mall, k.Shop, "keys") }

// Load returns the stored value, or the zero T if there is none.
func (k Kept[T]) Load(ctx context.Context) (T, error) {
	entry, err := k.Store.Load(ctx, k.key())
	if err != nil {
		var none T
		return none, err
	}
	return k.read(entry.Value)
}

func (k Kept[T]) read(value []byte) (kept T, err error) {
	if value != nil && json.Unmarshal(value, &kept) != nil {
		return kept, &order.Error{Class: order.ErrUndecodable, Mall: k.Mall, Shop: k.Shop,
			Err: errors.New("the stored keys cannot be read"),
			Hint: order.Text{EN: "remove " + k.key() + " from the store and authorise again",
				JA: "ストアから" + k.key() + "を削除し、認可（ログインと同意）をやり直してください"}}
	}
	return kept, nil
}

// Update changes the stored value by compare-and-swap. change returns false if there is nothing to
// change; it may be called several times.
func (k Kept[T]) Update(ctx context.Context, change func(*T) bool) (changed bool, err error) {
	err = credential.Update(ctx, k.Store, k.key(), func(old []byte) ([]byte, error) {
		kept, err := k.read(old)
		if err != nil {
			return nil, err
		}
		if changed = change(&kept); !changed {
			return old, nil
		}
		return json.Marshal(kept)
	})
	return changed && err == nil, err
}

// Known returns the stored record with the ID of the given one, or the given one if there is none.
func (k Kept[T]) Known(ctx context.Context, record credential.Record) (credential.Record, error) {
	records, err := credential.LoadRecords(ctx, k.Store)
	for _, known := range records {
		if known.ID() == record.ID() {
			return known, nil
		}
	}
	return record, err
}
