package cassettetest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"io"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/cassette"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// words are names and texts of people without a digit. A list keeps the Latin ones where a code
// stands, as codes look like them.
var words = []string{"qanary", "Qanary", "QANARY_KOTORI", "QanaryKotori", "qanary-kotori", "Qanary Kotori", "鴉鵲雀鷲", "カナリヤ",
	"ことり", "ｶﾅﾘﾔ", "ＱＡＮＡＲＹ", "鴉鵲のQanary宛"}

// answers are what the malls' replies are decoded into.
var answers = map[order.Mall][]any{
	order.Rakuten: {rakuten.GetOrderResponse{}, rakuten.SearchOrderResponse{}, rakuten.GetPaymentResponse{},
		rakuten.GetSubStatusListResponse{}, rakuten.ShippingResultResponse{}, rakuten.UpdateResponse{}},
	order.Yahoo: {yahoo.OrderInfoResponse{}, yahoo.OrderListResponse{}, yahoo.OrderCountResponse{},
		yahoo.OrderChangeHistoryResponse{}, yahoo.UpdateResponse{}},
	order.Amazon: {amazon.SearchOrdersResponse{}, amazon.GetOrderResponse{}, amazon.V0Order{}, amazon.V0OrderItem{}},
	order.AuPay:  {aupay.SearchResponse{}, aupay.GetResponse{}, aupay.UpdateResponse{}},
}

// plainText are the names of the fields that hold text of any kind: no flag and no enumeration.
func plainText(all []any) map[string]bool {
	plain, seen := map[string]bool{}, map[reflect.Type]bool{}
	var walk func(reflect.Type)
	walk = func(t reflect.Type) {
		for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || seen[t] {
			return
		}
		seen[t] = true
		for f := range t.Fields() {
			of := f.Type
			for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice {
				of = of.Elem()
			}
			tag := f.Tag.Get("json") + f.Tag.Get("xml")
			name, _, _ := strings.Cut(tag, ",")
			name = name[strings.LastIndex(name, ">")+1:]
			if of == reflect.TypeFor[string]() {
				plain[name] = true
			}
			walk(of)
		}
	}
	for _, v := range all {
		walk(reflect.TypeOf(v))
	}
	return plain
}

// codes are fields of text whose values the mall's pages list, though the client has no type for
// them.
var codes = map[order.Mall]map[string]string{
	order.Rakuten: {"messageCode": "ORDER_EXT_API_SEARCH_ORDER_INFO_101"},
	order.Yahoo: {"Code": "od91101", "Field": "the name of a field that was changed",
		"ShipMethod": "postage1: the shop's methods are numbered"},
	order.AuPay: {"code": "an error's"},
}

// leaves calls visit with each text of a document and the name of its field.
func leaves(t *testing.T, body []byte, visit func(name, text string)) {
	t.Helper()
	if bytes.TrimLeft(body, " \t\r\n")[0] == '<' {
		dec, open := xml.NewDecoder(bytes.NewReader(body)), []string{""}
		for {
			token, err := dec.RawToken()
			if err == io.EOF {
				return
			}
			require.NoError(t, err)
			switch token := token.(type) {
			case xml.StartElement:
				open = append(open, token.Name.Local)
				for _, a := range token.Attr {
					visit(a.Name.Local, a.Value)
				}
			case xml.EndElement:
				open = open[:len(open)-1]
			case xml.CharData:
				visit(open[len(open)-1], string(token))
			}
		}
	}
	var doc any
	require.NoError(t, json.Unmarshal(body, &doc))
	var walk func(name string, v any)
	walk = func(name string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for field, value := range v {
				walk(field, value)
			}
		case []any:
			for _, value := range v {
				walk(name, value)
			}
		case string:
			visit(name, v)
		}
	}
	walk("", doc)
}

// record returns what a recording holds of a reply.
func record(t *testing.T, mall order.Mall, body []byte) []byte {
	t.Helper()
	var file bytes.Buffer
	recorder, err := cassette.NewRecorder(&file)
	require.NoError(t, err)
	kind := "application/json"
	if bytes.TrimLeft(body, " \t\r\n")[0] == '<' {
		kind = "application/xml"
	}
	req, err := http.NewRequestWithContext(t.Context(), "GET", "https://shop.example/orders/v0/orders", nil)
	require.NoError(t, err)
	resp, err := recorder.Transport(mall, "mihon-shop", answering(kind, body)).RoundTrip(req)
	require.NoError(t, err)
	_, err = io.Copy(io.Discard, resp.Body)
	require.NoError(t, err)
	require.NoError(t, resp.Body.Close())
	tape, err := cassette.Read(&file)
	require.NoError(t, err)
	return []byte(tape.Exchanges()[0].Reply.Body)
}

// Where a person's word without a digit could stand, it is not kept: a list keeps letters only of
// flags and enumerations.
func TestWordsAreKeptInCodesOnly(t *testing.T) {
	for mall, bodies := range payloads(t) {
		plain, kept := plainText(answers[mall]), map[string]bool{}
		all := map[string]bool{}
		for _, body := range bodies {
			before := len(all)
			leaves(t, body, func(name, _ string) { all[name] = true })
			if len(all) == before {
				continue // it has no field that is new
			}
			for round := range words {
				c := &canaries{n: round, words: words}
				leaves(t, record(t, mall, c.poison(t, body)), func(name, text string) {
					if slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) }) {
						kept[name] = true
					}
				})
			}
		}
		for _, name := range slices.Sorted(maps.Keys(kept)) {
			if plain[name] && codes[mall][name] == "" {
				t.Errorf("%s: %s may hold anything, and is kept", mall, name)
			}
		}
		for name := range codes[mall] {
			require.True(t, kept[name], "%s: %s is not kept", mall, name)
		}
	}
}

// names are the names of the members of all objects of a JSON document.
func names(t *testing.T, body []byte) map[string]bool {
	t.Helper()
	var doc any
	require.NoError(t, json.Unmarshal(body, &doc))
	all := map[string]bool{}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for name, value := range v {
				all[name] = true
				walk(value)
			}
		case []any:
			for _, value := range v {
				walk(value)
			}
		}
	}
	walk(doc)
	return all
}

// The names of the malls' own members stay, known and new; in a map they are values.
func TestNamesOfMembers(t *testing.T) {
	for mall, bodies := range payloads(t) {
		for _, body := range bodies {
			if bytes.TrimLeft(body, " \t\r\n")[0] != '<' && !bytes.Contains(body, []byte("x-amzn-api-sandbox")) {
				require.Equal(t, names(t, body), names(t, record(t, mall, body)), mall)
			}
		}
	}
	for mall, doc := range map[order.Mall]string{
		order.Amazon:  `{"orders":[{"orderId":"1","newMember":%s,"fresh":{"more":[%[1]s]}}],"byBuyer":%[1]s}`,
		order.Rakuten: `{"MessageModelList":[%s],"OrderModelList":[{"orderNumber":"1","byBuyer":{"of":%[1]s}}]}`,
	} {
		people := `{"Qanary":{"qanary-kotori":1,"価格":2},"qanary.kotori@shop.example":{},"鴉鵲":null,"0677777777":"x","QANARY":[{"ことり":true}]}`
		file := string(record(t, mall, []byte(strings.ReplaceAll(strings.ReplaceAll(doc, "%[1]s", people), "%s", people))))
		leaks(t, file)
		require.NotContains(t, file, "QANARY")
		require.NotContains(t, file, "77777777")
	}
}
