package transport_test

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
)

// line lets callers wait for one limiter, and notes in which order they were served.
type line struct {
	limiter interface{ Wait(context.Context) error }
	group   sync.WaitGroup
	mu      sync.Mutex
	served  string
	at      []time.Duration
	start   time.Time
}

func newLine(every time.Duration) *line {
	return &line{limiter: transport.NewLimiter(transport.Quota{Every: every}), start: time.Now()}
}

// join puts a caller behind those who wait.
func (l *line) join(ctx context.Context, name string) {
	l.group.Go(func() {
		if l.limiter.Wait(ctx) != nil {
			return
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		l.served += name
		l.at = append(l.at, time.Since(l.start))
	})
	synctest.Wait()
}

func TestWritesGoBeforeReads(t *testing.T) {
	for name, c := range map[string]struct{ joined, want string }{
		"a write overtakes the reads":                  {"rrrrrw", "rwrrrr"},
		"writes in the order in which they came":       {"rr123", "r123r"},
		"reads in the order in which they came":        {"abcdw", "awbcd"},
		"after four writes a read":                     {"rabcwwwwwwwwww", "rwwwwawwwwbwwc"},
		"without reads nobody is waited for":           {"wwwwwwww", "wwwwwwww"},
		"writes before a read came do not count":       {"wwwr", "wwwr"},
		"reads that came while writes were being sent": {"wwwwwwrr", "wwwwwrwr"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLine(time.Second)
				for _, kind := range c.joined {
					ctx := t.Context()
					if kind == 'w' || kind >= '1' && kind <= '9' {
						ctx = transport.Writing(ctx)
					}
					l.join(ctx, string(kind))
				}
				l.group.Wait()
				require.Equal(t, c.want, l.served)
				for i, at := range l.at {
					require.Equal(t, time.Duration(i)*time.Second, at, "no token is lost")
				}
			})
		})
	}
}

// A write comes while a read is at the head already and half of its wait is over: it takes the
// token that the read waited for.
func TestAWriteWaitsForTheNextTokenOnly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(10 * time.Second)
		for range 50 {
			l.join(t.Context(), "r")
		}
		time.Sleep(34 * time.Second)
		l.join(transport.Writing(t.Context()), "w")
		l.group.Wait()
		require.Equal(t, "rrrrw", l.served[:5])
		require.Equal(t, 40*time.Second, l.at[4])
	})
}

// Whoever gives up, as the head or behind it, leaves no hole and takes no token.
func TestGivingUpInEitherLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(10 * time.Second)
		l.join(t.Context(), "r")
		for i := range 8 {
			ctx := t.Context()
			if i%2 == 0 {
				ctx = transport.Writing(ctx)
			}
			ctx, cancel := context.WithCancel(ctx)
			defer cancel()
			if i/2%2 == 0 { // the first write, the first read, the third ones
				time.AfterFunc(time.Duration(1+i)*time.Second, cancel)
			}
			l.join(ctx, fmt.Sprint(i))
		}
		l.group.Wait()
		require.Equal(t, "r2637", l.served)
		require.Equal(t, seconds(0, 10, 20, 30, 40), l.at)
	})
}

// A read whose turn it is after four writes gives up: the writes go on.
func TestGivingUpAtOnesTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(10 * time.Second)
		l.join(t.Context(), "r")
		impatient, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		ctx, leave := context.WithCancel(impatient)
		time.AfterFunc(45*time.Second, leave)
		l.join(ctx, "R")
		for range 7 {
			l.join(transport.Writing(impatient), "w")
		}
		l.group.Wait()
		require.Equal(t, "rwwwwwww", l.served)
		require.Equal(t, seconds(0, 10, 20, 30, 40, 50, 60, 70), l.at)
	})
}

// An operation that is no read counts as a write by itself.
func TestOperationsThatWriteGoFirst(t *testing.T) {
	quota := transport.Quota{Every: time.Second, Group: "all"}
	var mu sync.Mutex
	var sent []string
	note := func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, strings.TrimPrefix(r.URL.Path, "/api"))
	}
	bubble(t, serve(note), func(c *transport.Config) {
		for i := range c.Operations {
			c.Operations[i].Quota = quota
		}
	}, func(t *testing.T, c *transport.Client) {
		var group sync.WaitGroup
		for _, op := range []transport.Operation{search, search, search, search, memo, ship} {
			group.Go(func() {
				_, err := c.Do(t.Context(), transport.Call{Operation: op})
				require.NoError(t, err)
			})
			synctest.Wait()
		}
		group.Wait()
		require.Equal(t, []string{search.Path, memo.Path, ship.Path, search.Path, search.Path, search.Path}, sent)
	})
}
