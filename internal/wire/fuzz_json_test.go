package wire_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jpmall/jpmall/internal/wire"
)

// fuzzed has a field of every kind that both decoders know.
type fuzzed struct {
	S    string           `json:"s"`
	St   stamp            `json:"st"`
	I    int              `json:"i"`
	I8   int8             `json:"i8"`
	U    uint16           `json:"u"`
	B    flag             `json:"b"`
	P    *int             `json:"p"`
	PS   *string          `json:"ps"`
	PB   *bool            `json:"pb"`
	O    fuzzedInner      `json:"o"`
	PO   *fuzzedInner     `json:"po"`
	L    []fuzzedInner    `json:"l"`
	LP   []*fuzzedInner   `json:"lp"`
	LS   []string         `json:"ls"`
	LL   [][]int          `json:"ll"`
	M    map[string]int   `json:"m"`
	MO   map[stamp]fuzzed `json:"mo"`
	R    json.RawMessage  `json:"r"`
	N    json.Number      `json:"n"`
	Self *fuzzed          `json:"self"`
}

type fuzzedInner struct {
	A string `json:"a"`
	B *int64 `json:"b"`
}

var fuzzedNames = []string{"s", "st", "i", "i8", "u", "b", "p", "ps", "pb", "o", "po", "l", "lp", "ls", "ll", "m", "mo",
	"r", "n", "self", "a"}

func FuzzJSON(f *testing.F) {
	for _, s := range []string{
		`{"s":"a\u3042\n","i":-5,"i8":127,"u":65535,"b":true,"p":1,"ps":"","pb":false,"n":0.10}`,
		`{"o":{"a":"x","b":1},"po":{"b":null},"l":[{},{"a":"y"}],"lp":[null,{"b":2}],"ls":["",null],"ll":[[],[1,2],null]}`,
		`{"m":{"a":1},"mo":{"x":{"self":{"s":"deep"}}},"r":{"a":[1 , "\ud83d\ude00"]},"self":null}`,
		`{"s":1,"i":"2","b":"1","p":"","l":{"a":3},"x":[{"y":"\"]"}],"i8":300,"u":5.00,"o":[],"m":"z"}`,
		"{\"s\":\"\xe3\x81\xff\"}", `<html>`, ``, `{"s":"a`, `[1]`, `{"l":[{},{},{},{},{},{},{},{},{},{}]}`, "\uFEFF{}",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var got, want fuzzed
		problems, err := wire.JSON(data, &got)
		checkReport(t, data, "JSON", problems, err)
		watchedAlike(t, &got, problems, err, func(v any, w *wire.Watch) ([]wire.Problem,
			error) {
			return wire.JSONWatched(data, v, w)
		})
		if err == nil {
			checkAcceptedJSON(t, data)
		}
		if json.Unmarshal(data, &want) != nil || !sameMeaning(data) {
			return
		}
		if errors.Is(err, wire.ErrDepth) || errors.Is(err, wire.ErrSize) {
			return
		}
		if err != nil || len(problems) > 0 {
			t.Fatalf("%q: encoding/json reads it, we say %v %v", data, problems, err)
		}
		dropNullRaw(&want)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("%q:\nours %+v\nstd  %+v", data, got, want)
		}
	})
}

// checkReport holds for every document: errors are of the documented kinds, and
// neither they nor the printed problems repeat what was in the document.
func checkReport(t *testing.T, data []byte, format string, problems []wire.Problem, err error) {
	var syntax *wire.SyntaxError
	if err != nil {
		if !errors.As(err, &syntax) || syntax.Format != format || problems != nil {
			t.Fatalf("%q: error %v with problems %v", data, err, problems)
		}
		kinds := []error{wire.ErrEmpty, wire.ErrHTML, wire.ErrTruncated, wire.ErrMalformed, wire.ErrDepth, wire.ErrSize,
			wire.ErrDoctype, wire.ErrCharset, wire.ErrRoot}
		if !slices.ContainsFunc(kinds, func(kind error) bool { return errors.Is(err, kind) }) {
			t.Fatalf("%q: unknown kind of error %v", data, err)
		}
		if syntax.Offset < 0 || syntax.Offset > 3*len(data) {
			t.Fatalf("%q: offset %d", data, syntax.Offset)
		}
	}
	if len(problems) > wire.MaxProblems {
		t.Fatalf("%q: %d problems", data, len(problems))
	}
	for _, p := range problems {
		if len(p.Text) > wire.MaxText || !utf8.ValidString(p.Text) || p.Want == "" {
			t.Fatalf("%q: problem %#v", data, p)
		}
		if len(p.Text) > 10 && strings.Contains(p.String(), p.Text) {
			t.Fatalf("%q: %v repeats the value", data, p)
		}
	}
}

// checkAcceptedJSON holds for every document that we accept: but for what is let
// through on purpose it is valid, and it is not without its last byte.
func checkAcceptedJSON(t *testing.T, data []byte) {
	data = bytes.TrimRight(bytes.TrimPrefix(data, []byte("\uFEFF")), " \t\r\n")
	valid := bytes.Map(func(r rune) rune {
		if r < ' ' {
			return ' ' // Raw control characters in strings are kept.
		}
		return r
	}, data)
	if !bytes.ContainsRune(valid, '\\') && !json.Valid(valid) {
		t.Fatalf("%q is accepted but not valid", data)
	}
	if data[len(data)-1] == '}' {
		if _, err := wire.JSON(data[:len(data)-1], &fuzzed{}); !errors.Is(err, wire.ErrTruncated) {
			t.Fatalf("%q without the last byte: %v", data, err)
		}
	}
}

// sameMeaning reports whether both decoders mean the same by a document's names: no
// duplicates, which encoding/json merges, and no names that differ in case only.
func sameMeaning(data []byte) bool {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	return sameMeaningValue(dec)
}

func sameMeaningValue(dec *json.Decoder) bool {
	token, err := dec.Token()
	if err != nil {
		return false
	}
	switch token {
	case json.Delim('['):
		for dec.More() {
			if !sameMeaningValue(dec) {
				return false
			}
		}
	case json.Delim('{'):
		var seen []string
		for dec.More() {
			token, err := dec.Token()
			name, ok := token.(string)
			if err != nil || !ok || slices.Contains(seen, name) {
				return false
			}
			for _, known := range fuzzedNames {
				if name != known && strings.EqualFold(name, known) {
					return false
				}
			}
			seen = append(seen, name)
			if !sameMeaningValue(dec) {
				return false
			}
		}
	default:
		return true
	}
	_, err = dec.Token()
	return err == nil
}

// dropNullRaw makes of a raw null what it is with us: nil.
func dropNullRaw(v *fuzzed) {
	if string(v.R) == "null" {
		v.R = nil
	}
	if v.Self != nil {
		dropNullRaw(v.Self)
	}
	for name, inner := range v.MO {
		dropNullRaw(&inner)
		v.MO[name] = inner
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("のし <希望> & \\u2028 \u2028\n🍵")
	f.Add("\x00\xff\uFFFE\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		type request struct {
			Text string `json:"text" xml:"text"`
		}
		var back request
		if body, err := wire.EncodeJSON(request{text}); err == nil {
			if _, err := wire.JSON(body, &back); err != nil || back.Text != text ||
				bytes.Contains(body, []byte(`\u`)) && !strings.Contains(text, `\u`) {
				t.Fatalf("%q: %q as JSON, %v", text, body, err)
			}
		} else if !errors.Is(err, wire.ErrCharacter) {
			t.Fatal(err)
		}
		if body, err := wire.EncodeXML(request{text}); err == nil {
			// White space around a text is dropped on the way in.
			if _, err := wire.XML(body, &back); err != nil || back.Text != strings.Trim(text, " \t\r\n") {
				t.Fatalf("%q: %q as XML, %q, %v", text, body, back.Text, err)
			}
		} else if !errors.Is(err, wire.ErrCharacter) {
			t.Fatal(err)
		}
	})
}
