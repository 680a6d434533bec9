package wire

import (
	"fmt"
	"reflect"
	"unicode/utf8"
)

// JSON decodes the one JSON document in data into v, a pointer to a struct,
// slice or map. Anything but white space after the document is refused.
//
// The problems are the values that could not be read; the fields they belong to
// are zero. An error means that nothing of v can be relied on: a [*SyntaxError],
// or a plain error if v has a type that this package does not decode.
func JSON(data []byte, v any) ([]Problem, error) {
	target, err := pointed(v)
	if err != nil {
		return nil, err
	}
	p, err := planFor(target.Type(), formatJSON)
	if err != nil {
		return nil, err
	}
	d := jsonDecoder{data: data, clean: utf8.Valid(data)}
	d.text.left = len(data)
	if err := d.start(); err != nil {
		return nil, err
	}
	shape := p
	for shape.kind == kindPointer {
		shape = shape.elem
	}
	if c := d.data[d.pos]; !fits(shape.kind, c) {
		// Valid or not, this is not the document that was asked for.
		if err := d.skip(0); err != nil {
			return nil, err
		}
		return nil, d.fail(0, ErrRoot, "want "+shape.want)
	}
	if err := d.value(p, target, 0); err != nil {
		return nil, err
	}
	if d.space(); d.pos < len(d.data) {
		return nil, d.fail(d.pos, ErrMalformed, "more after the end of the document")
	}
	return d.problems.all(), nil
}

// fits reports whether a document that begins with c can be of the given kind.
func fits(k kind, c byte) bool {
	switch k {
	case kindStruct, kindMap:
		return c == '{' || c == 'n'
	case kindSlice:
		return c == '[' || c == '{' || c == 'n'
	}
	return true
}

// pointed gives the value that v points to.
func pointed(v any) (reflect.Value, error) {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return reflect.Value{}, fmt.Errorf("wire: want a pointer to decode into, have %T", v)
	}
	return target.Elem(), nil
}

// A jsonDecoder reads one document. Its methods leave the position behind what they
// read.
type jsonDecoder struct {
	data []byte
	pos  int
	// clean says that data is valid UTF-8.
	clean    bool
	text     arena
	scratch  []byte
	problems problems
	memory   int
	// lists is the number of list elements that are being decoded.
	lists int
}

func (d *jsonDecoder) fail(at int, kind error, detail string) error {
	return &SyntaxError{Format: "JSON", Offset: at, Detail: detail, Err: kind}
}

// start skips what may stand before a document and tells pages from data.
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

// value decodes the next value into v; depth containers are open around it.
func (d *jsonDecoder) value(p *plan, v reflect.Value, depth int) error {
	c, err := d.next()
	if err != nil {
		return err
	}
	if c == 'n' {
		v.SetZero()
		return d.literal("null")
	}
	switch p.kind {
	case kindPointer:
		return d.pointer(p, v, c, depth)
	case kindSlice:
		return d.slice(p, v, c, depth)
	case kindStruct:
		if c == '{' {
			return d.object(p, v, depth+1)
		}
		return d.absent(p, v, c, depth)
	case kindMap:
		if c == '{' {
			return d.mapping(p, v, depth+1)
		}
		return d.absent(p, v, c, depth)
	case kindRaw:
		from := d.pos
		if err := d.skip(depth); err != nil {
			return err
		}
		v.SetBytes(append([]byte(nil), d.data[from:d.pos]...))
		return nil
	}
	return d.scalar(p, v, c, depth)
}

// scalar decodes a string, number or bool into a scalar of any kind. The text of the
// token decides, not its type.
func (d *jsonDecoder) scalar(p *plan, v reflect.Value, c byte, depth int) error {
	var text []byte
	var err error
	switch c {
	case '"':
		text, err = d.str()
	case '{', '[':
		return d.absent(p, v, c, depth)
	default:
		if text, err = d.bare(c); err == nil && (c == 't' || c == 'f') && (p.kind == kindInt || p.kind == kindUint) {
			if c == 't' {
				text = []byte("1")
			} else {
				text = []byte("0")
			}
		}
	}
	if err != nil {
		return err
	}
	if !setText(p, v, text, &d.text) {
		d.problems.add(p.want, text)
	}
	return nil
}

// absent takes a value of the wrong kind. An empty text or list means that
// there is nothing, everything else is a problem.
func (d *jsonDecoder) absent(p *plan, v reflect.Value, c byte, depth int) error {
	v.SetZero()
	from := d.pos
	if c == '"' {
		text, err := d.str()
		if err == nil && !blank(text) {
			d.problems.add(p.want, text)
		}
		return err
	}
	if err := d.skip(depth); err != nil {
		return err
	}
	raw := d.data[from:d.pos]
	if c != '[' || !blank(raw[1:len(raw)-1]) {
		d.problems.add(p.want, raw)
	}
	return nil
}

// pointer decodes into a new value. What cannot be read, or is absent, leaves nil: a
// pointer to zero would say that the mall sent a zero.
func (d *jsonDecoder) pointer(p *plan, v reflect.Value, c byte, depth int) error {
	switch p.elem.kind {
	case kindStruct, kindMap:
		if c != '{' {
			return d.absent(p, v, c, depth)
		}
	case kindInt, kindUint, kindBool:
		if c != '"' {
			break
		}
		from := d.pos
		text, err := d.str()
		if err != nil {
			return err
		}
		if blank(text) {
			v.SetZero()
			return nil
		}
		d.pos = from
	}
	if err := d.charge(p.elem.size); err != nil {
		return err
	}
	before := len(d.problems.list) + d.problems.more
	elem := reflect.New(p.elem.typ)
	if err := d.value(p.elem, elem.Elem(), depth); err != nil {
		return err
	}
	if p.elem.kind.scalar() && before != len(d.problems.list)+d.problems.more {
		v.SetZero()
		return nil
	}
	v.Set(elem)
	return nil
}

// charge counts memory that the document makes us take.
func (d *jsonDecoder) charge(size int) error {
	if d.memory += size; d.memory > MaxMemory {
		return d.fail(d.pos, ErrSize, "")
	}
	return nil
}
