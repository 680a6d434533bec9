package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func (s *screen) ready() order.Order {
	id := s.rakuten.AddOrder(rakutentest.Order{Progress: 300})
	return s.seen(order.Rakuten, id, func(o order.Order) bool { return o.Status == order.ReadyToShip })
}

func shipForm(o order.Order, number string) url.Values {
	return url.Values{"what": {"ship"}, "step": {"dry"}, "ref": {view{}.Ref(o)}, "carrier": {"yamato"},
		"number": {number}, "day": {order.DateOf(time.Now()).String()}}
}

func TestShipDryThenReal(t *testing.T) {
	t.Parallel()
	s := start(t)
	o := s.ready()
	require.Contains(t, s.post("/actions", url.Values{"what": {"ship"}, "ref": {view{}.Ref(o)}}), `name="number"`,
		"a field for the number")

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

func TestARefusalIsInTheLanguage(t *testing.T) {
	t.Parallel()
	s := start(t)
	id := s.rakuten.AddOrder(rakutentest.Order{Progress: 900})
	o := s.seen(order.Rakuten, id, func(o order.Order) bool { return o.Status == order.Cancelled })
	page := s.post("/actions?lang=ja", shipForm(o, "000000000000"))
	require.Contains(t, page, "キャンセル済みです")
	require.NotContains(t, page, "the order is cancelled")
	require.NotContains(t, page, "AnyState", "staff is not shown how to ship it all the same")
}

func TestConfirmDryThenReal(t *testing.T) {
	t.Parallel()
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
	t.Parallel()
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

// upload sends a file of tracking numbers.
func (s *screen) upload(content string) *http.Response {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range map[string]string{"token": s.token(), "what": "ship", "step": "dry"} {
		require.NoError(s.t, form.WriteField(name, value))
	}
	part, err := form.CreateFormFile("file", "numbers.csv")
	require.NoError(s.t, err)
	_, err = io.WriteString(part, content)
	require.NoError(s.t, err)
	require.NoError(s.t, form.Close())
	answer, err := s.client.Post(s.url+"/actions", form.FormDataContentType(), &body)
	require.NoError(s.t, err)
	return answer
}

// printed has the label of an order made and gives the file that B2クラウド would return, with two more
// rows.
func (s *screen) printed(o order.Order, number string) string {
	s.t.Helper()
	page := s.post("/actions", url.Values{"what": {"labels"}, "step": {"real"}, "ref": {view{}.Ref(o)}})
	link := regexp.MustCompile(`href="(/labels/\d+/\d+)" download><bdi>b2cloud`).FindStringSubmatch(page)
	require.NotNil(s.t, link, page)
	rows, err := csv.NewReader(strings.NewReader(s.get(link[1]))).ReadAll()
	require.NoError(s.t, err)
	key := rows[1][0]
	require.NotEmpty(s.t, key)
	return "お客様管理番号,送り状種類,伝票番号,出荷予定日\r\n" + key + ",0," + number + "," + time.Now().In(order.JST).Format("2006/01/02") +
		"\r\n" +
		",0,900000000023,\r\n" + key + ",0," + number + ",\r\n"
}

func TestNumbersFromLabelSoftware(t *testing.T) {
	t.Parallel()
	s := start(t)
	o := s.ready()
	number := "900000000012"
	file := s.printed(o, number)
	for range 2 { // a dry run remembers nothing
		page := s.body(s.upload(file))
		require.Contains(t, page, "実行できます")
		require.Contains(t, page, number)
		require.Contains(t, page, "ファイルのうち使わなかった行")
		require.Contains(t, page, "3行目", "a label made by hand")
		require.Contains(t, page, "4行目", "a row that appears twice")
	}
	page := s.body(s.upload(file))
	path := regexp.MustCompile(`action="(/actions/\d+)"`).FindStringSubmatch(page)[1]
	s.post(path, url.Values{"step": {"real"}})
	got, _ := s.rakuten.Order(o.ID)
	require.Equal(t, number, got.Parcels[0].Shipments[0].Number)
	require.Contains(t, s.get(path), "3行目", "what was not used stays on the page")

	again := s.body(s.upload(file))
	require.Contains(t, again, "対象がありません", "the same file reports nothing twice")
	require.Contains(t, again, "2行目")
	require.NotContains(t, again, `value="real"`)
}

// What a mall has taken in the end, though its answer was lost, is remembered, too.
func TestNumbersAreRememberedWhenSettled(t *testing.T) {
	t.Parallel()
	s := start(t)
	o := s.ready()
	file := s.printed(o, "900000000012")
	path := regexp.MustCompile(`action="(/actions/\d+)"`).FindStringSubmatch(s.body(s.upload(file)))[1]
	require.NoError(t, s.rakuten.Inject(
		rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "updateOrderShipping"},
		rakutentest.Fault{Kind: rakutentest.ReplyLost, Operation: "updateOrderShippingAsync"}))
	require.Contains(t, s.post(path, url.Values{"step": {"real"}}), "結果不明")
	s.rakuten.ClearFaults()
	require.Contains(t, s.post(path, url.Values{"step": {"settle"}}), "✔ 完了")
	require.Contains(t, s.body(s.upload(file)), "対象がありません")
}

func TestNumbersFromAFile(t *testing.T) {
	t.Parallel()
	s := start(t)
	o := s.ready()
	head := "mall,shop,order,carrier,number,date\n"
	today := order.DateOf(time.Now()).String()
	page := s.body(s.upload(head + fmt.Sprintf(
		"rakuten,%s,%s,ヤマト運輸,000000000000,%s\nrakuten,%s,nothing,ヤマト運輸,000000000000,%s\n", o.Shop, o.ID, today, o.Shop,
		today)))
	require.Contains(t, page, "実行できます")
	require.Contains(t, page, "モールから受注を読み取れません")
	for _, bad := range []string{"", "number\n1\n", head + "rakuten,1,2,ヤマト運輸,1,tomorrow\n"} {
		answer := s.upload(bad)
		require.NoError(t, answer.Body.Close())
		require.Equal(t, http.StatusBadRequest, answer.StatusCode, bad)
	}
}

func TestLabelFiles(t *testing.T) {
	t.Parallel()
	s := start(t)
	o := s.ready()
	pink := s.seen(order.AuPay, s.addPink("おひさま便"), func(o order.Order) bool { return o.Unresolved() })
	refs := []string{view{}.Ref(o), view{}.Ref(pink)}
	page := s.post("/actions", url.Values{"what": {"labels"}, "ref": refs})
	require.Contains(t, page, "試行")
	require.Contains(t, page, "1件のファイルを作る")
	require.NotContains(t, page, `href="/labels/`)
	waiting, err := s.labels.keys.Waiting(t.Context(), label.B2().Name)
	require.NoError(t, err)
	require.Empty(t, waiting, "nothing is remembered of a dry run")
	page = s.post("/actions", url.Values{"what": {"labels"}, "step": {"real"}, "ref": refs})
	require.Contains(t, page, pink.ID+"</td><td>✖ 印刷できません")
	require.Contains(t, page, "お届け時間帯の表記を読み取れません")
	require.Contains(t, page, o.ID+"</td><td>✔")
	link := regexp.MustCompile(`href="(/labels/\d+/\d+)"`).FindStringSubmatch(page)
	require.NotNil(t, link, page)
	require.NotEmpty(t, s.get(link[1]))
}
