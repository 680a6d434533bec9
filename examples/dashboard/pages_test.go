package main

import (
	"database/sql"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/timeslot"
)

func TestPagesInBothLanguages(t *testing.T) {
	t.Parallel()
	s := start(t)
	for path, want := range map[string][2]string{
		"/":        {"いま止まっているもの", "Broken now"},
		"/orders":  {"受注番号・商品", "Number or goods"},
		"/slots":   {"読み取れない表記", "Labels not read"},
		"/keys":    {"更新の手順", "How to renew"},
		"/support": {"対応表", "What each mall supports"},
		"/actions": {"まだありません", "None yet"},
	} {
		require.Contains(t, s.get(path+"?lang=ja"), want[0], path)
		require.Contains(t, s.get(path+"?lang=en"), want[1], path)
		require.Contains(t, s.get(path), want[1], "the language stays: "+path)
	}
	page := s.get("/support?lang=en")
	for _, want := range []string{"Rakuten Ichiba", "Yahoo! Shopping", "Amazon.co.jp", "au PAY Market",
		order.CanShip.In(order.English), "✔ fine"} {
		require.Contains(t, page, want)
	}
}

func TestFiltersLiveInTheAddress(t *testing.T) {
	t.Parallel()
	s := start(t)
	id := s.rakuten.AddOrder(rakutentest.Order{Progress: 100})
	s.seen(order.Rakuten, id, anything)
	require.Contains(t, s.get("/orders?q="+id), id)
	require.NotContains(t, s.get("/orders?mall=amazon&q="+id), `value="rakuten/`)
	require.Contains(t, s.get("/orders?mall=rakuten&stage=new&q="+id), id)
	require.NotContains(t, s.get("/orders?stage=completed&q="+id), `value="rakuten/`)
	require.NotContains(t, s.get("/orders?q=%25%25"), `value="rakuten/`, "% is a letter")
	first, second := s.get("/orders"), s.get("/orders?page=2")
	require.Contains(t, first, `rel="next"`)
	require.Contains(t, second, `rel="prev"`)
	boxes := regexp.MustCompile(`name="ref" value="[^"]+"`)
	require.Len(t, boxes.FindAllString(first, -1), perPage)
	require.NotEqual(t, boxes.FindString(first), boxes.FindString(second))
}

func TestAnOrderShowsWhatIsKnownOfIt(t *testing.T) {
	t.Parallel()
	s := start(t)
	id := s.rakuten.AddOrder(rakutentest.Order{Progress: 300, Coupon: 100, Points: 50, Memo: "電話済み"})
	o := s.seen(order.Rakuten, id, anything)
	s.rakuten.ChangeOrder(id, func(o *rakutentest.Order) { o.Memo = "電話なし" })
	_ = s.feed.Nudge(order.Rakuten, o.Shop, id)
	s.seen(order.Rakuten, id, func(o order.Order) bool { return o.Memo == "電話なし" })
	page := s.get(orderURL(o.Ref()) + "?lang=ja")
	for _, want := range []string{o.MallStatus, "クーポン", "ポイント利用", "店舗負担", "内訳の合計と一致します", "税率", "電話なし"} {
		require.Contains(t, page, want)
	}
	_, history, _ := strings.Cut(page, `id="history"`)
	require.Equal(t, 2, strings.Count(history, `class="soft"`), "both revisions")
	answer, err := s.client.Get(s.url + "/orders/rakuten/123456/no-such-order")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
}

func TestStagesAndReasons(t *testing.T) {
	t.Parallel()
	s := start(t)
	pink := s.addPink("おひさま便")
	o := s.seen(order.AuPay, pink, func(o order.Order) bool { return o.Unresolved() })
	require.Equal(t, look, stageOf(o))
	require.Contains(t, s.get("/?lang=ja"), "お届け時間帯の表記を読み取れません")
	require.Equal(t, stage("new"), stageOf(order.Order{Status: order.New}))
	require.Equal(t, stage("ready_to_ship"), stageOf(order.Order{Status: order.PartiallyShipped}))
	require.Equal(t, stage("cancelled"), stageOf(order.Order{Status: order.Cancelled, Problems: []order.Problem{{}}}))
	noon, err := timeslot.Parse("12:00-14:00")
	require.NoError(t, err)
	wish := order.Order{Status: order.ReadyToShip,
		Parcels: []order.Parcel{{Delivery: order.Delivery{Carrier: timeslot.Yamato, Slot: noon}}}}
	require.Equal(t, look, stageOf(wish), "Yamato does not offer it")
	require.Contains(t, reasons(wish)[0].JA, "ヤマト運輸")
	for _, status := range order.Statuses() {
		require.Contains(t, stages(), stageOf(order.Order{Status: status}), "status %s has a stage", status)
	}
	for _, st := range stages() {
		require.NotContains(t, []string{"", string(st)}, st.In(order.Japanese), "stage %s has a name", st)
	}
}

func TestADeadKeyIsShownFirst(t *testing.T) {
	t.Parallel()
	s := start(t)
	s.rakuten.RevokeKey(s.rakuten.LicenseKey())
	s.rakuten.AddOrder(rakutentest.Order{})
	require.Eventually(t, func() bool {
		page := s.get("/?lang=ja")
		return strings.Contains(page, "キーまたは権限の問題で取込を止めています") &&
			strings.Index(page, "楽天市場 "+s.rakuten.Shop()) < strings.Index(page, `id="keys"`)
	}, patience, 100*time.Millisecond)
	require.Contains(t, s.get("/support?lang=ja"), "停止中")
}

func TestKeysByDaysLeft(t *testing.T) {
	t.Parallel()
	s := start(t)
	keys := s.keys.standing(s.shops, time.Now())
	for i := 1; i < len(keys); i++ {
		a, b := keys[i-1].Expiry.End, keys[i].Expiry.End
		require.True(t, b.IsZero() || !a.IsZero() && !b.Before(a), "%s before %s", keys[i-1].Rule.Kind,
			keys[i].Rule.Kind)
	}
	page := s.get("/keys?lang=ja")
	require.Contains(t, page, "<meter")
	for _, mall := range []string{"yahoo/" + s.yahoo.Shop(), "amazon/" + s.amazon.Shop()} {
		require.Contains(t, page, s.url+"/consent/"+mall)
		s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		answer, err := s.client.Get(s.url + "/consent/" + mall)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, 3, answer.StatusCode/100, "a consent begins with a redirect to the mall")
	}
}

func TestRestart(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "orders ä.db")
	rules, err := openRules(file + ".rules.json")
	require.NoError(t, err)
	st, err := openStore(t.Context(), file, rules)
	require.NoError(t, err)
	o := order.Order{Mall: order.AuPay, Shop: "1", ID: "2", Revision: "a", Status: order.ReadyToShip,
		Placed:  time.Now(),
		Parcels: []order.Parcel{{Delivery: order.Delivery{Label: "おひさま便", Asked: "おひさま便", From: order.FromField}}}}
	kind, err := st.put(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, "new", kind)
	require.NoError(t, rules.teach(timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning}))
	turned, err := st.turn(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, turned)
	_, err = st.addAction(t.Context(), action{What: "ship", Step: "dry", Results: []order.Result{{Order: "2"}}})
	require.NoError(t, err)
	require.NoError(t, st.Close())
	rules, err = openRules(file + ".rules.json")
	require.NoError(t, err)
	st, err = openStore(t.Context(), file, rules)
	require.NoError(t, err)
	defer func() { require.NoError(t, st.Close()) }()
	kind, err = st.put(t.Context(), o)
	require.NoError(t, err)
	require.Empty(t, kind, "seen before")
	got, ok, err := st.get(t.Context(), o.Ref())
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, timeslot.Morning, got.Parcels[0].Delivery.Slot, "the rule holds")
	acts, err := st.actions(t.Context(), "")
	require.NoError(t, err)
	require.Len(t, acts, 1)
	_, err = os.Stat(file)
	require.NoError(t, err)
}

// A file that this version cannot work with is refused, with its name and what to do.
func TestAFileOfAnotherVersion(t *testing.T) {
	t.Parallel()
	rules, err := openRules("")
	require.NoError(t, err)
	for name, content := range map[string]string{
		"before versions": `CREATE TABLE orders (mall TEXT, id TEXT)`,
		"later":           `PRAGMA user_version = 1000`,
	} {
		file := filepath.Join(t.TempDir(), "orders.db")
		db, err := sql.Open("sqlite", file)
		require.NoError(t, err)
		_, err = db.ExecContext(t.Context(), content)
		require.NoError(t, err)
		require.NoError(t, db.Close())
		_, err = openStore(t.Context(), file, rules)
		require.ErrorContains(t, err, "database "+file+": ", name)
		require.ErrorContains(t, err, "rename or remove the file", name)
	}
	letter := filepath.Join(t.TempDir(), "letter.txt")
	require.NoError(t, os.WriteFile(letter, []byte(strings.Repeat("Dear shop, ", 100)), 0o600))
	_, err = openStore(t.Context(), letter, rules)
	require.ErrorContains(t, err, "database "+letter+": ")
}

// The first page has what comes first in a day first, and leads to what is done with it.
func TestTheOrderOfTheFirstPage(t *testing.T) {
	t.Parallel()
	page := start(t).get("/")
	last := 0
	for _, id := range []string{"broken", "keys", "counts", "look", "ready"} {
		at := strings.Index(page, `<section id="`+id+`"`)
		require.Greater(t, at, last, id)
		last = at
	}
	require.Contains(t, page[last:], `href="/orders?stage=ready_to_ship"`)
	require.Contains(t, page[last:], `href="/actions"`)
}

// Somebody who does not believe the page has the mall asked.
func TestLookAgain(t *testing.T) {
	t.Parallel()
	s := start(t)
	o := s.ready()
	before := s.rakuten.Count("getOrder")
	require.Contains(t, s.post(orderURL(o.Ref()), url.Values{}), `id="again"`)
	require.Eventually(t, func() bool { return s.rakuten.Count("getOrder") > before }, patience, 20*time.Millisecond)
	answer, err := s.client.PostForm(s.url+"/orders/rakuten/1/no-such-order", url.Values{"token": {s.token()}})
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
}

// What failed is shown with what to do, also when it works again; saved-up calls are no overuse.
func TestConditionsSayWhatToDo(t *testing.T) {
	t.Parallel()
	s := start(t)
	hint := order.Text{JA: "見本の対処", EN: "an example of what to do"}
	s.notify(t.Context(), order.FeedEvent{Kind: order.FeedFailed, Mall: order.Rakuten, Shop: s.rakuten.Shop(),
		Err: &order.Error{Class: order.ErrTemporary, Hint: hint}})
	require.Contains(t, s.get("/support"), hint.JA)
	c := condition{FeedStatus: order.FeedStatus{ReadShare: 3.2}}
	require.Equal(t, 100.0, c.Percent())
	require.True(t, c.Burst())
}
