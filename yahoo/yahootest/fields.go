package yahootest

import "strings"

// The fields of the reference, by the group in which orderInfo writes them.
const (
	orderNames = `
	OrderId Version ParentOrderId ChildOrderId DeviceType MobileCarrierName IsSeen IsSplit CancelReason CancelReasonDetail
	IsRoyalty IsRoyaltyFix IsSeller IsAffiliate IsRatingB2s NeedSnl OrderTime LastUpdateTime Suspect SuspectMessage
	OrderStatus StoreStatus RoyaltyFixTime SendConfirmTime SendPayTime PrintSlipTime PrintDeliveryTime PrintBillTime
	BuyerComments SellerComments Notes OperationUser Referer EntryPoint HistoryId UsageId UseCouponData
	TotalCouponDiscount ShippingCouponFlg ShippingCouponDiscount CampaignPoints IsMultiShip MultiShipId IsReadOnly
	IsFirstClassDrugIncludes IsFirstClassDrugAgreement IsWelcomeGiftIncludes YamatoCoopStatus FraudHoldStatus
	PublicationTime IsYahooAuctionOrder YahooAuctionMerchantId YahooAuctionId IsYahooAuctionDeferred
	YahooAuctionCategoryType YahooAuctionBidType YahooAuctionBundleType GoodStoreStatus CurrentGoodStoreBenefitApply
	CurrentPromoPkgApply LineGiftOrderId IsLineGiftOrder ImmediateBonus SlowlyShipPoint SlowlyShipPointFixDate
	IsSlowlyShipPointFix CampaignGiftCards OverlapOrderResult FirstOrderDoneDate DonationId SocialGiftType IsVip
	InsuranceStatus AffiliateType IsLineCommerceTabOrder XshoppingStoreType OptionPartnerType`
	payNames = `
	PayStatus SettleStatus PayType PayKind PayMethod PayMethodName SellerHandlingCharge PayActionTime PayDate PayNotes
	SettleId CardBrand CardNumber CardExpireYear CardExpireMonth CardHolderName CardBirthDay CardNumberLast4 CardPayType
	CardPayCount UseYahooCard UseWallet NeedBillSlip NeedDetailedSlip NeedReceipt AgeConfirmField AgeConfirmValue
	AgeConfirmCheck BillAddressFrom BillFirstName BillFirstNameKana BillLastName BillLastNameKana BillZipCode
	BillPrefecture BillPrefectureKana BillCity BillCityKana BillAddress1 BillAddress1Kana BillAddress2 BillAddress2Kana
	BillPhoneNumber BillEmgPhoneNumber BillMailAddress BillSection1Field BillSection1Value BillSection2Field
	BillSection2Value PayNo PayNoIssueDate ConfirmNumber PaymentTerm IsApplePay PayMethodChangeDeadline
	PayMethodChangeDoneDate IsPayMethodChangePossible LineGiftPayMethodName CombinedPayType CombinedPayKind
	CombinedPayMethod CombinedPayMethodName`
	shipNames = `
	ShipStatus ShipMethod ShipMethodName ShipRequestDate ShipRequestTime ShipRequestTimeZoneCode ShipNotes ShipCompanyCode
	ReceiveShopCode ShipInvoiceNumber1 ShipInvoiceNumber2 ShipInvoiceNumberEmptyReason ShipUrl ArriveType ShipDate
	ArrivalDate NeedGiftWrap GiftWrapCode GiftWrapType GiftWrapMessage NeedGiftWrapPaper GiftWrapPaperType GiftWrapName
	Option1Field Option1Type Option1Value Option2Field Option2Type Option2Value ShipFirstName ShipFirstNameKana
	ShipLastName ShipLastNameKana ShipZipCode ShipPrefecture ShipPrefectureKana ShipCity ShipCityKana ShipAddress1
	ShipAddress1Kana ShipAddress2 ShipAddress2Kana ShipPhoneNumber ShipEmgPhoneNumber ShipSection1Field ShipSection1Value
	ShipSection2Field ShipSection2Value ReceiveSatelliteType ReceiveSatelliteSettleMethod ReceiveSatelliteMethod
	ReceiveSatelliteCompanyName ReceiveSatelliteShopCode ReceiveSatelliteShopName ReceiveSatelliteShipKind
	ReceiveSatelliteYahooCode ReceiveSatelliteCertificationNumber CollectionDate CashOnDeliveryTax NumberUnitsShipped
	ShipInstructType ShipInstructStatus ReceiveShopType ReceiveShopName ExcellentDelivery IsEazy EazyDeliveryCode
	EazyDeliveryName IsMallContactlessDelivery MallContactlessDeliveryStatus IsSubscription SubscriptionId
	SubscriptionContinueCount SubscriptionCycleType SubscriptionCycleDate IsLineGiftShippable ShippingDeadline
	UseGiftCardData DeliveryStatus YamatoInputDate SagawaInputDate JapanPostInputDate FirstArrivalDateTime DeliveryDate
	DeliveryTimeZone ShipCompanyMethodCode ShipCompanyReceivedDatetime ShipContactlessDeliveryCode RemoteAreaShippingType`
	detailNames = `
	PayCharge ShipCharge GiftWrapCharge Discount Adjustments SettleAmount UsePoint GiftCardDiscount TotalPrice
	SettlePayAmount IsGetPointFixAll TotalMallCouponDiscount IsGetStoreBonusFixAll LineGiftCharge
	TotalImmediateBonusAmount TotalImmediateBonusRatio PayMethodAmount CombinedPayMethodAmount UsePaypayPoint`
	itemNames = `
	LineId ItemId Title SubCode SubCodeOption ItemOption Inscription IsUsed ImageId IsTaxable ItemTaxRatio Jan ProductId
	CategoryId AffiliateRatio UnitPrice NonTaxUnitPrice Quantity PointAvailQuantity ReleaseDate PointFspCode PointRatioY
	PointRatioSeller UnitGetPoint IsGetPointFix GetPointFixDate CouponData CouponDiscount CouponUseNum OriginalPrice
	OriginalNum LeadTimeText LeadTimeStart LeadTimeEnd PriceType PickAndDeliveryCode PickAndDeliveryTransportRuleType
	YamatoUndeliverableReason StoreBonusRatioSeller UnitGetStoreBonus IsGetStoreBonusFix GetStoreBonusFixDate
	ItemYahooAucId ItemYahooAucMerchantId PointBaseUnitPrice MallCouponData YourTimesaleDiscount SubscriptionPointRatio
	ChannelGoodsPlanId ChannelGoodsPlanName IsAffiliateItem`
	sellerNames = `SellerId LineGiftAccount`
	buyerNames  = `IsLogin FspLicenseCode FspLicenseName GuestAuthId`

	listNames = `
	OrderId Version OriginalOrderId ParentOrderId DeviceType IsSeen IsSplit IsRoyalty IsSeller IsAffiliate IsRatingB2s
	OrderTime ExistMultiReleaseDate ReleaseDate LastUpdateTime Suspect OrderStatus StoreStatus RoyaltyFixTime
	PrintSlipFlag PrintDeliveryFlag PrintBillFlag BuyerCommentsFlag PayStatus SettleStatus PayType PayMethod PayMethodName
	PayDate SettleId UseWallet NeedBillSlip NeedDetailedSlip NeedReceipt BillFirstName BillFirstNameKana BillLastName
	BillLastNameKana BillPrefecture ShipStatus ShipMethod ShipMethodName ShipRequestDate ShipRequestTime ShipNotes
	ShipCompanyCode ReceiveShopCode ShipInvoiceNumber1 ShipInvoiceNumber2 ShipInvoiceNumberEmptyReason ShipUrl ArriveType
	ShipDate NeedGiftWrap NeedGiftWrapMessage NeedGiftWrapPaper ShipFirstName ShipFirstNameKana ShipLastName
	ShipLastNameKana ShipPrefecture PayCharge ShipCharge GiftWrapCharge Discount GiftCardDiscount UsePoint TotalPrice
	RefundTotalPrice IsGetPointFixAll SellerId IsLogin PayNo PayNoIssueDate SellerType IsPayManagement ArrivalDate
	TotalMallCouponDiscount IsReadOnly IsApplePay IsFirstClassDrugIncludes IsFirstClassDrugAgreement IsWelcomeGiftIncludes
	ReceiveSatelliteType ShipInstructType ShipInstructStatus YamatoCoopStatus ReceiveShopType ReceiveShopName
	ExcellentDelivery IsEazy EazyDeliveryCode EazyDeliveryName FraudHoldStatus PublicationTime IsYahooAuctionOrder
	YahooAuctionMerchantId YahooAuctionId IsYahooAuctionDeferred YahooAuctionCategoryType YahooAuctionBidType
	YahooAuctionBundleType ItemYahooAucId ItemYahooAucMerchantId PayMethodChangeDeadline IsPayMethodChangePossible
	YourTimesaleDiscount GoodStoreStatus CurrentGoodStoreBenefitApply CurrentPromoPkgApply IsSubscription SubscriptionId
	SubscriptionContinueCount LineGiftOrderId IsLineGiftOrder IsLineGiftShippable ShippingDeadline LineGiftCharge
	TotalImmediateBonusAmount TotalImmediateBonusRatio SocialGiftType IsLineCommerceTabOrder XshoppingStoreType
	OptionPartnerType CombinedPayType CombinedPayMethod CombinedPayMethodName`

	// textNames are written as CDATA: free text of people, stores and the mall.
	textNames = `
	BuyerComments SellerComments Notes OperationUser CancelReasonDetail UseCouponData CampaignPoints Referer EntryPoint
	PayMethodName CombinedPayMethodName PayNotes CardBrand BillFirstName BillFirstNameKana BillLastName BillLastNameKana
	BillZipCode BillPrefecture BillPrefectureKana BillCity BillCityKana BillAddress1 BillAddress1Kana BillAddress2
	BillAddress2Kana BillPhoneNumber BillEmgPhoneNumber BillMailAddress BillSection1Field BillSection1Value
	BillSection2Field BillSection2Value ShipMethodName ShipRequestTime ShipNotes ShipUrl GiftWrapType GiftWrapMessage
	GiftWrapPaperType GiftWrapName Option1Field Option1Value Option2Field Option2Value ShipFirstName ShipFirstNameKana
	ShipLastName ShipLastNameKana ShipZipCode ShipPrefecture ShipPrefectureKana ShipCity ShipCityKana ShipAddress1
	ShipAddress1Kana ShipAddress2 ShipAddress2Kana ShipPhoneNumber ShipEmgPhoneNumber ShipSection1Field ShipSection1Value
	ShipSection2Field ShipSection2Value ReceiveShopName ReceiveSatelliteCompanyName ReceiveSatelliteShopName
	EazyDeliveryName ItemId Title SubCode SubCodeOption LeadTimeText CouponData FspLicenseName CampaignGiftCards`
)

// group is a part of an orderInfo reply. The order-level fields stand in no element of their own.
type group struct {
	element string
	names   []string
}

func groups() []group {
	return []group{
		{"", strings.Fields(orderNames)}, {"Pay", strings.Fields(payNames)},
		{"Ship", strings.Fields(shipNames)},
		{"Detail", strings.Fields(detailNames)}, {"Item", strings.Fields(itemNames)},
		{"Seller", strings.Fields(sellerNames)},
		{"Buyer", strings.Fields(buyerNames)},
	}
}

func nameSet(names ...string) map[string]bool {
	set := make(map[string]bool)
	for _, list := range names {
		for _, n := range strings.Fields(list) {
			set[n] = true
		}
	}
	return set
}

var (
	inList = nameSet(listNames)
	inInfo = nameSet(orderNames, payNames, shipNames, detailNames, itemNames, sellerNames,
		buyerNames)
	isText = nameSet(textNames)
)
