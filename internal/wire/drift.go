package wire

import (
	"bytes"
	"hash/maphash"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/jpmall/jpmall/order"
)

// A Watch records, while a document is decoded, where it differs from what the structs say: see
// [order.DriftKind]. It does not affect decoding. The zero Watch is ready; a nil one records
// nothing and costs nothing.
//
// The structs say what a mall must send: a field tagged wire:"required" must be present and not
// empty, one tagged wire:"present" may be empty, and a type with a method Known() bool has known
// values. A struct with a field of type
// [Partial] reads a part of a document, so other names in it are not new. In JSON, an integer or
// bool written as a string and a plain string written as a number are of another type, though they
// are read; a [encoding/json.Number] or another named string type may be both.
type Watch struct {
	found []Drift
	// path is the open entry at each depth, nil for a list's elements.
	path [2 * MaxDepth]*entry
	// seen are the fields found so far in the struct being read, for XML.
	seen bits
	text []byte
}

// Drift is one place where a document differs from what was expected.
type Drift struct {
	// Path is the place by the document's own names, such as orders[].packages[].foo, or
	// orders[].@foo for an attribute. It holds no value: keys of maps are {}, and a name that
	// might be data is ?.
	Path string
	Kind order.DriftKind
}

// MaxDrift is how many places of one document are recorded; [order.DriftMore] stands for the rest.
const MaxDrift = 64

// Partial, as the type of a field, marks a struct that reads a part of a document.
type Partial struct{}

var (
	partialType = reflect.TypeFor[Partial]()
	knownType   = reflect.TypeFor[interface{ Known() bool }]()
	stringType  = reflect.TypeFor[string]()
	anyKey      = entry{name: "{}"}
)

// Found returns what was recorded, each place once.
func (w *Watch) Found() []Drift { return w.found }

// missing records the needed fields, of a struct that was open at depth, that did not come.
func (w *Watch) missing(p *plan, seen *bits, depth int) {
	if seen.hasAll(&p.needs) {
		return
	}
	for _, f := range p.fields {
		if p.needs.has(f.bit) && !seen.has(f.bit) {
			w.noteName(depth-1, f.name, order.DriftMissing)
		}
	}
}

// step sets what is read at a depth.
func (w *Watch) step(depth int, e *entry) { w.path[uint(depth)%uint(len(w.path))] = e }

// comes reports whether the value that comes next may count for a needed field.
func (d *jsonDecoder) comes(f *field) bool {
	if !f.filled {
		return true
	}
	d.space()
	next := d.data[d.pos:min(d.pos+2, len(d.data))]
	return len(next) == 2 && next[0] != 'n' && (next[0] != '"' || next[1] != '"')
}

// saw records an element whose start tag was read. One that is repeated where only one fits is a
// list, of which all but the last are lost.
func (d *xmlDecoder) saw(e *entry, t tag, depth int) {
	w, f := d.watch, e.field
	w.step(depth, e)
	if f != nil && f.once && !w.seen.has(f.bit) &&
		(!f.filled || !t.closed && d.pos < len(d.data) && d.data[d.pos] > ' ' && d.data[d.pos] != '<') {
		w.seen.add(f.bit) // nearly all elements
		return
	}
	d.sawOther(f, t, depth)
}

// sawOther is saw for the rest: what may be a repetition or empty, and lists.
func (d *xmlDecoder) sawOther(f *field, t tag, depth int) {
	w := d.watch
	switch {
	case f == nil || f.bit == noBit:
		return
	case f.plan.kind != kindSlice && w.seen.has(f.bit):
		w.note(depth, order.DriftType)
	case !f.filled || !d.empty(f.plan, t):
		w.seen.add(f.bit)
	}
}

// textOnly records text, between the tags of an element open at depth, where elements are
// expected.
func (w *Watch) textOnly(p *plan, raw []byte, depth int) {
	if p.inner == nil && contentOf(raw).kind != kindBlank {
		w.note(depth-1, order.DriftType)
	}
}

// scalar records a scalar read from text, which began with c, or one that could not be read (ok is
// false).
func (w *Watch) scalar(p *plan, v reflect.Value, c byte, text []byte, ok bool, depth int) {
	if !ok || !p.takes(c) && !blank(text) {
		w.note(depth, order.DriftType)
	}
	if ok && p.enum != nil && !p.enum.has(v, text) && !blank(text) {
		w.note(depth, order.DriftValue)
	}
}

// knownTexts caches texts of an enumeration's known values, so that Known is seldom called: those
// of one ASCII character, which flags and most codes are, as bits, others by their hash. It is safe
// for concurrent use.
type knownTexts struct {
	short  [2]atomic.Uint64
	hashes [32]atomic.Uint64
}

var seed = maphash.MakeSeed()

// knows reports whether text is none or a short one that was seen to be known.
func (k *knownTexts) knows(text []byte) bool {
	return len(text) == 0 || len(text) == 1 && text[0] < 128 &&
		k.short[text[0]/64].Load()&(1<<(text[0]%64)) != 0
}

// has reports whether v, which was read from text, is a known value.
func (k *knownTexts) has(v reflect.Value, text []byte) bool {
	if len(text) == 1 && text[0] < 128 {
		known := k.knows(text) || isKnown(v)
		if known {
			k.short[text[0]/64].Or(1 << (text[0] % 64))
		}
		return known
	}
	hash := maphash.Bytes(seed, text)
	// Each has two places, so that a mall's few values in use do not drive each other out.
	slot := &k.hashes[hash%uint64(len(k.hashes))]
	if slot.Load() == hash {
		return true
	}
	second := &k.hashes[hash>>32%uint64(len(k.hashes))]
	if second.Load() == hash {
		return true
	}
	known := isKnown(v)
	if known && slot.Load() == 0 {
		slot.Store(hash)
	} else if known {
		second.Store(hash)
	}
	return known
}

func isKnown(v reflect.Value) bool {
	return v.Addr().Interface().(interface{ Known() bool }).Known()
}

// takes reports whether a value that begins with c is of a scalar's type; in XML, where c is <,
// every text is.
func (p *plan) takes(c byte) bool {
	switch c {
	case '<':
		return true
	case '"':
		return p.kind == kindString
	case 't', 'f':
		return p.kind == kindBool || p.named
	}
	return p.kind == kindInt || p.kind == kindUint || p.named
}

// unknown records a name, in a struct open at depth, that no field has. One that differs from a
// field's in case only is reported as such: names are case-sensitive, and its value is not read.
func (w *Watch) unknown(p *plan, b *branch, name []byte, depth int) {
	if p != nil && p.partial {
		return
	}
	kind := order.DriftUnknown
	for i := range b.entries {
		if n := b.entries[i].name; len(n) == len(name) && strings.EqualFold(n, string(name)) {
			kind = order.DriftSpelling
		}
	}
	w.noteName(depth-1, plainName(name), kind)
}

// attribute records an attribute, of an element at depth, that no field has. Only elements with
// attribute fields are checked.
func (w *Watch) attribute(p *plan, name []byte, depth int) {
	if p.partial || bytes.HasPrefix(name, []byte("xml")) || bytes.Contains(name, []byte(":")) {
		return // namespaces and the mall's schema
	}
	w.noteName(depth-1, "@"+plainName(name), order.DriftUnknown)
}

// plainName returns a name that a programmer chose, or ? for one that may be data, such as an
// order number as a key of a map.
func plainName(name []byte) string {
	digits := 0
	for i, c := range name {
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if '0' <= c && c <= '9' {
			digits++
		} else {
			digits = 0
		}
		if i >= 64 || digits > 4 || !letter && (i == 0 || digits == 0 && c != '-' && c != '.') {
			return "?"
		}
	}
	return string(name)
}

// note records the place that is being read, depth steps deep.
func (w *Watch) note(depth int, kind order.DriftKind) { w.noteName(depth, "", kind) }

// noteName is note with a last step that is no field. A place already recorded takes no memory,
// and after MaxDrift places nothing more is recorded.
func (w *Watch) noteName(depth int, name string, kind order.DriftKind) {
	if w == nil || len(w.found) > MaxDrift {
		return
	}
	if len(w.found) == MaxDrift {
		w.found = append(w.found, Drift{Kind: order.DriftMore})
		return
	}
	text := w.text[:0]
	for i := 1; i <= depth; i++ {
		if e := w.path[i]; e != nil {
			text = appendStep(text, e.name)
			if e.field != nil && e.field.plan.kind == kindSlice {
				text = append(text, "[]"...)
			}
		}
	}
	if name != "" {
		text = appendStep(text, name)
	}
	w.text = text
	if !slices.ContainsFunc(w.found,
		func(d Drift) bool { return d.Kind == kind && d.Path == string(text) }) {
		w.found = append(w.found, Drift{string(text), kind})
	}
}

func appendStep(text []byte, name string) []byte {
	if len(text) > 0 {
		text = append(text, '.')
	}
	return append(text, name...)
}

// bits is a set of a struct's fields. Those beyond 255 are never in it.
type bits [4]uint64

const noBit = 255

func (b *bits) add(bit uint8) { b[bit/64] |= 1 << (bit % 64) }

func (b *bits) hasAll(of *bits) bool {
	return of[0]&^b[0]|of[1]&^b[1]|of[2]&^b[2]|of[3]&^b[3] == 0
}

func (b *bits) has(bit uint8) bool { return b[bit/64]&(1<<(bit%64)) != 0 }

// number gives a field its bit.
func (p *plan) number(f *field) {
	f.bit = uint8(min(len(p.fields), noBit))
	p.fields = append(p.fields, f)
	f.once = f.plan.kind != kindSlice && f.bit < noBit
	if f.needed = f.needed && f.bit < noBit; f.needed {
		p.needs.add(f.bit)
		p.needy = true
	}
}
