package rakuten

// Enumerations of orders, searches and payments.

// OrderType (注文種別) is the kind of an order.
type OrderType int64

// The values of [OrderType].
const (
	NormalOrder       OrderType = 1 // 通常購入
	SubscriptionOrder OrderType = 4 // 定期購入
	ClubOrder         OrderType = 5 // 頒布会
	PreOrder          OrderType = 6 // 予約商品
)

var orderTypeNames = []code[OrderType]{
	{NormalOrder, "通常購入"}, {SubscriptionOrder, "定期購入"}, {ClubOrder, "頒布会"}, {PreOrder, "予約商品"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (o OrderType) Name() string { return nameOf(orderTypeNames, o) }

// Known reports whether the value is documented.
func (o OrderType) Known() bool { return known(orderTypeNames, o) }

// SettlementMethod (支払方法) is a payment method, in settlementMethodCode, paymentMethod and
// afterSettlementMethodCode.
type SettlementMethod int64

// The values of [SettlementMethod].
const (
	CreditCard        SettlementMethod = 1  // クレジットカード
	CashOnDelivery    SettlementMethod = 2  // 代金引換
	DeferredByShop    SettlementMethod = 3  // 後払い
	ShoppingCredit    SettlementMethod = 4  // ショッピングクレジット／ローン
	AutoLoan          SettlementMethod = 5  // オートローン
	Lease             SettlementMethod = 6  // リース
	Invoice           SettlementMethod = 7  // 請求書払い
	PointsOnly        SettlementMethod = 8  // ポイント
	BankTransfer      SettlementMethod = 9  // 銀行振込
	ApplePay          SettlementMethod = 12 // Apple Pay
	SevenEleven       SettlementMethod = 13 // セブンイレブン（前払）
	ConvenienceStores SettlementMethod = 14 // ファミリーマート、ローソン等（前払）
	AlipayOld         SettlementMethod = 16 // Alipay
	PayPal            SettlementMethod = 17 // PayPal
	DeferredByMall    SettlementMethod = 21 // 後払い決済（楽天市場の共通決済）
	Alipay            SettlementMethod = 27 // Alipay（支付宝）
)

var settlementMethodNames = []code[SettlementMethod]{
	{CreditCard, "クレジットカード"}, {CashOnDelivery, "代金引換"}, {DeferredByShop, "後払い"},
	{ShoppingCredit, "ショッピングクレジット／ローン"}, {AutoLoan, "オートローン"}, {Lease, "リース"}, {Invoice, "請求書払い"},
	{PointsOnly, "ポイント"}, {BankTransfer, "銀行振込"}, {ApplePay, "Apple Pay"},
	{SevenEleven, "セブンイレブン（前払）"},
	{ConvenienceStores, "ファミリーマート、ローソン等（前払）"}, {AlipayOld, "Alipay"}, {PayPal, "PayPal"},
	{DeferredByMall, "後払い決済（楽天市場の共通決済）"}, {Alipay, "Alipay（支付宝）"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (s SettlementMethod) Name() string { return nameOf(settlementMethodNames, s) }

// Known reports whether the value is documented.
func (s SettlementMethod) Known() bool { return known(settlementMethodNames, s) }

// DeliveryClass (配送区分) is the temperature class of a delivery.
type DeliveryClass int64

// The values of [DeliveryClass].
const (
	NoDeliveryClass     DeliveryClass = 0 // 選択なし
	Ambient             DeliveryClass = 1 // 普通
	Chilled             DeliveryClass = 2 // 冷蔵
	Frozen              DeliveryClass = 3 // 冷凍
	DeliveryClassOther1 DeliveryClass = 4 // その他1
	DeliveryClassOther2 DeliveryClass = 5 // その他2
	DeliveryClassOther3 DeliveryClass = 6 // その他3
	DeliveryClassOther4 DeliveryClass = 7 // その他4
	DeliveryClassOther5 DeliveryClass = 8 // その他5
)

var deliveryClassNames = []code[DeliveryClass]{
	{NoDeliveryClass, "選択なし"}, {Ambient, "普通"}, {Chilled, "冷蔵"}, {Frozen, "冷凍"},
	{DeliveryClassOther1, "その他1"},
	{DeliveryClassOther2, "その他2"}, {DeliveryClassOther3, "その他3"}, {DeliveryClassOther4, "その他4"},
	{DeliveryClassOther5, "その他5"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (d DeliveryClass) Name() string { return nameOf(deliveryClassNames, d) }

// Known reports whether the value is documented.
func (d DeliveryClass) Known() bool { return known(deliveryClassNames, d) }

// DateType (期間検索種別) is the date that searchOrder searches by.
type DateType int64

// The values of [DateType].
const (
	ByOrderDate          DateType = 1 // 注文日
	ByConfirmDate        DateType = 2 // 注文確認日
	ByFixDate            DateType = 3 // 注文確定日
	ByShippingDate       DateType = 4 // 発送日
	ByShippingReportDate DateType = 5 // 発送完了報告日
	BySettlementDate     DateType = 6 // 決済確定日
)

var dateTypeNames = []code[DateType]{
	{ByOrderDate, "注文日"}, {ByConfirmDate, "注文確認日"}, {ByFixDate, "注文確定日"}, {ByShippingDate, "発送日"},
	{ByShippingReportDate, "発送完了報告日"}, {BySettlementDate, "決済確定日"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (d DateType) Name() string { return nameOf(dateTypeNames, d) }

// Known reports whether the value is documented.
func (d DateType) Known() bool { return known(dateTypeNames, d) }

// ChangeReasonDetail (変更・キャンセル理由) is why an order is reduced or cancelled, in reductionReason,
// changeReasonDetailApply and changeReasonDetail.
type ChangeReasonDetail int64

// The values of [ChangeReasonDetail].
const (
	ReasonCancel      ChangeReasonDetail = 1  // キャンセル
	ReasonReturned    ChangeReasonDetail = 2  // 受取後の返品
	ReasonLongAbsence ChangeReasonDetail = 3  // 長期不在による受取拒否
	ReasonUnpaid      ChangeReasonDetail = 4  // 未入金
	ReasonCODRefused  ChangeReasonDetail = 5  // 代引決済の受取拒否
	ReasonBuyerOther  ChangeReasonDetail = 6  // その他（お客様都合）
	ReasonOutOfStock  ChangeReasonDetail = 8  // 欠品
	ReasonShopOther   ChangeReasonDetail = 10 // その他（店舗都合）
	ReasonDelay       ChangeReasonDetail = 13 // 発送遅延
	ReasonCaution     ChangeReasonDetail = 14 // 顧客・配送対応注意表示
	ReasonDamaged     ChangeReasonDetail = 15 // 返品（破損・品間違い）
	ReasonNoAddress   ChangeReasonDetail = 16 // 受取情報入力期限切れ
)

var changeReasonDetailNames = []code[ChangeReasonDetail]{
	{ReasonCancel, "キャンセル"}, {ReasonReturned, "受取後の返品"}, {ReasonLongAbsence, "長期不在による受取拒否"},
	{ReasonUnpaid, "未入金"}, {ReasonCODRefused, "代引決済の受取拒否"}, {ReasonBuyerOther, "その他（お客様都合）"},
	{ReasonOutOfStock, "欠品"}, {ReasonShopOther, "その他（店舗都合）"}, {ReasonDelay, "発送遅延"},
	{ReasonCaution, "顧客・配送対応注意表示"}, {ReasonDamaged, "返品（破損・品間違い）"}, {ReasonNoAddress, "受取情報入力期限切れ"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (c ChangeReasonDetail) Name() string { return nameOf(changeReasonDetailNames, c) }

// Known reports whether the value is documented.
func (c ChangeReasonDetail) Known() bool { return known(changeReasonDetailNames, c) }

// PaymentStatus (決済ステータス) is the status of a payment (single source, uncertain).
type PaymentStatus int64

// The values of [PaymentStatus].
const (
	PaymentNone              PaymentStatus = 30000 // 決済なし
	PaymentWaiting           PaymentStatus = 30100 // 決済手続き待ち
	PaymentWaitingPre        PaymentStatus = 30110 // 決済手続き待ち（前処理待ち）
	PaymentProcRequested     PaymentStatus = 30200 // 決済手続き依頼
	PaymentProcDone          PaymentStatus = 30300 // 決済手続き完了
	PaymentProcFailed        PaymentStatus = 30400 // 決済手続きNG
	PaymentRequested         PaymentStatus = 30500 // 決済依頼
	PaymentFixed             PaymentStatus = 30600 // 決済確定
	PaymentFixedCancelFailed PaymentStatus = 30610 // 決済確定（取消NG）
	PaymentFailed            PaymentStatus = 30700 // 決済NG
	PaymentFailedToShop      PaymentStatus = 30710 // 決済NG（店舗引渡）
	ProcCancelling           PaymentStatus = 31100 // 決済手続き取消中
	ProcCancelWaiting        PaymentStatus = 31110 // 決済手続き取消中（取消待ち）
	ProcCancelWaitingPre     PaymentStatus = 31120 // 決済手続き取消中（取消待ち、前処理待ち）
	ProcCancelled            PaymentStatus = 31200 // 決済手続き取消完了
	ProcCancelFailed         PaymentStatus = 31300 // 決済手続き取消NG
	PaymentCancelling        PaymentStatus = 31400 // 決済取消中
	PaymentCancelWaiting     PaymentStatus = 31410 // 決済取消中（取消待ち）
	PaymentCancelWaitingPre  PaymentStatus = 31420 // 決済取消中（取消待ち、前処理待ち）
	PaymentCancelled         PaymentStatus = 31500 // 決済取消完了
	PaymentChargedBack       PaymentStatus = 31800 // 決済取消完了（チャージバック）
)

var paymentStatusNames = []code[PaymentStatus]{
	{PaymentNone, "決済なし"}, {PaymentWaiting, "決済手続き待ち"}, {PaymentWaitingPre, "決済手続き待ち（前処理待ち）"},
	{PaymentProcRequested, "決済手続き依頼"}, {PaymentProcDone, "決済手続き完了"}, {PaymentProcFailed, "決済手続きNG"},
	{PaymentRequested, "決済依頼"}, {PaymentFixed, "決済確定"}, {PaymentFixedCancelFailed, "決済確定（取消NG）"},
	{PaymentFailed, "決済NG"}, {PaymentFailedToShop, "決済NG（店舗引渡）"}, {ProcCancelling, "決済手続き取消中"},
	{ProcCancelWaiting, "決済手続き取消中（取消待ち）"}, {ProcCancelWaitingPre, "決済手続き取消中（取消待ち、前処理待ち）"},
	{ProcCancelled, "決済手続き取消完了"}, {ProcCancelFailed, "決済手続き取消NG"}, {PaymentCancelling, "決済取消中"},
	{PaymentCancelWaiting, "決済取消中（取消待ち）"}, {PaymentCancelWaitingPre, "決済取消中（取消待ち、前処理待ち）"},
	{PaymentCancelled, "決済取消完了"}, {PaymentChargedBack, "決済取消完了（チャージバック）"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (p PaymentStatus) Name() string { return nameOf(paymentStatusNames, p) }

// Known reports whether the value is documented.
func (p PaymentStatus) Known() bool { return known(paymentStatusNames, p) }
