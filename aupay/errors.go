package aupay

import (
	"net/http"
	"regexp"
	"strings"
	"unicode"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

const (
	keyHint = "check, in order: the API key and blanks around it, its age (90 days; Wow! manager > 各種お申し込み > API利用申請), " +
		"that this machine's address is registered there (接続元IPアドレス), and that the key may use 受注・決済"
	expiredHint = "the API key is older than 90 days: issue a new one in Wow! manager > 各種お申し込み > API利用申請 > APIキーの発行はこちら"
	addressHint = "the caller's address is probably not registered: Wow! manager > 各種お申し込み > API利用申請 > 接続元IPアドレス; " +
		"the key may also be older than 90 days"
	shopHint    = "check Config.Shop: it is the number of the shop (会員番号) that the key belongs to"
	noOrderHint = "check the number and that the order belongs to this shop"
	baseHint    = "no such call: check Config.BaseURL"
	laterHint   = "the mall answers without XML during maintenance and overload: try again later"
)

// codes is what is known of the mall's codes. Prefixes: 0 authentication, CME common, PME product. No code of an order operation is
// public, so an unknown one keeps its text and counts as invalid unless the status of HTTP says more.
var codes = []struct {
	prefix string
	class  order.Class
	hint   string
}{
	{"CME0021", order.ErrInvalid, shopHint}, // 店舗IDが設定されていません。
	{"CME0022", order.ErrInvalid, shopHint}, // wrong shop id
	{"CME", order.ErrInvalid, ""},
	{"PME", order.ErrInvalid, ""},
}

// noOrder tells the mall's words for an order that is not there. How the mall answers an unknown number is in no public source, neither
// the code nor the words: these are how its item calls and its screens speak of what is missing. Any other refusal keeps its class.
var noOrder = regexp.MustCompile(`(受注|注文|取引)[^。;]{0,20}(存在し(ない|ません)|見つかりません|見つからない|(は|が)ありません)`)

// authenticationCode tells codes such as 0002 認証に失敗しました: four digits that begin with 0. Of the others only the prefix is known.
func authenticationCode(code string) bool { return len(code) == 4 && code[0] == '0' && digits(code) }

// mallError makes one error of the rows of a reply; all rows stand in the message.
func mallError(rows []APIError, r *transport.Response) *order.Error {
	e := statusError(r)
	switch e.Class {
	case order.ErrUndecodable: // a status below 400: the mall's words alone say what is wrong
		e.Class = order.ErrInvalid
	case order.ErrNotFound: // something of the shop's, since the mall itself answered
		e.Hint = ""
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
	if noOrder.MatchString(e.Message) && r.Status < http.StatusInternalServerError && !authenticationCode(e.Code) {
		e.Class, e.Hint = order.ErrNotFound, noOrderHint
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

// statusError is a failure of which only the HTTP status is known.
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

// maxMessage bounds what is passed on of the mall's words, in characters.
const maxMessage = 500

// clean makes one bounded line of the mall's words, without the key should they repeat it. The transport does so for the error of
// a whole call.
func clean(text, secret string) string {
	if secret != "" {
		text = strings.ReplaceAll(text, secret, "[redacted]")
	}
	text = strings.Join(strings.FieldsFunc(text, unicode.IsControl), " ")
	if r := []rune(text); len(r) > maxMessage {
		text = string(r[:maxMessage]) + "…"
	}
	return text
}
