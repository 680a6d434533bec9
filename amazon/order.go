package amazon

// Order is one order as v2026-01-01 sends it. Which parts are there depends on includedData (see Include…) and on the
// roles of the application; personal data that a role does not cover is absent, not masked.
type Order struct {
	OrderID           string             `json:"orderId"`                // 3-7-7 digits
	OrderAliases      []Alias            `json:"orderAliases,omitempty"` // the seller's own order id
	CreatedTime       DateTime           `json:"createdTime"`            // 注文日時
	LastUpdatedTime   DateTime           `json:"lastUpdatedTime"`        // any change by Amazon or the seller
	Programs          []OrderProgram     `json:"programs,omitempty"`
	AssociatedOrders  []AssociatedOrder  `json:"associatedOrders,omitempty"` // replacement and exchange
	SalesChannel      SalesChannel       `json:"salesChannel"`
	Buyer             *Buyer             `json:"buyer,omitempty"`       // IncludeBuyer
	Recipient         *Recipient         `json:"recipient,omitempty"`   // IncludeRecipient
	Proceeds          *OrderProceeds     `json:"proceeds,omitempty"`    // IncludeProceeds
	Payment           *OrderPayment      `json:"payment,omitempty"`     // IncludePayment
	Tax               *OrderTax          `json:"tax,omitempty"`         // IncludeTax
	Fulfillment       *OrderFulfillment  `json:"fulfillment,omitempty"` // IncludeFulfillment; holds the status
	OrderItems        []OrderItem        `json:"orderItems"`
	Packages          []OrderPackage     `json:"packages,omitempty"`          // IncludePackages; merchant-fulfilled orders only
	FulfillmentOrders []FulfillmentOrder `json:"fulfillmentOrders,omitempty"` // IncludeFulfillmentOrders; Easy Ship only
}

// Alias is another number of the order.
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
	ChannelName     ChannelName `json:"channelName"`
	MarketplaceID   string      `json:"marketplaceId,omitempty"`
	MarketplaceName string      `json:"marketplaceName,omitempty"` // "Amazon.co.jp"
}

// Buyer is the buyer (注文者).
type Buyer struct {
	BuyerName                string `json:"buyerName,omitempty"`
	BuyerEmail               string `json:"buyerEmail,omitempty"`               // a relay address of Amazon; merchant-fulfilled only
	BuyerCompanyName         string `json:"buyerCompanyName,omitempty"`         // business orders
	BuyerPurchaseOrderNumber string `json:"buyerPurchaseOrderNumber,omitempty"` // as the buyer entered it
}

// Recipient is the recipient (送付先).
type Recipient struct {
	DeliveryAddress    *CustomerAddress    `json:"deliveryAddress,omitempty"`
	DeliveryPreference *DeliveryPreference `json:"deliveryPreference,omitempty"`
}

// CustomerAddress is an address. In Japan it is prefecture, AddressLine1 to 3 and postal code; treat every field as optional.
type CustomerAddress struct {
	Name             string                 `json:"name,omitempty"`
	CompanyName      string                 `json:"companyName,omitempty"`
	AddressLine1     string                 `json:"addressLine1,omitempty"` // municipality and street in Japan
	AddressLine2     string                 `json:"addressLine2,omitempty"`
	AddressLine3     string                 `json:"addressLine3,omitempty"`
	City             string                 `json:"city,omitempty"` // not used in Japan, although samples have it
	DistrictOrCounty string                 `json:"districtOrCounty,omitempty"`
	StateOrRegion    string                 `json:"stateOrRegion,omitempty"` // prefecture (都道府県) in Japan
	Municipality     string                 `json:"municipality,omitempty"`
	PostalCode       string                 `json:"postalCode,omitempty"`
	CountryCode      string                 `json:"countryCode,omitempty"`
	Phone            string                 `json:"phone,omitempty"`          // withheld for FBA and some time after delivery
	ExtendedFields   *AddressExtendedFields `json:"extendedFields,omitempty"` // Brazil
	AddressType      AddressType            `json:"addressType,omitempty"`
}

// AddressExtendedFields is the split address of Brazil.
type AddressExtendedFields struct {
	StreetName   string `json:"streetName,omitempty"`
	StreetNumber string `json:"streetNumber,omitempty"`
	Complement   string `json:"complement,omitempty"`
	Neighborhood string `json:"neighborhood,omitempty"`
}

// OrderProceeds is what the order brings in.
type OrderProceeds struct {
	GrandTotal Money                    `json:"grandTotal,omitzero"` // for what is in it see package documentation, Amounts
	Breakdowns []OrderProceedsBreakdown `json:"breakdowns,omitempty"`
}

// OrderProceedsBreakdown is one kind of proceeds of the whole order.
type OrderProceedsBreakdown struct {
	Type     ProceedsType `json:"type"`
	Status   ChargeStatus `json:"status,omitempty"` // only where charged separately (DELIVERY_TIP)
	Subtotal Money        `json:"subtotal"`
}

// OrderFulfillment is the state of the order and its windows.
type OrderFulfillment struct {
	FulfillmentStatus       FulfillmentStatus `json:"fulfillmentStatus"`
	FulfilledBy             FulfilledBy       `json:"fulfilledBy,omitempty"`
	FulfillmentServiceLevel ServiceLevel      `json:"fulfillmentServiceLevel,omitempty"`
	ShipByWindow            DateTimeRange     `json:"shipByWindow,omitzero"`
	DeliverByWindow         DateTimeRange     `json:"deliverByWindow,omitzero"`
	LabelPrintingWindow     DateTimeRange     `json:"labelPrintingWindow,omitzero"` // only the earliest end; absent means any time
}

// FulfillmentOrder is a unit of fulfilment of an Easy Ship order.
type FulfillmentOrder struct {
	FulfillmentOrderID string `json:"fulfillmentOrderId"` // the shipment id of the External Fulfillment APIs
}
