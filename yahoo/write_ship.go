package yahoo

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// maxNumbers is how many tracking numbers an order holds.
const maxNumbers = 2

// Warning codes of Ship.
const (
	// Method is set: the carrier tied to it in the store's settings wins over Carrier
	WarnMethodCarrier = "method_carrier"
	// the order shows another carrier than the one reported: buyers are referred to the wrong one
	WarnCarrierDiffers = "carrier_differs"
)

// Ship reports orders as shipped (出荷済み) and corrects tracking numbers. It implements
// [order.Shipper]. Each order is read first, one more call, and its state is checked with
// [order.MayShip].
//
// An order has two places for tracking numbers; a record's ID is its place, "1" or "2". A new
// number takes a free place, and one that the order already has is not added again. If there is no
// free place the shipment is refused, unless WriteOptions.FirstNumbers is set. Pass two numbers of
// one order in one call, or the second one after the order shows the first.
//
// The mall ships an order whole: Lines must be empty or name everything. The day of At in JST
// becomes the shipping date, and the points are fixed. A tracking number and a reason for having
// none (NoNumber, 伝票番号なし理由) exclude each other, also with what the order already has. Warnings
// od91113 and od91115 are about the card payment.
//
// The mall's answer names no order, so the orders are read back at the end, one more call for each.
// One that does not show the report within WriteOptions.ShownWithin is Unsettled. With a Method
// (postage1 …) the carrier tied to it in the store's settings wins over Carrier. If the order then
// shows another carrier than the one reported, the result is Unsettled with [WarnCarrierDiffers];
// send it again without Method to set the carrier. Safe to repeat: no number is added twice.
func (c *Client) Ship(
	ctx context.Context, list []order.Shipment, opts order.WriteOptions,
) ([]order.Result, error) {
	writes := make([]write, len(list))
	// what this call has put into an order, which may not show it yet
	placed := make(map[string][maxNumbers]string)
	for i := range list {
		p, warnings, err := checkShipment(list[i], opts)
		w := write{Write: written(orderShipStatusChange, order.Yes), Order: list[i].Order,
			Parcel: list[i].Parcel, Err: err, Warnings: warnings}
		var plan shipping
		w.Allow = func(r *order.Result, now *OrderInfo) (err error) {
			has := [maxNumbers]string{now.Ship.ShipInvoiceNumber1, now.Ship.ShipInvoiceNumber2}
			if own, ok := placed[p.Order]; ok {
				has = own
			}
			if plan, err = c.shipping(&p, now, has, opts); err != nil {
				return err
			}
			r.Warnings = append(r.Warnings, plan.warnings...)
			if !r.DryRun {
				r.Records, r.Numbers = plan.records, plan.numbers
			}
			return c.checked(orderShipStatusChange, p.Order,
				OrderShipStatusChangeRequest{OrderID: p.Order, Ship: plan.change})
		}
		w.Send = func(ctx context.Context, r *order.Result) error {
			answer, err := c.OrderShipStatusChange(ctx,
				OrderShipStatusChangeRequest{OrderID: p.Order, Ship: plan.change})
			if err == nil || batch.Lost(err, orderShipStatusChange) {
				placed[p.Order] = plan.places
			}
			if err == nil && onlyRemoves(p.Shipment) {
				// none was made; an unsettled result says by them what was to be emptied
				r.Records = nil
			}
			return told(r, answer, err)
		}
		w.Lacks = func(now *OrderInfo) (order.Text, string) { return lacksShip(now, &plan.change) }
		writes[i] = w
	}
	return c.run(ctx, order.CanShip, writes, opts)
}

// parcel is a shipment that was checked.
type parcel struct {
	order.Shipment
	company ShipCompanyCode // "" when nothing but numbers is removed
	reason  EmptyReason
}

// emptyReasons are the mall's reasons for having no tracking number.
var emptyReasons = map[order.NoNumber]EmptyReason{
	order.MakerShips: EmptyMakerDirect, order.NothingToShip: EmptyNothingToShip,
	order.PickedUp:        EmptyStorePickup,
	order.CarrierContacts: EmptyCarrierContacts, order.MethodHasNoNumber: EmptyNoNumber,
}

// takes is what the mall accepts in a shipment.
var takes = batch.Takes{Numbers: maxNumbers, Method: true, NoNumber: true,
	Code: func(c timeslot.Carrier) bool { _, ok := CompanyOf(c); return ok }}

// checkShipment finds what is wrong without reading the order.
func checkShipment(e order.Shipment, opts order.WriteOptions) (parcel, []order.Warning, error) {
	var report check.Report
	f := report.Fields()
	s, warnings := batch.Shipment(f, e, takes, opts, time.Now())
	p := parcel{Shipment: s}
	for i, n := range s.Numbers {
		if _, ok := placeOf(n.Record); !ok && n.Record != "" {
			f.Item("Numbers", i).Add("Record", "is not 1 or 2")
		}
	}
	if s.NoNumber != "" {
		var known bool
		if p.reason, known = emptyReasons[s.NoNumber]; !known {
			f.Add("NoNumber", "is not one of order's reasons")
		}
	}
	if s.Method != "" {
		warnings = append(warnings, batch.Warn("Method", WarnMethodCarrier, order.Text{
			EN: "the carrier tied to the method in the store's settings wins over Carrier; the order is read back",
			JA: "指定した配送会社より、ストアの設定で配送方法に紐づく配送会社が優先されます。送信後に注文を読み直して確認します"}))
	}
	if !onlyRemoves(s) {
		p.company, _ = CompanyOf(s.Carrier)
	}
	return p, warnings, report.Err()
}

// onlyRemoves reports whether a shipment does nothing but take numbers back.
func onlyRemoves(s order.Shipment) bool {
	return len(s.Numbers) > 0 && !slices.ContainsFunc(s.Numbers,
		func(n order.TrackingNumber) bool { return !n.Remove })
}

// shipping is the change that a shipment makes to an order.
type shipping struct {
	change   ShipStatusChange
	places   [maxNumbers]string // as they will be
	records  []string           // the places that are written, or emptied when nothing else is done
	numbers  []string           // that are reported
	warnings []order.Warning
}

// shipping computes the change from the order's state and the numbers it has.
func (c *Client) shipping(
	p *parcel, now *OrderInfo, has [maxNumbers]string, opts order.WriteOptions,
) (shipping, error) {
	conflict := func(why order.Text) (shipping, error) {
		return shipping{}, c.calls.Conflict(orderShipStatusChange, p.Order, why)
	}
	if err := wholeOrder(p.Shipment, now); err != nil {
		return shipping{}, c.calls.Refuse(orderShipStatusChange, p.Order, err)
	}
	change, places, cut, err := place(p.Numbers, has)
	reason := now.Ship.ShipInvoiceNumberEmptyReason
	switch {
	case err != nil:
		return conflict(order.Text{EN: err.Error(), JA: "同じ伝票番号欄が2回指定されています"})
	case len(cut) > 0 && !opts.FirstNumbers:
		return conflict(
			batch.Textf("the order holds %d tracking numbers already; correct one by its Record",
				"伝票番号がすでに%d件登録されています。登録済みの番号を訂正してください", maxNumbers))
	case p.reason != "" && places != [maxNumbers]string{}:
		return conflict(order.Text{
			EN: "the order has a tracking number, which excludes NoNumber: remove it first by its Record",
			JA: "伝票番号が登録されているため、伝票番号なし理由を登録できません。先に伝票番号を削除してください"})
	case reason != "" && places != [maxNumbers]string{}:
		return conflict(batch.Textf(
			"the order has a 伝票番号なし理由 (%s), which excludes a number: clear it first with OrderChange",
			"伝票番号なし理由（%s）が登録されているため、伝票番号を登録できません。先にストアの画面で理由を消してください",
			reason.Name()))
	}
	out := shipping{places: places, records: recordsOf(change, onlyRemoves(p.Shipment))}
	out.numbers = slices.DeleteFunc(batch.Numbers(p.Shipment),
		func(n string) bool { return slices.Contains(cut, n) })
	if len(cut) > 0 {
		out.warnings = append(out.warnings,
			batch.Warn("Numbers", batch.WarnNumbersCut, batch.Textf(
				"the order has no place for %d of the tracking numbers: they are not sent",
				"登録できる伝票番号の数を超えたため、%d件は送信しません", len(cut))))
	}
	out.change = ShipStatusChange{ShipStatus: ShipDone, ShipCompanyCode: p.company,
		ShipMethod:         p.Method,
		ShipInvoiceNumber1: change[0], ShipInvoiceNumber2: change[1]}
	if p.reason != "" {
		out.change.ShipInvoiceNumberEmptyReason = &p.reason
	}
	if onlyRemoves(p.Shipment) {
		out.change.ShipStatus = now.Ship.ShipStatus
		return out, nil
	}
	day := order.DateOf(p.At)
	out.change.ShipDate = &day
	if now.Ship.ShipStatus == ShipArrived {
		out.change.ShipStatus = ShipArrived // a correction does not take it back
	}
	return out, nil
}

// lacksShip returns what of a change an order does not show, with a code if the carrier is another
// one.
func lacksShip(w *OrderInfo, sent *ShipStatusChange) (why order.Text, code string) {
	number := func(now string, want *string) bool { return want == nil || now == *want }
	reason := sent.ShipInvoiceNumberEmptyReason
	switch {
	case w.Ship.ShipStatus != sent.ShipStatus:
		return order.Text{EN: "the mall accepted it, but the order does not show it as shipped yet",
			JA: "モールに受け付けられましたが、注文がまだ出荷済みになっていません"}, ""
	case !number(w.Ship.ShipInvoiceNumber1, sent.ShipInvoiceNumber1) ||
		!number(w.Ship.ShipInvoiceNumber2, sent.ShipInvoiceNumber2):
		return order.Text{
			EN: "the mall accepted it, but the order does not show the tracking numbers yet",
			JA: "モールに受け付けられましたが、注文で伝票番号をまだ確認できません"}, ""
	case reason != nil && w.Ship.ShipInvoiceNumberEmptyReason != *reason:
		return order.Text{
			EN: "the mall accepted it, but the order does not show why it has no tracking number",
			JA: "モールに受け付けられましたが、注文で伝票番号なし理由を確認できません"}, ""
	case sent.ShipCompanyCode != "" && w.Ship.ShipCompanyCode.Current() != sent.ShipCompanyCode:
		return batch.Textf(
				"the order shows the carrier %s (%s), not %s: send it again without Method",
				"注文の配送会社が%s（%s）になっています（報告したのは%s）。配送方法を指定せずに再送してください",
				w.Ship.ShipCompanyCode.Name(), w.Ship.ShipCompanyCode, sent.ShipCompanyCode.Name()),
			WarnCarrierDiffers
	}
	return order.Text{}, ""
}

// wholeOrder refuses a part of an order: it must be split first (OrderSplit).
func wholeOrder(e order.Shipment, now *OrderInfo) error {
	all := make(map[string]int64, len(now.Items))
	for i := range now.Items {
		all[strconv.FormatInt(value(now.Items[i].LineID), 10)] = value(now.Items[i].Quantity)
	}
	return batch.Whole(e.Lines, all)
}
