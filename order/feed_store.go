package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// FeedStore keeps what a Feed remembers: for each shop a table of keys and values with a version.
// Keys contain order numbers, values hashes and instants; nothing is personal or secret. An order
// takes one row of about 50 bytes, and an acknowledgement writes that row alone. A store must be
// safe for concurrent use, and must not keep or modify its arguments after it returns.
//
// To acknowledge an order in the same transaction as your own tables are written, make one type
// both Handler and FeedStore: the handler only keeps the order in memory, and Save writes the kept
// orders of the shop together with the changes. Load must return only what was saved, and drops
// the kept orders of the shop: they are passed again. See examples/follow.
type FeedStore interface {
	// Load calls row with each row of a shop's table. A removed row may be passed with a nil Value
	// or not at all; of two rows with one key the later counts. Load returns the version of the
	// table, zero for a shop of which nothing was ever saved. An error of row ends it and is
	// returned unchanged.
	Load(
		ctx context.Context, mall Mall, shop string, row func(FeedChange) error,
	) (version int64, err error)

	// Save makes all changes or none if the table still has the given version, and increments the
	// version. If it has another, the error is ErrFeedConflict (errors.Is). After nil the changes
	// must survive a crash; after any other error they may be stored or not.
	Save(ctx context.Context, mall Mall, shop string, version int64, changes []FeedChange) error
}

// FeedChange is one row of a shop's table, or its removal. A key is at most an order number and two
// bytes long, a value at most a few hundred bytes (but see [FeedKeyOld]).
type FeedChange struct {
	Key   string
	Value []byte // nil removes the key; an empty one is a value
}

// [FeedKeyOld] is the key under which a store returns what an earlier version kept: the whole state
// of a shop in one JSON document. The Feed converts it and removes the key with its first Save.
const FeedKeyOld = "v1"

// [ErrFeedConflict] means that the shop's table was saved by someone else since it was loaded: two
// feeds follow the same shop. The feed reports it, loads the table again, and continues from what
// the other one wrote.
var ErrFeedConflict = errors.New(
	"another feed has saved the state of this shop: follow a shop with one feed only")

// NewMemoryFeedStore returns a store in memory, for tests and for consumers that read everything
// again after a restart.
func NewMemoryFeedStore() FeedStore { return &memoryFeedStore{shops: map[Ref]*memoryTable{}} }

type memoryFeedStore struct {
	mu    sync.Mutex
	shops map[Ref]*memoryTable
}

type memoryTable struct {
	version int64
	rows    map[string][]byte
}

func (m *memoryFeedStore) Load(
	ctx context.Context, mall Mall, shop string, row func(FeedChange) error,
) (int64, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.shops[Ref{Mall: mall, Shop: shop}]
	if t == nil {
		return 0, ctx.Err()
	}
	for key, value := range t.rows {
		if err := row(FeedChange{Key: key, Value: value}); err != nil {
			return 0, err
		}
	}
	return t.version, ctx.Err()
}

func (m *memoryFeedStore) Save(
	ctx context.Context, mall Mall, shop string, version int64, changes []FeedChange,
) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	name := Ref{Mall: mall, Shop: shop}
	t := m.shops[name]
	if t == nil {
		t = &memoryTable{rows: map[string][]byte{}}
	}
	if t.version != version {
		return conflict(version, t.version)
	}
	for _, c := range changes {
		if c.Value == nil {
			delete(t.rows, c.Key)
		} else {
			t.rows[c.Key] = slices.Clone(c.Value)
		}
	}
	t.version++
	m.shops[name] = t
	return nil
}

func conflict(wanted, there int64) error {
	return fmt.Errorf("%w (version %d was loaded, %d is there)", ErrFeedConflict, wanted, there)
}
