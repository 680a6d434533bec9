package yahoo

import "github.com/jpmall/jpmall/internal/digest"

// fingerprint is what a revision is computed from: the fields of orderList that matter to whoever
// handles the order. It is taken from the list row where there is one, so that Query.Known can be
// called before an orderInfo call is made. orderInfo has the same fields, so an order that was read
// by its number alone has the same revision, if the mall writes them the same way. LastUpdateTime
// is among them; the others cover changes that may not update it, such as the end of the buyer's
// ten minutes or a lifted fraud hold.
type fingerprint struct {
	OrderID                      string
	LastUpdateTime               DateTime
	IsSeen, IsSplit, IsReadOnly  bool
	Suspect                      Suspect
	OrderStatus                  OrderStatus
	StoreStatus                  string
	FraudHoldStatus              FraudHoldStatus
	PayStatus                    PayStatus
	SettleStatus                 SettleStatus
	PayMethod                    PayMethod
	PayDate                      Date
	PayMethodChangeDeadline      DateTime
	ShipStatus                   ShipStatus
	ShipMethod                   string
	ShipRequestDate              Date
	ShipRequestTime, ShipNotes   string
	ShipCompanyCode              ShipCompanyCode
	ShipInvoiceNumber1           string
	ShipInvoiceNumber2           string
	ShipInvoiceNumberEmptyReason EmptyReason
	ShipDate, ArrivalDate        Date
	ShipLastName, ShipFirstName  string
	ShipPrefecture               string
	YamatoCoopStatus             YamatoCoopStatus
	ShipInstructStatus           ShipInstructStatus
	IsLineGiftShippable          *bool
	ShippingDeadline             DateTime
	PayCharge, ShipCharge        *int64
	GiftWrapCharge, Discount     *int64
	UsePoint, GiftCardDiscount   *int64
	TotalMallCouponDiscount      *int64
	TotalPrice                   *int64
}

func (p fingerprint) revision() string {
	text, _ := digest.Of(p) // it fails for types that are not here
	return text
}

func revisionOfRow(r *OrderRow) string {
	return fingerprint{
		r.OrderID, r.LastUpdateTime, r.IsSeen, r.IsSplit, r.IsReadOnly, r.Suspect, r.OrderStatus,
		r.StoreStatus, r.FraudHoldStatus,
		r.PayStatus, r.SettleStatus, r.PayMethod, r.PayDate, r.PayMethodChangeDeadline,
		r.ShipStatus, r.ShipMethod, r.ShipRequestDate, r.ShipRequestTime, r.ShipNotes,
		r.ShipCompanyCode,
		r.ShipInvoiceNumber1, r.ShipInvoiceNumber2, r.ShipInvoiceNumberEmptyReason, r.ShipDate,
		r.ArrivalDate,
		r.ShipLastName, r.ShipFirstName, r.ShipPrefecture, r.YamatoCoopStatus, r.ShipInstructStatus,
		r.IsLineGiftShippable, r.ShippingDeadline,
		r.PayCharge, r.ShipCharge, r.GiftWrapCharge, r.Discount, r.UsePoint, r.GiftCardDiscount,
		r.TotalMallCouponDiscount, r.TotalPrice,
	}.revision()
}

func revisionOfInfo(w *OrderInfo) string {
	p, s, d := &w.Pay, &w.Ship, &w.Detail
	return fingerprint{
		w.OrderID, w.LastUpdateTime, w.IsSeen, w.IsSplit, w.IsReadOnly, w.Suspect, w.OrderStatus,
		w.StoreStatus, w.FraudHoldStatus,
		p.PayStatus, p.SettleStatus, p.PayMethod, p.PayDate, p.PayMethodChangeDeadline,
		s.ShipStatus, s.ShipMethod, s.ShipRequestDate, s.ShipRequestTime, s.ShipNotes,
		s.ShipCompanyCode,
		s.ShipInvoiceNumber1, s.ShipInvoiceNumber2, s.ShipInvoiceNumberEmptyReason, s.ShipDate,
		s.ArrivalDate,
		s.ShipLastName, s.ShipFirstName, s.ShipPrefecture, w.YamatoCoopStatus, s.ShipInstructStatus,
		s.IsLineGiftShippable, s.ShippingDeadline,
		d.PayCharge, d.ShipCharge, d.GiftWrapCharge, d.Discount, d.UsePoint, d.GiftCardDiscount,
		d.TotalMallCouponDiscount, d.TotalPrice,
	}.revision()
}
