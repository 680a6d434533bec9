package transport

import "github.com/jpmall/jpmall/order"

// UnsentHint says of a request that failed before the wire what a caller wants to know first.
const UnsentHint = "nothing was sent"

// Refuse is the error of a request that failed a check: nothing was sent. number is the order that it concerns, if one.
func (c *Client) Refuse(operation, number string, err error) *order.Error {
	return &order.Error{Class: order.ErrInvalid, Mall: c.cfg.Mall, Shop: c.cfg.Shop, Operation: operation, Order: number,
		Err: err, Hint: UnsentHint}
}

// Conflict is the error of a write that the order, as it was read before, does not allow: nothing was sent.
func (c *Client) Conflict(operation, number, why string) *order.Error {
	return &order.Error{Class: order.ErrConflict, Mall: c.cfg.Mall, Shop: c.cfg.Shop, Operation: operation, Order: number,
		Message: why, Hint: UnsentHint}
}

// Missing is the error of an order that the answer to a reading operation does not hold.
func (c *Client) Missing(operation, number string) *order.Error {
	return &order.Error{Class: order.ErrNotFound, Mall: c.cfg.Mall, Shop: c.cfg.Shop, Operation: operation, Order: number,
		Message: "the mall's reply does not hold this order", Hint: HintOf(order.ErrNotFound)}
}

// Undecodable is the error of an answer that could not be read.
func (c *Client) Undecodable(operation, number string, r Response, err error) *order.Error {
	return &order.Error{Class: order.ErrUndecodable, Mall: c.cfg.Mall, Shop: c.cfg.Shop, Operation: operation, Order: number,
		HTTPStatus: r.Status, RequestID: r.RequestID, Attempts: r.Attempts, Err: err, Hint: answerHint}
}
