package transport

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// Evidence is what one exchange shows of a mall.
type Evidence struct {
	Call   Call
	Sent   *http.Request // the answered request, its body consumed; nil if Answer is set
	Reply  *Response
	Fail   *order.Error // a refusal; nil on success
	Answer any          // the decoded reply; nil before decoding
}

// Verdict reports that an exchange confirms an assumption (holds) or contradicts it.
type Verdict func(assumption string, holds bool)

// watched decodes like decode, and reports an order.EventDrift for each place where the reply
// differs from out's type (see wire.Watch) and for each assumption that Config.Weigh decides.
func (c *Client) watched(
	ctx context.Context, call Call, r *Response, out any,
) ([]wire.Problem, error) {
	var watch wire.Watch
	problems, err := c.decode(r, out, &watch)
	if err != nil {
		return problems, err // of a broken document nothing is certain
	}
	for _, d := range watch.Found() {
		last := d.Path[strings.LastIndexByte(d.Path, '.')+1:]
		if d.Kind == order.DriftMissing && call.Asked != nil && !call.Asked(last) {
			continue
		}
		c.tell(ctx, place{call.Operation.Name, d.Path, d.Kind, ""})
	}
	c.ask(ctx, Evidence{Call: call, Reply: r, Answer: out})
	return problems, nil
}

// weigh examines a complete reply before it is decoded.
func (x *exchange) weigh(ctx context.Context, o outcome) {
	var broken *wire.SyntaxError
	if o.fail != nil && o.fail.Class == order.ErrUndecodable && errors.As(o.fail.Err, &broken) &&
		broken.Member != "" {
		x.c.tell(ctx, place{x.op.Name, broken.Member, order.DriftMissing, ""})
	}
	call := x.call
	call.Operation = x.op
	x.c.ask(ctx, Evidence{Call: call, Sent: o.reply.sent, Reply: o.reply, Fail: o.fail})
}

func (c *Client) ask(ctx context.Context, e Evidence) {
	if c.cfg.Weigh == nil {
		return
	}
	c.cfg.Weigh(e, func(assumption string, holds bool) {
		kind := order.DriftContradicted
		if holds {
			kind = order.DriftConfirmed
		}
		c.tell(ctx, place{e.Call.Operation.Name, "", kind, assumption})
	})
}

// place is reported at most once an hour.
type place struct {
	operation, path string
	kind            order.DriftKind
	assumption      string
}

// again is how long a place is not reported again, and maxPlaces how many places are remembered. A
// further place is reported as order.DriftMore of its operation.
const (
	again     = time.Hour
	maxPlaces = 1000
)

// ledger records what was reported, and when. It is safe for concurrent use.
type ledger struct {
	mu   sync.Mutex
	told map[place]time.Time
}

// first reports whether a place was not reported within the hour, and returns what to report it
// as.
func (l *ledger) first(p place, now time.Time) (place, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	at, known := l.told[p]
	if !known && len(l.told) >= maxPlaces {
		for old, at := range l.told {
			if now.Sub(at) >= again {
				delete(l.told, old)
			}
		}
		if len(l.told) >= maxPlaces {
			p = place{operation: p.operation, kind: order.DriftMore}
			at, known = l.told[p]
		}
	}
	if known && now.Sub(at) < again {
		return p, false
	}
	l.told[p] = now
	return p, true
}

func (c *Client) tell(ctx context.Context, p place) {
	now := time.Now()
	p, first := c.drift.first(p, now)
	if !first {
		return
	}
	e := order.Event{Kind: order.EventDrift, Operation: p.operation, Start: now, Drift: p.kind,
		Path: p.path, Assumption: p.assumption}
	c.observe(ctx, e)
	c.logDrift(ctx, e)
}
