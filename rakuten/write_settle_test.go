package rakuten_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/timeslot"
)

// shipments are of orders ready to ship, each with a number of its own.
func shipments(numbers ...string) []order.Shipment {
	list := make([]order.Shipment, len(numbers))
	for i, n := range numbers {
		list[i] = order.Shipment{Order: n, Carrier: timeslot.Yamato, Numbers: order.Tracking(fmt.Sprintf("%012d", i+1)),
			At: time.Now()}
	}
	return list
}

// records counts the shipping records of an order.
func records(mall *rakutentest.Mall, number string) (n int) {
	o, _ := mall.Order(number)
	for _, p := range o.Parcels {
		n += len(p.Shipments)
	}
	return n
}

// stored is a result after a restart.
func stored(t *testing.T, results []order.Result) (back []order.Result) {
	data, err := json.Marshal(results)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(data, &back))
	return back
}

// A report that is still in the queue when the context ends is not to be sent again; Settle finds
// what became of it.
func TestShipQueuedIsSettledLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1, Queue: 8 * time.Second}, nil)
		numbers := put(mall, 300, 12)
		ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
		defer cancel()
		results, err := client.Ship(ctx, shipments(numbers...), order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrTemporary)
		for _, r := range results {
			require.Equal(t, []any{order.Unsettled, order.No, order.CanShip}, []any{r.Outcome, r.Repeating, r.Ability})
			require.NotEmpty(t, r.RequestID)
			require.Positive(t, r.Wait)
			require.Len(t, r.Numbers, 1)
			require.Contains(t, r.Next.EN, "RequestID")
			require.Contains(t, r.Err.Error(), "do not send it again")
		}
		early, err := client.Settle(t.Context(), stored(t, results))
		require.Error(t, err)
		require.Equal(t, []any{order.Unsettled, order.No}, []any{early[0].Outcome, early[0].Repeating})

		time.Sleep(early[0].Wait)
		before := mall.Count("getOrder")
		settled, err := client.Settle(t.Context(), stored(t, early))
		require.NoError(t, err)
		for i, r := range settled {
			require.Equal(t, order.Done, r.Outcome, r.Message)
			require.Zero(t, r.Wait)
			require.Equal(t, 1, records(mall, numbers[i]))
		}
		require.Equal(t, before+1, mall.Count("getOrder"), "the orders show it, read in one call")
	})
}

// A report that claims success proves nothing that the order does not show: neither a message for
// each order, nor one for one of two numbers, nor one without a number. It is never safe to send
// again either.
func TestSettleBelievesTheOrder(t *testing.T) {
	one, two := "000000000001", "000000000002"
	for name, c := range map[string]struct {
		numbers []string
		there   []string // numbers that the order shows
		record  int64    // that the report names; -1: the first of the order
		outcome order.Outcome
	}{
		"no record":            {[]string{one}, nil, 9, order.Unsettled},
		"one of two numbers":   {[]string{one, two}, []string{one}, -1, order.Unsettled},
		"both numbers":         {[]string{one, two}, []string{one, two}, -1, order.Done},
		"no number, no record": {nil, nil, 9, order.Unsettled},
		"no number, no id":     {nil, []string{""}, 0, order.Unsettled},
		"no number, a record":  {nil, []string{""}, -1, order.Done},
	} {
		synced(t, name, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1}, func(cfg *rakuten.Config) {
				next := cfg.HTTPClient.Transport
				cfg.HTTPClient = &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
					if !strings.Contains(r.URL.Path, "/getResultUpdateOrderShippingAsync/") {
						return next.RoundTrip(r)
					}
					return replies(200, fmt.Sprintf(`{"ResultShippingModelList":[{"orderNumber":"p300-0000",
						"MessageModelList":[{"messageType":"WARNING","messageCode":"ORDER_EXT_API_UPDATE_ORDERSHIPPING_INFO_101",
						"message":"発送完了報告に成功しました。","dataNumber":1,"shippingDetailId":%d}]}]}`, c.record)).RoundTrip(r)
				})}
			})
			parcel := rakutentest.Parcel{Items: []rakutentest.Item{{Name: "見本の茶", Price: 1000, Units: 1}}}
			for _, n := range c.there {
				parcel.Shipments = append(parcel.Shipments, rakutentest.Shipment{Number: n})
			}
			number := mall.AddOrder(rakutentest.Order{ID: "p300-0000", Progress: 300, Postage: 500,
				Parcels: []rakutentest.Parcel{parcel}})
			if c.record < 0 {
				o, _ := mall.Order(number)
				c.record = o.Parcels[0].Shipments[0].ID
			}
			open := []order.Result{{Mall: order.Rakuten, Shop: "mihon-shop", Ability: order.CanShip, Order: number,
				Numbers: c.numbers, RequestID: "r-1", At: time.Now(), Wait: time.Minute}}
			for range 2 {
				time.Sleep(time.Hour)
				settled, _ := client.Settle(t.Context(), stored(t, open))
				r := settled[0]
				require.Equal(t, []any{c.outcome, order.No}, []any{r.Outcome, r.Repeating}, r.Message)
				if c.outcome == order.Done {
					require.Len(t, r.Warnings, 1)
				} else {
					require.Contains(t, r.Message, "does not show it")
					require.Positive(t, r.Wait)
					require.NotContains(t, r.Next.EN, "queue")
				}
				open = settled
			}
		})
	}
}

// Of a report that was refused in part Settle tells which orders, also when one order has two
// parcels of which one failed.
func TestSettleARefusedReport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1, Queue: time.Minute}, nil)
		numbers := put(mall, 300, 6)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		results, err := client.Ship(ctx, shipments(numbers...), order.WriteOptions{})
		require.Error(t, err)
		mall.ChangeOrder(numbers[2], func(o *rakutentest.Order) { o.Progress = 900 })
		time.Sleep(2 * time.Minute)
		settled, err := client.Settle(t.Context(), results)
		require.ErrorIs(t, err, order.ErrConflict)
		for i, r := range settled {
			want := order.Done
			if i == 2 {
				want = order.Refused
				require.Contains(t, r.Code, "ERROR_102")
			}
			require.Equal(t, want, r.Outcome, r.Message)
		}
	})
}

// When the answer to the submission is lost there is no request id: the order shows it once the
// queue has settled, or it was never accepted.
func TestShipManyAnswerLost(t *testing.T) {
	for _, kind := range []string{rakutentest.ReplyLost, rakutentest.Dropped, rakutentest.EmptyBody,
		rakutentest.Truncated} {
		synced(t, kind, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1, Queue: 20 * time.Second, ReadLag: 5 * time.Second},
				nil)
			numbers := put(mall, 300, 7)
			require.NoError(t, mall.Inject(rakutentest.Fault{Kind: kind, Operation: "updateOrderShippingAsync",
				Times: -1}))
			list := shipments(numbers...)
			results, err := client.Ship(t.Context(), list, order.WriteOptions{})
			require.Error(t, err)
			mall.ClearFaults()
			require.Equal(t, 1, mall.Count("updateOrderShippingAsync"))
			for _, r := range results {
				require.Equal(t, []any{order.Unsettled, order.No, ""}, []any{r.Outcome, r.Repeating, r.RequestID})
				require.Contains(t, r.Next.EN, "after Wait")
			}
			early, err := client.Settle(t.Context(), results)
			require.Error(t, err)
			require.Equal(t, []any{order.Unsettled, order.No}, []any{early[0].Outcome, early[0].Repeating})

			time.Sleep(early[0].Wait)
			settled, _ := client.Settle(t.Context(), stored(t, early))
			if settled[0].Outcome == order.Refused {
				require.Equal(t, rakutentest.Dropped, kind)
				require.Equal(t, order.Yes, settled[0].Repeating)
				settled, err = client.Ship(t.Context(), list, order.WriteOptions{})
				require.NoError(t, err)
			}
			for i, r := range settled {
				require.Equal(t, order.Done, r.Outcome)
				require.Equal(t, 1, records(mall, numbers[i]))
			}
		})
	}
}

// Every write that says that repeating is harmless is repeated at the worst moment: its answer was
// lost, or was not, and the mall does not show yet what it did. Nothing doubles. What does not say
// so is settled and stays single.
func TestRepeatAtTheWorstMoment(t *testing.T) {
	day := order.Date{Year: 2026, Month: 6, Day: 8}
	slot := timeslot.Morning
	for name, c := range map[string]struct {
		progress  int
		operation string
		write     func(context.Context, *rakuten.Client, string) ([]order.Result, error)
		state     func(rakutentest.Order) any
		harmless  bool
	}{
		"ship": {300, "updateOrderShipping", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Ship(ctx, shipments(n), order.WriteOptions{})
		}, func(o rakutentest.Order) any { return len(o.Parcels[0].Shipments) }, false},
		"confirm": {100, "confirmOrder", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Confirm(ctx, confirmations(n), order.WriteOptions{})
		}, func(o rakutentest.Order) any { return o.Progress }, true},
		"cancel": {300, "cancelOrder", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Cancel(ctx, []order.Cancellation{{Order: n, Reason: order.Unpaid}}, order.WriteOptions{})
		}, func(o rakutentest.Order) any { return o.Progress }, false},
		"annotate": {300, "updateOrderMemo", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Annotate(ctx, []order.Annotation{{Order: n, Memo: "了承"}}, order.WriteOptions{})
		}, func(o rakutentest.Order) any { return o.Memo }, true},
		"change delivery": {300, "updateOrderMemo", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.ChangeDelivery(ctx, []order.DeliveryChange{{Order: n, Date: &day, Slot: &slot}},
				order.WriteOptions{})
		}, func(o rakutentest.Order) any { return []any{o.DeliveryDate, o.ShippingTerm} }, true},
	} {
		for _, fault := range []string{"", rakutentest.ReplyLost, rakutentest.Truncated, rakutentest.EmptyBody} {
			synced(t, name+" "+fault, func(t *testing.T) {
				mall, client := start(t, rakutentest.Options{Orders: -1, ReadLag: 30 * time.Second}, nil)
				number := put(mall, c.progress, 1)[0]
				if fault != "" {
					require.NoError(t, mall.Inject(rakutentest.Fault{Kind: fault, Operation: c.operation, Times: -1}))
				}
				results, _ := c.write(t.Context(), client, number)
				mall.ClearFaults()
				o, _ := mall.Order(number)
				applied := c.state(o)
				r := results[0]
				require.Equal(t, c.harmless, r.Repeating == order.Yes, "%v %s", r.Outcome, r.Next)
				if fault != "" {
					require.NotEqual(t, order.Refused, r.Outcome, r.Message)
				}
				if r.Repeating == order.Yes {
					_, _ = c.write(t.Context(), client, number)
				} else if r.Outcome == order.Unsettled {
					time.Sleep(r.Wait)
					settled, err := client.Settle(t.Context(), results)
					require.NoError(t, err)
					require.Equal(t, order.Done, settled[0].Outcome)
				}
				time.Sleep(time.Minute)
				o, _ = mall.Order(number)
				require.Equal(t, applied, c.state(o))
			})
		}
	}
}

// Settle tells of confirmations and cancellations by the order, and that a memo is best sent again.
func TestSettleTheOtherWrites(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
		fresh, ready := put(mall, 100, 2), put(mall, 300, 2)
		open := func(a order.Ability, id string) order.Result {
			return order.Result{Mall: order.Rakuten, Shop: "mihon-shop", Ability: a, Order: id, At: time.Now(),
				Wait: time.Minute}
		}
		mall.ChangeOrder(fresh[0], func(o *rakutentest.Order) { o.Progress = 300 })
		mall.ChangeOrder(ready[0], func(o *rakutentest.Order) { o.Progress = 900 })
		list := []order.Result{open(order.CanConfirm, fresh[0]), open(order.CanConfirm, fresh[1]),
			open(order.CanCancel, ready[0]),
			open(order.CanCancel, ready[1]), open(order.CanAnnotate, ready[1]), open(order.CanShip, ready[1]),
			open(order.CanShip, "unknown")}
		settled, err := client.Settle(t.Context(), list)
		require.Error(t, err)
		outcomes := func() (all []order.Outcome) {
			for _, r := range settled {
				all = append(all, r.Outcome)
			}
			return all
		}
		require.Equal(t, []order.Outcome{order.Done, order.Unsettled, order.Done, order.Unsettled, order.Unsettled,
			order.Unsettled, order.Unsettled}, outcomes())
		require.Equal(t, order.Yes, settled[4].Repeating)
		require.Contains(t, settled[5].Next.EN, "without a tracking number")
		require.ErrorIs(t, settled[6].Err, order.ErrTemporary)
		require.Equal(t, 1, mall.Count("getOrder"), "one call for all")
		time.Sleep(time.Minute)
		settled, _ = client.Settle(t.Context(), settled)
		require.Equal(t, []order.Outcome{order.Done, order.Refused, order.Done, order.Refused, order.Unsettled,
			order.Unsettled, order.Unsettled}, outcomes())

		mall.RevokeKey(mall.LicenseKey())
		closed, err := client.Settle(t.Context(), list)
		require.Error(t, err)
		require.Equal(t, order.Unsettled, closed[0].Outcome, "who cannot ask knows nothing")
	})
}

// poisoned answers 401 to every call of an operation whose body names the order.
type poisoned struct {
	next             http.RoundTripper
	operation, order string
}

func (p poisoned) RoundTrip(r *http.Request) (*http.Response, error) {
	if strings.Contains(r.URL.Path, "/"+p.operation+"/") && r.Body != nil {
		data, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		r.Body = io.NopCloser(bytes.NewReader(data))
		if bytes.Contains(data, []byte(`"`+p.order+`"`)) {
			return &http.Response{StatusCode: 401, Header: http.Header{"Content-Type": {"application/json"}},
					Request: r,
					Body: io.NopCloser(strings.NewReader(
						`{"Results":{"errorCode":"ES01-01","message":"un-authorised"}}`))},
				nil
		}
	}
	return p.next.RoundTrip(r)
}

// One order whose calls are always refused as if the key were dead fails alone, in every write and
// every way to send it.
func TestOneOrdersRefusalIsNotTheShops(t *testing.T) {
	for name, c := range map[string]struct {
		progress, n int
		operation   string
		write       func(context.Context, *rakuten.Client, []string) ([]order.Result, error)
	}{
		"ship": {300, 5, "updateOrderShipping", func(ctx context.Context, c *rakuten.Client, n []string) ([]order.Result, error) {
			return c.Ship(ctx, shipments(n...), order.WriteOptions{})
		}},
		"ship many": {300, 8, "updateOrderShippingAsync", func(ctx context.Context, c *rakuten.Client, n []string) ([]order.Result, error) {
			return c.Ship(ctx, shipments(n...), order.WriteOptions{})
		}},
		"read": {300, 5, "getOrder", func(ctx context.Context, c *rakuten.Client, n []string) ([]order.Result, error) {
			return c.Ship(ctx, shipments(n...), order.WriteOptions{})
		}},
		"confirm": {100, 5, "confirmOrder", func(ctx context.Context, c *rakuten.Client, n []string) ([]order.Result, error) {
			return c.Confirm(ctx, confirmations(n...), order.WriteOptions{})
		}},
		"annotate": {300, 5, "updateOrderMemo", func(ctx context.Context, c *rakuten.Client, n []string) ([]order.Result, error) {
			var list []order.Annotation
			for _, id := range n {
				list = append(list, order.Annotation{Order: id, Memo: "了承"})
			}
			return c.Annotate(ctx, list, order.WriteOptions{})
		}},
		"cancel": {300, 5, "cancelOrder", func(ctx context.Context, c *rakuten.Client, n []string) ([]order.Result, error) {
			var list []order.Cancellation
			for _, id := range n {
				list = append(list, order.Cancellation{Order: id, Reason: order.Unpaid})
			}
			return c.Cancel(ctx, list, order.WriteOptions{})
		}},
	} {
		t.Run(name, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1}, func(cfg *rakuten.Config) {
				operation := c.operation
				if name == "ship many" {
					operation = "updateOrderShipping"
				}
				cfg.HTTPClient = &http.Client{Transport: poisoned{
					poisoned{cfg.HTTPClient.Transport, operation, fmt.Sprintf("p%d-0001", c.progress)}, c.operation,
					fmt.Sprintf("p%d-0001", c.progress)}}
			})
			numbers := put(mall, c.progress, c.n)
			results, err := c.write(t.Context(), client, numbers)
			require.ErrorIs(t, err, order.ErrUnauthorized)
			for i, r := range results {
				if i == 1 {
					require.Equal(t, order.Refused, r.Outcome)
					require.Equal(t, numbers[1], order.Concerns(r.Err))
					continue
				}
				require.Equal(t, order.Done, r.Outcome, "%d: %s %s", i, r.Message, r.Next)
			}
		})
	}
}

// An answer that is not of this operation and this order proves nothing, in every write.
func TestForeignAnswers(t *testing.T) {
	mine := func(token, number string) string {
		return `{"messageType":"INFO","messageCode":"ORDER_EXT_API_` + token +
			`_INFO_101","message":"完了しました。","orderNumber":"` + number + `","dataNumber":1,"shippingDetailId":7}`
	}
	for name, c := range map[string]struct {
		progress         int
		operation, token string
		write            func(context.Context, *rakuten.Client, string) ([]order.Result, error)
	}{
		"ship": {300, "updateOrderShipping", "UPDATE_ORDERSHIPPING", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Ship(ctx, shipments(n), order.WriteOptions{})
		}},
		"confirm": {100, "confirmOrder", "CONFIRM_ORDER", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Confirm(ctx, confirmations(n), order.WriteOptions{})
		}},
		"cancel": {300, "cancelOrder", "CANCEL_ORDER", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Cancel(ctx, []order.Cancellation{{Order: n, Reason: order.Unpaid}},
				order.WriteOptions{ShownWithin: -1})
		}},
		"annotate": {300, "updateOrderMemo", "UPDATE_ORDERMEMO", func(ctx context.Context, c *rakuten.Client, n string) ([]order.Result, error) {
			return c.Annotate(ctx, []order.Annotation{{Order: n, Memo: "了承"}}, order.WriteOptions{})
		}},
	} {
		for what, answer := range map[string]rakutentest.Fault{
			"another operation": {Body: `{"MessageModelList":[` + mine("UPDATE_ORDERREMARKS", "N") + `]}`},
			"another order":     {Body: `{"MessageModelList":[` + mine(c.token, "other") + `]}`},
			"a failure of another order": {Body: `{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_` + c.token +
				`_ERROR_102","message":"x","orderNumber":"other"}]}`},
			"no order":       {Body: `{"MessageModelList":[` + mine(c.token, "") + `]}`},
			"no message":     {Body: `{"MessageModelList":[]}`},
			"an empty one":   {Body: `{}`},
			"null":           {Body: `{"MessageModelList":null}`},
			"other errors":   {Body: `{"errors":[{"code":"InternalFailure","message":"The request failed."}]}`},
			"a gateway":      {Body: `{"message":"Service Unavailable"}`},
			"accepted later": {Body: `{"MessageModelList":[` + mine(c.token, "N") + `]}`, Status: 202},
			"a code of none": {Body: `{"MessageModelList":[{"messageType":"INFO","messageCode":"OK","message":"ok","orderNumber":"N"}]}`},
		} {
			if name == "ship" && what == "no order" {
				continue // its messages count records instead
			}
			t.Run(name+" "+what, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) { // a write that may be repeated is, with pauses between
					mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
					number := put(mall, c.progress, 1)[0]
					answer.Kind, answer.Operation, answer.Times = rakutentest.Custom, c.operation, -1
					answer.Body = strings.ReplaceAll(answer.Body, `"N"`, `"`+number+`"`)
					require.NoError(t, mall.Inject(answer))
					results, err := c.write(t.Context(), client, number)
					require.ErrorIs(t, err, order.ErrUndecodable)
					require.Equal(t, order.Unsettled, results[0].Outcome, results[0].Message)
					require.NotEmpty(t, results[0].Next)
				})
			})
		}
	}
	t.Run("stock", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
			change := rakuten.StockChange{Variant: rakuten.Variant{ManageNumber: "m", VariantID: "v"},
				Mode: rakuten.Absolute, Quantity: 1}
			require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.Custom, Body: `{}`, Times: -1}))
			_, err := client.UpsertInventory(t.Context(), change)
			require.ErrorIs(t, err, order.ErrUndecodable)
			n, err := client.UpsertInventories(t.Context(), []rakuten.StockChange{change})
			require.ErrorIs(t, err, order.ErrUndecodable)
			require.Zero(t, n)
		})
	})
	t.Run("accepted without a request id", func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
		numbers := put(mall, 300, 6)
		require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.Custom,
			Operation: "updateOrderShippingAsync",
			Body:      `{"MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_UPDATE_ORDERSHIPPING_ASYNC_INFO_101","message":"ok"}]}`}))
		results, err := client.Ship(t.Context(), shipments(numbers...), order.WriteOptions{})
		require.ErrorIs(t, err, order.ErrUndecodable)
		require.Equal(t, []any{order.Unsettled, order.No}, []any{results[0].Outcome, results[0].Repeating})
	})
}

// The writes look at the order as it stands at the mall, in a dry run as in earnest, by one table.
func TestWritesJudgeTheFreshOrder(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	ship := func(opts order.WriteOptions, n string) ([]order.Result, error) {
		return client.Ship(t.Context(), shipments(n), opts)
	}
	day := order.Date{Year: 2026, Month: 12, Day: 8}
	change := func(opts order.WriteOptions, n string) ([]order.Result, error) {
		return client.ChangeDelivery(t.Context(), []order.DeliveryChange{{Order: n, Date: &day}}, opts)
	}
	for name, c := range map[string]struct {
		progress int
		write    func(order.WriteOptions, string) ([]order.Result, error)
		code     order.ObjectionCode
	}{
		"cancel requested": {800, ship, order.ObjectCancelRequested},
		"cancelled":        {900, ship, order.ObjectCancelled},
		"not paid":         {200, ship, order.ObjectNotPaid},
		"on hold":          {400, ship, order.ObjectOnHold},
		"unknown":          {950, ship, order.ObjectUnknownStatus},
		"changed late":     {500, change, order.ObjectShipped},
		"confirmed late": {700, func(opts order.WriteOptions, n string) ([]order.Result, error) {
			return client.Confirm(t.Context(), confirmations(n), opts)
		}, order.ObjectShipped},
		"cancelled twice": {900, func(opts order.WriteOptions, n string) ([]order.Result, error) {
			return client.Cancel(t.Context(), []order.Cancellation{{Order: n, Reason: order.Unpaid}}, opts)
		}, order.ObjectCancelled},
	} {
		t.Run(name, func(t *testing.T) {
			number := mall.AddOrder(rakutentest.Order{ID: "j-" + strings.ReplaceAll(name, " ", "-"),
				Progress: c.progress, Postage: 500})
			for _, dry := range []bool{true, false} {
				results, err := c.write(order.WriteOptions{DryRun: dry}, number)
				require.ErrorIs(t, err, order.ErrConflict)
				require.Equal(t, []any{order.Refused, string(c.code), dry},
					[]any{results[0].Outcome, results[0].Code, results[0].DryRun})
				require.Contains(t, results[0].Next.EN, "AnyState")
			}
			results, _ := c.write(order.WriteOptions{AnyState: true, DryRun: true}, number)
			require.Contains(t, warned(results[0]), string(c.code))
		})
	}
	for _, op := range []string{"updateOrderShipping", "confirmOrder", "cancelOrder", "updateOrderMemo"} {
		require.Zero(t, mall.Count(op), op)
	}
	fresh, err := ship(order.WriteOptions{DryRun: true}, put(mall, 100, 1)[0])
	require.NoError(t, err)
	require.Contains(t, warned(fresh[0]), string(order.ObjectNotConfirmed))
	unknown, err := ship(order.WriteOptions{DryRun: true}, "unknown")
	require.ErrorIs(t, err, order.ErrNotFound)
	require.Equal(t, batch.NextNumber, unknown[0].Next)
	memo, err := client.Annotate(t.Context(), []order.Annotation{{Order: "unknown", Memo: "a"}},
		order.WriteOptions{DryRun: true})
	require.ErrorIs(t, err, order.ErrNotFound)
	require.Equal(t, order.Refused, memo[0].Outcome)
}

// Numbers and carriers are taken as people write them, alike at all malls.
func TestShipReadsWhatPeopleWrite(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	numbers := put(mall, 300, 2)
	ship := func(opts order.WriteOptions, number string, change func(*order.Shipment)) (order.Result, error) {
		s := order.Shipment{Order: number, Carrier: timeslot.Yamato, Numbers: order.Tracking("4907-1495-5706"),
			At: time.Now()}
		change(&s)
		results, err := client.Ship(t.Context(), []order.Shipment{s}, opts)
		return results[0], err
	}
	r, err := ship(order.WriteOptions{}, numbers[0], func(s *order.Shipment) { s.Carrier, s.Method = "ヤマト運輸", "宅急便" })
	require.NoError(t, err)
	require.Equal(t, []string{"490714955706"}, r.Numbers)
	require.Equal(t, batch.NotTaken("Method"), r.Warnings[0])
	o, _ := mall.Order(numbers[0])
	require.Equal(t, []string{"490714955706", "1001"},
		[]string{o.Parcels[0].Shipments[0].Number, o.Parcels[0].Shipments[0].Company})

	// Whoever entered it in RMS spelled it with hyphens: it is the same record.
	mall.ChangeOrder(numbers[0], func(o *rakutentest.Order) { o.Parcels[0].Shipments[0].Number = "4907-1495-5706" })
	r, err = ship(order.WriteOptions{}, numbers[0], func(*order.Shipment) {})
	require.NoError(t, err)
	require.Equal(t, 1, records(mall, numbers[0]))
	require.Equal(t, order.Yes, r.Repeating, "nothing was added")

	for want, change := range map[string]func(*order.Shipment){
		"rounded by a spreadsheet": func(s *order.Shipment) { s.Numbers = order.Tracking("4.05548E+11") },
		"control character":        func(s *order.Shipment) { s.Numbers = order.Tracking("405548\r424886") },
		"timeslot.OtherCarrier":    func(s *order.Shipment) { s.Carrier = "架空急便" },
		"days ahead":               func(s *order.Shipment) { s.At = time.Now().AddDate(1, 0, 0) },
	} {
		for _, dry := range []bool{true, false} {
			r, err := ship(order.WriteOptions{DryRun: dry}, numbers[1], change)
			require.ErrorContains(t, err, want)
			require.Equal(t, order.Refused, r.Outcome)
		}
	}
	many := make([]string, 22)
	for i := range many {
		many[i] = fmt.Sprintf("%012d", i+1)
	}
	all := func(s *order.Shipment) { s.Numbers = order.Tracking(many...) }
	_, err = ship(order.WriteOptions{}, numbers[1], all)
	require.ErrorContains(t, err, "FirstNumbers")
	r, err = ship(order.WriteOptions{FirstNumbers: true}, numbers[1], all)
	require.NoError(t, err)
	require.Equal(t, many[:20], r.Numbers)
	require.Contains(t, warned(r), batch.WarnNumbersCut)
	require.Equal(t, 20, records(mall, numbers[1]))

	before := mall.Count("")
	_, err = client.UpdateOrderShipping(t.Context(),
		rakuten.OrderShippingModel{OrderNumber: "n-1", BasketidModelList: []rakuten.BasketModel{
			{BasketID: 1, ShippingModelList: []rakuten.ShippingChange{{ShippingNumber: rakuten.Set("4.05548E+11")}}}}})
	require.ErrorContains(t, err, "shippingNumber: the tracking number")
	require.Equal(t, before, mall.Count(""), "the raw call checks too")
}

func warned(r order.Result) (codes []string) {
	for _, w := range r.Warnings {
		codes = append(codes, w.Code)
	}
	return codes
}

// Done means that the order is cancelled, not that the request was taken; a comment is told not to
// be sent.
func TestCancelIsReadBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: -1, ReadLag: 30 * time.Second}, nil)
		numbers := put(mall, 300, 3)
		var list []order.Cancellation
		for _, n := range numbers {
			list = append(list, order.Cancellation{Order: n, Reason: order.Unpaid, Comment: "お電話で承りました"})
		}
		begun, before := time.Now(), mall.Count("getOrder")
		results, err := client.Cancel(t.Context(), list, order.WriteOptions{ShownWithin: 5 * time.Second})
		require.ErrorIs(t, err, order.ErrTemporary)
		require.Less(t, time.Since(begun), 7*time.Second)
		require.LessOrEqual(t, mall.Count("getOrder")-before, 5, "once for all, more and more seldom")
		for _, r := range results {
			require.Equal(t, []any{order.Unsettled, order.No}, []any{r.Outcome, r.Repeating})
			require.Contains(t, warned(r), batch.WarnNotTaken)
			require.Positive(t, r.Wait)
		}
		time.Sleep(results[0].Wait)
		settled, err := client.Settle(t.Context(), results)
		require.NoError(t, err)
		require.Equal(t, order.Done, settled[2].Outcome)
	})
}

// Done means that the mall shows it: a perfect message about a write that was not applied is not
// enough.
func TestDoneMeansShown(t *testing.T) {
	day, slot := order.Date{Year: 2026, Month: 12, Day: 8}, timeslot.Morning
	for name, c := range map[string]struct {
		progress         int
		operation, token string
		write            func(context.Context, *rakuten.Client, string, order.WriteOptions) ([]order.Result, error)
	}{
		"ship": {300, "updateOrderShipping", "UPDATE_ORDERSHIPPING", func(ctx context.Context, c *rakuten.Client, n string, opts order.WriteOptions) ([]order.Result, error) {
			return c.Ship(ctx, shipments(n), opts)
		}},
		"confirm": {100, "confirmOrder", "CONFIRM_ORDER", func(ctx context.Context, c *rakuten.Client, n string, opts order.WriteOptions) ([]order.Result, error) {
			return c.Confirm(ctx, confirmations(n), opts)
		}},
		"annotate": {300, "updateOrderMemo", "UPDATE_ORDERMEMO", func(ctx context.Context, c *rakuten.Client, n string, opts order.WriteOptions) ([]order.Result, error) {
			return c.Annotate(ctx, []order.Annotation{{Order: n, Memo: "了承"}}, opts)
		}},
		"change delivery": {300, "updateOrderMemo", "UPDATE_ORDERMEMO", func(ctx context.Context, c *rakuten.Client, n string, opts order.WriteOptions) ([]order.Result, error) {
			return c.ChangeDelivery(ctx, []order.DeliveryChange{{Order: n, Date: &day, Slot: &slot}}, opts)
		}},
	} {
		synced(t, name, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
			number := put(mall, c.progress, 1)[0]
			require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.Custom, Operation: c.operation,
				Body: `{"MessageModelList":[{"messageType":"INFO",
				"messageCode":"ORDER_EXT_API_` + c.token + `_INFO_101","message":"完了しました。","orderNumber":"` + number +
					`","dataNumber":1,"shippingDetailId":7}]}`}))
			begun := time.Now()
			results, err := c.write(t.Context(), client, number, order.WriteOptions{ShownWithin: 3 * time.Second})
			require.ErrorIs(t, err, order.ErrTemporary)
			require.Equal(t, 3*time.Second, time.Since(begun))
			require.Equal(t, order.Unsettled, results[0].Outcome)
			require.Contains(t, results[0].Message, "does not show it")
			require.NotEmpty(t, results[0].Next)

			results, err = c.write(t.Context(), client, number, order.WriteOptions{})
			require.NoError(t, err)
			require.Equal(t, order.Done, results[0].Outcome)
		})
	}
}
