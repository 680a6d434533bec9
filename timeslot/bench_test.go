package timeslot_test

import (
	"fmt"
	"math"
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

// Tables of three sizes; the exponent of the last two is printed: 1 is linear.
func BenchmarkTableGrows(b *testing.B) {
	kinds := map[string]func(i int) timeslot.Rule{
		"contains": func(i int) timeslot.Rule {
			return timeslot.Rule{Label: fmt.Sprintf("おひさま%d便", i), Slot: timeslot.Morning, Mode: timeslot.Contains}
		},
		"one-label-per-shop": func(i int) timeslot.Rule {
			return timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning,
				Scope: timeslot.Scope{Mall: "rakuten", Shop: fmt.Sprintf("shop-%d", i)}}
		},
	}
	for name, rule := range kinds {
		var last float64
		for _, n := range []int{100, 1000, 10000} {
			rules := make([]timeslot.Rule, n)
			for i := range rules {
				rules[i] = rule(i)
			}
			table, err := timeslot.NewTable("shop", rules...)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(fmt.Sprintf("%s/load/%d", name, n), func(b *testing.B) {
				for b.Loop() {
					if _, err := timeslot.NewTable("shop", rules...); err != nil {
						b.Fatal(err)
					}
				}
				each := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
				if last > 0 {
					b.ReportMetric(math.Log10(each/last), "exponent")
				}
				last = each
			})
			label := timeslot.Label{Text: fmt.Sprintf("【おひさま%d便】でお願いします", n-1), Mall: "rakuten",
				Shop: fmt.Sprintf("shop-%d", n-1), Method: "宅配便"}
			if rules[0].Mode == timeslot.Same {
				label.Text = "おひさま便"
			}
			b.Run(fmt.Sprintf("%s/match/%d", name, n), func(b *testing.B) {
				if _, ok := timeslot.Read(table, label); !ok {
					b.Fatal("unread")
				}
				b.ReportAllocs()
				for b.Loop() {
					timeslot.Read(table, label)
				}
			})
		}
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
