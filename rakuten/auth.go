package rakuten

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Keys are the credentials of a shop, from WEB API サービス in RMS. They are read through [Config.Keys]
// before every call, so they can change while a client runs. Blanks around a key are removed.
type Keys struct {
	ServiceSecret credential.Secret // starts with SP; does not change on renewal
	LicenseKey    credential.Secret // starts with SL; valid for three months

	// OldLicenseKey is the previous license key, while it may still be valid; empty is none.
	// Rakuten may refuse a new key for 10 to 30 minutes; a client that has both uses the old one
	// meanwhile.
	OldLicenseKey credential.Secret

	// Issued is when LicenseKey was issued; zero is unknown. A refused key younger than 30 minutes
	// is a temporary failure (not accepted yet), not a wrong key.
	Issued time.Time

	OldIssued time.Time // when OldLicenseKey was issued; zero is unknown
}

// Records returns what a [credential.Monitor] needs to know about the keys, without the keys. shop
// is [Config.Shop]. Issued and OldIssued may be zero where the Monitor can query Rakuten for the
// end; see [Client.Probe].
func (k Keys) Records(shop string) []credential.Record {
	all := []credential.Record{{Mall: order.Rakuten, Shop: shop, Kind: credential.KindLicenseKey,
		Start: k.Issued}}
	if !k.OldLicenseKey.IsZero() {
		all = append(all, credential.Record{Mall: order.Rakuten, Shop: shop,
			Kind: credential.KindLicenseKey, Name: OldKeyName, Start: k.OldIssued})
	}
	return append(all, credential.Record{Mall: order.Rakuten, Shop: shop,
		Kind: credential.KindServiceSecret})
}

// How a new key is treated.
const (
	propagation = 30 * time.Minute // the longest that vendors have seen a new key refused
	retryNew    = time.Minute      // how long the old key is used before the new one is tried again
)

// authority decides with which key to sign. It is safe for concurrent use.
type authority struct {
	source   credential.Source[Keys]
	fallback func(ctx context.Context, refused *order.Error)

	mu       sync.Mutex
	current  credential.Secret // the last LicenseKey that the source gave
	since    time.Time         // since when
	replaced bool              // there was another one before, or beside it
	refused  bool              // it was refused, at
	at       time.Time
	accepted credential.Secret // the last license key with which a call went well
	last     Keys              // what the source gave last, to keep it out of messages
}

// pair is one choice of keys.
type pair struct{ secret, license credential.Secret }

// usedKey is the context key of the variable in which sign leaves the license key of the last
// attempt.
type usedKey struct{}

func (p pair) header() string {
	plain := p.secret.Reveal() + ":" + p.license.Reveal()
	return "ESA " + base64.StdEncoding.EncodeToString([]byte(plain))
}

// keys reads and checks what the source gives now.
func (a *authority) keys(ctx context.Context) (Keys, error) {
	k, err := a.source.Current(ctx)
	if err != nil {
		return Keys{}, err
	}
	clean := func(name string, s *credential.Secret) error {
		plain, err := check.Key(name, s.Reveal())
		if err != nil {
			return &order.Error{Class: order.ErrInvalid, Err: err,
				Hint: order.Text{EN: "copy the key again from RMS (WEB API サービス); nothing was sent",
					JA: "RMS（WEB APIサービス）からキーをもう一度コピーしてください。何も送信していません"}}
		}
		*s = credential.NewSecret(plain)
		return nil
	}
	err = errors.Join(clean("Keys.ServiceSecret", &k.ServiceSecret),
		clean("Keys.LicenseKey", &k.LicenseKey))
	if !k.OldLicenseKey.IsZero() {
		err = errors.Join(err, clean("Keys.OldLicenseKey", &k.OldLicenseKey))
	}
	if k.OldLicenseKey == k.LicenseKey {
		k.OldLicenseKey = credential.Secret{}
	}
	return k, err
}

// choose picks the new key, or the old one for a minute after the new one was refused.
func (a *authority) choose(ctx context.Context) (pair, error) {
	k, err := a.keys(ctx)
	if err != nil {
		return pair{}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = k
	if a.current != k.LicenseKey {
		a.replaced = !a.current.IsZero() || !k.OldLicenseKey.IsZero()
		a.current, a.since, a.refused = k.LicenseKey, time.Now(), false
	}
	if !k.Issued.IsZero() {
		a.since, a.replaced = k.Issued, true
	}
	if a.refused && !k.OldLicenseKey.IsZero() && time.Since(a.at) < retryNew {
		return pair{k.ServiceSecret, k.OldLicenseKey}, nil
	}
	return pair{k.ServiceSecret, k.LicenseKey}, nil
}

// sign puts the credential into one attempt.
func (a *authority) sign(ctx context.Context, req *http.Request, _ []byte) error {
	p, err := a.choose(ctx)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", p.header())
	if used, ok := ctx.Value(usedKey{}).(*credential.Secret); ok {
		*used = p.license
	}
	return nil
}

// renew reports after a refusal whether another key may be accepted: the old one if the new one was
// refused, the new one if the old one was, or the one that has replaced the refused key at the
// source.
func (a *authority) renew(ctx context.Context, e *order.Error, sent *http.Request) (bool, error) {
	k, err := a.keys(ctx)
	if err != nil {
		return false, err
	}
	used := sent.Header.Get("Authorization")
	fresh := pair{k.ServiceSecret, k.LicenseKey}
	if used != fresh.header() { // the old key, or one that is not current any more
		a.mu.Lock()
		a.refused = false
		a.mu.Unlock()
		return true, nil
	}
	a.mu.Lock()
	a.refused, a.at = true, time.Now()
	a.mu.Unlock()
	if k.OldLicenseKey.IsZero() {
		return false, nil
	}
	a.fallback(ctx, e)
	return true, nil
}

// redact removes keys that the mall echoes from its texts.
func (a *authority) redact(text string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, s := range []credential.Secret{a.last.ServiceSecret, a.last.LicenseKey,
		a.last.OldLicenseKey} {
		if !s.IsZero() {
			text = strings.ReplaceAll(text, s.Reveal(), s.String())
		}
	}
	return text
}

// accept notes the license key of a successful call.
func (a *authority) accept(license credential.Secret) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.accepted = license
}

// explain completes a refusal with what to check, in order, and with a class that depends on what
// the client has seen: a key that works for other operations lacks the function, and a key issued
// less than half an hour ago may only be not accepted yet.
func (a *authority) explain(e *order.Error, op transport.Operation) *order.Error {
	told := *e
	told.Message = a.redact(e.Message)
	if !refusal(e.Code) {
		return &told
	}
	a.mu.Lock()
	works := !a.accepted.IsZero() && a.accepted == a.current
	young := a.replaced && time.Since(a.since) < propagation && !works
	left := propagation - time.Since(a.since)
	issued, other := a.last.Issued, !a.last.OldLicenseKey.IsZero()
	a.mu.Unlock()
	switch {
	case works && e.Code == codeBadRequest:
		told.Class = order.ErrForbidden
		told.Hint = order.Text{
			EN: "the key works for other operations: tick " + functionOf(op) +
				" in RMS (WEB API サービス > 利用機能編集) and confirm",
			JA: "ライセンスキーはほかのAPIでは有効です。RMS（WEB APIサービス＞利用機能編集）で" + functionOf(op) +
				"にチェックを入れて確定してください",
		}
	case young:
		told.Class = order.ErrTemporary
		left = max(left.Round(time.Minute), time.Minute)
		told.Hint = order.Text{
			EN: "the license key is not accepted yet: Rakuten takes 10 to 30 minutes; try again within " + left.String(),
			JA: fmt.Sprintf("ライセンスキーがまだ有効になっていません（反映に10～30分かかります）。%.0f分以内に再実行してください",
				left.Minutes()),
		}
	default:
		issuedAgo, otherKey := age(issued), otherKey(other)
		told.Hint = order.Text{
			EN: "check in RMS (WEB API サービス), in this order: is " + functionOf(op) +
				" ticked (利用機能編集); is the license key " +
				"older than three months, or younger than 30 minutes" + issuedAgo.EN + "; " +
				otherKey.EN +
				"; are serviceSecret and licenseKey copied whole (I and l look alike)",
			JA: "RMS（WEB APIサービス）で次の順に確認してください：利用機能編集で" + functionOf(op) +
				"にチェックがあるか、ライセンスキーの発行から" +
				"3か月を過ぎていないか・30分以内ではないか" + issuedAgo.JA + "、" + otherKey.JA +
				"、serviceSecretとlicenseKeyを全体コピーしたか（Iとlは見分けにくい文字です）",
		}
	}
	return &told
}

// age reports how old a key is, where that is known.
func age(issued time.Time) order.Text {
	if issued.IsZero() {
		return order.Text{}
	}
	days := int(order.DateOf(time.Now()).Time().Sub(order.DateOf(issued).Time()).Hours() / 24)
	ago := strconv.Itoa(days)
	return order.Text{EN: " (it was issued " + ago + " days ago)", JA: "（" + ago + "日前に発行）"}
}

func otherKey(given bool) order.Text {
	if given {
		return order.Text{EN: "the other key (Keys.OldLicenseKey) is refused too",
			JA: "もう一方のキー（設定のold_license_key）も拒否されています"}
	}
	return order.Text{EN: "is the key before it still alive (give it as Keys.OldLicenseKey)",
		JA: "前のキーがまだ有効か（有効なら設定のold_license_keyに登録）"}
}
