package faulttest_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
)

// fromRakuten nudges what a notification of Rakuten's SENS names: a new order, or one whose 購入履歴
// has changed.
func fromRakuten(feed *order.Feed, shop string, body []byte) error {
	n, err := rakuten.ParseNotification(body)
	if err != nil {
		return err
	}
	var ids []string
	for _, o := range n.Orders {
		ids = append(ids, o.OrderNumber)
	}
	for _, e := range n.Events {
		if id, ok := e.Value("orderNumber"); ok {
			ids = append(ids, id)
		}
	}
	return feed.Nudge(order.Rakuten, shop, ids...)
}

// fromAmazon nudges what messages of a queue name.
func fromAmazon(feed *order.Feed, body []byte) error {
	all, err := amazon.ParseNotifications(body)
	if err != nil {
		return err
	}
	for _, n := range all {
		if n.OrderChange != nil {
			if err := feed.Nudge(order.Amazon, n.OrderChange.SellerID, n.OrderChange.AmazonOrderID); err != nil {
				return err
			}
		}
	}
	return nil
}

// TestNotifiedOrdersAreSeenInSeconds: placed or changed at the mall, told by its notification, read
// and given to the handler, while the feed is in the middle of a backfill and after it, within the
// malls' quotas. Amazon hides the change from its search for two minutes, but not from who asks by
// number. Rakuten's backfill of 600 orders would have ended before the first notification.
func TestNotifiedOrdersAreSeenInSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		malls := []*mall{openRakuten(1, 4000, true), openAmazon(2, 600, true)}
		var mu sync.Mutex
		seen := map[string]time.Time{} // by order and mark
		var sources []order.FeedSource
		shops := map[order.Mall]string{}
		for _, m := range malls {
			t.Cleanup(m.close)
			source := m.source(t, m.wire)
			shops[m.name] = source.Shop()
			sources = append(sources, order.FeedSource{Source: source, From: time.Now().AddDate(0, 0, -20)})
		}
		feed, err := order.NewFeed(order.FeedConfig{Sources: sources, Store: order.NewMemoryFeedStore()})
		require.NoError(t, err)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() {
			ended <- feed.Run(ctx, func(_ context.Context, o order.Order) error {
				mu.Lock()
				defer mu.Unlock()
				for _, m := range malls {
					if m.name == o.Mall {
						key := o.ID + " " + m.marked(o)
						if seen[key].IsZero() {
							seen[key] = time.Now()
						}
					}
				}
				return nil
			})
		}()
		push := map[order.Mall]func(id string, placed bool) error{
			order.Rakuten: func(id string, placed bool) error {
				body := `<orderNotifyModel><authModel><authKey>k-1</authKey></authModel><orderInfoNotifyModel><orderNumber>` + id +
					`</orderNumber></orderInfoNotifyModel></orderNotifyModel>`
				if !placed {
					body = `<notifyModel><authModel><authKey>k-1</authKey></authModel><notifyInfoModel><serviceId>4000</serviceId>` +
						`<functionId>1100</functionId><value1 name="orderNumber">` + id +
						`</value1></notifyInfoModel></notifyModel>`
				}
				return fromRakuten(feed, shops[order.Rakuten], []byte(body))
			},
			order.Amazon: func(id string, _ bool) error {
				return fromAmazon(feed,
					[]byte(`{"NotificationVersion":"1.0","NotificationType":"ORDER_CHANGE","PayloadVersion":"1.0",
					"Payload":{"OrderChangeNotification":{"NotificationLevel":"OrderLevel","SellerId":"`+shops[order.Amazon]+`","AmazonOrderId":"`+id+`"}}}`))
			},
		}
		for _, after := range []time.Duration{15 * time.Second, 30 * time.Minute, 3 * time.Hour} {
			time.Sleep(after)
			for _, m := range malls {
				for _, placed := range []bool{true, false} {
					var id string
					if placed {
						id = m.add(time.Now())
					} else {
						id = m.ids()[500]
						m.change(id, fmt.Sprint("お電話あり ", after), false)
					}
					at := time.Now()
					require.NoError(t, push[m.name](id, placed))
					time.Sleep(15 * time.Second)
					mu.Lock()
					when, there := seen[id+" "+m.truth(id)]
					mu.Unlock()
					require.True(t, there, "%s order %s (placed %v) after %s", m.name, id, placed, after)
					require.Less(t, when.Sub(at), 5*time.Second, "%s order %s (placed %v) after %s", m.name, id, placed,
						after)
				}
			}
		}
		require.ErrorContains(t, fromAmazon(feed,
			[]byte(`{"NotificationType":"ORDER_CHANGE","NotificationVersion":"1.0","PayloadVersion":"1.0",
			"Payload":{"OrderChangeNotification":{"SellerId":"A0ELSEWHERE","AmazonOrderId":"1"}}}`)),
			"does not follow shop A0ELSEWHERE")
		stop()
		require.ErrorIs(t, <-ended, context.Canceled)
	})
}
