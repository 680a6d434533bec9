package oauth_test

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// rotating is an endpoint that gives a new refresh token each time and refuses all others.
func rotating() func(int, url.Values) (int, string) {
	var mu sync.Mutex
	living := 1
	return func(_ int, form url.Values) (int, string) {
		mu.Lock()
		defer mu.Unlock()
		if form.Get("refresh_token") != fmt.Sprintf("refresh-%d", living) {
			return 400, `{"error":"invalid_grant"}`
		}
		living++
		return 200, fmt.Sprintf(`{"access_token":"access-%d","expires_in":3600,"refresh_token":"refresh-%d"}`, living,
			living)
	}
}

// slowStore takes its time to save.
type slowStore struct {
	credential.Memory
	takes time.Duration
}

func (s *slowStore) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
	time.Sleep(s.takes)
	return s.Memory.Save(ctx, key, value, version)
}

// Eight processes that share a store renew at once, again and again: all end with the winner's
// token, nobody is told to authorise.
func TestAllEndWithTheWinnersToken(t *testing.T) {
	for name, takes := range map[string]time.Duration{"quick store": 0, "slow store": 700 * time.Millisecond} {
		t.Run(name, func(t *testing.T) {
			e := &endpoint{delay: 200 * time.Millisecond, answer: rotating()}
			withClient(t, e, func(t *testing.T, hc *http.Client) {
				store := &slowStore{takes: takes}
				var all []*oauth.Source
				for range 8 {
					all = append(all, process(t, hc, store, "refresh-1"))
				}
				for round := range 10 {
					got := make([]string, len(all))
					var group sync.WaitGroup
					for i, s := range all {
						group.Go(func() { got[i] = access(t, s) })
					}
					group.Wait()
					for _, one := range got {
						require.Equal(t, fmt.Sprintf("access-%d", round+2), one)
					}
					if round%2 == 0 { // the mall refuses it as dead, to all at once
						time.Sleep(6 * time.Second)
						for _, s := range all {
							s.Invalidate(&oauth2.Token{AccessToken: got[0]})
						}
						continue
					}
					time.Sleep(2 * time.Hour)
					all[round%8] = process(t, hc, store, "refresh-1") // one is restarted
				}
			})
		})
	}
}

// What the store holds is used also where its access token is over, and a refusal counts when it
// holds nothing newer.
func TestARefusalCountsWhenNothingIsNewer(t *testing.T) {
	e := &endpoint{answer: rotating()}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		store := new(credential.Memory)
		a, b := process(t, hc, store, "refresh-1"), process(t, hc, store, "refresh-1")
		require.Equal(t, "access-2", access(t, a))
		require.Equal(t, "access-2", access(t, b))
		time.Sleep(2 * time.Hour)
		require.Equal(t, "access-3", access(t, a))
		time.Sleep(2 * time.Hour)
		require.Equal(t, "access-4", access(t, b), "b goes on with the refresh token that a has stored")

		_, err := process(t, hc, new(credential.Memory), "refresh-1").Token(t.Context())
		require.ErrorIs(t, err, order.ErrCredentialExpired, "another store holds nothing newer")
		require.ErrorContains(t, err, "authorise again")

		e.set(always(400, `{"error":"invalid_grant"}`)) // the consent is withdrawn
		time.Sleep(2 * time.Hour)
		begin, sent := time.Now(), e.count()
		_, err = a.Token(t.Context())
		require.ErrorIs(t, err, order.ErrCredentialExpired)
		require.Less(t, time.Since(begin), 10*time.Second)
		require.Less(t, e.count()-sent, 4)
	})
}

// A new consent that reaches the caller's source while the old one is refused is used at once.
func TestANewConsentCountsInTheSameRefresh(t *testing.T) {
	given := "refresh-old"
	e := &endpoint{answer: func(_ int, form url.Values) (int, string) {
		if form.Get("refresh_token") == "refresh-old" {
			given = "refresh-new"
			return 400, `{"error":"invalid_grant"}`
		}
		return 200, `{"access_token":"access-new","expires_in":3600}`
	}}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		s, err := oauth.NewSource(config(hc),
			credential.SourceFunc[credential.Secret](func(context.Context) (credential.Secret, error) {
				return credential.NewSecret(given), nil
			}))
		require.NoError(t, err)
		require.Equal(t, "access-new", access(t, s))
		require.NoError(t, s.Close())
	})
}

// A refresh token that was rotated but could not be stored is not lost to the older one that stands
// in the store.
func TestAnUnsavedRotationIsNotForgotten(t *testing.T) {
	e := &endpoint{answer: rotating()}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		store := new(brokenStore)
		s := process(t, hc, store, "refresh-1")
		require.Equal(t, "access-2", access(t, s))
		time.Sleep(2 * time.Hour)
		store.save = context.DeadlineExceeded
		_, err := s.Token(t.Context())
		require.Error(t, err)
		time.Sleep(2 * time.Hour) // what was not saved is over, too
		_, err = s.Token(t.Context())
		require.ErrorIs(t, err, order.ErrTemporary)
		store.save = nil
		time.Sleep(time.Minute)
		require.Equal(t, "access-4", access(t, s))
	})
}
