package aupay_test

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

func ready(mall *aupaytest.Mall, n int) (shipments []order.Shipment) {
	for range n {
		shipments = append(shipments, shipment(mall.AddOrder(aupaytest.Order{Status: "発送待ち"})))
	}
	return shipments
}

// What was written is read back once for the batch: by number when there are few, by shipping date
// when there are many.
func TestReadBackCostsLittle(t *testing.T) {
	for name, c := range map[string]struct{ orders, lists, gets int }{"few": {2, 0, 4}, "many": {12, 1, 12}} {
		t.Run(name, func(t *testing.T) {
			mall, client := open(t, aupaytest.Options{Orders: -1})
			results, err := client.Ship(t.Context(), ready(mall, c.orders), order.WriteOptions{})
			require.NoError(t, err)
			require.Equal(t, order.Done, results[c.orders-1].Outcome)
			require.Equal(t, []int{c.lists, c.gets},
				[]int{mall.Count("searchTradeInfoListProc"), mall.Count("searchTradeInfoProc")})
		})
	}
}

// A mall that answers success and applies nothing, or whose search by shipping date finds nothing,
// is not believed, and not feared.
func TestDoneMeansShown(t *testing.T) {
	const good = "<response><result><status>0</status></result></response>"
	for name, c := range map[string]struct {
		faults []aupaytest.Fault
		want   order.Outcome
	}{
		"nothing applied": {[]aupaytest.Fault{{Kind: aupaytest.Custom, Operation: "updateTradeInfoProc", Body: good, Times: -1},
			{Kind: aupaytest.Custom, Operation: "updateTradeStsProc", Body: good, Times: -1}}, order.Unsettled},
		"no number":      {[]aupaytest.Fault{{Kind: aupaytest.Custom, Operation: "updateTradeInfoProc", Body: good, Times: -1}}, order.Unsettled},
		"no status":      {[]aupaytest.Fault{{Kind: aupaytest.Custom, Operation: "updateTradeStsProc", Body: good, Times: -1}}, order.Unsettled},
		"no such search": {[]aupaytest.Fault{{Kind: aupaytest.Custom, Operation: "searchTradeInfoListProc", Body: "<response><result><status>0</status></result><resultCount>0</resultCount></response>", Times: -1}}, order.Done},
		"search refused": {[]aupaytest.Fault{{Kind: aupaytest.Custom, Operation: "searchTradeInfoListProc", Body: refusal, Times: -1}}, order.Done},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall, client := open(t, aupaytest.Options{Orders: -1})
				require.NoError(t, mall.Inject(c.faults...))
				begun := time.Now()
				results, _ := client.Ship(t.Context(), ready(mall, 4), order.WriteOptions{ShownWithin: 3 * time.Second})
				require.LessOrEqual(t, time.Since(begun), 3*time.Second)
				for _, r := range results {
					require.Equal(t, c.want, r.Outcome, r.Message)
					if r.Outcome == order.Unsettled {
						require.NotEmpty(t, r.Next)
						require.Positive(t, r.Wait)
					}
				}
				mall.Close()
			})
		})
	}
	t.Run("cancel and status", func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Orders: -1})
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Operation: "cancelTradeProc",
			Body: good},
			aupaytest.Fault{Kind: aupaytest.Custom, Operation: "updateTradeStsProc", Body: good}))
		once := order.WriteOptions{ShownWithin: -1}
		cancelled, err := client.Cancel(t.Context(),
			[]order.Cancellation{{Order: mall.AddOrder(aupaytest.Order{}), Reason: order.OutOfStock}}, once)
		require.Error(t, err)
		require.Equal(t, []any{order.Unsettled, order.NotTold}, []any{cancelled[0].Outcome, cancelled[0].Repeating})
		changed, err := client.ChangeStatus(t.Context(),
			[]aupay.StatusChange{{mall.AddOrder(aupaytest.Order{}), aupay.StatusOnHold}}, once)
		require.Error(t, err)
		require.Equal(t, []any{order.Unsettled, order.Yes}, []any{changed[0].Outcome, changed[0].Repeating})
	})
}

// An answer of another call proves nothing, although it says status 0.
func TestForeignAnswers(t *testing.T) {
	for name, fault := range map[string]aupaytest.Fault{
		"orders":         {Body: "<response><result><status>0</status></result><resultCount>1</resultCount><orderInfo><orderId>900000001</orderId></orderInfo></response>"},
		"no orders":      {Body: "<response><result><status>0</status></result><resultCount>0</resultCount></response>"},
		"stocks":         {Body: "<response><result><status>0</status></result><searchResult><maxCount>0</maxCount></searchResult></response>"},
		"other items":    {Body: "<response><result><status>0</status></result><updateResult><itemCode>other</itemCode></updateResult></response>"},
		"accepted later": {Body: "<response><result><status>0</status></result></response>", Status: 202},
		"no result":      {Body: "<response><ok/></response>"},
		"no status":      {Body: "<response><result></result></response>"},
		"a gateway":      {Body: `{"message":"Service Unavailable"}`},
		"nothing":        {Kind: aupaytest.EmptyBody},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall, client := open(t, aupaytest.Options{Orders: -1})
				mall.SetStock(aupaytest.Stock{ItemCode: "mug", Count: 3})
				if fault.Kind == "" {
					fault.Kind = aupaytest.Custom
				}
				fault.Times = -1
				var faults []aupaytest.Fault
				for _, fault.Operation = range []string{"updateTradeInfoProc", "updateTradeStsProc", "cancelTradeProc",
					"updateStock"} {
					faults = append(faults, fault)
				}
				require.NoError(t, mall.Inject(faults...))
				shipped, err := client.Ship(t.Context(), ready(mall, 1), order.WriteOptions{})
				require.Error(t, err)
				cancelled, err := client.Cancel(t.Context(),
					[]order.Cancellation{{Order: mall.AddOrder(aupaytest.Order{}), Reason: order.OutOfStock}},
					order.WriteOptions{})
				require.Error(t, err)
				status, err := client.ChangeStatus(t.Context(),
					[]aupay.StatusChange{{mall.AddOrder(aupaytest.Order{}), aupay.StatusOnHold}}, order.WriteOptions{})
				require.Error(t, err)
				stock, err := client.UpdateStock(t.Context(),
					[]aupay.StockUpdate{{ItemCode: "mug", Count: new(int64(3))}}, order.WriteOptions{})
				require.Error(t, err)
				for _, r := range append(append(shipped, cancelled...), status...) {
					require.Equal(t, order.Unsettled, r.Outcome, "%s: %s", r.Ability, r.Message)
				}
				require.Equal(t, order.Unsettled, stock[0].Outcome)
				mall.Close()
			})
		})
	}
}

// Repeating a shipment or a status at the worst moment doubles nothing; what was left open is
// settled, also after a restart.
func TestRepeatAndSettle(t *testing.T) {
	for _, kind := range []string{"", aupaytest.ReplyLost, aupaytest.Dropped, aupaytest.Truncated} {
		t.Run("lost "+kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall, client := open(t, aupaytest.Options{Orders: -1, ReadLag: 30 * time.Second})
				list := ready(mall, 2)
				id := mall.AddOrder(aupaytest.Order{})
				if kind != "" {
					require.NoError(t, mall.Inject(aupaytest.Fault{Kind: kind, Operation: "updateTradeStsProc",
						Times: -1},
						aupaytest.Fault{Kind: kind, Operation: "cancelTradeProc", Times: -1}))
				}
				results, err := client.Ship(t.Context(), list, order.WriteOptions{})
				require.Error(t, err, "the mall does not show it yet")
				cancelled, err := client.Cancel(t.Context(),
					[]order.Cancellation{{Order: id, Reason: order.OutOfStock}}, order.WriteOptions{})
				require.Error(t, err)
				results = append(results, cancelled...)
				for i, r := range results {
					require.Equal(t, []any{order.Unsettled, []order.Answer{order.Yes, order.Yes, order.NotTold}[i]},
						[]any{r.Outcome, r.Repeating})
				}
				early, err := client.Settle(t.Context(), results)
				require.Error(t, err)
				require.Equal(t, order.Unsettled, early[0].Outcome)

				mall.ClearFaults()
				_, _ = client.Ship(t.Context(), list[:1], order.WriteOptions{}) // harmless, says its result
				data, err := json.Marshal(early)
				require.NoError(t, err)
				var later []order.Result
				require.NoError(t, json.Unmarshal(data, &later))
				time.Sleep(later[0].Wait)
				settled, _ := client.Settle(t.Context(), later)
				require.Equal(t, order.Done, settled[0].Outcome, "sent again")
				want := order.Done
				if kind == aupaytest.Dropped {
					want = order.Refused
					require.Contains(t, settled[1].Next.EN, "set the status alone", "half-way")
					require.Equal(t, order.Yes, settled[2].Repeating, "it was never applied")
				}
				require.Equal(t, []order.Outcome{want, want}, []order.Outcome{settled[1].Outcome, settled[2].Outcome})
				o, _ := mall.Order(list[0].Order)
				require.Equal(t, []string{"完了", "490714955706"}, []string{o.Status, o.Elements["shippingNumber"]})
				mall.Close()
			})
		})
	}
	mall, client := open(t, aupaytest.Options{Orders: -1})
	open := []order.Result{{Mall: order.AuPay, Shop: mall.Shop(), Order: mall.AddOrder(aupaytest.Order{})},
		{Ability: order.CanShip, Order: "7"}}
	settled, err := client.Settle(t.Context(), open)
	require.Error(t, err)
	require.Equal(t, []any{order.Unsettled, order.Yes}, []any{settled[0].Outcome, settled[0].Repeating},
		"what ChangeStatus was to set cannot be told")
	require.Equal(t, order.Unsettled, settled[1].Outcome, "who cannot read it knows nothing")
}

// poisoned answers 401 to every call that names the order.
type poisoned struct {
	next  http.RoundTripper
	order string
	write bool // writes only
}

func (p *poisoned) RoundTrip(r *http.Request) (*http.Response, error) {
	named := r.URL.Query().Get("orderId") == p.order && !p.write
	if r.Body != nil {
		data, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		named = named || strings.Contains(string(data), "<orderId>"+p.order+"<")
		r.Body = io.NopCloser(strings.NewReader(string(data)))
	}
	if named {
		return &http.Response{StatusCode: 401, Header: http.Header{}, Request: r, Body: io.NopCloser(strings.NewReader(
			"<response><result><status>1</status><error><code>0002</code><message>認証に失敗しました</message></error></result></response>"))}, nil
	}
	return p.next.RoundTrip(r)
}

// One order whose calls are always refused as if the key were dead fails alone.
func TestOneOrdersRefusalIsNotTheShops(t *testing.T) {
	for _, write := range []bool{true, false} {
		door := &poisoned{write: write}
		mall, client := open(t, aupaytest.Options{Orders: -1}, func(c *aupay.Config) {
			door.next = c.HTTPClient.Transport
			c.HTTPClient = &http.Client{Transport: door}
		})
		list := ready(mall, 5)
		door.order = list[1].Order
		results, err := client.Ship(t.Context(), list, order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrUnauthorized)
		for i, r := range results {
			want := order.Done
			if i == 1 {
				want = order.Refused
				require.Equal(t, list[1].Order, order.Concerns(r.Err))
				require.Contains(t, r.Next.EN, "this order alone")
			}
			require.Equal(t, want, r.Outcome, r.Message)
		}
	}
}

// The bytes that the mall holds are counted on the number, not on how somebody grouped it.
func TestNumbersAreCountedAsTheyAreSent(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	s := ready(mall, 1)[0]
	s.Numbers = order.Tracking("４９０７ - １４９５ - ５７０６\r\n")
	results, err := client.Ship(context.Background(), []order.Shipment{s}, order.WriteOptions{})
	require.NoError(t, err)
	require.Equal(t, []string{"490714955706"}, results[0].Numbers)
	number := "4907-1495-5706-12"
	_, err = client.UpdateTradeInfo(t.Context(),
		aupay.UpdateTradeInfoRequest{OrderID: s.Order, ShippingNumber: &number})
	require.NoError(t, err)
	o, _ := mall.Order(s.Order)
	require.Equal(t, "49071495570612", o.Elements["shippingNumber"])
}
