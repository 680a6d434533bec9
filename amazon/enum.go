package amazon

// FulfillmentStatus is the status of an order (受注ステータス). Like all enumerations here it is open: Amazon sends values that its own
// model does not list, and they keep their text.
type FulfillmentStatus string

// The values of FulfillmentStatus. Others may arrive and keep their text.
const (
	StatusPendingAvailability FulfillmentStatus = "PENDING_AVAILABILITY" // 予約注文: before release, not paid
	StatusPending             FulfillmentStatus = "PENDING"              // 保留中: payment not authorised; convenience store not paid yet
	StatusUnshipped           FulfillmentStatus = "UNSHIPPED"            // 未出荷
	StatusPartiallyShipped    FulfillmentStatus = "PARTIALLY_SHIPPED"    // 一部出荷済み
	StatusShipped             FulfillmentStatus = "SHIPPED"              // 出荷済み
	StatusCancelled           FulfillmentStatus = "CANCELLED"            // キャンセル済み
	StatusUnfulfillable       FulfillmentStatus = "UNFULFILLABLE"        // 出荷不可: FBA orders from outside the retail site
	StatusInvoiceUnconfirmed  FulfillmentStatus = "INVOICE_UNCONFIRMED"  // not in the model; v0 has it: shipped, invoice not confirmed
)

// FulfilledBy says who ships.
type FulfilledBy string

// The values of FulfilledBy. Others may arrive and keep their text.
const (
	ByAmazon   FulfilledBy = "AMAZON"   // FBA
	ByMerchant FulfilledBy = "MERCHANT" // 出品者出荷
)

// ServiceLevel is the speed of delivery that the buyer chose.
type ServiceLevel string

// The values of ServiceLevel. Others may arrive and keep their text.
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

// OrderProgram is a programme that an order belongs to.
type OrderProgram string

// The values of OrderProgram. Others may arrive and keep their text.
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

// ItemProgram is a programme that a line belongs to.
type ItemProgram string

// The values of ItemProgram. Others may arrive and keep their text.
const (
	ItemTransparency     ItemProgram = "TRANSPARENCY"       // transparency codes are asked for on confirmation
	ItemSubscribeAndSave ItemProgram = "SUBSCRIBE_AND_SAVE" // 定期おトク便
)

// AliasType says what an alias is.
type AliasType string

// The values of AliasType. Others may arrive and keep their text.
const (
	SellerOrderID AliasType = "SELLER_ORDER_ID"
)

// OrderAssociation says how another order belongs to this one.
type OrderAssociation string

// The values of OrderAssociation. Others may arrive and keep their text.
const (
	ReplacementOf OrderAssociation = "REPLACEMENT_ORIGINAL_ID" // 交換
	ExchangeOf    OrderAssociation = "EXCHANGE_ORIGINAL_ID"
)

// ItemAssociation says how another line belongs to this one.
type ItemAssociation string

// The values of ItemAssociation. Others may arrive and keep their text.
const (
	ValueAddService ItemAssociation = "VALUE_ADD_SERVICE"
)

// ChannelName is the channel of a sale.
type ChannelName string

// The values of ChannelName. Others may arrive and keep their text.
const (
	ChannelAmazon ChannelName = "AMAZON"
	ChannelOther  ChannelName = "NON_AMAZON"
)

// ProceedsType is what an amount is for.
type ProceedsType string

// The values of ProceedsType. Others may arrive and keep their text.
const (
	ProceedsItem        ProceedsType = "ITEM"      // 商品代金
	ProceedsShipping    ProceedsType = "SHIPPING"  // 送料
	ProceedsGiftWrap    ProceedsType = "GIFT_WRAP" // ギフト包装
	ProceedsCODFee      ProceedsType = "COD_FEE"   // 代引手数料
	ProceedsTax         ProceedsType = "TAX"
	ProceedsDiscount    ProceedsType = "DISCOUNT"     // 値引き
	ProceedsDeliveryTip ProceedsType = "DELIVERY_TIP" // of the order only
	ProceedsOther       ProceedsType = "OTHER"
)

// ChargeStatus is the state of a charge made apart from the rest.
type ChargeStatus string

// The values of ChargeStatus. Others may arrive and keep their text.
const (
	ChargePending   ChargeStatus = "PENDING"
	ChargeFinalized ChargeStatus = "FINALIZED"
)

// AddressType is the kind of an address.
type AddressType string

// The values of AddressType. Others may arrive and keep their text.
const (
	Residential AddressType = "RESIDENTIAL"
	Commercial  AddressType = "COMMERCIAL"
	PickupPoint AddressType = "PICKUP_POINT" // コンビニ・宅配ロッカー受取
)

// PaymentMethod is how an order is paid; an open list of which Japan's part is not published as a whole.
type PaymentMethod string

// The values of PaymentMethod. Others may arrive and keep their text.
const (
	PaidCashOnDelivery   PaymentMethod = "CashOnDelivery"   // 代金引換
	PaidConvenienceStore PaymentMethod = "ConvenienceStore" // コンビニ前払い
	PaidCreditCard       PaymentMethod = "CreditCard"       // クレジットカード
	PaidInvoice          PaymentMethod = "Invoice"          // 請求書払い
	PaidPix              PaymentMethod = "Pix"              // Brazil
	PaidCOD              PaymentMethod = "COD"              // v0 word, read as well
	PaidCVS              PaymentMethod = "CVS"              // v0 word, read as well
	PaidGiftCard         PaymentMethod = "GC"               // v0 word: Amazonギフトカード
	PaidPoints           PaymentMethod = "PointsAccount"    // v0 word: Amazonポイント
)

// CancelParty is who asked for a cancellation or carried it out.
type CancelParty string

// The values of CancelParty. Others may arrive and keep their text.
const (
	CancelByBuyer    CancelParty = "BUYER"
	CancelByMerchant CancelParty = "MERCHANT"
	CancelByAmazon   CancelParty = "AMAZON"
)

// Constraint says how strict a demand is.
type Constraint string

// The values of Constraint. Others may arrive and keep their text.
const (
	ConstraintMandatory Constraint = "MANDATORY"
)

// Requirement says whether something must be given.
type Requirement string

// The values of Requirement. Others may arrive and keep their text.
const (
	RequirementRequired Requirement = "REQUIRED"
)

var statusNames = map[FulfillmentStatus]string{
	StatusPendingAvailability: "予約注文", StatusPending: "保留中", StatusUnshipped: "未出荷", StatusPartiallyShipped: "一部出荷済み", StatusShipped: "出荷済み",
	StatusCancelled: "キャンセル済み", StatusUnfulfillable: "出荷不可", StatusInvoiceUnconfirmed: "出荷済み (請求書未確認)",
}

// Name is what Seller Central Japan calls the status; a value that is not listed gives its own text.
func (s FulfillmentStatus) Name() string { return nameOf(statusNames, s) }

var levelNames = map[ServiceLevel]string{
	LevelExpedited: "お急ぎ便", LevelNextDay: "お急ぎ便", LevelSameDay: "当日お急ぎ便", LevelSecondDay: "翌々日", LevelScheduled: "お届け日時指定便", LevelStandard: "通常配送",
}

// Name is what Japanese order systems call the level; a value that is not listed gives its own text.
func (l ServiceLevel) Name() string { return nameOf(levelNames, l) }

var methodNames = map[PaymentMethod]string{
	PaidCashOnDelivery: "代金引換", PaidCOD: "代金引換", PaidConvenienceStore: "コンビニ払い", PaidCVS: "コンビニ払い",
	PaidCreditCard: "クレジットカード", PaidInvoice: "請求書払い", PaidGiftCard: "Amazonギフトカード", PaidPoints: "Amazonポイント",
}

// Name is the payment method in Japanese; a value that is not listed gives its own text.
func (m PaymentMethod) Name() string { return nameOf(methodNames, m) }

func nameOf[T ~string](names map[T]string, value T) string {
	if name, ok := names[value]; ok {
		return name
	}
	return string(value)
}
