package credential

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/order"
)

// TokenSource returns access tokens that are valid now. Unlike oauth2.TokenSource it honours the
// caller's context. Token must be safe for concurrent use; the token it returns must not be
// modified.
type TokenSource interface {
	Token(ctx context.Context) (*oauth2.Token, error)
}

// FromOAuth2 returns a [TokenSource] that calls src. Since src takes no context, one call at a time
// runs in a goroutine, which ends when src returns; each caller waits only as long as its own
// context allows.
func FromOAuth2(src oauth2.TokenSource) TokenSource { return &adapted{src: src} }

type adapted struct {
	src  oauth2.TokenSource
	mu   sync.Mutex
	call *tokenCall // under way, or nil
}

// tokenCall is one call of the user's source, for all that wait for it.
type tokenCall struct {
	done  chan struct{}
	token *oauth2.Token
	err   error
}

func (a *adapted) Token(ctx context.Context) (*oauth2.Token, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a.mu.Lock()
	c := a.call
	if c == nil {
		c = &tokenCall{done: make(chan struct{})}
		a.call = c
		go a.run(c)
	}
	a.mu.Unlock()
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-c.done:
	}
	return c.token, c.err
}

func (a *adapted) run(c *tokenCall) {
	defer func() {
		if p := recover(); p != nil {
			// its value may hold anything
			c.token, c.err = nil, fmt.Errorf("credential: the token source panicked (%T)", p)
		}
		a.mu.Lock()
		a.call = nil
		a.mu.Unlock()
		close(c.done)
	}()
	c.token, c.err = a.src.Token()
	var refused *oauth2.RetrieveError
	var network *url.Error
	switch {
	case errors.As(c.err, &refused):
		c.err = refusal(refused) // its text holds the reply's body
	case errors.As(c.err, &network): // its text holds the URL with its query
		c.err = &order.Error{Class: order.ErrTemporary, Operation: "token", Err: network.Err}
	case c.err == nil && (c.token == nil || c.token.AccessToken == ""):
		c.err = errors.New("credential: the token source returned no token")
	}
}

// refusal returns what a token endpoint answered, without its body.
func refusal(e *oauth2.RetrieveError) error {
	out := &order.Error{Class: order.ErrUnauthorized, Operation: "token", Code: e.ErrorCode}
	if e.Response != nil {
		out.HTTPStatus = e.Response.StatusCode
	}
	switch {
	case out.HTTPStatus >= 500:
		out.Class = order.ErrTemporary
	case out.HTTPStatus == 429:
		out.Class = order.ErrRateLimited
	case e.ErrorCode == "invalid_grant":
		out.Class = order.ErrCredentialExpired
		out.Hint = order.Text{EN: "someone must authorise again",
			JA: "再認可（ログインと同意）が必要です"}
	}
	return out
}
