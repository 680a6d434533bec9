package timeslot

import (
	"strings"
	"time"
	"unicode/utf8"
)

// dayFound is a date in a line, and its context.
type dayFound struct {
	date Date
	// in the folded line, including the weekday; both are the given position if no date was found
	start, end int
	found      bool
	bad        bool // an impossible date: wrong weekday, impossible year, 2/29
	glued      bool // the following text makes it more than one day: ～26日, まで, か
	past       bool // before the order
}

// maxDay is more than the length of the longest date with its weekday, in folded bytes.
const maxDay = 96

// dayAt reads the date at a position of a line, with its weekday, and adds its year.
func (c Context) dayAt(l line, at int) dayFound {
	text := string(l.folded[at:min(len(l.folded), at+maxDay)])
	skip := leading(text, " ")
	d, n := scanDate(text[skip:])
	if n == 0 {
		return dayFound{start: at, end: at}
	}
	n += skip
	n += leading(text[n:], " ")
	weekday, length := scanWeekday(text[n:])
	n += length
	n += leading(text[n:], " ")
	f := dayFound{start: at + skip, end: at + n, found: true, glued: gluedTo(text[n:])}
	f.date, f.bad = c.complete(d)
	f.bad = f.bad || weekday >= 0 && f.date.Valid() && f.date.weekday() != weekday
	f.past = f.date.Valid() && c.Placed.Valid() && f.date.Compare(c.Placed) < 0
	return f
}

// firstDay finds the first date anywhere in a line.
func (c Context) firstDay(l line) dayFound {
	text := l.folded
	for i := range text {
		if !isDigit(rune(text[i])) || i > 0 &&
			(isDigit(rune(text[i-1])) || strings.IndexByte("-/.:", text[i-1]) >= 0) {
			continue
		}
		if f := c.dayAt(l, i); f.found {
			f.bad = f.bad || f.past
			return f
		}
	}
	return dayFound{}
}

// complete adds a missing year: that of the next such day on or after the order's. bad is true if
// neither that year nor the next has the day.
func (c Context) complete(d Date) (full Date, bad bool) {
	if d.Year != 0 || !c.Placed.Valid() {
		return d, false
	}
	for year := c.Placed.Year; year <= c.Placed.Year+1; year++ {
		full := Date{year, d.Month, d.Day}
		if full.Valid() && full.Compare(c.Placed) >= 0 {
			return full, false
		}
	}
	return d, true
}

func (d Date) weekday() time.Weekday { return d.Time().Weekday() }

// gluedTo reports whether the text after a date makes it something other than one day.
func gluedTo(text string) bool {
	for _, w := range [...]string{"-", "から", "より", "まで", "迄", "以降", "以後", "以前", "か", "や", "と", "or",
		"頃", "ころ", "ごろ", "前後", "過ぎ", "くらい", "ぐらい", "以外", "、", ",", "/", "・", "&", "+"} {
		if strings.HasPrefix(text, w) {
			return true
		}
	}
	return false
}

// weekdays in the order of time.Weekday.
var weekdays = [...]string{"日", "月", "火", "水", "木", "金", "土"}

// scanWeekday reads (土), (土曜日) or 土曜日 at the beginning of a text; day is -1 for a holiday (祝) and
// if there is none.
func scanWeekday(text string) (day time.Weekday, length int) {
	rest, bracket := strings.CutPrefix(text, "(")
	if len(rest) < len("日") || rest[0] < utf8.RuneSelf {
		return -1, 0
	}
	day = -1
	name := firstRune(rest)
	for i, w := range weekdays {
		if w == name {
			day = time.Weekday(i)
		}
	}
	if day < 0 && name != "祝" {
		return -1, 0
	}
	rest, long := strings.CutPrefix(rest[len(name):], "曜")
	if long {
		rest = strings.TrimPrefix(rest, "日")
	}
	switch {
	case bracket && strings.HasPrefix(rest, ")"):
		return day, len(text) - len(rest) + 1
	case !bracket && long:
		return day, len(text) - len(rest)
	}
	return -1, 0
}

// relativeDays name a day relative to the day of writing, or several days.
var relativeDays = foldAll(
	"明日 あした 明後日 あさって 明々後日 今日 本日 当日 翌日 翌々日 今週 来週 再来週 今月 来月 週末 休日 祝日 土日 年内 年末 年始 " +
		"元旦 元日 大晦日 クリスマス イブ お盆 連休 日後 営業日")

// daysNamed reports whether a folded text names days other than by a date, and whether that fits
// the chosen day.
func (s *search) daysNamed(text string) (days, fits bool) {
	fits = true
	if containsAny(text, relativeDays) || bareDay(text) {
		return true, false
	}
	if strings.Contains(text, "平日") {
		w := s.day.weekday()
		days, fits = true, s.day.Valid() && w != time.Saturday && w != time.Sunday
	}
	for i, name := range weekdays {
		if strings.Contains(text, name+"曜") {
			days, fits = true, fits && s.day.Valid() && s.day.weekday() == time.Weekday(i)
		}
	}
	return days, fits
}

// bareDay finds a day without its month: 24日に, 24日の午前中.
func bareDay(text string) bool {
	for at := 0; ; {
		i := strings.Index(text[at:], "日")
		if i < 0 {
			return false
		}
		i += at
		at = i + len("日")
		if i == 0 || !isDigit(rune(text[i-1])) {
			continue
		}
		if before := strings.TrimRight(text[:i], "0123456789"); strings.HasSuffix(before, "月") {
			continue // it has its month
		}
		for _, w := range [...]string{"に", "の", "着", "午", "指定", "希望", "必着", "(", "朝", "夜", "夕", "か",
			"-", " "} {
			if strings.HasPrefix(text[at:], w) {
				return true
			}
		}
	}
}
