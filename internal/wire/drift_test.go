package wire_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// progress is an enumeration that knows two values.
type progress int64

func (p progress) Known() bool { return p == 100 || p == 300 }

type watched struct {
	Number   string         `json:"orderNumber" xml:"orderNumber" wire:"required"`
	Progress progress       `json:"orderProgress" xml:"orderProgress" wire:"required"`
	Price    *int64         `json:"price" xml:"price"`
	Gift     bool           `json:"gift" xml:"gift"`
	Rate     json.Number    `json:"rate" xml:"rate"`
	Marks    []progress     `json:"marks" xml:"marks"`
	Packages []watchedPart  `json:"packages" xml:"packages"`
	Buyer    *watchedPart   `json:"buyer" xml:"buyer"`
	Extra    map[string]int `json:"extra" xml:"-"`
}

type watchedPart struct {
	ID    int64    `json:"id" xml:"id" wire:"required"`
	Names []string `json:"names" xml:"names"`
}

type watchedPage struct {
	Orders []watched `json:"orders" xml:"orders"`
}

func found(w *wire.Watch) []string {
	var all []string
	for _, d := range w.Found() {
		all = append(all, fmt.Sprint(d.Kind, " ", d.Path))
	}
	return all
}

func TestDriftOfJSON(t *testing.T) {
	const number = `"orderNumber":"M-1","orderProgress":100`
	for _, c := range []struct{ order, want string }{
		{number + `,"price":980,"gift":true,"rate":0.08,"marks":[100,300],"packages":[{"id":1,"names":["a"]}],"buyer":null,"extra":{"a":1}`, ``},
		{number + `,"price":null,"rate":"0.08","packages":[],"buyer":{"id":"","names":null}`, `missing orders[].buyer.id`},
		{number + `,"giftMessage":"山田様へ"`, `unknown orders[].giftMessage`},
		{number + `,"Price":980`, `spelling orders[].Price`},
		{number + `,"marks":[100,999]`, `value orders[].marks[]`},
		{`"orderNumber":"M-1","orderProgress":999`, `value orders[].orderProgress`},
		{number + `,"price":"980"`, `type orders[].price`},
		{number + `,"price":"about 980"`, `type orders[].price`},
		{number + `,"price":{"amount":980}`, `type orders[].price`},
		{number + `,"gift":1`, `type orders[].gift`},
		{number + `,"packages":{"id":1}`, `type orders[].packages[]`},
		{number + `,"buyer":"Yamada"`, `type orders[].buyer`},
		{`"orderNumber":4711,"orderProgress":100`, `type orders[].orderNumber`},
		{`"orderProgress":100`, `missing orders[].orderNumber`},
		{`"orderNumber":null,"orderProgress":100`, `missing orders[].orderNumber`},
		{`"orderNumber": "" ,"orderProgress":100`, `missing orders[].orderNumber`},
		{number + `,"packages":[{"id":1,"note":"x"},{"id":2,"note":"y"},{}]`, `unknown orders[].packages[].note missing orders[].packages[].id`},
		{number + `,"extra":{"yamada@shop.example":1,"090-1234-5678":"x"}`, `type orders[].extra.{}`},
		{number + `,"yamada@shop.example":1,"order-20261126001":2`, `unknown orders[].?`},
	} {
		var plain, watchedToo watchedPage
		var w wire.Watch
		doc := []byte(`{"orders":[{` + c.order + `}]}`)
		want, err := wire.JSON(doc, &plain)
		require.NoError(t, err)
		got, err := wire.JSONWatched(doc, &watchedToo, &w)
		require.NoError(t, err)
		require.Equal(t, c.want, strings.Join(found(&w), " "), c.order)
		require.Equal(t, plain, watchedToo)
		require.Equal(t, want, got)
	}
}

func TestDriftOfXML(t *testing.T) {
	const number = `<orderNumber>M-1</orderNumber><orderProgress>100</orderProgress>`
	for _, c := range []struct{ order, want string }{
		{number + ` <price>980</price> <gift>1</gift><marks>100</marks><marks>300</marks><packages><id>1</id><names>a</names></packages>`, ``},
		{number + `<price/><packages></packages><buyer></buyer>`, ``},
		{number + `<giftMessage>山田様へ</giftMessage>`, `unknown orders[].giftMessage`},
		{number + `<Price>980</Price>`, `spelling orders[].Price`},
		{number + `<marks>999</marks>`, `value orders[].marks[]`},
		{number + `<price>about 980</price>`, `type orders[].price`},
		{number + `<price><amount>980</amount></price>`, `type orders[].price`},
		{number + `<price>980</price><price>990</price>`, `type orders[].price`},
		{number + `<buyer>Yamada</buyer>`, `type orders[].buyer missing orders[].buyer.id`},
		{`<orderNumber> </orderNumber><orderProgress>100</orderProgress>`, `missing orders[].orderNumber`},
		{`<orderNumber/><orderProgress>100</orderProgress>`, `missing orders[].orderNumber`},
		{number + `<packages><id>1</id><note/></packages><packages><note/></packages>`, `unknown orders[].packages[].note missing orders[].packages[].id`},
	} {
		var plain, watchedToo struct {
			Orders []struct {
				watched
				Extra string `xml:"-"`
			} `xml:"orders"`
		}
		var w wire.Watch
		doc := []byte(`<response><orders>` + c.order + `</orders></response>`)
		want, err := wire.XML(doc, &plain)
		require.NoError(t, err)
		got, err := wire.XMLWatched(doc, &watchedToo, &w)
		require.NoError(t, err)
		require.Equal(t, c.want, strings.Join(found(&w), " "), c.order)
		require.Equal(t, plain, watchedToo)
		require.Equal(t, want, got)
	}
}

// A struct that reads a part of a document says so, and only of itself.
func TestPartIsNoDrift(t *testing.T) {
	var part struct {
		_      wire.Partial
		Orders []watchedPart `json:"orders"`
	}
	var w wire.Watch
	_, err := wire.JSONWatched([]byte(`{"version":7,"orders":[{"id":1,"foo":2}]}`), &part, &w)
	require.NoError(t, err)
	require.Equal(t, []string{"unknown orders[].foo"}, found(&w))
}

// What a hostile reply can make us keep is bounded, and that there was more is said.
func TestDriftIsBounded(t *testing.T) {
	var doc strings.Builder
	doc.WriteString(`{"orders":[`)
	for i := range 50_000 {
		fmt.Fprintf(&doc, `{"orderNumber":"M-1","orderProgress":100,"name%c%c%c":1},`, 'a'+i%26, 'a'+i/26%26,
			'a'+i/676%26)
	}
	doc.WriteString(`{"orderNumber":"M-1","orderProgress":100}]}`)
	var page watchedPage
	var w wire.Watch
	_, err := wire.JSONWatched([]byte(doc.String()), &page, &w)
	require.NoError(t, err)
	require.Len(t, w.Found(), wire.MaxDrift+1)
	require.Equal(t, wire.Drift{Kind: order.DriftMore}, w.Found()[wire.MaxDrift])
}

// watchedAlike decodes once more with somebody watching: nothing of what is decoded may differ, and
// what is noted is names alone, each place once.
func watchedAlike(
	t *testing.T, want any, problems []wire.Problem, err error, decode func(any, *wire.Watch) ([]wire.Problem, error),
) {
	t.Helper()
	got := reflect.New(reflect.TypeOf(want).Elem())
	var w wire.Watch
	watched, failed := decode(got.Interface(), &w)
	require.Equal(t, err, failed)
	require.Equal(t, problems, watched)
	if !reflect.DeepEqual(want, got.Interface()) {
		t.Fatalf("watched %+v\nplain %+v", got.Elem(), want)
	}
	require.LessOrEqual(t, len(w.Found()), wire.MaxDrift+1)
	seen := map[wire.Drift]bool{}
	for _, d := range w.Found() {
		require.False(t, seen[d], "%v twice", d)
		seen[d] = true
		require.Empty(t, strings.Trim(d.Path,
			"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-@[]{}?"), "not a name")
	}
}

// A name that may be empty is missing only if it is not there.
func TestDriftOfWhatMayBeEmpty(t *testing.T) {
	type page struct {
		Note string `json:"note" xml:"note" wire:"present"`
	}
	for doc, want := range map[string][]string{
		`{"note":null}`: nil, `{"note":""}`: nil, `{}`: {"missing note"},
		`<page><note/></page>`: nil, `<page><note></note></page>`: nil, `<page></page>`: {"missing note"},
	} {
		var w wire.Watch
		decode := wire.JSONWatched
		if doc[0] == '<' {
			decode = wire.XMLWatched
		}
		_, err := decode([]byte(doc), new(page), &w)
		require.NoError(t, err)
		require.Equal(t, want, found(&w), doc)
	}
}
