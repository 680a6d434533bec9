package order_test

import (
	"encoding/binary"
	"fmt"
	"os"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// numberOf is an order number as long as Rakuten's.
func numberOf(i int) string { return fmt.Sprintf("123456-20261101-%010d", i) }

// full is a ledger of n orders of the last 60 days.
func full(n int) *ledger {
	l := newLedger("a")
	for i := range n {
		l.put(numberOf(i), time.Now().Add(-time.Duration(float64(60*day)*float64(i+1)/float64(n+1))),
			fmt.Sprintf("%032x", i))
	}
	return l
}

// BenchmarkFeedState prints what remembering costs: bytes written by a backfill and by a pass
// without changes, for each size.
func BenchmarkFeedState(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				store := &sizes{FeedStore: openFolder(b, b.TempDir())}
				source := order.FeedSource{Source: full(n), From: time.Now().Add(-61 * day), Window: 63 * day}
				feed, err := order.NewFeed(order.FeedConfig{Store: store, Sources: []order.FeedSource{source}})
				require.NoError(b, err)
				require.NoError(b, feed.Once(b.Context(), (&inbox{}).handle))
				backfill := store.bytes
				require.NoError(b, feed.Once(b.Context(), (&inbox{}).handle))
				b.ReportMetric(float64(backfill), "backfill-B")
				b.ReportMetric(float64(backfill)/float64(n), "B/order")
				b.ReportMetric(float64(store.bytes-backfill), "idle-pass-B")
			}
		})
	}
}

// BenchmarkFeedOpens opens a shop of n orders from a file and prints the memory that each takes.
func BenchmarkFeedOpens(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			folder := b.TempDir()
			store := openFolder(b, folder)
			changes := put("cursor", fmt.Sprintf(`{"format":2,"by":0,"from":%q,"until":%q,"passed":%[2]q}`,
				time.Now().Add(-100*day).Format(time.RFC3339), time.Now().Format(time.RFC3339)))
			for i := range n {
				at := time.Now().Unix() - int64(i)
				value := binary.BigEndian.AppendUint32(append([]byte{1}, fmt.Sprintf("%016d", i)...), uint32(at))
				changes = append(changes, order.FeedChange{Key: "o:" + numberOf(i), Value: append(value, 0, 0, 0, 0)})
			}
			require.NoError(b, store.Save(b.Context(), "example", "a", 0, changes))
			changes = nil
			info, err := os.Stat(theLog(b, folder))
			require.NoError(b, err)
			for b.Loop() {
				before := heap()
				source := order.FeedSource{Source: newLedger("a"), From: time.Now().Add(-day), Window: 1000 * day}
				feed, err := order.NewFeed(order.FeedConfig{Store: store, Sources: []order.FeedSource{source}})
				require.NoError(b, err)
				require.NoError(b, feed.Once(b.Context(), (&inbox{}).handle))
				b.ReportMetric((heap()-before)/float64(n), "B/order")
				b.ReportMetric(float64(info.Size())/float64(n), "disk-B/order")
				runtime.KeepAlive(feed)
			}
		})
	}
}

func heap() float64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc)
}
