package atomicfile

import (
	"context"
	"errors"
	"os"
	"time"
)

// Held is a lock that is held. It excludes other processes of this machine and other holders in this one, and ends when the
// process does, however that dies.
type Held struct{ file *os.File }

// TryLock takes the lock that the file at path stands for, or fails with ErrHeld. The file is made, mode 0600, and stays: a removed
// one could be locked by two at once. A symbolic link at path is refused.
func TryLock(path string) (*Held, error) {
	file, err := tryLock(path)
	if err != nil {
		return nil, err
	}
	return &Held{file}, nil
}

// Lock is TryLock that waits until the lock is free or the context ends, and then returns the context's error.
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

// Release gives the lock back. A second call fails and does nothing.
func (h *Held) Release() error { return h.file.Close() }
