package aupay_test

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// FuzzDecode holds our decoder against encoding/xml: what both read without complaint must be the
// same, but for the blanks that ours drops around texts. Whatever comes out converts to orders that
// keep the model's promises.
func FuzzDecode(f *testing.F) {
	for _, file := range []string{list, one} {
		f.Add([]byte(literal(f, file)))
	}
	f.Add([]byte("<response><result><status>1</status><error><code>0002</code></error></result></response>"))
	f.Add(
		[]byte(
			"<a:response xmlns:a='u'><orderInfo><orderId><![CDATA[1]]></orderId><detail/><detail><unit> 2 </unit></detail></orderInfo></a:response>"))
	f.Add(
		[]byte(
			"<response><orderInfo><requestPrice/><memo>a\x01&nbsp;b & c</memo><senderShopCD>1</senderShopCD></orderInfo><orderInfo/></response>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		var ours, theirs aupay.SearchResponse
		problems, err := wire.XML(data, &ours)
		if err != nil {
			return
		}
		for i := range ours.Orders {
			w := &ours.Orders[i]
			o := aupay.Convert(w, aupay.ConvertOptions{Shop: "s"})
			require.Len(t, o.Parcels, 1)
			require.Len(t, o.Revision, 32)
			w.Unify()
			require.Equal(t, o.Revision, aupay.Convert(w, aupay.ConvertOptions{}).Revision)
			require.Equal(t, w.RequestPrice != nil, o.Amounts.Billed.Known())
			d := o.Parcels[0].Delivery
			require.False(t, d.Unresolved() && d.Label == "", "an unresolved slot keeps its label")
			_, err := json.Marshal(o)
			require.NoError(t, err)
		}
		if len(problems) > 0 || !plain(data) || xml.Unmarshal(data, &theirs) != nil {
			return
		}
		theirs.Orders = slices.DeleteFunc(theirs.Orders,
			func(w aupay.OrderInfo) bool { return reflect.ValueOf(w).IsZero() })
		require.Equal(t, trimmed(theirs.Result), trimmed(ours.Result))
		require.Len(t, ours.Orders, len(theirs.Orders))
		for i := range ours.Orders {
			theirs.Orders[i].Unify()
			require.Equal(t, theirs.Orders[i].OrderID, ours.Orders[i].OrderID)
			require.Equal(t, theirs.Orders[i].RequestPrice, ours.Orders[i].RequestPrice)
			require.Equal(t, theirs.Orders[i].Memo, ours.Orders[i].Memo)
		}
	})
}

// plain leaves out what the two decoders are meant to read differently: blanks around texts, empty
// elements in lists, line ends, comments, numbers that encoding/xml would not take.
func plain(data []byte) bool {
	return !bytes.ContainsAny(data, " \t\r\n") && !bytes.Contains(data, []byte("/>")) &&
		!bytes.Contains(data, []byte("<!")) &&
		!bytes.Contains(data, []byte("></"))
}

func trimmed(r aupay.Result) aupay.Result {
	r.Errors = slices.DeleteFunc(r.Errors, func(e aupay.APIError) bool { return e == aupay.APIError{} })
	if len(r.Errors) == 0 {
		r.Errors = nil
	}
	return r
}

// FuzzAnswer feeds any bytes to every call as the mall's answer: no panic, an error of our own kind
// or a reply that says success.
func FuzzAnswer(f *testing.F) {
	for _, file := range []string{list, one, "searchStocks.xml", "searchTradeNoListProc.xml", "update_reply.xml",
		"error_reply.xml"} {
		f.Add(200, []byte(literal(f, file)))
	}
	f.Add(502, []byte("<html>502 Bad Gateway</html>"))
	f.Add(200,
		[]byte(
			"<response><result><status>1</status></result><updateResult><itemCode>a</itemCode><error><code>X</code></error></updateResult></response>"))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		if status < 200 || status > 599 {
			return
		}
		client, err := aupay.New(aupay.Config{Shop: "10000001", Keys: keys("invented"), Limiter: order.Unlimited,
			HTTPClient: &http.Client{Transport: answering{status, body}}})
		require.NoError(t, err)
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond) // a second try would only cost time
		defer cancel()
		verdict := func(err error, result aupay.Result) {
			var e *order.Error
			if err != nil {
				require.ErrorAs(t, err, &e)
				require.NotZero(t, e.Class)
				return
			}
			require.Equal(t, "0", result.Status)
		}
		got, err := client.SearchTradeInfo(ctx, "900000003")
		verdict(err, got.Result)
		numbers, err := client.SearchTradeNoList(ctx,
			aupay.SearchRequest{StartDate: day(2026, 4, 1), EndDate: day(2026, 4, 1)})
		verdict(err, numbers.Result)
		stocks, err := client.SearchStocks(ctx, aupay.SearchStocksRequest{})
		verdict(err, stocks.Result)
		results, _ := client.ChangeStatus(ctx, []aupay.StatusChange{{"1", aupay.StatusOnHold}}, order.WriteOptions{})
		require.Equal(t, results[0].Outcome == order.Done, results[0].Err == nil)
		items, _ := client.UpdateStock(ctx, []aupay.StockUpdate{{ItemCode: "a", Count: new(int64(1))}},
			order.WriteOptions{})
		require.Equal(t, items[0].Outcome == order.Done, items[0].Err == nil)
	})
}

// answering is a mall with one answer.
type answering struct {
	status int
	body   []byte
}

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: a.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{},
		Request:       r,
		ContentLength: int64(len(a.body)), Body: io.NopCloser(bytes.NewReader(a.body))}, nil
}
