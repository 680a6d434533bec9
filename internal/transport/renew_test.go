package transport_test

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// keyed is a server that knows one good key, and a client that renews to it.
func keyed(good string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != good {
			w.WriteHeader(http.StatusUnauthorized)
		}
	}
}

func TestRenewReplaysOnceEvenUnsafe(t *testing.T) {
	for name, test := range map[string]struct {
		good  string
		limit int
		sent  int
		class order.Class // 0 = success
	}{
		"the other key works":          {"key-2", 0, 2, 0},
		"at most once":                 {"key-3", 0, 2, order.ErrUnauthorized},
		"no try is spent on a replay":  {"key-2", 1, 2, 0},
		"the first key was good":       {"key-1", 0, 1, 0},
		"one try, and still only once": {"key-3", 1, 2, order.ErrUnauthorized},
	} {
		t.Run(name, func(t *testing.T) {
			key, renewals := "key-1", 0
			s := &script{steps: []http.HandlerFunc{keyed(test.good)}}
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.Limits.MaxAttempts = test.limit
				c.Sign = func(_ context.Context, r *http.Request, _ []byte) error {
					r.Header.Set("Authorization", key)
					return nil
				}
				c.Renew = func(_ context.Context, e *order.Error, sent *http.Request) (bool, error) {
					require.Equal(t, "key-1", sent.Header.Get("Authorization"))
					require.Equal(t, "updateShipping", e.Operation)
					renewals++
					key = "key-2"
					return true, nil
				}
			}, func(t *testing.T, c *transport.Client) {
				_, err := c.Do(t.Context(), transport.Call{Operation: ship})
				require.Equal(t, test.sent, s.count())
				require.Equal(t, test.sent-1, renewals)
				if test.class == 0 {
					require.NoError(t, err)
					return
				}
				require.ErrorIs(t, err, test.class)
				require.False(t, transport.Unsettled(err), "a refusal is an answer")
			})
		})
	}
}

// Only a refusal of the credential is worth another one.
func TestWhatIsRenewed(t *testing.T) {
	for class, renewed := range map[order.Class]bool{
		order.ErrUnauthorized: true, order.ErrCredentialExpired: true,
		order.ErrForbidden: false, order.ErrInvalid: false, order.ErrTemporary: false,
	} {
		asked := false
		s := &script{steps: []http.HandlerFunc{answer(400, "")}}
		bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
			c.Classify = func(transport.Operation, *transport.Response) *order.Error {
				return &order.Error{Class: class}
			}
			c.Renew = func(context.Context, *order.Error, *http.Request) (bool, error) {
				asked = true
				return true, nil
			}
		}, func(t *testing.T, c *transport.Client) {
			_, err := c.Do(t.Context(), transport.Call{Operation: ship})
			require.ErrorIs(t, err, class)
			require.Equal(t, renewed, asked, "%s", class)
			require.Equal(t, renewed, s.count() == 2)
		})
	}
}

// The replay comes on top of the tries, so that a mall that hiccups after it is still asked again.
func TestReplayCountsAsNoTry(t *testing.T) {
	s := &script{steps: []http.HandlerFunc{answer(401, ""), answer(503, ""), answer(503, "")}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Limits.MaxAttempts = 2
		c.Renew = func(context.Context, *order.Error, *http.Request) (bool, error) { return true, nil }
	}, func(t *testing.T, c *transport.Client) {
		_, err := c.Do(t.Context(), transport.Call{Operation: search})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Equal(t, 3, asError(t, err).Attempts)
	})
}

func TestRenewThatFails(t *testing.T) {
	consent := &order.Error{Class: order.ErrCredentialExpired, Code: "invalid_grant",
		Hint: order.Text{EN: "someone must authorise again"}}
	for name, test := range map[string]struct {
		err   error
		class order.Class
		text  string
	}{
		"an error of ours takes the place": {consent, order.ErrCredentialExpired, "someone must authorise again"},
		"any other stays beside":           {errors.New("vault is sealed"), order.ErrUnauthorized, "vault is sealed"},
		"nothing to renew":                 {nil, order.ErrUnauthorized, "HTTP 401"},
	} {
		t.Run(name, func(t *testing.T) {
			s := &script{steps: []http.HandlerFunc{answer(401, "")}}
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.Renew = func(context.Context, *order.Error, *http.Request) (bool, error) { return false, test.err }
			}, func(t *testing.T, c *transport.Client) {
				_, err := c.Do(t.Context(), transport.Call{Operation: search})
				require.ErrorIs(t, err, test.class)
				require.ErrorContains(t, err, test.text)
				require.Equal(t, "searchOrder", asError(t, err).Operation)
				require.Equal(t, 1, s.count())
			})
		})
	}
}

// A credential that cannot be had: nothing is sent, and only what may pass is tried again.
func TestSignThatFails(t *testing.T) {
	for name, test := range map[string]struct {
		err   error
		class order.Class
		tries int
	}{
		"plain":      {errors.New("no key for this shop"), order.ErrUnauthorized, 1},
		"garbled":    {&order.Error{Class: order.ErrUndecodable}, order.ErrUndecodable, 1},
		"expired":    {&order.Error{Class: order.ErrCredentialExpired}, order.ErrCredentialExpired, 1},
		"temporary":  {&order.Error{Class: order.ErrTemporary}, order.ErrTemporary, 4},
		"line break": {nil, order.ErrInvalid, 1},
	} {
		t.Run(name, func(t *testing.T) {
			s, tries := &script{steps: []http.HandlerFunc{answer(200, "")}}, 0
			bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
				c.Sign = func(_ context.Context, r *http.Request, _ []byte) error {
					tries++
					if test.err == nil {
						r.Header.Set("Authorization", "ESA secret-with\nline-break")
					}
					return test.err
				}
			}, func(t *testing.T, c *transport.Client) {
				_, err := c.Do(t.Context(), transport.Call{Operation: ship})
				require.ErrorIs(t, err, test.class)
				require.Equal(t, test.tries, tries)
				require.Zero(t, s.count())
				require.Zero(t, asError(t, err).Attempts)
				require.False(t, transport.Unsettled(err))
				require.NotContains(t, err.Error(), "secret-with")
			})
		})
	}
}

// Malls put errors into a 200, and per-order results beside them.
func TestClassifySeesEveryStatus(t *testing.T) {
	bubble(t, serve(answer(200, `{"code":"E10","orders":[1]}`)), func(c *transport.Config) {
		c.Classify = func(op transport.Operation, r *transport.Response) *order.Error {
			require.Equal(t, "searchOrder", op.Name)
			require.Equal(t, 200, r.Status)
			return &order.Error{Class: order.ErrConflict, Code: "E10", Message: "line one\nline two", Order: "100-7",
				RequestID: "of the body", HTTPStatus: 409, RetryAfter: time.Second}
		}
		c.RequestID = func(http.Header) string { return "of the header" }
	}, func(t *testing.T, c *transport.Client) {
		r, err := c.Do(t.Context(), transport.Call{Operation: search, Order: "100-1"})
		require.Equal(t, `{"code":"E10","orders":[1]}`, string(r.Body))
		e := asError(t, err)
		require.Equal(t, "E10", e.Code)
		require.Equal(t, "line one line two", e.Message)
		require.Equal(t, "100-7", e.Order, "the mall's word on the order wins")
		require.Equal(t, 409, e.HTTPStatus)
		require.Equal(t, "of the body", e.RequestID)
		require.Equal(t, time.Second, e.RetryAfter)
	})
}

// A "slow down" inside a success may have been applied in part: an unsafe write is left alone.
func TestRateLimitInsideASuccessIsNoProof(t *testing.T) {
	for _, test := range []struct {
		op     transport.Operation
		sent   int
		status int
	}{{ship, 1, 200}, {search, 4, 200}, {ship, 4, 400}} {
		s := &script{steps: []http.HandlerFunc{answer(test.status, "")}}
		bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
			c.Classify = func(transport.Operation, *transport.Response) *order.Error {
				return &order.Error{Class: order.ErrRateLimited}
			}
		}, func(t *testing.T, c *transport.Client) {
			_, err := c.Do(t.Context(), transport.Call{Operation: test.op})
			require.ErrorIs(t, err, order.ErrRateLimited)
			require.Equal(t, test.sent, s.count())
		})
	}
}
