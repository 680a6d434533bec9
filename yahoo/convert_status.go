package yahoo

import "github.com/jpmall/jpmall/order"

// state is what an order's status is derived from. List rows and whole orders have the same parts,
// so an order that is not wanted is recognised before it is read in full.
type state struct {
	OrderStatus  OrderStatus
	Seen         bool
	PayStatus    PayStatus
	PayType      PayType
	PayMethod    PayMethod
	SettleStatus SettleStatus
	ShipStatus   ShipStatus
	Fraud        FraudHoldStatus
	Suspect      Suspect
	StoreStatus  string
	Unshippable  bool // a LINE gift without an address yet
	Split        bool // its goods go with two other orders
}

// statusFields are the list fields of a state.
var statusFields = []Field{"OrderStatus", "IsSeen", "PayStatus", "PayType", "PayMethod",
	"SettleStatus", "ShipStatus", "FraudHoldStatus",
	"Suspect", "StoreStatus", "IsLineGiftOrder", "IsLineGiftShippable", "IsSplit"}

// statusTable maps the mall's statuses. order.Prevailing chooses among all rows that hold; no row
// is Unknown.
var statusTable = []struct {
	holds  func(*state) bool
	status order.Status
}{
	{func(s *state) bool { return s.OrderStatus == OrderCancelled }, order.Cancelled},
	{func(s *state) bool { return s.OrderStatus == OrderCompleted }, order.Completed},
	{func(s *state) bool {
		return s.OrderStatus == OrderHeld || s.OrderStatus == OrderAwaitingConsent
	}, order.OnHold},
	{func(s *state) bool { return s.OrderStatus == OrderReserved }, order.Reserved},
	{func(s *state) bool { return s.open() && (s.Fraud == FraudHeld || s.Fraud == FraudConfirmed) },
		order.OnHold},
	{func(s *state) bool { return s.open() && s.Suspect == SuspectYes }, order.OnHold},
	{func(s *state) bool { return s.open() && (s.Unshippable || s.Split) }, order.OnHold},
	{func(s *state) bool {
		return s.open() && (s.ShipStatus == ShipDone || s.ShipStatus == ShipArrived)
	}, order.Shipped},
	{func(s *state) bool { return s.open() && s.unpaid() }, order.AwaitingPayment},
	{func(s *state) bool { return s.open() && !s.Seen }, order.New},
	{func(s *state) bool {
		return s.open() && !s.unpaid() &&
			(s.ShipStatus == ShipPossible || s.ShipStatus == ShipInProgress)
	}, order.ReadyToShip},
	// 出荷不可
	{func(s *state) bool {
		return s.open() && s.Seen && !s.unpaid() && s.ShipStatus == ShipNotPossible
	}, order.OnHold},
}

func (s *state) open() bool {
	return s.OrderStatus == OrderProcessing || s.OrderStatus == OrderReserved
}

// unpaid reports whether payment is not assured yet. Cash on delivery and the store's own post-paid
// methods are shipped before they are paid. For methods that the mall settles, a failed
// authorisation is unpaid whatever the payment status.
func (s *state) unpaid() bool {
	switch s.SettleStatus {
	case SettleAuthError, SettleExpired, SettleSuicaAddressError:
		return true
	}
	if s.PayStatus == PayPaid {
		return false
	}
	m := methodOf(s.PayMethod)
	return !m.atDoor && !(m.ownOfStore && s.PayType == PayAfter)
}

// statusOf applies the table. own are the store's own statuses, which refine orders in processing.
// The mall's status still wins where an order is held, cancelled or unpaid.
func statusOf(s *state, own map[string]order.Status) order.Status {
	var found []order.Status
	for _, row := range statusTable {
		if row.holds(s) {
			found = append(found, row.status)
		}
	}
	mapped, ok := own[s.StoreStatus]
	if !ok || s.StoreStatus == "" || s.OrderStatus != OrderProcessing {
		return order.Prevailing(found...)
	}
	if mapped == order.ReadyToShip && s.unpaid() {
		mapped = order.AwaitingPayment
	}
	status := order.Prevailing(append(found, mapped)...)
	if (status == order.New || status == order.ReadyToShip) && mapped != order.Unknown {
		status = mapped
	}
	return status
}

func (v *converter) state() *state {
	w := v.w
	return &state{
		OrderStatus: w.OrderStatus, Seen: w.IsSeen, PayStatus: w.Pay.PayStatus,
		PayType: w.Pay.PayType, PayMethod: w.Pay.PayMethod,
		SettleStatus: w.Pay.SettleStatus, ShipStatus: w.Ship.ShipStatus, Fraud: w.FraudHoldStatus,
		Suspect:     w.Suspect,
		StoreStatus: w.StoreStatus, Unshippable: v.addressPending(), Split: w.IsSplit,
	}
}

func (r *OrderRow) state() *state {
	return &state{
		OrderStatus: r.OrderStatus, Seen: r.IsSeen, PayStatus: r.PayStatus, PayType: r.PayType,
		PayMethod:    r.PayMethod,
		SettleStatus: r.SettleStatus, ShipStatus: r.ShipStatus, Fraud: r.FraudHoldStatus,
		Suspect:     r.Suspect,
		StoreStatus: r.StoreStatus, Unshippable: r.IsLineGiftOrder && no(r.IsLineGiftShippable),
		Split: r.IsSplit,
	}
}

func (v *converter) status() {
	v.out.Status = statusOf(v.state(), v.opts.Statuses)
	v.out.MallStatus = v.w.OrderStatus.Name()
	v.out.SubStatus = v.w.StoreStatus
}
