package settings_test

import (
	"context"
	"maps"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// mall is what this test needs of each.
type mall struct {
	name   order.Mall
	list   []credential.Setting
	values map[string]string // of a fake
	open   func(values map[string]string) (client, []credential.Record, error)
}

type client interface {
	order.Source
	Check(context.Context) error
}

func malls(t *testing.T) []mall {
	issued := time.Now().AddDate(0, 0, -20).Truncate(time.Second)
	r, err1 := rakutentest.NewServer(rakutentest.Options{Issued: issued})
	y, err2 := yahootest.NewServer(yahootest.Options{ConsentedAt: time.Now().Add(-time.Hour)})
	a, err3 := amazontest.NewServer(amazontest.Options{SecretIssued: issued, AuthorizedAt: issued})
	u, err4 := aupaytest.NewServer(aupaytest.Options{Issued: issued})
	for _, err := range []error{err1, err2, err3, err4} {
		require.NoError(t, err)
	}
	t.Cleanup(func() { r.Close(); y.Close(); a.Close(); u.Close() })
	return []mall{
		{order.Rakuten, rakuten.Settings(), r.Settings(), func(values map[string]string) (client, []credential.Record, error) {
			cfg, err := rakuten.ParseConfig(values)
			return finish(cfg.Keys, cfg.Shop, err, func() (client, error) { return rakuten.New(cfg) })
		}},
		{order.Yahoo, yahoo.Settings(), y.Settings(), func(values map[string]string) (client, []credential.Record, error) {
			cfg, err := yahoo.ParseConfig(values, nil)
			return finish(cfg.Keys, cfg.Shop, err, func() (client, error) { return yahoo.New(cfg) })
		}},
		{order.Amazon, amazon.Settings(), a.Settings(), func(values map[string]string) (client, []credential.Record, error) {
			cfg, err := amazon.ParseConfig(values, nil)
			return finish(cfg.Keys, cfg.Shop, err, func() (client, error) { return amazon.New(cfg) })
		}},
		{order.AuPay, aupay.Settings(), u.Settings(), func(values map[string]string) (client, []credential.Record, error) {
			cfg, err := aupay.ParseConfig(values)
			return finish(cfg.Keys, cfg.Shop, err, func() (client, error) { return aupay.New(cfg) })
		}},
	}
}

func finish[K interface {
	Records(shop string) []credential.Record
}](source credential.Source[K], shop string, err error, open func() (client, error)) (client, []credential.Record,
	error) {
	if err != nil {
		return nil, nil, err
	}
	keys, err := source.Current(context.Background())
	if err != nil {
		return nil, nil, err
	}
	c, err := open()
	return c, keys.Records(shop), err
}

// TestAFakeIsItsSettings: what a fake's server gives is all that a client needs, and the monitor
// knows when each key began.
func TestAFakeIsItsSettings(t *testing.T) {
	for _, m := range malls(t) {
		c, records, err := m.open(m.values)
		require.NoError(t, err, m.name)
		require.NoError(t, c.Check(t.Context()), m.name)
		require.Equal(t, m.name, c.Mall())
		require.Equal(t, m.values["shop"], c.Shop())
		for _, r := range records {
			dated := r.Kind != credential.KindServiceSecret && r.Kind != credential.KindMarketplaceID
			require.Equal(t, dated, !r.Start.IsZero(), "%s %s", m.name, r.Kind)
		}
	}
}

// TestEverySettingIsNamed: a value that is missing, empty, of the wrong form or unknown is named,
// and its text never shows.
func TestEverySettingIsNamed(t *testing.T) {
	const wrong = "xx-shows-nowhere-xx"
	for _, m := range malls(t) {
		refused := func(name string, values map[string]string, says string) {
			_, _, err := m.open(values)
			require.ErrorIs(t, err, order.ErrInvalid, "%s %s", m.name, name)
			require.ErrorContains(t, err, name+": "+says, m.name)
			require.NotContains(t, err.Error(), wrong)
		}
		with := func(name, value string) map[string]string {
			values := maps.Clone(m.values)
			values[name] = value
			return values
		}
		for _, s := range m.list {
			require.False(t, s.Where.JA == "" || s.Where.EN == "", "%s %s", m.name, s.Name)
			if s.Required {
				values := maps.Clone(m.values)
				delete(values, s.Name)
				refused(s.Name, values, "missing")
				refused(s.Name, with(s.Name, ""), "missing")
				refused(s.Name, with(s.Name, " \u3000\n"), "missing")
			}
			switch s.Kind {
			case credential.SettingDate:
				refused(s.Name, with(s.Name, wrong), "neither a date")
			case credential.SettingURL:
				refused(s.Name, with(s.Name, wrong), "not a URL")
				refused(s.Name, with(s.Name, "ftp://"+wrong), "not a URL")
			case credential.SettingYes:
				refused(s.Name, with(s.Name, wrong), "neither true nor false")
			}
		}
		refused("api_kee", with("api_kee", wrong), "no setting")
		refused("mall", with("mall", "qoo10"), "these are the settings")
		refused("unlimited", with("base_url", "https://orders.example.jp/"), "for a fake mall")
	}
}

// TestABlankSettingIsMissing: a form and a row have a field for every name.
func TestABlankSettingIsMissing(t *testing.T) {
	for _, m := range malls(t) {
		for _, blank := range []string{"", " \u3000\n"} {
			values := map[string]string{"mall": blank}
			for _, s := range m.list {
				values[s.Name] = blank
				if s.Required {
					values[s.Name] = " " + m.values[s.Name] + "\n"
				}
			}
			c, _, err := m.open(values)
			require.NoError(t, err, m.name)
			require.Equal(t, m.values["shop"], c.Shop())
		}
	}
}

// TestWhatNewRefusesIsASetting: what can be checked in a value has the value's name, not that of a
// field.
func TestWhatNewRefusesIsASetting(t *testing.T) {
	all := malls(t)
	for _, m := range all {
		for _, c := range []struct {
			mall              order.Mall
			name, value, says string
		}{
			{order.AuPay, "shop", "mihon", "is not a number of at most 18 digits"},
			{order.Yahoo, "shop", "mihon store", "is not a store account"},
			{order.Amazon, "shop", "A EXAMPLE", "has a blank"},
			{order.AuPay, "api_key", "two keys", "has a blank"},
			{order.Rakuten, "service_secret", "ＳＰ", "has full-width characters"},
			{order.Rakuten, "license_key", "two keys", "has a blank"},
			{order.Rakuten, "old_license_key", "two keys", "has a blank"},
			{order.Yahoo, "client_id", "two keys", "has a blank"},
			{order.Yahoo, "client_secret", "two keys", "has a blank"},
			{order.Yahoo, "refresh_token", "two keys", "has a blank"},
			{order.Yahoo, "public_key", "", "missing beside its version"},
			{order.Yahoo, "public_key_version", "", "missing beside its key"},
			{order.Yahoo, "public_key_version", "first", "is not a number"},
			{order.Yahoo, "public_key", "-----BEGIN PUBLIC KEY-----", "is cut off"},
			{order.Yahoo, "old_public_key_version", "2", "missing beside its version"},
			{order.Yahoo, "old_public_key", "nothing", "missing beside its key"},
			{order.Amazon, "client_id", "two keys", "has a blank"},
			{order.Amazon, "client_secret", "two keys", "has a blank"},
			{order.Amazon, "refresh_token", "two keys", "has a blank"},
			{order.Amazon, "application_id", "amzn1.application-oa2-client.mihon", "is a client id"},
			{order.Amazon, "seller_central", "https://sellercentral.amazon.co.jp/home", "is not of the form"},
			{order.Amazon, "token_url", "https://api.example.jp", "not the URL of a token endpoint"},
			{order.Yahoo, "token_url", "https://api.example.jp", "not the URL of a token endpoint"},
			{"", "base_url", "https://me@relay.example.jp/", "not a URL"},
			{"", "base_url", "https://relay.example.jp/?a=b", "not a URL"},
			{"", "base_url", "https://relay.example.jp/../a", "not a URL"},
		} {
			if c.mall != "" && c.mall != m.name {
				continue
			}
			values := maps.Clone(m.values)
			delete(values, "unlimited")
			values[c.name] = c.value
			_, _, err := m.open(values)
			require.ErrorIs(t, err, order.ErrInvalid, "%s %s", m.name, c.name)
			require.ErrorContains(t, err, ": "+c.says, "%s %s", m.name, c.name)
			require.ErrorContains(t, err, "settings: ")
			require.NotContains(t, err.Error(), "Config")
			require.NotContains(t, err.Error(), "Keys.")
			require.NotContains(t, err.Error(), "nothing was sent")
		}
	}
}

// TestEveryWrongSettingAtOnce: a form is filled in once.
func TestEveryWrongSettingAtOnce(t *testing.T) {
	_, err := aupay.ParseConfig(map[string]string{"shop": "10000001", "api_key_issued": "23.11.2026",
		"base_url": "relay"})
	for _, name := range []string{"api_key: missing", "api_key_issued: neither", "base_url: not"} {
		require.ErrorContains(t, err, name)
	}
	require.ErrorContains(t, err, "aupay shop 10000001")
}

func TestDatesAreJapans(t *testing.T) {
	for written, want := range map[string]string{
		"2026-11-01":                "2026-11-01T00:00:00+09:00",
		"2026-11-01T09:30:00+09:00": "2026-11-01T09:30:00+09:00",
		" 2026-11-01T00:30:00Z\n":   "2026-11-01T09:30:00+09:00",
	} {
		cfg, err := rakuten.ParseConfig(map[string]string{
			"shop": "mihon-shop", "service_secret": "SPinvented", "license_key": "SLinvented", "license_key_issued": written})
		require.NoError(t, err)
		keys, err := cfg.Keys.Current(t.Context())
		require.NoError(t, err)
		require.Equal(t, want, keys.Issued.In(order.JST).Format(time.RFC3339))
	}
}

// TestRefreshTokensMayBeStored: with a store the consent may come later; then its token is used.
func TestRefreshTokensMayBeStored(t *testing.T) {
	values := map[string]string{"shop": "mihon-store", "client_id": "dj0mihon", "client_secret": "invented",
		"redirect_uri": "https://orders.example.jp/yahoo"}
	_, err := yahoo.ParseConfig(values, nil)
	require.ErrorContains(t, err, "refresh_token: missing")
	store := new(credential.Memory)
	cfg, err := yahoo.ParseConfig(values, store)
	require.NoError(t, err)
	require.Equal(t, credential.Store(store), cfg.Store)
	_, err = cfg.Keys.Current(t.Context())
	require.ErrorIs(t, err, order.ErrCredentialExpired)
	keys := cfg.Keys.(*yahoo.KeyStore)
	require.NoError(t, keys.Consented(t.Context(),
		yahoo.Grant{RefreshToken: credential.NewSecret("of-the-consent"), ConsentedAt: time.Now()}))
	got, err := cfg.Keys.Current(t.Context())
	require.NoError(t, err)
	require.Equal(t, "of-the-consent", got.RefreshToken.Reveal())

	consent, err := yahoo.ParseConsent(values)
	require.NoError(t, err)
	require.Equal(t, "https://orders.example.jp/yahoo", consent.RedirectURI)
	_, err = yahoo.NewConsent(consent)
	require.NoError(t, err)

	seller := map[string]string{"shop": "AEXAMPLESELLER", "client_id": "amzn1.application-oa2-client.mihon",
		"client_secret":  "invented",
		"application_id": "amzn1.sp.solution.mihon", "application_draft": "true"}
	_, err = amazon.ParseConfig(seller, nil)
	require.ErrorContains(t, err, "refresh_token: missing")
	own, err := amazon.ParseConfig(seller, store)
	require.NoError(t, err)
	require.IsType(t, new(amazon.KeyStore), own.Keys)
	page, err := amazon.ParseConsent(seller)
	require.NoError(t, err)
	require.True(t, page.Draft)
	_, err = amazon.NewConsent(page)
	require.NoError(t, err)
}
