package oauth_test

import (
	"context"
	"errors"
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

// process is a Source of another process: it shares nothing but the store.
func process(t *testing.T, hc *http.Client, store credential.Store, refresh string) *oauth.Source {
	t.Helper()
	cfg := config(hc)
	cfg.Store, cfg.StoreKey = store, "amazon/A2EXAMPLESHOP/token"
	s, err := oauth.NewSource(cfg, credential.Static(credential.NewSecret(refresh)))
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestProcessesShareTokens(t *testing.T) {
	e := &endpoint{delay: time.Second}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		store := new(credential.Memory)
		a, b := process(t, hc, store, "refresh-1"), process(t, hc, store, "refresh-1")
		got := make([]string, 2)
		var group sync.WaitGroup
		for i, s := range []*oauth.Source{a, b} {
			group.Go(func() { got[i] = access(t, s) })
		}
		group.Wait()
		require.Equal(t, 2, e.count(), "both asked at the same moment")
		require.Equal(t, got[0], got[1], "and both use what was stored first")

		require.Equal(t, got[0], access(t, process(t, hc, store, "refresh-1")))
		require.Equal(t, 2, e.count(), "a third process asks for nothing")

		time.Sleep(2 * time.Hour)
		first := access(t, a)
		require.Equal(t, first, access(t, b))
		require.Equal(t, 3, e.count(), "one renewal serves all")

		b.Invalidate(&oauth2.Token{AccessToken: first}) // the mall refused it, a moment after b took it over
		second := access(t, b)
		require.NotEqual(t, first, second)
		a.Invalidate(&oauth2.Token{AccessToken: first})
		require.Equal(t, first, access(t, a), "a's own is too young to be given up at once")
		time.Sleep(6 * time.Second)
		a.Invalidate(&oauth2.Token{AccessToken: first})
		require.Equal(t, second, access(t, a))
		require.Equal(t, 4, e.count())

		require.NotEqual(t, second, access(t, process(t, hc, store, "refresh-of-a-new-consent")))
	})
}

// A refresh token that the server rotated is stored before it is used, and the next process goes on
// with it.
func TestARotatedRefreshTokenSurvivesTheProcess(t *testing.T) {
	e := &endpoint{answer: func(n int, form url.Values) (int, string) {
		if want := fmt.Sprintf("refresh-%d", n); form.Get("refresh_token") != want {
			return 400, `{"error":"invalid_grant"}`
		}
		return 200, fmt.Sprintf(`{"access_token":"access-%d","expires_in":3600,"refresh_token":"refresh-%d"}`, n, n+1)
	}}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		store := new(credential.Memory)
		for n := 1; n < 5; n++ {
			require.Equal(t, fmt.Sprintf("access-%d", n), access(t, process(t, hc, store, "refresh-1")))
			time.Sleep(2 * time.Hour)
		}
	})
}

// brokenStore fails where it is told to.
type brokenStore struct {
	credential.Memory
	load, save error
}

func (s *brokenStore) Load(ctx context.Context, key string) (credential.Entry, error) {
	if s.load != nil {
		return credential.Entry{}, s.load
	}
	return s.Memory.Load(ctx, key)
}

func (s *brokenStore) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
	if s.save != nil {
		return "", s.save
	}
	return s.Memory.Save(ctx, key, value, version)
}

func TestAStoreThatFailsKeepsTheTokenBack(t *testing.T) {
	e := &endpoint{}
	withClient(t, e, func(t *testing.T, hc *http.Client) {
		store := &brokenStore{save: errors.New("disk is full")}
		s := process(t, hc, store, "refresh-1")
		_, err := s.Token(t.Context())
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorContains(t, err, "disk is full")
		store.save, store.load = nil, errors.New("disk is gone")
		time.Sleep(6 * time.Second)
		_, err = s.Token(t.Context())
		require.ErrorContains(t, err, "disk is gone")
		store.load = nil
		time.Sleep(6 * time.Second)
		require.Equal(t, "access-1", access(t, s))
		require.Equal(t, 1, e.count())
	})
}
