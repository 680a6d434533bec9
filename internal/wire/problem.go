package wire

import (
	"cmp"
	"strconv"
	"unicode/utf8"
)

// A Problem is a value that could not be read as its field's type. The field
// keeps its zero value, the rest of the document is decoded.
type Problem struct {
	// Path leads to the field by the document's own names, such as
	// OrderModelList[3].PackageModelList[0].postagePrice. Keys of maps are left
	// out, because they are data.
	Path string
	// Want is the type of the field, such as int64, or "object" or "list".
	Want string
	// Text is the beginning of the value, at most MaxText bytes of valid UTF-8.
	// It may be personal: it is for the caller's eyes, never for a log.
	Text string
	// More is the number of further problems that were not kept. Only the last
	// problem of a document has it.
	More int
}

// String gives path and type, never the value.
func (p Problem) String() string {
	s := cmp.Or(p.Path, "document") + ": not readable as " + p.Want
	if p.More > 0 {
		s += " (and " + strconv.Itoa(p.More) + " more)"
	}
	return s
}

// Error makes a Problem usable as an error. It says the same as String.
func (p Problem) Error() string { return p.String() }

// problems collects what a document got wrong. Paths are completed from the
// inside out: whoever decodes a field or element prefixes what was added in it,
// so that a document without problems pays nothing for paths.
type problems struct {
	list []Problem
	more int
}

// add notes a value that could not be read; its path follows from under.
func (p *problems) add(want string, text []byte) {
	if len(p.list) >= MaxProblems {
		p.more++
		return
	}
	p.list = append(p.list, Problem{Want: want, Text: excerpt(text)})
}

// under puts a step in front of the paths of all problems since from.
func (p *problems) under(from int, step string) {
	for i := from; i < len(p.list); i++ {
		path := p.list[i].Path
		if path != "" && path[0] != '[' && path[0] != '{' {
			path = "." + path
		}
		p.list[i].Path = step + path
	}
}

// underIndex is under for an element of a list.
func (p *problems) underIndex(from, index int) {
	if from < len(p.list) {
		p.under(from, "["+strconv.Itoa(index)+"]")
	}
}

// all gives the problems of a finished document.
func (p *problems) all() []Problem {
	if p.more > 0 {
		p.list[len(p.list)-1].More = p.more
	}
	return p.list
}

// excerpt copies the beginning of a value as valid UTF-8.
func excerpt(text []byte) string {
	out := make([]byte, 0, MaxText)
	for len(text) > 0 {
		r, size := utf8.DecodeRune(text)
		if len(out)+utf8.RuneLen(r) > MaxText {
			break
		}
		out = utf8.AppendRune(out, r)
		text = text[size:]
	}
	return string(out)
}
