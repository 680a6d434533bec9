package wire_test

import "encoding/json"

// The structs of these tests are shaped like Rakuten's getOrder reply.

type rakutenPage struct {
	Version          int              `json:"version"`
	MessageModelList []rakutenMessage `json:"MessageModelList"`
	OrderModelList   []rakutenOrder   `json:"OrderModelList"`
}

type rakutenMessage struct {
	MessageType string `json:"messageType"`
	MessageCode string `json:"messageCode"`
	Message     string `json:"message"`
}

// A stamp is a date or time as the mall writes it.
type stamp string

type rakutenDueDateModel struct {
	DueDateType int   `json:"dueDateType"`
	DueDate     stamp `json:"dueDate"`
}

type rakutenOrder struct {
	OrderNumber                    string                     `json:"orderNumber"`
	OrderProgress                  int                        `json:"orderProgress"`
	SubStatusId                    *int                       `json:"subStatusId"`
	SubStatusName                  string                     `json:"subStatusName"`
	OrderDatetime                  stamp                      `json:"orderDatetime"`
	ShopOrderCfmDatetime           stamp                      `json:"shopOrderCfmDatetime"`
	OrderFixDatetime               stamp                      `json:"orderFixDatetime"`
	ShippingInstDatetime           stamp                      `json:"shippingInstDatetime"`
	ShippingCmplRptDatetime        stamp                      `json:"shippingCmplRptDatetime"`
	CancelDueDate                  stamp                      `json:"cancelDueDate"`
	DeliveryDate                   stamp                      `json:"deliveryDate"`
	ShippingTerm                   *int                       `json:"shippingTerm"`
	Remarks                        string                     `json:"remarks"`
	GiftCheckFlag                  int                        `json:"giftCheckFlag"`
	SocialGiftFlag                 int                        `json:"socialGiftFlag"`
	SeveralSenderFlag              int                        `json:"severalSenderFlag"`
	EqualSenderFlag                int                        `json:"equalSenderFlag"`
	IsolatedIslandFlag             int                        `json:"isolatedIslandFlag"`
	RakutenMemberFlag              int                        `json:"rakutenMemberFlag"`
	CarrierCode                    int                        `json:"carrierCode"`
	EmailCarrierCode               int                        `json:"emailCarrierCode"`
	OrderType                      int                        `json:"orderType"`
	ReserveNumber                  string                     `json:"reserveNumber"`
	ReserveDeliveryCount           *int                       `json:"reserveDeliveryCount"`
	CautionDisplayType             int                        `json:"cautionDisplayType"`
	CautionDisplayDetailType       *int                       `json:"cautionDisplayDetailType"`
	RakutenConfirmFlag             int                        `json:"rakutenConfirmFlag"`
	GoodsPrice                     int64                      `json:"goodsPrice"`
	PostagePrice                   int64                      `json:"postagePrice"`
	DeliveryPrice                  int64                      `json:"deliveryPrice"`
	PaymentCharge                  int                        `json:"paymentCharge"`
	PaymentChargeTaxRate           json.Number                `json:"paymentChargeTaxRate"`
	TotalPrice                     int64                      `json:"totalPrice"`
	RequestPrice                   int64                      `json:"requestPrice"`
	CouponAllTotalPrice            int64                      `json:"couponAllTotalPrice"`
	CouponShopPrice                int64                      `json:"couponShopPrice"`
	CouponOtherPrice               int64                      `json:"couponOtherPrice"`
	AdditionalFeeOccurAmountToUser int                        `json:"additionalFeeOccurAmountToUser"`
	AdditionalFeeOccurAmountToShop int                        `json:"additionalFeeOccurAmountToShop"`
	AsurakuFlag                    int                        `json:"asurakuFlag"`
	DrugFlag                       int                        `json:"drugFlag"`
	DealFlag                       int                        `json:"dealFlag"`
	DeliveryCertPrgFlag            int                        `json:"deliveryCertPrgFlag"`
	OneDayOperationFlag            int                        `json:"oneDayOperationFlag"`
	MembershipType                 int                        `json:"membershipType"`
	Memo                           string                     `json:"memo"`
	Operator                       string                     `json:"operator"`
	MailPlugSentence               string                     `json:"mailPlugSentence"`
	ModifyFlag                     int                        `json:"modifyFlag"`
	ReceiptIssueCount              int                        `json:"receiptIssueCount"`
	ReceiptIssueHistoryList        []string                   `json:"receiptIssueHistoryList"`
	OrdererModel                   *rakutenOrdererModel       `json:"OrdererModel"`
	SettlementModel                *rakutenSettlementModel    `json:"SettlementModel"`
	DeliveryModel                  *rakutenDeliveryModel      `json:"DeliveryModel"`
	PointModel                     *rakutenPointModel         `json:"PointModel"`
	WrappingModel1                 *rakutenWrappingModel      `json:"WrappingModel1"`
	WrappingModel2                 *rakutenWrappingModel      `json:"WrappingModel2"`
	PackageModelList               []rakutenPackageModel      `json:"PackageModelList"`
	CouponModelList                []rakutenCouponModel       `json:"CouponModelList"`
	ChangeReasonModelList          []rakutenChangeReasonModel `json:"ChangeReasonModelList"`
	TaxSummaryModelList            []rakutenTaxSummaryModel   `json:"TaxSummaryModelList"`
	DueDateModelList               []rakutenDueDateModel      `json:"DueDateModelList"`
}

type rakutenTaxSummaryModel struct {
	TaxRate       json.Number `json:"taxRate"`
	ReqPrice      int64       `json:"reqPrice"`
	ReqPriceTax   int64       `json:"reqPriceTax"`
	TotalPrice    int64       `json:"totalPrice"`
	PaymentCharge int         `json:"paymentCharge"`
	CouponPrice   int64       `json:"couponPrice"`
	Point         int         `json:"point"`
}

type rakutenChangeReasonModel struct {
	ChangeId            int64 `json:"changeId"`
	ChangeType          *int  `json:"changeType"`
	ChangeTypeDetail    *int  `json:"changeTypeDetail"`
	ChangeReason        *int  `json:"changeReason"`
	ChangeReasonDetail  *int  `json:"changeReasonDetail"`
	ChangeApplyDatetime stamp `json:"changeApplyDatetime"`
	ChangeFixDatetime   stamp `json:"changeFixDatetime"`
	ChangeCmplDatetime  stamp `json:"changeCmplDatetime"`
}

type rakutenCouponModel struct {
	CouponCode        string `json:"couponCode"`
	ItemId            int64  `json:"itemId"`
	CouponName        string `json:"couponName"`
	CouponSummary     string `json:"couponSummary"`
	CouponCapital     string `json:"couponCapital"`
	CouponCapitalCode int    `json:"couponCapitalCode"`
	ExpiryDate        stamp  `json:"expiryDate"`
	CouponPrice       int64  `json:"couponPrice"`
	CouponUnit        int    `json:"couponUnit"`
	CouponTotalPrice  int64  `json:"couponTotalPrice"`
	ItemDetailId      int64  `json:"itemDetailId"`
}

type rakutenPackageModel struct {
	BasketId                   int64                  `json:"basketId"`
	PostagePrice               int64                  `json:"postagePrice"`
	PostageTaxRate             json.Number            `json:"postageTaxRate"`
	DeliveryPrice              int64                  `json:"deliveryPrice"`
	DeliveryTaxRate            json.Number            `json:"deliveryTaxRate"`
	GoodsPrice                 int64                  `json:"goodsPrice"`
	TotalPrice                 int64                  `json:"totalPrice"`
	Noshi                      string                 `json:"noshi"`
	DefaultDeliveryCompanyCode string                 `json:"defaultDeliveryCompanyCode"`
	DropOffFlag                int                    `json:"dropOffFlag"`
	DropOffLocation            string                 `json:"dropOffLocation"`
	PackageDeleteFlag          int                    `json:"packageDeleteFlag"`
	SenderModel                *rakutenSenderModel    `json:"SenderModel"`
	ItemModelList              []rakutenItemModel     `json:"ItemModelList"`
	ShippingModelList          []rakutenShippingModel `json:"ShippingModelList"`
	DeliveryCvsModel           *struct{}              `json:"DeliveryCvsModel"`
	SocialGiftModel            *struct{}              `json:"SocialGiftModel"`
}

type rakutenShippingModel struct {
	ShippingDetailId    int64  `json:"shippingDetailId"`
	ShippingNumber      string `json:"shippingNumber"`
	DeliveryCompany     string `json:"deliveryCompany"`
	DeliveryCompanyName string `json:"deliveryCompanyName"`
	ShippingDate        stamp  `json:"shippingDate"`
}

type rakutenItemModel struct {
	ItemDetailId                     int64             `json:"itemDetailId"`
	ItemName                         string            `json:"itemName"`
	ItemId                           int64             `json:"itemId"`
	ItemNumber                       string            `json:"itemNumber"`
	ManageNumber                     string            `json:"manageNumber"`
	Price                            int               `json:"price"`
	Units                            int               `json:"units"`
	IncludePostageFlag               int               `json:"includePostageFlag"`
	IncludeTaxFlag                   int               `json:"includeTaxFlag"`
	IncludeCashOnDeliveryPostageFlag int               `json:"includeCashOnDeliveryPostageFlag"`
	SelectedChoice                   string            `json:"selectedChoice"`
	PointRate                        int               `json:"pointRate"`
	PointType                        int               `json:"pointType"`
	InventoryType                    int               `json:"inventoryType"`
	DelvdateInfo                     string            `json:"delvdateInfo"`
	RestoreInventoryFlag             int               `json:"restoreInventoryFlag"`
	DealFlag                         int               `json:"dealFlag"`
	DrugFlag                         int               `json:"drugFlag"`
	DeleteItemFlag                   int               `json:"deleteItemFlag"`
	TaxRate                          json.Number       `json:"taxRate"`
	PriceTaxIncl                     int               `json:"priceTaxIncl"`
	IsSingleItemShipping             int               `json:"isSingleItemShipping"`
	SkuModelList                     []rakutenSkuModel `json:"SkuModelList"`
}

type rakutenSkuModel struct {
	VariantId            string `json:"variantId"`
	MerchantDefinedSkuId string `json:"merchantDefinedSkuId"`
	SkuInfo              string `json:"skuInfo"`
}

type rakutenSenderModel struct {
	ZipCode1           string `json:"zipCode1"`
	ZipCode2           string `json:"zipCode2"`
	Prefecture         string `json:"prefecture"`
	City               string `json:"city"`
	SubAddress         string `json:"subAddress"`
	FamilyName         string `json:"familyName"`
	FirstName          string `json:"firstName"`
	FamilyNameKana     string `json:"familyNameKana"`
	FirstNameKana      string `json:"firstNameKana"`
	PhoneNumber1       string `json:"phoneNumber1"`
	PhoneNumber2       string `json:"phoneNumber2"`
	PhoneNumber3       string `json:"phoneNumber3"`
	IsolatedIslandFlag int    `json:"isolatedIslandFlag"`
}

type rakutenWrappingModel struct {
	Title              int         `json:"title"`
	Name               string      `json:"name"`
	Price              *int        `json:"price"`
	IncludeTaxFlag     int         `json:"includeTaxFlag"`
	DeleteWrappingFlag int         `json:"deleteWrappingFlag"`
	TaxRate            json.Number `json:"taxRate"`
	TaxPrice           int64       `json:"taxPrice"`
}

type rakutenPointModel struct {
	UsedPoint int `json:"usedPoint"`
}

type rakutenDeliveryModel struct {
	DeliveryName  string `json:"deliveryName"`
	DeliveryClass *int   `json:"deliveryClass"`
}

type rakutenSettlementModel struct {
	SettlementMethodCode int    `json:"settlementMethodCode"`
	SettlementMethod     string `json:"settlementMethod"`
	RpaySettlementFlag   int    `json:"rpaySettlementFlag"`
	CardName             string `json:"cardName"`
	CardNumber           string `json:"cardNumber"`
	CardOwner            string `json:"cardOwner"`
	CardYm               string `json:"cardYm"`
	CardPayType          *int   `json:"cardPayType"`
	CardInstallmentDesc  string `json:"cardInstallmentDesc"`
}

type rakutenOrdererModel struct {
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
	EmailAddress   string `json:"emailAddress"`
	Sex            string `json:"sex"`
	BirthYear      *int   `json:"birthYear"`
	BirthMonth     *int   `json:"birthMonth"`
	BirthDay       *int   `json:"birthDay"`
}
