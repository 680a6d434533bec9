package yeartest_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// The monitor looks every second morning, which is enough for all warning steps of these keys but
// the last: package credential has a year of hourly passes.
const (
	mornings = 188 // a year, and what is announced in its last days
	step     = 48 * time.Hour
)

// watch is a monitor on all four shops, and the notices it gives.
type watch struct {
	monitor *credential.Monitor
	mu      sync.Mutex
	fresh   []credential.Notice
	seen    map[string]bool
}

func newWatch(t *testing.T, s *shops) *watch {
	w := &watch{seen: map[string]bool{}}
	var probers credential.Probers
	for _, c := range s.clients {
		probers = append(probers, c)
	}
	var err error
	w.monitor, err = credential.NewMonitor(credential.MonitorConfig{
		Records: credential.StoredRecords(s.store), Store: s.store, Prober: probers, Concurrency: 2,
		Notifier: credential.NotifierFunc(func(_ context.Context, n credential.Notice) error {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.fresh = append(w.fresh, n)
			return nil
		}),
	})
	require.NoError(t, err)
	return w
}

// pass is one run of the monitor; no notice comes twice.
func (w *watch) pass(t *testing.T) (credential.Report, []credential.Notice) {
	report, err := w.monitor.Run(t.Context())
	require.NoError(t, err)
	told := w.fresh
	w.fresh = nil
	for _, n := range told {
		require.False(t, w.seen[n.Key], "repeated: %s", n.Key)
		w.seen[n.Key] = true
	}
	return report, told
}

// All renewals are done in the morning after they are announced. Where Rakuten's old key survives,
// not one call fails for a credential; where it dies at once, calls in the minutes until the new
// one is accepted fail as temporary. No order is lost.
func TestAYearOfRenewals(t *testing.T) {
	for name, oldKeyDies := range map[string]bool{"the old key survives": false, "the old key dies": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // it is 09:00 in Japan when the bubble begins
				s := openShops(t, oldKeyDies)
				defer s.close()
				w := newWatch(t, s)
				var feedFailures []order.FeedEvent
				stop := s.follow(t, func(e order.FeedEvent) { feedFailures = append(feedFailures, e) })

				begin, due := time.Now(), map[credential.Kind]bool{}
				renewals := map[credential.Kind]int{}
				var failures []error
				for morning := range mornings {
					s.order()
					report, told := w.pass(t)
					for _, n := range told {
						require.Equal(t, credential.EventExpiring, n.Event, "morning %d: %s", morning,
							n.Text(credential.English))
						due[n.Kind] = true
					}
					for _, a := range report.Assessments {
						require.NoError(t, a.ProbeErr, "morning %d", morning)
					}
					for kind := range due {
						s.renew(kind)
						renewals[kind]++
					}
					failures = append(failures, s.hour(len(due) > 0)...)
					clear(due)
					time.Sleep(time.Until(begin.Add(time.Duration(morning+1) * step)))
				}
				time.Sleep(2 * step)
				stop()

				// Both of Yahoo!'s are told and renewed together, so they count alike.
				require.Len(t, renewals, 7)
				require.Greater(t, renewals[credential.KindOrderSession], 15, "every three weeks")
				require.GreaterOrEqual(t, renewals[credential.KindLicenseKey], 4)
				require.GreaterOrEqual(t, renewals[credential.KindAPIKey], 4)
				require.GreaterOrEqual(t, renewals[credential.KindClientSecret], 2)
				if !oldKeyDies {
					require.Empty(t, failures)
					require.Empty(t, feedFailures)
				}
				for _, err := range failures {
					require.ErrorIs(t, err, order.ErrTemporary)
					require.ErrorContains(t, err, "not accepted yet")
				}
				require.Equal(t, oldKeyDies, len(failures) > 0)
				for _, e := range feedFailures {
					require.ErrorIs(t, e.Err, order.ErrTemporary)
				}
				for mall, orders := range s.placed {
					require.Greater(t, len(orders), mornings)
					for id, brought := range orders {
						require.True(t, brought, "%s order %s is lost", mall, id)
					}
				}
			})
		})
	}
}

// hour lets the hour after nine pass. After a renewal, calls are made and orders placed all the
// time; the failures are given.
func (s *shops) hour(busy bool) (failures []error) {
	for range 12 {
		if !busy {
			break
		}
		for _, c := range s.clients {
			if err := c.Check(s.t.Context()); err != nil {
				failures = append(failures, err)
			}
		}
		time.Sleep(5 * time.Minute)
	}
	if busy {
		s.order()
	}
	return failures
}

// follow runs a feed over the four shops until stop is called.
func (s *shops) follow(t *testing.T, failed func(order.FeedEvent)) (stop func()) {
	var sources []order.FeedSource
	for _, c := range s.clients {
		sources = append(sources, order.FeedSource{Source: c, From: time.Now().Add(-time.Minute),
			Every: step + 7*time.Minute, Window: 3 * step})
	}
	feed, err := order.NewFeed(order.FeedConfig{Sources: sources, Store: order.NewMemoryFeedStore(),
		Notify: func(_ context.Context, e order.FeedEvent) {
			if e.Err != nil {
				s.mu.Lock()
				defer s.mu.Unlock()
				failed(e)
			}
		}})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() { done <- feed.Run(ctx, s.got) }()
	return func() {
		cancel()
		require.ErrorIs(t, <-done, context.Canceled)
	}
}

// Nobody renews anything: every expiry was announced before it happened, and calls fail only
// afterwards.
func TestAYearWithoutRenewals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openShops(t, false)
		defer s.close()
		w := newWatch(t, s)
		announced := map[order.Mall]time.Time{} // the earliest end that was announced
		warned, over := map[credential.Kind]bool{}, map[credential.Kind]bool{}
		dead := map[order.Mall]time.Time{}
		for range mornings {
			_, told := w.pass(t)
			for _, n := range told {
				switch n.Event {
				case credential.EventExpiring:
					require.True(t, time.Now().Before(n.End))
					warned[n.Kind] = true
					if end, ok := announced[n.Mall]; !ok || n.End.Before(end) {
						announced[n.Mall] = n.End
					}
				case credential.EventExpired:
					require.True(t, warned[n.Kind], "%s was not announced", n.Key)
					over[n.Kind] = true
				default:
					require.Fail(t, "could not find out", n.Text(credential.English))
				}
			}
			for _, c := range s.clients {
				err := c.Check(t.Context())
				if err == nil {
					require.Zero(t, dead[c.Mall()], "%s lives again", c.Mall())
					continue
				}
				if _, ok := dead[c.Mall()]; !ok {
					dead[c.Mall()] = time.Now()
					end, ok := announced[c.Mall()]
					require.True(t, ok, "%s died unannounced: %v", c.Mall(), err)
					require.False(t, time.Now().Before(end.Truncate(time.Minute)),
						"%s died before the announced end: %v", c.Mall(), err)
					require.WithinDuration(t, end, time.Now(), step+time.Hour, c.Mall())
				}
			}
			time.Sleep(step)
		}
		require.Len(t, dead, 4)
		require.Len(t, over, 7, "all but what never ends: %v", over)
	})
}
