package oauth_test

import (
	"bytes"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// Whatever a token endpoint answers, it is a token with a sane end or an error of ours.
func FuzzReply(f *testing.F) {
	f.Add(200, []byte(`{"access_token":"Atza|x","token_type":"bearer","expires_in":3600,"refresh_token":"Atzr|x"}`))
	f.Add(200, []byte(`{"access_token":"a","expires_in":"3600"}`))
	f.Add(200, []byte(`{"access_token":"a","expires_in":-1e400}`))
	f.Add(200, []byte(`{"error":"invalid_grant"}`))
	f.Add(400, []byte(`{"error":"invalid_grant","error_description":"x","error_code":1202}`))
	f.Add(401, []byte(`<html>`))
	f.Add(200, []byte(`{"access_token":["a"],"expires_in":{}}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status == 429 || status >= 500 { // these wait and try again
			return
		}
		cfg := config(&http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(body)),
				Request: r, ContentLength: -1}, nil
		})})
		if bytes.Contains(body, []byte("temporar")) || bytes.Contains(body, []byte("server_error")) ||
			bytes.Contains(body, []byte("slow_down")) || bytes.Contains(body, []byte("throttled")) || status == 408 ||
			status == 425 {
			return
		}
		token, err := oauth.Exchange(t.Context(), cfg, oauth.AuthCode{Code: credential.NewSecret("code-1")})
		if err != nil {
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.NotZero(t, e.Class)
			require.Nil(t, token)
			return
		}
		require.Less(t, status, 300)
		require.NotEmpty(t, token.AccessToken)
		if !token.Expiry.IsZero() {
			require.Less(t, time.Until(token.Expiry), 11*365*24*time.Hour)
		}
	})
}
