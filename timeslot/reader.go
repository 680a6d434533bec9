package timeslot

// Reader reads written slot labels: Japanese ones and the few English words that shops use. The
// zero Reader is ready to use and has no state. [Match.Rule] names the pattern of the label.
//
// It reads hours (14時～16時, 14:00-16:00, 午後2時から4時半まで, 10時まで, 20時以降), parts of the day (午前中, 午後, 夜間,
// AM) and statements of no preference (指定なし, 時間指定しない, any), in any width, with any dash and any
// spacing. It skips words that do not affect the slot (お届け希望, 頃, a carrier's name in brackets)
// and, after a clear slot, instructions (14-16時、不在時は連絡ください). An empty label is [NoPreference].
//
// Hours take precedence over words: 午前中(9時-12時) is 09:00-12:00. Words without fixed bounds (朝, 昼,
// 夕方) are read with hours only; alone they are no slot. The Reader never guesses. These stay
// unread:
//
//   - words outside its vocabulary, such as 以外 and 不可
//   - hours and words that contradict each other, two windows, two parts of the day
//   - hours that do not exist, windows that are reversed or empty
//   - a single hour (14時), which is no slot
//   - hours from 1 to 5 without 午前, 午後 or a leading zero
//   - dates, telephone numbers, and numbers not marked as hours (14, 0812). Two numbers with a
//     dash are read (8-12, 14-16) if the first is 7 or more and they are at most six apart; if the
//     label also asks for a day (日時指定), the first must be more than 12.
//
// The carriers' own codes (0812, 01, 51) mean different things at different carriers; use
// [Software.Matcher] for them.
type Reader struct{}

// maxFolded is the longest folded label that is read.
const maxFolded = 256

// Match reads the label's text and ignores the other fields. It takes time linear in its length.
func (Reader) Match(l Label) (Match, bool) {
	if len(l.Text) > maxLabelText {
		return Match{}, false
	}
	var buf [foldBuffer]byte
	folded := appendFold(buf[:0], l.Text)
	if len(folded) == 0 { // blank: there is no label
		return Match{NoPreference, readerName, "empty"}, true
	}
	var toks tokens
	if len(folded) > maxFolded || !toks.scan(folded) {
		return Match{}, false
	}
	slot, rule := toks.meaning()
	if !slot.Resolved() {
		return Match{}, false
	}
	return Match{slot, readerName, rule}, true
}

const readerName = "reader"

// meaning reads the parts of a label one by one and combines them.
func (t *tokens) meaning() (Slot, string) {
	var f findings
	begin := 0
	for i := 0; i <= t.n; i++ {
		if i < t.n && t.list[i].kind != tokSplit {
			continue
		}
		if i > begin && !f.read(t.list[begin:i]) {
			return Unresolved, ""
		}
		begin = i + 1
	}
	if f.bare && t.dated { // 8-12 may be a day where a day is asked for
		if from, _ := f.hours.clocks(); from <= At(12, 0) {
			return Unresolved, ""
		}
	}
	return f.slot()
}

// findings is what the parts of one label say.
type findings struct {
	hours    Slot
	rule     string
	words    part
	none     bool
	numbered bool // 午後2, 夕方1: one of several windows of a part of the day
	bare     bool // the hours are two bare numbers
	closed   bool // a condition began: what follows applies to that case only
}

// read reads one part. It returns false if the part cannot be read or contradicts an earlier one.
func (f *findings) read(part []token) bool {
	if only(part, tokAside, tokIf) {
		f.closed = f.closed || part[0].kind == tokIf
		return true
	}
	if f.closed { // 不在の場合は、14-16時
		return false
	}
	if only(part, tokNone, tokNone) {
		f.none = true
		return true
	}
	// Words may stand before and behind the hours, but not at an open end of a
	// range: 午前中～14時 is not "until 14:00".
	core := part
	for len(core) > 0 && core[0].kind == tokWord {
		f.words |= core[0].part
		core = core[1:]
	}
	if len(core) < len(part) && len(core) > 0 && core[0].kind == tokRange {
		return false
	}
	for len(core) > 0 && core[len(core)-1].kind == tokWord {
		f.words |= core[len(core)-1].part
		if core[len(core)-2].kind == tokRange { // core[0] is no word
			return false
		}
		core = core[:len(core)-1]
	}
	if len(core) == 0 {
		return true
	}
	pattern, slot := matchPattern(core)
	switch {
	case pattern.form == "n":
		f.numbered = true
		f.words |= core[0].hour.mer
		return core[0].hour.mer != 0 && !core[0].hour.after && core[0].hour.hour <= 3
	case slot == Unresolved || f.hours != Unresolved:
		return false
	}
	f.hours, f.rule, f.bare = slot, pattern.name, pattern.name == bareWindow
	return true
}

// only reports whether all tokens of a part are of one of two kinds.
func only(part []token, a, b byte) bool {
	for _, t := range part {
		if t.kind != a && t.kind != b {
			return false
		}
	}
	return true
}

// onlyNoise reports whether a text consists of known words that say nothing about a slot.
func onlyNoise(text string) bool {
	var buf [foldBuffer]byte
	folded := appendFold(buf[:0], cutLabel(text))
	var t tokens
	if len(text) > maxLabelText || len(folded) > maxFolded || !t.scan(folded) {
		return false
	}
	for _, k := range t.list[:t.n] {
		if k.kind != tokSplit && k.kind != tokAside {
			return false
		}
	}
	return true
}

// slot combines the findings: hours take precedence over words that they do not contradict.
func (f *findings) slot() (Slot, string) {
	switch {
	case f.none:
		if f.hours != Unresolved || f.words != 0 || f.numbered {
			return Unresolved, ""
		}
		return NoPreference, "no preference"
	case f.hours == Unresolved:
		if f.numbered {
			return Unresolved, ""
		}
		return f.words.slot(), "part of the day"
	case !f.words.agrees(f.hours):
		return Unresolved, ""
	case f.words == morning && f.hours == until(At(12, 0)):
		// 午前中（12時まで） says what every morning is, not another slot.
		return Morning, "part of the day"
	}
	return f.hours, f.rule
}

// agrees reports whether hours lie inside every part of the day that was named.
func (p part) agrees(hours Slot) bool {
	from, to, _ := hours.Bounds()
	open := hours.Kind() == KindFrom
	for _, b := range partBounds {
		if p&b.part == 0 {
			continue
		}
		// An open beginning (まで) lies in whatever ends then; an open end only in what lasts until
		// night.
		if from < b.from || to > b.to && !(open && b.to >= At(21, 0)) {
			return false
		}
	}
	return true
}

// partBounds are the widest hours that may stand beside a word.
var partBounds = [...]struct {
	part     part
	from, to Clock
}{
	{morning, 0, At(12, 0)},
	{afternoon, At(12, 0), endOfDay},
	{night, At(16, 0), endOfDay},
	{evening, At(13, 0), At(22, 0)},
	{dawn, 0, At(13, 0)},
	{midday, At(10, 0), At(18, 0)},
	{dark, At(16, 0), endOfDay},
}
