package yahoo

import (
	"encoding/hex"
	"hash/fnv"
	"io"
	"strconv"
)

// A revision is a hash over what orderList tells of an order and what matters to whoever handles it. It is taken from the list row
// where there is one, so that Query.Known can be asked before the second that orderInfo costs is paid. orderInfo has the same
// fields, hence an order that was read by its number alone has the same revision, as long as the mall writes both alike.
// LastUpdateTime is among them; the others are there for changes that may leave it alone, such as the end of the buyer's ten
// minutes or a lifted fraud hold.

// sum hashes texts so that their borders count.
func sum(texts ...string) string {
	h := fnv.New128a()
	for _, t := range texts {
		_, _ = io.WriteString(h, t) // a hash does not fail
		_, _ = h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))
}

func revisionOfRow(r *OrderRow) string {
	return sum(r.OrderID, string(r.LastUpdateTime), flag(&r.IsSeen), string(r.Suspect), string(r.OrderStatus), r.StoreStatus,
		string(r.PayStatus), string(r.SettleStatus), string(r.PayMethod), string(r.PayDate), string(r.PayMethodChangeDeadline),
		string(r.ShipStatus), r.ShipMethod, string(r.ShipRequestDate), r.ShipRequestTime, r.ShipNotes, string(r.ShipCompanyCode),
		r.ShipInvoiceNumber1, r.ShipInvoiceNumber2, string(r.ShipInvoiceNumberEmptyReason), string(r.ShipDate), string(r.ArrivalDate),
		r.ShipLastName, r.ShipFirstName, r.ShipPrefecture, string(r.YamatoCoopStatus), string(r.ShipInstructStatus),
		number(r.PayCharge), number(r.ShipCharge), number(r.GiftWrapCharge), number(r.Discount), number(r.UsePoint),
		number(r.GiftCardDiscount), number(r.TotalMallCouponDiscount), number(r.TotalPrice), flag(&r.IsReadOnly),
		string(r.FraudHoldStatus), flag(r.IsLineGiftShippable), string(r.ShippingDeadline))
}

func revisionOfInfo(w *OrderInfo) string {
	p, s, d := &w.Pay, &w.Ship, &w.Detail
	return sum(w.OrderID, string(w.LastUpdateTime), flag(&w.IsSeen), string(w.Suspect), string(w.OrderStatus), w.StoreStatus,
		string(p.PayStatus), string(p.SettleStatus), string(p.PayMethod), string(p.PayDate), string(p.PayMethodChangeDeadline),
		string(s.ShipStatus), s.ShipMethod, string(s.ShipRequestDate), s.ShipRequestTime, s.ShipNotes, string(s.ShipCompanyCode),
		s.ShipInvoiceNumber1, s.ShipInvoiceNumber2, string(s.ShipInvoiceNumberEmptyReason), string(s.ShipDate), string(s.ArrivalDate),
		s.ShipLastName, s.ShipFirstName, s.ShipPrefecture, string(w.YamatoCoopStatus), string(s.ShipInstructStatus),
		number(d.PayCharge), number(d.ShipCharge), number(d.GiftWrapCharge), number(d.Discount), number(d.UsePoint),
		number(d.GiftCardDiscount), number(d.TotalMallCouponDiscount), number(d.TotalPrice), flag(&w.IsReadOnly),
		string(w.FraudHoldStatus), flag(s.IsLineGiftShippable), string(s.ShippingDeadline))
}

func number(n *int64) string {
	if n == nil {
		return ""
	}
	return strconv.FormatInt(*n, 10)
}

func flag(b *bool) string {
	if b == nil {
		return ""
	}
	return strconv.FormatBool(*b)
}
