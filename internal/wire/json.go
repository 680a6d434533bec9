package wire

import (
	"fmt"
	"reflect"
	"unicode/utf8"
)

// JSON decodes the one JSON document in data into v, a pointer to a struct, slice or map. Anything
// but white space after the document is refused.
//
// The problems are the values that could not be read; their fields are zero. After an error, v is
// not usable: the error is a [*SyntaxError], or a plain error if v has a type that this package
// does not decode.
func JSON(data []byte, v any) ([]Problem, error) { return JSONWatched(data, v, nil) }

// JSONWatched is [JSON] with drift recorded in w, unless that is nil.
func JSONWatched(data []byte, v any, w *Watch) ([]Problem, error) {
	target, err := pointed(v)
	if err != nil {
		return nil, err
	}
	p, err := planFor(target.Type(), formatJSON)
	if err != nil {
		return nil, err
	}
	d := jsonDecoder{data: data, clean: utf8.Valid(data), watch: w}
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
	return d.problems.list, nil
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

// pointed returns the value that v points to.
func pointed(v any) (reflect.Value, error) {
	target := reflect.ValueOf(v)
	if target.Kind() != reflect.Pointer || target.IsNil() {
		return reflect.Value{}, fmt.Errorf("wire: want a pointer to decode into, have %T", v)
	}
	return target.Elem(), nil
}

// A jsonDecoder reads one document. Its methods leave the position after what they read.
type jsonDecoder struct {
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
	// name is the last name that no field has.
	name []byte
}

func (d *jsonDecoder) fail(at int, kind error, detail string) error {
	return &SyntaxError{Format: "JSON", Offset: at, Detail: detail, Err: kind}
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

// scalar decodes a string, number or bool into a scalar of any kind, by the text of the token, not
// by its type.
func (d *jsonDecoder) scalar(p *plan, v reflect.Value, c byte, depth int) error {
	var text []byte
	var err error
	switch c {
	case '"':
		text, err = d.str()
	case '{', '[':
		return d.absent(p, v, c, depth)
	default:
		if text, err = d.bare(c); err == nil && (c == 't' || c == 'f') &&
			(p.kind == kindInt || p.kind == kindUint) {
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
	ok := setText(p, v, text, &d.text)
	if !ok {
		d.problems.add(p.want, text)
	}
	if d.watch != nil && (!ok || !p.takes(c) || p.enum != nil && !p.enum.knows(text)) {
		d.watch.scalar(p, v, c, text, ok, depth)
	}
	return nil
}

// pointer decodes into a new value. For a value that is absent or cannot be read, the pointer is
// nil: a pointer to zero would mean that the mall sent a zero.
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

// object decodes an object into a struct.
func (d *jsonDecoder) object(p *plan, v reflect.Value, depth int) error {
	if err := d.open(depth); err != nil {
		return err
	}
	if depth > 1 {
		// The last of duplicate names wins as a whole.
		v.SetZero()
	}
	var seen bits
	expected := 0
	for first := true; ; first = false {
		more, err := d.more(first, '}')
		if err != nil {
			return err
		}
		if !more {
			if d.watch != nil && p.needy {
				d.watch.missing(p, &seen, depth)
			}
			return nil
		}
		at, known, err := d.member(p.members, expected)
		if err != nil {
			return err
		}
		if err := d.colon(); err != nil {
			return err
		}
		if !known {
			if d.watch != nil {
				d.watch.unknown(p, p.members, d.name, depth)
			}
			if err := d.skip(depth); err != nil {
				return err
			}
			continue
		}
		expected = at + 1
		f := p.members.entries[at].field
		if d.watch != nil {
			d.watch.step(depth, &p.members.entries[at])
			if f.needed && d.comes(f) {
				seen.add(f.bit)
			}
		}
		before := len(d.problems.list)
		if err := d.value(f.plan, f.in(v), depth); err != nil {
			return err
		}
		if before < len(d.problems.list) {
			d.problems.under(before, f.name)
		}
	}
}

// member reads a name and finds its field.
func (d *jsonDecoder) member(b *branch, expected int) (at int, known bool, err error) {
	if d.data[d.pos] != '"' {
		return 0, false, d.fail(d.pos, ErrMalformed, "want a name")
	}
	if expected < len(b.entries) {
		name, from := b.entries[expected].name, d.pos+1
		if end := from + len(name); end < len(d.data) && d.data[end] == '"' &&
			string(d.data[from:end]) == name {
			d.pos = end + 1
			return expected, true, nil
		}
	}
	name, err := d.str()
	if err != nil {
		return 0, false, err
	}
	at, known = b.byName[string(name)]
	d.name = name
	return at, known, nil
}

// slice decodes a list, or one value in place of a list.
func (d *jsonDecoder) slice(p *plan, v reflect.Value, c byte, depth int) error {
	if c != '[' {
		return d.single(p, v, c, depth)
	}
	if err := d.open(depth + 1); err != nil {
		return err
	}
	v.SetZero()
	if d.watch != nil {
		d.watch.step(depth+1, nil)
	}
	start := d.pos
	for n := 0; ; n++ {
		more, err := d.more(n == 0, ']')
		if err != nil {
			return err
		}
		if !more {
			if n == 0 {
				v.Set(p.empty)
			}
			return nil
		}
		if err := d.grow(p, v, n, start); err != nil {
			return err
		}
		before := len(d.problems.list)
		d.lists++
		err = d.value(p.elem, v.Index(n), depth+1)
		d.lists--
		if err != nil {
			return err
		}
		if before < len(d.problems.list) {
			d.problems.underIndex(before, n)
		}
	}
}

// grow adds one element.
func (d *jsonDecoder) grow(p *plan, v reflect.Value, n, start int) error {
	if n == v.Cap() {
		add := room(n, d.lists, d.pos-start, len(d.data)-start)
		if err := d.charge(add * p.elem.size); err != nil {
			return err
		}
		v.Grow(add)
	}
	v.SetLen(n + 1)
	return nil
}

// room returns by how many elements a full list of n should grow. Lists double. The outermost list
// of a document is most of it, so after a few elements their length predicts how many there are in
// all: used bytes for n elements, of size bytes from the start of the list to the end of the
// document.
func room(n, lists, used, size int) int {
	if n < 8 || lists > 0 {
		return max(1, n)
	}
	all := n * size / max(1, used)
	return min(max(all-n+1, n/4), 4*n+64)
}

// mapping decodes an object into a new map.
func (d *jsonDecoder) mapping(p *plan, v reflect.Value, depth int) error {
	if err := d.open(depth); err != nil {
		return err
	}
	v.Set(reflect.MakeMap(p.typ))
	if d.watch != nil {
		d.watch.step(depth, &anyKey)
	}
	for first := true; ; first = false {
		more, err := d.more(first, '}')
		if err != nil || !more {
			return err
		}
		if d.data[d.pos] != '"' {
			return d.fail(d.pos, ErrMalformed, "want a name")
		}
		name, err := d.str()
		if err != nil {
			return err
		}
		key := reflect.ValueOf(d.text.add(name)).Convert(p.typ.Key())
		if err := d.colon(); err != nil {
			return err
		}
		if err := d.charge(p.elem.size + mapEntrySize); err != nil {
			return err
		}
		elem := reflect.New(p.elem.typ).Elem()
		before := len(d.problems.list)
		if err := d.value(p.elem, elem, depth); err != nil {
			return err
		}
		if before < len(d.problems.list) {
			d.problems.under(before, "{}")
		}
		v.SetMapIndex(key, elem)
	}
}

// mapEntrySize is roughly the size of a map entry without its value.
const mapEntrySize = 64

// charge adds memory allocated for the document.
func (d *jsonDecoder) charge(size int) error {
	if d.memory += size; d.memory > MaxMemory {
		return d.fail(d.pos, ErrSize, "")
	}
	return nil
}
