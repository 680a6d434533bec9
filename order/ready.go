package order

import (
	"fmt"
	"slices"
)

// ObjectionCode identifies a reason against shipping an order, for use by programs.
type ObjectionCode string

// The objections. Those in the first group stop an order; the others are for someone to check.
const (
	ObjectCancelled       ObjectionCode = "cancelled"
	ObjectCancelRequested ObjectionCode = "cancel_requested"
	ObjectOnHold          ObjectionCode = "on_hold"
	ObjectNotPaid         ObjectionCode = "not_paid"
	ObjectReserved        ObjectionCode = "reserved"
	ObjectUnknownStatus   ObjectionCode = "unknown_status"
	ObjectUnreadSlot      ObjectionCode = "unread_slot"
	ObjectAddressPending  ObjectionCode = "address_pending"
	ObjectMallShips       ObjectionCode = "mall_ships"

	ObjectNotConfirmed   ObjectionCode = "not_confirmed"
	ObjectBuyerMayCancel ObjectionCode = "buyer_may_cancel"
	ObjectUnderReview    ObjectionCode = "under_review"
	ObjectPaymentUnusual ObjectionCode = "payment_unusual"
	ObjectBuyerCaution   ObjectionCode = "buyer_caution"
	ObjectRegulatedItem  ObjectionCode = "regulated_item"
	ObjectItemCancelled  ObjectionCode = "item_cancelled"
	ObjectShipped        ObjectionCode = "already_shipped"
	ObjectProblems       ObjectionCode = "problems"
	ObjectSum            ObjectionCode = "sum_differs"
)

// Objection is one reason why an order in its present state should not be shipped, or its label not
// be printed.
type Objection struct {
	Code  ObjectionCode `json:"code"`
	Field string        `json:"field"` // in the Order: "status", "parcels[0].delivery.slot"
	Stops bool          `json:"stops"` // it must not be shipped; otherwise someone should check it
	Text  Text          `json:"text"`  // the reason, for the shop's staff
}

// Stopped reports whether one of the objections stops the order.
func Stopped(objections []Objection) bool {
	return slices.ContainsFunc(objections, func(o Objection) bool { return o.Stops })
}

// MayShip returns what speaks against shipping an order or printing its label, from its status,
// flags, slots, problems and amounts. No objection means yes. Pass an order that was just read: one
// from a database may have been cancelled since. Actor, the clients' Ship and package label all go
// by it.
//
// Shipped and completed orders are not stopped, because reporting them again corrects a tracking
// number. An order must still be shipped if it is neither Stopped nor has [ObjectShipped] among its
// objections; ask that before you print a label. What is left of a partially shipped order is in
// its lines ([Line.Shipped]).
func MayShip(o Order) []Objection {
	var all []Objection
	add := func(code ObjectionCode, field string, stops bool, en, ja string) {
		all = append(all, Objection{Code: code, Field: field, Stops: stops,
			Text: Text{EN: en, JA: ja}})
	}
	if _, ok := statusObjections[o.Status]; ok {
		all = append(all, statusObjection(o.Status))
	}
	for i, p := range o.Parcels {
		if p.Delivery.Unresolved() {
			add(ObjectUnreadSlot, fmt.Sprintf("parcels[%d].delivery.slot", i), true,
				"the label of the delivery slot could not be read", "お届け時間帯の表記を読み取れません")
		}
	}
	for _, f := range flagObjections {
		if o.Flags.Has(f.flag) {
			f.Field = "flags"
			all = append(all, f.Objection)
		}
	}
	if len(o.Problems) > 0 {
		add(ObjectProblems, "problems", false,
			fmt.Sprintf("%d fields of the mall's reply could not be read", len(o.Problems)),
			fmt.Sprintf("モールの応答に読み取れない項目が%d件あります", len(o.Problems)))
	}
	if o.Reconcile().Verdict == Differs {
		add(ObjectSum, "amounts", false, "the amounts do not add up to what is billed",
			"金額の内訳の合計が請求金額と一致しません")
	}
	return all
}

// statusObjection returns the objection to writing to an order of a status.
func statusObjection(s Status) Objection {
	objection, ok := statusObjections[s]
	if !ok { // PartiallyShipped, which is none against shipping
		objection = Objection{Code: ObjectShipped,
			Text: Text{EN: "a part of the order is shipped already", JA: "一部がすでに発送済みです"}}
	}
	objection.Field = "status"
	return objection
}

// statusObjections is the table of statuses; one that is not in it raises no objection.
var statusObjections = map[Status]Objection{
	Unknown: {Code: ObjectUnknownStatus, Stops: true,
		Text: Text{EN: "the mall's status is not known to this SDK", JA: "モールの受注ステータスを判別できません"}},
	Reserved: {Code: ObjectReserved, Stops: true,
		Text: Text{EN: "the order is a reservation that is not to be shipped yet",
			JA: "予約受注のため、まだ発送できません"}},
	AwaitingPayment: {Code: ObjectNotPaid, Stops: true,
		Text: Text{EN: "the order is not paid yet", JA: "入金（与信）待ちです"}},
	OnHold: {Code: ObjectOnHold, Stops: true,
		Text: Text{EN: "the order is on hold", JA: "保留中または審査中です"}},
	CancelRequested: {Code: ObjectCancelRequested, Stops: true,
		Text: Text{EN: "the buyer has asked to cancel the order", JA: "キャンセル申請が届いています"}},
	Cancelled: {Code: ObjectCancelled, Stops: true,
		Text: Text{EN: "the order is cancelled", JA: "キャンセル済みです"}},
	New: {Code: ObjectNotConfirmed,
		Text: Text{EN: "the order is not confirmed yet", JA: "注文確認がまだです"}},
	Shipped: {Code: ObjectShipped,
		Text: Text{EN: "the order is reported as shipped already", JA: "すでに発送済みです"}},
	Completed: {Code: ObjectShipped,
		Text: Text{EN: "the order is completed already", JA: "すでに完了しています"}},
}

// flagObjections is the table of flags.
var flagObjections = []struct {
	flag Flag
	Objection
}{
	{AddressPending, Objection{Code: ObjectAddressPending, Stops: true,
		Text: Text{EN: "the recipient has not given an address yet", JA: "受取人の住所がまだ登録されていません"}}},
	{FulfilledByMall, Objection{Code: ObjectMallShips, Stops: true,
		Text: Text{EN: "the mall's warehouse ships this order", JA: "モールの倉庫から出荷される受注です"}}},
	{ShippedByMall, Objection{Code: ObjectMallShips, Stops: true,
		Text: Text{EN: "the mall makes the label and reports the shipping of this order",
			JA: "送り状の発行と発送報告をモールが行う受注です"}}},
	{BuyerMayCancel, Objection{Code: ObjectBuyerMayCancel,
		Text: Text{EN: "the buyer can still cancel or change the order",
			JA: "購入者がまだキャンセル・変更できます"}}},
	{UnderReview, Objection{Code: ObjectUnderReview,
		Text: Text{EN: "the mall is reviewing the order", JA: "モールが審査中です"}}},
	{PaymentUnusual, Objection{Code: ObjectPaymentUnusual,
		Text: Text{EN: "the payment needs a look on the mall's screen",
			JA: "決済状況をモールの画面で確認してください"}}},
	{BuyerCaution, Objection{Code: ObjectBuyerCaution,
		Text: Text{EN: "the mall warns of this buyer or order", JA: "モールの注意喚起があります"}}},
	{RegulatedItem, Objection{Code: ObjectRegulatedItem,
		Text: Text{EN: "the order holds goods that need a check before they go out",
			JA: "出荷前に確認が必要な商品（医薬品など）を含みます"}}},
	{ItemCancelled, Objection{Code: ObjectItemCancelled,
		Text: Text{EN: "some lines of the order are cancelled", JA: "一部の明細がキャンセルされています"}}},
}
