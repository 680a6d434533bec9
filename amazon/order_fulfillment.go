package amazon

// ItemFulfillment is how much of a line is shipped, and how to pick, pack and ship it.
type ItemFulfillment struct {
	// here and in QuantityUnfulfilled, nil means absent, not 0
	QuantityFulfilled   *int64        `json:"quantityFulfilled,omitempty"`
	QuantityUnfulfilled *int64        `json:"quantityUnfulfilled,omitempty"`
	Picking             *ItemPicking  `json:"picking,omitempty"`
	Packing             *ItemPacking  `json:"packing,omitempty"`
	Shipping            *ItemShipping `json:"shipping,omitempty"`
}

// ItemPicking is for groceries.
type ItemPicking struct {
	SubstitutionPreference *ItemSubstitutionPreference `json:"substitutionPreference,omitempty"`
}

// ItemSubstitutionPreference is what to send when the goods are out of stock.
type ItemSubstitutionPreference struct {
	SubstitutionType    SubstitutionType         `json:"substitutionType"`
	SubstitutionOptions []ItemSubstitutionOption `json:"substitutionOptions,omitempty"`
}

// ItemSubstitutionOption is a product that may be sent instead.
type ItemSubstitutionOption struct {
	ASIN            string       `json:"asin,omitempty"`
	QuantityOrdered int64        `json:"quantityOrdered,omitempty"`
	SellerSKU       string       `json:"sellerSku,omitempty"`
	Title           string       `json:"title,omitempty"`
	Measurement     *Measurement `json:"measurement,omitempty"`
}

// ItemPacking holds instructions for packing.
type ItemPacking struct {
	GiftOption              *GiftOption              `json:"giftOption,omitempty"` // set for a gift
	SerialNumberRequirement *SerialNumberRequirement `json:"serialNumberRequirement,omitempty"`
}

// GiftOption is a gift request (ギフト).
type GiftOption struct {
	GiftMessage   string `json:"giftMessage,omitempty"` // personal data
	GiftWrapLevel string `json:"giftWrapLevel,omitempty"`
}

// SerialNumberRequirement is whether serial numbers must be provided.
type SerialNumberRequirement struct {
	RequirementType Requirement `json:"requirementType,omitempty"`
}

// ItemShipping holds instructions for shipping.
type ItemShipping struct {
	// お届け日時指定便
	ScheduledDeliveryWindow DateTimeRange              `json:"scheduledDeliveryWindow,omitzero"`
	ShippingConstraints     *ItemShippingConstraints   `json:"shippingConstraints,omitempty"`
	InternationalShipping   *ItemInternationalShipping `json:"internationalShipping,omitempty"`
}

// ItemShippingConstraints are demands on the carrier.
type ItemShippingConstraints struct {
	PalletDelivery Constraint `json:"palletDelivery,omitempty"`
	// the payment is collected on delivery (代金引換)
	CashOnDelivery                Constraint `json:"cashOnDelivery,omitempty"`
	SignatureConfirmation         Constraint `json:"signatureConfirmation,omitempty"`
	RecipientIdentityVerification Constraint `json:"recipientIdentityVerification,omitempty"`
	RecipientAgeVerification      Constraint `json:"recipientAgeVerification,omitempty"`
}

// ItemInternationalShipping is for cross-border orders.
type ItemInternationalShipping struct {
	IossNumber string `json:"iossNumber,omitempty"` // EU
}

// OrderPackage is a package that was reported as shipped.
type OrderPackage struct {
	// as given to confirmShipment
	PackageReferenceID string        `json:"packageReferenceId" wire:"required"`
	CreatedTime        DateTime      `json:"createdTime,omitempty"`
	PackageStatus      PackageStatus `json:"packageStatus,omitzero"`
	// the carrier's name or code, free text
	Carrier string `json:"carrier,omitempty"`
	// when it was handed to the carrier
	ShipTime        DateTime         `json:"shipTime,omitempty"`
	ShippingService string           `json:"shippingService,omitempty"`
	TrackingNumber  string           `json:"trackingNumber,omitempty"`
	ShipFromAddress *MerchantAddress `json:"shipFromAddress,omitempty"`
	PackageItems    []PackageItem    `json:"packageItems,omitempty"`
}

// PackageStatus is the state of a package.
type PackageStatus struct {
	Status         PackageState    `json:"status" wire:"required"`
	DetailedStatus PackageProgress `json:"detailedStatus,omitempty"` // Easy Ship
}

// PackageItem is a line, or a part of one, in a package.
type PackageItem struct {
	OrderItemID       string   `json:"orderItemId" wire:"required"`
	Quantity          int64    `json:"quantity" wire:"required"`
	TransparencyCodes []string `json:"transparencyCodes,omitempty"`
}

// MerchantAddress is the address that a package is shipped from.
type MerchantAddress struct {
	Name             string `json:"name,omitempty"`
	AddressLine1     string `json:"addressLine1,omitempty"`
	AddressLine2     string `json:"addressLine2,omitempty"`
	AddressLine3     string `json:"addressLine3,omitempty"`
	City             string `json:"city,omitempty"`
	DistrictOrCounty string `json:"districtOrCounty,omitempty"`
	StateOrRegion    string `json:"stateOrRegion,omitempty"` // prefecture in Japan
	Municipality     string `json:"municipality,omitempty"`
	PostalCode       string `json:"postalCode,omitempty"`
	CountryCode      string `json:"countryCode,omitempty"`
}
