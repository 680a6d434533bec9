package rakutentest

// The JSON of getOrder version 10, field for field as the API's page lists it. Pointers are fields
// that may be null.

type orderModel struct {
	OrderNumber                    string          `json:"orderNumber"`
	OrderProgress                  int             `json:"orderProgress"`
	SubStatusID                    *int64          `json:"subStatusId"`
	SubStatusName                  *string         `json:"subStatusName"`
	OrderDatetime                  string          `json:"orderDatetime"`
	ShopOrderCfmDatetime           *string         `json:"shopOrderCfmDatetime"`
	OrderFixDatetime               *string         `json:"orderFixDatetime"`
	ShippingInstDatetime           *string         `json:"shippingInstDatetime"`
	ShippingCmplRptDatetime        *string         `json:"shippingCmplRptDatetime"`
	CancelDueDate                  *string         `json:"cancelDueDate"`
	DeliveryDate                   *string         `json:"deliveryDate"`
	ShippingTerm                   *int64          `json:"shippingTerm"`
	Remarks                        *string         `json:"remarks"`
	GiftCheckFlag                  int             `json:"giftCheckFlag"`
	SocialGiftFlag                 int             `json:"socialGiftFlag"`
	SeveralSenderFlag              int             `json:"severalSenderFlag"`
	EqualSenderFlag                int             `json:"equalSenderFlag"`
	IsolatedIslandFlag             int             `json:"isolatedIslandFlag"`
	RakutenMemberFlag              int             `json:"rakutenMemberFlag"`
	CarrierCode                    int             `json:"carrierCode"`
	EmailCarrierCode               int             `json:"emailCarrierCode"`
	OrderType                      int             `json:"orderType"`
	ReserveNumber                  *string         `json:"reserveNumber"`
	ReserveDeliveryCount           *int64          `json:"reserveDeliveryCount"`
	CautionDisplayType             int             `json:"cautionDisplayType"`
	CautionDisplayDetailType       *int64          `json:"cautionDisplayDetailType"`
	RakutenConfirmFlag             int             `json:"rakutenConfirmFlag"`
	GoodsPrice                     int64           `json:"goodsPrice"`
	PostagePrice                   int64           `json:"postagePrice"`
	DeliveryPrice                  int64           `json:"deliveryPrice"`
	PaymentCharge                  int64           `json:"paymentCharge"`
	PaymentChargeTaxRate           float64         `json:"paymentChargeTaxRate"`
	TotalPrice                     int64           `json:"totalPrice"`
	RequestPrice                   int64           `json:"requestPrice"`
	CouponAllTotalPrice            int64           `json:"couponAllTotalPrice"`
	CouponShopPrice                int64           `json:"couponShopPrice"`
	CouponOtherPrice               int64           `json:"couponOtherPrice"`
	AdditionalFeeOccurAmountToUser int64           `json:"additionalFeeOccurAmountToUser"`
	AdditionalFeeOccurAmountToShop int64           `json:"additionalFeeOccurAmountToShop"`
	AsurakuFlag                    int             `json:"asurakuFlag"`
	DrugFlag                       int             `json:"drugFlag"`
	DealFlag                       int             `json:"dealFlag"`
	DeliveryCertPrgFlag            int             `json:"deliveryCertPrgFlag"`
	OneDayOperationFlag            int             `json:"oneDayOperationFlag"`
	MembershipType                 int             `json:"membershipType"`
	Memo                           *string         `json:"memo"`
	Operator                       *string         `json:"operator"`
	MailPlugSentence               *string         `json:"mailPlugSentence"`
	ModifyFlag                     int             `json:"modifyFlag"`
	ReceiptIssueCount              int64           `json:"receiptIssueCount"`
	ReceiptIssueHistoryList        []string        `json:"receiptIssueHistoryList"`
	OrdererModel                   orderer         `json:"OrdererModel"`
	SettlementModel                settlement      `json:"SettlementModel"`
	DeliveryModel                  delivery        `json:"DeliveryModel"`
	PointModel                     point           `json:"PointModel"`
	WrappingModel1                 *wrapping       `json:"WrappingModel1"`
	WrappingModel2                 *wrapping       `json:"WrappingModel2"`
	PackageModelList               []*packageModel `json:"PackageModelList"`
	CouponModelList                []coupon        `json:"CouponModelList"`
	ChangeReasonModelList          []changeReason  `json:"ChangeReasonModelList"`
	TaxSummaryModelList            []taxSummary    `json:"TaxSummaryModelList"`
	DueDateModelList               []dueDate       `json:"DueDateModelList"`

	override map[string]any // fields of the reply in place of the above
	next     transition     // where Rakuten takes the order by itself
}

type address struct {
	ZipCode1       string  `json:"zipCode1"`
	ZipCode2       string  `json:"zipCode2"`
	Prefecture     string  `json:"prefecture"`
	City           string  `json:"city"`
	SubAddress     string  `json:"subAddress"`
	FamilyName     string  `json:"familyName"`
	FirstName      *string `json:"firstName"`
	FamilyNameKana *string `json:"familyNameKana"`
	FirstNameKana  *string `json:"firstNameKana"`
	PhoneNumber1   *string `json:"phoneNumber1"`
	PhoneNumber2   *string `json:"phoneNumber2"`
	PhoneNumber3   *string `json:"phoneNumber3"`
}

type orderer struct {
	address
	EmailAddress string  `json:"emailAddress"`
	Sex          *string `json:"sex"`
	BirthYear    *int64  `json:"birthYear"`
	BirthMonth   *int64  `json:"birthMonth"`
	BirthDay     *int64  `json:"birthDay"`
}

type sender struct {
	address
	IsolatedIslandFlag int `json:"isolatedIslandFlag"`
}

type settlement struct {
	SettlementMethodCode int     `json:"settlementMethodCode"`
	SettlementMethod     string  `json:"settlementMethod"`
	RpaySettlementFlag   int     `json:"rpaySettlementFlag"`
	CardName             *string `json:"cardName"`
	CardNumber           *string `json:"cardNumber"`
	CardOwner            *string `json:"cardOwner"`
	CardYm               *string `json:"cardYm"`
	CardPayType          *int64  `json:"cardPayType"`
	CardInstallmentDesc  *string `json:"cardInstallmentDesc"`
}

type delivery struct {
	DeliveryName  string `json:"deliveryName"`
	DeliveryClass *int64 `json:"deliveryClass"`
}

type point struct {
	UsedPoint int64 `json:"usedPoint"`
}

type wrapping struct {
	Title              int     `json:"title"`
	Name               string  `json:"name"`
	Price              int64   `json:"price"`
	IncludeTaxFlag     int     `json:"includeTaxFlag"`
	DeleteWrappingFlag int     `json:"deleteWrappingFlag"`
	TaxRate            float64 `json:"taxRate"`
	TaxPrice           int64   `json:"taxPrice"`
}

type packageModel struct {
	BasketID                   int64       `json:"basketId"`
	PostagePrice               int64       `json:"postagePrice"`
	PostageTaxRate             float64     `json:"postageTaxRate"`
	DeliveryPrice              int64       `json:"deliveryPrice"`
	DeliveryTaxRate            float64     `json:"deliveryTaxRate"`
	GoodsPrice                 int64       `json:"goodsPrice"`
	TotalPrice                 int64       `json:"totalPrice"`
	Noshi                      *string     `json:"noshi"`
	DefaultDeliveryCompanyCode string      `json:"defaultDeliveryCompanyCode"`
	DropOffFlag                int         `json:"dropOffFlag"`
	DropOffLocation            *string     `json:"dropOffLocation"`
	PackageDeleteFlag          int         `json:"packageDeleteFlag"`
	SenderModel                sender      `json:"SenderModel"`
	ItemModelList              []item      `json:"ItemModelList"`
	ShippingModelList          []*shipping `json:"ShippingModelList"`
	DeliveryCvsModel           *store      `json:"DeliveryCvsModel"`
	SocialGiftModel            *socialGift `json:"SocialGiftModel"`
}

type item struct {
	ItemDetailID                     int64   `json:"itemDetailId"`
	ItemName                         string  `json:"itemName"`
	ItemID                           int64   `json:"itemId"`
	ItemNumber                       *string `json:"itemNumber"`
	ManageNumber                     string  `json:"manageNumber"`
	Price                            int64   `json:"price"`
	Units                            int64   `json:"units"`
	IncludePostageFlag               int     `json:"includePostageFlag"`
	IncludeTaxFlag                   int     `json:"includeTaxFlag"`
	IncludeCashOnDeliveryPostageFlag int     `json:"includeCashOnDeliveryPostageFlag"`
	SelectedChoice                   *string `json:"selectedChoice"`
	PointRate                        int     `json:"pointRate"`
	PointType                        int     `json:"pointType"`
	InventoryType                    int     `json:"inventoryType"`
	DelvdateInfo                     *string `json:"delvdateInfo"`
	RestoreInventoryFlag             int     `json:"restoreInventoryFlag"`
	DealFlag                         int     `json:"dealFlag"`
	DrugFlag                         int     `json:"drugFlag"`
	DeleteItemFlag                   int     `json:"deleteItemFlag"`
	TaxRate                          float64 `json:"taxRate"`
	PriceTaxIncl                     int64   `json:"priceTaxIncl"`
	IsSingleItemShipping             int     `json:"isSingleItemShipping"`
	SkuModelList                     []sku   `json:"SkuModelList"`
}

type sku struct {
	VariantID            string  `json:"variantId"`
	MerchantDefinedSkuID *string `json:"merchantDefinedSkuId"`
	SkuInfo              *string `json:"skuInfo"`
}

type shipping struct {
	ShippingDetailID    int64   `json:"shippingDetailId"`
	ShippingNumber      *string `json:"shippingNumber"`
	DeliveryCompany     *string `json:"deliveryCompany"`
	DeliveryCompanyName *string `json:"deliveryCompanyName"`
	ShippingDate        *string `json:"shippingDate"`
}

type store struct {
	CvsCode         int64   `json:"cvsCode"`
	StoreGenreCode  *string `json:"storeGenreCode"`
	StoreCode       string  `json:"storeCode"`
	StoreName       string  `json:"storeName"`
	StoreZip        string  `json:"storeZip"`
	StorePrefecture string  `json:"storePrefecture"`
	StoreAddress    string  `json:"storeAddress"`
	AreaCode        *string `json:"areaCode"`
	Depo            *string `json:"depo"`
	OpenTime        string  `json:"openTime"`
	CloseTime       string  `json:"closeTime"`
	CvsRemarks      *string `json:"cvsRemarks"`
}

type socialGift struct {
	SgMngNumber          string  `json:"sgMngNumber"`
	InputDueDate         string  `json:"inputDueDate"`
	InputFlag            int     `json:"inputFlag"`
	InputCompDatetime    *string `json:"inputCompDatetime"`
	ReceiverEmailAddress *string `json:"receiverEmailAddress"`
}

type coupon struct {
	CouponCode        string `json:"couponCode"`
	ItemID            int64  `json:"itemId"`
	CouponName        string `json:"couponName"`
	CouponSummary     string `json:"couponSummary"`
	CouponCapital     string `json:"couponCapital"`
	CouponCapitalCode int    `json:"couponCapitalCode"`
	ExpiryDate        string `json:"expiryDate"`
	CouponPrice       int64  `json:"couponPrice"`
	CouponUnit        int64  `json:"couponUnit"`
	CouponTotalPrice  int64  `json:"couponTotalPrice"`
	ItemDetailID      int64  `json:"itemDetailId"`
}

type changeReason struct {
	ChangeID            int64   `json:"changeId"`
	ChangeType          *int64  `json:"changeType"`
	ChangeTypeDetail    *int64  `json:"changeTypeDetail"`
	ChangeReason        *int64  `json:"changeReason"`
	ChangeReasonDetail  *int64  `json:"changeReasonDetail"`
	ChangeApplyDatetime *string `json:"changeApplyDatetime"`
	ChangeFixDatetime   *string `json:"changeFixDatetime"`
	ChangeCmplDatetime  *string `json:"changeCmplDatetime"`
}

type taxSummary struct {
	TaxRate       float64 `json:"taxRate"`
	ReqPrice      int64   `json:"reqPrice"`
	ReqPriceTax   int64   `json:"reqPriceTax"`
	TotalPrice    int64   `json:"totalPrice"`
	PaymentCharge int64   `json:"paymentCharge"`
	CouponPrice   int64   `json:"couponPrice"`
	Point         int64   `json:"point"`
}

type dueDate struct {
	DueDateType int    `json:"dueDateType"`
	DueDate     string `json:"dueDate"`
}
