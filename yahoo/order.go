package yahoo

// OrderInfo is an order (注文) as orderInfo gives it, field for field. Only the fields that were asked for are there. An element that
// is empty and one that is missing are alike: the zero value, or nil where a pointer keeps that apart from a told 0 or false.
// Amounts are in yen with tax.
type OrderInfo struct {
	OrderID                      string                   `xml:"OrderId"`       // 注文ID, usually <store>-<8 digits>
	Version                      int64                    `xml:"Version"`       // of the interface
	ParentOrderID                string                   `xml:"ParentOrderId"` // 分割元; empty when not split
	ChildOrderID                 string                   `xml:"ChildOrderId"`  // 分割後: two ids joined by a comma, on the order that was split
	DeviceType                   DeviceType               `xml:"DeviceType"`
	MobileCarrierName            string                   `xml:"MobileCarrierName"`  // retired by the mall
	IsSeen                       bool                     `xml:"IsSeen"`             // 閲覧済み; any update sets it
	IsSplit                      bool                     `xml:"IsSplit"`            // true on the order that was split, not on the two results
	CancelReason                 CancelReason             `xml:"CancelReason"`       // empty: not cancelled
	CancelReasonDetail           string                   `xml:"CancelReasonDetail"` // with CancelStoreOther only
	IsRoyalty                    *bool                    `xml:"IsRoyalty"`          // 課金対象; false for a test order
	IsRoyaltyFix                 *bool                    `xml:"IsRoyaltyFix"`
	IsSeller                     *bool                    `xml:"IsSeller"` // the store's own test purchase
	IsAffiliate                  *bool                    `xml:"IsAffiliate"`
	IsRatingB2S                  *bool                    `xml:"IsRatingB2s"`    // the buyer rated the store
	NeedSnl                      *bool                    `xml:"NeedSnl"`        // wants the newsletter
	OrderTime                    DateTime                 `xml:"OrderTime"`      // 注文日時
	LastUpdateTime               DateTime                 `xml:"LastUpdateTime"` // 最終更新日時
	Suspect                      Suspect                  `xml:"Suspect"`
	SuspectMessage               string                   `xml:"SuspectMessage"`
	OrderStatus                  OrderStatus              `xml:"OrderStatus"`
	StoreStatus                  string                   `xml:"StoreStatus"` // ストアステータス: 1 to 10, the store's own (an old sample shows its label)
	RoyaltyFixTime               DateTime                 `xml:"RoyaltyFixTime"`
	SendConfirmTime              DateTime                 `xml:"SendConfirmTime"`   // 注文確認メール
	SendPayTime                  DateTime                 `xml:"SendPayTime"`       // 入金完了メール
	PrintSlipTime                DateTime                 `xml:"PrintSlipTime"`     // 注文伝票
	PrintDeliveryTime            DateTime                 `xml:"PrintDeliveryTime"` // 納品書
	PrintBillTime                DateTime                 `xml:"PrintBillTime"`     // 請求書
	BuyerComments                string                   `xml:"BuyerComments"`     // ご要望: what the buyer wrote
	SellerComments               string                   `xml:"SellerComments"`    // no longer used by the mall
	Notes                        string                   `xml:"Notes"`             // 社内メモ
	OperationUser                string                   `xml:"OperationUser"`     // last updater; "system" for batches
	Referer                      string                   `xml:"Referer"`
	EntryPoint                   string                   `xml:"EntryPoint"`               // retired by the mall
	HistoryID                    *int64                   `xml:"HistoryId"`                // number of the last change
	UsageID                      string                   `xml:"UsageId"`                  // クーポン利用ID
	UseCouponData                string                   `xml:"UseCouponData"`            // id\Aname\Atype\Acategory\Acount\Bid\A…, the separators are literal
	TotalCouponDiscount          *int64                   `xml:"TotalCouponDiscount"`      // store coupons, in yen; already taken off the unit prices
	ShippingCouponFlg            bool                     `xml:"ShippingCouponFlg"`        // free-shipping coupon used
	ShippingCouponDiscount       *int64                   `xml:"ShippingCouponDiscount"`   // yen; already taken off ShipCharge
	CampaignPoints               string                   `xml:"CampaignPoints"`           // a breakdown that looks like JSON and is not
	IsMultiShip                  *bool                    `xml:"IsMultiShip"`              // part of a purchase with several destinations
	MultiShipID                  string                   `xml:"MultiShipId"`              // joins the orders of such a purchase
	IsReadOnly                   bool                     `xml:"IsReadOnly"`               // the buyer can still cancel: the first ten minutes
	IsFirstClassDrugIncludes     *bool                    `xml:"IsFirstClassDrugIncludes"` // 第1類医薬品
	IsFirstClassDrugAgreement    *bool                    `xml:"IsFirstClassDrugAgreement"`
	IsWelcomeGiftIncludes        *bool                    `xml:"IsWelcomeGiftIncludes"`
	YamatoCoopStatus             YamatoCoopStatus         `xml:"YamatoCoopStatus"`
	FraudHoldStatus              FraudHoldStatus          `xml:"FraudHoldStatus"`
	PublicationTime              DateTime                 `xml:"PublicationTime"` // when orderList could first return it
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
	ImmediateBonus               string                   `xml:"ImmediateBonus"`  // breakdown of bonus used at once
	SlowlyShipPoint              *int64                   `xml:"SlowlyShipPoint"` // おトク指定便 points
	SlowlyShipPointFixDate       Date                     `xml:"SlowlyShipPointFixDate"`
	IsSlowlyShipPointFix         *bool                    `xml:"IsSlowlyShipPointFix"`
	CampaignGiftCards            string                   `xml:"CampaignGiftCards"` // JSON array [{"name","ratio","amount"}]
	OverlapOrderResult           OverlapOrderResult       `xml:"OverlapOrderResult"`
	FirstOrderDoneDate           Date                     `xml:"FirstOrderDoneDate"` // first time completed
	DonationID                   string                   `xml:"DonationId"`         // donation_<n>
	SocialGiftType               SocialGiftType           `xml:"SocialGiftType"`
	IsVip                        *bool                    `xml:"IsVip"`
	InsuranceStatus              InsuranceStatus          `xml:"InsuranceStatus"`
	AffiliateType                AffiliateType            `xml:"AffiliateType"`
	IsLineCommerceTabOrder       *bool                    `xml:"IsLineCommerceTabOrder"`
	XshoppingStoreType           string                   `xml:"XshoppingStoreType"` // empty: SHP
	OptionPartnerType            OptionPartnerType        `xml:"OptionPartnerType"`
	Pay                          Pay                      `xml:"Pay"`    // 請求
	Ship                         Ship                     `xml:"Ship"`   // お届け
	Detail                       Detail                   `xml:"Detail"` // 金額
	Items                        []Item                   `xml:"Item"`   // 注文行
	Seller                       Seller                   `xml:"Seller"`
	Buyer                        Buyer                    `xml:"Buyer"`

	// Names that older documents and samples have and that must not be asked for.
	OldIsRatingB2S *bool    `xml:"IsRatingB2S"`
	IsActive       *bool    `xml:"IsActive"`
	Clink          string   `xml:"Clink"`
	NeedSnc        *bool    `xml:"NeedSnc"`
	SendInputTime  DateTime `xml:"SendInputTime"`
}

// Seller is the store.
type Seller struct {
	SellerID        string `xml:"SellerId"` // ストアアカウント
	LineGiftAccount string `xml:"LineGiftAccount"`
}

// Buyer is the account of the buyer.
type Buyer struct {
	IsLogin        *bool  `xml:"IsLogin"`
	FspLicenseCode string `xml:"FspLicenseCode"` // always 2000 since 2020-10
	FspLicenseName string `xml:"FspLicenseName"`
	GuestAuthID    string `xml:"GuestAuthId"` // guests only
}
