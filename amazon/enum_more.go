package amazon

// PackageState is the state of a package.
type PackageState string

// The values of [PackageState]. Amazon may send others.
const (
	PackagePending       PackageState = "PENDING"
	PackageInTransit     PackageState = "IN_TRANSIT"
	PackageShipped       PackageState = "SHIPPED"
	PackageDelivered     PackageState = "DELIVERED" // 配達完了
	PackageCancelled     PackageState = "CANCELLED"
	PackageUndeliverable PackageState = "UNDELIVERABLE"
)

// Known reports whether the value is documented.
func (p PackageState) Known() bool {
	switch p {
	case PackagePending, PackageInTransit, PackageShipped, PackageDelivered, PackageCancelled,
		PackageUndeliverable:
		return true
	}
	return false
}

// PackageProgress is the detailed state of an Easy Ship package.
type PackageProgress string

// The values of [PackageProgress]. Amazon may send others.
const (
	ProgressPendingSchedule   PackageProgress = "PENDING_SCHEDULE"
	ProgressPendingPickUp     PackageProgress = "PENDING_PICK_UP"
	ProgressPendingDropOff    PackageProgress = "PENDING_DROP_OFF"
	ProgressLabelCancelled    PackageProgress = "LABEL_CANCELLED"
	ProgressPickedUp          PackageProgress = "PICKED_UP"
	ProgressDroppedOff        PackageProgress = "DROPPED_OFF"
	ProgressATOriginFC        PackageProgress = "AT_ORIGIN_FC"
	ProgressATDestinationFC   PackageProgress = "AT_DESTINATION_FC"
	ProgressDelivered         PackageProgress = "DELIVERED"
	ProgressRejectedByBuyer   PackageProgress = "REJECTED_BY_BUYER"
	ProgressUndeliverable     PackageProgress = "UNDELIVERABLE"
	ProgressReturningToSeller PackageProgress = "RETURNING_TO_SELLER"
	ProgressReturnedToSeller  PackageProgress = "RETURNED_TO_SELLER"
	ProgressLost              PackageProgress = "LOST"
	ProgressOutForDelivery    PackageProgress = "OUT_FOR_DELIVERY"
	ProgressDamaged           PackageProgress = "DAMAGED"
)

// Known reports whether the value is documented.
func (p PackageProgress) Known() bool {
	switch p {
	case ProgressPendingSchedule, ProgressPendingPickUp, ProgressPendingDropOff,
		ProgressLabelCancelled, ProgressPickedUp, ProgressDroppedOff, ProgressATOriginFC,
		ProgressATDestinationFC, ProgressDelivered, ProgressRejectedByBuyer, ProgressUndeliverable,
		ProgressReturningToSeller, ProgressReturnedToSeller, ProgressLost, ProgressOutForDelivery,
		ProgressDamaged:
		return true
	}
	return false
}

// ConditionType is the condition (コンディション) of goods.
type ConditionType string

// The values of [ConditionType]. Amazon may send others.
const (
	ConditionNew         ConditionType = "NEW"
	ConditionUsed        ConditionType = "USED"
	ConditionCollectible ConditionType = "COLLECTIBLE"
	ConditionRefurbished ConditionType = "REFURBISHED"
	ConditionPreorder    ConditionType = "PREORDER"
	ConditionClub        ConditionType = "CLUB"
)

// Known reports whether the value is documented.
func (c ConditionType) Known() bool {
	switch c {
	case ConditionNew, ConditionUsed, ConditionCollectible, ConditionRefurbished,
		ConditionPreorder, ConditionClub:
		return true
	}
	return false
}

// ConditionSubtype is the detailed condition of goods.
type ConditionSubtype string

// The values of [ConditionSubtype]. Amazon may send others.
const (
	SubtypeNew                 ConditionSubtype = "NEW"
	SubtypeMint                ConditionSubtype = "MINT"
	SubtypeVeryGood            ConditionSubtype = "VERY_GOOD"
	SubtypeGood                ConditionSubtype = "GOOD"
	SubtypeAcceptable          ConditionSubtype = "ACCEPTABLE"
	SubtypePoor                ConditionSubtype = "POOR"
	SubtypeClub                ConditionSubtype = "CLUB"
	SubtypeOEM                 ConditionSubtype = "OEM"
	SubtypeWarranty            ConditionSubtype = "WARRANTY"
	SubtypeRefurbishedWarranty ConditionSubtype = "REFURBISHED_WARRANTY"
	SubtypeRefurbished         ConditionSubtype = "REFURBISHED"
	SubtypeOpenBox             ConditionSubtype = "OPEN_BOX"
	SubtypeAny                 ConditionSubtype = "ANY"
	SubtypeOther               ConditionSubtype = "OTHER"
)

// Known reports whether the value is documented.
func (c ConditionSubtype) Known() bool {
	switch c {
	case SubtypeNew, SubtypeMint, SubtypeVeryGood, SubtypeGood, SubtypeAcceptable, SubtypePoor,
		SubtypeClub, SubtypeOEM, SubtypeWarranty, SubtypeRefurbishedWarranty, SubtypeRefurbished,
		SubtypeOpenBox, SubtypeAny, SubtypeOther:
		return true
	}
	return false
}

// PriceDesignation is the kind of a special price.
type PriceDesignation string

// The values of [PriceDesignation]. Amazon may send others.
const (
	BusinessPrice PriceDesignation = "BUSINESS_PRICE" // 法人価格
)

// Known reports whether the value is documented.
func (p PriceDesignation) Known() bool {
	switch p {
	case BusinessPrice:
		return true
	}
	return false
}

// SubstitutionType is who chose the substitutes for goods that are out of stock, if any.
type SubstitutionType string

// The values of [SubstitutionType]. Amazon may send others.
const (
	CustomerPreference SubstitutionType = "CUSTOMER_PREFERENCE"
	AmazonRecommended  SubstitutionType = "AMAZON_RECOMMENDED"
	DoNotSubstitute    SubstitutionType = "DO_NOT_SUBSTITUTE"
)

// Known reports whether the value is documented.
func (s SubstitutionType) Known() bool {
	switch s {
	case CustomerPreference, AmazonRecommended, DoNotSubstitute:
		return true
	}
	return false
}

// DeliveryCapability is what a delivery destination supports.
type DeliveryCapability string

// The values of [DeliveryCapability]. Amazon may send others.
const (
	HasAccessPoint DeliveryCapability = "HAS_ACCESS_POINT"
	PalletEnabled  DeliveryCapability = "PALLET_ENABLED"
	PalletDisabled DeliveryCapability = "PALLET_DISABLED"
)

// Known reports whether the value is documented.
func (d DeliveryCapability) Known() bool {
	switch d {
	case HasAccessPoint, PalletEnabled, PalletDisabled:
		return true
	}
	return false
}

// DayOfWeek is a day of the week: SUN to SAT.
type DayOfWeek string

// The values of [DayOfWeek]. Amazon may send others.
const (
	Sunday    DayOfWeek = "SUN"
	Monday    DayOfWeek = "MON"
	Tuesday   DayOfWeek = "TUE"
	Wednesday DayOfWeek = "WED"
	Thursday  DayOfWeek = "THU"
	Friday    DayOfWeek = "FRI"
	Saturday  DayOfWeek = "SAT"
)

// Known reports whether the value is documented.
func (d DayOfWeek) Known() bool {
	switch d {
	case Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday:
		return true
	}
	return false
}

// ExceptionDateType is whether a business is open on an [ExceptionDate].
type ExceptionDateType string

// The values of [ExceptionDateType]. Amazon may send others.
const (
	DayClosed ExceptionDateType = "CLOSED"
	DayOpen   ExceptionDateType = "OPEN"
)

// Known reports whether the value is documented.
func (e ExceptionDateType) Known() bool {
	switch e {
	case DayClosed, DayOpen:
		return true
	}
	return false
}

// MeasurementUnit is a unit of measure.
type MeasurementUnit string

// The values of [MeasurementUnit]. Amazon may send others.
const (
	UnitOunces            MeasurementUnit = "OUNCES"
	UnitPounds            MeasurementUnit = "POUNDS"
	UnitKilograms         MeasurementUnit = "KILOGRAMS"
	UnitGrams             MeasurementUnit = "GRAMS"
	UnitMilligrams        MeasurementUnit = "MILLIGRAMS"
	UnitInches            MeasurementUnit = "INCHES"
	UnitFeet              MeasurementUnit = "FEET"
	UnitMeters            MeasurementUnit = "METERS"
	UnitCentimeters       MeasurementUnit = "CENTIMETERS"
	UnitMillimeters       MeasurementUnit = "MILLIMETERS"
	UnitSquareMeters      MeasurementUnit = "SQUARE_METERS"
	UnitSquareCentimeters MeasurementUnit = "SQUARE_CENTIMETERS"
	UnitSquareFeet        MeasurementUnit = "SQUARE_FEET"
	UnitSquareInches      MeasurementUnit = "SQUARE_INCHES"
	UnitGallons           MeasurementUnit = "GALLONS"
	UnitPints             MeasurementUnit = "PINTS"
	UnitQuarts            MeasurementUnit = "QUARTS"
	UnitFluidOunces       MeasurementUnit = "FLUID_OUNCES"
	UnitLiters            MeasurementUnit = "LITERS"
	UnitCubicMeters       MeasurementUnit = "CUBIC_METERS"
	UnitCubicFeet         MeasurementUnit = "CUBIC_FEET"
	UnitCubicInches       MeasurementUnit = "CUBIC_INCHES"
	UnitCubicCentimeters  MeasurementUnit = "CUBIC_CENTIMETERS"
	UnitCount             MeasurementUnit = "COUNT"
)

// Known reports whether the value is documented.
func (m MeasurementUnit) Known() bool {
	switch m {
	case UnitOunces, UnitPounds, UnitKilograms, UnitGrams, UnitMilligrams, UnitInches, UnitFeet,
		UnitMeters, UnitCentimeters, UnitMillimeters, UnitSquareMeters, UnitSquareCentimeters,
		UnitSquareFeet, UnitSquareInches, UnitGallons, UnitPints, UnitQuarts, UnitFluidOunces,
		UnitLiters, UnitCubicMeters, UnitCubicFeet, UnitCubicInches, UnitCubicCentimeters,
		UnitCount:
		return true
	}
	return false
}

// TaxEntity is whose tax registration it is.
type TaxEntity string

// The values of [TaxEntity]. Amazon may send others.
const (
	TaxOfBuyer       TaxEntity = "BUYER"
	TaxOfMerchant    TaxEntity = "MERCHANT"
	TaxOfMarketplace TaxEntity = "MARKETPLACE"
)

// Known reports whether the value is documented.
func (t TaxEntity) Known() bool {
	switch t {
	case TaxOfBuyer, TaxOfMerchant, TaxOfMarketplace:
		return true
	}
	return false
}

// TaxRegistrationType is the kind of a tax number.
type TaxRegistrationType string

// The values of [TaxRegistrationType]. Amazon may send others.
const (
	TaxBusiness TaxRegistrationType = "BUSINESS"
	TaxVAT      TaxRegistrationType = "VAT"
	TaxCST      TaxRegistrationType = "CST"
	TaxCPF      TaxRegistrationType = "CPF"
	TaxCNPJ     TaxRegistrationType = "CNPJ"
)

// Known reports whether the value is documented.
func (t TaxRegistrationType) Known() bool {
	switch t {
	case TaxBusiness, TaxVAT, TaxCST, TaxCPF, TaxCNPJ:
		return true
	}
	return false
}

// InvoicePreference is the kind of invoice that a buyer in Turkey wants.
type InvoicePreference string

// The values of [InvoicePreference]. Amazon may send others.
const (
	InvoiceIndividual InvoicePreference = "INDIVIDUAL"
	InvoiceBusiness   InvoicePreference = "BUSINESS"
)

// Known reports whether the value is documented.
func (i InvoicePreference) Known() bool {
	switch i {
	case InvoiceIndividual, InvoiceBusiness:
		return true
	}
	return false
}

// InvoiceStatus is the state of an electronic invoice (Easy Ship, Brazil).
type InvoiceStatus string

// The values of [InvoiceStatus]. Amazon may send others.
const (
	InvoiceNotRequired InvoiceStatus = "NOT_REQUIRED"
	InvoiceNotFound    InvoiceStatus = "NOT_FOUND"
	InvoiceProcessing  InvoiceStatus = "PROCESSING"
	InvoiceErrored     InvoiceStatus = "ERRORED"
	InvoiceAccepted    InvoiceStatus = "ACCEPTED"
)

// Known reports whether the value is documented.
func (i InvoiceStatus) Known() bool {
	switch i {
	case InvoiceNotRequired, InvoiceNotFound, InvoiceProcessing, InvoiceErrored, InvoiceAccepted:
		return true
	}
	return false
}

// ReportingScheme is an EU tax scheme.
type ReportingScheme string

// The values of [ReportingScheme]. Amazon may send others.
const (
	SchemeUOSS ReportingScheme = "UOSS"
	SchemeIOSS ReportingScheme = "IOSS"
)

// Known reports whether the value is documented.
func (r ReportingScheme) Known() bool {
	switch r {
	case SchemeUOSS, SchemeIOSS:
		return true
	}
	return false
}

// TaxCollectionModel is a model of tax collection.
type TaxCollectionModel string

// The values of [TaxCollectionModel]. Amazon may send others.
const (
	MarketplaceFacilitator TaxCollectionModel = "MARKETPLACE_FACILITATOR"
)

// Known reports whether the value is documented.
func (t TaxCollectionModel) Known() bool {
	switch t {
	case MarketplaceFacilitator:
		return true
	}
	return false
}
