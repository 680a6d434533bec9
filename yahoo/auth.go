package yahoo

import (
	"context"
	"crypto/rsa"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/oauth"
	"github.com/jpmall/jpmall/order"
)

// Keys is what a store's client signs with. Texts are taken as pasted: blanks around them are dropped. ClientID and RefreshToken
// are required unless Config.Tokens is given.
type Keys struct {
	ClientID     string            // アプリケーションID, of an application with ストア向け操作関連の機能
	ClientSecret credential.Secret // empty for a client-side application
	RefreshToken credential.Secret // of the consent; lives four weeks and is not prolonged by use
	ConsentedAt  time.Time         // when a person gave the consent: what the order session's end is counted from. Zero: not known

	// PublicKey is the PEM text of the store's public key (Store Creator Pro, 設定 > 暗号鍵管理) and PublicKeyVersion its バージョン.
	// With both, the order session lives four weeks instead of twelve hours. The key lives a year.
	PublicKey        string
	PublicKeyVersion string

	// OldPublicKey and OldPublicKeyVersion are used while the mall does not accept the first pair: two keys can be enabled at a
	// time, so that a new one can be put in place before the old one ends.
	OldPublicKey        string
	OldPublicKeyVersion string

	PublicKeyIssued    time.Time // when PublicKey was made, which its year is counted from; zero is not known
	OldPublicKeyIssued time.Time // the same of OldPublicKey
}

// Records is what a credential.Monitor needs to know of all the keys, without the keys: shop is Config.Shop. The Name of a public
// key's record is its version. What is not known when it began is unknown, never valid.
func (k Keys) Records(shop string) []credential.Record {
	record := func(kind credential.Kind, name string, start time.Time) credential.Record {
		return credential.Record{Mall: order.Yahoo, Shop: shop, Kind: kind, Name: name, Start: start}
	}
	all := []credential.Record{record(credential.KindOrderSession, "", k.ConsentedAt), record(credential.KindRefreshToken, "", k.ConsentedAt)}
	if k.PublicKey != "" {
		all[0].Extended = true
		all = append(all, record(credential.KindPublicKey, strings.TrimSpace(k.PublicKeyVersion), k.PublicKeyIssued))
	}
	if k.OldPublicKey != "" {
		all[0].Extended = true
		all = append(all, record(credential.KindPublicKey, strings.TrimSpace(k.OldPublicKeyVersion), k.OldPublicKeyIssued))
	}
	return all
}

// Validate names the first field that cannot be right, without its value.
func (k Keys) Validate() error {
	_, err := k.clean(true)
	return err
}

// clean trims the fields and refuses what cannot be.
func (k Keys) clean(needToken bool) (Keys, error) {
	var err error
	if needToken || k.ClientID != "" {
		if k.ClientID, err = check.Key("Keys.ClientID", k.ClientID); err != nil {
			return k, err
		}
	}
	if k.ClientSecret, err = cleanSecret("Keys.ClientSecret", k.ClientSecret, false); err != nil {
		return k, err
	}
	if k.RefreshToken, err = cleanSecret("Keys.RefreshToken", k.RefreshToken, needToken); err != nil {
		return k, err
	}
	if k.PublicKeyVersion, err = cleanPair("PublicKey", k.PublicKey, k.PublicKeyVersion); err != nil {
		return k, err
	}
	k.OldPublicKeyVersion, err = cleanPair("OldPublicKey", k.OldPublicKey, k.OldPublicKeyVersion)
	return k, err
}

func cleanSecret(field string, s credential.Secret, required bool) (credential.Secret, error) {
	if s.IsZero() && !required {
		return s, nil
	}
	text, err := check.Key(field, s.Reveal())
	return credential.NewSecret(text), err
}

// cleanPair checks a public key and its version, which make sense together only.
func cleanPair(field, key, version string) (string, error) {
	version = strings.TrimSpace(version)
	switch {
	case key == "" && version == "":
		return "", nil
	case key == "":
		return "", errors.New("Keys." + field + " is empty although Keys." + field + "Version is given")
	case version == "":
		return "", errors.New("Keys." + field + "Version is empty: it is the バージョン beside the key in 暗号鍵管理")
	case strings.Trim(version, "0123456789") != "":
		return "", errors.New("Keys." + field + "Version is not a number")
	}
	if _, err := parsePublicKey(key); err != nil {
		return "", errors.New("Keys." + field + " " + err.Error())
	}
	return version, nil
}

// signer makes the auth of each attempt. It is safe for concurrent use.
type signer struct {
	shop   string
	keys   credential.Source[Keys]
	tokens credential.TokenSource // the user's, or nil
	oauth  oauth.Config           // Credentials is filled per grant

	mu      sync.Mutex
	granted Keys // whose consent src renews
	src     *oauth.Source
	parsed  map[string]*rsa.PublicKey
	refused map[string]time.Time // key versions that the mall did not accept, and when
}

// retryKey is how long a public key that was not accepted is left alone while another one is there.
const retryKey = 10 * time.Minute

// signed is what one attempt was signed with. The context carries it from Do to sign, which runs on the same goroutine.
type signed struct {
	keys    Keys
	version string // of the public key; empty without one
}

type signedKey struct{}

// current asks for the keys and checks them.
func (s *signer) current(ctx context.Context) (Keys, error) {
	keys, err := s.keys.Current(ctx)
	if err != nil {
		return keys, err
	}
	if keys, err = keys.clean(s.tokens == nil); err != nil {
		return keys, &order.Error{Class: order.ErrInvalid, Err: err, Hint: "nothing was sent"}
	}
	return keys, nil
}

// sign adds the access token and a fresh public-key signature to one attempt.
func (s *signer) sign(ctx context.Context, req *http.Request, _ []byte) error {
	keys, err := s.current(ctx)
	if err != nil {
		return err
	}
	tokens, err := s.source(keys)
	if err != nil {
		return err
	}
	token, err := oauth.Access(ctx, tokens)
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+token)
	used := signed{keys: keys}
	if key, version := s.pickFor(ctx, keys); key != "" {
		public, err := s.public(key)
		if err != nil {
			return &order.Error{Class: order.ErrInvalid, Err: err, Hint: "nothing was sent"}
		}
		signature, err := sign(public, s.shop, time.Now())
		if err != nil {
			return &order.Error{Class: order.ErrInvalid, Err: err, Hint: "nothing was sent"}
		}
		req.Header.Set("X-sws-signature", signature)
		req.Header.Set("X-sws-signature-version", version)
		used.version = version
	}
	if note, ok := ctx.Value(signedKey{}).(*signed); ok {
		*note = used
	}
	return nil
}

// source gives the token source of the present consent. A new consent is a new source: a token of the old one would go on to be
// refused.
func (s *signer) source(keys Keys) (credential.TokenSource, error) {
	if s.tokens != nil {
		return s.tokens, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.src != nil && s.granted.ClientID == keys.ClientID && s.granted.ClientSecret == keys.ClientSecret &&
		s.granted.RefreshToken == keys.RefreshToken {
		return s.src, nil
	}
	cfg := s.oauth
	cfg.Credentials = func(context.Context) (string, credential.Secret, error) { return keys.ClientID, keys.ClientSecret, nil }
	src, err := oauth.NewSource(cfg, credential.Static(keys.RefreshToken))
	if err != nil {
		return nil, err
	}
	s.granted, s.src = keys, src
	return src, nil
}

// public parses a key once.
func (s *signer) public(text string) (*rsa.PublicKey, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if key := s.parsed[text]; key != nil {
		return key, nil
	}
	key, err := parsePublicKey(text)
	if err != nil {
		return nil, err
	}
	if s.parsed == nil || len(s.parsed) > 8 { // keys change once a year
		s.parsed = make(map[string]*rsa.PublicKey)
	}
	s.parsed[text] = key
	return key, nil
}

// pick chooses between the two public keys: the first, unless the mall did not accept it a short while ago and the other is there.
func (s *signer) pick(keys Keys) (key, version string) {
	if keys.PublicKey == "" {
		return keys.OldPublicKey, keys.OldPublicKeyVersion
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if keys.OldPublicKey != "" && s.resting(keys.PublicKeyVersion) && !s.resting(keys.OldPublicKeyVersion) {
		return keys.OldPublicKey, keys.OldPublicKeyVersion
	}
	return keys.PublicKey, keys.PublicKeyVersion
}

func (s *signer) resting(version string) bool {
	at, ok := s.refused[version]
	return ok && time.Since(at) < retryKey
}

// judge remembers whether the mall accepted the public key of an attempt.
func (s *signer) judge(version string, accepted bool) {
	if version == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if accepted {
		delete(s.refused, version)
		return
	}
	if s.refused == nil || len(s.refused) > 8 {
		s.refused = make(map[string]time.Time)
	}
	s.refused[version] = time.Now()
}

// renew decides about one replay. A dead access token is refreshed once; the end of the order session is not, since another token
// of the same consent would be refused alike. A session that ended because the public key was not accepted may go on with the
// other key.
func (s *signer) renew(ctx context.Context, e *order.Error, sent *http.Request) (again bool, err error) {
	if e.Class == order.ErrCredentialExpired {
		keys, err := s.current(ctx)
		if err != nil {
			return false, nil // the refusal stands and says more
		}
		version := sent.Header.Get("X-sws-signature-version")
		s.judge(version, false)
		_, other := s.pick(keys)
		return s.reconsented(keys) || version != "" && other != version, nil
	}
	dead := strings.TrimPrefix(sent.Header.Get("Authorization"), "Bearer ")
	if s.tokens == nil {
		s.mu.Lock()
		src := s.src
		s.mu.Unlock()
		return oauth.Renew(ctx, src, dead)
	}
	return oauth.Renew(ctx, oauth.Given(s.tokens), dead)
}

// reconsented tells whether a person has authorised again since the refused token was made.
func (s *signer) reconsented(keys Keys) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens == nil && s.granted.RefreshToken != keys.RefreshToken
}
