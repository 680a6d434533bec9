package wire

import (
	"bytes"
	"reflect"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
)

// children reads the content of an element up to and including its end tag.
// Child elements go to the fields of v, a struct of plan p, by the branch; text is
// appended to text if that is not nil. Plan, branch and text may be nil.
func (d *xmlDecoder) children(
	p *plan, b *branch, v reflect.Value, t tag, depth int, text *[]byte,
) error {
	if t.closed {
		return nil
	}
	if depth > MaxDepth {
		return d.fail(t.at, ErrDepth, "")
	}
	from, childless := d.pos, true
	for expected := 0; ; {
		if err := d.characters(text); err != nil {
			return err
		}
		// The position is at a <.
		if d.pos+1 == len(d.data) {
			return d.truncated()
		}
		switch d.data[d.pos+1] {
		case '/':
			if d.watch != nil && childless && p != nil && text == nil {
				d.watch.textOnly(p, d.data[from:d.pos], depth)
			}
			return d.endTagOf(t)
		case '?', '!':
			if !d.has("<![CDATA[") {
				if err := d.markup(); err != nil {
					return err
				}
				continue
			}
			if err := d.cdata(text); err != nil {
				return err
			}
			continue
		}
		child, err := d.startTag()
		if err != nil {
			return err
		}
		childless = false
		if b == nil {
			if d.watch != nil && text != nil {
				d.watch.note(depth-1, order.DriftType)
			}
			if err := d.skip(child, depth+1); err != nil {
				return err
			}
			continue
		}
		at, known := b.find(child.local, expected)
		if !known {
			if d.watch != nil {
				d.watch.unknown(p, b, child.local, depth)
			}
			if err := d.skip(child, depth+1); err != nil {
				return err
			}
			continue
		}
		e := &b.entries[at]
		if d.watch != nil {
			d.saw(e, child, depth)
		}
		before := len(d.problems.list)
		if e.sub != nil {
			expected = at
			err = d.children(p, e.sub, v, child, depth+1, nil)
		} else {
			expected = at + 1
			if e.field.plan.kind == kindSlice {
				expected = at
			}
			err = d.element(e.field.plan, e.field.in(v), child, depth+1)
		}
		if err != nil {
			return err
		}
		if before < len(d.problems.list) {
			d.problems.under(before, e.name)
		}
	}
}

// skip steps over the rest of an element.
func (d *xmlDecoder) skip(t tag, depth int) error {
	return d.children(nil, nil, reflect.Value{}, t, depth, nil)
}

// content reads an element with text and returns the text. Elements inside it are skipped.
func (d *xmlDecoder) content(t tag, depth int) ([]byte, error) {
	if t.closed {
		return nil, nil
	}
	// Nearly always there is plain text up to the end tag.
	if n := bytes.IndexByte(d.data[d.pos:], '<'); n >= 0 && d.pos+n+1 < len(d.data) &&
		d.data[d.pos+n+1] == '/' && depth <= MaxDepth {
		if text := d.data[d.pos : d.pos+n]; d.plain(text) {
			d.pos += n
			return trimSpace(text), d.endTagOf(t)
		}
	}
	d.literalFrom, d.literalTo = -1, -1
	text := d.scratch[:0]
	if err := d.children(nil, nil, reflect.Value{}, t, depth, &text); err != nil {
		return nil, err
	}
	d.scratch = text
	return d.trimmed(text), nil
}

// plain reports whether the text needs no conversion.
func (d *xmlDecoder) plain(text []byte) bool {
	return d.clean && bytes.IndexByte(text, '&') < 0 && bytes.IndexByte(text, '\r') < 0
}

// characters reads text up to the next <.
func (d *xmlDecoder) characters(text *[]byte) error {
	n := bytes.IndexByte(d.data[d.pos:], '<')
	if n < 0 {
		return d.truncated()
	}
	if text != nil && n > 0 {
		*text = d.appendText(*text, d.data[d.pos:d.pos+n], true)
	}
	d.pos += n
	return nil
}

// cdata reads a CDATA section.
func (d *xmlDecoder) cdata(text *[]byte) error {
	from := d.pos + len("<![CDATA[")
	if err := d.past(from, "]]>"); err != nil {
		return err
	}
	if text != nil && d.pos-len("]]>") > from {
		if d.literalFrom < 0 {
			d.literalFrom = len(*text)
		}
		*text = d.appendText(*text, d.data[from:d.pos-len("]]>")], false)
		d.literalTo = len(*text)
	}
	return nil
}

// appendText appends text in its final form: line ends as \n, broken UTF-8
// replaced, references resolved if there can be any.
func (d *xmlDecoder) appendText(out, text []byte, references bool) []byte {
	if d.plain(text) {
		return append(out, text...)
	}
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c == '&' && references:
			r, size := reference(text[i:])
			out = utf8.AppendRune(out, r)
			i += size
		case c == '\r':
			out = append(out, '\n')
			if i++; i < len(text) && text[i] == '\n' {
				i++
			}
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, size := utf8.DecodeRune(text[i:])
			out = utf8.AppendRune(out, r)
			i += size
		}
	}
	return out
}

// reference reads the character or entity reference at the beginning of the text and returns its
// character and length. Anything else is a literal &.
func reference(text []byte) (rune, int) {
	end := 1
	for end < len(text) && (text[end] == '#' || nameByte(text[end])) {
		end++
	}
	if end == len(text) || text[end] != ';' {
		return '&', 1
	}
	switch name := text[1:end]; string(name) {
	case "amp":
		return '&', end + 1
	case "lt":
		return '<', end + 1
	case "gt":
		return '>', end + 1
	case "quot":
		return '"', end + 1
	case "apos":
		return '\'', end + 1
	default:
		if len(name) > 1 && name[0] == '#' {
			if r, ok := codePoint(name[1:]); ok {
				return r, end + 1
			}
		}
	}
	return '&', 1
}

// codePoint reads the number of a character reference. NUL, surrogates and numbers beyond Unicode
// are invalid.
func codePoint(digits []byte) (rune, bool) {
	base := rune(10)
	if digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	var r rune
	for _, c := range digits {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case base == 16 && 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case base == 16 && 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		if r = r*base + rune(c); r > utf8.MaxRune {
			return 0, false
		}
	}
	return r, len(digits) > 0 && r != 0 && utf8.ValidRune(r)
}

// trimmed removes white space around a text, except what came from CDATA.
func (d *xmlDecoder) trimmed(text []byte) []byte {
	from, to := 0, len(text)
	for from < to && from != d.literalFrom && isSpace(text[from]) {
		from++
	}
	for to > from && to != d.literalTo && isSpace(text[to-1]) {
		to--
	}
	return text[from:to]
}

// trimSpace drops XML white space, and no other, from both ends.
func trimSpace(text []byte) []byte {
	for len(text) > 0 && isSpace(text[0]) {
		text = text[1:]
	}
	for len(text) > 0 && isSpace(text[len(text)-1]) {
		text = text[:len(text)-1]
	}
	return text
}

// setScalar sets a scalar or a pointer to one; blank text leaves a pointer nil.
func (d *xmlDecoder) setScalar(p *plan, v reflect.Value, text []byte) bool {
	if p.kind != kindPointer {
		return setText(p, v, text, &d.text)
	}
	v.SetZero()
	if len(text) == 0 {
		return true
	}
	elem := reflect.New(p.elem.typ)
	ok := setText(p.elem, elem.Elem(), text, &d.text)
	if ok {
		v.Set(elem)
	}
	return ok
}

// setAttributes fills the attribute fields of a struct.
func (d *xmlDecoder) setAttributes(p *plan, v reflect.Value, t tag, depth int) {
	if t.from == t.to {
		return
	}
	back := d.pos
	for d.pos = t.from; ; {
		name, value, ok, err := d.attribute()
		if err != nil || !ok {
			break // The tag was read before: this is its end.
		}
		prefixed := name
		name = local(name)
		known := false
		for _, f := range p.attrs {
			if f.name != string(name) {
				continue
			}
			known = true
			text := d.appendText(d.scratch[:0], value, true)
			d.scratch = text
			if !d.setScalar(f.plan, f.in(v), text) {
				before := len(d.problems.list)
				d.problems.add(f.plan.want, text)
				d.problems.under(before, "@"+f.name)
			}
		}
		if d.watch != nil && !known {
			d.watch.attribute(p, prefixed, depth)
		}
	}
	d.pos = back
}
