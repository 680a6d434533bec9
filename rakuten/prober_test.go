package rakuten_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func licence(start time.Time) credential.Record {
	return credential.Record{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindLicenseKey, Start: start}
}

func TestLicenseExpiryEnd(t *testing.T) {
	end := time.Date(2026, 11, 29, 0, 0, 0, 0, order.JST)
	for text, want := range map[string]time.Time{
		"2026-11-28T23:59:59":       end,
		"2026-11-28 23:59:59":       end,
		"2026-11-28T23:59:59+09:00": end,
		"2026-11-28T14:59:59Z":      end,
		"2026-11-28":                end,
		"":                          {},
		"なし":                        {},
		"2026-02-30":                {},
		"0001-01-01T00:00:00":       {},
		"9999-12-31T23:59:59":       {},
	} {
		got, ok := rakuten.LicenseExpiry{ExpiryDate: text}.End()
		require.Equal(t, !want.IsZero(), ok, text)
		require.True(t, want.Equal(got), text)
	}
}

// The mall's answer, in all its forms, becomes an end, a refusal, or "could not find out"; never
// "valid" without an end.
func TestProbe(t *testing.T) {
	body := func(status int, body string) []rakutentest.Fault {
		return []rakutentest.Fault{{Kind: rakutentest.Custom, Status: status, Body: body, Times: -1}}
	}
	for name, test := range map[string]struct {
		faults []rakutentest.Fault
		want   credential.Observation
		fails  error
	}{
		"told":          {want: credential.Observation{State: credential.Valid, End: time.Date(2000, 3, 21, 23, 59, 59, 0, order.JST)}},
		"GA0001":        {faults: body(401, `{"errors":[{"code":"GA0001","message":"Un-Authorised"}]}`), want: credential.Observation{State: credential.Expired, Words: "GA0001"}},
		"GA0001 other":  {faults: body(401, `{"Results":{"errorCode":"GA0001","message":"Un-Authorised"}}`), want: credential.Observation{State: credential.Expired, Words: "GA0001"}},
		"ES01-01":       {faults: body(401, `{"Results":{"errorCode":"ES01-01","message":"Un-Authorised"}}`), want: credential.Observation{State: credential.Expired, Words: "ES01-01"}},
		"malformed":     {faults: body(401, `{"Results":{"errorCode":"GK0001","message":"Bad Request"}}`), fails: order.ErrUnauthorized},
		"unknown code":  {faults: body(401, `{"Results":{"errorCode":"XX0001","message":"Un-Authorised"}}`), fails: order.ErrUnauthorized},
		"no function":   {faults: body(400, `{"Results":{"errorCode":"ES04-01","message":"Bad Request"}}`), fails: order.ErrUnauthorized},
		"no permission": {faults: body(403, `{"errors":[{"code":"LE0403","message":"Forbidden"}]}`), fails: order.ErrForbidden},
		"a relay's 403": {faults: body(403, ``), fails: order.ErrTemporary},
		"a relay's 404": {faults: body(404, `<html>Not Found</html>`), fails: order.ErrTemporary},
		"no such call":  {faults: body(404, `{"Results":{"errorCode":"ES02-01","message":"Not Found"}}`), fails: order.ErrNotFound},
		"maintenance":   {faults: body(503, `<html>メンテナンス中</html>`), fails: order.ErrMaintenance},
		"no date":       {faults: body(200, `{}`), fails: order.ErrUndecodable},
		"null":          {faults: body(200, `{"expiryDate":null}`), fails: order.ErrUndecodable},
		"unparsable":    {faults: body(200, `{"expiryDate":"soon"}`), fails: order.ErrUndecodable},
		"no JSON":       {faults: body(200, `soon`), fails: order.ErrTemporary},
		"dropped":       {faults: []rakutentest.Fault{{Kind: rakutentest.Dropped, Times: -1}}, fails: order.ErrTemporary},
	} {
		synced(t, name, func(t *testing.T) { // the bubble begins on 2000-01-01, the key was issued ten days before
			mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
			require.NoError(t, mall.Inject(test.faults...))
			seen, err := client.Probe(t.Context(), licence(time.Now().AddDate(0, 0, -10)))
			if test.fails != nil {
				require.ErrorIs(t, err, test.fails)
				require.Zero(t, seen)
				require.NotContains(t, err.Error(), mall.LicenseKey())
				return
			}
			require.NoError(t, err)
			require.WithinDuration(t, time.Now(), seen.At, time.Minute)
			seen.At = time.Time{}
			require.True(t, test.want.End.Equal(seen.End), seen.End)
			seen.End, test.want.End = time.Time{}, time.Time{}
			require.Equal(t, test.want, seen)
		})
	}
}

func TestProbeOfAFreshKey(t *testing.T) {
	synced(t, "fresh", func(t *testing.T) {
		mall := rakutentest.New(rakutentest.Options{Orders: -1, OldKeyDies: true})
		t.Cleanup(mall.Close)
		old := mall.LicenseKey()
		keys := rakuten.Keys{ServiceSecret: credential.NewSecret(mall.ServiceSecret()),
			LicenseKey: credential.NewSecret(old)}
		client, err := rakuten.New(rakuten.Config{Shop: "mihon-shop",
			HTTPClient: &http.Client{Transport: mall.Transport()},
			Keys: credential.SourceFunc[rakuten.Keys](
				func(context.Context) (rakuten.Keys, error) { return keys, nil })})
		require.NoError(t, err)
		keys = rakuten.Keys{ServiceSecret: keys.ServiceSecret, LicenseKey: credential.NewSecret(mall.IssueKey()),
			OldLicenseKey: keys.LicenseKey, Issued: time.Now()}
		record := licence(time.Now())
		_, err = client.Probe(t.Context(), record)
		require.ErrorIs(t, err, credential.ErrCannotAsk, "not accepted yet is not over")
		time.Sleep(21 * time.Minute)
		seen, err := client.Probe(t.Context(), record)
		require.NoError(t, err)
		require.True(t, mall.KeyEnds(mall.LicenseKey()).Equal(seen.End))
		record.Name = rakuten.OldKeyName
		record.Start = time.Now().AddDate(0, 0, -80)
		seen, err = client.Probe(t.Context(), record)
		require.NoError(t, err)
		require.Equal(t, credential.Expired, seen.State, "the old key died")
	})
}

func TestCovers(t *testing.T) {
	_, client := start(t, rakutentest.Options{Orders: -1}, nil)
	require.True(t, client.Covers(licence(time.Time{})))
	for _, r := range []credential.Record{
		{Mall: order.Rakuten, Shop: "another-shop", Kind: credential.KindLicenseKey},
		{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindServiceSecret},
		{Mall: order.AuPay, Shop: "mihon-shop", Kind: credential.KindLicenseKey},
		{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindLicenseKey, Name: "third"},
		// there is none
		{Mall: order.Rakuten, Shop: "mihon-shop", Kind: credential.KindLicenseKey, Name: rakuten.OldKeyName},
	} {
		_, err := client.Probe(t.Context(), r)
		require.ErrorIs(t, err, credential.ErrCannotAsk, r.ID())
	}
}
