package amazon

import (
	"bytes"
	"errors"
	"net/http"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// ErrorDetail is one entry of the error list in 4xx and 5xx bodies, and in some answers.
type ErrorDetail struct {
	Code    string `json:"code"`
	Message string `json:"message"` // may be null
	Details string `json:"details,omitempty"`
}

type errorList struct {
	Errors []ErrorDetail `json:"errors"`
}

// rule is one row of the table of errors. The first row that matches decides; an empty field
// matches everything.
type rule struct {
	status  int
	code    string // in Amazon's spelling, compared without case and blanks
	details string // a sentence of Amazon's, or the part of one that no other has, in lower case
	class   order.Class
	hint    order.Text
}

var (
	hintExpired = order.Text{EN: "the access token has expired or was revoked; a new one is requested once",
		JA: "アクセストークンが期限切れか失効しています。新しいトークンを一度だけ取得します"}
	hintSecret = order.Text{
		EN: "the LWA client secret has expired: it is valid for 180 days, the previous one for 7 more days. Rotate it in Solution Provider Portal " +
			"(アプリの開発 > 認証情報を表示), or with RotateApplicationClientSecret while it lives, and set Keys.ClientSecret; no refresh helps",
		JA: "LWAクライアントシークレットの期限（180日。旧シークレットは更新後7日）が切れています。Solution Provider Portal（アプリの開発＞認証情報を表示）で更新し、設定のclient_secretに登録してください（期限内ならAPIでも更新できます）。トークンの再取得では解決しません"}
	hintNotFound = order.Text{EN: "no such order or object, or it belongs to another seller",
		JA: "該当する注文などがないか、別の出品者のものです"}
	hintInput = order.Text{EN: "Amazon names the parameter: correct it and send it again",
		JA: "Amazonが示すパラメーターを修正して再送してください"}
	hintTrouble = order.Text{EN: "Amazon is in trouble: try again later",
		JA: "Amazon側で障害が起きています。時間をおいて再実行してください"}
	hintAccess = order.Text{
		EN: "check, in this order: the application has the role for this operation (ロール) in Solution Provider Portal, the seller has authorised " +
			"the application since the role was added, the refresh token belongs to this region's endpoint, the path is right",
		JA: "次の順に確認してください：Solution Provider Portalでアプリにこの操作のロールがあるか、ロール追加後に出品者が再認可したか、リフレッシュトークンがこのリージョンのものか、パスが正しいか"}
	hintQuota = order.Text{
		EN: "the quota is shared by all programs that use this application for this seller; let one client do the calls",
		JA: "利用上限は、この出品者にこのアプリを使う全プログラムで共有されます。呼び出しを1つのクライアントにまとめてください"}
)

// rules maps Amazon's errors. An access token that has expired or was revoked is a 403, and so are
// a missing role, a missing authorisation, a wrong region and a wrong path: only the details tell
// them apart. https://developer-docs.amazon.com/sp-api/docs/response-format
var rules = []rule{
	{status: 403, details: "lwa secret token you provided has expired",
		class: order.ErrCredentialExpired, hint: hintSecret},
	{status: 401, details: "lwa secret token you provided has expired",
		class: order.ErrCredentialExpired, hint: hintSecret},
	{status: 403, details: "access token you provided has expired", class: order.ErrUnauthorized,
		hint: hintExpired},
	{status: 403, details: "access token you provided is revoked", class: order.ErrUnauthorized,
		hint: hintExpired},
	{status: 403, details: "access token is missing in the request header",
		class: order.ErrUnauthorized, hint: order.Text{
			EN: "the relay or proxy removes x-amz-access-token",
			JA: "中継サーバーまたはプロキシがx-amz-access-tokenを取り除いています"}},
	{status: 403, class: order.ErrForbidden, hint: hintAccess},
	{status: 401, class: order.ErrUnauthorized, hint: hintExpired},
	{status: 404, class: order.ErrNotFound, hint: hintNotFound},
	{status: 429, class: order.ErrRateLimited, hint: hintQuota},
	{code: "QuotaExceeded", class: order.ErrRateLimited, hint: hintQuota},
	{status: 409, class: order.ErrConflict,
		hint: order.Text{
			EN: "it is there already, or in a state that does not allow this: read it before sending again",
			JA: "すでに存在するか、現在の状態では操作できません。再送の前に読み直してください"}},
	{status: 413, class: order.ErrInvalid,
		hint: order.Text{EN: "the request is too large: send fewer elements",
			JA: "リクエストが大きすぎます。件数を減らしてください"}},
	{status: 415, class: order.ErrInvalid,
		hint: order.Text{EN: "Amazon wants Content-Type application/json: does a relay change it?",
			JA: "Content-Typeはapplication/jsonでなければなりません。中継サーバーが書き換えていないか確認してください"}},
	{code: "InvalidInput", details: "does not have access to one or more requested data elements",
		class: order.ErrForbidden,
		hint: order.Text{
			EN: "the application lacks the restricted role for the personal data that was asked for",
			JA: "個人情報を取得するための制限付きロールがアプリにありません"}},
	{code: "InvalidInput", class: order.ErrInvalid, hint: hintInput},
	{code: "InvalidRequest", class: order.ErrInvalid, hint: hintInput},
	{code: "NotFound", class: order.ErrNotFound, hint: hintNotFound},
	{code: "InternalFailure", class: order.ErrTemporary, hint: hintTrouble},
	{code: "ServiceUnavailable", class: order.ErrTemporary, hint: hintTrouble},
}

// classify maps a reply. An error reply is Amazon's if it has an error list, names its error in
// x-amzn-ErrorType, or is JSON with Amazon's request id. Any other, such as an HTML page or an
// empty body, comes from a proxy in between.
func classify(_ transport.Operation, r *transport.Response) *order.Error {
	if r.Status < http.StatusMultipleChoices {
		return within(r)
	}
	e := &order.Error{Code: r.Header.Get("x-amzn-ErrorType")}
	var list errorList
	_, err := wire.JSON(r.Body, &list)
	// Amazon answers some requests with 400, its request id and {}
	own := e.Code != "" || err == nil && requestID(r.Header) != ""
	if len(list.Errors) == 0 && (!own || errors.Is(err, wire.ErrHTML)) {
		return transport.Strange(transport.JSON, r)
	}
	about := ""
	for i, d := range list.Errors {
		if i == 0 && d.Code != "" {
			e.Code = d.Code
		}
		e.Message = join(e.Message, sentence(d))
		about += strings.ToLower(d.Message + " " + d.Details + " ")
	}
	for _, line := range rules {
		if line.fits(r.Status, e.Code, about) {
			e.Class, e.Hint = line.class, line.hint
			break
		}
	}
	return e
}

// within looks for an error list in a success, which no model has. What its codes mean there is not
// documented, so the answer is undecodable, never a missing order. A long answer, such as a page of
// orders, is not searched: its members are checked later.
func within(r *transport.Response) *order.Error {
	if len(r.Body) > errorListSize || !bytes.Contains(r.Body, []byte(`"errors"`)) {
		return nil
	}
	var list errorList
	if _, err := wire.JSON(r.Body, &list); err != nil || len(list.Errors) == 0 {
		return nil
	}
	return &order.Error{Class: order.ErrUndecodable, Code: list.Errors[0].Code,
		Message: sentence(list.Errors[0]),
		Hint: order.Text{
			EN: "Amazon documents no error list with a success status: try again later, and tell Amazon's support the request id",
			JA: "成功の応答にエラー一覧が含まれています（仕様にありません）。時間をおいて再実行し、続く場合はリクエストIDをAmazonのサポートに伝えてください"}}
}

// errorListSize is longer than any error list.
const errorListSize = 16 << 10

func (line rule) fits(status int, code, about string) bool {
	return (line.status == 0 || line.status == status) &&
		(line.code == "" || strings.EqualFold(line.code, strings.ReplaceAll(code, " ", ""))) &&
		(line.details == "" || strings.Contains(about, line.details))
}

// sentence returns the text of an error. Details usually repeat the message.
func sentence(d ErrorDetail) string {
	if d.Details == "" || d.Details == d.Message {
		return d.Message
	}
	return join(d.Message, d.Details)
}

func join(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}

// requestID returns the id that Amazon's support asks for.
func requestID(h http.Header) string { return h.Get("x-amzn-RequestId") }
