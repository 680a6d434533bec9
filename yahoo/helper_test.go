package yahoo_test

import (
	"context"
	"errors"
	"testing"

	"golang.org/x/oauth2"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo/yahootest"
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

var errInvalid = order.ErrInvalid

// newMall is an empty fake store that closes with the test.
func newMall(t *testing.T) *yahootest.Mall {
	t.Helper()
	m := yahootest.New(yahootest.Options{Orders: -1})
	t.Cleanup(m.Close)
	return m
}

type fixedToken struct{}

func (fixedToken) Token(context.Context) (*oauth2.Token, error) {
	return &oauth2.Token{AccessToken: "mihon-access-token"}, nil
}
