package credential

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/jpmall/jpmall/internal/pause"
	"github.com/jpmall/jpmall/order"
)

// Limits of a store. Larger values are refused before anything is written.
const (
	MaxKey   = 512      // bytes of a key
	MaxValue = 8 << 20  // bytes of one value
	MaxStore = 64 << 20 // bytes of a whole File
)

// Entry is a stored value and its version. The zero Entry means that nothing is stored.
type Entry struct {
	Value   []byte // JSON, unencrypted, may be secret; the caller may modify it
	Version string // opaque; changes with every save and is never used again
}

// Format prints the version and the length of the value, but not the value.
func (e Entry) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "entry %s of %d bytes", e.Version, len(e.Value))
}

// LogValue returns what Format prints.
func (e Entry) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(e)) }

// Store keeps small JSON values under keys. Memory and File implement it. A Store must be safe for
// concurrent use. Values may be secret: only the program may be able to read a store for tokens.
//
// Save is a compare-and-swap. It stores the value only if the version is still the one that was
// loaded ("" if nothing was stored), and returns the new version. If the entry was changed in
// between, nothing is stored, and errors.Is(err, [order.ErrConflict]) holds: load again. A nil
// value removes the entry. When Save returns without an error, the value survives the end of the
// process (except in Memory). After any other error it may or may not be stored.
type Store interface {
	Load(ctx context.Context, key string) (Entry, error)
	Save(ctx context.Context, key string, value []byte, version string) (string, error)
}

// checkEntry returns what every store refuses. It never quotes the value, which may be secret.
func checkEntry(key string, value []byte) error {
	switch {
	case key == "" || len(key) > MaxKey || !utf8.ValidString(key):
		return fmt.Errorf("credential: store: a key is 1 to %d bytes of UTF-8: %w", MaxKey,
			order.ErrInvalid)
	case len(value) > MaxValue:
		return fmt.Errorf("credential: store: %q: %d bytes, more than %d: %w", key, len(value),
			MaxValue, order.ErrLocalLimit)
	case value != nil && !json.Valid(value):
		return fmt.Errorf("credential: store: %q: the value is not JSON: %w", key, order.ErrInvalid)
	}
	return nil
}

func conflict(key string) error {
	return fmt.Errorf("credential: store: %q was changed by somebody else: %w", key,
		order.ErrConflict)
}

// Memory is a Store that is lost when the program ends: for tests, and for programs whose keys are
// kept elsewhere. The zero Memory is empty and ready to use. It must not be copied.
type Memory struct {
	mu       sync.Mutex
	revision uint64
	entries  map[string]*Entry // behind pointers, which fmt does not follow
}

// Format prints the number of entries, and nothing of their content.
func (m *Memory) Format(f fmt.State, _ rune) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fmt.Fprintf(f, "credential.Memory(%d entries)", len(m.entries))
}

// Load returns a copy of the entry; see Store.
func (m *Memory) Load(ctx context.Context, key string) (Entry, error) {
	if err := ctx.Err(); err != nil {
		return Entry{}, err
	}
	if err := checkEntry(key, nil); err != nil {
		return Entry{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	e := m.entries[key]
	if e == nil {
		return Entry{}, nil
	}
	return Entry{bytes.Clone(e.Value), e.Version}, nil
}

// Save stores a copy of the value; see Store.
func (m *Memory) Save(
	ctx context.Context, key string, value []byte, version string,
) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := checkEntry(key, value); err != nil {
		return "", err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	old := m.entries[key]
	if old == nil && version != "" || old != nil && old.Version != version {
		return "", conflict(key)
	}
	if value == nil {
		delete(m.entries, key)
		return "", nil
	}
	if m.entries == nil {
		m.entries = make(map[string]*Entry)
	}
	m.revision++
	e := &Entry{bytes.Clone(value), strconv.FormatUint(m.revision, 10)}
	m.entries[key] = e
	return e.Version, nil
}

// updateTries limits Update. Each conflict means that another save succeeded, so this many in a row
// indicate a fault elsewhere.
const updateTries = 50

// Update loads a value, passes it to change, and saves the result. If the value was changed in
// between, it starts again with the new one. change receives nil when nothing is stored; it may be
// called several times and must have no side effects. When it returns nil, the entry is removed.
// When it fails, nothing is saved and its error is returned unchanged.
func Update(
	ctx context.Context, store Store, key string, change func(old []byte) ([]byte, error),
) error {
	for try := 0; ; try++ {
		old, err := store.Load(ctx, key)
		if err != nil {
			return err
		}
		value, err := change(old.Value)
		if err != nil {
			return err
		}
		if value == nil && old.Version == "" {
			return nil
		}
		_, err = store.Save(ctx, key, value, old.Version)
		if !errors.Is(err, order.ErrConflict) || try == updateTries {
			return err
		}
		most := int64(try + 1)
		if err := pause.For(ctx, time.Duration(rand.Int64N(most))*time.Millisecond); err != nil {
			return err
		}
	}
}
