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

// AuthorizeStatus says whether the mall accepted the public-key signature: header
// X-SWS-Authorize-Status. A signature that is not accepted does not fail the call, but the order
// session then ends after twelve hours.
type AuthorizeStatus string

// The values of [AuthorizeStatus]. With all but Authorized, the order session lasts twelve hours.
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
	remedy order.Text
}{
	{Authorized, order.Text{}},
	{NoSignature,
		order.Text{
			EN: "no signature was sent: set Keys.PublicKey and Keys.PublicKeyVersion to keep the session for four weeks",
			JA: "署名が送信されていません。設定にpublic_keyとpublic_key_versionを登録すると認可が4週間続きます"}},
	{KeyVersionExpired,
		order.Text{
			EN: "the public key is past its year: issue a new one in 暗号鍵管理 and set Keys.PublicKey and PublicKeyVersion",
			JA: "公開鍵の有効期間（1年）が過ぎています。暗号鍵管理で再発行し、設定のpublic_keyとpublic_key_versionに登録してください"}},
	{KeyVersionInvalid,
		order.Text{
			EN: "the version is malformed: set Keys.PublicKeyVersion to the number shown in 暗号鍵管理",
			JA: "鍵のバージョンの形式が誤っています。暗号鍵管理に表示された番号を設定のpublic_key_versionに登録してください"}},
	{KeyVersionNotFound, order.Text{
		EN: "the store has no key of this version: set Keys.PublicKeyVersion to the number shown in 暗号鍵管理",
		JA: "このバージョンの鍵がストアにありません。暗号鍵管理に表示された番号を設定のpublic_key_versionに登録してください"}},
	{KeyNotEnabled, order.Text{EN: "the key is not enabled: set it to 有効 in 暗号鍵管理",
		JA: "鍵が有効になっていません。暗号鍵管理で「有効」にしてください"}},
	{TimestampExpired, order.Text{EN: "the signature's time is too old: set this machine's clock",
		JA: "署名の時刻が古すぎます。このマシンの時計を合わせてください"}},
	{TimestampInvalid, order.Text{EN: "the signature's time is malformed: set this machine's clock",
		JA: "署名の時刻の形式が誤っています。このマシンの時計を合わせてください"}},
	{SellerInvalid,
		order.Text{EN: "the signature names another store: set Config.Shop to the store account",
			JA: "署名のストアが異なります。設定のshopにストアアカウントを登録してください"}},
	{SignatureUnreadable, order.Text{
		EN: "the mall cannot decrypt the signature: key and version do not belong together, or the key was edited; copy it again",
		JA: "モールが署名を復号できません。鍵とバージョンの組み合わせが違うか、鍵が書き換わっています。もう一度コピーしてください"}},
	{SignatureUnauthorized, order.Text{
		EN: "the mall refused the signature: check key, version and 「Web APIを利用する」 in 暗号鍵管理",
		JA: "モールが署名を拒否しました。暗号鍵管理で鍵、バージョン、「Web APIを利用する」を確認してください"}},
}

// AuthorizeStatuses returns the known values. All but Authorized, [NoSignature] and
// [KeyVersionExpired] rest on one public client; see Assumptions.
func AuthorizeStatuses() []AuthorizeStatus {
	all := make([]AuthorizeStatus, len(authorizeRemedies))
	for i, row := range authorizeRemedies {
		all[i] = row.status
	}
	return all
}

// Accepted reports whether the signature was accepted. A missing header is not acceptance.
func (s AuthorizeStatus) Accepted() bool { return s == Authorized }

// Remedy returns what to do; it is zero for Authorized and where the header was missing.
func (s AuthorizeStatus) Remedy() order.Text {
	for _, row := range authorizeRemedies {
		if row.status == s {
			return row.remedy
		}
	}
	if s == "" {
		return order.Text{}
	}
	return order.Text{EN: "the mall gave a status that is not documented: look at the key in 暗号鍵管理",
		JA: "仕様にない署名ステータスが返りました。暗号鍵管理で鍵を確認してください"}
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

// Session is the state of the order session (orderList, orderInfo and orderChange), as far as the
// client knows it. The mall has no call for it.
type Session struct {
	ConsentedAt time.Time // Keys.ConsentedAt; zero: not known, then both ends are zero too
	// twelve hours after the consent, or four weeks while the signature is accepted
	Ends             time.Time
	RefreshTokenEnds time.Time       // four weeks after the consent; not extended by use
	Status           AuthorizeStatus // of the last reply that had one
	StatusAt         time.Time       // time of that reply; zero: none yet
	KeyVersion       string          // of the public key that Status is about; empty: none
}

// session remembers the last status. It is safe for concurrent use.
type session struct {
	mu      sync.Mutex
	status  AuthorizeStatus
	at      time.Time
	version string
}

// note keeps a reply's status and reports whether it has changed.
func (s *session) note(status AuthorizeStatus, version string) (news bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	news = s.at.IsZero() || s.status != status || s.version != version
	s.status, s.version, s.at = status, version, time.Now()
	return news
}

// Session returns the time of the consent and the expected end of the order session. It sends
// nothing. Until a reply accepts the signature, twelve hours are assumed.
func (c *Client) Session(ctx context.Context) (Session, error) {
	keys, err := c.signer.current(ctx)
	if err != nil {
		return Session{}, err
	}
	return c.sessionOf(keys), nil
}

func (c *Client) sessionOf(keys Keys) Session {
	c.session.mu.Lock()
	s := Session{ConsentedAt: keys.ConsentedAt, Status: c.session.status, StatusAt: c.session.at,
		KeyVersion: c.session.version}
	c.session.mu.Unlock()
	if keys.ConsentedAt.IsZero() {
		return s
	}
	s.Ends = keys.ConsentedAt.Add(sessionLife)
	s.RefreshTokenEnds = keys.ConsentedAt.Add(refreshTokenLife)
	if s.Status.Accepted() {
		s.Ends = keys.ConsentedAt.Add(signedLife)
	}
	return s
}

// heed keeps a reply's status of the signature: for Session, for the choice of the key, and for the
// observer if it has changed.
func (c *Client) heed(
	ctx context.Context, op transport.Operation, status AuthorizeStatus, used signed,
) {
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
		end := s.Ends.In(order.JST).Format(time.RFC3339)
		when := order.Text{EN: "it ended at " + end, JA: "終了日時：" + end}
		if s.Ends.After(time.Now()) {
			when = order.Text{EN: "the mall ended it before its expected end, " + end,
				JA: "予定の終了日時（" + end + "）より前に、モール側で終了しています"}
		}
		own.Hint = own.Hint.And(when)
	}
	if remedy := status.Remedy(); !remedy.IsZero() {
		own.Hint = own.Hint.And(remedy)
	}
	return &own
}
