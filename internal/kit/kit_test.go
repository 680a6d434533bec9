package kit_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/order"
)

// shop is a mall of which the orders are texts: how they stand.
type shop struct {
	orders map[string]string
	sent   []string
}

func (s *shop) writer() kit.Writer[string] {
	return kit.Writer[string]{
		Call: batch.Call{Mall: order.Rakuten, Shop: "mihon"}, Calls: new(transport.Client), Once: true,
		Convert: func(o *string) order.Order { return order.Order{Status: order.New} },
		Read: kit.Each(func(_ context.Context, id string) (*string, error) {
			if o, ok := s.orders[id]; ok {
				return &o, nil
			}
			return nil, &order.Error{Class: order.ErrNotFound, Order: id}
		}),
	}
}

// write sets an order to "sent", unless it is refused by its state.
func (s *shop) write(id string) kit.Write[string] {
	return kit.Write[string]{
		Write: batch.Write{Operation: "confirm", Again: order.Yes}, Order: id,
		Allow: func(_ *order.Result, now *string) error {
			if *now == "closed" {
				return errors.New("the order is closed")
			}
			return nil
		},
		Send: func(context.Context, *order.Result) error {
			s.sent = append(s.sent, id)
			if s.orders[id] == "deaf" {
				return nil // accepted, and nothing done
			}
			s.orders[id] = "sent"
			return nil
		},
		Lacks: kit.Shown(func(o *string) bool { return *o == "sent" }),
	}
}

func TestWrite(t *testing.T) {
	for name, c := range map[string]struct {
		ids     []string
		options order.WriteOptions
		want    []order.Outcome
		sent    []string
	}{
		"done":     {ids: []string{"a", "b"}, want: []order.Outcome{order.Done, order.Done}, sent: []string{"a", "b"}},
		"dry run":  {ids: []string{"a"}, options: order.WriteOptions{DryRun: true}, want: []order.Outcome{order.Done}},
		"no order": {ids: []string{"", "a"}, want: []order.Outcome{order.Refused, order.Done}, sent: []string{"a"}},
		"twice":    {ids: []string{"a", "a"}, want: []order.Outcome{order.Done, order.Refused}, sent: []string{"a"}},
		"closed":   {ids: []string{"closed", "a"}, want: []order.Outcome{order.Refused, order.Done}, sent: []string{"a"}},
		"unknown":  {ids: []string{"none", "a"}, want: []order.Outcome{order.Refused, order.Done}, sent: []string{"a"}},
		"not shown": {ids: []string{"deaf", "a"}, options: order.WriteOptions{ShownWithin: -1},
			want: []order.Outcome{order.Unsettled, order.Done}, sent: []string{"deaf", "a"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := &shop{orders: map[string]string{"a": "new", "b": "new", "closed": "closed", "deaf": "deaf"}}
			var writes []kit.Write[string]
			for _, id := range c.ids {
				writes = append(writes, s.write(id))
			}
			w := s.writer()
			results, err := w.Write(t.Context(), order.CanConfirm, writes, c.options)
			var got []order.Outcome
			for i, r := range results {
				got = append(got, r.Outcome)
				require.Equal(t, c.ids[i], r.Order)
				require.Equal(t, r.Outcome == order.Done, r.Err == nil)
				if r.Err != nil {
					require.ErrorIs(t, err, r.Err)
				}
			}
			require.Equal(t, c.want, got)
			require.Equal(t, c.sent, s.sent)
		})
	}
}

// TestSettle reads each order once and writes nothing.
func TestSettle(t *testing.T) {
	s := &shop{orders: map[string]string{"a": "sent", "deaf": "deaf"}}
	w := s.writer()
	open := func(id string) order.Result {
		return order.Result{Order: id, Ability: order.CanConfirm, Outcome: order.Unsettled}
	}
	results, err := w.Settle(t.Context(), []order.Result{open("a"), open("deaf"), open("none"),
		{Order: "b", Outcome: order.Refused}},
		func(*order.Result) kit.Settling[string] {
			return kit.Settling[string]{Write: batch.Write{Operation: "confirm", Again: order.Yes},
				Shows: func(_ *order.Result, now *string) bool { return *now == "sent" }}
		})
	require.Error(t, err)
	require.Equal(t, []order.Outcome{order.Done, order.Unsettled, order.Unsettled, order.Refused},
		[]order.Outcome{results[0].Outcome, results[1].Outcome, results[2].Outcome, results[3].Outcome})
	require.ErrorIs(t, results[2].Err, order.ErrNotFound)
	require.Empty(t, s.sent)
}
