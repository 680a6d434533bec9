package yahoo

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"

	"github.com/jpmall/jpmall/order"
)

// Field is a field name for orderList and orderInfo, without the group of the field. The mall
// refuses the whole call for one unknown name, so this package refuses such a name before it is
// sent.
type Field string

// ListFields returns all fields that orderList accepts (page of 2026-10).
func ListFields() []Field { return split(listFields) }

// InfoFields returns all fields that orderInfo accepts (page of 2026-10).
func InfoFields() []Field { return split(infoFields + retiredFields) }

// usedInfoFields are the fields of a request without Fields: all but the retired ones.
func usedInfoFields() []Field { return split(infoFields) }

func split(names string) []Field {
	words := strings.Fields(names)
	all := make([]Field, len(words))
	for i, w := range words {
		all[i] = Field(w)
	}
	return all
}

// joinFields writes the Field element, or names the first field that is not among the allowed ones.
func joinFields(fields, allowed []Field) (joined string, bad Field) {
	words := make([]string, len(fields))
	for i, f := range fields {
		if !slices.Contains(allowed, f) {
			return "", f
		}
		words[i] = string(f)
	}
	return strings.Join(words, ","), ""
}

// withdrawn remembers the fields that the mall has come to refuse since this package was written.
// Without that, one retired name would end all reading, since it fails the whole call. It is safe
// for concurrent use.
type withdrawn struct {
	mu     sync.Mutex
	fields map[string][]Field // by operation
}

// left is a default list without what was refused.
func (w *withdrawn) left(operation string, all []Field) []Field {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(all),
		func(f Field) bool { return slices.Contains(w.fields[operation], f) })
}

// touches reports whether one of the fields was refused by an operation.
func (w *withdrawn) touches(operation string, fields ...Field) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.ContainsFunc(fields,
		func(f Field) bool { return slices.Contains(w.fields[operation], f) })
}

// learn reports whether the mall refused a call for a field of a default list. The mall's message
// is "Request Parameter Error : <field>".
func (w *withdrawn) learn(operation string, err error, asked []Field) (Field, bool) {
	var e *order.Error
	if !errors.As(err, &e) || e.Code != codeParameter {
		return "", false
	}
	_, name, _ := strings.Cut(e.Message, ":")
	f := Field(strings.TrimSpace(name))
	if f == "OrderId" || !slices.Contains(asked, f) {
		return "", false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fields == nil {
		w.fields = make(map[string][]Field)
	}
	w.fields[operation] = append(w.fields[operation], f)
	return f, true
}

// askAll makes a read with a default list of fields, and again without those that the mall refuses.
func (c *Client) askAll(
	ctx context.Context, operation string, all []Field, call func([]Field) error,
) error {
	for {
		asked := c.withdrawn.left(operation, all)
		err := call(asked)
		f, learned := c.withdrawn.learn(operation, err, asked)
		if !learned {
			return err
		}
		c.calls.Fallback(ctx, c.calls.Row(operation), "field withdrawn by the mall: "+string(f))
	}
}

const listFields = `
	OrderId Version OriginalOrderId ParentOrderId DeviceType IsSeen IsSplit IsRoyalty IsSeller IsAffiliate IsRatingB2s
	OrderTime ExistMultiReleaseDate ReleaseDate LastUpdateTime Suspect OrderStatus StoreStatus RoyaltyFixTime PrintSlipFlag
	PrintDeliveryFlag PrintBillFlag BuyerCommentsFlag PayStatus SettleStatus PayType PayMethod PayMethodName PayDate
	SettleId UseWallet NeedBillSlip NeedDetailedSlip NeedReceipt BillFirstName BillFirstNameKana BillLastName
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
	OptionPartnerType
`

// extraListFields come with PayPay orders; the page names them beside the response only.
const extraListFields = `
	CombinedPayType CombinedPayMethod CombinedPayMethodName
`

// infoFields in the order of the page: order, Pay, Ship, Detail, Item, Seller, Buyer.
const infoFields = `
	OrderId Version ParentOrderId ChildOrderId DeviceType IsSeen IsSplit CancelReason CancelReasonDetail IsRoyalty
	IsRoyaltyFix IsSeller IsAffiliate IsRatingB2s NeedSnl OrderTime LastUpdateTime Suspect SuspectMessage OrderStatus
	StoreStatus RoyaltyFixTime SendConfirmTime SendPayTime PrintSlipTime PrintDeliveryTime PrintBillTime BuyerComments Notes
	OperationUser Referer HistoryId UsageId UseCouponData TotalCouponDiscount ShippingCouponFlg ShippingCouponDiscount
	CampaignPoints IsMultiShip MultiShipId IsReadOnly IsFirstClassDrugIncludes IsFirstClassDrugAgreement
	IsWelcomeGiftIncludes YamatoCoopStatus FraudHoldStatus PublicationTime IsYahooAuctionOrder YahooAuctionMerchantId
	YahooAuctionId IsYahooAuctionDeferred YahooAuctionCategoryType YahooAuctionBidType YahooAuctionBundleType
	GoodStoreStatus CurrentGoodStoreBenefitApply CurrentPromoPkgApply LineGiftOrderId IsLineGiftOrder ImmediateBonus
	SlowlyShipPoint SlowlyShipPointFixDate IsSlowlyShipPointFix CampaignGiftCards OverlapOrderResult FirstOrderDoneDate
	DonationId SocialGiftType IsVip InsuranceStatus AffiliateType IsLineCommerceTabOrder XshoppingStoreType
	OptionPartnerType

	PayStatus SettleStatus PayType PayKind PayMethod PayMethodName SellerHandlingCharge PayActionTime PayDate PayNotes
	SettleId CardBrand CardNumber CardExpireYear CardExpireMonth CardHolderName CardBirthDay CardNumberLast4 CardPayType
	CardPayCount UseYahooCard UseWallet NeedBillSlip NeedDetailedSlip NeedReceipt AgeConfirmField AgeConfirmValue
	AgeConfirmCheck BillAddressFrom BillFirstName BillFirstNameKana BillLastName BillLastNameKana BillZipCode BillPrefecture
	BillPrefectureKana BillCity BillCityKana BillAddress1 BillAddress1Kana BillAddress2 BillAddress2Kana BillPhoneNumber
	BillEmgPhoneNumber BillMailAddress BillSection1Field BillSection1Value BillSection2Field BillSection2Value PayNo
	PayNoIssueDate ConfirmNumber PaymentTerm IsApplePay PayMethodChangeDeadline PayMethodChangeDoneDate
	IsPayMethodChangePossible LineGiftPayMethodName CombinedPayType CombinedPayKind CombinedPayMethod CombinedPayMethodName

	ShipStatus ShipMethod ShipMethodName ShipRequestDate ShipRequestTime ShipRequestTimeZoneCode ShipNotes ShipCompanyCode
	ReceiveShopCode ShipInvoiceNumber1 ShipInvoiceNumber2 ShipInvoiceNumberEmptyReason ShipUrl ArriveType ShipDate
	ArrivalDate NeedGiftWrap GiftWrapCode GiftWrapType GiftWrapMessage NeedGiftWrapPaper GiftWrapPaperType GiftWrapName
	Option1Field Option1Type Option1Value Option2Field Option2Type Option2Value ShipFirstName ShipFirstNameKana ShipLastName
	ShipLastNameKana ShipZipCode ShipPrefecture ShipPrefectureKana ShipCity ShipCityKana ShipAddress1 ShipAddress1Kana
	ShipAddress2 ShipAddress2Kana ShipPhoneNumber ShipEmgPhoneNumber ShipSection1Field ShipSection1Value ShipSection2Field
	ShipSection2Value ReceiveSatelliteType ReceiveSatelliteSettleMethod ReceiveSatelliteMethod ReceiveSatelliteCompanyName
	ReceiveSatelliteShopCode ReceiveSatelliteShopName ReceiveSatelliteShipKind ReceiveSatelliteYahooCode
	ReceiveSatelliteCertificationNumber CollectionDate CashOnDeliveryTax NumberUnitsShipped ShipInstructType
	ShipInstructStatus ReceiveShopType ReceiveShopName ExcellentDelivery IsEazy EazyDeliveryCode EazyDeliveryName
	IsMallContactlessDelivery MallContactlessDeliveryStatus IsSubscription SubscriptionId SubscriptionContinueCount
	SubscriptionCycleType SubscriptionCycleDate IsLineGiftShippable ShippingDeadline UseGiftCardData DeliveryStatus
	YamatoInputDate SagawaInputDate JapanPostInputDate FirstArrivalDateTime DeliveryDate DeliveryTimeZone
	ShipCompanyMethodCode ShipCompanyReceivedDatetime ShipContactlessDeliveryCode RemoteAreaShippingType

	PayCharge ShipCharge GiftWrapCharge Discount Adjustments SettleAmount UsePoint GiftCardDiscount TotalPrice
	SettlePayAmount IsGetPointFixAll TotalMallCouponDiscount IsGetStoreBonusFixAll LineGiftCharge TotalImmediateBonusAmount
	TotalImmediateBonusRatio PayMethodAmount CombinedPayMethodAmount UsePaypayPoint

	LineId ItemId Title SubCode SubCodeOption ItemOption Inscription IsUsed ImageId IsTaxable ItemTaxRatio Jan ProductId
	CategoryId AffiliateRatio UnitPrice NonTaxUnitPrice Quantity PointAvailQuantity ReleaseDate PointFspCode PointRatioY
	PointRatioSeller UnitGetPoint IsGetPointFix GetPointFixDate CouponData CouponDiscount CouponUseNum OriginalPrice
	OriginalNum LeadTimeText LeadTimeStart LeadTimeEnd PriceType PickAndDeliveryCode PickAndDeliveryTransportRuleType
	YamatoUndeliverableReason StoreBonusRatioSeller UnitGetStoreBonus IsGetStoreBonusFix GetStoreBonusFixDate ItemYahooAucId
	ItemYahooAucMerchantId PointBaseUnitPrice MallCouponData YourTimesaleDiscount SubscriptionPointRatio ChannelGoodsPlanId
	ChannelGoodsPlanName IsAffiliateItem

	SellerId LineGiftAccount IsLogin FspLicenseCode FspLicenseName GuestAuthId
`

// retiredFields are documented, but the mall no longer fills them.
const retiredFields = `
	MobileCarrierName SellerComments EntryPoint
`

// groups are elements that cannot be requested: they come with their fields, of which this one is
// in every order.
var groups = map[string]Field{"Pay": "PayStatus", "Ship": "ShipStatus", "Detail": "TotalPrice",
	"Item": "LineId"}

// among reports whether an element was requested, by its name.
func among(fields []Field) func(string) bool {
	return func(name string) bool {
		if field, ok := groups[name]; ok {
			name = string(field)
		}
		return slices.Contains(fields, Field(name))
	}
}
