// Package digest makes the revision of an order for malls that do not tell when an order changed: a hash over what the mall
// wrote about it.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"reflect"
	"strings"
	"sync"
)

// size is how many bytes of the hash are kept: with 128 bits, two states of one order never meet by accident.
const size = 16

// Of hashes a wire struct: 32 lower-case hex digits. Equal values give equal digests, in every process and version of this
// package; nil and empty are the same, and so are an absent field and a zero one, so that a field which a later version of the
// SDK adds to the struct leaves the digests of orders without it as they were. Fields count by their json or xml name; those
// tagged digest:"-" do not count.
//
// It takes structs, pointers, slices, strings, integers and bools, which is what wire structs are made of; any other type is
// an error that names it.
func Of(v any) (string, error) {
	var room [4096]byte // most orders fit
	buf, err := value(room[:0], reflect.Indirect(reflect.ValueOf(v)))
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(buf)
	return hex.EncodeToString(sum[:size]), nil
}

// value appends v in a form that no other value has.
func value(buf []byte, v reflect.Value) ([]byte, error) {
	switch v.Kind() {
	case reflect.String:
		return text(buf, v.String()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return binary.AppendVarint(buf, v.Int()), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return binary.AppendUvarint(buf, v.Uint()), nil
	case reflect.Bool:
		if v.Bool() {
			return append(buf, 1), nil
		}
		return append(buf, 0), nil
	case reflect.Pointer:
		if v.IsNil() {
			return append(buf, 0), nil
		}
		return value(append(buf, 1), v.Elem())
	case reflect.Slice:
		buf = binary.AppendUvarint(buf, uint64(v.Len()))
		var err error
		for i := range v.Len() {
			if buf, err = value(buf, v.Index(i)); err != nil {
				return nil, err
			}
		}
		return buf, nil
	case reflect.Struct:
		return object(buf, v)
	}
	return nil, fmt.Errorf("digest: cannot hash a %s", v.Kind())
}

// object appends the fields that are not zero, each with its name.
func object(buf []byte, v reflect.Value) ([]byte, error) {
	var err error
	for i, name := range namesOf(v.Type()) {
		f := v.Field(i)
		if name == "" || f.IsZero() || f.Kind() == reflect.Slice && f.Len() == 0 {
			continue
		}
		if buf, err = value(text(buf, name), f); err != nil {
			return nil, err
		}
	}
	return append(buf, 0), nil // no name is empty, so this ends the struct
}

func text(buf []byte, s string) []byte {
	return append(binary.AppendUvarint(buf, uint64(len(s))), s...)
}

// Field names by type; they depend on nothing but the type.
var names sync.Map // reflect.Type -> []string

// namesOf gives the name of each field, empty for one that does not count.
func namesOf(t reflect.Type) []string {
	if known, ok := names.Load(t); ok {
		return known.([]string)
	}
	all := make([]string, t.NumField())
	for i := range all {
		f := t.Field(i)
		if !f.IsExported() || f.Tag.Get("digest") == "-" {
			continue
		}
		all[i] = f.Name
		for _, tag := range []string{"json", "xml"} {
			name, _, _ := strings.Cut(f.Tag.Get(tag), ",")
			if name == "-" {
				all[i] = ""
			} else if name != "" {
				all[i] = name
			}
		}
	}
	names.Store(t, all)
	return all
}
