package aupay

// OrderStatus (受注ステータス) is a Japanese text. The mall's own are below; a shop can define others, up to 32 bytes.
type OrderStatus string

// The mall's own statuses. Settable ones can be written with updateTradeStsProc.
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

// Settable tells whether updateTradeStsProc takes the status. A text that is not one of the mall's own may be a shop's own
// status, so it counts as settable: the mall answers whether the shop has it.
func (s OrderStatus) Settable() bool {
	switch s {
	case "", StatusCancelled, StatusCancelRequested, StatusFraudCheck, StatusReviewHold, StatusReviewFailed:
		return false
	}
	return true
}

// SellMethod is 販売方法.
type SellMethod string

// The selling methods.
const (
	NormalSale  SellMethod = "1" // 通常販売
	Reservation SellMethod = "2" // 予約販売
)

// YesNo is a flag written Y or N; it may be empty.
type YesNo string

// Yes tells whether the flag is Y.
func (y YesNo) Yes() bool { return y == "Y" }

// Carrier is 配送会社 as shippingCarrier writes it, one digit.
type Carrier string

// The carriers. Codes 3 and 7 are of services that have ended; 3 stands in one old source only.
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
