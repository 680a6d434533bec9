package yahoo_test

import (
	"context"
	"errors"

	"golang.org/x/oauth2"
)

var errBroken = errors.New("the caller's store is down")

type brokenTokens struct{}

func (brokenTokens) Token(context.Context) (*oauth2.Token, error) { return nil, errBroken }
