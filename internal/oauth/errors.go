package oauth

import (
	"context"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/order"
)

// complete turns any failure of a refresh into an *order.Error that names the shop. A context
// error is that of the refresh, by its timeout or Close, and not of the caller's context, so it is
// replaced.
func (s *Source) complete(err error) error {
	e := &order.Error{Class: order.ErrTemporary, Err: err,
		Hint: order.Text{EN: "the access token could not be renewed",
			JA: "アクセストークンを更新できませんでした"}}
	var known *order.Error
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		e.Err = fmt.Errorf("no token within %s", timeout)
	case errors.Is(err, context.Canceled):
		e.Err = errors.New("the token source was closed")
	case errors.As(err, &known):
		c := *known
		e = &c
	}
	e.Mall, e.Shop, e.Operation = s.cfg.Mall, s.cfg.Shop, operation
	return e
}

// own copies an error that several callers receive.
func own(err error) error {
	var e *order.Error
	if errors.As(err, &e) {
		c := *e
		return &c
	}
	return err
}

// forCall turns the failure of a token request into that of the call that needed the token. Any
// error but an *order.Error is returned unchanged.
func forCall(err error, hint order.Text) error {
	var e *order.Error
	if !errors.As(err, &e) {
		return err
	}
	inner := *e
	inner.Mall, inner.Shop, inner.Hint = "", "", order.Text{} // the call's own error says them
	out := &order.Error{Class: e.Class, Code: e.Code, RetryAfter: e.RetryAfter, Err: &inner,
		Hint: e.Hint.And(hint)}
	if e.Class == order.ErrUndecodable {
		out.Class, out.Err = order.ErrTemporary, errors.New(inner.Error())
	}
	return out
}

func saveFailure(err error) error {
	var known *order.Error
	if errors.As(err, &known) {
		return err
	}
	return &order.Error{Class: order.ErrTemporary, Err: err,
		Hint: order.Text{EN: "the renewed token could not be stored and is not used before it is",
			JA: "更新したトークンを保存できませんでした。保存できるまで使用しません"}}
}
