package credential_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// inbox is a Notifier that keeps what it is told.
type inbox struct {
	mu   sync.Mutex
	got  []credential.Notice
	fail error
}

func (b *inbox) Notify(_ context.Context, n credential.Notice) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fail != nil {
		return b.fail
	}
	b.got = append(b.got, n)
	return nil
}

// events empties the inbox: "event kind", in order.
func (b *inbox) events() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	var all []string
	for _, n := range b.got {
		all = append(all, string(n.Event)+" "+string(n.Kind))
	}
	b.got = nil
	return all
}

func monitor(t *testing.T, cfg credential.MonitorConfig) *credential.Monitor {
	t.Helper()
	if cfg.Store == nil {
		cfg.Store = new(credential.Memory)
	}
	m, err := credential.NewMonitor(cfg)
	require.NoError(t, err)
	return m
}

func aupayKey(start time.Time) credential.Record {
	return credential.Record{Mall: order.AuPay, Shop: "10000001", Kind: credential.KindAPIKey, Start: start}
}

func TestNewMonitorRefuses(t *testing.T) {
	good := credential.MonitorConfig{Records: credential.Static[[]credential.Record](nil), Notifier: new(inbox),
		Store: new(credential.Memory)}
	for want, edit := range map[string]func(*credential.MonitorConfig){
		"Records":          func(c *credential.MonitorConfig) { c.Records = nil },
		"Notifier":         func(c *credential.MonitorConfig) { c.Notifier = nil },
		"Store":            func(c *credential.MonitorConfig) { c.Store = nil },
		"must not be nega": func(c *credential.MonitorConfig) { c.Concurrency = -1 },
		"ProbeTimeout":     func(c *credential.MonitorConfig) { c.ProbeTimeout = -1 },
		"NotifyTimeout":    func(c *credential.MonitorConfig) { c.NotifyTimeout = -1 },
	} {
		cfg := good
		edit(&cfg)
		_, err := credential.NewMonitor(cfg)
		require.ErrorContains(t, err, want)
	}
	_, err := new(credential.Monitor).Run(t.Context())
	require.ErrorContains(t, err, "NewMonitor")
	key := aupayKey(time.Now())
	for want, records := range map[string][]credential.Record{"twice": {key, key},
		"Shop is empty": {{Mall: order.AuPay, Kind: credential.KindAPIKey}}} {
		good.Records = credential.Static(records)
		_, err = monitor(t, good).Run(t.Context())
		require.ErrorContains(t, err, want)
	}
	failure := errors.New("vault is sealed")
	good.Records = credential.SourceFunc[[]credential.Record](
		func(context.Context) ([]credential.Record, error) { return nil, failure })
	_, err = monitor(t, good).Run(t.Context())
	require.ErrorIs(t, err, failure)
	require.Error(t, monitor(t, good).Watch(t.Context(), 0, nil))
}

func TestCouldNotFindOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		key := credential.Record{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindLicenseKey,
			Start: time.Now()}
		blind := credential.Record{Mall: "qoo10", Shop: "demo", Kind: "qapi-key"}
		var answer error = order.ErrForbidden
		box := new(inbox)
		m := monitor(t, credential.MonitorConfig{
			Records: credential.Static([]credential.Record{key, blind}), Notifier: box,
			Prober: credential.ByShop{{Mall: order.Rakuten,
				Shop: "demo-shop"}: credential.ProberFunc(
				func(context.Context, credential.Record) (credential.Observation, error) {
					return credential.Observation{}, answer
				})},
		})
		hours := func(n int) (all []string) {
			for range n {
				report, err := m.Run(t.Context())
				require.NoError(t, err)
				require.Equal(t, credential.Unknown, report.Worst(), "a kind without a rule is never reported as valid")
				require.Equal(t, credential.Valid, report.Assessments[0].Expiry.State, "the computed end still stands")
				for _, e := range box.events() {
					all = append(all, time.Now().In(order.JST).Format("02 15h ")+e)
				}
				time.Sleep(time.Hour)
			}
			return all
		}
		// The bubble begins at 09:00 JST on the 1st.
		require.ElementsMatch(t, []string{
			"01 09h unknown license-key", "01 09h unknown qapi-key", "02 00h unknown license-key",
			"02 00h unknown qapi-key",
			"03 00h unknown license-key", "03 00h unknown qapi-key",
		}, hours(48))
		answer = nil // it answers, but says nothing
		require.ElementsMatch(t, []string{"04 00h unknown license-key", "04 00h unknown qapi-key"}, hours(24))
		answer = credential.ErrCannotAsk
		require.ElementsMatch(t, []string{"05 00h unknown qapi-key"}, hours(24), "nothing to ask is no failure")
	})
}

func TestAnAnswerOutlivesSilence(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		told := time.Now().Add(20 * 24 * time.Hour)
		key := credential.Record{Mall: order.Rakuten, Shop: "demo-shop", Kind: credential.KindLicenseKey,
			Start: time.Now()}
		answer := func() (credential.Observation, error) {
			return credential.Observation{At: time.Now(), End: told}, nil
		}
		box, store := new(inbox), new(credential.Memory)
		cfg := credential.MonitorConfig{
			Records: credential.SourceFunc[[]credential.Record](func(context.Context) ([]credential.Record, error) {
				return []credential.Record{key}, nil
			}),
			Notifier: box, Store: store,
			Prober: credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation,
				error) {
				return answer()
			}),
		}
		run := func() credential.Expiry {
			time.Sleep(time.Minute)
			report, err := monitor(t, cfg).Run(t.Context())
			require.NoError(t, err)
			return report.Assessments[0].Expiry
		}
		require.WithinDuration(t, told, run().End, 0)
		answer = func() (credential.Observation, error) { return credential.Observation{}, order.ErrMaintenance }
		x := run() // by another monitor, which knows it from the store
		require.Equal(t, credential.BasisObserved, x.Basis)
		require.WithinDuration(t, told, x.End, 0)
		key.Start = time.Now() // a new key: what was said of the old one is void
		require.Equal(t, credential.BasisComputed, run().Basis)

		box.events()
		key.Start = time.Now().Add(-time.Hour)
		answer = func() (credential.Observation, error) {
			return credential.Observation{}, &order.Error{Class: order.ErrCredentialExpired, Mall: order.Rakuten}
		}
		require.Equal(t, credential.Expired, run().State, "that it is over is an answer, not a failure to ask")
		require.Equal(t, []string{"expired license-key"}, box.events())
		answer = func() (credential.Observation, error) {
			return credential.Observation{At: time.Now(), State: credential.Valid}, nil
		}
		require.Equal(t, credential.Valid, run().State, "and may be taken back")
	})
}

func TestTheLongerLifeOutlivesAConsent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		session := credential.Record{Mall: order.Yahoo, Shop: "demo-store", Kind: credential.KindOrderSession,
			Start: time.Now()}
		answer := credential.Observation{Extended: credential.Holds, Words: "authorized"}
		var failure error
		m := monitor(t, credential.MonitorConfig{
			Notifier: new(inbox),
			Records: credential.SourceFunc[[]credential.Record](func(context.Context) ([]credential.Record, error) {
				return []credential.Record{session}, nil
			}),
			Prober: credential.ProberFunc(func(context.Context, credential.Record) (credential.Observation,
				error) {
				return answer, failure
			}),
		})
		life := func() time.Duration {
			time.Sleep(time.Hour)
			report, err := m.Run(t.Context())
			require.NoError(t, err)
			return report.Assessments[0].Expiry.End.Sub(session.Start)
		}
		require.Equal(t, 28*24*time.Hour, life())
		time.Sleep(time.Minute)
		session.Start, failure = time.Now(), order.ErrMaintenance
		require.Equal(t, 28*24*time.Hour, life(), "the signature was accepted when it was seen last")
		failure, answer = nil, credential.Observation{Extended: credential.Fails, Words: "expired-key-version"}
		require.Equal(t, 12*time.Hour, life())
		answer = credential.Observation{State: credential.Valid}
		require.Equal(t, 12*time.Hour, life(), "an answer that leaves it open changes nothing")
	})
}

func TestAStepIsToldOncePerEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const d = 24 * time.Hour
		end := time.Now().Add(9 * d)
		box := new(inbox)
		m := monitor(t, credential.MonitorConfig{
			Records: credential.SourceFunc[[]credential.Record](func(context.Context) ([]credential.Record, error) {
				r := aupayKey(time.Time{})
				r.Observed.End = end
				return []credential.Record{r}, nil
			}),
			Notifier: box,
		})
		run := func() []string {
			_, err := m.Run(t.Context())
			require.NoError(t, err)
			return box.events()
		}
		require.Len(t, run(), 1)
		require.Empty(t, run())
		end = end.Add(6 * time.Hour)
		require.Empty(t, run(), "the same end, better known")
		time.Sleep(5 * d)
		require.Len(t, run(), 1, "the next step")
		end = end.Add(90 * d)
		require.Empty(t, run(), "renewed")
		time.Sleep(90 * d)
		require.Len(t, run(), 1, "the same step of the next one")
		end = end.Add(5 * d)
		time.Sleep(5 * d)
		require.Len(t, run(), 1, "an end that is later by as much as the step is another end")
	})
}

func TestWhatCouldNotBeToldIsToldLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := &inbox{fail: errors.New("chat is down")}
		m := monitor(t, credential.MonitorConfig{
			Records:  credential.Static([]credential.Record{aupayKey(time.Now().Add(-88 * 24 * time.Hour))}),
			Notifier: box,
		})
		report, err := m.Run(t.Context())
		require.ErrorIs(t, err, box.fail)
		require.Empty(t, report.Notices)
		box.fail = nil
		report, err = m.Run(t.Context())
		require.NoError(t, err)
		require.Len(t, report.Notices, 1)
		_, err = m.Run(t.Context())
		require.NoError(t, err)
		require.Len(t, box.events(), 1)
	})
}

// brokenStore fails to load, to save, or both.
type brokenStore struct {
	credential.Memory
	load, save error
}

func (s *brokenStore) Load(ctx context.Context, key string) (credential.Entry, error) {
	if s.load != nil {
		return credential.Entry{}, s.load
	}
	return s.Memory.Load(ctx, key)
}

func (s *brokenStore) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
	if s.save != nil {
		return "", s.save
	}
	return s.Memory.Save(ctx, key, value, version)
}

func TestABrokenMemoryKeepsNothingBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		broken := &brokenStore{load: errors.New("disk is gone"), save: errors.New("disk is full")}
		box := new(inbox)
		m := monitor(t, credential.MonitorConfig{
			Records:  credential.Static([]credential.Record{aupayKey(time.Now().Add(-88 * 24 * time.Hour))}),
			Notifier: box, Store: broken,
		})
		_, err := m.Run(t.Context())
		require.ErrorIs(t, err, broken.load)
		require.ErrorIs(t, err, broken.save)
		require.Len(t, box.events(), 1)
		broken.load = nil
		_, err = m.Run(t.Context())
		require.ErrorIs(t, err, broken.save)
		require.Empty(t, box.events(), "this process remembers")
		broken.save = nil
		_, err = m.Run(t.Context())
		require.NoError(t, err)
		_, err = monitor(t, credential.MonitorConfig{
			Records:  credential.Static([]credential.Record{aupayKey(time.Now().Add(-88 * 24 * time.Hour))}),
			Notifier: box, Store: broken,
		}).Run(t.Context())
		require.NoError(t, err)
		require.Empty(t, box.events(), "and has saved it at last")
	})
}

func TestTwoMonitorsShareAMemory(t *testing.T) {
	store, box := new(credential.Memory), new(inbox)
	at := time.Now().Add(-88 * 24 * time.Hour)
	one, two := aupayKey(at), aupayKey(at)
	two.Shop = "10000002"
	second := monitor(t, credential.MonitorConfig{Records: credential.Static([]credential.Record{two}), Notifier: box,
		Store: store})
	first := monitor(t, credential.MonitorConfig{
		Records: credential.Static([]credential.Record{one}), Store: store,
		Notifier: credential.NotifierFunc(func(ctx context.Context, n credential.Notice) error {
			_, err := second.Run(ctx) // another process saves between our loading and our saving
			return errors.Join(err, box.Notify(ctx, n))
		}),
	})
	_, err := first.Run(t.Context())
	require.NoError(t, err)
	require.Len(t, box.events(), 2)
	_, err = monitor(t, credential.MonitorConfig{Records: credential.Static([]credential.Record{one, two}),
		Notifier: box, Store: store}).Run(t.Context())
	require.NoError(t, err)
	require.Empty(t, box.events(), "neither overwrote the other")
}

func TestAThousandShopsInOnePass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var records []credential.Record
		for i := range 1000 {
			shop := fmt.Sprintf("demo-%04d", i)
			records = append(records,
				credential.Record{Mall: order.Rakuten, Shop: shop, Kind: credential.KindLicenseKey,
					Start: time.Now().Add(-time.Duration(i) * time.Hour)},
				credential.Record{Mall: order.Rakuten, Shop: shop, Kind: credential.KindServiceSecret},
				credential.Record{Mall: order.AuPay, Shop: shop, Kind: credential.KindAPIKey,
					Start: time.Now().Add(-85 * 24 * time.Hour)})
		}
		var asked, running, most atomic.Int64
		prober := credential.ProberFunc(func(ctx context.Context, r credential.Record) (credential.Observation, error) {
			most.Store(max(most.Load(), running.Add(1)))
			defer running.Add(-1)
			asked.Add(1)
			time.Sleep(300 * time.Millisecond)
			return credential.Observation{At: time.Now(), End: time.Now().Add(30 * 24 * time.Hour)}, nil
		})
		limiter := &pace{every: 100 * time.Millisecond}
		box := new(inbox)
		m := monitor(t, credential.MonitorConfig{
			Records: credential.Static(records), Notifier: box, Concurrency: 16,
			Prober: keysOnly{prober},
			Limiter: func(mall order.Mall) order.Limiter {
				require.Equal(t, order.Rakuten, mall)
				return limiter
			},
		})
		start := time.Now()
		report, err := m.Run(t.Context())
		require.NoError(t, err)
		require.Len(t, report.Assessments, 3000)
		require.Equal(t, credential.Expiring, report.Worst())
		require.EqualValues(t, 1000, asked.Load(), "each is asked about once, the others not at all")
		require.InDelta(t, 100, time.Since(start).Seconds(), 1, "as fast as the quota allows, no faster")
		require.LessOrEqual(t, most.Load(), int64(16))
		require.Greater(t, most.Load(), int64(1))
		require.Len(t, box.events(), 1000)
		for i, a := range report.Assessments {
			require.Equal(t, records[i].ID(), a.Record.ID(), "the report keeps the order of the records")
		}
	})
}

// pace is an order.Limiter that lets one call through in each interval.
type pace struct {
	mu    sync.Mutex
	every time.Duration
	next  time.Time
}

func (p *pace) Wait(ctx context.Context) error {
	p.mu.Lock()
	at := p.next
	if now := time.Now(); at.Before(now) {
		at = now
	}
	p.next = at.Add(p.every)
	p.mu.Unlock()
	select {
	case <-time.After(time.Until(at)):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// keysOnly can ask about Rakuten's licence keys alone.
type keysOnly struct{ credential.Prober }

func (keysOnly) Covers(r credential.Record) bool { return r.Kind == credential.KindLicenseKey }

func TestRunObeysItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		records := []credential.Record{aupayKey(time.Now().Add(-88 * 24 * time.Hour))}
		box := new(inbox)
		cfg := credential.MonitorConfig{
			Records: credential.Static(records), Notifier: box,
			Prober: credential.ProberFunc(func(ctx context.Context, _ credential.Record) (credential.Observation,
				error) {
				<-ctx.Done()
				return credential.Observation{}, ctx.Err()
			}),
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		start := time.Now()
		report, err := monitor(t, cfg).Run(ctx)
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Second, time.Since(start))
		require.Empty(t, report.Assessments)
		require.Empty(t, box.events(), "that we were stopped is not the mall's silence")

		report, err = monitor(t, cfg).Run(t.Context())
		require.NoError(t, err)
		require.Equal(t, 31*time.Second, time.Since(start), "a mall that does not answer costs ProbeTimeout")
		require.ErrorIs(t, report.Assessments[0].ProbeErr, context.DeadlineExceeded)
		require.Equal(t, []string{"expiring api-key", "unknown api-key"}, box.events())

		cfg.Notifier = credential.NotifierFunc(
			func(ctx context.Context, _ credential.Notice) error { <-ctx.Done(); return ctx.Err() })
		cfg.Prober, cfg.NotifyTimeout = nil, time.Minute
		start = time.Now()
		_, err = monitor(t, cfg).Run(t.Context())
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.Equal(t, time.Minute, time.Since(start))
	})
}

func TestWatch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		passes := 0
		failure := errors.New("vault is sealed")
		m := monitor(t, credential.MonitorConfig{
			Notifier: new(inbox),
			Records: credential.SourceFunc[[]credential.Record](func(context.Context) ([]credential.Record, error) {
				passes++
				return nil, failure
			}),
		})
		ctx, cancel := context.WithTimeout(t.Context(), 150*time.Minute)
		defer cancel()
		var failures []error
		require.ErrorIs(t, m.Watch(ctx, time.Hour, func(err error) { failures = append(failures, err) }),
			context.DeadlineExceeded)
		require.Equal(t, 3, passes)
		require.Len(t, failures, 3, "a failure is told and ends nothing")
		require.ErrorIs(t, failures[0], failure)

		ctx, cancel = context.WithTimeout(t.Context(), 150*time.Minute)
		defer cancel()
		require.ErrorIs(t, m.Watch(ctx, time.Hour, nil), context.DeadlineExceeded, "nobody wants to know")
		failure, failures = nil, nil
		ctx, cancel = context.WithTimeout(t.Context(), 150*time.Minute)
		defer cancel()
		require.ErrorIs(t, m.Watch(ctx, time.Hour, func(err error) { failures = append(failures, err) }),
			context.DeadlineExceeded)
		require.Equal(t, 9, passes)
		require.Empty(t, failures, "a pass without a failure is none")
	})
}

func TestNoticeIsCompleteAndPlain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := new(inbox)
		at := time.Now().Add(-360 * 24 * time.Hour)
		m := monitor(t, credential.MonitorConfig{Notifier: box, Records: credential.Static([]credential.Record{
			{Mall: order.Yahoo, Shop: "demo store", Kind: credential.KindPublicKey, Name: "2", Start: at, Note: "本店"},
			{Mall: order.Amazon, Shop: "A0DEMOSELLER00", Kind: credential.KindSelfAuthorization, Start: at},
		})})
		_, err := m.Run(t.Context())
		require.NoError(t, err)
		require.Len(t, box.got, 2)
		for _, n := range box.got {
			content, err := json.Marshal(n)
			require.NoError(t, err)
			var back map[string]any
			require.NoError(t, json.Unmarshal(content, &back))
			require.Equal(t, "expiring", back["state"])
			require.EqualValues(t, 5, back["days_left"])
			require.True(t, n.Human)
			ja, en := n.Text(credential.Japanese), n.Text(credential.English)
			require.Contains(t, ja, "あと5日")
			require.Contains(t, en, "ends in 5 days")
			require.Greater(t, strings.Count(en, "\n"), 5)
			if n.Mall == order.Amazon {
				require.Contains(t, en, "not sure")
				continue
			}
			require.Equal(t, "https://pro.store.yahoo.co.jp/pro.demo%20store", n.URL)
			require.Equal(t, "Yahoo! Shopping, shop demo store: public key 2 ends in 5 days (1999-12-27 09:00:00 JST)",
				strings.Replace(n.Title.EN, n.End.Format("2006-01-02"), "1999-12-27", 1))
			require.Contains(t, ja, "メモ: 本店")
			require.Contains(t, ja, "暗号鍵管理")
		}
	})
}
