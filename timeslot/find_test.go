package timeslot_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

func TestFind(t *testing.T) {
	type date = timeslot.Date
	for name, c := range map[string]struct {
		text string
		want timeslot.Found
		slot string // what the Reader makes of it
	}{
		// Rakuten's remarks.
		"block": {
			"[配送日時指定:]\n2026-08-08(土)\n午前中\n\n[備考:]\nのし希望です。\n",
			timeslot.Found{Text: "午前中", Line: 3, Date: date{Year: 2026, Month: 8, Day: 8}}, "am",
		},
		"full-width colon, wave dash": {
			"[配送日時指定：]\n2012-11-01(木)\n18：00〜20：00",
			timeslot.Found{Text: "18：00〜20：00", Line: 3, Date: date{Year: 2012, Month: 11, Day: 1}}, "18:00-20:00",
		},
		"character references": {
			"[配送日時指定:]\n2026-06-06(土)\n18：00&#12316;20：00\n",
			timeslot.Found{Text: "18：00&#12316;20：00", Line: 3, Date: date{Year: 2026, Month: 6, Day: 6}},
			"18:00-20:00",
		},
		"no date": {
			"[配送日時指定:]\n\n19:00-21:00\n\n[ご案内:]\n確認しました\n",
			timeslot.Found{Text: "19:00-21:00", Line: 3}, "19:00-21:00",
		},
		"one line for both": {
			"[配送日時指定:]\n2026年6月6日（土） 14時～16時",
			timeslot.Found{Text: "14時～16時", Line: 2, Date: date{Year: 2026, Month: 6, Day: 6}}, "14:00-16:00",
		},
		"behind the heading": {
			"[配送日時指定:] 2026/06/06 午前中",
			timeslot.Found{Text: "午前中", Line: 1, Date: date{Year: 2026, Month: 6, Day: 6}}, "am",
		},
		"one hour": {
			"[配送日時指定:]\r\n2017-11-01(水)\r\n14:00\r\nよろしく\r\n",
			timeslot.Found{Text: "14:00", Line: 3, Date: date{Year: 2017, Month: 11, Day: 1}}, "?",
		},
		"a shop's own word": {
			"[配送日時指定:]\n2026-06-06(土)\nおひさま便\n",
			timeslot.Found{Text: "おひさま便", Line: 3, Date: date{Year: 2026, Month: 6, Day: 6}}, "?",
		},
		"in the remarks below an empty block": {
			"[配送日時指定:]\n\n\n[備考:]\n午前中にお届けください\n",
			timeslot.Found{Text: "午前中にお届けください", Line: 5}, "am",
		},
		// au PAY Market's order form.
		"au":      {"配達希望時間帯=14-16時", timeslot.Found{Text: "14-16時", Line: 1}, "14:00-16:00"},
		"au word": {"配達希望時間帯=午前中", timeslot.Found{Text: "午前中", Line: 1}, "am"},
		"au pairs": {
			"のし=あり 配達希望日=2026/06/06 配達希望時間帯=14-16時 包装=なし",
			timeslot.Found{Text: "14-16時", Line: 1, Date: date{Year: 2026, Month: 6, Day: 6}}, "14:00-16:00",
		},
		"au lines": {
			"お届け希望日=2026/06/06\n配達希望時間帯=指定なし",
			timeslot.Found{Text: "指定なし", Line: 2, Date: date{Year: 2026, Month: 6, Day: 6}}, "none",
		},
		// Lines seen around labels.
		"colon":    {"配送希望時間帯：16時～18時", timeslot.Found{Text: "16時～18時", Line: 1}, "16:00-18:00"},
		"colon 2":  {"配達希望時間帯: 19-21", timeslot.Found{Text: "19-21", Line: 1}, "19:00-21:00"},
		"brackets": {"【希望時間帯】18-20時", timeslot.Found{Text: "18-20時", Line: 1}, "18:00-20:00"},
		"colon 3":  {"ご注文ありがとうございます\n■配達時間帯：午前中", timeslot.Found{Text: "午前中", Line: 2}, "am"},
		"heading alone": {
			"お届け予定日時\n4/1 14:00～16:00",
			timeslot.Found{Text: "14:00～16:00", Line: 2, Date: date{Month: 4, Day: 1}}, "14:00-16:00",
		},
		"two headings that differ": {
			"配達希望時間帯=14-16時\n希望時間帯=18-20時", timeslot.Found{Text: "14-16時\n18-20時", Line: 1}, "?",
		},
		// Buyers' comments.
		"whole comment":  {"14時～16時でお願いします", timeslot.Found{Text: "14時～16時でお願いします", Line: 1}, "14:00-16:00"},
		"dated comment":  {"2026-06-06 14:00~16:00", timeslot.Found{Text: "14:00~16:00", Line: 1, Date: date{Year: 2026, Month: 6, Day: 6}}, "14:00-16:00"},
		"sentence":       {"お世話になります。午前中にお届けください。よろしくお願いします。", timeslot.Found{Text: "午前中にお届けください", Line: 1}, "am"},
		"carrier before": {"(ヤマト)14時～16時", timeslot.Found{Text: "(ヤマト)14時～16時", Line: 1}, "14:00-16:00"},
		"unclear": {
			"日曜の午前中の配達は避けてください", timeslot.Found{Text: "日曜の午前中の配達は避けてください", Line: 1}, "?",
		},
		"part of the day": {
			"平日の昼に <受け取り> 希望です & よろしくお願いします",
			timeslot.Found{Text: "平日の昼に <受け取り> 希望です & よろしくお願いします", Line: 1}, "?",
		},
		"two wishes": {"14時～16時\n18時～20時", timeslot.Found{Text: "14時～16時\n18時～20時", Line: 1}, "?"},
		"time for something else perhaps": {
			"ありがとう。14時～16時でお願いします", timeslot.Found{Text: "ありがとう。14時～16時でお願いします", Line: 1}, "?",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := timeslot.Find(c.text)
			require.True(t, ok)
			require.Equal(t, c.want, got)
			require.Equal(t, c.slot, reading(timeslot.Reader{}, got.Text))
		})
	}
}

func TestFindNothing(t *testing.T) {
	for name, text := range map[string]string{
		"empty":                 "",
		"empty block":           "[配送日時指定:]\n\n\n[ご案内:]\n確認しました\n",
		"fixed text below":      "[配送日時指定:]\n\n\n[ご案内:]\n午前中の配達は北海道では承れません\n",
		"comment":               "いつもの <のし> 希望です & よろしくお願いします",
		"telephone":             "電話は14時～16時に",
		"other heading":         "[連絡可能な時間帯:]\n午前中\n",
		"other heading, inline": "連絡可能時間帯：14時～16時",
		"answer no":             "のし\nなし",
		"numbers":               "12-14\n3-5",
		"address":               "東京都千代田区1-2-3",
	} {
		t.Run(name, func(t *testing.T) {
			got, ok := timeslot.Find(text)
			require.False(t, ok, "found %q", got.Text)
			require.Empty(t, got.Text)
		})
	}
}

func TestFindKeepsTheDateWithoutALabel(t *testing.T) {
	for _, text := range []string{
		"[配送日時指定:]\n2024-06-25(火)\n\n\n", "[配送日時指定:]\n2024年06月25日\n\n[備考欄です:]\nありがとう", "配達希望日=2024/06/25",
		"配達希望日=20240625", "日時指定\n2024-06-25\n", "お届け希望日時：\n\n2024年6月25日",
	} {
		got, ok := timeslot.Find(text)
		require.False(t, ok, "found %q in %q", got.Text, text)
		require.Equal(t, timeslot.Date{Year: 2024, Month: 6, Day: 25}, got.Date, text)
		require.Contains(t, strings.Split(text, "\n")[got.Line-1], "25", "the line of the date")
	}
}

func FuzzFind(f *testing.F) {
	for _, text := range []string{
		"[配送日時指定:]\n2026-06-06(土)\n14:00-16:00\n\n[備考:]\nのし", "a=b c=d 配達希望時間帯=14-16時", "【希望時間帯】 6/6(土) &#12316; &amp;",
		"[", "4/1", "\xff=\n:",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, ok := timeslot.Find(text)
		if !ok {
			require.Empty(t, found.Text)
			return
		}
		require.NotEmpty(t, strings.TrimSpace(found.Text))
		lines := strings.Split(text, "\n")
		require.Positive(t, found.Line)
		require.LessOrEqual(t, found.Line, len(lines))
		first, _, _ := strings.Cut(found.Text, "\n")
		require.Contains(t, lines[found.Line-1], first, "the label stands as it was")
		if d := found.Date; d.Year > 0 {
			require.True(t, d.Valid())
		}
	})
}
