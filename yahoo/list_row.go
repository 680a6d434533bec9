package yahoo

// OrderRow is an order as returned by orderList: flat, without addresses, telephone numbers and
// e-mail addresses. What [OrderInfo] says about its fields applies here too.
type OrderRow struct {
	Index   int64  `xml:"Index"` // row number, from 1
	OrderID string `xml:"OrderId" wire:"required"`
	Version int64  `xml:"Version"`
	// number when the order was placed, the same through splits
	OriginalOrderID              string          `xml:"OriginalOrderId"`
	ParentOrderID                string          `xml:"ParentOrderId"`
	DeviceType                   DeviceType      `xml:"DeviceType"`
	IsSeen                       bool            `xml:"IsSeen"`
	IsSplit                      bool            `xml:"IsSplit"`
	IsRoyalty                    *bool           `xml:"IsRoyalty"`
	IsSeller                     *bool           `xml:"IsSeller"`
	IsAffiliate                  *bool           `xml:"IsAffiliate"`
	IsRatingB2S                  *bool           `xml:"IsRatingB2s"`
	OrderTime                    DateTime        `xml:"OrderTime" wire:"required"`
	ExistMultiReleaseDate        *bool           `xml:"ExistMultiReleaseDate"`
	ReleaseDate                  Date            `xml:"ReleaseDate"` // the latest of the items
	LastUpdateTime               DateTime        `xml:"LastUpdateTime" wire:"required"`
	Suspect                      Suspect         `xml:"Suspect"`
	OrderStatus                  OrderStatus     `xml:"OrderStatus" wire:"required"`
	StoreStatus                  string          `xml:"StoreStatus"`
	RoyaltyFixTime               DateTime        `xml:"RoyaltyFixTime"`
	PrintSlipFlag                *bool           `xml:"PrintSlipFlag"`
	PrintDeliveryFlag            *bool           `xml:"PrintDeliveryFlag"`
	PrintBillFlag                *bool           `xml:"PrintBillFlag"`
	BuyerCommentsFlag            *bool           `xml:"BuyerCommentsFlag"` // there is a comment
	PayStatus                    PayStatus       `xml:"PayStatus" wire:"required"`
	SettleStatus                 SettleStatus    `xml:"SettleStatus"`
	PayType                      PayType         `xml:"PayType"`
	PayMethod                    PayMethod       `xml:"PayMethod" wire:"required"`
	PayMethodName                string          `xml:"PayMethodName"`
	PayDate                      Date            `xml:"PayDate"`
	SettleID                     string          `xml:"SettleId"`
	UseWallet                    *bool           `xml:"UseWallet"`
	NeedBillSlip                 *bool           `xml:"NeedBillSlip"`
	NeedDetailedSlip             *bool           `xml:"NeedDetailedSlip"`
	NeedReceipt                  *bool           `xml:"NeedReceipt"`
	BillFirstName                string          `xml:"BillFirstName"`
	BillFirstNameKana            string          `xml:"BillFirstNameKana"`
	BillLastName                 string          `xml:"BillLastName"`
	BillLastNameKana             string          `xml:"BillLastNameKana"`
	BillPrefecture               string          `xml:"BillPrefecture"`
	ShipStatus                   ShipStatus      `xml:"ShipStatus" wire:"required"`
	ShipMethod                   string          `xml:"ShipMethod"`
	ShipMethodName               string          `xml:"ShipMethodName"`
	ShipRequestDate              Date            `xml:"ShipRequestDate"`
	ShipRequestTime              string          `xml:"ShipRequestTime"`
	ShipNotes                    string          `xml:"ShipNotes"`
	ShipCompanyCode              ShipCompanyCode `xml:"ShipCompanyCode"`
	ReceiveShopCode              string          `xml:"ReceiveShopCode"`
	ShipInvoiceNumber1           string          `xml:"ShipInvoiceNumber1"`
	ShipInvoiceNumber2           string          `xml:"ShipInvoiceNumber2"`
	ShipInvoiceNumberEmptyReason EmptyReason     `xml:"ShipInvoiceNumberEmptyReason"`
	ShipURL                      string          `xml:"ShipUrl"`
	ArriveType                   ArriveType      `xml:"ArriveType"`
	ShipDate                     Date            `xml:"ShipDate"`
	NeedGiftWrap                 *bool           `xml:"NeedGiftWrap"`
	NeedGiftWrapMessage          *bool           `xml:"NeedGiftWrapMessage"`
	NeedGiftWrapPaper            *bool           `xml:"NeedGiftWrapPaper"`
	ShipFirstName                string          `xml:"ShipFirstName"`
	ShipFirstNameKana            string          `xml:"ShipFirstNameKana"`
	ShipLastName                 string          `xml:"ShipLastName"`
	ShipLastNameKana             string          `xml:"ShipLastNameKana"`
	ShipPrefecture               string          `xml:"ShipPrefecture"`
	PayCharge                    *int64          `xml:"PayCharge"`
	ShipCharge                   *int64          `xml:"ShipCharge"`
	GiftWrapCharge               *int64          `xml:"GiftWrapCharge"`
	Discount                     *int64          `xml:"Discount"`
	GiftCardDiscount             *int64          `xml:"GiftCardDiscount"`
	UsePoint                     *int64          `xml:"UsePoint"`
	TotalPrice                   *int64          `xml:"TotalPrice"`
	// after a cancellation
	RefundTotalPrice          *int64                   `xml:"RefundTotalPrice"`
	IsGetPointFixAll          *bool                    `xml:"IsGetPointFixAll"`
	SellerID                  string                   `xml:"SellerId"`
	IsLogin                   *bool                    `xml:"IsLogin"`
	PayNo                     string                   `xml:"PayNo"`
	PayNoIssueDate            DateTime                 `xml:"PayNoIssueDate"`
	SellerType                SellerType               `xml:"SellerType"`
	IsPayManagement           *bool                    `xml:"IsPayManagement"`
	ArrivalDate               Date                     `xml:"ArrivalDate"`
	TotalMallCouponDiscount   *int64                   `xml:"TotalMallCouponDiscount"`
	IsReadOnly                bool                     `xml:"IsReadOnly"`
	IsApplePay                *bool                    `xml:"IsApplePay"`
	IsFirstClassDrugIncludes  *bool                    `xml:"IsFirstClassDrugIncludes"`
	IsFirstClassDrugAgreement *bool                    `xml:"IsFirstClassDrugAgreement"`
	IsWelcomeGiftIncludes     *bool                    `xml:"IsWelcomeGiftIncludes"`
	ReceiveSatelliteType      ReceiveSatelliteType     `xml:"ReceiveSatelliteType"`
	ShipInstructType          ShipInstructType         `xml:"ShipInstructType"`
	ShipInstructStatus        ShipInstructStatus       `xml:"ShipInstructStatus"`
	YamatoCoopStatus          YamatoCoopStatus         `xml:"YamatoCoopStatus"`
	ReceiveShopType           ReceiveShopType          `xml:"ReceiveShopType"`
	ReceiveShopName           string                   `xml:"ReceiveShopName"`
	ExcellentDelivery         ExcellentDelivery        `xml:"ExcellentDelivery"`
	IsEazy                    *bool                    `xml:"IsEazy"`
	EazyDeliveryCode          EazyDeliveryCode         `xml:"EazyDeliveryCode"`
	EazyDeliveryName          string                   `xml:"EazyDeliveryName"`
	FraudHoldStatus           FraudHoldStatus          `xml:"FraudHoldStatus"`
	PublicationTime           DateTime                 `xml:"PublicationTime"`
	IsYahooAuctionOrder       bool                     `xml:"IsYahooAuctionOrder"`
	YahooAuctionMerchantID    string                   `xml:"YahooAuctionMerchantId"`
	YahooAuctionID            string                   `xml:"YahooAuctionId"`
	IsYahooAuctionDeferred    *bool                    `xml:"IsYahooAuctionDeferred"`
	YahooAuctionCategoryType  YahooAuctionCategoryType `xml:"YahooAuctionCategoryType"`
	YahooAuctionBidType       YahooAuctionBidType      `xml:"YahooAuctionBidType"`
	YahooAuctionBundleType    YahooAuctionBundleType   `xml:"YahooAuctionBundleType"`
	ItemYahooAucID            string                   `xml:"ItemYahooAucId"` // of line 1 only
	// of line 1 only
	ItemYahooAucMerchantID       string            `xml:"ItemYahooAucMerchantId"`
	PayMethodChangeDeadline      DateTime          `xml:"PayMethodChangeDeadline"`
	IsPayMethodChangePossible    *bool             `xml:"IsPayMethodChangePossible"`
	YourTimesaleDiscount         *int64            `xml:"YourTimesaleDiscount"`
	GoodStoreStatus              *bool             `xml:"GoodStoreStatus"`
	CurrentGoodStoreBenefitApply *bool             `xml:"CurrentGoodStoreBenefitApply"`
	CurrentPromoPkgApply         *bool             `xml:"CurrentPromoPkgApply"`
	IsSubscription               *bool             `xml:"IsSubscription"`
	SubscriptionID               string            `xml:"SubscriptionId"`
	SubscriptionContinueCount    *int64            `xml:"SubscriptionContinueCount"`
	LineGiftOrderID              string            `xml:"LineGiftOrderId"`
	IsLineGiftOrder              bool              `xml:"IsLineGiftOrder"`
	IsLineGiftShippable          *bool             `xml:"IsLineGiftShippable"`
	ShippingDeadline             DateTime          `xml:"ShippingDeadline"`
	LineGiftCharge               *int64            `xml:"LineGiftCharge"`
	TotalImmediateBonusAmount    *int64            `xml:"TotalImmediateBonusAmount"`
	TotalImmediateBonusRatio     *int64            `xml:"TotalImmediateBonusRatio"`
	SocialGiftType               SocialGiftType    `xml:"SocialGiftType"`
	IsLineCommerceTabOrder       *bool             `xml:"IsLineCommerceTabOrder"`
	XshoppingStoreType           string            `xml:"XshoppingStoreType"`
	OptionPartnerType            OptionPartnerType `xml:"OptionPartnerType"`
	CombinedPayType              PayType           `xml:"CombinedPayType"`
	CombinedPayMethod            PayMethod         `xml:"CombinedPayMethod"`
	CombinedPayMethodName        string            `xml:"CombinedPayMethodName"`
	// only if fields of items were requested
	Items []Item `xml:"Item"`
}
