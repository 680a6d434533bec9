package faulttest_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// What the test tells the process that it kills.
const (
	envFolder = "JPMALL_FAULTTEST_FOLDER"
	envMalls  = "JPMALL_FAULTTEST_MALLS" // address of the malls
	envKey    = "JPMALL_FAULTTEST_KEY"   // Yahoo!'s public key
	envOnce   = "JPMALL_FAULTTEST_ONCE"  // one pass, then the end
)

// TestFollowerIsKilled follows four malls in a process of its own, with its state in files, and
// kills it again and again while orders come and change and one call in five fails. When the malls
// are well again, one pass gives what is missing: nothing is lost, and the last that was given of
// each order is how it stands. The only test here in real time: -seed gives the same faults, not
// the same kills.
//
//	go test ./internal/faulttest -run Killed -full      300 kills
func TestFollowerIsKilled(t *testing.T) {
	if os.Getenv(envFolder) != "" {
		follow(t)
		return
	}
	dice := rand.New(rand.NewPCG(*seed, 3))
	folder := t.TempDir()
	var malls []*mall
	var wires []*proxy
	for i, open := range openers {
		m := open(51+uint64(i), pick(10, 60), false)
		t.Cleanup(m.close)
		p := newProxy(m, *seed, 0)
		p.kinds = slices.DeleteFunc(slices.Clone(kinds),
			func(k kind) bool { return strings.HasPrefix(k.name, "late by") || k.name == "slow body" })
		malls, wires = append(malls, m), append(wires, p)
	}
	server := httptest.NewServer(relay(wires))
	defer server.Close()
	start := func(more ...string) *exec.Cmd {
		child := exec.Command(os.Args[0], "-test.run=^TestFollowerIsKilled$")
		child.Env = append(os.Environ(), append(more, envFolder+"="+folder, envMalls+"="+server.URL,
			envKey+"="+malls[1].key)...)
		child.Stderr = os.Stderr
		require.NoError(t, child.Start())
		return child
	}
	kills := pick(8, 300)
	for kill := range kills {
		before := calls(wires)
		child := start()
		// However long a process takes to start: it is killed when it has called the malls a few times.
		for begin := time.Now(); calls(wires) < before+5; time.Sleep(10 * time.Millisecond) {
			require.Less(t, time.Since(begin), 3*time.Minute, "the process calls no mall")
		}
		time.Sleep(time.Duration(dice.IntN(300)) * time.Millisecond)
		for range 2 {
			m := malls[dice.IntN(len(malls))]
			// what changes there is not shown for two minutes
			if ids := m.ids(); m.name != order.Amazon && dice.IntN(3) > 0 {
				m.change(ids[dice.IntN(len(ids))], fmt.Sprintf("変更 %d", kill), dice.IntN(10) == 0)
			} else {
				m.add(time.Now())
			}
		}
		time.Sleep(time.Duration(dice.IntN(150)) * time.Millisecond)
		require.NoError(t, child.Process.Kill())
		require.Error(t, child.Wait(), "it was killed, it did not end")
	}
	struck, sent := 0, calls(wires)
	for _, w := range wires {
		w.arm(false)
		w.mu.Lock() // what the last process asked for may still be on its way
		struck += sum(w.struck)
		w.mu.Unlock()
	}
	time.Sleep(4 * time.Second) // Yahoo! shows a second update of one second only later
	require.NoError(t, start(envOnce+"=1").Wait())

	given := map[string]string{} // the mark that an order was given with last
	lines := 0
	log, err := os.ReadFile(filepath.Join(folder, "orders.log"))
	require.NoError(t, err)
	for line := range strings.Lines(string(log)) {
		// else it was cut by a kill
		if field := strings.Split(strings.TrimSuffix(line, "\n"), "\t"); len(field) == 4 && field[3] == "." {
			given[field[0]+" "+field[1]] = field[2]
			lines++
		}
	}
	lost, stale, orders := 0, 0, 0
	for _, m := range malls {
		for _, id := range m.ids() {
			orders++
			mark, there := given[string(m.name)+" "+id]
			switch {
			case !there:
				lost++
				t.Errorf("%s order %s was never given", m.name, id)
			case mark != strconv.Quote(m.truth(id)):
				stale++
				t.Errorf("%s order %s is %q, but was given last as %s", m.name, id, m.truth(id), mark)
			}
		}
	}
	t.Logf("%d kills, %d orders given %d times, %d calls of which %d failed; lost %d, stale %d, invented %d",
		kills, orders, lines, sent, struck, lost, stale, len(given)+lost-orders)
	require.Equal(t, orders, len(given))
	require.Positive(t, struck)
}

// calls is how many calls came to the malls.
func calls(wires []*proxy) (n int) {
	for _, w := range wires {
		w.mu.Lock()
		n += w.calls
		w.mu.Unlock()
	}
	return n
}

// relay serves the malls to the other process: which one is meant, and the address that was asked
// for, stand in the header.
func relay(wires []*proxy) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i, err := strconv.Atoi(r.Header.Get("X-Mall"))
		address, bad := url.Parse(r.Header.Get("X-Address"))
		if err != nil || bad != nil || i < 0 || i >= len(wires) {
			panic(http.ErrAbortHandler)
		}
		out := r.Clone(r.Context())
		out.URL, out.Host, out.RequestURI = address, address.Host, ""
		for _, own := range []string{"X-Mall", "X-Address", "Accept-Encoding"} {
			out.Header.Del(own)
		}
		resp, err := wires[i].RoundTrip(out)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		defer resp.Body.Close()
		for name, values := range resp.Header {
			w.Header()[name] = values
		}
		w.Header().Del("Content-Length")
		w.WriteHeader(resp.StatusCode)
		if _, err := io.Copy(w, resp.Body); err != nil {
			panic(http.ErrAbortHandler)
		}
	})
}

// toRelay is the other end of relay.
type toRelay struct {
	mall   int
	server *url.URL
}

func (r toRelay) RoundTrip(in *http.Request) (*http.Response, error) {
	out := in.Clone(in.Context())
	out.Header.Set("X-Mall", strconv.Itoa(r.mall))
	out.Header.Set("X-Address", in.URL.String())
	out.URL.Scheme, out.URL.Host, out.Host = r.server.Scheme, r.server.Host, ""
	return http.DefaultTransport.RoundTrip(out)
}

// follow is the process that is killed.
func follow(t *testing.T) {
	folder := os.Getenv(envFolder)
	server, err := url.Parse(os.Getenv(envMalls))
	require.NoError(t, err)
	store, err := order.NewFileFeedStore(filepath.Join(folder, "state"))
	require.NoError(t, err)
	log, err := os.OpenFile(filepath.Join(folder, "orders.log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	defer log.Close()
	cfg := order.FeedConfig{Store: store}
	marks := map[order.Mall]func(order.Order) string{}
	for i, open := range openers {
		m := open(51+uint64(i), 1, false) // for its keys; the orders are at the relay
		m.limits, m.key = order.Unlimited, os.Getenv(envKey)
		marks[m.name] = m.marked
		source, err := m.open(&http.Client{Transport: toRelay{i, server}})
		require.NoError(t, err)
		cfg.Sources = append(cfg.Sources, order.FeedSource{Source: source, From: time.Now().AddDate(0, 0, -20),
			Every: 50 * time.Millisecond})
	}
	feed, err := order.NewFeed(cfg)
	require.NoError(t, err)
	handle := func(_ context.Context, o order.Order) error {
		_, err := fmt.Fprintf(log, "\n%s\t%s\t%q\t.\n", o.Mall, o.ID, marks[o.Mall](o))
		return err
	}
	if os.Getenv(envOnce) != "" {
		require.NoError(t, feed.Once(t.Context(), handle))
		return
	}
	require.NoError(t, feed.Run(t.Context(), handle))
}
