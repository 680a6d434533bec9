package oauth

import (
	"context"
	"errors"
	"net/url"
	"time"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// renew asks for a token and stores it; only then may it be used. A process that dies in between has lost nothing where refresh
// tokens do not rotate; where they do, the narrow gap between reply and store is all there is.
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

// obtain gets a token from the server, or takes over one that another process has stored (adopted). A refusal of the refresh token
// counts only when nothing newer than what was refused is to be had: with a server that gives a new one at each refresh, it may
// just have been another process's turn.
func (s *Source) obtain(ctx context.Context) (held, error) {
	form, used, err := s.grant(ctx)
	if err != nil {
		return held{}, err
	}
	if found, newer, err := s.another(ctx); err != nil || s.adopted {
		return found, err
	} else if newer {
		if form, used, err = s.grant(ctx); err != nil {
			return held{}, err
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

// obtainRounds bounds how many refresh tokens are tried one after the other.
const obtainRounds = 5

// patience is how long a refused process waits for the one that was faster to store what it got, in growing steps.
var patience = [...]time.Duration{0, 50, 100, 200, 400, 800, 1600, 2000}

// newer looks for what may be used in place of a refresh token that was refused: a token that another process has stored since, or
// the form for another refresh token, of the store or of the caller's source. A nil form means that there is nothing.
func (s *Source) newer(ctx context.Context, refused credential.Secret) (found held, form url.Values, used credential.Secret, err error) {
	for _, step := range patience {
		if err := wait(ctx, step*time.Millisecond); err != nil {
			return held{}, nil, used, err
		}
		if found, _, err = s.another(ctx); err != nil || s.adopted {
			return found, nil, used, err
		}
		if form, used, err = s.grant(ctx); err != nil || used != refused {
			return held{}, form, used, err
		}
		if s.cfg.Store == nil {
			break
		}
	}
	return held{}, nil, used, nil
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return ctx.Err()
	case <-ctx.Done():
		return ctx.Err()
	}
}

func saveFailure(err error) error {
	var known *order.Error
	if errors.As(err, &known) {
		return err
	}
	return &order.Error{Class: order.ErrTemporary, Err: err, Hint: "the renewed token could not be stored and is not used before it is"}
}
