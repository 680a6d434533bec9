package fake_test

import (
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/fake"
)

// TestOrderOfTheChain: record, then fault, then auth, then quota, then mall.
func TestOrderOfTheChain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newShelf()
		s.handler.Quotas = fake.NewQuotas(map[string]fake.Rate{"read": {Every: time.Second},
			"write": {Every: time.Second, Hint: true}})
		network := fake.Transport(&s.handler)
		defer network.Close()
		client := &http.Client{Transport: network}
		read := func() int { return send(t.Context(), client, "http://mall", "read", "").status }
		stranger := func() int {
			resp, err := client.Post("http://mall/read", "", nil)
			require.NoError(t, err)
			defer resp.Body.Close()
			return resp.StatusCode
		}

		require.NoError(t, s.faults.Add(fake.Fault{Kind: fake.ServerError, Status: 502}))
		require.Equal(t, 502, stranger(), "a fault strikes before the key is looked at")
		require.Equal(t, 401, stranger())
		require.Equal(t, 200, read(), "and a refused key costs no quota")
		require.Equal(t, 429, read())
		time.Sleep(time.Second)
		require.Equal(t, 200, read())

		first := send(t.Context(), client, "http://mall", "write", "a")
		over := send(t.Context(), client, "http://mall", "write", "b")
		require.Equal(t, []int{200, 429}, []int{first.status, over.status})
		require.Equal(t, "1", over.header.Get("Retry-After"))
		require.Len(t, s.written, 1)

		require.Equal(t, 7, s.log.Count(""))
		var statuses []int
		for _, call := range s.log.Calls("") {
			statuses = append(statuses, call.Status)
		}
		require.Equal(t, []int{502, 401, 200, 429, 200, 200, 429}, statuses)
	})
}

func TestLog(t *testing.T) {
	s := newShelf()
	network := fake.Transport(&s.handler)
	defer network.Close()
	client := &http.Client{Transport: network}
	began := time.Now()
	send(t.Context(), client, "https://api.mall.example", "read", "one")
	send(t.Context(), client, "https://api.mall.example", "write", "two")

	calls := s.log.Calls("write")
	require.Len(t, calls, 1)
	call := calls[0]
	require.Equal(t, "write", call.Operation)
	require.Equal(t, http.MethodPost, call.Method)
	require.Equal(t, "api.mall.example", call.Host)
	require.Equal(t, "/write", call.Path)
	require.Equal(t, "Bearer invented-key", call.Header.Get("Authorization"))
	require.Equal(t, "two", string(call.Body))
	require.Equal(t, 200, call.Status)
	require.Empty(t, call.Fault)
	require.False(t, call.Time.Before(began))

	require.Len(t, s.log.Calls(""), 2)
	require.Equal(t, 2, s.log.Count(""))
	s.log.Reset()
	require.Zero(t, s.log.Count(""))
	require.Empty(t, s.log.Calls(""))
}

func TestLogIsBounded(t *testing.T) {
	var log fake.Log
	h := fake.Handler{Operation: func(*fake.Request) string { return "read" }, Log: &log,
		Serve: func(*fake.Request) fake.Reply { return fake.Text(200, "ok") }}
	w := discardWriter{}
	for range 10_500 {
		r, err := http.NewRequest(http.MethodGet, "/", http.NoBody)
		require.NoError(t, err)
		h.ServeHTTP(w, r)
	}
	require.Equal(t, 10_500, log.Count("read"))
	require.LessOrEqual(t, len(log.Calls("")), 10_000)
	require.GreaterOrEqual(t, len(log.Calls("")), 9_000)
}

type discardWriter struct{}

func (discardWriter) Header() http.Header         { return http.Header{} }
func (discardWriter) WriteHeader(int)             {}
func (discardWriter) Write(p []byte) (int, error) { return len(p), nil }

func TestQuotas(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quotas := fake.NewQuotas(map[string]fake.Rate{
			"search": {Every: 180 * time.Second, Burst: 20},
			"list":   {Every: time.Second, Group: "all"},
			"info":   {Every: time.Second, Group: "all"},
		})
		h := fake.Handler{
			Operation: func(r *fake.Request) string { return r.URL.Path },
			Auth:      func(r *fake.Request) (string, *fake.Reply) { return r.Header.Get("X-Key"), nil },
			Quotas:    quotas,
			Serve:     func(*fake.Request) fake.Reply { return fake.Text(200, "ok") },
		}
		ok := func(key, operation string) bool {
			r, err := http.NewRequest(http.MethodGet, operation, http.NoBody)
			require.NoError(t, err)
			r.Header.Set("X-Key", key)
			w := &statusWriter{}
			h.ServeHTTP(w, r)
			return w.status == 200
		}
		for range 20 {
			require.True(t, ok("a", "search"), "the bucket is full at first")
		}
		require.False(t, ok("a", "search"))
		require.True(t, ok("b", "search"), "each key has its own")
		require.True(t, ok("a", "free"))
		time.Sleep(170 * time.Second)
		require.False(t, ok("a", "search"), "refused calls gain nothing")
		time.Sleep(10 * time.Second)
		require.True(t, ok("a", "search"))
		require.False(t, ok("a", "search"))
		time.Sleep(time.Hour * 24)
		for range 20 {
			require.True(t, ok("a", "search"))
		}
		require.False(t, ok("a", "search"), "more than a bucket is never saved up")

		require.True(t, ok("a", "list"))
		require.False(t, ok("a", "info"), "one bucket for the group")

		for i := range 100 { // a client that keeps the pace is never refused, even when the way there varies a little
			time.Sleep(time.Second + time.Duration(1-2*(i%2))*7*time.Millisecond)
			require.True(t, ok("c", "list"))
		}
		refused := 0
		for range 100 { // one that is one percent too fast is, before long
			time.Sleep(990 * time.Millisecond)
			if !ok("d", "list") {
				refused++
			}
		}
		require.Positive(t, refused)
		require.Less(t, refused, 50)

		quotas.Lift(true)
		for range 100 {
			require.True(t, ok("a", "list"))
		}
		quotas.Lift(false)
		require.True(t, ok("a", "list"))
		require.False(t, ok("a", "list"))
	})
}

type statusWriter struct {
	discardWriter
	status int
}

func (w *statusWriter) WriteHeader(status int) { w.status = status }

func TestHandlerWithoutAnything(t *testing.T) {
	w := &statusWriter{}
	r, err := http.NewRequest(http.MethodGet, "/", http.NoBody)
	require.NoError(t, err)
	(&fake.Handler{}).ServeHTTP(w, r)
	require.Equal(t, http.StatusNotFound, w.status)
}

func TestReplies(t *testing.T) {
	require.Equal(t, 500, fake.JSON(200, func() {}).Status, "a fake that cannot answer says so")
	base := fake.XML(200, []byte("<Result/>"))
	extra := base.With("X-SWS-Authorize-Status", "success")
	require.Equal(t, "success", extra.Header.Get("X-SWS-Authorize-Status"))
	require.Empty(t, base.Header.Get("X-SWS-Authorize-Status"), "With leaves its receiver alone")
	require.Equal(t, "1", fake.Reply{}.With("A", "1").Header.Get("A"))
	require.True(t, slices.Contains(fake.Kinds(), fake.HTMLPage))
}
