package yahoo

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Condition holds the conditions of an orderList search. All that are set must match; several
// values of one field are alternatives. Required is OrderID, or one of OrderTime, OrderTimeFrom,
// OrderTimeTo, PublicationTimeFrom, PublicationTimeTo, PayMethodChangeDeadlineFrom and
// PayMethodChangeDeadlineTo. There is no condition on the last update.
type Condition struct {
	// one order; several or unknown ones may be answered with od91801
	OrderID    string       `xml:"OrderId" max:"50"`
	DeviceType []DeviceType `xml:"DeviceType" max:"1"`
	IsActive   *bool        `xml:"IsActive"` // 有効注文
	// 閲覧済み; false with OrderProcessing finds new orders
	IsSeen  *bool `xml:"IsSeen"`
	IsSplit *bool `xml:"IsSplit"`
	// 課金対象; false finds test orders
	IsRoyalty     *bool       `xml:"IsRoyalty"`
	IsRoyaltyFix  *bool       `xml:"IsRoyaltyFix"`
	IsAffiliate   *bool       `xml:"IsAffiliate"`
	OrderTime     []time.Time `xml:"OrderTime"`     // exactly these times
	OrderTimeFrom time.Time   `xml:"OrderTimeFrom"` // inclusive
	OrderTimeTo   time.Time   `xml:"OrderTimeTo"`   // inclusive
	// "1" includes orders on fraud hold, "0" hides them
	FraudHoldDisplayType string `xml:"FraudHoldDisplayType" max:"1"`
	// when orderList could first return the order
	PublicationTimeFrom time.Time      `xml:"PublicationTimeFrom"`
	PublicationTimeTo   time.Time      `xml:"PublicationTimeTo"`
	ReleaseDateFrom     order.Date     `xml:"ReleaseDateFrom"` // 発売日
	ReleaseDateTo       order.Date     `xml:"ReleaseDateTo"`
	Suspect             []Suspect      `xml:"Suspect" max:"1"`
	OrderStatus         []OrderStatus  `xml:"OrderStatus" max:"1"`
	StoreStatus         string         `xml:"StoreStatus" max:"2"` // 1 to 10
	PrintSlipFlag       *bool          `xml:"PrintSlipFlag"`
	PrintDeliveryFlag   *bool          `xml:"PrintDeliveryFlag"`
	PrintBillFlag       *bool          `xml:"PrintBillFlag"`
	BuyerCommentsFlag   *bool          `xml:"BuyerCommentsFlag"`
	PayStatus           PayStatus      `xml:"PayStatus" max:"1"`
	SettleStatus        []SettleStatus `xml:"SettleStatus" max:"2"`
	PayType             []PayType      `xml:"PayType" max:"1"`
	PayMethod           PayMethod      `xml:"PayMethod" max:"11"`
	NeedBillSlip        *bool          `xml:"NeedBillSlip"`
	NeedDetailedSlip    *bool          `xml:"NeedDetailedSlip"`
	NeedReceipt         *bool          `xml:"NeedReceipt"`
	BillFirstName       string         `xml:"BillFirstName" max:"297"`
	BillFirstNameKana   string         `xml:"BillFirstNameKana" max:"297"`
	BillLastName        string         `xml:"BillLastName" max:"297"`
	BillLastNameKana    string         `xml:"BillLastNameKana" max:"297"`
	BillZipCode         string         `xml:"BillZipCode" max:"10"`
	BillPrefecture      string         `xml:"BillPrefecture" max:"12"`
	BillPhoneNumber     string         `xml:"BillPhoneNumber" max:"14"`
	BillMailAddress     string         `xml:"BillMailAddress" max:"297"`
	ShipStatus          []ShipStatus   `xml:"ShipStatus" max:"1"`
	ShipMethod          string         `xml:"ShipMethod" max:"9"`  // postageN
	ShipRequestDateFrom order.Date     `xml:"ShipRequestDateFrom"` // お届け希望日
	ShipRequestDateTo   order.Date     `xml:"ShipRequestDateTo"`
	// orders without a requested date: "0" includes them, "1" excludes them, "2" finds only them
	ShipRequestDateNo string          `xml:"ShipRequestDateNo" max:"1"`
	ShipCompanyCode   ShipCompanyCode `xml:"ShipCompanyCode" max:"4"`
	ReceiveShopCode   string          `xml:"ReceiveShopCode" max:"50"`
	// either of the two numbers
	ShipInvoiceNumber            string       `xml:"ShipInvoiceNumber" max:"30"`
	ShipInvoiceNumberEmptyReason EmptyReason  `xml:"ShipInvoiceNumberEmptyReason" max:"3"`
	ArriveType                   []ArriveType `xml:"ArriveType" max:"1"`
	ShipDate                     order.Date   `xml:"ShipDate"` // 出荷日
	ShipDateFrom                 order.Date   `xml:"ShipDateFrom"`
	ShipDateTo                   order.Date   `xml:"ShipDateTo"`
	NeedGiftWrap                 *bool        `xml:"NeedGiftWrap"`
	NeedGiftWrapMessage          *bool        `xml:"NeedGiftWrapMessage"`
	NeedGiftWrapPaper            *bool        `xml:"NeedGiftWrapPaper"`
	ShipFirstName                string       `xml:"ShipFirstName" max:"297"`
	ShipFirstNameKana            string       `xml:"ShipFirstNameKana" max:"297"`
	ShipLastName                 string       `xml:"ShipLastName" max:"297"`
	ShipLastNameKana             string       `xml:"ShipLastNameKana" max:"297"`
	ShipZipCode                  string       `xml:"ShipZipCode" max:"10"`
	ShipPrefecture               string       `xml:"ShipPrefecture" max:"12"`
	ShipPhoneNumber              string       `xml:"ShipPhoneNumber" max:"14"`
	IsGetPointFixAll             *bool        `xml:"IsGetPointFixAll"`
	ItemID                       string       `xml:"ItemId" max:"228"` // without the store account
	Title                        string       `xml:"Title" max:"225"`
	SubCode                      string       `xml:"SubCode" max:"99"`
	GetPointFixDateFrom          order.Date   `xml:"GetPointFixDateFrom"`
	GetPointFixDateTo            order.Date   `xml:"GetPointFixDateTo"`
	SellerID                     string       `xml:"SellerId" max:"128"`
	IsLogin                      *bool        `xml:"IsLogin"`
	SellerType                   []SellerType `xml:"SellerType" max:"1"`
	IsPayManagement              *bool        `xml:"IsPayManagement"`
	ExistMultiReleaseDate        *bool        `xml:"ExistMultiReleaseDate"`
	// empty leaves out orders in their first ten minutes, in which the buyer may cancel
	ReadOnlyMode              ReadOnlyMode         `xml:"ReadOnlyMode" max:"1"`
	IsApplePay                *bool                `xml:"IsApplePay"`
	IsFirstClassDrugIncludes  *bool                `xml:"IsFirstClassDrugIncludes"`
	IsFirstClassDrugAgreement *bool                `xml:"IsFirstClassDrugAgreement"`
	ReceiveSatelliteType      ReceiveSatelliteType `xml:"ReceiveSatelliteType" max:"1"`
	ShipInstructType          ShipInstructType     `xml:"ShipInstructType" max:"3"`
	ShipInstructStatus        ShipInstructStatus   `xml:"ShipInstructStatus" max:"3"`
	YamatoCoopStatus          YamatoCoopStatus     `xml:"YamatoCoopStatus" max:"1"`
	ReceiveShopType           ReceiveShopType      `xml:"ReceiveShopType" max:"1"`
	IsGetStoreBonusFixAll     *bool                `xml:"IsGetStoreBonusFixAll"`
	GetStoreBonusFixDateFrom  order.Date           `xml:"GetStoreBonusFixDateFrom"`
	GetStoreBonusFixDateTo    order.Date           `xml:"GetStoreBonusFixDateTo"`
	IsEazy                    *bool                `xml:"IsEazy"`
	EazyDeliveryCode          EazyDeliveryCode     `xml:"EazyDeliveryCode" max:"2"`
	EazyDeliveryName          string               `xml:"EazyDeliveryName" max:"50"`
	IsYahooAuctionOrder       *bool                `xml:"IsYahooAuctionOrder"`
	// documented to find nothing: use ItemYahooAucID
	YahooAuctionID string `xml:"YahooAuctionId" max:"16"`
	// likewise: use ItemYahooAucMerchantID
	YahooAuctionMerchantID      string                   `xml:"YahooAuctionMerchantId" max:"20"`
	ItemYahooAucID              string                   `xml:"ItemYahooAucId" max:"16"`
	ItemYahooAucMerchantID      string                   `xml:"ItemYahooAucMerchantId" max:"20"`
	IsYahooAuctionDeferred      *bool                    `xml:"IsYahooAuctionDeferred"`
	YahooAuctionCategoryType    YahooAuctionCategoryType `xml:"YahooAuctionCategoryType" max:"1"`
	YahooAuctionBidType         YahooAuctionBidType      `xml:"YahooAuctionBidType" max:"1"`
	YahooAuctionBundleType      YahooAuctionBundleType   `xml:"YahooAuctionBundleType" max:"1"`
	PayMethodChangeDeadlineFrom time.Time                `xml:"PayMethodChangeDeadlineFrom"`
	PayMethodChangeDeadlineTo   time.Time                `xml:"PayMethodChangeDeadlineTo"`
	// only true can be searched for
	IsPayMethodChangePossible *bool `xml:"IsPayMethodChangePossible"`
	// "1" finds only LINE gifts, "2" only other orders
	LineGiftDisplayType string `xml:"LineGiftDisplayType" max:"1"`
	// "1" finds shippable LINE gifts and other orders, "2" only LINE gifts that are not shippable
	LineGiftShippableType  string                 `xml:"LineGiftShippableType" max:"1"`
	ShippingDeadlineFrom   time.Time              `xml:"ShippingDeadlineFrom"` // of LINE gifts
	ShippingDeadlineTo     time.Time              `xml:"ShippingDeadlineTo"`
	OverlapOrderResult     OverlapOrderResult     `xml:"OverlapOrderResult" max:"1"`
	SocialGiftType         []SocialGiftType       `xml:"SocialGiftType" max:"2"`
	RemoteAreaShippingType RemoteAreaShippingType `xml:"RemoteAreaShippingType" max:"1"`
	IsLineCommerceTabOrder *bool                  `xml:"IsLineCommerceTabOrder"`
	XshoppingStoreType     string                 `xml:"XshoppingStoreType" max:"30"` // SHP
}

// ReadOnlyMode says whether orderList returns orders in their first ten minutes, in which the buyer
// may cancel.
type ReadOnlyMode string

// The values of [ReadOnlyMode]. Empty is [ReadWriteOnly].
const (
	ReadWriteOnly ReadOnlyMode = "0" // the mall's default: only orders after that time
	ReadOnlyOnly  ReadOnlyMode = "1" // only orders in that time
	ReadAll       ReadOnlyMode = "2" // all orders
)

// bounded reports whether the mall accepts the search; without a bound it answers 500.
func (c *Condition) bounded() bool {
	return c.OrderID != "" || len(c.OrderTime) > 0 || !c.OrderTimeFrom.IsZero() ||
		!c.OrderTimeTo.IsZero() ||
		!c.PublicationTimeFrom.IsZero() || !c.PublicationTimeTo.IsZero() ||
		!c.PayMethodChangeDeadlineFrom.IsZero() || !c.PayMethodChangeDeadlineTo.IsZero()
}
