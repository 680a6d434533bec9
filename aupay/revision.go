package aupay

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// revision is a hash over every element that the mall wrote, by name: there is no instant of the last change. An element that is
// empty counts as missing, so that a field added to OrderInfo later does not change the revision of orders without it.
func revision(w *OrderInfo) string {
	sum := sha256.Sum256(appendElements(make([]byte, 0, 4<<10), reflect.ValueOf(w).Elem()))
	return hex.EncodeToString(sum[:16])
}

// element is a field of a wire struct.
type element struct {
	name  string
	index int
}

// elements are the fields of the wire structs by the names of their elements, sorted, so that it does not matter which of two
// spellings was used (see Unify). rawMailAddress, which comes only when it was asked for, is left out.
var elements = elementsOf(OrderInfo{}, Detail{}, ItemOptionCommissions{}, ItemOptionCommission{})

func elementsOf(structs ...any) map[reflect.Type][]element {
	all := make(map[reflect.Type][]element, len(structs))
	for _, s := range structs {
		t := reflect.TypeOf(s)
		for i := range t.NumField() {
			if name := strings.ToLower(t.Field(i).Tag.Get("xml")); name != "rawmailaddress" {
				all[t] = append(all[t], element{name, i})
			}
		}
		slices.SortStableFunc(all[t], func(a, b element) int { return strings.Compare(a.name, b.name) })
	}
	return all
}

// appendElements writes the elements that are there, name and value each ended by a zero byte.
func appendElements(b []byte, v reflect.Value) []byte {
	for _, e := range elements[v.Type()] {
		f := v.Field(e.index)
		if f.IsZero() {
			continue
		}
		b = append(append(b, e.name...), 0)
		switch f.Kind() {
		case reflect.String:
			b = append(b, f.String()...)
		case reflect.Int64:
			b = strconv.AppendInt(b, f.Int(), 10)
		case reflect.Pointer:
			b = strconv.AppendInt(b, f.Elem().Int(), 10)
		case reflect.Slice:
			for n := range f.Len() {
				b = append(appendElements(b, f.Index(n)), 1)
			}
		}
		b = append(b, 0)
	}
	return b
}
