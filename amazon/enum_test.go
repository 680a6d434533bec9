package amazon_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
)

// TestTableOfEnums holds the enumerations against the values of the official models, and those of
// v0 that are read as well.
func TestTableOfEnums(t *testing.T) {
	for _, row := range []struct {
		value any
		text  string
	}{
		{amazon.StatusPendingAvailability, "PENDING_AVAILABILITY"}, {amazon.StatusPending, "PENDING"},
		{amazon.StatusUnshipped, "UNSHIPPED"}, {amazon.StatusPartiallyShipped, "PARTIALLY_SHIPPED"},
		{amazon.StatusShipped, "SHIPPED"}, {amazon.StatusCancelled, "CANCELLED"},
		{amazon.StatusUnfulfillable, "UNFULFILLABLE"}, {amazon.StatusInvoiceUnconfirmed, "INVOICE_UNCONFIRMED"},
		{amazon.ByAmazon, "AMAZON"}, {amazon.ByMerchant, "MERCHANT"},
		{amazon.LevelExpedited, "EXPEDITED"}, {amazon.LevelFreeEconomy, "FREE_ECONOMY"}, {amazon.LevelNextDay, "NEXT_DAY"},
		{amazon.LevelPriority, "PRIORITY"}, {amazon.LevelSameDay, "SAME_DAY"}, {amazon.LevelSecondDay, "SECOND_DAY"},
		{amazon.LevelScheduled, "SCHEDULED"}, {amazon.LevelStandard, "STANDARD"},
		{amazon.ProgramBazaar, "AMAZON_BAZAAR"}, {amazon.ProgramBusiness, "AMAZON_BUSINESS"},
		{amazon.ProgramEasyShip, "AMAZON_EASY_SHIP"}, {amazon.ProgramHaul, "AMAZON_HAUL"},
		{amazon.ProgramDeliveryByAmazon, "DELIVERY_BY_AMAZON"}, {amazon.ProgramFBMShipPlus, "FBM_SHIP_PLUS"},
		{amazon.ProgramInvoiceByAmazon, "INVOICE_BY_AMAZON"}, {amazon.ProgramInStorePickUp, "IN_STORE_PICK_UP"},
		{amazon.ProgramPremium, "PREMIUM"}, {amazon.ProgramPreorder, "PREORDER"}, {amazon.ProgramPrime, "PRIME"},
		{amazon.ItemTransparency, "TRANSPARENCY"}, {amazon.ItemSubscribeAndSave, "SUBSCRIBE_AND_SAVE"},
		{amazon.SellerOrderID, "SELLER_ORDER_ID"},
		{amazon.ReplacementOf, "REPLACEMENT_ORIGINAL_ID"}, {amazon.ExchangeOf, "EXCHANGE_ORIGINAL_ID"},
		{amazon.ValueAddService, "VALUE_ADD_SERVICE"},
		{amazon.ChannelAmazon, "AMAZON"}, {amazon.ChannelOther, "NON_AMAZON"},
		{amazon.ProceedsItem, "ITEM"}, {amazon.ProceedsShipping, "SHIPPING"}, {amazon.ProceedsGiftWrap, "GIFT_WRAP"},
		{amazon.ProceedsCODFee, "COD_FEE"}, {amazon.ProceedsTax, "TAX"}, {amazon.ProceedsDiscount, "DISCOUNT"},
		{amazon.ProceedsDeliveryTip, "DELIVERY_TIP"}, {amazon.ProceedsOther, "OTHER"},
		{amazon.ChargePending, "PENDING"}, {amazon.ChargeFinalized, "FINALIZED"},
		{amazon.Residential, "RESIDENTIAL"}, {amazon.Commercial, "COMMERCIAL"}, {amazon.PickupPoint, "PICKUP_POINT"},
		{amazon.PaidCashOnDelivery, "CashOnDelivery"}, {amazon.PaidConvenienceStore, "ConvenienceStore"},
		{amazon.PaidCreditCard, "CreditCard"}, {amazon.PaidInvoice, "Invoice"}, {amazon.PaidPix, "Pix"},
		{amazon.PaidCOD, "COD"}, {amazon.PaidCVS, "CVS"}, {amazon.PaidGiftCard, "GC"}, {amazon.PaidPoints, "PointsAccount"},
		{amazon.CancelByBuyer, "BUYER"}, {amazon.CancelByMerchant, "MERCHANT"}, {amazon.CancelByAmazon, "AMAZON"},
		{amazon.ConstraintMandatory, "MANDATORY"},
		{amazon.RequirementRequired, "REQUIRED"},
		{amazon.PackagePending, "PENDING"}, {amazon.PackageInTransit, "IN_TRANSIT"}, {amazon.PackageShipped, "SHIPPED"},
		{amazon.PackageDelivered, "DELIVERED"}, {amazon.PackageCancelled, "CANCELLED"},
		{amazon.PackageUndeliverable, "UNDELIVERABLE"},
		{amazon.ProgressPendingSchedule, "PENDING_SCHEDULE"}, {amazon.ProgressPendingPickUp, "PENDING_PICK_UP"},
		{amazon.ProgressPendingDropOff, "PENDING_DROP_OFF"}, {amazon.ProgressLabelCancelled, "LABEL_CANCELLED"},
		{amazon.ProgressPickedUp, "PICKED_UP"}, {amazon.ProgressDroppedOff, "DROPPED_OFF"},
		{amazon.ProgressATOriginFC, "AT_ORIGIN_FC"}, {amazon.ProgressATDestinationFC, "AT_DESTINATION_FC"},
		{amazon.ProgressDelivered, "DELIVERED"}, {amazon.ProgressRejectedByBuyer, "REJECTED_BY_BUYER"},
		{amazon.ProgressUndeliverable, "UNDELIVERABLE"}, {amazon.ProgressReturningToSeller, "RETURNING_TO_SELLER"},
		{amazon.ProgressReturnedToSeller, "RETURNED_TO_SELLER"}, {amazon.ProgressLost, "LOST"},
		{amazon.ProgressOutForDelivery, "OUT_FOR_DELIVERY"}, {amazon.ProgressDamaged, "DAMAGED"},
		{amazon.ConditionNew, "NEW"}, {amazon.ConditionUsed, "USED"}, {amazon.ConditionCollectible, "COLLECTIBLE"},
		{amazon.ConditionRefurbished, "REFURBISHED"}, {amazon.ConditionPreorder, "PREORDER"}, {amazon.ConditionClub, "CLUB"},
		{amazon.SubtypeNew, "NEW"}, {amazon.SubtypeMint, "MINT"}, {amazon.SubtypeVeryGood, "VERY_GOOD"},
		{amazon.SubtypeGood, "GOOD"}, {amazon.SubtypeAcceptable, "ACCEPTABLE"}, {amazon.SubtypePoor, "POOR"},
		{amazon.SubtypeClub, "CLUB"}, {amazon.SubtypeOEM, "OEM"}, {amazon.SubtypeWarranty, "WARRANTY"},
		{amazon.SubtypeRefurbishedWarranty, "REFURBISHED_WARRANTY"}, {amazon.SubtypeRefurbished, "REFURBISHED"},
		{amazon.SubtypeOpenBox, "OPEN_BOX"}, {amazon.SubtypeAny, "ANY"}, {amazon.SubtypeOther, "OTHER"},
		{amazon.BusinessPrice, "BUSINESS_PRICE"},
		{amazon.CustomerPreference, "CUSTOMER_PREFERENCE"}, {amazon.AmazonRecommended, "AMAZON_RECOMMENDED"},
		{amazon.DoNotSubstitute, "DO_NOT_SUBSTITUTE"},
		{amazon.HasAccessPoint, "HAS_ACCESS_POINT"}, {amazon.PalletEnabled, "PALLET_ENABLED"},
		{amazon.PalletDisabled, "PALLET_DISABLED"},
		{amazon.Sunday, "SUN"}, {amazon.Monday, "MON"}, {amazon.Tuesday, "TUE"}, {amazon.Wednesday, "WED"},
		{amazon.Thursday, "THU"}, {amazon.Friday, "FRI"}, {amazon.Saturday, "SAT"},
		{amazon.DayClosed, "CLOSED"}, {amazon.DayOpen, "OPEN"},
		{amazon.UnitOunces, "OUNCES"}, {amazon.UnitPounds, "POUNDS"}, {amazon.UnitKilograms, "KILOGRAMS"},
		{amazon.UnitGrams, "GRAMS"}, {amazon.UnitMilligrams, "MILLIGRAMS"}, {amazon.UnitInches, "INCHES"},
		{amazon.UnitFeet, "FEET"}, {amazon.UnitMeters, "METERS"}, {amazon.UnitCentimeters, "CENTIMETERS"},
		{amazon.UnitMillimeters, "MILLIMETERS"}, {amazon.UnitSquareMeters, "SQUARE_METERS"},
		{amazon.UnitSquareCentimeters, "SQUARE_CENTIMETERS"}, {amazon.UnitSquareFeet, "SQUARE_FEET"},
		{amazon.UnitSquareInches, "SQUARE_INCHES"}, {amazon.UnitGallons, "GALLONS"}, {amazon.UnitPints, "PINTS"},
		{amazon.UnitQuarts, "QUARTS"}, {amazon.UnitFluidOunces, "FLUID_OUNCES"}, {amazon.UnitLiters, "LITERS"},
		{amazon.UnitCubicMeters, "CUBIC_METERS"}, {amazon.UnitCubicFeet, "CUBIC_FEET"},
		{amazon.UnitCubicInches, "CUBIC_INCHES"}, {amazon.UnitCubicCentimeters, "CUBIC_CENTIMETERS"},
		{amazon.UnitCount, "COUNT"},
		{amazon.TaxOfBuyer, "BUYER"}, {amazon.TaxOfMerchant, "MERCHANT"}, {amazon.TaxOfMarketplace, "MARKETPLACE"},
		{amazon.TaxBusiness, "BUSINESS"}, {amazon.TaxVAT, "VAT"}, {amazon.TaxCST, "CST"}, {amazon.TaxCPF, "CPF"},
		{amazon.TaxCNPJ, "CNPJ"},
		{amazon.InvoiceIndividual, "INDIVIDUAL"}, {amazon.InvoiceBusiness, "BUSINESS"},
		{amazon.InvoiceNotRequired, "NOT_REQUIRED"}, {amazon.InvoiceNotFound, "NOT_FOUND"},
		{amazon.InvoiceProcessing, "PROCESSING"}, {amazon.InvoiceErrored, "ERRORED"}, {amazon.InvoiceAccepted, "ACCEPTED"},
		{amazon.SchemeUOSS, "UOSS"}, {amazon.SchemeIOSS, "IOSS"},
		{amazon.MarketplaceFacilitator, "MARKETPLACE_FACILITATOR"},
	} {
		require.Equal(t, row.text, fmt.Sprint(row.value), "%T", row.value)
	}
}
