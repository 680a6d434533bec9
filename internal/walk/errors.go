package walk

import (
	"context"
	"errors"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// ShopWide tells whether a failure is one that the next order would meet as well: it ends an iteration, or a batch of writes, even
// when the call that met it was about one order.
func ShopWide(err error) bool {
	for _, class := range []order.Class{
		order.ErrUnauthorized, order.ErrCredentialExpired, order.ErrForbidden, order.ErrRateLimited, order.ErrMaintenance,
	} {
		if errors.Is(err, class) {
			return true
		}
	}
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// split takes a joined error apart: what concerns single orders, and what concerns the whole call, of which the first
// *order.Error is preferred to any other.
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

// last makes err fit to end an iteration: an *order.Error that names no order, with mall and shop.
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

// named copies e with the order's id and what it lacks of mall and shop.
func (p *Plan) named(e *order.Error, id string) *order.Error {
	c := *e
	c.Order = id
	if c.Mall == "" {
		c.Mall = p.Mall
	}
	if c.Shop == "" {
		c.Shop = p.Shop
	}
	if c.Hint == "" {
		c.Hint = transport.HintOf(c.Class)
	}
	return &c
}

func (p *Plan) invalid(err error) error {
	var e *order.Error
	if errors.As(err, &e) {
		return p.named(e, "")
	}
	return p.named(&order.Error{Class: order.ErrInvalid, Operation: p.Operation, Err: err}, "")
}

func (p *Plan) limit(message, hint string) error {
	return p.named(&order.Error{Class: order.ErrLocalLimit, Operation: p.Operation, Message: message, Hint: hint}, "")
}
