package oauth_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// shelf is a store that compares and swaps, shared by two processes.
type shelf struct {
	mu    sync.Mutex
	token *oauth2.Token
	saves int
}

func (s *shelf) save(_ context.Context, old, renewed *oauth2.Token) (*oauth2.Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.saves++
	switch {
	case s.token == nil && old == nil, s.token != nil && old != nil && s.token.AccessToken == old.AccessToken:
		s.token = renewed
	}
	return s.token, nil
}

// Two processes renew at once: both end up with the token of the one that stored first.
func TestTwoSourcesEndWithTheWinnersToken(t *testing.T) {
	e := &endpoint{delay: time.Second}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		store := &shelf{token: stored("stored", time.Minute)}
		var sources []*oauth.Source
		for range 2 {
			cfg := config(hc)
			cfg.Save, cfg.Token = store.save, store.token
			s, err := oauth.NewSource(cfg, credential.Static(credential.NewSecret("refresh-1")))
			require.NoError(t, err)
			sources = append(sources, s)
		}
		time.Sleep(time.Hour)
		got := make([]string, 2)
		var group sync.WaitGroup
		for i, s := range sources {
			group.Go(func() { got[i] = access(t, s) })
		}
		group.Wait()
		require.Equal(t, 2, store.saves)
		require.Equal(t, got[0], got[1])
		require.Equal(t, store.token.AccessToken, got[0])

		time.Sleep(2 * time.Hour) // and the loser compares with the winner's token from then on
		require.Equal(t, access(t, sources[0]), store.token.AccessToken)
		for _, s := range sources {
			require.NoError(t, s.Close())
		}
	})
}

// A token is saved before it is used. One that could not be saved is kept, so that no refresh token is spent twice.
func TestSavedBeforeItIsUsed(t *testing.T) {
	e := &endpoint{}
	var told [][2]*oauth2.Token
	fail := true
	bubble(t, e, func(c *oauth.Config) {
		c.Save = func(_ context.Context, old, renewed *oauth2.Token) (*oauth2.Token, error) {
			told = append(told, [2]*oauth2.Token{old, renewed})
			if fail {
				return nil, errors.New("disk is full")
			}
			return renewed, nil
		}
	}, func(t *testing.T, s *oauth.Source) {
		_, err := s.Token(t.Context())
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorContains(t, err, "disk is full")
		time.Sleep(5 * time.Second)
		fail = false
		require.Equal(t, "access-1", access(t, s))
		require.Equal(t, 1, e.count(), "the token that was not saved is saved now, not asked for again")
		require.Nil(t, told[1][0])
		require.Equal(t, "access-1", told[1][1].AccessToken)
		require.Equal(t, "refresh-1", told[1][1].RefreshToken, "the old one goes on when none was given")
		time.Sleep(time.Hour)
		require.Equal(t, "access-2", access(t, s))
		require.Equal(t, "access-1", told[2][0].AccessToken)
	})
}
