package aupay_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func TestProbe(t *testing.T) {
	issued := time.Now().AddDate(0, 0, -100)
	mall, client := open(t, aupaytest.Options{}, func(c *aupay.Config) {
		c.Keys = credential.Static(aupay.Keys{APIKey: credential.NewSecret("invented-aupay-api-key"), IssuedAt: issued})
	})
	record := aupay.Keys{IssuedAt: issued}.Records(mall.Shop())[0]
	require.Equal(t, credential.Record{Mall: order.AuPay, Shop: mall.Shop(), Kind: credential.KindAPIKey,
		Start: issued}, record)
	seen, err := client.Probe(t.Context(), record)
	require.NoError(t, err)
	require.Equal(t, credential.Valid, seen.State)
	require.True(t, seen.End.IsZero(), "the mall tells no end")

	for _, other := range []credential.Record{
		{Mall: order.AuPay, Shop: "10000002", Kind: credential.KindAPIKey}, {Mall: order.Rakuten, Shop: mall.Shop(), Kind: credential.KindAPIKey},
	} {
		require.False(t, client.Covers(other))
		_, err = client.Probe(t.Context(), other)
		require.ErrorIs(t, err, credential.ErrCannotAsk)
	}
	require.Equal(t, 1, mall.Count(""))

	mall.IssueKey()
	_, err = client.Probe(t.Context(), record)
	require.ErrorIs(t, err, order.ErrCredentialExpired, "refused, and older than 90 days")
	_, wrong := open(t, aupaytest.Options{}, func(c *aupay.Config) { c.Keys = keys("another") })
	_, err = wrong.Probe(t.Context(), record)
	require.ErrorIs(t, err, order.ErrUnauthorized, "refused, and nobody knows why")
}

// TestMonitorCountsFromTheDayOfIssue runs a monitor on the stored day of issue: the end is counted,
// and the mall's refusal seen.
func TestMonitorCountsFromTheDayOfIssue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := aupaytest.New(aupaytest.Options{Orders: -1, Issued: time.Now()})
		stored := aupay.Keys{APIKey: credential.NewSecret(mall.APIKey()), IssuedAt: time.Now()}
		client := over(t, mall, func(c *aupay.Config) { c.Keys = credential.Static(stored) })
		rule, ok := (*credential.Rulebook)(nil).Rule(order.AuPay, credential.KindAPIKey)
		require.True(t, ok)
		for _, day := range []struct {
			number int
			want   credential.State
		}{{1, credential.Valid}, {81, credential.Expiring}, {90, credential.Expired}} {
			time.Sleep(time.Until(stored.IssuedAt.AddDate(0, 0, day.number)))
			record := stored.Records(mall.Shop())[0]
			require.Equal(t, day.want, credential.Assess(rule, record, time.Now()).State, "day %d", day.number)
			seen, err := client.Probe(t.Context(), record)
			if day.want == credential.Expired {
				require.ErrorIs(t, err, order.ErrCredentialExpired)
			} else {
				require.NoError(t, err)
				require.Equal(t, credential.Valid, seen.State)
			}
		}
		mall.Close()
	})
}

// How the mall refuses an address is not known. A page of its front is not told from that of a
// relay, so it condemns no key; the hint names both.
func TestAnAddressThatIsNotRegistered(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Addresses: []string{"192.0.2.1"}})
		err := client.Check(t.Context())
		require.ErrorIs(t, err, order.ErrTemporary)
		require.ErrorContains(t, err, "接続元IPアドレス")
		require.ErrorContains(t, err, "check BaseURL")
		mall.CallFrom("192.0.2.1")
		require.NoError(t, client.Check(t.Context()))
		mall.RegisterAddresses("192.0.2.2")
		require.ErrorIs(t, client.Check(t.Context()), order.ErrTemporary)
		mall.Close()
	})
}

// TestTheMallsErrorsInEveryShape makes the same mistakes at malls that word them differently.
func TestTheMallsErrorsInEveryShape(t *testing.T) {
	for _, shape := range []aupaytest.ErrorShape{
		aupaytest.ErrorIn200, aupaytest.ErrorIn400, aupaytest.ErrorBare, aupaytest.ErrorsSeveral,
		aupaytest.ErrorWithPrefix,
	} {
		opt := aupaytest.Options{Errors: shape, Orders: 1}
		mall, client := open(t, opt)
		_, err := client.Order(t.Context(), "1")
		require.ErrorIs(t, err, order.ErrNotFound)
		require.ErrorContains(t, err, "該当する受注情報が存在しません")
		require.Equal(t, "1", order.Concerns(err))
		results, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{{mall.Numbers()[0], "そんな状態はない"}},
			order.WriteOptions{})
		require.Error(t, err)
		require.Equal(t, order.Refused, results[0].Outcome)
		require.Equal(t, "XTE0001", results[0].Code)
		_, other := open(t, opt, func(c *aupay.Config) { c.Shop = "10000002" })
		require.ErrorContains(t, other.Check(t.Context()), "Config.Shop")
		_, wrong := open(t, opt, func(c *aupay.Config) { c.Keys = keys("another") })
		require.ErrorIs(t, wrong.Check(t.Context()), order.ErrUnauthorized)
	}
	_, client := open(t, aupaytest.Options{Missing: true})
	_, err := client.Order(t.Context(), "1")
	require.ErrorIs(t, err, order.ErrNotFound)
}
