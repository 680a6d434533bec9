package credential

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jpmall/jpmall/internal/atomicfile"
	"github.com/jpmall/jpmall/order"
)

// fileSave is one Save that waits for its turn. version and err are set before done is closed.
type fileSave struct {
	key     string
	value   []byte
	version string
	err     error
	done    chan struct{}
}

// Save stores a value; see Store. Saves that wait at the same time are written together, each with
// its own result. Waiting for saves of this process does not count towards LockTimeout; waiting for
// another process's lock does.
func (f *File) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	if err := checkEntry(key, value); err != nil {
		return "", err
	}
	if f.path == "" {
		return "", errors.New("credential: a File is made by OpenFile")
	}
	s := &fileSave{key: key, value: value, version: version, done: make(chan struct{})}
	f.mu.Lock()
	f.queue = append(f.queue, s)
	if !f.works {
		f.works = true
		go f.commit()
	}
	f.mu.Unlock()
	select {
	case <-s.done:
	case <-ctx.Done():
		if f.withdraw(s) {
			return "", ctx.Err()
		}
		<-s.done // it is being written
	}
	return s.version, s.err
}

// withdraw removes a save from the queue; false when it is no longer there.
func (f *File) withdraw(s *fileSave) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	at := slices.Index(f.queue, s)
	if at < 0 {
		return false
	}
	f.queue = slices.Delete(f.queue, at, at+1)
	if len(f.queue) == 0 && f.giveUp != nil {
		f.giveUp()
	}
	return true
}

// commit works until the queue is empty. It serves the saves that wait, and ends without any.
func (f *File) commit() {
	for {
		ctx, cancel := context.WithTimeout(context.Background(), f.wait)
		f.mu.Lock()
		if len(f.queue) == 0 {
			f.works = false
			f.mu.Unlock()
			cancel()
			return
		}
		f.giveUp = cancel
		f.mu.Unlock()
		lock, err := atomicfile.Lock(ctx, f.path+".lock")
		cancel()
		f.mu.Lock()
		batch := f.queue
		f.queue, f.giveUp = nil, nil
		f.mu.Unlock()
		switch {
		case errors.Is(err, context.DeadlineExceeded):
			err = fmt.Errorf(
				"credential: file store: the lock of %s was held by another process (or another File of this program) for %s: %w", f.path, f.wait, order.ErrLocalLimit)
		case errors.Is(err, context.Canceled):
			// All were withdrawn; saves queued since then have not waited yet.
			f.mu.Lock()
			f.queue = append(batch, f.queue...)
			f.mu.Unlock()
			continue
		case err != nil:
			err = fmt.Errorf("credential: file store: %w", err)
		default:
			err = f.write(batch)
			err = errors.Join(err, lock.Release())
		}
		for _, s := range batch {
			if err != nil && s.err == nil {
				s.version, s.err = "", err
			}
			close(s.done)
		}
	}
}

// write applies a batch to the current content and replaces the file once. A save with a conflict,
// or for which there is no room, gets its own error; the error of write is that of all others. The
// caller holds the lock.
func (f *File) write(batch []*fileSave) error {
	if len(batch) == 0 {
		return nil
	}
	old, err := f.read()
	if err != nil {
		return err
	}
	doc := old.clone()
	for _, s := range batch {
		s.version, s.err = doc.swap(s.key, s.value, s.version)
	}
	if doc.revision == old.revision {
		return nil // nothing has changed
	}
	content, err := doc.encode()
	if err != nil {
		return err
	}
	f.parsing.Lock()
	defer f.parsing.Unlock()
	info, err := atomicfile.Replace(f.path, content)
	if err != nil {
		return fmt.Errorf("credential: file store: %w", err)
	}
	now := snapshot{doc: doc, info: info}
	copy(now.head[:], content)
	f.remember(now)
	return nil
}
