package order

import "fmt"

// Status is the state of an order, in one closed set for all malls. The mall's own status is kept
// in [Order.MallStatus]. The zero Status is Unknown: the mall sent a status that its mapping table
// does not contain.
type Status uint8

// The statuses. New ones are added only with a new major version.
const (
	Unknown          Status = iota
	Reserved                // 予約: a pre-order, not to be shipped yet
	AwaitingPayment         // 入金待ち, 与信待ち: not to be shipped before payment is certain
	New                     // 新規, 注文確認待ち: the shop has to confirm or check it
	OnHold                  // 保留, 審査中: stopped by the mall or the shop
	ReadyToShip             // 発送待ち
	PartiallyShipped        // 一部発送済み
	Shipped                 // 発送済み
	Completed               // 完了
	CancelRequested         // キャンセル受付中: the buyer asked to cancel; stop shipping
	Cancelled               // キャンセル
)

var statusNames = [...]string{
	Unknown: "unknown", Reserved: "reserved", AwaitingPayment: "awaiting_payment", New: "new",
	OnHold:      "on_hold",
	ReadyToShip: "ready_to_ship", PartiallyShipped: "partially_shipped", Shipped: "shipped",
	Completed:       "completed",
	CancelRequested: "cancel_requested", Cancelled: "cancelled",
}

// rank is the precedence among statuses that apply at once; the greatest prevails.
var rank = [...]uint8{
	Unknown: 0, ReadyToShip: 1, New: 2, AwaitingPayment: 3, Reserved: 4, Shipped: 5,
	PartiallyShipped: 5, Completed: 5,
	OnHold: 6, CancelRequested: 7, Cancelled: 8,
}

// Prevailing returns the status to report when several apply at once:
//
//	Cancelled > CancelRequested > OnHold > Shipped, PartiallyShipped, Completed >
//	Reserved > AwaitingPayment > New > ReadyToShip
//
// Among equals the first one wins. Without statuses it returns Unknown.
func Prevailing(statuses ...Status) Status {
	best := Unknown
	for _, s := range statuses {
		if int(s) < len(rank) && rank[s] > rank[best] {
			best = s
		}
	}
	return best
}

// Statuses returns all statuses, Unknown first.
func Statuses() []Status {
	all := make([]Status, len(statusNames))
	for i := range all {
		all[i] = Status(i)
	}
	return all
}

// String returns the name used in the JSON form: "ready_to_ship".
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("Status(%d)", uint8(s))
}

// MarshalText returns what String returns, or an error for a value outside the set.
func (s Status) MarshalText() ([]byte, error) {
	if int(s) >= len(statusNames) {
		return nil, fmt.Errorf("order: no such status: %d", uint8(s))
	}
	return []byte(statusNames[s]), nil
}

// UnmarshalText reads what MarshalText writes. An unknown name is an error, so that a typo in a
// configuration is found.
func (s *Status) UnmarshalText(text []byte) error {
	for i, name := range statusNames {
		if name == string(text) {
			*s = Status(i)
			return nil
		}
	}
	return fmt.Errorf("order: no such status: %q", text)
}
