package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// watchRules takes in what people change in the rule file.
func (a *app) watchRules(ctx context.Context) error {
	tick := time.NewTicker(a.look)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		changed, _ := a.rules.refresh() // the page of rules shows what is wrong with the file
		if !changed {
			continue
		}
		if _, err := a.store.turn(ctx); err != nil && ctx.Err() == nil {
			return err
		}
		a.news.tell("changed")
	}
}

// turn reads the slots again of every order that the rules concern, and tells how many have
// changed.
func (s *store) turn(ctx context.Context) (turned int, err error) {
	// an order that the feed brings meanwhile waits, and is read with the rules of now
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return 0, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	labels, err := labelsIn(ctx, tx)
	if err != nil {
		return 0, err
	}
	for _, l := range labels {
		if !s.concerns(l.Label, l.matcher, l.slot) {
			continue
		}
		found, err := read(ctx, tx, `SELECT json FROM orders WHERE (mall, shop, id) IN
			(SELECT mall, shop, id FROM parcels WHERE label = ? AND method = ? AND mall = ? AND shop = ?)`, l.Text, l.Method, l.Mall, l.Shop)
		if err != nil {
			return 0, err
		}
		for _, o := range found {
			if !s.reread(&o) {
				continue
			}
			if err := write(ctx, tx, o); err != nil {
				return 0, fmt.Errorf("order %s: %w", o.ID, err)
			}
			turned++
		}
	}
	return turned, tx.Commit()
}

// readLabel is a label among the orders, and how it was read.
type readLabel struct {
	timeslot.Label
	matcher string
	slot    timeslot.Slot
}

// concerns reports whether the rules have, or had, a say about a label.
func (s *store) concerns(l timeslot.Label, matcher string, slot timeslot.Slot) bool {
	if l.Text == "" {
		return false
	}
	m, ok := s.ruled(l)
	return slot == timeslot.Unresolved || matcher == ruleTable || ok && m.Slot != slot
}

// ruled asks the rules that people taught. Amazon's hours are asked about as people write them,
// too, like Amazon's client does: 9:00-12:00.
func (s *store) ruled(l timeslot.Label) (timeslot.Match, bool) {
	table, _ := s.rules.rules()
	m, ok := table.Match(l)
	if !ok && l.Mall == string(order.Amazon) {
		l.Text = strings.TrimPrefix(l.Text, "0")
		m, ok = table.Match(l)
	}
	return m, ok
}

// reread reads the slots that the rules concern with the rules of now, and reports whether one
// has changed.
func (s *store) reread(o *order.Order) (changed bool) {
	for i := range o.Parcels {
		d := &o.Parcels[i].Delivery
		if !s.concerns(o.SlotLabel(*d), d.Matcher, d.Slot) {
			continue
		}
		before := *d
		s.readDelivery(o, d)
		changed = changed || *d != before
	}
	return changed
}

// readDelivery reads a slot like the mall's client does: the mall's own field, then what the buyer's
// remarks say against it. What a person taught of the words in the remarks counts as it is.
func (s *store) readDelivery(o *order.Order, d *order.Delivery) {
	label := o.SlotLabel(*d)
	if m, ok := s.ruled(label); ok && d.From == order.FromText {
		d.Slot, d.Matcher, d.Rule = m.Slot, m.Matcher, m.Rule
		return
	}
	against := func(p order.Problem) bool { return p.Field == "remarks" }
	switch {
	case d.Asked != "":
		s.readField(o, d)
		problems := d.ReadRemarks(s.rules.slots, label, o.Remarks, order.DateOf(o.Placed))
		if len(o.Parcels) == 1 || d.OrderLevel {
			o.Problems = slices.DeleteFunc(o.Problems, against)
		}
		for _, p := range problems {
			if !slices.Contains(o.Problems, p) {
				o.Problems = append(o.Problems, p)
			}
		}
	case d.From == order.FromField: // a code of the mall, which no rule is asked about
	case slices.ContainsFunc(o.Problems, against):
		d.Slot, d.Matcher, d.Rule = timeslot.Unresolved, "", ""
	default:
		d.Slot, d.Matcher, d.Rule = timeslot.Unresolved, "", ""
		d.ReadSlot(s.rules.slots, label, d.From)
	}
}

// readField reads the mall's own field, whatever the remarks made of it.
func (s *store) readField(o *order.Order, d *order.Delivery) {
	shown := d.Asked
	if o.Mall == order.Amazon { // a window; what the remarks say stands below it
		shown, _, _ = strings.Cut(d.Label, "\n")
	}
	asked := o.SlotLabel(order.Delivery{Method: d.Method, Label: d.Asked})
	d.Slot, d.Matcher, d.Rule, d.Line = timeslot.Unresolved, "", "", 0
	d.ReadSlot(s.rules.slots, asked, order.FromField)
	if m, ok := s.ruled(asked); ok {
		d.Slot, d.Matcher, d.Rule = m.Slot, m.Matcher, m.Rule
	}
	d.Label = shown
}

// unread returns the labels that nobody could read, the most frequent first.
func (s *store) unread(ctx context.Context) ([]timeslot.Unread, error) {
	all, err := s.query(ctx, `SELECT json FROM orders WHERE slot = 'unread'`)
	var found timeslot.Collector
	for _, o := range all {
		for _, p := range o.Parcels {
			if p.Delivery.Unresolved() {
				found.Add(o.SlotLabel(p.Delivery), o.ID)
			}
		}
	}
	return found.Labels(), err
}
