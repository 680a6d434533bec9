package aupay_test

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// A refusal is told as the key's end only where the stored day of issue agrees.
func TestProbe(t *testing.T) {
	for name, test := range map[string]struct {
		age    time.Duration // of the key, where known
		known  bool
		status int // that the mall answers with all the time; 0 is its own
		want   credential.State
		fails  error
	}{
		"accepted":         {age: 24 * time.Hour, known: true, want: credential.Valid},
		"accepted, no day": {age: 24 * time.Hour, want: credential.Valid},
		"over":             {age: 90 * 24 * time.Hour, known: true, want: credential.Expired},
		"refused, young":   {age: 24 * time.Hour, known: true, status: 401, fails: order.ErrUnauthorized},
		"refused, no day":  {age: 90 * 24 * time.Hour, fails: order.ErrUnauthorized},
		"address":          {age: 24 * time.Hour, known: true, status: 403, fails: order.ErrForbidden},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				issued := time.Now().Add(-test.age)
				mall := aupaytest.New(aupaytest.Options{Orders: -1, Issued: issued})
				t.Cleanup(mall.Close)
				key := aupay.Keys{APIKey: credential.NewSecret(mall.APIKey())}
				if test.known {
					key.IssuedAt = issued
				}
				client, err := aupay.New(aupay.Config{Shop: mall.Shop(), Keys: credential.Static(key),
					HTTPClient: &http.Client{Transport: mall.Transport()}})
				require.NoError(t, err)
				if test.status != 0 {
					fault := aupaytest.Fault{Kind: aupaytest.Custom, Status: test.status, Times: -1, Body: "Forbidden"}
					if test.status == 401 {
						fault.Body = `<response><result><status>1</status><error><code>0002</code><message>認証に失敗しました</message></error></result></response>`
					}
					require.NoError(t, mall.Inject(fault))
				}
				record := credential.Record{Mall: order.AuPay, Shop: mall.Shop(), Kind: credential.KindAPIKey}
				seen, err := client.Probe(t.Context(), record)
				require.ErrorIs(t, err, test.fails)
				require.Equal(t, test.want, seen.State)
				record.Name = "another"
				_, err = client.Probe(t.Context(), record)
				require.ErrorIs(t, err, credential.ErrCannotAsk)
			})
		})
	}
}
