package aupay_test

import (
	"bytes"
	"encoding/xml"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/internal/wire"
)

// manyOrders is a page of 100 orders made of the payload.
func manyOrders(b *testing.B) []byte {
	data, err := os.ReadFile("testdata/" + list)
	require.NoError(b, err)
	from, to := bytes.Index(data, []byte("<orderInfo>")), bytes.LastIndex(data, []byte("</response>"))
	var page bytes.Buffer
	page.Write(data[:from])
	for range 50 {
		page.Write(data[from:to])
	}
	page.Write(data[to:])
	return page.Bytes()
}

func BenchmarkDecode(b *testing.B) {
	data := manyOrders(b)
	b.Run("jpmall", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			var page aupay.SearchResponse
			if _, err := wire.XML(data, &page); err != nil || len(page.Orders) != 100 {
				b.Fatal(err, len(page.Orders))
			}
		}
	})
	b.Run("encoding-xml", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			var page aupay.SearchResponse
			if err := xml.Unmarshal(data, &page); err != nil || len(page.Orders) != 100 {
				b.Fatal(err, len(page.Orders))
			}
		}
	})
	// ratio takes turns in one run, so that a noisy machine hits both alike.
	b.Run("ratio", func(b *testing.B) {
		var ours, theirs time.Duration
		for b.Loop() {
			var one, two aupay.SearchResponse
			start := time.Now()
			_, err := wire.XML(data, &one)
			middle := time.Now()
			if err != nil || xml.Unmarshal(data, &two) != nil {
				b.Fatal(err)
			}
			ours, theirs = ours+middle.Sub(start), theirs+time.Since(middle)
		}
		b.ReportMetric(float64(theirs)/float64(ours), "times-encoding/xml")
	})
}

func BenchmarkConvert(b *testing.B) {
	var page aupay.SearchResponse
	_, err := wire.XML(manyOrders(b), &page)
	require.NoError(b, err)
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		aupay.Convert(&page.Orders[n%len(page.Orders)], aupay.ConvertOptions{Shop: "10000001"})
		n++
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "orders/s")
}
