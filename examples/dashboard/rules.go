package main

import (
	"context"
	"fmt"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// ruleTable names the table of the rules that people taught here; it stands in order.Delivery.Matcher of what it read.
const ruleTable = "dashboard"

// rules gives the table as it is kept. WriteCSV and MarshalJSON write it as a file that any program with this SDK can load.
func (s *store) rules(ctx context.Context) (*timeslot.Table, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT label, mall, shop, method, slot FROM rules
		ORDER BY (shop <> '') + (method <> '') DESC, mall <> '' DESC, label, mall, shop, method`) // the narrower goes first
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var all []timeslot.Rule
	for rows.Next() {
		var r timeslot.Rule
		var slot string
		if err := rows.Scan(&r.Label, &r.Scope.Mall, &r.Scope.Shop, &r.Scope.Method, &slot); err != nil {
			return nil, err
		}
		if r.Slot, err = timeslot.Parse(slot); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	return timeslot.NewTable(ruleTable, all...)
}

// loadRules puts the kept rules in front of what the SDK reads by itself, for all shops at once.
func (s *store) loadRules(ctx context.Context) error {
	table, err := s.rules(ctx)
	if err != nil {
		return err
	}
	s.slots.Swap(timeslot.Chain(table, timeslot.Default()))
	return nil
}

// teach keeps a rule, or with an unresolved slot forgets it, and turns every order that it concerns. It tells how many.
func (s *store) teach(ctx context.Context, r timeslot.Rule) (turned int, err error) {
	if _, err := timeslot.NewTable(ruleTable, timeslot.Rule{Label: r.Label, Slot: max(r.Slot, timeslot.NoPreference), Scope: r.Scope}); err != nil {
		return 0, err
	}
	if r.Slot.Resolved() {
		_, err = s.db.ExecContext(ctx, `INSERT INTO rules VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET slot = excluded.slot`,
			r.Label, r.Scope.Mall, r.Scope.Shop, r.Scope.Method, r.Slot.String())
	} else {
		_, err = s.db.ExecContext(ctx, `DELETE FROM rules WHERE label = ? AND mall = ? AND shop = ? AND method = ?`,
			r.Label, r.Scope.Mall, r.Scope.Shop, r.Scope.Method)
	}
	if err != nil {
		return 0, err
	}
	if err := s.loadRules(ctx); err != nil {
		return 0, err
	}
	tx, err := s.db.BeginTx(ctx, nil) // an order that the feed brings meanwhile waits, and is read with the rule
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	concerned, err := read(ctx, tx, `SELECT json FROM orders WHERE slot <> ''`)
	if err != nil {
		return 0, err
	}
	for _, o := range concerned {
		if !s.reread(&o) {
			continue
		}
		if err := write(ctx, tx, o); err != nil {
			return 0, fmt.Errorf("order %s: %w", o.ID, err)
		}
		turned++
	}
	return turned, tx.Commit()
}

// reread reads the slots that nobody could read, or that a rule of ours read, with the rules of now. It is true when one has changed.
func (s *store) reread(o *order.Order) (changed bool) {
	for i := range o.Parcels {
		d := &o.Parcels[i].Delivery
		if d.Label == "" || !d.Unresolved() && d.Matcher != ruleTable {
			continue
		}
		before := d.Slot
		d.Slot, d.Matcher, d.Rule = timeslot.Unresolved, "", ""
		d.ReadSlot(s.slots, labelOf(*o, *d), d.From)
		changed = changed || d.Slot != before
	}
	return changed
}

// labelOf is what the rules are asked about.
func labelOf(o order.Order, d order.Delivery) timeslot.Label {
	return timeslot.Label{Text: d.Label, Mall: string(o.Mall), Shop: o.Shop, Method: d.Method}
}

// unread gives the labels that nobody could read, the most frequent first.
func (s *store) unread(ctx context.Context) ([]timeslot.Unread, error) {
	all, err := s.query(ctx, `SELECT json FROM orders WHERE slot = 'unread'`)
	var found timeslot.Collector
	for _, o := range all {
		for _, p := range o.Parcels {
			if p.Delivery.Unresolved() {
				found.Add(labelOf(o, p.Delivery), o.ID)
			}
		}
	}
	return found.Labels(), err
}
