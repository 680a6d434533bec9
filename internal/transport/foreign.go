package transport

import (
	"bytes"
	"errors"
	"net/http"
	"slices"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

var answerHint = order.Text{
	EN: "this is not the mall's documented answer: look at the proxy or relay before it, and whether the mall has changed",
	JA: "モールの仕様にない応答です。間にあるプロキシや中継サーバーと、モール側の仕様変更を確認してください"}

// unreadable returns the error of a reply that is not the expected document: temporary if
// something before the mall answered, undecodable if the document is of the mall's format.
func unreadable(f Format, r *Response, err error) *order.Error {
	fail := undocumented(f, r, err)
	fail.Err = err
	return fail
}

// undocumented returns the error of a successful reply that the mall does not document. Its class
// is that of unreadable, but if something before the mall answered, the error says what that was.
func undocumented(f Format, r *Response, err error) *order.Error {
	if fail := Foreign(f, r); fail != nil {
		return fail
	}
	return &order.Error{Class: order.ErrUndecodable, Err: err, Hint: answerHint}
}

// Foreign returns an error, see Strange, for a reply that cannot be the mall's own document by its
// first bytes: it is empty, an HTML page, or another format. It returns nil if the reply may be
// the mall's.
func Foreign(f Format, r *Response) *order.Error {
	kind := bodyKind(f, r.Body)
	if kind == "" {
		return nil
	}
	return strange(r, kind)
}

// bodyKind describes a body that is not a document of the format; "" if it may be one.
func bodyKind(f Format, body []byte) string {
	text := bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF")))
	switch {
	case len(text) == 0:
		return "empty"
	case f == AnyFormat:
		return ""
	case isHTML(text):
		return "an HTML page"
	case f == JSON && text[0] == '<':
		return "XML, not JSON"
	case f == XML && (text[0] == '{' || text[0] == '['):
		return "JSON, not XML"
	case f == JSON && !bytes.ContainsRune([]byte(`{["-0123456789tfn`), rune(text[0])), f == XML &&
		text[0] != '<':
		return "plain text"
	case f == JSON && (text[0] == 't' || text[0] == 'f' || text[0] == 'n') &&
		!slices.Contains([]string{"true", "false", "null"}, string(text)):
		return "plain text"
	}
	return ""
}

func isHTML(text []byte) bool {
	_, err := wire.Root(text)
	return errors.Is(err, wire.ErrHTML)
}

// Strange returns the error of a reply that is not the mall's: a gateway, proxy or relay has
// answered, or the wrong server. The status of such a reply says nothing about an order, a request
// or a credential, so the class is ErrTemporary, except ErrRateLimited for 429.
func Strange(f Format, r *Response) *order.Error {
	kind := bodyKind(f, r.Body)
	if kind == "" {
		kind = "a document that is not the mall's"
	}
	return strange(r, kind)
}

func strange(r *Response, kind string) *order.Error {
	e := &order.Error{Class: order.ErrTemporary, Err: &cause{text: "the answer is " + kind}}
	switch {
	case r.Status == http.StatusTooManyRequests:
		e.Class = order.ErrRateLimited
		e.Hint = order.Text{EN: "something before the mall asks to slow down",
			JA: "モールの手前にあるサーバーがアクセス頻度を下げるよう求めています"}
	case r.Status >= http.StatusInternalServerError:
		e.Hint = order.Text{
			EN: "the mall, or what stands before it, is in trouble: try again later",
			JA: "モールまたはその手前のサーバーで障害が起きています。時間をおいて再実行してください"}
	case r.Status == http.StatusProxyAuthRequired:
		e.Hint = order.Text{EN: "the proxy wants a login: check the proxy's settings",
			JA: "プロキシが認証を求めています。プロキシの設定を確認してください"}
	case r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden:
		e.Hint = order.Text{
			EN: "the address answered, but it is not the mall that refuses: check BaseURL and the proxy or relay; if they are right, the key",
			JA: "拒否しているのはモールではありません。接続先（base_url）とプロキシ・中継サーバーを確認し、問題がなければキーを確認してください"}
	default:
		e.Hint = order.Text{
			EN: "the address answered, but it is not the mall: check BaseURL and the proxy or relay",
			JA: "応答したのはモールではありません。接続先（base_url）とプロキシ・中継サーバーを確認してください"}
	}
	return e
}
