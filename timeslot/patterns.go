package timeslot

// pattern is one form of hours, in the letters of the tokens, see words.go.
type pattern struct {
	form string
	name string // for Match.Rule
	read func(a, b reading) Slot
}

// bareWindow is the rule for two numbers without a mark.
const bareWindow = "bare from-to"

// patterns is the whole grammar of hours. A part of a label that matches none of them leaves the
// label unread: 14時, 14, 14時-16時-18時.
var patterns = [...]pattern{
	{"t-t", "from-to", readWindow},         // 14時～16時, 14:00-16:00
	{"n-t", "from-to", readWindow},         // 14-16時
	{"t-n", "from-to", readWindow},         // 14時-16
	{"t-t<", "from-to", readWindow},        // 14時から16時まで
	{"n-t<", "from-to", readWindow},        // 14～16時まで
	{"t>t<", "from-to", readWindow},        // 14時以降16時まで
	{"n-n", bareWindow, readBareWindow},    // 14-16
	{"t<", "until", readUntil},             // 10時まで
	{"-t", "until", readUntil},             // ～21:00
	{"-t<", "until", readUntil},            // ～21時まで
	{"t>", "from", readFrom},               // 20時以降
	{"t-", "from", readFrom},               // 20時～, 20時から
	{"n", "numbered part of the day", nil}, // 午後2: read only beside hours
}

// matchPattern returns the pattern of a part of the label, and its slot.
func matchPattern(part []token) (pattern, Slot) {
	var form [maxTokens]byte
	var hours [2]reading
	n := 0
	for i, t := range part {
		form[i] = t.kind
		if (t.kind == tokTime || t.kind == tokNumber) && n < len(hours) {
			hours[n] = t.hour
			n++
		}
	}
	for _, p := range patterns {
		if string(form[:len(part)]) != p.form {
			continue
		}
		if p.read == nil {
			return p, Unresolved
		}
		return p, p.read(hours[0], hours[1])
	}
	return pattern{}, Unresolved
}

// earliestBareHour is the first hour that two numbers without 時 or colon may mean (8-12): the
// malls' slots begin at 7, and smaller numbers may be days.
const earliestBareHour = 7

// longestBareWindow limits two such numbers as well: no slot is longer, and 12-24 may be Christmas
// Eve.
const longestBareWindow Clock = 6 * 60

func readBareWindow(a, b reading) Slot {
	if a.mer == 0 && b.mer == 0 && a.hour < earliestBareHour {
		return Unresolved
	}
	slot := readWindow(a, b)
	if from, to := slot.clocks(); to-from > longestBareWindow {
		return Unresolved
	}
	return slot
}

// readWindow reads two hours. The second takes its 午前 or 午後 from the first when it
// has none (午後2時～4時), the first from the second only in English order (2-4pm).
func readWindow(a, b reading) Slot {
	if a.minute%30 != 0 && !b.minutes { // 15:15-17時 is a code and a label
		return Unresolved
	}
	if a.mer != 0 && !a.after && b.mer == 0 && b.hour <= 12 && !b.noon {
		b.mer = a.mer
	}
	if b.after && a.mer == 0 && a.hour <= 12 && !a.noon {
		a.mer, a.after = b.mer, true
	}
	var found unique
	for _, from := range a.clocks() {
		for _, to := range b.clocks() {
			if from.Valid() && to.Valid() && from < to {
				found.add(window(from, to))
			}
		}
	}
	return found.slot()
}

func readUntil(a, _ reading) Slot {
	var found unique
	for _, to := range a.clocks() {
		if to.Valid() && to > 0 {
			found.add(until(to))
		}
	}
	return found.slot()
}

func readFrom(a, _ reading) Slot {
	var found unique
	for _, from := range a.clocks() {
		if from.Valid() && from < endOfDay {
			found.add(since(from))
		}
	}
	return found.slot()
}

// unique gathers the possible meanings of a text and accepts only a single one: 午前8時～午後12時 may end
// at noon or at midnight, 午前10時～午後12時30分 only at half past noon.
type unique struct {
	first Slot
	many  bool
}

func (u *unique) add(s Slot) {
	switch u.first {
	case s:
	case Unresolved:
		u.first = s
	default:
		u.many = true
	}
}

func (u *unique) slot() Slot {
	if u.many {
		return Unresolved
	}
	return u.first
}
