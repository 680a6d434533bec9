package credential

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/atomicfile"
	"github.com/jpmall/jpmall/order"
)

// FileConfig configures a File.
type FileConfig struct {
	// the file; its folder must exist. A symbolic link is followed once, by OpenFile
	Path string

	// LockTimeout is how long a Save waits for another process; 0 means 10 s. The context may end
	// the wait earlier.
	LockTimeout time.Duration
}

// File is a Store in one JSON file that only its owner can read (mode 0600). It is safe for
// concurrent use by goroutines and by processes on one machine. Use one File per path and share it:
// concurrent saves are then written together.
//
// A save writes a new file beside the old one, syncs it, renames it over the old one and syncs the
// folder. So a reader finds either the old or the new content, complete, even after a crash at any
// point. Reads take no lock, and parse only what has changed.
//
// A file that group or others can read or write is refused, not repaired: it may have been read,
// and someone should know (chmod 600 and renew the keys). Windows has no such mode: protect the
// folder there. On Windows a save can also fail while another process reads; nothing has changed
// then. An empty file is refused; a missing one is an empty store.
//
// There are two more files beside path: path.lock, which remains, and path.tmp, which a killed
// process may leave and the next save removes. The lock is flock(2), on Windows an exclusive
// handle, and ends with its process; systems that have neither cannot save. It does not work across
// machines: do not use network file systems.
type File struct {
	path string
	wait time.Duration

	parsing sync.Mutex // held while the file is parsed or replaced, so that one parses for all

	mu     sync.Mutex
	cached snapshot
	queue  []*fileSave
	giveUp context.CancelFunc // of the committer that waits for the lock; nil without one
	works  bool               // a committer runs
}

// snapshot is a content of the file, and what identifies it.
type snapshot struct {
	doc  *document
	info fs.FileInfo
	head [headSize]byte // the beginning of the file, which holds the revision
}

const headSize = 64

// OpenFile returns a File. A missing file is an empty store, created by the first Save. An existing
// one must be a regular file that a File has written and that group and others cannot access.
func OpenFile(cfg FileConfig) (*File, error) {
	if cfg.Path == "" {
		return nil, errors.New("credential: file store: Path is empty")
	}
	if cfg.LockTimeout < 0 {
		return nil, errors.New("credential: file store: LockTimeout is negative")
	}
	path, err := filepath.Abs(cfg.Path)
	if err != nil {
		return nil, fmt.Errorf("credential: file store: %w", err)
	}
	// Two names of one file must share one lock, and a rename must not replace a link by a file.
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	} else if real, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		path = filepath.Join(real, filepath.Base(path))
	} else {
		return nil, fmt.Errorf("credential: file store: its folder: %w", err)
	}
	f := &File{path: path, wait: cfg.LockTimeout}
	if f.wait == 0 {
		f.wait = 10 * time.Second
	}
	if _, err := f.read(); err != nil {
		return nil, err
	}
	return f, nil
}

// Format prints the path, and nothing of the content.
func (f *File) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "credential.File(%s)", f.path) }

// Load returns the entry under the key; see Store.
func (f *File) Load(ctx context.Context, key string) (Entry, error) {
	if err := ctx.Err(); err != nil {
		return Entry{}, err
	}
	if err := checkEntry(key, nil); err != nil {
		return Entry{}, err
	}
	doc, err := f.read()
	if err != nil {
		return Entry{}, err
	}
	return doc.entry(key), nil
}

// read returns the current content, and parses it only if it is not the one parsed last. A rename
// may replace the file meanwhile; the open one stays complete.
func (f *File) read() (*document, error) {
	if f.path == "" {
		return nil, errors.New("credential: a File is made by OpenFile")
	}
	file, info, err := atomicfile.Open(f.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return new(document), nil
	case errors.Is(err, atomicfile.ErrNotRegular):
		return nil, fmt.Errorf("credential: file store: %w: %w", err, order.ErrInvalid)
	case err != nil:
		return nil, fmt.Errorf("credential: file store: %w", err)
	}
	defer file.Close()
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return nil,
			fmt.Errorf(
				"credential: file store: %s has mode %#o, others may have read it: chmod 600 it, and renew what is in it if they have: %w",
				f.path, mode, order.ErrForbidden)
	}
	now := snapshot{info: info}
	if _, err := file.ReadAt(now.head[:], 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("credential: file store: %w", err)
	}
	if doc := f.known(now); doc != nil {
		return doc, nil
	}
	f.parsing.Lock()
	defer f.parsing.Unlock()
	if doc := f.known(now); doc != nil {
		return doc, nil
	}
	content, err := io.ReadAll(io.LimitReader(file, MaxStore+1))
	if err != nil {
		return nil, fmt.Errorf("credential: file store: %w", err)
	}
	if now.doc, err = decodeDocument(content); err != nil {
		return nil, fmt.Errorf("credential: file store: %s: %w", f.path, err)
	}
	f.remember(now)
	return now.doc, nil
}

// same reports whether two snapshots are of one content. Every save makes another file with a
// higher revision; editing a file by hand changes its size or its time.
func (s snapshot) same(other snapshot) bool {
	return os.SameFile(s.info, other.info) && s.info.Size() == other.info.Size() &&
		s.info.ModTime().Equal(other.info.ModTime()) &&
		s.head == other.head
}

// known returns the content parsed last, if it is the current one.
func (f *File) known(now snapshot) *document {
	f.mu.Lock()
	last := f.cached
	f.mu.Unlock()
	if last.doc == nil || !last.same(now) {
		return nil
	}
	return last.doc
}

func (f *File) remember(s snapshot) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.cached = s
}
