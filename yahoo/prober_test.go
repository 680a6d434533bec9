package yahoo_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

func about(kind credential.Kind, name string) credential.Record {
	return credential.Record{Mall: order.Yahoo, Shop: "mihon-store", Kind: kind, Name: name}
}

// probing runs a test against a mall and a client in simulated time.
func probing(
	t *testing.T, change func(*yahootest.Mall, *yahoo.Keys), test func(*testing.T, *yahootest.Mall, *yahoo.Client),
) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t)
		keys := keysOf(m)
		if change != nil {
			change(m, &keys)
		}
		c, err := yahoo.New(yahoo.Config{Shop: m.Shop(), Keys: credential.Static(keys),
			HTTPClient: &http.Client{Transport: m.Transport()}})
		require.NoError(t, err)
		test(t, m, c)
	})
}

func TestProbeOfTheSession(t *testing.T) {
	noKey := func(_ *yahootest.Mall, k *yahoo.Keys) { k.PublicKey, k.PublicKeyVersion = "", "" }
	for name, test := range map[string]struct {
		change func(*yahootest.Mall, *yahoo.Keys)
		later  time.Duration
		meddle func(*yahootest.Mall)
		want   credential.Observation
		fails  error
	}{
		"signed":        {want: credential.Observation{State: credential.Valid, Extended: credential.Holds, Words: "authorized"}},
		"signed, later": {later: 27 * 24 * time.Hour, want: credential.Observation{State: credential.Valid, Extended: credential.Holds, Words: "authorized"}},
		"unsigned":      {change: noKey, want: credential.Observation{State: credential.Valid, Extended: credential.Fails, Words: "none"}},
		"twelve hours":  {change: noKey, later: 12 * time.Hour, want: credential.Observation{State: credential.Expired, Extended: credential.Fails, Words: "px-04102"}},
		"key disabled": {meddle: func(m *yahootest.Mall) { m.EnableKey("1", false) },
			want: credential.Observation{State: credential.Valid, Extended: credential.Fails,
				Words: "invalid-key-status"}},
		"four weeks":  {later: 28 * 24 * time.Hour, want: credential.Observation{State: credential.Expired, Words: "invalid_grant"}},
		"withdrawn":   {meddle: (*yahootest.Mall).Revoke, want: credential.Observation{State: credential.Expired, Words: "invalid_grant"}},
		"not allowed": {meddle: func(m *yahootest.Mall) { m.RefuseIP(true) }, fails: order.ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			probing(t, test.change, func(t *testing.T, m *yahootest.Mall, c *yahoo.Client) {
				time.Sleep(test.later)
				if test.meddle != nil {
					test.meddle(m)
				}
				seen, err := c.Probe(t.Context(), about(credential.KindOrderSession, ""))
				if test.fails != nil {
					require.ErrorIs(t, err, test.fails)
					require.Zero(t, seen)
					return
				}
				require.NoError(t, err)
				require.WithinDuration(t, time.Now(), seen.At, time.Minute)
				seen.At = time.Time{}
				require.Equal(t, test.want, seen)
			})
		})
	}
}

func TestProbeOfThePublicKeys(t *testing.T) {
	probing(t, func(m *yahootest.Mall, k *yahoo.Keys) {
		k.OldPublicKey, k.OldPublicKeyVersion = k.PublicKey, k.PublicKeyVersion
		k.PublicKey, k.PublicKeyVersion = m.IssueKey()
	}, func(t *testing.T, m *yahootest.Mall, c *yahoo.Client) {
		state := func(version string) credential.State {
			seen, err := c.Probe(t.Context(), about(credential.KindPublicKey, version))
			require.NoError(t, err)
			return seen.State
		}
		require.Equal(t, credential.Valid, state(""))
		require.Equal(t, credential.Valid, state("1"))
		m.EnableKey("2", false)
		require.Equal(t, credential.Expired, state("2"))
		require.Equal(t, credential.Valid, state("1"))
		require.Equal(t, credential.Expired, state(""), "asked with that very key, not with the one that works")
		_, err := c.Probe(t.Context(), about(credential.KindPublicKey, "3"))
		require.ErrorIs(t, err, credential.ErrCannotAsk)
		_, err = c.Probe(t.Context(), about(credential.KindRefreshToken, ""))
		require.ErrorIs(t, err, credential.ErrCannotAsk)
	})
	probing(t, func(m *yahootest.Mall, k *yahoo.Keys) { k.PublicKeyVersion = "9" },
		func(t *testing.T, m *yahootest.Mall, c *yahoo.Client) {
			_, err := c.Probe(t.Context(), about(credential.KindPublicKey, ""))
			require.ErrorIs(t, err, order.ErrUnauthorized)
			require.ErrorContains(t, err, "not-found-key-version")
			require.ErrorContains(t, err, "暗号鍵管理", "the remedy")
		})
}
