package yahoo_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/synctest"

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

// synced runs a subtest in simulated time.
func synced(t *testing.T, name string, f func(*testing.T)) {
	t.Run(name, func(t *testing.T) { synctest.Test(t, f) })
}

type fixedToken struct{}

func (fixedToken) Token(context.Context) (*oauth2.Token, error) {
	return &oauth2.Token{AccessToken: "mihon-access-token"}, nil
}

// edit sets fields of an order, as the store's staff or the mall would.
func edit(m *yahootest.Mall, id string, fields map[string]string) bool {
	return m.ChangeOrder(id, func(o *yahootest.Order) { maps.Copy(o.Fields, fields) })
}
