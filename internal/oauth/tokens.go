package oauth

import (
	"context"
	"errors"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// Tokens is where a mall's client gets its access token: a Source, or a user's own. It is safe for concurrent use.
type Tokens interface {
	// Token gives a token that is not about to end. The caller may keep and change what it gets.
	Token(ctx context.Context) (*oauth2.Token, error)
	// Invalidate says that the mall refused this token as dead. Any but the current one is ignored.
	Invalidate(dead *oauth2.Token)
}

// Given makes a caller's token source one that can be told of a dead token, if it wants to know.
func Given(src credential.TokenSource) Tokens {
	if t, ok := src.(Tokens); ok {
		return t
	}
	return deaf{src}
}

type deaf struct{ credential.TokenSource }

func (deaf) Invalidate(*oauth2.Token) {}

// Renew is the answer to a mall's refusal of an access token: it puts the token away and tells whether there is another one, so
// that one replay makes sense. It fits transport.Config.Renew.
func Renew(ctx context.Context, tokens Tokens, dead string) (again bool, err error) {
	tokens.Invalidate(&oauth2.Token{AccessToken: dead})
	token, err := tokens.Token(ctx)
	if err != nil {
		return false, forCall(err, "the mall refused the access token, and no other could be had")
	}
	return token.AccessToken != dead, nil
}

// Access gives the access token for one call of a mall. Its error is that call's: it names the token request in which it failed, and
// says that nothing was sent for the call. However the token request failed, the call's own reply was not what could not be read.
func Access(ctx context.Context, tokens credential.TokenSource) (string, error) {
	token, err := tokens.Token(ctx)
	if err != nil {
		return "", forCall(err, "no access token could be had; nothing was sent for this call")
	}
	if token == nil || token.AccessToken == "" {
		return "", &order.Error{Class: order.ErrUnauthorized, Message: "the token source gave an empty token", Hint: "nothing was sent"}
	}
	return token.AccessToken, nil
}

// forCall makes the failure of a token request that of the call it was for. An error that is none of ours stays as it is.
func forCall(err error, hint string) error {
	var e *order.Error
	if !errors.As(err, &e) {
		return err
	}
	inner := *e
	inner.Mall, inner.Shop, inner.Hint = "", "", "" // the call's own error says them
	out := &order.Error{Class: e.Class, Code: e.Code, RetryAfter: e.RetryAfter, Err: &inner, Hint: hint}
	if e.Hint != "" {
		out.Hint = e.Hint + "; " + hint
	}
	if e.Class == order.ErrUndecodable {
		out.Class, out.Err = order.ErrTemporary, errors.New(inner.Error())
	}
	return out
}
