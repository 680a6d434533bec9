package timeslot_test

import (
	"testing"

	"github.com/jpmall/jpmall/timeslot"
)

func benchmarkMatch(b *testing.B, m timeslot.Matcher, text string) {
	b.Helper()
	label := timeslot.Label{Text: text, Mall: "rakuten", Shop: "example-shop", Method: "宅配便"}
	if _, ok := timeslot.Read(m, label); !ok {
		b.Fatalf("label %q is unread", text)
	}
	b.ReportAllocs()
	for b.Loop() {
		timeslot.Read(m, label)
	}
}

func BenchmarkReader(b *testing.B) {
	for name, text := range map[string]string{
		"word": "午前中", "short": "14-16時", "usual": "14時～16時", "fullwidth": "１４：００～１６：００",
		"brackets": "夜間（18時頃～20時頃）(ヤマト運輸)", "twelve": "午後2時半から午後4時まで",
		"heading": "お届け希望時間帯：14:00 ～ 16:00でお願いします",
	} {
		b.Run(name, func(b *testing.B) { benchmarkMatch(b, timeslot.Reader{}, text) })
	}
}

func BenchmarkCached(b *testing.B) { benchmarkMatch(b, timeslot.Default(), "14時～16時") }

func BenchmarkCachedParallel(b *testing.B) {
	m := timeslot.Default()
	label := timeslot.Label{Text: "14時～16時"}
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			timeslot.Read(m, label)
		}
	})
}
