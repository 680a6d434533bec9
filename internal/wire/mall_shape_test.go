package wire_test

import "encoding/xml"

// The structs of these tests are shaped like au PAY's searchTradeInfoListProc and
// Yahoo!'s orderInfo replies.

type aupayPage struct {
	XMLName     xml.Name     `xml:"response"`
	Status      string       `xml:"result>status"`
	Errors      []xmlError   `xml:"result>error"`
	ResultCount int          `xml:"resultCount"`
	OrderInfo   []aupayOrder `xml:"orderInfo"`
}

type xmlError struct {
	Code    string `xml:"code"`
	Message string `xml:"message"`
}

type aupayOrder struct {
	OrderDate                     stamp         `xml:"orderDate"`
	OrderId                       int64         `xml:"orderId"`
	SellMethodSegment             string        `xml:"sellMethodSegment"`
	SiteAndDevice                 string        `xml:"siteAndDevice"`
	MailAddress                   string        `xml:"mailAddress"`
	OrdererName                   string        `xml:"ordererName"`
	OrdererKana                   string        `xml:"ordererKana"`
	OrdererZipCode                string        `xml:"ordererZipCode"`
	OrdererAddress                string        `xml:"ordererAddress"`
	OrdererPhoneNumber1           string        `xml:"ordererPhoneNumber1"`
	OrdererPhoneNumber2           string        `xml:"ordererPhoneNumber2"`
	Nickname                      string        `xml:"nickname"`
	SenderName                    string        `xml:"senderName"`
	SenderKana                    string        `xml:"senderKana"`
	SenderZipCode                 string        `xml:"senderZipCode"`
	SenderAddress                 string        `xml:"senderAddress"`
	SenderPhoneNumber1            string        `xml:"senderPhoneNumber1"`
	OrderOption                   string        `xml:"orderOption"`
	SettlementName                string        `xml:"settlementName"`
	SecureSegment                 string        `xml:"secureSegment"`
	UserComment                   string        `xml:"userComment"`
	TradeRemarks                  string        `xml:"tradeRemarks"`
	Memo                          string        `xml:"memo"`
	OrderStatus                   string        `xml:"orderStatus"`
	ContactStatus                 string        `xml:"contactStatus"`
	AuthorizationStatus           string        `xml:"authorizationStatus"`
	AuthorizationDate             stamp         `xml:"authorizationDate"`
	PaymentStatus                 string        `xml:"paymentStatus"`
	ShipStatus                    string        `xml:"shipStatus"`
	PrintStatus                   string        `xml:"printStatus"`
	CancelStatus                  string        `xml:"cancelStatus"`
	Detail                        []aupayDetail `xml:"detail"`
	TotalSalePrice                int64         `xml:"totalSalePrice"`
	TotalSalePriceNormalTax       int64         `xml:"totalSalePriceNormalTax"`
	TotalSalePriceReducedTax      int64         `xml:"totalSalePriceReducedTax"`
	TotalSalePriceNoTax           int64         `xml:"totalSalePriceNoTax"`
	TotalSaleUnit                 int64         `xml:"totalSaleUnit"`
	PostagePrice                  int64         `xml:"postagePrice"`
	PostagePriceTaxRate           string        `xml:"postagePriceTaxRate"`
	ChargePrice                   int64         `xml:"chargePrice"`
	ChargePriceTaxRate            string        `xml:"chargePriceTaxRate"`
	TotalItemOptionPrice          int64         `xml:"totalItemOptionPrice"`
	TotalItemOptionPriceTaxRate   string        `xml:"totalItemOptionPriceTaxRate"`
	TotalGiftWrappingPrice        int64         `xml:"totalGiftWrappingPrice"`
	TotalGiftWrappingPriceTaxRate string        `xml:"totalGiftWrappingPriceTaxRate"`
	TotalPrice                    int64         `xml:"totalPrice"`
	TotalPriceNormalTax           int64         `xml:"totalPriceNormalTax"`
	TotalPriceReducedTax          int64         `xml:"totalPriceReducedTax"`
	TotalPriceNoTax               int64         `xml:"totalPriceNoTax"`
	PremiumType                   string        `xml:"premiumType"`
	PremiumIssuePrice             int64         `xml:"premiumIssuePrice"`
	PremiumMallPrice              int64         `xml:"premiumMallPrice"`
	PremiumShopPrice              int64         `xml:"premiumShopPrice"`
	CouponTotalPrice              int64         `xml:"couponTotalPrice"`
	CouponTotalPriceNormalTax     int64         `xml:"couponTotalPriceNormalTax"`
	CouponTotalPriceReducedTax    int64         `xml:"couponTotalPriceReducedTax"`
	CouponTotalPriceNoTax         int64         `xml:"couponTotalPriceNoTax"`
	UsePoint                      int64         `xml:"usePoint"`
	UsePointNormalTax             int64         `xml:"usePointNormalTax"`
	UsePointReducedTax            int64         `xml:"usePointReducedTax"`
	UsePointNoTax                 int64         `xml:"usePointNoTax"`
	UseAuPointPrice               int64         `xml:"useAuPointPrice"`
	UseAuPointPriceNormalTax      int64         `xml:"useAuPointPriceNormalTax"`
	UseAuPointPriceReducedTax     int64         `xml:"useAuPointPriceReducedTax"`
	UseAuPointPriceNoTax          int64         `xml:"useAuPointPriceNoTax"`
	UseAuPoint                    int64         `xml:"useAuPoint"`
	UseAuPointCancel              string        `xml:"useAuPointCancel"`
	RequestPrice                  int64         `xml:"requestPrice"`
	RequestPriceNormalTax         int64         `xml:"requestPriceNormalTax"`
	RequestPriceReducedTax        int64         `xml:"requestPriceReducedTax"`
	RequestPriceNoTax             int64         `xml:"requestPriceNoTax"`
	PointFixedDate                stamp         `xml:"pointFixedDate"`
	PointFixedStatus              string        `xml:"pointFixedStatus"`
	SettleStatus                  string        `xml:"settleStatus"`
	AuthoriTimelimitDate          stamp         `xml:"authoriTimelimitDate"`
	CouponType                    string        `xml:"couponType"`
	CouponKey                     string        `xml:"couponKey"`
	DeliveryName                  string        `xml:"deliveryName"`
	DeliveryMethodId              int64         `xml:"deliveryMethodId"`
	DeliveryId                    int64         `xml:"deliveryId"`
	ElecReceiptIssueStatus        string        `xml:"elecReceiptIssueStatus"`
	ElecReceiptIssueTimes         int64         `xml:"elecReceiptIssueTimes"`
	DeliveryRequestDay            string        `xml:"deliveryRequestDay"`
	DeliveryRequestTime           string        `xml:"deliveryRequestTime"`
}

type aupayDetail struct {
	OrderDetailId         int64  `xml:"orderDetailId"`
	ItemManagementId      string `xml:"itemManagementId"`
	ItemCode              string `xml:"itemCode"`
	Lotnumber             int64  `xml:"lotnumber"`
	ItemName              string `xml:"itemName"`
	ItemOption            string `xml:"itemOption"`
	ItemOptionPrice       int64  `xml:"itemOptionPrice"`
	GiftWrappingPrice     int64  `xml:"giftWrappingPrice"`
	ItemCancelStatus      string `xml:"itemCancelStatus"`
	BeforeDiscount        int64  `xml:"beforeDiscount"`
	Discount              int64  `xml:"discount"`
	ItemPrice             int64  `xml:"itemPrice"`
	Unit                  int64  `xml:"unit"`
	TotalItemPrice        int64  `xml:"totalItemPrice"`
	TotalItemChargePrice  int64  `xml:"totalItemChargePrice"`
	TaxType               string `xml:"taxType"`
	ReducedTax            int64  `xml:"reducedTax"`
	TaxRate               string `xml:"taxRate"`
	GiftPoint             int64  `xml:"giftPoint"`
	ShippingDayDispText   string `xml:"shippingDayDispText"`
	ShippingTimelimitDate stamp  `xml:"shippingTimelimitDate"`
}

type yahooPage struct {
	XMLName   xml.Name     `xml:"ResultSet"`
	Available int          `xml:"totalResultsAvailable,attr"`
	Returned  int          `xml:"totalResultsReturned,attr"`
	Status    string       `xml:"Result>Status"`
	OrderInfo []yahooOrder `xml:"Result>OrderInfo"`
}

type yahooOrder struct {
	OrderId             string      `xml:"OrderId"`
	Version             int64       `xml:"Version"`
	ParentOrderId       string      `xml:"ParentOrderId"`
	ChildOrderId        string      `xml:"ChildOrderId"`
	DeviceType          string      `xml:"DeviceType"`
	IsSeen              bool        `xml:"IsSeen"`
	IsSplit             bool        `xml:"IsSplit"`
	CancelReason        string      `xml:"CancelReason"`
	CancelReasonDetail  string      `xml:"CancelReasonDetail"`
	IsRoyalty           bool        `xml:"IsRoyalty"`
	IsSeller            bool        `xml:"IsSeller"`
	OrderTime           stamp       `xml:"OrderTime"`
	LastUpdateTime      stamp       `xml:"LastUpdateTime"`
	Suspect             string      `xml:"Suspect"`
	OrderStatus         string      `xml:"OrderStatus"`
	StoreStatus         string      `xml:"StoreStatus"`
	BuyerComments       string      `xml:"BuyerComments"`
	Notes               string      `xml:"Notes"`
	OperationUser       string      `xml:"OperationUser"`
	HistoryId           int64       `xml:"HistoryId"`
	UseCouponData       string      `xml:"UseCouponData"`
	TotalCouponDiscount string      `xml:"TotalCouponDiscount"`
	ShippingCouponFlg   string      `xml:"ShippingCouponFlg"`
	FraudHoldStatus     string      `xml:"FraudHoldStatus"`
	IsYahooAuctionOrder bool        `xml:"IsYahooAuctionOrder"`
	IsLineGiftOrder     bool        `xml:"IsLineGiftOrder"`
	SocialGiftType      string      `xml:"SocialGiftType"`
	Pay                 yahooPay    `xml:"Pay"`
	Ship                yahooShip   `xml:"Ship"`
	Detail              yahooDetail `xml:"Detail"`
	Item                []yahooItem `xml:"Item"`
	Seller              yahooSeller `xml:"Seller"`
	Buyer               yahooBuyer  `xml:"Buyer"`
	IsReadOnly          string      `xml:"IsReadOnly"`
}

type yahooBuyer struct {
	IsLogin        bool   `xml:"IsLogin"`
	FspLicenseCode string `xml:"FspLicenseCode"`
	FspLicenseName string `xml:"FspLicenseName"`
	GuestAuthId    string `xml:"GuestAuthId"`
}

type yahooSeller struct {
	SellerId string `xml:"SellerId"`
}

type yahooItem struct {
	LineId          int64              `xml:"LineId"`
	ItemId          string             `xml:"ItemId"`
	Title           string             `xml:"Title"`
	SubCode         string             `xml:"SubCode"`
	SubCodeOption   string             `xml:"SubCodeOption"`
	ItemOption      []yahooItemOption  `xml:"ItemOption"`
	Inscription     []yahooInscription `xml:"Inscription"`
	IsUsed          bool               `xml:"IsUsed"`
	IsTaxable       bool               `xml:"IsTaxable"`
	ItemTaxRatio    int64              `xml:"ItemTaxRatio"`
	Jan             string             `xml:"Jan"`
	UnitPrice       int64              `xml:"UnitPrice"`
	NonTaxUnitPrice int64              `xml:"NonTaxUnitPrice"`
	Quantity        int64              `xml:"Quantity"`
	ReleaseDate     stamp              `xml:"ReleaseDate"`
	UnitGetPoint    int64              `xml:"UnitGetPoint"`
	LeadTimeStart   string             `xml:"LeadTimeStart"`
	LeadTimeEnd     string             `xml:"LeadTimeEnd"`
	PriceType       int64              `xml:"PriceType"`
}

type yahooInscription struct {
	Index int64  `xml:"Index"`
	Name  string `xml:"Name"`
	Value string `xml:"Value"`
}

type yahooItemOption struct {
	Index int64  `xml:"Index"`
	Name  string `xml:"Name"`
	Value string `xml:"Value"`
	Price int64  `xml:"Price"`
}

type yahooDetail struct {
	PayCharge               int64  `xml:"PayCharge"`
	ShipCharge              int64  `xml:"ShipCharge"`
	GiftWrapCharge          int64  `xml:"GiftWrapCharge"`
	Discount                int64  `xml:"Discount"`
	Adjustments             string `xml:"Adjustments"`
	SettleAmount            int64  `xml:"SettleAmount"`
	UsePoint                int64  `xml:"UsePoint"`
	GiftCardDiscount        string `xml:"GiftCardDiscount"`
	TotalPrice              int64  `xml:"TotalPrice"`
	IsGetPointFixAll        bool   `xml:"IsGetPointFixAll"`
	TotalMallCouponDiscount int64  `xml:"TotalMallCouponDiscount"`
	PayMethodAmount         string `xml:"PayMethodAmount"`
	CombinedPayMethodAmount string `xml:"CombinedPayMethodAmount"`
}

type yahooShip struct {
	ShipStatus                   string `xml:"ShipStatus"`
	ShipMethod                   string `xml:"ShipMethod"`
	ShipMethodName               string `xml:"ShipMethodName"`
	ShipRequestDate              stamp  `xml:"ShipRequestDate"`
	ShipRequestTime              string `xml:"ShipRequestTime"`
	ShipRequestTimeZoneCode      string `xml:"ShipRequestTimeZoneCode"`
	ShipNotes                    string `xml:"ShipNotes"`
	ShipCompanyCode              string `xml:"ShipCompanyCode"`
	ShipInvoiceNumber1           string `xml:"ShipInvoiceNumber1"`
	ShipInvoiceNumber2           string `xml:"ShipInvoiceNumber2"`
	ShipInvoiceNumberEmptyReason string `xml:"ShipInvoiceNumberEmptyReason"`
	ShipUrl                      string `xml:"ShipUrl"`
	ArriveType                   string `xml:"ArriveType"`
	ShipDate                     stamp  `xml:"ShipDate"`
	ArrivalDate                  stamp  `xml:"ArrivalDate"`
	NeedGiftWrap                 bool   `xml:"NeedGiftWrap"`
	ShipFirstName                string `xml:"ShipFirstName"`
	ShipFirstNameKana            string `xml:"ShipFirstNameKana"`
	ShipLastName                 string `xml:"ShipLastName"`
	ShipLastNameKana             string `xml:"ShipLastNameKana"`
	ShipZipCode                  string `xml:"ShipZipCode"`
	ShipPrefecture               string `xml:"ShipPrefecture"`
	ShipCity                     string `xml:"ShipCity"`
	ShipAddress1                 string `xml:"ShipAddress1"`
	ShipAddress2                 string `xml:"ShipAddress2"`
	ShipPhoneNumber              string `xml:"ShipPhoneNumber"`
	ExcellentDelivery            string `xml:"ExcellentDelivery"`
	IsEazy                       bool   `xml:"IsEazy"`
	IsSubscription               string `xml:"IsSubscription"`
}

type yahooPay struct {
	PayStatus             string `xml:"PayStatus"`
	SettleStatus          string `xml:"SettleStatus"`
	PayType               string `xml:"PayType"`
	PayKind               string `xml:"PayKind"`
	PayMethod             string `xml:"PayMethod"`
	PayMethodName         string `xml:"PayMethodName"`
	PayActionTime         stamp  `xml:"PayActionTime"`
	PayDate               stamp  `xml:"PayDate"`
	PayNotes              string `xml:"PayNotes"`
	SettleId              string `xml:"SettleId"`
	NeedBillSlip          bool   `xml:"NeedBillSlip"`
	NeedDetailedSlip      bool   `xml:"NeedDetailedSlip"`
	NeedReceipt           bool   `xml:"NeedReceipt"`
	BillAddressFrom       string `xml:"BillAddressFrom"`
	BillFirstName         string `xml:"BillFirstName"`
	BillFirstNameKana     string `xml:"BillFirstNameKana"`
	BillLastName          string `xml:"BillLastName"`
	BillLastNameKana      string `xml:"BillLastNameKana"`
	BillZipCode           string `xml:"BillZipCode"`
	BillPrefecture        string `xml:"BillPrefecture"`
	BillCity              string `xml:"BillCity"`
	BillAddress1          string `xml:"BillAddress1"`
	BillAddress2          string `xml:"BillAddress2"`
	BillPhoneNumber       string `xml:"BillPhoneNumber"`
	BillMailAddress       string `xml:"BillMailAddress"`
	CombinedPayType       string `xml:"CombinedPayType"`
	CombinedPayKind       string `xml:"CombinedPayKind"`
	CombinedPayMethod     string `xml:"CombinedPayMethod"`
	CombinedPayMethodName string `xml:"CombinedPayMethodName"`
}
