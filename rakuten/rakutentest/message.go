package rakutentest

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/jpmall/jpmall/internal/fake"
)

// message is one entry of MessageModelList.
type message struct {
	MessageType      string `json:"messageType"`
	MessageCode      string `json:"messageCode"`
	Message          string `json:"message"`
	OrderNumber      string `json:"orderNumber,omitempty"`
	RequestID        string `json:"requestId,omitempty"`
	DataNumber       int    `json:"dataNumber,omitempty"`
	ShippingDetailID *int64 `json:"shippingDetailId,omitempty"`
}

const prefix = "ORDER_EXT_API_"

func info(code, words string) message {
	return message{MessageType: "INFO", MessageCode: prefix + code, Message: words}
}

func failure(code, words string) message {
	return message{MessageType: "ERROR", MessageCode: prefix + code, Message: words}
}

// about names the order that a message concerns.
func (m message) about(number string) message {
	m.OrderNumber = number
	return m
}

// messages is a reply of nothing but messages.
func messages(status int, list ...message) fake.Reply {
	return fake.JSON(status, map[string]any{"MessageModelList": list})
}

// The findings that all operations share; token is the operation's in message codes.
func missing(token, field string) message {
	return failure(token+"_ERROR_009", field+"の項目を指定して下さい。")
}

func empty(token, field string) message {
	return failure(token+"_ERROR_010", field+"の値を指定して下さい。")
}

func malformed(token, field string) message {
	return failure(token+"_ERROR_011", field+"の書式が不正です。")
}

// read decodes a request's body as the mall does: numbers may come as texts, unknown fields do not
// matter. A body that is no object is refused as malformed.
func read(r call, token string) (fields, *fake.Reply) {
	var all map[string]json.RawMessage
	if err := json.Unmarshal(r.Payload, &all); err != nil && len(r.Payload) > 0 {
		reply := messages(http.StatusBadRequest, malformed(token, "リクエスト"))
		return nil, &reply
	}
	return all, nil
}

// fields is an object of a request.
type fields map[string]json.RawMessage

// into decodes a field; ok is false when it is there but of the wrong type.
func into[T any](f fields, name string) (value T, there, ok bool) {
	raw, there := f[name]
	if !there || string(raw) == "null" {
		return value, false, true
	}
	if err := json.Unmarshal(raw, &value); err != nil {
		return value, true, false
	}
	return value, true, true
}

// number reads a number, or a text that is one.
func (f fields) number(name string) (n int64, there, ok bool) {
	raw, there := f[name]
	if !there || string(raw) == "null" {
		return 0, false, true
	}
	if err := json.Unmarshal(raw, &n); err == nil {
		return n, true, true
	}
	var s string
	if err := json.Unmarshal(raw, &s); err != nil {
		return 0, true, false
	}
	_, err := fmt.Sscan(s, &n)
	return n, true, err == nil
}
