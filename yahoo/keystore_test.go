package yahoo_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
)

func TestKeyStore(t *testing.T) {
	store := new(credential.Memory)
	base := yahoo.Keys{ClientID: "mihon-client", RefreshToken: credential.NewSecret("from-the-configuration")}
	open := func() *yahoo.KeyStore {
		s, err := yahoo.NewKeyStore(store, "mihon-store",
			credential.SourceFunc[yahoo.Keys](credential.Static(base).Current))
		require.NoError(t, err)
		return s
	}
	token := func() string {
		k, err := open().Current(t.Context())
		require.NoError(t, err)
		return k.RefreshToken.Reveal()
	}
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, order.JST)
	grant := func(token string, at time.Time) yahoo.Grant {
		return yahoo.Grant{RefreshToken: credential.NewSecret(token), ConsentedAt: at}
	}
	require.Equal(t, "from-the-configuration", token())
	require.NoError(t, open().Consented(t.Context(), grant("second", at.Add(time.Hour))))
	require.NoError(t, open().Consented(t.Context(), grant("first, but late", at)))
	require.Equal(t, "second", token())
	records, err := credential.LoadRecords(t.Context(), store)
	require.NoError(t, err)
	require.Len(t, records, 2)
	for _, r := range records {
		require.True(t, r.Start.Equal(at.Add(time.Hour)), r.ID())
	}
	base.RefreshToken = credential.NewSecret("pasted since")
	require.Equal(t, "pasted since", token())
	require.NoError(t, open().Consented(t.Context(), grant("third", at.Add(2*time.Hour))))
	require.Equal(t, "third", token())

	require.Error(t, open().Consented(t.Context(), yahoo.Grant{}))
	base.RefreshToken = credential.Secret{}
	_, err = open().Current(t.Context())
	require.ErrorIs(t, err, order.ErrCredentialExpired)
	require.ErrorContains(t, err, "there is no consent yet")
}

// Many processes consent at once, in any order: the latest consent stays.
func TestKeyStoreKeepsTheLatestConsent(t *testing.T) {
	store := new(credential.Memory)
	s, err := yahoo.NewKeyStore(store, "mihon-store", credential.Static(yahoo.Keys{ClientID: "mihon-client"}))
	require.NoError(t, err)
	var group sync.WaitGroup
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, order.JST)
	for i := range 20 {
		group.Go(func() {
			_ = s.Consented(t.Context(), yahoo.Grant{RefreshToken: credential.NewSecret(fmt.Sprint("token-", i)),
				ConsentedAt: at.Add(time.Duration(i) * time.Minute)})
		})
	}
	group.Wait()
	k, err := s.Current(t.Context())
	require.NoError(t, err)
	require.Equal(t, "token-19", k.RefreshToken.Reveal())
	require.True(t, k.ConsentedAt.Equal(at.Add(19*time.Minute)))
}

// Two programs on one store ask for one access token an hour between them, and a new consent
// reaches both.
func TestProgramsShareAStore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t)
		store := new(credential.Memory)
		base := keysOf(m)
		var programs []*yahoo.Client
		var keys *yahoo.KeyStore
		for range 2 {
			var err error
			keys, err = yahoo.NewKeyStore(store, m.Shop(), credential.Static(base))
			require.NoError(t, err)
			c, err := yahoo.New(yahoo.Config{Shop: m.Shop(), Keys: keys, Store: store,
				HTTPClient: &http.Client{Transport: m.Transport()}})
			require.NoError(t, err)
			programs = append(programs, c)
		}
		check := func() {
			for _, c := range programs {
				require.NoError(t, c.Check(t.Context()))
			}
		}
		for range 5 {
			check()
			time.Sleep(65 * time.Minute)
		}
		require.Len(t, m.Calls("token"), 5)
		m.Consent()
		require.NoError(t, keys.Consented(t.Context(),
			yahoo.Grant{RefreshToken: credential.NewSecret(m.RefreshToken()), ConsentedAt: m.ConsentedAt()}))
		check()
		require.Len(t, m.Calls("token"), 6)
		time.Sleep(27*24*time.Hour + 12*time.Hour) // the first consent is over, the new one is not
		check()
	})
}

// A consent that was damaged in the store is neither used nor taken for none: the error says what
// to remove.
func TestKeyStoreWithADamagedConsent(t *testing.T) {
	store := new(credential.Memory)
	keys, err := yahoo.NewKeyStore(store, "mihon-store", credential.Static(yahoo.Keys{ClientID: "mihon-client"}))
	require.NoError(t, err)
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, order.JST)
	require.NoError(t, keys.Consented(t.Context(),
		yahoo.Grant{RefreshToken: credential.NewSecret("mihon-token"), ConsentedAt: at}))
	const place = "yahoo/mihon-store/keys"
	entry, err := store.Load(t.Context(), place)
	require.NoError(t, err)
	require.NotNil(t, entry.Value)
	_, err = store.Save(t.Context(), place, []byte(`{"refresh_token": ["mihon-token"]}`), entry.Version)
	require.NoError(t, err)
	_, err = keys.Current(t.Context())
	require.ErrorIs(t, err, order.ErrUndecodable)
	require.ErrorContains(t, err, "remove "+place+" from the store and authorise again")
	require.NotContains(t, err.Error(), "mihon-token")
	err = keys.Consented(t.Context(), yahoo.Grant{RefreshToken: credential.NewSecret("another"),
		ConsentedAt: at.Add(time.Hour)})
	require.ErrorIs(t, err, order.ErrUndecodable, "what cannot be read is not written over")
}
