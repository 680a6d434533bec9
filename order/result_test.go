package order_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestResultRefuse(t *testing.T) {
	text := order.Text{EN: "the order is cancelled", JA: "キャンセル済みです"}
	next := order.Text{EN: "look", JA: "確認してください"}
	r := order.Result{Order: "1", Numbers: []string{"n"}, At: time.Now(), Wait: time.Second}
	e := &order.Error{Class: order.ErrConflict, Code: "cancelled", Text: text, Hint: next,
		Err: errors.New(text.EN), RetryAfter: 48 * time.Hour}
	r.Refuse(e)
	require.Equal(t, order.Result{Order: "1", Numbers: []string{"n"}, Outcome: order.Refused,
		Code: "cancelled", Message: text.EN, Text: text, Next: next, Wait: time.Hour,
		Repeating: order.Yes, Err: e}, r)
	r.Refuse(&order.Error{Class: order.ErrConflict, Message: "だめ"})
	require.Equal(t, []string{"だめ", "だめ"}, []string{r.Message, r.Reason(order.Japanese)})
	r.Refuse(&order.Error{Class: order.ErrConflict})
	require.Equal(t, []string{"conflict", "ステータス不一致"}, []string{r.Message, r.Reason(order.Japanese)})
	r.Refuse(&order.Error{Class: order.ErrInvalid, Err: errors.New("At: is required")})
	require.Equal(t, "入力エラー：At: is required", r.Reason(order.Japanese))
}

// TestReasonIsInTheLanguage reads results back from their JSON form, also as it was before there
// was a Text.
func TestReasonIsInTheLanguage(t *testing.T) {
	o := order.Order{ID: "1", Status: order.New, Flags: []order.Flag{order.BuyerCaution}}
	_, warnings := order.WriteOptions{}.Judge(order.CanShip, o)
	o.Status = order.AwaitingPayment
	why, _ := order.WriteOptions{}.Judge(order.CanShip, o)
	r := order.Result{Order: "1", Warnings: append(warnings, order.Warning{Message: "モールの言葉"})}
	r.Refuse(why)
	data, err := json.Marshal(r)
	require.NoError(t, err)
	var back order.Result
	require.NoError(t, json.Unmarshal(data, &back))
	require.Equal(t, "入金（与信）待ちです", back.Reason(order.Japanese))
	require.Equal(t, "the order is not paid yet", back.Reason(order.English))
	require.Equal(t, []string{"注文確認がまだです", "モールの注意喚起があります", "モールの言葉"}, []string{
		back.Warnings[0].In(order.Japanese), back.Warnings[1].In(order.Japanese),
		back.Warnings[2].In(order.Japanese)})
	require.Equal(t, "the order is not confirmed yet", back.Warnings[0].In(order.English))

	var old order.Result
	require.NoError(t, json.Unmarshal([]byte(`{"order":"1","outcome":"refused","message":"m"}`), &old))
	require.Equal(t, "m", old.Reason(order.Japanese))
	data, err = json.Marshal(old)
	require.NoError(t, err)
	require.NotContains(t, string(data), `"text"`)
}

func TestFailures(t *testing.T) {
	require.NoError(t, order.Failures(nil))
	require.NoError(t, order.Failures(make([]order.Result, 2)))
	results := make([]order.Result, 40)
	for i := range results {
		id := fmt.Sprintf("n-%02d", i)
		results[i].Err = &order.Error{Class: order.ErrTemporary, Mall: "example", Order: id,
			RequestID: fmt.Sprintf("request-of-%d", i),
			Err:       fmt.Errorf("no answer: %w", &order.Error{Class: order.ErrTemporary, Order: id})}
	}
	results[7].Err = nil
	results[8].Err = &order.Error{Class: order.ErrConflict, Mall: "example", Order: "n-08"}
	results[9].Err = errors.New("disk full")
	err := order.Failures(results)
	lines := strings.Split(err.Error(), "\n")
	require.Len(t, lines, 3, err)
	require.Equal(t, results[0].Err.Error()+" [and the same for 36 more: n-01, n-02, n-03, …]", lines[0])
	require.Equal(t, []string{"example order n-08: conflict", "disk full"}, lines[1:])
	require.Equal(t, results[0].Err.Error(), order.Failures(results[:1]).Error())

	parts := err.(interface{ Unwrap() []error }).Unwrap()
	require.Len(t, parts, 39)
	require.Equal(t, "n-39", order.Concerns(parts[38]))
	require.Equal(t, "n-00", order.Concerns(err), "as with errors.Join")
	require.ErrorIs(t, err, order.ErrConflict)
	require.ErrorIs(t, err, results[9].Err)
}

// screenless cannot be written to, as its capabilities say; bare says nothing about it.
type screenless struct{ *ledger }

func (screenless) Capabilities() order.Capabilities {
	return order.Capabilities{Rows: []order.Capability{
		{Ability: order.CanCancel, Note: order.Text{EN: "there is a feed", JA: "フィードはあります"}}}}
}

func TestActorSaysWhatAMallLacks(t *testing.T) {
	actor, err := order.NewActor(screenless{newLedger("noted")}, newLedger("bare"))
	require.NoError(t, err)
	task := func(shop string) order.Task[order.Cancellation] {
		return order.Task[order.Cancellation]{Order: order.Order{Mall: "example", Shop: shop, ID: "1", Status: order.New}}
	}
	results, err := actor.Cancel(t.Context(), []order.Task[order.Cancellation]{task("noted"), task("bare"),
		task("unknown")}, order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, "not supported for this mall: cancel (there is a feed)", results[0].Message)
	require.Equal(t, "このモールでは対応していません：キャンセル（フィードはあります）", results[0].Reason(order.Japanese))
	require.Contains(t, results[1].Message, "lacks Unwrap")
	require.Equal(t, "この店舗の連携は対応していません：キャンセル", results[1].Reason(order.Japanese))
	for _, r := range results[:2] {
		require.Equal(t, order.No, r.Repeating)
		require.Contains(t, r.Next.EN, "the mall's own screen")
		require.Contains(t, r.Next.JA, "モールの管理画面")
	}
	require.Equal(t, "この店舗は書き込み先として登録されていません", results[2].Reason(order.Japanese))
}

// TestActorRefusesInFull fills in what a client's own refusal has.
func TestActorRefusesInFull(t *testing.T) {
	actor, err := order.NewActor(&desk{ledger: newLedger("a")})
	require.NoError(t, err)
	held := order.Order{Mall: "example", Shop: "a", ID: "1", Status: order.ReadyToShip,
		Parcels: []order.Parcel{{Delivery: order.Delivery{Label: "なるはや"}}}}
	cancelled := order.Order{Mall: "example", Shop: "a", ID: "2", Status: order.Cancelled}
	results, err := actor.Ship(t.Context(), []order.Task[order.Shipment]{
		{Order: held, Do: order.Shipment{Parcel: "p-1", Carrier: timeslot.Yamato}}, {Order: cancelled}},
		order.WriteOptions{})
	require.ErrorIs(t, err, order.ErrConflict)
	require.Equal(t, []string{"unread_slot", "p-1", "お届け時間帯の表記を読み取れません"},
		[]string{results[0].Code, results[0].Parcel, results[0].Reason(order.Japanese)})
	require.Equal(t, []string{"cancelled", "キャンセル済みです"},
		[]string{results[1].Code, results[1].Reason(order.Japanese)})
}
