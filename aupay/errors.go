package aupay

import (
	"net/http"
	"regexp"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

var (
	keyHint = order.Text{
		EN: "check, in order: the API key and blanks around it, its age (90 days; Wow! manager > 各種お申し込み > API利用申請), " +
			"that this machine's address is registered there (接続元IPアドレス), and that the key may use 受注・決済",
		JA: "次の順に確認してください：APIキーと前後の空白、発行からの日数（90日。Wow! manager＞各種お申し込み＞API利用申請）、接続元IPアドレスの登録、受注・決済の利用権限"}
	expiredHint = order.Text{
		EN: "the API key is older than 90 days: issue a new one in Wow! manager > 各種お申し込み > API利用申請 > APIキーの発行はこちら",
		JA: "APIキーの有効期間（90日）が過ぎています。Wow! manager＞各種お申し込み＞API利用申請＞APIキーの発行はこちら、から再発行してください"}
	addressHint = order.Text{
		EN: "the caller's address is probably not registered: Wow! manager > 各種お申し込み > API利用申請 > 接続元IPアドレス; " +
			"the key may also be older than 90 days",
		JA: "接続元IPアドレスが未登録と思われます（Wow! manager＞各種お申し込み＞API利用申請＞接続元IPアドレス）。APIキーの有効期間（90日）も確認してください"}
	shopHint = order.Text{
		EN: "check Config.Shop: it is the number of the shop (会員番号) that the key belongs to",
		JA: "設定のshopを確認してください。APIキーを発行した店舗の会員番号です"}
	baseHint = order.Text{EN: "no such call: check Config.BaseURL",
		JA: "このAPIは存在しません。設定のbase_urlを確認してください"}
	laterHint = order.Text{
		EN: "the mall answers without XML during maintenance and overload: try again later",
		JA: "メンテナンス中や高負荷時はXML以外の応答が返ります。時間をおいて再実行してください"}
)

// codes are the mall's error codes by prefix: 0 authentication, CME common, PME product. No code of
// an order operation is public, so an unknown one keeps its text and is treated as invalid, unless
// the HTTP status says more.
var codes = []struct {
	prefix string
	class  order.Class
	hint   order.Text
}{
	{"CME0021", order.ErrInvalid, shopHint}, // 店舗IDが設定されていません。
	{"CME0022", order.ErrInvalid, shopHint}, // wrong shop id
	{"CME", order.ErrInvalid, order.Text{}},
	{"PME", order.ErrInvalid, order.Text{}},
}

// noOrder matches messages that an order does not exist. No public source shows the mall's answer
// to an unknown number: this is how its item calls and screens word what is missing. Any other
// refusal keeps its class.
var noOrder = regexp.MustCompile(`(受注|注文|取引)[^。;]{0,20}(存在し(ない|ません)|見つかりません|見つからない|(は|が)ありません)`)

// authenticationCode reports whether a code is like 0002 認証に失敗しました: four digits that begin with 0.
func authenticationCode(code string) bool {
	return len(code) == 4 && code[0] == '0' && digits(code)
}

// mallError builds one error from the rows of a reply; its message holds all of them.
func mallError(rows []APIError, r *transport.Response) *order.Error {
	e := statusError(r)
	switch e.Class {
	case order.ErrUndecodable: // a status below 400: the mall's words alone say what is wrong
		e.Class = order.ErrInvalid
	case order.ErrNotFound: // something of the shop's, since the mall itself answered
		e.Hint = order.Text{}
	}
	var messages []string
	for i, row := range rows {
		text := row.Message
		if i > 0 {
			text = strings.TrimSpace(row.Code + " " + text)
		}
		if text != "" {
			messages = append(messages, text)
		}
	}
	e.Message = strings.Join(messages, "; ")
	if len(rows) == 0 {
		e.Message = "the mall gives no reason"
		return e
	}
	e.Code = rows[0].Code
	if noOrder.MatchString(e.Message) && r.Status < http.StatusInternalServerError &&
		!authenticationCode(e.Code) {
		e.Class, e.Hint = order.ErrNotFound, transport.HintOf(order.ErrNotFound)
		return e
	}
	if authenticationCode(e.Code) {
		e.Class, e.Hint = order.ErrUnauthorized, keyHint
		return e
	}
	for _, known := range codes {
		if strings.HasPrefix(e.Code, known.prefix) && r.Status < http.StatusInternalServerError {
			e.Class, e.Hint = known.class, known.hint
			break
		}
	}
	return e
}

// statusError returns the error of a failure of which only the HTTP status is known.
func statusError(r *transport.Response) *order.Error {
	e := &order.Error{Class: transport.ClassOf(r.Status)}
	switch e.Class {
	case order.ErrUnauthorized:
		e.Hint = keyHint
	case order.ErrForbidden:
		e.Hint = addressHint
	case order.ErrNotFound:
		e.Hint = baseHint
	case order.ErrTemporary:
		e.Hint = laterHint
	}
	return e
}
