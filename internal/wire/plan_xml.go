package wire

import (
	"encoding/xml"
	"fmt"
	"reflect"
	"strings"
)

// find looks up a name. Documents mostly have the order of the struct, so the entry after the last
// one found is tried first.
func (b *branch) find(name []byte, next int) (at int, ok bool) {
	if next < len(b.entries) && b.entries[next].name == string(name) {
		return next, true
	}
	at, ok = b.byName[string(name)]
	return at, ok
}

var nameType = reflect.TypeFor[xml.Name]()

// elementName returns the element name of an untagged field: that of its struct's XMLName, or else
// the field's own name.
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

// placeXML compiles a field that is not a child element.
func (c *compiler) placeXML(p *plan, found *candidate) error {
	f := &found.field
	f.needed = false // of child elements alone it is known whether they came
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
	switch {
	case found.option == "innerxml" && elem.kind != kindString:
		return fmt.Errorf("wire: ,innerxml needs a string or bytes")
	case found.option == "innerxml":
	case !scalar:
		return fmt.Errorf("wire: ,%s needs a scalar", found.option)
	case found.option == "attr":
		p.attrs = append(p.attrs, f)
	default:
		p.text = f
	}
	return nil
}

// readXMLTag is readTag for XML.
func readXMLTag(found *candidate, sf reflect.StructField, options string) error {
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
	switch {
	case found.name != "" || found.option == "chardata" || found.option == "innerxml":
	case found.option == "":
		found.name = elementName(sf.Type, sf.Name)
	default:
		found.name = sf.Name
	}
	return nil
}
