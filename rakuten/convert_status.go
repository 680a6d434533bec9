package rakuten

import (
	"strconv"

	"github.com/jpmall/jpmall/order"
)

// statuses is the one table of statuses. In 200 (楽天処理中) Rakuten is processing the payment; from 300
// (発送待ち) on it has given the shipping instruction, so no order that it knows to be unpaid is ready
// to ship. Rakuten does not watch payments that the shop collects itself (選択制決済, rpaySettlementFlag
// 0): see Payment.Paid.
var statuses = map[OrderProgress]order.Status{
	AwaitingConfirmation: order.New,
	RakutenProcessing:    order.AwaitingPayment,
	AwaitingShipment:     order.ReadyToShip,
	AwaitingChangeFix:    order.OnHold,
	ShippedProgress:      order.Shipped,
	PaymentInProgress:    order.Shipped,
	PaymentDone:          order.Completed,
	AwaitingCancelFix:    order.CancelRequested,
	CancelFixed:          order.Cancelled,
}

// statusOf adds to the table what else stops an order: Rakuten's own check, a warning that it is
// cancelled, a pre-order without shipping instruction, a recipient who has not entered the address
// yet, and the shop's status for the sub-status.
func statusOf(w *OrderModel, own map[string]order.Status) order.Status {
	status := statuses[w.OrderProgress]
	before := w.OrderProgress <= AwaitingShipment // nothing is shipped yet
	also := func(s order.Status, holds bool) {
		if holds {
			status = order.Prevailing(status, s)
		}
	}
	also(order.Cancelled, w.CautionDisplayType == CautionCancelled)
	also(order.OnHold, before && w.RakutenConfirmFlag.On())
	also(order.OnHold, before && w.addressPending())
	also(order.Reserved, before && w.OrderType == PreOrder && w.ShippingInstDatetime == "")
	for _, text := range []string{w.SubStatusName, w.OrderProgress.Name(),
		strconv.FormatInt(int64(w.OrderProgress), 10)} {
		if s, ok := own[text]; ok && text != "" {
			also(s, true)
			break
		}
	}
	return status
}

// dummyAddress is in every field of a social gift's recipient who has not entered the address yet.
const dummyAddress = "入力待ち"

// addressPending reports whether a destination of a social gift still holds dummies.
func (w *OrderModel) addressPending() bool {
	for _, p := range w.destinations() {
		if g := p.SocialGiftModel; g != nil && !g.InputFlag.On() {
			return true
		}
		if s := p.SenderModel; s != nil && s.Prefecture == dummyAddress {
			return true
		}
	}
	return false
}

func flags(w *OrderModel) order.Flags {
	var f order.Flags
	f.Set(order.NeedsConfirmation, w.OrderProgress == AwaitingConfirmation)
	f.Set(order.NoPersonalData, w.withoutNames())
	f.Set(order.RegulatedItem, w.DrugFlag.On())
	f.Set(order.UnderReview, w.RakutenConfirmFlag.On())
	f.Set(order.Preorder, w.OrderType == PreOrder)
	f.Set(order.Subscription, w.OrderType == SubscriptionOrder || w.OrderType == ClubOrder)
	f.Set(order.GiftWish, w.GiftCheckFlag.On() || len(w.wrappings()) > 0)
	f.Set(order.SocialGift, w.SocialGiftFlag.On())
	f.Set(order.AddressPending, w.addressPending())
	f.Set(order.SeveralRecipients, w.SeveralSenderFlag.On())
	f.Set(order.RemoteIsland, w.IsolatedIslandFlag.On())
	f.Set(order.BuyerCaution, w.CautionDisplayType == Caution)
	f.Set(order.FastDelivery, w.AsurakuFlag.On() || w.DeliveryCertPrgFlag.On() ||
		w.OneDayOperationFlag.On())
	f.Set(order.ChangedByBuyer, w.ModifyFlag.On())
	for _, p := range w.destinations() {
		f.Set(order.GiftWish, p.Noshi != "")
		f.Set(order.SocialGift, p.SocialGiftModel != nil)
		f.Set(order.DropOff, p.DropOffFlag.On())
		f.Set(order.StorePickup, p.DeliveryCvsModel != nil)
		for j := range p.ItemModelList {
			f.Set(order.RegulatedItem, p.ItemModelList[j].DrugFlag.On())
			f.Set(order.ItemCancelled, p.ItemModelList[j].DeleteItemFlag.On())
		}
	}
	return f
}

// withoutNames reports whether the order has no names: a reply of getOrderItem, or an order whose
// personal data is gone.
func (w *OrderModel) withoutNames() bool {
	if w.OrdererModel != nil && w.OrdererModel.FamilyName != "" {
		return false
	}
	for i := range w.PackageModelList {
		if s := w.PackageModelList[i].SenderModel; s != nil && s.FamilyName != "" {
			return false
		}
	}
	return true
}
