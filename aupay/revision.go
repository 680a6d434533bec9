package aupay

import (
	"crypto/sha256"
	"encoding/hex"
	"reflect"
	"strconv"
	"strings"
)

// revision is a hash over every element that the mall wrote, by name: there is no instant of the last change. An element that is
// empty counts as missing, so that a field added to OrderInfo later does not change the revision of orders without it.
func revision(w *OrderInfo) string {
	sum := sha256.Sum256(appendElements(make([]byte, 0, 4<<10), reflect.ValueOf(w).Elem()))
	return hex.EncodeToString(sum[:16])
}

// elementNames are the element names of the wire structs, field by field. Capitals do not count (see Unify), and
// rawMailAddress, which comes only when it was asked for, has none.
var elementNames = namesOf(OrderInfo{}, Detail{}, ItemOptionCommissions{}, ItemOptionCommission{})

func namesOf(structs ...any) map[reflect.Type][]string {
	all := make(map[reflect.Type][]string, len(structs))
	for _, s := range structs {
		t := reflect.TypeOf(s)
		for i := range t.NumField() {
			name := strings.ToLower(t.Field(i).Tag.Get("xml"))
			if name == "rawmailaddress" {
				name = ""
			}
			all[t] = append(all[t], name)
		}
	}
	return all
}

// appendElements writes the elements that are there, name and value each ended by a zero byte.
func appendElements(b []byte, v reflect.Value) []byte {
	for i, name := range elementNames[v.Type()] {
		f := v.Field(i)
		if name == "" || f.IsZero() {
			continue
		}
		b = append(append(b, name...), 0)
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
