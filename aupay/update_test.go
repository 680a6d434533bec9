package aupay_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

// flat is a document without the white space between its elements.
func flat(document string) string {
	var b strings.Builder
	for line := range strings.Lines(document) {
		b.WriteString(strings.TrimSpace(line))
	}
	return b.String()
}

// literal is a payload of testdata.
func literal(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	require.NoError(t, err)
	return string(data)
}

// TestRequestsAsTheMallWantsThem compares what is sent with literal payloads, and reads a literal
// reply.
func TestRequestsAsTheMallWantsThem(t *testing.T) {
	date, carrier, number, none := day(2026, 4, 3), aupay.CarrierSagawa, "123456789012", order.Date{}
	empty := ""
	for name, tc := range map[string]struct {
		operation string
		call      func(*aupay.Client) (aupay.UpdateResponse, error)
		want      string
	}{
		"shipping": {"updateTradeInfoProc", func(c *aupay.Client) (aupay.UpdateResponse, error) {
			return c.UpdateTradeInfo(t.Context(),
				aupay.UpdateTradeInfoRequest{OrderID: "900000001", ShippingDate: &date, ShippingCarrier: &carrier,
					ShippingNumber: &number})
		}, literal(t, "updateTradeInfoProc.xml")},
		"number only": {"updateTradeInfoProc", func(c *aupay.Client) (aupay.UpdateResponse, error) {
			return c.UpdateTradeInfo(t.Context(),
				aupay.UpdateTradeInfoRequest{OrderID: "900000001", ShippingNumber: &number})
		},
			`<request><shopId>10000001</shopId><orderId>900000001</orderId><shippingNumber>123456789012</shippingNumber></request>`},
		"emptied on purpose": {"updateTradeInfoProc", func(c *aupay.Client) (aupay.UpdateResponse, error) {
			return c.UpdateTradeInfo(t.Context(),
				aupay.UpdateTradeInfoRequest{OrderID: "900000001", ShippingDate: &none, ShippingNumber: &empty})
		},
			`<request><shopId>10000001</shopId><orderId>900000001</orderId><shippingDate></shippingDate><shippingNumber></shippingNumber></request>`},
		"status": {"updateTradeStsProc", func(c *aupay.Client) (aupay.UpdateResponse, error) {
			return c.UpdateTradeSts(t.Context(),
				aupay.UpdateTradeStsRequest{OrderID: "900000001", OrderStatus: aupay.StatusCompleted})
		}, literal(t, "updateTradeStsProc.xml")},
		"cancel": {"cancelTradeProc", func(c *aupay.Client) (aupay.UpdateResponse, error) {
			return c.CancelTrade(t.Context(), aupay.CancelTradeRequest{OrderID: "900000001", CancelReason: "9",
				CancelComment: "在庫切れのため"})
		}, literal(t, "cancelTradeProc.xml")},
		"escaped": {"cancelTradeProc", func(c *aupay.Client) (aupay.UpdateResponse, error) {
			return c.CancelTrade(t.Context(), aupay.CancelTradeRequest{OrderID: "900000001", CancelReason: "9",
				CancelComment: `a&b<c>`})
		},
			`<request><shopId>10000001</shopId><orderId>900000001</orderId><cancelReason>9</cancelReason><cancelComment>a&amp;b&lt;c&gt;</cancelComment></request>`},
	} {
		t.Run(name, func(t *testing.T) {
			mall, client := open(t, aupaytest.Options{Orders: -1})
			require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom,
				Body: literal(t, "update_reply.xml")}))
			answer, err := tc.call(client)
			require.NoError(t, err)
			require.Equal(t, "0", answer.Result.Status)
			require.Equal(t, answer.Result, answer.Reply.Result)
			sent := mall.Calls(tc.operation)
			require.Len(t, sent, 1)
			require.Equal(t, "POST", sent[0].Method)
			require.Equal(t, "application/xml; charset=utf-8", sent[0].Header.Get("Content-Type"))
			declaration, body, _ := strings.Cut(string(sent[0].Body), "?>")
			require.Equal(t, `<?xml version="1.0" encoding="UTF-8"`, declaration)
			_, want, found := strings.Cut(tc.want, "?>")
			if !found {
				want = tc.want
			}
			require.Equal(t, flat(want), flat(body))
		})
	}
}

func TestUpdatesChangeTheMall(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	id := mall.AddOrder(aupaytest.Order{})
	carrier, number := aupay.CarrierYamato, "000012345678"
	_, err := client.UpdateTradeInfo(t.Context(),
		aupay.UpdateTradeInfoRequest{OrderID: id, ShippingCarrier: &carrier, ShippingNumber: &number})
	require.NoError(t, err)
	_, err = client.UpdateTradeSts(t.Context(), aupay.UpdateTradeStsRequest{OrderID: id, OrderStatus: "店長確認中"})
	require.NoError(t, err)
	o, _ := mall.Order(id)
	require.Equal(t, "店長確認中", o.Status)
	require.Equal(t, map[string]string{"shippingCarrier": "1", "shippingNumber": number}, o.Elements)

	_, err = client.UpdateTradeSts(t.Context(), aupay.UpdateTradeStsRequest{OrderID: id, OrderStatus: "そんな状態はない"})
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, id, order.Concerns(err))
	_, err = client.CancelTrade(t.Context(), aupay.CancelTradeRequest{OrderID: id, CancelReason: "9"})
	require.NoError(t, err)
	o, _ = mall.Order(id)
	require.Equal(t, "C", o.Elements["cancelStatus"])
	_, err = client.CancelTrade(t.Context(), aupay.CancelTradeRequest{OrderID: id, CancelReason: "9"})
	require.ErrorContains(t, err, "キャンセル済み")
}

func TestUpdatesAreRefusedBeforeTheyAreSent(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	info := func(r aupay.UpdateTradeInfoRequest) error {
		_, err := client.UpdateTradeInfo(t.Context(), r)
		return err
	}
	status := func(id string, s aupay.OrderStatus) error {
		_, err := client.UpdateTradeSts(t.Context(), aupay.UpdateTradeStsRequest{OrderID: id, OrderStatus: s})
		return err
	}
	cancel := func(reason, comment string) error {
		_, err := client.CancelTrade(t.Context(),
			aupay.CancelTradeRequest{OrderID: "1", CancelReason: reason, CancelComment: comment})
		return err
	}
	number := func(text string) aupay.UpdateTradeInfoRequest {
		return aupay.UpdateTradeInfoRequest{OrderID: "1", ShippingNumber: &text}
	}
	carrier, never := aupay.Carrier("10"), day(2026, 2, 30)
	for want, err := range map[string]error{
		"orderId: is required":                     info(aupay.UpdateTradeInfoRequest{ShippingDate: &never}),
		"orderId: is not a number":                 status("12a", aupay.StatusCompleted),
		"orderId: 51 bytes":                        status(strings.Repeat("1", 51), aupay.StatusCompleted),
		"nothing is to be changed":                 info(aupay.UpdateTradeInfoRequest{OrderID: "1"}),
		"no day of the calendar":                   info(aupay.UpdateTradeInfoRequest{OrderID: "1", ShippingDate: &never}),
		"shippingCarrier: 2 bytes":                 info(aupay.UpdateTradeInfoRequest{OrderID: "1", ShippingCarrier: &carrier}),
		"shippingNumber: 16 bytes in UTF-8":        info(number("1234-5678-9012-3456")),
		"rounded by a spreadsheet":                 info(number("4.05548E+11")),
		"letter, digit or hyphen":                  info(number("1234_5678")),
		"orderStatus: is required":                 status("1", ""),
		"orderStatus: cannot be set":               status("1", aupay.StatusCancelled),
		"the mall's, or cancelTradeProc's, to set": status("1", aupay.StatusCancelRequested),
		"orderStatus: 33 bytes in UTF-8":           status("1", "店長の確認を待つ状態で"),
		"U+0001 at 2 (control character)":          status("1", "a\x01"),
		"U+1F600 at 1 (not in Shift_JIS)":          cancel("9", "😀"),
		"cancelReason: is required":                cancel("", "在庫切れのため"),
		"cancelReason: 3 bytes":                    cancel("999", ""),
		"cancelComment: 102 bytes":                 cancel("9", strings.Repeat("在", 34)),
	} {
		require.ErrorIs(t, err, order.ErrInvalid, want)
		require.ErrorContains(t, err, want)
		require.ErrorContains(t, err, "nothing was sent")
	}
	require.Zero(t, mall.Count(""))
}

func TestRawEnvelopes(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	for name, call := range map[string]func() (aupay.Reply, error){
		"searchSellPerformanceStatus": func() (aupay.Reply, error) { return client.SearchSellPerformanceStatus(t.Context()) },
		"searchImgCapacity":           func() (aupay.Reply, error) { return client.SearchImgCapacity(t.Context()) },
	} {
		reply, err := call()
		require.NoError(t, err)
		require.Equal(t, "0", reply.Result.Status)
		require.NotEmpty(t, reply.Body)
		require.Equal(t, mall.Shop(), mall.Calls(name)[0].Query.Get("shopId"))
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: literal(t, "error_reply.xml")}))
		reply, err = call()
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, "Config.Shop")
		require.Equal(t, []aupay.APIError{{Code: "CME0021", Message: "店舗IDが設定されていません。"}}, reply.Result.Errors)
	}
}

func TestLiteralNumberList(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom,
		Body: literal(t, "searchTradeNoListProc.xml")}))
	answer, err := client.SearchTradeNoList(t.Context(),
		aupay.SearchRequest{StartDate: day(2026, 4, 1), EndDate: day(2026, 4, 7)})
	require.NoError(t, err)
	require.Equal(t, []string{"900000001", "900000002"}, answer.Numbers())
	require.EqualValues(t, 2, answer.ResultCount)
}

func TestLiteralOrders(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: literal(t, list)},
		aupaytest.Fault{Kind: aupaytest.Custom, Body: literal(t, one)}))
	page, err := client.SearchTradeInfoList(t.Context(),
		aupay.SearchRequest{StartDate: day(2026, 4, 1), EndDate: day(2026, 4, 7)})
	require.NoError(t, err)
	require.Len(t, page.Orders, 2)
	require.Len(t, page.Orders[0].Details, 2)
	require.Empty(t, page.Reply.Problems)
	single, err := client.SearchTradeInfo(t.Context(), "900000003")
	require.NoError(t, err)
	require.Equal(t, "あり", single.Order().Details[0].ItemOptionCommissions[0].Values[0].Name)
	require.Empty(t, single.Reply.Problems)
}
