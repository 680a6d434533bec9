package oauth

import (
	"context"

	"golang.org/x/oauth2"
)

// Tokens is where a mall's client gets its access token: a Source, or a user's own. It is safe for concurrent use.
type Tokens interface {
	// Token gives a token that is not about to end. The caller may keep and change what it gets.
	Token(ctx context.Context) (*oauth2.Token, error)
	// Invalidate says that the mall refused this token as dead. Any but the current one is ignored.
	Invalidate(dead *oauth2.Token)
}

// Renew is the answer to a mall's refusal of an access token: it puts the token away and tells whether there is another one, so
// that one replay makes sense. It fits transport.Config.Renew.
func Renew(ctx context.Context, tokens Tokens, dead string) (again bool, err error) {
	tokens.Invalidate(&oauth2.Token{AccessToken: dead})
	token, err := tokens.Token(ctx)
	if err != nil {
		return false, err
	}
	return token.AccessToken != dead, nil
}
