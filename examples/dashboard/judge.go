package main

import (
	"errors"
	"slices"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// stage is a column of the flow that shops know: each order stands in one, named as its status.
type stage string

// look is the stage of orders that a person must look at before anything else.
const look stage = "look"

func stages() []stage {
	all := []stage{look}
	for _, s := range []order.Status{
		order.New, order.AwaitingPayment, order.Reserved, order.ReadyToShip, order.Shipped,
		order.Completed, order.Cancelled,
	} {
		all = append(all, stage(s.String()))
	}
	return all
}

// In returns the stage in words: its status's.
func (s stage) In(lang order.Lang) string {
	if s == look {
		return order.Text{JA: "要確認", EN: "to look at"}.In(lang)
	}
	var status order.Status
	if err := status.UnmarshalText([]byte(s)); err != nil {
		return string(s)
	}
	return status.In(lang)
}

func stageOf(o order.Order) stage {
	status := o.Status
	switch {
	case status == order.Cancelled || status == order.Completed || status == order.Shipped:
	case len(reasons(o)) > 0:
		return look
	case status == order.PartiallyShipped:
		status = order.ReadyToShip
	}
	return stage(status.String())
}

// reasons say in words why a person must look at an order. What only waits for its turn (payment,
// confirmation, a day) is none.
func reasons(o order.Order) (all []order.Text) {
	if slices.Contains([]order.Status{order.Shipped, order.Completed, order.Cancelled}, o.Status) {
		return nil
	}
	for _, why := range order.MayShip(o) {
		switch why.Code {
		case order.ObjectNotConfirmed, order.ObjectNotPaid, order.ObjectReserved,
			order.ObjectShipped, order.ObjectMallShips,
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
	return order.Text{JA: not.In(order.Japanese), EN: not.In(order.English)}, true
}
