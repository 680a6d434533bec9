package credential_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// malls plays four shops' malls for a year: it knows when each credential really ends, by a
// calculation of its own.
type malls struct {
	mu      sync.Mutex
	records []credential.Record
}

func newMalls(start time.Time) *malls {
	m := &malls{}
	for _, c := range []struct {
		mall order.Mall
		shop string
		kind credential.Kind
	}{
		{order.Rakuten, "demo-rakuten", credential.KindServiceSecret}, {order.Rakuten, "demo-rakuten", credential.KindLicenseKey},
		{order.Yahoo, "demo-yahoo", credential.KindOrderSession}, {order.Yahoo, "demo-yahoo", credential.KindRefreshToken},
		{order.Yahoo, "demo-yahoo", credential.KindPublicKey}, {order.Yahoo, "demo-yahoo", credential.KindAccessToken},
		{order.Amazon, "A0DEMOSELLER00", credential.KindAuthorization}, {order.Amazon, "A0DEMOSELLER00", credential.KindRefreshToken},
		{order.Amazon, "A0DEMOSELLER00", credential.KindClientSecret}, {order.Amazon, "A0DEMOSELLER00", credential.KindMarketplaceID},
		{order.AuPay, "10000001", credential.KindAPIKey},
	} {
		// Each was made at another time of the weeks before.
		at := start.Add(-time.Duration(len(m.records)) * 37 * time.Hour)
		m.records = append(m.records, credential.Record{Mall: c.mall, Shop: c.shop, Kind: c.kind, Start: at})
	}
	return m
}

// ends is the truth; the zero time is never.
func (m *malls) ends(r credential.Record) time.Time {
	switch r.Mall + "/" + order.Mall(r.Kind) {
	case "rakuten/license-key":
		return order.DateOf(r.Start).AddDays(91).Time().Add(-time.Second)
	case "yahoo/order-session":
		for _, other := range m.records {
			if other.Kind == credential.KindPublicKey && !time.Now().Before(m.ends(other)) {
				return r.Start.Add(12 * time.Hour)
			}
		}
		return r.Start.Add(28 * 24 * time.Hour)
	case "yahoo/refresh-token":
		return r.Start.Add(28 * 24 * time.Hour)
	case "yahoo/public-key", "amazon/authorization", "amazon/refresh-token":
		return r.Start.Add(365 * 24 * time.Hour)
	case "amazon/client-secret":
		return r.Start.Add(180 * 24 * time.Hour)
	case "aupay/api-key":
		return r.Start.Add(90 * 24 * time.Hour)
	}
	return time.Time{}
}

func (m *malls) Current(context.Context) ([]credential.Record, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]credential.Record(nil), m.records...), nil
}

// Probe answers what the malls' APIs do: Rakuten an end, Yahoo! whether it accepts the signature,
// the others nothing.
func (m *malls) Probe(_ context.Context, r credential.Record) (credential.Observation, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	seen := credential.Observation{At: time.Now()}
	switch r.Kind {
	case credential.KindLicenseKey:
		seen.End = m.ends(r)
	case credential.KindOrderSession:
		seen.Extended = credential.Holds
		if m.ends(r).Sub(r.Start) < 24*time.Hour {
			seen.Extended = credential.Fails
		}
	default:
		return seen, credential.ErrCannotAsk
	}
	return seen, nil
}

// renew makes a new one of each credential in due.
func (m *malls) renew(due map[string]bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := range m.records {
		if due[m.records[i].ID()] {
			m.records[i].Start = time.Now()
			delete(due, m.records[i].ID())
		}
	}
}

// pause is until the next pass: three hours, and one hour where something ends soon, to catch the
// shortest warning step.
func (m *malls) pause() time.Duration {
	for _, r := range m.records {
		if left := time.Until(m.ends(r)); left > 0 && left <= 4*time.Hour {
			return time.Hour
		}
	}
	return 3 * time.Hour
}

// year runs a monitor all year, starting a new one every ten days, and gives every notice.
func year(t *testing.T, m *malls, each func(told []credential.Notice)) []credential.Notice {
	var mu sync.Mutex
	var notices, fresh []credential.Notice
	store := new(credential.Memory)
	var monitor *credential.Monitor
	begin := time.Now()
	restarted := begin
	for time.Since(begin) < 365*24*time.Hour {
		if monitor == nil || time.Since(restarted) >= 10*24*time.Hour {
			restarted = time.Now()
			var err error
			monitor, err = credential.NewMonitor(credential.MonitorConfig{
				Records: m, Prober: m, Store: store, Concurrency: 2,
				Notifier: credential.NotifierFunc(func(_ context.Context, n credential.Notice) error {
					mu.Lock()
					defer mu.Unlock()
					fresh = append(fresh, n)
					return nil
				}),
			})
			require.NoError(t, err)
		}
		if _, err := monitor.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		notices = append(notices, fresh...)
		each(fresh)
		fresh = nil
		time.Sleep(m.pause())
	}
	keys := map[string]bool{}
	for _, n := range notices {
		require.False(t, keys[n.Key], "repeated: %s", n.Key)
		keys[n.Key] = true
		require.NotEqual(t, credential.EventUnknown, n.Event, n.Key)
		require.NotContains(t, []credential.Kind{credential.KindServiceSecret, credential.KindMarketplaceID,
			credential.KindAccessToken}, n.Kind)
	}
	return notices
}

func TestAYearOfRenewals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMalls(time.Now())
		due := map[string]bool{}
		steps := map[string]int{}
		notices := year(t, m, func(told []credential.Notice) {
			for _, n := range told {
				require.Equal(t, credential.EventExpiring, n.Event, "%s: it was not to end", n.Key)
				id := credential.Record{Mall: n.Mall, Shop: n.Shop, Kind: n.Kind}.ID()
				due[id] = true
				steps[fmt.Sprint(id, n.End, n.Step)]++
			}
			// people read their mail in the morning
			if hour := time.Now().In(order.JST).Hour(); hour >= 9 && hour < 12 {
				m.renew(due)
			}
			for _, r := range m.records {
				if end := m.ends(r); !end.IsZero() && r.Kind != credential.KindAccessToken {
					if !time.Now().Before(end) {
						t.Fatalf("%s died", r.ID())
					}
				}
			}
		})
		for step, times := range steps {
			require.Equal(t, 1, times, step)
		}
		// Yahoo!'s two renew every three weeks, Rakuten's and au's about every 11 weeks, Amazon's
		// secret every four months.
		require.Greater(t, len(notices), 40)
	})
}

func TestAYearWithoutRenewals(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMalls(time.Now())
		warned := map[string]int{}
		days := map[string]map[string]bool{}
		start := time.Now()
		ends := map[string]time.Time{}
		for _, r := range m.records {
			ends[r.ID()] = m.ends(r)
		}
		year(t, m, func(told []credential.Notice) {
			for _, n := range told {
				r := credential.Record{Mall: n.Mall, Shop: n.Shop, Kind: n.Kind}
				for _, known := range m.records {
					if known.ID() == r.ID() {
						r = known
					}
				}
				end := m.ends(r)
				switch n.Event {
				case credential.EventExpiring:
					require.True(t, time.Now().Before(end), "%s came too late", n.Key)
					warned[r.ID()]++
				case credential.EventExpired:
					require.False(t, time.Now().Before(end), "%s came too early", n.Key)
					require.Positive(t, warned[r.ID()], "%s was not announced", r.ID())
					if days[r.ID()] == nil {
						days[r.ID()] = map[string]bool{}
					}
					days[r.ID()][order.DateOf(n.At).String()] = true
				}
			}
		})
		last := order.DateOf(start.Add((365*24 - 3) * time.Hour)) // the day of the last pass
		for _, r := range m.records {
			end := ends[r.ID()]
			if end.IsZero() || r.Kind == credential.KindAccessToken {
				continue
			}
			require.Len(t, rule(t, r.Mall, r.Kind).Warn, warned[r.ID()], "%s: every step is told", r.ID())
			// the first pass after the end
			seen := order.DateOf(start.Add((end.Sub(start) + time.Hour - 1).Truncate(time.Hour)))
			require.Len(t, days[r.ID()], int(last.Time().Sub(seen.Time())/(24*time.Hour))+1, "%s: once on each day",
				r.ID())
		}
	})
}
