package batch_test

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// A failure that speaks of the shop is asked about once, and believed only when the shop is not
// well.
func TestSentAsksCheck(t *testing.T) {
	refused := func(class order.Class) error { return &order.Error{Class: class, Order: "n-1", Attempts: 1} }
	for name, c := range map[string]struct {
		calls []error
		check error
		asked int
		over  bool
		next  order.Text
	}{
		"one order":            {calls: []error{refused(order.ErrUnauthorized)}, asked: 1, next: batch.NextAlone},
		"one order's role":     {calls: []error{refused(order.ErrForbidden)}, asked: 1, next: batch.NextAlone},
		"two orders apart":     {calls: []error{refused(order.ErrUnauthorized), nil, refused(order.ErrUnauthorized)}, asked: 2, next: batch.NextAlone},
		"every order":          {calls: []error{refused(order.ErrForbidden), refused(order.ErrForbidden), refused(order.ErrForbidden)}, asked: 2, over: true, next: batch.NextAlone},
		"the shop":             {calls: []error{refused(order.ErrUnauthorized)}, check: refused(order.ErrUnauthorized), asked: 1, over: true, next: batch.NextWords},
		"speed is not checked": {calls: []error{refused(order.ErrRateLimited)}, over: true, next: batch.NextWords},
		"a refusal":            {calls: []error{refused(order.ErrConflict)}, next: batch.NextWords},
	} {
		t.Run(name, func(t *testing.T) {
			asked := 0
			call := mihon
			call.Check = func(context.Context) error { asked++; return c.check }
			_, b := batch.New(t.Context(), call, 1, order.WriteOptions{})
			first := true
			for _, err := range c.calls {
				require.False(t, b.Over(t.Context()))
				if err != nil && first {
					r := b.Result(0, "n-1", "")
					batch.Fail(r, err, ship)
					b.Sent(t.Context(), err, r)
					first = false
				} else {
					b.Sent(t.Context(), err)
				}
			}
			require.Equal(t, c.over, b.Over(t.Context()))
			require.Equal(t, c.asked, asked)
			results, _ := b.Results()
			require.Equal(t, []any{order.Refused, c.next, "n-1"},
				[]any{results[0].Outcome, results[0].Next, order.Concerns(results[0].Err)})
		})
	}
}

func TestShown(t *testing.T) {
	for name, c := range map[string]struct {
		shownAt time.Duration
		within  time.Duration
		budget  time.Duration // of the context; 0 is none
		shown   bool
		took    time.Duration
		looks   int
	}{
		"at once":           {shown: true, looks: 1},
		"after a while":     {shownAt: 3 * time.Second, shown: true, took: 3 * time.Second, looks: 3},
		"not in ten":        {shownAt: time.Minute, took: 10 * time.Second, looks: 5},
		"not in two":        {shownAt: time.Minute, within: 2 * time.Second, took: 2 * time.Second, looks: 3},
		"the last look":     {shownAt: 10 * time.Second, shown: true, took: 10 * time.Second, looks: 5},
		"one look":          {shownAt: time.Second, within: -1, looks: 1},
		"the context is up": {shownAt: time.Minute, budget: 4 * time.Second, took: 4 * time.Second, looks: 3},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, start, looks := t.Context(), time.Now(), 0
				if c.budget > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, c.budget)
					defer cancel()
				}
				shown, err := batch.Shown(ctx, order.WriteOptions{ShownWithin: c.within},
					func(context.Context) (bool, error) {
						looks++
						return time.Since(start) >= c.shownAt, nil
					})
				require.NoError(t, err)
				require.Equal(t, []any{c.shown, c.took, c.looks}, []any{shown, time.Since(start), looks})
			})
		})
	}
}

// What the mall does not show proves nothing until its time has passed, also after a restart.
func TestSettleAbsent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := batch.Write{Operation: "ship", Again: order.No, Wait: time.Minute}
		b := newBatch(2, false)
		batch.Fail(b.Result(0, "n-1", ""), &order.Error{Class: order.ErrUndecodable, Operation: "ship",
			RetryAfter: time.Second}, w)
		batch.Done(b.Result(1, "n-2", ""), order.Yes)
		results, _ := b.Results()
		require.Equal(t, []any{order.Unsettled, order.No, time.Minute},
			[]any{results[0].Outcome, results[0].Repeating, results[0].Wait})

		asked := 0
		settle := func() order.Result {
			stored, err := json.Marshal(results)
			require.NoError(t, err)
			var back []order.Result
			require.NoError(t, json.Unmarshal(stored, &back))
			settled, err := batch.Settle(t.Context(), back, func(_ context.Context, open []*order.Result) {
				asked++
				require.Len(t, open, 1)
				batch.Absent(open[0], w)
			})
			require.ErrorIs(t, err, settled[0].Err)
			require.Equal(t, back[1], settled[1], "what is settled comes back as it is")
			require.Equal(t, order.Unsettled, back[0].Outcome, "the caller's results are not changed")
			return settled[0]
		}
		time.Sleep(59 * time.Second)
		early := settle()
		require.Equal(t, []any{order.Unsettled, order.No, time.Second},
			[]any{early.Outcome, early.Repeating, early.Wait})
		results = []order.Result{early, results[1]} // as it came back; its Wait counts from then
		time.Sleep(time.Second)
		late := settle()
		require.Equal(t, []any{order.Refused, order.Yes, batch.NextAgain},
			[]any{late.Outcome, late.Repeating, late.Next})
		require.Zero(t, late.At)

		early.Wait = 0
		batch.Absent(&early, batch.Write{Again: order.NotTold})
		require.Equal(t, order.Unsettled, early.Outcome, "where nobody knows how long it takes, absence proves nothing")
		none, err := batch.Settle(t.Context(), results[1:], func(context.Context, []*order.Result) { asked++ })
		require.NoError(t, err)
		require.Equal(t, []any{results[1:], 2}, []any{none, asked}, "nothing is asked when nothing is open")
	})
}

func TestOpenKeepsCounting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := batch.Write{Operation: "ship", Again: order.No, Wait: time.Minute}
		var r order.Result
		batch.Unsettled(&r, w, order.Text{EN: "the mall does not show it yet"}, nil)
		sent := r.At
		time.Sleep(40 * time.Second)
		batch.Open(&r, w, errors.New("the mall is closed"))
		require.Equal(t, []any{order.Unsettled, order.No, sent, time.Minute},
			[]any{r.Outcome, r.Repeating, r.At, r.Wait})
		require.ErrorContains(t, r.Err, "the mall is closed")
	})
}

func TestJudge(t *testing.T) {
	held := order.Order{ID: "n-1", Status: order.OnHold, Flags: order.Flags{order.BuyerMayCancel}}
	b := newBatch(1, false)
	require.False(t, b.Judge(b.Result(0, "n-1", ""), held, ship))
	results, err := b.Results()
	require.ErrorIs(t, err, order.ErrConflict)
	require.Equal(t, []any{order.Refused, "on_hold"}, []any{results[0].Outcome, results[0].Code})
	require.Contains(t, results[0].Next.EN, "AnyState")

	_, b = batch.New(t.Context(), mihon, 1, order.WriteOptions{AnyState: true})
	r := b.Result(0, "n-1", "")
	require.True(t, b.Judge(r, held, ship))
	require.Equal(t, []string{"on_hold", "buyer_may_cancel"}, []string{r.Warnings[0].Code, r.Warnings[1].Code})
}

// A lost answer whose repetition is harmless does not ask to read first, in its result or its
// error.
func TestLostSaysOneThing(t *testing.T) {
	lost := &order.Error{Class: order.ErrUndecodable, Operation: "ship",
		Hint: order.Text{EN: "read the order before sending it again"}}
	var r order.Result
	batch.Fail(&r, lost, batch.Write{Operation: "ship", Again: order.Yes})
	require.Equal(t, []any{order.Unsettled, order.Yes, batch.NextRepeat}, []any{r.Outcome, r.Repeating, r.Next})
	require.NotContains(t, r.Err.Error(), "before sending it again")
	require.Equal(t, "read the order before sending it again", lost.Hint.EN, "the caller's error is not changed")
}

func TestUnknownOrderIsNotSentAgain(t *testing.T) {
	var r order.Result
	batch.Fail(&r, &order.Error{Class: order.ErrNotFound, Operation: "read"}, ship)
	require.Equal(t, batch.NextNumber, r.Next)
}

// A server may ask for what it likes; nobody is told to wait for years.
func TestWaitIsBounded(t *testing.T) {
	for asked, want := range map[time.Duration]time.Duration{0: 0, time.Minute: time.Minute, 1 << 62: time.Hour,
		-time.Hour: 0} {
		e := &order.Error{Class: order.ErrRateLimited, RetryAfter: asked}
		b := newBatch(2, false)
		batch.Fail(b.Result(0, "n-1", ""), e, ship)
		b.Sent(t.Context(), e)
		b.Unsent(b.Result(1, "n-2", ""), "ship")
		results, _ := b.Results()
		require.Equal(t, []time.Duration{want, want}, []time.Duration{results[0].Wait, results[1].Wait})
	}
}
