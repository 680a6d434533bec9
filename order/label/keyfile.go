package label

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
)

// File is a [KeyStore] in a file that only its owner may read: a line of JSON per saved entry, of
// which the last for a key is valid. Each Save appends in one write and syncs, so a crash loses
// nothing that was saved. It is safe for concurrent use, and for several programs on one machine
// if its file system appends atomically.
type File struct {
	mu     sync.Mutex
	path   string
	read   int64 // how many bytes of the file are in memory
	memory *Memory
}

// OpenFile opens the file; the first Save creates it. Its folder must exist.
func OpenFile(path string) (*File, error) {
	f := &File{path: path, memory: NewMemory()}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f, f.catchUp()
}

// Save implements [KeyStore].
func (f *File) Save(ctx context.Context, entries ...Entry) error {
	if err := ctx.Err(); err != nil || len(entries) == 0 {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := f.catchUp(); err != nil {
		return err
	}
	if err := f.memory.check(entries); err != nil {
		return err
	}
	var lines bytes.Buffer
	enc := json.NewEncoder(&lines)
	for _, e := range entries {
		if err := enc.Encode(e); err != nil {
			return fmt.Errorf("label: key file: %w", err)
		}
	}
	if err := f.append(lines.Bytes()); err != nil {
		return fmt.Errorf("label: key file: %w", err)
	}
	return f.catchUp()
}

func (f *File) append(lines []byte) (err error) {
	out, err := os.OpenFile(f.path, os.O_CREATE|os.O_RDWR|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	// A line that a crash cut off is ended, so that it is skipped and the next one is whole.
	if end, err := out.Seek(0, io.SeekEnd); err == nil && end > 0 {
		last := make([]byte, 1)
		if _, err := out.ReadAt(last, end-1); err == nil && last[0] != '\n' {
			lines = append([]byte{'\n'}, lines...)
		}
	}
	if _, err := out.Write(lines); err != nil {
		return err
	}
	return out.Sync()
}

// catchUp reads what this or another program has appended since.
func (f *File) catchUp() error {
	in, err := os.Open(f.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("label: key file: %w", err)
	}
	defer in.Close()
	if _, err := in.Seek(f.read, io.SeekStart); err != nil {
		return fmt.Errorf("label: key file: %w", err)
	}
	data, err := io.ReadAll(in)
	if err != nil {
		return fmt.Errorf("label: key file: %w", err)
	}
	for {
		line, rest, whole := bytes.Cut(data, []byte("\n"))
		if !whole {
			return nil
		}
		f.read += int64(len(line)) + 1
		data = rest
		var e Entry
		if len(line) == 0 {
			continue
		}
		if err := json.Unmarshal(line, &e); err != nil || e.Key == "" {
			continue // cut off by a crash while it was written: that Save did not succeed
		}
		f.memory.put([]Entry{e})
	}
}

// Load implements [KeyStore].
func (f *File) Load(ctx context.Context, keysOrMatches ...string) ([]Entry, error) {
	if err := f.refresh(ctx); err != nil {
		return nil, err
	}
	return f.memory.Load(ctx, keysOrMatches...)
}

// Waiting implements [KeyStore].
func (f *File) Waiting(ctx context.Context, layout string) ([]Entry, error) {
	if err := f.refresh(ctx); err != nil {
		return nil, err
	}
	return f.memory.Waiting(ctx, layout)
}

func (f *File) refresh(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.catchUp()
}
