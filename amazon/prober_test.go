package amazon_test

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

func about(kind credential.Kind) credential.Record {
	return credential.Record{Mall: order.Amazon, Shop: "A0MIHONSELLER0", Kind: kind}
}

func TestProbe(t *testing.T) {
	valid := credential.Observation{State: credential.Valid}
	none := credential.Observation{}
	for name, test := range map[string]struct {
		keys          func(*amazon.Keys)
		meddle        func(*amazontest.Mall)
		grant, secret credential.Observation // zero: cannot be asked
		fails         error
	}{
		"accepted": {grant: valid, secret: valid},
		"withdrawn": {meddle: func(m *amazontest.Mall) { m.RevokeAuthorization() },
			grant: credential.Observation{State: credential.Expired, Words: "invalid_grant"}, secret: none},
		"secret over": {keys: func(k *amazon.Keys) { k.ClientSecret = credential.NewSecret("amzn1.oa2-cs.v1.over") },
			grant: none, secret: credential.Observation{State: credential.Expired, Words: "invalid_client"}},
		"down": {meddle: func(m *amazontest.Mall) {
			m.Inject(amazontest.Fault{Kind: amazontest.ServerError, Times: -1})
		}, fails: order.ErrTemporary},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := newMall(t, amazontest.Options{Orders: -1})
				k, err := keys(m).Current(t.Context())
				require.NoError(t, err)
				if test.keys != nil {
					test.keys(&k)
				}
				cfg := config(m)
				cfg.Keys = credential.Static(k)
				c := newClient(t, cfg)
				if test.meddle != nil {
					test.meddle(m)
				}
				for kind, want := range map[credential.Kind]credential.Observation{
					credential.KindAuthorization: test.grant, credential.KindSelfAuthorization: test.grant,
					credential.KindRefreshToken: test.grant, credential.KindClientSecret: test.secret,
				} {
					seen, err := c.Probe(t.Context(), about(kind))
					switch {
					case test.fails != nil:
						require.ErrorIs(t, err, test.fails)
					case want == none:
						require.ErrorIs(t, err, credential.ErrCannotAsk)
					default:
						require.NoError(t, err)
						require.WithinDuration(t, time.Now(), seen.At, time.Minute)
						seen.At = time.Time{}
						require.Equal(t, want, seen)
					}
				}
				_, err = c.Probe(t.Context(), about(credential.KindMarketplaceID))
				require.ErrorIs(t, err, credential.ErrCannotAsk)
			})
		})
	}
}
