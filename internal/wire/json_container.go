package wire

import "reflect"

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

// colon steps over the colon behind a member's name.
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

// object decodes an object into a struct.
func (d *jsonDecoder) object(p *plan, v reflect.Value, depth int) error {
	if err := d.open(depth); err != nil {
		return err
	}
	if depth > 1 {
		// The last of duplicate names wins as a whole.
		v.SetZero()
	}
	expected := 0
	for first := true; ; first = false {
		more, err := d.more(first, '}')
		if err != nil || !more {
			return err
		}
		at, known, err := d.member(p.members, expected)
		if err != nil {
			return err
		}
		if err := d.colon(); err != nil {
			return err
		}
		if !known {
			if err := d.skip(depth); err != nil {
				return err
			}
			continue
		}
		expected = at + 1
		f := p.members.entries[at].field
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
		if end := from + len(name); end < len(d.data) && d.data[end] == '"' && string(d.data[from:end]) == name {
			d.pos = end + 1
			return expected, true, nil
		}
	}
	name, err := d.str()
	if err != nil {
		return 0, false, err
	}
	at, known = b.byName[string(name)]
	return at, known, nil
}

// slice decodes a list, or one value in the place of a list.
func (d *jsonDecoder) slice(p *plan, v reflect.Value, c byte, depth int) error {
	if c != '[' {
		return d.single(p, v, c, depth)
	}
	if err := d.open(depth + 1); err != nil {
		return err
	}
	v.SetZero()
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
		d.problems.underIndex(before, n)
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

// single takes one value where a list is expected.
func (d *jsonDecoder) single(p *plan, v reflect.Value, c byte, depth int) error {
	if c == '"' {
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
	inner := p.elem.kind
	if inner == kindPointer {
		inner = p.elem.elem.kind
	}
	if inner == kindSlice || inner != kindRaw && inner.scalar() == (c == '{') {
		return d.absent(p, v, c, depth)
	}
	v.SetZero()
	if err := d.grow(p, v, 0, d.pos); err != nil {
		return err
	}
	before := len(d.problems.list)
	if err := d.value(p.elem, v.Index(0), depth); err != nil {
		return err
	}
	d.problems.underIndex(before, 0)
	return nil
}

// mapping decodes an object into a new map.
func (d *jsonDecoder) mapping(p *plan, v reflect.Value, depth int) error {
	if err := d.open(depth); err != nil {
		return err
	}
	v.Set(reflect.MakeMap(p.typ))
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

// mapEntrySize is about what a map entry takes beside its value.
const mapEntrySize = 64
