package transport_test

import (
	"context"
	"errors"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// A credential that could not be had leaves nothing sent, whatever the token endpoint answered: the
// error names the call that failed, and a write is refused, not unknown.
func TestAFailedTokenIsNotTheCallsFailure(t *testing.T) {
	for _, class := range order.Classes() {
		for _, op := range []transport.Operation{search, memo, ship} {
			t.Run(class.Error()+" "+op.Name, func(t *testing.T) {
				s := &script{steps: []http.HandlerFunc{answer(200, "ok")}}
				bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
					c.Sign = func(context.Context, *http.Request, []byte) error {
						return &order.Error{Class: class, Operation: "token", HTTPStatus: 200, Attempts: 1,
							Hint: order.Text{EN: "check the client secret"}}
					}
				}, func(t *testing.T, c *transport.Client) {
					_, err := c.Do(t.Context(), transport.Call{Operation: op})
					e := asError(t, err)
					require.Equal(t, class, e.Class)
					require.Equal(t, "token", e.Operation)
					require.Zero(t, e.Attempts)
					require.Contains(t, e.Hint.EN, "check the client secret")
					require.Contains(t, e.Hint.EN, transport.UnsentHint.EN)
					require.False(t, transport.Unsettled(err))
					require.False(t, batch.Lost(err, op.Name))
					require.Zero(t, s.count())
				})
			})
		}
	}
}

// So does a credential that could not be renewed after a refusal: the refusal proves that nothing
// was applied.
func TestAFailedRenewalIsNotTheCallsFailure(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(401, "")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Renew = func(context.Context, *order.Error, *http.Request) (bool, error) {
			return false, &order.Error{Class: order.ErrUndecodable, Operation: "token", Err: errors.New("garbled")}
		}
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: ship})
		require.Equal(t, "token", asError(t, err).Operation)
		require.False(t, transport.Unsettled(err))
		require.False(t, batch.Lost(err, ship.Name))
		require.Equal(t, 1, s.count())
	})
}
