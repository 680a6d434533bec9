package wire

import (
	"encoding"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"reflect"
	"sync"
)

// A kind is what a decoder has to do for a type.
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

// scalar reports the kinds that are made from a text alone, by setText.
func (k kind) scalar() bool { return k <= kindBool }

// A format says which tags count.
type format uint8

const (
	formatJSON format = iota
	formatXML
)

func (f format) tag() string {
	if f == formatXML {
		return "xml"
	}
	return "json"
}

// A plan is a type, compiled for one format.
type plan struct {
	kind kind
	typ  reflect.Type
	want string
	size int
	// elem is the plan of a pointer's, slice's or map's element.
	elem *plan
	// empty is the non-nil slice without elements.
	empty reflect.Value

	// The rest belongs to structs: members and child elements by name, and
	// what only XML has.
	members *branch
	attrs   []*field
	text    *field
	inner   *field
	name    *field
	root    string
}

// A field is one target inside a struct.
type field struct {
	name  string
	index int
	// path leads through embedded structs, if there are any.
	path []int
	plan *plan
}

// in finds the field in its struct, making embedded pointers on the way.
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

// A branch maps names to fields. An entry of an XML path a>b has a branch of
// its own instead of a field; its fields belong to the same struct.
type branch struct {
	entries []entry
	byName  map[string]int
}

// An entry is one name of a branch: either a field or a branch further down.
type entry struct {
	name  string
	field *field
	sub   *branch
}

// find looks a name up. Documents mostly come in the order of the struct, so
// the entry after the last one found is tried first.
func (b *branch) find(name []byte, next int) (at int, ok bool) {
	if next < len(b.entries) && b.entries[next].name == string(name) {
		return next, true
	}
	at, ok = b.byName[string(name)]
	return at, ok
}

// Compiled plans by type; they depend on nothing but the type.
var jsonPlans, xmlPlans sync.Map

// planFor compiles a type, or finds it compiled.
func planFor(t reflect.Type, f format) (*plan, error) {
	memo := &jsonPlans
	if f == formatXML {
		memo = &xmlPlans
	}
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

// A compiler compiles a type and all types in it. seen holds what it has begun, so
// that a type may contain itself through a pointer or slice.
type compiler struct {
	format format
	seen   map[reflect.Type]*plan
}

var (
	rawType  = reflect.TypeFor[json.RawMessage]()
	nameType = reflect.TypeFor[xml.Name]()

	unmarshalers = [...][]reflect.Type{
		formatJSON: {reflect.TypeFor[json.Unmarshaler](), reflect.TypeFor[encoding.TextUnmarshaler]()},
		formatXML:  {reflect.TypeFor[xml.Unmarshaler](), reflect.TypeFor[xml.UnmarshalerAttr](), reflect.TypeFor[encoding.TextUnmarshaler]()},
	}
)

// compile makes the plan of a type. Types that this package does not decode are
// errors here, before a byte of the document is read.
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
				return nil, fmt.Errorf("wire: %v has a method of %v, which would not be called", t, iface)
			}
		}
	}
	var err error
	switch t.Kind() {
	case reflect.String:
		p.kind = kindString
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		p.kind = kindInt
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
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
		if p.elem, err = c.compile(t.Elem()); err == nil && (t.Elem().Kind() == reflect.Uint8 || c.format == formatXML && p.elem.kind == kindSlice) {
			err = fmt.Errorf("wire: unsupported type %v", t)
		}
	case reflect.Map:
		p.kind, p.want = kindMap, "object"
		if p.elem, err = c.compile(t.Elem()); err == nil && (c.format != formatJSON || t.Key().Kind() != reflect.String) {
			err = fmt.Errorf("wire: unsupported type %v", t)
		}
	default:
		err = fmt.Errorf("wire: unsupported type %v", t)
	}
	if err != nil {
		return nil, err
	}
	return p, nil
}
