package wire

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
)

// ErrMember is a complete document that lacks what every answer of its operation has: it answers
// something else, or comes from another server.
var ErrMember = errors.New("a member of the answer is missing or of another type")

// A Shape is what a document must contain to be the answer of an operation. The zero Shape accepts
// any complete document.
//
// It is written as members, one text each: a path by the document's own names joined with dots
// (for XML below the root element, @name for an attribute), and what is expected there:
//
//	orders[]      a list, which may be empty
//	orders[+]     a list with at least one element
//	orders[?]     a list or null; the name must be there
//	order{}       an object, or an element with elements in it
//	order{?}      an object or null; the name must be there
//	reportId      a text, number or flag that is not blank
//	resultCount#  a whole number, not negative
//	Status=OK     this text
//	orderId=$     the id that the request named; any, when it named none
//	!errors       absent, null, or empty
//
// Alternatives are separated by |: one of them is enough.
type Shape struct {
	rules []rule
	root  node
	slots int
}

// A rule is a member with its alternatives.
type rule struct {
	text string
	any  []member
}

type member struct {
	slot  int
	kind  byte // one of the kinds below, or '+', '?', '~', '=', '!'
	value string
}

// A node is a step of the paths.
type node struct {
	slot int // 0 is none
	sub  map[string]*node
}

// What a document has at a place.
const (
	kindAbsent = 0
	kindNull   = 'n'
	kindBlank  = ' ' // an empty text or element
	kindText   = '"'
	kindNumber = '#' // digits only
	kindEmpty  = ']' // a list without elements
	kindList   = '['
	kindObject = '{'
	kindHollow = '}' // an object without members
)

// ParseShape reads the members of a shape.
func ParseShape(members ...string) (Shape, error) {
	var s Shape
	for _, text := range members {
		r := rule{text: text}
		for _, one := range strings.Split(text, "|") {
			m := member{kind: kindText}
			path := one
			switch {
			case strings.HasPrefix(path, "!"):
				m.kind, path = '!', path[1:]
			case strings.HasSuffix(path, "[]"):
				m.kind, path = kindList, path[:len(path)-2]
			case strings.HasSuffix(path, "[+]"):
				m.kind, path = '+', path[:len(path)-3]
			case strings.HasSuffix(path, "[?]"):
				m.kind, path = '?', path[:len(path)-3]
			case strings.HasSuffix(path, "{?}"):
				m.kind, path = '~', path[:len(path)-3]
			case strings.HasSuffix(path, "{}"):
				m.kind, path = kindObject, path[:len(path)-2]
			case strings.HasSuffix(path, "#"):
				m.kind, path = kindNumber, path[:len(path)-1]
			}
			if before, value, ok := strings.Cut(path, "="); ok {
				m.kind, path, m.value = '=', before, value
			}
			if path == "" || strings.Contains(path, "..") || strings.ContainsAny(path, "[]{}#! ") {
				return Shape{}, fmt.Errorf("wire: member %q of a shape", text)
			}
			m.slot = s.place(path)
			r.any = append(r.any, m)
		}
		s.rules = append(s.rules, r)
	}
	return s, nil
}

// place returns the slot of a path.
func (s *Shape) place(path string) int {
	at := &s.root
	for _, name := range strings.Split(path, ".") {
		next := at.sub[name]
		if next == nil {
			next = new(node)
			if at.sub == nil {
				at.sub = make(map[string]*node)
			}
			at.sub[name] = next
		}
		at = next
	}
	if at.slot == 0 {
		s.slots++
		at.slot = s.slots
	}
	return at.slot
}

// A finding is what a document has at a slot.
type finding struct {
	kind byte
	text []byte
}

// JSON scans a complete document without decoding it. The error is that of [JSON] for a broken
// document, and wraps ErrMember for one of another shape. id is what the request named, or empty.
func (s *Shape) JSON(data []byte, id string) error {
	d := jsonDecoder{data: data, clean: true} // names are compared, nothing is kept
	if err := d.start(); err != nil {
		return err
	}
	found := make([]finding, s.slots+1)
	object := d.data[d.pos] == '{'
	if err := d.outline(&s.root, found, 0); err != nil {
		return err
	}
	if d.space(); d.pos < len(d.data) {
		return d.fail(d.pos, ErrMalformed, "more after the end of the document")
	}
	if !object {
		return d.fail(0, ErrRoot, "want object")
	}
	return s.judge(found, "JSON", id)
}

// outline steps over a value and records what is at n and below.
func (d *jsonDecoder) outline(n *node, found []finding, depth int) error {
	c, err := d.next()
	if err != nil {
		return err
	}
	from := d.pos
	if c != '{' || len(n.sub) == 0 {
		n.forget(found)
		if err := d.skip(depth); err != nil {
			return err
		}
		found[n.slot] = valueOf(d.data[from:d.pos])
		return nil
	}
	n.forget(found) // of duplicate names the last one wins as a whole
	if err := d.open(depth + 1); err != nil {
		return err
	}
	for first := true; ; first = false {
		more, err := d.more(first, '}')
		if err != nil {
			return err
		}
		if !more {
			found[n.slot] = valueOf(d.data[from:d.pos])
			return nil
		}
		if d.data[d.pos] != '"' {
			return d.fail(d.pos, ErrMalformed, "want a name")
		}
		name, err := d.str()
		if err != nil {
			return err
		}
		sub := n.sub[string(name)]
		if err := d.colon(); err != nil {
			return err
		}
		if sub == nil {
			err = d.skip(depth + 1)
		} else {
			err = d.outline(sub, found, depth+1)
		}
		if err != nil {
			return err
		}
	}
}

// forget clears what was found at a node and below.
func (n *node) forget(found []finding) {
	found[n.slot] = finding{}
	for _, sub := range n.sub {
		sub.forget(found)
	}
}

// valueOf classifies the text of a JSON value.
func valueOf(raw []byte) finding {
	if len(raw) == 0 {
		return finding{}
	}
	switch raw[0] {
	case 'n':
		return finding{kind: kindNull}
	case '[':
		if blank(raw[1 : len(raw)-1]) {
			return finding{kind: kindEmpty}
		}
		return finding{kind: kindList}
	case '{':
		if blank(raw[1 : len(raw)-1]) {
			return finding{kind: kindHollow}
		}
		return finding{kind: kindObject}
	case '"':
		raw = raw[1 : len(raw)-1]
	}
	return textOf(raw)
}

func textOf(text []byte) finding {
	text = bytes.TrimSpace(text)
	switch {
	case len(text) == 0:
		return finding{kind: kindBlank}
	case len(bytes.Trim(text, "0123456789")) == 0:
		return finding{kindNumber, text}
	}
	return finding{kindText, text}
}

// judge compares what was found with what is required.
func (s *Shape) judge(found []finding, format, id string) error {
rules:
	for _, r := range s.rules {
		for _, m := range r.any {
			if m.fits(found[m.slot], id) {
				continue rules
			}
		}
		return &SyntaxError{Format: format, Detail: "want " + r.text, Member: r.text,
			Err: ErrMember}
	}
	return nil
}

func (m member) fits(f finding, id string) bool {
	switch m.kind {
	case '!':
		return f.kind == kindAbsent || f.kind == kindNull || f.kind == kindBlank ||
			f.kind == kindEmpty || f.kind == kindHollow
	case '?':
		return f.kind == kindList || f.kind == kindEmpty || f.kind == kindNull
	case '~':
		return f.kind == kindObject || f.kind == kindNull
	case '+':
		return f.kind == kindList
	case '=':
		if m.value == "$" {
			return len(f.text) > 0 && (id == "" || string(f.text) == id)
		}
		return string(f.text) == m.value
	case kindList:
		return f.kind == kindList || f.kind == kindEmpty
	case kindText:
		return f.kind == kindText || f.kind == kindNumber
	}
	return f.kind == m.kind
}
