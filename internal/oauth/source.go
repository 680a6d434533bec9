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
// two minutes left it is simply given; from then on one refresh runs in the background and callers still get the old one; with less
// than 30 s left callers wait for the refresh, each as long as its own context lets it. A refresh belongs to the Source, not to the
// caller who began it, and ends within 30 s. After a failure no request is made for 5 s.
//
// It is safe for concurrent use.
type Source struct {
	cfg    Config
	client *transport.Client
	op     transport.Operation
	grant  func(ctx context.Context) (url.Values, credential.Secret, error)

	mu       sync.Mutex
	current  held
	obtained time.Time
	life     time.Duration // what the token had left when it came
	flight   *flight       // the refresh under way, or nil
	failed   error         // why the last one failed
	until    time.Time     // end of the pause after it
	closed   bool

	// Of the refresh goroutine alone; flights do not overlap.
	pending held              // renewed but not stored
	spent   credential.Secret // the refresh token that pending was renewed with
	asked   time.Time         // when pending was asked for
	given   credential.Secret // the refresh token of the caller's source that was used last, and
	rotated credential.Secret // what the server gave in its place
	used    held              // the token that was last given out
	version string            // of the store's entry, when it was last read or written
	adopted bool              // the last renewal found another process's token
}

// held is a token as a Source keeps it: nothing of it prints.
type held struct {
	access, refresh credential.Secret
	kind            string
	expiry          time.Time
}

func hold(t *oauth2.Token) held {
	return held{credential.NewSecret(t.AccessToken), credential.NewSecret(t.RefreshToken), t.TokenType, t.Expiry}
}

// token is what callers get: without the refresh token, which is nobody else's.
func (h held) token() *oauth2.Token {
	return &oauth2.Token{AccessToken: h.access.Reveal(), TokenType: h.kind, Expiry: h.expiry}
}

// over reports whether the token's life has ended.
func (h held) over(now time.Time) bool { return !h.expiry.IsZero() && !now.Before(h.expiry) }

// NewSource makes a Source on a refresh token, which is asked for anew at each refresh, so that a new consent counts at once.
func NewSource(cfg Config, refresh credential.Source[credential.Secret]) (*Source, error) {
	s, err := newSource(cfg)
	if err != nil {
		return nil, err
	}
	if refresh == nil {
		return nil, s.refuse("there is no refresh token source")
	}
	s.grant = func(ctx context.Context) (url.Values, credential.Secret, error) {
		given, err := refresh.Current(ctx)
		if err != nil {
			return nil, given, err
		}
		if given.IsZero() {
			return nil, given, &order.Error{Class: order.ErrUnauthorized, Message: "the refresh token is empty", Hint: "nothing was sent"}
		}
		if given != s.given {
			s.given, s.rotated, s.version = given, credential.Secret{}, "" // of another consent
		}
		token := given
		if !s.rotated.IsZero() {
			token = s.rotated
		}
		return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token.Reveal()}}, token, nil
	}
	return s, nil
}

// NewGrantless makes a Source of tokens that act for the application itself, for a scope (Amazon's grantless operations).
func NewGrantless(cfg Config, scope string) (*Source, error) {
	s, err := newSource(cfg)
	if err != nil {
		return nil, err
	}
	s.grant = func(context.Context) (url.Values, credential.Secret, error) {
		return url.Values{"grant_type": {"client_credentials"}, "scope": {scope}}, credential.Secret{}, nil
	}
	return s, nil
}

func newSource(cfg Config) (*Source, error) {
	client, op, err := cfg.client(transport.Read)
	if err != nil {
		return nil, err
	}
	return &Source{cfg: cfg, client: client, op: op}, nil
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
		return token.token(), nil
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
		return f.token.token(), nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, usable := s.state(time.Now()); usable {
		return s.current.token(), nil
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
	if s.current.access.IsZero() {
		return false, false
	}
	if s.current.expiry.IsZero() {
		return true, true
	}
	left := s.current.expiry.Sub(now)
	least := min(mandatory, s.life/8)
	if s.flight == nil && now.Before(s.until) {
		least = 0 // the endpoint is failing: what still lives is better than nothing
	}
	return left > min(advisory, s.life/4), left > least
}

// Invalidate puts a token away that the mall has refused as dead. Only the current one counts, so that late news about an old
// one costs nothing; and not one younger than 5 s, since a brand-new token that is refused is not helped by another.
func (s *Source) Invalidate(dead *oauth2.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if dead == nil || s.current.access != credential.NewSecret(dead.AccessToken) || time.Since(s.obtained) < pause {
		return
	}
	s.current = held{}
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
func (s *Source) keep(t held, now time.Time) {
	s.current, s.obtained, s.life = t, now, 0
	if !t.expiry.IsZero() {
		s.life = t.expiry.Sub(now)
	}
}

func (s *Source) refuse(text string) *order.Error {
	return &order.Error{Class: order.ErrInvalid, Mall: s.cfg.Mall, Shop: s.cfg.Shop, Operation: operation, Err: errors.New(text)}
}
