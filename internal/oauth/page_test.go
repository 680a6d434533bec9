package oauth_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
)

func TestThePageAnswersUnderItsOwnNameOnly(t *testing.T) {
	for _, test := range []struct {
		redirect, host string
		ours           bool
	}{
		{"https://orders.example.jp/yahoo", "orders.example.jp", true},
		{"https://orders.example.jp/yahoo", "Orders.Example.JP:443", true},
		{"https://orders.example.jp/yahoo", "127.0.0.1:8080", true}, // a proxy on this machine
		{"https://orders.example.jp/yahoo", "evil.example", false},
		{"https://orders.example.jp/yahoo", "orders.example.jp.evil.example", false},
		{"https://orders.example.jp/yahoo", "", false},
		{"http://127.0.0.1:8080/yahoo", "127.0.0.1:8080", true},
		{"http://127.0.0.1:8080/yahoo", "[::1]:8080", true},
		{"http://127.0.0.1:8080/yahoo", "rebound.evil.example:8080", false},
		{"http://127.0.0.1:8080/yahoo", "127.0.0.1.evil.example", false},
		{"http://127.0.0.1:8080/yahoo", "192.0.2.1:8080", false},
		{"", "anything.example", false},
		{"", "127.0.0.1:8080", true},
	} {
		for _, query := range []string{"", "?state=s&code=c"} {
			begun, finished := 0, 0
			h := oauth.Handler(test.redirect,
				func() (string, credential.Secret, credential.Secret) {
					begun++
					return "https://mall.example/", credential.NewSecret("state"), credential.Secret{}
				},
				func(context.Context, credential.Secret, credential.Secret, url.Values) (string, error) {
					finished++
					return "grant", nil
				},
				func(context.Context, string) error { return nil })
			r := httptest.NewRequest(http.MethodGet, "/yahoo"+query, nil)
			r.Host = test.host
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if test.ours {
				require.Equal(t, 1, begun+finished, "%+v", test)
				continue
			}
			require.Equal(t, http.StatusForbidden, w.Code, "%+v", test)
			require.Zero(t, begun+finished, "%+v", test)
			require.Empty(t, w.Header().Get("Set-Cookie"))
		}
	}
}
