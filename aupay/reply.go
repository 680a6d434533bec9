package aupay

import (
	"time"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// now is when it is; the fakes of a synctest bubble share its clock.
func now() time.Time { return time.Now() }

func newReply(r *transport.Response) Reply {
	if r == nil {
		return Reply{}
	}
	reply := Reply{Status: r.Status, Header: r.Header, Body: r.Body, Attempts: r.Attempts}
	var e envelope
	if _, err := wire.XML(r.Body, &e); err == nil && e.Result != nil {
		reply.Result = *e.Result
		reply.Result.Errors = e.Result.rows()
	}
	return reply
}

// decode reads a reply's document into v.
func (c *Client) decode(op string, r *transport.Response, v any) (Reply, error) {
	reply := Reply{Status: r.Status, Header: r.Header, Body: r.Body, Attempts: r.Attempts}
	problems, err := wire.XML(r.Body, v)
	if err != nil {
		return reply, &order.Error{
			Class: order.ErrUndecodable, Mall: order.AuPay, Shop: c.cfg.Shop, Operation: op, HTTPStatus: r.Status, Attempts: r.Attempts,
			Err: err, Hint: maintenanceHint,
		}
	}
	for _, p := range problems {
		reply.Problems = append(reply.Problems, order.Problem{Field: p.Path, Reason: "not readable as " + p.Want, Text: p.Text})
	}
	return reply, nil
}
