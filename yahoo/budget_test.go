package yahoo_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// Two clients of one application share its second and its day.
func TestBudgetIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1, Quotas: true})
		defer mall.Close()
		cfg := configOf(mall)
		cfg.Limiter, cfg.Budget = nil, &yahoo.Budget{}
		one, err := yahoo.New(cfg)
		require.NoError(t, err)
		two, err := yahoo.New(cfg)
		require.NoError(t, err)
		start := time.Now()
		var wg sync.WaitGroup
		for _, c := range []*yahoo.Client{one, two} {
			wg.Go(func() {
				for range 5 {
					if err := c.Check(t.Context()); err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		require.Equal(t, 9*time.Second, time.Since(start))
		require.Equal(t, 10, cfg.Budget.State().Used)
		require.Same(t, cfg.Budget, one.Budget())
	})
}

func TestBudgetKeepsRoomForWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		cfg := configOf(mall)
		cfg.Limiter, cfg.Budget = nil, &yahoo.Budget{PerDay: 7, Reserve: 4}
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		id := ordinary(mall)
		for range 3 {
			require.NoError(t, c.Check(t.Context()))
		}
		err = c.Check(t.Context())
		require.ErrorIs(t, err, order.ErrLocalLimit)
		require.ErrorContains(t, err, "kept for writes")
		require.Equal(t, 3, mall.Count("orderList"), "it is not sent")
		state := c.Budget().State()
		require.Equal(t, 4, state.Left)
		require.Zero(t, state.Reads)
		for range 2 { // each is read back, which counts as a part of the write
			_, err = c.Annotate(t.Context(), []order.Annotation{{Order: id, Memo: "x"}}, order.WriteOptions{})
			require.NoError(t, err)
		}
		_, err = c.Annotate(t.Context(), []order.Annotation{{Order: id, Memo: "x"}}, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrLocalLimit)

		time.Sleep(time.Until(state.Renewed))
		require.NoError(t, c.Check(t.Context()), "a new day in Japan")
		require.Equal(t, 1, c.Budget().State().Used)
	})
}

// Reads that wait for the day's calls take them in turn: a short one beside a long one waits for
// two places at most.
func TestBudgetIsTakenInTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		defer mall.Close()
		cfg := configOf(mall)
		cfg.Limiter, cfg.Budget = nil, &yahoo.Budget{PerDay: 1_000, Reserve: -1}
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		ctx, stop := context.WithCancel(t.Context())
		var long sync.WaitGroup
		long.Go(func() {
			for ctx.Err() == nil {
				_ = c.Check(ctx)
			}
		})
		time.Sleep(3 * time.Hour) // the hundred calls that reads may run ahead of the day are made
		const place = 24 * time.Hour / 900
		for range 20 {
			began := time.Now()
			require.NoError(t, c.Check(t.Context()))
			require.LessOrEqual(t, time.Since(began), 2*place+time.Second)
			time.Sleep(time.Minute)
		}
		used := cfg.Budget.State().Used
		cancelled, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, c.Check(cancelled), context.DeadlineExceeded)
		require.LessOrEqual(t, cfg.Budget.State().Used, used+1, "a call that was not made is not counted")
		stop()
		long.Wait()
	})
}

// A month of polling: every order is met, in each of its states that a poll could see, and the
// daily budget holds.
func TestMonthOfPolling(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1, Quotas: true, PageLimit: 25})
		defer mall.Close()
		cfg := configOf(mall)
		cfg.Limiter, cfg.Budget = nil, &yahoo.Budget{Reserve: 5000}
		c, err := yahoo.New(cfg)
		require.NoError(t, err)

		revisions := make(map[string]map[string]bool) // by order
		last := make(map[string]order.Order)
		poll := func() {
			q := order.Query{From: time.Now().AddDate(0, 0, -3),
				Known: func(r order.Ref) bool { return revisions[r.ID][r.Revision] }}
			for o, err := range c.Orders(t.Context(), q) {
				require.NoError(t, err)
				if revisions[o.ID] == nil {
					revisions[o.ID] = make(map[string]bool)
				}
				revisions[o.ID][o.Revision] = true
				last[o.ID] = o
			}
		}
		placed, spent := 0, 0
		for round := range 27 * 3 { // the consent ends after four weeks
			for range round % 8 {
				o := yahootest.Order{Fields: map[string]string{"PayStatus": "1", "PayMethod": "payment_a1",
					"ShipStatus": "1"}}
				if placed%9 == 0 { // one in nine shows up late, after the fraud check
					o.Fields["FraudHoldStatus"] = "2"
					o.Fields["PublicationTime"] = time.Now().Add(5 * time.Hour).In(order.JST).Format(time.RFC3339)
				}
				mall.AddOrder(o)
				placed++
			}
			poll()
			if ids := mall.Numbers(); round%3 == 2 && len(ids) > 10 { // orders change days later
				edit(mall, ids[len(ids)-10], map[string]string{"ShipStatus": "3"})
			}
			if used := c.Budget().State().Used; used > spent {
				spent = used
			}
			time.Sleep(8 * time.Hour)
		}
		time.Sleep(5 * time.Hour)
		poll()
		require.Len(t, last, placed, "no order is missed")
		require.Less(t, spent, yahoo.CallsPerDay-5000)
		for _, id := range mall.Numbers()[max(0, placed-60):] {
			o, _ := mall.Order(id)
			w, _ := yahoo.Raw(last[id])
			require.Equal(t, o.Fields["ShipStatus"], string(w.Ship.ShipStatus), "its last state was met")
			require.False(t, w.IsReadOnly, "and the end of the buyer's ten minutes")
		}
		for _, call := range mall.Calls("") {
			require.Equal(t, 200, call.Status)
		}
	})
}
