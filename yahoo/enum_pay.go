package yahoo

// PayStatus is the payment status (入金ステータス).
type PayStatus string

// The values of [PayStatus].
const (
	PayAwaiting PayStatus = "0"
	PayPaid     PayStatus = "1"
)

var payStatusNames = []valueName[PayStatus]{
	{PayAwaiting, "入金待ち"},
	{PayPaid, "入金済み"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v PayStatus) Name() string { return nameOf(payStatusNames, v) }

// Known reports whether the value is documented.
func (v PayStatus) Known() bool { return knownIn(payStatusNames, v) }

// SettleStatus is the settlement status (決済ステータス). For methods that the mall does not settle itself
// it stays [SettleAwaiting], and becomes [SettleDone] when the order is completed.
type SettleStatus string

// The values of [SettleStatus].
const (
	SettleRequested         SettleStatus = "1"
	SettleAwaiting          SettleStatus = "2"
	SettlePaid              SettleStatus = "3"
	SettleAwaitingMoney     SettleStatus = "4"
	SettleDone              SettleStatus = "5"
	SettleCancelled         SettleStatus = "6"
	SettleRefunded          SettleStatus = "7"
	SettleExpired           SettleStatus = "8"
	SettleRequesting        SettleStatus = "9"
	SettleAuthError         SettleStatus = "10"
	SettleSaleReversed      SettleStatus = "11"
	SettleSuicaAddressError SettleStatus = "12"
)

var settleStatusNames = []valueName[SettleStatus]{
	{SettleRequested, "決済申込"},
	{SettleAwaiting, "支払待ち"},
	{SettlePaid, "支払完了"},
	{SettleAwaitingMoney, "入金待ち"},
	{SettleDone, "決済完了"},
	{SettleCancelled, "キャンセル"},
	{SettleRefunded, "返金"},
	{SettleExpired, "有効期限切れ"},
	{SettleRequesting, "決済申込中"},
	{SettleAuthError, "オーソリエラー"},
	{SettleSaleReversed, "売上取消"},
	{SettleSuicaAddressError, "Suicaアドレスエラー"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v SettleStatus) Name() string { return nameOf(settleStatusNames, v) }

// Known reports whether the value is documented.
func (v SettleStatus) Known() bool { return knownIn(settleStatusNames, v) }

// PayType says whether payment is in advance or afterwards (支払い分類).
type PayType string

// The values of [PayType].
const (
	PayAfter  PayType = "0"
	PayBefore PayType = "1"
)

var payTypeNames = []valueName[PayType]{
	{PayAfter, "後払い"},
	{PayBefore, "前払い"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v PayType) Name() string { return nameOf(payTypeNames, v) }

// Known reports whether the value is documented.
func (v PayType) Known() bool { return knownIn(payTypeNames, v) }

// PayKind is the kind of payment (支払い種別).
type PayKind string

// The values of [PayKind].
const (
	PayKindCard           PayKind = "0"
	PayKindNetBank        PayKind = "1"
	PayKindCarrier        PayKind = "2"
	PayKindTransfer       PayKind = "3"
	PayKindCashOnDelivery PayKind = "4"
	PayKindConvenience    PayKind = "5"
	PayKindEMoney         PayKind = "6"
	PayKindOther          PayKind = "7"
)

var payKindNames = []valueName[PayKind]{
	{PayKindCard, "クレジットカード"},
	{PayKindNetBank, "ネットバンキング"},
	{PayKindCarrier, "キャリア決済"},
	{PayKindTransfer, "銀行振込"},
	{PayKindCashOnDelivery, "代金引換"},
	{PayKindConvenience, "コンビニ"},
	{PayKindEMoney, "電子マネー"},
	{PayKindOther, "その他"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v PayKind) Name() string { return nameOf(payKindNames, v) }

// Known reports whether the value is documented.
func (v PayKind) Known() bool { return knownIn(payKindNames, v) }

// CardPayType is how a card payment is split (カード支払い区分).
type CardPayType string

// The values of [CardPayType].
const (
	CardOnce        CardPayType = "1"
	CardBonus       CardPayType = "2"
	CardRevolving   CardPayType = "3"
	CardInstalments CardPayType = "4"
)

var cardPayTypeNames = []valueName[CardPayType]{
	{CardOnce, "一括払い"},
	{CardBonus, "ボーナス一括払い"},
	{CardRevolving, "リボ払い"},
	{CardInstalments, "分割払い"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v CardPayType) Name() string { return nameOf(cardPayTypeNames, v) }

// Known reports whether the value is documented.
func (v CardPayType) Known() bool { return knownIn(cardPayTypeNames, v) }

// RefundStatus is the refund status (返金ステータス). The mall accepts only the change from [RefundNeeded]
// to [RefundDone].
type RefundStatus string

// The values of [RefundStatus].
const (
	RefundNotNeeded RefundStatus = "0"
	RefundNeeded    RefundStatus = "1"
	RefundDone      RefundStatus = "2"
)

var refundStatusNames = []valueName[RefundStatus]{
	{RefundNotNeeded, "不要"},
	{RefundNeeded, "必要"},
	{RefundDone, "返金済み"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v RefundStatus) Name() string { return nameOf(refundStatusNames, v) }

// Known reports whether the value is documented.
func (v RefundStatus) Known() bool { return knownIn(refundStatusNames, v) }

// BillAddressFrom says where the billing address was taken from (請求先引用元).
type BillAddressFrom string

// The values of [BillAddressFrom].
const (
	BillFromHome     BillAddressFrom = "P"
	BillFromWork     BillAddressFrom = "B"
	BillFromShip     BillAddressFrom = "ship"
	BillFromOther    BillAddressFrom = "O"
	BillFromOther1   BillAddressFrom = "O1"
	BillFromOther2   BillAddressFrom = "O2"
	BillFromOther3   BillAddressFrom = "O3"
	BillFromOther4   BillAddressFrom = "O4"
	BillFromWallet   BillAddressFrom = "W"
	BillFromSoftBank BillAddressFrom = "SB"
)

var billAddressFromNames = []valueName[BillAddressFrom]{
	{BillFromHome, "自宅"},
	{BillFromWork, "勤務先"},
	{BillFromShip, "お届け先と同じ"},
	{BillFromOther, "その他"},
	{BillFromOther1, "その他1"},
	{BillFromOther2, "その他2"},
	{BillFromOther3, "その他3"},
	{BillFromOther4, "その他4"},
	{BillFromWallet, "ウォレット"},
	{BillFromSoftBank, "ソフトバンク登録情報"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v BillAddressFrom) Name() string { return nameOf(billAddressFromNames, v) }

// Known reports whether the value is documented.
func (v BillAddressFrom) Known() bool { return knownIn(billAddressFromNames, v) }

// PayMethod is the payment method (支払い方法). Branch on it and never on PayMethodName, whose wording
// changes.
type PayMethod string

// The values of [PayMethod].
const (
	PayByCard           PayMethod = "payment_a1"
	PayBySeven          PayMethod = "payment_a6"
	PayByConvenience    PayMethod = "payment_a7"
	PayBySuica          PayMethod = "payment_a8"
	PayByDPayment       PayMethod = "payment_a9"
	PayByAuPay          PayMethod = "payment_a10"
	PayBySoftBank       PayMethod = "payment_a11"
	PayByPayEasy        PayMethod = "payment_a15"
	PayByYahooMoney     PayMethod = "payment_a16"
	PayByPayPay         PayMethod = "payment_a17"
	PayByYukkuri        PayMethod = "payment_a18"
	PayByPayPayCredit   PayMethod = "payment_a19"
	PayByTransfer1      PayMethod = "payment_b1"
	PayByTransfer2      PayMethod = "payment_b2"
	PayByTransfer3      PayMethod = "payment_b3"
	PayByTransfer4      PayMethod = "payment_b4"
	PayByTransfer5      PayMethod = "payment_b5"
	PayByTransfer6      PayMethod = "payment_b6"
	PayByYuchoBefore    PayMethod = "payment_c1"
	PayByYuchoAfter     PayMethod = "payment_c2"
	PayByRegisteredMail PayMethod = "payment_c3"
	PayOnDelivery       PayMethod = "payment_d1"
	PayByStore1         PayMethod = "payment_e1"
	PayByStore2         PayMethod = "payment_e2"
	PayByStore3         PayMethod = "payment_e3"
	PayByStore4         PayMethod = "payment_e4"
	PayByStore5         PayMethod = "payment_e5"
	PayByStore6         PayMethod = "payment_e6"
	PayByStore7         PayMethod = "payment_e7"
	PayByStore8         PayMethod = "payment_e8"
	PayByStore9         PayMethod = "payment_e9"
	PayByStore10        PayMethod = "payment_e10"
	PayByStore11        PayMethod = "payment_e11"
	PayByStore12        PayMethod = "payment_e12"
	PayByStore13        PayMethod = "payment_e13"
	PayByStore14        PayMethod = "payment_e14"
	PayByStore15        PayMethod = "payment_e15"
	PayFree             PayMethod = "payment_h1"
	PayByPoints         PayMethod = "payment_z1"
	PayByLine           PayMethod = "payment_z3"
	PayByVoucher        PayMethod = "payment_z4"
)

var payMethodNames = []valueName[PayMethod]{
	{PayByCard, "クレジットカード決済"},
	{PayBySeven, "コンビニ決済(セブン-イレブン)"},
	{PayByConvenience, "コンビニ決済(その他)"},
	{PayBySuica, "モバイルSuica決済"},
	{PayByDPayment, "d払い"},
	{PayByAuPay, "au PAY(auかんたん決済)"},
	{PayBySoftBank, "ソフトバンクまとめて支払い"},
	{PayByPayEasy, "ペイジー決済"},
	{PayByYahooMoney, "Yahoo!マネー/預金払い"},
	{PayByPayPay, "PayPay残高等"},
	{PayByYukkuri, "ゆっくり払い"},
	{PayByPayPayCredit, "PayPayクレジット"},
	{PayByTransfer1, "銀行振込1"},
	{PayByTransfer2, "銀行振込2"},
	{PayByTransfer3, "銀行振込3"},
	{PayByTransfer4, "銀行振込4"},
	{PayByTransfer5, "銀行振込5"},
	{PayByTransfer6, "銀行振込6"},
	{PayByYuchoBefore, "ゆうちょ前払い"},
	{PayByYuchoAfter, "ゆうちょ後払い"},
	{PayByRegisteredMail, "現金書留"},
	{PayOnDelivery, "代金引換"},
	{PayByStore1, "ストア独自の支払い方法1"},
	{PayByStore2, "ストア独自の支払い方法2"},
	{PayByStore3, "ストア独自の支払い方法3"},
	{PayByStore4, "ストア独自の支払い方法4"},
	{PayByStore5, "ストア独自の支払い方法5"},
	{PayByStore6, "ストア独自の支払い方法6"},
	{PayByStore7, "ストア独自の支払い方法7"},
	{PayByStore8, "ストア独自の支払い方法8"},
	{PayByStore9, "ストア独自の支払い方法9"},
	{PayByStore10, "ストア独自の支払い方法10"},
	{PayByStore11, "ストア独自の支払い方法11"},
	{PayByStore12, "ストア独自の支払い方法12"},
	{PayByStore13, "ストア独自の支払い方法13"},
	{PayByStore14, "ストア独自の支払い方法14"},
	{PayByStore15, "ストア独自の支払い方法15"},
	{PayFree, "無料商品"},
	{PayByPoints, "全額ポイント"},
	{PayByLine, "LINE外部決済"},
	{PayByVoucher, "商品券"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (v PayMethod) Name() string { return nameOf(payMethodNames, v) }

// Known reports whether the value is documented.
func (v PayMethod) Known() bool { return knownIn(payMethodNames, v) }
