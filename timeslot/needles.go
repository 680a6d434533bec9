package timeslot

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// needles finds which of many texts occur in another one, in time that hardly grows with their
// number.
type needles struct {
	sorted []string
	// parent is the longest other needle that is a prefix of one, -1 if none.
	parent []int
	// span is the range of the needles with a first rune.
	span map[rune][2]int
}

func newNeedles(texts []string) needles {
	slices.Sort(texts)
	n := needles{sorted: slices.Compact(texts), span: make(map[rune][2]int)}
	n.parent = make([]int, len(n.sorted))
	for i, text := range n.sorted {
		// Whatever text begins with was its neighbour's beginning too, or is the neighbour.
		p := i - 1
		for p >= 0 && !strings.HasPrefix(text, n.sorted[p]) {
			p = n.parent[p]
		}
		n.parent[i] = p
		r, _ := utf8.DecodeRuneInString(text)
		s, there := n.span[r]
		if !there {
			s[0] = i
		}
		s[1] = i + 1
		n.span[r] = s
	}
	return n
}

// number returns a needle's number.
func (n needles) number(text string) (int, bool) { return slices.BinarySearch(n.sorted, text) }

// in appends the numbers of the needles that occur in a text, but not within a longer number. A
// number may be appended twice.
func (n needles) in(text []byte, found []int) []int {
	if len(n.sorted) == 0 {
		return found
	}
	for at := 0; at < len(text); {
		r, size := utf8.DecodeRune(text[at:])
		if s, ok := n.span[r]; ok {
			for i := n.longest(text[at:], s); i >= 0; i = n.parent[i] {
				if whole(text, at, n.sorted[i]) {
					found = append(found, i)
				}
			}
		}
		at += size
	}
	return found
}

// longest returns the longest needle of a span that is a prefix of text, -1 if none.
func (n needles) longest(text []byte, span [2]int) int {
	low, high := span[0], span[1]
	for low < high {
		if middle := (low + high) / 2; n.sorted[middle] <= string(text) {
			low = middle + 1
		} else {
			high = middle
		}
	}
	// The last needle not behind the text, or one that it begins with.
	i := low - 1
	if i < span[0] {
		return -1
	}
	for i >= 0 && !(len(n.sorted[i]) <= len(text) &&
		string(text[:len(n.sorted[i])]) == n.sorted[i]) {
		i = n.parent[i]
	}
	return i
}

// whole reports whether a needle at a position splits no number.
func whole(text []byte, at int, needle string) bool {
	end := at + len(needle)
	cutBefore := at > 0 && isDigit(rune(text[at-1])) && isDigit(rune(needle[0]))
	cutBehind := end < len(text) && isDigit(rune(text[end])) && isDigit(rune(needle[len(needle)-1]))
	return !cutBefore && !cutBehind
}
