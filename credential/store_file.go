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

// FileConfig says where a File keeps its entries.
type FileConfig struct {
	Path string // the file; its folder must exist. A symbolic link is followed once, when the File is made

	// LockTimeout is how long a Save waits for another process; 0 means 10 s. The context may end the wait before.
	LockTimeout time.Duration
}

// File is a Store in one JSON file that only its owner may read (mode 0600). It is safe for concurrent use by goroutines and by
// processes on one machine. Make one File for a path and share it: saves that come together are written together.
//
// A save writes a new file beside the old one, syncs it, renames it over the old one and syncs the folder. So a reader, and
// whoever comes after a crash or a kill at any point, finds either the old or the new content, whole. Reads need no lock, and parse
// only what has changed.
//
// A file that group or others may read or write is refused, not repaired: what was readable may have been read, and a person
// should know (chmod 600 and renew the keys). Windows has no such mode: protect the folder there; and there a save can fail
// while another process reads, in which case nothing has changed. An empty file is refused, too: a missing one is an empty store.
//
// Beside path there are two more files: path.lock, which stays, and path.tmp, which a killed process may leave behind and the
// next save removes. The lock is flock(2) and ends with its process, however that ends (Windows: an exclusive handle); systems that
// have neither cannot save. It does not reach other machines: no network file systems.
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

// snapshot is a content of the file and by what it is known again.
type snapshot struct {
	doc  *document
	info fs.FileInfo
	head [headSize]byte // the beginning of the file, which holds the revision
}

const headSize = 64

// OpenFile makes a File. A missing file is an empty store and is made by the first Save; an existing one must be readable, ours
// and not open to others. What is no regular file is refused at once.
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

// Format prints the path, and nothing of what is stored.
func (f *File) Format(s fmt.State, _ rune) { fmt.Fprintf(s, "credential.File(%s)", f.path) }

// Load gives what is stored under the key.
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

// read gives the present content, parsed anew only when it is not the one that was parsed last. A rename may put a new file there
// meanwhile; the opened one stays whole.
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
		return nil, fmt.Errorf("credential: file store: %s has mode %#o, others may have read it: chmod 600 it, and renew what is in it if they have: %w",
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

// same reports whether two snapshots are of one content. Every save makes another file with a higher revision; who edits a file by
// hand changes its size or its time.
func (s snapshot) same(other snapshot) bool {
	return os.SameFile(s.info, other.info) && s.info.Size() == other.info.Size() && s.info.ModTime().Equal(other.info.ModTime()) &&
		s.head == other.head
}

// known is the content that was parsed last, if it is the one of now.
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
