package rakutentest

import (
	"fmt"
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// getPayment answers with one payment of the whole order. No recorded reply has been published: the
// names of the fields are those of public clients.
func (m *Mall) getPayment(r call) fake.Reply {
	const token = "GET_PAYMENT"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	w, refused := m.one(in, token)
	if refused != nil {
		return *refused
	}
	if version, there, ok := in.number("version"); !there || !ok || version < 1 {
		return messages(http.StatusBadRequest, missing(token, "version"))
	}
	status := 30300
	switch {
	case w.OrderProgress < 300:
		status = 30100
	case w.OrderProgress == 700:
		status = 30600
	case w.OrderProgress == 900:
		status = 31500
	}
	payment := map[string]any{
		"orderPaymentNumber": w.OrderNumber + "-1",
		"paymentMethod":      w.SettlementModel.SettlementMethodCode,
		"paymentAmount":      w.RequestPrice,
		"paymentCharge":      w.PaymentCharge, "paymentStatus": status,
		"paymentProcReqDatetime":  w.ShopOrderCfmDatetime,
		"paymentProcCmplDatetime": w.OrderFixDatetime, "paymentProcCancelNgDate": nil,
		"payExpectDate":                        nil,
		"paymentOrganizationLinkageNumberList": nil, "PaymentCardModel": nil,
		"RefundModelList": []any{}, "AdditionalFeeModelList": []any{},
	}
	if s := w.SettlementModel; s.CardNumber != nil {
		payment["PaymentCardModel"] = map[string]any{"cardName": s.CardName, "cardYm": s.CardYm,
			"cardOwner":  s.CardOwner,
			"cardNumber": s.CardNumber, "cardPayType": s.CardPayType,
			"cardInstallmentDesc": s.CardInstallmentDesc}
	}
	return fake.JSON(http.StatusOK, map[string]any{
		"MessageModelList": []message{
			info(token+"_INFO_101", "決済情報取得に成功しました。").about(w.OrderNumber)},
		"OrderModel": map[string]any{"orderNumber": w.OrderNumber,
			"PaymentModelList": []any{payment}},
	})
}

// getOrderItem is getOrder without personal data.
func (m *Mall) getOrderItem(r call) fake.Reply {
	const token = "GET_ORDER"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	numbers, refused := several(in, token)
	if refused != nil {
		return *refused
	}
	orders := []any{}
	for _, n := range numbers {
		if w := m.orders[n]; w != nil {
			orders = append(orders, w.impersonal())
		}
	}
	return fake.JSON(http.StatusOK, map[string]any{
		"MessageModelList": []message{
			info(token+"_INFO_101", fmt.Sprintf("受注情報取得に成功しました。(取得件数%d件)", len(orders)))},
		"OrderModelList": orders,
	})
}

func (w *orderModel) impersonal() map[string]any {
	packages := make([]map[string]any, len(w.PackageModelList))
	for i, p := range w.PackageModelList {
		packages[i] = map[string]any{"basketId": p.BasketID, "postagePrice": p.PostagePrice,
			"postageTaxRate": p.PostageTaxRate,
			"deliveryPrice":  p.DeliveryPrice, "deliveryTaxRate": p.DeliveryTaxRate,
			"goodsPrice": p.GoodsPrice, "totalPrice": p.TotalPrice,
			"ItemModelList":              p.ItemModelList,
			"defaultDeliveryCompanyCode": p.DefaultDeliveryCompanyCode}
	}
	return map[string]any{
		"orderNumber": w.OrderNumber, "orderProgress": w.OrderProgress,
		"orderDatetime": w.OrderDatetime, "deliveryDate": w.DeliveryDate,
		"shippingTerm": w.ShippingTerm, "socialGiftFlag": w.SocialGiftFlag,
		"orderType": w.OrderType, "goodsPrice": w.GoodsPrice,
		"postagePrice": w.PostagePrice, "deliveryPrice": w.DeliveryPrice,
		"paymentCharge": w.PaymentCharge, "totalPrice": w.TotalPrice,
		"requestPrice": w.RequestPrice, "couponAllTotalPrice": w.CouponAllTotalPrice,
		"couponShopPrice":                w.CouponShopPrice,
		"couponOtherPrice":               w.CouponOtherPrice,
		"additionalFeeOccurAmountToUser": w.AdditionalFeeOccurAmountToUser,
		"OrdererModel": map[string]string{
			"prefecture": w.OrdererModel.Prefecture},
		"SettlementModel": map[string]int{
			"settlementMethodCode": w.SettlementModel.SettlementMethodCode},
		"DeliveryModel": w.DeliveryModel,
		"PointModel":    w.PointModel, "WrappingModel1": w.WrappingModel1,
		"WrappingModel2": w.WrappingModel2, "PackageModelList": packages,
		"TaxSummaryModelList": w.TaxSummaryModelList, "deliveryCertPrgFlag": w.DeliveryCertPrgFlag,
		"oneDayOperationFlag": w.OneDayOperationFlag,
	}
}

// licenseExpiry reports when a key of the shop ends. Its form of failure has not been published;
// the inventory API's is taken.
func (m *Mall) licenseExpiry(r call) fake.Reply {
	for _, l := range m.keys {
		if l.key == r.URL.Query().Get("licenseKey") {
			return fake.JSON(http.StatusOK,
				map[string]string{"expiryDate": l.ends.Add(-time.Second).In(jst).Format(
					"2006-01-02T15:04:05")})
		}
	}
	return apiErrors(http.StatusBadRequest, "LM0001", "licenseKey is invalid.", "licenseKey")
}

// apiErrors is the body of failures of the APIs that are not the order API.
func apiErrors(status int, code, words, field string) fake.Reply {
	return fake.JSON(status, map[string]any{"errors": []map[string]any{
		{"code": code, "message": words, "metadata": map[string]string{"propertyPath": field}}}})
}
