package label

import (
	"slices"
	"strings"
	"unicode"
)

// room is a column for part of a text.
type room struct {
	width int // 0 is no limit
	count Count
	// widths of prefecture, municipality and the rest, if the tool splits the column itself
	parts []int
}

// The costs of a break, the lower the better. Anywhere else a text is not broken, never inside a
// number, a word or a name; text without a suitable break is refused.
const (
	never      = -1
	atPart     = 0 // between address lines, company and name; before the building
	atBlank    = 2
	afterTown  = 3 // after the municipality
	perColumn  = 1 // for each further column
	glued      = 3 // for a building that shares a column with what precedes it
	beforeNo   = 8 // between town and house number, 見本町|1-2-3
	afterPref  = 9 // after the prefecture
	bracket    = 10
	afterNo    = 12 // after a house number or its counter
	beforeRoom = 16 // between a building and its room, 架空ハイツ|101
	insideTown = 30 // after 町, 通, 上る and the like
)

// breaks returns the cost of a break before each character.
func (a *address) breaks() []int {
	cost := make([]int, len(a.text)+1)
	for i := 1; i < len(a.text); i++ {
		cost[i] = a.breakAt(i)
	}
	set := func(i, c int) {
		if i > 0 && i < len(a.text) && (cost[i] == never || cost[i] > c) {
			cost[i] = c
		}
	}
	set(a.prefecture, afterPref)
	set(a.city, afterTown)
	set(a.building, atPart)
	for _, i := range a.lines {
		set(i, atPart)
	}
	return cost
}

func (a *address) breakAt(i int) int {
	before, after := a.text[i-1], a.text[i]
	inNumber := func(r rune) bool {
		return digit(r) || latin(r) || hyphen(r) || r == '.' || r == '．'
	}
	switch {
	case blank(after):
		return never // the break is behind the blanks
	case blank(before):
		return atBlank
	case unicode.In(after, unicode.Mn) || after == 'ﾞ' || after == 'ﾟ':
		return never
	case strings.ContainsRune("（(「『【［[", after) || strings.ContainsRune("）)」』】］]、，,／/", before):
		return bracket
	case inNumber(before) && inNumber(after), inNumber(before) &&
		strings.ContainsRune(counters, after):
		return never
	case strings.ContainsRune(counters, before) && (digit(after) || hyphen(after)):
		return never // 1丁目2番3号 is one number
	case digit(after) && (a.building == 0 || i <= a.building):
		return beforeNo
	case digit(after):
		return beforeRoom
	case digit(before) || strings.ContainsRune("号室棟階", before) && i > 1 && digit(a.text[i-2]):
		return afterNo
	case strings.ContainsRune("町通字郡条線入", before) || before == 'る' &&
		strings.ContainsRune("上下", a.text[max(0, i-2)]):
		if a.building == 0 || i < a.building {
			return insideTown
		}
	}
	return never
}

// wordBreaks allows breaks at spaces and at the given positions, for names and contents.
func wordBreaks(text []rune, parts []int) []int {
	cost := make([]int, len(text)+1)
	for i := 1; i < len(text); i++ {
		switch {
		case slices.Contains(parts, i):
			cost[i] = atPart
		case blank(text[i-1]) && !blank(text[i]):
			cost[i] = atBlank
		default:
			cost[i] = never
		}
	}
	return cost
}

// fill is a state of the search: the cheapest way to put the text up to a position into the first
// columns.
type fill struct {
	cost int
	from int
}

// lay divides text among columns at the cheapest breaks. Spaces at a break are left out; otherwise
// the columns joined are the text. ok is false if it does not fit.
func (a *address) lay(cost []int, rooms []room, e Encoding) (cells []string, ok bool) {
	n := len(a.text)
	cells = make([]string, len(rooms))
	if n == 0 {
		return cells, true
	}
	if a.building == 0 && a.fits(0, n, true, rooms[0], e) {
		cells[0] = a.piece(0, n)
		return cells, true
	}
	const far = 1 << 30
	best, states := make([][]fill, len(rooms)+1), make([]fill, (len(rooms)+1)*(n+1))
	for i := range states {
		states[i].cost = far
	}
	for k := range best {
		best[k] = states[k*(n+1) : (k+1)*(n+1)]
	}
	best[0][0].cost = 0
	for k, r := range rooms {
		for from := range n {
			if best[k][from].cost == far {
				continue
			}
			start := skipBlanks(a.text, from)
			for to := start + 1; to <= n; to++ {
				if to < n && cost[to] == never {
					continue
				}
				if !a.fits(start, to, k == 0, r, e) {
					continue
				}
				c := best[k][from].cost + a.inside(start, to)
				if to < n {
					c += cost[to] + perColumn
				}
				if c < best[k+1][to].cost {
					best[k+1][to] = fill{c, from}
				}
			}
		}
	}
	last := 0
	for k := 1; k <= len(rooms); k++ {
		if best[k][n].cost < far && (last == 0 || best[k][n].cost < best[last][n].cost) {
			last = k
		}
	}
	if last == 0 {
		return nil, false
	}
	for k, to := last, n; k > 0; k-- {
		from := best[k][to].from
		cells[k-1] = a.piece(skipBlanks(a.text, from), to)
		to = from
	}
	return cells, true
}

// inside is the cost of parts that share a column.
func (a *address) inside(from, to int) int {
	if a.building > from && a.building < to {
		return glued
	}
	return 0
}

// guard prefixes what a spreadsheet would run as a formula.
const guard = "・"

// formula reports whether a spreadsheet takes a cell with this first character for a formula.
// Japanese Excel does for full-width signs too.
func formula(r rune) bool { return strings.ContainsRune("=+-@＝＋－＠", r) }

func (a *address) piece(from, to int) string {
	text := strings.TrimRight(string(a.text[from:to]), " \u3000")
	if text != "" && formula([]rune(text)[0]) {
		return guard + text
	}
	return text
}

func (a *address) fits(from, to int, first bool, r room, e Encoding) bool {
	if r.width > 0 && a.width(from, to, r.count, e) > r.width {
		return false
	}
	if !first || len(r.parts) < 3 {
		return true
	}
	// The tool cuts the column itself. Where the municipality is not known for sure, all behind the
	// prefecture is treated as the rest.
	city := a.city
	if !a.sure {
		city = a.prefecture
	}
	if city > to {
		return false
	}
	return a.width(0, a.prefecture, r.count, e) <= r.parts[0] &&
		a.width(a.prefecture, city, r.count, e) <= r.parts[1] &&
		a.width(min(skipBlanks(a.text, city), to), to, r.count, e) <= r.parts[2]
}

// width measures the result of piece.
func (a *address) width(from, to int, c Count, e Encoding) int {
	for to > from && blank(a.text[to-1]) {
		to--
	}
	n := 0
	if from < to && formula(a.text[from]) {
		n = c.of(guard, e)
	}
	for _, r := range a.text[from:to] {
		n += c.rune(r, e)
	}
	return n
}
