package pause_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/pause"
)

func TestFor(t *testing.T) {
	for name, c := range map[string]struct {
		wait, limit, took time.Duration
		err               error
	}{
		"over":         {wait: time.Minute, limit: time.Hour, took: time.Minute},
		"none":         {limit: time.Hour},
		"ended within": {wait: time.Hour, limit: time.Minute, took: time.Minute, err: context.DeadlineExceeded},
		"ended before": {wait: time.Hour, limit: -time.Second, err: context.DeadlineExceeded},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				begin := time.Now()
				ctx, cancel := context.WithTimeout(t.Context(), c.limit)
				defer cancel()
				require.ErrorIs(t, pause.For(ctx, c.wait), c.err)
				require.Equal(t, c.took, time.Since(begin))
			})
		})
	}
}
