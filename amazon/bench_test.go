package amazon_test

import (
	"context"
	"encoding/json"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// page is a page of 100 varied orders, as bytes.
func page(b *testing.B) []byte {
	b.Helper()
	m := amazontest.New(amazontest.Options{Orders: 100})
	defer m.Close()
	got, err := newClient(b, config(m)).SearchOrders(context.Background(), amazon.SearchOrdersRequest{
		CreatedAfter: time.Now().AddDate(0, 0, -15), IncludedData: amazon.AllData(),
	})
	require.NoError(b, err)
	require.Len(b, got.Orders, 100)
	return got.Reply.Body
}

func BenchmarkDecode(b *testing.B) {
	data := page(b)
	b.Run("jpmall", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			var out amazon.SearchOrdersResponse
			if _, err := wire.JSON(data, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("encoding-json", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			var out amazon.SearchOrdersResponse
			if err := json.Unmarshal(data, &out); err != nil {
				b.Fatal(err)
			}
		}
	})
	// ratio takes turns in one run, so that a noisy machine hits both alike.
	b.Run("ratio", func(b *testing.B) {
		var ours, theirs time.Duration
		for b.Loop() {
			var one, two amazon.SearchOrdersResponse
			start := time.Now()
			_, err := wire.JSON(data, &one)
			middle := time.Now()
			if err != nil || json.Unmarshal(data, &two) != nil {
				b.Fatal("cannot decode")
			}
			ours, theirs = ours+middle.Sub(start), theirs+time.Since(middle)
		}
		b.ReportMetric(float64(theirs)/float64(ours), "times-encoding/json")
	})
}

func BenchmarkConvert(b *testing.B) {
	var out amazon.SearchOrdersResponse
	_, err := wire.JSON(page(b), &out)
	require.NoError(b, err)
	var keep order.Order
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	n := 0
	for b.Loop() {
		for i := range out.Orders {
			keep = amazon.Convert(&out.Orders[i], amazon.ConvertOptions{Shop: "A0MIHON"})
		}
		n += len(out.Orders)
	}
	runtime.ReadMemStats(&after)
	require.NotEmpty(b, keep.ID)
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "orders/s")
	b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(n), "B/order")
	b.ReportMetric(float64(after.Mallocs-before.Mallocs)/float64(n), "allocs/order")
}
