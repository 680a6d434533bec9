package atomicfile

import (
	"context"
	"errors"
	"os"
	"time"
)

// Held is a lock that is held. It excludes other processes of this machine and other holders in
// this one. It ends with the process at the latest.
type Held struct{ file *os.File }

// TryLock takes the lock of the file at path, or fails with ErrHeld. The file is created, mode
// 0600, and never removed, since two processes could then lock different files. A symbolic link at
// path is refused.
func TryLock(path string) (*Held, error) {
	file, err := tryLock(path)
	if err != nil {
		return nil, err
	}
	return &Held{file}, nil
}

// Lock is like TryLock but waits until the lock is free, or returns ctx's error.
func Lock(ctx context.Context, path string) (*Held, error) {
	// Waiting in the kernel could not be cancelled.
	for pause := time.Millisecond; ; pause = min(2*pause, 25*time.Millisecond) {
		held, err := TryLock(path)
		if !errors.Is(err, ErrHeld) {
			return held, err
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-ctx.Done():
			timer.Stop()
			return nil, ctx.Err()
		}
	}
}

// Release releases the lock. A second call fails and does nothing.
func (h *Held) Release() error { return h.file.Close() }
