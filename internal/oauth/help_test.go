package oauth_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/internal/transport/transporttest"
	"github.com/jpmall/jpmall/order"
)

// endpoint is an invented token endpoint: it numbers its tokens and notes what it was asked.
type endpoint struct {
	mu     sync.Mutex
	forms  []url.Values
	auth   []string
	delay  time.Duration
	answer func(n int, form url.Values) (status int, body string) // nil = a token for an hour
}

func (e *endpoint) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	e.mu.Lock()
	e.forms = append(e.forms, r.PostForm)
	e.auth = append(e.auth, r.Header.Get("Authorization"))
	n, delay, answer := len(e.forms), e.delay, e.answer
	e.mu.Unlock()
	select {
	case <-time.After(delay):
	case <-r.Context().Done():
		return
	}
	status, body := 200, fmt.Sprintf(`{"access_token":"access-%d","token_type":"bearer","expires_in":3600}`, n)
	if answer != nil {
		status, body = answer(n, r.PostForm)
	}
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body))
}

func (e *endpoint) set(answer func(int, url.Values) (int, string)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.answer = answer
}

func (e *endpoint) count() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return len(e.forms)
}

func always(status int, body string) func(int, url.Values) (int, string) {
	return func(int, url.Values) (int, string) { return status, body }
}

func config(hc *http.Client) oauth.Config {
	return oauth.Config{
		TokenURL: "http://auth.invalid/auth/o2/token", PlainHTTP: true, HTTPClient: hc, Mall: order.Amazon,
		Shop: "A2EXAMPLESHOP", Style: oauth.Params,
		Credentials: func(context.Context) (string, credential.Secret, error) {
			return "client-1", credential.NewSecret("client-secret-1"), nil
		},
	}
}

// bubble runs a test in simulated time with a Source on an in-memory endpoint.
func bubble(t *testing.T, e *endpoint, change func(*oauth.Config), test func(t *testing.T, s *oauth.Source)) {
	t.Helper()
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		cfg := config(hc)
		if change != nil {
			change(&cfg)
		}
		s, err := oauth.NewSource(cfg, credential.Static(credential.NewSecret("refresh-1")))
		require.NoError(t, err)
		test(t, s)
		require.NoError(t, s.Close())
	})
}

func withClient(t *testing.T, h http.Handler, test func(t *testing.T, hc *http.Client)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		m := transporttest.Serve(h)
		hc := m.Client()
		test(t, hc)
		hc.CloseIdleConnections()
		m.Close()
	})
}

func access(t *testing.T, s oauth.Tokens) string {
	t.Helper()
	token, err := s.Token(t.Context())
	require.NoError(t, err)
	return token.AccessToken
}
