package amazon

// FulfillmentStatus is the status of an order (注文ステータス). Like all enumerations of this package it
// is open: Amazon sends values that its own model does not list, and they keep their text.
type FulfillmentStatus string

// The values of [FulfillmentStatus]. Amazon may send others.
const (
	// 予約注文: before release, not paid
	StatusPendingAvailability FulfillmentStatus = "PENDING_AVAILABILITY"
	// 保留中: payment not authorised; convenience store not paid yet
	StatusPending          FulfillmentStatus = "PENDING"
	StatusUnshipped        FulfillmentStatus = "UNSHIPPED"         // 未出荷
	StatusPartiallyShipped FulfillmentStatus = "PARTIALLY_SHIPPED" // 一部出荷済み
	StatusShipped          FulfillmentStatus = "SHIPPED"           // 出荷済み
	StatusCancelled        FulfillmentStatus = "CANCELLED"         // キャンセル済み
	// 出荷不可: FBA orders from outside the retail site
	StatusUnfulfillable FulfillmentStatus = "UNFULFILLABLE"
	// not in the model but in v0: shipped, invoice not confirmed
	StatusInvoiceUnconfirmed FulfillmentStatus = "INVOICE_UNCONFIRMED"
)

// Known reports whether the value is documented.
func (f FulfillmentStatus) Known() bool {
	switch f {
	case StatusPendingAvailability, StatusPending, StatusUnshipped, StatusPartiallyShipped,
		StatusShipped, StatusCancelled, StatusUnfulfillable, StatusInvoiceUnconfirmed:
		return true
	}
	return false
}

// FulfilledBy is who ships an order.
type FulfilledBy string

// The values of [FulfilledBy]. Amazon may send others.
const (
	ByAmazon   FulfilledBy = "AMAZON"   // FBA
	ByMerchant FulfilledBy = "MERCHANT" // 出品者出荷
)

// Known reports whether the value is documented.
func (f FulfilledBy) Known() bool {
	switch f {
	case ByAmazon, ByMerchant:
		return true
	}
	return false
}

// ServiceLevel is the speed of delivery that the buyer chose.
type ServiceLevel string

// The values of [ServiceLevel]. Amazon may send others.
const (
	LevelExpedited   ServiceLevel = "EXPEDITED"
	LevelFreeEconomy ServiceLevel = "FREE_ECONOMY"
	LevelNextDay     ServiceLevel = "NEXT_DAY" // お急ぎ便
	LevelPriority    ServiceLevel = "PRIORITY"
	LevelSameDay     ServiceLevel = "SAME_DAY" // 当日お急ぎ便
	LevelSecondDay   ServiceLevel = "SECOND_DAY"
	LevelScheduled   ServiceLevel = "SCHEDULED" // お届け日時指定便
	LevelStandard    ServiceLevel = "STANDARD"  // 通常配送
)

// Known reports whether the value is documented.
func (s ServiceLevel) Known() bool {
	switch s {
	case LevelExpedited, LevelFreeEconomy, LevelNextDay, LevelPriority, LevelSameDay,
		LevelSecondDay, LevelScheduled, LevelStandard:
		return true
	}
	return false
}

// OrderProgram is a programme that an order belongs to.
type OrderProgram string

// The values of [OrderProgram]. Amazon may send others.
const (
	ProgramBazaar           OrderProgram = "AMAZON_BAZAAR"
	ProgramBusiness         OrderProgram = "AMAZON_BUSINESS"  // Amazonビジネス
	ProgramEasyShip         OrderProgram = "AMAZON_EASY_SHIP" // Amazon Easy Ship
	ProgramHaul             OrderProgram = "AMAZON_HAUL"
	ProgramDeliveryByAmazon OrderProgram = "DELIVERY_BY_AMAZON"
	ProgramFBMShipPlus      OrderProgram = "FBM_SHIP_PLUS" // confirmShipment answers 400 for these
	ProgramInvoiceByAmazon  OrderProgram = "INVOICE_BY_AMAZON"
	ProgramInStorePickUp    OrderProgram = "IN_STORE_PICK_UP"
	ProgramPremium          OrderProgram = "PREMIUM"  // プレミアム配送
	ProgramPreorder         OrderProgram = "PREORDER" // 予約商品
	ProgramPrime            OrderProgram = "PRIME"    // マケプレプライム
)

// Known reports whether the value is documented.
func (o OrderProgram) Known() bool {
	switch o {
	case ProgramBazaar, ProgramBusiness, ProgramEasyShip, ProgramHaul, ProgramDeliveryByAmazon,
		ProgramFBMShipPlus, ProgramInvoiceByAmazon, ProgramInStorePickUp, ProgramPremium,
		ProgramPreorder, ProgramPrime:
		return true
	}
	return false
}

// ItemProgram is a programme that a line belongs to.
type ItemProgram string

// The values of [ItemProgram]. Amazon may send others.
const (
	// confirmShipment asks for transparency codes
	ItemTransparency     ItemProgram = "TRANSPARENCY"
	ItemSubscribeAndSave ItemProgram = "SUBSCRIBE_AND_SAVE" // 定期おトク便
)

// Known reports whether the value is documented.
func (i ItemProgram) Known() bool {
	switch i {
	case ItemTransparency, ItemSubscribeAndSave:
		return true
	}
	return false
}

// AliasType is the kind of an Alias.
type AliasType string

// The values of [AliasType]. Amazon may send others.
const (
	SellerOrderID AliasType = "SELLER_ORDER_ID"
)

// Known reports whether the value is documented.
func (a AliasType) Known() bool {
	switch a {
	case SellerOrderID:
		return true
	}
	return false
}

// OrderAssociation is how another order is related to this one.
type OrderAssociation string

// The values of [OrderAssociation]. Amazon may send others.
const (
	ReplacementOf OrderAssociation = "REPLACEMENT_ORIGINAL_ID" // 交換
	ExchangeOf    OrderAssociation = "EXCHANGE_ORIGINAL_ID"
)

// Known reports whether the value is documented.
func (o OrderAssociation) Known() bool {
	switch o {
	case ReplacementOf, ExchangeOf:
		return true
	}
	return false
}

// ItemAssociation is how another line is related to this one.
type ItemAssociation string

// The values of [ItemAssociation]. Amazon may send others.
const (
	ValueAddService ItemAssociation = "VALUE_ADD_SERVICE"
)

// Known reports whether the value is documented.
func (i ItemAssociation) Known() bool {
	switch i {
	case ValueAddService:
		return true
	}
	return false
}

// ChannelName is the channel of a sale.
type ChannelName string

// The values of [ChannelName]. Amazon may send others.
const (
	ChannelAmazon ChannelName = "AMAZON"
	ChannelOther  ChannelName = "NON_AMAZON"
)

// Known reports whether the value is documented.
func (c ChannelName) Known() bool {
	switch c {
	case ChannelAmazon, ChannelOther:
		return true
	}
	return false
}

// ProceedsType is what an amount is for.
type ProceedsType string

// The values of [ProceedsType]. Amazon may send others.
const (
	ProceedsItem        ProceedsType = "ITEM"      // 商品代金
	ProceedsShipping    ProceedsType = "SHIPPING"  // 送料
	ProceedsGiftWrap    ProceedsType = "GIFT_WRAP" // ギフト包装
	ProceedsCODFee      ProceedsType = "COD_FEE"   // 代引手数料
	ProceedsTax         ProceedsType = "TAX"
	ProceedsDiscount    ProceedsType = "DISCOUNT"     // 値引き
	ProceedsDeliveryTip ProceedsType = "DELIVERY_TIP" // only in Order.Proceeds
	ProceedsOther       ProceedsType = "OTHER"
)

// Known reports whether the value is documented.
func (p ProceedsType) Known() bool {
	switch p {
	case ProceedsItem, ProceedsShipping, ProceedsGiftWrap, ProceedsCODFee, ProceedsTax,
		ProceedsDiscount, ProceedsDeliveryTip, ProceedsOther:
		return true
	}
	return false
}

// ChargeStatus is the state of a charge that is made separately.
type ChargeStatus string

// The values of [ChargeStatus]. Amazon may send others.
const (
	ChargePending   ChargeStatus = "PENDING"
	ChargeFinalized ChargeStatus = "FINALIZED"
)

// Known reports whether the value is documented.
func (c ChargeStatus) Known() bool {
	switch c {
	case ChargePending, ChargeFinalized:
		return true
	}
	return false
}

// AddressType is the kind of an address.
type AddressType string

// The values of [AddressType]. Amazon may send others.
const (
	Residential AddressType = "RESIDENTIAL"
	Commercial  AddressType = "COMMERCIAL"
	PickupPoint AddressType = "PICKUP_POINT" // コンビニ・宅配ロッカー受取
)

// Known reports whether the value is documented.
func (a AddressType) Known() bool {
	switch a {
	case Residential, Commercial, PickupPoint:
		return true
	}
	return false
}

// PaymentMethod is how an order is paid. The full list for Japan is not published.
type PaymentMethod string

// The values of [PaymentMethod]. Amazon may send others.
const (
	PaidCashOnDelivery   PaymentMethod = "CashOnDelivery"   // 代金引換
	PaidConvenienceStore PaymentMethod = "ConvenienceStore" // コンビニ前払い
	PaidCreditCard       PaymentMethod = "CreditCard"       // クレジットカード
	PaidInvoice          PaymentMethod = "Invoice"          // 請求書払い
	PaidPix              PaymentMethod = "Pix"              // Brazil
	PaidCOD              PaymentMethod = "COD"              // value of v0, read too
	PaidCVS              PaymentMethod = "CVS"              // value of v0, read too
	PaidGiftCard         PaymentMethod = "GC"               // value of v0: Amazonギフトカード
	PaidPoints           PaymentMethod = "PointsAccount"    // value of v0: Amazonポイント
)

// Known reports whether the value is documented.
func (p PaymentMethod) Known() bool {
	switch p {
	case PaidCashOnDelivery, PaidConvenienceStore, PaidCreditCard, PaidInvoice, PaidPix, PaidCOD,
		PaidCVS, PaidGiftCard, PaidPoints:
		return true
	}
	return false
}

// CancelParty is who asked for a cancellation or carried it out.
type CancelParty string

// The values of [CancelParty]. Amazon may send others.
const (
	CancelByBuyer    CancelParty = "BUYER"
	CancelByMerchant CancelParty = "MERCHANT"
	CancelByAmazon   CancelParty = "AMAZON"
)

// Known reports whether the value is documented.
func (c CancelParty) Known() bool {
	switch c {
	case CancelByBuyer, CancelByMerchant, CancelByAmazon:
		return true
	}
	return false
}

// Constraint is how strict a demand on the carrier is.
type Constraint string

// The values of Constraint. Amazon may send others.
const (
	ConstraintMandatory Constraint = "MANDATORY"
)

// Known reports whether the value is documented.
func (c Constraint) Known() bool {
	switch c {
	case ConstraintMandatory:
		return true
	}
	return false
}

// Requirement is whether something must be provided.
type Requirement string

// The values of Requirement. Amazon may send others.
const (
	RequirementRequired Requirement = "REQUIRED"
)

// Known reports whether the value is documented.
func (r Requirement) Known() bool {
	switch r {
	case RequirementRequired:
		return true
	}
	return false
}

var statusNames = map[FulfillmentStatus]string{
	StatusPendingAvailability: "予約注文", StatusPending: "保留中", StatusUnshipped: "未出荷",
	StatusPartiallyShipped: "一部出荷済み", StatusShipped: "出荷済み",
	StatusCancelled: "キャンセル済み", StatusUnfulfillable: "出荷不可",
	StatusInvoiceUnconfirmed: "出荷済み (請求書未確認)",
}

// Name returns the name in Seller Central Japan, or the value itself where it is unknown.
func (s FulfillmentStatus) Name() string { return nameOf(statusNames, s) }

var levelNames = map[ServiceLevel]string{
	LevelExpedited: "お急ぎ便", LevelNextDay: "お急ぎ便", LevelSameDay: "当日お急ぎ便", LevelSecondDay: "翌々日",
	LevelScheduled: "お届け日時指定便", LevelStandard: "通常配送",
}

// Name returns the name in Japanese order systems, or the value itself where it is unknown.
func (l ServiceLevel) Name() string { return nameOf(levelNames, l) }

var methodNames = map[PaymentMethod]string{
	PaidCashOnDelivery: "代金引換", PaidCOD: "代金引換", PaidConvenienceStore: "コンビニ払い", PaidCVS: "コンビニ払い",
	PaidCreditCard: "クレジットカード", PaidInvoice: "請求書払い", PaidGiftCard: "Amazonギフトカード",
	PaidPoints: "Amazonポイント",
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (m PaymentMethod) Name() string { return nameOf(methodNames, m) }

func nameOf[T ~string](names map[T]string, value T) string {
	if name, ok := names[value]; ok {
		return name
	}
	return string(value)
}
