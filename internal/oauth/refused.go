package oauth

import (
	"context"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"golang.org/x/oauth2"
)

// Tokens is where a mall's client gets its access token: a Source, or a user's own. It is safe for
// concurrent use.
type Tokens interface {
	// Token returns a token that is not about to expire. The caller may keep and modify it.
	Token(ctx context.Context) (*oauth2.Token, error)
	// Invalidate reports that the mall has refused this token. Any but the current one is ignored.
	Invalidate(dead *oauth2.Token)
}

// Given returns src as Tokens. Its Invalidate does nothing unless src has one.
func Given(src credential.TokenSource) Tokens {
	if t, ok := src.(Tokens); ok {
		return t
	}
	return deaf{src}
}

type deaf struct{ credential.TokenSource }

func (deaf) Invalidate(*oauth2.Token) {}

// Renew handles a mall's refusal of an access token: it invalidates the token and reports whether
// there is another one, so that one replay makes sense. It fits transport.Config.Renew.
func Renew(ctx context.Context, tokens Tokens, dead string) (again bool, err error) {
	tokens.Invalidate(&oauth2.Token{AccessToken: dead})
	token, err := tokens.Token(ctx)
	if err != nil {
		return false, forCall(err, order.Text{
			EN: "the mall refused the access token, and no other could be had",
			JA: "モールがアクセストークンを拒否し、新しいトークンも取得できませんでした"})
	}
	return token.AccessToken != dead, nil
}

// Invalidate drops a token that the mall has refused. Only the current token is dropped, so that a
// late refusal of an old one has no effect, and only if it is at least 5 s old, since another
// token would not help a brand-new one that is refused.
func (s *Source) Invalidate(dead *oauth2.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if dead == nil || s.current.access != credential.NewSecret(dead.AccessToken) ||
		time.Since(s.obtained) < rest {
		return
	}
	s.current = held{}
}
