package label_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/unicode/norm"

	"github.com/jpmall/jpmall/internal/labeltest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

// random makes orders of every kind: addresses in fields and in one line, short and long, with all
// the dashes, widths and characters that arrive, some of which no tool can print.
type random struct{ *rand.Rand }

func (r random) pick(all ...string) string { return all[r.IntN(len(all))] }

func (r random) text(n int) string {
	var b strings.Builder
	for range r.IntN(n) {
		b.WriteString(r.pick("例", "示", "見本", "〜", "−", "－", "ー", "‐", "—", " ", "　", "1", "２", "ｶﾞ", "が", "か\u3099",
			"髙", "﨑", "福", "①", "㈱", "A", "é", "𠮷", "😀",
			"葛\U000e0100", "=", "+", "-", "@", "\"", ",", "\n", "\u00a0", "\u200b", "、", "・", "?", "？", "\\", "~", "¥",
			"ﾊﾟ"))
	}
	return b.String()
}

func (r random) party() order.Party {
	prefecture := r.pick("東京都", "京都府", "北海道", "鹿児島県")
	city := r.pick("府中市", "京都市中京区", "余市郡余市町", "例示市", "架空郡空想町")
	street := r.pick("見本町", "字空想", "寺町通御池上る", r.text(8)) +
		fmt.Sprintf("%d-%d-%d", 1+r.IntN(9), 1+r.IntN(99), 1+r.IntN(9))
	building := r.pick("", "架空ハイツ101", "メゾン・ド・サンプル 205号室", "ｻﾝﾌﾟﾙ荘", "Example Court 12", r.text(12))
	p := order.Party{Name: r.pick("見本 太郎", "髙見本 﨑子", r.text(14)),
		Postal: fmt.Sprintf("%03d-%04d", r.IntN(1000), r.IntN(10000)), Phone: "000-0123-4567"}
	switch r.IntN(3) {
	case 0:
		p.Prefecture, p.City, p.Address = prefecture, city, []string{street, building}
	case 1:
		p.Prefecture, p.Address = prefecture, []string{city + street, building}
	default:
		p.Address = []string{strings.Join([]string{prefecture, city, street, building}, r.pick("", " "))}
	}
	if r.IntN(5) == 0 {
		p.Company = r.pick("株式会社例示", "=cmd|' /C calc'!A0", "@例示", r.text(10))
	}
	return p
}

func (r random) order(n int) order.Order {
	o := order.Order{Mall: order.Yahoo, Shop: "s", ID: fmt.Sprint("order-", n),
		Status: []order.Status{order.ReadyToShip, order.ReadyToShip, order.ReadyToShip, order.Cancelled,
			order.New}[r.IntN(5)], Buyer: r.party()}
	slots := []timeslot.Slot{timeslot.NoPreference, timeslot.NoPreference, timeslot.Morning, timeslot.Afternoon,
		timeslot.Unresolved}
	for i := range 1 + r.IntN(3) {
		p := order.Parcel{ID: fmt.Sprint(i + 1), Recipient: r.party(),
			Delivery: order.Delivery{Slot: slots[r.IntN(len(slots))]}}
		for range 1 + r.IntN(3) {
			p.Lines = append(p.Lines, order.Line{Name: r.pick("煎茶", "菓子", r.text(10)), Quantity: 1})
		}
		if r.IntN(3) == 0 {
			p.Delivery.Date = day(r.IntN(20) - 2)
		}
		o.Parcels = append(o.Parcels, p)
	}
	if r.IntN(4) == 0 {
		o.Payment = order.Payment{Method: order.CashOnDelivery, Collect: order.Yen(int64(r.IntN(400_000)))}
		o.Taxes = []order.Tax{{Tax: order.Yen(10)}}
	}
	return o
}

// squeeze takes away what a break, a width or a dash may change and nothing else: what is left must
// be the same before and after.
func squeeze(s string) string {
	s = norm.NFKC.String(strings.NewReplacer("か\u3099", "が", "·", "・").Replace(s))
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(" 　\n\u200b\u200d", r):
			return -1
		case strings.ContainsRune("〜～~", r):
			return '~'
		case strings.ContainsRune("−–—‐‑―-", r):
			return '-'
		case r == '¥' || r == '￥':
			return '¥'
		}
		return r
	}, s)
}

// TestProperties over random orders and all layouts: every parcel is a label or a refusal; the
// tools' stand-ins take every file; columns put together again are the buyer's text; nothing turned
// into '?' or was lost; and no cell is a formula.
func TestProperties(t *testing.T) {
	tools := map[string]func() *labeltest.Tool{
		"b2cloud": labeltest.B2, "ehiden3": labeltest.EHiden3, "yupri": labeltest.YuPri, "clickpost": labeltest.ClickPost, "kangaroo": labeltest.Kangaroo,
	}
	for _, l := range label.Layouts() {
		t.Run(l.Name, func(t *testing.T) {
			r := random{rand.New(rand.NewPCG(7, 11))}
			printed := 0
			for seed := range 16 {
				var orders []order.Order
				parcels := map[label.ParcelRef]order.Parcel{}
				for i := range 25 {
					o := r.order(seed*100 + i)
					orders = append(orders, o)
					for _, p := range o.Parcels {
						parcels[label.ParcelRef{Mall: o.Mall, Shop: o.Shop, Order: o.ID, Parcel: p.ID}] = p
					}
				}
				batch := write(t, config(l), orders...)
				require.Equal(t, len(parcels), len(batch.Labels)+len(batch.Refusals))
				printed += len(batch.Labels)
				files, err := batch.Files()
				require.NoError(t, err)
				rows := 0
				for _, f := range files {
					if tool, ok := tools[l.Name]; ok {
						_, err := tool().Print(f.Data)
						require.NoError(t, err)
					}
				}
				cells := read(t, batch)
				for _, lab := range batch.Labels {
					for l.Header && slices.Equal(cells[rows], headers(l)) {
						rows++
					}
					checkRow(t, l, cells[rows], parcels[lab.ParcelRef])
					rows++
				}
			}
			require.Greater(t, printed, 50)
		})
	}
}

func headers(l label.Layout) (all []string) {
	for _, c := range l.Columns {
		all = append(all, c.Header)
	}
	return all
}

func checkRow(t *testing.T, l label.Layout, row []string, p order.Parcel) {
	joined := map[label.Field]string{}
	for i, c := range l.Columns {
		cell := row[i]
		if c.Width > 0 {
			// in Shift_JIS cells and bytes are the same
			require.LessOrEqual(t, labeltest.Width(cell), c.Width, c.Header)
		}
		require.False(t, cell != "" && strings.ContainsAny(cell[:1], "=+-@"), "%s: %q", c.Header, cell)
		joined[c.Field] += strings.TrimPrefix(cell, "・")
	}
	to := p.Recipient
	text := func(s string) string { return strings.ReplaceAll(squeeze(s), "・", "") }
	require.Equal(t, text(to.Prefecture+to.City+strings.Join(to.Address, "")), text(joined[label.RecipientAddress]))
	name := joined[label.RecipientName]
	if company := joined[label.RecipientCompany]; company != "" {
		name = company + name
	}
	require.Equal(t, text(to.Company+to.Name), text(name))
	var lines string
	for _, line := range p.Lines {
		lines += line.Name
	}
	require.Equal(t, text(lines), text(joined[label.Contents]))
}

// TestEveryCharacterOfCP932SurvivesIt: nothing that Windows can write is refused or written as
// another character.
func TestEveryCharacterOfCP932Survives(t *testing.T) {
	var all []rune
	for a := 0x81; a <= 0xfc; a++ {
		for b := 0x40; b <= 0xfc; b++ {
			if a >= 0xa0 && a < 0xe0 || a >= 0xf0 && a < 0xfa || b == 0x7f {
				continue
			}
			text, err := japanese.ShiftJIS.NewDecoder().String(string([]byte{byte(a), byte(b)}))
			if r := []rune(text); err == nil && len(r) == 1 && r[0] != '\ufffd' && r[0] != '　' {
				all = append(all, r[0])
			}
		}
	}
	require.Greater(t, len(all), 7000)
	l := label.ClickPost()
	for chunk := range slices.Chunk(all, 18) {
		name := "名" + string(chunk) + "名"
		cells, reasons := one(t, config(l), sample(func(o *order.Order) { o.Parcels[0].Recipient.Name = name }))
		require.Empty(t, reasons)
		require.Equal(t, name, cells[1])
	}
}

// TestClosedTable: what is written otherwise than it arrived.
func TestClosedTable(t *testing.T) {
	for from, want := range map[string]string{
		"1〜2": "1～2", "1−2": "1－2", "1–2—3‑4": "1－2－3－4", "か\u3099": "が", "a\u00a0b": "a b", "a\u200bb": "ab", "a\r\nb\tc": "a b c",
		"¥100": "￥100", "A·B": "A・B", "\u00c5\u212b": "\u212b\u212b", "福神": "福神", "ﾊﾟ": "ﾊﾟ", "  x　": "x",
	} {
		cells, reasons := one(t, config(label.ClickPost()),
			sample(func(o *order.Order) { o.Parcels[0].Recipient.Name = from }))
		require.Empty(t, reasons, from)
		require.Equal(t, want, cells[1], "%q", from)
	}
	for from, want := range map[string]string{"ｶﾞﾊﾟｳﾞｱﾞ": "ガパヴア゛", "Ab 1-2": "Ａｂ　１－２", "ﾞ": "゛"} {
		cells, reasons := one(t, config(label.EHiden3(timeslot.EHiden3Six)),
			sample(func(o *order.Order) { o.Parcels[0].Recipient.Name = from }))
		require.Empty(t, reasons, from)
		require.Equal(t, want, cells[7])
	}
}

// TestFormulas cannot do harm in any field that a buyer fills, and the label keeps the text.
func TestFormulas(t *testing.T) {
	for _, text := range []string{`=HYPERLINK("http://example.com","x")`, "+1", "-1", "@SUM(1)", "＝1+1", "\t=1",
		" \n=1"} {
		cfg := config(label.ClickPost())
		batch := write(t, cfg, sample(func(o *order.Order) {
			o.Parcels[0].Recipient.Name, o.Parcels[0].Lines[0].Name = text, text
			o.Parcels[0].Recipient.Prefecture = ""
			o.Parcels[0].Recipient.City = ""
			o.Parcels[0].Recipient.Address = []string{text}
		}))
		if len(batch.Refusals) > 0 {
			require.Equal(t, []string{"too_long contents"}, codes(batch.Refusals[0].Reasons))
			continue
		}
		row := read(t, batch)[1]
		for _, n := range []int{1, 3, 7} {
			require.Equal(t, "・"+strings.TrimSpace(text), row[n])
		}
		require.Contains(t, codes(batch.Labels[0].Notes), "formula recipient.name")
	}
}

// TestFormulasInANote: what the shop takes over from a buyer's remarks is guarded like the rest.
func TestFormulasInANote(t *testing.T) {
	cfg := config(label.B2())
	cfg.Plan = func(order.Order, order.Parcel) label.Plan { return label.Plan{Note: "=1+1", Handling: []string{"+1"}} }
	batch := write(t, cfg, sample(nil))
	row := read(t, batch)[1]
	require.Equal(t, []string{"・=1+1", "・+1"}, []string{row[32], row[30]})
	require.ElementsMatch(t, []string{"formula handling", "formula note"}, codes(batch.Labels[0].Notes))
}
