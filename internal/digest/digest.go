// Package digest computes the revision of an order for malls that do not report when an order
// changed: a hash of the mall's data.
package digest

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash"
	"reflect"
	"strings"
	"sync"
)

// size is how many bytes of the hash are kept: with 128 bits, two states of one order do not
// collide by accident.
const size = 16

// Of returns the hash of a wire struct as 32 lower-case hex digits. Equal values have equal
// digests, in every process and version of this package. nil and empty are equal, and so are an
// absent field and a zero one: a field that a later version of the SDK adds does not change the
// digests of orders without it. Fields are identified by their json or xml name; those tagged
// digest:"-" are ignored.
//
// It accepts what wire structs consist of: structs, pointers, slices, strings, integers and bools.
// Any other type is an error that names it.
func Of(v any) (string, error) {
	e := encoder{sum: sha256.New()}
	if err := e.value(reflect.Indirect(reflect.ValueOf(v))); err != nil {
		return "", err
	}
	e.flush()
	// The buffer is free again, and long enough for both.
	sum := e.sum.Sum(e.room[:0])
	text := hex.AppendEncode(e.room[len(sum):len(sum)], sum[:size])
	return string(text), nil
}

// encoder encodes values unambiguously. It hashes through a small buffer: an order has hundreds of
// fields of a few bytes, and a buffer for all of them would be most of what a conversion
// allocates.
type encoder struct {
	sum  hash.Hash
	used int
	room [512]byte
}

func (e *encoder) flush() {
	_, _ = e.sum.Write(e.room[:e.used]) // a hash does not fail
	e.used = 0
}

// need makes room for n bytes; n is small.
func (e *encoder) need(n int) {
	if len(e.room)-e.used < n {
		e.flush()
	}
}

func (e *encoder) byte(b byte) {
	e.need(1)
	e.room[e.used] = b
	e.used++
}

func (e *encoder) uint(n uint64) {
	if n < 0x80 { // most lengths
		e.byte(byte(n))
		return
	}
	e.need(binary.MaxVarintLen64)
	e.used += binary.PutUvarint(e.room[e.used:], n)
}

func (e *encoder) int(n int64) {
	e.need(binary.MaxVarintLen64)
	e.used += binary.PutVarint(e.room[e.used:], n)
}

func (e *encoder) text(s string) {
	e.uint(uint64(len(s)))
	e.raw(s)
}

func (e *encoder) raw(s string) {
	for s != "" {
		e.need(1)
		n := copy(e.room[e.used:], s)
		e.used, s = e.used+n, s[n:]
	}
}

func (e *encoder) value(v reflect.Value) error {
	switch v.Kind() {
	case reflect.String:
		e.text(v.String())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		e.int(v.Int())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		e.uint(v.Uint())
	case reflect.Bool:
		if v.Bool() {
			e.byte(1)
		} else {
			e.byte(0)
		}
	case reflect.Pointer:
		if v.IsNil() {
			e.byte(0)
			return nil
		}
		e.byte(1)
		return e.value(v.Elem())
	case reflect.Slice:
		e.uint(uint64(v.Len()))
		for i := range v.Len() {
			if err := e.value(v.Index(i)); err != nil {
				return err
			}
		}
	case reflect.Struct:
		return e.object(v)
	default:
		return fmt.Errorf("digest: cannot hash a %s", v.Kind())
	}
	return nil
}

// object writes the fields that are not zero, each with its name.
func (e *encoder) object(v reflect.Value) error {
	for _, p := range planOf(v.Type()) {
		f := v.Field(p.index)
		// the kinds of most fields, without the walk of IsZero and a second look at the kind
		switch p.kind {
		case reflect.String:
			if s := f.String(); s != "" {
				e.raw(p.head)
				e.text(s)
			}
			continue
		case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
			if n := f.Int(); n != 0 {
				e.raw(p.head)
				e.int(n)
			}
			continue
		case reflect.Pointer:
			if f.IsNil() {
				continue
			}
		case reflect.Slice:
			if f.Len() == 0 {
				continue
			}
		default:
			if f.IsZero() {
				continue
			}
		}
		e.raw(p.head)
		if err := e.value(f); err != nil {
			return err
		}
	}
	e.byte(0) // no name is empty, so this ends the struct
	return nil
}

// fieldPlan is a field that is hashed.
type fieldPlan struct {
	index int
	kind  reflect.Kind
	head  string // its name as encoded by text
}

// plans holds the field plans by type.
var plans sync.Map // reflect.Type -> []fieldPlan

// planOf returns the fields that are hashed.
func planOf(t reflect.Type) []fieldPlan {
	if known, ok := plans.Load(t); ok {
		return known.([]fieldPlan)
	}
	all := make([]fieldPlan, 0, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		if !f.IsExported() || f.Tag.Get("digest") == "-" {
			continue
		}
		name := f.Name
		for _, tag := range []string{"json", "xml"} {
			tagged, _, _ := strings.Cut(f.Tag.Get(tag), ",")
			if tagged == "-" {
				name = ""
			} else if tagged != "" {
				name = tagged
			}
		}
		if name != "" {
			head := append(binary.AppendUvarint(nil, uint64(len(name))), name...)
			all = append(all, fieldPlan{i, f.Type.Kind(), string(head)})
		}
	}
	plans.Store(t, all)
	return all
}
