package amazon_test

import (
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

const redirect = "https://orders.example.jp/amazon"

func consentOf(m *amazontest.Mall, shop string) amazon.ConsentConfig {
	return amazon.ConsentConfig{ApplicationID: m.ApplicationID(), ClientID: m.ClientID(),
		ClientSecret: credential.NewSecret(m.ClientSecret()),
		RedirectURI:  redirect, Shop: shop, SellerCentral: m.SellerCentral(),
		TokenURL:   "https://lwa.invalid/auth/o2/token",
		HTTPClient: &http.Client{Transport: m.Transport()}}
}

func TestConsentURL(t *testing.T) {
	cfg := amazon.ConsentConfig{ApplicationID: "amzn1.sp.solution.mihon", ClientID: "mihon",
		ClientSecret: credential.NewSecret("mihon")}
	for _, draft := range []bool{false, true} {
		cfg.Draft = draft
		c, err := amazon.NewConsent(cfg)
		require.NoError(t, err)
		r := c.Begin()
		u, err := url.Parse(r.URL)
		require.NoError(t, err)
		require.Equal(t, "https://sellercentral.amazon.co.jp/apps/authorize/consent", u.Scheme+"://"+u.Host+u.Path)
		want := url.Values{"application_id": {"amzn1.sp.solution.mihon"}, "state": {r.State.Reveal()}}
		if draft {
			want.Set("version", "beta")
		}
		require.Equal(t, want, u.Query())
	}
}

func TestConsent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t, amazontest.Options{Orders: -1, RedirectURI: redirect, Draft: true})
		try := func(change func(*amazon.ConsentConfig), wait time.Duration) (amazon.Grant, error) {
			cfg := consentOf(m, m.Shop())
			cfg.Draft = true
			change(&cfg)
			c, err := amazon.NewConsent(cfg)
			require.NoError(t, err)
			r := c.Begin()
			callback, err := m.Agree(r.URL)
			if err != nil {
				return amazon.Grant{}, err
			}
			u, err := url.Parse(callback)
			require.NoError(t, err)
			time.Sleep(wait)
			grant, err := c.Finish(t.Context(), r, u.Query())
			if err == nil {
				_, again := c.Finish(t.Context(), r, u.Query())
				require.ErrorIs(t, again, order.ErrCredentialExpired, "a code works once")
			}
			return grant, err
		}
		for _, shop := range []string{m.Shop(), ""} {
			grant, err := try(func(c *amazon.ConsentConfig) { c.Shop = shop }, 0)
			require.NoError(t, err)
			require.Equal(t, amazon.Grant{Shop: m.Shop(), RefreshToken: credential.NewSecret(m.RefreshToken()),
				AuthorizedAt: time.Now()}, grant)
		}
		before := m.Count("token")
		_, err := try(func(c *amazon.ConsentConfig) { c.Shop = "A0ANOTHERSELLER" }, 0)
		require.ErrorIs(t, err, order.ErrForbidden)
		require.ErrorContains(t, err, "another seller")
		require.Equal(t, before, m.Count("token"), "the code is not spent")
		_, err = try(func(*amazon.ConsentConfig) {}, 5*time.Minute)
		require.ErrorIs(t, err, order.ErrCredentialExpired)
		_, err = try(func(c *amazon.ConsentConfig) { c.Draft = false }, 0)
		require.ErrorContains(t, err, "MD1000")
		_, err = try(func(c *amazon.ConsentConfig) { c.RedirectURI = "https://elsewhere.example.jp/" }, 0)
		require.ErrorContains(t, err, "MD5101")
	})
}

func TestConsentConfigIsChecked(t *testing.T) {
	good := amazon.ConsentConfig{ApplicationID: "amzn1.sp.solution.mihon", ClientID: "mihon",
		ClientSecret: credential.NewSecret("mihon")}
	for field, change := range map[string]func(*amazon.ConsentConfig){
		"ApplicationID: is empty":      func(c *amazon.ConsentConfig) { c.ApplicationID = "" },
		"ApplicationID is a client id": func(c *amazon.ConsentConfig) { c.ApplicationID = "amzn1.application-oa2-client.mihon" },
		"ClientSecret":                 func(c *amazon.ConsentConfig) { c.ClientSecret = credential.Secret{} },
		"RedirectURI":                  func(c *amazon.ConsentConfig) { c.RedirectURI = "orders.example.jp" },
		"SellerCentral":                func(c *amazon.ConsentConfig) { c.SellerCentral = "sellercentral.amazon.co.jp" },
	} {
		cfg := good
		change(&cfg)
		_, err := amazon.NewConsent(cfg)
		require.ErrorIs(t, err, order.ErrInvalid, field)
		require.ErrorContains(t, err, field)
	}
}

// A secret's whole life: Amazon announces its end, it is rotated by API, the notification brings
// the new one, which is stored before it is used; the old one dies a week later and no call fails.
func TestRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMall(t, amazontest.Options{Orders: -1, SecretIssued: time.Now()})
		issued := time.Now()
		m.RegisterRotationQueue()
		store := new(credential.Memory)
		base, err := keys(m).Current(t.Context())
		require.NoError(t, err)
		open := func() (*amazon.KeyStore, *amazon.Client) {
			s, err := amazon.NewKeyStore(store, m.Shop(), credential.Static(base))
			require.NoError(t, err)
			cfg := config(m)
			cfg.Keys, cfg.Store = s, store
			return s, newClient(t, cfg)
		}
		k, c := open()
		secret := func() credential.Record {
			records, err := credential.LoadRecords(t.Context(), store)
			require.NoError(t, err)
			require.Len(t, records, 1)
			require.Equal(t, credential.KindClientSecret, records[0].Kind)
			return records[0]
		}
		notify := func() (changes int, all []amazon.Notification) {
			for _, message := range m.Notifications() {
				list, err := amazon.ParseNotifications([]byte(message))
				require.NoError(t, err)
				for _, n := range list {
					changed, err := k.Notified(t.Context(), n)
					require.NoError(t, err)
					if changed {
						changes++
					}
					all = append(all, n)
				}
			}
			return changes, all
		}
		require.NoError(t, c.Check(t.Context()))
		changes, _ := notify()
		require.Zero(t, changes)
		time.Sleep(91 * 24 * time.Hour)
		changes, _ = notify()
		require.Equal(t, 1, changes, "the end is announced")
		require.True(t, secret().Observed.End.Equal(issued.AddDate(0, 0, 180)))

		_, err = c.RotateApplicationClientSecret(t.Context())
		require.NoError(t, err)
		rotated := time.Now()
		changes, all := notify()
		require.Equal(t, 1, changes)
		require.True(t, secret().Start.Equal(rotated))
		require.True(t, secret().Observed.End.Equal(rotated.AddDate(0, 0, 180)))
		changed, err := k.Notified(t.Context(), all[0]) // the queue delivers at least once
		require.NoError(t, err)
		require.False(t, changed)

		late := all[0]
		late.EventTime = amazon.DateTime(issued.UTC().Format(time.RFC3339))
		changed, err = k.Notified(t.Context(), late)
		require.NoError(t, err)
		require.False(t, changed, "an older secret does not come back")
		old := amazon.Notification{Type: amazon.ClientSecretExpiry,
			EventTime: amazon.DateTime(rotated.Add(time.Hour).UTC().Format(time.RFC3339)),
			SecretExpiry: &amazon.ClientSecretExpiryNotification{ClientID: m.ClientID(),
				ClientSecretExpiryTime: all[0].NewSecret.OldClientSecretExpiryTime}}
		changed, err = k.Notified(t.Context(), old)
		require.NoError(t, err)
		require.False(t, changed, "that is the end of the old secret")
		other := all[0]
		other.NewSecret = &amazon.ClientNewSecretNotification{ClientID: "amzn1.application-oa2-client.another",
			NewClientSecret: credential.NewSecret("x")}
		changed, err = k.Notified(t.Context(), other)
		require.NoError(t, err)
		require.False(t, changed, "another application's")

		for range 20 { // days: the old secret dies on the way
			time.Sleep(24 * time.Hour)
			require.NoError(t, c.Check(t.Context()))
		}
		_, restarted := open()
		require.NoError(t, restarted.Check(t.Context()))
		now, err := k.Current(t.Context())
		require.NoError(t, err)
		require.Equal(t, m.ClientSecret(), now.ClientSecret.Reveal())
		require.NotEqual(t, base.ClientSecret, now.ClientSecret)
		base.ClientSecret = credential.NewSecret("pasted since")
		k, _ = open()
		now, err = k.Current(t.Context())
		require.NoError(t, err)
		require.Equal(t, "pasted since", now.ClientSecret.Reveal())
	})
}

func TestKeyStoreKeepsAnAuthorisation(t *testing.T) {
	store := new(credential.Memory)
	s, err := amazon.NewKeyStore(store, "A0MIHONSELLER0",
		credential.Static(amazon.Keys{ClientID: "mihon", ClientSecret: credential.NewSecret("mihon")}))
	require.NoError(t, err)
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, order.JST)
	grant := amazon.Grant{Shop: "A0MIHONSELLER0", RefreshToken: credential.NewSecret("Atzr|self"), AuthorizedAt: at,
		Self: true}
	kind := func() credential.Kind {
		records, err := credential.LoadRecords(t.Context(), store)
		require.NoError(t, err)
		require.Len(t, records, 1)
		return records[0].Kind
	}
	require.NoError(t, s.Authorized(t.Context(), grant))
	require.Equal(t, credential.KindSelfAuthorization, kind())
	grant.RefreshToken, grant.Self, grant.AuthorizedAt = credential.NewSecret("Atzr|website"), false, at.Add(time.Hour)
	require.NoError(t, s.Authorized(t.Context(), grant))
	require.Equal(t, credential.KindAuthorization, kind())
	grant.RefreshToken, grant.AuthorizedAt = credential.NewSecret("Atzr|late"), at
	require.NoError(t, s.Authorized(t.Context(), grant))
	k, err := s.Current(t.Context())
	require.NoError(t, err)
	require.Equal(t, "Atzr|website", k.RefreshToken.Reveal())
	grant.Shop = "A0ANOTHERSELLER"
	require.ErrorIs(t, s.Authorized(t.Context(), grant), order.ErrForbidden)
	require.Error(t, s.Authorized(t.Context(), amazon.Grant{}))
}
