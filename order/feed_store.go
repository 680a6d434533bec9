package order

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
)

// FeedStore keeps what a Feed remembers: for each shop a table of keys and values with a version. Keys hold order numbers, values
// hashes and instants; nothing is personal or secret. An order costs one row of about 50 bytes, and an acknowledgement writes
// that row alone. A store must be safe for concurrent use, and must not keep or change what it is handed after it returns.
type FeedStore interface {
	// Load hands the rows of a shop's table to row, a deleted one (nil Value) or none for what is not there; where a key comes
	// twice, the later counts. It returns the table's version, zero for a shop of which nothing was ever saved. An error of row
	// ends the reading and is returned as it is.
	Load(ctx context.Context, mall Mall, shop string, row func(FeedChange) error) (version int64, err error)

	// Save makes all changes or none, if the table still has the version, and makes the version one more. It returns an error that
	// is ErrFeedConflict when the version is another. After nil the changes must survive a crash; after any other error they may
	// be there or not.
	Save(ctx context.Context, mall Mall, shop string, version int64, changes []FeedChange) error
}

// FeedChange is one row of a shop's table, or its removal. A key is an order's number and two bytes, or less; a value has at most a
// few hundred bytes (but see FeedKeyOld).
type FeedChange struct {
	Key   string
	Value []byte // nil removes the key
}

// FeedKeyOld is the key under which a store hands on what was kept before there were keys: the whole state of a shop in one JSON
// document. The Feed takes it apart and removes the key with its first Save.
const FeedKeyOld = "v1"

// ErrFeedConflict says that somebody else has saved the shop's table since it was loaded: two feeds follow the same shop. The feed
// that meets it reports it, loads the table anew, and goes on from what the other one wrote.
var ErrFeedConflict = errors.New("another feed has saved the state of this shop: follow a shop with one feed only")

// NewMemoryFeedStore keeps the state in memory: for tests, and for consumers that read everything anew after a restart.
func NewMemoryFeedStore() FeedStore { return &memoryFeedStore{shops: map[Ref]*memoryTable{}} }

type memoryFeedStore struct {
	mu    sync.Mutex
	shops map[Ref]*memoryTable
}

type memoryTable struct {
	version int64
	rows    map[string][]byte
}

func (m *memoryFeedStore) Load(ctx context.Context, mall Mall, shop string, row func(FeedChange) error) (int64, error) {
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

func (m *memoryFeedStore) Save(ctx context.Context, mall Mall, shop string, version int64, changes []FeedChange) error {
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
