package yahoo

import (
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func (v *converter) parcel() order.Parcel {
	s := &v.w.Ship
	p := order.Parcel{Recipient: recipient(s), Pickup: pickup(s), Delivery: v.delivery(),
		Shipments: v.shipments()}
	p.ShipBy = v.instant("Ship.ShippingDeadline", s.ShippingDeadline)
	p.Lines = make([]order.Line, 0, len(v.w.Items))
	for i := range v.w.Items {
		p.Lines = append(p.Lines, line(&v.w.Items[i]))
	}
	return p
}

func line(it *Item) order.Line {
	l := order.Line{
		ItemID: it.ItemID, SKU: it.SubCode, Stock: order.SKU{Item: it.ItemID, Variant: it.SubCode},
		Name: it.Title, Option: option(it), Quantity: value(it.Quantity),
		UnitPrice: yen(it.UnitPrice), Total: total(it), TaxRate: taxRate(it),
	}
	if it.LineID != nil {
		l.ID = strconv.FormatInt(*it.LineID, 10)
	}
	if l.SKU == "" {
		l.SKU = it.ItemID // an item without variants is its own
	}
	return l
}

// option is what the buyer chose, one choice a line.
func option(it *Item) string {
	var all []string
	for _, o := range it.Options {
		all = append(all, o.Name+":"+o.Value)
	}
	if len(all) == 0 && it.SubCodeOption != "" {
		all = append(all, it.SubCodeOption)
	}
	for _, in := range it.Inscriptions {
		all = append(all, in.Name+":"+in.Value)
	}
	return strings.Join(all, "\n")
}

func pickup(s *Ship) *order.Pickup {
	switch {
	case s.ReceiveShopType == ReceiveShopPickup || s.ReceiveShopType == ReceiveShopStock:
		return &order.Pickup{Kind: s.ReceiveShopType.Name(), Code: s.ReceiveShopCode,
			Name: s.ReceiveShopName}
	case s.ReceiveSatelliteType != "" && s.ReceiveSatelliteType != SatelliteNone:
		return &order.Pickup{Kind: s.ReceiveSatelliteType.Name(), Code: s.ReceiveSatelliteShopCode,
			Name: join(s.ReceiveSatelliteCompanyName, s.ReceiveSatelliteShopName)}
	}
	return nil
}

// zoneSlots are the codes of ShipRequestTimeZoneCode, hours of Yamato's fulfilment service.
var zoneSlots = map[string][2]int{"101": {8, 12}, "102": {14, 16}, "103": {16, 18}, "104": {18, 20},
	"105": {19, 21}}

func (v *converter) delivery() order.Delivery {
	s := &v.w.Ship
	d := order.Delivery{Method: s.ShipMethodName,
		Date: v.day("Ship.ShipRequestDate", s.ShipRequestDate)}
	if d.Method == "" {
		d.Method = s.ShipMethod
	}
	d.Carrier, _ = s.ShipCompanyCode.Carrier()
	label := timeslot.Label{Text: s.ShipRequestTime, Mall: string(order.Yahoo), Shop: v.opts.Shop,
		Method: d.Method}
	d.ReadSlot(v.opts.Slots, label, order.FromField)
	if s.ShipRequestTimeZoneCode != "" {
		v.zone(&d, s.ShipRequestTimeZoneCode)
	}
	v.out.Problems = append(v.out.Problems,
		d.ReadRemarks(v.opts.Slots, label, v.out.Remarks, order.DateOf(v.out.Placed))...)
	if yes(s.IsEazy) || yes(s.IsMallContactlessDelivery) {
		d.DropOff = s.EazyDeliveryName
		if d.DropOff == "" {
			d.DropOff = s.EazyDeliveryCode.Name()
		}
	}
	return d
}

// zone reads the code that stores with Yamato's fulfilment have beside the label, or instead of it.
// Where both are there and do not agree, nobody knows: the slot is unresolved.
func (v *converter) zone(d *order.Delivery, code string) {
	hours, known := zoneSlots[code]
	slot, err := timeslot.Window(timeslot.At(hours[0], 0), timeslot.At(hours[1], 0))
	switch {
	case !known || err != nil:
		if d.Label == "" {
			d.Slot, d.Label, d.From = timeslot.Unresolved, code, order.FromField
		}
		return
	case d.Label == "":
		d.Label, d.From = code, order.FromField
	case d.Slot == timeslot.Morning && code == "101":
		return // 午前中: the same
	case d.Slot != timeslot.Unresolved && d.Slot != slot:
		v.problem("Ship.ShipRequestTimeZoneCode", "not the slot of ShipRequestTime", code)
		d.Slot, d.Matcher, d.Rule, d.Asked = timeslot.Unresolved, "", "", ""
		return
	}
	// what a Matcher says of the label does not decide
	d.Slot, d.Matcher, d.Rule, d.Asked = slot, "yahoo.ShipRequestTimeZoneCode", code, ""
}

// shipments are the two tracking numbers that an order can hold; the record's ID is which of them.
func (v *converter) shipments() []order.ShipmentRecord {
	s := &v.w.Ship
	base := order.ShipmentRecord{Date: v.day("Ship.ShipDate", s.ShipDate)}
	base.Carrier, base.Name = s.ShipCompanyCode.Carrier()
	var all []order.ShipmentRecord
	for i, number := range []string{s.ShipInvoiceNumber1, s.ShipInvoiceNumber2} {
		if number != "" {
			r := base
			r.ID, r.Tracking = strconv.Itoa(i+1), number
			all = append(all, r)
		}
	}
	if all == nil && (s.ShipStatus == ShipDone || s.ShipStatus == ShipArrived) {
		all = append(all, base)
	}
	return all
}
