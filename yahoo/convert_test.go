package yahoo_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo"
)

func payload(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name+".xml"))
	require.NoError(t, err)
	return data
}

// converted is a stored reply, decoded and converted without a client.
func converted(t testing.TB, name string, opts yahoo.ConvertOptions) order.Order {
	t.Helper()
	var doc yahoo.OrderInfoResponse
	_, err := wire.XML(payload(t, name), &doc)
	require.NoError(t, err)
	return yahoo.Convert(&doc.Order, opts)
}

func jst(text string) time.Time {
	at, err := time.ParseInLocation("2006-01-02 15:04:05", text, order.JST)
	if err != nil {
		panic(err)
	}
	return at
}

func TestConvertNormal(t *testing.T) {
	o := converted(t, "normal", yahoo.ConvertOptions{})
	require.Equal(t, order.Ref{Mall: order.Yahoo, Shop: "example-store", ID: "example-store-10000001",
		Revision: o.Revision}, o.Ref())
	require.True(t, jst("2026-09-01 10:15:30").Equal(o.Placed))
	require.True(t, jst("2026-09-01 10:26:02").Equal(o.Updated))
	require.Equal(t, order.New, o.Status)
	require.Equal(t, "処理中", o.MallStatus)
	require.Equal(t, order.Party{
		Name: "見本 花子", Family: "見本", Given: "花子", Kana: "ミホン ハナコ", Postal: "1000000", Prefecture: "東京都", City: "千代田区",
		Address: []string{"見本町1-2-3", "例示ビル 405"}, Phone: "00-0000-0000", Email: "buyer@example.com",
	}, o.Buyer)
	require.Equal(t, "平日の昼に <受け取り> 希望です & よろしくお願いします", o.Remarks)
	require.Equal(t, order.Payment{Method: order.Wallet, Code: "payment_a17", Text: "PayPay残高", Paid: order.Yes,
		PaidAt: jst("2026-09-01 00:00:00")}, o.Payment)
	require.Empty(t, o.Problems)

	require.Len(t, o.Parcels, 1)
	p := o.Parcels[0]
	require.Equal(t, "060-0000", p.Recipient.Postal)
	require.Equal(t, "見本 太郎", p.Recipient.Name)
	require.Equal(t, []string{"例示通4-5-6"}, p.Recipient.Address)
	require.Equal(t, "14:00-16:00", p.Delivery.Slot.String())
	require.Equal(t, "14:00-16:00", p.Delivery.Label)
	require.Equal(t, order.FromField, p.Delivery.From)
	require.Equal(t, "2026-09-04", p.Delivery.Date.String())
	require.Equal(t, "宅配便", p.Delivery.Method)
	require.Empty(t, p.Shipments)
	require.Equal(t, []order.Line{
		{ID: "1", ItemID: "tea-cup-01", SKU: "tea-cup-01-blue", Stock: order.SKU{Item: "tea-cup-01", Variant: "tea-cup-01-blue"},
			Name: "湯のみ 見本柄", Option: "カラー:ブルー\n名入れ:みほん", Quantity: 2,
			UnitPrice: order.Yen(2700), Total: order.Yen(5400), TaxRate: order.StandardRate},
		{ID: "2", ItemID: "tea-leaf-100", SKU: "tea-leaf-100", Stock: order.SKU{Item: "tea-leaf-100"}, Name: "煎茶 100g", Quantity: 1,
			UnitPrice: order.Yen(1000), Total: order.Yen(1000), TaxRate: order.ReducedRate},
	}, p.Lines)
	require.Equal(t, order.Yen(6500), o.Amounts.Billed)
	require.Equal(t, order.AddsUp, o.Reconcile().Verdict)
	require.Equal(t, order.Flags{order.NeedsConfirmation, order.FastDelivery}, o.Flags)
}

func TestConvert(t *testing.T) {
	for name, tc := range map[string]struct {
		status  order.Status
		verdict order.Verdict
		slot    timeslot.Slot
		flags   []order.Flag
		check   func(*testing.T, order.Order)
	}{
		"reserved": {order.Reserved, order.AddsUp, timeslot.Unresolved,
			[]order.Flag{order.NeedsConfirmation, order.Preorder, order.FastDelivery},
			func(t *testing.T, o order.Order) {
				require.Equal(t, order.No, o.Payment.Paid)
				require.Equal(t, order.ConvenienceStore, o.Payment.Method)
				require.True(t, jst("2026-09-01 10:15:30").Equal(o.Placed), "an old sample's 14 digits are in JST")
				require.True(t, o.Parcels[0].Delivery.Date.IsZero())
				require.Equal(t, "平日の昼に <受け取り> 希望です & よろしくお願いします", o.Parcels[0].Delivery.Label,
					"a wish in the comment is no \"no preference\"")
			}},
		"gift": {order.ReadyToShip, order.AddsUp, slot(14, 16), []order.Flag{order.GiftWish, order.SocialGift, order.FastDelivery},
			func(t *testing.T, o order.Order) {
				require.Equal(t, order.Gift{Wanted: true, Wrap: "包装紙 見本柄", Noshi: "内祝 見本", Message: "おめでとうございます"},
					o.Gift)
			}},
		"several_recipients": {order.ReadyToShip, order.AddsUp, slot(14, 16), []order.Flag{order.SeveralRecipients, order.FastDelivery}, nil},
		"points_coupons": {order.ReadyToShip, order.AddsUp, slot(14, 16), []order.Flag{order.FastDelivery},
			func(t *testing.T, o order.Order) {
				got := make(map[string]order.Component)
				for _, c := range o.Amounts.Components {
					got[c.Label] = c
				}
				require.Equal(t, order.Yen(-250), got["UsePoint"].Amount, "without the bonus and the voucher in it")
				require.Equal(t, order.Yen(-200), got["TotalImmediateBonusAmount"].Amount)
				require.Equal(t, order.Yen(-500), got["GiftCardDiscount"].Amount)
				require.Equal(t, order.Yen(-300), got["TotalMallCouponDiscount"].Amount)
				require.Equal(t, order.PaidByMall, got["TotalMallCouponDiscount"].Bearer)
				require.Equal(t, order.Yen(-100), got["Discount"].Amount)
				require.Equal(t, order.PaidByShop, got["Discount"].Bearer)
				require.Equal(t, order.Yen(-50), got["Adjustments"].Amount)
			}},
		"cash_on_delivery": {order.ReadyToShip, order.AddsUp, slot(12, 14), []order.Flag{order.FastDelivery}, func(t *testing.T, o order.Order) {
			require.Equal(t, order.CashOnDelivery, o.Payment.Method)
			require.Equal(t, order.No, o.Payment.Paid, "it is shipped before it is paid")
			require.Equal(t, order.Yen(6830), o.Payment.Collect)
			require.Equal(t, timeslot.Yamato, o.Parcels[0].Delivery.Carrier)
		}},
		"cancelled": {order.Cancelled, order.AddsUp, slot(14, 16), []order.Flag{order.FastDelivery}, nil},
		"undetermined": {order.ReadyToShip, order.CannotBeTold, slot(14, 16), []order.Flag{order.RemoteIsland}, func(t *testing.T, o order.Order) {
			require.False(t, o.Amounts.Billed.Known())
			require.Contains(t, o.Reconcile().Reason.EN, "remote area")
		}},
		"unreadable_slot": {order.ReadyToShip, order.AddsUp, timeslot.Unresolved, []order.Flag{order.FastDelivery}, func(t *testing.T, o order.Order) {
			require.Equal(t, "夕方ごろ", o.Parcels[0].Delivery.Label, "whoever prints labels sees what stood there")
			require.Equal(t, "常連のお客様", o.Memo)
		}},
		"fulfilment": {order.ReadyToShip, order.AddsUp, slot(19, 21), []order.Flag{order.FastDelivery, order.FulfilledByMall},
			func(t *testing.T, o order.Order) {
				require.Equal(t, "105", o.Parcels[0].Delivery.Label)
				require.Equal(t, "yahoo.ShipRequestTimeZoneCode", o.Parcels[0].Delivery.Matcher)
			}},
		"contradiction": {order.ReadyToShip, order.AddsUp, timeslot.Unresolved, []order.Flag{order.FastDelivery}, func(t *testing.T, o order.Order) {
			require.Equal(t, "OrderInfo.Ship.ShipRequestTimeZoneCode", o.Problems[0].Field)
		}},
		"shipped": {order.Shipped, order.AddsUp, slot(14, 16), []order.Flag{order.FastDelivery}, func(t *testing.T, o order.Order) {
			day := order.Date{Year: 2026, Month: 9, Day: 3}
			require.Equal(t, []order.ShipmentRecord{
				{ID: "1", Carrier: timeslot.Sagawa, Name: "佐川急便", Tracking: "000011112222", Date: day},
				{ID: "2", Carrier: timeslot.Sagawa, Name: "佐川急便", Tracking: "000033334444", Date: day},
			}, o.Parcels[0].Shipments)
		}},
		"broken_fields": {order.New, order.CannotBeTold, slot(14, 16), []order.Flag{order.NeedsConfirmation, order.FastDelivery},
			func(t *testing.T, o order.Order) {
				require.True(t, o.Placed.IsZero())
				require.Len(t, o.Problems, 2, "the decoder's own come with the client")
				require.False(t, o.Parcels[0].Lines[0].Total.Known())
			}},
	} {
		t.Run(name, func(t *testing.T) {
			o := converted(t, name, yahoo.ConvertOptions{Shop: "example-store"})
			require.Equal(t, tc.status, o.Status)
			require.Equal(t, tc.verdict, o.Reconcile().Verdict, o.Reconcile().Reason)
			require.Equal(t, tc.slot, o.Parcels[0].Delivery.Slot)
			require.ElementsMatch(t, tc.flags, o.Flags)
			if tc.check != nil {
				tc.check(t, o)
			}
			_, err := json.Marshal(o)
			require.NoError(t, err)
		})
	}
}

func slot(from, to int) timeslot.Slot {
	s, err := timeslot.Window(timeslot.At(from, 0), timeslot.At(to, 0))
	if err != nil {
		panic(err)
	}
	return s
}

func TestStatus(t *testing.T) {
	base := func(change func(*yahoo.OrderInfo)) *yahoo.OrderInfo {
		w := &yahoo.OrderInfo{OrderID: "example-store-1", OrderStatus: yahoo.OrderProcessing, IsSeen: true}
		w.Pay.PayStatus, w.Pay.PayMethod, w.Ship.ShipStatus = yahoo.PayPaid, yahoo.PayByCard, yahoo.ShipPossible
		change(w)
		return w
	}
	yes, not := true, false
	own := map[string]order.Status{"1": order.OnHold, "2": order.ReadyToShip, "3": order.AwaitingPayment}
	for name, tc := range map[string]struct {
		change func(*yahoo.OrderInfo)
		want   order.Status
	}{
		"ready":               {func(*yahoo.OrderInfo) {}, order.ReadyToShip},
		"in progress":         {func(w *yahoo.OrderInfo) { w.Ship.ShipStatus = yahoo.ShipInProgress }, order.ReadyToShip},
		"unseen":              {func(w *yahoo.OrderInfo) { w.IsSeen = false }, order.New},
		"unpaid":              {func(w *yahoo.OrderInfo) { w.Pay.PayStatus = yahoo.PayAwaiting }, order.AwaitingPayment},
		"payment not told":    {func(w *yahoo.OrderInfo) { w.Pay.PayStatus = "" }, order.AwaitingPayment},
		"unpaid and unseen":   {func(w *yahoo.OrderInfo) { w.Pay.PayStatus, w.IsSeen = yahoo.PayAwaiting, false }, order.AwaitingPayment},
		"authorisation error": {func(w *yahoo.OrderInfo) { w.Pay.SettleStatus = yahoo.SettleAuthError }, order.AwaitingPayment},
		"cash on delivery": {func(w *yahoo.OrderInfo) {
			w.Pay.PayStatus, w.Pay.PayMethod = yahoo.PayAwaiting, yahoo.PayOnDelivery
		}, order.ReadyToShip},
		"store's own method, after delivery": {func(w *yahoo.OrderInfo) {
			w.Pay.PayStatus, w.Pay.PayMethod, w.Pay.PayType = yahoo.PayAwaiting, yahoo.PayByStore3, yahoo.PayAfter
		}, order.ReadyToShip},
		"store's own method, before": {func(w *yahoo.OrderInfo) {
			w.Pay.PayStatus, w.Pay.PayMethod, w.Pay.PayType = yahoo.PayAwaiting, yahoo.PayByTransfer1, yahoo.PayBefore
		}, order.AwaitingPayment},
		"cannot ship":         {func(w *yahoo.OrderInfo) { w.Ship.ShipStatus = yahoo.ShipNotPossible }, order.OnHold},
		"shipped":             {func(w *yahoo.OrderInfo) { w.Ship.ShipStatus = yahoo.ShipDone }, order.Shipped},
		"arrived":             {func(w *yahoo.OrderInfo) { w.Ship.ShipStatus = yahoo.ShipArrived }, order.Shipped},
		"completed":           {func(w *yahoo.OrderInfo) { w.OrderStatus = yahoo.OrderCompleted }, order.Completed},
		"held":                {func(w *yahoo.OrderInfo) { w.OrderStatus = yahoo.OrderHeld }, order.OnHold},
		"awaiting consent":    {func(w *yahoo.OrderInfo) { w.OrderStatus = yahoo.OrderAwaitingConsent }, order.OnHold},
		"cancelled":           {func(w *yahoo.OrderInfo) { w.OrderStatus = yahoo.OrderCancelled }, order.Cancelled},
		"reserved and unpaid": {func(w *yahoo.OrderInfo) { w.OrderStatus, w.Pay.PayStatus = yahoo.OrderReserved, "0" }, order.Reserved},
		"fraud hold":          {func(w *yahoo.OrderInfo) { w.FraudHoldStatus = yahoo.FraudHeld }, order.OnHold},
		"fraud lifted":        {func(w *yahoo.OrderInfo) { w.FraudHoldStatus = yahoo.FraudHoldLifted }, order.ReadyToShip},
		"prank":               {func(w *yahoo.OrderInfo) { w.Suspect = yahoo.SuspectYes }, order.OnHold},
		"gift without address": {func(w *yahoo.OrderInfo) {
			w.IsLineGiftOrder, w.Ship.IsLineGiftShippable = true, &not
		}, order.OnHold},
		"gift with address":      {func(w *yahoo.OrderInfo) { w.IsLineGiftOrder, w.Ship.IsLineGiftShippable = true, &yes }, order.ReadyToShip},
		"unknown":                {func(w *yahoo.OrderInfo) { w.OrderStatus = "9" }, order.Unknown},
		"unset":                  {func(w *yahoo.OrderInfo) { w.OrderStatus = yahoo.OrderUnset }, order.Unknown},
		"ship status unknown":    {func(w *yahoo.OrderInfo) { w.Ship.ShipStatus = "7" }, order.Unknown},
		"own status holds":       {func(w *yahoo.OrderInfo) { w.StoreStatus = "1" }, order.OnHold},
		"own status replaces":    {func(w *yahoo.OrderInfo) { w.IsSeen, w.StoreStatus = false, "2" }, order.ReadyToShip},
		"own status and unpaid":  {func(w *yahoo.OrderInfo) { w.Pay.PayStatus, w.StoreStatus = "0", "2" }, order.AwaitingPayment},
		"own status, cancelled":  {func(w *yahoo.OrderInfo) { w.OrderStatus, w.StoreStatus = yahoo.OrderCancelled, "2" }, order.Cancelled},
		"own status, not mapped": {func(w *yahoo.OrderInfo) { w.StoreStatus = "10" }, order.ReadyToShip},
	} {
		t.Run(name, func(t *testing.T) {
			o := yahoo.Convert(base(tc.change), yahoo.ConvertOptions{Statuses: own})
			require.Equal(t, tc.want, o.Status)
			require.NotEmpty(t, o.MallStatus)
		})
	}
}

func TestPaymentMethods(t *testing.T) {
	for code, want := range map[yahoo.PayMethod]order.PaymentMethod{
		yahoo.PayByCard: order.Card, yahoo.PayBySeven: order.ConvenienceStore,
		yahoo.PayOnDelivery:  order.CashOnDelivery,
		yahoo.PayByTransfer6: order.BankTransfer, yahoo.PayByStore15: order.OtherPayment,
		yahoo.PayByPoints:  order.Points,
		yahoo.PayByYukkuri: order.Deferred, yahoo.PayBySoftBank: order.CarrierBilling, "payment_x9": order.OtherPayment,
		"": "",
	} {
		w := &yahoo.OrderInfo{}
		w.Pay.PayMethod, w.Pay.PayMethodName = code, "words"
		p := yahoo.Convert(w, yahoo.ConvertOptions{}).Payment
		require.Equal(t, want, p.Method, code)
		require.Equal(t, string(code), p.Code)
		require.Equal(t, "words", p.Text)
	}
}

func TestCarriersBothWays(t *testing.T) {
	for code, want := range map[yahoo.ShipCompanyCode]timeslot.Carrier{
		"1001": timeslot.Yamato, "103": timeslot.Yamato, "100": timeslot.JapanPost, "999": timeslot.OtherCarrier, "5001": timeslot.StorePickup,
		"7777": "", "": "",
	} {
		carrier, name := code.Carrier()
		require.Equal(t, want, carrier, code)
		if want != "" {
			back, ok := yahoo.CompanyOf(carrier)
			require.True(t, ok)
			require.Equal(t, code.Current(), back)
		} else {
			require.Equal(t, string(code), name)
		}
	}
	code, ok := yahoo.CompanyOf(timeslot.Nekopos)
	require.True(t, ok)
	require.Equal(t, yahoo.CompanyYamato, code, "a service is reported as its company")
	_, ok = yahoo.CompanyOf("donkey")
	require.False(t, ok)
}

// TestRawOfNothing says no to an order of another mall, and to one without anything behind it.
func TestRawOfNothing(t *testing.T) {
	for _, native := range []any{nil, (*yahoo.OrderInfo)(nil), yahoo.OrderInfo{}, "text"} {
		w, ok := yahoo.Raw(order.Order{}.WithNative(native, nil))
		require.False(t, ok, "%T", native)
		require.Nil(t, w)
	}
	w := new(yahoo.OrderInfo)
	got, ok := yahoo.Raw(order.Order{}.WithNative(w, nil))
	require.True(t, ok)
	require.Same(t, w, got)
}

// TestSlotLabelIsWhatTheRulesWereAsked: a stored order is resolved by the same rules, also where
// the mall gives the code of a delivery method and no name.
func TestSlotLabelIsWhatTheRulesWereAsked(t *testing.T) {
	var asked []timeslot.Label
	slots := matcherFunc(func(l timeslot.Label) (timeslot.Match, bool) {
		asked = append(asked, l)
		return timeslot.Match{}, false
	})
	for _, name := range []string{"", "クール便"} {
		asked = nil
		w := &yahoo.OrderInfo{}
		w.Ship.ShipMethod, w.Ship.ShipMethodName, w.Ship.ShipRequestTime = "postage1", name, "おひさま便"
		o := yahoo.Convert(w, yahoo.ConvertOptions{Shop: "example-store", Slots: slots})
		require.Equal(t, o.SlotLabel(o.Parcels[0].Delivery), asked[0])
	}
}

type matcherFunc func(timeslot.Label) (timeslot.Match, bool)

func (f matcherFunc) Match(l timeslot.Label) (timeslot.Match, bool) { return f(l) }
