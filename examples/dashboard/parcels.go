package main

import (
	"context"
	"database/sql"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// soon is how many days ahead a wished day may lie for its parcel to go out today: the carriers'
// longest ordinary way in Japan.
const soon = 3

// noCarrier stands in an address for parcels whose mall names no carrier.
const noCarrier = "-"

// writeParcels keeps of an order's parcels what is counted and searched by.
func writeParcels(ctx context.Context, tx *sql.Tx, o order.Order) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM parcels WHERE mall = ? AND shop = ? AND id = ?`,
		o.Mall, o.Shop, o.ID); err != nil {
		return err
	}
	for i, p := range o.Parcels {
		d := p.Delivery
		day := ""
		if !d.Date.IsZero() {
			day = d.Date.String()
		}
		if _, err := tx.ExecContext(ctx,
			`INSERT INTO parcels VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			o.Mall, o.Shop, o.ID, i, o.SlotLabel(d).Text, d.Method, d.Matcher, d.Slot.String(),
			d.Carrier, day); err != nil {
			return err
		}
	}
	return nil
}

// labelsIn lists the labels of all orders.
func labelsIn(ctx context.Context, tx *sql.Tx) (all []readLabel, err error) {
	rows, err := tx.QueryContext(ctx,
		`SELECT DISTINCT label, method, mall, shop, matcher, slot FROM parcels WHERE label <> ''`)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var l readLabel
		var slot string
		if err := rows.Scan(&l.Text, &l.Method, &l.Mall, &l.Shop, &l.matcher, &slot); err != nil {
			return nil, err
		}
		if l.slot, err = timeslot.Parse(slot); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, rows.Err()
}

// load is what is ready to ship by one carrier into one slot.
type load struct {
	Carrier timeslot.Carrier
	Slot    timeslot.Slot
	Today   int // parcels without a day, or whose day is near
	Later   int
}

// ready counts the parcels of the orders that are ready to ship.
func (s *store) ready(ctx context.Context, today order.Date) (all []load, err error) {
	rows, err := s.db.QueryContext(ctx,
		`SELECT parcels.carrier, parcels.slot, sum(parcels.day <= ?1), sum(parcels.day > ?1)
		FROM orders JOIN parcels USING (mall, shop, id) WHERE orders.stage = ?2 GROUP BY 1, 2 ORDER BY 1, 2`,
		today.AddDays(soon).String(), order.ReadyToShip.String())
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var l load
		var slot string
		if err := rows.Scan(&l.Carrier, &slot, &l.Today, &l.Later); err != nil {
			return nil, err
		}
		if l.Slot, err = timeslot.Parse(slot); err != nil {
			return nil, err
		}
		all = append(all, l)
	}
	return all, rows.Err()
}
