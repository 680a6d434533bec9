package amazon

// V0OrdersList is a page of orders.
type V0OrdersList struct {
	Orders            []V0Order `json:"Orders"`
	NextToken         string    `json:"NextToken,omitempty"` // empty on the last page
	LastUpdatedBefore DateTime  `json:"LastUpdatedBefore,omitempty"`
	// seconds since 1970, with decimals, in the sandbox
	CreatedBefore DateTime `json:"CreatedBefore,omitempty"`
}

// V0Order is an order of v0.
type V0Order struct {
	AmazonOrderID      string   `json:"AmazonOrderId"`
	SellerOrderID      string   `json:"SellerOrderId,omitempty"`
	PurchaseDate       DateTime `json:"PurchaseDate"` // 注文日時
	LastUpdateDate     DateTime `json:"LastUpdateDate"`
	OrderStatus        string   `json:"OrderStatus"`
	FulfillmentChannel string   `json:"FulfillmentChannel,omitempty"`
	SalesChannel       string   `json:"SalesChannel,omitempty"`
	OrderChannel       string   `json:"OrderChannel,omitempty"`
	ShipServiceLevel   string   `json:"ShipServiceLevel,omitempty"`
	// absent while pending
	OrderTotal                     V0Money                        `json:"OrderTotal,omitzero"`
	NumberOfItemsShipped           int64                          `json:"NumberOfItemsShipped,omitempty"`
	NumberOfItemsUnshipped         int64                          `json:"NumberOfItemsUnshipped,omitempty"`
	PaymentExecutionDetail         []V0PaymentExecutionDetailItem `json:"PaymentExecutionDetail,omitempty"`
	PaymentMethod                  string                         `json:"PaymentMethod,omitempty"`
	PaymentMethodDetails           []string                       `json:"PaymentMethodDetails,omitempty"`
	MarketplaceID                  string                         `json:"MarketplaceId,omitempty"`
	ShipmentServiceLevelCategory   string                         `json:"ShipmentServiceLevelCategory,omitempty"`
	EasyShipShipmentStatus         string                         `json:"EasyShipShipmentStatus,omitempty"`
	CbaDisplayableShippingLabel    string                         `json:"CbaDisplayableShippingLabel,omitempty"`
	OrderType                      string                         `json:"OrderType,omitempty"`
	EarliestShipDate               DateTime                       `json:"EarliestShipDate,omitempty"`
	LatestShipDate                 DateTime                       `json:"LatestShipDate,omitempty"`
	EarliestDeliveryDate           DateTime                       `json:"EarliestDeliveryDate,omitempty"`
	LatestDeliveryDate             DateTime                       `json:"LatestDeliveryDate,omitempty"`
	IsBusinessOrder                bool                           `json:"IsBusinessOrder,omitempty"`
	IsPrime                        bool                           `json:"IsPrime,omitempty"`
	IsPremiumOrder                 bool                           `json:"IsPremiumOrder,omitempty"`
	IsGlobalExpressEnabled         bool                           `json:"IsGlobalExpressEnabled,omitempty"`
	ReplacedOrderID                string                         `json:"ReplacedOrderId,omitempty"`
	IsReplacementOrder             bool                           `json:"IsReplacementOrder,omitempty"`
	PromiseResponseDueDate         DateTime                       `json:"PromiseResponseDueDate,omitempty"`
	IsEstimatedShipDateSet         bool                           `json:"IsEstimatedShipDateSet,omitempty"`
	IsSoldByAB                     bool                           `json:"IsSoldByAB,omitempty"`
	IsIBA                          bool                           `json:"IsIBA,omitempty"`
	DefaultShipFromLocationAddress *V0Address                     `json:"DefaultShipFromLocationAddress,omitempty"`
	BuyerInvoicePreference         string                         `json:"BuyerInvoicePreference,omitempty"`
	BuyerTaxInformation            *V0BuyerTaxInformation         `json:"BuyerTaxInformation,omitempty"`
	FulfillmentInstruction         *V0FulfillmentInstruction      `json:"FulfillmentInstruction,omitempty"`
	IsISPU                         bool                           `json:"IsISPU,omitempty"`
	IsAccessPointOrder             bool                           `json:"IsAccessPointOrder,omitempty"`
	MarketplaceTaxInfo             *V0MarketplaceTaxInfo          `json:"MarketplaceTaxInfo,omitempty"`
	SellerDisplayName              string                         `json:"SellerDisplayName,omitempty"`
	// personal data needs a Restricted Data Token
	ShippingAddress *V0Address `json:"ShippingAddress,omitempty"`
	// personal data needs a Restricted Data Token
	BuyerInfo                 *V0BuyerInfo                 `json:"BuyerInfo,omitempty"`
	AutomatedShippingSettings *V0AutomatedShippingSettings `json:"AutomatedShippingSettings,omitempty"`
	HasRegulatedItems         bool                         `json:"HasRegulatedItems,omitempty"`
	ElectronicInvoiceStatus   string                       `json:"ElectronicInvoiceStatus,omitempty"`
}

// V0PaymentExecutionDetailItem is one part of a cash-on-delivery payment.
type V0PaymentExecutionDetailItem struct {
	Payment           V0Money `json:"Payment"`
	PaymentMethod     string  `json:"PaymentMethod"` // COD, GC, PointsAccount, …
	AcquirerID        string  `json:"AcquirerId,omitempty"`
	CardBrand         string  `json:"CardBrand,omitempty"`
	AuthorizationCode string  `json:"AuthorizationCode,omitempty"`
}

// V0FulfillmentInstruction is where an order ships from.
type V0FulfillmentInstruction struct {
	FulfillmentSupplySourceID string `json:"FulfillmentSupplySourceId,omitempty"`
}

// V0AutomatedShippingSettings are the settings of automated shipping.
type V0AutomatedShippingSettings struct {
	HasAutomatedShippingSettings bool   `json:"HasAutomatedShippingSettings,omitempty"`
	AutomatedCarrier             string `json:"AutomatedCarrier,omitempty"`
	AutomatedShipMethod          string `json:"AutomatedShipMethod,omitempty"`
}

// V0BuyerInfo is the buyer.
type V0BuyerInfo struct {
	BuyerEmail          string          `json:"BuyerEmail,omitempty"`
	BuyerName           string          `json:"BuyerName,omitempty"`
	BuyerCounty         string          `json:"BuyerCounty,omitempty"`
	BuyerTaxInfo        *V0BuyerTaxInfo `json:"BuyerTaxInfo,omitempty"`
	PurchaseOrderNumber string          `json:"PurchaseOrderNumber,omitempty"`
}

// V0BuyerTaxInfo is tax data of a business buyer in Brazil, Mexico or India.
type V0BuyerTaxInfo struct {
	CompanyLegalName   string                `json:"CompanyLegalName,omitempty"`
	TaxingRegion       string                `json:"TaxingRegion,omitempty"`
	TaxClassifications []V0TaxClassification `json:"TaxClassifications,omitempty"`
}

// V0BuyerTaxInformation is tax data of a buyer in Turkey.
type V0BuyerTaxInformation struct {
	BuyerLegalCompanyName  string `json:"BuyerLegalCompanyName,omitempty"`
	BuyerBusinessAddress   string `json:"BuyerBusinessAddress,omitempty"`
	BuyerTaxRegistrationID string `json:"BuyerTaxRegistrationId,omitempty"`
	BuyerTaxOffice         string `json:"BuyerTaxOffice,omitempty"`
}

// V0MarketplaceTaxInfo is tax data of the marketplace (Brazil).
type V0MarketplaceTaxInfo struct {
	TaxClassifications []V0TaxClassification `json:"TaxClassifications,omitempty"`
}

// V0TaxClassification is one tax number with its name.
type V0TaxClassification struct {
	Name  string `json:"Name,omitempty"`
	Value string `json:"Value,omitempty"`
}

// V0OrderBuyerInfo is the buyer of an order.
type V0OrderBuyerInfo struct {
	AmazonOrderID       string          `json:"AmazonOrderId"`
	BuyerEmail          string          `json:"BuyerEmail,omitempty"`
	BuyerName           string          `json:"BuyerName,omitempty"`
	BuyerCounty         string          `json:"BuyerCounty,omitempty"`
	BuyerTaxInfo        *V0BuyerTaxInfo `json:"BuyerTaxInfo,omitempty"`
	PurchaseOrderNumber string          `json:"PurchaseOrderNumber,omitempty"`
}
