package rakuten

import (
	"errors"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// MessageType says whether a message tells of a success or a failure.
type MessageType string

// The message types.
const (
	Info    MessageType = "INFO"
	Warning MessageType = "WARNING"
	Failure MessageType = "ERROR"
)

// MessageModel is one message of a reply. Success carries messages too, and one reply may mix INFO and ERROR for different
// orders. The last four fields are there for some operations only.
type MessageModel struct {
	MessageType      MessageType `json:"messageType"`
	MessageCode      string      `json:"messageCode"` // ORDER_EXT_API_{OPERATION}_{TYPE}_{nnn}
	Message          string      `json:"message"`     // Japanese
	OrderNumber      string      `json:"orderNumber,omitempty"`
	DataNumber       int64       `json:"dataNumber,omitempty"`       // index of the shipping record, from 1
	ShippingDetailID int64       `json:"shippingDetailId,omitempty"` // the record's id; 0 for none
	RequestID        string      `json:"requestId,omitempty"`        // of an accepted asynchronous request
}

// codeForm takes a code of the order API apart: ORDER_EXT_API_{OPERATION}_{TYPE}_{nnn}. ok is false for a code of another layer.
func codeForm(code string) (operation string, kind MessageType, ok bool) {
	rest, ok := strings.CutPrefix(code, codePrefix)
	parts := strings.Split(rest, "_")
	if !ok || len(parts) < 3 {
		return "", "", false
	}
	return strings.Join(parts[:len(parts)-2], ""), MessageType(parts[len(parts)-2]), true
}

// answers reports whether a message is of an operation: confirmOrder is CONFIRM_ORDER in codes, updateOrderMemo UPDATE_ORDERMEMO, and
// the operations after shipping have the code of those before. A failure in a code of another layer is of whatever was called.
func (m MessageModel) answers(operation string) bool {
	of, _, ok := codeForm(m.MessageCode)
	if !ok {
		return m.MessageType == Failure
	}
	return strings.EqualFold(of, operation) || strings.EqualFold(of, strings.TrimSuffix(operation, "AfterShipping"))
}

// own keeps the messages that are of this operation and of these orders. A failure may name no order; a success names it everywhere but
// in the reports of shipping, whose messages count records.
func own(operation string, orders []string, messages []MessageModel) []MessageModel {
	shipping := strings.HasPrefix(operation, "updateOrderShipping")
	return slices.DeleteFunc(slices.Clone(messages), func(m MessageModel) bool {
		named := slices.Contains(orders, m.OrderNumber)
		return !m.answers(operation) || !named && (m.OrderNumber != "" || m.MessageType != Failure && !shipping)
	})
}

// failures joins an *order.Error for each ERROR message of a reply. Those that name an order concern that order alone; those that
// name none concern the one of the call, if it is about one.
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
	if reply.redact != nil {
		e.Code, e.Message = reply.redact(e.Code), reply.redact(e.Message)
	}
	return e
}
