package oauth

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// StoreKey is where a mall's client keeps something of a shop in a credential.Store.
func StoreKey(mall order.Mall, shop, what string) string {
	return string(mall) + "/" + url.PathEscape(shop) + "/" + what
}

// Kept is the part T of a shop's keys that lives in a store, so that it can change at once for all processes that share the store.
type Kept[T any] struct {
	Store credential.Store
	Mall  order.Mall
	Shop  string
}

func (k Kept[T]) key() string { return StoreKey(k.Mall, k.Shop, "keys") }

// Load gives what is stored; the zero T where nothing is.
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
		return kept, &order.Error{Class: order.ErrUndecodable, Mall: k.Mall, Shop: k.Shop, Err: errors.New("the stored keys cannot be read"),
			Hint: "remove " + k.key() + " from the store and authorise again"}
	}
	return kept, nil
}

// Update changes what is stored by compare-and-swap. change gives false where nothing is to change; it may be called several times.
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

// Known is the stored record with the ID of the given one, or the given one where there is none.
func (k Kept[T]) Known(ctx context.Context, record credential.Record) (credential.Record, error) {
	records, err := credential.LoadRecords(ctx, k.Store)
	for _, known := range records {
		if known.ID() == record.ID() {
			return known, nil
		}
	}
	return record, err
}
