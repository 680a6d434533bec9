package order

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"sync"

	"github.com/jpmall/jpmall/internal/atomicfile"
)

// FileFeedStore is a [FeedStore] with one file per shop in a folder. Save appends the changes and
// waits until they are on disk. When a file has grown to twice its content, it is rewritten beside
// the old one and put in its place. Every Save that returned nil survives a crash at any point and
// a full disk. No shop's file is open between calls.
//
// A folder has one owner at a time: until Close or the end of the process, no other FileFeedStore
// can open it. This needs a system with file locks (Linux, macOS, BSD, Windows); for a network file
// system, check whether its locks reach other machines.
type FileFeedStore struct {
	folder string
	lock   *atomicfile.Held
	mu     sync.Mutex
	shops  map[Ref]*shopFile // nil when closed
}

// NewFileFeedStore opens a folder and creates it if needed.
func NewFileFeedStore(folder string) (*FileFeedStore, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("order: feed store: %w", err)
	}
	path := filepath.Join(folder, ".lock")
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("order: feed store: %s is %w", path, errNoFile)
	}
	lock, err := atomicfile.TryLock(path)
	if errors.Is(err, atomicfile.ErrHeld) {
		return nil,
			fmt.Errorf(
				"order: feed store: %s is in use by another feed store, of this process or another: "+
					"end that one (Close) or take another folder", folder)
	}
	if err != nil {
		return nil, fmt.Errorf("order: feed store: lock %s: %w", folder, err)
	}
	return &FileFeedStore{folder: folder, lock: lock, shops: map[Ref]*shopFile{}}, nil
}

// Close waits for running calls and releases the folder. Load and Save fail afterwards.
func (f *FileFeedStore) Close() error {
	f.mu.Lock()
	shops := f.shops
	f.shops = nil
	f.mu.Unlock()
	if shops == nil {
		return nil
	}
	for _, s := range shops {
		s.mu.Lock()
		s.closed = true
		s.mu.Unlock()
	}
	return f.lock.Release()
}

var errClosed = errors.New("order: feed store: it is closed")

// Load implements [FeedStore].
func (f *FileFeedStore) Load(
	ctx context.Context, mall Mall, shop string, row func(FeedChange) error,
) (int64, error) {
	s, err := f.shop(ctx, mall, shop)
	if err != nil {
		return 0, err
	}
	defer s.mu.Unlock()
	version, err := s.load(row)
	return version, s.explain(err)
}

// Save implements [FeedStore].
func (f *FileFeedStore) Save(
	ctx context.Context, mall Mall, shop string, version int64, changes []FeedChange,
) error {
	s, err := f.shop(ctx, mall, shop)
	if err != nil {
		return err
	}
	defer s.mu.Unlock()
	return s.explain(s.save(version, changes))
}

// shop returns a shop's file, locked.
func (f *FileFeedStore) shop(ctx context.Context, mall Mall, shop string) (*shopFile, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	f.mu.Lock()
	if f.shops == nil {
		f.mu.Unlock()
		return nil, errClosed
	}
	name := Ref{Mall: mall, Shop: shop}
	s := f.shops[name]
	if s == nil {
		// PathEscape leaves no comma, so no two shops share a name.
		s = &shopFile{path: filepath.Join(f.folder,
			url.PathEscape(string(mall))+","+url.PathEscape(shop))}
		f.shops[name] = s
	}
	f.mu.Unlock()
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, errClosed
	}
	return s, nil
}

// shopFile is the log of one shop.
type shopFile struct {
	path   string // without its ending
	mu     sync.Mutex
	closed bool
	known  bool // end says how the file stands; there is none if end.good is zero
	end    logEnd
}

const (
	logEnding = ".log"
	oldEnding = ".json"  // one JSON document per shop, as an earlier version kept it
	logSlack  = 64 << 10 // by how much a log may outgrow twice its snapshot
)

// explain adds to an error which file it concerns and what to do.
func (s *shopFile) explain(err error) error {
	switch {
	case errors.Is(err, errDamaged):
		return fmt.Errorf(
			"file %s%s is %w: restore it from a backup, or remove it to read the shop again from FeedSource.From",
			s.path, logEnding, err)
	case errors.Is(err, errNoFile):
		return fmt.Errorf(
			"%w: a feed store keeps plain files only; remove it, or choose another folder", err)
	}
	return err
}

func (s *shopFile) load(row func(FeedChange) error) (int64, error) {
	file, err := openPlain(s.path+logEnding, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		err = s.loadOld(row)
		s.end, s.known = logEnd{}, err == nil
		return 0, err
	}
	if err != nil {
		return 0, err
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		return 0, err
	}
	s.known = false
	end, err := readLog(file, info.Size(), row)
	if err != nil {
		return 0, err
	}
	s.end, s.known = end, true
	return end.version, nil
}

// loadOld passes on the document of an earlier version.
func (s *shopFile) loadOld(row func(FeedChange) error) error {
	file, err := openPlain(s.path+oldEnding, os.O_RDONLY)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(file)
	if err != nil {
		return err
	}
	if err := row(FeedChange{Key: FeedKeyOld, Value: data}); err != nil {
		return fmt.Errorf("file %s%s: %w", s.path, oldEnding, err)
	}
	return nil
}

func (s *shopFile) save(version int64, changes []FeedChange) error {
	if !s.known {
		if _, err := s.load(func(FeedChange) error { return nil }); err != nil {
			return err
		}
	}
	if version != s.end.version {
		return conflict(version, s.end.version)
	}
	record := newRecord()
	for _, c := range changes {
		record = appendChange(record, c)
	}
	if len(record) > maxSave {
		return fmt.Errorf("order: feed store: %d bytes in one Save, more than %d", len(record),
			maxSave)
	}
	if s.end.good == 0 {
		return s.replace(version+1, func(do func(FeedChange) error) error {
			return each(changes, do)
		})
	}
	if err := s.append(sealRecord(record)); err != nil {
		return err
	}
	if s.end.good > 2*s.end.snapshot+logSlack {
		_ = s.compact() // the log is whole and will do as it is; the next Save tries again
	}
	return nil
}

func each(changes []FeedChange, do func(FeedChange) error) error {
	for _, c := range changes {
		if err := do(c); err != nil {
			return err
		}
	}
	return nil
}

// append writes a record where the log ends, over any remains of a failed write.
func (s *shopFile) append(record []byte) (err error) {
	file, err := openPlain(s.path+logEnding, os.O_WRONLY)
	if errors.Is(err, fs.ErrNotExist) {
		s.known = false
		return fmt.Errorf("order: feed store: %s%s has been removed while it was in use: %w",
			s.path, logEnding, err)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	if info.Size() < s.end.good {
		s.known = false
		return fmt.Errorf("%w: it was cut to %d bytes while it was in use", errDamaged, info.Size())
	}
	if info.Size() > s.end.good {
		if err := file.Truncate(s.end.good); err != nil {
			return err
		}
	}
	if _, err = file.WriteAt(record, s.end.good); err == nil {
		err = file.Sync()
	}
	if err != nil {
		return errors.Join(err, file.Truncate(s.end.good))
	}
	s.end.good += int64(len(record))
	s.end.version++
	return nil
}
