package ordertest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// TestWrites tests the contract of the writes of a Source, those for which [Subject.Ready] contains
// orders. It calls open once for each clause, inside the clause, and once before, to find out which
// clauses apply. Each Subject must have a shop of its own.
func TestWrites[Self T[Self]](t Self, open func() (*Subject, error)) {
	t.Helper()
	list, err := writeClauses(opener(open))
	if err != nil {
		t.Errorf("cannot be opened: %v", err)
		return
	}
	run(t, opener(open), list)
}

func writeClauses(open func() (*Subject, func(), error)) ([]clause[*Subject], error) {
	s, end, err := open()
	if err != nil {
		return nil, err
	}
	defer end()
	_, settler := order.As[order.Settler](s.Source)
	var list []clause[*Subject]
	for _, w := range writes {
		if len(s.Ready[w.ability]) == 0 {
			continue
		}
		if !w.can(s.Source) {
			return nil,
				fmt.Errorf(
					"ordertest: Subject.Ready has orders for %q, which the Source does not implement", w.ability)
		}
		for _, c := range []struct {
			there bool
			name  string
			check func(*Subject, write) error
		}{
			{true, "of nothing", writesNothing},
			{true, "one result each in order", oneResultEach},
			{true, "results name the shop", resultsNameTheShop},
			{true, "done shows in the order", doneShows},
			{true, "changes revisions", writeChangesRevisions},
			{true, "dry run changes nothing", dryRunChangesNothing},
			{true, "dry run says so", dryRunSaysSo},
			{true, "cancelled", writeCancelled},
			{true, "concurrent", writesConcurrently},
			{s.Unknown != "", "refuses one alone", refusesOneAlone},
			{s.Unknown != "", "joins the errors", joinsErrors},
			{s.Writes != nil, "dry run sends nothing", dryRunSendsNothing},
			{s.Lose != nil, "lost answer", lostAnswer},
			{s.Drop != nil, "lost request", lostRequest},
			{s.Lose != nil && settler, "settles what was applied", settlesApplied},
			{s.Drop != nil && settler, "settles what never came", settlesNotApplied},
		} {
			if c.there {
				list = append(list, clause[*Subject]{string(w.ability) + " " + c.name,
					func(s *Subject) error { return c.check(s, w) }})
			}
		}
	}
	if settler {
		list = append(list, clause[*Subject]{"settle hands back what is settled", settlesNoMore})
	}
	return list, nil
}

// write is one of the writes, with a way to send it for orders.
type write struct {
	ability order.Ability
	can     func(order.Source) bool
	send    func(context.Context, *Subject, []string, order.WriteOptions) ([]order.Result, error)
	shows   func(*Subject, order.Order) (bool, error) // whether the order shows the write
}

func has[W any](s order.Source) bool { _, ok := order.As[W](s); return ok }

// sender makes elements and sends them.
func sender[W, E any](
	element func(s *Subject, id string) E,
	method func(W, context.Context, []E, order.WriteOptions) ([]order.Result, error),
) func(context.Context, *Subject, []string, order.WriteOptions) ([]order.Result, error) {
	return func(ctx context.Context, s *Subject, ids []string, opts order.WriteOptions) (
		[]order.Result, error) {
		w, ok := order.As[W](s.Source)
		if !ok {
			return nil, errors.New("the Source does not implement the write")
		}
		elements := make([]E, len(ids))
		for i, id := range ids {
			elements[i] = element(s, id)
		}
		return method(w, ctx, elements, opts)
	}
}

// number returns a tracking number for an order.
func (s *Subject) number(id string) string {
	return fmt.Sprintf("%012d", slices.Index(s.Ready[order.CanShip], id)+1)
}

func (s *Subject) day() order.Date {
	if s.Day.IsZero() {
		return order.DateOf(time.Now()).AddDays(3)
	}
	return s.Day
}

const memo = "見本のメモ"

var writes = []write{
	{
		order.CanConfirm, has[order.Confirmer],
		sender(func(_ *Subject, id string) order.Confirmation {
			return order.Confirmation{Order: id}
		}, order.Confirmer.Confirm),
		func(_ *Subject, o order.Order) (bool, error) { return o.Status != order.New, nil },
	},
	{
		order.CanShip, has[order.Shipper],
		sender(func(s *Subject, id string) order.Shipment {
			return order.Shipment{Order: id, Carrier: timeslot.Yamato,
				Numbers: order.Tracking(s.number(id)), At: time.Now().Add(-time.Minute)}
		}, order.Shipper.Ship),
		func(s *Subject, o order.Order) (bool, error) {
			return slices.ContainsFunc(o.Parcels, func(p order.Parcel) bool {
				return slices.ContainsFunc(p.Shipments,
					func(r order.ShipmentRecord) bool {
						return order.SameTracking(r.Tracking, s.number(o.ID))
					})
			}), nil
		},
	},
	{
		order.CanCancel, has[order.Canceller],
		sender(func(_ *Subject, id string) order.Cancellation {
			return order.Cancellation{Order: id, Reason: order.OutOfStock}
		}, order.Canceller.Cancel),
		func(_ *Subject, o order.Order) (bool, error) {
			return o.Status == order.Cancelled || o.Status == order.CancelRequested, nil
		},
	},
	{
		order.CanAnnotate, has[order.Annotator],
		sender(func(_ *Subject, id string) order.Annotation {
			return order.Annotation{Order: id, Memo: memo}
		}, order.Annotator.Annotate),
		func(_ *Subject, o order.Order) (bool, error) { return o.Memo == memo, nil },
	},
	{
		order.CanChangeDelivery, has[order.DeliveryChanger],
		sender(func(s *Subject, id string) order.DeliveryChange {
			day, slot := s.day(), timeslot.Morning
			return order.DeliveryChange{Order: id, Date: &day, Slot: &slot}
		}, order.DeliveryChanger.ChangeDelivery),
		func(s *Subject, o order.Order) (bool, error) {
			if s.Wish != nil {
				return s.Wish(o.ID)
			}
			return !slices.ContainsFunc(o.Parcels, func(p order.Parcel) bool {
				return p.Delivery.Date != s.day() || p.Delivery.Slot != timeslot.Morning
			}), nil
		},
	},
}

// shown reports which of the orders show the write.
func (w write) shown(s *Subject, ids ...string) (map[string]bool, error) {
	m := map[string]bool{}
	for _, id := range ids {
		o, err := s.Source.Order(context.Background(), id)
		if err != nil {
			return nil, fmt.Errorf("Order after the write: %w", err)
		}
		if m[id], err = w.shows(s, o); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// none returns an error if one of the orders shows the write.
func (w write) none(s *Subject, ids ...string) error {
	m, err := w.shown(s, ids...)
	for id, yes := range m {
		if yes {
			return fmt.Errorf("order %s was written to", id)
		}
	}
	return err
}

// both returns two of the orders that are ready, the later first.
func (w write) both(s *Subject) []string {
	return []string{s.Ready[w.ability][1], s.Ready[w.ability][0]}
}
