package oauth

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// Source provides access tokens and renews them, with one refresh in progress for all callers. A
// token with more than two minutes left is returned at once. After that, a refresh runs in the
// background while callers still get the old token. With less than 30 s left, callers wait for the
// refresh, each as long as its context allows. A refresh does not depend on the caller that
// started it, and ends within 30 s. After a failure, no request is made for 5 s. Tokens with a
// short life have shorter margins.
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
	life     time.Duration // what the token had left when it was received
	flight   *flight       // the refresh in progress, or nil
	failed   error         // why the last one failed
	until    time.Time     // end of the pause after the failure
	closed   bool

	// Used by the refresh goroutine only; flights do not overlap.
	pending held              // renewed but not stored
	spent   credential.Secret // the refresh token that pending was renewed with
	asked   time.Time         // when pending was requested
	given   credential.Secret // the refresh token that the caller's source last returned, and
	rotated credential.Secret // the server's replacement for it
	used    held              // the token that was last handed out
	version string            // of the store's entry, as last read or written
	adopted bool              // the last renewal found another process's token
}

// held is a token in a form that does not print.
type held struct {
	access, refresh credential.Secret
	kind            string
	expiry          time.Time
}

func hold(t *oauth2.Token) held {
	return held{credential.NewSecret(t.AccessToken), credential.NewSecret(t.RefreshToken),
		t.TokenType, t.Expiry}
}

// token returns the token for callers, without the refresh token.
func (h held) token() *oauth2.Token {
	return &oauth2.Token{AccessToken: h.access.Reveal(), TokenType: h.kind, Expiry: h.expiry}
}

// over reports whether the token has expired.
func (h held) over(now time.Time) bool { return !h.expiry.IsZero() && !now.Before(h.expiry) }

// NewSource returns a Source for a refresh token. refresh is read for each renewal, so that a new
// consent takes effect at once.
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
			return nil, given, &order.Error{Class: order.ErrUnauthorized,
				Message: "the refresh token is empty", Hint: transport.UnsentHint}
		}
		if given != s.given {
			s.given, s.rotated, s.version = given, credential.Secret{}, "" // of another consent
		}
		token := given
		if !s.rotated.IsZero() {
			token = s.rotated
		}
		return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token.Reveal()}},
			token, nil
	}
	return s, nil
}

// NewGrantless returns a Source of tokens for the application itself, with a scope (Amazon's
// grantless operations).
func NewGrantless(cfg Config, scope string) (*Source, error) {
	s, err := newSource(cfg)
	if err != nil {
		return nil, err
	}
	s.grant = func(context.Context) (url.Values, credential.Secret, error) {
		return url.Values{"grant_type": {"client_credentials"}, "scope": {scope}},
			credential.Secret{}, nil
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

// Token returns a valid token. Its error is an *order.Error: ErrCredentialExpired if someone must
// authorise again, ErrUnauthorized for a wrong client id or secret, ErrTemporary or ErrRateLimited
// if the endpoint is unavailable, and ErrLocalLimit with ctx's error if ctx ended the wait.
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
		return nil, &order.Error{Class: order.ErrLocalLimit, Mall: s.cfg.Mall, Shop: s.cfg.Shop,
			Operation: operation,
			Err:       ctx.Err(), Hint: order.Text{EN: "the wait for an access token was not over",
				JA: "アクセストークンの取得を待つ間に終了しました"}}
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

// state reports whether the current token needs no refresh yet, and whether it may be handed out
// without waiting. The margins of a short-lived token are smaller, or it would be renewed at every
// call.
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

// Close cancels a refresh in progress and waits for it. Token fails afterwards.
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

// CloseIdleConnections closes the Source's own idle connections to the endpoint.
func (s *Source) CloseIdleConnections() { s.client.CloseIdleConnections() }

// keep makes a token the current one. The caller holds the lock.
func (s *Source) keep(t held, now time.Time) {
	s.current, s.obtained, s.life = t, now, 0
	if !t.expiry.IsZero() {
		s.life = t.expiry.Sub(now)
	}
}

func (s *Source) refuse(text string) *order.Error {
	return &order.Error{Class: order.ErrInvalid, Mall: s.cfg.Mall, Shop: s.cfg.Shop,
		Operation: operation, Err: errors.New(text)}
}

// Access returns the access token for one call of a mall. Its error is that call's: it names the
// failed token request, and says that nothing was sent for the call. It is never ErrUndecodable,
// since the call has no reply.
func Access(ctx context.Context, tokens credential.TokenSource) (string, error) {
	token, err := tokens.Token(ctx)
	if err != nil {
		return "", forCall(err, order.Text{
			EN: "no access token could be had; nothing was sent for this call",
			JA: "アクセストークンを取得できず、この呼び出しでは何も送信していません"})
	}
	if token == nil || token.AccessToken == "" {
		return "", &order.Error{Class: order.ErrUnauthorized,
			Message: "the token source returned an empty token", Hint: transport.UnsentHint}
	}
	return token.AccessToken, nil
}

// flight is one refresh in progress. token and err are set before done is closed.
type flight struct {
	done   chan struct{}
	cancel context.CancelFunc
	token  held
	err    error
}

// start begins a refresh that no caller can end. It keeps the values of ctx, for a caller's Source
// or Save that needs them, but not its cancellation. The caller holds the lock.
func (s *Source) start(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), timeout)
	f := &flight{done: make(chan struct{}), cancel: cancel}
	s.flight = f
	go s.fly(ctx, f)
}

// fly runs a refresh to its end. A panic or runtime.Goexit in the caller's functions becomes an
// error for those who wait.
func (s *Source) fly(ctx context.Context, f *flight) {
	begin := time.Now()
	finished := false
	s.adopted = false
	defer f.cancel()
	defer func() {
		if p := recover(); p != nil || !finished {
			s.logPanic(ctx)
			f.token, f.err = held{}, s.complete(
				fmt.Errorf("a function of the config panicked (%T)", p))
		}
		s.land(ctx, f, begin)
	}()
	token, err := s.renew(ctx)
	if err != nil {
		f.err = s.complete(err)
	} else {
		f.token = token
	}
	finished = true
}

// land publishes the outcome: to the Source, then to the observer, then to those who wait.
func (s *Source) land(ctx context.Context, f *flight, begin time.Time) {
	defer close(f.done)
	now := time.Now()
	s.mu.Lock()
	s.flight = nil
	if f.err != nil {
		s.failed, s.until = f.err, now.Add(rest)
	} else {
		s.failed, s.until = nil, time.Time{}
		s.keep(f.token, now)
		if s.adopted { // it is older than it looks: a refusal counts at once
			s.obtained = time.Time{}
		}
	}
	s.mu.Unlock()
	// nobody above this goroutine could recover a panic of the caller's observer or logger
	defer func() {
		if recover() != nil {
			s.logPanic(ctx)
		}
	}()
	if s.cfg.Observer != nil || s.cfg.Logger != nil {
		s.observe(ctx, f.err, begin, now.Sub(begin))
	}
}

// renew obtains a token and stores it; only then may it be used. If the process ends in between,
// nothing is lost unless refresh tokens rotate, and then only in the gap between reply and store.
func (s *Source) renew(ctx context.Context) (held, error) {
	if s.pending.access.IsZero() || s.pending.over(time.Now()) {
		found, err := s.obtain(ctx)
		if err != nil || s.adopted {
			return found, err
		}
		s.pending = found
	}
	winner := s.pending
	if s.cfg.Store != nil {
		var err error
		if winner, err = s.keepStored(ctx, s.pending, s.spent); err != nil {
			return held{}, saveFailure(err)
		}
	}
	s.pending, s.used = held{}, winner
	return winner, nil
}

// obtainRounds bounds how many refresh tokens are tried in turn.
const obtainRounds = 5

// obtain gets a token from the server, or adopts one that another process has stored. A refusal of
// the refresh token is final only if there is no newer one: if the server issues a new one at each
// refresh, another process may have been first.
func (s *Source) obtain(ctx context.Context) (held, error) {
	form, used, err := s.grant(ctx)
	if err != nil {
		return held{}, err
	}
	if s.cfg.Store != nil {
		if found, newer, err := s.another(ctx); err != nil || s.adopted {
			return found, err
		} else if newer {
			if form, used, err = s.grant(ctx); err != nil {
				return held{}, err
			}
		}
	}
	for round := 0; ; round++ {
		asked := time.Now()
		token, err := ask(ctx, s.cfg, s.client, s.op, form)
		switch {
		case err == nil:
			got := hold(token)
			if got.refresh.IsZero() {
				got.refresh = used // it goes on: neither mall repeats it for sure
			}
			s.spent, s.asked = used, asked
			if got.refresh != used {
				s.rotated = got.refresh
			}
			return got, nil
		case !errors.Is(err, order.ErrCredentialExpired) || used.IsZero() || round == obtainRounds:
			return held{}, err
		}
		refused := err
		var found held
		if found, form, used, err = s.newer(ctx, used); err != nil || s.adopted {
			return found, err
		}
		if form == nil {
			return held{}, refused
		}
	}
}
