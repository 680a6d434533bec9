package yahootest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// grant is a user's consent.
type grant struct {
	refresh string
	at      time.Time
	revoked bool
}

// token is an access token of a consent.
type token struct {
	grant *grant
	ends  time.Time
}

// publicKey is one of the store's keys in 暗号鍵管理.
type publicKey struct {
	version string
	private *rsa.PrivateKey
	issued  time.Time
	enabled bool
}

// newPublicKey makes a key. It is a small one, so that a mall is made quickly; how long the real
// ones are is not documented.
func newPublicKey(version string, now time.Time) *publicKey {
	private, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		panic("yahootest: no RSA key: " + err.Error()) // the machine has no randomness
	}
	return &publicKey{version: version, private: private, issued: now, enabled: true}
}

func (k *publicKey) pem() string {
	der, err := x509.MarshalPKIXPublicKey(&k.private.PublicKey)
	if err != nil {
		panic("yahootest: " + err.Error()) // an RSA key can be written
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

// ClientID returns the application's Client ID.
func (m *Mall) ClientID() string { return m.options.ClientID }

// ClientSecret returns the application's secret.
func (m *Mall) ClientSecret() string { return m.options.ClientSecret }

// RefreshToken returns the refresh token of the last consent, as it is accepted now.
func (m *Mall) RefreshToken() string { m.mu.Lock(); defer m.mu.Unlock(); return m.last().refresh }

// ConsentedAt returns the time of the last consent.
func (m *Mall) ConsentedAt() time.Time { m.mu.Lock(); defer m.mu.Unlock(); return m.last().at }

func (m *Mall) last() *grant { return m.grants[len(m.grants)-1] }

// PublicKey returns the newest public key in PEM form.
func (m *Mall) PublicKey() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.publicKey[len(m.publicKey)-1].pem()
}

// PublicKeyVersion returns the version of the newest public key.
func (m *Mall) PublicKeyVersion() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.publicKey[len(m.publicKey)-1].version
}

// IssueKey issues another public key, which PublicKey returns from then on. At most two keys are
// enabled; older ones are disabled.
func (m *Mall) IssueKey() (pem, version string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	key := newPublicKey(strconv.Itoa(len(m.publicKey)+1), time.Now())
	m.publicKey = append(m.publicKey, key)
	for _, old := range m.publicKey[:len(m.publicKey)-2] {
		old.enabled = false
	}
	return key.pem(), key.version
}

// EnableKey sets a public key to 有効 or 無効. An unknown version is ignored.
func (m *Mall) EnableKey(version string, on bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, k := range m.publicKey {
		if k.version == version {
			k.enabled = on
		}
	}
}

// Consent gives a new consent, now, and returns its refresh token. Older ones work until they
// expire.
func (m *Mall) Consent() (refreshToken string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.grants = append(m.grants, &grant{
		refresh: fmt.Sprintf("mihon-refresh-token-%010d", len(m.grants)), at: time.Now()})
	return m.last().refresh
}

// Revoke withdraws all consents. From now on refresh tokens are refused, and calls are answered
// with px-04307.
func (m *Mall) Revoke() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, g := range m.grants {
		g.revoked = true
	}
}

// ExpireAccessTokens makes all access tokens expire now; refresh tokens stay valid.
func (m *Mall) ExpireAccessTokens() {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, t := range m.tokens {
		t.ends = time.Now()
	}
}

// RefuseIP sets whether order calls are answered as if from an address that is not registered.
func (m *Mall) RefuseIP(on bool) { m.mu.Lock(); defer m.mu.Unlock(); m.blockedIP = on }

// sessioned are the APIs that end before the token does.
var sessioned = map[string]bool{"orderList": true, "orderInfo": true, "orderChange": true}

// auth checks what the gateway checks. Quotas are counted by client and URL.
func (m *Mall) auth(r *fake.Request) (key string, refusal *fake.Reply) {
	if r.Operation == opToken || r.Operation == opConsent || r.Operation == "" {
		return "", nil
	}
	refuse := func(reply fake.Reply) (string, *fake.Reply) { return "", &reply }
	m.mu.Lock()
	defer m.mu.Unlock()
	bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok || bearer == "" {
		return refuse(problem(http.StatusUnauthorized, "",
			"Bad Request: Authentication parameters in your request incompleted.", "").
			With("X-YahooJ-AuthError", "Required authentication information is not found."))
	}
	t := m.tokens[bearer]
	if t == nil || !time.Now().Before(t.ends) {
		return refuse(invalidToken())
	}
	if t.grant.revoked {
		return refuse(problem(http.StatusForbidden, "px-04307", "Use of API is not permitted.", ""))
	}
	if m.blockedIP {
		return refuse(problem(http.StatusForbidden, "px-04306", "Your IP address is not permitted.",
			""))
	}
	life := unsignedSession
	status := m.signature(r)
	r.Header.Set(statusHeader, status) // serve passes it on
	if status == "authorized" {
		life = signedSession
	}
	if sessioned[r.Operation] && time.Since(t.grant.at) >= life {
		return refuse(sessionOver().With(statusHeader, status))
	}
	return m.options.ClientID, nil
}

const statusHeader = "X-SWS-Authorize-Status"

// clockTolerance is how far the signature's time may be off; the real value is not documented.
const clockTolerance = 5 * time.Minute

// signature returns the mall's status for the public-key headers.
func (m *Mall) signature(r *fake.Request) string {
	value, version := r.Header.Get("X-Sws-Signature"), r.Header.Get("X-Sws-Signature-Version")
	if value == "" {
		return "none"
	}
	if version == "" || strings.Trim(version, "0123456789") != "" {
		return "invalid-key-version"
	}
	var key *publicKey
	for _, k := range m.publicKey {
		if k.version == version {
			key = k
		}
	}
	switch {
	case key == nil:
		return "not-found-key-version"
	case !key.enabled:
		return "invalid-key-status"
	case time.Since(key.issued) >= publicKeyLife:
		return "expired-key-version"
	}
	sealed, err := base64.StdEncoding.DecodeString(value)
	if err != nil {
		return "invalid-authorize-value"
	}
	//lint:ignore SA1019 the mall's scheme is PKCS #1 v1.5 encryption
	plain, err := rsa.DecryptPKCS1v15(nil, key.private, sealed)
	at := strings.LastIndex(string(plain), ":")
	if err != nil || at < 0 {
		return "invalid-authorize-value"
	}
	seconds, err := strconv.ParseInt(string(plain[at+1:]), 10, 64)
	switch {
	case string(plain[:at]) != m.options.Shop:
		return "invalid-sellerid"
	case err != nil:
		return "invalid-timestamp"
	case time.Since(time.Unix(seconds, 0)).Abs() > clockTolerance:
		return "expired-timestamp"
	}
	return "authorized"
}

// serveToken is the token endpoint. The client authenticates by Basic or in the form.
func (m *Mall) serveToken(r *fake.Request) fake.Reply {
	form, err := url.ParseQuery(string(r.Payload))
	if err != nil || r.Method != http.MethodPost {
		return oauthError(http.StatusBadRequest, "invalid_request")
	}
	id, secret, basic := r.BasicAuth()
	if !basic {
		id, secret = form.Get("client_id"), form.Get("client_secret")
	}
	if id != m.options.ClientID || secret != m.options.ClientSecret {
		return oauthError(http.StatusUnauthorized, "invalid_client")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch form.Get("grant_type") {
	case "authorization_code":
		return m.exchange(form)
	case "refresh_token":
	default:
		return oauthError(http.StatusBadRequest, "unsupported_grant_type")
	}
	for _, g := range m.grants {
		if g.refresh == form.Get("refresh_token") && !g.revoked &&
			time.Since(g.at) < refreshTokenLife {
			tokens := m.issueToken(g)
			if m.options.RotateRefreshTokens {
				g.refresh = fmt.Sprintf("mihon-rotated-token-%010d", m.serial)
				tokens["refresh_token"] = g.refresh
			}
			return fake.JSON(http.StatusOK, tokens)
		}
	}
	return oauthError(http.StatusBadRequest, "invalid_grant")
}

func oauthError(status int, code string) fake.Reply {
	return fake.JSON(status, map[string]any{"error": code,
		"error_description": "invented description", "error_code": 0})
}
