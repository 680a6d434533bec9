package order

import "fmt"

// Status is where an order stands, in one closed set for all malls. The mall's own status stays beside it (Order.MallStatus).
// The zero Status is Unknown: the mall said something that its mapping table does not know.
type Status uint8

// The statuses. New values are never added without a new major version.
const (
	Unknown          Status = iota
	Reserved                // 予約: a pre-order that is not to be shipped yet
	AwaitingPayment         // 入金待ち, 与信待ち: not to be shipped before the money is sure
	New                     // 新規, 注文確認待ち: the shop has to confirm or look at it
	OnHold                  // 保留, 審査中: the mall or the shop stopped it
	ReadyToShip             // 発送待ち
	PartiallyShipped        // 一部発送済み
	Shipped                 // 発送済み
	Completed               // 完了
	CancelRequested         // キャンセル受付中: the buyer asked for it, stop shipping
	Cancelled               // キャンセル
)

var statusNames = [...]string{
	Unknown: "unknown", Reserved: "reserved", AwaitingPayment: "awaiting_payment", New: "new", OnHold: "on_hold",
	ReadyToShip: "ready_to_ship", PartiallyShipped: "partially_shipped", Shipped: "shipped", Completed: "completed",
	CancelRequested: "cancel_requested", Cancelled: "cancelled",
}

// rank is the precedence where several statuses hold at once; a greater one prevails.
var rank = [...]uint8{
	Unknown: 0, ReadyToShip: 1, New: 2, AwaitingPayment: 3, Reserved: 4, Shipped: 5, PartiallyShipped: 5, Completed: 5,
	OnHold: 6, CancelRequested: 7, Cancelled: 8,
}

// Prevailing is the status to report when several hold at once:
//
//	Cancelled > CancelRequested > OnHold > Shipped, PartiallyShipped, Completed > Reserved > AwaitingPayment > New > ReadyToShip
//
// Of equals the first given stays. No status gives Unknown.
func Prevailing(statuses ...Status) Status {
	best := Unknown
	for _, s := range statuses {
		if int(s) < len(rank) && rank[s] > rank[best] {
			best = s
		}
	}
	return best
}

// Statuses lists all statuses, Unknown first.
func Statuses() []Status {
	all := make([]Status, len(statusNames))
	for i := range all {
		all[i] = Status(i)
	}
	return all
}

// String is the name used in the JSON form: "ready_to_ship".
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("Status(%d)", uint8(s))
}

// MarshalText writes what String writes; a value outside the set is an error.
func (s Status) MarshalText() ([]byte, error) {
	if int(s) >= len(statusNames) {
		return nil, fmt.Errorf("order: no such status: %d", uint8(s))
	}
	return []byte(statusNames[s]), nil
}

// UnmarshalText reads what MarshalText writes; an unknown name is an error, so that a typing error in a configuration shows.
func (s *Status) UnmarshalText(text []byte) error {
	for i, name := range statusNames {
		if name == string(text) {
			*s = Status(i)
			return nil
		}
	}
	return fmt.Errorf("order: no such status: %q", text)
}
