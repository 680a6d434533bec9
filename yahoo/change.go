package yahoo

import (
	"context"
	"reflect"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
)

// OrderChangeRequest holds the parameters of [OrderChange]. The fields of Order are pointers: nil
// leaves a value unchanged, a pointer to "" or to a zero date clears it.
type OrderChangeRequest struct {
	OrderID string
	Order   OrderChange
	// lets a smaller quantity reduce the coupons; orders since 2025-10-29, not auction orders
	IsCouponUpdateAllowed bool
	OperationUser         string
}

// OrderChange is what to change. The statuses of order, payment and shipping have separate
// operations.
type OrderChange struct {
	IsSeen  *bool    `xml:"IsSeen"`          // only false to true
	Suspect *Suspect `xml:"Suspect" max:"1"` // must be the only change
	PayType *PayType `xml:"PayType" max:"1"`
	PayKind *PayKind `xml:"PayKind" max:"1"`
	// needs PayMethodName, or the store tool keeps the old name
	PayMethod                 *PayMethod    `xml:"PayMethod" max:"11"`
	PayMethodName             *string       `xml:"PayMethodName" max:"150"`
	StoreStatus               *string       `xml:"StoreStatus" max:"2"` // 1 to 10
	PrintSlipTime             *time.Time    `xml:"PrintSlipTime"`
	PrintDeliveryTime         *time.Time    `xml:"PrintDeliveryTime"`
	PrintBillTime             *time.Time    `xml:"PrintBillTime"`
	BuyerComments             *string       `xml:"BuyerComments" max:"750"`
	SellerComments            *string       `xml:"SellerComments" max:"750"`
	Notes                     *string       `xml:"Notes" max:"1500"`     // 社内メモ
	RefundStatus              *RefundStatus `xml:"RefundStatus" max:"1"` // only RefundDone
	IsFirstClassDrugAgreement *bool         `xml:"IsFirstClassDrugAgreement"`
	SlowlyShipPoint           *int64        `xml:"SlowlyShipPoint"`
	Pay                       PayChange     `xml:"Pay"`
	Ship                      ShipChange    `xml:"Ship"`
	Detail                    DetailChange  `xml:"Detail"`
	Items                     []ItemChange  `xml:"Item"`
}

// PayChange is what to change in the payment part.
type PayChange struct {
	PayDate            *order.Date `xml:"PayDate"`
	PayNotes           *string     `xml:"PayNotes" max:"1000"`
	PayManageLimitDate *order.Date `xml:"PayManageLimitDate"`
	NeedBillSlip       *bool       `xml:"NeedBillSlip"`
	NeedDetailedSlip   *bool       `xml:"NeedDetailedSlip"`
	NeedReceipt        *bool       `xml:"NeedReceipt"`
	BillFirstName      *string     `xml:"BillFirstName" max:"297"`
	// the request's table spells it this way; see Assumptions
	BillFirstNameKana  *string          `xml:"BillFirstnameKana" max:"297"`
	BillLastName       *string          `xml:"BillLastName" max:"297"`
	BillLastNameKana   *string          `xml:"BillLastNameKana" max:"297"`
	BillZipCode        *string          `xml:"BillZipCode" max:"10"`
	BillPrefecture     *string          `xml:"BillPrefecture" max:"12"`
	BillPrefectureKana *string          `xml:"BillPrefectureKana" max:"18"`
	BillCity           *string          `xml:"BillCity" max:"297"`
	BillCityKana       *string          `xml:"BillCityKana" max:"297"`
	BillAddressFrom    *BillAddressFrom `xml:"BillAddressFrom" max:"4"`
	BillAddress1       *string          `xml:"BillAddress1" max:"297"`
	BillAddress1Kana   *string          `xml:"BillAddress1Kana" max:"297"`
	BillAddress2       *string          `xml:"BillAddress2" max:"297"`
	BillAddress2Kana   *string          `xml:"BillAddress2Kana" max:"297"`
	BillPhoneNumber    *string          `xml:"BillPhoneNumber" max:"14"`
	BillEmgPhoneNumber *string          `xml:"BillEmgPhoneNumber" max:"14"`
	BillMailAddress    *string          `xml:"BillMailAddress" max:"297"`
	BillSection1Field  *string          `xml:"BillSection1Field" max:"297"`
	BillSection1Value  *string          `xml:"BillSection1Value" max:"297"`
	BillSection2Field  *string          `xml:"BillSection2Field" max:"297"`
	BillSection2Value  *string          `xml:"BillSection2Value" max:"297"`
}

// ShipChange is what to change in the delivery part.
type ShipChange struct {
	ShipMethod                   *string           `xml:"ShipMethod" max:"9"`
	ShipMethodName               *string           `xml:"ShipMethodName" max:"150"`
	ShipRequestDate              *order.Date       `xml:"ShipRequestDate"`
	ShipRequestTime              *string           `xml:"ShipRequestTime" max:"13"` // お届け希望時間
	ShipNotes                    *string           `xml:"ShipNotes" max:"500"`
	ShipCompanyCode              *ShipCompanyCode  `xml:"ShipCompanyCode" max:"4"`
	ShipInvoiceNumber1           *string           `xml:"ShipInvoiceNumber1" max:"30"`
	ShipInvoiceNumber2           *string           `xml:"ShipInvoiceNumber2" max:"30"`
	ShipInvoiceNumberEmptyReason *EmptyReason      `xml:"ShipInvoiceNumberEmptyReason" max:"3"`
	ShipURL                      *string           `xml:"ShipUrl" max:"100"`
	ArriveType                   *ArriveType       `xml:"ArriveType" max:"1"`
	ShipDate                     *order.Date       `xml:"ShipDate"`
	ArrivalDate                  *order.Date       `xml:"ArrivalDate"`
	NeedGiftWrap                 *bool             `xml:"NeedGiftWrap"`
	GiftWrapType                 *string           `xml:"GiftWrapType" max:"30"`
	GiftWrapMessage              *string           `xml:"GiftWrapMessage" max:"297"`
	NeedGiftWrapPaper            *bool             `xml:"NeedGiftWrapPaper"`
	GiftWrapPaperType            *string           `xml:"GiftWrapPaperType" max:"30"`
	GiftWrapName                 *string           `xml:"GiftWrapName" max:"297"`
	ShipFirstName                *string           `xml:"ShipFirstName" max:"297"`
	ShipFirstNameKana            *string           `xml:"ShipFirstNameKana" max:"297"`
	ShipLastName                 *string           `xml:"ShipLastName" max:"297"`
	ShipLastNameKana             *string           `xml:"ShipLastNameKana" max:"297"`
	ShipZipCode                  *string           `xml:"ShipZipCode" max:"10"`
	ShipPrefecture               *string           `xml:"ShipPrefecture" max:"12"`
	ShipPrefectureKana           *string           `xml:"ShipPrefectureKana" max:"18"`
	ShipCity                     *string           `xml:"ShipCity" max:"297"`
	ShipCityKana                 *string           `xml:"ShipCityKana" max:"297"`
	ShipAddress1                 *string           `xml:"ShipAddress1" max:"297"`
	ShipAddress1Kana             *string           `xml:"ShipAddress1Kana" max:"297"`
	ShipAddress2                 *string           `xml:"ShipAddress2" max:"297"`
	ShipAddress2Kana             *string           `xml:"ShipAddress2Kana" max:"297"`
	ShipPhoneNumber              *string           `xml:"ShipPhoneNumber" max:"14"`
	ShipEmgPhoneNumber           *string           `xml:"ShipEmgPhoneNumber" max:"14"`
	ShipSection1Field            *string           `xml:"ShipSection1Field" max:"297"`
	ShipSection1Value            *string           `xml:"ShipSection1Value" max:"297"`
	ShipSection2Field            *string           `xml:"ShipSection2Field" max:"297"`
	ShipSection2Value            *string           `xml:"ShipSection2Value" max:"297"`
	CashOnDeliveryTax            *int64            `xml:"CashOnDeliveryTax"`
	ReceiveShopCode              *string           `xml:"ReceiveShopCode" max:"50"`
	ReceiveShopName              *string           `xml:"ReceiveShopName" max:"200"`
	IsEazy                       *bool             `xml:"IsEazy"`
	EazyDeliveryCode             *EazyDeliveryCode `xml:"EazyDeliveryCode" max:"2"`
	EazyDeliveryName             *string           `xml:"EazyDeliveryName" max:"50"`
	IsMallContactlessDelivery    *bool             `xml:"IsMallContactlessDelivery"`
}

// DetailChange is what to change in the amounts, in yen.
type DetailChange struct {
	PayCharge        *int64 `xml:"PayCharge"`
	ShipCharge       *int64 `xml:"ShipCharge"`
	GiftWrapCharge   *int64 `xml:"GiftWrapCharge"`
	Discount         *int64 `xml:"Discount"`
	Adjustments      *int64 `xml:"Adjustments"`      // at most 50000; may be negative
	GiftCardDiscount *int64 `xml:"GiftCardDiscount"` // only 0, which cancels the voucher
}

// ItemChange is what to change in one line.
type ItemChange struct {
	LineID      int64       `xml:"LineId"`
	Quantity    *int64      `xml:"Quantity"`
	ReleaseDate *order.Date `xml:"ReleaseDate"`
}

type changeRequest struct {
	Target                target      `xml:"Target"`
	IsCouponUpdateAllowed *bool       `xml:"IsCouponUpdateAllowed"`
	Order                 OrderChange `xml:"Order"`
	SellerID              string      `xml:"SellerId"`
}

// OrderChange (注文内容変更) changes an order, except its statuses, and marks it as seen. Orders of LINE
// gifts accept few of the fields. If both a ShipMethod and a carrier are given, see
// OrderShipStatusChange. A change that the order's state forbids is an error of class
// [order.ErrConflict]. The answer names no order: confirm the change with [OrderInfo]. Not safe to
// repeat: after a lost answer read the order first.
//
// https://developer.yahoo.co.jp/webapi/shopping/orderChange.html
func (c *Client) OrderChange(ctx context.Context, req OrderChangeRequest) (UpdateResponse, error) {
	report, doc := req.prepare(c.shop)
	return c.simple(ctx, orderChange, req.OrderID, report, doc)
}

// prepare returns the document and what is wrong with it.
func (r OrderChangeRequest) prepare(shop string) (*check.Report, any) {
	report := new(check.Report)
	f := report.Fields().In("Order")
	checkChange(f, &r.Order)
	if isEmpty(r.Order) {
		f.Add("", "%v", errNoChange)
	}
	doc := changeRequest{Target: target{OrderID: r.OrderID, OperationUser: r.OperationUser},
		Order: r.Order, SellerID: shop}
	if r.IsCouponUpdateAllowed {
		doc.IsCouponUpdateAllowed = &r.IsCouponUpdateAllowed
	}
	return report, doc
}

func checkChange(f check.Fields, o *OrderChange) {
	if rest := *o; o.Suspect != nil {
		if rest.Suspect = nil; !isEmpty(rest) {
			f.Add("Suspect", "must be the only change")
		}
	}
	if no(o.IsSeen) {
		f.Add("IsSeen", "the mall takes true only")
	}
	if o.PayMethod != nil && o.PayMethodName == nil {
		f.Add("PayMethodName", "is needed with PayMethod, or the store tool keeps the old words")
	}
	if o.RefundStatus != nil && *o.RefundStatus != RefundDone {
		f.Add("RefundStatus", "the mall takes 2 only")
	}
	if a := o.Detail.Adjustments; a != nil && *a > 50_000 {
		f.Add("Detail.Adjustments", "%d, at most 50000", *a)
	}
	if g := o.Detail.GiftCardDiscount; g != nil && *g != 0 {
		f.Add("Detail.GiftCardDiscount", "the mall takes 0 only, which cancels the voucher")
	}
	for i, item := range o.Items {
		f.Item("Items", i).Range("LineID", item.LineID, 1, 99)
		if item.Quantity != nil {
			f.Item("Items", i).Range("Quantity", *item.Quantity, 0, 999)
		}
	}
	if o.StoreStatus != nil && *o.StoreStatus != "" {
		if n, err := strconv.Atoi(*o.StoreStatus); err != nil || n < 1 || n > 10 {
			f.Add("StoreStatus", "is not one of 1 to 10")
		}
	}
	var company ShipCompanyCode
	if o.Ship.ShipCompanyCode != nil {
		company = *o.Ship.ShipCompanyCode
	}
	checkNumbers(f.In("Ship"), o.Ship.ShipInvoiceNumber1, o.Ship.ShipInvoiceNumber2,
		o.Ship.ShipInvoiceNumberEmptyReason, company)
}

// isEmpty reports whether a change would write no element.
func isEmpty(o OrderChange) bool {
	e := encoder{}
	e.fields(reflect.ValueOf(o), e.report.Fields())
	return e.buf.Len() == 0
}
