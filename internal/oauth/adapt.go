package oauth

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Adapt makes Tokens of a user's own oauth2.TokenSource. That interface takes no context, so one call at a time runs on a
// goroutine of its own, which ends when the user's source returns, while each caller waits as long as its own context lets it.
// Invalidate does nothing: the interface knows no such thing, so a dead token is renewed only when its source says so.
func Adapt(src oauth2.TokenSource, mall order.Mall, shop string) Tokens {
	return &adapted{src: src, mall: mall, shop: shop}
}

type adapted struct {
	src  oauth2.TokenSource
	mall order.Mall
	shop string

	mu     sync.Mutex
	flight *flight
}

func (a *adapted) Invalidate(*oauth2.Token) {}

func (a *adapted) Token(ctx context.Context) (*oauth2.Token, error) {
	a.mu.Lock()
	f := a.flight
	if f == nil {
		f = &flight{done: make(chan struct{})}
		a.flight = f
		go a.fly(f)
	}
	a.mu.Unlock()
	select {
	case <-f.done:
	case <-ctx.Done():
		return nil, &order.Error{Class: order.ErrLocalLimit, Mall: a.mall, Shop: a.shop, Operation: operation,
			Err: ctx.Err(), Hint: "the wait for an access token was not over"}
	}
	return clone(f.token), own(f.err)
}

func (a *adapted) fly(f *flight) {
	finished := false
	defer func() {
		if p := recover(); p != nil || !finished {
			f.token, f.err = nil, a.failure(fmt.Errorf("the token source panicked (%T)", p)) // its value may hold anything
		}
		a.mu.Lock()
		a.flight = nil
		a.mu.Unlock()
		close(f.done)
	}()
	token, err := a.src.Token()
	switch {
	case err != nil:
		f.err = a.failure(err)
	case token == nil || token.AccessToken == "":
		f.err = a.failure(errors.New("the token source gave no token"))
	default:
		f.token = clone(token)
	}
	finished = true
}

// failure says what went wrong without the text of x/oauth2's errors, which holds the reply's body.
func (a *adapted) failure(err error) error {
	e := &order.Error{Class: order.ErrTemporary, Mall: a.mall, Shop: a.shop, Operation: operation}
	var known *order.Error
	var refused *oauth2.RetrieveError
	switch {
	case errors.As(err, &known):
		c := *known
		return &c
	case errors.As(err, &refused):
		e.Class = order.ErrUnauthorized
		if refused.Response != nil {
			e.HTTPStatus, e.Class = refused.Response.StatusCode, transport.ClassOf(refused.Response.StatusCode)
		}
		if r, ok := refusals[refused.ErrorCode]; ok {
			e.Class, e.Code, e.Hint = r.class, refused.ErrorCode, r.hint
		}
	case errors.As(err, new(*url.Error)):
		e.Err = transport.Cause(context.Background(), err)
	default:
		e.Err = err
	}
	return e
}
