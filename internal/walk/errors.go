package walk

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// ShopWide reports whether a failure would meet the next order as well. It ends an iteration or a
// batch of writes, even if the call concerned one order.
func ShopWide(err error) bool {
	for _, class := range []order.Class{
		order.ErrUnauthorized, order.ErrCredentialExpired, order.ErrForbidden, order.ErrRateLimited,
		order.ErrMaintenance,
	} {
		if errors.Is(err, class) {
			return true
		}
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// split separates a joined error into those of single orders and that of the whole call, for which
// an *order.Error is preferred.
func split(err error) (each []*order.Error, whole error) {
	told := false
	for _, part := range parts(err) {
		var e *order.Error
		is := errors.As(part, &e)
		switch {
		case is && e.Order != "" && !ShopWide(part):
			each = append(each, e)
		case whole == nil, is && !told:
			whole, told = part, is
		}
	}
	return each, whole
}

func parts(err error) []error {
	if err == nil {
		return nil
	}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, parts(e)...)
		}
		return all
	}
	return []error{err}
}

// last turns err into one that ends an iteration: an *order.Error with mall and shop but no order.
func (p *Plan) last(err error) error {
	var e *order.Error
	if !errors.As(err, &e) {
		e = &order.Error{Class: order.ErrTemporary, Operation: p.Operation, Err: err}
		if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
			e.Class = order.ErrLocalLimit
		}
	}
	return p.named(e, "")
}

// named returns a copy of e with the order's id, and with mall, shop and hint if missing.
func (p *Plan) named(e *order.Error, id string) *order.Error {
	c := *e
	c.Order = id
	if c.Mall == "" {
		c.Mall = p.Mall
	}
	if c.Shop == "" {
		c.Shop = p.Shop
	}
	if c.Hint.IsZero() {
		c.Hint = transport.HintOf(c.Class)
	}
	return &c
}

// invalid returns the error of a query for which nothing was sent. what says what to change; an
// *order.Error has a hint of its own.
func (p *Plan) invalid(err error, what order.Text) error {
	var e *order.Error
	if errors.As(err, &e) {
		return p.named(e, "")
	}
	return p.named(&order.Error{Class: order.ErrInvalid, Operation: p.Operation, Err: err,
		Hint: what.And(transport.UnsentHint)}, "")
}

func (p *Plan) limit(message string, hint order.Text) error {
	return p.named(&order.Error{Class: order.ErrLocalLimit, Operation: p.Operation,
		Message: message, Hint: hint}, "")
}
