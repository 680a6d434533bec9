package rakuten

import (
	"context"
	"encoding/json"
)

// paymentVersion is the newest version of getPayment that has been seen.
const paymentVersion = 4

// GetPaymentResponse is the answer to GetPayment. No recorded reply has been published: everything
// but the field names rests on few sources, and any field may be absent.
type GetPaymentResponse struct {
	MessageModelList []MessageModel     `json:"MessageModelList"`
	OrderModel       *PaymentOrderModel `json:"OrderModel"`
	Reply            Reply              `json:"-"`
}

// PaymentOrderModel is an order with its payments.
type PaymentOrderModel struct {
	OrderNumber string `json:"orderNumber"`
	// the name of this key comes from a single source
	PaymentModelList []PaymentModel `json:"PaymentModelList"`
}

// PaymentModel (決済) is one payment.
type PaymentModel struct {
	OrderPaymentNumber      string           `json:"orderPaymentNumber"`
	PaymentMethod           SettlementMethod `json:"paymentMethod"`
	PaymentAmount           *Yen             `json:"paymentAmount"`
	PaymentCharge           *Yen             `json:"paymentCharge"`
	PaymentStatus           PaymentStatus    `json:"paymentStatus"`
	PaymentProcReqDatetime  DateTime         `json:"paymentProcReqDatetime"`
	PaymentProcNgDatetime   DateTime         `json:"paymentProcNgDatetime"`
	PaymentProcCmplDatetime DateTime         `json:"paymentProcCmplDatetime"`
	// an instant, despite its name
	PaymentProcCancelNgDate              DateTime              `json:"paymentProcCancelNgDate"`
	PaymentProcCancelCmplDatetime        DateTime              `json:"paymentProcCancelCmplDatetime"`
	PaymentReqDatetime                   DateTime              `json:"paymentReqDatetime"`
	PaymentNgDatetime                    DateTime              `json:"paymentNgDatetime"`
	PaymentFixDatetime                   DateTime              `json:"paymentFixDatetime"`
	PaymentCancelNgDatetime              DateTime              `json:"paymentCancelNgDatetime"`
	PaymentCancelCmplDatetime            DateTime              `json:"paymentCancelCmplDatetime"`
	PaymentCancelFixDatetime             DateTime              `json:"paymentCancelFixDatetime"`
	PayExpectDate                        Date                  `json:"payExpectDate"`
	MinusPayExpectDate                   Date                  `json:"minusPayExpectDate"`
	PaymentOrganizationLinkageNumberList []string              `json:"paymentOrganizationLinkageNumberList"`
	PaymentCardModel                     *PaymentCardModel     `json:"PaymentCardModel"`
	PaymentMultiModel                    *PaymentMultiModel    `json:"PaymentMultiModel"`
	PaymentBankModel                     *PaymentBankModel     `json:"PaymentBankModel"`
	PaymentPayAfterModel                 *PaymentPayAfterModel `json:"PaymentPayAfterModel"`
	PaymentPaypalModel                   *PaymentPaypalModel   `json:"PaymentPaypalModel"`
	RefundModelList                      []RefundModel         `json:"RefundModelList"`
	AdditionalFeeModelList               []AdditionalFeeModel  `json:"AdditionalFeeModelList"`
}

// PaymentCardModel is a card payment.
type PaymentCardModel struct {
	CardName            string       `json:"cardName"`
	CardYm              string       `json:"cardYm"`
	CardOwner           string       `json:"cardOwner"`
	CardNumber          string       `json:"cardNumber"`
	CardPayType         *CardPayType `json:"cardPayType"`
	CardInstallmentDesc string       `json:"cardInstallmentDesc"`
}

// PaymentMultiModel is a payment at a convenience store or by Pay-easy.
type PaymentMultiModel struct {
	EventDatetime DateTime `json:"eventDatetime"`
	RcvgNumber    string   `json:"rcvgNumber"`
	PayInfoURL    string   `json:"payInfoUrl"`
	PayStartURL   string   `json:"payStartUrl"`
}

// PaymentBankModel is a bank transfer.
type PaymentBankModel struct {
	TransferDate     Date   `json:"transferDate"`
	TransferNameKana string `json:"transferNameKana"`
}

// PaymentPayAfterModel is a deferred payment.
type PaymentPayAfterModel struct {
	RcvgAgcyTypeName string `json:"rcvgAgcyTypeName"`
	RcvgNumber       string `json:"rcvgNumber"`
}

// PaymentPaypalModel is a payment by [PayPal].
type PaymentPaypalModel struct {
	EventDate DateTime `json:"eventDate"`
	BillID    string   `json:"billId"`
}

// AdditionalFeeModel is a fee for a deferred payment or a chargeback.
type AdditionalFeeModel struct {
	AdditionalFeeID            int64       `json:"additionalFeeId"`
	AdditionalFeeType          int64       `json:"additionalFeeType"` // 1 後払い手数料, 2 チャージバック手数料
	PayFrom                    int64       `json:"payFrom"`           // 1 buyer, 2 shop
	AdditionalFeeOccurDatetime DateTime    `json:"additionalFeeOccurDatetime"`
	AdditionalFeeOccurAmount   *Yen        `json:"additionalFeeOccurAmount"`
	AdditionalFeeTaxRate       json.Number `json:"additionalFeeTaxRate"`
}

// RefundModel is a refund.
type RefundModel struct {
	PaymentAmount           *Yen          `json:"paymentAmount"`
	PaymentStatus           PaymentStatus `json:"paymentStatus"`
	PaymentProcCmplDatetime DateTime      `json:"paymentProcCmplDatetime"`
	PaymentReqDatetime      DateTime      `json:"paymentReqDatetime"`
	PaymentFixDatetime      DateTime      `json:"paymentFixDatetime"`
	PayExpectDate           Date          `json:"payExpectDate"`
}

// GetPayment (決済情報取得) reads the payments of one order. An answer without the order is
// [order.ErrNotFound].
//
// Safe to repeat. Page: …/rakutenpayorderapi/getpayment
func (c *Client) GetPayment(ctx context.Context, orderNumber string) (GetPaymentResponse, error) {
	call := c.on("getPayment", orderNumber)
	var v validation
	v.top().number("orderNumber", orderNumber)
	if err := v.wrong.Err(); err != nil {
		return GetPaymentResponse{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	var out GetPaymentResponse
	reply, err := c.send(ctx, call, struct {
		OrderNumber string `json:"orderNumber"`
		Version     int64  `json:"version"`
	}{orderNumber, paymentVersion}, &out)
	out.Reply = reply
	err = c.outcome(call, reply, out.MessageModelList, err)
	if err == nil && out.OrderModel == nil {
		err = c.calls.Missing(call.Operation.Name, orderNumber)
	}
	return out, err
}
