package oauth

import (
	"context"
	"errors"
	"time"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/order"
)

// renew asks for a token and saves it; only then may it be used. A process that dies in between has lost nothing where refresh
// tokens do not rotate; where they do, the narrow gap between reply and Save is all there is.
func (s *Source) renew(ctx context.Context) (*oauth2.Token, error) {
	token := s.pending
	if token == nil || expired(token, time.Now()) {
		form, used, err := s.grant(ctx)
		if err != nil {
			return nil, err
		}
		before := s.rotated
		if found, err := s.another(ctx); err != nil || found != nil {
			return found, err
		}
		if s.rotated != before {
			if form, used, err = s.grant(ctx); err != nil {
				return nil, err
			}
		}
		token, err = ask(ctx, s.cfg, s.client, s.op, form)
		if err != nil {
			return nil, err
		}
		switch {
		case token.RefreshToken == "":
			token.RefreshToken = used // it goes on: neither mall repeats it for sure
		case token.RefreshToken != used:
			s.rotated = token.RefreshToken
		}
	}
	save := s.cfg.Save
	switch {
	case s.cfg.Store != nil:
		save = s.keepStored
	case save == nil:
		return token, nil
	}
	s.pending = token
	winner, err := save(ctx, clone(s.saved), clone(token))
	if err != nil {
		return nil, saveFailure(err)
	}
	if winner == nil {
		winner = token
	}
	if winner.AccessToken == "" || expired(winner, time.Now()) {
		return nil, saveFailure(errors.New("the stored token is empty or over"))
	}
	if winner.RefreshToken != "" && winner.RefreshToken != token.RefreshToken {
		s.rotated = winner.RefreshToken // another process was first, and its refresh token is the living one
	}
	s.pending, s.saved = nil, clone(winner)
	return clone(winner), nil
}

func expired(t *oauth2.Token, now time.Time) bool { return !t.Expiry.IsZero() && !now.Before(t.Expiry) }

func saveFailure(err error) error {
	var known *order.Error
	if errors.As(err, &known) {
		return err
	}
	return &order.Error{Class: order.ErrTemporary, Err: err, Hint: "the renewed token could not be stored and is not used before it is"}
}
