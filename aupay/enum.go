package aupay

// OrderStatus is the status of an order (受注ステータス), a Japanese text. The mall's own are below; a
// shop can define others, of up to 32 bytes.
type OrderStatus string

// The mall's own statuses. updateTradeStsProc can set them unless the comment says otherwise.
const (
	StatusNew             OrderStatus = "新規受付"
	StatusNewReservation  OrderStatus = "新規予約"
	StatusReserved        OrderStatus = "予約中"
	StatusAwaitingPayment OrderStatus = "発送前入金待ち"
	StatusAwaitingCredit  OrderStatus = "与信待ち"
	StatusReadyToShip     OrderStatus = "発送待ち"
	StatusPayAfterShip    OrderStatus = "発送後入金待ち"
	StatusCompleted       OrderStatus = "完了" // the mall has no 発送済み: shipped orders are 完了
	StatusOnHold          OrderStatus = "保留"
	StatusCancelled       OrderStatus = "キャンセル"    // set by cancelTradeProc only
	StatusCancelRequested OrderStatus = "キャンセル受付中" // not settable
	StatusFraudCheck      OrderStatus = "不正取引審査中"  // not settable
	StatusReviewHold      OrderStatus = "審査保留"     // not settable
	StatusReviewFailed    OrderStatus = "審査NG"     // not settable
)

// Settable reports whether updateTradeStsProc can set the status. A text that is not one of the
// mall's own may be the shop's, so it is reported as settable; the mall refuses it if the shop does
// not have it.
func (s OrderStatus) Settable() bool {
	switch s {
	case "", StatusCancelled, StatusCancelRequested, StatusFraudCheck, StatusReviewHold,
		StatusReviewFailed:
		return false
	}
	return true
}

// SellMethod is how an order is sold (販売方法).
type SellMethod string

// The selling methods.
const (
	NormalSale  SellMethod = "1" // 通常販売
	Reservation SellMethod = "2" // 予約販売
)

// Known reports whether the value is documented.
func (s SellMethod) Known() bool {
	switch s {
	case NormalSale, Reservation:
		return true
	}
	return false
}

// YesNo is a flag, Y or N; it may be empty.
type YesNo string

// Yes reports whether the flag is Y.
func (y YesNo) Yes() bool { return y == "Y" }

// Known reports whether the value is documented.
func (y YesNo) Known() bool { return y == "Y" || y == "N" }

// CancelStatus is whether an order or a line is cancelled.
type CancelStatus string

// The values of [CancelStatus]. Of a line, C is inferred.
const (
	NotCancelled CancelStatus = "N"
	IsCancelled  CancelStatus = "C"
)

// Known reports whether the value is documented.
func (c CancelStatus) Known() bool { return c == NotCancelled || c == IsCancelled }

// CouponType is who pays for a coupon.
type CouponType string

// The values of [CouponType].
const (
	CouponD CouponType = "D" // paid by the mall
	CouponM CouponType = "M" // by the mall, too; how it differs from D is not documented
	CouponU CouponType = "U" // paid by the shop
)

// Known reports whether the value is documented.
func (c CouponType) Known() bool {
	switch c {
	case CouponD, CouponM, CouponU:
		return true
	}
	return false
}

// Carrier is the mall's code of a carrier (配送会社), one digit.
type Carrier string

// The carriers. Codes 3 and 7 are of services that have ended; 3 appears in one old source only.
const (
	CarrierYamato         Carrier = "1" // ヤマト運輸
	CarrierSagawa         Carrier = "2" // 佐川急便
	CarrierJPExpress      Carrier = "3" // JPエクスプレス
	CarrierFukuyama       Carrier = "4" // 福山通運
	CarrierSeino          Carrier = "5" // 西濃運輸
	CarrierJapanPost      Carrier = "6" // 日本郵便
	CarrierRakutenExpress Carrier = "7" // Rakuten EXPRESS
	CarrierOther          Carrier = "9" // その他配送会社
)

// Known reports whether the value is documented.
func (c Carrier) Known() bool {
	switch c {
	case CarrierYamato, CarrierSagawa, CarrierJPExpress, CarrierFukuyama, CarrierSeino,
		CarrierJapanPost, CarrierRakutenExpress, CarrierOther:
		return true
	}
	return false
}
