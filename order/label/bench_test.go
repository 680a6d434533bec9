package label_test

import (
	"fmt"
	"io"
	"runtime"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
)

func many(n int) []order.Order {
	orders := make([]order.Order, n)
	for i := range orders {
		orders[i] = sample(func(o *order.Order) { o.ID = fmt.Sprintf("123456-20261120-%010d", i) })
	}
	return orders
}

// BenchmarkLabels writes B2 labels, the widest layout, keys and file included.
func BenchmarkLabels(b *testing.B) {
	orders := many(1000)
	b.ReportAllocs()
	for b.Loop() {
		_, err := write(b, config(label.B2()), orders...).WriteTo(io.Discard)
		require.NoError(b, err)
	}
	b.ReportMetric(float64(b.N*len(orders))/b.Elapsed().Seconds(), "labels/s")
}

// BenchmarkMemory100000 says what a hundred thousand labels hold in memory beside their orders.
func BenchmarkMemory100000(b *testing.B) {
	orders := many(100_000)
	for b.Loop() {
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		batch := write(b, config(label.B2()), orders...)
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		require.Len(b, batch.Labels, len(orders))
	}
}
