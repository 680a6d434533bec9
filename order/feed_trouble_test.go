package order_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// moody is a store whose calls fail when told so.
type moody struct {
	order.FeedStore
	load, save func(shop string) error
	applied    bool // a Save that fails has been made all the same
}

func (m *moody) Load(
	ctx context.Context, mall order.Mall, shop string, row func(order.FeedChange) error,
) (int64, error) {
	if m.load != nil {
		if err := m.load(shop); err != nil {
			return 0, err
		}
	}
	return m.FeedStore.Load(ctx, mall, shop, row)
}

func (m *moody) Save(
	ctx context.Context, mall order.Mall, shop string, version int64, changes []order.FeedChange,
) error {
	var err error
	if m.save != nil {
		err = m.save(shop)
	}
	if err != nil && !m.applied {
		return err
	}
	return errors.Join(m.FeedStore.Save(ctx, mall, shop, version, changes), err)
}

var errDisk = errors.New("disk full")

// TestFeedWhoseNthSaveFails: for each save of two passes, the failure is reported, and a feed that
// begins anew on the same store gives every order, at most the 50 in hand twice. With applied, the
// store has saved and only said that it had not.
func TestFeedWhoseNthSaveFails(t *testing.T) {
	for _, applied := range []bool{false, true} {
		failures := 0
		for n := 1; ; n++ {
			if !nthSaveFails(t, n, applied) {
				break
			}
			failures++
		}
		require.Greater(t, failures, 8, "few saves: little is tested")
	}
}

func nthSaveFails(t *testing.T, n int, applied bool) (failed bool) {
	synctest.Test(t, func(t *testing.T) {
		shop := newLedger("a")
		for i := range 260 {
			shop.put(fmt.Sprint(100+i), time.Now().Add(time.Duration(i-270)*4*time.Hour), "r1")
		}
		shop.broken["120"] = &order.Error{Class: order.ErrUndecodable, Order: "120"}
		saves := 0
		store := &moody{FeedStore: order.NewMemoryFeedStore(), applied: applied, save: func(string) error {
			if saves++; saves == n {
				return errDisk
			}
			return nil
		}}
		in := &inbox{}
		source := order.FeedSource{Source: shop, From: time.Now().Add(-50 * day)}
		feed := feedOver(t, store, nil, source)
		for range 3 {
			before := saves
			err := feed.Once(t.Context(), in.handle)
			if saves >= n && before < n {
				require.ErrorIs(t, err, errDisk, "save %d", n)
				failed = true
				feed = feedOver(t, store, nil, source)
				continue
			}
			require.NoError(t, err)
			clear(shop.broken) // the second pass reads it by its number
			time.Sleep(time.Minute)
		}
		store.save = nil
		require.NoError(t, feed.Once(t.Context(), in.handle))
		require.NoError(t, feed.Once(t.Context(), in.handle))
		times := map[string]int{}
		again := 0
		for _, got := range in.take() {
			if times[got]++; times[got] > 1 {
				again++
			}
		}
		require.Len(t, times, 260, "save %d", n)
		require.LessOrEqual(t, again, 50, "save %d", n)
	})
	return failed
}

// TestFeedWithoutFileDescriptorsGoesOn: what could not be saved is kept, and saved later.
func TestFeedWithoutFileDescriptorsGoesOn(t *testing.T) {
	for _, errno := range []error{syscall.EMFILE, syscall.ENFILE} {
		synctest.Test(t, func(t *testing.T) {
			shop, in, healthy := newLedger("a"), &inbox{}, order.NewMemoryFeedStore()
			shop.put("1", time.Now().Add(-time.Minute), "r1")
			var short atomic.Bool
			short.Store(true)
			store := &moody{FeedStore: healthy, save: func(string) error {
				if short.Load() {
					return &os.PathError{Op: "open", Path: "state/example,a.log", Err: errno}
				}
				return nil
			}}
			source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)}
			var failed []order.FeedEvent
			feed := feedOver(t, store, func(e order.FeedEvent) {
				if e.Kind == order.FeedFailed {
					failed = append(failed, e)
				}
			}, source)
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- feed.Run(ctx, in.handle) }()
			time.Sleep(12 * time.Minute)
			synctest.Wait()
			require.NotEmpty(t, failed)
			require.ErrorIs(t, failed[0].Err, errno)
			require.Positive(t, failed[0].Next)
			short.Store(false)
			time.Sleep(2 * time.Hour)
			stop()
			require.ErrorIs(t, <-ended, context.Canceled)
			require.Equal(t, []string{"a/1@r1"}, in.take(), "given once")
			require.Empty(t, once(t, healthy, in, source), "and remembered")
		})
	}
}

// TestFeedWhoseStateCannotBeLoadedFailsAlone: a damaged state, or a database that is down for one
// shop, does not stop another, and the shop goes on when its state is back.
func TestFeedWhoseStateCannotBeLoadedFailsAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bad, good, in, store := newLedger("bad"), newLedger("good"), &inbox{}, order.NewMemoryFeedStore()
		bad.put("1", time.Now().Add(-time.Minute), "r1")
		require.NoError(t, store.Save(t.Context(), "example", "bad", 0, put("cursor", "{")))
		var mu sync.Mutex
		events := map[string][]order.FeedEvent{}
		from := time.Now().Add(-time.Hour)
		feed := feedOver(t, store, func(e order.FeedEvent) {
			mu.Lock()
			defer mu.Unlock()
			events[e.Shop+" "+string(e.Kind)] = append(events[e.Shop+" "+string(e.Kind)], e)
		}, order.FeedSource{Source: bad, From: from}, order.FeedSource{Source: good, From: from})
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- feed.Run(ctx, in.handle) }()
		time.Sleep(time.Hour)
		good.put("2", time.Now(), "r1")
		time.Sleep(time.Hour)
		synctest.Wait()
		require.Equal(t, []string{"good/2@r1"}, in.take())
		mu.Lock()
		require.NotEmpty(t, events["bad failed"])
		require.ErrorContains(t, events["bad failed"][0].Err, "the state of example shop bad is damaged")
		require.Empty(t, events["good failed"])
		mu.Unlock()
		require.Zero(t, bad.called(), "nothing is read that could not be remembered")

		// somebody has removed it
		require.NoError(t, store.Save(t.Context(), "example", "bad", 1, []order.FeedChange{{Key: "cursor"}}))
		time.Sleep(2 * time.Hour)
		synctest.Wait()
		require.Equal(t, []string{"bad/1@r1"}, in.take())
		mu.Lock()
		require.Len(t, events["bad resumed"], 1)
		mu.Unlock()
		stop()
		require.ErrorIs(t, <-ended, context.Canceled)
	})
}

// TestTwoFeedsOfOneShopDoNotOverwriteEachOther: each is told, both go on from what is there, and
// nothing that one acknowledged is lost.
func TestTwoFeedsOfOneShopDoNotOverwriteEachOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shop, first, second, store := newLedger("a"), &inbox{}, &inbox{}, order.NewMemoryFeedStore()
		source := order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)}
		one, two := feedOver(t, store, nil, source), feedOver(t, store, nil, source)
		shop.put("1", time.Now(), "r1")
		time.Sleep(time.Minute)
		require.NoError(t, one.Once(t.Context(), first.handle))
		require.NoError(t, two.Once(t.Context(), second.handle))
		require.Equal(t, []string{"a/1@r1"}, first.take())
		require.Empty(t, second.take(), "it loaded what the other had saved")

		shop.put("2", time.Now(), "r1")
		time.Sleep(time.Minute)
		err := one.Once(t.Context(), first.handle) // two has saved its pass since
		require.ErrorIs(t, err, order.ErrFeedConflict)
		require.ErrorContains(t, err, "follow a shop with one feed only")
		require.NoError(t, two.Once(t.Context(), second.handle))
		require.NoError(t, one.Once(t.Context(), first.handle), "it has loaded the state anew")
		require.Equal(t, []string{"a/2@r1"}, second.take())
		require.Equal(t, []string{"a/2@r1"}, slices.Compact(first.take()))
		require.Empty(t, once(t, store, &inbox{}, source))
	})
}

// TestFeedSleepsAnHourAtMost: whatever the mall asks for. The event says how long.
func TestFeedSleepsAnHourAtMost(t *testing.T) {
	for _, asked := range []time.Duration{2 * time.Hour, 1<<63 - 1, -time.Hour} {
		synctest.Test(t, func(t *testing.T) {
			shop, in := newLedger("a"), &inbox{}
			shop.put("1", time.Now(), "r1")
			shop.fail(&order.Error{Class: order.ErrRateLimited, RetryAfter: asked})
			var next []time.Duration
			feed := feedOver(t, order.NewMemoryFeedStore(), func(e order.FeedEvent) {
				if e.Kind == order.FeedFailed {
					next = append(next, e.Next)
				}
			}, order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
			ctx, stop := context.WithCancel(t.Context())
			ended := make(chan error, 1)
			go func() { ended <- feed.Run(ctx, in.handle) }()
			time.Sleep(time.Second)
			shop.fail(nil)
			time.Sleep(time.Hour)
			synctest.Wait()
			require.Equal(t, []string{"a/1@r1"}, in.take())
			require.Len(t, next, 1)
			require.LessOrEqual(t, next[0], time.Hour)
			require.GreaterOrEqual(t, next[0], time.Minute)
			stop()
			require.ErrorIs(t, <-ended, context.Canceled)
		})
	}
}

// troubled is a feed with orders 1 to 5 in trouble, and what the next pass asks for.
func troubled(t *testing.T) (shop *ledger, pass func() (asked [][]string, got []string, unread []string, err error)) {
	shop = newLedger("a")
	for i := range 5 {
		id := fmt.Sprint(1 + i)
		shop.put(id, time.Now(), "r1")
		shop.broken[id] = &order.Error{Class: order.ErrUndecodable, Order: id}
	}
	time.Sleep(time.Second)
	var events []string
	in := &inbox{}
	feed := feedOver(t, order.NewMemoryFeedStore(), func(e order.FeedEvent) {
		if e.Kind == order.FeedUnread {
			events = append(events, e.Order)
		}
	}, order.FeedSource{Source: shop, From: time.Now().Add(-time.Hour)})
	require.NoError(t, feed.Once(t.Context(), in.handle))
	require.Len(t, events, 5)
	return shop, func() (asked [][]string, got []string, unread []string, err error) {
		shop.spans, events = nil, nil
		err = feed.Once(t.Context(), in.handle)
		for _, q := range shop.spans {
			if len(q.IDs) > 0 {
				asked = append(asked, slices.Sorted(slices.Values(q.IDs)))
			}
		}
		slices.Sort(events)
		return asked, in.take(), events, err
	}
}

func gave(ids ...string) (got []string) {
	for _, id := range ids {
		got = append(got, "a/"+id+"@r1")
	}
	return got
}

// TestFeedReadsWhatFailedByNumber: together while the mall answers so, else one by one.
func TestFeedReadsWhatFailedByNumber(t *testing.T) {
	all := []string{"1", "2", "3", "4", "5"}
	invalid := &order.Error{Class: order.ErrInvalid, Message: "one of the numbers"}
	for name, c := range map[string]struct {
		prepare func(*ledger)
		calls   int // queries by number; the first is for all
		got     []string
		unread  int
		err     error
	}{
		"all are well again":   {func(l *ledger) { clear(l.broken) }, 1, gave(all...), 0, nil},
		"one is still unread":  {func(l *ledger) { keep(l, "3") }, 1, gave("1", "2", "4", "5"), 1, nil},
		"one spoils the batch": {func(l *ledger) { clear(l.broken); l.spoiler = "3" }, 6, gave("1", "2", "4", "5"), 1, nil},
		"none can be read so":  {func(l *ledger) { clear(l.broken); l.byNumber = invalid }, 4, nil, 3, nil},
		"the mall slows down":  {func(l *ledger) { l.byNumber = &order.Error{Class: order.ErrRateLimited} }, 1, nil, 0, order.ErrRateLimited},
		"the mall is closed":   {func(l *ledger) { l.byNumber = &order.Error{Class: order.ErrMaintenance} }, 1, nil, 0, order.ErrMaintenance},
		"the key died":         {func(l *ledger) { l.byNumber = &order.Error{Class: order.ErrUnauthorized} }, 1, nil, 0, order.ErrUnauthorized},
		"closed at the second": {func(l *ledger) {
			clear(l.broken)
			l.numbers = []error{invalid, nil, &order.Error{Class: order.ErrMaintenance}}
		}, 3, nil, 0, order.ErrMaintenance},
		"some came, then broke": {func(l *ledger) { clear(l.broken); l.breaksAfter = 2 }, 4, gave(all...), 0, nil},
		"some came, then slow": {func(l *ledger) {
			clear(l.broken)
			l.breaksAfter, l.breaksWith = 2, &order.Error{Class: order.ErrRateLimited}
		}, 1, nil, 0, order.ErrRateLimited},
		"trouble ends by one": {func(l *ledger) {
			clear(l.broken)
			l.numbers = []error{invalid, invalid, invalid, nil, invalid, invalid}
		}, 6, nil, 4, nil},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				shop, pass := troubled(t)
				c.prepare(shop)
				asked, got, unread, err := pass()
				require.Len(t, asked, c.calls)
				require.Equal(t, all, asked[0], "all at once first")
				for _, ids := range asked[1:] {
					require.Len(t, ids, 1)
				}
				if c.got != nil {
					require.Equal(t, c.got, got)
				}
				require.Len(t, unread, c.unread)
				if c.err != nil {
					require.ErrorIs(t, err, c.err)
				} else {
					require.NoError(t, err)
				}
				clear(shop.broken)
				shop.byNumber, shop.spoiler, shop.numbers, shop.breaksAfter = nil, "", nil, 0
				_, rest, _, err := pass()
				require.NoError(t, err)
				require.Equal(t, gave(all...), slices.Sorted(slices.Values(append(got, rest...))),
					"each once in the end")
				asked, rest, _, err = pass()
				require.NoError(t, err)
				require.Empty(t, asked, "no trouble is left")
				require.Empty(t, rest)
			})
		})
	}
}

func keep(l *ledger, id string) {
	for other := range l.broken {
		if other != id {
			delete(l.broken, other)
		}
	}
}
