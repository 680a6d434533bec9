package credential

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jpmall/jpmall/order"
)

// recordsKey is the key of the records in a Store.
const recordsKey = "records"

// LoadRecords returns the records stored with [PutRecord], in the order in which they were first
// stored.
func LoadRecords(ctx context.Context, store Store) ([]Record, error) {
	entry, err := store.Load(ctx, recordsKey)
	if err != nil {
		return nil, err
	}
	return decodeRecords(entry.Value)
}

// StoredRecords returns a Source that calls [LoadRecords], for [MonitorConfig.Records].
func StoredRecords(store Store) Source[[]Record] {
	return SourceFunc[[]Record](func(ctx context.Context) ([]Record,
		error) {
		return LoadRecords(ctx, store)
	})
}

// PutRecord stores a record, in place of the one with the same ID if there is one. Call it whenever
// a credential is issued, renewed or consented to, with the new Start. Several processes may call
// it at once.
func PutRecord(ctx context.Context, store Store, record Record) error {
	return PutRecords(ctx, store, []Record{record})
}

// PutRecords stores many records at once: all or none. Of two with the same ID the later one stays.
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

// DropRecord removes the record with the ID, if there is one.
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
		return nil, fmt.Errorf("credential: %q in the store are not records: %w", recordsKey,
			order.ErrUndecodable)
	}
	return all, nil
}
