package wire

import (
	"bytes"
)

// nameByte reports the bytes that names consist of. Non-ASCII letters are not distinguished; the
// malls' names are ASCII.
func nameByte(c byte) bool { return nameBits[c/64]>>(c%64)&1 != 0 }

// nameBits has a bit for each byte: digits and marks, letters and _, non-ASCII.
var nameBits = [4]uint64{
	(1<<10-1)<<'0' | 1<<'-' | 1<<'.' | 1<<':',
	(1<<26-1)<<('A'-64) | (1<<26-1)<<('a'-64) | 1<<('_'-64),
	1<<64 - 1, 1<<64 - 1,
}

// A tag is a start tag.
type tag struct {
	// at is the offset of its <.
	at int
	// name is as written, local is without the prefix.
	name, local []byte
	// from and to delimit the attributes.
	from, to int
	// closed is true for an element without an end tag: <name/>.
	closed bool
}

// space skips XML white space.
func (d *xmlDecoder) space() {
	for d.pos < len(d.data) && isSpace(d.data[d.pos]) {
		d.pos++
	}
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

func (d *xmlDecoder) truncated() error { return d.fail(len(d.data), ErrTruncated, "") }

// has reports whether the document continues with the given text.
func (d *xmlDecoder) has(text string) bool {
	rest := d.data[d.pos:]
	return len(rest) >= len(text) && string(rest[:len(text)]) == text
}

// past moves to after the next occurrence of the given text, starting from offset.
func (d *xmlDecoder) past(from int, text string) error {
	if from > len(d.data) {
		return d.truncated()
	}
	n := bytes.Index(d.data[from:], []byte(text))
	if n < 0 {
		return d.truncated()
	}
	d.pos = from + n + len(text)
	return nil
}

// misc skips white space, comments and processing instructions.
func (d *xmlDecoder) misc() error {
	for {
		d.space()
		if !d.has("<?") && !d.has("<!") {
			return nil
		}
		if d.has("<![CDATA[") {
			return d.fail(d.pos, ErrMalformed, "text outside the root element")
		}
		if err := d.markup(); err != nil {
			return err
		}
	}
}

// markup steps over a comment or processing instruction and refuses every other
// <! construct.
func (d *xmlDecoder) markup() error {
	switch {
	case d.has("<?"):
		return d.past(d.pos+2, "?>")
	case d.has("<!--"):
		return d.past(d.pos+4, "-->")
	}
	for _, start := range [...]string{"<!--", "<![CDATA["} {
		if rest := d.data[d.pos:]; len(rest) < len(start) && start[:len(rest)] == string(rest) {
			return d.truncated()
		}
	}
	if looksLikeHTML(d.data[d.pos:]) {
		return d.fail(d.pos, ErrHTML, "")
	}
	return d.fail(d.pos, ErrDoctype, "")
}

// qname reads a name.
func (d *xmlDecoder) qname() ([]byte, error) {
	from := d.pos
	for d.pos < len(d.data) && nameByte(d.data[d.pos]) {
		d.pos++
	}
	if d.pos == len(d.data) {
		return nil, d.truncated()
	}
	if c := d.data[from]; d.pos == from || c == '-' || c == '.' || '0' <= c && c <= '9' {
		return nil, d.fail(from, ErrMalformed, "want a name")
	}
	return d.data[from:d.pos], nil
}

// local drops the prefix of a name.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i > 0 && i < len(name)-1 {
		return name[i+1:]
	}
	return name
}

// startTag reads the start tag at the position.
func (d *xmlDecoder) startTag() (tag, error) {
	t := tag{at: d.pos}
	d.pos++
	name, err := d.qname()
	if err != nil {
		return t, err
	}
	t.name, t.local = name, name
	if d.data[d.pos] == '>' && bytes.IndexByte(name, ':') < 0 {
		// No attributes, no prefix: nearly all tags.
		d.pos++
		return t, nil
	}
	t.local = local(name)
	t.from = d.pos
	for {
		_, _, ok, err := d.attribute()
		if err != nil {
			return t, err
		}
		if !ok {
			break
		}
	}
	t.to = d.pos
	if d.data[d.pos] == '/' {
		t.closed = true
		d.pos++
		if d.pos == len(d.data) {
			return t, d.truncated()
		}
	}
	if d.data[d.pos] != '>' {
		return t, d.fail(d.pos, ErrMalformed, "want the end of a tag")
	}
	d.pos++
	return t, nil
}

// attribute reads the next attribute of a tag; ok is false at the tag's end.
func (d *xmlDecoder) attribute() (name, value []byte, ok bool, err error) {
	d.space()
	if d.pos == len(d.data) {
		return nil, nil, false, d.truncated()
	}
	if c := d.data[d.pos]; c == '>' || c == '/' {
		return nil, nil, false, nil
	}
	if name, err = d.qname(); err != nil {
		return nil, nil, false, err
	}
	if d.space(); d.pos < len(d.data) && d.data[d.pos] != '=' {
		return nil, nil, false, d.fail(d.pos, ErrMalformed, "attribute without a value")
	}
	d.pos++
	if d.space(); d.pos >= len(d.data) {
		return nil, nil, false, d.truncated()
	}
	quote := d.data[d.pos]
	if quote != '"' && quote != '\'' {
		return nil, nil, false, d.fail(d.pos, ErrMalformed, "attribute value without quotes")
	}
	d.pos++
	n := bytes.IndexByte(d.data[d.pos:], quote)
	if n < 0 {
		return nil, nil, false, d.truncated()
	}
	value = d.data[d.pos : d.pos+n]
	d.pos += n + 1
	return name, value, true, nil
}

// endTagOf reads the end tag at the position and checks that it closes the tag.
func (d *xmlDecoder) endTagOf(t tag) error {
	d.endTag = d.pos
	d.pos += 2
	rest := d.data[d.pos:]
	if n := len(t.name); len(rest) > n && rest[n] == '>' && string(rest[:n]) == string(t.name) {
		d.pos += n + 1
		return nil
	}
	name, err := d.qname()
	if err != nil {
		return err
	}
	if string(name) != string(t.name) {
		return d.fail(d.endTag, ErrMalformed, "end tag of another element")
	}
	if d.space(); d.pos == len(d.data) {
		return d.truncated()
	}
	if d.data[d.pos] != '>' {
		return d.fail(d.pos, ErrMalformed, "want the end of a tag")
	}
	d.pos++
	return nil
}

// empty reports whether the element of a start tag contains nothing that its plan could use.
func (d *xmlDecoder) empty(p *plan, t tag) bool {
	if t.closed {
		return len(p.attrs) == 0 || t.from == t.to
	}
	if len(p.attrs) > 0 && t.from < t.to {
		return false
	}
	for i := d.pos; i < len(d.data); i++ {
		if !isSpace(d.data[i]) {
			rest := d.data[i:]
			if bytes.HasPrefix(rest, []byte("<![CDATA[]]>")) {
				i += len("<![CDATA[]]>") - 1
				continue
			}
			return bytes.HasPrefix(rest, []byte("</"))
		}
	}
	return false
}
