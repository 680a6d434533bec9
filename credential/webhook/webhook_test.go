package webhook_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/credential/credentialtest"
	"github.com/jpmall/jpmall/credential/webhook"
	"github.com/jpmall/jpmall/order"
)

var demo = credential.Notice{
	Key: "yahoo/本店/public-key|expiring|2026-12-01T00:00:00+09:00|24h0m0s", Event: credential.EventExpiring,
	Mall: order.Yahoo, Shop: "本店",
	Kind: credential.KindPublicKey, State: credential.Expiring, Days: 1,
	Title: credential.Text{JA: "公開鍵の期限まであと1日です", EN: "public key ends in 1 day"},
}

func TestPost(t *testing.T) {
	var got *http.Request
	var body []byte
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got = r
		body, _ = io.ReadAll(r.Body)
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	header := map[string]credential.Secret{"Authorization": credential.NewSecret("Bearer demo")}
	n, err := webhook.New(webhook.Config{URL: credential.NewSecret(server.URL + "/hook?token=x"), Header: header})
	require.NoError(t, err)
	header["Authorization"] = credential.NewSecret("changed")
	require.NoError(t, n.Notify(t.Context(), demo))
	require.Equal(t, http.MethodPost, got.Method)
	require.Equal(t, "/hook?token=x", got.URL.RequestURI())
	require.Equal(t, "Bearer demo", got.Header.Get("Authorization"))
	require.Equal(t, "application/json; charset=utf-8", got.Header.Get("Content-Type"))
	require.Equal(t, url.QueryEscape(demo.Key), got.Header.Get("Idempotency-Key"))
	var back credential.Notice
	require.NoError(t, json.Unmarshal(body, &back))
	require.Equal(t, demo.Key, back.Key)
	require.Equal(t, demo.Title, back.Title)
	require.Contains(t, string(body), `"state":"expiring"`)
}

func TestEncode(t *testing.T) {
	var body []byte
	client := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
		body, _ = io.ReadAll(r.Body)
		return answer(200, nil), nil
	})}
	cfg := webhook.Config{URL: credential.NewSecret("https://hooks.example.com/x"), HTTPClient: client}
	cfg.Encode = func(n credential.Notice) ([]byte,
		error) {
		return json.Marshal(map[string]string{"text": n.Title.JA})
	}
	n, err := webhook.New(cfg)
	require.NoError(t, err)
	require.NoError(t, n.Notify(t.Context(), demo))
	require.JSONEq(t, `{"text":"公開鍵の期限まであと1日です"}`, string(body))
	require.Nil(t, client.CheckRedirect, "the caller's client is untouched")

	for _, encode := range []func(credential.Notice) ([]byte, error){
		func(credential.Notice) ([]byte, error) { return nil, errors.New("no template") },
		func(credential.Notice) ([]byte, error) { return make([]byte, 2<<20), nil },
	} {
		cfg.Encode = encode
		n, err = webhook.New(cfg)
		require.NoError(t, err)
		require.ErrorIs(t, n.Notify(t.Context(), demo), order.ErrInvalid)
	}
	require.ErrorIs(t, new(webhook.Notifier).Notify(t.Context(), demo), order.ErrInvalid)
}

func TestPostsAreANotifier(t *testing.T) {
	for name, form := range map[string]func(credential.Notice) ([]byte, error){
		"as it is": nil, "Slack": webhook.Slack(credential.Japanese), "Chatwork": webhook.Chatwork(credential.Japanese),
		"Teams": webhook.Teams(credential.English),
	} {
		t.Run(name, func(t *testing.T) {
			credentialtest.TestNotifier(t, func() (*credentialtest.Notifier, error) {
				var posts atomic.Int64
				var down atomic.Bool
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
					if down.Load() {
						w.WriteHeader(http.StatusBadGateway)
						return
					}
					posts.Add(1)
				}))
				n, err := webhook.New(webhook.Config{URL: credential.NewSecret(server.URL), Encode: form,
					Attempts: 1})
				return &credentialtest.Notifier{Notifier: n, Told: func() int { return int(posts.Load()) },
					Fail: func() { down.Store(true) }, Close: server.Close}, err
			})
		})
	}
}

func TestNewRefuses(t *testing.T) {
	for _, address := range []string{"", "hooks.example.com/canary", "ftp://example.com/canary", "https:///canary",
		"https://exa mple.com/canary", "://canary"} {
		_, err := webhook.New(webhook.Config{URL: credential.NewSecret(address)})
		require.ErrorContains(t, err, "URL")
		require.NotContains(t, err.Error(), "canary")
	}
	_, err := webhook.New(webhook.Config{URL: credential.NewSecret("https://example.com"), Attempts: -1})
	require.Error(t, err)
}

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(status int, header http.Header) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader("ok"))}
}

func TestRetry(t *testing.T) {
	after := func(value string) http.Header { return http.Header{"Retry-After": {value}} }
	for _, c := range []struct {
		name     string
		replies  []*http.Response // nil: the connection fails
		attempts int
		least    time.Duration
		most     time.Duration
		class    order.Class // 0: told
		asks     time.Duration
	}{
		{"at once", []*http.Response{answer(200, nil)}, 1, 0, 0, 0, 0},
		{"after a bad gateway", []*http.Response{answer(502, nil), answer(200, nil)}, 2, time.Second / 2, time.Second, 0, 0},
		{"after a broken connection", []*http.Response{nil, nil, answer(200, nil)}, 3, 3 * time.Second / 2, 3 * time.Second, 0, 0},
		{"as long as asked", []*http.Response{answer(429, after("7")), answer(200, nil)}, 2, 7 * time.Second, 7 * time.Second, 0, 0},
		{"until the date asked", []*http.Response{answer(503, after("Sat, 01 Jan 2000 00:00:20 GMT")), answer(200, nil)}, 2, 20 * time.Second, 20 * time.Second, 0, 0},
		{"a date in the past", []*http.Response{answer(503, after("Fri, 31 Dec 1999 00:00:00 GMT")), answer(200, nil)}, 2, time.Second / 2, time.Second, 0, 0},
		{"asked for too long", []*http.Response{answer(429, after("3600"))}, 1, 0, 0, order.ErrRateLimited, time.Hour},
		{"asked for ever", []*http.Response{answer(429, after("99999999999999"))}, 1, 0, 0, order.ErrRateLimited, time.Hour},
		{"asked until the year 9999", []*http.Response{answer(503, after("Fri, 31 Dec 9999 23:59:59 GMT"))}, 1, 0, 0, order.ErrTemporary, time.Hour},
		{"always down", []*http.Response{answer(500, nil), answer(500, nil), nil, answer(503, nil), answer(500, nil)}, 5, 15 * time.Second / 2, 15 * time.Second, order.ErrTemporary, 0},
		{"refused", []*http.Response{answer(401, nil)}, 1, 0, 0, order.ErrUnauthorized, 0},
		{"gone", []*http.Response{answer(404, nil)}, 1, 0, 0, order.ErrNotFound, 0},
		{"not understood", []*http.Response{answer(400, nil)}, 1, 0, 0, order.ErrInvalid, 0},
		{"moved", []*http.Response{answer(307, http.Header{"Location": {"https://evil.example.com/"}})}, 1, 0, 0, order.ErrInvalid, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				sent := 0
				n, err := webhook.New(webhook.Config{
					URL: credential.NewSecret("https://hooks.example.com/services/canary"),
					HTTPClient: &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
						require.Equal(t, "hooks.example.com", r.URL.Host)
						body, err := io.ReadAll(r.Body)
						require.NoError(t, err)
						require.Contains(t, string(body), "public-key", "each attempt has the whole body")
						sent++
						if c.replies[sent-1] == nil {
							return nil, errors.New("connection reset by peer")
						}
						return c.replies[sent-1], nil
					})},
				})
				require.NoError(t, err)
				start := time.Now()
				err = n.Notify(t.Context(), demo)
				took := time.Since(start)
				require.Equal(t, c.attempts, sent)
				require.GreaterOrEqual(t, took, c.least)
				require.LessOrEqual(t, took, c.most)
				if c.class == 0 {
					require.NoError(t, err)
					return
				}
				require.ErrorIs(t, err, c.class)
				var e *order.Error
				require.ErrorAs(t, err, &e)
				require.Equal(t, c.attempts, e.Attempts)
				require.Equal(t, c.asks, e.RetryAfter)
				require.Equal(t, order.Yahoo, e.Mall)
				require.NotContains(t, err.Error(), "canary")
			})
		})
	}
}

func TestNotifyObeysItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hangs := &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}
		n, err := webhook.New(webhook.Config{URL: credential.NewSecret("https://hooks.example.com/canary"),
			HTTPClient: hangs, Attempts: 2})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		start := time.Now()
		require.ErrorIs(t, n.Notify(ctx, demo), context.DeadlineExceeded)
		require.Equal(t, 3*time.Second, time.Since(start))
		start = time.Now()
		require.ErrorIs(t, n.Notify(t.Context(), demo), order.ErrTemporary)
		require.InDelta(t, 30.75, time.Since(start).Seconds(), 0.26, "two attempts of 15 s and a wait")
		start = time.Now()
		require.ErrorIs(t, n.Notify(ctx, demo), context.DeadlineExceeded)
		require.Zero(t, time.Since(start), "nothing is sent after the end")
	})
}

func TestTheAddressStaysSecret(t *testing.T) {
	const address = "https://user:canaryPASS@hooks.example.com/services/canaryPATH/T%20canary?token=canaryQUERY#canaryFRAG"
	for _, text := range []string{
		"refused by proxy", "proxy says: " + address, "path /services/canaryPATH/T canary not found",
		"bad token canaryQUERY",
		"cannot send /services/canaryPATH/T%20canary?token=canaryQUERY", "user canaryPASS", "part canaryFRAG",
	} {
		n, err := webhook.New(webhook.Config{
			URL: credential.NewSecret(address), Attempts: 1,
			HTTPClient: &http.Client{Transport: roundTrip(
				func(*http.Request) (*http.Response, error) { return nil, errors.New(text) })},
		})
		require.NoError(t, err)
		err = n.Notify(t.Context(), demo)
		require.ErrorIs(t, err, order.ErrTemporary)
		for e := err; e != nil; e = errors.Unwrap(e) {
			require.NotContains(t, fmt.Sprintf("%v %+v %#v", e, e, e), "canary")
		}
		require.Contains(t, err.Error(), "hooks.example.com")
	}
	n, err := webhook.New(webhook.Config{URL: credential.NewSecret("http://127.0.0.1:1/canary"), Attempts: 1})
	require.NoError(t, err)
	err = n.Notify(t.Context(), demo)
	require.ErrorIs(t, err, order.ErrTemporary)
	require.NotContains(t, err.Error(), "canary")
}
