// Package pause waits. It imports nothing of ours, so that order and credential use it.
package pause

import (
	"context"
	"time"
)

// For waits for d, or until ctx ends, and returns the error of ctx if it has ended.
func For(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	return ctx.Err()
}
