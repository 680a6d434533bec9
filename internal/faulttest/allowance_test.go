package faulttest_test

import (
	"context"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// TestBackfillLeavesTheDayItsCalls: a backfill that could use up the application's calls of the day
// (here 8,000 in place of 50,000) goes on at a pace that they can pay. New orders are given within
// minutes all day long, of which this is the morning, and a tenth is left for writes.
func TestBackfillLeavesTheDayItsCalls(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := yahootest.New(yahootest.Options{Seed: 1, Orders: 7_500, Quotas: true})
		defer m.Close()
		budget := &yahoo.Budget{PerDay: 8_000}
		client, err := yahoo.New(yahoo.Config{Shop: m.Shop(), HTTPClient: &http.Client{Transport: m.Transport()},
			Budget: budget,
			Keys: credential.Static(yahoo.Keys{ClientID: m.ClientID(),
				ClientSecret: credential.NewSecret(m.ClientSecret()),
				RefreshToken: credential.NewSecret(m.RefreshToken()), PublicKey: m.PublicKey(),
				PublicKeyVersion: m.PublicKeyVersion()})})
		require.NoError(t, err)
		feed, err := order.NewFeed(order.FeedConfig{
			Sources: []order.FeedSource{{Source: client, From: time.Now().AddDate(0, 0, -20)}},
			Store:   order.NewMemoryFeedStore(),
			Notify: func(_ context.Context, e order.FeedEvent) {
				if e.Kind != order.FeedCaughtUp {
					t.Errorf("%s: %v", e.Kind, e.Err)
				}
			}})
		require.NoError(t, err)
		var mu sync.Mutex
		given, came := 0, map[string]time.Time{}
		ctx, stop := context.WithCancel(t.Context())
		var life sync.WaitGroup
		life.Go(func() {
			_ = feed.Run(ctx, func(_ context.Context, o order.Order) error {
				mu.Lock()
				defer mu.Unlock()
				given++
				came[o.ID] = time.Now()
				return nil
			})
		})
		buyer := order.Party{Name: "見本 花子"}
		for range 4 { // from 09:00 in Japan; at one call a second all would be used by 11:00
			time.Sleep(time.Hour)
			id, err := m.Put(order.Order{Status: order.New, Buyer: buyer, Parcels: []order.Parcel{{Recipient: buyer,
				Lines: []order.Line{{Name: "見本の茶", SKU: "mihon-tea", Quantity: 1, UnitPrice: order.Yen(1000)}}}}})
			require.NoError(t, err)
			placed := time.Now()
			time.Sleep(5 * time.Minute)
			mu.Lock()
			require.Contains(t, came, id, "placed at %s", placed)
			mu.Unlock()
		}
		require.GreaterOrEqual(t, budget.State().Left, 800)
		require.Greater(t, given, 1_200, "the backfill goes on")
		stop()
		life.Wait()
	})
}
