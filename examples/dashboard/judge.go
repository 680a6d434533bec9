package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// stage is a column of the flow that shops know: each order stands in one.
type stage struct {
	Name string
	order.Text
}

// look is the stage of orders that a person must look at before anything else.
const look = "look"

func stages() []stage {
	return []stage{
		{look, order.Text{JA: "要確認", EN: "To look at"}},
		{"new", order.Text{JA: "注文確認待ち", EN: "To confirm"}},
		{"awaiting_payment", order.Text{JA: "入金待ち", EN: "Awaiting payment"}},
		{"reserved", order.Text{JA: "発売日待ち", EN: "Reserved"}},
		{"ready_to_ship", order.Text{JA: "出荷待ち", EN: "Ready to ship"}},
		{"shipped", order.Text{JA: "出荷済み", EN: "Shipped"}},
		{"completed", order.Text{JA: "完了", EN: "Completed"}},
		{"cancelled", order.Text{JA: "キャンセル", EN: "Cancelled"}},
	}
}

func stageOf(o order.Order) string {
	switch {
	case o.Status == order.Cancelled || o.Status == order.Completed:
		return o.Status.String()
	case o.Status == order.Shipped:
		return order.Shipped.String()
	case len(reasons(o)) > 0:
		return look
	case o.Status == order.PartiallyShipped:
		return order.ReadyToShip.String()
	}
	return o.Status.String()
}

// reasons say in words why a person must look at an order. What only waits for its turn (payment, confirmation, a day) is none.
func reasons(o order.Order) (all []order.Text) {
	if slices.Contains([]order.Status{order.Shipped, order.Completed, order.Cancelled}, o.Status) {
		return nil
	}
	for _, why := range order.MayShip(o) {
		switch why.Code {
		case order.ObjectNotConfirmed, order.ObjectNotPaid, order.ObjectReserved, order.ObjectShipped, order.ObjectMallShips,
			order.ObjectBuyerMayCancel:
		default:
			all = append(all, why.Text)
		}
	}
	for _, p := range o.Parcels {
		if why, refused := cannotKeep(p.Delivery); refused {
			all = append(all, why)
		}
	}
	return all
}

// cannotKeep asks the carrier's table whether the wish can be kept on its day.
func cannotKeep(d order.Delivery) (why order.Text, refused bool) {
	if !d.Slot.Wanted() {
		return why, false
	}
	_, err := d.Code(timeslot.Resolver{})
	var not *timeslot.NotOfferedError
	if !errors.As(err, &not) {
		return why, false
	}
	var nearest []string
	for _, s := range not.Nearest {
		nearest = append(nearest, s.String())
	}
	why = order.Text{
		JA: d.Carrier.Name() + "では" + d.Slot.String() + "をお届け時間帯に指定できません",
		EN: d.Carrier.EnglishName() + " does not offer the slot " + d.Slot.String(),
	}
	if len(nearest) > 0 {
		why.JA += "（近い時間帯：" + strings.Join(nearest, "、") + "）"
		why.EN += " (nearest: " + strings.Join(nearest, ", ") + ")"
	}
	return why, true
}

// statusText is a status in words.
func statusText(s order.Status) order.Text {
	switch s {
	case order.Reserved:
		return order.Text{JA: "予約", EN: "reserved"}
	case order.AwaitingPayment:
		return order.Text{JA: "入金待ち", EN: "awaiting payment"}
	case order.New:
		return order.Text{JA: "新規", EN: "new"}
	case order.OnHold:
		return order.Text{JA: "保留", EN: "on hold"}
	case order.ReadyToShip:
		return order.Text{JA: "出荷待ち", EN: "ready to ship"}
	case order.PartiallyShipped:
		return order.Text{JA: "一部出荷済み", EN: "partially shipped"}
	case order.Shipped:
		return order.Text{JA: "出荷済み", EN: "shipped"}
	case order.Completed:
		return order.Text{JA: "完了", EN: "completed"}
	case order.CancelRequested:
		return order.Text{JA: "キャンセル申請", EN: "cancellation requested"}
	case order.Cancelled:
		return order.Text{JA: "キャンセル", EN: "cancelled"}
	}
	return order.Text{JA: "不明", EN: "unknown"}
}

// slotText is a slot in words.
func slotText(s timeslot.Slot) order.Text {
	switch s {
	case timeslot.Unresolved:
		return order.Text{JA: "読み取れません", EN: "not read"}
	case timeslot.NoPreference:
		return order.Text{JA: "指定なし", EN: "none"}
	case timeslot.Morning:
		return order.Text{JA: "午前中", EN: "morning"}
	case timeslot.Afternoon:
		return order.Text{JA: "午後", EN: "afternoon"}
	case timeslot.Night:
		return order.Text{JA: "夜間", EN: "night"}
	}
	return order.Text{JA: strings.ReplaceAll(s.String(), "-", "～"), EN: s.String()}
}
