package wire

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// ErrCharacter is text that a request cannot contain: a control character or broken UTF-8. The
// error that wraps it names the field and the character, not the text.
var ErrCharacter = errors.New("character that cannot be sent")

// EncodeJSON encodes a request body like encoding/json, but without escaping characters: Rakuten
// is said to refuse \u escapes. Control characters other than line breaks and tabs, which would
// need an escape, and broken UTF-8 are refused with ErrCharacter.
func EncodeJSON(v any) ([]byte, error) {
	if err := checkText(reflect.ValueOf(v), "json", "", 0); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	return unescapeSeparators(bytes.TrimSuffix(out.Bytes(), []byte("\n"))), nil
}

// unescapeSeparators undoes the escapes of U+2028 and U+2029 by encoding/json.
func unescapeSeparators(doc []byte) []byte {
	if !bytes.Contains(doc, []byte(`\u202`)) {
		return doc
	}
	out := make([]byte, 0, len(doc))
	for i := 0; i < len(doc); {
		switch rest := doc[i:]; {
		case bytes.HasPrefix(rest, []byte(`\u2028`)):
			out = append(out, "\u2028"...)
			i += 6
		case bytes.HasPrefix(rest, []byte(`\u2029`)):
			out = append(out, "\u2029"...)
			i += 6
		case rest[0] == '\\':
			out = append(out, rest[:2]...)
			i += 2
		default:
			out = append(out, rest[0])
			i++
		}
	}
	return out
}

// EncodeXML encodes a request body like encoding/xml, preceded by an XML declaration. Characters
// that XML 1.0 does not allow, which encoding/xml replaces, are refused with ErrCharacter.
func EncodeXML(v any) ([]byte, error) {
	if err := checkText(reflect.ValueOf(v), "xml", "", 0); err != nil {
		return nil, err
	}
	body, err := xml.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("wire: %w", err)
	}
	return append([]byte(xml.Header), body...), nil
}

// checkText checks every text that would be written and names the first bad one by its path.
func checkText(v reflect.Value, tag, path string, depth int) error {
	if depth > MaxDepth {
		return fmt.Errorf("wire: %s: %w", path, ErrDepth)
	}
	switch v.Kind() {
	case reflect.String:
		if r, bad := unsendable(v.String()); bad {
			return fmt.Errorf("wire: %s: %w: %U", path, ErrCharacter, r)
		}
	case reflect.Pointer, reflect.Interface:
		return checkText(v.Elem(), tag, path, depth+1)
	case reflect.Slice, reflect.Array:
		if k := v.Type().Elem().Kind(); k == reflect.Uint8 {
			return nil
		}
		for i := range v.Len() {
			if err := checkText(v.Index(i), tag, path+"["+strconv.Itoa(i)+"]",
				depth+1); err != nil {
				return err
			}
		}
	case reflect.Map:
		for it := v.MapRange(); it.Next(); {
			step := join(path, "{}")
			if err := checkText(it.Key(), tag, step, depth+1); err != nil {
				return err
			}
			if err := checkText(it.Value(), tag, step, depth+1); err != nil {
				return err
			}
		}
	case reflect.Struct:
		for i := range v.NumField() {
			sf := v.Type().Field(i)
			name, _, _ := strings.Cut(sf.Tag.Get(tag), ",")
			if name == "-" || !sf.IsExported() && !sf.Anonymous {
				continue
			}
			step := join(path, cmp.Or(name, sf.Name))
			if sf.Anonymous && name == "" {
				step = path
			}
			if err := checkText(v.Field(i), tag, step, depth+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// join appends a step to a path.
func join(path, step string) string {
	if path == "" {
		return step
	}
	return path + "." + step
}

// unsendable returns the first character of s that XML 1.0 does not allow or that is invalid.
func unsendable(s string) (rune, bool) {
	for i, r := range s {
		switch {
		case r == '\t' || r == '\n' || r == '\r':
		case r < ' ' || r == 0xFFFE || r == 0xFFFF:
			return r, true
		case r == utf8.RuneError:
			if _, size := utf8.DecodeRuneInString(s[i:]); size == 1 {
				return r, true
			}
		}
	}
	return 0, false
}
