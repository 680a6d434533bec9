package aupay

import (
	"net/http"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

const (
	keyHint = "check, in order: the API key and blanks around it, its age (90 days; Wow! manager > 各種お申し込み > API利用申請), " +
		"that this machine's address is registered there (接続元IPアドレス), and that the key may use 受注・決済"
	addressHint = "the caller's address is probably not registered: Wow! manager > 各種お申し込み > API利用申請 > 接続元IPアドレス; " +
		"the key may also be older than 90 days"
	shopHint        = "check Config.Shop: it is the number of the shop (会員番号) that the key belongs to"
	maintenanceHint = "the mall answers without XML during maintenance and overload: try again later"
)

// codes is what is known of the mall's codes. Prefixes: 0 authentication, CME common, PME product. No code of an order operation is
// public, so an unknown one keeps its text and counts as invalid.
var codes = []struct {
	prefix string
	class  order.Class
	hint   string
}{
	{"0002", order.ErrUnauthorized, keyHint}, // 認証に失敗しました
	{"0", order.ErrUnauthorized, keyHint},
	{"CME0021", order.ErrInvalid, shopHint}, // 店舗IDが設定されていません。
	{"CME0022", order.ErrInvalid, shopHint}, // wrong shop id
	{"CME", order.ErrInvalid, ""},
	{"PME", order.ErrInvalid, ""},
}

// mallError makes one error of the rows of a reply; all rows stand in the message.
func mallError(rows []APIError, status int) *order.Error {
	e := &order.Error{Class: order.ErrInvalid}
	var messages []string
	for i, row := range rows {
		text := row.Message
		if i > 0 && row.Code != "" {
			text = strings.TrimSpace(row.Code + " " + text)
		}
		if text != "" {
			messages = append(messages, text)
		}
	}
	e.Message = strings.Join(messages, "; ")
	if len(rows) > 0 {
		e.Code = rows[0].Code
	}
	if status >= 500 || status == http.StatusTooManyRequests {
		e.Class = transport.ClassOf(status)
	}
	for _, known := range codes {
		if e.Code != "" && strings.HasPrefix(e.Code, known.prefix) {
			e.Class, e.Hint = known.class, known.hint
			return e
		}
	}
	if s := statusError(status); s != nil && (status == http.StatusUnauthorized || status == http.StatusForbidden) {
		e.Class, e.Hint = s.Class, s.Hint
	}
	return e
}

// statusError is a failure of which only the HTTP status is known.
func statusError(status int) *order.Error {
	switch {
	case status == http.StatusUnauthorized:
		return &order.Error{Class: order.ErrUnauthorized, Hint: keyHint}
	case status == http.StatusForbidden:
		return &order.Error{Class: order.ErrForbidden, Hint: addressHint}
	case status == http.StatusServiceUnavailable:
		return &order.Error{Class: order.ErrMaintenance, Hint: maintenanceHint}
	}
	return &order.Error{Class: transport.ClassOf(status)}
}
