package main

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func TestATaughtLabelTurnsEveryOrder(t *testing.T) {
	t.Parallel()
	s := start(t)
	label := "おひさま便"
	first, second := s.addPink(label), s.addPink(label)
	pink := func(o order.Order) bool { return o.Unresolved() }
	o := s.seen(order.AuPay, first, pink)
	s.seen(order.AuPay, second, pink)
	require.Contains(t, s.get("/orders?slot=unread"), `class="pink"`)
	require.Contains(t, s.get("/slots?of=aupay/"+o.Shop+"/"+first), `class="rule focus"`)

	rule := url.Values{"label": {label}, "mall": {"aupay"}, "shop": {o.Shop}, "method": {""}, "methods": {"all"},
		"slot": {"14:00-16:00"}}
	page := s.post("/slots", rule)
	require.Regexp(t, `id="turned">[^<]*[2-9]`, page)
	want, err := timeslot.Parse("14:00-16:00")
	require.NoError(t, err)
	for _, id := range []string{first, second} {
		got := s.seen(order.AuPay, id, func(o order.Order) bool { return !o.Unresolved() })
		require.Equal(t, want, got.Parcels[0].Delivery.Slot)
		require.Equal(t, ruleTable, got.Parcels[0].Delivery.Matcher)
	}
	third := s.seen(order.AuPay, s.addPink(label), anything)
	require.Equal(t, want, third.Parcels[0].Delivery.Slot, "the next order is read with it")

	table, err := timeslot.LoadJSON("saved", strings.NewReader(s.get("/slots/rules.json")))
	require.NoError(t, err)
	require.Len(t, table.Rules(), 1)
	require.Equal(t, want, table.Rules()[0].Slot)

	rule.Set("forget", "1")
	rule.Set("slot", "")
	s.post("/slots", rule)
	s.seen(order.AuPay, first, pink)
}

func TestARuleForAllShopsAndOneMethod(t *testing.T) {
	t.Parallel()
	s := start(t)
	label := "ゆうゆう便"
	o := s.seen(order.AuPay, s.addPink(label), func(o order.Order) bool { return o.Unresolved() })
	method := o.Parcels[0].Delivery.Method
	rule := url.Values{"label": {label}, "mall": {"aupay"}, "shop": {o.Shop}, "shops": {"all"},
		"method": {method + "でない"}, "methods": {"this"}, "slot": {"am"}}
	require.Regexp(t, `id="turned">[^<]*：0<`, s.post("/slots", rule), "another method")
	rule.Set("method", method)
	require.Regexp(t, `id="turned">[^<]*：1<`, s.post("/slots", rule))
}

// The rule file may be written by people and by other programs while this one runs.
func TestTheRuleFile(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "rules.json")
	rule := func(label, slot string) []byte {
		return fmt.Appendf(nil, `[{"label": %q, "slot": %q, "mall": "aupay", "name": "from outside"}]`, label, slot)
	}
	require.NoError(t, os.WriteFile(file, rule("おひさま便", "am"), 0o600))
	s := startWith(t, options{addr: "127.0.0.1:0", days: 30, calm: true, orders: few, rules: file})
	is := func(text string) func(order.Order) bool {
		return func(o order.Order) bool { return o.Parcels[0].Delivery.Slot.String() == text }
	}
	id := s.addPink("おひさま便")
	s.seen(order.AuPay, id, is("am"))

	require.NoError(t, os.WriteFile(file, rule("おひさま便", "16:00-18:00"), 0o600))
	s.seen(order.AuPay, id, is("16:00-18:00"))

	broken := []byte(`[{"label": "おひさま便", "slot": "sometimes"}]`)
	require.NoError(t, os.WriteFile(file, broken, 0o600))
	require.Eventually(t, func() bool {
		return strings.Contains(s.get("/slots?lang=ja"), "変換設定のファイルを読めません")
	}, patience, 20*time.Millisecond)
	s.seen(order.AuPay, id, is("16:00-18:00"))
	form := url.Values{"token": {s.token()}, "label": {"ゆうゆう便"}, "shops": {"all"}, "methods": {"all"},
		"slot": {"night"}}
	answer, err := s.client.PostForm(s.url+"/slots", form)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusBadRequest, answer.StatusCode, "what a person is writing is not overwritten")
	now, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, broken, now)

	require.NoError(t, os.WriteFile(file, rule("おひさま便", "pm"), 0o600))
	s.seen(order.AuPay, id, is("pm"))
	s.post("/slots", form)
	saved, err := os.ReadFile(file)
	require.NoError(t, err)
	table, err := timeslot.LoadJSON("saved", bytes.NewReader(saved))
	require.NoError(t, err)
	rules := table.Rules()
	require.Len(t, rules, 2)
	require.Equal(t, "ゆうゆう便", rules[0].Label)
	require.Equal(t, timeslot.Night, rules[0].Slot)
	require.Equal(t, "from outside", rules[1].Name, "what a person wrote stays as it is")
	require.Equal(t, timeslot.Scope{Mall: "aupay"}, rules[1].Scope)
	left, err := os.ReadDir(filepath.Dir(file))
	require.NoError(t, err)
	require.Len(t, left, 1, "nothing is left of writing it")
}

// addWindow puts an order that wants a window of hours, days from now, into the Amazon shop.
func (s *screen) addWindow(from, to time.Duration) string {
	day := order.DateOf(time.Now().AddDate(0, 0, 3)).Time()
	return s.amazon.AddOrder(amazontest.Order{Placed: time.Now().Add(-10 * time.Minute), Updated: time.Now().Add(-9 * time.Minute),
		Status: "UNSHIPPED", Lines: []amazontest.Line{{ID: "11", Quantity: 1, From: day.Add(from), To: day.Add(to)}}})
}

// A window of Amazon's is taught by its hours, for every day, as its client reads it.
func TestAmazonsWindowsAreTaughtByTheirHours(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "rules.json")
	require.NoError(t, os.WriteFile(file, []byte(`[{"label": "9:00-12:00", "slot": "am", "mall": "amazon"}]`), 0o600))
	s := startWith(t, options{addr: "127.0.0.1:0", days: 30, calm: true, orders: few, rules: file})
	morning, over := s.addWindow(9*time.Hour, 12*time.Hour), s.addWindow(14*time.Hour, 40*time.Hour)
	for _, id := range []string{morning, over} {
		require.NoError(t, s.feed.Nudge(order.Amazon, s.amazon.Shop(), id))
	}
	o := s.seen(order.Amazon, morning, anything)
	require.Equal(t, timeslot.Morning, o.Parcels[0].Delivery.Slot)
	require.Equal(t, ruleTable, o.Parcels[0].Delivery.Matcher)

	o = s.seen(order.Amazon, over, func(o order.Order) bool { return o.Unresolved() })
	window := o.Parcels[0].Delivery.Label
	page := s.get("/slots?of=amazon/" + o.Shop + "/" + over)
	require.Contains(t, page, `value="14:00-翌16:00"`)
	require.NotContains(t, page, window)
	require.Contains(t, page, `class="rule focus"`)
	require.Contains(t, s.get("/orders?slot=unread"), "14:00-翌16:00")
	rule := url.Values{"label": {"14:00-翌16:00"}, "mall": {"amazon"}, "shop": {o.Shop}, "methods": {"all"}, "slot": {"pm"}}
	require.Regexp(t, `id="turned">[^<]*：[2-9]<`, s.post("/slots", rule), "of every day: the fake has one, too")
	o = s.seen(order.Amazon, over, func(o order.Order) bool { return !o.Unresolved() })
	require.Equal(t, timeslot.Afternoon, o.Parcels[0].Delivery.Slot)
	require.Equal(t, window, o.Parcels[0].Delivery.Label, "the window is kept as it came")
	direct, err := s.shops[2].Order(t.Context(), over)
	require.NoError(t, err)
	require.Equal(t, direct.Parcels[0].Delivery, o.Parcels[0].Delivery, "the client reads it alike")

	rule.Set("forget", "1")
	rule.Set("slot", "")
	s.post("/slots", rule)
	s.seen(order.Amazon, over, func(o order.Order) bool { return o.Unresolved() })
	require.Equal(t, timeslot.Morning, s.seen(order.Amazon, morning, anything).Parcels[0].Delivery.Slot)
}

// A rule for the mall's field does not hide that the buyer's remarks ask for something else.
func TestARuleDoesNotHideTheRemarks(t *testing.T) {
	t.Parallel()
	s := start(t)
	a, _ := s.aupay.Order(s.aupay.Numbers()[0])
	a.ID, a.Placed, a.Status = "", time.Now(), "発送待ち"
	delete(a.Elements, "deliveryRequestDay")
	a.Elements["deliveryRequestTime"], a.Elements["userComment"] = "おひさま便", "18時～20時希望です"
	id := s.aupay.AddOrder(a)
	o := s.seen(order.AuPay, id, anything)
	same := func() order.Order {
		t.Helper()
		direct, err := s.shops[3].Order(t.Context(), id)
		require.NoError(t, err)
		seen := s.seen(order.AuPay, id, anything)
		require.Equal(t, direct.Parcels[0].Delivery, seen.Parcels[0].Delivery)
		require.Equal(t, direct.Problems, seen.Problems)
		return seen
	}
	require.Empty(t, same().Problems)
	rule := url.Values{"label": {"おひさま便"}, "mall": {"aupay"}, "shop": {o.Shop}, "method": {""}, "methods": {"all"}, "slot": {"am"}}
	s.post("/slots", rule)
	o = same()
	require.True(t, o.Unresolved())
	require.Equal(t, "remarks", o.Problems[0].Field)

	rule.Set("slot", "18:00-20:00")
	s.post("/slots", rule)
	o = same()
	require.Equal(t, "18:00-20:00", o.Parcels[0].Delivery.Slot.String(), "now both say the same")
	rule.Set("slot", "am")
	s.post("/slots", rule)
	both := same().Parcels[0].Delivery.Label
	s.post("/slots", url.Values{"label": {both}, "mall": {"aupay"}, "shop": {o.Shop}, "methods": {"all"}, "slot": {"night"}})
	require.Equal(t, timeslot.Night, s.seen(order.AuPay, id, anything).Parcels[0].Delivery.Slot,
		"somebody has looked at these very words")
}

func TestUnreadLabelsAreCounted(t *testing.T) {
	t.Parallel()
	s := start(t)
	for range 3 {
		s.seen(order.AuPay, s.addPink("おひさま便"), anything)
	}
	require.Regexp(t, `<bdi>おひさま便</bdi></span>[^/]*<bdi>[^/]*</bdi> — 3件`, s.get("/slots?lang=ja"))
}
