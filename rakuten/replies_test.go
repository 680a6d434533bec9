package rakuten_test

import (
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// reads is a client of a mall that answers everything with one literal reply.
func reads(t *testing.T, status int, body string) *rakuten.Client {
	t.Helper()
	_, client := start(t, rakutentest.Options{Orders: -1}, func(c *rakuten.Config) {
		c.HTTPClient = &http.Client{Transport: replies(status, body)}
	})
	return client
}

// TestLiteralUpdates reads a reply of each write in the form of the reference: success, and a
// failure inside 200 or 400.
func TestLiteralUpdates(t *testing.T) {
	address := rakuten.SenderAddress{ZipCode1: "0", ZipCode2: "0", Prefecture: "東京都", City: "a", SubAddress: "a",
		FamilyName: "a", PhoneNumber1: "0"}
	sender := rakuten.UpdateOrderSenderRequest{OrderNumber: "n-1",
		PackageModelList: []rakuten.SenderPackage{{BasketID: 1, SenderModel: address,
			ItemModelList: []rakuten.SenderItem{{ItemDetailID: 1, ItemName: "a", TaxRate: "0.1"}}}}}
	for _, c := range []struct {
		token string
		call  func(*rakuten.Client, context.Context) (rakuten.UpdateResponse, error)
		class order.Class // of ERROR_102
	}{
		{"CONFIRM_ORDER", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.ConfirmOrder(ctx, []string{"n-1"})
		}, order.ErrConflict},
		{"UPDATE_ORDERSHIPPING", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderShipping(ctx, rakuten.OrderShippingModel{OrderNumber: "n-1",
				BasketidModelList: []rakuten.BasketModel{
					{BasketID: 1, ShippingModelList: []rakuten.ShippingChange{{DeliveryCompany: "1001"}}}}})
		}, order.ErrConflict},
		{"UPDATE_ORDERSUBSTATUS", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderSubStatus(ctx, rakuten.Set[int64](3601), []string{"n-1"})
		}, order.ErrConflict},
		{"UPDATE_ORDERMEMO", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderMemo(ctx, rakuten.UpdateOrderMemoRequest{OrderNumber: "n-1", Memo: rakuten.Set("a")})
		}, order.ErrInvalid},
		{"UPDATE_ORDERREMARKS", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderRemarks(ctx, rakuten.UpdateOrderRemarksRequest{OrderNumber: "n-1",
				Remarks: rakuten.Set("a")})
		}, order.ErrInvalid},
		{"UPDATE_ORDERSENDER", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderSender(ctx, sender)
		}, order.ErrInvalid},
		{"UPDATE_ORDERSENDER", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderSenderAfterShipping(ctx, sender)
		}, order.ErrInvalid},
		{"UPDATE_ORDERORDERER", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderOrderer(ctx, rakuten.UpdateOrderOrdererRequest{OrderNumber: "n-1",
				OrdererModel: rakuten.OrdererModel{ZipCode1: "0",
					ZipCode2: "0", Prefecture: "東京都", City: "a", SubAddress: "a", FamilyName: "a", PhoneNumber1: "0"}})
		}, order.ErrInvalid},
		{"UPDATE_ORDERDELIVERY", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.UpdateOrderDelivery(ctx, "n-1", "宅配便")
		}, order.ErrInvalid},
		{"CANCEL_ORDER", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.CancelOrder(ctx, rakuten.CancelRequest{OrderNumber: "n-1", ChangeReasonDetailApply: 1})
		}, order.ErrInvalid},
		{"CANCEL_ORDER", func(c *rakuten.Client, ctx context.Context) (rakuten.UpdateResponse, error) {
			return c.CancelOrderAfterShipping(ctx,
				rakuten.CancelRequest{OrderNumber: "n-1", ChangeReasonDetailApply: 1})
		}, order.ErrInvalid},
	} {
		t.Run(c.token, func(t *testing.T) {
			good := `{"MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_` + c.token +
				`_INFO_101","message":"完了しました。","orderNumber":"n-1"}]}`
			out, err := c.call(reads(t, 200, good), t.Context())
			require.NoError(t, err)
			require.Equal(t, rakuten.Info, out.MessageModelList[0].MessageType)
			require.Equal(t, "n-1", out.MessageModelList[0].OrderNumber)

			bad := `{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_` + c.token +
				`_ERROR_102","message":"更新できません。","orderNumber":"n-1"}]}`
			for _, status := range []int{200, 400} {
				out, err = c.call(reads(t, status, bad), t.Context())
				var e *order.Error
				require.ErrorAs(t, err, &e)
				require.ErrorIs(t, err, c.class, status)
				require.Equal(t, "n-1", e.Order)
				require.Equal(t, "ORDER_EXT_API_"+c.token+"_ERROR_102", e.Code)
				require.Equal(t, "更新できません。", e.Message)
				require.Len(t, out.MessageModelList, 1, "the reply is there with the error")
			}
			_, err = c.call(reads(t, 400, `{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_`+
				c.token+`_ERROR_009","message":"項目を指定して下さい。"}]}`), t.Context())
			require.ErrorIs(t, err, order.ErrInvalid)
			require.ErrorContains(t, err, "required item is missing")
		})
	}
}

// TestLiteralReads reads a reply of each other operation in the form of the reference.
func TestLiteralReads(t *testing.T) {
	none, err := reads(t, 200,
		`{"orderNumberList": [], "MessageModelList": [{"messageType": "INFO", "messageCode": "ORDER_EXT_API_SEARCH_ORDER_INFO_102",
		"message": "注文検索に成功しました。(検索結果０件)"}], "PaginationResponseModel": {"totalRecordsAmount": null, "totalPages": null, "requestPage": null}}`).
		SearchOrder(t.Context(), rakuten.SearchOrderRequest{DateType: 1, StartDatetime: rakuten.NewDateTime(time.Now()),
			EndDatetime: rakuten.NewDateTime(time.Now())})
	require.NoError(t, err)
	require.Nil(t, none.PaginationResponseModel.TotalPages)

	id, out, err := reads(t, 200,
		`{"MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_UPDATE_ORDERSHIPPING_ASYNC_INFO_101","message":"受付が完了しました。",
		"requestId":"0a0b0c0d-0000-4000-8000-000000000000_20260601211405"}]}`).UpdateOrderShippingAsync(t.Context(),
		[]rakuten.OrderShippingModel{{OrderNumber: "n-1",
			BasketidModelList: []rakuten.BasketModel{
				{BasketID: 1, ShippingModelList: []rakuten.ShippingChange{{DeliveryCompany: "1001"}}}}}})
	require.NoError(t, err)
	require.Equal(t, "0a0b0c0d-0000-4000-8000-000000000000_20260601211405", id)
	require.Len(t, out.MessageModelList, 1)

	running, err := reads(t, 200, `{"ResultShippingModelList": [{"MessageModelList": [{"messageType": "INFO",
		"messageCode": "ORDER_EXT_API_GET_RESULT_UPDATEORDERSHIPPING_ASYNC_INFO_101", "message": "指定されたリクエストIDの処理結果は存在しませんでした。"}]}]}`).
		GetResultUpdateOrderShippingAsync(t.Context(), "r-1")
	require.NoError(t, err)
	require.False(t, running.Ready())
	ready, err := reads(t, 200,
		`{"ResultShippingModelList":[{"orderNumber":"n-1","MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_UPDATE_ORDERSHIPPING_INFO_101",
		"message":"追加しました。","dataNumber":1,"shippingDetailId":3000000001}]},{"orderNumber":"n-2","MessageModelList":[{"messageType":"ERROR",
		"messageCode":"ORDER_EXT_API_UPDATE_ORDERSHIPPING_ERROR_102","message":"キャンセルされた注文です。","dataNumber":1,"shippingDetailId":null}]}]}`).AwaitOrderShipping(t.Context(), "r-1")
	require.ErrorIs(t, err, order.ErrConflict)
	require.Equal(t, "n-2", order.Concerns(err))
	require.EqualValues(t, int64(3000000001), ready.ResultShippingModelList[0].MessageModelList[0].ShippingDetailID)

	subs, err := reads(t, 200,
		`{"MessageModelList":[],"StatusModelList":[{"orderProgress":100,"SubStatusModelList":[{"subStatusId":"3601","subStatusName":"見本","orderby":null}]}]}`).
		GetSubStatusList(t.Context())
	require.NoError(t, err)
	require.EqualValues(t, 3601, subs.StatusModelList[0].SubStatusModelList[0].SubStatusID, "a number as text")

	pay, err := reads(t, 200,
		`{"MessageModelList":[],"OrderModel":{"orderNumber":"n-1","PaymentModelList":[{"orderPaymentNumber":"n-1-1","paymentMethod":9,"paymentAmount":1000,
		"paymentStatus":30400,"paymentProcCancelNgDate":"2026-06-01T21:14:05+0900","PaymentBankModel":{"transferDate":"2026-06-02","transferNameKana":"ミホン"},
		"RefundModelList":null,"AdditionalFeeModelList":[{"additionalFeeId":1,"additionalFeeTaxRate":0.1}]}]}}`).GetPayment(t.Context(), "n-1")
	require.NoError(t, err)
	require.Equal(t, "決済手続きNG", pay.OrderModel.PaymentModelList[0].PaymentStatus.Name())
	require.Equal(t, "0.1", pay.OrderModel.PaymentModelList[0].AdditionalFeeModelList[0].AdditionalFeeTaxRate.String())
	_, err = reads(t, 200, `{"MessageModelList":[],"OrderModel":null}`).GetPayment(t.Context(), "n-1")
	require.ErrorIs(t, err, order.ErrNotFound)
	require.Equal(t, "n-1", order.Concerns(err))

	end, err := reads(t, 200, `{"expiryDate": "2026-11-28T23:59:59"}`).GetLicenseExpiry(t.Context(),
		credential.NewSecret("SL1"))
	require.NoError(t, err)
	require.Equal(t, "2026-11-28T23:59:59", end.ExpiryDate)

	_, err = reads(t, 400,
		`{"errors":[{"code":"IE0002","message":"quantity has an invalid value : a.","metadata":{"propertyPath":"quantity"}}]}`).
		UpsertInventory(t.Context(), rakuten.StockChange{Variant: rakuten.Variant{ManageNumber: "m", VariantID: "v"},
			Mode: rakuten.Absolute})
	require.ErrorContains(t, err, "IE0002")
	_, err = reads(t, 204, "").UpsertInventory(t.Context(),
		rakuten.StockChange{Variant: rakuten.Variant{ManageNumber: "m", VariantID: "v"}, Mode: rakuten.Absolute})
	require.NoError(t, err)
	stock, err := reads(t, 200,
		`{"inventories":[{"manageNumber":"m","variantId":"v","quantity":3,"shipFromIds":[1],"created":"2026-06-01T00:00:00+09:00"}]}`).
		GetInventories(t.Context(), []rakuten.Variant{{ManageNumber: "m", VariantID: "v"}})
	require.NoError(t, err)
	require.Equal(t, []int64{1}, stock.Inventories[0].ShipFromIDs)
}
