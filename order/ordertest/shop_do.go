package ordertest

import (
	"context"
	"errors"
	"fmt"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// Confirm accepts orders: one that is New becomes ReadyToShip. It implements [order.Confirmer].
func (s *Shop) Confirm(
	ctx context.Context, list []order.Confirmation, opts order.WriteOptions,
) ([]order.Result, error) {
	jobs := make([]job, len(list))
	for i, c := range list {
		jobs[i] = job{order: c.Order, apply: func(o *order.Order, r *order.Result) error {
			if o.Status == order.New {
				o.Status = order.ReadyToShip
			}
			return nil
		}}
	}
	return s.write(ctx, order.CanConfirm, jobs, opts)
}

// Cancel cancels orders. It implements [order.Canceller].
func (s *Shop) Cancel(
	ctx context.Context, list []order.Cancellation, opts order.WriteOptions,
) ([]order.Result, error) {
	jobs := make([]job, len(list))
	for i, c := range list {
		jobs[i] = job{order: c.Order, apply: func(o *order.Order, r *order.Result) error {
			if c.Reason == "" && c.Code == "" {
				return errors.New("field Reason or Code is required")
			}
			o.Status = order.Cancelled
			return nil
		}}
	}
	return s.write(ctx, order.CanCancel, jobs, opts)
}

// Annotate replaces the memo of orders. It implements [order.Annotator].
func (s *Shop) Annotate(
	ctx context.Context, list []order.Annotation, opts order.WriteOptions,
) ([]order.Result, error) {
	jobs := make([]job, len(list))
	for i, a := range list {
		jobs[i] = job{order: a.Order, apply: func(o *order.Order, r *order.Result) error {
			o.Memo = a.Memo
			return nil
		}}
	}
	return s.write(ctx, order.CanAnnotate, jobs, opts)
}

// ChangeDelivery changes delivery date and slot of all parcels of an order. It implements
// [order.DeliveryChanger].
func (s *Shop) ChangeDelivery(
	ctx context.Context, list []order.DeliveryChange, opts order.WriteOptions,
) ([]order.Result, error) {
	jobs := make([]job, len(list))
	for i, c := range list {
		jobs[i] = job{order: c.Order, apply: func(o *order.Order, r *order.Result) error {
			switch {
			case c.Date == nil && c.Slot == nil:
				return errors.New("neither Date nor Slot is given")
			case c.Slot != nil && *c.Slot == timeslot.Unresolved:
				return errors.New("field Slot is unresolved")
			}
			for i := range o.Parcels {
				d := &o.Parcels[i].Delivery
				if c.Date != nil {
					d.Date, d.DateTo = *c.Date, order.Date{}
				}
				if c.Slot != nil {
					d.Slot, d.Label, d.From, d.Matcher, d.Rule = *c.Slot, "", "", "", ""
					d.Asked = ""
				}
			}
			return nil
		}}
	}
	return s.write(ctx, order.CanChangeDelivery, jobs, opts)
}

// Ship reports shipping. It implements [order.Shipper].
func (s *Shop) Ship(
	ctx context.Context, list []order.Shipment, opts order.WriteOptions,
) ([]order.Result, error) {
	jobs := make([]job, len(list))
	for i, d := range list {
		jobs[i] = job{order: d.Order, parcel: d.Parcel,
			apply: func(o *order.Order, r *order.Result) error { return s.ship(o, d, opts, r) }}
	}
	return s.write(ctx, order.CanShip, jobs, opts)
}

func (s *Shop) ship(
	o *order.Order, d order.Shipment, opts order.WriteOptions, r *order.Result,
) error {
	p, err := parcel(o, d.Parcel)
	if err != nil {
		return err
	}
	removing := len(d.Numbers) > 0
	for _, n := range d.Numbers {
		removing = removing && n.Remove
	}
	switch {
	case d.At.IsZero():
		return errors.New("field At is required")
	case d.Carrier == "" && !removing:
		return errors.New("field Carrier is required")
	case d.NoNumber != "" && len(d.Numbers) > 0:
		return errors.New("NoNumber excludes Numbers")
	}
	if err := s.track(p, d, opts, r); err != nil || removing {
		return err
	}
	if err := pack(p, d.Lines); err != nil {
		return err
	}
	o.Status = order.Shipped
	for _, l := range o.Lines() {
		if l.Shipped < l.Quantity && !l.Cancelled {
			o.Status = order.PartiallyShipped
		}
	}
	return nil
}

func parcel(o *order.Order, id string) (*order.Parcel, error) {
	if id == "" && len(o.Parcels) == 1 {
		return &o.Parcels[0], nil
	}
	for i := range o.Parcels {
		if id != "" && o.Parcels[i].ID == id {
			return &o.Parcels[i], nil
		}
	}
	return nil, fmt.Errorf("the order has %d parcels, and none of them is %q", len(o.Parcels), id)
}

// track adds, corrects and removes tracking numbers.
func (s *Shop) track(
	p *order.Parcel, d order.Shipment, opts order.WriteOptions, r *order.Result,
) error {
	if len(d.Numbers) == 0 && len(p.Shipments) == 0 {
		p.Shipments = append(p.Shipments,
			order.ShipmentRecord{ID: s.next("record-"), Carrier: d.Carrier, Name: d.CarrierName,
				At: d.At, Date: order.DateOf(d.At)})
	}
	for _, n := range d.Numbers {
		at := -1
		for i, known := range p.Shipments {
			if n.Record != "" && known.ID == n.Record || n.Record == "" &&
				order.SameTracking(known.Tracking, n.Number) {
				at = i
			}
		}
		if n.Record != "" && at < 0 {
			return fmt.Errorf("the parcel has no shipping record %q", n.Record)
		}
		if n.Remove {
			if at < 0 {
				return errors.New("field Remove needs a Record")
			}
			p.Shipments = append(p.Shipments[:at], p.Shipments[at+1:]...)
			continue
		}
		number, err := order.ReadTracking(n.Number)
		if err != nil {
			return err
		}
		record := order.ShipmentRecord{Carrier: d.Carrier, Name: d.CarrierName, Tracking: number,
			At: d.At, Date: order.DateOf(d.At)}
		switch {
		case at >= 0:
			record.ID = p.Shipments[at].ID
			p.Shipments[at] = record
		case s.numbers > 0 && len(p.Shipments) >= s.numbers && opts.FirstNumbers:
			r.Warnings = append(r.Warnings,
				order.Warning{Field: "Numbers",
					Message: fmt.Sprintf("only the first %d numbers were reported", s.numbers),
					Text: order.Text{
						EN: fmt.Sprintf("only the first %d numbers were reported", s.numbers),
						JA: fmt.Sprintf("伝票番号は先頭の%d件だけを報告しました", s.numbers)}})
			return nil
		case s.numbers > 0 && len(p.Shipments) >= s.numbers:
			return fmt.Errorf("a parcel holds %d tracking numbers", s.numbers)
		default:
			record.ID = s.next("record-")
			p.Shipments = append(p.Shipments, record)
		}
		r.Records, r.Numbers = append(r.Records, record.ID), append(r.Numbers, number)
	}
	return nil
}

// pack counts what is shipped; without lines that is everything left.
func pack(p *order.Parcel, lines []order.LineQuantity) error {
	if len(lines) == 0 {
		for i := range p.Lines {
			p.Lines[i].Shipped = p.Lines[i].Quantity
		}
	}
	for _, part := range lines {
		found := false
		for i := range p.Lines {
			l := &p.Lines[i]
			if l.ID != part.Line || part.Line == "" {
				continue
			}
			found = true
			if part.Quantity <= 0 || l.Shipped+part.Quantity > l.Quantity {
				return fmt.Errorf("line %s: %d of %d are left, %d cannot be shipped", l.ID,
					l.Quantity-l.Shipped, l.Quantity, part.Quantity)
			}
			l.Shipped += part.Quantity
		}
		if !found {
			return fmt.Errorf("the parcel has no line %q", part.Line)
		}
	}
	return nil
}
