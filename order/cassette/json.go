package cassette

import (
	"encoding/json"
	"regexp"
	"strings"
)

// json scrubs a document and keeps its blanks and its order. From where it is not JSON any more it
// is scrubbed as text, so that a truncated document stays one.
func (s *scrubber) json(doc string) string {
	d := &jsonDoc{scrubber: s, in: doc}
	if strings.HasPrefix(doc, "\ufeff") {
		d.copy(len("\ufeff"))
	}
	d.space()
	if ok := d.value("", "", 0); ok {
		d.space()
	}
	if d.at < len(d.in) {
		d.out.WriteString(s.plain(d.in[d.at:]))
	}
	return d.out.String()
}

type jsonDoc struct {
	*scrubber
	in  string
	at  int
	out strings.Builder
}

// maxDepth is deeper than any mall's document.
const maxDepth = 200

func (d *jsonDoc) copy(n int) {
	d.out.WriteString(d.in[d.at : d.at+n])
	d.at += n
}

func (d *jsonDoc) space() {
	n := len(d.in[d.at:]) - len(strings.TrimLeft(d.in[d.at:], " \t\r\n"))
	d.copy(n)
}

func (d *jsonDoc) take(c byte) bool {
	if d.at < len(d.in) && d.in[d.at] == c {
		d.copy(1)
		return true
	}
	return false
}

var jsonNumber = regexp.MustCompile(`^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?`)

// value scrubs one value of the field name in the object parent. It returns false where the
// document is not JSON any more.
func (d *jsonDoc) value(parent, name string, depth int) bool {
	if d.at >= len(d.in) || depth > maxDepth {
		return false
	}
	rest := d.in[d.at:]
	switch c := rest[0]; {
	case c == '{':
		return d.object(name, depth)
	case c == '[':
		return d.array(parent, name, depth)
	case c == '"':
		value, n := quoted(rest)
		if n == 0 {
			return false
		}
		d.at += n
		d.quote(d.leaf(parent, name, value))
		return true
	case c == '-' || c >= '0' && c <= '9':
		n := len(jsonNumber.FindString(rest))
		if n == 0 {
			return false
		}
		d.at += n
		d.out.WriteString(d.number(parent, name, rest[:n]))
		return true
	}
	for _, word := range [...]string{"true", "false", "null"} {
		if strings.HasPrefix(rest, word) {
			d.copy(len(word))
			return true
		}
	}
	return false
}

// number keeps a number or replaces its digits. The result is a number that fits the same type.
func (d *jsonDoc) number(parent, name, n string) string {
	class := d.list.class(parent, name)
	switch {
	case class == secret:
		return "0"
	case class.keeps(n), d.list.literals[n]:
		return n
	}
	if whole := strings.TrimPrefix(n, "-"); len(whole) >= 19 {
		return n[:len(n)-len(whole)] + "1" + d.digits(whole[1:])
	}
	return d.digits(n)
}

// digits replaces the digits of a number, except those of an exponent.
func (d *jsonDoc) digits(n string) string {
	if i := strings.IndexAny(n, "eE"); i >= 0 {
		return d.runs(n[:i], digits) + n[i:]
	}
	return d.runs(n, digits)
}

func (d *jsonDoc) array(parent, name string, depth int) bool {
	d.copy(1)
	d.space()
	if d.take(']') {
		return true
	}
	for {
		if !d.value(parent, name, depth+1) {
			return false
		}
		d.space()
		if d.take(']') {
			return true
		}
		if !d.take(',') {
			return false
		}
		d.space()
	}
}

func (d *jsonDoc) object(name string, depth int) bool {
	fields := d.hasField()
	d.copy(1)
	d.space()
	if d.take('}') {
		return true
	}
	for {
		field, n := quoted(d.in[d.at:])
		if n == 0 {
			return false
		}
		d.at += n
		if fields || d.list.known(field) {
			d.quote(d.name(field))
		} else {
			d.quote(d.plain(field))
		}
		d.space()
		if !d.take(':') {
			return false
		}
		d.space()
		if !d.value(name, field, depth+1) {
			return false
		}
		d.space()
		if d.take('}') {
			return true
		}
		if !d.take(',') {
			return false
		}
		d.space()
	}
}

// hasField reports whether the object that begins here has a field that the list knows. In one that
// has none, as in a map by order numbers or by people, the names are values.
func (d *jsonDoc) hasField() bool {
	depth, named := 0, true // whether a string would be a name of this object
	for i := d.at; i < len(d.in); i++ {
		switch d.in[i] {
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return false
			}
		case ',':
			named = true
		case ':':
			named = false
		case '"':
			text, n := quoted(d.in[i:])
			if n == 0 {
				return false
			}
			if depth == 1 && named && d.list.known(text) {
				return true
			}
			i += n - 1
		}
	}
	return false
}

// quoted reads a string at the beginning of s; n is 0 if there is none.
func quoted(s string) (value string, n int) {
	if s == "" || s[0] != '"' {
		return "", 0
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			if json.Unmarshal([]byte(s[:i+1]), &value) != nil {
				return "", 0
			}
			return value, i + 1
		}
	}
	return "", 0
}

func (d *jsonDoc) quote(value string) {
	enc := json.NewEncoder(trimmed{&d.out})
	enc.SetEscapeHTML(false)
	_ = enc.Encode(value) // a string into memory
}

// trimmed drops the line break that json.Encoder ends with.
type trimmed struct{ out *strings.Builder }

func (t trimmed) Write(p []byte) (int, error) {
	t.out.WriteString(strings.TrimSuffix(string(p), "\n"))
	return len(p), nil
}
