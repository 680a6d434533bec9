package oauth_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

func TestSingleFlight(t *testing.T) {
	e := &endpoint{delay: 2 * time.Second}
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		var group sync.WaitGroup
		for range 100 {
			group.Go(func() { require.Equal(t, "access-1", access(t, s)) })
		}
		group.Wait()
		require.Equal(t, 1, e.count())
		require.Equal(t, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"refresh-1"},
			"client_id": {"client-1"}, "client_secret": {"client-secret-1"}}, e.forms[0])
		require.Empty(t, e.auth[0])
	})
}

// An hour's token: plain use, then renewal behind the caller's back, then waiting.
func TestMargins(t *testing.T) {
	e := &endpoint{delay: time.Second}
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		begin := time.Now() // the token's life is counted from here, the start of the request
		require.Equal(t, "access-1", access(t, s))
		at := func(d time.Duration) { time.Sleep(time.Until(begin.Add(d))) }

		at(57*time.Minute + 59*time.Second)
		require.Equal(t, "access-1", access(t, s))
		require.Equal(t, 1, e.count(), "more than the advisory margin is left")

		at(58 * time.Minute)
		for range 10 {
			require.Equal(t, "access-1", access(t, s))
		}
		require.Equal(t, begin.Add(58*time.Minute), time.Now(), "nobody waits in the advisory margin")
		time.Sleep(2 * time.Second)
		require.Equal(t, "access-2", access(t, s))
		require.Equal(t, 2, e.count())

		at(3*time.Hour - time.Second) // both are over now
		waited := time.Now()
		require.Equal(t, "access-3", access(t, s))
		require.Equal(t, time.Second, time.Since(waited))
	})
}

// Below the mandatory margin callers wait, each as long as its own context lets it; the refresh is
// nobody's and goes on.
func TestWaitersObeyTheirOwnContext(t *testing.T) {
	e := &endpoint{delay: 10 * time.Second}
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		begin := time.Now()
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		_, err := s.Token(ctx) // the first caller starts the refresh and is the first to lose patience
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, order.ErrLocalLimit)
		require.Equal(t, 3*time.Second, time.Since(begin))
		require.Equal(t, "access-1", access(t, s))
		require.Equal(t, 10*time.Second, time.Since(begin))
		require.Equal(t, 1, e.count())
	})
}

func TestRefreshEndsWithinItsTimeout(t *testing.T) {
	for name, test := range map[string]struct {
		delay  time.Duration
		change func(*oauth.Config)
	}{
		"silent endpoint": {time.Hour, nil},
		"stuck store": {0, func(c *oauth.Config) {
			c.Store, c.StoreKey = stuckStore{}, "k"
		}},
		"stuck vault": {0, func(c *oauth.Config) {
			c.Credentials = func(ctx context.Context) (string, credential.Secret, error) {
				<-ctx.Done()
				return "", credential.Secret{}, ctx.Err()
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, &endpoint{delay: test.delay}, test.change, func(t *testing.T, s *oauth.Source) {
				begin := time.Now()
				_, err := s.Token(t.Context())
				require.ErrorIs(t, err, order.ErrTemporary)
				require.NotErrorIs(t, err, context.DeadlineExceeded, "the caller's context is fine")
				require.Equal(t, 30*time.Second, time.Since(begin))
			})
		})
	}
}

func TestCloseEndsARefresh(t *testing.T) {
	e := &endpoint{delay: time.Hour}
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		failed := make(chan error)
		go func() { _, err := s.Token(t.Context()); failed <- err }()
		synctest.Wait()
		begin := time.Now()
		require.NoError(t, s.Close())
		err := <-failed
		require.ErrorContains(t, err, "closed")
		require.NotErrorIs(t, err, context.Canceled, "the caller's context is fine")
		require.Zero(t, time.Since(begin))
		_, err = s.Token(t.Context())
		require.ErrorContains(t, err, "closed")
	})
}

// A failing endpoint is asked once per pause, however many callers there are.
func TestFailingEndpointIsNotStormed(t *testing.T) {
	e := &endpoint{answer: always(400, `{"error":"invalid_grant"}`)}
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		for range 3 {
			before := e.count()
			for range 200 {
				_, err := s.Token(t.Context())
				require.ErrorIs(t, err, order.ErrCredentialExpired)
			}
			require.Equal(t, before+1, e.count())
			time.Sleep(5 * time.Second)
		}
		e.set(nil)
		require.Equal(t, "access-4", access(t, s))
	})
}

// When the endpoint fails, a token that still lives is handed out to its end, and not one moment
// longer.
func TestOldTokenServesWhileTheEndpointFails(t *testing.T) {
	e := new(endpoint)
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		end := time.Now().Add(time.Hour)
		require.Equal(t, "access-1", access(t, s))
		e.set(always(503, ""))
		for time.Until(end) > 5*time.Second { // in the last seconds it may end while a refresh is waited for
			require.Equal(t, "access-1", access(t, s))
			time.Sleep(time.Second)
		}
		time.Sleep(time.Until(end))
		_, err := s.Token(t.Context())
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Less(t, e.count(), 1+3*120/5+6, "three tries per pause of the last two minutes")
	})
}

// A token shorter than the margins is not renewed at every call.
func TestShortLivedToken(t *testing.T) {
	e := &endpoint{answer: always(200, `{"access_token":"short","expires_in":"60"}`)}
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		for range 600 {
			require.Equal(t, "short", access(t, s))
			time.Sleep(time.Second)
		}
		require.InDelta(t, 13, e.count(), 2, "every 45 s in ten minutes")
	})
}

func TestInvalidate(t *testing.T) {
	e := &endpoint{}
	bubble(t, e, nil, func(t *testing.T, s *oauth.Source) {
		first, err := s.Token(t.Context())
		require.NoError(t, err)
		first.AccessToken += "-changed by the caller"
		require.Equal(t, "access-1", access(t, s), "what the caller got is its own")

		dead := &oauth2.Token{AccessToken: "access-1"}
		s.Invalidate(dead)
		require.Equal(t, "access-1", access(t, s), "a brand-new token is not helped by another")
		time.Sleep(time.Minute)
		s.Invalidate(&oauth2.Token{AccessToken: "older"})
		s.Invalidate(nil)
		require.Equal(t, "access-1", access(t, s))

		var group sync.WaitGroup
		for range 50 { // all saw the same dead token
			group.Go(func() {
				again, err := oauth.Renew(t.Context(), s, "access-1")
				require.NoError(t, err)
				require.True(t, again)
				require.Equal(t, "access-2", access(t, s))
			})
		}
		group.Wait()
		require.Equal(t, 2, e.count())
		again, err := oauth.Renew(t.Context(), s, "access-2")
		require.NoError(t, err)
		require.False(t, again)
	})
}

// A rotated refresh token is used from then on, until the user's own source gives another.
func TestRotatedRefreshToken(t *testing.T) {
	e := &endpoint{answer: func(n int, form url.Values) (int, string) {
		if n == 1 {
			return 200, `{"access_token":"a1","expires_in":60,"refresh_token":"refresh-2"}`
		}
		return 200, `{"access_token":"a","expires_in":60}`
	}}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		given := "refresh-1"
		s, err := oauth.NewSource(config(hc),
			credential.SourceFunc[credential.Secret](func(context.Context) (credential.Secret, error) {
				return credential.NewSecret(given), nil
			}))
		require.NoError(t, err)
		for range 3 {
			_, err := s.Token(t.Context())
			require.NoError(t, err)
			time.Sleep(time.Minute)
		}
		given = "refresh-of-a-new-consent"
		_, err = s.Token(t.Context())
		require.NoError(t, err)
		var used []string
		for _, f := range e.forms {
			used = append(used, f.Get("refresh_token"))
		}
		require.Equal(t, []string{"refresh-1", "refresh-2", "refresh-2", "refresh-of-a-new-consent"}, used)
		require.NoError(t, s.Close())
	})
}

// stuckStore never answers, and panicStore dies.
type (
	stuckStore struct{ credential.Store }
	panicStore struct{ credential.Store }
)

func (stuckStore) Load(ctx context.Context, _ string) (credential.Entry, error) {
	<-ctx.Done()
	return credential.Entry{}, ctx.Err()
}

func (panicStore) Load(context.Context, string) (credential.Entry, error) { panic("s3cr3t") }

// What a user's function does wrong must not leave anybody waiting.
func TestPanicsAndFailuresReachTheWaiters(t *testing.T) {
	for name, change := range map[string]func(*oauth.Config){
		"panic in the store": func(c *oauth.Config) {
			c.Store, c.StoreKey = panicStore{}, "k"
		},
		"panic in Credentials": func(c *oauth.Config) {
			c.Credentials = func(context.Context) (string, credential.Secret, error) { panic("s3cr3t") }
		},
		"error in Credentials": func(c *oauth.Config) {
			c.Credentials = func(context.Context) (string, credential.Secret, error) {
				return "", credential.Secret{}, errors.New("vault is sealed")
			}
		},
		"no client id": func(c *oauth.Config) {
			c.Credentials = func(context.Context) (string, credential.Secret, error) {
				return "", credential.Secret{}, nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, &endpoint{}, change, func(t *testing.T, s *oauth.Source) {
				var group sync.WaitGroup
				for range 10 {
					group.Go(func() {
						_, err := s.Token(t.Context())
						var e *order.Error
						require.ErrorAs(t, err, &e)
						require.Equal(t, "A2EXAMPLESHOP", e.Shop)
						require.NotContains(t, err.Error(), "s3cr3t")
					})
				}
				group.Wait()
			})
		})
	}
}

// An observer or a logger that panics ends neither the process nor the token.
func TestAPanickingObserverHarmsNobody(t *testing.T) {
	dies := order.ObserverFunc(func(_ context.Context, e order.Event) {
		if e.Kind == order.EventRefresh {
			panic("s3cr3t")
		}
	})
	for name, change := range map[string]func(*oauth.Config){
		"observer": func(c *oauth.Config) { c.Observer = dies },
		"logger":   func(c *oauth.Config) { c.Logger = slog.New(panicHandler{}) },
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, &endpoint{}, change, func(t *testing.T, s *oauth.Source) {
				for range 2 {
					token, err := s.Token(t.Context())
					require.NoError(t, err)
					require.NotEmpty(t, token)
				}
			})
		})
	}
}

type panicHandler struct{ slog.Handler }

func (panicHandler) Enabled(context.Context, slog.Level) bool { return true }
func (panicHandler) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "token renewed") || strings.Contains(r.Message, "panic") {
		panic("s3cr3t")
	}
	return nil
}

func TestRefreshEvents(t *testing.T) {
	var seen []order.Event
	e := &endpoint{answer: always(400, `{"error":"invalid_grant"}`)}
	bubble(t, e, func(c *oauth.Config) {
		c.Observer = order.ObserverFunc(func(_ context.Context, event order.Event) {
			if event.Kind == order.EventRefresh {
				seen = append(seen, event)
			}
		})
	}, func(t *testing.T, s *oauth.Source) {
		_, err := s.Token(t.Context())
		require.Error(t, err)
		time.Sleep(time.Minute)
		e.set(nil)
		access(t, s)
		require.Len(t, seen, 2)
		require.Equal(t, order.ErrCredentialExpired, seen[0].Class)
		require.Zero(t, seen[1].Class)
		require.Equal(t, "A2EXAMPLESHOP", seen[1].Shop)
	})
}
