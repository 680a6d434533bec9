package order_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestFeedReadsWhatWasNudgedByNumber: together while the mall answers so, else one by one; what the
// trouble of a mall keeps from being read waits on.
func TestFeedReadsWhatWasNudgedByNumber(t *testing.T) {
	all := []string{"1", "2", "3", "4", "5"}
	invalid := &order.Error{Class: order.ErrInvalid, Message: "one of the numbers"}
	temporary := &order.Error{Class: order.ErrTemporary}
	closed := &order.Error{Class: order.ErrMaintenance}
	for name, c := range map[string]struct {
		nudge   []string
		prepare func(*ledger)
		calls   int // queries by number; the first is for all
		got     []string
		unread  int
		kept    int
		err     error
	}{
		"all are well":         {all, func(*ledger) {}, 1, gave(all...), 0, 0, nil},
		"one spoils the batch": {all, func(l *ledger) { l.spoiler = "3" }, 6, gave("1", "2", "4", "5"), 1, 0, nil},
		"one alone is spoilt":  {all[2:3], func(l *ledger) { l.spoiler = "3" }, 2, nil, 1, 0, nil},
		"the batch is lost":    {all, func(l *ledger) { l.numbers = []error{temporary} }, 6, gave(all...), 0, 0, nil},
		"one alone is lost":    {all[:1], func(l *ledger) { l.numbers = []error{temporary} }, 1, nil, 0, 1, order.ErrTemporary},
		"the mall slows down":  {all, func(l *ledger) { l.byNumber = &order.Error{Class: order.ErrRateLimited} }, 1, nil, 0, 5, order.ErrRateLimited},
		"closed at the second": {all, func(l *ledger) { l.numbers = []error{invalid, nil, closed} }, 3, gave("1"), 0, 4, order.ErrMaintenance},
		"none can be read":     {all, func(l *ledger) { l.byNumber = invalid }, 4, nil, 2, 3, order.ErrInvalid},
		"trouble ends by one": {all, func(l *ledger) { l.numbers = []error{invalid, invalid, invalid, nil, invalid, invalid} },
			6, gave("3"), 4, 0, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop, in, unread := newLedger("a"), &inbox{}, 0
				for _, id := range all { // before From: no look finds them
					shop.put(id, time.Now().Add(-day), "r1")
				}
				c.prepare(shop)
				feed := feedOver(t, order.NewMemoryFeedStore(), func(e order.FeedEvent) {
					if e.Kind == order.FeedUnread {
						unread++
					}
				}, order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
				require.NoError(t, feed.Nudge("example", "a", c.nudge...))
				err := feed.Once(t.Context(), in.handle)
				if c.err != nil {
					require.ErrorIs(t, err, c.err)
				} else {
					require.NoError(t, err)
				}
				calls := 0
				for _, q := range shop.spans {
					if len(q.IDs) > 0 {
						calls++
					}
				}
				require.Equal(t, c.calls, calls)
				require.Equal(t, c.got, in.take())
				require.Equal(t, c.unread, unread)
				require.Equal(t, c.kept, feed.Status()[0].Nudged)

				shop.byNumber, shop.numbers, shop.spoiler = nil, nil, ""
				require.NoError(t, feed.Once(t.Context(), in.handle))
				require.Len(t, in.take(), len(c.nudge)-len(c.got), "the rest")
			})
		})
	}
}

func TestFeedNudgesAreBounded(t *testing.T) {
	feed := feedOver(t, order.NewMemoryFeedStore(), nil,
		order.FeedSource{Source: newLedger("a"), From: time.Unix(1, 0)})
	require.NoError(t, feed.Nudge("example", "a", make9(9_999)...))
	require.NoError(t, feed.Nudge("example", "a", "one more"))
	require.ErrorContains(t, feed.Nudge("example", "a", "too many"),
		"10000 orders of example shop a wait already")
	require.Equal(t, 10_000, feed.Status()[0].Nudged)
}

// TestFeedTriesAgainBesideTheLooks: that many orders are read again one by one holds up no look for
// new orders.
func TestFeedTriesAgainBesideTheLooks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, in := newSlow(newLedger("a")), newArrivals()
		shop.batch = 1
		for i := range 240 {
			shop.put(fmt.Sprint(i), time.Now().Add(-time.Hour), "r1")
		}
		refused, handled := map[string]bool{}, 0
		feed := feedOver(t, order.NewMemoryFeedStore(), nil,
			order.FeedSource{Source: shop, From: time.Now().Add(-day)})
		stop := running(t, feed, func(ctx context.Context, o order.Order) error {
			if handled++; handled < 240 && handled%10 > 0 && !refused[o.ID] {
				refused[o.ID] = true
				return fmt.Errorf("order %s: not today", o.ID)
			}
			return in.handle(ctx, o)
		})
		time.Sleep(4*time.Minute + 10*time.Second)
		require.Greater(t, feed.Status()[0].Trouble, 200)
		for i := range 6 {
			id := fmt.Sprint("new", i)
			shop.put(id, time.Now(), "r1")
			placed := time.Now()
			time.Sleep(70 * time.Second)
			in.soon(t, "a/"+id+"@r1", placed, 66*time.Second)
		}
		time.Sleep(10 * time.Minute)
		require.Equal(t, 246, in.len())
		require.Zero(t, feed.Status()[0].Trouble)
		stop()
	})
}

// TestFeedEndsAReadingAgainThatIsInVain: when the next order would meet the same, the others wait
// for the next pass.
func TestFeedEndsAReadingAgainThatIsInVain(t *testing.T) {
	for name, c := range map[string]struct {
		refuse, full, stop bool
		want               string
	}{
		"the handler refuses all": {refuse: true, want: "refused 10 orders in a row"},
		"the store is full":       {full: true, want: "disk full"},
		"it is stopped":           {stop: true, want: "context canceled"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop, store := newLedger("a"), &moody{FeedStore: order.NewMemoryFeedStore()}
				for i := range 60 {
					id := fmt.Sprint(100 + i)
					shop.put(id, time.Now(), "r1")
					shop.broken[id] = &order.Error{Class: order.ErrUndecodable, Order: id}
				}
				time.Sleep(time.Second)
				feed := feedOver(t, store, nil,
					order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
				require.NoError(t, feed.Once(t.Context(), (&inbox{}).handle))
				require.Equal(t, 60, feed.Status()[0].Trouble)
				clear(shop.broken)
				shop.spans = nil
				ctx, stop := context.WithCancel(t.Context())
				if c.full {
					store.save = func(string) error {
						for _, q := range shop.spans {
							if len(q.IDs) > 0 {
								return errDisk
							}
						}
						return nil
					}
				}
				handled := 0
				err := feed.Once(ctx, func(context.Context, order.Order) error {
					if handled++; c.stop && handled == 3 {
						stop()
						return ctx.Err()
					}
					if c.refuse {
						return fmt.Errorf("not today")
					}
					return nil
				})
				stop()
				require.ErrorContains(t, err, c.want)
				numbers := 0
				for _, q := range shop.spans {
					if len(q.IDs) > 0 {
						numbers++
					}
				}
				require.Equal(t, 1, numbers, "none was tried alone")
			})
		})
	}
}
