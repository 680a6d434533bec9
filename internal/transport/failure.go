package transport

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
)

// refusal completes the mall's verdict on a reply, nil if there is none, by the status.
func refusal(r *Response, said *order.Error) *order.Error {
	fail := new(order.Error)
	if said != nil {
		*fail = *said // the mall may have returned a shared value
	}
	switch {
	case r.Status >= 300 && r.Status < 400 && fail.Class != order.ErrMaintenance:
		fail.Class, fail.Message = order.ErrInvalid, ""
		to := redirectsTo(r.Header)
		fail.Hint = order.Text{EN: "the server redirects to " + to +
			" and this is not followed: check BaseURL",
			JA: "サーバーが" + to + "へのリダイレクトを返しましたが、追跡しません。接続先（base_url）を確認してください"}
	case fail.Class == 0:
		fail.Class = ClassOf(r.Status)
	}
	if fail.Hint.IsZero() {
		fail.Hint = hints[fail.Class]
	}
	fail.HTTPStatus = cmp.Or(fail.HTTPStatus, r.Status)
	fail.RequestID = cmp.Or(fail.RequestID, r.RequestID)
	if fail.RetryAfter <= 0 {
		fail.RetryAfter = retryAfter(r.Header)
	}
	fail.RetryAfter = min(fail.RetryAfter, LongestRetryAfter)
	r.Scrub(fail)
	return fail
}

// hints say what to check next where the mall's own table has nothing better.
var hints = map[order.Class]order.Text{
	order.ErrUnauthorized: {EN: "check the keys of this shop: copied whole, of this shop, not over",
		JA: "この店舗のキーを確認してください（全体を貼り付けたか、この店舗のものか、期限内か）"},
	order.ErrCredentialExpired: {EN: "renew the credential of this shop",
		JA: "この店舗の認証情報を更新してください"},
	order.ErrForbidden: {
		EN: "the key is known, but may not do this: check its functions or roles, and that this machine's address is registered",
		JA: "キーは有効ですが、この操作の権限がありません。利用機能・ロールと、接続元IPアドレスの登録を確認してください"},
	order.ErrNotFound: {EN: "check the number, and that the order belongs to this shop",
		JA: "受注番号と、この店舗の受注かどうかを確認してください"},
	order.ErrInvalid: {EN: "read the mall's words; nothing was changed",
		JA: "モールのメッセージを確認してください。何も変更されていません"},
	order.ErrConflict: {EN: "read the order: its state does not allow this",
		JA: "受注を読み直してください。現在のステータスではこの操作はできません"},
	order.ErrRateLimited: {
		EN: "wait; if it goes on, look for another program that uses the same key",
		JA: "しばらく待ってください。続く場合は、同じキーを使うほかのプログラムがないか確認してください"},
	order.ErrMaintenance: {EN: "try again after the maintenance",
		JA: "メンテナンス終了後に再実行してください"},
	order.ErrTemporary: {EN: "the mall, or what stands before it, is in trouble: try again later",
		JA: "モールまたはその手前のサーバーで障害が起きています。時間をおいて再実行してください"},
	order.ErrUndecodable: answerHint,
	order.ErrLocalLimit: {EN: "raise the limit, or ask for less at once",
		JA: "上限を引き上げるか、一度に扱う量を減らしてください"},
}

// HintOf returns the general advice for errors of a class.
func HintOf(class order.Class) order.Text { return hints[class] }

// ClassOf returns the class of a status, if the mall says no more. A status below 400 that is
// treated as a failure gives ErrUndecodable.
func ClassOf(status int) order.Class {
	switch status {
	case http.StatusUnauthorized:
		return order.ErrUnauthorized
	case http.StatusForbidden, http.StatusProxyAuthRequired:
		return order.ErrForbidden
	case http.StatusNotFound, http.StatusGone:
		return order.ErrNotFound
	case http.StatusConflict, http.StatusPreconditionFailed, http.StatusLocked:
		return order.ErrConflict
	case http.StatusTooManyRequests:
		return order.ErrRateLimited
	case http.StatusRequestTimeout, http.StatusTooEarly:
		return order.ErrTemporary
	}
	switch {
	case status >= 500:
		return order.ErrTemporary
	case status >= 400:
		return order.ErrInvalid
	}
	return order.ErrUndecodable
}

var lostHint = order.Text{
	EN: "the answer was lost and the write may have been applied: read the order before sending it again",
	JA: "応答を受け取れませんでした。反映されている可能性があるため、再送の前に受注を確認してください"}

// lostError marks the failure of a write with an unknown outcome.
type lostError struct{ cause error }

func (e *lostError) Error() string {
	if e.cause == nil {
		return "outcome unknown"
	}
	return "outcome unknown: " + e.cause.Error()
}
func (e *lostError) Unwrap() error { return e.cause }

// Unsettled reports whether err is the failure of a write that may have been applied: it was sent,
// and no reply says how it ended. It is never true for a read.
func Unsettled(err error) bool {
	var lost *lostError
	return errors.As(err, &lost)
}

// failure returns the error of the whole call, from that of the last try.
func (x *exchange) failure(ctx context.Context) (*Response, error) {
	f := x.last.fail
	if f == nil { // the loop ended without a try, which only a done context does
		f = &order.Error{Class: order.ErrLocalLimit}
	}
	e := x.complete(f)
	if e.Hint.IsZero() && x.last.reply == nil {
		e.Hint = order.Text{
			EN: "no answer came: check the network and BaseURL, and try again later",
			JA: "応答がありません。ネットワークと接続先（base_url）を確認し、時間をおいて再実行してください"}
		if e.Class == order.ErrLocalLimit {
			e.Hint = order.Text{
				EN: "the caller's context, or a limit of this client, ended the call",
				JA: "呼び出し側のコンテキスト、またはこのクライアントの上限により終了しました"}
		}
	}
	if done := ctx.Err(); done != nil && !errors.Is(e.Err, done) {
		e.Err = also(done, e.Err)
	}
	if x.lost {
		e.Err = &lostError{e.Err}
		e.Hint = e.Hint.And(lostHint)
	}
	if x.last.reply != nil {
		x.last.reply.Attempts = x.attempts
	}
	return x.last.reply, e
}

// complete copies a failure and adds what the transport knows. If the failure already names an
// operation, such as that of the token endpoint, it keeps it.
func (x *exchange) complete(f *order.Error) *order.Error {
	e := *f
	e.Mall = x.c.cfg.Mall
	e.Shop = x.c.cfg.Shop
	e.Operation = cmp.Or(f.Operation, x.op.Name)
	e.Attempts = x.attempts
	if e.Order == "" {
		e.Order = x.call.Order
	}
	return &e
}

// networkFailure classifies an exchange without a reply. If the caller's context ended it, that is
// a local limit, except for a write that may have been sent: its answer is lost. An *order.Error
// of a RoundTripper (a recording without the answer) keeps its class and words.
func (x *exchange) networkFailure(ctx context.Context, err error, sent bool) *order.Error {
	var own *order.Error
	if errors.As(err, &own) && ctx.Err() == nil {
		fail := *own
		return &fail
	}
	fail := &order.Error{Class: order.ErrTemporary, Err: Cause(ctx, err)}
	switch {
	case ctx.Err() != nil && (x.retry == Read || !sent):
		fail.Class = order.ErrLocalLimit
	case untrusted(err):
		fail.Class = order.ErrInvalid
		fail.Hint = order.Text{
			EN: "the server's TLS certificate is not trusted: check BaseURL, the proxy or HTTPClient",
			JA: "サーバーのTLS証明書を信頼できません。接続先（base_url）、プロキシ、証明書の設定を確認してください"}
	}
	return fail
}

func (x *exchange) bodyFailure(ctx context.Context, err error) *order.Error {
	if errors.Is(err, errTooLarge) {
		return &order.Error{Class: order.ErrLocalLimit, Err: errTooLarge}
	}
	fail := x.networkFailure(ctx, err, true)
	if ctx.Err() == nil {
		fail.Err = also(errors.New("the reply broke off"), fail.Err)
	}
	return fail
}

// signFailure classifies a failure of Sign. Nothing was sent.
func signFailure(ctx context.Context, err error) *order.Error {
	var own *order.Error
	if errors.As(err, &own) {
		fail := *own
		if !strings.Contains(fail.Hint.EN, UnsentHint.EN) {
			fail.Hint = fail.Hint.And(UnsentHint)
		}
		return &fail
	}
	if done := ctx.Err(); done != nil && errors.Is(err, done) {
		return &order.Error{Class: order.ErrLocalLimit, Err: done}
	}
	return &order.Error{Class: order.ErrUnauthorized, Err: err,
		Hint: order.Text{EN: "the request could not be signed; nothing was sent",
			JA: "リクエストに署名できませんでした。何も送信していません"}}
}

// Scrub bounds the texts from the mall in e and redacts credentials that it echoes: whatever Sign
// put into the request's headers. Mall clients need it for errors that they build from a reply.
func (r *Response) Scrub(e *order.Error) {
	e.Code, e.Message = redact(Line(e.Code, 100), r.sent), redact(Line(e.Message, 500), r.sent)
}

func redact(text string, req *http.Request) string {
	if req == nil || text == "" {
		return text
	}
	for name, values := range req.Header {
		if name == "Content-Type" || name == "User-Agent" || name == "Accept" {
			continue
		}
		for _, value := range values {
			for secret := range strings.FieldsSeq(value) {
				if len(secret) >= 8 {
					text = strings.ReplaceAll(text, secret, "[redacted]")
				}
			}
		}
	}
	return text
}

// Line returns external text as one line of at most limit characters.
func Line(s string, limit int) string {
	s = strings.ToValidUTF8(s, "�")
	if utf8.RuneCountInString(s) > limit {
		s = string([]rune(s)[:limit]) + "…"
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, s))
}

// both joins two errors on one line; errors.Is finds either.
type both struct{ first, second error }

func also(first, second error) error {
	if second == nil {
		return first
	}
	return both{first, second}
}

func (b both) Error() string   { return b.first.Error() + ": " + b.second.Error() }
func (b both) Unwrap() []error { return []error{b.first, b.second} }

// UnsentHint says that nothing was sent.
var UnsentHint = order.Text{EN: "nothing was sent", JA: "何も送信していません"}

// Refuse returns the error of a request that failed a check; nothing was sent. number is its
// order, or "".
func (c *Client) Refuse(operation, number string, err error) *order.Error {
	return &order.Error{Class: order.ErrInvalid, Mall: c.cfg.Mall, Shop: c.cfg.Shop,
		Operation: operation, Order: number,
		Err: err, Hint: UnsentHint}
}

// Conflict returns the error of a write that the order's state, as read before, does not allow;
// nothing was sent.
func (c *Client) Conflict(operation, number string, why order.Text) *order.Error {
	return &order.Error{Class: order.ErrConflict, Mall: c.cfg.Mall, Shop: c.cfg.Shop,
		Operation: operation, Order: number,
		Message: why.EN, Text: why, Hint: UnsentHint}
}

// Missing returns the error of an order that is not in the answer to a read.
func (c *Client) Missing(operation, number string) *order.Error {
	why := order.Text{EN: "the mall's reply does not hold this order",
		JA: "モールの応答にこの受注がありません"}
	return &order.Error{Class: order.ErrNotFound, Mall: c.cfg.Mall, Shop: c.cfg.Shop,
		Operation: operation, Order: number,
		Message: why.EN, Text: why, Hint: HintOf(order.ErrNotFound)}
}

// Undecodable returns the error of an answer that could not be read.
func (c *Client) Undecodable(operation, number string, r Response, err error) *order.Error {
	return &order.Error{Class: order.ErrUndecodable, Mall: c.cfg.Mall, Shop: c.cfg.Shop,
		Operation: operation, Order: number,
		HTTPStatus: r.Status, RequestID: r.RequestID, Attempts: r.Attempts, Err: err,
		Hint: answerHint}
}
