package amazon

// ItemFulfillment is how far the line is, and how to pick, pack and ship it.
type ItemFulfillment struct {
	QuantityFulfilled   *int64        `json:"quantityFulfilled,omitempty"` // both are optional: nil is not told, which is not 0
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

// ItemSubstitutionOption is goods that may be sent instead.
type ItemSubstitutionOption struct {
	ASIN            string       `json:"asin,omitempty"`
	QuantityOrdered int64        `json:"quantityOrdered,omitempty"`
	SellerSKU       string       `json:"sellerSku,omitempty"`
	Title           string       `json:"title,omitempty"`
	Measurement     *Measurement `json:"measurement,omitempty"`
}

// ItemPacking is what to mind when packing.
type ItemPacking struct {
	GiftOption              *GiftOption              `json:"giftOption,omitempty"` // present when the item is a gift
	SerialNumberRequirement *SerialNumberRequirement `json:"serialNumberRequirement,omitempty"`
}

// GiftOption is a gift wish (ギフト).
type GiftOption struct {
	GiftMessage   string `json:"giftMessage,omitempty"` // personal data
	GiftWrapLevel string `json:"giftWrapLevel,omitempty"`
}

// SerialNumberRequirement says that serial numbers must be given.
type SerialNumberRequirement struct {
	RequirementType Requirement `json:"requirementType,omitempty"`
}

// ItemShipping is what to mind when shipping.
type ItemShipping struct {
	ScheduledDeliveryWindow DateTimeRange              `json:"scheduledDeliveryWindow,omitzero"` // お届け日時指定便
	ShippingConstraints     *ItemShippingConstraints   `json:"shippingConstraints,omitempty"`
	InternationalShipping   *ItemInternationalShipping `json:"internationalShipping,omitempty"`
}

// ItemShippingConstraints are demands on the carrier.
type ItemShippingConstraints struct {
	PalletDelivery                Constraint `json:"palletDelivery,omitempty"`
	CashOnDelivery                Constraint `json:"cashOnDelivery,omitempty"` // collect the payment at the door
	SignatureConfirmation         Constraint `json:"signatureConfirmation,omitempty"`
	RecipientIdentityVerification Constraint `json:"recipientIdentityVerification,omitempty"`
	RecipientAgeVerification      Constraint `json:"recipientAgeVerification,omitempty"`
}

// ItemInternationalShipping is for cross-border orders.
type ItemInternationalShipping struct {
	IossNumber string `json:"iossNumber,omitempty"` // EU
}

// OrderPackage is one parcel that was reported as shipped.
type OrderPackage struct {
	PackageReferenceID string           `json:"packageReferenceId"` // as confirmShipment was given it
	CreatedTime        DateTime         `json:"createdTime,omitempty"`
	PackageStatus      PackageStatus    `json:"packageStatus,omitzero"`
	Carrier            string           `json:"carrier,omitempty"`  // the carrier's name or code, open text
	ShipTime           DateTime         `json:"shipTime,omitempty"` // when the carrier took it
	ShippingService    string           `json:"shippingService,omitempty"`
	TrackingNumber     string           `json:"trackingNumber,omitempty"`
	ShipFromAddress    *MerchantAddress `json:"shipFromAddress,omitempty"`
	PackageItems       []PackageItem    `json:"packageItems,omitempty"`
}

// PackageStatus is how far a parcel is.
type PackageStatus struct {
	Status         PackageState    `json:"status"`
	DetailedStatus PackageProgress `json:"detailedStatus,omitempty"` // Easy Ship
}

// PackageItem is what is in a parcel.
type PackageItem struct {
	OrderItemID       string   `json:"orderItemId"`
	Quantity          int64    `json:"quantity"`
	TransparencyCodes []string `json:"transparencyCodes,omitempty"`
}

// MerchantAddress is where a parcel left from.
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
