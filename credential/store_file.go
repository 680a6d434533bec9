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
	"time"

	"github.com/jpmall/jpmall/order"
)

// FileConfig says where a File keeps its entries.
type FileConfig struct {
	Path string // the file; its folder must exist. A symbolic link is followed once, when the File is made

	// LockFile locks by making a file rather than by flock(2): for file systems on which flock does not reach other machines.
	// All programs that share the file must agree on it. Systems without flock always use it. See File for its one weakness.
	LockFile bool

	// LockTimeout is how long Save waits for another process; 0 means 10 s. The context may end the wait before.
	LockTimeout time.Duration
}

// File is a Store in one JSON file that only its owner may read (mode 0600). It is safe for concurrent use by goroutines and by
// processes on one machine.
//
// A save writes a new file beside the old one, syncs it, renames it over the old one and syncs the folder. So a reader, and
// whoever comes after a crash or a kill at any point, finds either the old or the new content, whole. Reads need no lock.
//
// A file that group or others may read or write is refused, not repaired: what was readable may have been read, and a person
// should know (chmod 600 and renew the keys). Windows has no such mode: protect the folder there; and there a save can fail
// while another process reads, in which case nothing has changed.
//
// Beside path there are two more files: path.lock, which stays, and path.tmp, which a killed process may leave behind and the
// next save removes. With FileConfig.LockFile, a lock that is older than a minute is taken for a dead process's and broken; a
// process that was suspended for that long while it saved finds out before it renames and starts no write of its own.
type File struct {
	path string
	turn chan struct{} // held by the goroutine that saves
	lock func(ctx context.Context, path string) (lockHandle, error)
	wait time.Duration
}

// lockHandle is a lock that is held.
type lockHandle interface {
	held() error // an error if it was lost meanwhile
	release() error
}

// OpenFile makes a File. A missing file is an empty store and is made by the first Save; an existing one must be readable, ours
// and not open to others.
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
	f := &File{path: path, turn: make(chan struct{}, 1), lock: lockFlock, wait: cfg.LockTimeout}
	if cfg.LockFile {
		f.lock = lockExclusive
	}
	if f.wait == 0 {
		f.wait = 10 * time.Second
	}
	_, err = f.read()
	return f, err
}

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
	return doc.entry(key)
}

// Save stores a value; see Store.
func (f *File) Save(ctx context.Context, key string, value []byte, version string) (saved string, err error) {
	if err := checkEntry(key, value); err != nil {
		return "", err
	}
	if f.path == "" {
		return "", errors.New("credential: a File is made by OpenFile")
	}
	limited, cancel := context.WithTimeout(ctx, f.wait)
	defer cancel()
	lock, err := f.acquire(limited)
	if err != nil {
		if ctx.Err() == nil && limited.Err() != nil {
			err = fmt.Errorf("credential: file store: another process held the lock for %s: %w", f.wait, order.ErrLocalLimit)
		}
		return "", err
	}
	defer func() {
		err = errors.Join(err, lock.release())
		<-f.turn
	}()
	doc, err := f.read()
	if err != nil {
		return "", err
	}
	if saved, err = doc.swap(key, value, version); err != nil {
		return "", err
	}
	content, err := doc.encode()
	if err != nil {
		return "", err
	}
	if err := ctx.Err(); err != nil {
		return "", err // the last moment at which nothing has happened
	}
	if err := f.replace(content, lock); err != nil {
		return "", err
	}
	return saved, nil
}

// acquire takes the turn among our goroutines, then the lock among processes.
func (f *File) acquire(ctx context.Context) (lockHandle, error) {
	select {
	case f.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	lock, err := f.lock(ctx, f.path+".lock")
	if err != nil {
		<-f.turn
		return nil, err
	}
	return lock, nil
}

// read opens the file and checks it. A rename may put a new file there meanwhile; the opened one stays whole.
func (f *File) read() (document, error) {
	if f.path == "" {
		return document{}, errors.New("credential: a File is made by OpenFile")
	}
	file, err := os.Open(f.path)
	if errors.Is(err, fs.ErrNotExist) {
		return document{}, nil
	}
	if err != nil {
		return document{}, fmt.Errorf("credential: file store: %w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return document{}, fmt.Errorf("credential: file store: %w", err)
	}
	if !info.Mode().IsRegular() {
		return document{}, fmt.Errorf("credential: file store: %s is not a regular file: %w", f.path, order.ErrInvalid)
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 && runtime.GOOS != "windows" {
		return document{}, fmt.Errorf("credential: file store: %s has mode %#o, others may have read it: chmod 600 it, and renew what is in it if they have: %w",
			f.path, mode, order.ErrForbidden)
	}
	content, err := io.ReadAll(io.LimitReader(file, MaxStore+1))
	if err != nil {
		return document{}, fmt.Errorf("credential: file store: %w", err)
	}
	doc, err := decodeDocument(content)
	if err != nil {
		return document{}, fmt.Errorf("credential: file store: %s: %w", f.path, err)
	}
	return doc, nil
}

// replace is the atomic step. The temporary file has a fixed name: only the holder of the lock writes it, and what a killed
// process left there is removed rather than piling up.
func (f *File) replace(content []byte, lock lockHandle) error {
	temporary := f.path + ".tmp"
	if err := os.Remove(temporary); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("credential: file store: %w", err)
	}
	err := writeSynced(temporary, content)
	if err == nil {
		err = lock.held()
	}
	if err == nil {
		err = os.Rename(temporary, f.path)
	}
	if err != nil {
		return fmt.Errorf("credential: file store: %w", errors.Join(err, removeIfThere(temporary)))
	}
	return syncFolder(filepath.Dir(f.path))
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func writeSynced(path string, content []byte) error {
	// O_EXCL also refuses a link that somebody has put there.
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}

// syncFolder makes the rename itself survive a loss of power. Windows cannot sync a folder; its rename is journalled.
func syncFolder(path string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	folder, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("credential: file store: %w", err)
	}
	if err := errors.Join(folder.Sync(), folder.Close()); err != nil {
		return fmt.Errorf("credential: file store: saved, but its folder could not be synced: %w", err)
	}
	return nil
}
