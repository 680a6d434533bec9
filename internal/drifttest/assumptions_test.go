package drifttest

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

// A shown is what a mall does that confirms an assumption, or contradicts it.
type shown func(t *testing.T, to *told)

// watched are the assumptions that the clients find out about, with both answers of a mall.
var watched = map[order.Mall]map[string]struct{ confirms, contradicts shown }{
	order.Rakuten: {
		"cash-fee-in-bill":   {cashFee(1500), cashFee(1100)},
		"payment-status":     {payment(30600), payment(30699)},
		"search-total":       {count(15_000), count(15_001)},
		"old-key-lives":      {newKey(rakutentest.Options{}, 0), newKey(rakutentest.Options{OldKeyDies: true}, 0)},
		"new-key-refused":    {newKey(rakutentest.Options{}, 25*time.Minute), newKey(rakutentest.Options{Propagation: -1}, 0)},
		"unknown-order-null": {unknown(`"OrderModelList":null`), unknown(`"other":1`)},
		"gk-codes":           {gatewayCode("mihon-cut"), gatewayCode("")},
	},
	order.Yahoo: {
		"authorize-status":     {signature("not-found-key-version"), signature("key-unknown")},
		"time-zone-code":       {yahooOrder("ShipRequestTimeZoneCode", "102", "ShipRequestTime", "14:00-16:00"), yahooOrder("ShipRequestTimeZoneCode", "102", "ShipRequestTime", "16:00-18:00")},
		"line-gift-charge":     {yahooOrder("LineGiftCharge", "300", "Adjustments", "0", "+TotalPrice", "300"), yahooOrder("LineGiftCharge", "300")},
		"session-from-consent": {session(13 * time.Hour), session(time.Hour)},
	},
	order.Amazon: {
		"grand-total":    {proceeds("1080", "ITEM", "1000", "TAX", "80"), proceeds("1000", "ITEM", "1000", "TAX", "80")},
		"discount-sign":  {proceeds("900", "ITEM", "1000", "DISCOUNT", "100"), proceeds("1100", "ITEM", "1000", "DISCOUNT", "100")},
		"carrier-codes":  {carrier("Japan Post"), carrier("JAPAN POST")},
		"unknown-status": {unitsLeft(1), unitsLeft(0)},
		"rate-header":    {rate(0.5), rate(0.0000116)},
	},
	order.AuPay: {
		"result-count":    {auPages(aupaytest.Options{Total: true}), auPages(aupaytest.Options{})},
		"number-rows":     {auNumbers(aupaytest.Options{Single: true}), auNumbers(aupaytest.Options{})},
		"pages":           {auRows(true), auRows(false)},
		"date-types":      {auShipped(""), auShipped("2020/01/01")},
		"empty-has-count": {auEmpty(false), auEmpty(true)},
		"unknown-order":   {auUnknown("</orderInfo>"), auUnknown("")},
		"line-cancelled":  {auLine("C"), auLine("X")},
		"options-in-sum":  {auOptions("1700"), auOptions("1500")},
	},
}

// Whatever is marked as watched is found out, by what a mall answers, both ways; and what is told
// is marked.
func TestAssumptionsFromTraffic(t *testing.T) {
	for _, m := range []struct {
		mall order.Mall
		all  []order.Assumption
	}{{order.Rakuten, rakuten.Assumptions()}, {order.Yahoo, yahoo.Assumptions()}, {order.Amazon, amazon.Assumptions()},
		{order.AuPay, aupay.Assumptions()}} {
		marked := map[string]bool{}
		for _, a := range m.all {
			marked[a.ID] = a.Watched
			_, tested := watched[m.mall][a.ID]
			require.Equal(t, a.Watched, tested, "%s %s", m.mall, a.ID)
		}
		for id, c := range watched[m.mall] {
			require.True(t, marked[id], id)
			for verdict, show := range map[string]shown{"confirmed": c.confirms, "contradicted": c.contradicts} {
				t.Run(string(m.mall)+"/"+id+"/"+verdict, func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						var to told
						show(t, &to)
						var about []string
						for _, line := range to.verdicts() {
							words := strings.Fields(line)
							require.Contains(t, marked, words[2], line)
							if words[2] == id {
								about = append(about, words[1])
							}
						}
						require.Equal(t, []string{verdict}, about)
					})
				})
			}
		}
	}
}

func one(t *testing.T, s order.Source, id string) {
	t.Helper()
	_, err := s.Order(t.Context(), id)
	require.NoError(t, err)
}

// cashFee is an order of 1,000 yen with 100 of postage and 400 of 代引料, of which the buyer is billed
// this.
func cashFee(billed int) shown {
	return func(t *testing.T, to *told) {
		m, c := openRakuten(t, rakutentest.Options{Orders: -1}, to, nil)
		one(t, c, m.AddOrder(rakutentest.Order{Postage: 100, CashFee: 400,
			Fields:  map[string]any{"requestPrice": billed},
			Parcels: []rakutentest.Parcel{{Items: []rakutentest.Item{{Price: 1000}}}}}))
	}
}

// rakutenAnswer is an answer of one operation, written by hand.
func rakutenAnswer(body string, call func(t *testing.T, c *rakuten.Client)) shown {
	return func(t *testing.T, to *told) {
		m, c := openRakuten(t, rakutentest.Options{Orders: 1}, to, nil)
		require.NoError(t, m.Inject(rakutentest.Fault{Kind: rakutentest.Custom,
			Body: `{"MessageModelList":[{"messageType":"INFO"}],` + body + `}`}))
		call(t, c)
	}
}

func payment(status int) shown {
	return rakutenAnswer(
		fmt.Sprintf(`"OrderModel":{"orderNumber":"123456-1","PaymentModelList":[{"paymentStatus":%d}]}`, status),
		func(t *testing.T, c *rakuten.Client) {
			_, err := c.GetPayment(t.Context(), "123456-1")
			require.NoError(t, err)
		})
}

func count(total int) shown {
	return rakutenAnswer(
		fmt.Sprintf(
			`"orderNumberList":["123456-1"],"PaginationResponseModel":{"totalRecordsAmount":%d,"totalPages":500,"requestPage":1}`, total),
		func(t *testing.T, c *rakuten.Client) { require.NoError(t, c.Check(t.Context())) })
}

// newKey is a client that has a new key and the old one, used at once and once more after a while.
func newKey(o rakutentest.Options, later time.Duration) shown {
	return func(t *testing.T, to *told) {
		m := rakutentest.New(o)
		t.Cleanup(m.Close)
		old := m.LicenseKey()
		c := rakutenClient(t, m, rakuten.Keys{ServiceSecret: credential.NewSecret(m.ServiceSecret()),
			LicenseKey: credential.NewSecret(m.IssueKey()), OldLicenseKey: credential.NewSecret(old),
			Issued: time.Now()}, to, nil)
		_ = c.Check(t.Context()) // where the old key is dead, too, nothing works
		if later > 0 {
			time.Sleep(later)
			require.NoError(t, c.Check(t.Context()))
		}
	}
}

// gatewayCode is GK0001 in reply to this license key; "" is the right one, which worked before.
func gatewayCode(license string) shown {
	return func(t *testing.T, to *told) {
		m := rakutentest.New(rakutentest.Options{})
		t.Cleanup(m.Close)
		worked := license == ""
		c := rakutenClient(t, m, rakuten.Keys{ServiceSecret: credential.NewSecret(m.ServiceSecret()),
			LicenseKey: credential.NewSecret(cmp.Or(license, m.LicenseKey()))}, to, nil)
		if worked {
			require.NoError(t, c.Check(t.Context()))
		}
		require.NoError(t, m.Inject(rakutentest.Fault{Kind: rakutentest.Custom, Status: 401,
			Body: `{"Results":{"errorCode":"GK0001","message":"Bad Request"}}`}))
		require.ErrorIs(t, c.Check(t.Context()), order.ErrUnauthorized)
	}
}

// signature is what the mall says of a client's signature.
func signature(status string) shown {
	return func(t *testing.T, to *told) {
		m := yahootest.New(yahootest.Options{})
		t.Cleanup(m.Close)
		c := yahooClient(t, m, yahooKeys(m), to, roundTripper(func(req *http.Request) (*http.Response, error) {
			resp, err := m.Transport().RoundTrip(req)
			if err == nil && resp.Header.Get("X-SWS-Authorize-Status") != "" {
				resp.Header.Set("X-SWS-Authorize-Status", status)
			}
			return resp, err
		}))
		require.NoError(t, c.Check(t.Context()))
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

// yahooOrder is an order with these fields, name and value by turns. A name with a plus adds to the
// amount.
func yahooOrder(fields ...string) shown {
	return func(t *testing.T, to *told) {
		m, c := openYahoo(t, yahootest.Options{Seed: 2, Orders: 1}, to, nil)
		o, ok := m.Order(m.Numbers()[0])
		require.True(t, ok)
		o.ID = ""
		for i := 0; i < len(fields); i += 2 {
			name, plus := strings.CutPrefix(fields[i], "+")
			amount, _ := strconv.Atoi(o.Fields[name])
			o.Fields[name] = fields[i+1]
			if plus {
				more, err := strconv.Atoi(fields[i+1])
				require.NoError(t, err)
				o.Fields[name] = strconv.Itoa(amount + more)
			}
		}
		one(t, c, m.AddOrder(o))
	}
}

// session is px-04102 so long after the consent, of a client without a signature.
func session(age time.Duration) shown {
	return func(t *testing.T, to *told) {
		m := yahootest.New(yahootest.Options{ConsentedAt: time.Now().Add(-age)})
		t.Cleanup(m.Close)
		keys := yahooKeys(m)
		keys.PublicKey, keys.PublicKeyVersion = "", ""
		c := yahooClient(t, m, keys, to, m.Transport())
		if age < 12*time.Hour {
			require.NoError(t, m.Inject(yahootest.Fault{Kind: yahootest.ExpiredKey, Operation: "orderList"}))
		}
		require.ErrorIs(t, c.Check(t.Context()), order.ErrCredentialExpired)
	}
}

// rate is an order read at this rate.
func rate(perSecond float64) shown {
	return func(t *testing.T, to *told) {
		m, c := openAmazon(t, amazontest.Options{Orders: 1}, to, nil)
		m.SetRate("getOrder", perSecond, 30)
		one(t, c, m.Numbers()[0])
	}
}

// amazonOrder is an order with a part of it written by hand.
func amazonOrder(part string, value any) shown {
	return func(t *testing.T, to *told) {
		m, c := openAmazon(t, amazontest.Options{Orders: -1}, to, nil)
		one(t, c, m.AddOrder(amazontest.Order{Status: "SHIPPED",
			Lines: []amazontest.Line{{ID: "1", Quantity: 1, Shipped: 1}}, Extra: map[string]any{part: value}}))
	}
}

type object = map[string]any

// proceeds is an order of that total with these amounts, kind and yen by turns.
func proceeds(total string, parts ...string) shown {
	yen := func(amount string) object { return object{"amount": amount, "currencyCode": "JPY"} }
	var all []any
	for i := 0; i < len(parts); i += 2 {
		all = append(all, object{"type": parts[i], "subtotal": yen(parts[i+1])})
	}
	return amazonOrder("proceeds", object{"grandTotal": yen(total), "breakdowns": all})
}

func carrier(code string) shown {
	return amazonOrder("packages", []any{object{"packageReferenceId": "1", "carrier": code,
		"packageStatus": object{"status": "IN_TRANSIT"}}})
}

// unitsLeft is an order in a status that is not in the model, with so many units to be shipped.
func unitsLeft(n int) shown {
	return func(t *testing.T, to *told) {
		m, c := openAmazon(t, amazontest.Options{Orders: -1}, to, nil)
		one(t, c, m.AddOrder(amazontest.Order{Status: "UNDER_INVESTIGATION",
			Lines: []amazontest.Line{{ID: "1", Quantity: 1, Shipped: 1 - n}}}))
	}
}

// auSearch makes a call for the orders of the fake's two weeks.
func auSearch(o aupaytest.Options, e edit, call func(t *testing.T, c *aupay.Client, r aupay.SearchRequest)) shown {
	return func(t *testing.T, to *told) {
		_, c := openAuPay(t, o, to, e)
		today := order.DateOf(time.Now())
		call(t, c, aupay.SearchRequest{StartDate: today.AddDays(-20), EndDate: today})
	}
}

func auPages(o aupaytest.Options) shown {
	return auSearch(o, nil, func(t *testing.T, c *aupay.Client, r aupay.SearchRequest) {
		r.TotalCount, r.StartCount = 10, 11
		_, err := c.SearchTradeInfoList(t.Context(), r)
		require.NoError(t, err)
	})
}

func auNumbers(o aupaytest.Options) shown {
	return auSearch(o, nil, func(t *testing.T, c *aupay.Client, r aupay.SearchRequest) {
		_, err := c.SearchTradeNoList(t.Context(), r)
		require.NoError(t, err)
	})
}

// auRows is a page in the fake's own order, or in none.
func auRows(mixed bool) shown {
	mix := func(_, body string) string {
		rows := strings.SplitAfter(body, "</orderInfo>")
		if mixed && len(rows) > 4 {
			rows[1], rows[3] = rows[3], rows[1]
		}
		return strings.Join(rows, "")
	}
	return auSearch(aupaytest.Options{}, mix, func(t *testing.T, c *aupay.Client, r aupay.SearchRequest) {
		_, err := c.SearchTradeInfoList(t.Context(), r)
		require.NoError(t, err)
	})
}

// auShipped is a search by shipping date, whose orders say instead, if it is not empty, when they were
// shipped.
func auShipped(instead string) shown {
	day := regexp.MustCompile(`<shippingDate>[^<]+<`)
	return auSearch(aupaytest.Options{}, func(_, body string) string {
		if instead != "" {
			body = day.ReplaceAllString(body, "<shippingDate>"+instead+"<")
		}
		return body
	}, func(t *testing.T, c *aupay.Client, r aupay.SearchRequest) {
		r.StartDate, r.DateType = r.EndDate.AddDays(-1), aupay.ByShippingDate
		reply, err := c.SearchTradeInfoList(t.Context(), r)
		require.NoError(t, err)
		require.NotEmpty(t, reply.Orders)
	})
}

// auEmpty is a search without hits; without is an answer without its count.
func auEmpty(without bool) shown {
	return auSearch(aupaytest.Options{Orders: -1}, func(_, body string) string {
		if without {
			return strings.ReplaceAll(body, "<resultCount>0</resultCount>", "")
		}
		return body
	}, func(t *testing.T, c *aupay.Client, r aupay.SearchRequest) {
		_, err := c.SearchTradeInfoList(t.Context(), r)
		require.Equal(t, without, errors.Is(err, order.ErrUndecodable))
	})
}

func auOrder(elements map[string]string, line aupaytest.Line) shown {
	return func(t *testing.T, to *told) {
		m, c := openAuPay(t, aupaytest.Options{Orders: -1}, to, nil)
		one(t, c, m.AddOrder(aupaytest.Order{Elements: elements, Lines: []aupaytest.Line{line}}))
	}
}

func auLine(status string) shown {
	return auOrder(nil, aupaytest.Line{"itemCancelStatus": status, "itemCancelDate": "2026/11/20"})
}

// auOptions is an order of 1,000 yen with 500 of postage and 200 of options, of which the buyer is
// billed this.
func auOptions(billed string) shown {
	return auOrder(map[string]string{"postagePrice": "500", "chargePrice": "0", "totalItemOptionPrice": "200",
		"requestPrice": billed},
		aupaytest.Line{"totalItemPrice": "1000", "itemCancelStatus": "N"})
}

// auUnknown is the answer to a number that is not there: none of the orders, or another one.
func auUnknown(gone string) shown {
	return func(t *testing.T, to *told) {
		m, c := openAuPay(t, aupaytest.Options{Orders: 1}, to, func(_, body string) string {
			if gone != "" {
				before, rest, _ := strings.Cut(body, "<orderInfo>")
				_, after, _ := strings.Cut(rest, gone)
				return before + after
			}
			return strings.ReplaceAll(body, "<orderId>", "<orderId>9")
		})
		_, err := c.SearchTradeInfo(t.Context(), m.Numbers()[0])
		require.Error(t, err)
	}
}

// unknown is the answer of getOrder to a number that is not there.
func unknown(list string) shown {
	return rakutenAnswer(list, func(t *testing.T, c *rakuten.Client) {
		_, err := c.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: []string{"123456-1"}})
		require.Error(t, err)
	})
}
