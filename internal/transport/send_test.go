package transport_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

type asked struct {
	Number string `json:"number"`
}

type told struct {
	Number string `json:"number"`
	Total  int64  `json:"total"`
}

// A typed call: what is sent, what of the reply is kept, and what a caller may rely on after a
// failure.
func TestSend(t *testing.T) {
	odd := errors.New("the order is another one")
	typed := func(op transport.Operation) transport.Operation {
		op.Doc = "https://mall.example/doc"
		return op
	}
	read, write := typed(search), typed(ship)
	raw := transport.Operation{Name: "raw", Method: "POST", Path: "/raw"}
	for name, row := range map[string]struct {
		op       transport.Operation
		replies  []http.HandlerFunc
		accept   func(*transport.Response) error
		want     told
		class    order.Class
		is       error
		problems int
		attempts int
	}{
		"whole":   {op: read, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-1","total":1200}`)}, want: told{"mihon-1", 1200}, attempts: 1},
		"problem": {op: read, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-1","total":"many"}`)}, want: told{"mihon-1", 0}, problems: 1, attempts: 1},
		"broken, then whole": {op: read, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-1","tot`), answer(200, `{"number":"mihon-2"}`)},
			want: told{"mihon-2", 0}, attempts: 2},
		"broken":         {op: read, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-1","tot`)}, class: order.ErrUndecodable, attempts: 4},
		"broken write":   {op: write, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-1","tot`)}, class: order.ErrUndecodable, attempts: 1},
		"not accepted":   {op: write, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-9"}`)}, accept: func(*transport.Response) error { return odd }, class: order.ErrUndecodable, is: odd, attempts: 1},
		"accepted":       {op: write, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-9"}`)}, accept: func(*transport.Response) error { return nil }, want: told{"mihon-9", 0}, attempts: 1},
		"refused":        {op: write, replies: []http.HandlerFunc{answer(400, `{"number":"mihon-1"}`)}, class: order.ErrInvalid, attempts: 1},
		"refused, tells": {op: write, replies: []http.HandlerFunc{answer(409, `{"number":"mihon-1"}`)}, want: told{"mihon-1", 0}, class: order.ErrConflict, attempts: 1},
		"raw, empty":     {op: raw, replies: []http.HandlerFunc{answer(200, " \n")}, attempts: 1},
		"raw, no JSON":   {op: raw, replies: []http.HandlerFunc{answer(200, "OK")}, attempts: 1},
		"raw":            {op: raw, replies: []http.HandlerFunc{answer(200, `{"number":"mihon-1"}`)}, want: told{"mihon-1", 0}, attempts: 1},
	} {
		t.Run(name, func(t *testing.T) {
			var kinds, bodies []string
			s := &script{steps: row.replies}
			bubble(t, serve(func(w http.ResponseWriter, r *http.Request) {
				body, _ := io.ReadAll(r.Body)
				kinds, bodies = append(kinds, r.Header.Get("Content-Type")), append(bodies, string(body))
				s.ServeHTTP(w, r)
			}), func(c *transport.Config) {
				c.Format, c.Encode, c.ContentType = transport.JSON, wire.EncodeJSON, "application/json"
				c.Operations = []transport.Operation{read, write}
				c.Tells = func(r *transport.Response) bool { return r.Status == http.StatusConflict }
			}, func(t *testing.T, c *transport.Client) {
				out := told{"what was there before", 1}
				r, err := c.Send(t.Context(), transport.Call{Operation: row.op, Accept: row.accept}, asked{"mihon-1"}, &out)
				if row.class == 0 {
					require.NoError(t, err)
				} else {
					require.Equal(t, row.class, asError(t, err).Class)
				}
				if row.is != nil {
					require.ErrorIs(t, err, row.is)
				}
				require.Equal(t, row.want, out)
				require.Len(t, r.Problems, row.problems)
				require.Equal(t, row.attempts, r.Attempts)
				require.NotZero(t, r.Status)
				for i := range bodies {
					require.Equal(t, "application/json", kinds[i])
					require.JSONEq(t, `{"number":"mihon-1"}`, bodies[i])
				}
			})
		})
	}
}

func TestSendWithoutAnAnswer(t *testing.T) {
	cannot := errors.New("cannot be written")
	s := &script{steps: []http.HandlerFunc{func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }}}
	bubble(t, serve(s.ServeHTTP), func(c *transport.Config) {
		c.Format, c.Encode = transport.JSON, func(in any) ([]byte, error) {
			if in == nil || in.(asked).Number == "" {
				return nil, cannot
			}
			return wire.EncodeJSON(in)
		}
	}, func(t *testing.T, c *transport.Client) {
		out := told{"what was there before", 1}
		r, err := c.Send(t.Context(), transport.Call{Operation: ship}, asked{"mihon-1"}, &out)
		require.Equal(t, order.ErrTemporary, asError(t, err).Class)
		require.Zero(t, r)
		require.Zero(t, out, "nothing is kept after a failure")

		sent := s.count()
		r, err = c.Send(t.Context(), transport.Call{Operation: ship, Order: "mihon-1"}, asked{}, &out)
		e := asError(t, err)
		require.Equal(t, order.ErrInvalid, e.Class)
		require.Equal(t, "mihon-1", e.Order)
		require.ErrorIs(t, err, cannot)
		require.Zero(t, r)
		require.Equal(t, sent, s.count(), "nothing is sent")
	})
}
