package drifttest

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// page is a fake's largest reply of an operation.
func page(b *testing.B, operation string, open func(e edit) order.Source) []byte {
	b.Helper()
	var largest string
	s := open(func(op, body string) string {
		if op == operation && len(body) > len(largest) {
			largest = body
		}
		return body
	})
	for _, err := range s.Orders(b.Context(), order.Query{From: time.Now().AddDate(0, 0, -30)}) {
		require.NoError(b, err)
	}
	require.NotEmpty(b, largest)
	return []byte(largest)
}

// BenchmarkDecode decodes the fakes' pages into the malls' structs, in turns with nobody watching
// for drift and with somebody, so that both see the same machine. on/off is what Config.Drift
// costs, by the quickest run of each: 1.10 at most.
func BenchmarkDecode(b *testing.B) {
	var to told
	run := func(name string, doc []byte, fresh func() any, decode func([]byte, any, *wire.Watch) ([]wire.Problem, error)) {
		once := func(b *testing.B, w *wire.Watch) time.Duration {
			into, start := fresh(), time.Now()
			if _, err := decode(doc, into, w); err != nil {
				b.Fatal(err)
			}
			return time.Since(start)
		}
		b.Run(name, func(b *testing.B) {
			off, on := time.Hour, time.Hour
			for b.Loop() {
				off, on = min(off, once(b, nil)), min(on, once(b, new(wire.Watch)))
			}
			b.ReportMetric(float64(off.Microseconds()), "µs-off")
			b.ReportMetric(float64(on)/float64(off), "on/off")
		})
	}
	run("rakuten", page(b, "getOrder", func(e edit) order.Source {
		_, c := openRakuten(b, rakutentest.Options{Seed: 1, Orders: 12}, &to, e)
		return c
	}), func() any { return new(rakuten.GetOrderResponse) }, wire.JSONWatched)
	run("yahoo", page(b, "orderInfo", func(e edit) order.Source {
		_, c := openYahoo(b, yahootest.Options{Seed: 2, Orders: 20}, &to, e)
		return c
	}), func() any { return new(yahoo.OrderInfoResponse) }, wire.XMLWatched)
	run("amazon", page(b, "orders", func(e edit) order.Source {
		_, c := openAmazon(b, amazontest.Options{Seed: 3, Orders: 12}, &to, e)
		return c
	}), func() any { return new(amazon.SearchOrdersResponse) }, wire.JSONWatched)
	run("aupay", page(b, "searchTradeInfoListProc", func(e edit) order.Source {
		_, c := openAuPay(b, aupaytest.Options{Seed: 4, Orders: 12}, &to, e)
		return c
	}), func() any { return new(aupay.SearchResponse) }, wire.XMLWatched)
}
