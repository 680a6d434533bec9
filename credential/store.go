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

	"github.com/jpmall/jpmall/order"
)

// Limits of a store. Bigger values are refused before anything is written.
const (
	MaxKey   = 512      // bytes of a key
	MaxValue = 8 << 20  // bytes of one value
	MaxStore = 64 << 20 // bytes of a whole file
)

// Entry is one stored value and the version it has. A zero Entry means that nothing is stored.
type Entry struct {
	Value   []byte // JSON, plain, perhaps secret; the caller's own
	Version string // opaque; changes with every save and never comes back
}

// Format prints the version and the length of the value.
func (e Entry) Format(f fmt.State, _ rune) {
	fmt.Fprintf(f, "entry %s of %d bytes", e.Version, len(e.Value))
}

// LogValue is what Format prints.
func (e Entry) LogValue() slog.Value { return slog.StringValue(fmt.Sprint(e)) }

// Store keeps small JSON values under keys. Both built-in stores, Memory and File, are safe for concurrent use; so must any
// other be. Values may be secret: a store for tokens must be one that only the program can read.
//
// Save is a compare-and-swap: it stores the value only if the version is still the one that was loaded ("" means that nothing
// may be there yet), and gives the new version. If somebody else was faster, nothing is stored and the error is one for which
// errors.Is(err, order.ErrConflict) holds: load again. A nil value removes the entry. When Save returns without an error, the
// value survives the death of the process (Memory excepted). After any other error it may or may not be stored.
type Store interface {
	Load(ctx context.Context, key string) (Entry, error)
	Save(ctx context.Context, key string, value []byte, version string) (string, error)
}

// checkEntry is what every store refuses. It never quotes the value, which may be secret.
func checkEntry(key string, value []byte) error {
	switch {
	case key == "" || len(key) > MaxKey || !utf8.ValidString(key):
		return fmt.Errorf("credential: store: a key is 1 to %d bytes of UTF-8: %w", MaxKey, order.ErrInvalid)
	case len(value) > MaxValue:
		return fmt.Errorf("credential: store: %q: %d bytes, more than %d: %w", key, len(value), MaxValue, order.ErrLocalLimit)
	case value != nil && !json.Valid(value):
		return fmt.Errorf("credential: store: %q: the value is not JSON: %w", key, order.ErrInvalid)
	}
	return nil
}

func conflict(key string) error {
	return fmt.Errorf("credential: store: %q was changed by somebody else: %w", key, order.ErrConflict)
}

// Memory is a Store that forgets when the program ends: for tests, and for programs whose keys live elsewhere. The zero Memory
// is empty and ready; it must not be copied.
type Memory struct {
	mu       sync.Mutex
	revision uint64
	entries  map[string]*Entry // behind pointers, which fmt does not follow
}

// Format prints how much is stored, and nothing of it.
func (m *Memory) Format(f fmt.State, _ rune) {
	m.mu.Lock()
	defer m.mu.Unlock()
	fmt.Fprintf(f, "credential.Memory(%d entries)", len(m.entries))
}

// Load gives a copy of what is stored.
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

// Save stores a copy.
func (m *Memory) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
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

// updateTries bounds Update. Each lost race means that somebody else has won one, so this many in a row are a fault elsewhere.
const updateTries = 50

// Update loads a value, lets change make a new one of it, and saves that; if somebody else saved in between, it starts again
// with their value. change gets nil where nothing is stored; it may be called several times and must not have effects of its
// own. When it gives nil, the entry is removed; when it fails, nothing is saved and its error is returned as it is.
func Update(ctx context.Context, store Store, key string, change func(old []byte) ([]byte, error)) error {
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
		if err := wait(ctx, time.Duration(rand.Int64N(int64(try+1)))*time.Millisecond); err != nil {
			return err
		}
	}
}

// wait returns after d, or with the context's error.
func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}
