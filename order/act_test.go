package order_test

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// desk is a shop that takes shipments and remembers them.
type desk struct {
	*ledger
	mu      sync.Mutex
	shipped []string
	dry     int
	lost    bool // the answer is lost after the write
	few     bool // breaks the contract: gives no results
	err     error
}

func (d *desk) Ship(_ context.Context, batch []order.Shipment, opt order.WriteOptions) ([]order.Result, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.few {
		return nil, d.err
	}
	var results []order.Result
	for _, s := range batch {
		r := order.Result{Order: s.Order, Outcome: order.Done, DryRun: opt.DryRun}
		switch {
		case opt.DryRun:
			d.dry++
		case d.lost:
			r = order.Result{Order: s.Order, Next: order.Text{EN: "read the order", JA: "受注を確認してください"}}
			fallthrough
		default:
			d.shipped = append(d.shipped, s.Order)
		}
		results = append(results, r)
	}
	return results, nil
}

func TestActorShipsOverAllShops(t *testing.T) {
	a, b := &desk{ledger: newLedger("a")}, &desk{ledger: newLedger("b")}
	reader := newLedger("c") // cannot ship
	actor, err := order.NewActor(a, b, reader)
	require.NoError(t, err)

	of := func(shop, id string, s order.Status) order.Order {
		return order.Order{Mall: "example", Shop: shop, ID: id, Status: s,
			Parcels: []order.Parcel{{Delivery: order.Delivery{Slot: timeslot.NoPreference}}}}
	}
	unread := of("b", "4", order.ReadyToShip)
	unread.Parcels[0].Delivery = order.Delivery{Label: "なるはや"}
	orders := []order.Order{
		of("a", "1", order.ReadyToShip), of("b", "2", order.ReadyToShip), of("a", "3", order.Cancelled), unread,
		of("c", "5", order.ReadyToShip), of("d", "6", order.ReadyToShip), of("a", "7", order.New),
	}
	tasks := make([]order.Task[order.Shipment], len(orders))
	for i, o := range orders {
		tasks[i] = order.Task[order.Shipment]{Order: o, Do: order.Shipment{
			Carrier: timeslot.Yamato, Numbers: order.Tracking("000000000000"), At: time.Now()}}
	}

	results, err := actor.Ship(t.Context(), tasks, order.WriteOptions{DryRun: true})
	require.Error(t, err)
	require.Len(t, results, len(orders))
	require.Empty(t, append(a.shipped, b.shipped...), "a dry run sends nothing")
	require.Equal(t, 3, a.dry+b.dry)

	results, err = actor.Ship(t.Context(), tasks, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrConflict)
	require.ElementsMatch(t, []string{"1", "7"}, a.shipped)
	require.Equal(t, []string{"2"}, b.shipped)
	for i, want := range map[int]struct {
		outcome order.Outcome
		text    string
	}{0: {order.Done, ""}, 1: {order.Done, ""}, 2: {order.Refused, "cancelled"},
		3: {order.Refused, "slot could not be read"},
		4: {order.Refused, "has no ship"}, 5: {order.Refused, "no source"}, 6: {order.Done, ""}} {
		require.Equal(t, want.outcome, results[i].Outcome, i)
		require.Contains(t, results[i].Message, want.text, i)
		require.Equal(t, orders[i].ID, results[i].Order)
		require.Equal(t, orders[i].Shop, results[i].Shop)
		require.Equal(t, want.outcome == order.Done, results[i].Err == nil)
	}

	results, _ = actor.Ship(t.Context(), tasks[2:4], order.WriteOptions{AnyState: true, UnresolvedSlot: true})
	require.False(t, slices.ContainsFunc(results, func(r order.Result) bool { return r.Outcome != order.Done }),
		"the caller said so")
}

func TestActorNeverCallsALostAnswerDone(t *testing.T) {
	lost := &desk{ledger: newLedger("lost"), lost: true}
	mute := &desk{ledger: newLedger("mute"), few: true}
	few := &desk{ledger: newLedger("few"), few: true, err: errors.New("something broke")}
	actor, err := order.NewActor(lost, few, mute)
	require.NoError(t, err)
	results, err := actor.Ship(t.Context(), []order.Task[order.Shipment]{
		{Order: order.Order{Mall: "example", Shop: "lost", ID: "1", Status: order.New}},
		{Order: order.Order{Mall: "example", Shop: "few", ID: "2", Status: order.New}},
		{Order: order.Order{Mall: "example", Shop: "mute", ID: "3", Status: order.New}},
	}, order.WriteOptions{})
	require.Error(t, err)
	for _, r := range results {
		require.Equal(t, order.Unsettled, r.Outcome)
		require.NotEmpty(t, r.Next)
		require.Error(t, r.Err)
	}
	require.ErrorContains(t, results[1].Err, "something broke")
	require.ErrorContains(t, results[2].Err, "the source gave no result")
	_, err = order.NewActor(lost, lost)
	require.ErrorContains(t, err, "twice")
}

// settler settles whatever it is asked about.
type settler struct {
	*ledger
	asked [][]order.Result
	few   bool
}

func (s *settler) Settle(_ context.Context, results []order.Result) ([]order.Result, error) {
	s.asked = append(s.asked, results)
	if s.few {
		return nil, errors.New("something broke")
	}
	settled := slices.Clone(results)
	for i := range settled {
		settled[i].Outcome = order.Done
	}
	return settled, nil
}

func TestActorSettleAsksEachShopForItsOwn(t *testing.T) {
	a, b, few := &settler{ledger: newLedger("a")}, newLedger("b"), &settler{ledger: newLedger("few"), few: true}
	actor, err := order.NewActor(a, b, few)
	require.NoError(t, err)
	of := func(shop, id string, o order.Outcome) order.Result {
		return order.Result{Mall: "example", Shop: shop, Order: id, Outcome: o}
	}
	results := []order.Result{of("a", "1", order.Unsettled), of("b", "2", order.Unsettled), of("a", "3", order.Refused),
		of("c", "4", order.Unsettled),
		of("a", "5", order.Unsettled), of("few", "6", order.Unsettled), of("a", "7", order.Done)}
	settled, err := actor.Settle(t.Context(), results)
	require.Error(t, err)
	require.Equal(t, [][]order.Result{{results[0], results[4]}}, a.asked, "one call, and only what is open")
	for i, want := range []order.Outcome{order.Done, order.Unsettled, order.Refused, order.Unsettled, order.Done,
		order.Unsettled, order.Done} {
		require.Equal(t, want, settled[i].Outcome, i)
		require.Equal(t, results[i].Order, settled[i].Order)
		require.Equal(t, want == order.Done, settled[i].Err == nil, i)
	}
	require.ErrorContains(t, settled[1].Err, "no source of this shop that can settle")
	require.ErrorContains(t, settled[5].Err, "something broke")
	require.Equal(t, order.Unsettled, results[0].Outcome, "the caller's results are not changed")
}

func TestActorJudgesEveryWrite(t *testing.T) {
	for ability, states := range map[order.Ability]map[order.Status]order.ObjectionCode{
		order.CanConfirm: {order.Shipped: order.ObjectShipped, order.PartiallyShipped: order.ObjectShipped,
			order.Completed:       order.ObjectShipped,
			order.CancelRequested: order.ObjectCancelRequested, order.Cancelled: order.ObjectCancelled},
		order.CanCancel: {order.Cancelled: order.ObjectCancelled},
		order.CanChangeDelivery: {order.Shipped: order.ObjectShipped, order.Completed: order.ObjectShipped,
			order.Cancelled: order.ObjectCancelled},
		order.CanAnnotate: {},
	} {
		for _, s := range order.Statuses() {
			o := order.Order{Mall: "example", Shop: "a", ID: "1", Status: s}
			err, warnings := order.WriteOptions{}.Judge(ability, o)
			code, forbidden := states[s]
			require.Equal(t, forbidden, err != nil, "%s %s", ability, s)
			require.Empty(t, warnings)
			if !forbidden {
				continue
			}
			require.Equal(t, string(code), err.Code)
			require.Contains(t, err.Hint.EN, "WriteOptions.AnyState")
			err, warnings = order.WriteOptions{AnyState: true}.Judge(ability, o)
			require.Nil(t, err)
			require.Equal(t, []string{"status", string(code)}, []string{warnings[0].Field, warnings[0].Code})
		}
	}
}
