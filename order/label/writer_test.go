package label_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// TestRefusals: each reason against a label, by field, and what overrules it.
func TestRefusals(t *testing.T) {
	dead, err := timeslot.Window(timeslot.At(12, 0), timeslot.At(14, 0))
	require.NoError(t, err)
	parcel := func(f func(*order.Parcel)) func(*order.Order) { return func(o *order.Order) { f(&o.Parcels[0]) } }
	to := func(f func(*order.Party)) func(*order.Order) {
		return func(o *order.Order) { f(&o.Parcels[0].Recipient) }
	}
	plan := func(p label.Plan) func(*label.Config) {
		return func(c *label.Config) { c.Plan = func(order.Order, order.Parcel) label.Plan { return p } }
	}
	cash := func(o *order.Order) {
		o.Payment = order.Payment{Method: order.CashOnDelivery, Collect: order.Yen(5_400)}
		o.Taxes = []order.Tax{{Rate: order.ReducedRate, Billed: order.Yen(5_400), Tax: order.Yen(400)}}
	}
	for name, tc := range map[string]struct {
		layout label.Layout
		order  func(*order.Order)
		config func(*label.Config)
		want   string // code and field
		allow  bool   // Config.Allow lifts it
	}{
		"cancelled":       {label.B2(), func(o *order.Order) { o.Status = order.Cancelled }, nil, "cancelled status", true},
		"not paid":        {label.B2(), func(o *order.Order) { o.Status = order.AwaitingPayment }, nil, "not_paid status", true},
		"on hold":         {label.B2(), func(o *order.Order) { o.Status = order.OnHold }, nil, "on_hold status", true},
		"shipped":         {label.B2(), func(o *order.Order) { o.Status = order.Shipped }, nil, "already_shipped status", true},
		"unread slot":     {label.B2(), parcel(func(p *order.Parcel) { p.Delivery.Slot = timeslot.Unresolved }), nil, "unread_slot parcels[0].delivery.slot", true},
		"address pending": {label.B2(), func(o *order.Order) { o.Flags.Set(order.AddressPending, true) }, nil, "address_pending flags", true},
		"dead slot":       {label.B2(), parcel(func(p *order.Parcel) { p.Delivery.Slot = dead }), nil, "slot_not_offered slot", true},
		"slot of Sagawa's other contract": {label.EHiden3(timeslot.EHiden3Five), parcel(func(p *order.Parcel) {
			p.Delivery.Slot, _ = timeslot.Window(timeslot.At(19, 0), timeslot.At(21, 0))
		}), nil, "slot_not_offered slot", true},
		"slot and クリックポスト": {label.ClickPost(), parcel(func(p *order.Parcel) { p.Delivery.Slot = timeslot.Morning }), nil, "not_carried slot", true},
		"date and ネコポス":    {label.B2(), parcel(func(p *order.Parcel) { p.Delivery.Date = day(3) }), plan(label.Plan{Service: "nekopos"}), "not_carried delivery_date", true},
		"date past":        {label.B2(), parcel(func(p *order.Parcel) { p.Delivery.Date = day(-1) }), nil, "date_past delivery_date", true},
		"date far":         {label.B2(), parcel(func(p *order.Parcel) { p.Delivery.Date = day(31) }), nil, "date_far delivery_date", false},
		"several days": {label.B2(), parcel(func(p *order.Parcel) { p.Delivery.Date, p.Delivery.DateTo = day(2), day(4) }), nil,
			"date_range delivery_date", true},
		"no such day":    {label.B2(), parcel(func(p *order.Parcel) { p.Delivery.Date = order.Date{Month: 2, Day: 3} }), nil, "invalid delivery_date", false},
		"no postal code": {label.B2(), to(func(p *order.Party) { p.Postal = "" }), nil, "missing recipient.postal", false},
		"six digits":     {label.B2(), to(func(p *order.Party) { p.Postal = "600001" }), nil, "invalid recipient.postal", false},
		"placeholder":    {label.B2(), to(func(p *order.Party) { p.Postal = "999-9999" }), nil, "invalid recipient.postal", false},
		"no telephone":   {label.B2(), to(func(p *order.Party) { p.Phone = "" }), nil, "missing recipient.phone", false},
		"two telephones": {label.B2(), to(func(p *order.Party) { p.Phone = "090-0000-0001 / 000-0000-0002" }), nil, "invalid recipient.phone", false},
		"no name":        {label.B2(), to(func(p *order.Party) { p.Name = " 　" }), nil, "missing recipient.name", false},
		"no address":     {label.B2(), to(func(p *order.Party) { p.Prefecture, p.City, p.Address = "", "", nil }), nil, "missing recipient.address", false},
		"no sender":      {label.B2(), nil, plan(label.Plan{Sender: &order.Party{}}), "missing sender.name", false},
		"overseas":       {label.B2(), to(func(p *order.Party) { p.Country = "US" }), nil, "overseas recipient.address", false},
		"abroad":         {label.B2(), to(func(p *order.Party) { p.Prefecture = "国外" }), nil, "overseas recipient.address", false},
		"number at the mall": {label.B2(), parcel(func(p *order.Parcel) { p.Shipments = []order.ShipmentRecord{{Tracking: "1"}} }), nil,
			"already_shipped parcels[0].shipments", true},
		"all shipped": {label.B2(), parcel(func(p *order.Parcel) { p.Lines[0].Shipped = 1 }), nil, "already_shipped parcels[0].lines", true},
		"all cancelled": {label.EHiden3(timeslot.EHiden3Six), parcel(func(p *order.Parcel) { p.Lines[0].Cancelled = true }), nil,
			"cancelled parcels[0].lines", true},
		"pickup":              {label.B2(), parcel(func(p *order.Parcel) { p.Pickup = &order.Pickup{Kind: "convenience"} }), nil, "pickup pickup", true},
		"long name":           {label.B2(), to(func(p *order.Party) { p.Name = strings.Repeat("見", 17) }), nil, "too_long recipient.name", false},
		"long contents":       {label.ClickPost(), parcel(func(p *order.Parcel) { p.Lines[0].Name = strings.Repeat("茶", 16) }), nil, "too_long contents", false},
		"character":           {label.B2(), to(func(p *order.Party) { p.Name = "𠮷田" }), nil, "unprintable recipient.name", false},
		"control character":   {label.B2(), to(func(p *order.Party) { p.Name = "見\x1a本" }), nil, "unprintable recipient.name", false},
		"no such service":     {label.B2(), nil, plan(label.Plan{Service: "drone"}), "no_service service", false},
		"cool":                {label.B2(), nil, plan(label.Plan{Service: "nekopos", Cool: label.Chilled}), "cool cool", false},
		"boxes":               {label.B2(), nil, plan(label.Plan{Boxes: 99}), "several_boxes boxes", false},
		"boxes with cash":     {label.B2(), cash, plan(label.Plan{Boxes: 2}), "several_boxes boxes", false},
		"cash unknown":        {label.B2(), func(o *order.Order) { o.Payment.Method = order.CashOnDelivery }, nil, "cash_on_delivery cod.amount", false},
		"cash and クリックポスト":    {label.ClickPost(), cash, nil, "cash_on_delivery cod.amount", false},
		"cash and 42 columns": {label.KangarooMagic2NoCOD(), cash, nil, "cash_on_delivery cod.amount", false},
		"too much cash":       {label.B2(), func(o *order.Order) { cash(o); o.Payment.Collect = order.Yen(30_001) }, plan(label.Plan{Service: "compact"}), "cash_on_delivery cod.amount", false},
		"tax unknown":         {label.B2(), func(o *order.Order) { cash(o); o.Taxes = nil }, nil, "cash_on_delivery cod.amount", false},
		"tax of another sum":  {label.B2(), func(o *order.Order) { cash(o); o.Payment.Collect = order.Yen(5_000) }, nil, "cash_on_delivery cod.amount", false},
		"cash of two parcels": {label.B2(), func(o *order.Order) {
			cash(o)
			o.Parcels = append(o.Parcels, o.Parcels[0])
			o.Parcels[1].ID = "2"
		}, nil, "cash_on_delivery cod.amount", false},
		"honorific": {label.ClickPost(), nil, plan(label.Plan{Honorific: "先生"}), "invalid honorific", false},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(tc.layout)
			if tc.config != nil {
				tc.config(&cfg)
			}
			_, reasons := one(t, cfg, sample(tc.order))
			require.Contains(t, codes(reasons), tc.want)
			for _, r := range reasons {
				require.NotEmpty(t, r.Text.EN)
				require.NotEmpty(t, r.Text.JA)
				require.NotContains(t, r.Text.EN+r.Text.JA, "見本 太郎", "a reason holds nothing personal")
			}
			code, _, _ := strings.Cut(tc.want, " ")
			cfg.Allow = []label.Code{label.Code(code)}
			w, err := label.NewWriter(cfg)
			if !tc.allow {
				require.ErrorContains(t, err, "nothing that can be allowed")
				return
			}
			require.NoError(t, err)
			batch, err := w.Labels(t.Context(), []order.Order{sample(tc.order)})
			require.NoError(t, err)
			require.Empty(t, batch.Refusals)
			require.Equal(t, label.NoteOverruled, batch.Labels[0].Notes[0].Code)
		})
	}
}

// TestDaysInWords: a Japanese text has its days as Japanese writes them.
func TestDaysInWords(t *testing.T) {
	refused := func(change func(*order.Delivery)) order.Text {
		_, reasons := one(t, config(label.B2()), sample(func(o *order.Order) { change(&o.Parcels[0].Delivery) }))
		require.Len(t, reasons, 1)
		require.NotContains(t, reasons[0].Text.JA, "-")
		return reasons[0].Text
	}
	text := refused(func(d *order.Delivery) { d.Date = day(-1) })
	require.Equal(t, "お届け希望日（"+day(-1).In(order.Japanese)+"）が出荷日（"+day(0).In(order.Japanese)+"）より前です", text.JA)
	require.Contains(t, text.EN, day(-1).String())
	text = refused(func(d *order.Delivery) { d.Date = day(31) })
	require.Contains(t, text.JA, day(31).In(order.Japanese))
	text = refused(func(d *order.Delivery) { d.Date, d.DateTo = day(2), day(4) })
	require.Equal(t, "お届け希望日に幅があります（"+day(2).In(order.Japanese)+"～"+day(4).In(order.Japanese)+"）", text.JA)
	cfg := config(label.B2())
	write(t, cfg, sample(nil))
	note := write(t, cfg, sample(nil)).Labels[0].Notes[0]
	require.Equal(t, label.NotePrinted, note.Code)
	require.Contains(t, note.Text.JA, "出荷予定日："+day(0).In(order.Japanese))
}

// TestSlotsInWords: texts about a slot name it as people do, and never choose another silently.
func TestSlotsInWords(t *testing.T) {
	until, err := timeslot.Until(timeslot.At(10, 0))
	require.NoError(t, err)
	evening, err := timeslot.Window(timeslot.At(18, 0), timeslot.At(21, 0))
	require.NoError(t, err)
	for _, c := range []struct {
		layout label.Layout
		slot   timeslot.Slot
		ja, en string
	}{
		{label.B2(), timeslot.Afternoon, "「午後」をお届け時間帯に指定できません（近い時間帯：14:00～16:00、16:00～18:00）", "the slot afternoon (nearest: 14:00-16:00, 16:00-18:00)"},
		{label.B2(), until, "「10:00まで」をお届け時間帯に指定できません（近い時間帯：午前中）", "the slot until 10:00 (nearest: morning)"},
		{label.EHiden3(timeslot.EHiden3Six), evening, "「18:00～21:00」をお届け時間帯に指定できません（近い時間帯：18:00～20:00、19:00～21:00）", "the slot 18:00-21:00 (nearest: 18:00-20:00, 19:00-21:00)"},
	} {
		o := sample(func(o *order.Order) { o.Parcels[0].Delivery.Slot = c.slot })
		_, reasons := one(t, config(c.layout), o)
		require.Equal(t, []string{"slot_not_offered slot"}, codes(reasons))
		require.Contains(t, reasons[0].Text.JA, c.ja)
		require.Contains(t, reasons[0].Text.EN, c.en)
	}
	cfg := config(label.B2())
	cfg.Slots = timeslot.Substitutes(map[timeslot.Slot]timeslot.Slot{until: timeslot.Morning})
	batch := write(t, cfg, sample(func(o *order.Order) { o.Parcels[0].Delivery.Slot = until }))
	require.Equal(t, order.Text{EN: "the slot until 10:00 is printed as morning",
		JA: "お届け時間帯「10:00まで」を「午前中」として出力します"}, batch.Labels[0].Notes[0].Text)
	// a layout of one's own, for software whose codes are not known
	own := label.ClickPost()
	own.Services = []label.Service{{Name: "parcel", Title: "宅配便", Slots: timeslot.ISTAR2}}
	own.Columns = append(own.Columns, label.Column{Header: "時間帯", Field: label.SlotCode})
	_, reasons := one(t, config(own), sample(func(o *order.Order) { o.Parcels[0].Delivery.Slot = timeslot.Morning }))
	require.Equal(t, order.Text{EN: "no code is known for the slot morning of 宅配便",
		JA: "宅配便の時間帯「午前中」のコードは不明です"}, reasons[0].Text)
}

// TestOneFaultDoesNotStopTheOthers, all reasons of a parcel come at once, and every parcel is in
// one of the lists.
func TestOneFaultDoesNotStopTheOthers(t *testing.T) {
	number := 0
	next := func(change func(*order.Order)) order.Order {
		number++
		o := sample(change)
		o.ID = "order-" + string(rune('A'+number))
		return o
	}
	bad := next(func(o *order.Order) {
		o.Status = order.OnHold
		o.Parcels[0].Recipient.Phone, o.Parcels[0].Recipient.Postal = "x", ""
	})
	two := next(func(o *order.Order) {
		o.Parcels = append(o.Parcels, o.Parcels[0])
		o.Parcels[1].ID = "2"
		o.Parcels[1].Delivery.Slot = timeslot.Unresolved
	})
	skipped := next(func(o *order.Order) { o.Memo = "other carrier" })
	cfg := config(label.B2())
	cfg.Plan = func(o order.Order, _ order.Parcel) label.Plan { return label.Plan{Skip: o.Memo != ""} }
	batch := write(t, cfg, next(nil), bad, two, skipped, bad)
	require.Len(t, batch.Labels, 2)
	require.Len(t, batch.Skipped, 1)
	require.Len(t, batch.Refusals, 3)
	require.Equal(t, []string{"on_hold status", "invalid recipient.phone", "missing recipient.postal"},
		codes(batch.Refusals[0].Reasons))
	require.Equal(t, []string{"unread_slot parcels[1].delivery.slot"}, codes(batch.Refusals[1].Reasons))
	require.Contains(t, codes(batch.Refusals[2].Reasons), "given_twice ")
	require.ErrorContains(t, batch.Refusals[0],
		"rakuten example-shop order order-B parcel 1: status: the order is on hold")
}

// TestDecisions of the shop reach the file.
func TestDecisions(t *testing.T) {
	seven := timeslot.Morning
	for name, tc := range map[string]struct {
		layout label.Layout
		plan   label.Plan
		want   map[int]string
	}{
		"boxes at B2":           {label.B2(), label.Plan{Boxes: 3}, map[int]string{38: "3", 2: "0"}},
		"boxes at 佐川":           {label.EHiden3(timeslot.EHiden3Six), label.Plan{Boxes: 3}, map[int]string{42: "3"}},
		"ネコポス":                  {label.B2(), label.Plan{Service: "nekopos"}, map[int]string{2: "A"}},
		"ゆうパケット":                {label.B2(), label.Plan{Service: "yu-packet"}, map[int]string{2: "7"}},
		"compact with cash":     {label.B2(), label.Plan{Service: "compact", Collect: &label.Collect{Amount: order.Yen(30_000), Tax: order.Yen(2_727)}}, map[int]string{2: "9", 34: "30000", 35: "2727"}},
		"cool at B2":            {label.B2(), label.Plan{Cool: label.Frozen}, map[int]string{3: "1"}},
		"cool at 佐川":            {label.EHiden3(timeslot.EHiden3Six), label.Plan{Cool: label.Frozen}, map[int]string{44: "003"}},
		"date and slot":         {label.B2(), label.Plan{DeliverOn: ptr(day(2)), Slot: &seven}, map[int]string{6: day(2).Time().Format("2006/01/02"), 7: "0812"}},
		"date seal of 佐川":       {label.EHiden3(timeslot.EHiden3Six), label.Plan{DeliverOn: ptr(day(2))}, map[int]string{46: "", 52: "005"}},
		"slot seal of 佐川":       {label.EHiden3(timeslot.EHiden3Five), label.Plan{Slot: &seven}, map[int]string{46: "01", 52: "020"}},
		"slot without date, 西濃": {label.KangarooMagic2(), label.Plan{Slot: &seven}, map[int]string{38: "00001", 39: "02"}},
		"sender, words":         {label.B2(), label.Plan{Sender: &order.Party{Company: "株式会社例示", Name: "担当", Postal: "0000009", Prefecture: "東京都", City: "港区", Address: []string{"例示1"}, Phone: "0000000009"}, Honorific: "御中", Contents: []string{"茶", "菓子"}, Handling: []string{"ワレ物注意"}, Note: "午後着"}, map[int]string{18: "御中", 20: "0000000009", 25: "株式会社例示 担当", 28: "茶", 30: "菓子", 31: "ワレ物注意", 33: "午後着"}},
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(tc.layout)
			cfg.Plan = func(order.Order, order.Parcel) label.Plan { return tc.plan }
			cells, reasons := one(t, cfg, sample(nil))
			require.Empty(t, reasons)
			for no, want := range tc.want {
				require.Equal(t, want, cells[no-1], "column %d", no)
			}
		})
	}
}

func ptr[T any](v T) *T { return &v }

func TestSenders(t *testing.T) {
	cfg := config(label.B2())
	name := func() string {
		cells, reasons := one(t, cfg, sample(nil))
		require.Empty(t, reasons)
		return cells[24]
	}
	require.Equal(t, "見本商店", name())
	other := sender
	other.Name = "例示支店"
	cfg.Shops = map[order.Ref]order.Party{{Mall: order.Rakuten, Shop: "example-shop"}: other}
	require.Equal(t, "例示支店", name())
	cfg.BuyerSends = true
	require.Equal(t, "例示 花子", name(), "a gift: the buyer sends")
	cells, _ := one(t, cfg, sample(func(o *order.Order) { o.Buyer.Name = "見本　太郎" }))
	require.Equal(t, "例示支店", cells[24], "buyer and recipient are one")
}

// TestCompanyAndPhone: where a company's name goes, and whose telephone number is printed when the
// mall gives none.
func TestCompanyAndPhone(t *testing.T) {
	o := sample(func(o *order.Order) {
		o.Parcels[0].Recipient.Company = "株式会社例示"
		o.Parcels[0].Recipient.Department = "総務部"
		o.Parcels[0].Recipient.Phone = ""
	})
	cfg := config(label.B2())
	cfg.Phone = "+81-90-0000-0000"
	batch := write(t, cfg, o)
	cells := read(t, batch)[1]
	require.Equal(t, []string{"株式会社例示", "総務部", "見本 太郎"}, cells[13:16])
	require.Equal(t, "090-0000-0000", cells[8])
	require.Equal(t, label.NotePhone, batch.Labels[0].Notes[0].Code)
	cells, _ = one(t, config(label.ClickPost()), o)
	require.Equal(t, "株式会社例示 総務部 見本 太郎", cells[1])
	sagawa := config(label.EHiden3(timeslot.EHiden3Six))
	sagawa.Phone = "０００（１２３４）５６７８"
	cells, _ = one(t, sagawa, o)
	require.Equal(t, "000-1234-5678", cells[2])
	require.Equal(t, []string{"株式会社例示　総務部　見本　太郎", ""}, cells[7:9])
}

// TestAddressesToLookAt are printed as they are, with a note.
func TestAddressesToLookAt(t *testing.T) {
	for text, notes := range map[string][]string{
		"1-2-3 Marunouchi, Chiyoda-ku, Tokyo": {"address recipient.address"}, "千代田区丸の内1-2-3": {"address recipient.address"}, "東京都千代田区1": nil,
	} {
		batch := write(t, config(label.ClickPost()), sample(func(o *order.Order) {
			to := &o.Parcels[0].Recipient
			to.Prefecture, to.City, to.Address = "", "", []string{text}
		}))
		require.Empty(t, batch.Refusals)
		require.Equal(t, notes, codes(batch.Labels[0].Notes))
		require.Equal(t, text, read(t, batch)[1][3])
	}
}

// TestPolicies: what the user's own functions and tables do, and that the label says so.
func TestPolicies(t *testing.T) {
	cfg := config(label.B2())
	cfg.Replace = label.SuggestedReplacements()
	cfg.Shorten = func(o label.Overflow) (string, bool) {
		require.Equal(t, label.Contents, o.Field)
		require.Equal(t, []int{50, 50}, o.Widths)
		return "雑貨", true
	}
	night, err := timeslot.Window(timeslot.At(20, 0), timeslot.At(21, 0))
	require.NoError(t, err)
	last, err := timeslot.Window(timeslot.At(19, 0), timeslot.At(21, 0))
	require.NoError(t, err)
	cfg.Slots = timeslot.Substitutes(map[timeslot.Slot]timeslot.Slot{night: last})
	batch := write(t, cfg, sample(func(o *order.Order) {
		o.Parcels[0].Recipient.Name = "𠮷田 鷗"
		o.Parcels[0].Lines[0].Name = strings.Repeat("長い品名", 30)
		o.Parcels[0].Delivery.Slot = night
	}))
	cells := read(t, batch)[1]
	require.Equal(t, []string{"1921", "吉田 鴎", "雑貨"}, []string{cells[6], cells[15], cells[27]})
	require.ElementsMatch(t, []string{"replaced recipient.name", "shortened contents", "slot_moved slot"},
		codes(batch.Labels[0].Notes))
	require.Equal(t, last, batch.Labels[0].Slot)

	cfg.Shorten = func(o label.Overflow) (string, bool) { return o.Text, true }
	_, reasons := one(t, cfg, sample(func(o *order.Order) { o.Parcels[0].Lines[0].Name = strings.Repeat("長い品名", 30) }))
	require.Equal(t, []string{"too_long contents"}, codes(reasons), "a policy that does not shorten is no way to cut")
	require.Equal(t, 100, reasons[0].Limit)
}

func TestConfigurationIsChecked(t *testing.T) {
	for want, change := range map[string]func(*label.Config){
		"Keys is nil":    func(c *label.Config) { c.Keys = nil },
		"is no day":      func(c *label.Config) { c.ShipOn = order.Date{Month: 1, Day: 1} },
		"can be allowed": func(c *label.Config) { c.Allow = []label.Code{"everything"} },
		"Config.Replace": func(c *label.Config) { c.Replace = map[string]string{"𠮷": "😀"} },
		"name is empty":  func(c *label.Config) { c.Layout.Name = "" },
		"no such field":  func(c *label.Config) { c.Layout.Columns = []label.Column{{Field: "x"}} },
		"got \"ells\"":   func(c *label.Config) { c.Layout.Count = "ells" },
	} {
		cfg := config(label.ClickPost())
		change(&cfg)
		_, err := label.NewWriter(cfg)
		require.ErrorContains(t, err, want)
	}
	for shipOn, want := range map[order.Date]string{day(-1): "is past", day(31): "more than 30 days"} {
		cfg := config(label.B2())
		cfg.ShipOn = shipOn
		w, err := label.NewWriter(cfg)
		require.NoError(t, err)
		_, err = w.Labels(t.Context(), []order.Order{sample(nil)})
		require.ErrorContains(t, err, want)
	}
}

// TestEmptyConfigIsRefusedAtOnce: what every label needs is named by NewWriter, with all of its
// fields, and not by each parcel.
func TestEmptyConfigIsRefusedAtOnce(t *testing.T) {
	for _, c := range []struct {
		layout         label.Layout
		account, party string // what is missing without an Account, and without a Sender
	}{
		{label.B2(), "Config.Account.Code (請求先顧客コード), Config.Account.Fare (運賃管理番号)", "Config.Sender.Phone (ご依頼主電話番号), Config.Sender.Postal (ご依頼主郵便番号), Config.Sender.Address (ご依頼主住所), Config.Sender.Name (ご依頼主名)"},
		{label.B2Old(), "Config.Account.Code (請求先顧客コード), Config.Account.Fare (運賃管理番号)", "Config.Sender.Phone (ご依頼主電話番号), Config.Sender.Postal (ご依頼主郵便番号), Config.Sender.Address (ご依頼主住所), Config.Sender.Name (ご依頼主名)"},
		{label.EHiden3(timeslot.EHiden3Six), "", "Config.Sender.Phone (ご依頼主電話番号), Config.Sender.Postal (ご依頼主郵便番号), Config.Sender.Address (ご依頼主住所１), Config.Sender.Name (ご依頼主名称１)"},
		{label.YuPri(), "", "Config.Sender.Postal (ご依頼主 郵便番号), Config.Sender.Address (ご依頼主 住所１), Config.Sender.Name (ご依頼主 名称１), Config.Sender.Phone (ご依頼主 電話番号)"},
		{label.YuPriFilter(), "", "Config.Sender.Postal (ご依頼主 郵便番号), Config.Sender.Address (ご依頼主 住所１), Config.Sender.Name (ご依頼主 名称１), Config.Sender.Phone (ご依頼主 電話番号)"},
		{label.ClickPost(), "", ""},
		{label.KangarooMagic2(), "Config.Account.Code (荷送人コード)", "Config.Sender.Name (荷送人名称), Config.Sender.Address (荷送人住所１)"},
		{label.KangarooMagic2NoCOD(), "Config.Account.Code (荷送人コード)", "Config.Sender.Name (荷送人名称), Config.Sender.Address (荷送人住所１)"},
	} {
		refused := func(want string, change func(*label.Config)) {
			cfg := config(c.layout)
			change(&cfg)
			_, err := label.NewWriter(cfg)
			if want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err,
				"label: "+c.layout.Title+" needs "+want+", which Config leaves empty")
		}
		refused(c.account, func(c *label.Config) { c.Account = label.Account{} })
		refused(c.party, func(c *label.Config) { c.Sender = order.Party{Name: " 　"} })
		// a Plan may skip a parcel or give its sender
		refused("", func(c *label.Config) {
			c.Sender, c.Plan = order.Party{}, func(order.Order, order.Parcel) label.Plan { return label.Plan{Skip: true} }
		})
		refused("", func(c *label.Config) { c.Sender, c.BuyerSends = order.Party{}, true })
		refused("", func(c *label.Config) {
			c.Sender, c.Shops = order.Party{}, map[order.Ref]order.Party{{Mall: order.Rakuten, Shop: "example-shop"}: sender}
		})
	}
	require.Len(t, label.Layouts(), 8, "a new layout belongs into this list")
	cfg := config(label.B2())
	cfg.Sender.Name, cfg.Sender.Family = "", "見本"
	require.Empty(t, write(t, cfg, sample(nil)).Refusals, "a family name is a name")
	own, err := label.B2().With("請求先顧客コード", "000000000000")
	require.NoError(t, err)
	cfg = config(own)
	cfg.Account.Code = ""
	require.Empty(t, write(t, cfg, sample(nil)).Refusals, "a fixed text needs no Config")
}

// TestFilesAreSplit where the tool takes a number of rows only, without tearing a parcel's boxes
// apart.
func TestFilesAreSplit(t *testing.T) {
	cfg := config(label.ClickPost())
	cfg.Plan = func(order.Order, order.Parcel) label.Plan { return label.Plan{Boxes: 3} }
	var orders []order.Order
	for i := range 30 {
		orders = append(orders, sample(func(o *order.Order) { o.ID = time.Duration(i).String() }))
	}
	batch := write(t, cfg, orders...)
	files, err := batch.Files()
	require.NoError(t, err)
	rows := 0
	for i, f := range files {
		n := strings.Count(string(f.Data), "\r\n") - 1
		require.LessOrEqual(t, n, 40)
		require.Zero(t, n%3)
		require.Equal(t, "clickpost-"+string(rune('1'+i))+".csv", f.Name)
		rows += n
	}
	require.Equal(t, 90, rows)
	_, err = batch.WriteTo(&strings.Builder{})
	require.ErrorContains(t, err, "3 files")
	var out strings.Builder
	n, err := write(t, cfg, orders[0]).WriteTo(&out)
	require.NoError(t, err)
	require.EqualValues(t, out.Len(), n)
	files, err = label.Batch{}.Files()
	require.NoError(t, err)
	require.Empty(t, files)
}
