package faulttest_test

import (
	"encoding/json"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// shipCall is the call of each mall by which shipping is reported.
var shipCall = map[order.Mall]string{
	order.Rakuten: "updateOrderShipping", order.Yahoo: "orderShipStatusChange", order.Amazon: "confirmShipment",
	order.AuPay: "updateTradeStsProc",
}

// TestActorSettles loses the answers to shipments at all malls at once, forgets everything but the
// results' JSON, and asks the Actor what became of them, after as long as they say. Every mall that
// can settle tells, and nothing is written for it.
func TestActorSettles(t *testing.T) {
	for _, kind := range []string{"reply_lost", "dropped"} {
		t.Run(kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var sources []order.Source
				var orders []order.Order
				malls := openMalls(t, 31, 40)
				for _, m := range malls {
					source := m.source(t, m.wire)
					sources, orders = append(sources, source), append(orders, ready(t, source, order.ReadyToShip))
					require.NoError(t, m.inject(fault{Kind: kind, Operation: shipCall[m.name], Times: -1}))
				}
				actor, err := order.NewActor(sources...)
				require.NoError(t, err)
				results, err := actor.Ship(t.Context(), tasks(orders, shipment(timeslot.Yamato)), order.WriteOptions{})
				require.Error(t, err)
				stranger := order.Result{Mall: "fifth", Shop: "x", Order: "1", Ability: order.CanShip}
				results = append(results, stranger)
				for i, m := range malls {
					require.NotEqual(t, order.Refused, results[i].Outcome, "%s: %s", m.name, results[i].Message)
					m.clear()
				}
				var revisions []string
				for i, s := range sources {
					o, err := s.Order(t.Context(), orders[i].ID)
					require.NoError(t, err)
					revisions = append(revisions, o.Revision)
				}
				for range 3 {
					data, err := json.Marshal(results)
					require.NoError(t, err)
					var back []order.Result
					require.NoError(t, json.Unmarshal(data, &back))
					var wait time.Duration
					for _, r := range back {
						wait = max(wait, r.Wait)
					}
					time.Sleep(wait)
					results, err = actor.Settle(t.Context(), back)
					require.ErrorContains(t, err, "no source of this shop that can settle")
				}
				require.Equal(t, order.Unsettled, results[len(malls)].Outcome)
				for i, s := range sources {
					o, err := s.Order(t.Context(), orders[i].ID)
					require.NoError(t, err)
					require.Equal(t, revisions[i], o.Revision, "settling writes nothing")
					if _, can := order.As[order.Settler](s); !can {
						require.NotEqual(t, order.Refused, results[i].Outcome)
						continue
					}
					want := order.Done
					if kind == "dropped" {
						want = order.Refused
					}
					require.Equal(t, want, results[i].Outcome, "%s: %s", results[i].Mall, results[i].Message)
					require.Equal(t, want == order.Done, results[i].Err == nil)
					if want == order.Refused { // as Outcome describes it
						require.Empty(t, results[i].Code)
						require.Equal(t, order.Yes, results[i].Repeating)
						require.Contains(t, results[i].Next.EN, "send it again")
						if m := results[i].Mall; m == order.AuPay { // the first of its two calls arrived
							require.Contains(t, results[i].Message, "partly applied")
						} else {
							require.Contains(t, results[i].Message, "not applied")
						}
					}
				}
			})
		})
	}
}
