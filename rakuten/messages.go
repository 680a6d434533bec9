package rakuten

import (
	"errors"

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
