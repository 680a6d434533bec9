package oauth

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Source gives access tokens and renews them. However many callers ask, one refresh is under way. While a token has more than
// Advisory left it is simply given; from then on one refresh runs in the background and callers still get the old one; with less
// than Mandatory left callers wait for the refresh, each as long as its own context lets it. A refresh belongs to the Source, not
// to the caller who began it, and ends within Timeout. After a failure no request is made for Pause.
//
// It is safe for concurrent use.
type Source struct {
	cfg    Config
	client *transport.Client
	op     transport.Operation
	grant  func(ctx context.Context) (url.Values, string, error)

	mu       sync.Mutex
	current  *oauth2.Token
	obtained time.Time
	life     time.Duration // what the token had left when it came
	flight   *flight       // the refresh under way, or nil
	failed   error         // why the last one failed
	until    time.Time     // end of the pause after it
	closed   bool

	// Of the refresh goroutine alone; flights do not overlap.
	saved   *oauth2.Token // what Save was last told, or the token to begin with
	pending *oauth2.Token // renewed but not saved
	given   string        // the refresh token of the caller's source that was used last, and
	rotated string        // what the server gave in its place
	adopted bool          // the last renewal found another process's token
}

// NewSource makes a Source on a refresh token, which is asked for anew at each refresh, so that a new consent counts at once.
func NewSource(cfg Config, refresh credential.Source[credential.Secret]) (*Source, error) {
	s, err := newSource(cfg, transport.Read)
	if err != nil {
		return nil, err
	}
	if refresh == nil {
		return nil, s.refuse("there is no refresh token source")
	}
	s.grant = func(ctx context.Context) (url.Values, string, error) {
		given, err := refresh.Current(ctx)
		if err != nil {
			return nil, "", err
		}
		token := given.Reveal()
		if token == "" {
			return nil, "", &order.Error{Class: order.ErrUnauthorized, Message: "the refresh token is empty", Hint: "nothing was sent"}
		}
		if s.rotated != "" && s.given == token {
			token = s.rotated
		}
		s.given = given.Reveal()
		return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}, token, nil
	}
	return s, nil
}

// NewGrantless makes a Source of tokens that act for the application itself, for cfg.Scope.
func NewGrantless(cfg Config) (*Source, error) {
	s, err := newSource(cfg, transport.Read)
	if err != nil {
		return nil, err
	}
	s.grant = func(context.Context) (url.Values, string, error) { return grantless(cfg), "", nil }
	return s, nil
}

func newSource(cfg Config, retry transport.Retry) (*Source, error) {
	client, op, err := cfg.client(retry)
	if err != nil {
		return nil, err
	}
	s := &Source{cfg: cfg.withDefaults(), client: client, op: op}
	if cfg.Token != nil && cfg.Token.AccessToken != "" {
		s.saved = clone(cfg.Token)
		s.keep(clone(cfg.Token), time.Now())
	}
	return s, nil
}

// Token gives a token with life in it. Its error is an *order.Error: ErrCredentialExpired when a person has to authorise again,
// ErrUnauthorized for a wrong client id or secret, ErrTemporary or ErrRateLimited when the endpoint cannot be had just now, and
// ErrLocalLimit around the context's error when ctx ended the wait.
func (s *Source) Token(ctx context.Context) (*oauth2.Token, error) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil, s.refuse("the token source is closed")
	}
	now := time.Now()
	fresh, usable := s.state(now)
	if !fresh && s.flight == nil && !now.Before(s.until) {
		s.start(ctx)
	}
	f, failed, token := s.flight, s.failed, s.current
	s.mu.Unlock()

	switch {
	case usable:
		return clone(token), nil
	case f == nil:
		return nil, own(failed)
	}
	select {
	case <-f.done:
	case <-ctx.Done():
		return nil, &order.Error{Class: order.ErrLocalLimit, Mall: s.cfg.Mall, Shop: s.cfg.Shop, Operation: operation,
			Err: ctx.Err(), Hint: "the wait for an access token was not over"}
	}
	if f.err == nil {
		return clone(f.token), nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, usable := s.state(time.Now()); usable {
		return clone(s.current), nil
	}
	return nil, own(f.err)
}

// own copies an error that several callers get.
func own(err error) error {
	var e *order.Error
	if errors.As(err, &e) {
		c := *e
		return &c
	}
	return err
}

// state tells whether the current token needs no refresh yet, and whether it may be handed out without waiting. A token that
// lives shorter than the margins were made for gets smaller ones, or it would be renewed at every call.
func (s *Source) state(now time.Time) (fresh, usable bool) {
	if s.current == nil {
		return false, false
	}
	if s.current.Expiry.IsZero() {
		return true, true
	}
	left := s.current.Expiry.Sub(now)
	mandatory := min(s.cfg.Mandatory, s.life/8)
	if s.flight == nil && now.Before(s.until) {
		mandatory = 0 // the endpoint is failing: what still lives is better than nothing
	}
	return left > min(s.cfg.Advisory, s.life/4), left > mandatory
}

// Invalidate puts a token away that the mall has refused as dead. Only the current one counts, so that late news about an old
// one costs nothing; and not one younger than Pause, since a brand-new token that is refused is not helped by another.
func (s *Source) Invalidate(dead *oauth2.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if dead == nil || s.current == nil || s.current.AccessToken != dead.AccessToken || time.Since(s.obtained) < s.cfg.Pause {
		return
	}
	s.current = nil
}

// Close ends a refresh under way and waits for it. Token fails from then on.
func (s *Source) Close() error {
	s.mu.Lock()
	s.closed = true
	f := s.flight
	s.mu.Unlock()
	if f != nil {
		f.cancel()
		<-f.done
	}
	s.client.CloseIdleConnections()
	return nil
}

// CloseIdleConnections gives back the Source's own connections to the endpoint that no refresh uses.
func (s *Source) CloseIdleConnections() { s.client.CloseIdleConnections() }

// keep makes a token the current one. The caller holds the lock.
func (s *Source) keep(t *oauth2.Token, now time.Time) {
	s.current, s.obtained, s.life = t, now, 0
	if !t.Expiry.IsZero() {
		s.life = t.Expiry.Sub(now)
	}
}

func (s *Source) refuse(text string) *order.Error {
	return &order.Error{Class: order.ErrInvalid, Mall: s.cfg.Mall, Shop: s.cfg.Shop, Operation: operation, Err: errors.New(text)}
}

func clone(t *oauth2.Token) *oauth2.Token {
	if t == nil {
		return nil
	}
	c := *t
	return &c
}
