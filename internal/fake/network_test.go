package fake_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/fake"
)

// settled waits until no more goroutines run than before, and says which do if that never happens.
func settled(t *testing.T, before int) {
	t.Helper()
	for range 12000 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	stacks := make([]byte, 1<<20)
	t.Fatalf("goroutines are left:\n%s", stacks[:runtime.Stack(stacks, true)])
}

func TestNothingRunsAfterClose(t *testing.T) {
	before := runtime.NumGoroutine()
	s := newShelf()
	network := fake.Transport(&s.handler)
	base, stop, err := fake.Listen(&s.handler)
	require.NoError(t, err)
	transport := &http.Transport{}
	var wg sync.WaitGroup
	for _, client := range []*http.Client{{Transport: network}, {Transport: transport}} {
		for range 8 {
			wg.Go(func() {
				for range 5 {
					_ = send(t.Context(), client, base, "read", "")
				}
			})
		}
	}
	wg.Wait()
	require.Equal(t, 80, s.log.Count("read"))
	network.Close()
	stop()
	transport.CloseIdleConnections()
	settled(t, before)

	closed := send(t.Context(), &http.Client{Transport: network}, base, "read", "")
	require.ErrorIs(t, closed.err, net.ErrClosed)
	network.Close() // twice is as good as once
	stop()
}

func TestCloseEndsCallsInFlight(t *testing.T) {
	for _, kind := range []string{fake.Delayed, fake.SlowBody} {
		t.Run(kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newShelf()
				require.NoError(t, s.faults.Add(fake.Fault{Kind: kind, Delay: time.Hour}))
				network := fake.Transport(&s.handler)
				got := make(chan answer, 1)
				go func() { got <- send(t.Context(), &http.Client{Transport: network}, "http://mall", "read", "") }()
				time.Sleep(time.Minute)
				began := time.Now()
				network.Close()
				a := <-got
				require.True(t, a.err != nil || a.bodyErr != nil)
				require.Zero(t, time.Since(began))
			})
		})
	}
}

func TestCloseWaitsForTheHandler(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		left := false
		network := fake.Transport(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			time.Sleep(time.Second)
			left = true
		}))
		go send(t.Context(), &http.Client{Transport: network}, "http://mall", "read", "")
		synctest.Wait()
		network.Close()
		require.True(t, left)
	})
}

// TestNothingRunsWhenIdle does not close the network: the bubble itself fails when a goroutine is
// left at its end.
func TestNothingRunsWhenIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		client := &http.Client{Transport: fake.Transport(&s.handler)}
		for range 3 {
			require.Equal(t, 200, send(t.Context(), client, "http://mall", "read", "").status)
		}
		time.Sleep(11 * time.Second)
	})
}

func TestKeepAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		peers := make(map[net.Addr]int)
		closing := false
		network := fake.Transport(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			conn := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
			peers[conn]++
			if closing {
				w.Header().Set("Connection", "close")
			}
			_, _ = io.WriteString(w, r.Host+" "+r.Proto)
		}))
		defer network.Close()
		client := &http.Client{Transport: network}
		for range 3 {
			require.Equal(t, "api.mall.example HTTP/1.1",
				send(t.Context(), client, "https://api.mall.example", "x", "").body)
		}
		client.CloseIdleConnections()
		synctest.Wait()
		closing = true
		require.Equal(t, "auth.mall.example HTTP/1.1",
			send(t.Context(), client, "http://auth.mall.example", "x", "").body)
	})
}

func TestContextOfTheRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		left := make(chan time.Time, 1)
		network := fake.Transport(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			<-r.Context().Done()
			left <- time.Now()
		}))
		defer network.Close()
		began := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		a := send(ctx, &http.Client{Transport: network}, "http://mall", "read", "")
		require.ErrorIs(t, a.err, context.DeadlineExceeded)
		require.Equal(t, 5*time.Second, a.took)
		require.Equal(t, 5*time.Second, (<-left).Sub(began), "the mall sees that the client is gone")
	})
}

// TestClientRepeatsAGet shows the warning in Fault's comment: net/http itself repeats a GET on a
// connection it had used before.
func TestClientRepeatsAGet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		s.handler.Auth = nil
		network := fake.Transport(&s.handler)
		defer network.Close()
		client := &http.Client{Transport: network}
		get := func() error {
			resp, err := client.Get("http://mall/read")
			if err != nil {
				return err
			}
			_, err = io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
			return err
		}
		require.NoError(t, get())
		require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.Dropped}))
		require.NoError(t, get())
		require.Equal(t, 3, s.log.Count("read"))
		require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.Dropped, Times: 2}))
		require.ErrorIs(t, get(), io.EOF)
	})
}

func TestLargeBodies(t *testing.T) {
	s := newShelf()
	network := fake.Transport(&s.handler)
	defer network.Close()
	client := &http.Client{Transport: network}

	large := strings.Repeat("0123456789abcdef", 1<<16) // 1 MiB
	require.Equal(t, 200, send(t.Context(), client, "http://mall", "write", large).status)
	require.Equal(t, large, <-s.written)
	require.Len(t, s.log.Calls("write")[0].Body, 64<<10, "the log keeps its beginning")

	a := send(t.Context(), client, "http://mall", "write", strings.Repeat(large, 9))
	require.True(t, a.err != nil || a.status == 400, "more than any mall takes")
	require.Empty(t, s.written)
}
