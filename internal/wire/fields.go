package wire

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

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
		wins, err := dominant(found, all)
		if err != nil {
			return fmt.Errorf("%w of %v", err, p.typ)
		}
		if !wins {
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
	f := &found.field
	switch found.option {
	case "name":
		f.plan = &plan{kind: kindName, typ: found.typ}
		p.name, p.root = f, f.name
		return nil
	case "innerxml":
		p.inner = f
		if found.typ.Kind() == reflect.Slice && found.typ.Elem().Kind() == reflect.Uint8 {
			f.plan = &plan{kind: kindRaw, typ: found.typ}
			return nil
		}
	}
	elem, err := c.compile(found.typ)
	if err != nil {
		return err
	}
	f.plan = elem
	scalar := elem.kind.scalar() || elem.kind == kindPointer && elem.elem.kind.scalar()
	switch found.option {
	case "attr", "chardata":
		if !scalar {
			return fmt.Errorf("wire: ,%s needs a scalar", found.option)
		}
		if found.option == "attr" {
			p.attrs = append(p.attrs, f)
		} else {
			p.text = f
		}
		return nil
	case "innerxml":
		if elem.kind != kindString {
			return fmt.Errorf("wire: ,innerxml needs a string or bytes")
		}
		return nil
	}
	steps := []string{f.name}
	if c.format == formatXML {
		steps = strings.Split(f.name, ">")
		f.name = steps[len(steps)-1]
	}
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

// dominant reports whether a field is the one meant by its name: the one
// embedded least deeply, then the one with a tag. Two equal ones are an error.
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
			return false, fmt.Errorf("wire: fields %s and %s have the same name", f.goName, other.goName)
		}
	}
	return true, nil
}

// collect lists the fields of a struct and of the structs embedded in it.
func (c *compiler) collect(t reflect.Type, prefix []int, outer []reflect.Type) ([]candidate, error) {
	if slices.Contains(outer, t) {
		return nil, fmt.Errorf("wire: %v embeds itself", t)
	}
	outer = append(outer, t)
	var all []candidate
	for i := range t.NumField() {
		sf := t.Field(i)
		tag := sf.Tag.Get(c.format.tag())
		if tag == "-" {
			continue
		}
		path := append(slices.Clone(prefix), i)
		name, options, _ := strings.Cut(tag, ",")
		if sf.Anonymous && name == "" {
			inner := sf.Type
			if inner.Kind() == reflect.Pointer {
				if !sf.IsExported() {
					return nil, fmt.Errorf("wire: %v embeds an unexported pointer, which cannot be set", t)
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

// readTag takes name and option from a tag, and refuses options that would be
// ignored silently.
func (c *compiler) readTag(found *candidate, sf reflect.StructField, options string) error {
	if c.format == formatXML {
		// A namespace before the name is dropped: prefixes are ignored.
		if i := strings.LastIndexByte(found.name, ' '); i >= 0 {
			found.name = found.name[i+1:]
		}
		if sf.Name == "XMLName" && sf.Type == nameType {
			found.option = "name"
			return nil
		}
		for option := range strings.SplitSeq(options, ",") {
			switch option {
			case "attr", "chardata", "innerxml":
				found.option = option
			case "cdata":
				found.option = "chardata"
			case "", "omitempty":
			default:
				return fmt.Errorf("wire: unsupported tag option %q on %s", option, sf.Name)
			}
		}
	} else if strings.Contains(","+options+",", ",string,") && sf.Type.Kind() == reflect.String {
		return fmt.Errorf("wire: unsupported tag option \"string\" on %s", sf.Name)
	}
	if found.name == "" && found.option != "chardata" && found.option != "innerxml" {
		found.name = sf.Name
		if c.format == formatXML && found.option == "" {
			found.name = elementName(sf.Type, sf.Name)
		}
	}
	return nil
}

// elementName is the name that the struct of an untagged field gives itself
// through its XMLName, or else the field's own name.
func elementName(t reflect.Type, name string) string {
	// A slice of pointers is as deep as it gets.
	for range 2 {
		if t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
	}
	if t.Kind() == reflect.Struct {
		if sf, ok := t.FieldByName("XMLName"); ok && sf.Type == nameType {
			own, _, _ := strings.Cut(sf.Tag.Get("xml"), ",")
			if own = own[strings.LastIndexByte(own, ' ')+1:]; own != "" {
				return own
			}
		}
	}
	return name
}
