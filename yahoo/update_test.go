package yahoo_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// ordinary is an order that waits to be shipped.
func ordinary(m *yahootest.Mall, fields ...string) string {
	o := yahootest.Order{Placed: time.Now().Add(-time.Hour),
		Fields: map[string]string{"PayStatus": "1", "PayMethod": "payment_a1", "ShipStatus": "1"},
		Lines: []yahootest.Line{{Fields: map[string]string{"ItemId": "tea-cup-01", "UnitPrice": "1000",
			"Quantity": "2"}}}}
	for i := 0; i < len(fields); i += 2 {
		o.Fields[fields[i]] = fields[i+1]
	}
	return m.AddOrder(o)
}

func ptr[T any](v T) *T { return &v }

// Each method against the fake, with the document that the reference shows for it.
func TestUpdates(t *testing.T) {
	day := order.Date{Year: 2026, Month: 9, Day: 30}
	for name, tc := range map[string]struct {
		call func(*testing.T, *yahoo.Client, string) (yahoo.UpdateResponse, error)
		body string
		want map[string]string
	}{
		"orderStatusChange": {func(t *testing.T, c *yahoo.Client, id string) (yahoo.UpdateResponse, error) {
			return c.OrderStatusChange(t.Context(),
				yahoo.OrderStatusChangeRequest{OrderID: id, Status: yahoo.OrderCancelled,
					CancelReason: yahoo.CancelStoreOther, CancelReasonDetail: "倉庫の見本違いのため取消", OperationUser: "担当者"})
		},
			"<Target><OrderId>ID</OrderId><IsPointFix>false</IsPointFix><OperationUser>担当者</OperationUser></Target><Order>" +
				"<OrderStatus>4</OrderStatus><CancelReason>230</CancelReason><CancelReasonDetail>倉庫の見本違いのため取消</CancelReasonDetail></Order>",
			map[string]string{"OrderStatus": "4", "CancelReason": "230", "IsSeen": "true", "OperationUser": "担当者"}},
		"orderPayStatusChange": {func(t *testing.T, c *yahoo.Client, id string) (yahoo.UpdateResponse, error) {
			return c.OrderPayStatusChange(t.Context(),
				yahoo.OrderPayStatusChangeRequest{OrderID: id, PayStatus: yahoo.PayPaid, PayDate: day})
		},
			"<Target><OrderId>ID</OrderId></Target><Order><Pay><PayStatus>1</PayStatus><PayDate>20260930</PayDate></Pay></Order>",
			map[string]string{"PayStatus": "1", "PayDate": "2026-09-30"}},
		"orderShipStatusChange": {func(t *testing.T, c *yahoo.Client, id string) (yahoo.UpdateResponse, error) {
			return c.OrderShipStatusChange(t.Context(),
				yahoo.OrderShipStatusChangeRequest{OrderID: id, Ship: yahoo.ShipStatusChange{
					ShipStatus: yahoo.ShipDone, ShipCompanyCode: yahoo.CompanyYamato,
					ShipInvoiceNumber1: ptr("0000-1234-5678"), ShipInvoiceNumber2: ptr(""),
					ShipURL: ptr("https://example.com/?a=1&b=2"), ShipDate: &day}})
		},
			"<Target><OrderId>ID</OrderId><IsPointFix>true</IsPointFix></Target><Order><Ship><ShipStatus>3</ShipStatus>" +
				"<ShipCompanyCode>1001</ShipCompanyCode><ShipInvoiceNumber1>0000-1234-5678</ShipInvoiceNumber1><ShipInvoiceNumber2></ShipInvoiceNumber2>" +
				"<ShipUrl>https://example.com/?a=1&amp;b=2</ShipUrl><ShipDate>20260930</ShipDate></Ship></Order>",
			map[string]string{"ShipStatus": "3", "ShipInvoiceNumber1": "0000-1234-5678", "ShipDate": "2026-09-30",
				"ShipUrl": "https://example.com/?a=1&b=2"}},
		"orderChange": {func(t *testing.T, c *yahoo.Client, id string) (yahoo.UpdateResponse, error) {
			var req yahoo.OrderChangeRequest
			req.OrderID, req.IsCouponUpdateAllowed = id, true
			req.Order.Notes, req.Order.PrintSlipTime = ptr("確認済み\n電話した"), ptr(jst("2026-09-30 10:00:00"))
			req.Order.Pay.BillFirstNameKana = ptr("ハナコ")
			req.Order.Ship.ShipRequestDate, req.Order.Ship.ShipRequestTime = ptr(order.Date{}), ptr("14:00-16:00")
			req.Order.Detail.Adjustments = ptr(int64(-50))
			req.Order.Items = []yahoo.ItemChange{{LineID: 1, Quantity: ptr(int64(3))}}
			return c.OrderChange(t.Context(), req)
		}, "<Target><OrderId>ID</OrderId></Target><IsCouponUpdateAllowed>true</IsCouponUpdateAllowed><Order>" +
			"<PrintSlipTime>20260930100000</PrintSlipTime><Notes>確認済み&#xA;電話した</Notes><Pay><BillFirstnameKana>ハナコ</BillFirstnameKana></Pay>" +
			"<Ship><ShipRequestDate></ShipRequestDate><ShipRequestTime>14:00-16:00</ShipRequestTime></Ship>" +
			"<Detail><Adjustments>-50</Adjustments></Detail><Item><LineId>1</LineId><Quantity>3</Quantity></Item></Order>",
			map[string]string{"Notes": "確認済み\n電話した", "BillFirstNameKana": "ハナコ", "TotalPrice": "2950",
				"ShipRequestTime": "14:00-16:00"}},
		"orderItemAdd": {func(t *testing.T, c *yahoo.Client, id string) (yahoo.UpdateResponse, error) {
			return c.OrderItemAdd(t.Context(), yahoo.OrderItemAddRequest{OrderID: id,
				Items: []yahoo.NewItem{{LineID: 2, ItemID: "tea-leaf-100",
					Title: "煎茶", UnitPrice: ptr(int64(1100)), Quantity: 1,
					Options: []yahoo.NewItemOption{{Index: 1, Name: "包装", Value: "簡易"}}}}})
		},
			"<Target><OrderId>ID</OrderId><IsQuotation>false</IsQuotation></Target><Order><Item><LineId>2</LineId><ItemId>tea-leaf-100</ItemId>" +
				"<Title>煎茶</Title><UnitPrice>1100</UnitPrice><ItemOption><Index>1</Index><Name>包装</Name><Value>簡易</Value></ItemOption>" +
				"<Quantity>1</Quantity></Item></Order>", map[string]string{"TotalPrice": "3100"}},
		"orderPayNumber": {func(t *testing.T, c *yahoo.Client, id string) (yahoo.UpdateResponse, error) {
			return c.OrderPayNumber(t.Context(), id, "担当者")
		}, "<Target><OrderId>ID</OrderId><OperationUser>担当者</OperationUser></Target>",
			map[string]string{"PayNo": "000010000001"}},
		"orderCouponCancel": {func(t *testing.T, c *yahoo.Client, id string) (yahoo.UpdateResponse, error) {
			return c.OrderCouponCancel(t.Context(), id, "")
		}, "<Target><OrderId>ID</OrderId></Target>", map[string]string{"TotalMallCouponDiscount": ""}},
	} {
		t.Run(name, func(t *testing.T) {
			mall := newMall(t)
			c := newClient(t, mall)
			id := ordinary(mall)
			switch name {
			case "orderPayNumber":
				edit(mall, id, map[string]string{"PayMethod": "payment_a7"})
			case "orderCouponCancel":
				edit(mall, id, map[string]string{"TotalMallCouponDiscount": "300"})
			}
			r, err := tc.call(t, c, id)
			require.NoError(t, err)
			require.Equal(t, int64(1), r.OK)
			require.Equal(t, yahoo.Authorized, r.Reply.AuthorizeStatus)
			require.Equal(t, "<Req>"+strings.ReplaceAll(tc.body, "ID</OrderId>", id+"</OrderId>")+
				"<SellerId>mihon-store</SellerId></Req>", lastBody(t, mall, name))
			o, _ := mall.Order(id)
			for field, want := range tc.want {
				require.Equal(t, want, o.Fields[field], field)
			}
			require.Equal(t, "true", o.Fields["IsSeen"], "any update marks the order as seen")
		})
	}
}

func TestOrderSplit(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall)
	req := yahoo.OrderSplitRequest{OrderID: id, OperationUser: "担当者", Parts: [2]yahoo.SplitPart{
		{ShipCharge: 550, Items: []yahoo.SplitItem{{LineID: 1, Quantity: 1}}}, {Items: []yahoo.SplitItem{{LineID: 1, Quantity: 1}}}}}
	r, err := c.OrderSplit(t.Context(), req)
	require.NoError(t, err)
	require.Len(t, r.Orders, 2)
	require.Contains(t, lastBody(t, mall, "orderSplit"),
		"<Order><SplitId>2</SplitId><Detail><PayCharge>0</PayCharge><ShipCharge>0</ShipCharge>"+
			"<GiftWrapCharge>0</GiftWrapCharge><Discount>0</Discount><UsePoint>0</UsePoint></Detail><Item><LineId>1</LineId><Quantity>1</Quantity></Item></Order>")
	source, err := c.Order(t.Context(), id)
	require.NoError(t, err)
	require.Equal(t, order.OnHold, source.Status, "its goods go with the two new orders")
	for _, part := range r.Orders {
		o, err := c.Order(t.Context(), part.OrderID)
		require.NoError(t, err)
		require.True(t, o.Flags.Has(order.SplitOrder))
		require.Equal(t, order.ReadyToShip, o.Status)
		require.Equal(t, order.AddsUp, o.Reconcile().Verdict)
	}
}

func TestOrderCountAndHistory(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall)
	count, err := c.OrderCount(t.Context())
	require.NoError(t, err)
	require.Equal(t, int64(1), count.Count.NewOrder)
	require.Equal(t, "mihon-store", mall.Calls("orderCount")[0].Query.Get("sellerId"))
	first, err := c.OrderChangeHistory(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, first.Histories, 1, "of an order that was never changed: all that it began with")
	require.EqualValues(t, 1, first.Histories[0].HistoryID)
	require.Contains(t, first.Histories[0].Changes, yahoo.Change{Field: "PayStatus", Value: "1"})
	_, err = c.OrderPayStatusChange(t.Context(),
		yahoo.OrderPayStatusChangeRequest{OrderID: id, PayStatus: yahoo.PayAwaiting})
	require.NoError(t, err)
	h, err := c.OrderChangeHistory(t.Context(), id)
	require.NoError(t, err)
	require.Len(t, h.Histories, 2)
	require.Equal(t, yahoo.Change{Field: "PayStatus", Value: "0"}, h.Histories[1].Changes[0])
	require.Equal(t, id, mall.Calls("orderChangeHistory")[0].Query.Get("orderId"))
	_, err = c.OrderChangeHistory(t.Context(), "mihon-store-1")
	require.ErrorIs(t, err, order.ErrNotFound)
}

func TestWarningsAreKept(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall, "SettleStatus", "5")
	r, err := c.OrderShipStatusChange(t.Context(),
		yahoo.OrderShipStatusChangeRequest{OrderID: id, Ship: yahoo.ShipStatusChange{ShipStatus: yahoo.ShipDone}})
	require.NoError(t, err, "a warning is no failure")
	require.Equal(t, "od91113", r.Warnings[0].Code)
	require.NotEmpty(t, r.Warnings[0].Meaning())
	require.Empty(t, yahoo.Warning{Code: "od00000"}.Meaning())
}

func TestWhatTheStateForbidsIsAConflict(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	id := ordinary(mall, "OrderStatus", "4")
	_, err := c.OrderStatusChange(t.Context(), yahoo.OrderStatusChangeRequest{OrderID: id, Status: yahoo.OrderReserved})
	var e *order.Error
	require.ErrorAs(t, err, &e)
	require.ErrorIs(t, e, order.ErrConflict)
	require.Equal(t, "Cannot Be Operated : CancelOrder OrderStatus", e.Message)
	require.Equal(t, id, e.Order)

	fresh := mall.AddOrder(yahootest.Order{})
	_, err = c.OrderPayNumber(t.Context(), fresh, "")
	require.ErrorIs(t, err, order.ErrConflict, "the buyer can still cancel")
}

func TestUpdatesThatAreRefusedBeforeSending(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	status := func(r yahoo.OrderStatusChangeRequest) error {
		r.OrderID = "mihon-store-1"
		_, err := c.OrderStatusChange(t.Context(), r)
		return err
	}
	ship := func(s yahoo.ShipStatusChange) error {
		_, err := c.OrderShipStatusChange(t.Context(),
			yahoo.OrderShipStatusChangeRequest{OrderID: "mihon-store-1", Ship: s})
		return err
	}
	change := func(o yahoo.OrderChange) error {
		_, err := c.OrderChange(t.Context(), yahoo.OrderChangeRequest{OrderID: "mihon-store-1", Order: o})
		return err
	}
	add := func(it yahoo.NewItem) error {
		_, err := c.OrderItemAdd(t.Context(),
			yahoo.OrderItemAddRequest{OrderID: "mihon-store-1", Items: []yahoo.NewItem{it}})
		return err
	}
	for name, err := range map[string]error{
		"no status":             status(yahoo.OrderStatusChangeRequest{}),
		"not writable":          status(yahoo.OrderStatusChangeRequest{Status: yahoo.OrderAwaitingConsent}),
		"completed without fix": status(yahoo.OrderStatusChangeRequest{Status: yahoo.OrderCompleted}),
		"reason of the buyer":   status(yahoo.OrderStatusChangeRequest{Status: yahoo.OrderCancelled, CancelReason: yahoo.CancelSelfCard}),
		"230 without detail":    status(yahoo.OrderStatusChangeRequest{Status: yahoo.OrderCancelled, CancelReason: yahoo.CancelStoreOther, CancelReasonDetail: "短い"}),
		"reason without cancel": status(yahoo.OrderStatusChangeRequest{Status: yahoo.OrderHeld, CancelReason: yahoo.CancelBuyerUnpaid}),
		"no ship status":        ship(yahoo.ShipStatusChange{}),
		"yamato letters":        ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipCompanyCode: "1001", ShipInvoiceNumber1: ptr("AB12")}),
		"yamato too long":       ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipCompanyCode: "1001", ShipInvoiceNumber1: ptr("000000000000000")}),
		"post too short":        ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipCompanyCode: "1003", ShipInvoiceNumber2: ptr("0000-0000-00")}),
		"post too long":         ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipCompanyCode: "1003", ShipInvoiceNumber2: ptr("0000-0000-0000-00")}),
		"number and reason":     ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipInvoiceNumber1: ptr("0001"), ShipInvoiceNumberEmptyReason: ptr(yahoo.EmptyNoNumber)}),
		"number, reason away":   ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipInvoiceNumber1: ptr("0001"), ShipInvoiceNumberEmptyReason: ptr(yahoo.EmptyReason(""))}),
		"unknown reason":        ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipInvoiceNumberEmptyReason: ptr(yahoo.EmptyReason("106"))}),
		"changed to both":       change(yahoo.OrderChange{Ship: yahoo.ShipChange{ShipInvoiceNumber2: ptr("0001"), ShipInvoiceNumberEmptyReason: ptr(yahoo.EmptyNoNumber)}}),
		"changed to letters":    change(yahoo.OrderChange{Ship: yahoo.ShipChange{ShipInvoiceNumber2: ptr("見本")}}),
		"long user":             status(yahoo.OrderStatusChangeRequest{Status: yahoo.OrderHeld, OperationUser: strings.Repeat("a", 121)}),
		"store status":          change(yahoo.OrderChange{StoreStatus: ptr("11")}),
		"full width":            ship(yahoo.ShipStatusChange{ShipStatus: "3", ShipInvoiceNumber1: ptr("１２３")}),
		"instruct":              ship(yahoo.ShipStatusChange{ShipStatus: "2", ShipInstructStatus: yahoo.InstructWaiting}),
		"no collection date":    ship(yahoo.ShipStatusChange{ShipStatus: "2", ShipInstructStatus: yahoo.InstructedShip}),
		"eazy alone":            ship(yahoo.ShipStatusChange{ShipStatus: "2", IsEazy: ptr(true)}),
		"no change":             change(yahoo.OrderChange{}),
		"unseen":                change(yahoo.OrderChange{IsSeen: ptr(false)}),
		"suspect and more":      change(yahoo.OrderChange{Suspect: ptr(yahoo.SuspectYes), Notes: ptr("x")}),
		"method without name":   change(yahoo.OrderChange{PayMethod: ptr(yahoo.PayByTransfer1)}),
		"adjustments":           change(yahoo.OrderChange{Detail: yahoo.DetailChange{Adjustments: ptr(int64(50_001))}}),
		"voucher":               change(yahoo.OrderChange{Detail: yahoo.DetailChange{GiftCardDiscount: ptr(int64(1))}}),
		"slot label too long":   change(yahoo.OrderChange{Ship: yahoo.ShipChange{ShipRequestTime: ptr("午前中のうちに")}}),
		"no line":               change(yahoo.OrderChange{Items: []yahoo.ItemChange{{Quantity: ptr(int64(1))}}}),
		"no price":              add(yahoo.NewItem{LineID: 2, ItemID: "a", Title: "b", Quantity: 1}),
		"no quantity":           add(yahoo.NewItem{LineID: 2, ItemID: "a", Title: "b", UnitPrice: ptr(int64(1))}),
	} {
		require.ErrorIs(t, err, order.ErrInvalid, name)
	}
	require.Zero(t, mall.Count(""))
}

func TestStock(t *testing.T) {
	mall := newMall(t)
	c := newClient(t, mall)
	mall.SetStock("tea-cup-01:blue", yahootest.Stock{Quantity: 3, Closed: true})
	mall.SetStock("tea-leaf-100", yahootest.Stock{Quantity: -1})
	codes := []yahoo.ItemCode{{Code: "tea-cup-01", SubCode: "blue"}, {Code: "tea-leaf-100"}, {Code: "none"}}
	got, err := c.GetStock(t.Context(), codes)
	require.NoError(t, err)
	require.Equal(t, int64(3), *got.Stocks[0].Quantity)
	require.Nil(t, got.Stocks[1].Quantity, "unlimited")
	require.Equal(t, "0", got.Stocks[2].Status)

	set, err := c.SetStock(t.Context(), []yahoo.StockChange{
		{Item: codes[0], Quantity: 2, Relative: true, Reopen: true, AllowOverdraft: ptr(true)},
		{Item: codes[2], Quantity: 7}})
	require.NoError(t, err)
	require.False(t, set.Partial)
	require.Equal(t, int64(5), *set.Stocks[0].Quantity)
	require.Contains(t, lastBody(t, mall, "setStock"), "quantity=%2B2%2C7")
	s, _ := mall.GetStock("tea-cup-01:blue")
	require.Equal(t, int64(5), s.Quantity)
	require.False(t, s.Closed)
	require.True(t, s.Overdraft)

	set, err = c.SetStock(t.Context(), []yahoo.StockChange{{Item: codes[0], Quantity: -9, Relative: true},
		{Item: codes[2], Quantity: 1}})
	require.NoError(t, err)
	require.True(t, set.Partial, "207: ask what is true now")
	require.Equal(t, "st-02104", set.Stocks[0].ErrorCode)

	for name, body := range map[string]string{
		"nothing":      `<ResultSet totalResultsAvailable="0" totalResultsReturned="0" firstResultPosition="1" ok="0" ng="0"></ResultSet>`,
		"another code": `<ResultSet totalResultsAvailable="1" ok="1" ng="0"><Result><ItemCode>other</ItemCode><SubCode></SubCode><Quantity>1</Quantity></Result></ResultSet>`,
	} {
		require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "setStock", Body: body,
			Times: -1}))
		_, err := c.SetStock(t.Context(), []yahoo.StockChange{{Item: codes[0], Quantity: 1, Relative: true}})
		require.ErrorIs(t, err, order.ErrUndecodable, name)
		mall.ClearFaults()
	}
	for name, changes := range map[string][]yahoo.StockChange{
		"none": nil, "too many": make([]yahoo.StockChange, 1001), "negative": {{Item: codes[0], Quantity: -1}},
		"twice": {{Item: codes[0]}, {Item: codes[0]}}, "code": {{Item: yahoo.ItemCode{Code: "a,b"}}},
	} {
		_, err := c.SetStock(t.Context(), changes)
		require.ErrorIs(t, err, order.ErrInvalid, name)
	}
	require.Equal(t, 4, mall.Count("setStock"))
}

// Literal replies of the methods that testdata holds, read by value.
func TestLiteralReplies(t *testing.T) {
	decode := func(name string, into any) {
		problems, err := wire.XML(payload(t, name), into)
		require.NoError(t, err)
		require.Empty(t, problems)
		require.NoError(t, xml.Unmarshal(payload(t, name), into), "encoding/xml reads it into the same struct")
	}
	var history yahoo.OrderChangeHistoryResponse
	_, err := wire.XML(payload(t, "history"), &history)
	require.NoError(t, err)
	require.Equal(t, &yahoo.LineChange{LineID: 1, Field: "Quantity", Value: "2"}, history.Histories[0].Changes[1].Item)
	require.Equal(t, "見本 担当者", history.Histories[1].UpdatePerson)
	var count yahoo.OrderCountResponse
	decode("orderCount", &count)
	require.Equal(t, int64(25), count.Count.StoreStatus10)
	require.Equal(t, int64(7), count.Count.Holding)
	var split yahoo.OrderSplitResponse
	_, err = wire.XML(payload(t, "orderSplit"), &split)
	require.NoError(t, err)
	require.Equal(t, []yahoo.Split{{SplitID: 1, OrderID: "example-store-10000021"},
		{SplitID: 2, OrderID: "example-store-10000022"}}, split.Orders)
	var partial yahoo.StockResponse
	_, err = wire.XML(payload(t, "setStock_partial"), &partial)
	require.NoError(t, err)
	require.Equal(t, "st-02104,st-02101", partial.Stocks[1].ErrorCode)
	var stock yahoo.StockResponse
	_, err = wire.XML(payload(t, "getStock"), &stock)
	require.NoError(t, err)
	require.Equal(t, "tea-cup-01", stock.Stocks[0].ItemCode)
	require.Len(t, stock.Stocks, 3)
}
