package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/jpmall/jpmall/examples/internal/shops"
	"github.com/jpmall/jpmall/order"
)

// The probes do more than read what is there, so they are made only when asked for by name.

// maxProbes is how many calls a probe of the quota makes.
const maxProbes = 10

// tally counts what a mall answered to a probe of its quota.
type tally struct {
	mu      sync.Mutex
	sent    int
	refused int // the first call that was refused for speed; 0 is none
	wait    time.Duration
}

// Observe counts attempts, for a client asks again by itself after a refusal.
func (t *tally) Observe(_ context.Context, e order.Event) {
	if e.Kind != order.EventAttempt {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.sent++; e.Class == order.ErrRateLimited && t.refused == 0 {
		t.refused, t.wait = t.sent, e.RetryAfter
	}
}

// probeQuota calls a shop without the limits that this SDK keeps to, until the mall refuses. t
// observes the shop's client.
func probeQuota(ctx context.Context, shop shops.Shop, t *tally, announce func(order.Text)) Finding {
	announce(say("上限を調べます（%s を%d回まで続けて呼びます）", "the quota: calls %s up to %d times without a pause",
		reads[shop.Source.Mall()].check, maxProbes))
	begin := time.Now()
	for range maxProbes {
		err := shop.Check(ctx)
		t.mu.Lock()
		refused, wait := t.refused, t.wait
		t.mu.Unlock()
		if refused > 0 {
			return Finding{Step: "probe-quota",
				Text: say("続けて%d回目の呼び出しが拒否されました（待機の指示 %s）",
					"call %d without a pause was refused; the mall asks to wait %s", refused, wait)}
		}
		if err != nil {
			return answered("probe-quota", err, order.Text{})
		}
	}
	return Finding{Step: "probe-quota",
		Text: say("続けて%d回（%[2]s）呼んでも拒否されませんでした", "%d calls in %s were not refused", maxProbes,
			time.Since(begin).Round(time.Millisecond))}
}

// probeWrite writes the memo of an order again as it is, at the shop that has the order. tried is
// false where it was not that shop, or its mall has no such write.
func probeWrite(
	ctx context.Context, s order.Source, id string, announce func(order.Text),
) (f Finding, tried bool) {
	annotator, ok := order.As[order.Annotator](s)
	if !ok {
		return Finding{}, false
	}
	announce(say("受注 %s を読み、この店舗にあればメモを同じ内容で書き込みます",
		"reads order %s and, where it is this shop's, writes its memo again as it is", id))
	o, err := s.Order(ctx, id)
	if errors.Is(err, order.ErrNotFound) || errors.Is(err, order.ErrInvalid) {
		return Finding{}, false // an order of another shop
	}
	if err != nil {
		return answered("probe-write", err, order.Text{}), true
	}
	results, err := annotator.Annotate(ctx, []order.Annotation{{Order: id, Memo: o.Memo}},
		order.WriteOptions{})
	if err != nil {
		return answered("probe-write", err, order.Text{}), true
	}
	f = Finding{Step: "probe-write", Text: say("メモを書き込めました", "the memo was written")}
	for _, r := range results {
		if r.Outcome != order.Done {
			f = Finding{Step: "probe-write", Grade: failing, Code: r.Code, Hint: r.Next,
				Text: say("メモを書き込めませんでした", "the memo could not be written")}
		}
	}
	return f, true
}
