package credential_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"path/filepath"
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

// countingStore counts saves and the largest value, and fails when told to.
type countingStore struct {
	credential.Memory
	failing atomic.Bool
	saves   atomic.Int64
	mu      sync.Mutex
	largest int
	keys    map[string]bool
}

func (s *countingStore) Save(ctx context.Context, key string, value []byte, version string) (string, error) {
	s.saves.Add(1)
	if s.failing.Load() {
		return "", errors.New("disk is full")
	}
	s.mu.Lock()
	if s.keys == nil {
		s.keys = make(map[string]bool)
	}
	s.largest, s.keys[key] = max(s.largest, len(value)), value != nil
	s.mu.Unlock()
	return s.Memory.Save(ctx, key, value, version)
}

// ending are n keys that end tomorrow.
func ending(n int) []credential.Record {
	all := make([]credential.Record, n)
	for i := range all {
		all[i] = credential.Record{Mall: order.AuPay, Shop: fmt.Sprintf("%08d", 10_000_000+i),
			Kind: credential.KindAPIKey, Start: time.Now().AddDate(0, 0, -89)}
	}
	return all
}

// A hundred thousand credentials fit: the test takes a part of them and counts up.
func TestAHundredThousandAreRemembered(t *testing.T) {
	const n = 10_000
	store, records := new(countingStore), ending(n)
	told := func() int {
		var n atomic.Int64
		m := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store,
			Notifier: credential.NotifierFunc(func(context.Context, credential.Notice) error { n.Add(1); return nil })})
		_, err := m.Run(t.Context())
		require.NoError(t, err)
		return int(n.Load())
	}
	require.Equal(t, n, told())
	require.Zero(t, told(), "a restart repeats nothing")
	require.Less(t, store.largest*(100_000/n), credential.MaxValue/2)
}

// While the store fails, a pass tries to save now and then and not after each notice; all is saved
// once it works again.
func TestAFailingStoreIsNotStormed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, records := new(countingStore), ending(4000)
		store.failing.Store(true)
		slow := credential.NotifierFunc(func(context.Context, credential.Notice) error {
			time.Sleep(100 * time.Millisecond)
			return nil
		})
		m := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store, Notifier: slow,
			Concurrency: 1})
		report, err := m.Run(t.Context())
		require.ErrorContains(t, err, "disk is full")
		require.Less(t, strings.Count(err.Error(), "disk is full"), 12, "in 400 s, with growing pauses")
		require.Len(t, report.Notices, 4000, "what can be told is told")
		require.Less(t, store.saves.Load(), int64(12*16))
		store.failing.Store(false)
		report, err = m.Run(t.Context())
		require.NoError(t, err)
		require.Empty(t, report.Notices)
		m = monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store, Notifier: slow})
		report, err = m.Run(t.Context())
		require.NoError(t, err)
		require.Empty(t, report.Notices, "also after a restart")
	})
}

func TestAMemoryThatCannotBeReadIsNotOverwritten(t *testing.T) {
	for content, want := range map[string]string{
		`{"format":9,"credentials":{}}`:  "has format 9, this program knows 1",
		`{"credentials":{}}`:             "is not a monitor's memory",
		`{"format":1,"credentials":[7]}`: "is not a monitor's memory",
		`[]`:                             "is not a monitor's memory",
	} {
		store, box := new(credential.Memory), new(inbox)
		_, err := store.Save(t.Context(), "monitor", []byte(content), "")
		require.NoError(t, err)
		m := monitor(t, credential.MonitorConfig{
			Records: credential.Static(ending(1)), Notifier: box, Store: store,
		})
		_, err = m.Run(t.Context())
		require.ErrorIs(t, err, order.ErrUndecodable)
		require.ErrorContains(t, err, want)
		require.Len(t, box.events(), 1)
		e, err := store.Load(t.Context(), "monitor")
		require.NoError(t, err)
		require.JSONEq(t, content, string(e.Value))
	}
}

// A memory in the form of earlier versions is read, moved to the present form and removed.
func TestTheOldMemoryMovesOn(t *testing.T) {
	for _, name := range []string{"", "night"} {
		synctest.Test(t, func(t *testing.T) {
			records := ending(50)
			credentials := map[string]any{}
			for _, r := range records[:49] {
				credentials[r.ID()] = map[string]any{"start": r.Start, "expired_on": "2000-01-01", "last": time.Now(),
					"steps": map[string]time.Time{"24h0m0s": time.Now().AddDate(0, 0, 1), "240h0m0s": time.Now().AddDate(0, 0, 1)}}
			}
			old, err := json.Marshal(map[string]any{"format": 1, "credentials": credentials})
			require.NoError(t, err)
			store, key := new(countingStore), "monitor"
			if name != "" {
				key += "/" + name
			}
			_, err = store.Save(t.Context(), key, old, "")
			require.NoError(t, err)
			for _, want := range []int{1, 0} {
				box := new(inbox)
				m := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store,
					Notifier: box, Name: name})
				_, err := m.Run(t.Context())
				require.NoError(t, err)
				require.Len(t, box.events(), want)
				e, err := store.Load(t.Context(), key)
				require.NoError(t, err)
				require.Zero(t, e.Version, "the old form is gone")
			}
			m := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store,
				Notifier: new(inbox), Name: name + "/other"})
			report, err := m.Run(t.Context())
			require.NoError(t, err)
			require.Len(t, report.Notices, 50, "another monitor's memory is its own")
		})
	}
}

// While a program is updated, an earlier version may tell in the old form what this one does not
// know yet. Of what both remember the later counts.
func TestAnEarlierVersionTellsMeanwhile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		over := func(shop string) credential.Record {
			r := aupayKey(jst("1999-06-01 09:00:00"))
			r.Shop = shop
			return r
		}
		theirs, ours := over("10000001"), over("10000002")
		store := new(credential.Memory)
		tells := func(want int, records ...credential.Record) {
			report, err := monitor(t, credential.MonitorConfig{Records: credential.Static(records),
				Store: store, Notifier: new(inbox)}).Run(t.Context())
			require.NoError(t, err)
			require.Len(t, report.Notices, want)
		}
		tells(2, theirs, ours)
		time.Sleep(24 * time.Hour)
		tells(1, ours)
		old, err := json.Marshal(map[string]any{"format": 1, "credentials": map[string]any{
			theirs.ID(): map[string]any{"start": theirs.Start, "expired_on": "2000-01-02",
				"last": time.Now()},
			ours.ID(): map[string]any{"start": ours.Start, "expired_on": "2000-01-01",
				"last": time.Now().Add(-23 * time.Hour)},
		}})
		require.NoError(t, err)
		_, err = store.Save(t.Context(), "monitor", old, "")
		require.NoError(t, err)
		tells(0, theirs, ours)
	})
}

// A program that is killed in the middle of a pass repeats little: its memory is saved now and
// then, in spite of others that save there, too.
func TestAPassIsRememberedWhileItRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, records := new(countingStore), ending(100)
		told, again := 0, -1
		restarted := credential.MonitorConfig{Records: credential.Static(records), Store: store,
			Notifier: new(inbox)}
		_, err := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store,
			Concurrency: 1, Notifier: credential.NotifierFunc(func(context.Context, credential.Notice) error {
				time.Sleep(time.Second)
				if told++; told == 50 {
					report, err := monitor(t, restarted).Run(t.Context())
					require.NoError(t, err)
					again = len(report.Notices)
				}
				return nil
			})}).Run(t.Context())
		require.NoError(t, err)
		require.InDelta(t, 52, again, 1)
		report, err := monitor(t, restarted).Run(t.Context())
		require.NoError(t, err)
		require.Empty(t, report.Notices)
	})
}

// That a save failed is told, also when a later one succeeds.
func TestASaveThatFailedIsTold(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := new(countingStore)
		store.failing.Store(true)
		told := 0
		_, err := monitor(t, credential.MonitorConfig{Records: credential.Static(ending(9)), Store: store,
			Concurrency: 1, Notifier: credential.NotifierFunc(func(context.Context, credential.Notice) error {
				told++
				store.failing.Store(told < 5)
				return nil
			})}).Run(t.Context())
		require.ErrorContains(t, err, "disk is full")
		require.Equal(t, 1, strings.Count(err.Error(), "disk is full"))
	})
}

func TestAMemoryThatCannotBeSavedEndsThePass(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := new(contended)
		report, err := monitor(t, credential.MonitorConfig{Records: credential.Static(ending(1)),
			Store: store, Notifier: new(inbox)}).Run(t.Context())
		require.ErrorIs(t, err, order.ErrConflict)
		require.Len(t, report.Notices, 1)
		require.Less(t, store.saves, 200)
	})
}

// What is told of credentials that are gone is kept for 500 days, and no longer.
func TestTheMemoryForgetsWhatIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := new(countingStore)
		remembered := func(records []credential.Record) string {
			_, err := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store,
				Notifier: new(inbox)}).Run(t.Context())
			require.NoError(t, err)
			var all strings.Builder
			for key := range store.keys {
				e, err := store.Load(t.Context(), key)
				require.NoError(t, err)
				all.Write(e.Value)
			}
			return all.String()
		}
		gone := ending(1)
		gone[0].Shop = "closed-shop"
		require.Contains(t, remembered(gone), "closed-shop")
		time.Sleep(500 * 24 * time.Hour)
		require.Contains(t, remembered(ending(200)), "closed-shop")
		time.Sleep(time.Hour)
		require.NotContains(t, remembered(ending(200)), "closed-shop")
	})
}

// BenchmarkMonitorPass tells of n credentials in one pass, with a store that works and with one
// that fails.
func BenchmarkMonitorPass(b *testing.B) {
	for _, failing := range []bool{false, true} {
		b.Run(fmt.Sprint("failing=", failing), func(b *testing.B) {
			sizes(b, []int{1000, 4000, 16000}, func(b *testing.B, n int) {
				for b.Loop() {
					store := new(countingStore)
					store.failing.Store(failing)
					pass(b, ending(n), store)
				}
			})
		})
	}
}

// BenchmarkMonitorFile is the same over a File.
func BenchmarkMonitorFile(b *testing.B) {
	sizes(b, []int{1000, 10000, 100000}, func(b *testing.B, n int) {
		for b.Loop() {
			pass(b, ending(n), openFile(b, credential.FileConfig{Path: filepath.Join(b.TempDir(), "keys.json")}))
		}
	})
}

func pass(b *testing.B, records []credential.Record, store credential.Store) {
	m, err := credential.NewMonitor(credential.MonitorConfig{Records: credential.Static(records), Store: store,
		Notifier: credential.NotifierFunc(func(context.Context, credential.Notice) error { return nil })})
	require.NoError(b, err)
	_, _ = m.Run(b.Context()) // a failing store is what is measured
}

// sizes runs a benchmark at three sizes and reports at the second and third by which power of the
// size the time has grown.
func sizes(b *testing.B, all []int, run func(b *testing.B, n int)) {
	var before float64
	for i, n := range all {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			run(b, n)
			took := float64(b.Elapsed()) / float64(b.N)
			if i > 0 && before > 0 {
				b.ReportMetric(math.Log(took/before)/math.Log(float64(n)/float64(all[i-1])), "exponent")
			}
			before = took
		})
	}
}
