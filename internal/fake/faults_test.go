package fake_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/fake"
)

// calls sends n calls of the operation and gives what struck each: the status, 200 for nothing.
func calls(h *fake.Handler, operation string, n int) []int {
	var got []int
	for range n {
		w := &statusWriter{}
		r, err := http.NewRequest(http.MethodGet, "/"+operation, http.NoBody)
		if err != nil {
			panic(err)
		}
		h.ServeHTTP(w, r)
		got = append(got, w.status)
	}
	return got
}

func front(faults *fake.Faults) *fake.Handler {
	return &fake.Handler{
		Operation: func(r *fake.Request) string { return strings.TrimPrefix(r.URL.Path, "/") },
		Faults:    faults,
		Serve:     func(*fake.Request) fake.Reply { return fake.Text(200, "ok") },
	}
}

func TestScript(t *testing.T) {
	down := func(status int) fake.Fault { return fake.Fault{Kind: fake.ServerError, Status: status} }
	with := func(f fake.Fault, change func(*fake.Fault)) fake.Fault { change(&f); return f }
	for _, tt := range []struct {
		name   string
		faults []fake.Fault
		want   []int
	}{
		{"nothing", nil, []int{200, 200}},
		{"once", []fake.Fault{down(500)}, []int{500, 200, 200}},
		{"several times", []fake.Fault{with(down(500), func(f *fake.Fault) { f.Times = 2 })}, []int{500, 500, 200}},
		{"without end", []fake.Fault{with(down(500), func(f *fake.Fault) { f.Times = -1 })}, []int{500, 500, 500, 500}},
		{"after some", []fake.Fault{with(down(500), func(f *fake.Fault) { f.After = 2 })}, []int{200, 200, 500, 200}},
		{"every other", []fake.Fault{with(down(500), func(f *fake.Fault) { f.Every, f.Times = 2, 2 })}, []int{500, 200, 500, 200, 200}},
		{"every third after one", []fake.Fault{with(down(500), func(f *fake.Fault) { f.After, f.Every, f.Times = 1, 3, -1 })},
			[]int{200, 500, 200, 200, 500, 200, 200, 500}},
		{"one after another", []fake.Fault{down(500), down(502), down(503)}, []int{500, 502, 503, 200}},
		{"another operation", []fake.Fault{with(down(500), func(f *fake.Fault) { f.Operation = "getOrder" })}, []int{200, 200}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var faults fake.Faults
			require.NoError(t, faults.Add(tt.faults...))
			require.Equal(t, tt.want, calls(front(&faults), "searchOrder", len(tt.want)))
		})
	}
}

func TestClear(t *testing.T) {
	var faults fake.Faults
	require.NoError(t, faults.Add(fake.Fault{Kind: fake.Maintenance, Times: -1}))
	require.NoError(t, faults.Random(fake.Chaos{Rate: 1, Faults: []fake.Fault{{Kind: fake.ServerError}}}))
	require.Equal(t, []int{503}, calls(front(&faults), "x", 1))
	require.Equal(t, 1, faults.Pending())
	faults.Clear()
	require.Zero(t, faults.Pending())
	require.Equal(t, []int{200, 200}, calls(front(&faults), "x", 2))
}

func TestRefusedFaults(t *testing.T) {
	for _, tt := range []struct {
		says string
		f    fake.Fault
	}{
		{"no such kind", fake.Fault{Kind: "earthquake"}},
		{"no such kind", fake.Fault{}},
		{"cannot be negative", fake.Fault{Kind: fake.Dropped, After: -1}},
		{"cannot be negative", fake.Fault{Kind: fake.Dropped, Every: -1}},
		{"cannot be negative", fake.Fault{Kind: fake.RateLimited, RetryAfter: -time.Second}},
		{"not between", fake.Fault{Kind: fake.ServerError, Status: 99}},
		{"needs a Delay", fake.Fault{Kind: fake.SlowBody}},
	} {
		var faults fake.Faults
		require.ErrorContains(t, faults.Add(fake.Fault{Kind: fake.Dropped}, tt.f), tt.says)
		require.Zero(t, faults.Pending(), "all or none")
		require.ErrorContains(t, faults.Random(fake.Chaos{Rate: 0.5, Faults: []fake.Fault{tt.f}}), tt.says)
	}
	var faults fake.Faults
	require.Error(t, faults.Random(fake.Chaos{Rate: 1.5, Faults: []fake.Fault{{Kind: fake.Dropped}}}))
	require.Error(t, faults.Random(fake.Chaos{Rate: 0.5}))
	require.NoError(t, faults.Random(fake.Chaos{}))
}

func TestChaosIsTheSameEachTime(t *testing.T) {
	draw := func(seed uint64, interleave bool) []int {
		var faults fake.Faults
		require.NoError(t, faults.Random(fake.Chaos{Seed: seed, Rate: 0.3, Faults: []fake.Fault{
			{Kind: fake.ServerError}, {Kind: fake.ServerError, Status: 502}, {Kind: fake.RateLimited}}}))
		h := front(&faults)
		var got []int
		for range 400 {
			if interleave {
				calls(h, "getOrder", 2)
			}
			got = append(got, calls(h, "searchOrder", 1)...)
		}
		return got
	}
	first := draw(7, false)
	require.Equal(t, first, draw(7, false))
	require.Equal(t, first, draw(7, true), "calls of other operations change nothing")
	require.NotEqual(t, first, draw(8, false))
	struck := make(map[int]int)
	for _, status := range first {
		struck[status]++
	}
	require.InDelta(t, 280, struck[200], 40)
	for _, status := range []int{429, 500, 502} {
		require.Positive(t, struck[status])
	}
}

func TestChaosStreak(t *testing.T) {
	var faults fake.Faults
	require.NoError(t, faults.Random(fake.Chaos{Rate: 1, Streak: 3, Faults: []fake.Fault{{Kind: fake.ServerError}}}))
	require.Equal(t, []int{500, 500, 500, 200, 500, 500, 500, 200}, calls(front(&faults), "x", 8))
}

func TestFaultsFromManyGoroutines(t *testing.T) {
	var faults fake.Faults
	require.NoError(t, faults.Add(fake.Fault{Kind: fake.ServerError, Times: 50}))
	h := front(&faults)
	var (
		mu     sync.Mutex
		struck int
		wg     sync.WaitGroup
	)
	for i := range 8 {
		wg.Go(func() {
			for _, status := range calls(h, fmt.Sprint("operation", i), 25) {
				if status == 500 {
					mu.Lock()
					struck++
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	require.Equal(t, 50, struck)
}

func TestMalformedInTheMallsOwnWay(t *testing.T) {
	s := newShelf()
	s.handler.Auth = nil
	s.handler.Shape.Malformed = func(_ *fake.Request, r fake.Reply) fake.Reply {
		r.Body = append([]byte("\x00"), r.Body...)
		return r
	}
	network := fake.Transport(&s.handler)
	defer network.Close()
	client := &http.Client{Transport: network}
	require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.Malformed},
		fake.Fault{Kind: fake.Malformed, Body: "<response>"}))
	require.Equal(t, "\x00"+document, send(t.Context(), client, "http://mall", "read", "").body)
	require.Equal(t, "<response>", send(t.Context(), client, "http://mall", "read", "").body)
}
