package rakuten_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// page is a reply of getOrder with a hundred varied orders.
func page(b *testing.B) []byte {
	b.Helper()
	mall := rakutentest.New(rakutentest.Options{Orders: 100})
	b.Cleanup(mall.Close)
	var orders []json.RawMessage
	for _, n := range mall.Numbers() {
		data, ok := mall.JSON(n)
		if !ok {
			b.Fatal(n)
		}
		orders = append(orders, data)
	}
	data, err := json.Marshal(map[string]any{"version": 10, "OrderModelList": orders,
		"MessageModelList": []rakuten.MessageModel{{MessageType: rakuten.Info, Message: fmt.Sprintf("(取得件数%d件)", len(orders))}}})
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// BenchmarkDecode decodes a page with encoding/json and with ours, and reports how many times
// faster ours is.
func BenchmarkDecode(b *testing.B) {
	data := page(b)
	var theirs float64
	for _, d := range []struct {
		name   string
		decode func([]byte, any) error
	}{
		{"encodingjson", json.Unmarshal},
		{"ours", func(data []byte, v any) error { _, err := wire.JSON(data, v); return err }},
	} {
		b.Run(d.name, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				var out rakuten.GetOrderResponse
				if err := d.decode(data, &out); err != nil || len(out.OrderModelList) != 100 {
					b.Fatal(err)
				}
			}
			each := float64(b.Elapsed()) / float64(b.N)
			if theirs == 0 {
				theirs = each
			}
			b.ReportMetric(theirs/each, "x-encoding/json")
		})
	}
}

// BenchmarkConvert turns the orders of a page into the shared model.
func BenchmarkConvert(b *testing.B) {
	var out rakuten.GetOrderResponse
	if err := json.Unmarshal(page(b), &out); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() { // B/op and allocs/op are those of one order
		o := rakuten.Convert(&out.OrderModelList[n%len(out.OrderModelList)], rakuten.ConvertOptions{Shop: "mihon-shop"})
		if o.ID == "" {
			b.Fatal("no number")
		}
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "orders/s")
}
