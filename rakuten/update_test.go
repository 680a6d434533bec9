package rakuten_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// TestRequests holds the body of each write against the literal form of the reference.
func TestRequests(t *testing.T) {
	day := order.Date{Year: 2026, Month: 6, Day: 6}
	address := rakuten.SenderAddress{ZipCode1: "000", ZipCode2: "0001", Prefecture: "東京都", City: "見本区",
		SubAddress: "例町1", FamilyName: "見本",
		PhoneNumber1: "03", PhoneNumber2: "0000", PhoneNumber3: "0000"}
	for _, c := range []struct {
		operation string
		send      func(*rakuten.Client) error
		body      string
	}{
		{"confirmOrder", func(c *rakuten.Client) error {
			_, err := c.ConfirmOrder(t.Context(), []string{"n-1", "n-2"})
			return err
		},
			`{"orderNumberList":["n-1","n-2"]}`},
		{"updateOrderShipping", func(c *rakuten.Client) error {
			_, err := c.UpdateOrderShipping(t.Context(),
				rakuten.OrderShippingModel{OrderNumber: "n-1",
					BasketidModelList: []rakuten.BasketModel{{BasketID: 1, ShippingModelList: []rakuten.ShippingChange{
						{DeliveryCompany: "1001", ShippingNumber: rakuten.Set("1234"), ShippingDate: rakuten.Set(day)},
						{ShippingDetailID: 3000000001, ShippingNumber: rakuten.Clear[string](), ShippingDate: rakuten.Clear[order.Date]()},
						{ShippingDetailID: 7, ShippingDeleteFlag: 1},
						{ShippingDetailID: 8}}}}})
			return err
		}, `{"orderNumber":"n-1","BasketidModelList":[{"basketId":1,"ShippingModelList":[
			{"deliveryCompany":"1001","shippingNumber":"1234","shippingDate":"2026-06-06"},
			{"shippingDetailId":3000000001,"shippingNumber":"","shippingDate":""},
			{"shippingDetailId":7,"shippingDeleteFlag":1},
			{"shippingDetailId":8}]}]}`},
		{"updateOrderMemo", func(c *rakuten.Client) error {
			_, err := c.UpdateOrderMemo(t.Context(),
				rakuten.UpdateOrderMemoRequest{OrderNumber: "n-1", SubStatusID: rakuten.Clear[int64](),
					DeliveryClass: rakuten.Set(rakuten.Chilled), DeliveryDate: rakuten.Clear[order.Date](),
					ShippingTerm: rakuten.Set[int64](0),
					Memo:         rakuten.Clear[string](), Operator: rakuten.Set("見本")})
			return err
		},
			`{"orderNumber":"n-1","subStatusId":null,"deliveryClass":2,"deliveryDate":null,"shippingTerm":0,"memo":"","operator":"見本"}`},
		{"updateOrderMemo", func(c *rakuten.Client) error {
			_, err := c.UpdateOrderMemo(t.Context(),
				rakuten.UpdateOrderMemoRequest{OrderNumber: "n-1", DeliveryDate: rakuten.Set(day)})
			return err
		}, `{"orderNumber":"n-1","deliveryDate":"2026-06-06"}`},
		{"updateOrderRemarks", func(c *rakuten.Client) error {
			_, err := c.UpdateOrderRemarks(t.Context(),
				rakuten.UpdateOrderRemarksRequest{OrderNumber: "n-1", GiftCheck: rakuten.Set[rakuten.Flag](0),
					Remarks: rakuten.Set("a\nb")})
			return err
		}, `{"orderNumber":"n-1","giftCheck":0,"remarks":"a\nb"}`},
		{"updateOrderSubStatus", func(c *rakuten.Client) error {
			_, err := c.UpdateOrderSubStatus(t.Context(), rakuten.Clear[int64](), []string{"n-1"})
			return err
		}, `{"subStatusId":null,"orderNumberList":["n-1"]}`},
		{"updateOrderDelivery", func(c *rakuten.Client) error {
			_, err := c.UpdateOrderDelivery(t.Context(), "n-1", "宅配便")
			return err
		},
			`{"orderNumber":"n-1","deliveryName":"宅配便"}`},
		{"cancelOrder", func(c *rakuten.Client) error {
			_, err := c.CancelOrder(t.Context(),
				rakuten.CancelRequest{OrderNumber: "n-1", ChangeReasonDetailApply: rakuten.ReasonOutOfStock})
			return err
		}, `{"orderNumber":"n-1","inventoryRestoreType":0,"changeReasonDetailApply":8}`},
		{"cancelOrderAfterShipping", func(c *rakuten.Client) error {
			_, err := c.CancelOrderAfterShipping(t.Context(),
				rakuten.CancelRequest{OrderNumber: "n-1", InventoryRestoreType: rakuten.Restore,
					ChangeReasonDetailApply: rakuten.ReasonReturned})
			return err
		}, `{"orderNumber":"n-1","inventoryRestoreType":1,"changeReasonDetailApply":2}`},
		{"getPayment", func(c *rakuten.Client) error { _, err := c.GetPayment(t.Context(), "n-1"); return err }, `{"orderNumber":"n-1","version":4}`},
		{"getSubStatusList", func(c *rakuten.Client) error { _, err := c.GetSubStatusList(t.Context()); return err }, `{}`},
		{"getOrderItem", func(c *rakuten.Client) error { _, err := c.GetOrderItem(t.Context(), []string{"n-1"}); return err }, `{"orderNumberList":["n-1"]}`},
		{"getResultUpdateOrderShippingAsync", func(c *rakuten.Client) error {
			_, err := c.GetResultUpdateOrderShippingAsync(t.Context(), "r-1")
			return err
		}, `{"requestId":"r-1"}`},
		{"updateOrderSender", func(c *rakuten.Client) error {
			_, err := c.UpdateOrderSender(t.Context(),
				rakuten.UpdateOrderSenderRequest{OrderNumber: "n-1", ReductionReason: rakuten.ReasonBuyerOther,
					PackageModelList: []rakuten.SenderPackage{
						{BasketID: 1, PostagePrice: rakuten.NewYen(-9999), PostageTaxRate: "0.1", SenderModel: address,
							DropOffLocation: rakuten.Clear[string](),
							ItemModelList: []rakuten.SenderItem{
								{ItemDetailID: 2, ItemName: "見本茶", Price: 100, TaxRate: "0.08", Units: 1, IncludeTaxFlag: 1}}}}})
			return err
		},
			`{"orderNumber":"n-1","reductionReason":6,"PackageModelList":[{"basketId":1,"postagePrice":-9999,"postageTaxRate":0.1,
			"SenderModel":{"zipCode1":"000","zipCode2":"0001","prefecture":"東京都","city":"見本区","subAddress":"例町1","familyName":"見本","phoneNumber1":"03","phoneNumber2":"0000","phoneNumber3":"0000"},
			"ItemModelList":[{"itemDetailId":2,"itemName":"見本茶","price":100,"taxRate":0.08,"units":1,"includePostageFlag":0,"includeTaxFlag":1,"includeCashOnDeliveryPostageFlag":0}],
			"dropOffLocation":""}]}`},
	} {
		t.Run(c.operation, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
			_ = c.send(client) // the mall knows no such order; only what was sent is looked at
			calls := mall.Calls("")
			require.Len(t, calls, 1)
			require.Equal(t, c.operation, calls[0].Operation)
			require.JSONEq(t, c.body, string(calls[0].Body))
			require.Equal(t, http.MethodPost, calls[0].Method)
		})
	}
}

// TestUpdatesAreChecked sends nothing that cannot be right; each finding names its field.
func TestUpdatesAreChecked(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	memo := func(change func(*rakuten.UpdateOrderMemoRequest)) func() error {
		return func() error {
			in := rakuten.UpdateOrderMemoRequest{OrderNumber: "n-1"}
			change(&in)
			_, err := client.UpdateOrderMemo(t.Context(), in)
			return err
		}
	}
	ship := func(s rakuten.ShippingChange) func() error {
		return func() error {
			_, err := client.UpdateOrderShipping(t.Context(), rakuten.OrderShippingModel{OrderNumber: "n-1",
				BasketidModelList: []rakuten.BasketModel{
					{BasketID: 1, ShippingModelList: []rakuten.ShippingChange{s}}}})
			return err
		}
	}
	for want, send := range map[string]func() error{
		"orderNumber: is required":  memo(func(in *rakuten.UpdateOrderMemoRequest) { in.OrderNumber = "" }),
		"memo: set to an empty":     memo(func(in *rakuten.UpdateOrderMemoRequest) { in.Memo = rakuten.Set("") }),
		"operator: 7 characters":    memo(func(in *rakuten.UpdateOrderMemoRequest) { in.Operator = rakuten.Set("1234567") }),
		"mailPlugSentence: 1025":    memo(func(in *rakuten.UpdateOrderMemoRequest) { in.MailPlugSentence = rakuten.Set(strings.Repeat("a", 1025)) }),
		"deliveryDate: set to no":   memo(func(in *rakuten.UpdateOrderMemoRequest) { in.DeliveryDate = rakuten.Set(order.Date{}) }),
		"shippingTerm: is not":      memo(func(in *rakuten.UpdateOrderMemoRequest) { in.ShippingTerm = rakuten.Set[int64](14) }),
		"deliveryClass: 9":          memo(func(in *rakuten.UpdateOrderMemoRequest) { in.DeliveryClass = rakuten.Set[rakuten.DeliveryClass](9) }),
		"memo: characters that":     memo(func(in *rakuten.UpdateOrderMemoRequest) { in.Memo = rakuten.Set("a\x01b") }),
		"shippingDetailId: is requ": ship(rakuten.ShippingChange{ShippingDeleteFlag: 1}),
		"shippingNumber: set to an": ship(rakuten.ShippingChange{ShippingNumber: rakuten.Set("")}),
		"shippingDate: set to no":   ship(rakuten.ShippingChange{ShippingDate: rakuten.Set(order.Date{})}),
		"one of giftCheck and remarks": func() error {
			_, err := client.UpdateOrderRemarks(t.Context(), rakuten.UpdateOrderRemarksRequest{OrderNumber: "n-1"})
			return err
		},
		"subStatusId: is required": func() error {
			_, err := client.UpdateOrderSubStatus(t.Context(), rakuten.Change[int64]{}, []string{"n-1"})
			return err
		},
		"changeReasonDetailApply: is not a reason": func() error {
			_, err := client.CancelOrder(t.Context(),
				rakuten.CancelRequest{OrderNumber: "n-1", ChangeReasonDetailApply: 7})
			return err
		},
		"deliveryName: is required": func() error { _, err := client.UpdateOrderDelivery(t.Context(), "n-1", ""); return err },
		"afterSettlementMethodCode: cannot": func() error {
			_, err := client.UpdateOrderSenderAfterShipping(t.Context(),
				rakuten.UpdateOrderSenderRequest{OrderNumber: "n-1", AfterSettlementMethodCode: 9})
			return err
		},
		"deliveryPrice: is required for 代金引換": func() error {
			_, err := client.UpdateOrderSender(t.Context(),
				rakuten.UpdateOrderSenderRequest{OrderNumber: "n-1", AfterSettlementMethodCode: rakuten.CashOnDelivery,
					PackageModelList: []rakuten.SenderPackage{{BasketID: 1}}})
			return err
		},
		"PackageModelList[0].ItemModelList[0].taxRate: want 0": func() error {
			_, err := client.UpdateOrderSender(t.Context(), rakuten.UpdateOrderSenderRequest{OrderNumber: "n-1",
				PackageModelList: []rakuten.SenderPackage{
					{BasketID: 1, ItemModelList: []rakuten.SenderItem{{ItemDetailID: 1, ItemName: "a"}}}}})
			return err
		},
		"OrdererModel.familyName: is required": func() error {
			_, err := client.UpdateOrderOrderer(t.Context(), rakuten.UpdateOrderOrdererRequest{OrderNumber: "n-1"})
			return err
		},
	} {
		err := send()
		require.ErrorIs(t, err, order.ErrInvalid, want)
		require.ErrorContains(t, err, want)
	}
	require.Zero(t, mall.Count(""))
}

// TestUpdates carries each typed write out against the mall and reads the order again.
func TestUpdates(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	number := mall.AddOrder(rakutentest.Order{ID: "n-1", Progress: 300, Memo: "before", Remarks: "よろしく", Postage: 500,
		Coupon: 100})
	read := func() *rakuten.OrderModel {
		out, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: []string{number}})
		require.NoError(t, err)
		return &out.OrderModelList[0]
	}

	out, err := client.UpdateOrderMemo(t.Context(),
		rakuten.UpdateOrderMemoRequest{OrderNumber: number, Operator: rakuten.Set("見本"),
			SubStatusID: rakuten.Set[int64](3602), DeliveryClass: rakuten.Set(rakuten.Frozen)})
	require.NoError(t, err)
	require.Equal(t, number, out.MessageModelList[0].OrderNumber)
	w := read()
	require.Equal(t, "before", w.Memo, "kept")
	require.Equal(t, "見本", w.Operator)
	require.Equal(t, "倉庫に依頼済", w.SubStatusName)
	require.Equal(t, rakuten.Frozen, *w.DeliveryModel.DeliveryClass)

	subs, err := client.GetSubStatusList(t.Context())
	require.NoError(t, err)
	require.Equal(t, rakuten.AwaitingConfirmation, subs.StatusModelList[0].OrderProgress)
	require.Equal(t, "在庫確認中", subs.StatusModelList[0].SubStatusModelList[0].SubStatusName)
	_, err = client.UpdateOrderSubStatus(t.Context(), rakuten.Set[int64](3501), []string{number, "unknown"})
	require.ErrorIs(t, err, order.ErrConflict, "a sub-status of another orderProgress")
	require.ErrorIs(t, err, order.ErrNotFound, "another shop's order")
	_, err = client.UpdateOrderSubStatus(t.Context(), rakuten.Clear[int64](), []string{number})
	require.NoError(t, err)
	require.Nil(t, read().SubStatusID)

	_, err = client.UpdateOrderRemarks(t.Context(),
		rakuten.UpdateOrderRemarksRequest{OrderNumber: number, GiftCheck: rakuten.Set[rakuten.Flag](1)})
	require.NoError(t, err)
	w = read()
	require.Equal(t, "よろしく", w.Remarks)
	require.True(t, w.GiftCheckFlag.On())
	_, err = client.UpdateOrderDelivery(t.Context(), number, "メール便")
	require.NoError(t, err)
	require.Equal(t, "メール便", read().DeliveryModel.DeliveryName)
	_, err = client.UpdateOrderDelivery(t.Context(), number, "ロケット便")
	require.ErrorIs(t, err, order.ErrInvalid)

	// A request made of the order changes nothing; one change changes that alone.
	in := rakuten.NewUpdateOrderSender(read())
	_, err = client.UpdateOrderSender(t.Context(), in)
	require.NoError(t, err)
	before := w
	w = read()
	require.Equal(t, before.RequestPrice, w.RequestPrice)
	require.Equal(t, before.PackageModelList[0].SenderModel, w.PackageModelList[0].SenderModel)
	in.PackageModelList[0].SenderModel.FamilyName = "変更"
	in.PackageModelList[0].DropOffLocation = rakuten.Set("玄関前")
	in.PackageModelList[0].ItemModelList[0].Units++
	_, err = client.UpdateOrderSender(t.Context(), in)
	require.NoError(t, err)
	w = read()
	require.Equal(t, "変更", w.PackageModelList[0].SenderModel.FamilyName)
	require.Equal(t, "玄関前", w.PackageModelList[0].DropOffLocation)
	in.PackageModelList[0].ItemModelList[0].Units -= 1
	_, err = client.UpdateOrderSender(t.Context(), in)
	require.ErrorContains(t, err, "reductionReason", "the amount drops")
	in.ReductionReason = rakuten.ReasonOutOfStock
	_, err = client.UpdateOrderSender(t.Context(), in)
	require.NoError(t, err)
	_, err = client.UpdateOrderSenderAfterShipping(t.Context(), in)
	require.Error(t, err, "not shipped")

	buyer := *read().OrdererModel
	buyer.FirstName = "改名"
	_, err = client.UpdateOrderOrderer(t.Context(),
		rakuten.UpdateOrderOrdererRequest{OrderNumber: number, OrdererModel: buyer})
	require.NoError(t, err)
	require.Equal(t, "改名", read().OrdererModel.FirstName)

	_, err = client.UpdateOrderMemo(t.Context(),
		rakuten.UpdateOrderMemoRequest{OrderNumber: "unknown", Memo: rakuten.Set("a")})
	require.Error(t, err)
	require.Equal(t, "unknown", order.Concerns(err))

	out, err = client.UpdateOrderMemo(t.Context(),
		rakuten.UpdateOrderMemoRequest{OrderNumber: number, Memo: rakuten.Set("㈱見本")})
	require.Error(t, err)
	require.Equal(t, "memo", out.Warnings[0].Field, "the refusal was foretold")
}

// TestSenderRequestLeavesOutWhatIsGone has a destination, a line and a wrapping that were taken out
// of the order before.
func TestSenderRequestLeavesOutWhatIsGone(t *testing.T) {
	in := rakuten.NewUpdateOrderSender(&rakuten.OrderModel{
		OrderNumber:    "999999-20260901-0000000001",
		WrappingModel1: &rakuten.WrappingModel{Name: "見本の包装", DeleteWrappingFlag: 1},
		PackageModelList: []rakuten.PackageModel{
			{BasketID: 1, PackageDeleteFlag: 1, ItemModelList: []rakuten.ItemModel{{ItemDetailID: 11}}},
			{BasketID: 2, ItemModelList: []rakuten.ItemModel{{ItemDetailID: 21, DeleteItemFlag: 1}, {ItemDetailID: 22}}},
		},
	})
	require.Nil(t, in.WrappingModel1)
	require.Len(t, in.PackageModelList, 1)
	require.Equal(t, int64(2), in.PackageModelList[0].BasketID)
	require.Len(t, in.PackageModelList[0].ItemModelList, 1)
	require.Equal(t, int64(22), in.PackageModelList[0].ItemModelList[0].ItemDetailID)
	require.Zero(t, rakuten.NewUpdateOrderSender(nil))
}

// TestChange is what keeps, sets and clears.
func TestChange(t *testing.T) {
	type request struct {
		Memo rakuten.Change[string] `json:"memo,omitzero"`
		ID   rakuten.Change[int64]  `json:"id,omitzero"`
	}
	for body, in := range map[string]request{
		`{}`:                    {},
		`{"memo":"a","id":0}`:   {rakuten.Set("a"), rakuten.Set[int64](0)},
		`{"memo":"","id":null}`: {rakuten.Clear[string](), rakuten.Clear[int64]()},
	} {
		got, err := json.Marshal(in)
		require.NoError(t, err)
		require.JSONEq(t, body, string(got))
	}
	value, ok := rakuten.Set("a").Get()
	require.True(t, ok)
	require.Equal(t, "a", value)
	require.True(t, rakuten.Clear[string]().Cleared())
	require.True(t, rakuten.Change[string]{}.IsZero())
}
