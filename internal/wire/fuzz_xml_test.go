package wire_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/jpmall/jpmall/internal/wire"
)

// marked has a field of every kind that both decoders know.
type marked struct {
	XMLName xml.Name      `xml:"r"`
	At      string        `xml:"at,attr"`
	N       *int          `xml:"n,attr"`
	S       string        `xml:"s"`
	I       int           `xml:"i"`
	I8      int8          `xml:"i8"`
	U       uint16        `xml:"u"`
	B       flag          `xml:"b"`
	P       *int          `xml:"p"`
	PS      *string       `xml:"ps"`
	O       markedInner   `xml:"o"`
	PO      *markedInner  `xml:"po"`
	L       []markedInner `xml:"l"`
	LP      []*marked     `xml:"r"`
	LS      []stamp       `xml:"ls"`
	LI      []int         `xml:"li"`
	Path    string        `xml:"d>e>f"`
	Paths   []string      `xml:"d>g"`
	C       markedText    `xml:"c"`
}

type markedInner struct {
	A  string `xml:"a"`
	B  *bool  `xml:"b"`
	At int    `xml:"at,attr"`
}

type markedText struct {
	V   int    `xml:"v"`
	T   string `xml:",chardata"`
	Raw string `xml:",innerxml"`
}

func FuzzXML(f *testing.F) {
	for _, s := range []string{
		`<r at="x" n="1"><s>a&amp;&#12316;<![CDATA[<b>]]></s><i> 5 </i><i8>-1</i8><u>7</u><b>true</b><p>3</p><ps>x</ps></r>`,
		`<?xml version="1.0" encoding="UTF-8"?><!-- c --><r><o at="1"><a>x</a></o><po><b>false</b></po><l/><l><a>1</a></l><r><s>y</s></r><ls>a</ls><li>1</li></r>`,
		`<x:r xmlns:x="urn:x"><d><e><f>p</f></e><g>1</g></d><d><g>2</g></d><c at='1'>t<v>1</v>u</c><zzz><s>no</s></zzz></x:r>`,
		`<r><s>A & B &nbsp; ]]></s><i>5.00</i><i8>x</i8><s/>` + "\x00\r\n</r>", `<html>`, ``, `<r><s>a</r>`,
		`<!DOCTYPE r><r/>`,
		"<?xml version='1.0' encoding='Shift_JIS'?><r><s>\x8c\xa9</s></r>", "\uFEFF<r></r>", `<r a="1"b='2'/>`,
		`<r><i>1</i><i/><p>1</p><p/></r>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, want marked
		problems, err := wire.XML(data, &got)
		checkReport(t, data, "XML", problems, err)
		watchedAlike(t, &got, problems, err, func(v any, w *wire.Watch) ([]wire.Problem,
			error) {
			return wire.XMLWatched(data, v, w)
		})
		if root, rootErr := wire.Root(data); err == nil && (rootErr != nil || root != "r") {
			t.Fatalf("%q: root %q, %v", data, root, rootErr)
		}
		if err == nil {
			end := bytes.LastIndexByte(data, '>')
			if _, err := wire.XML(data[:max(0, end)], &marked{}); err == nil {
				t.Fatalf("%q is accepted without its last >", data)
			}
		}
		if xml.Unmarshal(data, &want) != nil || !wellFormed(data) {
			return
		}
		if errors.Is(err, wire.ErrDepth) || errors.Is(err, wire.ErrSize) {
			return
		}
		if err != nil || len(problems) > 0 {
			t.Fatalf("%q: encoding/xml reads it, we say %v %v", data, problems, err)
		}
		alike(reflect.ValueOf(&got).Elem())
		alike(reflect.ValueOf(&want).Elem())
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%q:\nours %+v\nstd  %+v", data, got, want)
		}
	})
}

// wellFormed reports whether encoding/xml reads all of the document, which it does
// not look at behind the root element, and whether there is nothing in it that we
// refuse on purpose.
func wellFormed(data []byte) bool {
	dec := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	depth, roots := 0, 0
	for {
		token, err := dec.Token()
		if err != nil {
			return err == io.EOF && roots == 1
		}
		switch token := token.(type) {
		case xml.StartElement:
			if depth == 0 {
				roots++
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.Directive:
			return false
		case xml.CharData:
			if depth == 0 && strings.Trim(string(token), " \t\r\n") != "" {
				return false
			}
		}
	}
}

// alike takes away what we do differently on purpose: white space around texts,
// empty list elements, pointers to nothing, namespaces.
func alike(v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strings.Trim(v.String(), " \t\r\n"))
	case reflect.Pointer:
		if !v.IsNil() {
			alike(v.Elem())
			if v.Elem().IsZero() {
				v.SetZero()
			}
		}
	case reflect.Slice:
		kept := reflect.Zero(v.Type())
		for i := range v.Len() {
			if alike(v.Index(i)); !v.Index(i).IsZero() {
				kept = reflect.Append(kept, v.Index(i))
			}
		}
		v.Set(kept)
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[xml.Name]() {
			v.SetZero()
			return
		}
		for i := range v.NumField() {
			alike(v.Field(i))
		}
	}
}
