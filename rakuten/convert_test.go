package rakuten_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/timeslot"
)

// reply reads a literal payload: the reference's example (getorder_gift) and variations of it, all
// invented.
func reply(t testing.TB, name string) rakuten.GetOrderResponse {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	require.NoError(t, err)
	var r rakuten.GetOrderResponse
	require.NoError(t, json.Unmarshal(data, &r))
	require.Len(t, r.OrderModelList, 1)
	return r
}

func window(t *testing.T, text string) timeslot.Slot {
	t.Helper()
	slot, err := timeslot.Parse(text)
	require.NoError(t, err)
	return slot
}

func TestConvert(t *testing.T) {
	type want struct {
		status     order.Status
		mallStatus string
		parcels    int
		slot       string // text form; "" is unresolved
		label      string
		from       order.LabelOrigin
		matcher    string
		date       string
		method     order.PaymentMethod
		paid       order.Answer
		verdict    order.Verdict
		billed     order.Money
		flags      order.Flags
	}
	for name, w := range map[string]want{
		"getorder_normal": {
			status: order.ReadyToShip, mallStatus: "発送待ち", parcels: 1, slot: "none",
			method: order.Card, verdict: order.AddsUp, billed: order.Yen(7280),
		},
		"getorder_gift": {
			status: order.ReadyToShip, mallStatus: "発送待ち", parcels: 1, slot: "14:00-16:00", label: "1416",
			from: order.FromField, matcher: "rakuten.shippingTerm", date: "2026-06-06",
			method: order.Card, verdict: order.AddsUp, billed: order.Yen(7600),
			flags: order.Flags{order.GiftWish, order.FastDelivery, order.DropOff},
		},
		"getorder_reserved": {
			status: order.Reserved, mallStatus: "楽天処理中", parcels: 1, slot: "14:00-16:00", label: "14:00-16:00",
			from: order.FromText, matcher: "reader", method: order.Card, verdict: order.AddsUp, billed: order.Yen(7280),
			date: "2026-06-06", flags: order.Flags{order.Preorder, order.FastDelivery},
		},
		"getorder_recipients_cod": {
			status: order.ReadyToShip, mallStatus: "発送待ち", parcels: 2, slot: "18:00-20:00", label: "18：00〜20：00",
			from: order.FromText, matcher: "reader", date: "2026-06-08",
			method: order.CashOnDelivery, verdict: order.AddsUp, billed: order.Yen(12050),
			flags: order.Flags{order.SeveralRecipients, order.RemoteIsland, order.FastDelivery, order.StorePickup},
		},
		"getorder_points_coupons": {
			status: order.Completed, mallStatus: "支払手続き済", parcels: 1, slot: "am", label: "1",
			from: order.FromField, matcher: "rakuten.shippingTerm", date: "2026-06-06",
			method: order.Card, paid: order.Yes, verdict: order.AddsUp, billed: order.Yen(4980),
			flags: order.Flags{order.FastDelivery},
		},
		"getorder_cancelled": {
			status: order.Cancelled, mallStatus: "キャンセル確定", parcels: 1, slot: "14:00-16:00", label: "1416",
			from: order.FromField, matcher: "rakuten.shippingTerm", date: "2026-06-06",
			method: order.Card, verdict: order.AddsUp, billed: order.Yen(7280),
			flags: order.Flags{order.BuyerCaution, order.FastDelivery},
		},
		"getorder_undetermined": {
			status: order.OnHold, mallStatus: "注文確認待ち", parcels: 1, slot: "14:00-16:00", label: "1416",
			from: order.FromField, matcher: "rakuten.shippingTerm", date: "2026-06-06",
			method: order.BankTransfer, paid: order.No, verdict: order.CannotBeTold,
			flags: order.Flags{order.NeedsConfirmation, order.RegulatedItem, order.UnderReview, order.FastDelivery},
		},
		"getorder_unreadable_slot": {
			status: order.ReadyToShip, mallStatus: "発送待ち", parcels: 1, slot: "", label: "夕方の涼しいころ",
			from: order.FromText, date: "2026-06-10", method: order.Card, verdict: order.AddsUp,
			billed: order.Yen(7280),
			flags:  order.Flags{order.FastDelivery},
		},
		"getorder_social_gift": {
			status: order.OnHold, mallStatus: "発送待ち", parcels: 1, slot: "none",
			method: order.Card, verdict: order.AddsUp, billed: order.Yen(7280),
			flags: order.Flags{order.SocialGift, order.AddressPending, order.FastDelivery},
		},
		"getorder_old": {
			status: order.Completed, mallStatus: "支払手続き済", parcels: 1, slot: "14:00-16:00", label: "1416",
			from: order.FromField, matcher: "rakuten.shippingTerm", date: "2026-06-06",
			method: order.Card, paid: order.Yes, verdict: order.AddsUp, billed: order.Yen(7280),
			flags: order.Flags{order.NoPersonalData},
		},
	} {
		t.Run(name, func(t *testing.T) {
			wire := &reply(t, name).OrderModelList[0]
			o := rakuten.Convert(wire, rakuten.ConvertOptions{Shop: "mihon-shop"})

			require.Equal(t, order.Ref{Mall: order.Rakuten, Shop: "mihon-shop", ID: wire.OrderNumber,
				Revision: o.Revision}, o.Ref())
			require.Equal(t, w.status, o.Status)
			require.Equal(t, w.mallStatus, o.MallStatus)
			require.Len(t, o.Parcels, w.parcels)
			for _, p := range o.Parcels {
				d := p.Delivery
				require.Equal(t, w.slot, d.Slot.String())
				require.Equal(t, w.label, d.Label)
				require.Equal(t, w.from, d.From)
				require.Equal(t, w.matcher, d.Matcher)
				require.Equal(t, w.date, d.Date.String())
				require.Equal(t, "宅配便", d.Method)
				require.True(t, d.OrderLevel)
			}
			require.Equal(t, w.slot == "", o.Unresolved())
			require.Equal(t, w.method, o.Payment.Method)
			require.Equal(t, w.paid, o.Payment.Paid)
			r := o.Reconcile()
			require.Equal(t, w.verdict, r.Verdict, r.Reason)
			require.Equal(t, w.billed, o.Amounts.Billed)
			require.Equal(t, w.flags, o.Flags)
			raw, ok := rakuten.Raw(o)
			require.True(t, ok)
			require.Same(t, wire, raw)

			_, err := json.Marshal(o)
			require.NoError(t, err)
		})
	}
}

// TestConvertFields looks at every part of the example of the reference.
func TestConvertFields(t *testing.T) {
	o := rakuten.Convert(&reply(t, "getorder_gift").OrderModelList[0], rakuten.ConvertOptions{Shop: "mihon-shop"})
	require.Equal(t, time.Date(2026, 6, 1, 21, 14, 5, 0, order.JST), o.Placed)
	require.Equal(t, order.Party{Name: "見本 花子", Family: "見本", Given: "花子", Kana: "ミホン ハナコ", Postal: "000-0001",
		Prefecture: "東京都", City: "見本区", Address: []string{"例町1-2-3"}, Phone: "03-0000-0000",
		Email: "00000000000000000000000000000000s1@pc.fw.rakuten.ne.jp"}, o.Buyer)
	require.Equal(t, order.Gift{Wanted: true, Wrap: "包装紙A"}, o.Gift)
	require.Equal(t, order.Payment{Method: order.Card, Code: "1", Text: "クレジットカード"}, o.Payment)
	require.Equal(t, []order.Tax{
		{Rate: order.ReducedRate, Billed: order.Yen(6180), Tax: order.Yen(457)},
		{Rate: order.StandardRate, Billed: order.Yen(1570), Tax: order.Yen(142)},
	}, o.Taxes)
	require.Equal(t, []order.Component{
		{Kind: order.Goods, Label: "juice-6", Parcel: "2000000001", TaxRate: order.ReducedRate, Amount: order.Yen(6480)},
		{Kind: order.Goods, Label: "gift-box", Parcel: "2000000001", TaxRate: order.StandardRate, Amount: order.Yen(550)},
		{Kind: order.Wrapping, Label: "包装紙A", TaxRate: order.StandardRate, Amount: order.Yen(220)},
		{Kind: order.Shipping, Label: "postagePrice", Parcel: "2000000001", TaxRate: order.StandardRate, Amount: order.Yen(800)},
		{Kind: order.Coupon, Label: "見本クーポン", Bearer: order.PaidByShop, Amount: order.Yen(-300)},
		{Kind: order.PointsUsed, Label: "usedPoint", Bearer: order.PaidByBuyer, Amount: order.Yen(-150)},
	}, o.Amounts.Components)

	p := o.Parcels[0]
	require.Equal(t, "2000000001", p.ID)
	require.Equal(t, "例示 太郎", p.Recipient.Name)
	require.Equal(t, "000-0002", p.Recipient.Postal)
	require.Equal(t, order.Gift{Wanted: true, Noshi: "御祝"}, p.Gift)
	require.Equal(t, "宅配ボックス", p.Delivery.DropOff)
	require.Equal(t, timeslot.Yamato, p.Delivery.Carrier)
	require.Equal(t, order.Line{ID: "2000000001", ItemID: "juice-6", SKU: "JUICE-6-RED", Name: "見本りんごジュース 1L×6本",
		Stock:  order.SKU{Item: "juice-6", Variant: "juice-6-r"},
		Option: "品種:ふじ\n本数:6本\n名入れ:しません\n確認事項:了承しました", Quantity: 2, UnitPrice: order.Yen(3240),
		Total: order.Yen(6480), TaxRate: order.ReducedRate}, p.Lines[0])
	require.Equal(t, "gift-box", p.Lines[1].SKU)
	require.Equal(t, order.SKU{Item: "gift-box", Variant: "normal-inventory"}, p.Lines[1].Stock)
	require.Equal(t, []order.ShipmentRecord{{ID: "3000000001", Carrier: timeslot.Yamato, Name: "ヤマト運輸",
		Date: order.Date{Year: 2026, Month: 6, Day: 5}}}, p.Shipments)
}

func TestConvertParts(t *testing.T) {
	cod := rakuten.Convert(&reply(t, "getorder_recipients_cod").OrderModelList[0], rakuten.ConvertOptions{})
	require.Equal(t, order.Yen(12050), cod.Payment.Collect)
	require.Equal(t, &order.Pickup{Kind: "ローソン", Code: "012345", Name: "見本店"}, cod.Parcels[1].Pickup)
	require.Equal(t, "見本", cod.Parcels[1].Recipient.Name, "no given name, no blank")
	require.Equal(t, "090-0000", cod.Parcels[1].Recipient.Phone, "one of three numbers is null")
	require.Equal(t, 3, cod.Parcels[0].Delivery.Line, "the slot's line in remarks")

	used := rakuten.Convert(&reply(t, "getorder_points_coupons").OrderModelList[0], rakuten.ConvertOptions{})
	var bearers []order.Bearer
	for _, c := range used.Amounts.Components {
		if c.Kind == order.Coupon {
			bearers = append(bearers, c.Bearer)
		}
	}
	require.Equal(t, []order.Bearer{order.PaidByShop, order.PaidByMaker, order.PaidByMall}, bearers)
	require.Equal(t, timeslot.Carrier("1099"), used.Parcels[0].Shipments[1].Carrier, "a new code keeps its text")
	require.Equal(t, "000000000002", used.Parcels[0].Shipments[1].Tracking)

	old := rakuten.Convert(&reply(t, "getorder_old").OrderModelList[0], rakuten.ConvertOptions{})
	require.Equal(t, "juice-6-r", old.Parcels[0].Lines[0].SKU)
	require.Equal(t, order.Yen(3240), old.Parcels[0].Lines[0].UnitPrice)

	none := rakuten.Convert(nil, rakuten.ConvertOptions{Shop: "s"})
	require.Equal(t, "s", none.Shop)
	_, ok := rakuten.Raw(none)
	require.False(t, ok)

	bare := rakuten.Convert(&rakuten.OrderModel{OrderNumber: "1"}, rakuten.ConvertOptions{})
	require.Len(t, bare.Parcels, 1)
	require.Equal(t, order.Unknown, bare.Status)
	require.Equal(t, order.CannotBeTold, bare.Reconcile().Verdict)
}

func TestStatuses(t *testing.T) {
	unset := func(*rakuten.OrderModel) {}
	for _, c := range []struct {
		name     string
		progress rakuten.OrderProgress
		change   func(*rakuten.OrderModel)
		want     order.Status
	}{
		{"100", 100, unset, order.New},
		{"200", 200, unset, order.AwaitingPayment},
		{"300", 300, unset, order.ReadyToShip},
		{"400", 400, unset, order.OnHold},
		{"500", 500, unset, order.Shipped},
		{"600", 600, unset, order.Shipped},
		{"700", 700, unset, order.Completed},
		{"800", 800, unset, order.CancelRequested},
		{"900", 900, unset, order.Cancelled},
		{"a new one", 950, unset, order.Unknown},
		{"checked by Rakuten", 300, func(w *rakuten.OrderModel) { w.RakutenConfirmFlag = 1 }, order.OnHold},
		{"checked, but shipped", 500, func(w *rakuten.OrderModel) { w.RakutenConfirmFlag = 1 }, order.Shipped},
		{"warning says cancelled", 300, func(w *rakuten.OrderModel) { w.CautionDisplayType = 2 }, order.Cancelled},
		{"a warning only", 300, func(w *rakuten.OrderModel) { w.CautionDisplayType = 1 }, order.ReadyToShip},
		{"pre-order", 100, func(w *rakuten.OrderModel) { w.OrderType = rakuten.PreOrder }, order.Reserved},
		{"pre-order to be shipped", 300, func(w *rakuten.OrderModel) {
			w.OrderType, w.ShippingInstDatetime = rakuten.PreOrder, "2026-06-01T00:00:00+0900"
		}, order.ReadyToShip},
		{"shop's own hold", 300, func(w *rakuten.OrderModel) { w.SubStatusName = "出荷停止" }, order.OnHold},
		{"shop's own does not undo a cancellation", 900, func(w *rakuten.OrderModel) { w.SubStatusName = "出荷停止" }, order.Cancelled},
		{"shop's own for a number", 960, unset, order.Shipped},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := &rakuten.OrderModel{OrderProgress: c.progress}
			c.change(w)
			o := rakuten.Convert(w, rakuten.ConvertOptions{
				Statuses: map[string]order.Status{"出荷停止": order.OnHold, "960": order.Shipped, "": order.Cancelled}})
			require.Equal(t, c.want, o.Status)
		})
	}
	w := &rakuten.OrderModel{OrderProgress: 950}
	require.Equal(t, "950", rakuten.Convert(w, rakuten.ConvertOptions{}).MallStatus)
}

func TestPaid(t *testing.T) {
	for _, c := range []struct {
		method   rakuten.SettlementMethod
		rpay     rakuten.Flag
		progress rakuten.OrderProgress
		want     order.Answer
	}{
		{rakuten.SevenEleven, 1, 200, order.No},
		{rakuten.SevenEleven, 1, 300, order.Yes},
		{rakuten.BankTransfer, 0, 300, order.NotTold},
		{rakuten.CreditCard, 1, 300, order.NotTold},
		{rakuten.CreditCard, 1, 700, order.Yes},
		{rakuten.PointsOnly, 1, 300, order.Yes},
		{rakuten.SevenEleven, 1, 900, order.NotTold},
		{99, 1, 300, order.NotTold},
	} {
		o := rakuten.Convert(&rakuten.OrderModel{OrderProgress: c.progress, SettlementModel: &rakuten.SettlementModel{
			SettlementMethodCode: c.method, RpaySettlementFlag: c.rpay, SettlementMethod: "見本"}},
			rakuten.ConvertOptions{})
		require.Equal(t, c.want, o.Payment.Paid, "%v", c)
		require.Equal(t, "見本", o.Payment.Text)
		if c.method == 99 {
			require.Equal(t, order.OtherPayment, o.Payment.Method)
		}
	}
}

func TestRevision(t *testing.T) {
	of := func(change func(*rakuten.OrderModel)) string {
		w := &reply(t, "getorder_gift").OrderModelList[0]
		change(w)
		return rakuten.Convert(w, rakuten.ConvertOptions{Shop: "any"}).Revision
	}
	base := of(func(*rakuten.OrderModel) {})
	require.Regexp(t, "^[0-9a-f]{32}$", base)
	require.Equal(t, base, of(func(w *rakuten.OrderModel) { w.ReceiptIssueCount = 3 }), "receipts are no change")
	require.NotEqual(t, base, of(func(w *rakuten.OrderModel) { w.Memo = "x" }))
	require.NotEqual(t, base, of(func(w *rakuten.OrderModel) { w.PackageModelList[0].ItemModelList[1].Units = 2 }))
	require.NotEqual(t, base, of(func(w *rakuten.OrderModel) { w.ShippingTerm = nil }))
}

// TestCashFeeOutsideTheBill shows the open question of Rakuten's formula: without 代引料 the bill adds
// up, with it it does not.
func TestCashFeeOutsideTheBill(t *testing.T) {
	w := &reply(t, "getorder_recipients_cod").OrderModelList[0]
	w.RequestPrice = rakuten.NewYen(11720)
	r := rakuten.Convert(w, rakuten.ConvertOptions{}).Reconcile()
	require.Equal(t, order.CannotBeTold, r.Verdict)
	require.Contains(t, r.Reason.EN, "代引料")
	w.RequestPrice = rakuten.NewYen(11000)
	require.Equal(t, order.Differs, rakuten.Convert(w, rakuten.ConvertOptions{}).Reconcile().Verdict)
}

func TestShippingTerm(t *testing.T) {
	for term, text := range map[int64]string{
		0: "none", 1: "am", 2: "pm", 708: "07:00-08:00", 724: "07:00-24:00", 812: "08:00-12:00", 1214: "12:00-14:00",
		1416: "14:00-16:00", 1921: "19:00-21:00", 2021: "20:00-21:00", 2324: "23:00-24:00",
	} {
		slot, ok := rakuten.SlotOf(term)
		require.True(t, ok, term)
		require.Equal(t, window(t, text), slot, term)
		back, ok := rakuten.TermOf(slot)
		require.True(t, ok, term)
		require.Equal(t, term, back)
	}
	for _, term := range []int64{-1, 3, 9, 14, 608, 699, 1614, 1616, 1425, 2425, 10810, 99999999} {
		slot, ok := rakuten.SlotOf(term)
		require.False(t, ok, term)
		require.Equal(t, timeslot.Unresolved, slot)
		o := rakuten.Convert(&rakuten.OrderModel{ShippingTerm: &term}, rakuten.ConvertOptions{})
		require.True(t, o.Unresolved(), term)
		require.NotEmpty(t, o.Parcels[0].Delivery.Label)
	}
	for _, text := range []string{"", "night", "-10:00", "06:00-08:00", "12:30-14:00"} {
		_, ok := rakuten.TermOf(window(t, text))
		require.False(t, ok, text)
	}
}

func TestDeliveryCompanies(t *testing.T) {
	for code := 1000; code <= 1031; code++ {
		c := rakuten.DeliveryCompany(itoa(code))
		require.True(t, c.Known(), code)
		require.NotEmpty(t, c.Carrier(), code)
		back, ok := rakuten.CompanyOf(c.Carrier())
		require.True(t, ok)
		require.Equal(t, c, back)
	}
	require.False(t, rakuten.DeliveryCompany("1032").Known())
	require.Equal(t, "1032", rakuten.DeliveryCompany("1032").Name())
	code, ok := rakuten.CompanyOf(timeslot.Nekopos)
	require.True(t, ok)
	require.Equal(t, rakuten.DeliveryCompany("1001"), code)
	_, ok = rakuten.CompanyOf("見本運送")
	require.False(t, ok)
}

// TestRawOfNothing says no to an order of another mall, and to one without anything behind it.
func TestRawOfNothing(t *testing.T) {
	for _, native := range []any{nil, (*rakuten.OrderModel)(nil), rakuten.OrderModel{}, "text"} {
		w, ok := rakuten.Raw(order.Order{}.WithNative(native, nil))
		require.False(t, ok, "%T", native)
		require.Nil(t, w)
	}
	w := new(rakuten.OrderModel)
	got, ok := rakuten.Raw(order.Order{}.WithNative(w, nil))
	require.True(t, ok)
	require.Same(t, w, got)
}
