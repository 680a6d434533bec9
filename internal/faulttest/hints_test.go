package faulttest_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/timeslot"
)

// errorsOf are all errors of the library in a tree, each once.
func errorsOf(err error) (all []*order.Error) {
	switch e := err.(type) {
	case nil:
	case *order.Error:
		all = append(all, e)
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			all = append(all, errorsOf(part)...)
		}
	default:
		all = errorsOf(errors.Unwrap(err))
	}
	return all
}

// TestEveryErrorSaysWhatToDoNext makes every error that the fakes can produce, of a whole call, of
// one order and of one row, and finds a hint in both languages in each. It lists which classes were
// met at which mall.
func TestEveryErrorSaysWhatToDoNext(t *testing.T) {
	t.Parallel()
	for i, name := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		t.Run(string(name), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				m := openers[i](71, 12, false)
				t.Cleanup(m.close)
				m.limits = order.Unlimited
				met := map[order.Class]int{}
				look := func(what string, err error) {
					for _, e := range errorsOf(err) {
						met[e.Class]++
						if e.Hint.EN == "" || e.Hint.JA == "" {
							t.Errorf("%s: no hint in both languages: %+v: %v", what, e.Hint, err)
						}
					}
				}
				// none to speak of: what the mall itself refuses
				faults := []fault{{Kind: rakutentest.Delayed, Delay: time.Nanosecond}}
				for _, kind := range []string{rakutentest.RateLimited, rakutentest.ServerError, rakutentest.HTMLPage,
					rakutentest.Maintenance, rakutentest.ExpiredKey,
					rakutentest.Malformed, rakutentest.EmptyBody, rakutentest.Redirect, rakutentest.Dropped,
					rakutentest.ReplyLost, rakutentest.Truncated} {
					faults = append(faults, fault{Kind: kind, Times: -1})
				}
				for _, status := range []int{200, 202, 400, 401, 403, 404, 409, 415, 500} {
					for _, body := range bodiesOf[name] {
						faults = append(faults, fault{Kind: rakutentest.Custom, Status: status, Body: body, Times: -1})
					}
				}
				for _, f := range faults {
					m.clear()
					s := m.source(t, m.wire)
					require.NoError(t, s.(interface{ Check(context.Context) error }).Check(t.Context()))
					require.NoError(t, m.inject(f))
					what := fmt.Sprint(f.Kind, " ", f.Status, " ", f.Body)
					produce(t, m, s, func(of string, err error) { look(what+", "+of, err) })
				}
				m.clear()
				look("a dead context", func() error {
					ctx, cancel := context.WithCancel(t.Context())
					cancel()
					_, err := m.source(t, m.wire).Order(ctx, m.ids()[0])
					return err
				}())
				for _, want := range []order.Class{order.ErrNotFound, order.ErrInvalid, order.ErrUnauthorized,
					order.ErrForbidden, order.ErrRateLimited,
					order.ErrMaintenance, order.ErrTemporary, order.ErrUndecodable, order.ErrLocalLimit} {
					if want != order.ErrMaintenance || name != order.Amazon { // which has none
						require.NotZero(t, met[want], want)
					}
				}
				for _, class := range slices.Sorted(maps.Keys(met)) {
					t.Logf("%-8s %-20v %d", name, class, met[class])
				}
			})
		})
	}
}

// bodiesOf are documents of a mall's own kind with codes that are known and not.
var bodiesOf = map[order.Mall][]string{
	order.Rakuten: {
		`{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_MIHON_ERROR_777","message":"見本"}]}`,
		`{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_CONFIRM_ORDER_ERROR_777","message":"見本","orderNumber":"$"},{"messageType":"INFO","messageCode":"ORDER_EXT_API_CONFIRM_ORDER_INFO_101","message":"見本","orderNumber":"x"}]}`,
		`{"Results":{"errorCode":"XX99","message":"見本"}}`, `{"Results":{"errorCode":"ES01-01","message":"見本"}}`,
		`{"errors":[{"code":"IE0001","message":"見本"}]}`, `{}`,
	},
	order.Yahoo: {`<Error><Code>od99999</Code><Message>見本</Message></Error>`,
		`<Error><Code>od91801</Code><Message>見本</Message></Error>`, `<Error><Message>見本</Message></Error>`,
		`<Result/>`},
	order.Amazon: {`{"errors":[{"code":"Mihon","message":"見本"}]}`, `{"errors":[{"code":"NotFound","message":"見本"}]}`,
		`{"errors":[{"code":"Unauthorized","message":"見本"}]}`, `{}`},
	order.AuPay: {
		`<response><result><status>1</status><error><code>ZZZ9999</code><message>見本</message></error></result></response>`,
		`<response><result><status>1</status><error><code>0002</code><message>見本</message></error></result></response>`,
		`<response><result><status>1</status></result></response>`,
		`<response><result><status>1</status></result><updateResult><itemCode>mihon-1</itemCode><error><code>PME9</code><message>見本</message></error></updateResult></response>`,
		`<response><result><status>0</status></result><updateResult><itemCode>mihon-1</itemCode><error><code>ZZZ9</code><message>見本</message></error></updateResult></response>`, `<response/>`,
	},
}

// produce calls what can go wrong: reads and writes of an order that is there, of one that is not
// and of each state that there is.
func produce(t *testing.T, m *mall, s order.Source, look func(string, error)) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	for _, err := range s.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -15)}) {
		look("Orders", err)
	}
	look("Check", s.(interface{ Check(context.Context) error }).Check(ctx))
	for _, err := range s.Orders(ctx, order.Query{}) {
		look("no From", err)
	}
	ids := append(slices.Clone(m.ids()[:4]), unlike(m.ids()[0][:len(m.ids()[0])-1])+"9")
	for _, id := range []string{ids[0], ids[4], "", "見本"} {
		_, err := s.Order(ctx, id)
		look("Order", err)
	}
	each := func(what string, results []order.Result, err error) {
		look(what, err)
		for _, r := range results {
			look(what, r.Err)
			if r.Outcome != order.Done && (r.Next.EN == "" || r.Next.JA == "") {
				t.Errorf("%s: nothing says in both languages what comes next: %+v", what, r)
			}
		}
	}
	for _, id := range ids {
		if w, ok := order.As[order.Shipper](s); ok {
			results, err := w.Ship(ctx, []order.Shipment{
				{Order: id, Carrier: timeslot.Yamato, Numbers: order.Tracking("123456789012"), At: time.Now()}}, order.WriteOptions{})
			each("Ship", results, err)
		}
		if w, ok := order.As[order.Confirmer](s); ok {
			results, err := w.Confirm(ctx, []order.Confirmation{{Order: id}}, order.WriteOptions{})
			each("Confirm", results, err)
		}
		if w, ok := order.As[order.Annotator](s); ok {
			results, err := w.Annotate(ctx, []order.Annotation{{Order: id, Memo: "見本"}}, order.WriteOptions{})
			each("Annotate", results, err)
		}
		if w, ok := order.As[order.Canceller](s); ok {
			results, err := w.Cancel(ctx, []order.Cancellation{{Order: id, Reason: order.BuyerRequest}},
				order.WriteOptions{})
			each("Cancel", results, err)
		}
	}
	switch c := s.(type) {
	case *rakuten.Client:
		_, err := c.ConfirmOrder(ctx, ids)
		look("ConfirmOrder", err)
		_, err = c.GetOrder(ctx, rakuten.GetOrderRequest{OrderNumberList: ids})
		look("GetOrder", err)
		_, err = c.UpdateOrderSubStatus(ctx, rakuten.Set[int64](7), ids)
		look("UpdateOrderSubStatus", err)
	case *aupay.Client:
		one := int64(1)
		results, err := c.UpdateStock(ctx, []aupay.StockUpdate{{ItemCode: "mihon-1", Count: &one},
			{ItemCode: "mihon-2", Count: &one}}, order.WriteOptions{})
		look("UpdateStock", err)
		for _, r := range results {
			look("UpdateStock", r.Err)
		}
	}
}
