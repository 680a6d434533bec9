package yahoo

// Detail holds the amounts of an order, in yen. nil is empty or missing. Only Adjustments may be
// negative.
type Detail struct {
	PayCharge      *int64 `xml:"PayCharge"`  // 手数料, such as for cash on delivery
	ShipCharge     *int64 `xml:"ShipCharge"` // 送料, after a free-shipping coupon
	GiftWrapCharge *int64 `xml:"GiftWrapCharge"`
	// 値引き, entered by the store after the order; not coupons
	Discount     *int64 `xml:"Discount"`
	Adjustments  *int64 `xml:"Adjustments"`  // 調整額, may be negative
	SettleAmount *int64 `xml:"SettleAmount"` // equal to TotalPrice
	// ポイント利用; includes bonus used immediately and vouchers
	UsePoint         *int64 `xml:"UsePoint"`
	GiftCardDiscount *int64 `xml:"GiftCardDiscount"`           // 商品券
	TotalPrice       *int64 `xml:"TotalPrice" wire:"required"` // 合計金額: what the buyer is billed
	// 入金額 reported for mobile, convenience store and Pay-easy payments
	SettlePayAmount           *int64 `xml:"SettlePayAmount"`
	IsGetPointFixAll          *bool  `xml:"IsGetPointFixAll"`
	TotalMallCouponDiscount   *int64 `xml:"TotalMallCouponDiscount"` // coupons paid by the mall
	IsGetStoreBonusFixAll     *bool  `xml:"IsGetStoreBonusFixAll"`
	LineGiftCharge            *int64 `xml:"LineGiftCharge"`
	TotalImmediateBonusAmount *int64 `xml:"TotalImmediateBonusAmount"` // bonus used immediately
	TotalImmediateBonusRatio  *int64 `xml:"TotalImmediateBonusRatio"`
	PayMethodAmount           *int64 `xml:"PayMethodAmount"` // only with a combined payment
	CombinedPayMethodAmount   *int64 `xml:"CombinedPayMethodAmount"`
	UsePaypayPoint            *int64 `xml:"UsePaypayPoint"` // orders since 2025-02-01

	// Fields of older documents and samples; they must not be requested.
	TaxRatio         *int64 `xml:"TaxRatio"`
	UsePointFixDate  Date   `xml:"UsePointFixDate"`
	IsUsePointFix    *bool  `xml:"IsUsePointFix"`
	RefundTotalPrice *int64 `xml:"RefundTotalPrice"`
}

// Item is one line of an order.
type Item struct {
	LineID         *int64        `xml:"LineId" wire:"required"` // 注文行, from 1
	ItemID         string        `xml:"ItemId" wire:"required"` // 商品コード
	Title          string        `xml:"Title" wire:"required"`
	SubCode        string        `xml:"SubCode"`       // 個別商品コード
	SubCodeOption  string        `xml:"SubCodeOption"` // its options as text: カラー:ブルー
	Options        []ItemOption  `xml:"ItemOption"`
	Inscriptions   []Inscription `xml:"Inscription"`
	IsUsed         *bool         `xml:"IsUsed"`
	ImageID        string        `xml:"ImageId"`
	IsTaxable      *bool         `xml:"IsTaxable"`
	ItemTaxRatio   *int64        `xml:"ItemTaxRatio"` // percent: 8 or 10
	Jan            string        `xml:"Jan"`
	ProductID      string        `xml:"ProductId"`
	CategoryID     *int64        `xml:"CategoryId"`
	AffiliateRatio string        `xml:"AffiliateRatio"` // <store>_<mall>, such as 5.5_1.0
	// yen with tax, after store coupon and personal time sale
	UnitPrice          *int64 `xml:"UnitPrice" wire:"required"`
	NonTaxUnitPrice    *int64 `xml:"NonTaxUnitPrice"`
	Quantity           *int64 `xml:"Quantity" wire:"required"`
	PointAvailQuantity *int64 `xml:"PointAvailQuantity"`
	// 発売日; after the order date for a reservation
	ReleaseDate      Date   `xml:"ReleaseDate"`
	PointFspCode     *int64 `xml:"PointFspCode"`
	PointRatioY      *int64 `xml:"PointRatioY"`
	PointRatioSeller *int64 `xml:"PointRatioSeller"`
	UnitGetPoint     *int64 `xml:"UnitGetPoint"`
	IsGetPointFix    *bool  `xml:"IsGetPointFix"`
	GetPointFixDate  Date   `xml:"GetPointFixDate"`
	CouponData       string `xml:"CouponData"` // same format as UseCouponData
	// empty without a store coupon
	CouponDiscount *int64 `xml:"CouponDiscount"`
	CouponUseNum   *int64 `xml:"CouponUseNum"`
	OriginalPrice  *int64 `xml:"OriginalPrice"` // before the store coupon
	// before the line was split
	OriginalNum                      *int64            `xml:"OriginalNum"`
	LeadTimeText                     string            `xml:"LeadTimeText"`
	LeadTimeStart                    Date              `xml:"LeadTimeStart"` // 出荷までの日数
	LeadTimeEnd                      Date              `xml:"LeadTimeEnd"`
	PriceType                        PriceType         `xml:"PriceType"`
	PickAndDeliveryCode              string            `xml:"PickAndDeliveryCode"`
	PickAndDeliveryTransportRuleType TransportRuleType `xml:"PickAndDeliveryTransportRuleType"`
	YamatoUndeliverableReason        string            `xml:"YamatoUndeliverableReason"`
	StoreBonusRatioSeller            *int64            `xml:"StoreBonusRatioSeller"`
	UnitGetStoreBonus                *int64            `xml:"UnitGetStoreBonus"`
	IsGetStoreBonusFix               *bool             `xml:"IsGetStoreBonusFix"`
	GetStoreBonusFixDate             Date              `xml:"GetStoreBonusFixDate"`
	ItemYahooAucID                   string            `xml:"ItemYahooAucId"`
	ItemYahooAucMerchantID           string            `xml:"ItemYahooAucMerchantId"`
	PointBaseUnitPrice               *int64            `xml:"PointBaseUnitPrice"`
	MallCouponData                   string            `xml:"MallCouponData"` // JSON
	YourTimesaleDiscount             *int64            `xml:"YourTimesaleDiscount"`
	SubscriptionPointRatio           *int64            `xml:"SubscriptionPointRatio"`
	ChannelGoodsPlanID               string            `xml:"ChannelGoodsPlanId"` // 保険プラン
	ChannelGoodsPlanName             string            `xml:"ChannelGoodsPlanName"`
	IsAffiliateItem                  *bool             `xml:"IsAffiliateItem"`

	// Fields of older documents and samples; they must not be requested.
	Weight             string `xml:"Weight"`
	Size               string `xml:"Size"`
	IsShippingFree     *bool  `xml:"IsShippingFree"`
	IsReturnAccept     *bool  `xml:"IsReturnAccept"`
	LocationPrefecture string `xml:"LocationPrefecture"`
	LocationCity       string `xml:"LocationCity"`
	HaveReview         *bool  `xml:"HaveReview"`
	IsCampaign         *bool  `xml:"IsCampaign"`
}

// ItemOption is a choice of the buyer. A line has at most 20 options and inscriptions together.
type ItemOption struct {
	Index int64  `xml:"Index"` // from 1
	Name  string `xml:"Name"`
	Value string `xml:"Value"`
	Price *int64 `xml:"Price"` // yen, included in the unit price
}

// Inscription is a text to be put on the goods (名入れ).
type Inscription struct {
	Index int64  `xml:"Index"` // from 1
	Name  string `xml:"Name"`
	Value string `xml:"Value"`
}
