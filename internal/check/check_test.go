package check_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/check"
)

// messages runs one check and gives what it found.
func messages(look func(f check.Fields)) []string {
	var report check.Report
	look(report.Fields())
	var found *check.Error
	if !errors.As(report.Err(), &found) {
		return nil
	}
	out := make([]string, len(found.Findings))
	for i, f := range found.Findings {
		out[i] = f.String()
	}
	return out
}

func TestReportNamesEveryFieldByItsPath(t *testing.T) {
	var report check.Report
	require.NoError(t, report.Err(), "nothing found yet")

	f := report.Item("orders", 3)
	f.Chars("memo", strings.Repeat("あ", 1012), 1000)
	f.Required("orderNumber", " \u3000")
	f.Item("packages", 0).In("sender").Bytes("zipCode1", "12345678901", 10)
	f.Add("", "is cancelled")

	require.EqualError(t, report.Err(), "orders[3].memo: 1012 characters, at most 1000; "+
		"orders[3].orderNumber: is required; "+
		"orders[3].packages[0].sender.zipCode1: 11 bytes in UTF-8, at most 10; "+
		"orders[3]: is cancelled")
}

func TestErrorTextIsBoundedFindingsAreNot(t *testing.T) {
	var report check.Report
	for i := range 500 {
		report.Item("orders", i).Required("orderNumber", "")
	}
	var found *check.Error
	require.ErrorAs(t, report.Err(), &found)
	require.Len(t, found.Findings, 500)
	require.Less(t, len(found.Error()), 1000)
	require.Contains(t, found.Error(), "and 480 more")
}

func TestLengths(t *testing.T) {
	name := "見本花子ﾐﾎﾝ"
	tests := []struct {
		what string
		look func(f check.Fields)
		want []string
	}{
		{"characters fit", func(f check.Fields) { f.Chars("n", name, 7) }, nil},
		{"characters", func(f check.Fields) { f.Chars("n", name, 6) }, []string{"n: 7 characters, at most 6"}},
		{"emoji count twice", func(f check.Fields) { f.Chars("n", "🍵🍵", 3) }, []string{"n: 4 characters, at most 3"}},
		{"bytes fit", func(f check.Fields) { f.Bytes("n", name, 21) }, nil},
		{"bytes", func(f check.Fields) { f.Bytes("n", name, 20) }, []string{"n: 21 bytes in UTF-8, at most 20"}},
		{"range", func(f check.Fields) { f.Range("class", 9, 0, 8); f.Range("class", 8, 0, 8) }, []string{"class: 9, want 0 to 8"}},
		{"batch", func(f check.Fields) { f.Batch("orders", 101, 100); f.Batch("orders", 100, 100) }, []string{"orders: 101 elements, at most 100 in one call"}},
		{"no batch", func(f check.Fields) { f.Batch("orders", 0, 100) }, []string{"orders: is empty"}},
		{"unique", func(f check.Fields) { f.Unique("orders", []string{"a", "b", "", "a", "", "a"}) },
			[]string{"orders[3]: repeats orders[0]", "orders[5]: repeats orders[0]"}},
		{"dates", func(f check.Fields) {
			f.Date("a", "")
			f.Date("b", "2028-02-29")
			f.Date("c", "2026-02-29")
			f.Date("d", "2026/02/01")
		}, []string{"c: is no date of the form YYYY-MM-DD", "d: is no date of the form YYYY-MM-DD"}},
	}
	for _, tt := range tests {
		t.Run(tt.what, func(t *testing.T) { require.Equal(t, tt.want, messages(tt.look)) })
	}
}

func TestPeriod(t *testing.T) {
	start := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	days := func(n int) time.Time { return start.AddDate(0, 0, n) }
	period := func(from, to time.Time) []string {
		return messages(func(f check.Fields) { f.Period("from", from, "to", to, 63*24*time.Hour) })
	}
	require.Nil(t, period(start, days(63)))
	require.Nil(t, period(start, start))
	require.Equal(t, []string{"to: is 1536h0m0s after from, at most 1512h0m0s"}, period(start, days(64)))
	require.Equal(t, []string{"to: is before from"}, period(start, days(-1)))
	require.Equal(t, []string{"from: is required", "to: is required"}, period(time.Time{}, time.Time{}))
	require.Nil(t, messages(func(f check.Fields) { f.Period("from", start, "to", days(9999), 0) }))
}

func TestCharacters(t *testing.T) {
	tests := []struct {
		text string
		want string // "" if accepted
	}{
		{"見本 花子 (株) 1-2-3〜 − ～ － ― — ∥ ‖ ￥ ¥ √2 ≒ 1.4", ""},
		{"改行\r\nと\tタブ", ""},
		{"々〆ゝヶ゛「」・ー℃♪", ""},
		{"その①", "U+2460 at 3 (platform-dependent character, 機種依存文字)"},
		{"㈱見本", "U+3231 at 1 (platform-dependent character, 機種依存文字)"},
		{"ルイⅢ世", "U+2162 at 3 (platform-dependent character, 機種依存文字)"},
		{"髙橋", "U+9AD9 at 1 (platform-dependent character, 機種依存文字)"},
		{"№℡㎡㍻", "U+2116 at 1 (platform-dependent character, 機種依存文字), U+2121 at 2 (platform-dependent character, 機種依存文字), U+33A1 at 3 (platform-dependent character, 機種依存文字) and 1 more"},
		{"ﾐﾎﾝ", "U+FF90 at 1 (half-width kana), U+FF8E at 2 (half-width kana), U+FF9D at 3 (half-width kana)"},
		{"お茶🍵", "U+1F375 at 3 (not in Shift_JIS)"},
		{"café", "U+00E9 at 4 (not in Shift_JIS)"},
		{"森鷗外", "U+9DD7 at 2 (not in Shift_JIS)"},
		{"外字\uE000", "U+E000 at 3 (not in Shift_JIS)"},
		{"a\x00b", "U+0000 at 2 (control character)"},
		{"a\x1bb\u0085", "U+001B at 2 (control character), U+0085 at 4 (control character)"},
		{"壊\xe3\x81", "U+FFFD at 2 (control character), U+FFFD at 3 (control character)"},
		{"\uFFFE", "U+FFFE at 1 (control character)"},
	}
	for _, tt := range tests {
		t.Run(tt.text, func(t *testing.T) {
			var want []string
			if tt.want != "" {
				want = []string{"memo: characters that the mall refuses: " + tt.want}
			}
			require.Equal(t, want, messages(func(f check.Fields) {
				f.Characters("memo", tt.text, check.PlatformDependent)
			}))
		})
	}
	require.Nil(t, messages(func(f check.Fields) { f.Characters("memo", "①ﾐé", check.Control) }),
		"only the classes asked for")
}

func TestKey(t *testing.T) {
	for _, pasted := range []string{"SP123_abc+/=", " SP123_abc+/=\r\n", "\uFEFF\u3000SP123_abc+/=\u200B\u00A0",
		"\u202ASP123_abc+/=\u202C"} {
		key, err := check.Key("licenseKey", pasted)
		require.NoError(t, err)
		require.Equal(t, "SP123_abc+/=", key)
	}
	refused := map[string]string{
		"":                 "is empty",
		" \u3000\uFEFF":    "is empty",
		"SP123 canary":     "blank",
		"SP123\ncanary":    "blank",
		"SP123\u3000canar": "blank",
		"ＳＰ123canary":      "full-width",
		"SP123\u200Bcanar": "invisible",
		"SP123\x00canary":  "control",
		"鍵canary":          "only ASCII",
		"canary\xff":       "only ASCII",
	}
	for pasted, why := range refused {
		key, err := check.Key("licenseKey", pasted)
		require.Empty(t, key)
		var found *check.Error
		require.ErrorAs(t, err, &found)
		require.Contains(t, err.Error(), "licenseKey: ")
		require.Contains(t, err.Error(), why)
		require.NotContains(t, err.Error(), "canar")
		require.NotContains(t, err.Error(), "SP123")
	}
}

func FuzzFindingsNeverRepeatTheValue(f *testing.F) {
	f.Add("見本 花子①ﾐ\x00")
	f.Add("\u3000 key with blanks \xff")
	f.Fuzz(func(t *testing.T, value string) {
		// A marker that no message of ours contains.
		marked := "qzq" + value + "zqz"
		var report check.Report
		fields := report.Item("orders", 0)
		fields.Chars("f", marked, 0)
		fields.Bytes("f", marked, 0)
		fields.Date("f", marked)
		fields.Characters("f", marked, check.PlatformDependent)
		fields.Unique("f", []string{marked, marked})
		text := report.Err().Error()
		key, err := check.Key("k", marked)
		if err != nil {
			text += err.Error()
		}
		if strings.Contains(text, "qzq") || strings.Contains(text, "zqz") {
			t.Fatalf("value in %q", text)
		}
		if (err == nil) != (key == marked) {
			t.Fatalf("key %q from %q: %v", key, marked, err)
		}
	})
}

func ExampleReport() {
	var report check.Report
	for i, memo := range []string{"のし希望", "①番を希望"} {
		f := report.Item("orders", i)
		f.Chars("memo", memo, 4)
		f.Characters("memo", memo, check.PlatformDependent)
	}
	fmt.Println(report.Err())
	// Output:
	// orders[1].memo: 5 characters, at most 4; orders[1].memo: characters that the mall refuses: U+2460 at 1 (platform-dependent character, 機種依存文字)
}
