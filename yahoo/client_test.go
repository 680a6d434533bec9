package yahoo_test

import (
	"context"
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

// keysOf are the keys of the fake store, with its public key.
func keysOf(m *yahootest.Mall) yahoo.Keys {
	return yahoo.Keys{
		ClientID: m.ClientID(), ClientSecret: credential.NewSecret(m.ClientSecret()),
		RefreshToken: credential.NewSecret(m.RefreshToken()),
		ConsentedAt:  m.ConsentedAt(), PublicKey: m.PublicKey(), PublicKeyVersion: m.PublicKeyVersion(),
	}
}

func configOf(m *yahootest.Mall) yahoo.Config {
	return yahoo.Config{
		Shop: m.Shop(), Keys: credential.Static(keysOf(m)), HTTPClient: &http.Client{Transport: m.Transport()},
		Limiter: order.Unlimited,
	}
}

// newClient makes a client of a fake store; change may alter its configuration.
func newClient(t *testing.T, m *yahootest.Mall, change ...func(*yahoo.Config)) *yahoo.Client {
	t.Helper()
	t.Cleanup(m.Close)
	cfg := configOf(m)
	for _, f := range change {
		f(&cfg)
	}
	c, err := yahoo.New(cfg)
	require.NoError(t, err)
	return c
}

func TestNewRefuses(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	for name, tc := range map[string]struct {
		change func(*yahoo.Config)
		want   string
	}{
		"zero":            {func(c *yahoo.Config) { *c = yahoo.Config{} }, "Config.Shop"},
		"shop":            {func(c *yahoo.Config) { c.Shop = "見本店" }, "Config.Shop"},
		"keys":            {func(c *yahoo.Config) { c.Keys = nil }, "Config.Keys"},
		"base":            {func(c *yahoo.Config) { c.BaseURL = "circus.invalid" }, "BaseURL"},
		"token url":       {func(c *yahoo.Config) { c.TokenURL = "nowhere" }, "Config.TokenURL"},
		"auth header":     {func(c *yahoo.Config) { c.Header = http.Header{"Authorization": {"x"}} }, "Config.Header"},
		"budget":          {func(c *yahoo.Config) { c.Limiter, c.Budget = nil, &yahoo.Budget{Reserve: yahoo.CallsPerDay} }, "Config.Budget"},
		"two quotas":      {func(c *yahoo.Config) { c.Budget = &yahoo.Budget{} }, "Config.Budget"},
		"client id":       {key(mall, func(k *yahoo.Keys) { k.ClientID = " " }), "Keys.ClientID"},
		"refresh token":   {key(mall, func(k *yahoo.Keys) { k.RefreshToken = credential.NewSecret("a b") }), "Keys.RefreshToken"},
		"key, no version": {key(mall, func(k *yahoo.Keys) { k.PublicKeyVersion = "" }), "Keys.PublicKeyVersion"},
		"version, no key": {key(mall, func(k *yahoo.Keys) { k.PublicKey = "" }), "Keys.PublicKey"},
		"version":         {key(mall, func(k *yahoo.Keys) { k.PublicKeyVersion = "v1" }), "Keys.PublicKeyVersion"},
		"edited key":      {key(mall, func(k *yahoo.Keys) { k.PublicKey = k.PublicKey[:120] }), "Keys.PublicKey"},
		"old key":         {key(mall, func(k *yahoo.Keys) { k.OldPublicKey, k.OldPublicKeyVersion = "garbage", "1" }), "Keys.OldPublicKey"},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := configOf(mall)
			tc.change(&cfg)
			_, err := yahoo.New(cfg)
			require.ErrorIs(t, err, order.ErrInvalid)
			require.ErrorContains(t, err, tc.want)
		})
	}
	require.Zero(t, mall.Count(""), "New sends nothing")
}

func key(m *yahootest.Mall, change func(*yahoo.Keys)) func(*yahoo.Config) {
	return func(c *yahoo.Config) {
		k := keysOf(m)
		change(&k)
		c.Keys = credential.Static(k)
	}
}

func TestKeysThatMustBeFetchedAreCheckedAtTheFirstCall(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	c := newClient(t, mall, func(cfg *yahoo.Config) {
		cfg.Keys = credential.SourceFunc[yahoo.Keys](func(ctx context.Context) (yahoo.Keys, error) {
			return yahoo.Keys{ClientID: "全角"}, ctx.Err()
		})
	})
	err := c.Check(t.Context())
	require.ErrorIs(t, err, order.ErrInvalid)
	require.ErrorContains(t, err, "Keys.ClientID")
	require.Zero(t, mall.Count(""))
}

func TestCheck(t *testing.T) {
	for name, tc := range map[string]struct {
		set   func(*yahootest.Mall)
		class order.Class
		hint  string
	}{
		"fine":    {func(*yahootest.Mall) {}, 0, ""},
		"ip":      {func(m *yahootest.Mall) { m.RefuseIP(true) }, order.ErrForbidden, "IP"},
		"revoked": {func(m *yahootest.Mall) { m.Revoke() }, order.ErrCredentialExpired, "authorise again"},
		"maintenance": {func(m *yahootest.Mall) {
			_ = m.Inject(yahootest.Fault{Kind: yahootest.Maintenance, Operation: "orderList", Times: -1})
		}, order.ErrMaintenance, "maintenance"},
		"over limit": {func(m *yahootest.Mall) {
			_ = m.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList", Status: 403,
				Body: "<Error><Message>Your Request was Forbidden</Message></Error>"})
		}, order.ErrForbidden, "50,000"},
		"scope": {func(m *yahootest.Mall) {
			_ = m.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList", Status: 401, Times: -1,
				Body: `<Error><Message>Please provide valid credentials. Bearer realm="yahooapis.jp", error="insufficient_scope"</Message></Error>`})
		}, order.ErrForbidden, "ストア向け操作関連"},
	} {
		t.Run(name, func(t *testing.T) {
			mall := yahootest.New(yahootest.Options{Orders: -1})
			c := newClient(t, mall)
			tc.set(mall)
			err := c.Check(t.Context())
			if tc.class == 0 {
				require.NoError(t, err)
				require.Equal(t, 1, mall.Count("orderList"))
				return
			}
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, tc.class, e.Class, e)
			require.Contains(t, e.Hint.EN, tc.hint)
			require.Equal(t, order.Yahoo, e.Mall)
			require.Equal(t, mall.Shop(), e.Shop)
		})
	}
}

func TestCheckOfWrongShop(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	c := newClient(t, mall, func(cfg *yahoo.Config) { cfg.Shop = "another-store" })
	var e *order.Error
	require.ErrorAs(t, c.Check(t.Context()), &e)
	require.Equal(t, "px-14303", e.Code)
	require.ErrorIs(t, e, order.ErrForbidden)
}

// A dead access token is refreshed once, whatever the operation.
func TestDeadTokenIsRefreshedOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		c, err := yahoo.New(configOf(mall))
		require.NoError(t, err)
		require.NoError(t, c.Check(t.Context()))
		time.Sleep(time.Minute)
		mall.ExpireAccessTokens()
		require.NoError(t, c.Check(t.Context()))
		require.Equal(t, 2, mall.Count("token"))
		require.Equal(t, 3, mall.Count("orderList"))

		// A token that stays dead is not refreshed for ever.
		require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList", Status: 401,
			Times: -1,
			Body:  `<Error><Message>Bearer error="invalid_token"</Message></Error>`}))
		time.Sleep(time.Minute)
		require.ErrorIs(t, c.Check(t.Context()), order.ErrUnauthorized)
		require.Equal(t, 3, mall.Count("token"))
		require.Equal(t, 5, mall.Count("orderList"))
	})
}

// The order session ends after twelve hours, and no refresh helps.
func TestSessionOverIsNeverRefreshed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		cfg := configOf(mall)
		key(mall, func(k *yahoo.Keys) { k.PublicKey, k.PublicKeyVersion = "", "" })(&cfg)
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		require.NoError(t, c.Check(t.Context()))
		s, err := c.Session(t.Context())
		require.NoError(t, err)
		require.Equal(t, yahoo.NoSignature, s.Status)
		require.Equal(t, mall.ConsentedAt().Add(12*time.Hour), s.Ends)

		time.Sleep(12 * time.Hour)
		tokens, calls := mall.Count("token"), mall.Count("orderList")
		var e *order.Error
		require.ErrorAs(t, c.Check(t.Context()), &e)
		require.ErrorIs(t, e, order.ErrCredentialExpired)
		require.Equal(t, "px-04102", e.Code)
		require.Contains(t, e.Hint.EN, "someone must authorise again")
		require.Contains(t, e.Hint.EN, "it ended at "+s.Ends.In(order.JST).Format(time.RFC3339))
		require.Contains(t, e.Hint.EN, "no signature was sent")
		require.Equal(t, calls+1, mall.Count("orderList"), "the call is not repeated")
		require.LessOrEqual(t, mall.Count("token"), tokens+1, "only the old token's own end is a reason to refresh")
	})
}

// The mall may end a session before its time, which is not when it ended.
func TestSessionEndedEarly(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		c, err := yahoo.New(configOf(mall))
		require.NoError(t, err)
		require.NoError(t, c.Check(t.Context()))
		s, err := c.Session(t.Context())
		require.NoError(t, err)
		require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.ExpiredKey}))
		var e *order.Error
		require.ErrorAs(t, c.Check(t.Context()), &e)
		ends := s.Ends.In(order.JST).Format(time.RFC3339)
		require.Contains(t, e.Hint.EN, "the mall ended it before its expected end, "+ends)
		require.Contains(t, e.Hint.JA, "予定の終了日時（"+ends+"）より前に、モール側で終了しています")
		require.NotContains(t, e.Hint.EN, "it ended at")
	})
}

func TestSignatureKeepsTheSessionForFourWeeks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		c, err := yahoo.New(configOf(mall))
		require.NoError(t, err)
		for range 27 {
			time.Sleep(24 * time.Hour)
			require.NoError(t, c.Check(t.Context()))
		}
		s, err := c.Session(t.Context())
		require.NoError(t, err)
		require.Equal(t, yahoo.Authorized, s.Status)
		require.Equal(t, mall.ConsentedAt().AddDate(0, 0, 28), s.Ends)
		time.Sleep(24 * time.Hour)
		require.ErrorIs(t, c.Check(t.Context()), order.ErrCredentialExpired)

		signatures := make(map[string]bool)
		for _, call := range mall.Calls("orderList") {
			signatures[call.Header.Get("X-Sws-Signature")] = true
			require.Equal(t, "1", call.Header.Get("X-Sws-Signature-Version"))
		}
		require.Len(t, signatures, mall.Count("orderList"), "each call is signed anew")
	})
}

// A person who authorises again is noticed without a restart.
func TestNewConsentCountsAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		keys := keysOf(mall)
		keys.PublicKey, keys.PublicKeyVersion = "", ""
		cfg := configOf(mall)
		cfg.Keys = credential.SourceFunc[yahoo.Keys](func(context.Context) (yahoo.Keys, error) { return keys, nil })
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		time.Sleep(13 * time.Hour)
		require.ErrorIs(t, c.Check(t.Context()), order.ErrCredentialExpired)
		keys.RefreshToken, keys.ConsentedAt = credential.NewSecret(mall.Consent()), time.Now()
		require.NoError(t, c.Check(t.Context()))
	})
}

// A signature that is not accepted does not fail the call, so it has to be seen elsewhere.
func TestSignatureThatIsNotAcceptedIsReported(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	var events []order.Event
	c := newClient(t, mall, func(cfg *yahoo.Config) {
		cfg.Observer = order.ObserverFunc(func(_ context.Context, e order.Event) {
			if e.Kind == order.EventFallback {
				events = append(events, e)
			}
		})
	})
	mall.EnableKey("1", false)
	reply, err := c.Do(t.Context(), yahoo.Operation{Name: "orderList"},
		[]byte("<Req><Search><Condition><OrderTimeFrom>20260101000000"+
			"</OrderTimeFrom></Condition><Field>OrderId</Field></Search><SellerId>"+mall.Shop()+"</SellerId></Req>"))
	require.NoError(t, err)
	require.Equal(t, yahoo.KeyNotEnabled, reply.AuthorizeStatus)
	require.False(t, reply.AuthorizeStatus.Accepted())
	require.Contains(t, reply.AuthorizeStatus.Remedy().JA, "有効")
	require.NoError(t, c.Check(t.Context()))
	require.Len(t, events, 1, "told once, not at each call")
	require.Equal(t, "invalid-key-status", events[0].Reason)
	s, err := c.Session(t.Context())
	require.NoError(t, err)
	require.Equal(t, mall.ConsentedAt().Add(12*time.Hour), s.Ends, "the twelve-hour rule is in force")
}

func TestSecondKeyDuringAChangeover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		keys := keysOf(mall)
		keys.OldPublicKey, keys.OldPublicKeyVersion = keys.PublicKey, keys.PublicKeyVersion
		keys.PublicKey, keys.PublicKeyVersion = mall.IssueKey()
		mall.EnableKey("2", false)
		cfg := configOf(mall)
		cfg.Keys = credential.Static(keys)
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		version := func() string {
			require.NoError(t, c.Check(t.Context()))
			calls := mall.Calls("orderList")
			return calls[len(calls)-1].Header.Get("X-Sws-Signature-Version")
		}
		require.Equal(t, "2", version(), "the new key is tried first")
		require.Equal(t, "1", version(), "it is not enabled yet")
		time.Sleep(13 * time.Hour) // the session lives on the old key
		require.Equal(t, "1", version())
		mall.EnableKey("2", true)
		time.Sleep(time.Hour)
		require.Equal(t, "2", version())
	})
}

func TestTokensOfTheCaller(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	c := newClient(t, mall, func(cfg *yahoo.Config) {
		cfg.Keys = credential.Static(yahoo.Keys{})
		cfg.Tokens = brokenTokens{}
	})
	err := c.Check(t.Context())
	require.ErrorIs(t, err, errBroken)
	require.Zero(t, mall.Count(""))
}
