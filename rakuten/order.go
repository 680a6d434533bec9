package rakuten

import "encoding/json"

// OrderModel (受注情報) is one order as getOrder gives it, version 10. Fields keep Rakuten's names and order. What a lower version
// returned, or an old order lacks, is zero or nil; null is zero or nil too. Amounts are pointers so that an absent one is never
// taken for zero yen, see Yen. Tax rates are kept as written ("0.08", "0").
//
// Page: getOrder, レスポンス OrderModel.
type OrderModel struct {
	OrderNumber                    string                `json:"orderNumber"`
	OrderProgress                  OrderProgress         `json:"orderProgress"`
	SubStatusID                    *int64                `json:"subStatusId"`   // the shop's own sub-status
	SubStatusName                  string                `json:"subStatusName"` //
	OrderDatetime                  DateTime              `json:"orderDatetime"`
	ShopOrderCfmDatetime           DateTime              `json:"shopOrderCfmDatetime"`    // 注文確認日時
	OrderFixDatetime               DateTime              `json:"orderFixDatetime"`        // 注文確定日時
	ShippingInstDatetime           DateTime              `json:"shippingInstDatetime"`    // 発送指示日時
	ShippingCmplRptDatetime        DateTime              `json:"shippingCmplRptDatetime"` // 発送完了報告日時
	CancelDueDate                  Date                  `json:"cancelDueDate"`           // キャンセル期限日
	DeliveryDate                   Date                  `json:"deliveryDate"`            // お届け日指定, one for the whole order
	ShippingTerm                   *int64                `json:"shippingTerm"`            // お届け時間帯: 0, 1, 2, 9 or from×100+to
	Remarks                        string                `json:"remarks"`                 // コメント: what the checkout form asked
	GiftCheckFlag                  Flag                  `json:"giftCheckFlag"`
	SocialGiftFlag                 Flag                  `json:"socialGiftFlag"`     // since version 10
	SeveralSenderFlag              Flag                  `json:"severalSenderFlag"`  // 複数送付先
	EqualSenderFlag                Flag                  `json:"equalSenderFlag"`    // sent to the buyer himself
	IsolatedIslandFlag             Flag                  `json:"isolatedIslandFlag"` // 離島
	RakutenMemberFlag              Flag                  `json:"rakutenMemberFlag"`
	CarrierCode                    CarrierCode           `json:"carrierCode"` // the device, not the delivery company
	EmailCarrierCode               EmailCarrierCode      `json:"emailCarrierCode"`
	OrderType                      OrderType             `json:"orderType"`
	ReserveNumber                  string                `json:"reserveNumber"`            // 申込番号 of a subscription or a pre-order
	ReserveDeliveryCount           *int64                `json:"reserveDeliveryCount"`     // which delivery of it this is
	CautionDisplayType             CautionDisplayType    `json:"cautionDisplayType"`       //
	CautionDisplayDetailType       *CautionDisplayDetail `json:"cautionDisplayDetailType"` // since version 6
	RakutenConfirmFlag             Flag                  `json:"rakutenConfirmFlag"`       // 楽天確認中
	GoodsPrice                     *Yen                  `json:"goodsPrice"`               // items as registered, and wrapping; not always with tax
	GoodsTax                       *Yen                  `json:"goodsTax"`                 // up to version 7
	PostagePrice                   *Yen                  `json:"postagePrice"`             // 送料合計
	DeliveryPrice                  *Yen                  `json:"deliveryPrice"`            // 代引料合計
	PaymentCharge                  *Yen                  `json:"paymentCharge"`            // 決済手数料合計
	PaymentChargeTaxRate           json.Number           `json:"paymentChargeTaxRate"`     //
	TotalPrice                     *Yen                  `json:"totalPrice"`               // items, postage and wrapping with tax
	RequestPrice                   *Yen                  `json:"requestPrice"`             // 請求金額
	CouponAllTotalPrice            *Yen                  `json:"couponAllTotalPrice"`      //
	CouponShopPrice                *Yen                  `json:"couponShopPrice"`          // of it, paid by the shop
	CouponOtherPrice               *Yen                  `json:"couponOtherPrice"`         // of it, paid by others
	AdditionalFeeOccurAmountToUser *Yen                  `json:"additionalFeeOccurAmountToUser"`
	AdditionalFeeOccurAmountToShop *Yen                  `json:"additionalFeeOccurAmountToShop"`
	AsurakuFlag                    Flag                  `json:"asurakuFlag"`
	DrugFlag                       Flag                  `json:"drugFlag"` // 医薬品
	DealFlag                       Flag                  `json:"dealFlag"`
	MembershipType                 int64                 `json:"membershipType"` // 1 プレミアム, 2 学割; none any more
	Memo                           string                `json:"memo"`           // ひとことメモ
	Operator                       string                `json:"operator"`       // 担当者
	MailPlugSentence               string                `json:"mailPlugSentence"`
	ModifyFlag                     Flag                  `json:"modifyFlag"`        // changed by the buyer
	IsTaxRecalc                    Flag                  `json:"isTaxRecalc"`       // version 1 only
	ReceiptIssueCount              int64                 `json:"receiptIssueCount"` // 領収書発行回数, since version 5
	ReceiptIssueHistoryList        []DateTime            `json:"receiptIssueHistoryList"`
	OrdererModel                   *OrdererModel         `json:"OrdererModel"`
	SettlementModel                *SettlementModel      `json:"SettlementModel"`
	DeliveryModel                  *DeliveryModel        `json:"DeliveryModel"`
	PointModel                     *PointModel           `json:"PointModel"`
	WrappingModel1                 *WrappingModel        `json:"WrappingModel1"`
	WrappingModel2                 *WrappingModel        `json:"WrappingModel2"`
	PackageModelList               []PackageModel        `json:"PackageModelList"`
	CouponModelList                []CouponModel         `json:"CouponModelList"` // null when there are none
	ChangeReasonModelList          []ChangeReasonModel   `json:"ChangeReasonModelList"`
	TaxSummaryModelList            []TaxSummaryModel     `json:"TaxSummaryModelList"`
	DueDateModelList               []DueDateModel        `json:"DueDateModelList"`    // since version 5
	DeliveryCertPrgFlag            Flag                  `json:"deliveryCertPrgFlag"` // 最強翌日配送, since version 8
	OneDayOperationFlag            Flag                  `json:"oneDayOperationFlag"` // 1営業日以内出荷, since version 8
}

// OrdererModel (注文者) is the buyer. In updateOrderOrderer it replaces the whole of it.
type OrdererModel struct {
	ZipCode1       string `json:"zipCode1"`
	ZipCode2       string `json:"zipCode2"`
	Prefecture     string `json:"prefecture"`
	City           string `json:"city"`
	SubAddress     string `json:"subAddress"`
	FamilyName     string `json:"familyName"`
	FirstName      string `json:"firstName"`
	FamilyNameKana string `json:"familyNameKana"`
	FirstNameKana  string `json:"firstNameKana"`
	PhoneNumber1   string `json:"phoneNumber1"`
	PhoneNumber2   string `json:"phoneNumber2"`
	PhoneNumber3   string `json:"phoneNumber3"`
	EmailAddress   string `json:"emailAddress"` // a relay address
	Sex            string `json:"sex"`          // 男, 女
	BirthYear      *int64 `json:"birthYear"`
	BirthMonth     *int64 `json:"birthMonth"`
	BirthDay       *int64 `json:"birthDay"`
}

// SettlementModel (支払方法) is how the buyer pays. Card numbers come masked.
type SettlementModel struct {
	SettlementMethodCode SettlementMethod `json:"settlementMethodCode"` // 0 in very old orders
	SettlementMethod     string           `json:"settlementMethod"`     // the name; it changes over time, use the code
	RpaySettlementFlag   Flag             `json:"rpaySettlementFlag"`   // 1: settled by Rakuten, 0: 選択制決済, by the shop
	CardName             string           `json:"cardName"`
	CardNumber           string           `json:"cardNumber"`
	CardOwner            string           `json:"cardOwner"`
	CardYm               string           `json:"cardYm"` // 2030-12
	CardPayType          *CardPayType     `json:"cardPayType"`
	CardInstallmentDesc  string           `json:"cardInstallmentDesc"` // 103 … 124 for 3 to 24 instalments
}

// DeliveryModel (配送方法) is the delivery method.
type DeliveryModel struct {
	DeliveryName  string         `json:"deliveryName"` // the shop's choice of names
	DeliveryClass *DeliveryClass `json:"deliveryClass"`
}

// PointModel (ポイント) is the use of points.
type PointModel struct {
	UsedPoint *Yen `json:"usedPoint"` // one point is one yen
}

// WrappingModel (ラッピング) is one wrapping.
type WrappingModel struct {
	Title              WrappingTitle `json:"title"`
	Name               string        `json:"name"`
	Price              *Yen          `json:"price"`
	IncludeTaxFlag     Flag          `json:"includeTaxFlag"`
	DeleteWrappingFlag Flag          `json:"deleteWrappingFlag"`
	TaxRate            json.Number   `json:"taxRate"`
	TaxPrice           *Yen          `json:"taxPrice"` // the tax, be it in the price or not
}
