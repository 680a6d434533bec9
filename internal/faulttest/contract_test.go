package faulttest_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/ordertest"
	"github.com/jpmall/jpmall/timeslot"
)

// bubble runs each clause of a suite in simulated time.
type bubble struct{ *testing.T }

func (b bubble) Run(name string, clause func(bubble)) bool {
	return b.T.Run(name, func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { clause(bubble{t}) })
	})
}

// writeCalls are the calls by which the clients write.
var writeCalls = map[order.Mall][]string{
	order.Rakuten: {"confirmOrder", "updateOrderShipping", "updateOrderShippingAsync", "updateOrderMemo",
		"updateOrderRemarks", "updateOrderSender",
		"updateOrderDelivery", "cancelOrder", "cancelOrderAfterShipping"},
	order.Yahoo:  {"orderChange", "orderStatusChange", "orderPayStatusChange", "orderShipStatusChange"},
	order.Amazon: {"confirmShipment"},
	order.AuPay:  {"updateTradeInfoProc", "updateTradeStsProc", "cancelTradeProc"},
}

// detailCalls read orders that a list has named; the lists of the others hold whole orders.
var detailCalls = map[order.Mall]string{order.Rakuten: "getOrder", order.Yahoo: "orderInfo"}

// subjectOf gives a mall of its own for each clause, always with the same orders.
func subjectOf(i, n int, writes bool) func() (*ordertest.Subject, error) {
	var ready map[order.Ability][]string
	return func() (*ordertest.Subject, error) {
		m := openers[i](uint64(60+i), n, false)
		wire := refusals[m.name]
		wire.next = m.wire
		source, err := m.open(&http.Client{Transport: &wire})
		if err != nil {
			return nil, err
		}
		if writes && ready == nil {
			if ready, err = readyOrders(m, source); err != nil {
				m.close()
				return nil, err
			}
		}
		ids := m.ids()
		s := &ordertest.Subject{
			Source: source, IDs: ids, From: time.Now().AddDate(0, 0, -15).Truncate(time.Second),
			Unknown: ids[0][:len(ids[0])-4] + "9998",
			Calls:   func() int { return m.count("") },
			Writes: func() (n int) {
				for _, call := range writeCalls[m.name] {
					n += m.count(call)
				}
				return n
			},
			Change:  func(id string) error { m.change(id, "変更", false); return nil },
			Fail:    func() error { return m.inject(fault{Kind: ordertest.ServerError, Times: -1}) },
			Drop:    func(order.Ability) error { return m.strike(ordertest.Dropped) },
			Lose:    func(order.Ability) error { return m.strike(ordertest.ReplyLost) },
			Restore: m.clear, Close: m.close, Ready: ready, Day: order.DateOf(time.Now()).AddDays(3),
		}
		if call := detailCalls[m.name]; call != "" {
			s.Details = func() int { return m.count(call) }
			s.Break = func(id string) error { wire.id = id; return nil }
			s.Sorted = true // the lists that hold whole orders come as the mall likes
		}
		if m.wish != nil {
			s.Wish = func(id string) (bool, error) { return m.wish(id) == fmt.Sprint(s.Day.String(), true), nil }
		}
		return s, nil
	}
}

// strike lets every call fail by which a client writes.
func (m *mall) strike(kind string) error {
	for _, call := range writeCalls[m.name] {
		if err := m.inject(fault{Kind: kind, Operation: call, Times: -1}); err != nil {
			return err
		}
	}
	return nil
}

// readyOrders finds orders that can be written to in each way that the mall has.
func readyOrders(m *mall, source order.Source) (map[order.Ability][]string, error) {
	ready := map[order.Ability][]string{}
	actor, err := order.NewActor(source)
	if err != nil {
		return nil, err
	}
	for o, err := range source.Orders(context.Background(), order.Query{From: time.Now().AddDate(0, 0, -15)}) {
		if err != nil {
			return nil, err
		}
		_, fixed := o.Amounts.Billed.Yen() // what is not fixed cannot be confirmed
		if len(o.Parcels) != 1 || !fixed && o.Mall == order.Rakuten || o.Flags.Has(order.BuyerMayCancel) ||
			order.Stopped(order.MayShip(o)) {
			continue
		}
		for _, ability := range abilities {
			j := &job{mall: m, ability: ability, order: o, number: fmt.Sprintf("%012d", len(ready[ability])+1),
				memo: "見本のメモ",
				day:  order.DateOf(time.Now()).AddDays(3), slot: timeslot.Morning, at: time.Now().Add(-time.Minute)}
			if o.Status != states[ability] {
				continue
			}
			if do(context.Background(), source, []*job{j}, actor,
				order.WriteOptions{DryRun: true})[0].Outcome == order.Done {
				ready[ability] = append(ready[ability], o.ID)
			}
		}
	}
	for ability, ids := range ready {
		if len(ids) < 3 {
			return nil, fmt.Errorf("%s: only %d orders are ready to %s", m.name, len(ids), ability)
		}
	}
	return ready, nil
}

// TestContract holds the clients to what package order promises of a Source and its writes.
func TestContract(t *testing.T) {
	for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		t.Run(string(name), func(t *testing.T) {
			t.Run("source", func(t *testing.T) {
				ordertest.TestSource(bubble{t}, func() (*ordertest.Subject, error) {
					s, err := subjectOf(i, 12, false)()
					if name == order.AuPay && err == nil {
						s.Unknown = "" // what the mall answers to an unknown number is not known
					}
					return s, err
				})
			})
			writes := subjectOf(i, 120, true)
			// finds the orders that are ready at the instant at which each clause begins
			synctest.Test(t, func(t *testing.T) {
				s, err := writes()
				if err != nil {
					t.Error(err)
					return
				}
				s.Close()
			})
			t.Run("writes", func(t *testing.T) { ordertest.TestWrites(bubble{t}, writes) })
		})
	}
}
