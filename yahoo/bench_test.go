package yahoo_test

import (
	"encoding/xml"
	"runtime"
	"testing"
	"time"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// listPage is a page of 2,000 rows as the fake writes it.
func listPage(b *testing.B) []byte {
	b.Helper()
	mall := yahootest.New(yahootest.Options{Orders: yahoo.MaxPage})
	defer mall.Close()
	cfg := configOf(mall)
	cfg.KeepBody = true
	c, err := yahoo.New(cfg)
	if err != nil {
		b.Fatal(err)
	}
	doc, err := c.OrderList(b.Context(), yahoo.OrderListRequest{Result: yahoo.MaxPage,
		Condition: yahoo.Condition{OrderTimeFrom: time.Now().AddDate(0, -1, 0), ReadOnlyMode: yahoo.ReadAll,
			FraudHoldDisplayType: "1"}})
	if err != nil || len(doc.Orders) != yahoo.MaxPage {
		b.Fatal(err, len(doc.Orders))
	}
	return doc.Reply.Body
}

// BenchmarkDecode compares with encoding/xml: the same bytes into the same structs.
func BenchmarkDecode(b *testing.B) {
	for name, tc := range map[string]struct {
		data []byte
		make func() any
	}{
		"list": {listPage(b), func() any { return &yahoo.OrderListResponse{} }},
		"info": {payload(b, "normal"), func() any { return &yahoo.OrderInfoResponse{} }},
	} {
		b.Run(name, func(b *testing.B) {
			ours := func() error { _, err := wire.XML(tc.data, tc.make()); return err }
			theirs := func() error { return xml.Unmarshal(tc.data, tc.make()) }
			rounds := max(1, 200_000/len(tc.data))
			theirTime, theirAllocs := measure(b, rounds, theirs)
			ourTime, ourAllocs := measure(b, rounds*4, ours)
			b.SetBytes(int64(len(tc.data)))
			b.ReportAllocs()
			for b.Loop() {
				if err := ours(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(theirTime)/float64(ourTime), "x-encoding/xml")
			b.ReportMetric(float64(ourAllocs)/float64(theirAllocs), "alloc-ratio")
		})
	}
}

// measure returns time and allocations of one round.
func measure(b *testing.B, rounds int, f func() error) (time.Duration, uint64) {
	b.Helper()
	var before, after runtime.MemStats
	if err := f(); err != nil { // warm
		b.Fatal(err)
	}
	runtime.GC()
	runtime.ReadMemStats(&before)
	start := time.Now()
	for range rounds {
		if err := f(); err != nil {
			b.Fatal(err)
		}
	}
	took := time.Since(start)
	runtime.ReadMemStats(&after)
	return took / time.Duration(rounds), (after.Mallocs - before.Mallocs) / uint64(rounds)
}

// BenchmarkConvert is the conversion alone, per order.
func BenchmarkConvert(b *testing.B) {
	var doc yahoo.OrderInfoResponse
	if _, err := wire.XML(payload(b, "normal"), &doc); err != nil {
		b.Fatal(err)
	}
	opts := yahoo.ConvertOptions{Shop: "example-store", Slots: timeslot.Default()}
	b.ReportAllocs()
	for b.Loop() {
		yahoo.Convert(&doc.Order, opts)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "orders/s")
}
