package aupay

import (
	"context"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/kit"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Ship reports orders as shipped (発送). It implements [order.Shipper]. Each order is read first,
// also in a dry run, and refused when [order.MayShip] stops it; see WriteOptions. Two calls follow:
// updateTradeInfoProc sets date, carrier and tracking number, then updateTradeStsProc sets 完了, the
// status of shipped orders (the mall has no 発送済み). When the second one fails, a Warning says that
// the first has taken effect, and Next how to go on. Safe to repeat: both set absolute values.
//
// The mall's answers name no order, so the orders are read back at the end, once for the batch. One
// that is not 完了 with its number within WriteOptions.ShownWithin is Unsettled; Settle reads it
// again.
//
// The mall holds at most one tracking number per order, of at most 15 bytes. More numbers, several
// shipments of one order, and parts of an order are refused; with WriteOptions.FirstNumbers the
// first number is sent. Another number replaces the one before; removing it is refused, since no
// source shows how. A carrier without a code of the mall is refused; [timeslot.OtherCarrier] is
// sent as その他配送会社. For a status other than 完了, such as 発送後入金待ち, use UpdateTradeInfo and
// UpdateTradeSts.
func (c *Client) Ship(
	ctx context.Context, shipments []order.Shipment, opt order.WriteOptions,
) ([]order.Result, error) {
	times := twice(shipments, func(s order.Shipment) string { return s.Order })
	writes := make([]write, len(shipments))
	var from, to order.Date
	for i, s := range shipments {
		writes[i] = c.shipping(s, times(i), opt)
		day := order.DateOf(s.At)
		if i == 0 || day.Compare(from) < 0 {
			from = day
		}
		if i == 0 || day.Compare(to) > 0 {
			to = day
		}
	}
	w := c.writer()
	w.Look = func(ctx context.Context, ids []string) (map[string]*OrderInfo, map[string]error) {
		listed := c.listed(ctx, ids, from, to)
		if slices.ContainsFunc(writes, func(w write) bool {
			o := listed[w.Order]
			return o != nil && slices.Contains(ids, w.Order) && shipped(o, w.Numbers)
		}) {
			return listed, nil // the list works; what it does not show is read again later
		}
		return w.Read(ctx, ids)
	}
	return w.Write(ctx, order.CanShip, writes, opt)
}

// listFrom is from how many orders on one search by shipping date is worth its call.
const listFrom = 3

// listed finds orders by shipping date in one call. Only one source shows that search, so what it
// does not return is read by number.
func (c *Client) listed(
	ctx context.Context, ids []string, from, to order.Date,
) map[string]*OrderInfo {
	if len(ids) < listFrom || to.Compare(from.AddDays(maxDays-1)) > 0 {
		return nil
	}
	page, err := c.SearchTradeInfoList(ctx,
		SearchRequest{StartDate: from, EndDate: to, DateType: ByShippingDate})
	if err != nil {
		return nil
	}
	all := make(map[string]*OrderInfo, len(page.Orders))
	for i := range page.Orders {
		all[page.Orders[i].OrderID] = &page.Orders[i]
	}
	return all
}

var nextStatus = order.Text{
	EN: "send it again, which is harmless, or set the status alone: UpdateTradeSts with 完了",
	JA: "再送してください（二重になる心配はありません）。またはモールの画面でステータスを完了にしてください"}

// takes is what of a shipment the mall can hold.
var takes = batch.Takes{Numbers: 1,
	Code: func(c timeslot.Carrier) bool { _, ok := CompanyOf(c); return ok }}

// shipping checks a shipment and plans its calls. times is how many shipments in the batch are of
// the order.
func (c *Client) shipping(s order.Shipment, times int, opt order.WriteOptions) write {
	var report check.Report
	f := report.Fields()
	w := write{Write: shipWrite, Order: s.Order, Parcel: s.Parcel}
	s, w.Warnings = batch.Shipment(f, s, takes, opt, time.Now())
	date := order.DateOf(s.At)
	code, _ := CompanyOf(s.Carrier)
	r := UpdateTradeInfoRequest{OrderID: s.Order, ShippingDate: &date, ShippingCarrier: &code}
	if s.Order != "" {
		checkOrderID(f, "Order", s.Order)
	}
	if times > 1 {
		f.Add("Order", "%d shipments of this order, but the mall holds one", times)
	}
	if len(s.Lines) > 0 {
		f.Add("Lines", "the mall ships whole orders: leave it empty")
	}
	for i, n := range s.Numbers {
		g := f.Item("Numbers", i)
		if n.Record != "" || n.Remove {
			g.Add("",
				"the mall has no shipping records: a number replaces the one before, and none can be removed")
			continue
		}
		checkNumber(g, "Number", n.Number)
		r.ShippingNumber = &s.Numbers[i].Number
	}
	w.Numbers, w.Err = batch.Numbers(s), report.Err()
	w.Lacks = kit.Shown(func(o *OrderInfo) bool { return shipped(o, w.Numbers) })
	w.Send = func(ctx context.Context, result *order.Result) error {
		if _, err := c.UpdateTradeInfo(ctx, r); err != nil {
			return err
		}
		_, err := c.UpdateTradeSts(ctx,
			UpdateTradeStsRequest{OrderID: s.Order, OrderStatus: StatusCompleted})
		if err != nil {
			told := shipWrite
			told.Operation = opStatus
			batch.Fail(result, err, told)
			result.Warnings = append(result.Warnings, batch.Warn(opUpdate, "", order.Text{
				EN: "took effect: date, carrier and number are set, the status is not",
				JA: "発送日・配送会社・伝票番号は登録されましたが、ステータスは変わっていません"}))
			if result.Outcome == order.Refused {
				result.Next, result.Repeating = nextStatus, order.Yes
			}
		}
		return err
	}
	return w
}
