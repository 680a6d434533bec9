package credential_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

type slowSource struct {
	calls atomic.Int32
	err   error
	panic bool
}

func (s *slowSource) Token() (*oauth2.Token, error) {
	s.calls.Add(1)
	time.Sleep(time.Minute)
	if s.panic {
		panic("a secret")
	}
	return &oauth2.Token{AccessToken: "invented"}, s.err
}

func TestFromOAuth2ObeysTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		src := &slowSource{}
		tokens := credential.FromOAuth2(src)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		_, err := tokens.Token(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(start))

		var wg sync.WaitGroup
		for range 10 {
			wg.Go(func() {
				token, err := tokens.Token(t.Context())
				if err != nil || token.AccessToken != "invented" {
					t.Errorf("token %v, error %v", token, err)
				}
			})
		}
		wg.Wait()
		require.EqualValues(t, 1, src.calls.Load(), "one call at a time")
	})
}

func TestFromOAuth2NeverShowsWhatTheEndpointAnswered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		refused := &oauth2.RetrieveError{Response: &http.Response{StatusCode: 400}, ErrorCode: "invalid_grant",
			Body: []byte("canary-secret")}
		_, err := credential.FromOAuth2(&slowSource{err: refused}).Token(t.Context())
		require.ErrorIs(t, err, order.ErrCredentialExpired)
		require.NotContains(t, err.Error(), "canary-secret")
		_, err = credential.FromOAuth2(&slowSource{
			err: &url.Error{Op: "Post", URL: "canary-secret", Err: io.ErrUnexpectedEOF}}).Token(t.Context())
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorIs(t, err, io.ErrUnexpectedEOF)
		require.NotContains(t, err.Error(), "canary-secret")
		_, err = credential.FromOAuth2(&slowSource{panic: true}).Token(t.Context())
		require.ErrorContains(t, err, "panicked")
		require.NotContains(t, err.Error(), "a secret")
	})
}

// endpoint is an oauth2.TokenSource that answers at once.
type endpoint func() (*oauth2.Token, error)

func (e endpoint) Token() (*oauth2.Token, error) { return e() }

func TestFromOAuth2ClassesRefusals(t *testing.T) {
	own := errors.New("the vault is sealed")
	answered := func(status int, code string) error {
		return &oauth2.RetrieveError{Response: &http.Response{StatusCode: status}, ErrorCode: code}
	}
	for _, c := range []struct {
		name string
		err  error
		want error
	}{
		{"the consent is over", answered(400, "invalid_grant"), order.ErrCredentialExpired},
		{"the client is unknown", answered(401, "invalid_client"), order.ErrUnauthorized},
		{"nothing was answered", &oauth2.RetrieveError{ErrorCode: "invalid_client"}, order.ErrUnauthorized},
		{"too many", answered(429, "slow_down"), order.ErrRateLimited},
		{"down", answered(500, ""), order.ErrTemporary},
		{"down, whatever it says", answered(503, "invalid_grant"), order.ErrTemporary},
		{"not an error of OAuth", own, own},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := credential.FromOAuth2(endpoint(func() (*oauth2.Token, error) { return nil, c.err })).
				Token(t.Context())
			require.ErrorIs(t, err, c.want)
			var classed *order.Error
			if errors.As(err, &classed) {
				require.Equal(t, c.want, classed.Class)
				require.Equal(t, c.want == order.ErrCredentialExpired, classed.Hint.EN != "")
			}
		})
	}
	for _, nothing := range []*oauth2.Token{nil, {}} {
		_, err := credential.FromOAuth2(endpoint(func() (*oauth2.Token, error) { return nothing, nil })).
			Token(t.Context())
		require.ErrorContains(t, err, "returned no token")
	}
}
