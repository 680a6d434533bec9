package label

import (
	_ "embed"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
)

// municipalityList has a line for each prefecture: its name, then its municipalities (市区町村), with 郡
// and with the wards of designated cities, as Japan Post's postal code data names them (with 浜松市's
// wards of 2024). Japan Post claims no rights in it.
//
//go:embed municipalities.txt
var municipalityList string

// prefecture holds the municipalities of one prefecture, folded.
type prefecture struct {
	name  string
	towns map[string]bool
	most  int // characters of the longest
}

var prefectures = sync.OnceValue(func() []prefecture {
	var all []prefecture
	for line := range strings.Lines(municipalityList) {
		words := strings.Fields(line)
		p := prefecture{name: words[0], towns: map[string]bool{}}
		for _, w := range words[1:] {
			p.add(w)
			if city, _, ward := strings.Cut(w, "市"); ward && strings.HasSuffix(w, "区") {
				p.add(city + "市")
			}
			_, town, county := strings.Cut(w, "郡")
			if county && len(town) > len("町") && !strings.HasPrefix(w, "郡") &&
				!strings.HasSuffix(w, "市") {
				p.add(town) // buyers leave the 郡 out
			}
		}
		all = append(all, p)
	}
	return all
})

func (p *prefecture) add(name string) {
	name = foldKe(name)
	p.towns[name] = true
	p.most = max(p.most, len([]rune(name)))
}

// foldKe writes the small ヶ as ケ, which is as many bytes.
func foldKe(s string) string { return strings.ReplaceAll(s, "ヶ", "ケ") }

// address is an address as one text, with the positions of its parts, in characters.
type address struct {
	text []rune
	// ends of the first two, beginning of the last; 0 where not known
	prefecture, city, building int
	lines                      []int // beginnings of further lines
	sure                       bool  // the municipality is known, not just guessed from its suffix
}

// addressOf joins a party's address: prefecture, municipality, then the lines, separated by joint.
// A first line that repeats prefecture and municipality (as Amazon's does) is not doubled.
func addressOf(p order.Party, tidy func(string) string, joint rune) address {
	pref, city := tidy(p.Prefecture), tidy(p.City)
	if rest, ok := strings.CutPrefix(city, pref); ok && pref != "" {
		city = strings.TrimLeft(rest, " \u3000")
	}
	var lines []string
	for _, l := range p.Address {
		if l = tidy(l); l != "" {
			lines = append(lines, l)
		}
	}
	head := pref + city
	if len(lines) > 0 && head != "" && strings.HasPrefix(lines[0], head) {
		head = ""
	}
	a := address{text: []rune(head)}
	for i, l := range lines {
		if i > 0 {
			a.text = append(a.text, joint)
			a.lines = append(a.lines, len(a.text))
		}
		a.text = append(a.text, []rune(l)...)
	}
	a.split(len([]rune(city)))
	return a
}

// split finds the parts. told is the length of the municipality if the mall has a field for it.
func (a *address) split(told int) {
	head := string(a.text[:min(len(a.text), 4)])
	for _, p := range prefectures() {
		if !strings.HasPrefix(head, p.name) {
			continue
		}
		a.prefecture = utf8.RuneCountInString(p.name)
		at := skipBlanks(a.text, a.prefecture)
		n := min(len(a.text)-at, p.most)
		for rest := foldKe(string(a.text[at : at+n])); n > 1; n-- {
			if p.towns[rest] {
				a.city, a.sure = at+n, true
				break
			}
			_, last := utf8.DecodeLastRuneInString(rest)
			rest = rest[:len(rest)-last]
		}
		break
	}
	at := skipBlanks(a.text, a.prefecture)
	if a.city == 0 && told > 0 && told <= 12 && at+told <= len(a.text) {
		a.city, a.sure = at+told, true
	}
	if a.city == 0 {
		a.city = at + bySuffix(a.text[at:])
	}
	if a.building = a.buildingFrom(max(a.city, a.prefecture)); a.foreign() {
		a.building = 0
	}
}

// foreign reports whether an address has nothing Japanese in it, so that its parts are unknown.
func (a *address) foreign() bool {
	return !slices.ContainsFunc(a.text, func(r rune) bool {
		return r > '\u2fff' && !formula(r) && !latin(r) && !digit(r) && !blank(r)
	})
}

// bySuffix guesses where an unknown municipality ends: 郡 with 町 or 村, 市 with or without 区, else
// the first of them. 0 is none.
func bySuffix(text []rune) int {
	text = text[:min(len(text), 14)]
	find := func(from int, set string) int {
		for i := from; i < len(text); i++ {
			if unicode.IsDigit(text[i]) || text[i] == ' ' || text[i] == '\u3000' {
				return 0
			}
			if i > 0 && strings.ContainsRune(set, text[i]) {
				return i + 1
			}
		}
		return 0
	}
	if county := find(1, "郡"); county > 0 {
		if town := find(county, "町村"); town > 0 {
			return town
		}
	}
	if city := find(1, "市"); city > 0 {
		if ward := find(city+1, "区"); ward > 0 && ward-city <= 4 {
			return ward
		}
		return city
	}
	return find(1, "区町村")
}

// buildingFrom finds where the building begins: after the house number, which is the first run of
// digits after the municipality with all that belongs to it. Digits in the name of a town
// (北1条西2丁目) do not end it. 0 means none.
func (a *address) buildingFrom(from int) int {
	i := from
	next := func(set string) bool {
		return i+1 < len(a.text) && strings.ContainsRune(set, a.text[i+1])
	}
	for i < len(a.text) {
		for i < len(a.text) && !digit(a.text[i]) {
			i++
		}
		for i < len(a.text) {
			r := a.text[i]
			link := hyphen(r) || strings.ContainsRune("ノの之", r)
			if !digit(r) && !strings.ContainsRune(counters, r) &&
				!(link && next("0123456789０１２３４５６７８９")) {
				break
			}
			i++
		}
		if i >= len(a.text) || !strings.ContainsRune("条町西東南北線字通", a.text[i]) || !a.digitsBehind(i) {
			break
		}
	}
	if i = skipBlanks(a.text, i); i >= len(a.text) || i == from {
		return 0
	}
	if r := a.text[i]; !digit(r) && !unicode.IsLetter(r) && !strings.ContainsRune("（(「『【［[", r) {
		return 0
	}
	return i
}

// digitsBehind reports whether digits follow before the next blank.
func (a *address) digitsBehind(i int) bool {
	for ; i < len(a.text) && !blank(a.text[i]); i++ {
		if digit(a.text[i]) {
			return true
		}
	}
	return false
}

// counters follow the digits of a house number or of a room.
const counters = "丁目番地号室棟階割"

func skipBlanks(text []rune, i int) int {
	for i < len(text) && blank(text[i]) {
		i++
	}
	return i
}

func blank(r rune) bool { return r == ' ' || r == '\u3000' }
func digit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }
func hyphen(r rune) bool {
	return r == '-' || r == '\uff0d' || r == '\u2010' || r == '\u2015' || r == '\u30fc' ||
		r == '\uff70'
}
func latin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' &&
		r <= 'ｚ'
}
