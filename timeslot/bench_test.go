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
		"reference": "14&#12316;16時", "halfkana": "ﾔﾏﾄ 14-16時",
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

func BenchmarkTable(b *testing.B) {
	for name, mode := range map[string]timeslot.Mode{"exact": timeslot.Exact, "same": timeslot.Same} {
		table, err := timeslot.NewTable("shop",
			timeslot.Rule{Label: "14時～16時", Slot: timeslot.Afternoon, Mode: mode},
			timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning, Mode: mode},
		)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(name, func(b *testing.B) { benchmarkMatch(b, table, "14時～16時") })
	}
}

func BenchmarkUnread(b *testing.B) {
	label := timeslot.Label{Text: "14時～16時または18時～20時でお願いします"}
	b.ReportAllocs()
	for b.Loop() {
		timeslot.Read(timeslot.Reader{}, label)
	}
}

func BenchmarkFind(b *testing.B) {
	text := "[配送日時指定:]\n2026-06-06(土)\n14:00-16:00\n\n[備考:]\nのし希望です。\n"
	b.ReportAllocs()
	for b.Loop() {
		timeslot.Find(text)
	}
}

func BenchmarkCode(b *testing.B) {
	slot, err := timeslot.Parse("14:00-16:00")
	if err != nil {
		b.Fatal(err)
	}
	day := timeslot.Date{Year: 2026, Month: 6, Day: 6}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := timeslot.B2.Code(slot, day); err != nil {
			b.Fatal(err)
		}
	}
}
