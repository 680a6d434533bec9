//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package credential

import (
	"context"
	"errors"
	"fmt"
	"os"
	"syscall"
)

// lockFlock locks with flock(2): the kernel lets go when the process dies, however it dies. It excludes other goroutines, too,
// since each call opens the file anew. The lock file is never removed: a removed one could be locked by two at once.
func lockFlock(ctx context.Context, path string) (lockHandle, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("credential: file store: %w", err)
	}
	err = poll(ctx, func() (bool, error) {
		err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
			return false, nil
		}
		return err == nil, err
	})
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return flocked{file}, nil
}

type flocked struct{ file *os.File }

func (flocked) held() error { return nil }

// release closes the file, which unlocks it.
func (l flocked) release() error { return l.file.Close() }
