package amazon

// Order is one order as v2026-01-01 sends it. Its parts depend on includedData (the Include
// constants) and on the roles of the application. Personal data that no role covers is absent, not
// masked.
type Order struct {
	OrderID      string   `json:"orderId" wire:"required"`     // 3-7-7 digits
	OrderAliases []Alias  `json:"orderAliases,omitempty"`      // the seller's own order id
	CreatedTime  DateTime `json:"createdTime" wire:"required"` // 注文日時
	// of any change by Amazon or the seller
	LastUpdatedTime DateTime       `json:"lastUpdatedTime" wire:"required"`
	Programs        []OrderProgram `json:"programs,omitempty"`
	// the original of a replacement or exchange
	AssociatedOrders []AssociatedOrder `json:"associatedOrders,omitempty"`
	SalesChannel     SalesChannel      `json:"salesChannel" wire:"required"`
	Buyer            *Buyer            `json:"buyer,omitempty"`     // IncludeBuyer
	Recipient        *Recipient        `json:"recipient,omitempty"` // IncludeRecipient
	Proceeds         *OrderProceeds    `json:"proceeds,omitempty"`  // IncludeProceeds
	Payment          *OrderPayment     `json:"payment,omitempty"`   // IncludePayment
	Tax              *OrderTax         `json:"tax,omitempty"`       // IncludeTax
	// IncludeFulfillment; has the status
	Fulfillment *OrderFulfillment `json:"fulfillment,omitempty" wire:"required"`
	OrderItems  []OrderItem       `json:"orderItems" wire:"required"`
	// IncludePackages; merchant-fulfilled orders only
	Packages []OrderPackage `json:"packages,omitempty"`
	// IncludeFulfillmentOrders; Easy Ship only
	FulfillmentOrders []FulfillmentOrder `json:"fulfillmentOrders,omitempty"`
}

// Alias is another id of the order.
type Alias struct {
	AliasID   string    `json:"aliasId"`
	AliasType AliasType `json:"aliasType"`
}

// AssociatedOrder is the order that this one replaces.
type AssociatedOrder struct {
	OrderID         string           `json:"orderId,omitempty"`
	AssociationType OrderAssociation `json:"associationType,omitempty"`
}

// SalesChannel is where the order was placed.
type SalesChannel struct {
	ChannelName     ChannelName `json:"channelName" wire:"required"`
	MarketplaceID   string      `json:"marketplaceId,omitempty"`
	MarketplaceName string      `json:"marketplaceName,omitempty"` // "Amazon.co.jp"
}

// Buyer is the buyer (注文者).
type Buyer struct {
	BuyerName string `json:"buyerName,omitempty"`
	// a relay address of Amazon; merchant-fulfilled orders only
	BuyerEmail       string `json:"buyerEmail,omitempty"`
	BuyerCompanyName string `json:"buyerCompanyName,omitempty"` // business orders
	// as entered by the buyer
	BuyerPurchaseOrderNumber string `json:"buyerPurchaseOrderNumber,omitempty"`
}

// Recipient is the recipient (送付先).
type Recipient struct {
	DeliveryAddress    *CustomerAddress    `json:"deliveryAddress,omitempty"`
	DeliveryPreference *DeliveryPreference `json:"deliveryPreference,omitempty"`
}

// CustomerAddress is a delivery or tax address. In Japan it is prefecture, AddressLine1 to 3 and
// postal code. Treat every field as optional.
type CustomerAddress struct {
	Name        string `json:"name,omitempty"`
	CompanyName string `json:"companyName,omitempty"`
	// municipality and street in Japan
	AddressLine1 string `json:"addressLine1,omitempty"`
	AddressLine2 string `json:"addressLine2,omitempty"`
	AddressLine3 string `json:"addressLine3,omitempty"`
	// not used in Japan, although samples have it
	City             string `json:"city,omitempty"`
	DistrictOrCounty string `json:"districtOrCounty,omitempty"`
	// prefecture (都道府県) in Japan
	StateOrRegion string `json:"stateOrRegion,omitempty"`
	Municipality  string `json:"municipality,omitempty"`
	PostalCode    string `json:"postalCode,omitempty"`
	CountryCode   string `json:"countryCode,omitempty"`
	// absent for FBA, and some time after delivery
	Phone          string                 `json:"phone,omitempty"`
	ExtendedFields *AddressExtendedFields `json:"extendedFields,omitempty"` // Brazil
	AddressType    AddressType            `json:"addressType,omitempty"`
}

// AddressExtendedFields are the parts of an address in Brazil.
type AddressExtendedFields struct {
	StreetName   string `json:"streetName,omitempty"`
	StreetNumber string `json:"streetNumber,omitempty"`
	Complement   string `json:"complement,omitempty"`
	Neighborhood string `json:"neighborhood,omitempty"`
}

// OrderProceeds are the proceeds of the order.
type OrderProceeds struct {
	// its content is not documented; see Amounts in the package documentation
	GrandTotal Money                    `json:"grandTotal,omitzero"`
	Breakdowns []OrderProceedsBreakdown `json:"breakdowns,omitempty"`
}

// OrderProceedsBreakdown are the order's proceeds of one type.
type OrderProceedsBreakdown struct {
	Type     ProceedsType `json:"type" wire:"required"`
	Status   ChargeStatus `json:"status,omitempty"` // only where charged separately (DELIVERY_TIP)
	Subtotal Money        `json:"subtotal" wire:"required"`
}

// OrderFulfillment is the status of the order, with its ship-by and deliver-by windows.
type OrderFulfillment struct {
	FulfillmentStatus       FulfillmentStatus `json:"fulfillmentStatus" wire:"required"`
	FulfilledBy             FulfilledBy       `json:"fulfilledBy,omitempty"`
	FulfillmentServiceLevel ServiceLevel      `json:"fulfillmentServiceLevel,omitempty"`
	ShipByWindow            DateTimeRange     `json:"shipByWindow,omitzero"`
	DeliverByWindow         DateTimeRange     `json:"deliverByWindow,omitzero"`
	// only the earliest end; absent means any time
	LabelPrintingWindow DateTimeRange `json:"labelPrintingWindow,omitzero"`
}

// FulfillmentOrder identifies a shipment of an Easy Ship order.
type FulfillmentOrder struct {
	// the shipment id of the External Fulfillment APIs
	FulfillmentOrderID string `json:"fulfillmentOrderId"`
}
