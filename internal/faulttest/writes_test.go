package faulttest_test

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// job is one write to one order, and how to see whether it was done.
type job struct {
	mall    *mall
	ability order.Ability
	order   order.Order
	number  string // of the parcel
	memo    string
	day     order.Date
	slot    timeslot.Slot
	at      time.Time
}

var abilities = []order.Ability{order.CanShip, order.CanConfirm, order.CanCancel, order.CanAnnotate,
	order.CanChangeDelivery}

// jobs makes a write out of every order that is good for it.
func jobs(t *testing.T, m *mall, clean order.Source, ability order.Ability) (all []*job) {
	actor, err := order.NewActor(clean)
	require.NoError(t, err)
	for o, err := range clean.Orders(t.Context(),
		order.Query{From: time.Now().AddDate(0, 0, -15), Statuses: []order.Status{states[ability]}}) {
		require.NoError(t, err)
		_, fixed := o.Amounts.Billed.Yen() // what is not fixed cannot be confirmed
		if len(o.Parcels) != 1 || !fixed && o.Mall == order.Rakuten || o.Flags.Has(order.BuyerMayCancel) ||
			ability == order.CanShip && order.Stopped(order.MayShip(o)) {
			continue
		}
		n := len(all) + 1
		j := &job{mall: m, ability: ability, order: o, number: fmt.Sprintf("%012d", n),
			memo: fmt.Sprintf("見本のメモ %d", n),
			day:  order.DateOf(time.Now()).AddDays(3 + n%5), slot: timeslot.Morning, at: time.Now().Add(-time.Minute)}
		if do(t.Context(), clean, []*job{j}, actor, order.WriteOptions{DryRun: true})[0].Outcome == order.Done {
			all = append(all, j)
		}
	}
	return all
}

// do sends jobs of one ability, through an Actor or straight to the client.
func do(
	ctx context.Context, s order.Source, list []*job, through *order.Actor, opts order.WriteOptions,
) (results []order.Result) {
	orders := make([]order.Order, len(list))
	shipments := make([]order.Task[order.Shipment], len(list))
	cancels := make([]order.Task[order.Cancellation], len(list))
	memos, changes := make([]order.Task[string], len(list)), make([]order.Task[order.DeliveryChange], len(list))
	for i, j := range list {
		orders[i] = j.order
		shipments[i] = order.Task[order.Shipment]{Order: j.order,
			Do: order.Shipment{Order: j.order.ID, Carrier: timeslot.Yamato, Numbers: order.Tracking(j.number),
				At: j.at}}
		cancels[i] = order.Task[order.Cancellation]{Order: j.order,
			Do: order.Cancellation{Order: j.order.ID, Reason: order.OutOfStock}}
		memos[i] = order.Task[string]{Order: j.order, Do: j.memo}
		changes[i] = order.Task[order.DeliveryChange]{Order: j.order,
			Do: order.DeliveryChange{Order: j.order.ID, Date: &j.day, Slot: &j.slot}}
	}
	switch list[0].ability {
	case order.CanShip:
		if w, ok := order.As[order.Shipper](s); ok && through == nil {
			results, _ = w.Ship(ctx, each(shipments), opts)
			return results
		}
		results, _ = through.Ship(ctx, shipments, opts)
	case order.CanCancel:
		if w, ok := order.As[order.Canceller](s); ok && through == nil {
			results, _ = w.Cancel(ctx, each(cancels), opts)
			return results
		}
		results, _ = through.Cancel(ctx, cancels, opts)
	case order.CanConfirm:
		results, _ = through.Confirm(ctx, orders, opts)
	case order.CanAnnotate:
		results, _ = through.Annotate(ctx, memos, opts)
	case order.CanChangeDelivery:
		results, _ = through.ChangeDelivery(ctx, changes, opts)
	}
	return results
}

func each[T any](tasks []order.Task[T]) []T {
	all := make([]T, len(tasks))
	for i, task := range tasks {
		all[i] = task.Do
	}
	return all
}

// times is how often a job shows in its order. At au PAY Market shipping takes two calls, and only
// an order that is 完了 counts: one that has its number alone is half-way, which its result says.
func (j *job) times(t *testing.T, clean order.Source) (n int) {
	o, err := clean.Order(t.Context(), j.order.ID)
	require.NoError(t, err)
	yes := false
	switch j.ability {
	case order.CanShip:
		if o.Mall == order.AuPay && o.Status != order.Completed {
			return 0
		}
		for _, parcel := range o.Parcels {
			for _, s := range parcel.Shipments {
				if s.Tracking == j.number {
					n++
				}
			}
		}
		return n
	case order.CanConfirm:
		yes = o.Status != order.New
	case order.CanCancel:
		yes = o.Status == order.Cancelled || o.Status == order.CancelRequested
	case order.CanAnnotate:
		yes = o.Memo == j.memo
	case order.CanChangeDelivery:
		yes = j.mall.wish(j.order.ID) == fmt.Sprint(j.day.String(), true)
	}
	if yes {
		return 1
	}
	return 0
}

// tally is what came of many writes.
type tally struct {
	jobs, calls                        int
	doubled, doneNot, refusedBut, lost int
	outcomes                           map[string]int
}

// TestWritesThroughFaults sends writes of all kinds, in batches of one to twelve, while one call in
// five fails in one of the ways of kinds and the caller's patience ends in the middle, and obeys
// the results to the letter: what is done is never sent again, what is refused or was not sent is
// sent again, what is unsettled is sent again at once where that is said to be harmless, else
// settled, else looked at. At the end everything is done, once; no result said "done" of what the
// mall does not have, or "refused" of what it has.
//
//	go test ./internal/faulttest -run WritesThrough -full -seeds 20
func TestWritesThroughFaults(t *testing.T) {
	t.Parallel()
	for n := range seedsToRun(t) {
		total := &tally{outcomes: map[string]int{}}
		struck := map[string]int{}
		for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
			for _, ability := range abilities {
				t.Run(fmt.Sprint(n, " ", name, " ", ability), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						m := openMall(t, i, 21+n, pick(40, 120))
						p := newProxy(m, n, 0)
						source := m.source(t, p)
						if !source.(capable).Capabilities().Can(ability) {
							return
						}
						obey(t, m, p, source, ability, n, total)
						for k, v := range p.struck {
							struck[k] += v
						}
						total.calls += p.calls
					})
				})
			}
		}
		t.Logf(
			"seed %d: %d writes in %d calls, of which %d failed in %d ways; results %v; doubled %d, done-but-not %d, refused-but-applied %d, lost %d",
			n, total.jobs, total.calls, sum(struck), len(struck), total.outcomes, total.doubled, total.doneNot,
			total.refusedBut, total.lost)
		if 12*sum(struck) < total.calls {
			t.Errorf("the malls hardly failed: nothing is tested")
		}
	}
}

func sum(counts map[string]int) (n int) {
	for _, c := range counts {
		n += c
	}
	return n
}

func obey(t *testing.T, m *mall, p *proxy, source order.Source, ability order.Ability, n uint64, total *tally) {
	dice := rand.New(rand.NewPCG(n, 7))
	clean := m.source(t, m.wire)
	actor, err := order.NewActor(source)
	require.NoError(t, err)
	all := jobs(t, m, clean, ability)
	require.NotEmpty(t, all)
	open, told := slices.Clone(all), ""
	for round := 0; len(open) > 0; round++ {
		if round == 200 {
			total.lost += len(open)
			t.Errorf("%d orders to which it can never be done: %s", len(open), told)
			return
		}
		dice.Shuffle(len(open), func(i, k int) { open[i], open[k] = open[k], open[i] })
		batch := open[:min(len(open), 1+dice.IntN(12))]
		if m.slow != nil {
			m.slow(time.Duration(dice.IntN(2)*dice.IntN(480)) * time.Second)
		}
		through := actor
		if dice.IntN(2) == 0 && (ability == order.CanShip || ability == order.CanCancel) {
			through = nil
		}
		p.arm(true)
		ctx, cancel := t.Context(), context.CancelFunc(func() {})
		if dice.IntN(4) == 0 {
			ctx, cancel = context.WithTimeout(ctx, time.Duration(1+dice.IntN(40))*time.Second)
		}
		results := do(ctx, source, batch, through, order.WriteOptions{})
		cancel()
		require.Len(t, results, len(batch))
		repeated := make([]bool, len(batch)) // a refusal of what was sent again does not speak of the first time
		for range 5 {
			var at []int
			var again []*job
			for i, r := range results {
				if r.Outcome == order.Unsettled && r.Repeating == order.Yes {
					at, again, repeated[i] = append(at, i), append(again, batch[i]), true
				}
			}
			if len(again) == 0 {
				break
			}
			for k, r := range do(t.Context(), source, again, through, order.WriteOptions{}) {
				results[at[k]] = r
			}
		}
		for range 4 {
			wait := time.Duration(0)
			for i, r := range results {
				if r.Outcome == order.Unsettled {
					wait, repeated[i] = max(wait, r.Wait), false
				}
			}
			if wait == 0 {
				break
			}
			time.Sleep(wait)
			results, _ = actor.Settle(t.Context(), results)
		}
		p.arm(false)
		time.Sleep(time.Hour) // a renewed key, an open door, an empty queue: what a person does between two tries
		var left []*job
		for i, r := range results {
			j := batch[i]
			total.outcomes[r.Outcome.String()]++
			now := j.times(t, clean)
			switch {
			case now > 1:
				total.doubled++
				t.Errorf("doubled: %s %s, %d times", m.name, j.order.ID, now)
			case r.Outcome == order.Done && now == 0:
				total.doneNot++
				t.Errorf("done, but not: %s %s: %+v", m.name, j.order.ID, r)
				continue
			case r.Outcome != order.Done && r.Outcome != order.Unsettled && now == 1 && !repeated[i]:
				total.refusedBut++
				t.Errorf("refused, but applied: %s %s: %+v", m.name, j.order.ID, r)
			}
			if now == 0 {
				left, told = append(left, j), fmt.Sprintf("%+v", r)
			}
		}
		open = append(left, open[len(batch):]...)
	}
	total.jobs += len(all)
	for _, j := range all {
		if j.times(t, clean) > 1 {
			total.doubled++
			t.Errorf("doubled: %s %s", m.name, j.order.ID)
		}
	}
}

// moments are the worst ones to send a write again.
var moments = []struct {
	name  string
	slow  time.Duration // of the mall, in what it takes first and does later
	after time.Duration // the caller's patience; 0 is endless
	play  func(*call) (*http.Response, error)
}{
	{name: "in the queue", slow: 5 * time.Minute, after: 8 * time.Second},
	{name: "in the queue, no answer", slow: 5 * time.Minute, play: func(c *call) (*http.Response, error) { return c.unanswered() }},
	{name: "reads lag", play: func(c *call) (*http.Response, error) { c.late(10 * time.Minute); return c.respond(c.forward()) }},
	{name: "no answer", play: func(c *call) (*http.Response, error) { return c.unanswered() }},
	{name: "no answer, reads lag", play: func(c *call) (*http.Response, error) { c.late(10 * time.Minute); return c.unanswered() }},
	{name: "502 once applied, reads lag", play: func(c *call) (*http.Response, error) {
		c.late(10 * time.Minute)
		if _, err := c.forward(); err != nil {
			return nil, err
		}
		return c.made(502, asHTML, page("502 Bad Gateway"))
	}},
	{name: "cut answer, reads lag", play: func(c *call) (*http.Response, error) {
		c.late(10 * time.Minute)
		r, err := c.forward()
		r.body = r.body[:len(r.body)/2]
		return c.respond(r, err)
	}},
	{name: "200 of a gateway, reads lag", play: func(c *call) (*http.Response, error) {
		c.late(10 * time.Minute)
		if _, err := c.forward(); err != nil {
			return nil, err
		}
		return c.made(200, asJSON, `{"message":"OK"}`)
	}},
	{name: "answer after the caller has gone", after: 5 * time.Second, play: func(c *call) (*http.Response, error) {
		if _, err := c.forward(); err != nil {
			return nil, err
		}
		<-c.req.Context().Done()
		return nil, c.req.Context().Err()
	}},
}

func (c *call) unanswered() (*http.Response, error) {
	if _, err := c.forward(); err != nil {
		return nil, err
	}
	return nil, io.ErrUnexpectedEOF
}

// TestRepeatingAtTheWorstMoment sends again, at once, every write of which a result says that this
// is harmless, while the first one is still in the mall's queue, reads show the state of before, or
// its answer was lost. Nothing is done twice.
func TestRepeatingAtTheWorstMoment(t *testing.T) {
	t.Parallel()
	for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		for _, moment := range moments {
			for _, ability := range pick([]order.Ability{order.CanShip, order.CanCancel}, abilities) {
				sizes := []int{1}
				if *full || name == order.Rakuten && ability == order.CanShip { // more than five take another way there
					sizes = []int{1, 12}
				}
				for _, size := range sizes {
					t.Run(fmt.Sprint(name, " ", ability, " ", size, " ", moment.name), func(t *testing.T) {
						synctest.Test(t, func(t *testing.T) {
							m := openMall(t, i, 21, 40)
							p := newProxy(m, 1, 0)
							p.oneIn = 0
							source, clean := m.source(t, p), m.source(t, m.wire)
							if !source.(capable).Capabilities().Can(ability) || moment.slow > 0 && m.slow == nil {
								return
							}
							actor, err := order.NewActor(source)
							require.NoError(t, err)
							list := jobs(t, m, clean, ability)
							list = list[:min(size, len(list))]
							if moment.slow > 0 {
								m.slow(moment.slow)
							}
							if moment.play != nil {
								p.always(kind{name: moment.name, fits: anyCall, play: moment.play},
									func(c *call) bool { return c.write })
							}
							ctx := t.Context()
							if moment.after > 0 {
								var cancel context.CancelFunc
								ctx, cancel = context.WithTimeout(ctx, moment.after)
								defer cancel()
							}
							results := do(ctx, source, list, actor, order.WriteOptions{})
							p.mu.Lock()
							p.oneIn = 0
							p.mu.Unlock()
							for range 3 { // at once, and again
								var again []*job
								for k, r := range results {
									if r.Repeating == order.Yes {
										again = append(again, list[k])
									}
								}
								if len(again) > 0 {
									do(t.Context(), source, again, actor, order.WriteOptions{})
								}
							}
							p.arm(false)
							time.Sleep(time.Hour)
							for k, j := range list {
								if n := j.times(t, clean); n > 1 {
									t.Errorf("%d times: %s, %s: %+v", n, j.order.ID, results[k].Outcome, results[k])
								}
							}
						})
					})
				}
			}
		}
	}
}
