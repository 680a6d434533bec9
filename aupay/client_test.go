package aupay_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func keys(key string) credential.Source[aupay.Keys] {
	return credential.Static(aupay.Keys{APIKey: credential.NewSecret(key)})
}

// open makes a fake mall and a client that speaks to it in memory, without quotas.
func open(t *testing.T, opt aupaytest.Options, edit ...func(*aupay.Config)) (*aupaytest.Mall, *aupay.Client) {
	t.Helper()
	mall := aupaytest.New(opt)
	t.Cleanup(mall.Close)
	cfg := aupay.Config{
		Shop: mall.Shop(), Keys: keys(mall.APIKey()), Limiter: order.Unlimited,
		HTTPClient: &http.Client{Transport: mall.Transport()},
	}
	for _, e := range edit {
		e(&cfg)
	}
	client, err := aupay.New(cfg)
	require.NoError(t, err)
	return mall, client
}

func lastMonth() order.Query { return order.Query{From: time.Now().AddDate(0, -1, 0)} }

func read(t *testing.T, c *aupay.Client, q order.Query) map[string]order.Order {
	t.Helper()
	got := map[string]order.Order{}
	for o, err := range c.Orders(t.Context(), q) {
		require.NoError(t, err)
		require.NotContains(t, got, o.ID, "an order came twice")
		got[o.ID] = o
	}
	return got
}

func TestNewRefusesABadConfigByFieldName(t *testing.T) {
	good := aupay.Config{Shop: "10000001", Keys: keys("invented")}
	for want, edit := range map[string]func(*aupay.Config){
		"Config.Shop is empty":        func(c *aupay.Config) { c.Shop = "" },
		"Config.Shop is not a number": func(c *aupay.Config) { c.Shop = "example" },
		"Config.Keys is nil":          func(c *aupay.Config) { c.Keys = nil },
		"Config.Header sets Author":   func(c *aupay.Config) { c.Header = http.Header{"Authorization": {"x"}} },
		"BaseURL":                     func(c *aupay.Config) { c.BaseURL = "ftp://example.com" },
	} {
		cfg := good
		edit(&cfg)
		_, err := aupay.New(cfg)
		require.ErrorContains(t, err, want)
	}
}

func TestOrdersReadsTheWholeShopOnce(t *testing.T) {
	for name, opt := range map[string]aupaytest.Options{"count is the page": {}, "count is the total": {Total: true}, "many pages": {Orders: 2100}} {
		t.Run(name, func(t *testing.T) {
			mall, client := open(t, opt)
			got := read(t, client, lastMonth())
			require.Len(t, got, len(mall.Orders()))
			for _, o := range got {
				require.Equal(t, order.AuPay, o.Mall)
				require.Equal(t, mall.Shop(), o.Shop)
				require.NotEmpty(t, o.Revision)
				require.Len(t, o.Parcels, 1)
				require.NotEmpty(t, o.Lines())
				require.False(t, o.Placed.IsZero())
				require.NotEqual(t, order.Differs, o.Reconcile().Verdict, o.ID)
			}
		})
	}
}

func TestSeedHasOrdersOfEveryKind(t *testing.T) {
	_, client := open(t, aupaytest.Options{}, func(c *aupay.Config) {
		c.Statuses = map[string]order.Status{"店長確認中": order.OnHold}
	})
	found := map[string]bool{}
	for _, o := range read(t, client, lastMonth()) {
		found[o.Status.String()] = true
		found[string(o.Payment.Method)] = true
		found[string(o.Reconcile().Verdict)] = true
		found["shop's own status"] = found["shop's own status"] || o.MallStatus == "店長確認中" && o.Status == order.OnHold
		found["unread slot"] = found["unread slot"] || o.Unresolved()
		found["slot from text"] = found["slot from text"] || o.Parcels[0].Delivery.From == order.FromText
		found["gift"] = found["gift"] || o.Flags.Has(order.GiftWish)
		found["no preference"] = found["no preference"] || o.Parcels[0].Delivery.Slot == timeslot.NoPreference
	}
	for _, want := range []string{"new", "reserved", "awaiting_payment", "ready_to_ship", "completed", "cancelled", "cancel_requested", "on_hold",
		"card", "cash_on_delivery", "bank_transfer", "adds_up", "cannot_be_told", "shop's own status", "unread slot", "slot from text", "gift", "no preference"} {
		require.True(t, found[want], want)
	}
}

func TestQueryByStatusWindowAndNumber(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	q := lastMonth()
	q.Statuses = []order.Status{order.Cancelled}
	for _, o := range read(t, client, q) {
		require.Equal(t, order.Cancelled, o.Status)
	}
	all := mall.Orders()
	first, _ := mall.Order(all[0])
	got := read(t, client, order.Query{From: first.Placed, To: first.Placed.Add(time.Minute)})
	require.Contains(t, got, first.ID)
	for _, o := range got {
		require.Equal(t, first.Placed.Unix(), o.Placed.Unix(), "the mall searches by days, the query by instants")
	}

	var names, missing []string
	for o, err := range client.Orders(t.Context(), order.Query{IDs: []string{all[0], "999", all[1]}}) {
		if err != nil {
			require.NotEmpty(t, order.Concerns(err), err)
			missing = append(missing, order.Concerns(err))
			continue
		}
		names = append(names, o.ID)
	}
	require.ElementsMatch(t, []string{all[0], all[1]}, names)
	require.Equal(t, []string{"999"}, missing)

	mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: `<response><result><status>0</status></result></response>`})
	_, err := client.Order(t.Context(), "998")
	require.ErrorIs(t, err, order.ErrNotFound, "success without an order is not found either")

	for _, err := range client.Orders(t.Context(), order.Query{From: time.Now().Add(-time.Hour), By: order.ByUpdated}) {
		require.ErrorIs(t, err, order.ErrInvalid)
	}
}

func TestCheckTellsWhatIsWrong(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	require.NoError(t, client.Check(t.Context()))
	require.Equal(t, 1, mall.Count("searchTradeNoListProc"))

	_, wrong := open(t, aupaytest.Options{}, func(c *aupay.Config) { c.Keys = keys("another-key") })
	err := wrong.Check(t.Context())
	require.ErrorIs(t, err, order.ErrUnauthorized)
	require.ErrorContains(t, err, "0002")
	require.ErrorContains(t, err, "接続元IPアドレス")
	require.NotContains(t, err.Error(), "another-key")

	_, other := open(t, aupaytest.Options{}, func(c *aupay.Config) { c.Shop = "10000002" })
	err = other.Check(t.Context())
	require.ErrorIs(t, err, order.ErrInvalid)
	require.ErrorContains(t, err, "Config.Shop")

	pasted, refused := open(t, aupaytest.Options{}, func(c *aupay.Config) { c.Keys = keys(" two words ") })
	require.ErrorIs(t, refused.Check(t.Context()), order.ErrInvalid)
	require.Zero(t, pasted.Count(""), "nothing was sent")

	_, trimmed := open(t, aupaytest.Options{APIKey: "invented"}, func(c *aupay.Config) { c.Keys = keys("　invented\n") })
	require.NoError(t, trimmed.Check(t.Context()))
}

func TestKeyEndsAfter90Days(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := aupaytest.New(aupaytest.Options{Issued: time.Now()})
		defer mall.Close()
		current := mall.APIKey()
		client, err := aupay.New(aupay.Config{
			Shop: mall.Shop(), HTTPClient: &http.Client{Transport: mall.Transport()},
			Keys: credential.SourceFunc[aupay.Keys](func(context.Context) (aupay.Keys, error) {
				return aupay.Keys{APIKey: credential.NewSecret(current)}, nil
			}),
		})
		require.NoError(t, err)
		time.Sleep(90*24*time.Hour - time.Minute)
		require.NoError(t, client.Check(t.Context()))
		time.Sleep(time.Minute)
		require.ErrorIs(t, client.Check(t.Context()), order.ErrUnauthorized)
		current = mall.Issue()
		require.NoError(t, client.Check(t.Context()), "keys can change while the client runs")
	})
}

func TestErrorsInEveryShape(t *testing.T) {
	for name, tc := range map[string]struct {
		fault aupaytest.Fault
		class order.Class
		text  string
	}{
		"error in 200":           {aupaytest.Fault{Kind: aupaytest.Custom, Body: `<response><result><status>1</status><error><code>XTE9</code><message>だめ</message></error></result></response>`}, order.ErrInvalid, "XTE9"},
		"several errors":         {aupaytest.Fault{Kind: aupaytest.Custom, Body: `<response><result><status>1</status><error><code>XTE1</code><message>一</message></error><error><code>XTE2</code><message>二</message></error></result></response>`}, order.ErrInvalid, "XTE2"},
		"without error element":  {aupaytest.Fault{Kind: aupaytest.Custom, Body: `<response><result><status>1</status><code>CME0021</code><message>店舗ID</message></result></response>`}, order.ErrInvalid, "Config.Shop"},
		"403":                    {aupaytest.Fault{Kind: aupaytest.Custom, Status: 403, Body: "forbidden"}, order.ErrForbidden, "接続元IPアドレス"},
		"HTML in 200":            {aupaytest.Fault{Kind: aupaytest.HTMLPage}, order.ErrMaintenance, "later"},
		"maintenance":            {aupaytest.Fault{Kind: aupaytest.Maintenance, Times: -1}, order.ErrMaintenance, "later"},
		"502":                    {aupaytest.Fault{Kind: aupaytest.ServerError, Status: 502, Times: -1}, order.ErrTemporary, "502"},
		"empty":                  {aupaytest.Fault{Kind: aupaytest.EmptyBody, Times: -1}, order.ErrTemporary, "empty"},
		"not well formed":        {aupaytest.Fault{Kind: aupaytest.Malformed}, order.ErrUndecodable, ""},
		"rate limited, too long": {aupaytest.Fault{Kind: aupaytest.RateLimited, RetryAfter: time.Hour}, order.ErrRateLimited, "1h0m0s"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall, client := open(t, aupaytest.Options{Orders: 1})
				require.NoError(t, mall.Inject(tc.fault))
				var last error
				for _, err := range client.Orders(t.Context(), lastMonth()) {
					last = err
				}
				require.ErrorIs(t, last, tc.class)
				require.ErrorContains(t, last, tc.text)
				mall.Close()
			})
		})
	}
}

func TestReadsAreSentAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Orders: 5})
		for _, kind := range []string{aupaytest.ServerError, aupaytest.Truncated, aupaytest.RateLimited} {
			require.NoError(t, mall.Inject(aupaytest.Fault{Kind: kind}))
		}
		require.Len(t, read(t, client, order.Query{From: time.Now().AddDate(0, 0, -20)}), 5)
		require.Equal(t, 4, mall.Count("searchTradeInfoListProc"))
		mall.Close()
	})
}

func TestControlCharactersDoNotLoseThePage(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: "<response><result><status>0</status></result><resultCount>2</resultCount>" +
		"<orderInfo><orderId>1</orderId><orderDate>2026/11/20 10:00</orderDate><userComment>a\x01b & c &nbsp; <![CDATA[<d>]]></userComment><requestPrice>abc</requestPrice></orderInfo>" +
		"<orderInfo><orderId>2</orderId><orderDate>2026/11/20 11:00</orderDate><requestPrice></requestPrice></orderInfo></response>"}))
	answer, err := client.SearchTradeInfoList(t.Context(), aupay.SearchRequest{StartDate: day(2026, 11, 20), EndDate: day(2026, 11, 20)})
	require.NoError(t, err)
	require.Len(t, answer.Orders, 2)
	require.Contains(t, answer.Orders[0].UserComment, "<d>")
	require.Nil(t, answer.Orders[1].RequestPrice)
	require.Len(t, answer.Reply.Problems, 1)
	require.Contains(t, answer.Reply.Problems[0].Field, "requestPrice")
}

func day(y int, m time.Month, d int) order.Date { return order.Date{Year: y, Month: m, Day: d} }

func TestSearchIsRefusedBeforeItIsSent(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	for field, r := range map[string]aupay.SearchRequest{
		"StartDate":  {EndDate: day(2026, 11, 1)},
		"EndDate":    {StartDate: day(2026, 11, 2), EndDate: day(2026, 11, 1)},
		"31 days":    {StartDate: day(2026, 10, 1), EndDate: day(2026, 11, 1)},
		"Statuses":   {StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), Statuses: []aupay.OrderStatus{"a", "b", "c"}},
		"TotalCount": {StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), TotalCount: 1001},
	} {
		_, err := client.SearchTradeInfoList(t.Context(), r)
		require.ErrorIs(t, err, order.ErrInvalid, field)
		require.ErrorContains(t, err, field)
	}
	_, err := client.SearchTradeInfo(t.Context(), "12/34")
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Zero(t, mall.Count(""))
}

func TestBothShapesOfTheNumberList(t *testing.T) {
	for _, single := range []bool{false, true} {
		mall, client := open(t, aupaytest.Options{Single: single})
		today := order.DateOf(time.Now())
		answer, err := client.SearchTradeNoList(t.Context(), aupay.SearchRequest{StartDate: today.AddDays(-30), EndDate: today})
		require.NoError(t, err)
		require.ElementsMatch(t, mall.Orders(), answer.Numbers())
	}
}

func TestEveryParameterAsTheMallSpellsIt(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	_, err := client.SearchTradeNoList(t.Context(), aupay.SearchRequest{
		StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 30), DateType: aupay.ByShippingDate,
		Statuses: []aupay.OrderStatus{aupay.StatusNew, aupay.StatusReadyToShip}, TotalCount: 100, StartCount: 101,
		CarrierStatus: "NR", NickName: "はなこ", LotNumber: "700000001", DeliveryDayRequest: "1", RawMailAddress: true,
	})
	require.NoError(t, err)
	require.Equal(t, url.Values{
		"shopId": {mall.Shop()}, "startDate": {"20261101"}, "endDate": {"20261130"}, "dateType": {"1"}, "orderStatus": {"新規受付"},
		"orderStatus2": {"発送待ち"}, "totalCount": {"100"}, "startCount": {"101"}, "carrerStatus": {"NR"}, "nickName": {"はなこ"},
		"lotNumber": {"700000001"}, "deliveryDayRequest": {"1"}, "getRawMailAddress": {"1"},
	}, mall.Calls("searchTradeNoListProc")[0].Query)
}

func TestDoReachesWhatIsNotTyped(t *testing.T) {
	mall, client := open(t, aupaytest.Options{})
	body := []byte("<request><shopId>10000001</shopId></request>")
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.ReplyLost, Operation: "doCreditCertainProc", Times: -1}))
	_, err := client.Do(t.Context(), aupay.Operation{Name: "doCreditCertainProc"}, body)
	require.ErrorIs(t, err, order.ErrTemporary)
	require.Equal(t, 1, mall.Count("doCreditCertainProc"), "an operation that is not in the table is an unsafe write")
	call := mall.Calls("doCreditCertainProc")[0]
	require.Equal(t, http.MethodPost, call.Method)
	require.Equal(t, string(body), string(call.Body))
	require.Equal(t, "application/xml; charset=utf-8", call.Header.Get("Content-Type"))

	reply, err := client.Do(t.Context(), aupay.Operation{Name: "searchTradeInfoProc", Query: url.Values{"orderId": {mall.Orders()[0]}}}, nil)
	require.NoError(t, err)
	require.Equal(t, "0", reply.Result.Status)
	require.Contains(t, string(reply.Body), "<orderInfo>")

	reply, err = client.Do(t.Context(), aupay.Operation{Name: "searchTradeInfoProc"}, nil)
	require.ErrorIs(t, err, order.ErrInvalid)
	require.Len(t, reply.Result.Errors, 1)
}

func TestQuotaKeepsOneCallPerSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := open(t, aupaytest.Options{Quotas: true, Orders: 3}, func(c *aupay.Config) { c.Limiter = nil })
		start := time.Now()
		for range 4 {
			require.NoError(t, client.Check(t.Context()))
		}
		require.Equal(t, 3*time.Second, time.Since(start))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		require.True(t, errors.Is(client.Check(ctx), context.Canceled))
		for _, call := range mall.Calls("") {
			require.Equal(t, http.StatusOK, call.Status)
		}
		mall.Close()
	})
}

func TestNothingSecretOrPersonalInErrors(t *testing.T) {
	const secret, customer = "canary-key-0001", "見本　秘密子"
	var log strings.Builder
	mall, client := open(t, aupaytest.Options{APIKey: secret, Orders: -1}, func(c *aupay.Config) { c.Logger = debugLog(&log) })
	for _, body := range []string{
		"<response><result><status>0</status></result><orderInfo><ordererName>" + customer + "</ordererName>",
		"<html>" + customer + "</html>",
	} {
		require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom, Body: body}))
		_, err := client.SearchTradeInfoList(t.Context(), aupay.SearchRequest{StartDate: day(2026, 11, 1), EndDate: day(2026, 11, 1), OrdererName: customer})
		require.Error(t, err)
		log.WriteString(err.Error())
	}
	require.NotEmpty(t, log.String())
	for _, canary := range []string{secret, customer, url.QueryEscape(customer)} {
		require.False(t, strings.Contains(log.String(), canary), canary)
	}
}

func TestCapabilitiesSayWhatIsThere(t *testing.T) {
	_, client := open(t, aupaytest.Options{})
	_, ships := order.As[order.Shipper](client)
	require.Equal(t, ships, aupay.Capabilities().Can(order.CanShip))
	_, cancels := order.As[order.Canceller](client)
	require.Equal(t, cancels, aupay.Capabilities().Can(order.CanCancel))
	_, confirms := order.As[order.Confirmer](client)
	require.Equal(t, confirms, aupay.Capabilities().Can(order.CanConfirm))
	require.True(t, slices.ContainsFunc(client.Capabilities().Rows, func(r order.Capability) bool { return r.Ability == order.CanRead && r.Yes }))
}
