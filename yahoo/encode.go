package yahoo

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// encode writes a request document. Requests write dates in another shape than replies and join
// several values with commas, which encoding/xml cannot do. Fields are written in the order of the
// struct:
//
//	string, number, time.Time, order.Date   left out when zero
//	pointer                                 left out when nil; a pointer to "" or to a zero date writes an empty element: it clears
//	slice of text                           joined with commas
//	slice of structs                        one element each
//	struct                                  an element, left out when nothing is in it
//
// The tag xml names the element, max bounds its bytes and chars, of a text, its characters.
// Everything wrong is reported at once, without a value.
func encode(req any) ([]byte, error) {
	e := encoder{}
	e.buf.WriteString("<Req>")
	e.fields(reflect.ValueOf(req), e.report.Fields())
	e.buf.WriteString("</Req>")
	if err := e.report.Err(); err != nil {
		return nil, err
	}
	return e.buf.Bytes(), nil
}

type encoder struct {
	buf    bytes.Buffer
	report check.Report
}

func (e *encoder) fields(v reflect.Value, at check.Fields) {
	t := v.Type()
	for i := range t.NumField() {
		name := t.Field(i).Tag.Get("xml")
		if name == "" || name == "-" {
			continue
		}
		limit, _ := strconv.Atoi(t.Field(i).Tag.Get("max"))
		if most, _ := strconv.Atoi(t.Field(i).Tag.Get("chars")); most > 0 {
			at.Chars(name, v.Field(i).String(), most)
		}
		e.field(name, limit, v.Field(i), at)
	}
}

func (e *encoder) field(name string, limit int, v reflect.Value, at check.Fields) {
	if v.Kind() == reflect.Pointer {
		if v.IsNil() {
			return
		}
		text, ok := textOf(v.Elem())
		if !ok {
			e.group(name, v.Elem(), at.In(name))
			return
		}
		e.text(name, text, limit, at)
		return
	}
	if v.IsZero() {
		return
	}
	if text, ok := textOf(v); ok {
		e.text(name, text, limit, at)
		return
	}
	if v.Kind() == reflect.Struct {
		e.group(name, v, at.In(name))
		return
	}
	if v.Type().Elem().Kind() == reflect.Struct && v.Type().Elem() != timeType {
		for i := range v.Len() {
			e.group(name, v.Index(i), at.Item(name, i))
		}
		return
	}
	words := make([]string, v.Len())
	for i := range words {
		words[i], _ = textOf(v.Index(i))
		if words[i] == "" || strings.Contains(words[i], ",") {
			at.Item(name, i).Add("", "cannot be empty or hold a comma")
		}
		at.Item(name, i).Bytes("", words[i], cmp.Or(limit, len(words[i])))
	}
	e.text(name, strings.Join(words, ","), 0, at)
}

// group writes an element with children, or nothing when there are none.
func (e *encoder) group(name string, v reflect.Value, at check.Fields) {
	before := e.buf.Len()
	e.buf.WriteString("<" + name + ">")
	inside := e.buf.Len()
	e.fields(v, at)
	if e.buf.Len() == inside {
		e.buf.Truncate(before)
		return
	}
	e.buf.WriteString("</" + name + ">")
}

func (e *encoder) text(name, text string, limit int, at check.Fields) {
	at.Bytes(name, text, cmp.Or(limit, len(text)))
	at.Characters(name, text, check.Control)
	e.buf.WriteString("<" + name + ">")
	_ = xml.EscapeText(&e.buf, []byte(text)) // a bytes.Buffer does not fail
	e.buf.WriteString("</" + name + ">")
}

var (
	timeType = reflect.TypeFor[time.Time]()
	dateType = reflect.TypeFor[order.Date]()
)

// textOf writes a scalar as the mall wants it; ok is false for everything else.
func textOf(v reflect.Value) (text string, ok bool) {
	switch v.Type() {
	case timeType:
		if v.IsZero() {
			return "", true
		}
		return sendTime(v.Interface().(time.Time)), true
	case dateType:
		if v.IsZero() {
			return "", true
		}
		return sendDate(v.Interface().(order.Date)), true
	}
	switch v.Kind() {
	case reflect.String:
		return v.String(), true
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), true
	case reflect.Int, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), true
	}
	return "", false
}

// checkID refuses what cannot be an order number before it costs a call.
func checkID(id string) error {
	if id == "" || len(id) > 50 {
		return fmt.Errorf("the order number has %d bytes, want 1 to 50", len(id))
	}
	if strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
		return fmt.Errorf("the order number has characters other than letters, digits and hyphens")
	}
	return nil
}
