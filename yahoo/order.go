package yahoo

// OrderInfo is an order (注文) as returned by orderInfo, field for field. Only requested fields are
// set. An empty element and a missing one are the same: the zero value, or nil where a pointer
// distinguishes that from a 0 or false. Amounts are in yen with tax.
type OrderInfo struct {
	OrderID string `xml:"OrderId" wire:"required"` // 注文ID, usually <store>-<8 digits>
	Version int64  `xml:"Version"`                 // of the interface
	// 分割元の注文ID; empty if not a result of a split
	ParentOrderID string `xml:"ParentOrderId"`
	// 分割後の注文ID: two numbers joined by a comma, on the order that was split
	ChildOrderID      string     `xml:"ChildOrderId"`
	DeviceType        DeviceType `xml:"DeviceType"`
	MobileCarrierName string     `xml:"MobileCarrierName"` // retired by the mall
	IsSeen            bool       `xml:"IsSeen"`            // 閲覧済み; any update sets it
	// true on the order that was split, not on the two results
	IsSplit            bool         `xml:"IsSplit"`
	CancelReason       CancelReason `xml:"CancelReason"`       // empty: not cancelled
	CancelReasonDetail string       `xml:"CancelReasonDetail"` // only with CancelStoreOther
	// 課金対象; false for a test order
	IsRoyalty    *bool `xml:"IsRoyalty"`
	IsRoyaltyFix *bool `xml:"IsRoyaltyFix"`
	IsSeller     *bool `xml:"IsSeller"` // the store's own test purchase
	IsAffiliate  *bool `xml:"IsAffiliate"`
	IsRatingB2S  *bool `xml:"IsRatingB2s"` // the buyer rated the store
	// the buyer wants the newsletter
	NeedSnl        *bool       `xml:"NeedSnl"`
	OrderTime      DateTime    `xml:"OrderTime" wire:"required"`      // 注文日時
	LastUpdateTime DateTime    `xml:"LastUpdateTime" wire:"required"` // 最終更新日時
	Suspect        Suspect     `xml:"Suspect"`
	SuspectMessage string      `xml:"SuspectMessage"`
	OrderStatus    OrderStatus `xml:"OrderStatus" wire:"required"`
	// the store's own status (ストアステータス), 1 to 10; an old sample shows its label
	StoreStatus       string   `xml:"StoreStatus"`
	RoyaltyFixTime    DateTime `xml:"RoyaltyFixTime"`
	SendConfirmTime   DateTime `xml:"SendConfirmTime"`   // 注文確認メール
	SendPayTime       DateTime `xml:"SendPayTime"`       // 入金完了メール
	PrintSlipTime     DateTime `xml:"PrintSlipTime"`     // 注文伝票
	PrintDeliveryTime DateTime `xml:"PrintDeliveryTime"` // 納品書
	PrintBillTime     DateTime `xml:"PrintBillTime"`     // 請求書
	BuyerComments     string   `xml:"BuyerComments"`     // ご要望
	SellerComments    string   `xml:"SellerComments"`    // no longer used by the mall
	Notes             string   `xml:"Notes"`             // 社内メモ
	OperationUser     string   `xml:"OperationUser"`     // last updater; "system" for batches
	Referer           string   `xml:"Referer"`
	EntryPoint        string   `xml:"EntryPoint"` // retired by the mall
	HistoryID         *int64   `xml:"HistoryId"`  // number of the last change
	UsageID           string   `xml:"UsageId"`    // クーポン利用ID
	// id\Aname\Atype\Acategory\Acount\Bid\A…; the separators \A and \B are literal
	UseCouponData string `xml:"UseCouponData"`
	// store coupons; already deducted from the unit prices
	TotalCouponDiscount    *int64 `xml:"TotalCouponDiscount"`
	ShippingCouponFlg      bool   `xml:"ShippingCouponFlg"`      // free-shipping coupon used
	ShippingCouponDiscount *int64 `xml:"ShippingCouponDiscount"` // already deducted from ShipCharge
	// breakdown; similar to JSON, but invalid
	CampaignPoints string `xml:"CampaignPoints"`
	// part of a purchase with several destinations
	IsMultiShip *bool  `xml:"IsMultiShip"`
	MultiShipID string `xml:"MultiShipId"` // the same for all orders of such a purchase
	// first ten minutes: the buyer can still cancel
	IsReadOnly                bool             `xml:"IsReadOnly"`
	IsFirstClassDrugIncludes  *bool            `xml:"IsFirstClassDrugIncludes"` // 第1類医薬品
	IsFirstClassDrugAgreement *bool            `xml:"IsFirstClassDrugAgreement"`
	IsWelcomeGiftIncludes     *bool            `xml:"IsWelcomeGiftIncludes"`
	YamatoCoopStatus          YamatoCoopStatus `xml:"YamatoCoopStatus"`
	FraudHoldStatus           FraudHoldStatus  `xml:"FraudHoldStatus"`
	// when orderList could first return it
	PublicationTime              DateTime                 `xml:"PublicationTime"`
	IsYahooAuctionOrder          bool                     `xml:"IsYahooAuctionOrder"`
	YahooAuctionMerchantID       string                   `xml:"YahooAuctionMerchantId"`
	YahooAuctionID               string                   `xml:"YahooAuctionId"`
	IsYahooAuctionDeferred       *bool                    `xml:"IsYahooAuctionDeferred"`
	YahooAuctionCategoryType     YahooAuctionCategoryType `xml:"YahooAuctionCategoryType"`
	YahooAuctionBidType          YahooAuctionBidType      `xml:"YahooAuctionBidType"`
	YahooAuctionBundleType       YahooAuctionBundleType   `xml:"YahooAuctionBundleType"`
	GoodStoreStatus              *bool                    `xml:"GoodStoreStatus"` // 優良店
	CurrentGoodStoreBenefitApply *bool                    `xml:"CurrentGoodStoreBenefitApply"`
	CurrentPromoPkgApply         *bool                    `xml:"CurrentPromoPkgApply"`
	LineGiftOrderID              string                   `xml:"LineGiftOrderId"` // LINEギフトの注文ID
	IsLineGiftOrder              bool                     `xml:"IsLineGiftOrder"`
	// breakdown of bonus used immediately
	ImmediateBonus         string `xml:"ImmediateBonus"`
	SlowlyShipPoint        *int64 `xml:"SlowlyShipPoint"` // おトク指定便 points
	SlowlyShipPointFixDate Date   `xml:"SlowlyShipPointFixDate"`
	IsSlowlyShipPointFix   *bool  `xml:"IsSlowlyShipPointFix"`
	// JSON array [{"name","ratio","amount"}]
	CampaignGiftCards      string             `xml:"CampaignGiftCards"`
	OverlapOrderResult     OverlapOrderResult `xml:"OverlapOrderResult"`
	FirstOrderDoneDate     Date               `xml:"FirstOrderDoneDate"` // when first completed
	DonationID             string             `xml:"DonationId"`         // donation_<n>
	SocialGiftType         SocialGiftType     `xml:"SocialGiftType"`
	IsVip                  *bool              `xml:"IsVip"`
	InsuranceStatus        InsuranceStatus    `xml:"InsuranceStatus"`
	AffiliateType          AffiliateType      `xml:"AffiliateType"`
	IsLineCommerceTabOrder *bool              `xml:"IsLineCommerceTabOrder"`
	XshoppingStoreType     string             `xml:"XshoppingStoreType"` // empty: SHP
	OptionPartnerType      OptionPartnerType  `xml:"OptionPartnerType"`
	Pay                    Pay                `xml:"Pay" wire:"required"`    // 請求
	Ship                   Ship               `xml:"Ship" wire:"required"`   // お届け
	Detail                 Detail             `xml:"Detail" wire:"required"` // 金額
	Items                  []Item             `xml:"Item" wire:"required"`   // 注文行
	Seller                 Seller             `xml:"Seller"`
	Buyer                  Buyer              `xml:"Buyer"`

	// Fields of older documents and samples; they must not be requested.
	OldIsRatingB2S *bool    `xml:"IsRatingB2S"`
	IsActive       *bool    `xml:"IsActive"`
	Clink          string   `xml:"Clink"`
	NeedSnc        *bool    `xml:"NeedSnc"`
	SendInputTime  DateTime `xml:"SendInputTime"`
}

// Seller is the store of an order.
type Seller struct {
	SellerID        string `xml:"SellerId"` // ストアアカウント
	LineGiftAccount string `xml:"LineGiftAccount"`
}

// Buyer is the buyer's account.
type Buyer struct {
	IsLogin        *bool  `xml:"IsLogin"`
	FspLicenseCode string `xml:"FspLicenseCode"` // always 2000 since 2020-10
	FspLicenseName string `xml:"FspLicenseName"`
	GuestAuthID    string `xml:"GuestAuthId"` // guests only
}
