package order_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestPrevailingFollowsThePrecedence(t *testing.T) {
	falling := []order.Status{order.Cancelled, order.CancelRequested, order.OnHold, order.Shipped, order.Reserved,
		order.AwaitingPayment, order.New, order.ReadyToShip, order.Unknown}
	for i, high := range falling {
		for _, low := range falling[i:] {
			require.Equal(t, high, order.Prevailing(low, high))
			require.Equal(t, high, order.Prevailing(high, low))
		}
	}
	require.Equal(t, order.PartiallyShipped, order.Prevailing(order.PartiallyShipped, order.Shipped),
		"of equals the first stays")
	require.Equal(t, order.Unknown, order.Prevailing())
}

func TestStatusText(t *testing.T) {
	for _, s := range order.Statuses() {
		text, err := s.MarshalText()
		require.NoError(t, err)
		var back order.Status
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, s, back)
	}
	var s order.Status
	require.Error(t, s.UnmarshalText([]byte("shiped")))
}

func TestAnswerText(t *testing.T) {
	names := map[order.Answer]string{order.NotTold: "unknown", order.Yes: "yes", order.No: "no"}
	for a, name := range names {
		text, err := a.MarshalText()
		require.NoError(t, err)
		require.Equal(t, []string{name, name}, []string{string(text), a.String()})
		back := order.Answer(9)
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, a, back)
	}
	var a order.Answer
	require.Error(t, a.UnmarshalText([]byte("perhaps")))
}

func TestErrorText(t *testing.T) {
	for want, e := range map[string]order.Error{
		"rakuten shop mihon rpay.order.getOrder order 1: rate limited X1 (HTTP 429): 見本 [2 attempts] [request r] [asks to wait 30s]": {
			Class: order.ErrRateLimited, Mall: order.Rakuten, Shop: "mihon", Operation: "rpay.order.getOrder",
			Order: "1", HTTPStatus: 429, Code: "X1", Message: "見本", RequestID: "r", Attempts: 2,
			RetryAfter: 30 * time.Second,
		},
		"invalid: Shop is empty": {Class: order.ErrInvalid, Message: "Shop is empty"},
	} {
		require.Equal(t, want, e.Error())
	}
}

// TestValuesOutsideTheSet: the first number that is none prints itself, and is not written.
func TestValuesOutsideTheSet(t *testing.T) {
	status := order.Status(len(order.Statuses()))
	for want, v := range map[string]interface {
		String() string
		MarshalText() ([]byte, error)
	}{"Status(11)": status, "Answer(3)": order.No + 1, "Outcome(4)": order.NotSent + 1} {
		require.Equal(t, want, v.String())
		_, err := v.MarshalText()
		require.Error(t, err, want)
	}
	require.Equal(t, "class 12", order.Class(len(order.Classes())+1).Error())
	require.Equal(t, order.New, order.Prevailing(status, order.New))
	query := order.Query{From: time.Unix(1, 0), Statuses: []order.Status{status}}
	require.ErrorContains(t, query.Validate(), "Statuses[0] is not a status")
}

func TestFlagsAreASet(t *testing.T) {
	var flags order.Flags
	flags.Set(order.GiftWish, true)
	flags.Set(order.DropOff, false)
	flags.Set(order.Preorder, true)
	flags.Set(order.GiftWish, true)
	require.Equal(t, order.Flags{order.GiftWish, order.Preorder}, flags)
}

func amounts(billed order.Money, parts ...order.Component) order.Order {
	return order.Order{Amounts: order.Amounts{Billed: billed, Components: parts}}
}

func TestReconcile(t *testing.T) {
	goods := order.Component{Kind: order.Goods, Amount: order.Yen(3000)}
	postage := order.Component{Kind: order.Shipping, Amount: order.Yen(500)}
	coupon := order.Component{Kind: order.Coupon, Amount: order.Yen(-200), Bearer: order.PaidByMall}
	open := order.Component{Kind: order.Shipping}

	r := amounts(order.Yen(3300), goods, postage, coupon).Reconcile()
	require.Equal(t, order.AddsUp, r.Verdict)
	require.Equal(t, order.Yen(3300), r.Sum)

	r = amounts(order.Yen(3000), goods, postage, coupon).Reconcile()
	require.Equal(t, order.Differs, r.Verdict)
	require.Equal(t, order.Yen(-300), r.Difference, "billed 300 less than the sum")
	require.Equal(t, "請求金額は3,000円、内訳の合計は3,300円です", r.Reason.In(order.Japanese))

	r = amounts(order.Yen(3000), goods, open).Reconcile()
	require.Equal(t, order.CannotBeTold, r.Verdict)
	require.Equal(t, order.Text{EN: "shipping is undetermined", JA: "送料が確定していません"}, r.Reason)

	require.Equal(t, order.CannotBeTold, amounts(order.Money{}, goods).Reconcile().Verdict)
	require.Equal(t, order.CannotBeTold, order.Order{}.Reconcile().Verdict)

	unsure := amounts(order.Yen(3000), goods)
	unsure.Amounts.Unsure = order.Text{EN: "the mall's formula is not documented", JA: "モールの計算式が文書に書かれていません"}
	require.Equal(t, order.CannotBeTold, unsure.Reconcile().Verdict)
	require.Equal(t, unsure.Amounts.Unsure, unsure.Reconcile().Reason)
}

func TestUnreadSlotTravelsWithTheOrder(t *testing.T) {
	var read, unread, none order.Delivery
	m := timeslot.Func(func(s string) (timeslot.Slot, bool) { return timeslot.Morning, s == "午前中" })
	read.ReadSlot(m, timeslot.Label{Text: "午前中"}, order.FromField)
	unread.ReadSlot(m, timeslot.Label{Text: "なるはや"}, order.FromText)
	none.ReadSlot(m, timeslot.Label{}, order.FromField)

	require.Equal(t, timeslot.Morning, read.Slot)
	require.True(t, unread.Unresolved())
	require.Equal(t, "なるはや", unread.Label, "the label is kept")
	require.Equal(t, timeslot.NoPreference, none.Slot)
	require.True(t, order.Order{Parcels: []order.Parcel{{Delivery: read}, {Delivery: unread}}}.Unresolved())
	require.False(t, order.Order{Parcels: []order.Parcel{{Delivery: read}, {Delivery: none}}}.Unresolved())
}

func TestErrorSaysWhatToDoNext(t *testing.T) {
	err := fmt.Errorf("reading orders: %w", &order.Error{
		Class: order.ErrCredentialExpired, Mall: order.Rakuten, Shop: "example-shop", Operation: "searchOrder",
		HTTPStatus: 401,
		Code:       "GA0001", Message: "Un-Authorised", RequestID: "req-1", Attempts: 2, RetryAfter: time.Minute,
		Err:  io.ErrUnexpectedEOF,
		Hint: order.Text{EN: "renew the licenseKey in RMS", JA: "RMSでライセンスキーを更新してください"},
	})
	require.ErrorIs(t, err, order.ErrCredentialExpired)
	require.NotErrorIs(t, err, order.ErrUnauthorized)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.EqualError(t, err, "reading orders: rakuten shop example-shop searchOrder: "+
		"credential expired GA0001 (HTTP 401): Un-Authorised: unexpected EOF [2 attempts] "+
		"[request req-1] [asks to wait 1m0s]: renew the licenseKey in RMS")
	bare := &order.Error{Class: order.ErrTemporary, Mall: order.Yahoo, Order: "mihon-1", Attempts: 1}
	require.EqualError(t, bare, "yahoo order mihon-1: temporary", "one attempt goes without saying")
	require.Equal(t, "", order.Concerns(err))
	require.Equal(t, "10-1", order.Concerns(errors.Join(&order.Error{Class: order.ErrNotFound, Order: "10-1"})))

	var e *order.Error
	require.ErrorAs(t, err, &e)
	for want, e := range map[string]*order.Error{
		`err.class="credential expired" err.mall=rakuten err.shop=example-shop ` +
			`err.operation=searchOrder err.code=GA0001 err.message=Un-Authorised ` +
			`err.request_id=req-1 err.hint="renew the licenseKey in RMS" ` +
			`err.cause="unexpected EOF" err.http_status=401 err.attempts=2 err.retry_after=1m0s`: e,
		`err.class=temporary err.mall=yahoo err.order=mihon-1 err.attempts=1`: bare,
	} {
		var line strings.Builder
		slog.New(slog.NewTextHandler(&line, nil)).Error("failed", "err", e)
		_, fields, _ := strings.Cut(line.String(), "msg=failed ")
		require.Equal(t, want, strings.TrimSpace(fields))
	}
	for _, c := range order.Classes() {
		require.NotContains(t, c.Error(), "class ", "every class has a name")
	}
}

func TestQueryIsRefusedBeforeAnythingIsSent(t *testing.T) {
	from := time.Date(2026, 11, 1, 0, 0, 0, 0, order.JST)
	for name, q := range map[string]order.Query{
		"zero From":       {},
		"empty window":    {From: from, To: from},
		"reversed window": {From: from, To: from.Add(-time.Hour)},
		"ids and window":  {From: from, IDs: []string{"1"}},
		"empty id":        {IDs: []string{"1", ""}},
		"no such instant": {From: from, By: 7},
		"no such status":  {From: from, Statuses: []order.Status{200}},
	} {
		require.Error(t, q.Validate(), name)
	}
	require.NoError(t, order.Query{From: from}.Validate())
	require.NoError(t, order.Query{IDs: []string{"1"}}.Validate())
	require.True(t, order.Query{}.Wants(order.Unknown))
	require.False(t, order.Query{Statuses: []order.Status{order.New}}.Wants(order.Shipped))
}

type shop struct{}

func (shop) Mall() order.Mall { return "example" }
func (shop) Shop() string     { return "example-shop" }
func (shop) Orders(context.Context, order.Query) iter.Seq2[order.Order, error] {
	return func(func(order.Order, error) bool) {}
}
func (shop) Order(context.Context, string) (order.Order, error) {
	return order.Order{}, &order.Error{Class: order.ErrNotFound}
}
func (shop) Annotate(context.Context, []order.Annotation, order.WriteOptions) ([]order.Result, error) {
	return nil, nil
}

type cache struct{ order.Source }

func (c cache) Unwrap() order.Source { return c.Source }

func TestAsFindsAnAbilityThroughWrappers(t *testing.T) {
	var source order.Source = cache{cache{shop{}}}
	_, ok := order.As[order.Annotator](source)
	require.True(t, ok)
	_, ok = order.As[order.Shipper](source)
	require.False(t, ok)
	_, ok = order.As[order.Shipper](nil)
	require.False(t, ok)
}

func TestOrderJSONRoundTrips(t *testing.T) {
	placed := time.Date(2026, 11, 20, 9, 30, 0, 0, order.JST)
	o := order.Order{
		Mall: order.Rakuten, Shop: "example-shop", ID: "123456-20261120-0000000001", Revision: "abc", Placed: placed,
		Status: order.New, MallStatus: "100", Buyer: order.Party{Name: "見本 太郎", Prefecture: "東京都"},
		Parcels: []order.Parcel{{
			ID: "1", Recipient: order.Party{Name: "見本 花子"},
			Lines: []order.Line{{Name: "見本の品", Quantity: 2, UnitPrice: order.Yen(100), Total: order.Yen(200),
				TaxRate: order.ReducedRate}},
			Delivery: order.Delivery{Date: order.Date{Year: 2026, Month: 11, Day: 25}, Slot: timeslot.Morning,
				Label: "午前中", From: order.FromField},
		}},
		Payment: order.Payment{Method: order.Card, Paid: order.Yes},
		Amounts: order.Amounts{Billed: order.Yen(200),
			Components: []order.Component{{Kind: order.Goods, Amount: order.Yen(200)}}},
		Flags: order.Flags{order.NeedsConfirmation},
	}
	b, err := json.Marshal(o.WithNative("never in JSON", []byte("never in JSON")))
	require.NoError(t, err)
	require.NotContains(t, string(b), "never in JSON")
	var back order.Order
	require.NoError(t, json.Unmarshal(b, &back))
	require.True(t, back.Placed.Equal(o.Placed))
	back.Placed = o.Placed
	require.Equal(t, o, back)
	again, err := json.Marshal(back)
	require.NoError(t, err)
	require.JSONEq(t, string(b), string(again))
}
