package wire

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

// space skips JSON white space.
func (d *jsonDecoder) space() {
	for d.pos < len(d.data) {
		switch d.data[d.pos] {
		case ' ', '\n', '\t', '\r':
			d.pos++
		default:
			return
		}
	}
}

// next skips white space and returns the next byte.
func (d *jsonDecoder) next() (byte, error) {
	d.space()
	if d.pos == len(d.data) {
		return 0, d.fail(d.pos, ErrTruncated, "")
	}
	return d.data[d.pos], nil
}

// blank reports text of nothing but white space.
func blank(text []byte) bool { return len(bytes.TrimSpace(text)) == 0 }

// start skips what may precede a document and distinguishes pages from data.
func (d *jsonDecoder) start() error {
	if len(d.data) >= 3 && string(d.data[:3]) == "\uFEFF" {
		d.pos = 3
	}
	switch d.space(); {
	case d.pos == len(d.data):
		return d.fail(d.pos, ErrEmpty, "")
	case d.data[d.pos] == '<':
		if looksLikeHTML(d.data[d.pos:]) {
			return d.fail(d.pos, ErrHTML, "")
		}
		return d.fail(d.pos, ErrMalformed, "XML instead of JSON")
	}
	return nil
}

// open checks the depth and steps into an object or list.
func (d *jsonDecoder) open(depth int) error {
	if depth > MaxDepth {
		return d.fail(d.pos, ErrDepth, "")
	}
	d.pos++
	return nil
}

// more steps to the next member or element and reports whether there is one.
// first is true right after the opening bracket.
func (d *jsonDecoder) more(first bool, closing byte) (bool, error) {
	c, err := d.next()
	if err != nil {
		return false, err
	}
	if c == closing {
		d.pos++
		return false, nil
	}
	if first {
		return true, nil
	}
	if c != ',' {
		return false, d.fail(d.pos, ErrMalformed, "want a comma or the end of the list or object")
	}
	d.pos++
	if c, err = d.next(); err != nil {
		return false, err
	}
	if c == closing {
		return false, d.fail(d.pos, ErrMalformed, "nothing after a comma")
	}
	return true, nil
}

// colon steps over the colon after a member's name.
func (d *jsonDecoder) colon() error {
	c, err := d.next()
	if err != nil {
		return err
	}
	if c != ':' {
		return d.fail(d.pos, ErrMalformed, "want a colon")
	}
	d.pos++
	return nil
}

// literal steps over true, false or null.
func (d *jsonDecoder) literal(word string) error {
	rest := d.data[d.pos:]
	if len(rest) >= len(word) && string(rest[:len(word)]) == word {
		d.pos += len(word)
		return nil
	}
	if len(rest) < len(word) && word[:len(rest)] == string(rest) {
		return d.fail(len(d.data), ErrTruncated, "")
	}
	return d.fail(d.pos, ErrMalformed, "want a value")
}

// bare reads a number, true or false and returns its text.
func (d *jsonDecoder) bare(c byte) ([]byte, error) {
	from := d.pos
	var err error
	switch c {
	case 't':
		err = d.literal("true")
	case 'f':
		err = d.literal("false")
	default:
		err = d.number()
	}
	return d.data[from:d.pos], err
}

// number steps over a number.
func (d *jsonDecoder) number() error {
	from := d.pos
	if d.data[d.pos] == '-' {
		d.pos++
	}
	switch {
	case d.pos < len(d.data) && d.data[d.pos] == '0':
		d.pos++
	case d.digits() == 0:
		return d.notNumber(from)
	}
	if d.pos < len(d.data) && d.data[d.pos] == '.' {
		d.pos++
		if d.digits() == 0 {
			return d.notNumber(from)
		}
	}
	if d.pos < len(d.data) && (d.data[d.pos] == 'e' || d.data[d.pos] == 'E') {
		d.pos++
		if d.pos < len(d.data) && (d.data[d.pos] == '+' || d.data[d.pos] == '-') {
			d.pos++
		}
		if d.digits() == 0 {
			return d.notNumber(from)
		}
	}
	return nil
}

// digits steps over digits and counts them.
func (d *jsonDecoder) digits() int {
	from := d.pos
	for d.pos < len(d.data) && d.data[d.pos]-'0' <= 9 {
		d.pos++
	}
	return d.pos - from
}

// notNumber returns the error for a broken number, or for no value at all.
func (d *jsonDecoder) notNumber(from int) error {
	if d.pos == len(d.data) && d.pos > from {
		return d.fail(d.pos, ErrTruncated, "")
	}
	return d.fail(d.pos, ErrMalformed, "want a value")
}

// str reads a string. The result is valid until the next string is read.
func (d *jsonDecoder) str() ([]byte, error) {
	from := d.pos + 1
	n := bytes.IndexByte(d.data[from:], '"')
	if n < 0 {
		return nil, d.fail(len(d.data), ErrTruncated, "")
	}
	if text := d.data[from : from+n]; d.clean && bytes.IndexByte(text, '\\') < 0 {
		d.pos = from + n + 1
		return text, nil
	}
	return d.escaped()
}

// escaped reads a string with escapes or broken UTF-8 in it.
func (d *jsonDecoder) escaped() ([]byte, error) {
	out := d.scratch[:0]
	for i := d.pos + 1; i < len(d.data); {
		switch c := d.data[i]; {
		case c == '"':
			d.pos, d.scratch = i+1, out
			return out, nil
		case c == '\\':
			r, size, err := d.escape(i)
			if err != nil {
				return nil, err
			}
			out = utf8.AppendRune(out, r)
			i += size
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, size := utf8.DecodeRune(d.data[i:])
			out = utf8.AppendRune(out, r)
			i += size
		}
	}
	return nil, d.fail(len(d.data), ErrTruncated, "")
}

// escape reads the escape at i and returns its character and length.
func (d *jsonDecoder) escape(i int) (rune, int, error) {
	if i+1 == len(d.data) {
		return 0, 0, d.fail(len(d.data), ErrTruncated, "")
	}
	switch c := d.data[i+1]; c {
	case '"', '\\', '/':
		return rune(c), 2, nil
	case 'b':
		return '\b', 2, nil
	case 'f':
		return '\f', 2, nil
	case 'n':
		return '\n', 2, nil
	case 'r':
		return '\r', 2, nil
	case 't':
		return '\t', 2, nil
	case 'u':
		r, ok := hex4(d.data[i+2:])
		if !ok {
			if i+6 > len(d.data) {
				return 0, 0, d.fail(len(d.data), ErrTruncated, "")
			}
			break
		}
		if !utf16.IsSurrogate(r) {
			return r, 6, nil
		}
		if rest := d.data[i+6:]; len(rest) >= 6 && rest[0] == '\\' && rest[1] == 'u' {
			if low, ok := hex4(rest[2:]); ok {
				if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
					return pair, 12, nil
				}
			}
		}
		return utf8.RuneError, 6, nil
	}
	return 0, 0, d.fail(i, ErrMalformed, "unknown escape")
}

// hex4 reads the four digits of a \u escape.
func hex4(text []byte) (rune, bool) {
	if len(text) < 4 {
		return 0, false
	}
	var r rune
	for _, c := range text[:4] {
		switch {
		case '0' <= c && c <= '9':
			c -= '0'
		case 'a' <= c && c <= 'f':
			c -= 'a' - 10
		case 'A' <= c && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}

// skip steps over the next value, whatever it is.
func (d *jsonDecoder) skip(depth int) error {
	c, err := d.next()
	if err != nil {
		return err
	}
	switch c {
	case '"':
		return d.skipString()
	case 'n':
		return d.literal("null")
	case '{', '[':
	default:
		_, err := d.bare(c)
		return err
	}
	closing := c + 2 // In ASCII both brackets close two further on.
	if err := d.open(depth + 1); err != nil {
		return err
	}
	for first := true; ; first = false {
		more, err := d.more(first, closing)
		if err != nil || !more {
			return err
		}
		if closing == '}' {
			if d.data[d.pos] != '"' {
				return d.fail(d.pos, ErrMalformed, "want a name")
			}
			if err := d.skipString(); err != nil {
				return err
			}
			if err := d.colon(); err != nil {
				return err
			}
		}
		if err := d.skip(depth + 1); err != nil {
			return err
		}
	}
}

// skipString steps over a string without looking at its escapes.
func (d *jsonDecoder) skipString() error {
	for i := d.pos + 1; ; {
		n := bytes.IndexByte(d.data[i:], '"')
		if n < 0 {
			return d.fail(len(d.data), ErrTruncated, "")
		}
		quote := i + n
		slashes := 0
		for slashes < n && d.data[quote-1-slashes] == '\\' {
			slashes++
		}
		i = quote + 1
		if slashes%2 == 0 {
			d.pos = i
			return nil
		}
	}
}
