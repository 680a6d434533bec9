package order_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// wishes are what the mall's fields say, what the buyer wrote, and what comes of the two. The order
// is of Monday 2026-11-23.
var wishes = []struct {
	name, day, label, remarks string
	wantDay, want             string // "?" is unresolved
	problem                   bool
}{
	// A wish has a day and a slot, and both or neither is read.
	{"day and slot", "", "", "[備考:]\n2026年12月24日 午前中に配達をお願いします", "2026-12-24", "am", false},
	{"day without a year", "", "", "12月24日 午前中に配達をお願いします", "2026-12-24", "am", false},
	{"day without a year, slashed", "", "", "12/24 14時～16時でお願いします", "2026-12-24", "14:00-16:00", false},
	{"next year", "", "", "1月5日(火) 午前中希望です", "2027-01-05", "am", false},
	{"the order's own day", "", "", "11/23(月) 19時以降に届けてください", "2026-11-23", "19:00-", false},
	{"day in the sentence", "", "", "お届けは12月24日の午前中でお願いします", "2026-12-24", "am", false},
	{"slot before the day", "", "", "午前中 12/24希望", "2026-12-24", "am", false},
	{"among sentences", "", "", "お世話になります。12月24日の午前中にお届けください。よろしくお願いします。", "2026-12-24", "am", false},
	{"in two sentences", "", "", "12月24日にお届けください。\n時間は午前中にお届けください。", "2026-12-24", "am", false},
	{"weekday right", "", "", "12/24(木) 午前中希望", "2026-12-24", "am", false},
	{"day alone", "", "", "12月24日に届けてください", "2026-12-24", "none", false},
	{"answer of the form", "", "", "[配送日時指定:]\n2026-12-24(木)\n午前中\n\n[備考:]\n", "2026-12-24", "am", false},
	{"day heading and slot heading", "", "", "お届け希望日：12/24\n希望時間帯：14-16時", "2026-12-24", "14:00-16:00", false},
	{"day heading, day below", "", "", "[お届け希望日:]\n2026-12-24\n[希望時間帯:]\n14-16時", "2026-12-24", "14:00-16:00", false},

	{"weekday wrong", "", "", "12/24(月) 午前中希望", "", "?", false},
	{"weekday wrong, in the form", "", "", "[配送日時指定:]\n12/24(月)\n午前中", "", "?", false},
	{"weekday wrong, day alone", "", "", "12月24日(月)に届けてください", "", "?", false},
	{"tomorrow", "", "", "明日の午前中に届けてください", "", "?", false},
	{"tomorrow, no slot", "", "", "明日届けてください", "", "?", false},
	{"day and part, no wish word", "", "", "明後日 午前中", "", "?", false},
	{"range of days", "", "", "12/24～26 午前中にお願いします", "", "?", false},
	{"range of days, written", "", "", "12月24日～26日の午前中に配達希望", "", "?", false},
	{"one of two days", "", "", "12/24か12/25の午前中にお願いします", "", "?", false},
	{"until a day", "", "", "12月24日までに届けてください", "", "?", false},
	{"from a day on", "", "", "12月24日以降の午前中に届けてください", "", "?", false},
	{"about a day", "", "", "12月24日頃の午前中希望", "", "?", false},
	{"day of no month", "", "", "24日の午前中に届けてください", "", "?", false},
	{"no such day", "", "", "2月30日の午前中に届けてください", "", "?", false},
	{"leap day far away", "", "", "2月29日の午前中に届けてください", "", "?", false},
	{"a year that is over", "", "", "2025年12月24日の午前中に届けてください", "", "?", false},
	{"weekday alone", "", "", "土曜日の午前中に届けてください", "", "?", false},
	{"two days", "", "", "12月24日に届けてください。\n12月25日の午前中に届けてください。", "", "?", false},
	{"form and words name other days", "", "", "[配送日時指定:]\n2026-12-24(木)\n午前中\n\n[備考:]\n12月25日に届けてください", "", "?", false},
	{"not but one day", "", "", "12月24日以外の午前中に届けてください", "", "?", false},
	{"day answered in words", "", "", "お届け希望日：明日\n希望時間帯：14-16時", "", "?", false},
	{"bare numbers where a day is asked for", "", "", "[配送日時指定:]\n8-12", "", "?", false},
	{"bare numbers, date given", "", "", "[配送日時指定:]\n2026-12-24(木)\n8-12", "2026-12-24", "08:00-12:00", false},

	// A wish in words beside an unanswered question is not "no preference".
	{"words beside the unanswered form", "2026-12-24", "", "[配送日時指定:]\n2026-12-24(木)\n\n\n[備考:]\nできれば19時以降に届けてください", "2026-12-24", "?", false},
	{"readable words beside the unanswered form", "2026-12-24", "", "[配送日時指定:]\n2026-12-24(木)\n\n\n[備考:]\n19時以降に届けてください", "2026-12-24", "19:00-", false},
	{"words beside the default answer", "", "", "[配送日時指定:]\n\n指定なし\n\n[備考:]\n19時以降に届けてください", "", "19:00-", false},
	{"unclear words beside the default answer", "", "", "[配送日時指定:]\n\n指定なし\n\n[備考:]\n夕方以降だと助かります", "", "?", false},
	{"words beside the field's default", "2026-12-24", "指定なし", "午前中に届けてください", "2026-12-24", "am", false},
	{"unclear words beside the field's default", "2026-12-24", "指定なし", "できれば夜でお願いします", "2026-12-24", "?", false},
	{"politeness", "", "", "午前中に届けていただけると助かります", "", "am", false},
	{"politeness that is not read", "", "", "お昼過ぎに来ていただけると嬉しいです", "", "?", false},
	{"absence", "", "", "19時までは不在にしています", "", "?", false},
	{"absent on a day", "2026-12-24", "", "12月24日は不在です", "2026-12-24", "?", false},
	{"only from a time", "", "", "18時以降しか家にいません", "", "?", false},

	// Words against what was chosen.
	{"another slot", "2026-12-24", "14-16時", "やっぱり午前中にしてください", "2026-12-24", "?", true},
	{"another slot, readable", "2026-12-24", "14-16時", "午前中に届けてください", "2026-12-24", "?", true},
	{"another day", "2026-12-23", "午前中", "12月24日 午前中に配達をお願いします", "2026-12-23", "?", true},
	{"another day, no slot", "2026-12-23", "", "12月24日に届けてください", "2026-12-23", "?", true},
	{"another day in a form, nothing below", "2026-12-23", "", "お届け希望日時：\n2026-12-24\n\n", "2026-12-23", "?", true},
	{"another day and a slot", "2026-12-23", "", "12月24日 午前中に配達をお願いします", "2026-12-23", "?", true},
	{"another day in the form with its slot", "2026-12-23", "", "[配送日時指定:]\n2026-12-24(木)\n午前中", "2026-12-23", "?", true},
	{"words against the form", "", "", "[配送日時指定:]\n2026-12-24(木)\n14:00-16:00\n\n[備考:]\nやっぱり午前中にしてください", "2026-12-24", "?", false},
	{"relative day against a day", "2026-12-24", "午前中", "明日届けてください", "2026-12-24", "?", true},
	{"other part of the day", "2026-12-24", "午前中", "平日の夜に受け取り希望です", "2026-12-24", "?", true},
	{"not at the hours chosen", "2026-12-24", "14-16時", "14-16時は不在です", "2026-12-24", "?", true},

	// The same said again, and other matters.
	{"the same slot", "2026-12-24", "14-16時", "14時～16時に届けてください", "2026-12-24", "14:00-16:00", false},
	{"the same day and slot", "2026-12-24", "14-16時", "12/24(木) 14時～16時でお願いします", "2026-12-24", "14:00-16:00", false},
	{"the morning in hours", "2026-12-24", "午前中", "[配送日時指定:]\n2026-12-24(木)\n午前中(8時～12時)", "2026-12-24", "am", false},
	{"vague and fitting", "2026-12-24", "14-16時", "平日の昼に受け取り希望です", "2026-12-24", "14:00-16:00", false},
	{"the same day in words that are not read", "2026-12-24", "14-16時", "必ず12月24日に届けてください！", "2026-12-24", "14:00-16:00", false},
	{"consent about days", "", "", "お届け日についての確認：同意する", "", "none", false},
	{"a telephone call", "2026-12-24", "14-16時", "18時以降に電話ください", "2026-12-24", "14:00-16:00", false},
	{"nothing about it", "2026-12-24", "14-16時", "のし希望です。誕生日は12月1日です。名入れは「花子」でお願いします", "2026-12-24", "14:00-16:00", false},
	{"nothing at all", "", "", "のし不要です。\n領収書をお願いします。", "", "none", false},
	{"an earlier birthday", "", "", "[名入れ:]\n2020/05/05\n[備考:]\n1日でも早く届くと嬉しいです", "", "none", false},
	{"drop-off", "", "", "不在の場合は宅配ボックスへお願いします", "", "none", false},
	{"the shop changed what the form left", "2026-12-25", "16-18時", "[配送日時指定:]\n2026-12-24(木)\n14:00-16:00\n\n[備考:]\nのし希望", "2026-12-25", "16:00-18:00", true},
	{"the shop's own word in the form", "2026-12-24", "16-18時", "[配送日時指定:]\n2026-12-24(木)\nおひさま便\n", "2026-12-24", "16:00-18:00", false},
}

func TestReadRemarks(t *testing.T) {
	placed := order.Date{Year: 2026, Month: 11, Day: 23}
	for _, w := range wishes {
		t.Run(w.name, func(t *testing.T) {
			day, err := order.ParseDate(w.day)
			require.NoError(t, err)
			d := order.Delivery{Date: day}
			d.ReadSlot(nil, timeslot.Label{Text: w.label}, order.FromField)
			problems := d.ReadRemarks(nil, timeslot.Label{Mall: "example"}, w.remarks, placed)
			got := d.Slot.String()
			if d.Unresolved() {
				got = "?"
				require.NotEmpty(t, d.Label, "an unresolved slot keeps its label")
				require.Equal(t, order.FromText, d.From)
				require.Positive(t, d.Line)
				require.Empty(t, d.Matcher)
			}
			require.Equal(t, w.want, got, "label %q", d.Label)
			require.Equal(t, w.wantDay, d.Date.String())
			require.Equal(t, w.problem, len(problems) == 1)
			if w.problem {
				require.Equal(t, "remarks", problems[0].Field)
				require.NotEmpty(t, problems[0].Text)
			}
		})
	}
}

// TestReadRemarksKeepsWhatWasSaid: the person who looks sees the field's label and all words that
// matter, with the day that stands beside or above them.
func TestReadRemarksKeepsWhatWasSaid(t *testing.T) {
	placed := order.Date{Year: 2026, Month: 11, Day: 23}
	for _, c := range []struct {
		day, label, remarks string
		want                string
		line                int
	}{
		{"", "", "お世話になります。\n明日の午前中に届けてください", "明日の午前中に届けてください", 2},
		{"", "", "12/24(月)\n午前中希望", "12/24(月)\n午前中希望", 1},
		{"2026-12-24", "14-16時", "やっぱり午前中にしてください", "14-16時\nやっぱり午前中にしてください", 1},
		{"2026-12-23", "", "12月24日に届けてください", "12月24日に届けてください", 1},
		{"2026-12-23", "", "12月24日 午前中に配達をお願いします", "12月24日 午前中に配達をお願いします", 1},
		{"2026-12-23", "", "お世話になります。\n12月24日 午前中に配達をお願いします", "12月24日 午前中に配達をお願いします", 2},
		{"2026-12-23", "", "12月24日に届けてください。\nできれば夜でお願いします。\n夕方以降だと助かります",
			"できれば夜でお願いします。\n夕方以降だと助かります", 2},
		{"2026-12-23", "午前中", "12月24日 午前中に配達をお願いします", "午前中\n12月24日 午前中に配達をお願いします", 1},
		{"2026-12-23", "", "[配送日時指定:]\n2026-12-24(木)\n午前中", "2026-12-24(木)\n午前中", 3},
	} {
		day, err := order.ParseDate(c.day)
		require.NoError(t, err)
		d := order.Delivery{Date: day}
		d.ReadSlot(nil, timeslot.Label{Text: c.label}, order.FromField)
		d.ReadRemarks(nil, timeslot.Label{}, c.remarks, placed)
		require.True(t, d.Unresolved(), c.remarks)
		require.Equal(t, c.want, d.Label)
		require.Equal(t, c.line, d.Line, c.remarks)
	}
}

// TestReadRemarksKnowsWordsAndHours: a word for hours and the hours are one wish.
func TestReadRemarksKnowsWordsAndHours(t *testing.T) {
	for _, c := range []struct {
		label, remarks string
		same           bool
	}{
		{"午前中", "8時～12時に届けてください", true}, {"午前中", "7時～12時に届けてください", true},
		{"午前中", "6時～12時に届けてください", false}, {"午前中", "8時～11時に届けてください", false},
		{"8時～12時", "午前中に届けてください", true}, {"8時～11時", "午前中に届けてください", false},
		{"午後", "12時～17時に届けてください", true}, {"午後", "12時～18時に届けてください", true},
		{"午後", "13時～17時に届けてください", true}, {"午後", "13時～18時に届けてください", true},
		{"午後", "14時～18時に届けてください", false}, {"午後", "13時～16時に届けてください", false},
		{"夜間", "17時～21時に届けてください", true}, {"夜間", "19時～21時に届けてください", true},
		{"夜間", "16時～21時に届けてください", false}, {"夜間", "18時以降に届けてください", false},
		{"午前中", "12時までに届けてください", false},
	} {
		var d order.Delivery
		d.ReadSlot(nil, timeslot.Label{Text: c.label}, order.FromField)
		own := d.Slot
		require.True(t, own.Wanted(), c.label)
		problems := d.ReadRemarks(nil, timeslot.Label{}, c.remarks, order.Date{})
		if c.same {
			require.Empty(t, problems, "%s: %s", c.label, c.remarks)
			require.Equal(t, own, d.Slot)
			continue
		}
		require.Len(t, problems, 1, "%s: %s", c.label, c.remarks)
		require.True(t, d.Unresolved())
	}
}

// Where the field's wish spans several days, each of them is as wished, and the span stays.
func TestReadRemarksBesideSeveralDays(t *testing.T) {
	from := order.Date{Year: 2026, Month: 12, Day: 24}
	to := order.Date{Year: 2026, Month: 12, Day: 26}
	for day, wished := range map[int]bool{23: false, 24: true, 25: true, 26: true, 27: false} {
		d := order.Delivery{Slot: timeslot.NoPreference, Date: from, DateTo: to}
		problems := d.ReadRemarks(nil, timeslot.Label{}, fmt.Sprintf("12月%d日に届けてください", day),
			order.Date{Year: 2026, Month: 11, Day: 23})
		require.Equal(t, wished, len(problems) == 0, day)
		require.Equal(t, wished, d.Slot == timeslot.NoPreference, day)
		require.Equal(t, []order.Date{from, to}, []order.Date{d.Date, d.DateTo}, day)
	}
}

// Without the order's day a day without its year is none.
func TestReadRemarksWithoutTheOrdersDay(t *testing.T) {
	d := order.Delivery{Slot: timeslot.NoPreference}
	d.ReadRemarks(nil, timeslot.Label{}, "12/24 午前中希望です", order.Date{})
	require.True(t, d.Unresolved())
	require.True(t, d.Date.IsZero())
	require.Equal(t, "12/24 午前中希望です", d.Label, "the day is not cut off")
}

// A shop's own matcher is asked about words as about labels.
func TestReadRemarksAsksTheMatcher(t *testing.T) {
	table, err := timeslot.NewTable("shop", timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning})
	require.NoError(t, err)
	d := order.Delivery{Slot: timeslot.NoPreference}
	d.ReadRemarks(timeslot.Chain(table, timeslot.Default()), timeslot.Label{}, "希望時間帯：おひさま便", order.Date{})
	require.Equal(t, timeslot.Morning, d.Slot)
	require.Equal(t, "shop", d.Matcher)
}

func FuzzReadRemarks(f *testing.F) {
	for _, w := range wishes {
		f.Add(w.day, w.label, w.remarks)
	}
	f.Fuzz(func(t *testing.T, day, label, remarks string) {
		date, err := order.ParseDate(day)
		if err != nil {
			date = order.Date{}
		}
		own := order.Delivery{Date: date}
		own.ReadSlot(nil, timeslot.Label{Text: label}, order.FromField)
		d := own
		problems := d.ReadRemarks(nil, timeslot.Label{}, remarks, order.Date{Year: 2026, Month: 11, Day: 23})
		require.True(t, d.Date.IsZero() || d.Date.Valid())
		require.True(t, own.Date.IsZero() || d.Date == own.Date, "the mall's own day stands")
		require.False(t, d.Unresolved() && d.Label == "", "an unresolved slot keeps its label")
		if own.Slot.Wanted() {
			require.True(t, d.Slot == own.Slot || d.Unresolved(), "words move no slot that the mall's field tells")
			require.Equal(t, d.Unresolved(), len(problems) > 0 && d.From == order.FromText)
		}
		if own.Unresolved() {
			require.True(t, d.Unresolved())
		}
		if d.From == order.FromText {
			require.LessOrEqual(t, d.Line, 1+strings.Count(remarks, "\n"))
			require.Positive(t, d.Line)
		}
		for _, p := range problems {
			require.LessOrEqual(t, len([]rune(p.Text)), 64)
		}
	})
}
