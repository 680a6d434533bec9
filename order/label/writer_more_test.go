package label_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// TestARowForEachBox: where the tool has no column for a number of boxes, each box has a row with
// its own key, and all numbers come back to one parcel.
func TestARowForEachBox(t *testing.T) {
	cfg := config(label.YuPri())
	cfg.Plan = func(order.Order, order.Parcel) label.Plan { return label.Plan{Boxes: 3} }
	batch := write(t, cfg, sample(nil))
	key := batch.Labels[0].Key
	answer := "お客様側管理番号,お問い合わせ番号\n"
	for i, row := range read(t, batch) {
		require.Equal(t, key+"-"+string(rune('1'+i)), row[0])
		answer += row[0] + "," + []string{yamato1, yamato2, post1}[i] + "\n"
	}
	back := readBack(t, label.ReaderConfig{Keys: cfg.Keys}, answer+key+"-x,"+post2+"\n")
	require.Equal(t, []string{sample(nil).ID + ": " + yamato1 + " " + yamato2 + " " + post1}, numbers(back))
	require.Equal(t, []string{"5 no_key"}, problems(back), "that is no key")
}

// TestParcelsWithoutIDs are told apart by their place, and reported without an id.
func TestParcelsWithoutIDs(t *testing.T) {
	cfg := config(label.B2())
	batch := write(t, cfg, sample(func(o *order.Order) {
		o.Parcels[0].ID = ""
		o.Parcels = append(o.Parcels, o.Parcels[0])
	}))
	require.Equal(t, []string{"#1", "#2"}, []string{batch.Labels[0].Parcel, batch.Labels[1].Parcel})
	require.NotEqual(t, batch.Labels[0].Key, batch.Labels[1].Key)
	back := readBack(t, label.ReaderConfig{Keys: cfg.Keys}, "お客様管理番号,伝票番号\n"+batch.Labels[1].Key+","+yamato1+"\n")
	require.Equal(t, "#2", back.Arrivals[0].Parcel)
	require.Empty(t, back.Arrivals[0].Shipment.Parcel)
}

// TestColumnsOfTheirOwn: texts that stand alone in their column are checked like the others.
func TestColumnsOfTheirOwn(t *testing.T) {
	for want, change := range map[string]func(*label.Config, *label.Plan){
		"too_long note":         func(_ *label.Config, p *label.Plan) { p.Note = strings.Repeat("記", 23) },
		"unprintable note":      func(_ *label.Config, p *label.Plan) { p.Note = "🎁" },
		"too_long account.code": func(c *label.Config, _ *label.Plan) { c.Account.Code = "1234567890123" },
		"too_long honorific":    func(_ *label.Config, p *label.Plan) { p.Honorific = "ご担当者様" },
		"cash_on_delivery cod.amount": func(_ *label.Config, p *label.Plan) {
			p.Collect = &label.Collect{Tax: order.Yen(1)}
		},
		"unread_slot slot": func(_ *label.Config, p *label.Plan) { p.Slot = ptr(timeslot.Unresolved) },
	} {
		cfg, plan := config(label.B2()), label.Plan{}
		change(&cfg, &plan)
		cfg.Plan = func(order.Order, order.Parcel) label.Plan { return plan }
		_, reasons := one(t, cfg, sample(nil))
		require.Equal(t, []string{want}, codes(reasons))
	}
}

// TestNothingToCollect: a cash order that points have paid in full, and one that the shop says is
// paid.
func TestNothingToCollect(t *testing.T) {
	cash := sample(func(o *order.Order) {
		o.Payment = order.Payment{Method: order.CashOnDelivery, Collect: order.Yen(0)}
	})
	cells, reasons := one(t, config(label.B2()), cash)
	require.Empty(t, reasons)
	require.Equal(t, []string{"0", "", ""}, []string{cells[1], cells[33], cells[34]})
	cash.Payment.Collect, cash.Amounts.Billed = order.Money{}, order.Yen(3_300)
	cash.Taxes = []order.Tax{{Rate: order.StandardRate, Billed: order.Yen(2_200), Tax: order.Yen(200)},
		{Rate: order.ReducedRate, Billed: order.Yen(1_100), Tax: order.Yen(81)}}
	cells, reasons = one(t, config(label.B2()), cash)
	require.Empty(t, reasons)
	require.Equal(t, []string{"2", "3300", "281"}, []string{cells[1], cells[33], cells[34]},
		"billed, with the tax of both rates")
	cfg := config(label.B2())
	cfg.Plan = func(order.Order, order.Parcel) label.Plan {
		return label.Plan{Collect: &label.Collect{Amount: order.Yen(0)}}
	}
	cells, reasons = one(t, cfg, cash)
	require.Empty(t, reasons)
	require.Equal(t, "0", cells[1])
}

// TestQuotes: a cell with a comma or a quotation mark has quotation marks around all cells of its
// row.
func TestQuotes(t *testing.T) {
	batch := write(t, config(label.ClickPost()),
		sample(func(o *order.Order) { o.Parcels[0].Recipient.Name = `見本"太郎", Jr.` }))
	files, err := batch.Files()
	require.NoError(t, err)
	require.Contains(t, string(files[0].Data), `"000-1234",`)
	require.Equal(t, `見本"太郎", Jr.`, read(t, batch)[1][1])
}

// TestCounting: cells, characters and bytes of one text, and the order's number where a layout
// wants it.
func TestCounting(t *testing.T) {
	l := label.Layout{Name: "x", Carrier: timeslot.Yamato, Encoding: label.UTF8, Count: label.Cells,
		Services: []label.Service{{Name: "s"}}, Columns: []label.Column{
			{Field: label.Key}, {Field: label.OrderNumber}, {Field: label.RecipientName, Width: 8}, {Field: label.SlotCode},
		}}
	for _, tc := range []struct {
		count label.Count
		name  string
		fits  bool
	}{
		{label.Cells, "見本ｱｲab", true}, {label.Cells, "見本ｱｲabc", false}, {label.Characters, "見本見本見本見本", true}, {label.Characters, "見本見本見本見本見", false},
		{label.Bytes, "見本ab", true}, {label.Bytes, "見本見", false},
	} {
		l.Columns[2].Count = tc.count
		cfg := config(l)
		batch := write(t, cfg, sample(func(o *order.Order) { o.Parcels[0].Recipient.Name = tc.name }))
		require.Equal(t, tc.fits, len(batch.Labels) == 1, "%s %s", tc.count, tc.name)
		if tc.fits {
			files, err := batch.Files()
			require.NoError(t, err)
			require.Equal(t, batch.Labels[0].Key+","+sample(nil).ID+","+tc.name+",\r\n", string(files[0].Data))
		}
	}
	_, reasons := one(t, config(l), sample(func(o *order.Order) { o.Parcels[0].Delivery.Slot = timeslot.Morning }))
	require.Equal(t, []string{"not_carried slot"}, codes(reasons)[:1], "no table of slots is named")
}

// TestShorterAddress: the policy's text is laid over the columns as the buyer's would be, and must
// be printable.
func TestShorterAddress(t *testing.T) {
	cfg := config(label.EHiden3(timeslot.EHiden3Six))
	long := sample(func(o *order.Order) {
		o.Parcels[0].Recipient.Address = []string{strings.Repeat("長", 40) + "1-2", "架空ハイツ101"}
	})
	short := "東京都千代田区見本町1-2 架空ハイツ101"
	cfg.Shorten = func(label.Overflow) (string, bool) { return short, true }
	cells, reasons := one(t, cfg, long)
	require.Empty(t, reasons)
	require.Equal(t, []string{"東京都千代田区見本町１－２", "架空ハイツ１０１", ""}, cells[4:7])
	short = "東京都😀"
	_, reasons = one(t, cfg, long)
	require.Equal(t, []string{"too_long recipient.address"}, codes(reasons))
	cfg.Shorten = func(label.Overflow) (string, bool) { return "", false }
	_, reasons = one(t, cfg, long)
	require.Equal(t, []string{"too_long recipient.address"}, codes(reasons))
}
