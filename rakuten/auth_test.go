package rakuten_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func rakutenKeys(secret, license, old string) credential.Source[rakuten.Keys] {
	return credential.Static(rakuten.Keys{ServiceSecret: credential.NewSecret(secret),
		LicenseKey:    credential.NewSecret(license),
		OldLicenseKey: credential.NewSecret(old)})
}

func TestCheck(t *testing.T) {
	mall, client := start(t, rakutentest.Options{}, nil)
	require.NoError(t, client.Check(t.Context()))
	require.Equal(t, 1, mall.Count(""))

	mall.Function("searchOrder", false)
	_, fresh := start(t, rakutentest.Options{}, func(c *rakuten.Config) { c.HTTPClient.Transport = mall.Transport() })
	err := fresh.Check(t.Context())
	require.ErrorIs(t, err, order.ErrUnauthorized, "nothing is known of this key: it may as well be too fresh")
	require.ErrorContains(t, err, "rpay.order.searchOrder")
	err = client.Check(t.Context())
	require.ErrorIs(t, err, order.ErrForbidden, "this key has worked before: the function is missing")
	require.ErrorContains(t, err, "rpay.order.searchOrder")
	require.ErrorContains(t, err, "ES04-01")
}

func TestRefusedKeys(t *testing.T) {
	mall := rakutentest.New(rakutentest.Options{})
	t.Cleanup(mall.Close)
	gone := mall.LicenseKey()
	mall.RevokeKey(gone)
	for _, c := range []struct {
		name string
		keys credential.Source[rakuten.Keys]
		code string
	}{
		{"wrong secret", rakutenKeys("SPwrong", gone, ""), "ES01-01"},
		{"wrong key", rakutenKeys(mall.ServiceSecret(), "SLwrong", ""), "ES01-01"},
		{"key is over", rakutenKeys(mall.ServiceSecret(), gone, ""), "GA0001"},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := mall.Count("")
			_, client := start(t, rakutentest.Options{}, func(cfg *rakuten.Config) {
				cfg.Keys, cfg.HTTPClient.Transport = c.keys, mall.Transport()
			})
			err := client.Check(t.Context())
			require.ErrorIs(t, err, order.ErrUnauthorized)
			var e *order.Error
			require.ErrorAs(t, err, &e)
			require.Equal(t, c.code, e.Code)
			require.Contains(t, e.Hint.EN, "rpay.order.searchOrder")
			require.Contains(t, e.Hint.EN, "three months")
			require.Contains(t, e.Hint.EN, "Keys.OldLicenseKey")
			require.Equal(t, 1, mall.Count("")-before, "a refusal is not repeated")
		})
	}
}

func TestKeysThatCannotBe(t *testing.T) {
	for _, c := range []struct{ secret, license, old, want string }{
		{"", "SL1", "", "Keys.ServiceSecret"},
		{"SP1", "  ", "", "Keys.LicenseKey"},
		{"SP1", "SL 1", "", "Keys.LicenseKey"},
		{"SP1", "ＳＬ１", "", "Keys.LicenseKey"},
		{"SP1", "SL1", "S L", "Keys.OldLicenseKey"},
	} {
		mall, client := start(t, rakutentest.Options{},
			func(cfg *rakuten.Config) { cfg.Keys = rakutenKeys(c.secret, c.license, c.old) })
		err := client.Check(t.Context())
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, c.want)
		require.Zero(t, mall.Count(""), "nothing is sent")
	}
}

func TestKeySourceFails(t *testing.T) {
	broken := errors.New("vault is closed")
	mall, client := start(t, rakutentest.Options{}, func(cfg *rakuten.Config) {
		cfg.Keys = credential.SourceFunc[rakuten.Keys](
			func(context.Context) (rakuten.Keys, error) { return rakuten.Keys{}, broken })
	})
	require.ErrorIs(t, client.Check(t.Context()), broken)
	require.Zero(t, mall.Count(""))
}

// TestNewKey renews the license key while a client runs: the old key serves until the new one is
// accepted.
func TestNewKey(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var fallbacks atomic.Int64
		var keys atomic.Pointer[rakuten.Keys]
		mall, client := start(t, rakutentest.Options{Propagation: 20 * time.Minute}, func(cfg *rakuten.Config) {
			cfg.Keys = credential.SourceFunc[rakuten.Keys](
				func(context.Context) (rakuten.Keys, error) { return *keys.Load(), nil })
			cfg.Observer = order.ObserverFunc(func(_ context.Context, e order.Event) {
				if e.Kind == order.EventFallback {
					fallbacks.Add(1)
				}
			})
		})
		first := keysOf(mall)
		keys.Store(&first)
		require.NoError(t, client.Check(t.Context()))

		next := first
		next.OldLicenseKey, next.LicenseKey = first.LicenseKey, credential.NewSecret(mall.IssueKey())
		keys.Store(&next)
		refused := 0
		for range 35 {
			before := mall.Count("")
			require.NoError(t, client.Check(t.Context()))
			if mall.Count("")-before == 2 {
				refused++
			}
			time.Sleep(time.Minute)
		}
		require.Equal(t, 20, refused, "the new key is tried once a minute until it is accepted")
		require.EqualValues(t, 20, fallbacks.Load())

		// Once the new key is accepted, the old one does not matter any more.
		mall.RevokeKey(strings.TrimSpace(first.LicenseKey.Reveal()))
		before := mall.Count("")
		require.NoError(t, client.Check(t.Context()))
		require.Equal(t, 1, mall.Count("")-before)
	})
}

// TestNewKeyWithoutOld renews where the old key dies at once: calls fail as temporary until the new
// key is accepted.
func TestNewKeyWithoutOld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var keys atomic.Pointer[rakuten.Keys]
		mall, client := start(t, rakutentest.Options{OldKeyDies: true}, func(cfg *rakuten.Config) {
			cfg.Keys = credential.SourceFunc[rakuten.Keys](
				func(context.Context) (rakuten.Keys, error) { return *keys.Load(), nil })
		})
		first := keysOf(mall)
		keys.Store(&first)
		require.NoError(t, client.Check(t.Context()))

		next := first
		next.OldLicenseKey, next.LicenseKey = first.LicenseKey, credential.NewSecret(mall.IssueKey())
		keys.Store(&next)
		err := client.Check(t.Context())
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorContains(t, err, "not accepted yet")
		time.Sleep(20 * time.Minute)
		require.NoError(t, client.Check(t.Context()))

		// Half an hour later the same refusal is a real one.
		mall.RevokeKey(mall.LicenseKey())
		time.Sleep(time.Hour)
		require.ErrorIs(t, client.Check(t.Context()), order.ErrUnauthorized)
	})
}

func TestIssuedKeyIsYoung(t *testing.T) {
	mall, client := start(t, rakutentest.Options{}, func(cfg *rakuten.Config) {
		cfg.Keys = credential.Static(rakuten.Keys{ServiceSecret: credential.NewSecret("SPx"),
			LicenseKey: credential.NewSecret("SLx"),
			Issued:     time.Now().Add(-5 * time.Minute)})
	})
	require.ErrorIs(t, client.Check(t.Context()), order.ErrTemporary)
	require.Equal(t, 1, mall.Count(""))
}

func TestOldKeyInTheHint(t *testing.T) {
	_, client := start(t, rakutentest.Options{}, func(cfg *rakuten.Config) {
		cfg.Keys = credential.Static(rakuten.Keys{ServiceSecret: credential.NewSecret("SPx"),
			LicenseKey:    credential.NewSecret("SLx"),
			OldLicenseKey: credential.NewSecret("SLy"), Issued: time.Now().AddDate(0, 0, -95)})
	})
	err := client.Check(t.Context())
	require.ErrorIs(t, err, order.ErrUnauthorized)
	require.ErrorContains(t, err, "issued 95 days ago")
	require.ErrorContains(t, err, "the other key (Keys.OldLicenseKey) is refused too")
}

// TestKeyReplacedMeanwhile answers a refusal with the key that the source gives by then.
func TestKeyReplacedMeanwhile(t *testing.T) {
	var asked atomic.Int64
	var mall *rakutentest.Mall
	mall, client := start(t, rakutentest.Options{}, func(cfg *rakuten.Config) {
		cfg.Keys = credential.SourceFunc[rakuten.Keys](func(context.Context) (rakuten.Keys, error) {
			k := keysOf(mall)
			if asked.Add(1) == 1 {
				k.LicenseKey = credential.NewSecret("SLstale")
			}
			return k, nil
		})
	})
	require.NoError(t, client.Check(t.Context()))
	require.Equal(t, 2, mall.Count(""))
}
