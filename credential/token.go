package credential

import (
	"context"

	"golang.org/x/oauth2"
)

// TokenSource gives an access token that is good now. Unlike oauth2.TokenSource it obeys the caller's context. Token must be
// safe for concurrent use; the token it returns must not be changed.
type TokenSource interface {
	Token(ctx context.Context) (*oauth2.Token, error)
}

// FromOAuth2 adapts a user's oauth2.TokenSource. Such a source cannot be cancelled: Token then returns when ctx ends, and the
// source's own call goes on in the background until it returns by itself.
func FromOAuth2(src oauth2.TokenSource) TokenSource { return adapted{src} }

type adapted struct{ src oauth2.TokenSource }

func (a adapted) Token(ctx context.Context) (*oauth2.Token, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	type answer struct {
		token *oauth2.Token
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		token, err := a.src.Token()
		done <- answer{token, err}
	}()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case got := <-done:
		return got.token, got.err
	}
}
