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
		all[i] = credential.Record{Mall: order.AuPay, Shop: fmt.Sprintf("%08d", 10_000_000+i), Kind: credential.KindAPIKey, Start: time.Now().AddDate(0, 0, -89)}
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

// While the store fails, a pass tries to save now and then and not after each notice; all is saved once it works again.
func TestAFailingStoreIsNotStormed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store, records := new(countingStore), ending(4000)
		store.failing.Store(true)
		slow := credential.NotifierFunc(func(context.Context, credential.Notice) error { time.Sleep(100 * time.Millisecond); return nil })
		m := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store, Notifier: slow, Concurrency: 1})
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
				m := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store, Notifier: box, Name: name})
				_, err := m.Run(t.Context())
				require.NoError(t, err)
				require.Len(t, box.events(), want)
				e, err := store.Load(t.Context(), key)
				require.NoError(t, err)
				require.Zero(t, e.Version, "the old form is gone")
			}
			m := monitor(t, credential.MonitorConfig{Records: credential.Static(records), Store: store, Notifier: new(inbox), Name: name + "/other"})
			report, err := m.Run(t.Context())
			require.NoError(t, err)
			require.Len(t, report.Notices, 50, "another monitor's memory is its own")
		})
	}
}

// BenchmarkMonitorPass tells of n credentials in one pass, with a store that works and with one that fails.
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

// sizes runs a benchmark at three sizes and reports at the second and third by which power of the size the time has grown.
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
