package amazon

import "encoding/json"

// V0OrderItemsList is a page of lines.
type V0OrderItemsList struct {
	OrderItems    []V0OrderItem `json:"OrderItems"`
	NextToken     string        `json:"NextToken,omitempty"`
	AmazonOrderID string        `json:"AmazonOrderId"`
}

// V0OrderItem is a line of an order (明細).
type V0OrderItem struct {
	ASIN            string               `json:"ASIN"`
	SellerSKU       string               `json:"SellerSKU,omitempty"`
	OrderItemID     string               `json:"OrderItemId"`
	AssociatedItems []V0AssociatedItem   `json:"AssociatedItems,omitempty"`
	Title           string               `json:"Title,omitempty"`
	QuantityOrdered int64                `json:"QuantityOrdered"`
	QuantityShipped int64                `json:"QuantityShipped,omitempty"`
	ProductInfo     *V0ProductInfoDetail `json:"ProductInfo,omitempty"`
	// Amazonポイント
	PointsGranted *V0PointsGrantedDetail `json:"PointsGranted,omitempty"`
	// price × quantity
	ItemPrice            V0Money  `json:"ItemPrice,omitzero"`
	ShippingPrice        V0Money  `json:"ShippingPrice,omitzero"`
	ItemTax              V0Money  `json:"ItemTax,omitzero"`
	ShippingTax          V0Money  `json:"ShippingTax,omitzero"`
	ShippingDiscount     V0Money  `json:"ShippingDiscount,omitzero"`
	ShippingDiscountTax  V0Money  `json:"ShippingDiscountTax,omitzero"`
	PromotionDiscount    V0Money  `json:"PromotionDiscount,omitzero"`
	PromotionDiscountTax V0Money  `json:"PromotionDiscountTax,omitzero"`
	PromotionIDs         []string `json:"PromotionIds,omitempty"`
	CODFee               V0Money  `json:"CODFee,omitzero"` // 代引手数料
	CODFeeDiscount       V0Money  `json:"CODFeeDiscount,omitzero"`
	IsGift               V0Flag   `json:"IsGift,omitempty"`
	ConditionNote        string   `json:"ConditionNote,omitempty"`
	ConditionID          string   `json:"ConditionId,omitempty"`
	ConditionSubtypeID   string   `json:"ConditionSubtypeId,omitempty"`
	// お届け日時指定便
	ScheduledDeliveryStartDate DateTime                   `json:"ScheduledDeliveryStartDate,omitempty"`
	ScheduledDeliveryEndDate   DateTime                   `json:"ScheduledDeliveryEndDate,omitempty"`
	PriceDesignation           string                     `json:"PriceDesignation,omitempty"`
	TaxCollection              *V0TaxCollection           `json:"TaxCollection,omitempty"`
	SerialNumberRequired       bool                       `json:"SerialNumberRequired,omitempty"`
	IsTransparency             bool                       `json:"IsTransparency,omitempty"`
	IossNumber                 string                     `json:"IossNumber,omitempty"`
	StoreChainStoreID          string                     `json:"StoreChainStoreId,omitempty"`
	DeemedResellerCategory     string                     `json:"DeemedResellerCategory,omitempty"`
	BuyerInfo                  *V0ItemBuyerInfo           `json:"BuyerInfo,omitempty"`
	BuyerRequestedCancel       *V0BuyerRequestedCancel    `json:"BuyerRequestedCancel,omitempty"`
	SerialNumbers              []string                   `json:"SerialNumbers,omitempty"`
	SubstitutionPreferences    *V0SubstitutionPreferences `json:"SubstitutionPreferences,omitempty"`
	Measurement                *V0Measurement             `json:"Measurement,omitempty"`
	ShippingConstraints        *V0ShippingConstraints     `json:"ShippingConstraints,omitempty"`
	AmazonPrograms             *V0AmazonPrograms          `json:"AmazonPrograms,omitempty"`
}

// V0ItemBuyerInfo is the buyer's information on a line.
type V0ItemBuyerInfo struct {
	BuyerCustomizedInfo *V0BuyerCustomizedInfoDetail `json:"BuyerCustomizedInfo,omitempty"`
	GiftWrapPrice       V0Money                      `json:"GiftWrapPrice,omitzero"`
	GiftWrapTax         V0Money                      `json:"GiftWrapTax,omitzero"`
	GiftMessageText     string                       `json:"GiftMessageText,omitempty"`
	GiftWrapLevel       string                       `json:"GiftWrapLevel,omitempty"`
}

// V0OrderItemsBuyerInfoList is a page of the buyer's information on lines.
type V0OrderItemsBuyerInfoList struct {
	OrderItems    []V0OrderItemBuyerInfo `json:"OrderItems"`
	NextToken     string                 `json:"NextToken,omitempty"`
	AmazonOrderID string                 `json:"AmazonOrderId"`
}

// V0OrderItemBuyerInfo is the buyer's information on one line.
type V0OrderItemBuyerInfo struct {
	OrderItemID         string                       `json:"OrderItemId"`
	BuyerCustomizedInfo *V0BuyerCustomizedInfoDetail `json:"BuyerCustomizedInfo,omitempty"`
	GiftWrapPrice       V0Money                      `json:"GiftWrapPrice,omitzero"`
	GiftWrapTax         V0Money                      `json:"GiftWrapTax,omitzero"`
	GiftMessageText     string                       `json:"GiftMessageText,omitempty"`
	GiftWrapLevel       string                       `json:"GiftWrapLevel,omitempty"`
}

// V0BuyerCustomizedInfoDetail links to the data of Amazon Custom.
type V0BuyerCustomizedInfoDetail struct {
	CustomizedURL string `json:"CustomizedURL,omitempty"`
}

// V0AssociatedItem is a line that belongs to another one, such as a service.
type V0AssociatedItem struct {
	OrderID         string `json:"OrderId,omitempty"`
	OrderItemID     string `json:"OrderItemId,omitempty"`
	AssociationType string `json:"AssociationType,omitempty"`
}

// V0ProductInfoDetail is how many pieces a product has.
type V0ProductInfoDetail struct {
	NumberOfItems string `json:"NumberOfItems,omitempty"` // a number as text
}

// V0PointsGrantedDetail are Amazon Points that the seller grants.
type V0PointsGrantedDetail struct {
	PointsNumber        int64   `json:"PointsNumber,omitempty"`
	PointsMonetaryValue V0Money `json:"PointsMonetaryValue,omitzero"`
}

// V0TaxCollection says who remits the tax (US).
type V0TaxCollection struct {
	Model            string `json:"Model,omitempty"`
	ResponsibleParty string `json:"ResponsibleParty,omitempty"`
}

// V0BuyerRequestedCancel is the buyer's request to cancel a line.
type V0BuyerRequestedCancel struct {
	IsBuyerRequestedCancel V0Flag `json:"IsBuyerRequestedCancel,omitempty"`
	BuyerCancelReason      string `json:"BuyerCancelReason,omitempty"`
}

// V0SubstitutionPreferences is what to send when groceries are out of stock.
type V0SubstitutionPreferences struct {
	SubstitutionType    string                 `json:"SubstitutionType"`
	SubstitutionOptions []V0SubstitutionOption `json:"SubstitutionOptions,omitempty"`
}

// V0SubstitutionOption is a product that may be sent instead.
type V0SubstitutionOption struct {
	ASIN            string         `json:"ASIN,omitempty"`
	QuantityOrdered int64          `json:"QuantityOrdered,omitempty"`
	SellerSKU       string         `json:"SellerSKU,omitempty"`
	Title           string         `json:"Title,omitempty"`
	Measurement     *V0Measurement `json:"Measurement,omitempty"`
}

// V0Measurement is a quantity of goods that are not counted in pieces.
type V0Measurement struct {
	Unit  string      `json:"Unit"`
	Value json.Number `json:"Value"`
}

// V0ShippingConstraints are demands on the carrier.
type V0ShippingConstraints struct {
	PalletDelivery                string `json:"PalletDelivery,omitempty"`
	SignatureConfirmation         string `json:"SignatureConfirmation,omitempty"`
	RecipientIdentityVerification string `json:"RecipientIdentityVerification,omitempty"`
	RecipientAgeVerification      string `json:"RecipientAgeVerification,omitempty"`
}

// V0AmazonPrograms lists the programmes of a line: SUBSCRIBE_AND_SAVE, FBM_SHIP_PLUS.
type V0AmazonPrograms struct {
	Programs []string `json:"Programs"`
}

// V0Money is an amount as decimal text.
type V0Money struct {
	CurrencyCode string `json:"CurrencyCode,omitempty"`
	Amount       string `json:"Amount,omitempty"`
}
