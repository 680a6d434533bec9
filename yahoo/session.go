package yahoo

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// AuthorizeStatus is what the mall made of the public-key signature: header X-SWS-Authorize-Status. A signature that is not
// accepted does not fail the call; it only ends the order session after twelve hours.
type AuthorizeStatus string

// The values. All but Authorized mean that the twelve-hour rule is in force.
const (
	Authorized            AuthorizeStatus = "authorized"
	NoSignature           AuthorizeStatus = "none"
	KeyVersionExpired     AuthorizeStatus = "expired-key-version"
	KeyVersionInvalid     AuthorizeStatus = "invalid-key-version"
	KeyVersionNotFound    AuthorizeStatus = "not-found-key-version"
	KeyNotEnabled         AuthorizeStatus = "invalid-key-status"
	TimestampExpired      AuthorizeStatus = "expired-timestamp"
	TimestampInvalid      AuthorizeStatus = "invalid-timestamp"
	SellerInvalid         AuthorizeStatus = "invalid-sellerid"
	SignatureUnreadable   AuthorizeStatus = "invalid-authorize-value"
	SignatureUnauthorized AuthorizeStatus = "unauthorized"
)

var authorizeRemedies = []struct {
	status AuthorizeStatus
	remedy string
}{
	{Authorized, ""},
	{NoSignature, "no signature was sent: set Keys.PublicKey and Keys.PublicKeyVersion to keep the session for four weeks"},
	{KeyVersionExpired, "the public key is past its year: issue a new one in 暗号鍵管理 and set Keys.PublicKey and PublicKeyVersion"},
	{KeyVersionInvalid, "the version is malformed: set Keys.PublicKeyVersion to the number shown in 暗号鍵管理"},
	{KeyVersionNotFound, "the store has no key of this version: set Keys.PublicKeyVersion to the number shown in 暗号鍵管理"},
	{KeyNotEnabled, "the key is not enabled: set it to 有効 in 暗号鍵管理"},
	{TimestampExpired, "the signature's time is too old: set this machine's clock"},
	{TimestampInvalid, "the signature's time is malformed: set this machine's clock"},
	{SellerInvalid, "the signature names another store: set Config.Shop to the store account"},
	{SignatureUnreadable, "the mall cannot decrypt the signature: key and version do not belong together, or the key was edited; copy it again"},
	{SignatureUnauthorized, "the mall refused the signature: check key, version and 「Web APIを利用する」 in 暗号鍵管理"},
}

// AuthorizeStatuses lists the documented values.
func AuthorizeStatuses() []AuthorizeStatus {
	all := make([]AuthorizeStatus, len(authorizeRemedies))
	for i, row := range authorizeRemedies {
		all[i] = row.status
	}
	return all
}

// Accepted tells whether the signature was accepted. A missing header is not acceptance.
func (s AuthorizeStatus) Accepted() bool { return s == Authorized }

// Remedy says what to do; empty when nothing is to be done or the mall said nothing.
func (s AuthorizeStatus) Remedy() string {
	for _, row := range authorizeRemedies {
		if row.status == s {
			return row.remedy
		}
	}
	if s == "" {
		return ""
	}
	return "the mall gave a status that is not documented: look at the key in 暗号鍵管理"
}

func statusIn(h http.Header) AuthorizeStatus {
	return AuthorizeStatus(strings.ToLower(strings.TrimSpace(h.Get("X-SWS-Authorize-Status"))))
}

// How long the order APIs answer, counted from the consent.
const (
	sessionLife      = 12 * time.Hour
	signedLife       = 28 * 24 * time.Hour
	refreshTokenLife = 28 * 24 * time.Hour
)

// Session is what the client knows of the order session (orderList, orderInfo and orderChange). The mall cannot be asked for it.
type Session struct {
	ConsentedAt      time.Time       // Keys.ConsentedAt; zero: not known, and so are both ends
	Ends             time.Time       // twelve hours after the consent, or four weeks while the signature is accepted
	RefreshTokenEnds time.Time       // four weeks after the consent; use does not prolong it
	Status           AuthorizeStatus // of the last reply that told one
	StatusAt         time.Time       // when; zero: no reply yet
	KeyVersion       string          // of the public key that Status is about; empty without one
}

// session remembers the last status. It is safe for concurrent use.
type session struct {
	mu      sync.Mutex
	status  AuthorizeStatus
	at      time.Time
	version string
}

// note keeps a reply's status and tells whether it is news.
func (s *session) note(status AuthorizeStatus, version string) (news bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	news = s.at.IsZero() || s.status != status || s.version != version
	s.status, s.version, s.at = status, version, time.Now()
	return news
}

// Session says how old the consent is and when the order session ends as far as is known. It sends nothing; before the first
// reply it assumes twelve hours, since a signature counts only once the mall has accepted it.
func (c *Client) Session(ctx context.Context) (Session, error) {
	keys, err := c.signer.current(ctx)
	if err != nil {
		return Session{}, err
	}
	return c.sessionOf(keys), nil
}

func (c *Client) sessionOf(keys Keys) Session {
	c.session.mu.Lock()
	s := Session{ConsentedAt: keys.ConsentedAt, Status: c.session.status, StatusAt: c.session.at, KeyVersion: c.session.version}
	c.session.mu.Unlock()
	if keys.ConsentedAt.IsZero() {
		return s
	}
	s.Ends, s.RefreshTokenEnds = keys.ConsentedAt.Add(sessionLife), keys.ConsentedAt.Add(refreshTokenLife)
	if s.Status.Accepted() {
		s.Ends = keys.ConsentedAt.Add(signedLife)
	}
	return s
}

// heed takes a reply's word on the signature: for Session, for the choice of the key, and for the observer when it is news.
func (c *Client) heed(ctx context.Context, op transport.Operation, r *transport.Response, used signed) {
	status := statusIn(r.Header)
	if status == "" {
		return
	}
	news := c.session.note(status, used.version)
	if used.version == "" {
		return
	}
	c.signer.judge(used.version, status.Accepted())
	if news && !status.Accepted() {
		c.calls.Fallback(ctx, op, string(status))
	}
}

// over completes the error of a session that has ended.
func (c *Client) over(err error, status AuthorizeStatus, used signed) error {
	var e *order.Error
	if !errors.As(err, &e) || e.Class != order.ErrCredentialExpired || e.Code != codeSessionOver {
		return err
	}
	own := *e
	if s := c.sessionOf(used.keys); !s.Ends.IsZero() {
		own.Hint += "; it ended at " + s.Ends.In(order.JST).Format(time.RFC3339)
	}
	if remedy := status.Remedy(); remedy != "" {
		own.Hint += "; " + remedy
	}
	return &own
}
