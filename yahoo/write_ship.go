package yahoo

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// maxNumbers is how many tracking numbers an order holds.
const maxNumbers = 2

// Ship reports orders as shipped (出荷済み) and corrects tracking numbers. Each order is read first, one call more: a number goes into a
// free place and a number that is there already is not doubled, so that repeating is harmless; what has no place is refused and
// never cut. A record's id is its place, "1" or "2". The mall ships an order whole: Lines must be empty or name everything. The day
// of At in JST becomes the shipping date, and the points are fixed. Warnings od91113 and od91115 are about the card payment.
func (c *Client) Ship(ctx context.Context, list []order.Shipment, opts order.WriteOptions) ([]order.Result, error) {
	writes := make([]write, len(list))
	for i, e := range list {
		company, err := checkShipment(e)
		var sent ShipStatusChange
		writes[i] = write{order: e.Order, parcel: e.Parcel, operation: orderShipStatusChange, again: order.Yes, err: err,
			applied: func(w *OrderInfo) bool { return showsShip(w, &sent) },
			fields:  []Field{"ShipStatus", "ShipInvoiceNumber1", "ShipInvoiceNumber2", "ShipCompanyCode"},
			send: func(ctx context.Context, r *order.Result, dry bool) (warned []Warning, err error) {
				sent, warned, err = c.ship(ctx, e, company, r, dry)
				return warned, err
			}}
	}
	return c.run(ctx, order.CanShip, writes, opts)
}

// onlyRemoves tells whether a shipment does nothing but take numbers back.
func onlyRemoves(e order.Shipment) bool {
	return len(e.Numbers) > 0 && !slices.ContainsFunc(e.Numbers, func(n order.TrackingNumber) bool { return !n.Remove })
}

// checkShipment finds what is wrong without reading the order.
func checkShipment(e order.Shipment) (ShipCompanyCode, error) {
	for i, n := range e.Numbers {
		switch {
		case n.Record != "" && n.Record != "1" && n.Record != "2":
			return "", fmt.Errorf("field Numbers[%d].Record is not 1 or 2", i)
		case n.Remove && n.Record == "":
			return "", fmt.Errorf("field Numbers[%d] is to be removed but names no Record", i)
		case !n.Remove && n.Number == "":
			return "", fmt.Errorf("field Numbers[%d].Number is empty", i)
		}
	}
	switch {
	case len(e.Numbers) > maxNumbers:
		return "", fmt.Errorf("%d tracking numbers, but an order holds %d", len(e.Numbers), maxNumbers)
	case e.Parcel != "":
		return "", errors.New("field Parcel: an order of this mall is one parcel")
	case onlyRemoves(e):
		return "", nil
	case e.At.IsZero():
		return "", errors.New("field At is zero")
	case e.Carrier == "":
		return "", errors.New("field Carrier is empty")
	}
	company, ok := CompanyOf(e.Carrier)
	if !ok {
		return "", fmt.Errorf("the mall has no code for the carrier %s and takes no name; timeslot.OtherCarrier is その他", e.Carrier)
	}
	return company, nil
}

// ship works out the change from how the order stands, and sends it.
func (c *Client) ship(ctx context.Context, e order.Shipment, company ShipCompanyCode, r *order.Result, dry bool) (sent ShipStatusChange, warned []Warning, err error) {
	now, err := c.writable(ctx, orderShipStatusChange, e.Order)
	if err != nil {
		return sent, nil, err
	}
	if err := wholeOrder(e, now); err != nil {
		return sent, nil, c.calls.Refuse(orderShipStatusChange, e.Order, err)
	}
	places, err := place(e.Numbers, [maxNumbers]string{now.Ship.ShipInvoiceNumber1, now.Ship.ShipInvoiceNumber2})
	if err != nil {
		return sent, nil, c.calls.Conflict(orderShipStatusChange, e.Order, err.Error())
	}
	sent = ShipStatusChange{ShipStatus: ShipDone, ShipCompanyCode: company, ShipMethod: e.Method,
		ShipInvoiceNumber1: places[0], ShipInvoiceNumber2: places[1]}
	if onlyRemoves(e) {
		sent.ShipStatus = now.Ship.ShipStatus
	} else {
		day := order.DateOf(e.At)
		sent.ShipDate = &day
		if now.Ship.ShipStatus == ShipArrived {
			sent.ShipStatus = ShipArrived // a correction does not take it back
		}
	}
	req := OrderShipStatusChangeRequest{OrderID: e.Order, Ship: sent}
	if dry {
		report, doc := req.prepare(c.shop)
		_, err := c.document(orderShipStatusChange, e.Order, report, doc)
		return sent, nil, err
	}
	done, err := c.OrderShipStatusChange(ctx, req)
	if err == nil || batch.Lost(err, orderShipStatusChange) {
		r.Records = records(places)
	}
	return sent, done.Warnings, err
}

// showsShip tells whether an order is as a change left it.
func showsShip(w *OrderInfo, sent *ShipStatusChange) bool {
	number := func(now string, want *string) bool { return want == nil || now == *want }
	return w.Ship.ShipStatus == sent.ShipStatus && number(w.Ship.ShipInvoiceNumber1, sent.ShipInvoiceNumber1) &&
		number(w.Ship.ShipInvoiceNumber2, sent.ShipInvoiceNumber2) &&
		(sent.ShipCompanyCode == "" || w.Ship.ShipCompanyCode.Current() == sent.ShipCompanyCode)
}

// wholeOrder refuses a part of an order.
func wholeOrder(e order.Shipment, now *OrderInfo) error {
	if len(e.Lines) == 0 {
		return nil
	}
	left := make(map[string]int64, len(now.Items))
	for i := range now.Items {
		left[strconv.FormatInt(value(now.Items[i].LineID), 10)] = value(now.Items[i].Quantity)
	}
	for _, l := range e.Lines {
		left[l.Line] -= l.Quantity
	}
	for _, n := range left {
		if n != 0 {
			return errors.New("field Lines names a part of the order, or more than it; the mall ships an order whole: split it first (OrderSplit)")
		}
	}
	return nil
}

// place works out the two numbers as they will be: nil is left as it is.
func place(numbers []order.TrackingNumber, now [maxNumbers]string) (places [maxNumbers]*string, err error) {
	put := func(i int, number string) error {
		if places[i] != nil {
			return fmt.Errorf("place %d is given twice", i+1)
		}
		places[i], now[i] = &number, number
		return nil
	}
	for _, n := range numbers { // corrections first: they may make room
		if n.Record == "" {
			continue
		}
		number := n.Number
		if n.Remove {
			number = ""
		}
		if err := put(int(n.Record[0]-'1'), number); err != nil {
			return places, err
		}
	}
	for _, n := range numbers {
		if n.Record != "" || slices.Contains(now[:], n.Number) {
			continue
		}
		free := slices.Index(now[:], "")
		if free < 0 {
			return places, fmt.Errorf("the order holds %d tracking numbers already; correct one by its Record", maxNumbers)
		}
		if places[free] != nil { // emptied by this very call: the new number takes its place
			places[free] = nil
		}
		if err := put(free, n.Number); err != nil {
			return places, err
		}
	}
	return places, nil
}

func records(places [maxNumbers]*string) []string {
	var all []string
	for i, p := range places {
		if p != nil && *p != "" {
			all = append(all, strconv.Itoa(i+1))
		}
	}
	return all
}
