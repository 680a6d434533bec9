package batch_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

var ship = batch.Write{Operation: "ship", Again: order.No, Find: order.Text{EN: "look at the order", JA: "受注を確認してください"}}

var mihon = batch.Call{Mall: order.Rakuten, Shop: "mihon", Ability: order.CanShip}

func newBatch(n int, dry bool) *batch.Batch {
	_, b := batch.New(context.Background(), mihon, n, order.WriteOptions{DryRun: dry})
	return b
}

var renew = order.Text{EN: "issue a new key", JA: "キーを再発行してください"}

func TestFail(t *testing.T) {
	read := &order.Error{Class: order.ErrUndecodable, Operation: "read", Attempts: 1}
	for name, c := range map[string]struct {
		err     error
		outcome order.Outcome
		message string
		next    order.Text
		again   order.Answer
	}{
		"check":      {&order.Error{Class: order.ErrInvalid, Err: errors.New("At is zero"), Hint: transport.UnsentHint}, order.Refused, "At is zero", batch.NextCorrect, order.Yes},
		"state":      {&order.Error{Class: order.ErrConflict, Message: "cancelled", Hint: transport.UnsentHint}, order.Refused, "cancelled", batch.NextConflict, order.Yes},
		"mall":       {&order.Error{Class: order.ErrConflict, Code: "E1", Message: "だめ", Attempts: 1}, order.Refused, "だめ", batch.NextWords, order.Yes},
		"hint":       {&order.Error{Class: order.ErrUnauthorized, Message: "key", Attempts: 1, Hint: renew}, order.Refused, "key", renew, order.Yes},
		"no call":    {&order.Error{Class: order.ErrLocalLimit}, order.Refused, "local limit", batch.NextAgain, order.Yes},
		"unreadable": {&order.Error{Class: order.ErrUndecodable, Operation: "ship", Attempts: 1}, order.Unsettled, "undecodable", ship.Find, order.No},
		"read":       {read, order.Refused, "undecodable", batch.NextWords, order.Yes},
		"foreign":    {errors.New("disk full"), order.Refused, "disk full", batch.NextAgain, order.Yes},
		"cancelled":  {fmt.Errorf("stopped: %w", context.Canceled), order.Refused, "stopped: context canceled", batch.NextAgain, order.Yes},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBatch(1, false)
			r := b.Result(0, "n-1", "p-1")
			batch.Fail(r, c.err, ship)
			results, err := b.Results()
			require.Error(t, err)
			got := results[0]
			require.Equal(t, []any{order.Rakuten, "mihon", "n-1", "p-1"},
				[]any{got.Mall, got.Shop, got.Order, got.Parcel})
			require.Equal(t, c.outcome, got.Outcome)
			require.Equal(t, c.message, got.Message)
			require.Equal(t, c.next, got.Next)
			require.Equal(t, c.again, got.Repeating)
			var e *order.Error
			require.ErrorAs(t, got.Err, &e)
			require.Equal(t, []any{order.Rakuten, "mihon", "n-1"}, []any{e.Mall, e.Shop, e.Order})
			require.ErrorIs(t, err, got.Err)
		})
	}
	require.Empty(t, read.Order, "the caller's error is not changed")
}

func TestUnsettledWithoutFind(t *testing.T) {
	b := newBatch(2, false)
	batch.Fail(b.Result(0, "n-1", ""), &order.Error{Class: order.ErrUndecodable, Operation: "ship"},
		batch.Write{Operation: "ship"})
	batch.Unsettled(b.Result(1, "n-2", ""), batch.Write{Operation: "ship"},
		order.Text{EN: "the reply does not name it", JA: "応答にありません"}, nil)
	results, err := b.Results()
	require.Error(t, err)
	for _, r := range results {
		require.Equal(t, []any{order.Unsettled, order.NotTold, batch.NextRead}, []any{r.Outcome, r.Repeating, r.Next})
	}
	require.ErrorIs(t, results[1].Err, order.ErrTemporary)
	require.Equal(t, "n-2", order.Concerns(results[1].Err))
}

func TestDone(t *testing.T) {
	for _, dry := range []bool{false, true} {
		b := newBatch(1, dry)
		batch.Done(b.Result(0, "n-1", ""), order.No)
		results, err := b.Results()
		require.NoError(t, err)
		want := order.Result{Mall: order.Rakuten, Shop: "mihon", Ability: order.CanShip, Order: "n-1",
			Outcome: order.Done, DryRun: dry, Repeating: order.No}
		if dry {
			want.Repeating = order.Yes // nothing was sent
		}
		require.Equal(t, []order.Result{want}, results)
	}
}

func TestOver(t *testing.T) {
	temporary := &order.Error{Class: order.ErrTemporary, Attempts: 4}
	for name, c := range map[string]struct {
		calls []error
		over  bool
	}{
		"key":            {[]error{&order.Error{Class: order.ErrCredentialExpired, Order: "n-1"}}, true},
		"role":           {[]error{&order.Error{Class: order.ErrForbidden}}, true},
		"maintenance":    {[]error{errors.Join(&order.Error{Class: order.ErrMaintenance})}, true},
		"context":        {[]error{fmt.Errorf("%w", context.DeadlineExceeded)}, true},
		"one order":      {[]error{&order.Error{Class: order.ErrConflict}, &order.Error{Class: order.ErrNotFound}}, false},
		"three failures": {[]error{temporary, temporary, temporary}, true},
		"between them":   {[]error{temporary, temporary, nil, temporary}, false},
	} {
		t.Run(name, func(t *testing.T) {
			b := newBatch(1, false)
			for _, err := range c.calls {
				require.False(t, b.Over(t.Context()))
				b.Sent(t.Context(), err)
			}
			require.Equal(t, c.over, b.Over(t.Context()))
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := newBatch(1, false)
	require.True(t, b.Over(ctx), "nothing is begun when the context is over")
	b.Unsent(b.Result(0, "n-1", ""), "ship")
	_, err := b.Results()
	require.ErrorIs(t, err, context.Canceled)
	require.ErrorIs(t, err, order.ErrLocalLimit)
}

func TestUnsent(t *testing.T) {
	cause := &order.Error{Class: order.ErrUnauthorized, Order: "n-1", Code: "E401", Message: "key over",
		RetryAfter: time.Minute, Hint: renew}
	b := newBatch(3, false)
	batch.Fail(b.Result(0, "n-1", ""), cause, ship)
	b.Sent(t.Context(), cause)
	b.Sent(t.Context(), &order.Error{Class: order.ErrMaintenance}) // the first reason stays
	b.Unsent(b.Result(1, "n-2", ""), "ship")
	batch.Fallen(b.Result(2, "n-3", ""), "ship", errors.New("the other one"))
	results, err := b.Results()
	require.Error(t, err)
	require.Equal(t, batch.NextUnsent, results[1].Next)
	require.Equal(t, batch.NextFallen, results[2].Next)
	for i, r := range results[1:] {
		require.Equal(t, []any{order.NotSent, order.Yes}, []any{r.Outcome, r.Repeating})
		require.Equal(t, []string{"n-2", "n-3"}[i], order.Concerns(r.Err))
	}
	require.Equal(t, []string{"E401", "key over"}, []string{results[1].Code, results[1].Message})
	require.ErrorIs(t, results[1].Err, order.ErrUnauthorized)
	require.ErrorContains(t, results[1].Err, "issue a new key")
}

func TestResultsWithoutAnEnding(t *testing.T) {
	b := newBatch(1, false)
	b.Result(0, "n-1", "")
	results, err := b.Results()
	require.ErrorIs(t, err, order.ErrTemporary, "what nobody settled is not done")
	require.Equal(t, order.Unsettled, results[0].Outcome)
}
