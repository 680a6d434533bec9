package credential

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jpmall/jpmall/order"
)

// recordsKey is where a Store keeps the records.
const recordsKey = "records"

// LoadRecords gives the records that PutRecord has stored, in the order of their first storing.
func LoadRecords(ctx context.Context, store Store) ([]Record, error) {
	entry, err := store.Load(ctx, recordsKey)
	if err != nil {
		return nil, err
	}
	return decodeRecords(entry.Value)
}

// StoredRecords is LoadRecords as the source of a Monitor.
func StoredRecords(store Store) Source[[]Record] {
	return SourceFunc[[]Record](func(ctx context.Context) ([]Record, error) { return LoadRecords(ctx, store) })
}

// PutRecord stores a record in the place of the one with the same ID, or as a new one. Call it whenever a credential is issued,
// renewed or consented to, with the new Start. It is safe against other processes that do the same.
func PutRecord(ctx context.Context, store Store, record Record) error {
	return PutRecords(ctx, store, []Record{record})
}

// PutRecords is PutRecord for many at once: all are stored, or none. Of two with the same ID the later one stays.
func PutRecords(ctx context.Context, store Store, records []Record) error {
	for i, r := range records {
		if err := r.Validate(); err != nil {
			return fmt.Errorf("records[%d]: %w", i, err)
		}
	}
	if len(records) == 0 {
		return ctx.Err()
	}
	return updateRecords(ctx, store, func(all []Record) []Record {
		places := make(map[string]int, len(all)+len(records))
		for i, r := range all {
			places[r.ID()] = i
		}
		for _, r := range records {
			if at, ok := places[r.ID()]; ok {
				all[at] = r
				continue
			}
			places[r.ID()] = len(all)
			all = append(all, r)
		}
		return all
	})
}

// DropRecord removes the record with the ID; that there is none is no error.
func DropRecord(ctx context.Context, store Store, id string) error {
	return updateRecords(ctx, store, func(all []Record) []Record {
		var left []Record
		for _, r := range all {
			if r.ID() != id {
				left = append(left, r)
			}
		}
		return left
	})
}

func updateRecords(ctx context.Context, store Store, change func([]Record) []Record) error {
	return Update(ctx, store, recordsKey, func(old []byte) ([]byte, error) {
		all, err := decodeRecords(old)
		if err != nil {
			return nil, err
		}
		return json.Marshal(change(all))
	})
}

func decodeRecords(value []byte) ([]Record, error) {
	if len(value) == 0 {
		return nil, nil
	}
	var all []Record
	if err := json.Unmarshal(value, &all); err != nil {
		return nil, fmt.Errorf("credential: %q in the store are not records: %w", recordsKey, order.ErrUndecodable)
	}
	return all, nil
}
