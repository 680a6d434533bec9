package label_test

import (
	"cmp"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/labeltest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// wished is the sample with a date, a slot and cash on delivery, dated so that the rows below can
// be written by hand.
func wished(slot timeslot.Slot, cash bool) order.Order {
	return sample(func(o *order.Order) {
		o.Parcels[0].Delivery.Date, o.Parcels[0].Delivery.Slot = order.Date{Year: 2099, Month: 1, Day: 5}, slot
		if cash {
			o.Payment = order.Payment{Method: order.CashOnDelivery, Collect: order.Yen(5_400)}
			o.Taxes = []order.Tax{{Rate: order.ReducedRate, Billed: order.Yen(5_400), Tax: order.Yen(400)}}
		}
	})
}

// TestRowsAsTheReferenceHasThem writes one label in each layout and compares all cells that are not
// empty with a row written by hand from what is known of the tool.
func TestRowsAsTheReferenceHasThem(t *testing.T) {
	ten, err := timeslot.Window(timeslot.At(14, 0), timeslot.At(16, 0))
	require.NoError(t, err)
	key := write(t, config(label.B2()), sample(nil)).Labels[0].Key
	ship := order.Date{Year: 2099, Month: 1, Day: 3}
	slash, plainDay := "2099/01/03", "20990103"
	for _, tc := range []struct {
		layout  label.Layout
		order   order.Order
		columns int
		want    map[int]string
	}{
		{label.B2(), wished(ten, true), 97, map[int]string{
			1: key, 2: "2", 3: "0", 5: slash, 6: "2099/01/05", 7: "1416", 9: "000-0123-4567", 11: "000-1234",
			12: "東京都千代田区見本町1-2-3",
			13: "架空ハイツ101", 16: "見本 太郎", 20: "000-0000-0001", 22: "000-0001", 23: "京都府京都市中京区例示町1", 25: "見本商店",
			28: "煎茶 50包",
			34: "5400", 35: "400", 40: "000000000000", 42: "01",
		}},
		{label.B2Old(), sample(nil), 95, map[int]string{
			1: key, 2: "0", 3: "0", 5: slash, 9: "000-0123-4567", 11: "000-1234", 12: "東京都千代田区見本町1-2-3", 13: "架空ハイツ101",
			16: "見本 太郎",
			20: "000-0000-0001", 22: "000-0001", 23: "京都府京都市中京区例示町1", 25: "見本商店", 28: "煎茶 50包", 40: "000000000000",
			42: "01",
		}},
		{label.EHiden3(timeslot.EHiden3Six), wished(timeslot.Morning, true), 74, map[int]string{
			3: "000-0123-4567", 4: "000-1234", 5: "東京都千代田区見本町１－２－３", 6: "架空ハイツ１０１", 8: "見本　太郎", 10: key,
			11: "000000000000",
			18: "000-0000-0001", 19: "000-0001", 20: "京都府京都市中京区例示町１", 22: "見本商店", 25: "煎茶　５０包", 42: "1", 43: "000",
			44: "001",
			45: "20990105", 46: "01", 48: "5400", 49: "400", 52: "020", 56: "0", 61: plainDay,
		}},
		{label.YuPri(), wished(ten, false), 100, map[int]string{
			1: key, 3: "0", 6: plainDay, 9: "0", 10: "0", 11: "0", 12: "0", 13: "1100780", 15: "0001234",
			16: "東京都千代田区見本町1-2-3",
			17: "架空ハイツ101", 18: "見本 太郎", 20: "0", 21: "000-0123-4567", 23: "0", 26: "0", 27: "0", 28: "0",
			30: "0000001", 31: "京都府京都市中京区例示町1",
			34: "見本商店", 37: "000-0000-0001", 39: "0", 43: "0", 44: "0", 45: "0", 46: "0", 47: "0", 48: "060", 51: "0",
			52: "20990105", 53: "53", 54: "0",
			55: "0", 56: "1", 57: "煎茶 50包", 69: "0", 70: "0", 85: "1", 86: "0", 87: "10", 88: "0",
		}},
		{label.YuPriFilter(), wished(ten, true), 28, map[int]string{
			1: key, 2: plainDay, 3: "0", 4: "0", 5: "2", 6: "1100742", 7: "000-1234", 8: "東京都千代田区見本町1-2-3",
			9: "架空ハイツ101", 11: "見本 太郎", 13: "0",
			14: "000-0123-4567", 15: "000-0001", 16: "京都府京都市中京区例示町1", 19: "見本商店", 21: "000-0000-0001", 22: "060",
			23: "20990105", 24: "53",
			25: "煎茶 50包", 27: "5400", 28: "400",
		}},
		{label.ClickPost(), sample(nil), 8, map[int]string{
			1: "000-1234", 2: "見本 太郎", 3: "様", 4: "東京都千代田区見本町1-2-3", 5: "架空ハイツ101", 8: "煎茶 50包",
		}},
		{label.KangarooMagic2(), wished(timeslot.Afternoon, true), 44, map[int]string{
			1: "00000000000", 3: plainDay, 5: key, 6: "1", 7: "0", 8: "1", 12: "見本商店", 13: "京都府京都市中京区例示町１",
			15: "000-0000-0001", 19: "0001234",
			20: "見本　太郎", 22: "東京都千代田区見本町１－２－３", 23: "架空ハイツ１０１", 24: "000-0123-4567", 33: "煎茶　５０包", 38: "01052",
			39: "02", 43: "5400", 44: "400",
		}},
		{label.KangarooMagic2NoCOD(), sample(nil), 42, map[int]string{
			1: "00000000000", 3: plainDay, 5: key, 6: "1", 7: "0", 8: "1", 12: "見本商店", 13: "京都府京都市中京区例示町１",
			15: "000-0000-0001", 19: "0001234",
			20: "見本　太郎", 22: "東京都千代田区見本町１－２－３", 23: "架空ハイツ１０１", 24: "000-0123-4567", 33: "煎茶　５０包",
		}},
	} {
		t.Run(tc.layout.Name, func(t *testing.T) {
			cfg := config(tc.layout)
			cfg.Layout.ShipDays, cfg.ShipOn = 0, ship // B2's 30 days are tested elsewhere
			cells, reasons := one(t, cfg, tc.order)
			require.Empty(t, reasons)
			require.Len(t, cells, tc.columns)
			require.Equal(t, tc.want, filled(cells))
		})
	}
}

func TestHeadersAreTheTools(t *testing.T) {
	for _, tc := range []struct {
		layout label.Layout
		tool   *labeltest.Tool
	}{
		{label.B2(), labeltest.B2()}, {label.EHiden3(timeslot.EHiden3Five), labeltest.EHiden3()}, {label.ClickPost(), labeltest.ClickPost()},
		{label.KangarooMagic2(), labeltest.Kangaroo()}, {label.YuPri(), labeltest.YuPri()},
	} {
		batch := write(t, config(tc.layout), sample(nil))
		files, err := batch.Files()
		require.NoError(t, err)
		_, err = tc.tool.Print(files[0].Data)
		require.NoError(t, err)
	}
	b2, old := label.B2(), label.B2Old()
	require.Equal(t, b2.Columns[:95], old.Columns)
}

func TestLayoutsAreSound(t *testing.T) {
	for _, l := range label.Layouts() {
		require.NoError(t, l.Check(), l.Name)
		data, err := json.Marshal(l)
		require.NoError(t, err)
		again, err := label.ParseLayout(data)
		require.NoError(t, err)
		require.Equal(t, l, again)
		require.NotEmpty(t, l.Title)
	}
	for want, text := range map[string]string{
		"unknown field":      `{"name":"x","colour":1}`,
		"no such field":      `{"name":"x","encoding":"cp932","count":"cells","services":[{"name":"s"}],"columns":[{"field":"recipient.shoe"}]}`,
		"no columns":         `{"name":"x","encoding":"cp932","count":"cells","services":[{"name":"s"}]}`,
		"no services":        `{"name":"x","encoding":"cp932","count":"cells","columns":[{"field":"key"}]}`,
		"line_end":           `{"name":"x","encoding":"cp932","line_end":"x","count":"cells","services":[{"name":"s"}],"columns":[{"field":"key"}]}`,
		"encoding":           `{"name":"x","encoding":"ebcdic","count":"cells","services":[{"name":"s"}],"columns":[{"field":"key"}]}`,
		"column 1":           `{"name":"x","encoding":"cp932","count":"cells","services":[{"name":"s"}],"columns":[{"field":"key","width":8}]}`,
		"the encoding lacks": `{"name":"x","encoding":"cp932","count":"cells","services":[{"name":"s"}],"columns":[{"header":"😀"}]}`,
		"after the closing":  `{"name":"x","encoding":"cp932","count":"cells","services":[{"name":"s"}],"columns":[{"field":"key"}]} x`,
		"in another column":  `{"name":"x","encoding":"cp932","count":"cells","services":[{"name":"s"}],"columns":[{"field":"ship_date"},{"field":"ship_date"}]}`,
		"no table":           `{"name":"x","encoding":"cp932","count":"cells","services":[{"name":"s","slots":"b3"}],"columns":[{"field":"key"}]}`,
	} {
		_, err := label.ParseLayout([]byte(text))
		require.ErrorContains(t, err, want)
	}
}

// TestWhatLayoutsCannotCarry is said by each of them.
func TestWhatLayoutsCannotCarry(t *testing.T) {
	for _, tc := range []struct {
		layout label.Layout
		want   []label.Field
	}{
		{label.B2(), nil},
		{label.EHiden3(timeslot.EHiden3Five), nil},
		{label.YuPri(), []label.Field{label.CODAmount, label.CoolCode}},
		{label.YuPriFilter(), []label.Field{label.CoolCode}},
		{label.ClickPost(), []label.Field{label.Key, label.DeliveryDate, label.SlotCode, label.CODAmount, label.CoolCode, label.RecipientPhone, label.SenderName}},
		{label.KangarooMagic2(), []label.Field{label.CoolCode}},
		{label.KangarooMagic2NoCOD(), []label.Field{label.CODAmount, label.CoolCode}},
	} {
		require.Equal(t, tc.want, tc.layout.Lacks(), tc.layout.Name)
	}
}

// TestLayoutOfAUser: a layout written as JSON, in UTF-8, counted in characters, with a fixed text.
func TestLayoutOfAUser(t *testing.T) {
	l, err := label.ParseLayout(
		[]byte(
			`{"name":"istar2","title":"福山 iSTAR-2","carrier":"fukuyama","encoding":"utf-8-bom","header":true,"count":"characters","line_end":"\n",
		"services":[{"name":"standard","title":"一般"}],"columns":[{"header":"管理番号","field":"key","width":16,"required":true},
		{"header":"荷受人","field":"recipient.name","width":6},{"header":"元着","value":"1"},{"header":"日","field":"ship_date","format":"060102"}]}`))
	require.NoError(t, err)
	batch := write(t, config(l), sample(nil))
	require.Empty(t, batch.Refusals)
	files, err := batch.Files()
	require.NoError(t, err)
	require.Equal(t, "\ufeff管理番号,荷受人,元着,日\n"+batch.Labels[0].Key+",見本 太郎,1,"+time.Now().In(order.JST).Format("060102")+
		"\n", string(files[0].Data))
	require.Equal(t, timeslot.Fukuyama, batch.Labels[0].Carrier)
	other, err := l.With("元着", "2")
	require.NoError(t, err)
	require.Equal(t, "1", l.Columns[2].Value)
	require.Equal(t, "2", other.Columns[2].Value)
	_, err = l.With("着店", "2")
	require.ErrorContains(t, err, "no column 着店")
}

// TestLayoutFromASample: the header row of a shop's own filter, in another order, with a column
// that nobody knows.
func TestLayoutFromASample(t *testing.T) {
	l, unknown, err := label.FromSample("our-filter",
		strings.NewReader("\ufeffお客様側管理番号,お届け先 名称１,お届け先 郵便番号,棚番,お届け先 住所１（必須）,お届け先 住所２,発送予定日\r\n"))
	require.NoError(t, err)
	require.Equal(t, []string{"棚番"}, unknown)
	require.Equal(t, timeslot.JapanPost, l.Carrier)
	cells, reasons := one(t, config(l), sample(nil))
	require.Empty(t, reasons)
	require.Equal(t, []string{"見本 太郎", "000-1234", "", "東京都千代田区見本町1-2-3", "架空ハイツ101"}, cells[1:6])

	for _, whole := range label.Layouts() {
		if !whole.Header {
			continue
		}
		files, err := write(t, config(whole), sample(nil)).Files()
		require.NoError(t, err)
		again, unknown, err := label.FromSample(whole.Name, strings.NewReader(string(files[0].Data)))
		require.NoError(t, err)
		require.Empty(t, unknown)
		for i, c := range whole.Columns {
			require.Equal(t, c.Field, again.Columns[i].Field, "%s column %d", whole.Name, i+1)
		}
	}
	for _, bad := range []string{"", "a,b,c\n"} {
		_, _, err = label.FromSample("x", strings.NewReader(bad))
		require.Error(t, err)
	}
}

// TestServicesAreTheirCarriers: a service that is named like a carrier is reported to the malls as
// that carrier, not as another one of the company.
func TestServicesAreTheirCarriers(t *testing.T) {
	named := 0
	for _, l := range label.Layouts() {
		for _, s := range l.Services {
			if want, ok := timeslot.LookupCarrier(s.Title); ok {
				named++
				require.Equal(t, want, cmp.Or(s.Carrier, l.Carrier), "%s: %s", l.Name, s.Title)
			}
		}
	}
	require.Greater(t, named, 10)
}
