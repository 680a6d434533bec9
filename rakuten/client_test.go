package rakuten_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

// roundTrip is an http.RoundTripper made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// replies answers everything alike.
func replies(status int, body string) http.RoundTripper {
	return roundTrip(func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: status, Header: http.Header{"Requestid": {"req-1"}}, Request: r,
			Body: io.NopCloser(strings.NewReader(body)), ContentLength: int64(len(body))}, nil
	})
}

func TestDo(t *testing.T) { synctest.Test(t, testDo) }

func testDo(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 2}, nil)
	body, err := json.Marshal(map[string]any{"orderNumberList": mall.Numbers(), "version": 10})
	require.NoError(t, err)
	reply, err := client.Do(t.Context(), rakuten.Operation{Name: "getOrder"}, body)
	require.NoError(t, err)
	require.Equal(t, 200, reply.Status)
	require.NotEmpty(t, reply.RequestID)
	require.Equal(t, 1, reply.Attempts)
	require.Contains(t, string(reply.Body), mall.Numbers()[0])

	// The table's operation is a read and is repeated, the same request under another path is an
	// unsafe write and is not.
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost, Times: 2}))
	reply, err = client.Do(t.Context(), rakuten.Operation{Name: "getOrder"}, body)
	require.NoError(t, err)
	require.Equal(t, 3, reply.Attempts)
	require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.ReplyLost}))
	before := mall.Count("")
	_, err = client.Do(t.Context(), rakuten.Operation{Name: "getOrder", Path: "/es/2.0/order/getOrder"}, body)
	require.ErrorIs(t, err, order.ErrTemporary)
	require.Equal(t, 1, mall.Count("")-before)

	_, err = client.Do(t.Context(), rakuten.Operation{Name: "getOrder"}, []byte(`{}`))
	require.ErrorIs(t, err, order.ErrInvalid)
	require.ErrorContains(t, err, "ORDER_EXT_API_GET_ORDER_ERROR_009")
	_, err = client.Do(t.Context(), rakuten.Operation{Name: "unheardOf"}, nil)
	require.ErrorIs(t, err, order.ErrInvalid, "neither method nor path")
	_, err = client.Do(t.Context(), rakuten.Operation{Name: "unheardOf", Method: http.MethodPost,
		Path: "/es/2.0/order/unheardOf/"}, []byte(`{}`))
	require.ErrorIs(t, err, order.ErrNotFound)
}

func TestDoReportsEachOrder(t *testing.T) {
	const body = `{"MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_UPDATE_ORDERSUBSTATUS_INFO_101","message":"サブステータスの更新設定が完了しました。","orderNumber":"n-1"},` +
		`{"messageType":"ERROR","messageCode":"ORDER_EXT_API_UPDATE_ORDERSUBSTATUS_ERROR_102","message":"指定された注文番号、サブステータスでは更新できません。","orderNumber":"n-2"}]}`
	_, client := start(t, rakutentest.Options{Orders: -1}, func(c *rakuten.Config) {
		c.HTTPClient = &http.Client{Transport: replies(200, body)}
	})
	reply, err := client.Do(t.Context(), rakuten.Operation{Name: "updateOrderSubStatus", Method: http.MethodPost,
		Path: "/es/2.0/order/updateOrderSubStatus/"}, []byte(`{}`))
	require.ErrorIs(t, err, order.ErrConflict)
	require.Equal(t, "n-2", order.Concerns(err))
	require.Equal(t, 200, reply.Status)
}

func TestSearchOrderIsChecked(t *testing.T) {
	now := time.Now()
	good := rakuten.SearchOrderRequest{DateType: rakuten.ByOrderDate,
		StartDatetime: rakuten.NewDateTime(now.Add(-time.Hour)), EndDatetime: rakuten.NewDateTime(now)}
	mall, client := start(t, rakutentest.Options{}, nil)
	_, err := client.SearchOrder(t.Context(), good)
	require.NoError(t, err)
	for want, change := range map[string]func(*rakuten.SearchOrderRequest){
		"dateType":                          func(r *rakuten.SearchOrderRequest) { r.DateType = 0 },
		"startDatetime: is required":        func(r *rakuten.SearchOrderRequest) { r.StartDatetime = "" },
		"startDatetime: is not of the form": func(r *rakuten.SearchOrderRequest) { r.StartDatetime = "2026-06-01T00:00:00+09:00" },
		"endDatetime: is not of the form":   func(r *rakuten.SearchOrderRequest) { r.EndDatetime = "2026-06-01T00:00:00Z" },
		"at most 1512h0m0s":                 func(r *rakuten.SearchOrderRequest) { r.StartDatetime = rakuten.NewDateTime(now.AddDate(0, 0, -64)) },
		"730 days":                          func(r *rakuten.SearchOrderRequest) { r.StartDatetime = rakuten.NewDateTime(now.AddDate(-3, 0, 0)) },
		"orderProgressList":                 func(r *rakuten.SearchOrderRequest) { r.SubStatusIDList = []int64{-1} },
		"searchKeywordType":                 func(r *rakuten.SearchOrderRequest) { r.SearchKeyword = "見本" },
		"searchKeyword: 41 characters":      func(r *rakuten.SearchOrderRequest) { r.SearchKeywordType, r.SearchKeyword = 7, strings.Repeat("a", 41) },
		"PaginationRequestModel.requestPage": func(r *rakuten.SearchOrderRequest) {
			r.PaginationRequestModel = &rakuten.PaginationRequest{RequestRecordsAmount: 1}
		},
		"requestRecordsAmount: 1001": func(r *rakuten.SearchOrderRequest) {
			r.PaginationRequestModel = &rakuten.PaginationRequest{RequestRecordsAmount: 1001, RequestPage: 1}
		},
		"SortModelList[0].sortColumn: 2": func(r *rakuten.SearchOrderRequest) {
			r.PaginationRequestModel = &rakuten.PaginationRequest{RequestRecordsAmount: 1, RequestPage: 1,
				SortModelList: []rakuten.SortModel{{SortColumn: 2, SortDirection: 1}}}
		},
	} {
		in := good
		change(&in)
		before := mall.Count("")
		_, err := client.SearchOrder(t.Context(), in)
		require.ErrorIs(t, err, order.ErrInvalid, want)
		require.ErrorContains(t, err, want)
		require.Equal(t, before, mall.Count(""), "nothing is sent")
	}
	none, err := client.SearchOrder(t.Context(), rakuten.SearchOrderRequest{DateType: rakuten.ByShippingReportDate,
		StartDatetime: rakuten.NewDateTime(now.Add(-time.Second)), EndDatetime: rakuten.NewDateTime(now)})
	require.NoError(t, err)
	require.Empty(t, none.OrderNumberList)
	require.Nil(t, none.PaginationResponseModel.TotalRecordsAmount)
}

func TestGetOrderInBatches(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 230}, nil)
	numbers := mall.Numbers()
	require.True(t, mall.ChangeOrder(numbers[150],
		func(o *rakutentest.Order) { o.Fields = map[string]any{"postagePrice": "free"} }))
	out, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: numbers})
	require.NoError(t, err)
	require.Len(t, out.OrderModelList, 230)
	require.Equal(t, 3, mall.Count("getOrder"))
	require.EqualValues(t, 10, out.Version)
	require.Equal(t, []order.Problem{{Field: "OrderModelList[150].postagePrice", Reason: "not readable as int64",
		Text: "free"}}, out.Reply.Problems)

	old, err := client.GetOrder(t.Context(), rakuten.GetOrderRequest{OrderNumberList: numbers[:1], Version: 3})
	require.NoError(t, err)
	require.Zero(t, old.Version, "echoed since version 6")
	require.Empty(t, old.OrderModelList[0].PackageModelList[0].DefaultDeliveryCompanyCode)

	for want, in := range map[string]rakuten.GetOrderRequest{
		"orderNumberList: is empty":   {},
		"orderNumberList[1]: repeats": {OrderNumberList: []string{"a", "a"}},
		"orderNumberList[0]":          {OrderNumberList: []string{" "}},
		"version: 2, want 3 to 10":    {OrderNumberList: []string{"a"}, Version: 2},
	} {
		_, err := client.GetOrder(t.Context(), in)
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, want)
	}
}

// TestQuota sends a thousand orders' worth of calls at Rakuten's pace: a second each, not a moment
// more, and never refused.
func TestQuota(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{Orders: 1000, Quotas: true},
			func(c *rakuten.Config) { c.Limiter = nil })
		begin := time.Now()
		orders, errs := all(t, client, order.Query{})
		require.Empty(t, errs)
		require.Len(t, orders, 1000)
		require.Equal(t, 11, mall.Count(""))
		require.InDelta(t, 10*time.Second, time.Since(begin), float64(10*time.Second)/50)
	})
}

func TestCancelledContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall, client := start(t, rakutentest.Options{}, func(c *rakuten.Config) { c.Limiter = nil })
		require.NoError(t, mall.Inject(rakutentest.Fault{Kind: rakutentest.Delayed, Delay: time.Hour}))
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		begin := time.Now()
		require.ErrorIs(t, client.Check(ctx), context.Canceled)
		require.Equal(t, time.Second, time.Since(begin))
		_, err := client.SearchOrder(ctx, rakuten.SearchOrderRequest{})
		require.Error(t, err)
	})
}

func TestConcurrentUse(t *testing.T) {
	_, client := start(t, rakutentest.Options{}, nil)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			orders, errs := all(t, client, order.Query{})
			if len(orders) != 40 || len(errs) > 0 {
				t.Errorf("%d orders, %v", len(orders), errs)
			}
		})
	}
	group.Wait()
}

// TestNothingLeaks sends a secret and a customer's name through every way a call can end.
func TestNothingLeaks(t *testing.T) {
	const secret, key, name = "SPcanarySecret00", "SLcanaryLicense0", "機密花子"
	var lines bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))
	for _, f := range []rakutentest.Fault{
		{Kind: rakutentest.ServerError, Times: 9}, {Kind: rakutentest.HTMLPage, Body: "<html>" + name, Times: 9}, {Kind: rakutentest.Dropped, Times: 9},
		{Kind: rakutentest.Truncated, Times: 9}, {Kind: rakutentest.Malformed, Times: 9}, {Kind: rakutentest.Redirect}, {Kind: rakutentest.Maintenance},
		{Kind: rakutentest.ExpiredKey, Times: 9}, {Kind: rakutentest.RateLimited, RetryAfter: time.Hour}, {Kind: rakutentest.Custom, Body: `{"x":"` + name, Times: 9},
		{Kind: rakutentest.Custom, Status: 400, Body: `{"Results":{"errorCode":"ES04-01","message":"no such key: ` + key + `"}}`},
	} {
		synctest.Test(t, func(t *testing.T) {
			mall, client := start(t, rakutentest.Options{Orders: -1, ServiceSecret: secret, LicenseKey: key},
				func(c *rakuten.Config) { c.Logger = logger })
			mall.AddOrder(rakutentest.Order{ID: "canary", Remarks: name, Memo: name,
				Parcels: []rakutentest.Parcel{{Recipient: name}},
				Fields:  map[string]any{"requestPrice": name}})
			f.Operation = "getOrder"
			require.NoError(t, mall.Inject(f))
			_, err := client.Order(t.Context(), "canary")
			require.Error(t, err, f.Kind)
			fmt.Fprintf(&lines, "%v %+v %#v\n", err, err, client.Check(t.Context()))
			mall.ClearFaults()
			o, err := client.Order(t.Context(), "canary")
			require.NoError(t, err)
			require.Equal(t, name, o.Remarks)
		})
	}
	for _, word := range []string{secret, key, name, "ESA ", "Authorization"} {
		require.False(t, strings.Contains(lines.String(), word), word)
	}
	require.Contains(t, lines.String(), "msg=attempt")
}

// TestCallersHTTPClient stays as it was.
func TestCallersHTTPClient(t *testing.T) {
	own := &http.Client{Timeout: time.Minute}
	mall, client := start(t, rakutentest.Options{},
		func(c *rakuten.Config) { own.Transport = c.HTTPClient.Transport; c.HTTPClient = own })
	require.NoError(t, client.Check(t.Context()))
	require.Equal(t, http.Client{Timeout: time.Minute, Transport: mall.Transport()}, *own)
}

// TestDoXML hands on what the older APIs of RMS answer; for an operation of the table it is no
// answer.
func TestDoXML(t *testing.T) {
	const body = `<?xml version="1.0" encoding="UTF-8"?><result><status><systemStatus>OK</systemStatus></status></result>`
	_, client := start(t, rakutentest.Options{Orders: -1},
		func(c *rakuten.Config) { c.HTTPClient = &http.Client{Transport: replies(200, body)} })
	reply, err := client.Do(t.Context(), rakuten.Operation{Name: "shop.shopMaster.get", Method: http.MethodGet,
		Path: "/es/1.0/shop/shopMaster"}, nil)
	require.NoError(t, err)
	require.Equal(t, body, string(reply.Body))
	_, err = client.Do(t.Context(), rakuten.Operation{Name: "getOrder"}, []byte(`{}`))
	require.ErrorIs(t, err, order.ErrTemporary)
}
