package kobune

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/credential"
)

// KindKey is the kind of the shop's key.
const KindKey credential.Kind = "key"

var where = credential.Text{JA: "管理画面 > 設定 > APIキー", EN: "管理画面 > 設定 > APIキー"}

// Rule is how long the key lives, for credential.NewRulebook.
func Rule() credential.Rule {
	const day = 24 * time.Hour
	return credential.Rule{
		Mall: Mall, Kind: KindKey, Name: credential.Text{JA: "APIキー", EN: "API key"},
		Lifetimes: []credential.Lifetime{{Days: 60}}, From: credential.FromIssue,
		Overlap: credential.OverlapNone,
		Renewal: credential.RenewedByPerson, Where: where,
		Steps: []credential.Text{{JA: "「再発行」を押し、新しいキーをこのシステムに登録します。",
			EN: "Press 再発行, and enter the new key into this system."}},
		Warn: []time.Duration{14 * day, 7 * day, day}, Sure: credential.Documented,
	}
}

// Record is what is known of the shop's key before the shop is asked.
func (c *Client) Record() credential.Record {
	return credential.Record{Mall: Mall, Shop: c.cfg.Shop, Kind: KindKey}
}

// Probe implements credential.Prober.
func (c *Client) Probe(ctx context.Context, r credential.Record) (credential.Observation, error) {
	if r.Mall != Mall || r.Shop != c.cfg.Shop || r.Kind != KindKey {
		return credential.Observation{}, credential.ErrCannotAsk
	}
	var reply struct{ Ends time.Time }
	if f := c.call(ctx, key, "", "/v1/key", nil, &reply); f != nil {
		return credential.Observation{}, f.err
	}
	return credential.Observation{At: time.Now(), End: reply.Ends, State: credential.Valid}, nil
}
