package rakuten

import "encoding/json"

// OrderModel (受注情報) is one order as getOrder version 10 returns it. Fields keep Rakuten's names and
// order. What is null, or missing in a lower version or an old order, is zero or nil. Amounts are
// pointers so that an absent one is not taken for zero yen, see Yen. Tax rates are kept as written
// ("0.08", "0").
//
// Page: …/rakutenpayorderapi/getorder
type OrderModel struct {
	OrderNumber   string        `json:"orderNumber" wire:"required"`
	OrderProgress OrderProgress `json:"orderProgress" wire:"required"`
	// the shop's own sub-status
	SubStatusID          *int64   `json:"subStatusId"`
	SubStatusName        string   `json:"subStatusName" wire:"present"`
	OrderDatetime        DateTime `json:"orderDatetime" wire:"required"`
	ShopOrderCfmDatetime DateTime `json:"shopOrderCfmDatetime"` // 注文確認日時
	OrderFixDatetime     DateTime `json:"orderFixDatetime"`     // 注文確定日時
	ShippingInstDatetime DateTime `json:"shippingInstDatetime"` // 発送指示日時
	// 発送完了報告日時
	ShippingCmplRptDatetime DateTime `json:"shippingCmplRptDatetime"`
	// キャンセル期限日
	CancelDueDate Date `json:"cancelDueDate"`
	// お届け日指定, for the whole order
	DeliveryDate Date `json:"deliveryDate" wire:"present"`
	// お届け時間帯: 0, 1, 2, 9 or from×100+to
	ShippingTerm *int64 `json:"shippingTerm" wire:"present"`
	// コメント: what the checkout form collected
	Remarks       string `json:"remarks" wire:"present"`
	GiftCheckFlag Flag   `json:"giftCheckFlag" wire:"required"`
	// since version 10
	SocialGiftFlag    Flag `json:"socialGiftFlag" wire:"required"`
	SeveralSenderFlag Flag `json:"severalSenderFlag" wire:"required"` // 複数送付先
	// sent to the buyer's own address
	EqualSenderFlag    Flag `json:"equalSenderFlag"`
	IsolatedIslandFlag Flag `json:"isolatedIslandFlag" wire:"required"` // 離島
	RakutenMemberFlag  Flag `json:"rakutenMemberFlag"`
	// the device, not the delivery company
	CarrierCode      Device           `json:"carrierCode"`
	EmailCarrierCode EmailCarrierCode `json:"emailCarrierCode"`
	OrderType        OrderType        `json:"orderType" wire:"required"`
	// 申込番号 of 定期購入, 頒布会 and 予約商品
	ReserveNumber string `json:"reserveNumber"`
	// number of this delivery; always 1 for 予約商品
	ReserveDeliveryCount *int64             `json:"reserveDeliveryCount"`
	CautionDisplayType   CautionDisplayType `json:"cautionDisplayType" wire:"required"`
	// since version 6
	CautionDisplayDetailType *CautionDisplayDetail `json:"cautionDisplayDetailType"`
	// 楽天確認中
	RakutenConfirmFlag Flag `json:"rakutenConfirmFlag" wire:"required"`
	// items at their registered prices, and wrapping; not always with tax
	GoodsPrice *Yen `json:"goodsPrice" wire:"required"`
	// up to version 7
	GoodsTax *Yen `json:"goodsTax"`
	// 送料合計
	PostagePrice *Yen `json:"postagePrice" wire:"required"`
	// 代引料合計
	DeliveryPrice *Yen `json:"deliveryPrice" wire:"required"`
	// 決済手数料合計
	PaymentCharge        *Yen        `json:"paymentCharge" wire:"required"`
	PaymentChargeTaxRate json.Number `json:"paymentChargeTaxRate"`
	// items, postage and wrapping with tax
	TotalPrice *Yen `json:"totalPrice" wire:"required"`
	// 請求金額
	RequestPrice        *Yen `json:"requestPrice" wire:"required"`
	CouponAllTotalPrice *Yen `json:"couponAllTotalPrice" wire:"required"`
	// the part of it paid by the shop
	CouponShopPrice *Yen `json:"couponShopPrice"`
	// the part of it paid by others
	CouponOtherPrice               *Yen `json:"couponOtherPrice"`
	AdditionalFeeOccurAmountToUser *Yen `json:"additionalFeeOccurAmountToUser" wire:"required"`
	AdditionalFeeOccurAmountToShop *Yen `json:"additionalFeeOccurAmountToShop"`
	AsurakuFlag                    Flag `json:"asurakuFlag"`
	DrugFlag                       Flag `json:"drugFlag" wire:"required"` // 医薬品
	DealFlag                       Flag `json:"dealFlag"`
	// 1 プレミアム, 2 学割; on old orders only
	MembershipType   int64  `json:"membershipType"`
	Memo             string `json:"memo" wire:"present"` // ひとことメモ
	Operator         string `json:"operator"`            // 担当者
	MailPlugSentence string `json:"mailPlugSentence"`
	// changed by the buyer
	ModifyFlag Flag `json:"modifyFlag" wire:"required"`
	// version 1 only
	IsTaxRecalc Flag `json:"isTaxRecalc"`
	// 領収書発行回数, since version 5
	ReceiptIssueCount       int64            `json:"receiptIssueCount"`
	ReceiptIssueHistoryList []DateTime       `json:"receiptIssueHistoryList"`
	OrdererModel            *OrdererModel    `json:"OrdererModel" wire:"required"`
	SettlementModel         *SettlementModel `json:"SettlementModel" wire:"present"`
	DeliveryModel           *DeliveryModel   `json:"DeliveryModel" wire:"required"`
	PointModel              *PointModel      `json:"PointModel" wire:"present"`
	WrappingModel1          *WrappingModel   `json:"WrappingModel1" wire:"present"`
	WrappingModel2          *WrappingModel   `json:"WrappingModel2" wire:"present"`
	PackageModelList        []PackageModel   `json:"PackageModelList" wire:"required"`
	// null when there are none
	CouponModelList       []CouponModel       `json:"CouponModelList" wire:"present"`
	ChangeReasonModelList []ChangeReasonModel `json:"ChangeReasonModelList"`
	TaxSummaryModelList   []TaxSummaryModel   `json:"TaxSummaryModelList" wire:"present"`
	// since version 5
	DueDateModelList []DueDateModel `json:"DueDateModelList"`
	// 最強翌日配送, since version 8
	DeliveryCertPrgFlag Flag `json:"deliveryCertPrgFlag"`
	// 1営業日以内出荷, since version 8
	OneDayOperationFlag Flag `json:"oneDayOperationFlag"`
}

// OrdererModel (注文者) is the buyer. UpdateOrderOrderer replaces all of it.
type OrdererModel struct {
	ZipCode1       string `json:"zipCode1" wire:"required"`
	ZipCode2       string `json:"zipCode2" wire:"present"`
	Prefecture     string `json:"prefecture" wire:"required"`
	City           string `json:"city" wire:"required"`
	SubAddress     string `json:"subAddress" wire:"present"`
	FamilyName     string `json:"familyName" wire:"required"`
	FirstName      string `json:"firstName" wire:"required"`
	FamilyNameKana string `json:"familyNameKana" wire:"present"`
	FirstNameKana  string `json:"firstNameKana" wire:"present"`
	PhoneNumber1   string `json:"phoneNumber1" wire:"present"`
	PhoneNumber2   string `json:"phoneNumber2" wire:"present"`
	PhoneNumber3   string `json:"phoneNumber3" wire:"present"`
	EmailAddress   string `json:"emailAddress" wire:"required"` // a masked relay address
	Sex            string `json:"sex"`                          // 男, 女
	BirthYear      *int64 `json:"birthYear"`
	BirthMonth     *int64 `json:"birthMonth"`
	BirthDay       *int64 `json:"birthDay"`
}

// SettlementModel (支払方法) is how the buyer pays. Card numbers are masked.
type SettlementModel struct {
	// 0 in very old orders
	SettlementMethodCode SettlementMethod `json:"settlementMethodCode" wire:"required"`
	// the name; it changes over time, use the code
	SettlementMethod string `json:"settlementMethod" wire:"required"`
	// 1: settled by Rakuten, 0: 選択制決済, by the shop
	RpaySettlementFlag Flag         `json:"rpaySettlementFlag" wire:"required"`
	CardName           string       `json:"cardName"`
	CardNumber         string       `json:"cardNumber"`
	CardOwner          string       `json:"cardOwner"`
	CardYm             string       `json:"cardYm"` // 2030-12
	CardPayType        *CardPayType `json:"cardPayType"`
	// 103 to 124 for 3 to 24 instalments
	CardInstallmentDesc string `json:"cardInstallmentDesc"`
}

// DeliveryModel (配送方法) is the delivery method.
type DeliveryModel struct {
	// one of the names that the shop has set up
	DeliveryName  string         `json:"deliveryName" wire:"required"`
	DeliveryClass *DeliveryClass `json:"deliveryClass"`
}

// PointModel (ポイント) is the points used.
type PointModel struct {
	UsedPoint *Yen `json:"usedPoint" wire:"required"` // one point is one yen
}

// WrappingModel (ラッピング) is one wrapping.
type WrappingModel struct {
	Title              WrappingTitle `json:"title"`
	Name               string        `json:"name" wire:"present"`
	Price              *Yen          `json:"price" wire:"present"`
	IncludeTaxFlag     Flag          `json:"includeTaxFlag" wire:"present"`
	DeleteWrappingFlag Flag          `json:"deleteWrappingFlag"`
	TaxRate            json.Number   `json:"taxRate" wire:"present"`
	// the tax, whether or not Price includes it
	TaxPrice *Yen `json:"taxPrice" wire:"present"`
}
