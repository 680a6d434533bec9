package jobs_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// sender stands on all labels.
var sender = label.Config{Contents: "雑貨", Phone: "000-0000-0001", Sender: order.Party{
	Name: "見本商店", Postal: "000-0001", Prefecture: "東京都", City: "例示市", Address: []string{"見本町1-2-3"},
	Phone: "000-0000-0001"}}

// accounts are the contracts with carriers.
var accounts = map[string]label.Account{"b2cloud": {Code: "000000000001", Fare: "01"}}

// report puts a shipment into the table, in a state that a process left it in.
func (l *lab) report(t *testing.T, shop, id, number, state string) {
	t.Helper()
	_, err := l.db.Exec(t.Context(),
		`INSERT INTO shipments (mall, shop, order_id, carrier, numbers, shipped, state, sent)
		VALUES ('rakuten', $1, $2, 'yamato', $3, now(), $4, now())`, shop, id, []string{number}, state)
	require.NoError(t, err)
}

// outcome is what the table keeps of a report.
func (l *lab) outcome(t *testing.T, id string) (state string, r order.Result) {
	t.Helper()
	var kept *string
	require.NoError(t, l.db.QueryRow(t.Context(), `SELECT state, result FROM shipments WHERE order_id = $1`,
		id).Scan(&state, &kept))
	if kept != nil {
		require.NoError(t, json.Unmarshal([]byte(*kept), &r))
	}
	return state, r
}

// TestReportShipments: each row keeps exactly what became of it, and what was reported once is not
// reported again: not when the answer was lost, and not when a process died while it sent.
func TestReportShipments(t *testing.T) {
	t.Parallel()
	mall, shop := rakutenShop(t, rakutentest.Options{Orders: -1})
	l := open(t, shop)
	good := mall.AddOrder(rakutentest.Order{Progress: 300})
	lost := mall.AddOrder(rakutentest.Order{Progress: 300})
	died := mall.AddOrder(rakutentest.Order{Progress: 300})
	const unknown = "123456-20261101-0999999999"
	l.report(t, mall.Shop(), good, "000000000011", "new")
	l.report(t, mall.Shop(), unknown, "000000000022", "new")
	settled := func() bool {
		return l.count(t, `SELECT count(*) FROM shipments WHERE state NOT IN ('done', 'refused')`) == 0
	}
	l.work(t, settled, "report_shipments")

	state, r := l.outcome(t, good)
	require.Equal(t, "done", state)
	require.Equal(t, order.Done, r.Outcome)
	require.Equal(t, []string{"000000000011"}, r.Numbers)
	state, r = l.outcome(t, unknown)
	require.Equal(t, "refused", state)
	require.Equal(t, order.Refused, r.Outcome)
	require.Equal(t, unknown, r.Order)
	require.NotEmpty(t, r.Next, "it says what to do")

	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost,
		Operation: "updateOrderShippingAsync"},
		rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "updateOrderShipping"}))
	l.report(t, mall.Shop(), lost, "000000000033", "new")
	l.report(t, mall.Shop(), died, "000000000044", "sending") // and nobody knows whether the mall has it: it has not
	began := time.Now()
	l.work(t, func() bool {
		state, r := l.outcome(t, lost)
		if state != "done" {
			return false
		}
		require.Equal(t, order.Done, r.Outcome)
		return l.count(t, `SELECT count(*) FROM shipments WHERE state = 'unsettled' AND next > $1`, began) == 1
	}, "report_shipments")
	state, r = l.outcome(t, died)
	require.Equal(t, "unsettled", state,
		"a mall may show late what it has: until it surely would, nothing is sent again")
	require.Equal(t, order.Unsettled, r.Outcome)
	for id, want := range map[string][]string{good: {"000000000011"}, lost: {"000000000033"}, died: nil} {
		o, there := mall.Order(id)
		require.True(t, there)
		var numbers []string
		for _, p := range o.Parcels {
			for _, s := range p.Shipments {
				numbers = append(numbers, s.Number)
			}
		}
		require.Equal(t, want, numbers, "the mall has it once")
	}
}

// TestWriteLabels: each order that is ready to ship stands in a file once, whatever process
// looks, and one that becomes ready later in another.
func TestWriteLabels(t *testing.T) {
	t.Parallel()
	mall, shop := rakutenShop(t, rakutentest.Options{Orders: -1})
	shop.LabelLayout = "b2cloud"
	one := mall.AddOrder(rakutentest.Order{Progress: 300})
	waiting := mall.AddOrder(rakutentest.Order{Progress: 100})
	l := open(t, shop)
	labels := func(n int) func() bool {
		return func() bool {
			return l.count(t, `SELECT count(*) FROM labelled`) >= n &&
				l.count(t, `SELECT count(*) FROM label_keys`) >= n
		}
	}
	l.work(t, labels(1), "write_labels")
	require.Equal(t, 1, l.count(t, `SELECT count(*) FROM labelled WHERE id = $1 AND refused = ''`, one))
	require.True(t, mall.ChangeOrder(waiting, func(o *rakutentest.Order) { o.Progress = 300 }))
	l.work(t, labels(2), "write_labels")
	l.work(t, nil, "write_labels")
	require.Equal(t, 2, l.count(t, `SELECT sum(labels) FROM label_files`), "each order once, whatever process looks")
	require.Equal(t, 2, l.count(t, `SELECT count(*) FROM label_files WHERE length(data) > 0 AND name <> ''`))
	require.Zero(t, mall.Count("updateOrderShipping"), "writing a label reports nothing")
}
