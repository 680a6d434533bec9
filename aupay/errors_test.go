package aupay_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

func TestErrorsInEveryShape(t *testing.T) {
	answer := func(body string) aupaytest.Fault {
		return aupaytest.Fault{Kind: aupaytest.Custom, Body: body, Times: -1}
	}
	refused := func(inner string) aupaytest.Fault {
		return answer("<response><result><status>1</status>" + inner + "</result></response>")
	}
	with := func(status int, f aupaytest.Fault) aupaytest.Fault { f.Status = status; return f }
	for name, tc := range map[string]struct {
		fault aupaytest.Fault
		class order.Class
		text  string
		calls int // 4 where trying again may help
	}{
		"error in 200":           {refused("<error><code>XTE9</code><message>だめ</message></error>"), order.ErrInvalid, "XTE9 (HTTP 200): だめ", 1},
		"error in 400":           {with(400, refused("<error><code>XTE9</code><message>だめ</message></error>")), order.ErrInvalid, "XTE9 (HTTP 400): だめ", 1},
		"error in 500":           {with(500, refused("<error><code>CME9</code><message>システムエラー</message></error>")), order.ErrTemporary, "CME9", 4},
		"several errors":         {refused("<error><code>XTE1</code><message>一</message></error><error><code>XTE2</code><message>二</message></error>"), order.ErrInvalid, "一; XTE2 二", 1},
		"without error element":  {refused("<code>CME0021</code><message>店舗ID</message>"), order.ErrInvalid, "Config.Shop", 1},
		"wrong shop":             {refused("<error><code>CME0022</code></error>"), order.ErrInvalid, "Config.Shop", 1},
		"no reason":              {refused(""), order.ErrInvalid, "no reason", 1},
		"bad key":                {with(401, refused("<error><code>0002</code><message>認証に失敗しました</message></error>")), order.ErrUnauthorized, "接続元IPアドレス", 1},
		"bad key in 200":         {refused("<error><code>0002</code><message>認証に失敗しました</message></error>"), order.ErrUnauthorized, "90 days", 1},
		"401 without a document": {with(401, answer("")), order.ErrTemporary, "接続元IPアドレス", 4},
		"403 in HTML":            {aupaytest.Fault{Kind: aupaytest.HTMLPage, Status: 403, Times: -1}, order.ErrTemporary, "接続元IPアドレス", 4},
		"404 in HTML":            {aupaytest.Fault{Kind: aupaytest.HTMLPage, Status: 404, Times: -1}, order.ErrTemporary, "check BaseURL", 4},
		"HTML in 200":            {aupaytest.Fault{Kind: aupaytest.HTMLPage, Times: -1}, order.ErrTemporary, "later", 4},
		"plain text in 200":      {answer("Service Temporarily Unavailable"), order.ErrTemporary, "later", 4},
		"maintenance":            {aupaytest.Fault{Kind: aupaytest.Maintenance, Times: -1}, order.ErrMaintenance, "later", 1},
		"maintenance in 200":     {with(200, aupaytest.Fault{Kind: aupaytest.HTMLPage, Body: "<html>メンテナンス中</html>"}), order.ErrMaintenance, "later", 1},
		"502":                    {aupaytest.Fault{Kind: aupaytest.ServerError, Status: 502, Times: -1}, order.ErrTemporary, "502", 4},
		"503":                    {aupaytest.Fault{Kind: aupaytest.ServerError, Status: 503, Times: -1}, order.ErrTemporary, "503", 4},
		"empty":                  {aupaytest.Fault{Kind: aupaytest.EmptyBody, Times: -1}, order.ErrTemporary, "empty", 4},
		"cut off":                {aupaytest.Fault{Kind: aupaytest.Malformed, Times: -1}, order.ErrUndecodable, "cut off", 4},
		"not well formed":        {answer("<response><result><status>0</status></result><orderInfo></oderInfo></response>"), order.ErrUndecodable, "end tag", 4},
		"no result":              {answer("<response><orderInfo><orderId>1</orderId></orderInfo></response>"), order.ErrUndecodable, "no result", 4},
		"no status":              {answer("<response><result/></response>"), order.ErrUndecodable, "", 4},
		"no count, no orders":    {answer("<response><result><status>0</status></result></response>"), order.ErrUndecodable, "resultCount", 4},
		"an empty count":         {answer("<response><result><status>0</status></result><resultCount/></response>"), order.ErrUndecodable, "resultCount", 4},
		"a count, no orders":     {answer("<response><result><status>0</status></result><resultCount>3</resultCount></response>"), order.ErrUndecodable, "counts 3", 4},
		"more orders than count": {answer("<response><result><status>0</status></result><resultCount>1</resultCount><orderInfo><orderId>1</orderId></orderInfo><orderInfo><orderId>2</orderId></orderInfo></response>"), order.ErrUndecodable, "counts 1", 4},
		"two documents":          {answer("<response><result><status>0</status></result><resultCount>0</resultCount></response><response/>"), order.ErrUndecodable, "more after", 4},
		"partial content":        {with(206, answer("<response><result><status>0</status></result><resultCount>0</resultCount></response>")), order.ErrUndecodable, "status 206", 4},
		"JSON in 200":            {answer(`{"message":"Service Unavailable"}`), order.ErrTemporary, "later", 4},
		"another XML in 404":     {with(404, answer("<Error><Code>NoSuchKey</Code></Error>")), order.ErrTemporary, "check BaseURL", 4},
		"slow down":              {with(429, answer("slow down")), order.ErrRateLimited, "slow down", 4},
		"rate limited, too long": {aupaytest.Fault{Kind: aupaytest.RateLimited, RetryAfter: time.Hour}, order.ErrRateLimited, "1h0m0s", 1},
		"endless":                {aupaytest.Fault{Kind: aupaytest.EndlessBody}, order.ErrLocalLimit, "larger than the limit", 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall, client := open(t, aupaytest.Options{Orders: 1})
				require.NoError(t, mall.Inject(tc.fault))
				var last error
				for _, err := range client.Orders(t.Context(), order.Query{From: time.Now().AddDate(0, 0, -20)}) {
					last = err
				}
				require.ErrorIs(t, last, tc.class)
				require.ErrorContains(t, last, tc.text)
				require.Equal(t, tc.calls, mall.Count(""))
				mall.Close()
			})
		})
	}
}

func TestAllErrorRowsReachTheReply(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom,
		Body: "<response><result><status>1</status><code>A</code><message>一</message>" +
			"<error><code>B</code><message>二</message></error></result></response>"}))
	answer, err := client.SearchTradeInfo(t.Context(), "1")
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Equal(t, "1", order.Concerns(err))
	require.Equal(t, []aupay.APIError{{Code: "A", Message: "一"}, {Code: "B", Message: "二"}}, answer.Reply.Result.Errors)
}

func TestAnotherOrderThanTheOneAskedFor(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	for _, inner := range []string{"<orderInfo><orderId>2</orderId></orderInfo>",
		"<orderInfo><orderId>1</orderId></orderInfo><orderInfo><orderId>1</orderId></orderInfo>"} {
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom,
			Body: "<response><result><status>0</status></result>" + inner + "</response>", Times: 4}))
		_, err := client.SearchTradeInfo(t.Context(), "1")
		require.ErrorIs(t, err, order.ErrUndecodable)
		mall.ClearFaults()
	}
}

// tell writes down what a caller would log of a write.
func tell(log *strings.Builder, results []order.Result, err error) error {
	for _, r := range results {
		fmt.Fprintf(log, "%+v", r)
	}
	return err
}

// TestNothingSecretOrPersonalInErrors sends a canary key and a canary buyer through every path,
// good and bad, and looks for them in errors and debug logs.
func TestNothingSecretOrPersonalInErrors(t *testing.T) { synctest.Test(t, sendCanaries) }

func sendCanaries(t *testing.T) {
	const secret, customer = "canary-key-0001", "見本　秘密子"
	var log strings.Builder
	mall, client := open(t, aupaytest.Options{APIKey: secret, Orders: -1},
		func(c *aupay.Config) { c.Logger = debugLog(&log) })
	id := mall.AddOrder(aupaytest.Order{Elements: map[string]string{"ordererName": customer, "userComment": customer}})
	mall.SetStock(aupaytest.Stock{ItemCode: "sample"})
	today := order.DateOf(time.Now())
	paths := map[string]func() error{
		"list": func() error {
			_, err := client.SearchTradeInfoList(t.Context(),
				aupay.SearchRequest{StartDate: today, EndDate: today, OrdererName: customer})
			return err
		},
		"numbers": func() error {
			_, err := client.SearchTradeNoList(t.Context(),
				aupay.SearchRequest{StartDate: today, EndDate: today, OrdererName: customer})
			return err
		},
		"get": func() error { _, err := client.Order(t.Context(), id); return err },
		"raw": func() error {
			_, err := client.Do(t.Context(), aupay.Operation{Name: "unknownProc"}, []byte(customer))
			return err
		},
		"check": func() error { return client.Check(t.Context()) },
		"ship": func() error {
			results, err := client.Ship(t.Context(), []order.Shipment{shipment(id)}, order.WriteOptions{AnyState: true})
			return tell(&log, results, err)
		},
		"cancel": func() error {
			results, err := client.Cancel(t.Context(), []order.Cancellation{{Order: id, Code: "9", Comment: customer}},
				order.WriteOptions{DryRun: true})
			return tell(&log, results, err)
		},
		"cancel refused here": func() error {
			results, err := client.Cancel(t.Context(),
				[]order.Cancellation{{Order: id, Code: "9", Comment: customer + "\x00"}}, order.WriteOptions{})
			return tell(&log, results, err)
		},
		"status": func() error {
			results, err := client.ChangeStatus(t.Context(), []aupay.StatusChange{{id, aupay.StatusOnHold}},
				order.WriteOptions{})
			return tell(&log, results, err)
		},
		"stock": func() error {
			results, err := client.UpdateStock(t.Context(),
				[]aupay.StockUpdate{{ItemCode: "sample", Count: new(int64(3))}}, order.WriteOptions{})
			for _, r := range results {
				log.WriteString(r.Message + r.Code + r.Next.EN)
			}
			return err
		},
		"envelope": func() error { _, err := client.SearchImgCapacity(t.Context()); return err },
		"refused here": func() error {
			_, err := client.SearchTradeInfoList(t.Context(),
				aupay.SearchRequest{StartDate: today, EndDate: today, OrdererName: customer + "\x00"})
			return err
		},
	}
	faults := []aupaytest.Fault{
		{Kind: aupaytest.Custom, Body: "<response><result><status>0</status></result><orderInfo><ordererName>" + customer + "</orderName>"},
		{Kind: aupaytest.Custom, Body: "<response><result><status>0</status></result><orderInfo><orderId>7</orderId><totalPrice>" + customer + "</totalPrice></orderInfo></response>"},
		{Kind: aupaytest.Custom, Body: "<response><result><status>1</status><error><code>" + secret + "</code><message>Bearer " + secret + "</message></error></result></response>"},
		{Kind: aupaytest.Custom, Body: "<response><result><status>1</status></result><updateResult><itemCode>sample</itemCode><error><code>" + secret +
			"</code><message>" + secret + "</message></error></updateResult></response>"},
		{Kind: aupaytest.HTMLPage, Body: "<html>" + customer + secret + "</html>", Status: 403},
		{Kind: aupaytest.Custom, Body: customer + secret, Status: 400},
		{Kind: aupaytest.ReplyLost, Times: 4},
		{Kind: aupaytest.ExpiredKey},
	}
	for name, path := range paths {
		// the fake does not know the one, and the other is never sent
		if name != "raw" && !strings.Contains(name, "refused here") {
			require.NoError(t, path(), name)
		}
		for _, fault := range faults {
			require.NoError(t, mall.Inject(fault))
			if err := path(); err != nil {
				log.WriteString(err.Error())
			}
			mall.ClearFaults()
		}
	}
	require.Contains(t, log.String(), "[redacted]")
	for _, canary := range []string{secret, customer, url.QueryEscape(customer)} {
		require.NotContains(t, log.String(), canary)
	}
	mall.Close()
}
