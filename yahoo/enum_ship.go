package yahoo

// ShipStatus is the shipping status (出荷ステータス).
type ShipStatus string

// The values of [ShipStatus].
const (
	ShipNotPossible ShipStatus = "0"
	ShipPossible    ShipStatus = "1"
	ShipInProgress  ShipStatus = "2"
	ShipDone        ShipStatus = "3"
	ShipArrived     ShipStatus = "4"
)

var shipStatusNames = []valueName[ShipStatus]{
	{ShipNotPossible, "出荷不可"},
	{ShipPossible, "出荷可"},
	{ShipInProgress, "出荷処理中"},
	{ShipDone, "出荷済み"},
	{ShipArrived, "着荷済み"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ShipStatus) Name() string { return nameOf(shipStatusNames, v) }

// Known reports whether the value is documented.
func (v ShipStatus) Known() bool { return knownIn(shipStatusNames, v) }

// ArriveType is the express delivery of an order: きょうつく (same day) or あすつく (next day).
type ArriveType string

// The values of [ArriveType].
const (
	ArriveNormal   ArriveType = "0"
	ArriveToday    ArriveType = "1"
	ArriveTomorrow ArriveType = "2"
)

var arriveTypeNames = []valueName[ArriveType]{
	{ArriveNormal, "通常"},
	{ArriveToday, "きょうつく"},
	{ArriveTomorrow, "あすつく"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ArriveType) Name() string { return nameOf(arriveTypeNames, v) }

// Known reports whether the value is documented.
func (v ArriveType) Known() bool { return knownIn(arriveTypeNames, v) }

// ExcellentDelivery says whether an order is 優良配送.
type ExcellentDelivery string

// The values of [ExcellentDelivery].
const (
	ExcellentNo      ExcellentDelivery = "0"
	ExcellentYes     ExcellentDelivery = "1"
	ExcellentNextDay ExcellentDelivery = "2"
)

var excellentDeliveryNames = []valueName[ExcellentDelivery]{
	{ExcellentNo, "対象外"},
	{ExcellentYes, "優良配送"},
	{ExcellentNextDay, "翌日優良配送"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ExcellentDelivery) Name() string { return nameOf(excellentDeliveryNames, v) }

// Known reports whether the value is documented.
func (v ExcellentDelivery) Known() bool { return knownIn(excellentDeliveryNames, v) }

// ReceiveSatelliteType says at whose pick-up point an order is collected (拠点受取).
type ReceiveSatelliteType string

// The values of [ReceiveSatelliteType].
const (
	SatelliteNone      ReceiveSatelliteType = "0"
	SatelliteJapanPost ReceiveSatelliteType = "1"
	SatelliteYamato    ReceiveSatelliteType = "3"
)

var receiveSatelliteTypeNames = []valueName[ReceiveSatelliteType]{
	{SatelliteNone, "自宅配送"},
	{SatelliteJapanPost, "日本郵便の拠点受取"},
	{SatelliteYamato, "ヤマトの拠点受取"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ReceiveSatelliteType) Name() string { return nameOf(receiveSatelliteTypeNames, v) }

// Known reports whether the value is documented.
func (v ReceiveSatelliteType) Known() bool { return knownIn(receiveSatelliteTypeNames, v) }

// ReceiveSatelliteSettleMethod is the kind of pick-up point (拠点種別). Empty for Yamato.
type ReceiveSatelliteSettleMethod string

// The values of [ReceiveSatelliteSettleMethod].
const (
	SatelliteAtHome       ReceiveSatelliteSettleMethod = "0"
	SatelliteAtStore      ReceiveSatelliteSettleMethod = "2"
	SatelliteAtPostOffice ReceiveSatelliteSettleMethod = "4"
)

var receiveSatelliteSettleMethodNames = []valueName[ReceiveSatelliteSettleMethod]{
	{SatelliteAtHome, "自宅"},
	{SatelliteAtStore, "コンビニ"},
	{SatelliteAtPostOffice, "郵便局"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ReceiveSatelliteSettleMethod) Name() string {
	return nameOf(receiveSatelliteSettleMethodNames, v)
}

// Known reports whether the value is documented.
func (v ReceiveSatelliteSettleMethod) Known() bool {
	return knownIn(receiveSatelliteSettleMethodNames, v)
}

// ReceiveSatelliteMethod is the pick-up method (拠点受取方法). For Yamato, empty is a branch; other
// values of three letters or digits are a convenience store.
type ReceiveSatelliteMethod string

// The values of [ReceiveSatelliteMethod].
const (
	SatelliteLoppi      ReceiveSatelliteMethod = "0001"
	SatelliteFamiport   ReceiveSatelliteMethod = "0003"
	SatellitePostOffice ReceiveSatelliteMethod = "1001"
	SatelliteHakopos    ReceiveSatelliteMethod = "1100"
	SatellitePUDO       ReceiveSatelliteMethod = "563"
)

var receiveSatelliteMethodNames = []valueName[ReceiveSatelliteMethod]{
	{SatelliteLoppi, "Loppi"},
	{SatelliteFamiport, "Famiポート"},
	{SatellitePostOffice, "郵便局"},
	{SatelliteHakopos, "はこぽす"},
	{SatellitePUDO, "PUDOステーション"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ReceiveSatelliteMethod) Name() string { return nameOf(receiveSatelliteMethodNames, v) }

// Known reports whether the value is documented.
func (v ReceiveSatelliteMethod) Known() bool { return knownIn(receiveSatelliteMethodNames, v) }

// ReceiveShopType is the kind of store pick-up (店頭受取種別).
type ReceiveShopType string

// The values of [ReceiveShopType].
const (
	ReceiveShopNone   ReceiveShopType = "0"
	ReceiveShopPickup ReceiveShopType = "1"
	ReceiveShopStock  ReceiveShopType = "2"
	ReceiveShopShip   ReceiveShopType = "3"
)

var receiveShopTypeNames = []valueName[ReceiveShopType]{
	{ReceiveShopNone, "通常"},
	{ReceiveShopPickup, "店頭受取"},
	{ReceiveShopStock, "店頭在庫受取"},
	{ReceiveShopShip, "店頭在庫発送"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v ReceiveShopType) Name() string { return nameOf(receiveShopTypeNames, v) }

// Known reports whether the value is documented.
func (v ReceiveShopType) Known() bool { return knownIn(receiveShopTypeNames, v) }

// EmptyReason is the reason for having no tracking number (伝票番号なし理由).
type EmptyReason string

// The values of [EmptyReason].
const (
	EmptyMakerDirect     EmptyReason = "101"
	EmptyNothingToShip   EmptyReason = "102"
	EmptyStorePickup     EmptyReason = "103"
	EmptyCarrierContacts EmptyReason = "104"
	EmptyNoNumber        EmptyReason = "105"
)

var emptyReasonNames = []valueName[EmptyReason]{
	{EmptyMakerDirect, "メーカー直送"},
	{EmptyNothingToShip, "配送不要"},
	{EmptyStorePickup, "店頭受取"},
	{EmptyCarrierContacts, "配送業者から連絡"},
	{EmptyNoNumber, "伝票番号のない配送方法"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v EmptyReason) Name() string { return nameOf(emptyReasonNames, v) }

// Known reports whether the value is documented.
func (v EmptyReason) Known() bool { return knownIn(emptyReasonNames, v) }

// RemoteAreaShippingType says whether a remote area's shipping charge is set (離島送料種別).
type RemoteAreaShippingType string

// The values of [RemoteAreaShippingType].
const (
	RemoteNone  RemoteAreaShippingType = "0"
	RemoteSet   RemoteAreaShippingType = "1"
	RemoteLater RemoteAreaShippingType = "2"
)

var remoteAreaShippingTypeNames = []valueName[RemoteAreaShippingType]{
	{RemoteNone, "なし"},
	{RemoteSet, "設定あり"},
	{RemoteLater, "後から計算"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v RemoteAreaShippingType) Name() string { return nameOf(remoteAreaShippingTypeNames, v) }

// Known reports whether the value is documented.
func (v RemoteAreaShippingType) Known() bool { return knownIn(remoteAreaShippingTypeNames, v) }

// SubscriptionCycleType is the unit of SubscriptionCycleDate (定期購入の周期).
type SubscriptionCycleType string

// The values of [SubscriptionCycleType].
const (
	CycleDays   SubscriptionCycleType = "0"
	CycleMonths SubscriptionCycleType = "1"
)

var subscriptionCycleTypeNames = []valueName[SubscriptionCycleType]{
	{CycleDays, "日ごと"},
	{CycleMonths, "月ごと"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v SubscriptionCycleType) Name() string { return nameOf(subscriptionCycleTypeNames, v) }

// Known reports whether the value is documented.
func (v SubscriptionCycleType) Known() bool { return knownIn(subscriptionCycleTypeNames, v) }

// OptionType is the input type of a cart option (カート内オプションの入力形式).
type OptionType string

// The values of [OptionType].
const (
	OptionText10   OptionType = "0"
	OptionText50   OptionType = "1"
	OptionText250  OptionType = "2"
	OptionPullDown OptionType = "3"
	OptionRadio    OptionType = "4"
	OptionCheckbox OptionType = "5"
)

var optionTypeNames = []valueName[OptionType]{
	{OptionText10, "テキスト(10文字)"},
	{OptionText50, "テキスト(50文字)"},
	{OptionText250, "テキスト(250文字)"},
	{OptionPullDown, "プルダウン"},
	{OptionRadio, "ラジオボタン"},
	{OptionCheckbox, "チェックボックス"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v OptionType) Name() string { return nameOf(optionTypeNames, v) }

// Known reports whether the value is documented.
func (v OptionType) Known() bool { return knownIn(optionTypeNames, v) }
