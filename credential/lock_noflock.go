//go:build !(linux || darwin || freebsd || netbsd || openbsd || dragonfly)

package credential

import "context"

// lockFlock stands in where there is no flock.
func lockFlock(ctx context.Context, path string) (lockHandle, error) { return lockExclusive(ctx, path) }
