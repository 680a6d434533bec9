package wire_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"github.com/jpmall/jpmall/internal/wire"
)

// A generator writes random documents that the standard library reads too, using
// everything that a document may contain. Random bytes seldom get that far.
type generator struct {
	*rand.Rand
	strings.Builder
}

func newGenerator(seed uint64) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 1))}
}

func (g *generator) pick(of ...string) string { return of[g.IntN(len(of))] }

func (g *generator) write(of ...string) { g.WriteString(g.pick(of...)) }

var (
	xmlTexts = []string{"", "a", "見本 花子", "&amp;", "&lt;b&gt;", "&quot;&apos;", "&#12316;", "&#x3042;&#x41;&#X41",
		"&#10;", "\r\n", "\r", "\n ", "<![CDATA[]]>", "<![CDATA[ <x>&amp;\r\n]] ]>]]>", "<!-- c > -->", "<?pi a?b ?>",
		"]]", ">", "🍵"}
	xmlNumbers = []string{"", "0", "7", "-12", " 100\n", "+5", "<![CDATA[3]]>", "4<!-- x -->2", "&#49;", "007"}
	xmlFlags   = []string{"", "true", "0", " 1 ", "FALSE", "T"}
)

// element writes an element; what writes its content.
func (g *generator) element(name string, attrs bool, what func()) {
	name = g.pick("", "", "", "y:") + name
	g.WriteString("<" + name)
	for attrs && g.IntN(3) == 0 {
		g.WriteString(g.pick(` at="5"`, "\n n = '6' ", ` zz="&lt;>"`, ` xmlns:q="urn:q"`, ` q:at="8"`))
	}
	g.write("", "", " ", "\n")
	if g.IntN(8) == 0 {
		g.WriteString("/>")
		return
	}
	g.WriteString(">")
	what()
	g.WriteString("</" + name + g.pick("", "", " ") + ">")
}

func (g *generator) text() {
	for range g.IntN(4) {
		g.write(xmlTexts...)
	}
}

func (g *generator) some(of ...func()) {
	for range g.IntN(12) {
		g.write("", "\n  ", "<!-- <s>no</s> -->", "stray")
		of[g.IntN(len(of))]()
	}
}

func (g *generator) scalar(name string, values []string) func() {
	return func() { g.element(name, true, func() { g.write(values...) }) }
}

func (g *generator) texts(name string) func() {
	return func() { g.element(name, true, g.text) }
}

func (g *generator) inner() {
	g.some(g.texts("a"), g.scalar("b", xmlFlags), g.texts("A"), func() { g.element("zz", true, g.inner2) })
}

func (g *generator) inner2() { g.some(g.texts("a"), g.texts("s")) }

func (g *generator) document(depth int) {
	g.element("r", true, func() {
		g.some(g.texts("s"), g.scalar("i", xmlNumbers), g.scalar("i8", xmlNumbers),
			g.scalar("u", []string{"1", "65535", ""}), g.scalar("b", xmlFlags),
			g.scalar("p", xmlNumbers), g.texts("ps"), g.texts("ls"), g.scalar("li", xmlNumbers),
			func() { g.element("o", true, g.inner) }, func() { g.element("po", true, g.inner) },
			func() { g.element("l", true, g.inner) },
			func() {
				g.element("d", false, func() {
					g.some(func() { g.element("e", false, func() { g.texts("f")() }) },
						g.texts("g"))
				})
			},
			func() { g.element("c", false, func() { g.text(); g.scalar("v", xmlNumbers)(); g.text() }) },
			func() {
				if depth < 4 {
					g.document(depth + 1)
				}
			}, g.inner2)
	})
}

func checkGeneratedXML(t *testing.T, seed uint64) (compared bool) {
	g := newGenerator(seed)
	g.write("", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", "<!-- c -->\n")
	g.document(0)
	data := []byte(g.String())
	var got, want marked
	if err := xml.Unmarshal(data, &want); err != nil {
		return false
	}
	problems, err := wire.XML(data, &got)
	if err != nil || len(problems) > 0 {
		t.Fatalf("seed %d, %s: %v %v", seed, data, problems, err)
	}
	alike(reflect.ValueOf(&got).Elem())
	alike(reflect.ValueOf(&want).Elem())
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("seed %d, %s:\nours %+v\nstd  %+v", seed, data, got, want)
	}
	return true
}

// value writes a JSON value of a type, sometimes null.
func (g *generator) value(t reflect.Type, depth int) {
	space := func() { g.write("", "", "", " ", "\n\t") }
	space()
	defer space()
	if g.IntN(8) == 0 || depth > 6 {
		g.WriteString("null")
		return
	}
	switch t {
	case reflect.TypeFor[json.RawMessage]():
		g.write(`{"a":[1 ,"x\"]"]}`, `"\u3042"`, "-1.5e3", "true", "[]")
		return
	case reflect.TypeFor[json.Number]():
		g.write("0", "-0", "0.10", "1e5", `"5"`)
		return
	}
	switch t.Kind() {
	case reflect.String:
		g.WriteString(`"`)
		for range g.IntN(4) {
			g.write("a", "見本", `\"`, `\\`, `\/\b\f\n\r\t`, `\u3042`, `\ud83c\udf75`, `\ud83c`, `\udf75\ud83c`, "🍵",
				"\xff", "\u2028", "{[,:]}")
		}
		g.WriteString(`"`)
	case reflect.Int, reflect.Int64:
		g.write("0", "-0", "5980", "-9223372036854775808", "9223372036854775807")
	case reflect.Int8:
		g.write("127", "-128", "0")
	case reflect.Uint16:
		g.write("0", "65535")
	case reflect.Bool:
		g.write("true", "false")
	case reflect.Pointer:
		g.value(t.Elem(), depth)
	case reflect.Slice:
		g.list("[", "]", func(int) { g.value(t.Elem(), depth+1) })
	case reflect.Map:
		g.list("{", "}", func(i int) {
			fmt.Fprintf(g, "%q: ", fmt.Sprint("見本", i))
			g.value(t.Elem(), depth+1)
		})
	case reflect.Struct:
		order := g.Perm(t.NumField())
		g.list("{", "}", func(i int) {
			if i >= len(order) {
				fmt.Fprintf(g, `"zz%d":`, i)
				g.write(`"\"}"`, "[[],{}]", `{"s":{"a":"}"}}`, "-0.5E+1", "null", "true")
				return
			}
			f := t.Field(order[i])
			fmt.Fprintf(g, `"%s"`, f.Tag.Get("json"))
			g.write(":", " :")
			g.value(f.Type, depth+1)
		})
	}
}

func (g *generator) list(opening, closing string, each func(i int)) {
	g.WriteString(opening)
	for i := range g.IntN(g.IntN(24) + 1) {
		if i > 0 {
			g.WriteString(",")
		}
		each(i)
	}
	g.write("", " ")
	g.WriteString(closing)
}

func checkGeneratedJSON(t *testing.T, seed uint64) (compared bool) {
	g := newGenerator(seed)
	g.value(reflect.TypeFor[fuzzed](), 0)
	data := []byte(g.String())
	var got, want fuzzed
	if err := json.Unmarshal(data, &want); err != nil {
		return false
	}
	problems, err := wire.JSON(data, &got)
	if err != nil || len(problems) > 0 {
		t.Fatalf("seed %d, %s: %v %v", seed, data, problems, err)
	}
	dropNullRaw(&want)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("seed %d, %s:\nours %+v\nstd  %+v", seed, data, got, want)
	}
	return true
}

func FuzzGenerated(f *testing.F) {
	f.Add(uint64(1))
	f.Fuzz(func(t *testing.T, seed uint64) {
		checkGeneratedXML(t, seed)
		checkGeneratedJSON(t, seed)
	})
}

func TestGeneratedDocumentsReadAsTheStandardLibraryReadsThem(t *testing.T) {
	const documents = 400
	asXML, asJSON := 0, 0
	for seed := range uint64(documents) {
		if checkGeneratedXML(t, seed) {
			asXML++
		}
		if checkGeneratedJSON(t, seed) {
			asJSON++
		}
	}
	// The standard library must read many of them, or nothing is compared.
	if asXML < documents/3 || asJSON < documents/2 {
		t.Fatalf("only %d XML and %d JSON documents were compared", asXML, asJSON)
	}
	t.Logf("%d XML and %d JSON documents", asXML, asJSON)
}
