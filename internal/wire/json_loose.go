package wire

import (
	"reflect"

	"github.com/jpmall/jpmall/order"
)

// absent handles a value of the wrong kind. An empty text or list is absent, anything else is a
// problem.
func (d *jsonDecoder) absent(p *plan, v reflect.Value, c byte, depth int) error {
	v.SetZero()
	from := d.pos
	if c == '"' {
		text, err := d.str()
		if err == nil && !blank(text) {
			d.problems.add(p.want, text)
			d.watch.note(depth, order.DriftType)
		}
		return err
	}
	if err := d.skip(depth); err != nil {
		return err
	}
	raw := d.data[from:d.pos]
	if c != '[' || !blank(raw[1:len(raw)-1]) {
		d.problems.add(p.want, raw)
		d.watch.note(depth, order.DriftType)
	}
	return nil
}

// single decodes one value where a list is expected.
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
	d.watch.note(depth, order.DriftType)
	if err := d.grow(p, v, 0, d.pos); err != nil {
		return err
	}
	before := len(d.problems.list)
	if err := d.value(p.elem, v.Index(0), depth); err != nil {
		return err
	}
	if before < len(d.problems.list) {
		d.problems.underIndex(before, 0)
	}
	return nil
}
