package aupay_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// page reads a payload; the texts are changed in pairs (from, to) first, and every change must hit.
func page(t testing.TB, file string, changes ...string) []aupay.OrderInfo {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file)
	require.NoError(t, err)
	text := string(data)
	for i := 0; i < len(changes); i += 2 {
		require.Contains(t, text, changes[i])
		text = strings.Replace(text, changes[i], changes[i+1], 1)
	}
	var answer aupay.SearchResponse
	problems, err := wire.XML([]byte(text), &answer)
	require.NoError(t, err)
	require.Empty(t, problems)
	return answer.Orders
}

const (
	list = "searchTradeInfoListProc.xml"
	one  = "searchTradeInfoProc.xml"
)

func TestConvertWholeOrder(t *testing.T) {
	o := aupay.Convert(&page(t, list)[0], aupay.ConvertOptions{Shop: "10000001"})
	require.Equal(t, "900000001", o.ID)
	require.Equal(t, time.Date(2026, 4, 1, 9, 15, 0, 0, order.JST).Unix(), o.Placed.Unix())
	require.Equal(t, order.New, o.Status)
	require.Equal(t, "新規受付", o.MallStatus)
	require.Equal(t, order.Party{Name: "見本 花子", Kana: "ミホン ハナコ", Postal: "100-0000", Prefecture: "東京都", City: "見本区",
		Address: []string{"架空町1-2-3", "見本マンション101"}, Phone: "03-0000-0001", Phone2: "090-0000-0001",
		Email: "masked-0001@relay.example.jp"}, o.Buyer)
	require.Equal(t, "大阪府", o.Parcels[0].Recipient.Prefecture)
	require.Contains(t, o.Remarks, "のしは不要です。\n箱は小さめ")
	require.Equal(t, order.Wallet, o.Payment.Method)
	require.Equal(t, order.NotTold, o.Payment.Paid, "N says nothing for au PAY")

	lines := o.Lines()
	require.Len(t, lines, 2)
	require.Equal(t, order.Line{ID: "1", ItemID: "700000001", SKU: "sample-shirt-NV-M", Name: "見本シャツ & タオルセット",
		Option: "カラー=ネイビー\nサイズ=M", Quantity: 2, UnitPrice: order.Yen(2480), Total: order.Yen(4960),
		TaxRate: order.StandardRate}, lines[0], "NV-M is two codes, split nobody knows where")
	require.Equal(t, order.SKU{Item: lines[1].SKU}, lines[1].Stock)
	require.Equal(t, order.ReducedRate, lines[1].TaxRate)

	d := o.Parcels[0].Delivery
	require.Equal(t, "2026-04-08", d.Date.String())
	require.Equal(t, "14:00-16:00", d.Slot.String())
	require.Equal(t, "14-16時", d.Label)
	require.Equal(t, order.FromField, d.From)
	require.Equal(t, "2026-04-07", order.DateOf(o.Parcels[0].ShipBy).String(), "the end of the 6th")

	r := o.Reconcile()
	require.Equal(t, order.AddsUp, r.Verdict, r.Reason)
	require.Equal(t, order.Yen(6000), r.Sum)
	require.Equal(t, order.PaidByShop, bearer(o, order.Coupon))
	require.Equal(t, []order.Tax{{Rate: order.StandardRate, Billed: order.Yen(5094)},
		{Rate: order.ReducedRate, Billed: order.Yen(906)}, {Rate: order.ZeroRate, Billed: order.Yen(0)}}, o.Taxes)
	raw, ok := aupay.Raw(o)
	require.True(t, ok)
	require.Equal(t, "au PAY マーケット(SP(アプリ))", raw.SiteAndDevice)
	_, ok = aupay.Raw(order.Order{})
	require.False(t, ok)
}

func bearer(o order.Order, kind order.ComponentKind) order.Bearer {
	for _, c := range o.Amounts.Components {
		if c.Kind == kind {
			return c.Bearer
		}
	}
	return ""
}

func TestConvertShippedGift(t *testing.T) {
	o := aupay.Convert(&page(t, one)[0], aupay.ConvertOptions{})
	require.Equal(t, order.Completed, o.Status)
	require.Equal(t, order.Yes, o.Payment.Paid)
	require.Equal(t, timeslot.Morning, o.Parcels[0].Delivery.Slot)
	require.Equal(t, order.AddsUp, o.Reconcile().Verdict)
	require.True(t, o.Flags.Has(order.Preorder))
	require.True(t, o.Flags.Has(order.GiftWish))
	require.Equal(t, order.Gift{Wanted: true, Wrap: "ギフト包装", Noshi: "御祝 仮名", Message: "合格おめでとう"}, o.Lines()[0].Gift)
	require.Equal(t, "カラー=黒\n名入れ=あり", o.Lines()[0].Option)
	s := o.Parcels[0].Shipments
	require.Len(t, s, 1)
	require.Equal(t, timeslot.Yamato, s[0].Carrier)
	require.Equal(t, "123456789012", s[0].Tracking)
	require.Equal(t, "2026-03-27", s[0].Date.String())
}

func TestConvertStatuses(t *testing.T) {
	own := map[string]order.Status{"店長確認中": order.OnHold, "発送待ち": order.ReadyToShip}
	for name, tc := range map[string]struct {
		changes []string
		want    order.Status
	}{
		"new":                        {nil, order.New},
		"ready, authorised":          {[]string{"<orderStatus>新規受付", "<orderStatus>発送待ち"}, order.ReadyToShip},
		"ready, not authorised":      {[]string{"<orderStatus>新規受付", "<orderStatus>発送待ち", "<authorizationStatus>Y", "<authorizationStatus>N"}, order.AwaitingPayment},
		"ready, prepaid, no money":   {[]string{"<orderStatus>新規受付", "<orderStatus>発送待ち", "au PAY（auかんたん決済）", "銀行振込"}, order.AwaitingPayment},
		"ready, prepaid, paid":       {[]string{"<orderStatus>新規受付", "<orderStatus>発送待ち", "au PAY（auかんたん決済）", "銀行振込", "<paymentStatus>N", "<paymentStatus>Y"}, order.ReadyToShip},
		"ready, ship flag set":       {[]string{"<orderStatus>新規受付", "<orderStatus>発送待ち", "<shipStatus>N", "<shipStatus>Y"}, order.Shipped},
		"reserved":                   {[]string{"<orderStatus>新規受付", "<orderStatus>予約中"}, order.Reserved},
		"awaiting payment":           {[]string{"<orderStatus>新規受付", "<orderStatus>発送前入金待ち"}, order.AwaitingPayment},
		"pays after shipping":        {[]string{"<orderStatus>新規受付", "<orderStatus>発送後入金待ち"}, order.Shipped},
		"buyer asks to cancel":       {[]string{"<orderStatus>新規受付", "<orderStatus>キャンセル受付中"}, order.CancelRequested},
		"cancelled by flag alone":    {[]string{"<cancelStatus>N", "<cancelStatus>C"}, order.Cancelled},
		"fraud check":                {[]string{"<orderStatus>新規受付", "<orderStatus>不正取引審査中"}, order.OnHold},
		"shop's own, mapped":         {[]string{"<orderStatus>新規受付", "<orderStatus>店長確認中"}, order.OnHold},
		"shop's own, nobody knows":   {[]string{"<orderStatus>新規受付", "<orderStatus>謎の状態"}, order.Unknown},
		"own map never hides unpaid": {[]string{"<orderStatus>新規受付", "<orderStatus>発送待ち", "<authorizationStatus>Y", "<authorizationStatus>N"}, order.AwaitingPayment},
	} {
		o := aupay.Convert(&page(t, list, tc.changes...)[0], aupay.ConvertOptions{Statuses: own})
		require.Equal(t, tc.want, o.Status, name)
		if tc.want == order.Unknown {
			require.Equal(t, "謎の状態", o.MallStatus)
		}
	}
	require.Equal(t, order.Cancelled, aupay.Convert(&page(t, list)[1], aupay.ConvertOptions{}).Status)
}

func TestConvertSlots(t *testing.T) {
	for name, tc := range map[string]struct {
		changes []string
		slot    string
		label   string
		from    order.LabelOrigin
	}{
		"field":                   {nil, "14:00-16:00", "14-16時", order.FromField},
		"shop's own form":         {[]string{"<deliveryRequestTime>14-16時</deliveryRequestTime>", ""}, "14:00-16:00", "14-16時", order.FromText},
		"unreadable":              {[]string{"<deliveryRequestTime>14-16時", "<deliveryRequestTime>いつもの時間"}, "", "いつもの時間", order.FromField},
		"no preference":           {[]string{"<deliveryRequestTime>14-16時", "<deliveryRequestTime>指定なし", "<orderOption>配達希望時間帯=14-16時</orderOption>", ""}, "none", "指定なし", order.FromField},
		"default beside the form": {[]string{"<deliveryRequestTime>14-16時", "<deliveryRequestTime>指定なし"}, "14:00-16:00", "14-16時", order.FromText},
		"nothing asked for":       {[]string{"<deliveryRequestTime>14-16時</deliveryRequestTime>", "", "<orderOption>配達希望時間帯=14-16時</orderOption>", ""}, "none", "", ""},
	} {
		o := aupay.Convert(&page(t, list, tc.changes...)[0], aupay.ConvertOptions{})
		d := o.Parcels[0].Delivery
		require.Equal(t, tc.slot, d.Slot.String(), name)
		require.Equal(t, tc.label, d.Label, name)
		require.Equal(t, tc.from, d.From, name)
		require.Equal(t, name == "unreadable", o.Unresolved(), name)
	}
}

func TestConvertAmounts(t *testing.T) {
	for name, tc := range map[string]struct {
		file    string
		changes []string
		want    order.Verdict
	}{
		"points, coupon":                      {list, nil, order.AddsUp},
		"points taken back":                   {list, []string{"<useAuPointCancel>N", "<useAuPointCancel>Y", "<requestPrice>6000", "<requestPrice>6120"}, order.AddsUp},
		"a fault is found":                    {list, []string{"<requestPrice>6000", "<requestPrice>6001"}, order.Differs},
		"billed amount missing":               {list, []string{"<requestPrice>6000", "<requestPrice>"}, order.CannotBeTold},
		"postage not fixed":                   {list, []string{"<postagePrice>660", "<postagePrice>"}, order.CannotBeTold},
		"options that may not belong to it":   {one, []string{"<requestPrice>5000", "<requestPrice>4670"}, order.CannotBeTold},
		"a cancelled line of unknown meaning": {list, []string{"<itemCancelStatus>N", "<itemCancelStatus>C"}, order.CannotBeTold},
		"cash on delivery":                    {list, []string{"au PAY（auかんたん決済）", "代金引換", "<chargePrice>0", "<chargePrice>330", "<requestPrice>6000", "<requestPrice>6330"}, order.AddsUp},
	} {
		o := aupay.Convert(&page(t, tc.file, tc.changes...)[0], aupay.ConvertOptions{})
		r := o.Reconcile()
		require.Equal(t, tc.want, r.Verdict, "%s: %s", name, r.Reason)
		if name == "cash on delivery" {
			require.Equal(t, order.Yen(6330), o.Payment.Collect)
		}
	}
}

func TestRevisionFollowsTheContent(t *testing.T) {
	a := aupay.Convert(&page(t, list)[0], aupay.ConvertOptions{})
	b := aupay.Convert(&page(t, list)[0], aupay.ConvertOptions{Shop: "another"})
	c := aupay.Convert(&page(t, list, "<memo/>", "<memo>x</memo>")[0], aupay.ConvertOptions{})
	require.Equal(t, a.Revision, b.Revision)
	require.NotEqual(t, a.Revision, c.Revision)
}

func TestUnreadableDatesAreReported(t *testing.T) {
	o := aupay.Convert(&page(t, list, "<deliveryRequestDay>2026/04/08", "<deliveryRequestDay>2026/02/30")[0],
		aupay.ConvertOptions{})
	require.True(t, o.Parcels[0].Delivery.Date.IsZero())
	require.Equal(t, []order.Problem{{Field: "deliveryRequestDay", Reason: "not a date", Text: "2026/02/30"}},
		o.Problems)
}

// TestRawOfNothing says no to an order of another mall, and to one without anything behind it.
func TestRawOfNothing(t *testing.T) {
	for _, native := range []any{nil, (*aupay.OrderInfo)(nil), aupay.OrderInfo{}, "text"} {
		w, ok := aupay.Raw(order.Order{}.WithNative(native, nil))
		require.False(t, ok, "%T", native)
		require.Nil(t, w)
	}
	w := new(aupay.OrderInfo)
	got, ok := aupay.Raw(order.Order{}.WithNative(w, nil))
	require.True(t, ok)
	require.Same(t, w, got)
}
