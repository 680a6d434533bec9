package rakuten

import (
	"errors"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// MessageType is whether a message reports a success, a warning or a failure.
type MessageType string

// The message types.
const (
	Info    MessageType = "INFO"
	Warning MessageType = "WARNING"
	Failure MessageType = "ERROR"
)

// Known reports whether the value is documented.
func (m MessageType) Known() bool {
	switch m {
	case Info, Warning, Failure:
		return true
	}
	return false
}

// MessageModel is one message of a reply. Successes have messages too, and one reply may mix INFO
// and ERROR for different orders. Only some operations set the last four fields.
type MessageModel struct {
	MessageType MessageType `json:"messageType"`
	MessageCode string      `json:"messageCode"` // ORDER_EXT_API_{OPERATION}_{TYPE}_{nnn}
	Message     string      `json:"message"`     // Japanese
	OrderNumber string      `json:"orderNumber,omitempty"`
	// index of the shipping record, from 1
	DataNumber       int64 `json:"dataNumber,omitempty"`
	ShippingDetailID int64 `json:"shippingDetailId,omitempty"` // the record's id; 0 for none
	// of an accepted asynchronous request
	RequestID string `json:"requestId,omitempty"`
}

// codeForm takes a code of the order API apart: ORDER_EXT_API_{OPERATION}_{TYPE}_{nnn}. ok is false
// for a code of another layer.
func codeForm(code string) (operation string, kind MessageType, ok bool) {
	rest, ok := strings.CutPrefix(code, codePrefix)
	parts := strings.Split(rest, "_")
	if !ok || len(parts) < 3 {
		return "", "", false
	}
	operation, kind = strings.Join(parts[:len(parts)-2], ""), MessageType(parts[len(parts)-2])
	if operation == "" || kind == "" {
		return "", "", false
	}
	return operation, kind, true
}

// answers reports whether a message belongs to an operation: confirmOrder is CONFIRM_ORDER in
// codes, updateOrderMemo UPDATE_ORDERMEMO, and the operations after shipping have the codes of
// those before. A failure with a code of another layer belongs to any operation.
func (m MessageModel) answers(operation string) bool {
	of, _, ok := codeForm(m.MessageCode)
	if !ok {
		return m.MessageType == Failure
	}
	return strings.EqualFold(of, operation) ||
		strings.EqualFold(of, strings.TrimSuffix(operation, "AfterShipping"))
}

// own keeps the messages that belong to this operation and these orders. A failure may name no
// order. A success names it everywhere except in shipping reports, whose messages count records.
func own(operation string, orders []string, messages []MessageModel) []MessageModel {
	shipping := strings.HasPrefix(operation, "updateOrderShipping")
	return slices.DeleteFunc(slices.Clone(messages), func(m MessageModel) bool {
		named := slices.Contains(orders, m.OrderNumber)
		return !m.answers(operation) || !named &&
			(m.OrderNumber != "" || m.MessageType != Failure && !shipping)
	})
}

// failures joins an *order.Error for each ERROR message of a reply. One that names an order
// concerns that order alone; one that names none concerns the order of the call, if it is about
// one.
func (c *Client) failures(call transport.Call, reply Reply, messages []MessageModel) error {
	var all []error
	for _, m := range messages {
		if m.MessageType == Failure {
			if m.OrderNumber == "" {
				m.OrderNumber = call.Order
			}
			all = append(all, c.failure(call.Operation, reply, m))
		}
	}
	return errors.Join(all...)
}

// failure is the error of one message.
func (c *Client) failure(op transport.Operation, reply Reply, m MessageModel) *order.Error {
	e := messageError(m, reply.Status)
	e.Mall, e.Shop, e.Operation = order.Rakuten, c.shop, op.Name
	e.RequestID, e.Attempts, e.Message = reply.RequestID, reply.Attempts, c.auth.redact(e.Message)
	if e.Hint.IsZero() {
		e.Hint = transport.HintOf(e.Class)
	}
	reply.scrub(e)
	return e
}
