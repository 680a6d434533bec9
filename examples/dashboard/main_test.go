package main

import (
	"context"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// screen is the program over calm fake shops, and a browser without script.
type screen struct {
	*app
	t       *testing.T
	client  *http.Client
	rakuten *rakutentest.Server
	yahoo   *yahootest.Server
	amazon  *amazontest.Server
	aupay   *aupaytest.Server
}

// few are the orders of a fake shop in the tests: those of all four fill more than a page.
const few = 15

// patience only bounds a hang: a busy machine needs long for what a browser and a dozen fake shops
// do at once.
const patience = 2 * time.Minute

func start(t *testing.T) *screen {
	t.Helper()
	return startWith(t, options{addr: "127.0.0.1:0", days: 30, calm: true, orders: few})
}

func startWith(t *testing.T, o options) *screen {
	t.Helper()
	a, err := open(t.Context(), o)
	require.NoError(t, err)
	s := serve(t, a)
	s.rakuten, s.yahoo = a.fakes[0].mall.(*rakutentest.Server), a.fakes[1].mall.(*yahootest.Server)
	s.amazon, s.aupay = a.fakes[2].mall.(*amazontest.Server), a.fakes[3].mall.(*aupaytest.Server)
	require.Eventually(t, func() bool {
		var read int
		counts, err := a.store.counts(t.Context(), filter{})
		for _, n := range counts[""] {
			read += n
		}
		// the last order of a shop is there a moment before the pass that read it is over
		passed := !slices.ContainsFunc(a.feed.Status(), func(s order.FeedStatus) bool { return s.Until.IsZero() })
		return err == nil && read >= 4*few && passed && len(a.keys.standing(a.shops, time.Now())) > 0
	}, patience, 100*time.Millisecond, "the orders of all shops are read")
	return s
}

// serve runs a program until the test ends.
func serve(t *testing.T, a *app) *screen {
	t.Helper()
	a.look = 20 * time.Millisecond
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.serve(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, a.Close())
	})
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	return &screen{app: a, t: t, client: &http.Client{Jar: jar}}
}

func (s *screen) get(path string) string {
	s.t.Helper()
	answer, err := s.client.Get(s.url + path)
	require.NoError(s.t, err)
	return s.body(answer)
}

func (s *screen) body(answer *http.Response) string {
	s.t.Helper()
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	require.NoError(s.t, err)
	require.Equal(s.t, http.StatusOK, answer.StatusCode, string(data))
	return string(data)
}

var tokenField = regexp.MustCompile(`name="token" value="([0-9a-f]+)"`)

func (s *screen) token() string { return tokenField.FindStringSubmatch(s.get("/"))[1] }

func (s *screen) post(path string, form url.Values) string {
	s.t.Helper()
	form.Set("token", s.token())
	answer, err := s.client.PostForm(s.url+path, form)
	require.NoError(s.t, err)
	return s.body(answer)
}

// seen waits until an order is in the database in a state that fits.
func (s *screen) seen(mall order.Mall, id string, fits func(order.Order) bool) order.Order {
	s.t.Helper()
	var found order.Order
	require.Eventually(s.t, func() bool {
		all, err := s.store.query(s.t.Context(), `SELECT json FROM orders WHERE mall = ? AND id = ?`, mall, id)
		if err == nil && len(all) == 1 {
			found = all[0]
		}
		return found.ID == id && fits(found)
	}, patience, 20*time.Millisecond)
	return found
}

func anything(order.Order) bool { return true }

// addPink puts an order with a label that nobody can read into the au shop.
func (s *screen) addPink(label string) string {
	o, _ := s.aupay.Order(s.aupay.Numbers()[0])
	o.ID, o.Placed, o.Status = "", time.Now(), "発送待ち"
	o.Elements["deliveryRequestTime"] = label
	delete(o.Elements, "deliveryRequestDay") // it has passed
	return s.aupay.AddOrder(o)
}

// greeted is an output that calls a function once something was written.
type greeted struct {
	strings.Builder
	then func()
}

func (g *greeted) Write(p []byte) (int, error) {
	defer g.then()
	return g.Builder.Write(p)
}

func TestFlags(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"x"}, {"-days", "0"}, {"-config", "no-such-file.json"}, {"-addr", "nowhere"},
		{"-labels", "no-such-file.json"}} {
		require.Error(t, run(t.Context(), args, io.Discard, io.Discard), args)
	}
	ctx, stop := context.WithTimeout(t.Context(), patience)
	defer stop()
	out := greeted{then: stop}
	require.NoError(t, run(ctx, nil, &out, io.Discard))
	require.Regexp(t, `^http://127\.0\.0\.1:\d+\n$`, out.String())
}
