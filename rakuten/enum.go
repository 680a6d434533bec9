package rakuten

import "strconv"

// The enumerations of the order API. All are open: an unknown value keeps its number, which is also
// its name. Source: section コード一覧 of the RMS WEB SERVICE pages.

// code is a value with its Japanese name.
type code[T ~int64] struct {
	value T
	name  string
}

// nameOf finds a value's name in its table; an unknown value is named by its number.
func nameOf[T ~int64](table []code[T], value T) string {
	for _, c := range table {
		if c.value == value {
			return c.name
		}
	}
	return strconv.FormatInt(int64(value), 10)
}

func known[T ~int64](table []code[T], value T) bool {
	for _, c := range table {
		if c.value == value {
			return true
		}
	}
	return false
}

// OrderProgress (ステータス) is the status of an order at Rakuten.
type OrderProgress int64

// The values of [OrderProgress].
const (
	AwaitingConfirmation OrderProgress = 100 // 注文確認待ち
	RakutenProcessing    OrderProgress = 200 // 楽天処理中
	AwaitingShipment     OrderProgress = 300 // 発送待ち
	AwaitingChangeFix    OrderProgress = 400 // 変更確定待ち
	ShippedProgress      OrderProgress = 500 // 発送済
	PaymentInProgress    OrderProgress = 600 // 支払手続き中
	PaymentDone          OrderProgress = 700 // 支払手続き済
	AwaitingCancelFix    OrderProgress = 800 // キャンセル確定待ち
	CancelFixed          OrderProgress = 900 // キャンセル確定
)

var orderProgressNames = []code[OrderProgress]{
	{AwaitingConfirmation, "注文確認待ち"}, {RakutenProcessing, "楽天処理中"}, {AwaitingShipment, "発送待ち"},
	{AwaitingChangeFix, "変更確定待ち"}, {ShippedProgress, "発送済"}, {PaymentInProgress, "支払手続き中"},
	{PaymentDone, "支払手続き済"}, {AwaitingCancelFix, "キャンセル確定待ち"}, {CancelFixed, "キャンセル確定"},
}

// Name returns the Japanese name, or the value itself where it is unknown.
func (p OrderProgress) Name() string { return nameOf(orderProgressNames, p) }

// Known reports whether the value is documented.
func (p OrderProgress) Known() bool { return known(orderProgressNames, p) }
