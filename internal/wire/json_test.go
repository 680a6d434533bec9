package wire_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
)

type flag bool

type parcel struct {
	BasketID int64    `json:"basketId"`
	Price    *int     `json:"price"`
	Slots    []string `json:"slots"`
}

type base struct {
	Shop string `json:"shop"`
	Kind string `json:"kind"`
}

type (
	left  struct{ Same string }
	right struct{ Same string }
)

type looseOrder struct {
	base
	Kind    string            `json:"kind"`
	Number  string            `json:"number"`
	Placed  stamp             `json:"placed"`
	Total   int64             `json:"total"`
	Small   int8              `json:"small"`
	Count   uint16            `json:"count"`
	Gift    flag              `json:"gift"`
	Points  *int              `json:"points"`
	Note    *string           `json:"note"`
	Seen    *bool             `json:"seen"`
	Main    parcel            `json:"main"`
	Maybe   *parcel           `json:"maybe"`
	Parcels []parcel          `json:"parcels"`
	Refs    []*parcel         `json:"refs"`
	Grid    [][]int           `json:"grid"`
	Extra   map[string]parcel `json:"extra"`
	Sums    map[stamp]int     `json:"sums"`
	Raw     json.RawMessage   `json:"raw"`
	Rate    json.Number       `json:"rate"`
	Plain   int
	Hidden  string `json:"-"`
}

func TestJSONLeniency(t *testing.T) {
	five, yes, empty := 5, true, ""
	tests := []struct {
		name, in string
		want     looseOrder
		problems []string
	}{
		{"null everywhere", `{"number":null,"total":null,"gift":null,"points":null,"main":null,"maybe":null,"parcels":null,"extra":null,"raw":null,"rate":null}`, looseOrder{}, nil},
		{"numbers and bools as strings", `{"total":"5980","small":" -7 ","count":"65535","gift":"true","points":"5","seen":"1"}`,
			looseOrder{Total: 5980, Small: -7, Count: 65535, Gift: true, Points: &five, Seen: &yes}, nil},
		{"strings as numbers and bools", `{"number":12345678901234567890,"placed":1.50,"rate":0.1,"kind":true}`,
			looseOrder{Number: "12345678901234567890", Placed: "1.50", Rate: "0.1", Kind: "true"}, nil},
		{"flags as numbers", `{"gift":1,"seen":0,"total":true,"count":false}`, looseOrder{Gift: true, Seen: new(bool), Total: 1}, nil},
		{"whole amounts", `{"total":5980.00,"small":"12.0","count":3e2,"points":0.5e1}`, looseOrder{Total: 5980, Small: 12, Count: 300, Points: &five}, nil},
		{"never rounded", `{"total":5980.5,"small":"0.1","count":1e-1}`, looseOrder{}, []string{"total", "small", "count"}},
		{"limits", `{"total":-9223372036854775808,"small":-128,"count":0}`, looseOrder{Total: -1 << 63, Small: -128}, nil},
		{"overflow", `{"total":9223372036854775808,"small":128,"count":-1,"points":1e400}`, looseOrder{}, []string{"total", "small", "count", "points"}},
		{"empty texts", `{"total":"","gift":" ","points":"","seen":"","note":"","main":"","maybe":"","parcels":"","extra":""}`, looseOrder{Note: &empty}, nil},
		{"empty list for an object", `{"main":[],"maybe":[ ],"extra":[]}`, looseOrder{}, nil},
		{"one for a list", `{"parcels":{"basketId":7,"slots":"am"},"refs":{"basketId":8}}`,
			looseOrder{Parcels: []parcel{{BasketID: 7, Slots: []string{"am"}}}, Refs: []*parcel{{BasketID: 8}}}, nil},
		{"wrong kinds", `{"number":{"a":1},"total":[1],"gift":"maybe","points":"x","main":3,"maybe":"x","parcels":5,"grid":{"a":1},"extra":[1]}`, looseOrder{},
			[]string{"number", "total", "gift", "points", "main", "maybe", "parcels", "grid", "extra"}},
		{"problems inside", `{"parcels":[{"basketId":1},{"basketId":"x","price":"y"}],"maybe":{"price":{}},"extra":{"見本 花子":{"price":[1]}},"grid":[[1,"x"]]}`,
			looseOrder{Parcels: []parcel{{BasketID: 1}, {}}, Maybe: &parcel{}, Extra: map[string]parcel{"見本 花子": {}},
				Grid: [][]int{{1, 0}}},
			[]string{"parcels[1].basketId", "parcels[1].price", "maybe.price", "extra{}.price", "grid[0][1]"}},
		{"the last duplicate wins", `{"number":"a","number":"b","main":{"basketId":1,"slots":["x"]},"main":{"slots":[]},"parcels":[{"basketId":1}],"parcels":[{"price":5}],"total":3,"total":"x"}`,
			looseOrder{Number: "b", Main: parcel{Slots: []string{}}, Parcels: []parcel{{Price: &five}}},
			[]string{"total"}},
		{"names", `{"Number":"no","plain":1,"Plain":2,"Hidden":"no","shop":"s","kind":"outer","nu\u006dber":"yes","unknown":{"a":[1,{"b":"\"]}"}]}}`,
			looseOrder{base: base{Shop: "s"}, Kind: "outer", Number: "yes", Plain: 2}, nil},
		{"lists and maps", `{"refs":[null,{"basketId":2}],"grid":[[],[1,2]],"sums":{"a":1,"a":2},"parcels":[]}`,
			looseOrder{Refs: []*parcel{nil, {BasketID: 2}}, Grid: [][]int{{}, {1, 2}}, Sums: map[stamp]int{"a": 2},
				Parcels: []parcel{}}, nil},
		{"raw", `{"raw": {"a" : [1,"\u3042"]} }`, looseOrder{Raw: json.RawMessage(`{"a" : [1,"\u3042"]}`)}, nil},
		{"escapes", `{"number":"\"\\\/\b\f\n\r\t\u3042\ud83c\udf75\ud83cx\udf75"}`, looseOrder{Number: "\"\\/\b\f\n\r\tあ🍵\uFFFDx\uFFFD"}, nil},
		{"broken UTF-8", "{\"number\":\"\xe3\x81x\xff\"}", looseOrder{Number: "\uFFFD\uFFFDx\uFFFD"}, nil},
		{"raw control characters", "{\"number\":\"a\nb\x01\"}", looseOrder{Number: "a\nb\x01"}, nil},
		{"byte order mark", "\uFEFF {\"total\":1} \n", looseOrder{Total: 1}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got looseOrder
			problems, err := wire.JSON([]byte(tt.in), &got)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
			var paths []string
			for _, p := range problems {
				paths = append(paths, p.Path)
			}
			require.Equal(t, tt.problems, paths)
		})
	}
}

func TestJSONBrokenDocuments(t *testing.T) {
	tests := []struct {
		name, in string
		want     error
		offset   int
	}{
		{"empty", "", wire.ErrEmpty, 0},
		{"blank", " \r\n", wire.ErrEmpty, 3},
		{"html", "\n<!DOCTYPE html><html><body>502 Bad Gateway</body></html>", wire.ErrHTML, 1},
		{"html without doctype", "<HTML>", wire.ErrHTML, 0},
		{"xml", "<response/>", wire.ErrMalformed, 0},
		{"text", "Service Unavailable", wire.ErrMalformed, 0},
		{"another kind", `["a"]`, wire.ErrRoot, 0},
		{"cut off in a string", `{"number":"canary`, wire.ErrTruncated, 17},
		{"cut off after an escape", `{"number":"canary\`, wire.ErrTruncated, 18},
		{"cut off in an escape", `{"number":"\u30`, wire.ErrTruncated, 15},
		{"cut off in a word", `{"number":nul`, wire.ErrTruncated, 13},
		{"cut off in a number", `{"total":-`, wire.ErrTruncated, 10},
		{"cut off in a list", `{"parcels":[{},`, wire.ErrTruncated, 15},
		{"cut off before a colon", `{"number"`, wire.ErrTruncated, 9},
		{"cut off in an unknown field", `{"x":{"y":"canary\"`, wire.ErrTruncated, 19},
		{"trailing data", `{"total":1} {"total":2}`, wire.ErrMalformed, 12},
		{"trailing comma", `{"total":1,}`, wire.ErrMalformed, 11},
		{"missing comma", `{"total":1 "small":2}`, wire.ErrMalformed, 11},
		{"missing colon", `{"total" 1}`, wire.ErrMalformed, 9},
		{"name without quotes", `{total:1}`, wire.ErrMalformed, 1},
		{"bare word", `{"number":canary}`, wire.ErrMalformed, 10},
		{"bad escape", `{"number":"\x"}`, wire.ErrMalformed, 11},
		{"bad code point", `{"number":"\u30zz"}`, wire.ErrMalformed, 11},
		{"leading zero", `{"total":012}`, wire.ErrMalformed, 10},
		{"bare point", `{"total":1.}`, wire.ErrMalformed, 11},
		{"wrong bracket", `{"parcels":[}`, wire.ErrMalformed, 12},
		{"unknown name without quotes", `{"x":{y:1}}`, wire.ErrMalformed, 6},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got looseOrder
			_, err := wire.JSON([]byte(tt.in), &got)
			require.ErrorIs(t, err, tt.want)
			var syntax *wire.SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.Equal(t, tt.offset, syntax.Offset)
			require.NotContains(t, err.Error(), "canary")
		})
	}
}

func TestJSONIsBounded(t *testing.T) {
	deep := func(n int) []byte {
		return []byte(`{"x":` + strings.Repeat("[", n) + strings.Repeat("]", n) + `}`)
	}
	var order looseOrder
	_, err := wire.JSON(deep(wire.MaxDepth-1), &order)
	require.NoError(t, err)
	_, err = wire.JSON(deep(wire.MaxDepth), &order)
	require.ErrorIs(t, err, wire.ErrDepth)
	_, err = wire.JSON([]byte(strings.Repeat(`{"x":`, 1_000_000)), &order)
	require.ErrorIs(t, err, wire.ErrDepth)

	type nested struct {
		Next *nested `json:"next"`
	}
	var root nested
	_, err = wire.JSON([]byte(strings.Repeat(`{"next":`, wire.MaxDepth+1)), &root)
	require.ErrorIs(t, err, wire.ErrDepth)

	orders := wire.MaxMemory/int(reflect.TypeFor[rakutenOrder]().Size()) + 1
	many := []byte(`{"OrderModelList":[` + strings.Repeat("{},", orders) + `{}]}`)
	_, err = wire.JSON(many, &rakutenPage{})
	require.ErrorIs(t, err, wire.ErrSize)
	var pointers struct{ OrderModelList []*rakutenOrder }
	_, err = wire.JSON(many, &pointers)
	require.ErrorIs(t, err, wire.ErrSize)
	var entries map[string]rakutenOrder
	_, err = wire.JSON([]byte("{"+strings.Repeat(`"x":{},`, orders)+`"x":{}}`), &entries)
	require.ErrorIs(t, err, wire.ErrSize)
}

func TestProblemsAreBoundedAndSilentAboutValues(t *testing.T) {
	type page struct {
		Totals []int `json:"totals"`
	}
	var got page
	in := `{"totals":[` + strings.Repeat(`"見本花子",`, 999) + `"` + strings.Repeat("é", 100) + `"]}`
	problems, err := wire.JSON([]byte(in), &got)
	require.NoError(t, err)
	require.Len(t, got.Totals, 1000)
	require.Len(t, problems, wire.MaxProblems)
	require.Equal(t, wire.Problem{Path: "totals[0]", Want: "int", Text: "見本花子"}, problems[0])
	last := problems[len(problems)-1]
	require.Equal(t, 1000-wire.MaxProblems, last.More)
	require.Equal(t, "totals[255]: not readable as int (and 744 more)", last.String())
	require.Equal(t, last.String(), last.Error())

	problems, err = wire.JSON([]byte(`{"totals":["`+strings.Repeat("é", 100)+`","\u0000\ud800"]}`), &got)
	require.NoError(t, err)
	require.Equal(t, strings.Repeat("é", wire.MaxText/2), problems[0].Text)
	require.Equal(t, "\x00\uFFFD", problems[1].Text)
}

func TestJSONKeepsWhatEncodingJSONReads(t *testing.T) {
	page := rakutenReply(t, 3)
	var got, want rakutenPage
	problems, err := wire.JSON(page, &got)
	require.NoError(t, err)
	require.Empty(t, problems)
	require.NoError(t, json.Unmarshal(page, &want))
	require.Equal(t, want, got)
	require.Equal(t, "654321-20260702-0000000002", got.OrderModelList[2].OrderNumber)
}

func TestDecodedStringsAreIndependentOfTheInput(t *testing.T) {
	page := rakutenReply(t, 2)
	var got rakutenPage
	_, err := wire.JSON(page, &got)
	require.NoError(t, err)
	for i := range page {
		page[i] = 'x'
	}
	require.Equal(t, "試験", got.OrderModelList[0].OrdererModel.FamilyName)
}

func TestTypesThatAreRefused(t *testing.T) {
	var notPointer looseOrder
	targets := map[string]any{
		"float":         &struct{ F float64 }{},
		"time":          &struct{ T time.Time }{},
		"interface":     &struct{ A any }{},
		"array":         &struct{ A [2]int }{},
		"bytes":         &struct{ B []byte }{},
		"int keys":      &struct{ M map[int]string }{},
		"pointer twice": &struct{ P **int }{},
		"quoted string": &struct {
			S string `json:",string"`
		}{},
		"same name": &struct {
			left
			right
		}{},
		"not a pointer":    notPointer,
		"nil":              nil,
		"nil pointer":      (*looseOrder)(nil),
		"unexported embed": &struct{ *base }{},
		"own unmarshalling": &struct {
			S wire.Problem
			T time.Duration
			U struct{ json.Unmarshaler }
		}{},
	}
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			_, err := wire.JSON([]byte(`{}`), target)
			require.ErrorContains(t, err, "wire: ")
		})
	}
}
