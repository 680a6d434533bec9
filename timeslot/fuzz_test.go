package timeslot_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

// Every dash and wave that stands in a range somewhere.
var dashes = []string{"-", "~", "～", "〜", "－", "ー", "ｰ", "−", "–", "—", "―", "‐", "‑"}

// widen writes ASCII in full width.
func widen(s string) string {
	return strings.Map(func(r rune) rune {
		if r > ' ' && r <= '~' {
			return r + '\uff01' - '!'
		}
		return r
	}, s)
}

// respace puts a space before every character that is not the second of two digits,
// where it would part a number.
func respace(s, space string) string {
	var b strings.Builder
	last := rune(0)
	for _, r := range s {
		if !isAnyDigit(r) || !isAnyDigit(last) {
			b.WriteString(space)
		}
		b.WriteRune(r)
		last = r
	}
	return b.String() + space
}

func isAnyDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

func redash(s, dash string) string {
	for _, d := range dashes {
		s = strings.ReplaceAll(s, d, "\x00")
	}
	return strings.ReplaceAll(s, "\x00", dash)
}

func FuzzReader(f *testing.F) {
	for _, labels := range seenLabels {
		for _, label := range labels {
			f.Add(label)
		}
	}
	for _, label := range []string{"午後2時半から4時まで", "2-4pm", "夜7時～9時", "4/1 14:00～16:00", "14&#12316;16時", "ﾔﾏﾄ 14-16時",
		"a\u0302", "&amp;#45;"} {
		f.Add(label)
	}
	f.Fuzz(func(t *testing.T, label string) {
		match, ok := timeslot.Read(timeslot.Reader{}, timeslot.Label{Text: label})
		require.Equal(t, ok, match.Slot.Resolved())
		if from, to, made := match.Slot.Bounds(); made {
			require.True(t, 0 <= from && from < to && to <= 1440, "%q gives %s", label, match.Slot)
			require.True(t, strings.ContainsAny(label, "0123456789０１２３４５６７８９") || strings.Contains(label, "正午"),
				"%q gives hours", label)
		}
		text, err := match.Slot.MarshalText()
		require.NoError(t, err)
		back, err := timeslot.Parse(string(text))
		require.NoError(t, err)
		require.Equal(t, match.Slot, back)

		if !utf8.ValidString(label) || strings.Contains(label, "&") || strings.Contains(label, "\x00") {
			return // character references do not survive a change of width or spacing
		}
		want := reading(timeslot.Reader{}, label)
		require.Equal(t, want, reading(timeslot.Reader{}, widen(label)), "width of %q", label)
		require.Equal(t, want, reading(timeslot.Reader{}, respace(label, " ")), "spacing of %q", label)
		require.Equal(t, want, reading(timeslot.Reader{}, respace(label, "　\t")), "spacing of %q", label)
		for _, dash := range dashes {
			require.Equal(t, want, reading(timeslot.Reader{}, redash(label, dash)), "dash %q in %q", dash, label)
		}
		require.Equal(t, want, reading(timeslot.Default(), label))
	})
}

// A megabyte takes well under a second; a quadratic reader would need minutes.
func TestLongTextsTakeLinearTime(t *testing.T) {
	for _, piece := range []string{"14時～16時", "ー", "(", "お届け希望", "=", " a=b", "&", "&#12316;", "14:00 ", "[配送日時指定:]\n",
		"配達希望時間帯=\n", "ｶﾞ", "届1時"} {
		long := strings.Repeat(piece, 1<<20/len(piece))
		start := time.Now()
		timeslot.Read(timeslot.Reader{}, timeslot.Label{Text: long})
		timeslot.Find(long)
		timeslot.ParseCarrier(long)
		require.Less(t, time.Since(start), 30*time.Second, "%q", piece)
	}
}
