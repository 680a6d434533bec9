package yahoo_test

import (
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// lastBody is the document of the last call of an operation.
func lastBody(t *testing.T, m *yahootest.Mall, operation string) string {
	t.Helper()
	calls := m.Calls(operation)
	require.NotEmpty(t, calls)
	return string(calls[len(calls)-1].Body)
}

// The documents are those of the reference, element by element.
func TestOrderListRequest(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	seen, unseen := true, false
	_, err := c.OrderList(t.Context(), yahoo.OrderListRequest{
		Result: 100, Start: 1, Sort: yahoo.OldestFirst,
		Condition: yahoo.Condition{OrderTimeFrom: jst("2026-09-01 00:00:00"), OrderTimeTo: jst("2026-09-01 23:59:59"),
			OrderStatus: []yahoo.OrderStatus{yahoo.OrderReserved, yahoo.OrderProcessing}, IsSeen: &unseen,
			IsRoyalty:           &seen,
			ShipRequestDateFrom: order.Date{Year: 2026, Month: 9, Day: 4}, Title: "湯のみ <&>",
			OrderTime: []time.Time{jst("2026-09-01 10:15:30")}},
		Fields: []yahoo.Field{"OrderId", "OrderTime"},
	})
	require.NoError(t, err)
	require.Equal(t, "<Req><Search><Result>100</Result><Start>1</Start><Sort>+order_time</Sort><Condition>"+
		"<IsSeen>false</IsSeen><IsRoyalty>true</IsRoyalty><OrderTime>20260901101530</OrderTime><OrderTimeFrom>20260901000000</OrderTimeFrom>"+
		"<OrderTimeTo>20260901235959</OrderTimeTo><OrderStatus>1,2</OrderStatus><ShipRequestDateFrom>20260904</ShipRequestDateFrom>"+
		"<Title>湯のみ &lt;&amp;&gt;</Title></Condition><Field>OrderId,OrderTime</Field></Search><SellerId>mihon-store</SellerId></Req>",
		lastBody(t, mall, "orderList"))
	call := mall.Calls("orderList")[0]
	require.Equal(t, "application/xml; charset=UTF-8", call.Header.Get("Content-Type"))
	require.True(t, strings.HasPrefix(call.Header.Get("Authorization"), "Bearer "))
	require.Equal(t, "POST", call.Method)
	require.Equal(t, "/ShoppingWebService/V1/orderList", call.Path)
}

func TestOrderInfoRequest(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := mall.AddOrder(yahootest.Order{Fields: map[string]string{"BuyerComments": "a ]]> b"}})
	got, err := c.OrderInfo(t.Context(), yahoo.OrderInfoRequest{OrderID: id,
		Fields: []yahoo.Field{"OrderId", "BuyerComments", "SellerId"}})
	require.NoError(t, err)
	require.Equal(t, "<Req><Target><OrderId>"+id+
		"</OrderId><Field>OrderId,BuyerComments,SellerId</Field></Target><SellerId>mihon-store</SellerId></Req>",
		lastBody(t, mall, "orderInfo"))
	require.Equal(t, "a ]]> b", got.Order.BuyerComments)
	require.Equal(t, yahoo.Authorized, got.Reply.AuthorizeStatus)

	_, err = c.OrderInfo(t.Context(), yahoo.OrderInfoRequest{OrderID: id})
	require.NoError(t, err)
	require.NotContains(t, lastBody(t, mall, "orderInfo"), "MobileCarrierName",
		"what the mall has emptied is not asked for")
	require.Less(t, len(lastBody(t, mall, "orderInfo")), 10_000)
}

func TestRequestsThatAreRefused(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	yes, not := true, false
	window := yahoo.Condition{OrderTimeFrom: time.Now()}
	with := func(change func(*yahoo.Condition)) yahoo.Condition { w := window; change(&w); return w }
	for name, req := range map[string]yahoo.OrderListRequest{
		"no window":         {Condition: yahoo.Condition{IsSeen: &yes}},
		"page too long":     {Condition: window, Result: 2001},
		"negative start":    {Condition: window, Start: -1},
		"sort":              {Condition: window, Sort: "+total_price"},
		"impossible search": {Condition: with(func(w *yahoo.Condition) { w.IsPayMethodChangePossible = &not })},
		"too long":          {Condition: with(func(w *yahoo.Condition) { w.BillZipCode = "12345678901" })},
		"value too long":    {Condition: with(func(w *yahoo.Condition) { w.OrderStatus = []yahoo.OrderStatus{"22"} })},
		"empty value":       {Condition: with(func(w *yahoo.Condition) { w.OrderStatus = []yahoo.OrderStatus{""} })},
		"control character": {Condition: with(func(w *yahoo.Condition) { w.Title = "a\x00b" })},
	} {
		_, err := c.OrderList(t.Context(), req)
		require.ErrorIs(t, err, order.ErrInvalid, name)
		require.NotContains(t, err.Error(), "12345678901", "the value is not repeated")
	}
	for _, id := range []string{"", "a b", strings.Repeat("a", 51), "見本-1"} {
		_, err := c.OrderInfo(t.Context(), yahoo.OrderInfoRequest{OrderID: id})
		require.ErrorIs(t, err, order.ErrInvalid, id)
	}
	require.Zero(t, mall.Count(""))
}

// Public keys as people paste them.
func TestPublicKeyForms(t *testing.T) {
	mall := newMall(t)
	good := mall.PublicKey()
	block, _ := pem.Decode([]byte(good))
	body := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(good, "-----BEGIN PUBLIC KEY-----\n"),
		"-----END PUBLIC KEY-----\n"))
	for name, text := range map[string]string{
		"as it is":     good,
		"crlf":         strings.ReplaceAll(good, "\n", "\r\n"),
		"one line":     strings.ReplaceAll(good, "\n", ""),
		"blanks":       strings.ReplaceAll(good, "\n", "  "),
		"indented":     "\n\t" + strings.ReplaceAll(good, "\n", "\n    "),
		"escaped":      strings.ReplaceAll(good, "\n", `\n`),
		"without ends": body,
		"text around":  "公開鍵:\n" + good + "\nバージョン 1",
	} {
		keys := keysOf(mall)
		keys.PublicKey = text
		require.NoError(t, keys.Validate(), name)
		c := newClient(t, mall, key(mall, func(k *yahoo.Keys) { k.PublicKey = text }))
		require.NoError(t, c.Check(t.Context()), name)
		s, err := c.Session(t.Context())
		require.NoError(t, err)
		require.Equal(t, yahoo.Authorized, s.Status, name)
	}
	for name, text := range map[string]string{
		"garbage":     "abc",
		"cut":         good[:len(good)-40],
		"half":        body[:80],
		"private":     strings.ReplaceAll(good, "PUBLIC", "PRIVATE"),
		"one letter":  strings.Replace(good, body[20:21], "", 1),
		"other block": string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: block.Bytes})),
	} {
		keys := keysOf(mall)
		keys.PublicKey = text
		err := keys.Validate()
		require.ErrorContains(t, err, "Keys.PublicKey", name)
		require.NotContains(t, err.Error(), body[20:40], name)
	}
}
