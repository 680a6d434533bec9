package order_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

type spoken interface{ In(order.Lang) string }

// TestEveryValueHasWordsInBothLanguages finds each closed or named value in Japanese and in English
// words.
func TestEveryValueHasWordsInBothLanguages(t *testing.T) {
	var all []spoken
	for _, s := range order.Statuses() {
		all = append(all, s)
	}
	for _, c := range order.Classes() {
		all = append(all, c)
	}
	for _, f := range []order.Flag{
		order.NeedsConfirmation, order.BuyerMayCancel, order.NoPersonalData, order.RegulatedItem, order.UnderReview,
		order.Preorder,
		order.Subscription, order.GiftWish, order.SocialGift, order.AddressPending, order.SeveralRecipients,
		order.RemoteIsland,
		order.BuyerCaution, order.DropOff, order.FastDelivery, order.StorePickup, order.FulfilledByMall,
		order.ShippedByMall,
		order.Business, order.ChangedByBuyer, order.SplitOrder, order.Replacement, order.ItemCancelled,
		order.PaymentUnusual,
		order.ProxyPurchase,
	} {
		all = append(all, f)
	}
	for _, m := range []order.PaymentMethod{
		order.Card, order.CashOnDelivery, order.ConvenienceStore, order.BankTransfer, order.Deferred, order.Wallet,
		order.CarrierBilling, order.Points, order.Invoice, order.OtherPayment,
	} {
		all = append(all, m)
	}
	for _, k := range []order.ComponentKind{
		order.Goods, order.Option, order.Wrapping, order.Shipping, order.CashFee, order.PaymentFee, order.Coupon,
		order.Discount,
		order.PointsUsed, order.GiftCard, order.ExcludedTax, order.OtherAmount,
	} {
		all = append(all, k)
	}
	for _, a := range []order.Ability{
		order.CanRead, order.CanReadUpdated, order.CanFollow, order.CanConfirm, order.CanShip, order.CanCancel,
		order.CanAnnotate,
		order.CanChangeDelivery, order.CanPayment, order.CanStock, order.CanExpiry, order.CanPush, order.CanSandbox,
	} {
		all = append(all, a)
	}
	all = append(all, order.PaidByShop, order.PaidByMall, order.PaidByMaker, order.PaidByBuyer, order.AddsUp,
		order.Differs,
		order.CannotBeTold, order.Unsettled, order.Done, order.Refused, order.NotSent, order.NotTold, order.Yes,
		order.No,
		order.Rakuten, order.Yahoo, order.AuPay, order.Money{}, order.Yen(1507), order.TaxRate{}, order.ZeroRate,
		order.ReducedRate,
		timeslot.Unresolved, timeslot.NoPreference, timeslot.Morning, timeslot.Afternoon, timeslot.Night,
		timeslot.Yamato)
	for _, v := range all {
		ja, en := v.In(order.Japanese), v.In(order.English)
		require.True(t, japanese(ja), "%T %v: %q", v, v, ja)
		require.False(t, japanese(en) || en == "", "%T %v: %q", v, v, en)
	}
	require.Equal(t, "mall's own", order.Flag("mall's own").In(order.Japanese))
	require.Equal(t, "Amazon.co.jp", order.Amazon.In(order.English))
}

func japanese(text string) bool {
	for _, r := range text {
		if unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) {
			return true
		}
	}
	return false
}

func TestMoneyAndSlotsForPeople(t *testing.T) {
	dollars, err := order.ParseMoney("-1234567.5", "USD")
	require.NoError(t, err)
	window, err := timeslot.Parse("14:00-16:00")
	require.NoError(t, err)
	until, err := timeslot.Parse("-10:00")
	require.NoError(t, err)
	from, err := timeslot.Parse("20:00-")
	require.NoError(t, err)
	for _, c := range []struct {
		value  spoken
		ja, en string
	}{
		{order.Yen(0), "0円", "JPY 0"},
		{order.Yen(999), "999円", "JPY 999"},
		{order.Yen(1507), "1,507円", "JPY 1,507"},
		{order.Yen(-123456), "-123,456円", "JPY -123,456"},
		{order.Yen(1234567), "1,234,567円", "JPY 1,234,567"},
		{dollars, "USD -1,234,567.5", "USD -1,234,567.5"},
		{window, "14:00～16:00", "14:00-16:00"},
		{until, "10:00まで", "until 10:00"},
		{from, "20:00以降", "from 20:00"},
		{order.Delivery{Slot: timeslot.Unresolved, Label: "夕方頃"}, "判読できません：夕方頃", "not readable: 夕方頃"},
		{order.Delivery{Slot: timeslot.Morning}, "午前中", "morning"},
	} {
		require.Equal(t, []string{c.ja, c.en}, []string{c.value.In(order.Japanese), c.value.In(order.English)})
	}
}

// TestResultOfAnEarlierVersion reads what was stored when Next and Reason were English only.
func TestResultOfAnEarlierVersion(t *testing.T) {
	var r order.Result
	require.NoError(t, json.Unmarshal([]byte(
		`{"order":"1","outcome":"refused","next":"send it again","repeating":"yes"}`), &r))
	require.Equal(t, order.Text{EN: "send it again"}, r.Next)
	require.Equal(t, "send it again", r.Next.In(order.Japanese), "the other language where one is missing")

	var sums order.Reconciliation
	require.NoError(t, json.Unmarshal([]byte(`{"verdict":"cannot_be_told","reason":"shipping is undetermined"}`),
		&sums))
	require.Equal(t, order.Text{EN: "shipping is undetermined"}, sums.Reason)
}

func ExampleText() {
	e := &order.Error{Class: order.ErrInvalid,
		Hint: order.Text{EN: "correct it and send it again", JA: "内容を修正して再送してください"}}
	fmt.Println(e.Hint.In(order.Japanese))
	fmt.Println(order.ReadyToShip.In(order.Japanese), order.Yen(1507).In(order.Japanese),
		timeslot.Morning.In(order.Japanese))
	// Output:
	// 内容を修正して再送してください
	// 発送待ち 1,507円 午前中
}

// A dry run that is done has done nothing, and must not read as if it had.
func TestADryRunWouldBeDone(t *testing.T) {
	for want, r := range map[string]order.Result{
		"would be done": {Outcome: order.Done, DryRun: true}, "done": {Outcome: order.Done},
		"refused": {Outcome: order.Refused, DryRun: true}, "not sent": {Outcome: order.NotSent},
	} {
		require.Equal(t, want, r.In(order.English))
	}
	require.Equal(t, "実行できます", order.Result{Outcome: order.Done, DryRun: true}.In(order.Japanese))
}
