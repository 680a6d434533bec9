package main

import (
	"net/url"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// keep puts an order into the database as if a shop had sent it.
func (s *screen) keep(edit func(*order.Order)) order.Order {
	s.t.Helper()
	o := order.Order{
		Mall: order.AuPay, Shop: s.aupay.Shop(), ID: "900000999", Revision: "1", Status: order.ReadyToShip,
		MallStatus: "発送待ち", Placed: time.Now(),
		Parcels: []order.Parcel{{Delivery: order.Delivery{Carrier: timeslot.Yamato, Slot: timeslot.Morning}}},
		Amounts: order.Amounts{Billed: order.Yen(1100), Components: []order.Component{
			{Kind: order.Goods, Label: "見本の品", Bearer: order.PaidByBuyer, Amount: order.Yen(1100)},
		}},
	}
	edit(&o)
	_, err := s.store.put(s.t.Context(), o)
	require.NoError(s.t, err)
	return o
}

// What is wrong with an order has a mark with words in the list, and on its page.
func TestMarks(t *testing.T) {
	t.Parallel()
	s := start(t)
	noon, err := timeslot.Parse("12:00-14:00")
	require.NoError(t, err)
	for want, edit := range map[string]func(*order.Order){
		"≠ 合計不一致":                 func(o *order.Order) { o.Amounts.Billed = order.Yen(1000) },
		"? 金額未確定":                 func(o *order.Order) { o.Amounts.Billed = order.Money{} },
		"! ヤマト運輸では「12:00～14:00」を": func(o *order.Order) { o.Parcels[0].Delivery.Slot = noon },
		"✖ 判読できません": func(o *order.Order) {
			o.Parcels[0].Delivery = order.Delivery{Label: "おひさま便", From: order.FromField}
		},
	} {
		s.keep(func(*order.Order) {})
		clean := s.get("/orders?q=900000999&lang=ja")
		require.NotContains(t, clean, want)
		require.NotContains(t, clean, `class="mark"`)
		o := s.keep(edit)
		require.Contains(t, s.get("/orders?q=900000999&lang=ja"), want)
		require.Regexp(t, `class="(mark|pink)"|未確定`, s.get(orderURL(o.Ref())), want)
	}
}

// A slot that was offered before and is no more: the day of the wish decides.
func TestAWishIsJudgedByItsDay(t *testing.T) {
	t.Parallel()
	noon, err := timeslot.Parse("12:00-14:00")
	require.NoError(t, err)
	wish := order.Delivery{Carrier: timeslot.Yamato, Slot: noon, Date: order.Date{Year: 2017, Month: 6, Day: 18}}
	_, refused := cannotKeep(wish)
	require.False(t, refused)
	wish.Date = wish.Date.AddDays(1)
	_, refused = cannotKeep(wish)
	require.True(t, refused)
}

// Each order of a mall that tells its taxes shows them rate by rate: what was billed at it, and the
// tax in that.
func TestTaxPerRate(t *testing.T) {
	t.Parallel()
	s := start(t)
	found, err := s.store.find(t.Context(), filter{Mall: order.Rakuten}, 40, 0)
	require.NoError(t, err)
	require.NotEmpty(t, found)
	rates := map[order.TaxRate]bool{}
	for _, o := range found {
		require.NotEmpty(t, o.Taxes, o.ID)
		page := s.get(orderURL(o.Ref()) + "?lang=ja")
		for _, tax := range o.Taxes {
			rates[tax.Rate] = true
			line := "税率 " + tax.Rate.In(order.Japanese) + ": " + tax.Billed.In(order.Japanese) + "、うち消費税 " +
				tax.Tax.In(order.Japanese)
			require.Contains(t, page, line, o.ID)
		}
	}
	require.Contains(t, rates, order.StandardRate)
	require.Contains(t, rates, order.ReducedRate)
}

// The first page counts what can go out today, and each count leads to its orders.
func TestReadyToShipToday(t *testing.T) {
	t.Parallel()
	s := start(t)
	night, err := timeslot.Parse("19:00-21:00")
	require.NoError(t, err)
	today := order.DateOf(time.Now())
	count := func() load {
		loads, err := s.store.ready(t.Context(), today)
		require.NoError(t, err)
		for _, l := range loads {
			if l.Carrier == timeslot.Yamato && l.Slot == night {
				return l
			}
		}
		return load{Carrier: timeslot.Yamato, Slot: night}
	}
	before := count()
	for id, day := range map[string]order.Date{"910000001": {}, "910000002": today.AddDays(1),
		"910000003": today.AddDays(soon + 1)} {
		s.keep(func(o *order.Order) {
			o.ID = id
			o.Parcels[0].Delivery = order.Delivery{Carrier: timeslot.Yamato, Slot: night, Date: day}
			if id == "910000002" { // no carrier named
				o.Parcels[0].Delivery.Carrier = ""
			}
		})
	}
	s.keep(func(o *order.Order) {
		o.ID, o.Status = "910000004", order.AwaitingPayment
		o.Parcels[0].Delivery = order.Delivery{Carrier: timeslot.Yamato, Slot: night}
	})
	after := count()
	require.Equal(t, before.Today+1, after.Today)
	require.Equal(t, before.Later+1, after.Later)
	page := s.get("/?lang=ja")
	for _, want := range [][2]string{{string(timeslot.Yamato), "910000001"}, {noCarrier, "910000002"}} {
		query := url.Values{"stage": {"ready_to_ship"}, "carrier": {want[0]}, "time": {night.String()},
			"soon": {today.AddDays(soon).String()}}.Encode()
		require.Contains(t, page, "/orders?"+regexp.MustCompile("&").ReplaceAllString(query, "&amp;"))
		list := s.get("/orders?" + query)
		require.Contains(t, list, want[1])
		require.NotContains(t, list, "910000003")
		require.NotContains(t, list, "910000004")
	}
}

func TestConnections(t *testing.T) {
	t.Parallel()
	s := start(t)
	page := s.get("/support?lang=ja")
	require.Len(t, regexp.MustCompile(`<td>\d{4}-\d\d-\d\d \d\d:\d\d</td>`).FindAllString(page, -1), 4,
		"the last pass of each shop")
	require.Len(t, regexp.MustCompile(`</meter> \d+%<div class="soft">[1-9]\d*回`).FindAllString(page, -1), 4,
		"quota used, and calls")
	s.rakuten.RevokeKey(s.rakuten.LicenseKey())
	require.Eventually(t, func() bool {
		page = s.get("/support?lang=ja")
		return regexp.MustCompile(`✖ 停止中<div>[\d -:]+ から</div>`).MatchString(page)
	}, patience, 50*time.Millisecond)
	var parked condition
	for _, c := range s.conditions() {
		if c.Mall == order.Rakuten {
			parked = c
		}
	}
	require.False(t, parked.Hint.IsZero())
	require.NotEmpty(t, parked.Errors, "the last errors, with what to do")
	require.Contains(t, page, string(view{Lang: order.Japanese}.In(parked.Hint)), "what to do")
}
