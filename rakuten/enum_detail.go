package rakuten

// Enumerations of the parts of an order.

// Device (利用端末) is the device an order was placed with.
type Device int64

// The values of Device.
const (
	DevicePC            Device = 0  // PC
	DeviceDocomo        Device = 1  // モバイル(docomo)
	DeviceKDDI          Device = 2  // モバイル(KDDI)
	DeviceSoftbank      Device = 3  // モバイル(Softbank)
	DeviceWillcom       Device = 5  // モバイル(WILLCOM)
	DeviceIPhone        Device = 11 // スマートフォン（iPhone系）
	DeviceAndroid       Device = 12 // スマートフォン（Android系）
	DeviceOtherPhone    Device = 19 // スマートフォン（その他）
	DeviceIPad          Device = 21 // タブレット（iPad系）
	DeviceAndroidTablet Device = 22 // タブレット（Android系）
	DeviceOtherTablet   Device = 29 // タブレット（その他）
	DeviceUnknown       Device = 99 // その他 不明な場合も含む
)

var deviceNames = []code[Device]{
	{DevicePC, "PC"}, {DeviceDocomo, "モバイル(docomo)"}, {DeviceKDDI, "モバイル(KDDI)"},
	{DeviceSoftbank, "モバイル(Softbank)"}, {DeviceWillcom, "モバイル(WILLCOM)"},
	{DeviceIPhone, "スマートフォン（iPhone系）"},
	{DeviceAndroid, "スマートフォン（Android系）"}, {DeviceOtherPhone, "スマートフォン（その他）"},
	{DeviceIPad, "タブレット（iPad系）"},
	{DeviceAndroidTablet, "タブレット（Android系）"}, {DeviceOtherTablet, "タブレット（その他）"},
	{DeviceUnknown, "その他 不明な場合も含む"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c Device) Name() string { return nameOf(deviceNames, c) }

// Known reports whether the value is documented.
func (c Device) Known() bool { return known(deviceNames, c) }

// EmailCarrierCode (メールキャリアコード) is the carrier of the buyer's mail address.
type EmailCarrierCode int64

// The values of [EmailCarrierCode].
const (
	MailPC       EmailCarrierCode = 0  // PC
	MailDocomo   EmailCarrierCode = 1  // DoCoMo
	MailAu       EmailCarrierCode = 2  // au
	MailSoftbank EmailCarrierCode = 3  // SoftBank
	MailWillcom  EmailCarrierCode = 5  // WILLCOM
	MailOther    EmailCarrierCode = 99 // その他
)

var emailCarrierCodeNames = []code[EmailCarrierCode]{
	{MailPC, "PC"}, {MailDocomo, "DoCoMo"}, {MailAu, "au"}, {MailSoftbank, "SoftBank"},
	{MailWillcom, "WILLCOM"},
	{MailOther, "その他"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (e EmailCarrierCode) Name() string { return nameOf(emailCarrierCodeNames, e) }

// Known reports whether the value is documented.
func (e EmailCarrierCode) Known() bool { return known(emailCarrierCodeNames, e) }

// CautionDisplayType (警告表示タイプ) is Rakuten's warning on an order.
type CautionDisplayType int64

// The values of [CautionDisplayType].
const (
	NoCaution        CautionDisplayType = 0 // なし
	Caution          CautionDisplayType = 1 // 注意喚起
	CautionCancelled CautionDisplayType = 2 // キャンセル確定
)

var cautionDisplayTypeNames = []code[CautionDisplayType]{
	{NoCaution, "なし"}, {Caution, "注意喚起"}, {CautionCancelled, "キャンセル確定"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c CautionDisplayType) Name() string { return nameOf(cautionDisplayTypeNames, c) }

// Known reports whether the value is documented.
func (c CautionDisplayType) Known() bool { return known(cautionDisplayTypeNames, c) }

// CautionDisplayDetail (警告表示タイプ詳細) is the reason for the warning.
type CautionDisplayDetail int64

// The values of [CautionDisplayDetail].
const (
	CautionUnpaid    CautionDisplayDetail = 101 // 前払い未払い
	CautionRefused   CautionDisplayDetail = 102 // 受取拒否
	CautionAbsent    CautionDisplayDetail = 103 // 長期不在
	CautionReturned  CautionDisplayDetail = 104 // 開梱後の返品
	CautionDemanding CautionDisplayDetail = 105 // 高いサービスレベルの要望
)

var cautionDisplayDetailNames = []code[CautionDisplayDetail]{
	{CautionUnpaid, "前払い未払い"}, {CautionRefused, "受取拒否"}, {CautionAbsent, "長期不在"},
	{CautionReturned, "開梱後の返品"},
	{CautionDemanding, "高いサービスレベルの要望"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c CautionDisplayDetail) Name() string { return nameOf(cautionDisplayDetailNames, c) }

// Known reports whether the value is documented.
func (c CautionDisplayDetail) Known() bool { return known(cautionDisplayDetailNames, c) }

// ChangeType (変更種別) is the kind of change that a [ChangeReasonModel] records.
type ChangeType int64

// The values of [ChangeType].
const (
	CancelApplied   ChangeType = 0 // キャンセル申請
	CancelConfirmed ChangeType = 1 // キャンセル確定
	CancelCompleted ChangeType = 2 // キャンセル完了
	CancelWithdrawn ChangeType = 3 // キャンセル取消
	ChangeApplied   ChangeType = 4 // 変更申請
	ChangeConfirmed ChangeType = 5 // 変更確定
	ChangeCompleted ChangeType = 6 // 変更完了
	ChangeWithdrawn ChangeType = 7 // 変更取消
	OrderConfirmed  ChangeType = 8 // 注文確認
	PaymentRepeated ChangeType = 9 // 再決済手続き
)

var changeTypeNames = []code[ChangeType]{
	{CancelApplied, "キャンセル申請"}, {CancelConfirmed, "キャンセル確定"}, {CancelCompleted, "キャンセル完了"},
	{CancelWithdrawn, "キャンセル取消"}, {ChangeApplied, "変更申請"}, {ChangeConfirmed, "変更確定"},
	{ChangeCompleted, "変更完了"},
	{ChangeWithdrawn, "変更取消"}, {OrderConfirmed, "注文確認"}, {PaymentRepeated, "再決済手続き"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c ChangeType) Name() string { return nameOf(changeTypeNames, c) }

// Known reports whether the value is documented.
func (c ChangeType) Known() bool { return known(changeTypeNames, c) }

// ChangeTypeDetail (変更種別詳細) is what a change did to the amount or the payment method.
type ChangeTypeDetail int64

// The values of [ChangeTypeDetail].
const (
	ChangeReduced         ChangeTypeDetail = 0  // 減額
	ChangeIncreased       ChangeTypeDetail = 1  // 増額
	ChangeOther           ChangeTypeDetail = 2  // その他
	ChangeMethod          ChangeTypeDetail = 10 // 支払方法変更
	ChangeMethodReduced   ChangeTypeDetail = 11 // 支払方法変更・減額
	ChangeMethodIncreased ChangeTypeDetail = 12 // 支払方法変更・増額
)

var changeTypeDetailNames = []code[ChangeTypeDetail]{
	{ChangeReduced, "減額"}, {ChangeIncreased, "増額"}, {ChangeOther, "その他"}, {ChangeMethod, "支払方法変更"},
	{ChangeMethodReduced, "支払方法変更・減額"}, {ChangeMethodIncreased, "支払方法変更・増額"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c ChangeTypeDetail) Name() string { return nameOf(changeTypeDetailNames, c) }

// Known reports whether the value is documented.
func (c ChangeTypeDetail) Known() bool { return known(changeTypeDetailNames, c) }

// ChangeReason (変更理由) is whose reason a change has: the shop's or the buyer's.
type ChangeReason int64

// The values of [ChangeReason].
const (
	ReasonOfShop  ChangeReason = 0 // 店舗都合
	ReasonOfBuyer ChangeReason = 1 // お客様都合
)

var changeReasonNames = []code[ChangeReason]{
	{ReasonOfShop, "店舗都合"}, {ReasonOfBuyer, "お客様都合"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c ChangeReason) Name() string { return nameOf(changeReasonNames, c) }

// Known reports whether the value is documented.
func (c ChangeReason) Known() bool { return known(changeReasonNames, c) }

// DueDateType (期限日タイプ) is what a [DueDateModel] is the deadline for.
type DueDateType int64

// The values of [DueDateType].
const (
	PaymentDue      DueDateType = 0 // 支払い期限日
	MethodChangeDue DueDateType = 1 // 支払い方法変更期限日
	RefundDue       DueDateType = 2 // 返金手続き期限日
)

var dueDateTypeNames = []code[DueDateType]{
	{PaymentDue, "支払い期限日"}, {MethodChangeDue, "支払い方法変更期限日"}, {RefundDue, "返金手続き期限日"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (d DueDateType) Name() string { return nameOf(dueDateTypeNames, d) }

// Known reports whether the value is documented.
func (d DueDateType) Known() bool { return known(dueDateTypeNames, d) }

// CardPayType (クレジットカード支払い方法) is how a card is charged.
type CardPayType int64

// The values of [CardPayType].
const (
	CardOnce        CardPayType = 0 // 一括払い
	CardRevolving   CardPayType = 1 // リボ払い
	CardInstalments CardPayType = 2 // 分割払い
	CardOther       CardPayType = 3 // その他払い
	CardBonus       CardPayType = 4 // ボーナス一括払い
)

var cardPayTypeNames = []code[CardPayType]{
	{CardOnce, "一括払い"}, {CardRevolving, "リボ払い"}, {CardInstalments, "分割払い"}, {CardOther, "その他払い"},
	{CardBonus, "ボーナス一括払い"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c CardPayType) Name() string { return nameOf(cardPayTypeNames, c) }

// Known reports whether the value is documented.
func (c CardPayType) Known() bool { return known(cardPayTypeNames, c) }

// WrappingTitle (ラッピングタイトル) is the kind of a wrapping.
type WrappingTitle int64

// The values of [WrappingTitle].
const (
	WrappingPaper  WrappingTitle = 1 // 包装紙
	WrappingRibbon WrappingTitle = 2 // リボン
)

var wrappingTitleNames = []code[WrappingTitle]{
	{WrappingPaper, "包装紙"}, {WrappingRibbon, "リボン"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (w WrappingTitle) Name() string { return nameOf(wrappingTitleNames, w) }

// Known reports whether the value is documented.
func (w WrappingTitle) Known() bool { return known(wrappingTitleNames, w) }

// CouponCapitalCode (クーポン原資コード) is who pays for a coupon.
type CouponCapitalCode int64

// The values of [CouponCapitalCode].
const (
	CouponByShop  CouponCapitalCode = 1 // ショップ
	CouponByMaker CouponCapitalCode = 2 // メーカー
	CouponByMall  CouponCapitalCode = 3 // サービス
)

var couponCapitalCodeNames = []code[CouponCapitalCode]{
	{CouponByShop, "ショップ"}, {CouponByMaker, "メーカー"}, {CouponByMall, "サービス"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c CouponCapitalCode) Name() string { return nameOf(couponCapitalCodeNames, c) }

// Known reports whether the value is documented.
func (c CouponCapitalCode) Known() bool { return known(couponCapitalCodeNames, c) }

// InventoryType (在庫タイプ) is how the stock of an item is managed.
type InventoryType int64

// The values of [InventoryType].
const (
	NoInventory      InventoryType = 0 // 在庫設定なし
	NormalInventory  InventoryType = 1 // 通常在庫
	VariantInventory InventoryType = 2 // 項目選択肢別在庫
)

var inventoryTypeNames = []code[InventoryType]{
	{NoInventory, "在庫設定なし"}, {NormalInventory, "通常在庫"}, {VariantInventory, "項目選択肢別在庫"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (i InventoryType) Name() string { return nameOf(inventoryTypeNames, i) }

// Known reports whether the value is documented.
func (i InventoryType) Known() bool { return known(inventoryTypeNames, i) }

// RestoreInventory (在庫連動オプション) is what happens to the stock when an order is cancelled or an item
// is deleted.
type RestoreInventory int64

// The values of [RestoreInventory].
const (
	RestoreByItem RestoreInventory = 0 // 商品の設定に従う
	Restore       RestoreInventory = 1 // 在庫連動する
	DoNotRestore  RestoreInventory = 2 // 在庫連動しない
)

var restoreInventoryNames = []code[RestoreInventory]{
	{RestoreByItem, "商品の設定に従う"}, {Restore, "在庫連動する"}, {DoNotRestore, "在庫連動しない"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (r RestoreInventory) Name() string { return nameOf(restoreInventoryNames, r) }

// Known reports whether the value is documented.
func (r RestoreInventory) Known() bool { return known(restoreInventoryNames, r) }

// PointType (ポイントタイプ) is what multiplied the points of an item.
type PointType int64

// The values of [PointType].
const (
	PointNormal PointType = 0   // 変倍なし
	PointByShop PointType = 1   // 店舗別変倍
	PointByItem PointType = 2   // 商品別変倍
	PointError  PointType = -99 // エラー
)

var pointTypeNames = []code[PointType]{
	{PointNormal, "変倍なし"}, {PointByShop, "店舗別変倍"}, {PointByItem, "商品別変倍"}, {PointError, "エラー"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (p PointType) Name() string { return nameOf(pointTypeNames, p) }

// Known reports whether the value is documented.
func (p PointType) Known() bool { return known(pointTypeNames, p) }

// CvsCode (コンビニコード) is the chain of the store where a parcel is collected.
type CvsCode int64

// The values of [CvsCode].
const (
	CvsFamilyMart    CvsCode = 1  // ファミリーマート
	CvsMiniStop      CvsCode = 20 // ミニストップ
	CvsCircleK       CvsCode = 40 // サークルK
	CvsSunkus        CvsCode = 41 // サンクス
	CvsLawson        CvsCode = 50 // ローソン
	CvsPostOffice    CvsCode = 60 // 郵便局
	CvsThreeF        CvsCode = 70 // スリーエフ
	CvsEveryOne      CvsCode = 71 // エブリワン
	CvsCocoStore     CvsCode = 72 // ココストア
	CvsSaveOn        CvsCode = 74 // セーブオン
	CvsDailyYamazaki CvsCode = 80 // デイリーヤマザキ
	CvsYamazakiDaily CvsCode = 81 // ヤマザキデイリーストア
	CvsNewYamazaki   CvsCode = 82 // ニューヤマザキデイリーストア
	CvsNewDays       CvsCode = 85 // ニューデイズ
	CvsPoplar        CvsCode = 90 // ポプラ
	CvsKurashiHouse  CvsCode = 91 // くらしハウス
	CvsThreeEight    CvsCode = 92 // スリーエイト
	CvsSeikatsuSaika CvsCode = 93 // 生活彩家
)

var cvsCodeNames = []code[CvsCode]{
	{CvsFamilyMart, "ファミリーマート"}, {CvsMiniStop, "ミニストップ"}, {CvsCircleK, "サークルK"},
	{CvsSunkus, "サンクス"},
	{CvsLawson, "ローソン"}, {CvsPostOffice, "郵便局"}, {CvsThreeF, "スリーエフ"}, {CvsEveryOne, "エブリワン"},
	{CvsCocoStore, "ココストア"}, {CvsSaveOn, "セーブオン"}, {CvsDailyYamazaki, "デイリーヤマザキ"},
	{CvsYamazakiDaily, "ヤマザキデイリーストア"}, {CvsNewYamazaki, "ニューヤマザキデイリーストア"}, {CvsNewDays, "ニューデイズ"},
	{CvsPoplar, "ポプラ"}, {CvsKurashiHouse, "くらしハウス"}, {CvsThreeEight, "スリーエイト"},
	{CvsSeikatsuSaika, "生活彩家"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c CvsCode) Name() string { return nameOf(cvsCodeNames, c) }

// Known reports whether the value is documented.
func (c CvsCode) Known() bool { return known(cvsCodeNames, c) }
