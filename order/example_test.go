package order_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// depot is a stall that accepts shipments; the answer to the first one is lost.
type depot struct {
	*stall
	lost bool
}

func (d *depot) Ship(_ context.Context, shipments []order.Shipment, _ order.WriteOptions) ([]order.Result, error) {
	results := make([]order.Result, len(shipments))
	for i, s := range shipments {
		results[i] = order.Result{Mall: d.Mall(), Shop: d.Shop(), Ability: order.CanShip, Order: s.Order,
			Outcome: order.Done}
		if !d.lost {
			d.lost = true
			results[i].Outcome, results[i].Next = order.Unsettled, order.Text{EN: "ask Settle", JA: "Settleで照会してください"}
		}
	}
	return results, nil
}

func (d *depot) Settle(_ context.Context, results []order.Result) ([]order.Result, error) {
	for i := range results {
		results[i].Outcome, results[i].Next, results[i].Err = order.Done, order.Text{}, nil
	}
	return results, nil
}

func market() *depot {
	hour := time.Now().Add(-time.Hour)
	return &depot{stall: &stall{orders: []order.Order{
		{Mall: "market", Shop: "stall-1", ID: "1001", Placed: hour, Status: order.ReadyToShip},
		{Mall: "market", Shop: "stall-1", ID: "1002", Placed: hour, Status: order.CancelRequested},
		{Mall: "market", Shop: "stall-1", ID: "1003", Placed: hour, Status: order.ReadyToShip},
	}}}
}

// Read the orders of a week. An error that names an order concerns that order alone; any other is
// the last.
func ExampleSource() {
	var shop order.Source = market() // or the client of a mall
	now := time.Now()
	for o, err := range shop.Orders(context.Background(), order.Query{From: now.AddDate(0, 0, -7), To: now}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(o.ID, o.Status)
	}
	// Output:
	// 1001 ready_to_ship
	// 1002 cancel_requested
	// 1003 ready_to_ship
}

// Check an order that was just read before printing its label.
func ExampleMayShip() {
	shop := market()
	for _, id := range []string{"1001", "1002"} {
		o, err := shop.Order(context.Background(), id)
		if err != nil {
			fmt.Println(err)
			return
		}
		objections := order.MayShip(o)
		fmt.Println(id, order.Stopped(objections))
		for _, objection := range objections {
			fmt.Println(" ", objection.Code, objection.Text.JA)
		}
	}
	// Output:
	// 1001 false
	// 1002 true
	//   cancel_requested キャンセル申請が届いています
}

// Report shipping to all malls in one call. Settle finds out what became of a report whose answer
// was lost.
func ExampleActor_Ship() {
	ctx := context.Background()
	shop := market()
	actor, err := order.NewActor(shop) // and the other shops
	if err != nil {
		fmt.Println(err)
		return
	}
	var tasks []order.Task[order.Shipment]
	for _, o := range shop.orders {
		tasks = append(tasks, order.Task[order.Shipment]{Order: o, Do: order.Shipment{
			Carrier: timeslot.Yamato, Numbers: order.Tracking("000000000000"), At: time.Now()}})
	}
	results, _ := actor.Ship(ctx, tasks, order.WriteOptions{}) // the error joins those of the results
	show := func() {
		for _, r := range results {
			fmt.Println(r.Order, r.Outcome)
		}
	}
	show()
	results, _ = actor.Settle(ctx, results)
	show()
	// Output:
	// 1001 unsettled
	// 1002 refused
	// 1003 done
	// 1001 done
	// 1002 refused
	// 1003 done
}

// The classes of errors are the same for all malls.
func ExampleError() {
	_, err := market().Order(context.Background(), "9999")
	switch {
	case errors.Is(err, order.ErrNotFound):
		fmt.Println("there is no such order")
	case errors.Is(err, order.ErrUnauthorized), errors.Is(err, order.ErrCredentialExpired):
		fmt.Println("a person must renew the key")
	case errors.Is(err, order.ErrRateLimited), errors.Is(err, order.ErrMaintenance), errors.Is(err, order.ErrTemporary):
		fmt.Println("try again later")
	}
	var e *order.Error
	if errors.As(err, &e) {
		fmt.Println(e.Class, e.Order)
	}
	// Output:
	// there is no such order
	// not found 9999
}
