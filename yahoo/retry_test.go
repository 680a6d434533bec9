package yahoo

import (
	"bufio"
	"context"

	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

type fixedToken struct{}

func (fixedToken) Token(context.Context) (*oauth2.Token, error) {
	return &oauth2.Token{AccessToken: "mihon-access-token"}, nil
}

// dropping reads each request to its end, so that a write may have been applied, and closes the
// connection without an answer.
type dropping struct {
	mu    sync.Mutex
	calls int
	wg    sync.WaitGroup
}

func (d *dropping) dial(context.Context, string, string) (net.Conn, error) {
	near, far := net.Pipe()
	d.wg.Go(func() {
		defer far.Close()
		r, err := http.ReadRequest(bufio.NewReader(far))
		if err != nil {
			return
		}
		buf := make([]byte, 4096)
		for {
			if _, err := r.Body.Read(buf); err != nil {
				break
			}
		}
		d.mu.Lock()
		d.calls++
		d.mu.Unlock()
	})
	return near, nil
}

// What the table says about an operation is what happens on the wire.
func TestRetryClassOnTheWire(t *testing.T) {
	rows := append(operations(), transport.Operation{Name: "unknownOperation", Method: "POST",
		Path: "/unknownOperation"})
	for _, op := range rows {
		t.Run(op.Name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := &dropping{}
				hc := &http.Client{Transport: &http.Transport{DialContext: server.dial}}
				c, err := New(Config{Shop: "mihon-store", Keys: credential.Static(Keys{}), Tokens: fixedToken{},
					HTTPClient: hc,
					BaseURL:    "http://mall.invalid/V1", PlainHTTP: true, Limiter: order.Unlimited})
				require.NoError(t, err)
				_, err = c.Do(t.Context(), Operation{Name: op.Name, Method: op.Method, Path: op.Path},
					[]byte("<Req></Req>"))
				require.ErrorIs(t, err, order.ErrTemporary)
				server.wg.Wait()
				if op.Retry == transport.Unsafe {
					require.Equal(t, 1, server.calls, "an unsafe write is sent once")
					require.True(t, transport.Unsettled(err))
				} else {
					require.Equal(t, 4, server.calls)
				}
			})
		})
	}
}

// Setting a stock to a number may be repeated, adding to it may not.
func TestStockProvesItselfSafer(t *testing.T) {
	for relative, want := range map[bool]int{false: 4, true: 1} {
		synctest.Test(t, func(t *testing.T) {
			server := &dropping{}
			c, err := New(Config{Shop: "mihon-store", Keys: credential.Static(Keys{}), Tokens: fixedToken{},
				BaseURL: "http://mall.invalid/V1", PlainHTTP: true,
				HTTPClient: &http.Client{Transport: &http.Transport{DialContext: server.dial}},
				Limiter:    order.Unlimited})
			require.NoError(t, err)
			_, err = c.SetStock(t.Context(), []StockChange{{Item: ItemCode{Code: "tea-cup-01"}, Quantity: 1},
				{Item: ItemCode{Code: "tea-leaf-100"}, Relative: relative}})
			require.ErrorIs(t, err, order.ErrTemporary)
			server.wg.Wait()
			require.Equal(t, want, server.calls)
		})
	}
}

func TestDoneContextEndsTheWaitForTheQuota(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, err := New(Config{Shop: "mihon-store", Keys: credential.Static(Keys{}), Tokens: fixedToken{},
			BaseURL: "http://mall.invalid/V1", PlainHTTP: true,
			HTTPClient: &http.Client{Transport: failing{}}})
		require.NoError(t, err)
		require.Error(t, c.Check(t.Context()))
		ctx, cancel := context.WithCancel(t.Context())
		go func() { time.Sleep(300 * time.Millisecond); cancel() }()
		start := time.Now()
		require.ErrorIs(t, c.Check(ctx), context.Canceled)
		require.Equal(t, 300*time.Millisecond, time.Since(start))
	})
}

// failing answers nothing, for good.
type failing struct{}

func (failing) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusForbidden, Header: http.Header{}, Body: http.NoBody}, nil
}
