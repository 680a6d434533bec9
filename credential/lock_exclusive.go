package credential

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// staleAfter is how old a lock file must be to be taken for a dead process's. A save takes milliseconds.
const staleAfter = time.Minute

// lockExclusive locks by being the one who creates a file: "x.locked" where flock would lock "x.lock". It works wherever exclusive creation does, but the
// file outlives a killed process, so that the next one has to wait until it is stale.
func lockExclusive(ctx context.Context, path string) (lockHandle, error) {
	l := exclusive{path: path + "ed", token: rand.Text()}
	err := poll(ctx, func() (bool, error) {
		file, err := os.OpenFile(l.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if errors.Is(err, fs.ErrExist) {
			return false, breakStale(l.path, l.token)
		}
		if err != nil {
			return false, fmt.Errorf("credential: file store: %w", err)
		}
		_, err = file.WriteString(l.token)
		if err = errors.Join(err, file.Close()); err != nil {
			return false, errors.Join(fmt.Errorf("credential: file store: %w", err), removeIfThere(l.path))
		}
		return true, nil
	})
	if err != nil {
		return nil, err
	}
	return l, nil
}

// breakStale moves a dead process's lock away. Two that find it at once both rename, and the slower one might move away the
// faster one's fresh lock; it then sees that what it holds is young and puts it back.
func breakStale(path, token string) error {
	info, err := os.Stat(path)
	if err != nil || time.Since(info.ModTime()) < staleAfter {
		return nil // gone or young: just try again
	}
	aside := path + "." + token
	if err := os.Rename(path, aside); err != nil {
		return nil // somebody else was faster
	}
	if info, err := os.Stat(aside); err == nil && time.Since(info.ModTime()) < staleAfter {
		// Link refuses to replace a lock that was made meanwhile; its owner then finds out in held.
		if err := os.Link(aside, path); err != nil && !errors.Is(err, fs.ErrExist) {
			return errors.Join(fmt.Errorf("credential: file store: putting a lock back: %w", err), removeIfThere(aside))
		}
	}
	return removeIfThere(aside)
}

type exclusive struct{ path, token string }

// held tells whether the lock still is ours.
func (l exclusive) held() error {
	if content, err := os.ReadFile(l.path); err != nil || string(content) != l.token {
		return errors.New("the lock was broken by another process meanwhile; nothing was saved")
	}
	return nil
}

func (l exclusive) release() error {
	if l.held() != nil {
		return nil // not ours any more: it is not for us to remove
	}
	return removeIfThere(l.path)
}

// poll tries until it succeeds, fails, or the context ends. Waiting in the kernel could not be cancelled.
func poll(ctx context.Context, try func() (bool, error)) error {
	for pause := time.Millisecond; ; pause = min(2*pause, 50*time.Millisecond) {
		if done, err := try(); done || err != nil {
			return err
		}
		if err := wait(ctx, pause); err != nil {
			return err
		}
	}
}
