package order_test

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/jpmall/jpmall/order"
)

// stall is a shop of your own. A Feed follows any Source.
type stall struct{ orders []order.Order }

func (s *stall) Mall() order.Mall { return "market" }
func (s *stall) Shop() string     { return "stall-1" }

func (s *stall) Order(_ context.Context, id string) (order.Order, error) {
	for _, o := range s.orders {
		if o.ID == id {
			return o, nil
		}
	}
	return order.Order{}, &order.Error{Class: order.ErrNotFound, Order: id}
}

func (s *stall) Orders(_ context.Context, q order.Query) iter.Seq2[order.Order, error] {
	return func(yield func(order.Order, error) bool) {
		for _, o := range s.orders {
			if !o.Placed.Before(q.From) && o.Placed.Before(q.To) && !yield(o, nil) {
				return
			}
		}
	}
}

func ExampleFeed() {
	hour := time.Now().Add(-time.Hour)
	shop := &stall{orders: []order.Order{
		{Mall: "market", Shop: "stall-1", ID: "1001", Revision: "a", Placed: hour, Status: order.New},
		{Mall: "market", Shop: "stall-1", ID: "1002", Revision: "a", Placed: hour, Status: order.New},
	}}
	feed, err := order.NewFeed(order.FeedConfig{
		// one for each shop, of whatever mall
		Sources: []order.FeedSource{{Source: shop, From: hour.AddDate(0, 0, -7)}},
		// NewFileFeedStore survives a restart
		Store: order.NewMemoryFeedStore(),
		Notify: func(_ context.Context, e order.FeedEvent) {
			if e.Kind != order.FeedCaughtUp {
				fmt.Println(e.Kind, e.Order, e.Err)
			}
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	// Write the order under its key and return nil: that acknowledges it. After an error it comes
	// again.
	handle := func(_ context.Context, o order.Order) error {
		fmt.Println(o.Mall, o.Shop, o.ID, o.Revision, o.Status)
		return nil
	}
	for pass := range 3 { // Run does so for ever, at each shop's own pace
		if pass == 2 {
			shop.orders[0].Status, shop.orders[0].Revision = order.Cancelled, "b"
		}
		fmt.Println("pass", pass)
		if err := feed.Once(context.Background(), handle); err != nil {
			fmt.Println(err)
		}
	}
	// Output:
	// pass 0
	// market stall-1 1001 a new
	// market stall-1 1002 a new
	// pass 1
	// pass 2
	// market stall-1 1001 b cancelled
}
