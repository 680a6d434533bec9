package yahoo

// ShipInstructType is the kind of shipping instruction (出荷指示種別) to Yamato's fulfilment service.
type ShipInstructType string

// The values of [ShipInstructType].
const (
	InstructNone            ShipInstructType = "0"
	InstructDirect          ShipInstructType = "1"
	InstructViaShipper      ShipInstructType = "2"
	InstructPickAndDelivery ShipInstructType = "101"
	InstructFulfilment      ShipInstructType = "102"
	InstructPickNotLinked   ShipInstructType = "103"
	InstructMultiChannel    ShipInstructType = "104"
)

var shipInstructTypeNames = []valueName[ShipInstructType]{
	{InstructNone, "なし"},
	{InstructDirect, "直接"},
	{InstructViaShipper, "荷主経由"},
	{InstructPickAndDelivery, "ピック&デリバリー"},
	{InstructFulfilment, "フルフィルメント(API)"},
	{InstructPickNotLinked, "ピック&デリバリー(ストア未連携)"},
	{InstructMultiChannel, "フルフィルメント(マルチチャネル)"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ShipInstructType) Name() string { return nameOf(shipInstructTypeNames, v) }

// Known reports whether the value is documented.
func (v ShipInstructType) Known() bool { return knownIn(shipInstructTypeNames, v) }

// ShipInstructStatus is the status of a shipping instruction (出荷指示ステータス) to Yamato's fulfilment
// service. The mall accepts only [InstructedShip].
type ShipInstructStatus string

// The values of [ShipInstructStatus].
const (
	InstructStatusNone    ShipInstructStatus = "0"
	InstructBefore        ShipInstructStatus = "100"
	InstructWaiting       ShipInstructStatus = "101"
	InstructCancelled     ShipInstructStatus = "102"
	InstructedShip        ShipInstructStatus = "103"
	InstructShipped       ShipInstructStatus = "104"
	InstructArrived       ShipInstructStatus = "105"
	InstructUndeliverable ShipInstructStatus = "106"
)

var shipInstructStatusNames = []valueName[ShipInstructStatus]{
	{InstructStatusNone, "なし"},
	{InstructBefore, "受付前"},
	{InstructWaiting, "受付待ち"},
	{InstructCancelled, "出荷キャンセル"},
	{InstructedShip, "出荷指示済み"},
	{InstructShipped, "出荷済み"},
	{InstructArrived, "着荷済み"},
	{InstructUndeliverable, "配達不能"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ShipInstructStatus) Name() string { return nameOf(shipInstructStatusNames, v) }

// Known reports whether the value is documented.
func (v ShipInstructStatus) Known() bool { return knownIn(shipInstructStatusNames, v) }

// YamatoCoopStatus is the status of the link with Yamato (ヤマト連携ステータス).
type YamatoCoopStatus string

// The values of [YamatoCoopStatus].
const (
	YamatoNone       YamatoCoopStatus = "0"
	YamatoAccepted   YamatoCoopStatus = "1"
	YamatoInProgress YamatoCoopStatus = "2"
	YamatoLinked     YamatoCoopStatus = "3"
	YamatoCancelled  YamatoCoopStatus = "4"
)

var yamatoCoopStatusNames = []valueName[YamatoCoopStatus]{
	{YamatoNone, "なし"},
	{YamatoAccepted, "受付"},
	{YamatoInProgress, "連携中"},
	{YamatoLinked, "連携済み"},
	{YamatoCancelled, "連携取消"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v YamatoCoopStatus) Name() string { return nameOf(yamatoCoopStatusNames, v) }

// Known reports whether the value is documented.
func (v YamatoCoopStatus) Known() bool { return knownIn(yamatoCoopStatusNames, v) }

// EazyDeliveryCode is where to leave a parcel (置き配の場所).
type EazyDeliveryCode string

// The values of [EazyDeliveryCode].
const (
	EazyByHand    EazyDeliveryCode = "0"
	EazyFrontDoor EazyDeliveryCode = "1"
	EazyParcelBox EazyDeliveryCode = "2"
	EazyGasMeter  EazyDeliveryCode = "3"
	EazyShed      EazyDeliveryCode = "4"
	EazyGarage    EazyDeliveryCode = "5"
	EazyBicycle   EazyDeliveryCode = "6"
	EazyReception EazyDeliveryCode = "7"
)

var eazyDeliveryCodeNames = []valueName[EazyDeliveryCode]{
	{EazyByHand, "手渡し"},
	{EazyFrontDoor, "玄関前"},
	{EazyParcelBox, "宅配ボックス"},
	{EazyGasMeter, "ガスメーターボックス"},
	{EazyShed, "物置"},
	{EazyGarage, "車庫"},
	{EazyBicycle, "自転車のかご"},
	{EazyReception, "受付・管理人"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v EazyDeliveryCode) Name() string { return nameOf(eazyDeliveryCodeNames, v) }

// Known reports whether the value is documented.
func (v EazyDeliveryCode) Known() bool { return knownIn(eazyDeliveryCodeNames, v) }

// ContactlessStatus is a value of MallContactlessDeliveryStatus (置き配連携ステータス).
type ContactlessStatus string

// The values of [ContactlessStatus].
const (
	ContactlessMatched     ContactlessStatus = "0101"
	ContactlessNoNumber    ContactlessStatus = "0201"
	ContactlessNoAddress   ContactlessStatus = "0202"
	ContactlessInCalendar  ContactlessStatus = "0203"
	ContactlessByRecipient ContactlessStatus = "0204"
	ContactlessDelayed     ContactlessStatus = "0205"
	ContactlessDelivered   ContactlessStatus = "0206"
	ContactlessError       ContactlessStatus = "0299"
)

var contactlessStatusNames = []valueName[ContactlessStatus]{
	{ContactlessMatched, "一致"},
	{ContactlessNoNumber, "伝票番号不一致"},
	{ContactlessNoAddress, "伝票番号または郵便番号不一致"},
	{ContactlessInCalendar, "配送会社側で変更済み"},
	{ContactlessByRecipient, "受取人が変更依頼"},
	{ContactlessDelayed, "遅延"},
	{ContactlessDelivered, "配達済み"},
	{ContactlessError, "その他エラー"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ContactlessStatus) Name() string { return nameOf(contactlessStatusNames, v) }

// Known reports whether the value is documented.
func (v ContactlessStatus) Known() bool { return knownIn(contactlessStatusNames, v) }

// TransportRuleType is a value of PickAndDeliveryTransportRuleType (荷扱い).
type TransportRuleType string

// The values of [TransportRuleType].
const (
	TransportNone       TransportRuleType = "0"
	TransportPerishable TransportRuleType = "1"
	TransportFragile    TransportRuleType = "2"
	TransportPrecision  TransportRuleType = "3"
	TransportOnTop      TransportRuleType = "4"
	TransportThisSideUp TransportRuleType = "5"
)

var transportRuleTypeNames = []valueName[TransportRuleType]{
	{TransportNone, "なし"},
	{TransportPerishable, "生もの"},
	{TransportFragile, "ワレモノ"},
	{TransportPrecision, "精密機器"},
	{TransportOnTop, "下積厳禁"},
	{TransportThisSideUp, "天地無用"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v TransportRuleType) Name() string { return nameOf(transportRuleTypeNames, v) }

// Known reports whether the value is documented.
func (v TransportRuleType) Known() bool { return knownIn(transportRuleTypeNames, v) }
