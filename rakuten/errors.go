package rakuten

import (
	"errors"
	"net/http"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// codeBadRequest is the gateway's code for a function that is not enabled, among others.
const codeBadRequest = "ES04-01"

// meaning is what one of Rakuten's codes means.
type meaning struct {
	class order.Class
	hint  order.Text
}

// gatewayCodes are those of the layer before the API. The hint of a refused credential is made by
// authority.explain.
var gatewayCodes = map[string]meaning{
	"ES01-01":      {class: order.ErrUnauthorized},
	"GA0001":       {class: order.ErrUnauthorized}, // seen in 2026 in place of ES01-01
	codeBadRequest: {class: order.ErrUnauthorized},
	// GK: malformed credential or parameter; single source, uncertain
	"GK0001": {class: order.ErrUnauthorized},
	"GK0005": {class: order.ErrUnauthorized},
	"GK0006": {class: order.ErrUnauthorized},
}

// ended reports whether a code refuses a key in such a way that it cannot be used any more. A
// malformed request may be the cause of every other refusal.
func ended(code string) bool { return code == "ES01-01" || code == "GA0001" }

// refusal reports whether a code says that the credential was refused.
func refusal(code string) bool { return gatewayCodes[code].class == order.ErrUnauthorized }

const codePrefix = "ORDER_EXT_API_"

// apiCodes are the codes of the order API that are known, without their common prefix. Codes that
// exist but whose meaning is not published are left to meaningOf.
var apiCodes = map[string]meaning{
	"GET_ORDER_ERROR_009": {order.ErrInvalid,
		order.Text{EN: "orderNumberList or version is missing",
			JA: "orderNumberListまたはversionがありません"}},
	"CONFIRM_ORDER_ERROR_102": {order.ErrConflict, order.Text{EN: "the order is cancelled",
		JA: "キャンセル済みの受注です"}},
	"CONFIRM_ORDER_ERROR_103": {order.ErrConflict,
		order.Text{EN: "the order has moved on from 注文確認待ち: it is confirmed already",
			JA: "注文確認待ちではありません。すでに注文確認済みです"}},
	"CONFIRM_ORDER_ERROR_105": {order.ErrConflict,
		order.Text{EN: "an amount is not fixed yet: set 送料 in RMS first",
			JA: "金額が未確定です。先にRMSで送料を確定してください"}},
	"UPDATE_ORDERSHIPPING_ERROR_102": {order.ErrConflict, order.Text{EN: "the order is cancelled",
		JA: "キャンセル済みの受注です"}},
	"UPDATE_ORDERSUBSTATUS_ERROR_016": {order.ErrNotFound,
		order.Text{EN: "the order belongs to another shop",
			JA: "別の店舗の受注です"}},
	"UPDATE_ORDERSUBSTATUS_ERROR_101": {order.ErrConflict, order.Text{EN: "the order is cancelled",
		JA: "キャンセル済みの受注です"}},
	"UPDATE_ORDERSUBSTATUS_ERROR_102": {order.ErrConflict,
		order.Text{EN: "this sub-status does not belong to the order's orderProgress",
			JA: "このサブステータスは現在の受注ステータスでは使えません"}},
	"UPDATE_ORDERSENDER_ERROR_136": {order.ErrInvalid, order.Text{EN: "代金引換 needs deliveryPrice",
		JA: "代金引換にはdeliveryPriceが必要です"}},
	"UPDATE_ORDERSENDER_ERROR_139": {order.ErrInvalid,
		order.Text{EN: "an item with several SKUs needs skuInfo",
			JA: "複数SKUの商品にはskuInfoが必要です"}},
}

// generic are the endings that mean the same in all operations.
var generic = map[string]order.Text{
	"_ERROR_009": order.Text{EN: "a required item is missing", JA: "必須項目がありません"},
	"_ERROR_010": order.Text{EN: "an item is present but empty", JA: "空の項目があります"},
	"_ERROR_011": order.Text{EN: "an item has the wrong form", JA: "形式の誤った項目があります"},
}

// meaningOf is what a code of the order API means. An unknown one keeps its text and gets its class
// by the status of the reply.
func meaningOf(code string, status int) meaning {
	if m, ok := apiCodes[strings.TrimPrefix(code, codePrefix)]; ok {
		return m
	}
	for ending, hint := range generic {
		if strings.HasSuffix(code, ending) {
			return meaning{order.ErrInvalid, hint}
		}
	}
	if status < http.StatusBadRequest {
		return meaning{class: order.ErrInvalid} // refused in words only
	}
	return meaning{class: transport.ClassOf(status)}
}

// envelope is what may be around or in place of data, in all families of the API.
type envelope struct {
	Results *struct {
		ErrorCode string `json:"errorCode"`
		Message   string `json:"message"`
	} `json:"Results"`
	Errors []struct {
		Code     string `json:"code"`
		Message  string `json:"message"`
		Metadata struct {
			PropertyPath string `json:"propertyPath"`
		} `json:"metadata"`
	} `json:"errors"`
	MessageModelList []MessageModel `json:"MessageModelList"`
}

// dataSize is the size from which a good reply is data for sure. Gateway bodies and lists of
// messages are far smaller, and a page of orders is not read twice.
const dataSize = 64 << 10

// classify looks at every reply, since a 200 may hold an error too. Errors that name an order are
// not the call's: see failures. What a good reply must hold is checked by answers.
func classify(op transport.Operation, r *transport.Response) *order.Error {
	good := r.Status < 300
	if good && (len(r.Body) > dataSize || r.Status == http.StatusNoContent) {
		return nil
	}
	var body envelope
	_, err := wire.JSON(r.Body, &body)
	switch {
	case err != nil:
		return unreadable(op, r, err)
	case body.Results != nil && body.Results.ErrorCode != "":
		return gatewayError(body.Results.ErrorCode, body.Results.Message, r.Status)
	case len(body.Errors) > 0 && body.Errors[0].Code != "":
		e := body.Errors[0]
		if _, ok := gatewayCodes[e.Code]; ok {
			return gatewayError(e.Code, e.Message, r.Status)
		}
		fail := &order.Error{Code: e.Code, Message: e.Message}
		if good {
			fail.Class = order.ErrInvalid
		}
		if e.Metadata.PropertyPath != "" {
			path := transport.Line(e.Metadata.PropertyPath, 100)
			fail.Hint = order.Text{EN: "look at " + path, JA: path + "を確認してください"}
		}
		return fail
	}
	for _, m := range body.MessageModelList {
		if m.MessageType == Failure &&
			(!good || m.OrderNumber == "" && !informs(body.MessageModelList)) {
			return messageError(m, r.Status)
		}
	}
	if good {
		return nil
	}
	return strange(r)
}

// informs reports whether some part went well.
func informs(messages []MessageModel) bool {
	for _, m := range messages {
		if m.MessageType == Info {
			return true
		}
	}
	return false
}

// gatewayError decides by the code, not by the status: ES04-01 has been seen with 200.
func gatewayError(code, message string, status int) *order.Error {
	e := &order.Error{Class: gatewayCodes[code].class, Code: code, Message: message}
	if e.Class == 0 && status < http.StatusBadRequest {
		e.Class = order.ErrInvalid
	}
	return e
}

func messageError(m MessageModel, status int) *order.Error {
	what := meaningOf(m.MessageCode, status)
	return &order.Error{Class: what.class, Order: m.OrderNumber, HTTPStatus: status,
		Code:    m.MessageCode,
		Message: m.Message, Hint: what.hint}
}

// unreadable is a reply that is no JSON: a page of the gateway or of a proxy, nothing at all, or a
// broken document. The older APIs of RMS, which are no part of the table, answer in XML.
func unreadable(op transport.Operation, r *transport.Response, err error) *order.Error {
	switch {
	case r.Status < http.StatusMultipleChoices && maintenance(r.Body):
		return &order.Error{Class: order.ErrMaintenance, Err: err,
			Hint: statusHint(http.StatusServiceUnavailable)}
	case op.Doc == "" && errors.Is(err, wire.ErrMalformed):
		return nil // the status says what there is to say
	case r.Status < http.StatusMultipleChoices && op.Doc != "":
		return nil // the answer's shape is looked at next
	}
	return strange(r)
}

// strange is the error of a reply that is not Rakuten's. 503 is the documented status of the
// maintenance, but that of other troubles too, so its words decide.
func strange(r *transport.Response) *order.Error {
	e := transport.Strange(transport.JSON, r)
	if r.Status >= http.StatusInternalServerError && maintenance(r.Body) {
		e.Class = order.ErrMaintenance
	}
	if hint := statusHint(r.Status); !hint.IsZero() {
		e.Hint = hint
	}
	return e
}

func maintenance(body []byte) bool {
	text := string(body)
	return strings.Contains(text, "メンテナンス") ||
		strings.Contains(strings.ToLower(text), "maintenance")
}

func statusHint(status int) order.Text {
	switch status {
	case http.StatusUnsupportedMediaType:
		return order.Text{
			EN: "Rakuten wants Content-Type application/json; charset=utf-8: does a relay change it?",
			JA: "Content-Typeはapplication/json; charset=utf-8でなければなりません。中継サーバーが書き換えていないか確認してください"}
	case http.StatusServiceUnavailable:
		return order.Text{
			EN: "定期メンテナンス is announced in RMS and falls on Sunday nights; search the whole window again afterwards",
			JA: "定期メンテナンスは日曜深夜に行われ、RMSで告知されます。終了後に同じ期間をもう一度検索してください"}
	}
	return order.Text{}
}
