package wire

import (
	"cmp"
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// A kind is how a decoder handles a type.
type kind uint8

const (
	kindString kind = iota + 1
	kindInt
	kindUint
	kindBool
	kindRaw
	kindName
	kindStruct
	kindSlice
	kindPointer
	kindMap
)

// scalar reports the kinds that are set from a text, by setText.
func (k kind) scalar() bool { return k <= kindBool }

// A format is the name of the struct tags in use.
type format string

const (
	formatJSON format = "json"
	formatXML  format = "xml"
)

// A plan is a type, compiled for one format.
type plan struct {
	kind kind
	typ  reflect.Type
	want string
	size int
	// elem is the plan of a pointer's, slice's or map's element.
	elem *plan
	// named marks a string type of its own, whose values may be written in any way.
	named bool
	// enum remembers known values of a type with Known() bool; nil for others.
	enum *knownTexts
	// empty is the non-nil slice without elements.
	empty reflect.Value

	// The rest is for structs: members and child elements by name, and what only XML has.
	members *branch
	attrs   []*field
	text    *field
	inner   *field
	name    *field
	root    string
	// fields are all of them by their bits, and needs those that must be present.
	fields []*field
	needs  bits
	needy  bool
	// partial marks a struct that reads only a part of a document.
	partial bool
}

// A field is one target in a struct.
type field struct {
	name  string
	index int
	// path leads through embedded structs, if any.
	path []int
	plan *plan
	// bit is the field's number within its struct; needed means that it must be present, filled
	// that it must not be empty, either, and once that it is no list.
	bit                  uint8
	needed, filled, once bool
}

// in returns the field of its struct, allocating embedded pointers on the way.
func (f *field) in(v reflect.Value) reflect.Value {
	if f.path == nil {
		return v.Field(f.index)
	}
	for i, index := range f.path {
		if i > 0 && v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.Field(index)
	}
	return v
}

// A branch maps names to fields. An entry of an XML path a>b has a branch instead of a field; its
// fields belong to the same struct.
type branch struct {
	entries []entry
	byName  map[string]int
}

// An entry is one name of a branch: a field or another branch.
type entry struct {
	name  string
	field *field
	sub   *branch
}

// Compiled plans, by format and type.
var plans = map[format]*sync.Map{formatJSON: new(sync.Map), formatXML: new(sync.Map)}

// planFor returns the plan of a type, compiling it if needed.
func planFor(t reflect.Type, f format) (*plan, error) {
	memo := plans[f]
	if p, ok := memo.Load(t); ok {
		return p.(*plan), nil
	}
	c := compiler{format: f, seen: make(map[reflect.Type]*plan)}
	p, err := c.compile(t)
	if err != nil {
		return nil, err
	}
	memo.Store(t, p)
	return p, nil
}

// A compiler compiles a type and all types in it. seen holds those begun, so that a type may
// contain itself through a pointer or slice.
type compiler struct {
	format format
	seen   map[reflect.Type]*plan
}

var rawType = reflect.TypeFor[json.RawMessage]()

// unmarshalers are methods that this package does not call.
var unmarshalers = map[format][]reflect.Type{
	formatJSON: {reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()},
	formatXML: {reflect.TypeFor[xml.Unmarshaler](), reflect.TypeFor[xml.UnmarshalerAttr](),
		reflect.TypeFor[encoding.TextUnmarshaler]()},
}

// compile returns the plan of a type. Types that this package does not decode are errors here,
// before the document is read.
func (c *compiler) compile(t reflect.Type) (*plan, error) {
	if p, ok := c.seen[t]; ok {
		return p, nil
	}
	p := &plan{typ: t, want: t.Kind().String(), size: int(t.Size())}
	c.seen[t] = p
	if c.format == formatJSON && t == rawType {
		p.kind = kindRaw
		return p, nil
	}
	if t.Kind() != reflect.Pointer {
		for _, iface := range unmarshalers[c.format] {
			if reflect.PointerTo(t).Implements(iface) {
				return nil, fmt.Errorf("wire: %v has a method of %v, which would not be called", t,
					iface)
			}
		}
	}
	var err error
	switch t.Kind() {
	case reflect.String:
		p.kind, p.named = kindString, t != stringType
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.kind = kindInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64,
		reflect.Uintptr:
		p.kind = kindUint
	case reflect.Bool:
		p.kind = kindBool
	case reflect.Struct:
		p.kind, p.want = kindStruct, "object"
		err = c.compileStruct(p)
	case reflect.Pointer:
		p.kind = kindPointer
		if p.elem, err = c.compile(t.Elem()); err == nil {
			p.want = p.elem.want
			if p.elem.kind == kindPointer || p.elem.kind == kindSlice {
				err = fmt.Errorf("wire: unsupported type %v", t)
			}
		}
	case reflect.Slice:
		p.kind, p.want = kindSlice, "list"
		p.empty = reflect.MakeSlice(t, 0, 0)
		if p.elem, err = c.compile(t.Elem()); err == nil &&
			(t.Elem().Kind() == reflect.Uint8 || c.format == formatXML &&
				p.elem.kind == kindSlice) {
			err = fmt.Errorf("wire: unsupported type %v", t)
		}
	case reflect.Map:
		p.kind, p.want = kindMap, "object"
		if p.elem, err = c.compile(t.Elem()); err == nil &&
			(c.format != formatJSON || t.Key().Kind() != reflect.String) {
			err = fmt.Errorf("wire: unsupported type %v", t)
		}
	default:
		err = fmt.Errorf("wire: unsupported type %v", t)
	}
	if err != nil {
		return nil, err
	}
	if p.kind.scalar() && t.Implements(knownType) {
		p.enum = new(knownTexts)
	}
	return p, nil
}

// A candidate is a struct field found at some depth of embedding.
type candidate struct {
	field
	typ    reflect.Type
	option string
	tagged bool
	depth  int
	goName string
}

// compileStruct finds the fields of a struct and places each of them.
func (c *compiler) compileStruct(p *plan) error {
	p.members = &branch{byName: make(map[string]int)}
	all, err := c.collect(p.typ, nil, nil)
	if err != nil {
		return err
	}
	for i := range all {
		found := &all[i]
		switch wins, err := dominant(found, all); {
		case err != nil:
			return fmt.Errorf("%w of %v", err, p.typ)
		case !wins:
			continue
		}
		if err := c.place(p, found); err != nil {
			return fmt.Errorf("%w (field %s of %v)", err, found.goName, p.typ)
		}
	}
	return nil
}

// place compiles a field and puts it where the decoder looks for it.
func (c *compiler) place(p *plan, found *candidate) error {
	switch found.option {
	case "":
	case "partial":
		p.partial = true
		return nil
	default:
		return c.placeXML(p, found)
	}
	f := &found.field
	var err error
	if f.plan, err = c.compile(found.typ); err != nil {
		return err
	}
	steps := []string{f.name}
	if c.format == formatXML {
		steps = strings.Split(f.name, ">")
		f.name = steps[len(steps)-1]
	}
	p.number(f)
	return p.members.insert(steps, f)
}

// insert puts a field at the end of a path of names, which for JSON is one name.
func (b *branch) insert(steps []string, f *field) error {
	if b.byName == nil {
		b.byName = make(map[string]int)
	}
	at, ok := b.byName[steps[0]]
	if !ok {
		at = len(b.entries)
		b.byName[steps[0]] = at
		b.entries = append(b.entries, entry{name: steps[0]})
	}
	e := &b.entries[at]
	if e.field != nil || e.sub != nil && len(steps) == 1 {
		return fmt.Errorf("wire: element %s is wanted twice", steps[0])
	}
	if len(steps) == 1 {
		e.field = f
		return nil
	}
	if e.sub == nil {
		e.sub = &branch{}
	}
	return e.sub.insert(steps[1:], f)
}

// dominant reports whether a field is the one selected by its name: the least deeply embedded,
// then the one with a tag. Two equal ones are an error.
func dominant(f *candidate, all []candidate) (bool, error) {
	for i := range all {
		other := &all[i]
		if other == f || other.name != f.name || other.option != f.option {
			continue
		}
		if other.depth < f.depth || other.depth == f.depth && other.tagged && !f.tagged {
			return false, nil
		}
		if other.depth == f.depth && other.tagged == f.tagged {
			return false, fmt.Errorf("wire: fields %s and %s have the same name", f.goName,
				other.goName)
		}
	}
	return true, nil
}

// collect returns the fields of a struct and of the structs embedded in it.
func (c *compiler) collect(
	t reflect.Type, prefix []int, outer []reflect.Type,
) ([]candidate, error) {
	if slices.Contains(outer, t) {
		return nil, fmt.Errorf("wire: %v embeds itself", t)
	}
	outer = append(outer, t)
	var all []candidate
	for i := range t.NumField() {
		sf := t.Field(i)
		tag := sf.Tag.Get(string(c.format))
		if tag == "-" {
			continue
		}
		path := append(slices.Clone(prefix), i)
		name, options, _ := strings.Cut(tag, ",")
		if sf.Type == partialType {
			all = append(all, candidate{field: field{name: sf.Name}, option: "partial"})
			continue
		}
		if sf.Anonymous && name == "" {
			inner := sf.Type
			if inner.Kind() == reflect.Pointer {
				if !sf.IsExported() {
					return nil, fmt.Errorf("wire: %v embeds an unexported pointer", t)
				}
				inner = inner.Elem()
			}
			if inner.Kind() == reflect.Struct {
				more, err := c.collect(inner, path, outer)
				if err != nil {
					return nil, err
				}
				all = append(all, more...)
				continue
			}
		}
		if !sf.IsExported() {
			continue
		}
		found := candidate{typ: sf.Type, tagged: name != "", depth: len(prefix), goName: sf.Name}
		found.name, found.index = name, i
		found.filled = sf.Tag.Get("wire") == "required"
		found.needed = found.filled || sf.Tag.Get("wire") == "present"
		if len(path) > 1 {
			found.path = path
		}
		if err := c.readTag(&found, sf, options); err != nil {
			return nil, err
		}
		all = append(all, found)
	}
	return all, nil
}

// readTag reads name and option from a tag. It refuses options that would otherwise be ignored
// silently.
func (c *compiler) readTag(found *candidate, sf reflect.StructField, options string) error {
	if c.format == formatXML {
		return readXMLTag(found, sf, options)
	}
	if strings.Contains(","+options+",", ",string,") && sf.Type.Kind() == reflect.String {
		return fmt.Errorf("wire: unsupported tag option \"string\" on %s", sf.Name)
	}
	found.name = cmp.Or(found.name, sf.Name)
	return nil
}
