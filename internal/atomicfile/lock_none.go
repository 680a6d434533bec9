//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly || windows)

package atomicfile

import (
	"errors"
	"fmt"
	"os"
)

// tryLock fails: no lock is known on this system that ends with its process.
func tryLock(path string) (*os.File, error) {
	return nil, fmt.Errorf("%s: files cannot be locked on this system: %w", path,
		errors.ErrUnsupported)
}
