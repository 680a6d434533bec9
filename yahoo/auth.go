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
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Keys are the credentials of one store. White space around them is trimmed. ClientID and
// RefreshToken are required unless [Config.Tokens] is given.
type Keys struct {
	ClientID     string            // Client ID (アプリケーションID) of an application with ストア向け操作関連の機能
	ClientSecret credential.Secret // empty for a client-side application
	RefreshToken credential.Secret // of the consent; valid for four weeks, not extended by use
	// time of the consent, from which the order session's end is counted; zero: not known
	ConsentedAt time.Time

	// PublicKey is the store's public key in PEM form (Store Creator Pro, 設定 > 暗号鍵管理) and
	// PublicKeyVersion its バージョン. With both, the order session lasts four weeks instead of twelve
	// hours. A key is valid for a year.
	PublicKey        string
	PublicKeyVersion string

	// OldPublicKey and OldPublicKeyVersion are used while the mall does not accept the first pair.
	// Two keys can be enabled at a time, so a new one can be set before the old one expires.
	OldPublicKey        string
	OldPublicKeyVersion string

	// when PublicKey was issued, from which its year is counted; zero: not known
	PublicKeyIssued    time.Time
	OldPublicKeyIssued time.Time // the same of OldPublicKey
}

// Records returns the records of all keys for a [credential.Monitor], without the keys themselves.
// shop is [Config.Shop]. The Name of a public key's record is its version. A key whose start is not
// known is reported as unknown, never as valid.
func (k Keys) Records(shop string) []credential.Record {
	record := func(kind credential.Kind, name string, start time.Time) credential.Record {
		return credential.Record{Mall: order.Yahoo, Shop: shop, Kind: kind, Name: name,
			Start: start}
	}
	all := []credential.Record{record(credential.KindOrderSession, "", k.ConsentedAt),
		record(credential.KindRefreshToken, "", k.ConsentedAt)}
	if k.PublicKey != "" {
		all[0].Extended = true
		all = append(all, record(credential.KindPublicKey, strings.TrimSpace(k.PublicKeyVersion),
			k.PublicKeyIssued))
	}
	if k.OldPublicKey != "" {
		all[0].Extended = true
		all = append(all, record(credential.KindPublicKey, strings.TrimSpace(k.OldPublicKeyVersion),
			k.OldPublicKeyIssued))
	}
	return all
}

// Validate returns an error that names the first invalid field, without its value; nil if there is
// none.
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
	if k.RefreshToken, err = cleanSecret("Keys.RefreshToken", k.RefreshToken,
		needToken); err != nil {
		return k, err
	}
	if k.PublicKeyVersion, err = cleanPair("PublicKey", k.PublicKey,
		k.PublicKeyVersion); err != nil {
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

// cleanPair checks a public key and its version, which are valid only together.
func cleanPair(field, key, version string) (string, error) {
	version = strings.TrimSpace(version)
	switch {
	case key == "" && version == "":
		return "", nil
	case key == "":
		return "", errors.New("Keys." + field + " is empty although Keys." + field +
			"Version is given")
	case version == "":
		return "", errors.New("Keys." + field +
			"Version is empty: it is the バージョン beside the key in 暗号鍵管理")
	}
	if err := keyVersion(version); err != nil {
		return "", errors.New("Keys." + field + "Version " + err.Error())
	}
	if _, err := parsePublicKey(key); err != nil {
		return "", errors.New("Keys." + field + " " + err.Error())
	}
	return version, nil
}

// keyVersion refuses what cannot be the version of a public key.
func keyVersion(text string) error {
	if strings.Trim(text, "0123456789") != "" {
		return errors.New("is not a number")
	}
	return nil
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

// signed is what one attempt was signed with. The context carries it from send to sign, which runs
// on the same goroutine.
type signed struct {
	keys    Keys
	version string // of the public key; empty without one
}

type signedKey struct{}

// current reads the keys and checks them.
func (s *signer) current(ctx context.Context) (Keys, error) {
	keys, err := s.keys.Current(ctx)
	if err != nil {
		return keys, err
	}
	if keys, err = keys.clean(s.tokens == nil); err != nil {
		return keys, &order.Error{Class: order.ErrInvalid, Err: err, Hint: transport.UnsentHint}
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
			return &order.Error{Class: order.ErrInvalid, Err: err, Hint: transport.UnsentHint}
		}
		signature, err := sign(public, s.shop, time.Now())
		if err != nil {
			return &order.Error{Class: order.ErrInvalid, Err: err, Hint: transport.UnsentHint}
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

// source returns the token source of the present consent. A new consent gets a new source, because
// tokens of the old one would still be refused.
func (s *signer) source(keys Keys) (credential.TokenSource, error) {
	if s.tokens != nil {
		return s.tokens, nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.src != nil && s.granted.ClientID == keys.ClientID &&
		s.granted.ClientSecret == keys.ClientSecret &&
		s.granted.RefreshToken == keys.RefreshToken {
		return s.src, nil
	}
	cfg := s.oauth
	cfg.Credentials = func(context.Context) (string, credential.Secret,
		error) {
		return keys.ClientID, keys.ClientSecret, nil
	}
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

// pick chooses between the two public keys. It is the first, unless the mall refused it a short
// while ago and the other is there.
func (s *signer) pick(keys Keys) (key, version string) {
	if keys.PublicKey == "" {
		return keys.OldPublicKey, keys.OldPublicKeyVersion
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if keys.OldPublicKey != "" && s.resting(keys.PublicKeyVersion) &&
		!s.resting(keys.OldPublicKeyVersion) {
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

// renew decides about one replay. An expired access token is refreshed once. The end of the order
// session is not, since another token of the same consent would be refused as well. A session that
// ended because the public key was not accepted may go on with the other key.
func (s *signer) renew(
	ctx context.Context, e *order.Error, sent *http.Request,
) (again bool, err error) {
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

// reconsented reports whether there is a newer consent than that of the refused token.
func (s *signer) reconsented(keys Keys) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tokens == nil && s.granted.RefreshToken != keys.RefreshToken
}
