package faulttest_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// TestRefusalsAreAlike ships an order that its state stops, through the client and through an
// Actor: all that the two results say is the same, in both languages.
func TestRefusalsAreAlike(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		compared := map[order.Mall]int{}
		for _, m := range openMalls(t, 31, 60) {
			source := m.source(t, m.wire)
			for _, status := range []order.Status{order.Cancelled, order.AwaitingPayment, order.OnHold} {
				o := ready(t, source, status)
				if o.Status != status { // the mall has none
					continue
				}
				s := shipment(timeslot.Yamato)
				s.Parcel = o.Parcels[0].ID
				if m.name == order.Yahoo || m.name == order.AuPay {
					s.Parcel = "" // their parcels have none
				}
				actor, err := order.NewActor(source)
				require.NoError(t, err)
				early, err := actor.Ship(t.Context(), tasks([]order.Order{o}, s), order.WriteOptions{})
				require.ErrorIs(t, err, order.ErrConflict)
				s.Order = o.ID
				w, _ := order.As[order.Shipper](source)
				late, err := w.Ship(t.Context(), []order.Shipment{s}, order.WriteOptions{})
				require.ErrorIs(t, err, order.ErrConflict)
				require.NotEmpty(t, early[0].Code, m.name)
				require.NotEqual(t, early[0].Reason(order.English), early[0].Reason(order.Japanese))
				early[0].Err, late[0].Err = nil, nil
				require.Equal(t, late[0], early[0], m.name)
				compared[m.name]++
			}
		}
		require.Len(t, compared, 4)
	})
}

// TestQueriesThatAreNotSent asks each mall what it cannot answer. The hint says that nothing was
// sent and what to change, and does not speak of the mall's words.
func TestQueriesThatAreNotSent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, m := range openMalls(t, 31, 3) {
			source := m.source(t, m.wire)
			for what, q := range map[string]order.Query{
				"give From":       {},
				"correct":         {From: time.Now(), To: time.Now().Add(-time.Hour)},
				"search ByPlaced": {From: time.Now().Add(-time.Hour), By: order.ByUpdated},
				"last 730 days":   {From: time.Now().AddDate(-3, 0, 0)},
			} {
				if q.By == order.ByUpdated && m.name == order.Amazon ||
					strings.HasPrefix(what, "last") && m.name != order.Rakuten {
					continue
				}
				for _, err := range source.Orders(t.Context(), q) {
					all := errorsOf(err)
					require.Len(t, all, 1, "%s: %s", m.name, what)
					require.Contains(t, all[0].Hint.EN, what)
					require.Contains(t, all[0].Hint.EN, "nothing was sent")
					require.Contains(t, all[0].Hint.JA, "何も送信していません")
					require.Zero(t, all[0].Attempts)
				}
			}
		}
	})
}
