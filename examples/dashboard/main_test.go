package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/timeslot"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// screen is the program over calm fake shops, and a browser without script.
type screen struct {
	*app
	t       *testing.T
	client  *http.Client
	rakuten *rakutentest.Server
	yahoo   *yahootest.Server
	amazon  *amazontest.Server
	aupay   *aupaytest.Server
}

func start(t *testing.T) *screen {
	t.Helper()
	a, err := open(t.Context(), options{addr: "127.0.0.1:0", days: 30, calm: true})
	require.NoError(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.serve(ctx) }()
	t.Cleanup(func() {
		stop()
		require.NoError(t, <-ended)
		require.NoError(t, a.Close())
	})
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	s := &screen{app: a, t: t, client: &http.Client{Jar: jar}}
	s.rakuten, s.yahoo = a.fakes[0].mall.(*rakutentest.Server), a.fakes[1].mall.(*yahootest.Server)
	s.amazon, s.aupay = a.fakes[2].mall.(*amazontest.Server), a.fakes[3].mall.(*aupaytest.Server)
	require.Eventually(t, func() bool {
		for _, f := range a.fakes {
			found, err := a.store.find(t.Context(), filter{Mall: f.entry["mall"]}, 40, 0)
			if err != nil || len(found) < 30 {
				return false
			}
		}
		return len(a.keys.standing(a.shops, time.Now())) > 0
	}, 20*time.Second, 100*time.Millisecond, "the orders of all shops are read")
	return s
}

func (s *screen) get(path string) string {
	s.t.Helper()
	answer, err := s.client.Get(s.url + path)
	require.NoError(s.t, err)
	return s.body(answer)
}

func (s *screen) body(answer *http.Response) string {
	s.t.Helper()
	defer answer.Body.Close()
	data, err := io.ReadAll(answer.Body)
	require.NoError(s.t, err)
	require.Equal(s.t, http.StatusOK, answer.StatusCode, string(data))
	return string(data)
}

var tokenField = regexp.MustCompile(`name="token" value="([0-9a-f]+)"`)

func (s *screen) token() string { return tokenField.FindStringSubmatch(s.get("/"))[1] }

func (s *screen) post(path string, form url.Values) string {
	s.t.Helper()
	form.Set("token", s.token())
	answer, err := s.client.PostForm(s.url+path, form)
	require.NoError(s.t, err)
	return s.body(answer)
}

// seen waits until an order is in the database in a state that fits.
func (s *screen) seen(mall order.Mall, id string, fits func(order.Order) bool) order.Order {
	s.t.Helper()
	var found order.Order
	require.Eventually(s.t, func() bool {
		all, err := s.store.query(s.t.Context(), `SELECT json FROM orders WHERE mall = ? AND id = ?`, mall, id)
		if err == nil && len(all) == 1 {
			found = all[0]
		}
		return found.ID == id && fits(found)
	}, 15*time.Second, 20*time.Millisecond)
	return found
}

func anything(order.Order) bool { return true }

// addPink puts an order with a label that nobody can read into the au shop.
func (s *screen) addPink(label string) string {
	o, _ := s.aupay.Order(s.aupay.Numbers()[0])
	o.ID, o.Placed, o.Status = "", time.Now(), "発送待ち"
	o.Elements["deliveryRequestTime"] = label
	return s.aupay.AddOrder(o)
}

func TestPagesInBothLanguages(t *testing.T) {
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
	for _, want := range []string{"楽天市場", "Yahoo!ショッピング", "Amazon.co.jp", "au PAY", "report shipping", "✔ fine"} {
		require.Contains(t, page, want)
	}
}

func TestFiltersLiveInTheAddress(t *testing.T) {
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
	s := start(t)
	id := s.rakuten.AddOrder(rakutentest.Order{Progress: 300, Coupon: 100, Points: 50, Memo: "電話済み"})
	o := s.seen(order.Rakuten, id, anything)
	s.rakuten.ChangeOrder(id, func(o *rakutentest.Order) { o.Memo = "電話なし" })
	_ = s.feed.Nudge(order.Rakuten, o.Shop, id)
	s.seen(order.Rakuten, id, func(o order.Order) bool { return o.Memo == "電話なし" })
	page := s.get(orderURL(o.Ref()) + "?lang=ja")
	for _, want := range []string{o.MallStatus, "クーポン", "ポイント利用", "店舗", "内訳の合計と一致します", "税率", "電話なし"} {
		require.Contains(t, page, want)
	}
	_, history, _ := strings.Cut(page, `id="history"`)
	require.Equal(t, 2, strings.Count(history, `class="soft"`), "both revisions")
	answer, err := s.client.Get(s.url + "/orders/rakuten/123456/no-such-order")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Equal(t, http.StatusNotFound, answer.StatusCode)
}

func TestATaughtLabelTurnsEveryOrder(t *testing.T) {
	s := start(t)
	label := "おひさま便"
	first, second := s.addPink(label), s.addPink(label)
	pink := func(o order.Order) bool { return o.Unresolved() }
	o := s.seen(order.AuPay, first, pink)
	s.seen(order.AuPay, second, pink)
	require.Contains(t, s.get("/orders?slot=unread"), `class="pink"`)
	require.Contains(t, s.get("/slots?of=aupay/"+o.Shop+"/"+first), `class="rule focus"`)

	rule := url.Values{"label": {label}, "mall": {"aupay"}, "shop": {o.Shop}, "method": {""}, "methods": {"all"}, "slot": {"14:00-16:00"}}
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

	for _, name := range []string{"csv", "json"} { // the files are ones that the SDK loads
		load := map[string]func(string, io.Reader) (*timeslot.Table, error){"csv": timeslot.LoadCSV, "json": timeslot.LoadJSON}[name]
		table, err := load(name, strings.NewReader(s.get("/slots/rules."+name)))
		require.NoError(t, err)
		require.Len(t, table.Rules(), 1)
		require.Equal(t, want, table.Rules()[0].Slot)
	}

	rule.Set("forget", "1")
	rule.Set("slot", "")
	s.post("/slots", rule)
	s.seen(order.AuPay, first, pink)
}

func TestARuleForAllShopsAndOneMethod(t *testing.T) {
	s := start(t)
	label := "ゆうゆう便"
	o := s.seen(order.AuPay, s.addPink(label), func(o order.Order) bool { return o.Unresolved() })
	method := o.Parcels[0].Delivery.Method
	rule := url.Values{"label": {label}, "mall": {"aupay"}, "shop": {o.Shop}, "shops": {"all"}, "method": {method + "でない"}, "methods": {"this"}, "slot": {"am"}}
	require.Regexp(t, `id="turned">[^<]*：0<`, s.post("/slots", rule), "another method")
	rule.Set("method", method)
	require.Regexp(t, `id="turned">[^<]*：1<`, s.post("/slots", rule))
}

func TestStagesAndReasons(t *testing.T) {
	s := start(t)
	pink := s.addPink("おひさま便")
	o := s.seen(order.AuPay, pink, func(o order.Order) bool { return o.Unresolved() })
	require.Equal(t, look, stageOf(o))
	require.Contains(t, s.get("/?lang=ja"), "お届け時間帯の表記を読み取れません")
	require.Equal(t, "new", stageOf(order.Order{Status: order.New}))
	require.Equal(t, "ready_to_ship", stageOf(order.Order{Status: order.PartiallyShipped}))
	require.Equal(t, "cancelled", stageOf(order.Order{Status: order.Cancelled, Problems: []order.Problem{{}}}))
	noon, err := timeslot.Parse("12:00-14:00")
	require.NoError(t, err)
	wish := order.Order{Status: order.ReadyToShip, Parcels: []order.Parcel{{Delivery: order.Delivery{Carrier: timeslot.Yamato, Slot: noon}}}}
	require.Equal(t, look, stageOf(wish), "Yamato does not offer it")
	require.Contains(t, reasons(wish)[0].JA, "ヤマト運輸")
	known := map[string]bool{}
	for _, st := range stages() {
		known[st.Name] = true
	}
	for _, status := range order.Statuses() {
		require.True(t, known[stageOf(order.Order{Status: status})], "status %s has a stage", status)
	}
}

// ready adds an order to each mall that can be shipped.
func (s *screen) ready() order.Order {
	id := s.rakuten.AddOrder(rakutentest.Order{Progress: 300})
	return s.seen(order.Rakuten, id, func(o order.Order) bool { return o.Status == order.ReadyToShip })
}

func shipForm(o order.Order, number string) url.Values {
	return url.Values{"what": {"ship"}, "step": {"dry"}, "ref": {view{}.Ref(o)}, "carrier": {"yamato"}, "number": {number}, "day": {order.DateOf(time.Now()).String()}}
}

func TestShipDryThenReal(t *testing.T) {
	s := start(t)
	o := s.ready()
	require.Contains(t, s.post("/actions", url.Values{"what": {"ship"}, "ref": {view{}.Ref(o)}}), `name="number"`, "a field for the number")

	writes := func() int {
		return s.rakuten.Count("updateOrderShippingAsync") + s.rakuten.Count("updateOrderShipping")
	}
	before := writes()
	page := s.post("/actions?lang=ja", shipForm(o, "000000000000"))
	require.Contains(t, page, "試行：モールには何も送っていません")
	require.Contains(t, page, "実行できます")
	require.Equal(t, before, writes(), "a dry run ships nothing")
	got, _ := s.rakuten.Order(o.ID)
	require.Empty(t, got.Parcels[0].Shipments)

	path := regexp.MustCompile(`action="(/actions/\d+)"`).FindStringSubmatch(page)[1]
	page = s.post(path, url.Values{"step": {"real"}})
	require.Contains(t, page, "実行済み")
	got, _ = s.rakuten.Order(o.ID)
	require.Equal(t, "000000000000", got.Parcels[0].Shipments[0].Number)
	sent := writes()
	require.Greater(t, sent, before)
	s.post(path, url.Values{"step": {"real"}})
	require.Equal(t, sent, writes(), "a second click sends nothing")
	s.seen(order.Rakuten, o.ID, func(o order.Order) bool { return o.Status == order.Shipped })
	require.Contains(t, s.get(path), "実行済み", "the results stay")
}

func TestConfirmDryThenReal(t *testing.T) {
	s := start(t)
	id := s.rakuten.AddOrder(rakutentest.Order{Progress: 100})
	o := s.seen(order.Rakuten, id, anything)
	page := s.post("/actions", url.Values{"what": {"confirm"}, "ref": {view{}.Ref(o)}})
	require.Zero(t, s.rakuten.Count("confirmOrder"))
	path := regexp.MustCompile(`action="(/actions/\d+)"`).FindStringSubmatch(page)[1]
	s.post(path, url.Values{"step": {"real"}})
	require.Equal(t, 1, s.rakuten.Count("confirmOrder"))
	s.seen(order.Rakuten, id, func(o order.Order) bool { return o.Status != order.New })
}

func TestAnUnsettledResultSaysWhatToDo(t *testing.T) {
	s := start(t)
	o := s.ready()
	page := s.post("/actions", shipForm(o, "000000000000"))
	path := regexp.MustCompile(`action="(/actions/\d+)"`).FindStringSubmatch(page)[1]
	require.NoError(t, s.rakuten.Inject(
		rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "updateOrderShipping"},
		rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "updateOrderShippingAsync"}))
	page = s.post(path, url.Values{"step": {"real"}})
	require.Contains(t, page, "結果不明")
	require.Contains(t, page, "次に：")
	s.rakuten.ClearFaults()
	require.Contains(t, page, `value="settle"`)
	page = s.post(path, url.Values{"step": {"settle"}})
	require.Contains(t, page, "✔ 完了")
	require.NotContains(t, page, `value="settle"`)
}

func TestNumbersFromAFile(t *testing.T) {
	s := start(t)
	o := s.ready()
	upload := func(content string) *http.Response {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for name, value := range map[string]string{"token": s.token(), "what": "ship", "step": "dry"} {
			require.NoError(t, form.WriteField(name, value))
		}
		part, err := form.CreateFormFile("file", "numbers.csv")
		require.NoError(t, err)
		_, err = io.WriteString(part, content)
		require.NoError(t, err)
		require.NoError(t, form.Close())
		answer, err := s.client.Post(s.url+"/actions", form.FormDataContentType(), &body)
		require.NoError(t, err)
		return answer
	}
	head := "mall,shop,order,carrier,number,date\n"
	today := order.DateOf(time.Now()).String()
	page := s.body(upload(head + fmt.Sprintf("rakuten,%s,%s,ヤマト運輸,000000000000,%s\nrakuten,%s,nothing,ヤマト運輸,000000000000,%s\n", o.Shop, o.ID, today, o.Shop, today)))
	require.Contains(t, page, "実行できます")
	require.Contains(t, page, "モールから受注を読み取れません")
	for _, bad := range []string{"", "number\n1\n", head + "rakuten,1,2,ヤマト運輸,1,tomorrow\n"} {
		answer := upload(bad)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, http.StatusBadRequest, answer.StatusCode, bad)
	}
}

func TestLabelFiles(t *testing.T) {
	s := start(t)
	o := s.ready()
	pink := s.seen(order.AuPay, s.addPink("おひさま便"), func(o order.Order) bool { return o.Unresolved() })
	page := s.post("/actions", url.Values{"what": {"labels"}, "ref": {view{}.Ref(o), view{}.Ref(pink)}})
	require.Contains(t, page, "印刷できません", "the pink one is refused")
	link := regexp.MustCompile(`href="(/labels/\d+/\d+)"`).FindStringSubmatch(page)
	require.NotNil(t, link, page)
	require.NotEmpty(t, s.get(link[1]))
}

func TestADeadKeyIsShownFirst(t *testing.T) {
	s := start(t)
	s.rakuten.RevokeKey(s.rakuten.LicenseKey())
	s.rakuten.AddOrder(rakutentest.Order{})
	require.Eventually(t, func() bool {
		page := s.get("/?lang=ja")
		return strings.Contains(page, "キーまたは権限の問題で取込を止めています") && strings.Index(page, "楽天市場 "+s.rakuten.Shop()) < strings.Index(page, `id="keys"`)
	}, 15*time.Second, 100*time.Millisecond)
	require.Contains(t, s.get("/support?lang=ja"), "停止中")
}

func TestKeysByDaysLeft(t *testing.T) {
	s := start(t)
	keys := s.keys.standing(s.shops, time.Now())
	for i := 1; i < len(keys); i++ {
		a, b := keys[i-1].Expiry.End, keys[i].Expiry.End
		require.True(t, b.IsZero() || !a.IsZero() && !b.Before(a), "%s before %s", keys[i-1].Rule.Kind, keys[i].Rule.Kind)
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

func TestOnlyOurOwnPagesChangeAnything(t *testing.T) {
	s := start(t)
	form := func(token string) io.Reader {
		return strings.NewReader(url.Values{"token": {token}, "mask": {"1"}, "back": {"//evil.example/"}}.Encode())
	}
	token := s.token()
	s.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	for name, tc := range map[string]struct {
		token string
		edit  func(*http.Request)
		want  int
	}{
		"ours":         {token, func(*http.Request) {}, http.StatusSeeOther},
		"our origin":   {token, func(r *http.Request) { r.Header.Set("Origin", s.url) }, http.StatusSeeOther},
		"no token":     {"", func(*http.Request) {}, http.StatusForbidden},
		"other token":  {strings.Repeat("0", 64), func(*http.Request) {}, http.StatusForbidden},
		"other origin": {token, func(r *http.Request) { r.Header.Set("Origin", "https://evil.example") }, http.StatusForbidden},
		"null origin":  {token, func(r *http.Request) { r.Header.Set("Origin", "null") }, http.StatusForbidden},
		"other site":   {token, func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, http.StatusForbidden},
		"other host":   {token, func(r *http.Request) { r.Host = "evil.example" }, http.StatusMisdirectedRequest},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.url+"/settings", form(tc.token))
		require.NoError(t, err)
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		tc.edit(r)
		answer, err := s.client.Do(r)
		require.NoError(t, err)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, tc.want, answer.StatusCode, name)
		require.NotContains(t, answer.Header.Get("Location"), "evil", name)
	}
	stranger, err := http.PostForm(s.url+"/settings", url.Values{"token": {token}})
	require.NoError(t, err)
	require.NoError(t, stranger.Body.Close())
	require.Equal(t, http.StatusForbidden, stranger.StatusCode, "a token works in its own browser only")

	answer, err := s.client.Get(s.url + "/")
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	require.Contains(t, answer.Header.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self'; style-src 'self'")
	require.NotContains(t, answer.Header.Get("Content-Security-Policy"), "unsafe")
	require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
}

func TestNoSecretAndUnderTheMaskNoPerson(t *testing.T) {
	s := start(t)
	o := s.ready()
	pages := []string{"/", "/orders", orderURL(o.Ref()), "/slots", "/keys", "/support", "/actions"}
	for _, path := range pages {
		page := s.get(path)
		for _, secret := range []string{
			s.rakuten.ServiceSecret(), s.rakuten.LicenseKey(), s.yahoo.ClientSecret(), s.yahoo.RefreshToken(), s.yahoo.PublicKey(),
			s.amazon.ClientSecret(), s.amazon.RefreshToken(), s.aupay.APIKey(),
		} {
			require.NotContains(t, page, secret, path)
		}
	}
	require.Contains(t, s.get(orderURL(o.Ref())), o.Buyer.Name)
	s.post("/settings", url.Values{"mask": {"1"}})
	for _, path := range pages {
		page := s.get(path)
		for _, personal := range []string{o.Buyer.Name, o.Buyer.Phone, o.Buyer.City, o.Parcels[0].Recipient.Name, o.Parcels[0].Recipient.Phone} {
			require.NotEmpty(t, personal)
			require.NotContains(t, page, personal, path)
		}
	}
}

// What is kept is there after a restart: orders, rules, results.
func TestRestart(t *testing.T) {
	file := filepath.Join(t.TempDir(), "orders ä.db")
	st, err := openStore(t.Context(), file)
	require.NoError(t, err)
	o := order.Order{Mall: order.AuPay, Shop: "1", ID: "2", Revision: "a", Status: order.ReadyToShip, Placed: time.Now(),
		Parcels: []order.Parcel{{Delivery: order.Delivery{Label: "おひさま便", From: order.FromField}}}}
	kind, err := st.put(t.Context(), o)
	require.NoError(t, err)
	require.Equal(t, "new", kind)
	turned, err := st.teach(t.Context(), timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning})
	require.NoError(t, err)
	require.Equal(t, 1, turned)
	_, err = st.addAction(t.Context(), action{What: "ship", Step: "dry", Results: []order.Result{{Order: "2"}}})
	require.NoError(t, err)
	require.NoError(t, st.Close())
	st, err = openStore(t.Context(), file)
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

func TestFlags(t *testing.T) {
	for _, args := range [][]string{{"x"}, {"-days", "0"}, {"-config", "no-such-file.json"}, {"-addr", "nowhere"}, {"-labels", "no-such-file.json"}} {
		require.Error(t, run(t.Context(), args, io.Discard, io.Discard), args)
	}
	ctx, stop := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer stop()
	var out strings.Builder
	require.NoError(t, run(ctx, nil, &out, io.Discard))
	require.Regexp(t, `^http://127\.0\.0\.1:\d+\n$`, out.String())
}

// BenchmarkList reports the time to the first byte of the list with 10,000 orders.
func BenchmarkList(b *testing.B) {
	a, err := open(b.Context(), options{addr: "127.0.0.1:0", days: 30, calm: true, db: filepath.Join(b.TempDir(), "orders.db")})
	require.NoError(b, err)
	defer a.Close()
	var pattern order.Order
	for o, err := range a.shops[0].Orders(b.Context(), order.Query{From: daysAgo(30)}) {
		require.NoError(b, err)
		pattern = o
	}
	for i := range 10_000 {
		pattern.ID, pattern.Placed = fmt.Sprintf("%s-%05d", pattern.ID[:10], i), time.Now().Add(-time.Duration(i)*time.Minute)
		_, err := a.store.put(b.Context(), pattern)
		require.NoError(b, err)
	}
	ctx, stop := context.WithCancel(b.Context())
	server := &http.Server{Handler: a.handler()}
	go func() { _ = server.Serve(a.listener) }()
	defer func() { stop(); _ = server.Shutdown(ctx) }()
	for _, path := range []string{"/orders", "/orders?page=199", "/orders?stage=ready_to_ship&mall=rakuten", "/orders?q=09999", "/"} {
		b.Run(path, func(b *testing.B) {
			for b.Loop() {
				answer, err := http.Get(a.url + path)
				require.NoError(b, err)
				_, err = answer.Body.Read(make([]byte, 1))
				require.NoError(b, err)
				require.NoError(b, answer.Body.Close())
				require.Equal(b, http.StatusOK, answer.StatusCode)
			}
		})
	}
}
