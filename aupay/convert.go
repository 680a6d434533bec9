package aupay

import (
	"strings"

	"github.com/jpmall/jpmall/internal/digest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// ConvertOptions holds what Convert needs beside the order. The zero value works.
type ConvertOptions struct {
	Shop     string                  // for Order.Shop
	Statuses map[string]order.Status // the shop's own statuses
	Slots    timeslot.Matcher        // nil is a plain timeslot.Reader
}

// Convert converts an order from the mall's form to the shared model. Nothing is lost: Raw returns
// w, or a copy of it where Unify would change w, so w must not be modified afterwards. The mall has
// one recipient per order, so there is one parcel, without an id. Revision is a hash over all
// elements but rawMailAddress, since the mall sends no time of the last change. A nil w gives an
// order without a number. Convert sends nothing and is safe for concurrent use.
func Convert(w *OrderInfo, opt ConvertOptions) order.Order {
	if w == nil {
		return order.Order{Mall: order.AuPay, Shop: opt.Shop}
	}
	w = w.unified()
	o := order.Order{
		Mall: order.AuPay, Shop: opt.Shop, ID: w.OrderID, Revision: revision(w),
		Status: statusOf(w, opt.Statuses), MallStatus: string(w.OrderStatus),
		Buyer:   buyerOf(w),
		Payment: paymentOf(w), Amounts: amountsOf(w),
		Remarks: remarksOf(w), Memo: w.Memo,
	}
	o.Taxes = taxesOf(w, o.Amounts)
	o.Placed, _ = w.OrderDate.Time()
	wish, problems := deliveryOf(w, opt, o.Remarks, order.DateOf(o.Placed))
	o.Parcels = []order.Parcel{parcelOf(w, wish)}
	o.Gift.Wanted = o.Parcels[0].Gift.Wanted
	o.Flags = flagsOf(w, o)
	o.Problems = append(unreadable(w), problems...)
	return o.WithNative(w, nil)
}

// Raw returns the wire struct that o was built from; it must not be modified. ok is false when o
// was not read by this package.
func Raw(o order.Order) (w *OrderInfo, ok bool) {
	w, ok = o.Native().(*OrderInfo)
	return w, ok && w != nil
}

func buyerOf(w *OrderInfo) order.Party {
	p := party(w.OrdererName, w.OrdererKana, w.OrdererZipCode, w.OrdererAddress,
		w.OrdererPhoneNumber1, w.OrdererPhoneNumber2)
	p.Email = w.MailAddress
	if w.RawMailAddress != "" {
		p.Email = w.RawMailAddress
	}
	return p
}

// party splits the one-line address: parts are separated by blanks, the prefecture comes first. A
// first part that is not a prefecture stays in Address.
func party(name, kana, postal, address, phone, phone2 string) order.Party {
	p := order.Party{Name: name, Kana: kana, Postal: postal, Phone: phone, Phone2: phone2}
	parts := strings.Fields(address)
	if len(parts) > 0 && isPrefecture(parts[0]) {
		p.Prefecture, parts = parts[0], parts[1:]
		if len(parts) > 1 {
			p.City, parts = parts[0], parts[1:]
		}
	}
	p.Address = parts
	return p
}

// isPrefecture recognises a prefecture by its ending and length: 北海道, 東京都, 大阪府, 和歌山県.
func isPrefecture(s string) bool {
	n := len([]rune(s))
	return s == "北海道" || s == "東京都" || s == "大阪府" || s == "京都府" || (n == 3 || n == 4) &&
		strings.HasSuffix(s, "県")
}

func remarksOf(w *OrderInfo) string {
	var parts []string
	for _, text := range []string{w.UserComment, w.OrderOption} {
		if text != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, "\n")
}

func parcelOf(w *OrderInfo, wish order.Delivery) order.Parcel {
	p := order.Parcel{
		Recipient: party(w.SenderName, w.SenderKana, w.SenderZipCode, w.SenderAddress,
			w.SenderPhoneNumber1, w.SenderPhoneNumber2),
		Delivery: wish,
	}
	if w.SenderShopCD != "" { // that the buyer picks it up there is inferred
		p.Pickup = &order.Pickup{Kind: "senderShopCd", Code: w.SenderShopCD}
	}
	for i := range w.Details {
		p.Lines = append(p.Lines, w.Details[i].line())
		p.Gift.Wanted = p.Gift.Wanted || p.Lines[i].Gift.Wanted
		if by, ok := w.Details[i].ShippingTimelimitDate.Date(); ok {
			// The deadline is the end of the day; the earliest of all lines applies.
			if end := by.AddDays(1).Time(); p.ShipBy.IsZero() || end.Before(p.ShipBy) {
				p.ShipBy = end
			}
		}
	}
	if w.ShippingNumber != "" || w.ShippingCarrier != "" || w.ShippingDate != "" {
		s := order.ShipmentRecord{Tracking: w.ShippingNumber}
		if w.ShippingCarrier != "" {
			s.Carrier, s.Name = carrierOf(w.ShippingCarrier)
		}
		s.Date, _ = w.ShippingDate.Date()
		s.At, _ = w.ShipDate.Time()
		p.Shipments = []order.ShipmentRecord{s}
	}
	return p
}

// revision is a hash over the whole order, which has no time of the last change. rawMailAddress is
// left out: it comes only on request.
func revision(w *OrderInfo) string {
	d, err := digest.Of(w)
	// a field of a kind that cannot be hashed; a test makes sure that there is none
	if err != nil {
		return ""
	}
	return d
}

func flagsOf(w *OrderInfo, o order.Order) order.Flags {
	var f order.Flags
	f.Set(order.NeedsConfirmation, w.OrderStatus == StatusNew ||
		w.OrderStatus == StatusNewReservation)
	f.Set(order.Preorder, w.SellMethodSegment == Reservation)
	f.Set(order.UnderReview, w.OrderStatus == StatusFraudCheck ||
		w.OrderStatus == StatusReviewHold || w.OrderStatus == StatusReviewFailed)
	f.Set(order.PaymentUnusual, w.PGResult != "" && w.PGResult != "0" ||
		w.OrderStatus == StatusReviewFailed)
	f.Set(order.StorePickup, w.SenderShopCD != "")
	f.Set(order.ProxyPurchase, w.CrossBorderECTradeKbn == "R")
	f.Set(order.GiftWish, o.Gift.Wanted)
	for _, d := range w.Details {
		f.Set(order.ItemCancelled, d.cancelled())
	}
	f.Set(order.NoPersonalData, w.SenderName == "" && w.SenderAddress == "")
	return f
}
