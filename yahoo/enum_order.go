package yahoo

// The enumerations are open: for a value that the mall adds, Name returns its text and Known is
// false.

// valueName is one value of an enumeration with its Japanese name.
type valueName[T ~string] struct {
	value T
	name  string
}

func nameOf[T ~string](table []valueName[T], v T) string {
	for _, row := range table {
		if row.value == v {
			return row.name
		}
	}
	return string(v)
}

func knownIn[T ~string](table []valueName[T], v T) bool {
	for _, row := range table {
		if row.value == v {
			return true
		}
	}
	return false
}

// OrderStatus is the status of an order (注文ステータス). A new order has no separate status: it is
// [OrderProcessing] and not seen yet (IsSeen).
type OrderStatus string

// The values of [OrderStatus].
const (
	OrderUnset           OrderStatus = "0"
	OrderReserved        OrderStatus = "1"
	OrderProcessing      OrderStatus = "2"
	OrderHeld            OrderStatus = "3"
	OrderCancelled       OrderStatus = "4"
	OrderCompleted       OrderStatus = "5"
	OrderAwaitingConsent OrderStatus = "8"
)

var orderStatusNames = []valueName[OrderStatus]{
	{OrderUnset, "未入力"},
	{OrderReserved, "予約中"},
	{OrderProcessing, "処理中"},
	{OrderHeld, "保留"},
	{OrderCancelled, "キャンセル"},
	{OrderCompleted, "完了"},
	{OrderAwaitingConsent, "繰上げ同意待ち"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v OrderStatus) Name() string { return nameOf(orderStatusNames, v) }

// Known reports whether the value is documented.
func (v OrderStatus) Known() bool { return knownIn(orderStatusNames, v) }

// Suspect is the flag for prank orders (いたずらフラグ).
type Suspect string

// The values of Suspect.
const (
	SuspectNo     Suspect = "0"
	SuspectYes    Suspect = "1"
	SuspectLifted Suspect = "2"
)

var suspectNames = []valueName[Suspect]{
	{SuspectNo, "なし"},
	{SuspectYes, "いたずら"},
	{SuspectLifted, "いたずら解除"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v Suspect) Name() string { return nameOf(suspectNames, v) }

// Known reports whether the value is documented.
func (v Suspect) Known() bool { return knownIn(suspectNames, v) }

// DeviceType is the device with which the buyer ordered (デバイス).
type DeviceType string

// The values of [DeviceType].
const (
	DevicePC           DeviceType = "1"
	DeviceFeaturePhone DeviceType = "2"
	DeviceSmartphone   DeviceType = "3"
	DeviceTablet       DeviceType = "4"
)

var deviceTypeNames = []valueName[DeviceType]{
	{DevicePC, "PC"},
	{DeviceFeaturePhone, "ガラケー"},
	{DeviceSmartphone, "スマートフォン"},
	{DeviceTablet, "タブレット"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v DeviceType) Name() string { return nameOf(deviceTypeNames, v) }

// Known reports whether the value is documented.
func (v DeviceType) Known() bool { return knownIn(deviceTypeNames, v) }

// SellerType is the kind of seller (販売者種別).
type SellerType string

// The values of [SellerType].
const (
	SellerStore      SellerType = "1"
	SellerIndividual SellerType = "2"
)

var sellerTypeNames = []valueName[SellerType]{
	{SellerStore, "セラー"},
	{SellerIndividual, "セラー(個人)"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v SellerType) Name() string { return nameOf(sellerTypeNames, v) }

// Known reports whether the value is documented.
func (v SellerType) Known() bool { return knownIn(sellerTypeNames, v) }

// FraudHoldStatus is the status of the mall's fraud check (不正保留ステータス).
type FraudHoldStatus string

// The values of [FraudHoldStatus].
const (
	FraudLowRisk    FraudHoldStatus = "0"
	FraudHeld       FraudHoldStatus = "1"
	FraudHoldLifted FraudHoldStatus = "2"
	FraudConfirmed  FraudHoldStatus = "3"
)

var fraudHoldStatusNames = []valueName[FraudHoldStatus]{
	{FraudLowRisk, "低リスク"},
	{FraudHeld, "審査保留"},
	{FraudHoldLifted, "保留解除"},
	{FraudConfirmed, "不正確定"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v FraudHoldStatus) Name() string { return nameOf(fraudHoldStatusNames, v) }

// Known reports whether the value is documented.
func (v FraudHoldStatus) Known() bool { return knownIn(fraudHoldStatusNames, v) }

// SocialGiftType is the kind of gift order (ソーシャルギフト種別). Empty for old orders.
type SocialGiftType string

// The values of [SocialGiftType].
const (
	SocialGiftNone        SocialGiftType = "0"
	SocialGiftByURL       SocialGiftType = "1"
	SocialGiftToAddress   SocialGiftType = "2"
	SocialGiftWishList    SocialGiftType = "3"
	SocialGiftSupportList SocialGiftType = "4"
)

var socialGiftTypeNames = []valueName[SocialGiftType]{
	{SocialGiftNone, "なし"},
	{SocialGiftByURL, "ソーシャルギフト"},
	{SocialGiftToAddress, "ギフト"},
	{SocialGiftWishList, "ほしいものリスト"},
	{SocialGiftSupportList, "買って応援便リスト"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v SocialGiftType) Name() string { return nameOf(socialGiftTypeNames, v) }

// Known reports whether the value is documented.
func (v SocialGiftType) Known() bool { return knownIn(socialGiftTypeNames, v) }

// PriceType is the kind of price (価格種別). Samples also show 0.
type PriceType string

// The values of [PriceType].
const (
	PriceRegular PriceType = "1"
	PriceSale    PriceType = "2"
	PricePremium PriceType = "3"
)

var priceTypeNames = []valueName[PriceType]{
	{PriceRegular, "通常価格"},
	{PriceSale, "特価"},
	{PricePremium, "プレミアム会員価格"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v PriceType) Name() string { return nameOf(priceTypeNames, v) }

// Known reports whether the value is documented.
func (v PriceType) Known() bool { return knownIn(priceTypeNames, v) }

// CancelReason is the reason of a cancellation (キャンセル理由). 1xx and 2xx are set by the store, 3xx by
// the buyer, 0 and 400 by the mall. Empty: not cancelled.
type CancelReason string

// The values of [CancelReason].
const (
	CancelBySystem            CancelReason = "0"
	CancelBuyerCancelled      CancelReason = "100"
	CancelBuyerReturned       CancelReason = "110"
	CancelBuyerUnpaid         CancelReason = "120"
	CancelBuyerUnknownAddress CancelReason = "130"
	CancelBuyerRefused        CancelReason = "140"
	CancelBuyerUnreachable    CancelReason = "150"
	CancelBuyerDuplicate      CancelReason = "160"
	CancelBuyerScreening      CancelReason = "170"
	CancelBuyerOther          CancelReason = "180"
	CancelStorePayment        CancelReason = "200"
	CancelStoreOutOfStock     CancelReason = "210"
	CancelStoreDiscontinued   CancelReason = "220"
	CancelStoreOther          CancelReason = "230"
	CancelSelfMistake         CancelReason = "300"
	CancelSelfPoints          CancelReason = "310"
	CancelSelfCoupon          CancelReason = "320"
	CancelSelfCheaper         CancelReason = "330"
	CancelSelfShippingCost    CancelReason = "340"
	CancelSelfAddress         CancelReason = "350"
	CancelSelfMethod          CancelReason = "360"
	CancelSelfPayment         CancelReason = "370"
	CancelSelfCard            CancelReason = "380"
	CancelByService           CancelReason = "400"
)

var cancelReasonNames = []valueName[CancelReason]{
	{CancelBySystem, "システムキャンセル"},
	{CancelBuyerCancelled, "キャンセル"},
	{CancelBuyerReturned, "返品"},
	{CancelBuyerUnpaid, "未入金"},
	{CancelBuyerUnknownAddress, "住所不明"},
	{CancelBuyerRefused, "受取拒否"},
	{CancelBuyerUnreachable, "連絡不通"},
	{CancelBuyerDuplicate, "重複注文"},
	{CancelBuyerScreening, "決済審査不可"},
	{CancelBuyerOther, "その他"},
	{CancelStorePayment, "決済方法都合"},
	{CancelStoreOutOfStock, "欠品"},
	{CancelStoreDiscontinued, "販売中止"},
	{CancelStoreOther, "その他"},
	{CancelSelfMistake, "購入者: 注文間違い"},
	{CancelSelfPoints, "購入者: ポイント使い忘れ"},
	{CancelSelfCoupon, "購入者: クーポン使い忘れ"},
	{CancelSelfCheaper, "購入者: 他店より高い"},
	{CancelSelfShippingCost, "購入者: 送料"},
	{CancelSelfAddress, "購入者: お届け先変更"},
	{CancelSelfMethod, "購入者: 配送方法変更"},
	{CancelSelfPayment, "購入者: 支払方法変更"},
	{CancelSelfCard, "購入者: カード利用不可"},
	{CancelByService, "サービス連動キャンセル"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v CancelReason) Name() string { return nameOf(cancelReasonNames, v) }

// Known reports whether the value is documented.
func (v CancelReason) Known() bool { return knownIn(cancelReasonNames, v) }
