package amazon

// PackageState is how far a parcel is.
type PackageState string

// The values of PackageState. Others may arrive and keep their text.
const (
	PackagePending       PackageState = "PENDING"
	PackageInTransit     PackageState = "IN_TRANSIT"
	PackageShipped       PackageState = "SHIPPED"
	PackageDelivered     PackageState = "DELIVERED" // 配達完了
	PackageCancelled     PackageState = "CANCELLED"
	PackageUndeliverable PackageState = "UNDELIVERABLE"
)

// PackageProgress is the finer state of an Easy Ship parcel.
type PackageProgress string

// The values of PackageProgress. Others may arrive and keep their text.
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

// ConditionType is the condition (コンディション) of goods.
type ConditionType string

// The values of ConditionType. Others may arrive and keep their text.
const (
	ConditionNew         ConditionType = "NEW"
	ConditionUsed        ConditionType = "USED"
	ConditionCollectible ConditionType = "COLLECTIBLE"
	ConditionRefurbished ConditionType = "REFURBISHED"
	ConditionPreorder    ConditionType = "PREORDER"
	ConditionClub        ConditionType = "CLUB"
)

// ConditionSubtype is the finer condition of goods.
type ConditionSubtype string

// The values of ConditionSubtype. Others may arrive and keep their text.
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

// PriceDesignation marks a special price.
type PriceDesignation string

// The values of PriceDesignation. Others may arrive and keep their text.
const (
	BusinessPrice PriceDesignation = "BUSINESS_PRICE" // 法人価格
)

// SubstitutionType is who chose what may be sent instead.
type SubstitutionType string

// The values of SubstitutionType. Others may arrive and keep their text.
const (
	CustomerPreference SubstitutionType = "CUSTOMER_PREFERENCE"
	AmazonRecommended  SubstitutionType = "AMAZON_RECOMMENDED"
	DoNotSubstitute    SubstitutionType = "DO_NOT_SUBSTITUTE"
)

// DeliveryCapability is what a place of delivery can take.
type DeliveryCapability string

// The values of DeliveryCapability. Others may arrive and keep their text.
const (
	HasAccessPoint DeliveryCapability = "HAS_ACCESS_POINT"
	PalletEnabled  DeliveryCapability = "PALLET_ENABLED"
	PalletDisabled DeliveryCapability = "PALLET_DISABLED"
)

// DayOfWeek is a day of the week: SUN to SAT.
type DayOfWeek string

// The values of DayOfWeek. Others may arrive and keep their text.
const (
	Sunday    DayOfWeek = "SUN"
	Monday    DayOfWeek = "MON"
	Tuesday   DayOfWeek = "TUE"
	Wednesday DayOfWeek = "WED"
	Thursday  DayOfWeek = "THU"
	Friday    DayOfWeek = "FRI"
	Saturday  DayOfWeek = "SAT"
)

// ExceptionDateType says whether a business is open on a day.
type ExceptionDateType string

// The values of ExceptionDateType. Others may arrive and keep their text.
const (
	DayClosed ExceptionDateType = "CLOSED"
	DayOpen   ExceptionDateType = "OPEN"
)

// MeasurementUnit is a unit of measure: COUNT, GRAMS, METERS and so on, in English upper snake case.
type MeasurementUnit string

// The values of MeasurementUnit. Others may arrive and keep their text.
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

// TaxEntity is whose tax registration it is.
type TaxEntity string

// The values of TaxEntity. Others may arrive and keep their text.
const (
	TaxOfBuyer       TaxEntity = "BUYER"
	TaxOfMerchant    TaxEntity = "MERCHANT"
	TaxOfMarketplace TaxEntity = "MARKETPLACE"
)

// TaxRegistrationType is the kind of a tax number.
type TaxRegistrationType string

// The values of TaxRegistrationType. Others may arrive and keep their text.
const (
	TaxBusiness TaxRegistrationType = "BUSINESS"
	TaxVAT      TaxRegistrationType = "VAT"
	TaxCST      TaxRegistrationType = "CST"
	TaxCPF      TaxRegistrationType = "CPF"
	TaxCNPJ     TaxRegistrationType = "CNPJ"
)

// InvoicePreference is the kind of invoice that a buyer in Turkey wants.
type InvoicePreference string

// The values of InvoicePreference. Others may arrive and keep their text.
const (
	InvoiceIndividual InvoicePreference = "INDIVIDUAL"
	InvoiceBusiness   InvoicePreference = "BUSINESS"
)

// InvoiceStatus is the state of an electronic invoice (Easy Ship, Brazil).
type InvoiceStatus string

// The values of InvoiceStatus. Others may arrive and keep their text.
const (
	InvoiceNotRequired InvoiceStatus = "NOT_REQUIRED"
	InvoiceNotFound    InvoiceStatus = "NOT_FOUND"
	InvoiceProcessing  InvoiceStatus = "PROCESSING"
	InvoiceErrored     InvoiceStatus = "ERRORED"
	InvoiceAccepted    InvoiceStatus = "ACCEPTED"
)

// ReportingScheme is an EU tax scheme.
type ReportingScheme string

// The values of ReportingScheme. Others may arrive and keep their text.
const (
	SchemeUOSS ReportingScheme = "UOSS"
	SchemeIOSS ReportingScheme = "IOSS"
)

// TaxCollectionModel is a model of tax collection.
type TaxCollectionModel string

// The values of TaxCollectionModel. Others may arrive and keep their text.
const (
	MarketplaceFacilitator TaxCollectionModel = "MARKETPLACE_FACILITATOR"
)
