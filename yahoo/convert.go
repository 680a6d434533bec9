package yahoo

import (
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// [TestOrder] marks a store's own test purchase (IsSeller) and orders that the mall does not bill
// (IsRoyalty): do not ship them.
const TestOrder order.Flag = "test_order"

// ConvertOptions holds what Convert needs beside the order. The zero value works.
type ConvertOptions struct {
	Shop string // "" is the order's own SellerID
	// maps the store's own statuses (ストアステータス, "1" to "10") of orders in processing
	Statuses map[string]order.Status
	Slots    timeslot.Matcher // nil is a plain timeslot.Reader
}

// Convert builds an [order.Order] from a complete orderInfo reply. It needs no client, so stored
// replies can be converted too. A nil w returns an order without a number. The Revision equals that
// of the orderList row if the mall writes the fields the same way in both.
func Convert(w *OrderInfo, opts ConvertOptions) order.Order {
	if w == nil {
		return order.Order{Mall: order.Yahoo, Shop: opts.Shop}
	}
	if opts.Shop == "" {
		opts.Shop = w.Seller.SellerID
	}
	v := converter{w: w, opts: opts}
	v.out = order.Order{Mall: order.Yahoo, Shop: opts.Shop, ID: w.OrderID,
		Revision: revisionOfInfo(w), Memo: w.Notes}
	v.out.Placed = v.instant("OrderTime", w.OrderTime)
	v.out.Updated = v.instant("LastUpdateTime", w.LastUpdateTime)
	v.status()
	v.out.Buyer = buyer(&w.Pay)
	v.out.Payment = v.payment()
	v.out.Amounts = v.amounts()
	v.out.Taxes = v.taxes()
	v.out.Gift = gift(&w.Ship)
	v.out.Remarks = remarks(w)
	v.out.Parcels = []order.Parcel{v.parcel()}
	v.flags()
	return v.out.WithNative(w, nil)
}

// Raw returns the wire struct that o was built from; it must not be modified. The result is false
// when o was not read by this package.
func Raw(o order.Order) (*OrderInfo, bool) {
	w, ok := o.Native().(*OrderInfo)
	return w, ok && w != nil
}

type converter struct {
	w    *OrderInfo
	opts ConvertOptions
	out  order.Order
}

// problem notes a field that cannot be read. The rest of the order is intact.
func (v *converter) problem(field, reason, text string) {
	const most = 64
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "")
	}
	v.out.Problems = append(v.out.Problems,
		order.Problem{Field: "OrderInfo." + field, Reason: reason, Text: text})
}

func (v *converter) instant(field string, t DateTime) time.Time {
	at, ok := t.Time()
	if !ok && t != "" {
		v.problem(field, "not readable as a date and time", string(t))
	}
	return at
}

func (v *converter) day(field string, d Date) order.Date {
	day, ok := d.Date()
	if !ok && d != "" {
		v.problem(field, "not readable as a date", string(d))
	}
	return day
}

func buyer(p *Pay) order.Party {
	return order.Party{
		Name: join(p.BillLastName, p.BillFirstName), Family: p.BillLastName, Given: p.BillFirstName,
		Kana: join(p.BillLastNameKana, p.BillFirstNameKana), Company: p.BillSection1Value,
		Department: p.BillSection2Value,
		Postal:     p.BillZipCode, Prefecture: p.BillPrefecture, City: p.BillCity,
		Address: lines(p.BillAddress1, p.BillAddress2),
		Phone:   p.BillPhoneNumber, Phone2: p.BillEmgPhoneNumber, Email: p.BillMailAddress,
	}
}

func recipient(s *Ship) order.Party {
	return order.Party{
		Name: join(s.ShipLastName, s.ShipFirstName), Family: s.ShipLastName, Given: s.ShipFirstName,
		Kana: join(s.ShipLastNameKana, s.ShipFirstNameKana), Company: s.ShipSection1Value,
		Department: s.ShipSection2Value,
		Postal:     s.ShipZipCode, Prefecture: s.ShipPrefecture, City: s.ShipCity,
		Address: lines(s.ShipAddress1, s.ShipAddress2),
		Phone:   s.ShipPhoneNumber, Phone2: s.ShipEmgPhoneNumber,
	}
}

func join(parts ...string) string { return strings.Join(lines(parts...), " ") }

func lines(parts ...string) []string {
	var all []string
	for _, p := range parts {
		if p != "" {
			all = append(all, p)
		}
	}
	return all
}

func gift(s *Ship) order.Gift {
	return order.Gift{
		Wanted: yes(s.NeedGiftWrap) || yes(s.NeedGiftWrapPaper), Wrap: s.GiftWrapType,
		Noshi: join(s.GiftWrapPaperType, s.GiftWrapName), Message: s.GiftWrapMessage,
	}
}

// remarks is what the buyer wrote, followed by the store's own questions in the cart and the
// answers to them.
func remarks(w *OrderInfo) string {
	all := lines(w.BuyerComments)
	for _, option := range [][2]string{{w.Ship.Option1Field, w.Ship.Option1Value},
		{w.Ship.Option2Field, w.Ship.Option2Value}} {
		if option[1] != "" {
			all = append(all, strings.TrimPrefix(option[0]+"："+option[1], "："))
		}
	}
	return strings.Join(all, "\n")
}

func yes(b *bool) bool { return b != nil && *b }

func no(b *bool) bool { return b != nil && !*b }

func (v *converter) flags() {
	w, f := v.w, &v.out.Flags
	open := w.OrderStatus == OrderReserved || w.OrderStatus == OrderProcessing
	f.Set(order.NeedsConfirmation, open && !w.IsSeen)
	f.Set(order.BuyerMayCancel, w.IsReadOnly)
	f.Set(order.RegulatedItem, yes(w.IsFirstClassDrugIncludes))
	f.Set(order.UnderReview, w.FraudHoldStatus == FraudHeld)
	f.Set(order.Preorder, w.OrderStatus == OrderReserved || v.releasedLater())
	f.Set(order.Subscription, yes(w.Ship.IsSubscription))
	f.Set(order.GiftWish, v.out.Gift.Wanted)
	f.Set(order.SocialGift, w.SocialGiftType != "" && w.SocialGiftType != SocialGiftNone ||
		w.IsLineGiftOrder)
	f.Set(order.AddressPending, v.addressPending())
	f.Set(order.SeveralRecipients, yes(w.IsMultiShip))
	f.Set(order.RemoteIsland, w.Ship.RemoteAreaShippingType != "" &&
		w.Ship.RemoteAreaShippingType != RemoteNone)
	f.Set(order.BuyerCaution, w.Suspect == SuspectYes || w.FraudHoldStatus == FraudConfirmed)
	f.Set(order.DropOff, yes(w.Ship.IsEazy) || yes(w.Ship.IsMallContactlessDelivery))
	f.Set(order.FastDelivery, w.Ship.ExcellentDelivery == ExcellentYes ||
		w.Ship.ExcellentDelivery == ExcellentNextDay ||
		w.Ship.ArriveType == ArriveToday || w.Ship.ArriveType == ArriveTomorrow)
	f.Set(order.StorePickup, v.out.Parcels[0].Pickup != nil)
	f.Set(order.FulfilledByMall, w.Ship.ShipInstructType != "" &&
		w.Ship.ShipInstructType != InstructNone)
	f.Set(order.SplitOrder, w.IsSplit || w.ParentOrderID != "")
	f.Set(order.PaymentUnusual, v.paymentUnusual())
	f.Set(TestOrder, yes(w.IsSeller) || no(w.IsRoyalty))
}

// releasedLater reports whether goods are sold before they are released.
func (v *converter) releasedLater() bool {
	placed := order.DateOf(v.out.Placed)
	for i := range v.w.Items {
		if day, ok := v.w.Items[i].ReleaseDate.Date(); ok && !placed.IsZero() &&
			day.Compare(placed) > 0 {
			return true
		}
	}
	return false
}

// addressPending: a LINE gift is not shippable until its recipient has given the address.
func (v *converter) addressPending() bool {
	return v.w.IsLineGiftOrder && no(v.w.Ship.IsLineGiftShippable)
}
