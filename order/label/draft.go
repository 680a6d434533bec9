package label

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// draft is a label in the making. It gathers all reasons against it.
type draft struct {
	*Writer
	order  *order.Order
	parcel *order.Parcel
	ref    ParcelRef
	ship   order.Date
	plan   Plan
	known  Entry // the key, and the entry of an earlier label

	service service
	deliver order.Date
	slot    timeslot.Slot // as it will be printed
	code    timeslot.Code
	amount  order.Money // undetermined if nothing is collected
	tax     order.Money
	boxes   int

	reasons, notes []Reason
	row            []string // scratch of the batch
}

// service is the chosen service with its carrier.
type service struct {
	Service
	carrier timeslot.Carrier
}

func (d *draft) refuse(code Code, field Field, text order.Text) {
	d.reasons = append(d.reasons, Reason{Code: code, Field: string(field), Text: text})
}

// stops refuses the label unless Config.Allow has the code; then it adds a note.
func (d *draft) stops(code Code, field string, text order.Text) {
	r := Reason{Code: code, Field: field, Text: text}
	if slices.Contains(d.cfg.Allow, code) {
		r.Code = NoteOverruled
		d.notes = append(d.notes, r)
		return
	}
	d.reasons = append(d.reasons, r)
}

// object adopts the objections of MayShip that concern the n-th parcel.
func (d *draft) object(objections []order.Objection, n int) {
	for _, o := range objections {
		if o.Code == order.ObjectUnreadSlot &&
			(d.plan.Slot != nil || o.Field != fmt.Sprintf("parcels[%d].delivery.slot", n)) {
			continue
		}
		// a shipped order may be reported again, but not be printed
		if o.Stops || o.Code == order.ObjectShipped {
			d.stops(Code(o.Code), o.Field, o.Text)
			continue
		}
		d.notes = append(d.notes, Reason{Code: Code(o.Code), Field: o.Field, Text: o.Text})
	}
	if len(d.known.Numbers) > 0 {
		d.stops(HasNumber, string(Key),
			say("a tracking number of this parcel has come back already",
				"この荷物の伝票番号はすでに取り込み済みです"))
	} else if d.known.Layout != "" {
		d.notes = append(d.notes, Reason{Code: NotePrinted, Field: string(Key),
			Text: say("a label of this parcel was written before, to be shipped on "+
				d.known.ShipOn.String(),
				"この荷物の送り状データは出力済みです（出荷予定日："+d.known.ShipOn.In(order.Japanese)+"）")})
	}
	d.lines(n)
	if slices.ContainsFunc(d.parcel.Shipments,
		func(r order.ShipmentRecord) bool { return r.Tracking != "" }) {
		d.stops(Code(order.ObjectShipped), fmt.Sprintf("parcels[%d].shipments", n), say(
			"the parcel has a tracking number at the mall already",
			"モールに伝票番号が登録済みの荷物です"))
	}
	to := d.parcel.Recipient
	home := []string{"", "JP", "JPN", "JAPAN", "日本"}
	if !slices.Contains(home, strings.ToUpper(to.Country)) || to.Prefecture == "国外" ||
		to.Prefecture == "その他" {
		d.refuse(Overseas, RecipientAddress, say("the recipient is not in Japan", "お届け先が国外です"))
	}
	if d.parcel.Pickup != nil || d.order.Flags.Has(order.StorePickup) {
		d.stops(AtPickup, "pickup", say("the buyer collects the parcel at a shop or locker",
			"店頭・コンビニ・宅配ロッカー受取の荷物です"))
	}
}

// lines checks whether anything is left to ship.
func (d *draft) lines(n int) {
	left, shipped := 0, 0
	for _, l := range d.parcel.Lines {
		switch {
		case l.Cancelled:
		case l.Quantity > 0 && l.Shipped >= l.Quantity:
			shipped++
		default:
			left++
		}
	}
	field := fmt.Sprintf("parcels[%d].lines", n)
	switch {
	case left > 0 || len(d.parcel.Lines) == 0:
	case shipped > 0:
		d.stops(Code(order.ObjectShipped), field,
			say("all lines of the parcel are shipped already", "すべての明細が発送済みです"))
	default:
		d.stops(Code(order.ObjectCancelled), field,
			say("all lines of the parcel are cancelled", "すべての明細がキャンセルされています"))
	}
}

// label decides service, boxes, dates, slot and cash, and writes the row. The result is valid only
// if no reason was found.
func (d *draft) label() Label {
	l := d.cfg.Layout
	s, ok := l.service(d.plan.Service)
	if !ok {
		d.refuse(NoService, ServiceCode, say(
			fmt.Sprintf("%s has no service %q", l.Title, d.plan.Service),
			fmt.Sprintf("%sに「%s」のサービスはありません", l.Title, d.plan.Service)))
		return Label{}
	}
	d.service = service{s, s.Carrier}
	if s.Carrier == "" {
		d.service.carrier = l.Carrier
	}
	d.collect()
	d.pack()
	d.wish()
	name, contents := d.cells()
	label := Label{
		ParcelRef: d.ref, Key: d.known.Key, Carrier: d.service.carrier, Service: s.Name,
		Boxes: d.boxes, ShipOn: d.ship,
		DeliverOn: d.deliver, Slot: d.slot, Collect: d.amount, Notes: d.notes, rows: 1,
	}
	if len(d.reasons) > 0 {
		return label
	}
	if !l.has(Key) {
		label.match = matchOf(d.parcel.Recipient.Postal, name, contents)
	}
	if l.RowPerBox {
		label.rows = d.boxes
	}
	for box := range label.rows {
		if label.rows > 1 {
			d.boxKey(box + 1)
		}
		var err error
		if label.data, err = l.appendRow(label.data, d.row); err != nil {
			d.refuse(Unprintable, NoField, say(err.Error(), "文字コードに変換できない文字があります"))
			return label
		}
	}
	return label
}

// collect decides on cash on delivery: the exact amount and tax, or a refusal.
func (d *draft) collect() {
	o, l := d.order, d.cfg.Layout
	refuse := func(en, ja string) { d.refuse(CashOnDelivery, CODAmount, say(en, ja)) }
	var amount, tax order.Money
	switch pay := o.Payment; {
	case d.plan.Collect != nil:
		amount, tax = d.plan.Collect.Amount, d.plan.Collect.Tax
		if !amount.Known() {
			refuse("Plan.Collect names no amount", "指定された代引の金額が未確定です")
			return
		}
	case pay.Method != order.CashOnDelivery && pay.Collect.Sign() <= 0:
		return
	case pay.Collect.Known():
		amount = pay.Collect
	default:
		amount = o.Amounts.Billed
	}
	if amount.Known() && amount.Sign() == 0 {
		return
	}
	yen, whole := amount.Yen()
	switch {
	case !whole || yen < 0:
		refuse("the amount to collect is not known in whole yen", "代引金額が確定していません")
		return
	case !d.service.COD || !l.has(CODAmount):
		refuse(d.service.Title+" cannot collect cash", d.service.Title+"は代金引換に対応していません")
		return
	case d.service.MaxCOD > 0 && yen > d.service.MaxCOD:
		refuse(fmt.Sprintf("%s collects at most %d yen", d.service.Title, d.service.MaxCOD),
			fmt.Sprintf("%sの代引金額は%d円までです", d.service.Title, d.service.MaxCOD))
		return
	case len(o.Parcels) > 1 && d.plan.Collect == nil:
		refuse("the order has several parcels: Plan.Collect must say what each of them collects",
			"送付先が複数あるため、荷物ごとの代引金額を指定してください")
		return
	}
	if d.plan.Collect == nil {
		tax = taxIn(*o, amount)
	}
	taxed, whole := tax.Yen()
	if l.has(CODTax) && (!whole || taxed < 0 || taxed > yen) {
		refuse("the tax in the amount to collect is not known: Plan.Collect can say it",
			"代引金額に含まれる消費税額を確定できません")
		return
	}
	d.amount, d.tax = amount, tax
}

// taxIn returns the tax of all rates. It is undetermined if the order has no taxes, or if the
// rates' parts of the bill are known and do not add up to the amount.
func taxIn(o order.Order, amount order.Money) order.Money {
	if len(o.Taxes) == 0 {
		return order.Money{}
	}
	tax, billed := order.Yen(0), order.Yen(0)
	for _, t := range o.Taxes {
		tax, billed = tax.Add(t.Tax), billed.Add(t.Billed)
	}
	if c, ok := billed.Compare(amount); ok && c != 0 {
		return order.Money{}
	}
	return tax
}

// pack decides on boxes and cool delivery.
func (d *draft) pack() {
	d.boxes = max(d.plan.Boxes, 1)
	most := max(d.service.MaxBoxes, 1)
	if d.boxes > most || d.boxes > 1 && !d.cfg.Layout.RowPerBox && !d.cfg.Layout.has(Boxes) {
		d.refuse(SeveralBoxes, Boxes, say(
			fmt.Sprintf("%s prints at most %d boxes", d.service.Title, most),
			fmt.Sprintf("%sの個数は%d個までです", d.service.Title, most)))
	} else if d.boxes > 1 && d.amount.Known() && !d.service.BoxesCOD {
		d.refuse(SeveralBoxes, Boxes, say(
			"several boxes with cash on delivery: the amount would be collected with each",
			"代金引換では複数個口にできません"))
	}
	if d.plan.Cool != "" && (!d.service.Cool || !d.cfg.Layout.has(CoolCode)) {
		d.refuse(CoolService, CoolCode,
			say(d.service.Title+" does not support cool delivery", d.service.Title+"はクール便に対応していません"))
	}
}

// wish decides on delivery date and slot.
func (d *draft) wish() {
	w, l := d.parcel.Delivery, d.cfg.Layout
	d.deliver, d.slot = w.Date, w.Slot
	if d.plan.DeliverOn != nil {
		d.deliver = *d.plan.DeliverOn
	} else if !w.DateTo.IsZero() && w.DateTo != w.Date {
		d.deliver = order.Date{}
		d.stops(DateRange, string(DeliveryDate),
			say("the buyer named several days: "+w.Date.String()+" to "+w.DateTo.String(),
				"お届け希望日に幅があります（"+w.Date.In(order.Japanese)+"～"+
					w.DateTo.In(order.Japanese)+"）"))
	}
	if d.plan.Slot != nil {
		d.slot = *d.plan.Slot
	}
	if !d.slot.Resolved() {
		d.slot = timeslot.NoPreference // refused by MayShip, unless that was overruled
		if d.plan.Slot != nil {
			d.refuse(Code(order.ObjectUnreadSlot), SlotCode,
				say("Plan.Slot is unresolved", "指定されたお届け時間帯が未解決です"))
		}
	}
	dated := !d.deliver.IsZero()
	if dated && (d.service.NoWish || !l.has(DeliveryDate, SeinoWish)) {
		d.stops(NotCarried, string(DeliveryDate), say(d.service.Title+" has no delivery date",
			d.service.Title+"はお届け日を指定できません"))
		d.deliver, dated = order.Date{}, false
	}
	if dated {
		d.date()
	}
	if d.slot.Wanted() && (d.service.NoWish || !l.has(SlotCode, SeinoWish)) {
		d.stops(NotCarried, string(SlotCode), say(d.service.Title+" has no delivery slots",
			d.service.Title+"はお届け時間帯を指定できません"))
		d.slot = timeslot.NoPreference
	}
	d.slotCode()
}

func (d *draft) date() {
	switch most := d.cfg.Layout.DeliverDays; {
	case !d.deliver.Valid():
		d.refuse(Invalid, DeliveryDate,
			say("the delivery date is no day of the calendar", "お届け希望日が正しくありません"))
	case d.deliver.Compare(d.ship) < 0:
		d.stops(DatePast, string(DeliveryDate), say(
			fmt.Sprintf("the delivery date %s is before the shipping date %s", d.deliver, d.ship),
			fmt.Sprintf("お届け希望日（%s）が出荷日（%s）より前です", d.deliver.In(order.Japanese),
				d.ship.In(order.Japanese))))
		d.deliver = order.Date{}
	case most > 0 && d.deliver.Compare(d.ship.AddDays(most)) > 0:
		d.refuse(DateFar, DeliveryDate, say(
			fmt.Sprintf("the delivery date %s is more than %d days after shipping", d.deliver,
				most),
			fmt.Sprintf("お届け希望日（%s）は出荷日から%d日を超えています", d.deliver.In(order.Japanese), most)))
	}
}

// slotCode finds the software's code for the slot on that day.
func (d *draft) slotCode() {
	software := d.service.Slots
	if software == "" || d.service.NoWish {
		if d.slot.Wanted() {
			d.stops(NotCarried, string(SlotCode),
				say("no slot codes are known for "+d.service.Title,
					d.service.Title+"の時間帯コードは不明です"))
			d.slot = timeslot.NoPreference
		}
		return
	}
	day := d.deliver
	if !day.Valid() {
		day = order.Date{}
	}
	code, err := software.Code(d.slot, day)
	if errors.Is(err, timeslot.ErrNotOffered) && d.cfg.Slots != nil {
		if other, ok := d.cfg.Slots(d.slot, software.Offers(day)); ok {
			d.notes = append(d.notes, Reason{Code: NoteSlotMoved, Field: string(SlotCode),
				Text: say(
					fmt.Sprintf("the slot %s is printed as %s", d.slot.In(order.English),
						other.In(order.English)),
					fmt.Sprintf("お届け時間帯「%s」を「%s」として出力します", d.slot.In(order.Japanese),
						other.In(order.Japanese)))})
			d.slot = other
			code, err = software.Code(other, day)
		}
	}
	var unknown *timeslot.CodeUnknownError
	// its code is part of the date column
	if errors.As(err, &unknown) && d.cfg.Layout.has(SeinoWish) {
		code, err = timeslot.Code{Slot: unknown.Slot}, nil
	}
	if err != nil {
		d.stops(SlotNotOffered, string(SlotCode), d.noCode(err))
		d.slot = timeslot.NoPreference
		code, _ = software.Code(d.slot, day)
	}
	d.code = code
	if d.slot.Wanted() {
		d.slot = code.Slot
	}
}

// noCode says why the software has no code for the slot.
func (d *draft) noCode(err error) order.Text {
	var not *timeslot.NotOfferedError
	if errors.As(err, &not) {
		return say(not.In(order.English), not.In(order.Japanese))
	}
	return say("no code is known for the slot "+d.slot.In(order.English)+" of "+d.service.Title,
		d.service.Title+"の時間帯「"+d.slot.In(order.Japanese)+"」のコードは不明です")
}
