package wire

import (
	"fmt"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/jpmall/jpmall/order"
)

// XML decodes the one XML document in data into v, a pointer to a struct. If the struct has an
// XMLName field with a name in its tag, the root element must have it; [Root] returns it
// beforehand. Anything but white space, comments and processing instructions after the root
// element is refused.
//
// The problems are the values that could not be read; their fields are zero. After an error, v is
// not usable: the error is a [*SyntaxError], or a plain error if v has a type that this package
// does not decode.
func XML(data []byte, v any) ([]Problem, error) { return XMLWatched(data, v, nil) }

// XMLWatched is [XML] with drift recorded in w, unless that is nil.
func XMLWatched(data []byte, v any, w *Watch) ([]Problem, error) {
	target, err := pointed(v)
	if err != nil {
		return nil, err
	}
	p, err := planFor(target.Type(), formatXML)
	if err != nil {
		return nil, err
	}
	if p.kind != kindStruct {
		return nil, fmt.Errorf("wire: want a pointer to a struct to decode XML into, have %T", v)
	}
	d, root, err := openXML(data)
	if err != nil {
		return nil, err
	}
	if p.root != "" && string(root.local) != p.root {
		return nil, d.fail(root.at, ErrRoot, "want element "+p.root)
	}
	d.watch = w
	if err := d.fill(p, target, root, 1); err != nil {
		return nil, err
	}
	if err := d.misc(); err != nil {
		return nil, err
	}
	if d.pos < len(d.data) {
		return nil, d.fail(d.pos, ErrMalformed, "more after the end of the document")
	}
	return d.problems.list, nil
}

// Root returns the local name of the root element without decoding the document.
// It fails as [XML] does if there is none.
func Root(data []byte) (string, error) {
	_, root, err := openXML(data)
	if err != nil {
		return "", err
	}
	return string(root.local), nil
}

// An xmlDecoder reads one document. Its methods leave the position after what they read.
type xmlDecoder struct {
	data []byte
	pos  int
	// clean is true if data is valid UTF-8.
	clean    bool
	text     arena
	scratch  []byte
	problems problems
	memory   int
	// lists is how many list elements are being decoded.
	lists int
	watch *Watch
	// literalFrom and literalTo delimit what came from CDATA in the text that
	// is being read; -1 if nothing did.
	literalFrom, literalTo int
	// endTag is where the last end tag begins.
	endTag int
}

func (d *xmlDecoder) fail(at int, kind error, detail string) error {
	return &SyntaxError{Format: "XML", Offset: at, Detail: detail, Err: kind}
}

// openXML reads up to and including the start tag of the root element.
func openXML(data []byte) (*xmlDecoder, tag, error) {
	d := &xmlDecoder{data: data}
	if err := d.charset(); err != nil {
		return d, tag{}, err
	}
	d.clean = utf8.Valid(d.data)
	d.text.left = len(d.data)
	d.space()
	if d.pos == len(d.data) {
		return d, tag{}, d.fail(d.pos, ErrEmpty, "")
	}
	if looksLikeHTML(d.data[d.pos:]) {
		return d, tag{}, d.fail(d.pos, ErrHTML, "")
	}
	if err := d.misc(); err != nil {
		return d, tag{}, err
	}
	if d.pos == len(d.data) {
		return d, tag{}, d.fail(d.pos, ErrTruncated, "no root element")
	}
	if d.data[d.pos] != '<' {
		return d, tag{}, d.fail(d.pos, ErrMalformed, "text instead of XML")
	}
	// A page may also begin with comments.
	if looksLikeHTML(d.data[d.pos:]) {
		return d, tag{}, d.fail(d.pos, ErrHTML, "")
	}
	root, err := d.startTag()
	return d, root, err
}

// charge adds memory allocated for the document.
func (d *xmlDecoder) charge(size int) error {
	if d.memory += size; d.memory > MaxMemory {
		return d.fail(d.pos, ErrSize, "")
	}
	return nil
}

// element decodes the element whose start tag was just read; depth elements are
// open, itself included.
func (d *xmlDecoder) element(p *plan, v reflect.Value, t tag, depth int) error {
	switch p.kind {
	case kindStruct:
		return d.fill(p, v, t, depth)
	case kindSlice:
		return d.repeated(p, v, t, depth)
	case kindPointer:
		return d.pointer(p, v, t, depth)
	}
	text, err := d.content(t, depth)
	if err != nil {
		return err
	}
	ok := setText(p, v, text, &d.text)
	if !ok {
		d.problems.add(p.want, text)
	}
	if d.watch != nil && (!ok || p.enum != nil && !p.enum.knows(text)) {
		d.watch.scalar(p, v, '<', text, ok, depth-1)
	}
	return nil
}

// pointer decodes an element into a new value, or leaves nil if it is empty. An existing struct is
// filled further, as in encoding/xml.
func (d *xmlDecoder) pointer(p *plan, v reflect.Value, t tag, depth int) error {
	if d.empty(p.elem, t) {
		// Of a repeated scalar the last one stays, even if it is empty.
		if p.elem.kind != kindStruct {
			v.SetZero()
		}
		return d.skip(t, depth)
	}
	if p.elem.kind == kindStruct && !v.IsNil() {
		return d.fill(p.elem, v.Elem(), t, depth)
	}
	if err := d.charge(p.elem.size); err != nil {
		return err
	}
	before := len(d.problems.list) + d.problems.more
	elem := reflect.New(p.elem.typ)
	if err := d.element(p.elem, elem.Elem(), t, depth); err != nil {
		return err
	}
	if p.elem.kind != kindStruct && before != len(d.problems.list)+d.problems.more {
		v.SetZero()
		return nil
	}
	v.Set(elem)
	return nil
}

// repeated decodes an element into a new element of a slice. Empty ones add nothing:
// Yahoo! writes <ItemOption></ItemOption> for a line without options.
func (d *xmlDecoder) repeated(p *plan, v reflect.Value, t tag, depth int) error {
	inner := p.elem
	if inner.kind == kindPointer {
		inner = inner.elem
	}
	if d.empty(inner, t) {
		return d.skip(t, depth)
	}
	n := v.Len()
	if n == v.Cap() {
		add := room(n, d.lists, d.pos, len(d.data))
		if err := d.charge(add * p.elem.size); err != nil {
			return err
		}
		v.Grow(add)
	}
	v.SetLen(n + 1)
	before := len(d.problems.list)
	d.lists++
	err := d.element(p.elem, v.Index(n), t, depth)
	d.lists--
	if before < len(d.problems.list) {
		d.problems.underIndex(before, n)
	}
	return err
}

// fill decodes an element into a struct.
func (d *xmlDecoder) fill(p *plan, v reflect.Value, t tag, depth int) error {
	if p.name != nil {
		p.name.in(v).Field(1).SetString(d.text.add(t.local))
	}
	if len(p.attrs) > 0 {
		d.setAttributes(p, v, t, depth)
	}
	var outer bits
	if d.watch != nil {
		outer, d.watch.seen = d.watch.seen, bits{}
	}
	from := d.pos
	var text []byte
	var into *[]byte
	if p.text != nil {
		into = &text
	}
	if err := d.children(p, p.members, v, t, depth, into); err != nil {
		return err
	}
	if d.watch != nil {
		d.watch.missing(p, &d.watch.seen, depth)
		d.watch.seen = outer
	}
	if p.text != nil {
		if f := p.text; !d.setScalar(f.plan, f.in(v), trimSpace(text)) {
			d.problems.add(f.plan.want, text)
			d.watch.note(depth-1, order.DriftType)
		}
	}
	if p.inner != nil {
		raw := d.data[from:max(from, d.endTag)]
		if t.closed {
			raw = nil
		}
		if f := p.inner; f.plan.kind == kindRaw {
			f.in(v).SetBytes(append([]byte(nil), raw...))
		} else {
			f.in(v).SetString(strings.ToValidUTF8(d.text.add(raw), "\uFFFD"))
		}
	}
	return nil
}
