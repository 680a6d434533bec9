package yahoo_test

import (
	"context"
	"errors"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/order"
)

var errBroken = errors.New("the caller's store is down")

type brokenTokens struct{}

func (brokenTokens) Token(context.Context) (*oauth2.Token, error) { return nil, errBroken }

// pages collects the sizes of list pages.
type pages struct{ rows *[]int }

func (p pages) Observe(_ context.Context, e order.Event) {
	if e.Kind == order.EventPage {
		*p.rows = append(*p.rows, e.Items)
	}
}
