package canarytest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// Every kind of credential for which there is a rule and which a person renews is among the records
// of its mall's Keys, or stands here with the reason why not: a kind that is forgotten would be
// silence.
func TestKeysGiveRecordsOfEveryKind(t *testing.T) {
	elsewhere := map[order.Mall]map[credential.Kind]string{order.Amazon: {
		credential.KindRefreshToken:         "its life is that of the authorisation, of which there is a record",
		credential.KindMarketplaceID:        "no key, and never ends",
		credential.KindPreviousClientSecret: "no client uses it once it has the new one",
		credential.KindAuthorization:        "a public application's; this one is private",
	}}
	secret, now := credential.NewSecret("mihon"), time.Now()
	all := map[order.Mall][]credential.Record{
		order.Rakuten: rakuten.Keys{ServiceSecret: secret, LicenseKey: secret, OldLicenseKey: secret, Issued: now,
			OldIssued: now}.Records("mihon"),
		order.Yahoo: yahoo.Keys{RefreshToken: secret, ConsentedAt: now, PublicKey: "pem", PublicKeyVersion: "2 ",
			PublicKeyIssued: now,
			OldPublicKey:    "pem", OldPublicKeyVersion: "1", OldPublicKeyIssued: now}.Records("mihon"),
		order.Amazon: amazon.Keys{ClientSecret: secret, RefreshToken: secret, AuthorizedAt: now, SelfAuthorized: true,
			SecretIssued: now}.Records("mihon"),
		order.AuPay: aupay.Keys{APIKey: secret, IssuedAt: now}.Records("mihon"),
	}
	require.Equal(t, credential.KindAuthorization, amazon.Keys{RefreshToken: secret}.Records("mihon")[0].Kind)
	for _, rule := range credential.Rules() {
		if rule.Kind == credential.KindAccessToken {
			continue // the client renews it by itself
		}
		found := elsewhere[rule.Mall][rule.Kind] != ""
		for _, r := range all[rule.Mall] {
			found = found || r.Kind == rule.Kind
		}
		require.True(t, found, "%s %s", rule.Mall, rule.Kind)
	}
	store := new(credential.Memory)
	for mall, records := range all {
		require.NoError(t, credential.PutRecords(t.Context(), store, records))
		for _, r := range records {
			require.Equal(t, mall, r.Mall)
			require.Equal(t, "mihon", r.Shop)
			require.Equal(t, r.Kind == credential.KindServiceSecret, r.Start.IsZero(), r.ID())
		}
	}
	kept, err := credential.LoadRecords(t.Context(), store)
	require.NoError(t, err)
	require.Len(t, kept, 3+4+2+1, "each has an ID of its own")
}
