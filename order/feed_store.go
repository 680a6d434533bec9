package order

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// FeedStore keeps what a Feed remembers of each shop: opaque bytes without personal data (order numbers, revisions, instants). It
// must be safe for concurrent use. When Save returns nil the bytes must survive a crash; a Save that fails must leave the old ones.
type FeedStore interface {
	// Load gives what was saved last for the shop, or nil when nothing was.
	Load(ctx context.Context, mall Mall, shop string) ([]byte, error)
	Save(ctx context.Context, mall Mall, shop string, state []byte) error
}

// NewMemoryFeedStore keeps the state in memory: for tests, and for consumers that read everything anew after a restart.
func NewMemoryFeedStore() FeedStore { return &memoryFeedStore{states: map[Ref][]byte{}} }

type memoryFeedStore struct {
	mu     sync.Mutex
	states map[Ref][]byte
}

func (m *memoryFeedStore) Load(ctx context.Context, mall Mall, shop string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.states[Ref{Mall: mall, Shop: shop}]), ctx.Err()
}

func (m *memoryFeedStore) Save(ctx context.Context, mall Mall, shop string, state []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.states[Ref{Mall: mall, Shop: shop}] = slices.Clone(state)
	return ctx.Err()
}

// NewFileFeedStore keeps one file per shop in a folder, which is made when it is not there. A file is replaced as a whole: killed at
// any point, the process leaves the old or the new state. Only one process may use the folder at a time.
func NewFileFeedStore(folder string) (FeedStore, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("order: feed store: %w", err)
	}
	return fileFeedStore{folder}, nil
}

type fileFeedStore struct{ folder string }

func (f fileFeedStore) path(mall Mall, shop string) string {
	return filepath.Join(f.folder, url.PathEscape(string(mall))+","+url.PathEscape(shop)+".json") // PathEscape leaves no comma
}

func (f fileFeedStore) Load(ctx context.Context, mall Mall, shop string) ([]byte, error) {
	data, err := os.ReadFile(f.path(mall, shop))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ctx.Err()
	}
	return data, err
}

func (f fileFeedStore) Save(ctx context.Context, mall Mall, shop string, state []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	target := f.path(mall, shop)
	temp, err := os.OpenFile(target+".tmp", os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600) // always the same, so that killed processes leave one
	if err != nil {
		return err
	}
	_, err = temp.Write(state)
	if err == nil {
		err = temp.Sync() // the bytes before the name, or a power cut leaves an empty file under it
	}
	if err = errors.Join(err, temp.Close()); err != nil {
		return err
	}
	if err = os.Rename(temp.Name(), target); err != nil {
		return err
	}
	folder, err := os.Open(f.folder)
	if err != nil {
		return nil // the new state is in place; a folder that cannot be opened cannot be synced
	}
	return errors.Join(folder.Sync(), folder.Close())
}
