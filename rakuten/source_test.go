package rakuten_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/rakuten/rakutentest"
)

func TestOrders(t *testing.T) {
	mall, client := start(t, rakutentest.Options{}, nil)
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, errs)
	require.Len(t, orders, 40)
	require.True(t, slices.IsSortedFunc(orders, func(a, b order.Order) int { return a.Placed.Compare(b.Placed) }),
		"oldest first")

	statuses, unresolved, undetermined := map[order.Status]int{}, 0, 0
	for _, o := range orders {
		statuses[o.Status]++
		require.Equal(t, order.Rakuten, o.Mall)
		require.Equal(t, "mihon-shop", o.Shop)
		require.Empty(t, o.Problems)
		require.NotEmpty(t, o.Revision)
		if o.Unresolved() {
			unresolved++
		}
		switch r := o.Reconcile(); r.Verdict {
		case order.CannotBeTold:
			undetermined++
			require.False(t, o.Amounts.Billed.Known())
		default:
			require.Equal(t, order.AddsUp, r.Verdict, "%s: %s", o.ID, r.Reason)
		}
		require.Nil(t, o.Body())
	}
	for _, s := range order.Statuses() {
		if s != order.Unknown && s != order.PartiallyShipped {
			require.Positive(t, statuses[s], s)
		}
	}
	require.Positive(t, unresolved)
	require.Positive(t, undetermined)
	require.Equal(t, 1, mall.Count("searchOrder"))
	require.Equal(t, 1, mall.Count("getOrder"))
}

// TestOrdersCalls holds the iteration to Rakuten's own minimum: eleven calls for a thousand orders.
func TestOrdersCalls(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 1000}, nil)
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, errs)
	require.Len(t, orders, 1000)
	require.Equal(t, 1, mall.Count("searchOrder"))
	require.Equal(t, 10, mall.Count("getOrder"))

	var search struct {
		DateType               int
		StartDatetime          string
		PaginationRequestModel struct {
			RequestRecordsAmount int
			SortModelList        []map[string]int
		}
	}
	call := mall.Calls("searchOrder")[0]
	require.NoError(t, json.Unmarshal(call.Body, &search))
	require.Equal(t, 1, search.DateType)
	require.Regexp(t, `^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0900$`, search.StartDatetime)
	require.Equal(t, 1000, search.PaginationRequestModel.RequestRecordsAmount)
	require.Equal(t, []map[string]int{{"sortColumn": 1, "sortDirection": 1}},
		search.PaginationRequestModel.SortModelList)
	require.Equal(t, "/es/2.0/order/searchOrder/", call.Path)
	require.Equal(t, "application/json; charset=utf-8", call.Header.Get("Content-Type"))
}

// TestOrdersWindows reads half a year: windows of 63 days, without gap and without an order twice.
func TestOrdersWindows(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: -1}, nil)
	now := time.Now().Truncate(time.Second)
	from := now.AddDate(0, 0, -190)
	var want []string
	for i, at := range []time.Time{from, from.AddDate(0, 0, 63), from.AddDate(0, 0, 63).Add(-time.Second),
		from.AddDate(0, 0, 126), now} {
		number := fmt.Sprintf("edge-%d", i)
		mall.AddOrder(rakutentest.Order{ID: number, Placed: at})
		want = append(want, number)
	}
	mall.AddOrder(rakutentest.Order{ID: "before", Placed: from.Add(-time.Second)})
	orders, errs := all(t, client, order.Query{From: from})
	require.Empty(t, errs)
	var got []string
	for _, o := range orders {
		got = append(got, o.ID)
	}
	require.ElementsMatch(t, want, got)
	require.Equal(t, 4, mall.Count("searchOrder"))

	_, errs = all(t, client, order.Query{From: now.AddDate(0, 0, -731)})
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], order.ErrInvalid)
	require.ErrorContains(t, errs[0], "730 days")
}

// TestOrdersHalves serves a mall that counts more hits than a search exposes until the window is
// short enough.
func TestOrdersHalves(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 20}, nil)
	many := `{"orderNumberList":["x"],"MessageModelList":[{"messageType":"INFO","messageCode":"ORDER_EXT_API_SEARCH_ORDER_INFO_101"}],"PaginationResponseModel":{"totalRecordsAmount":%d,"totalPages":15,"requestPage":1}}`
	require.NoError(t, mall.Inject(
		rakutentest.Fault{Kind: rakutentest.Custom, Operation: "searchOrder", Body: fmt.Sprintf(many, 20000)},
		rakutentest.Fault{Kind: rakutentest.Custom, Operation: "searchOrder", Body: fmt.Sprintf(many, 15000)},
	))
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, errs)
	require.Len(t, orders, 20, "nothing of the two refused windows, all of the parts")
	require.Equal(t, 5, mall.Count("searchOrder"), "whole, half, quarter, quarter, half")
}

func TestOrdersPages(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 1005}, nil)
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, errs)
	require.Len(t, orders, 1005)
	require.Equal(t, 2, mall.Count("searchOrder"))
}

func TestOrdersMissing(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 5}, nil)
	gone := mall.Numbers()[2]
	mall.RemoveOrder(gone)
	orders, errs := all(t, client, order.Query{})
	require.Len(t, orders, 4)
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], order.ErrNotFound)
	require.Equal(t, gone, order.Concerns(errs[0]))
}

func TestOrdersByStatus(t *testing.T) {
	mall, client := start(t, rakutentest.Options{}, nil)
	everything, _ := all(t, client, order.Query{})
	for _, s := range order.Statuses() {
		got, errs := all(t, client, order.Query{Statuses: []order.Status{s}})
		require.Empty(t, errs)
		var want []string
		for _, o := range everything {
			if o.Status == s {
				want = append(want, o.ID)
			}
		}
		var ids []string
		for _, o := range got {
			ids = append(ids, o.ID)
		}
		require.Equal(t, want, ids, s)
	}
	var search struct{ OrderProgressList []int }
	calls := mall.Calls("searchOrder")
	_, _ = all(t, client, order.Query{Statuses: []order.Status{order.ReadyToShip, order.New}})
	calls = mall.Calls("searchOrder")[len(calls):]
	require.NoError(t, json.Unmarshal(calls[0].Body, &search))
	require.Equal(t, []int{100, 300}, search.OrderProgressList, "only what can be wanted is asked for")
}

func TestOrdersKnown(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 10}, nil)
	skip := mall.Numbers()[:9]
	orders, errs := all(t, client, order.Query{Known: func(r order.Ref) bool {
		require.Equal(t, order.Rakuten, r.Mall)
		require.Empty(t, r.Revision)
		return slices.Contains(skip, r.ID)
	}})
	require.Empty(t, errs)
	require.Len(t, orders, 1)
}

func TestOrder(t *testing.T) {
	mall, client := start(t, rakutentest.Options{}, nil)
	number := mall.Numbers()[0]
	o, err := client.Order(t.Context(), number)
	require.NoError(t, err)
	require.Equal(t, number, o.ID)
	_, err = client.Order(t.Context(), "123456-20200101-0000000000")
	require.ErrorIs(t, err, order.ErrNotFound)
	require.Equal(t, "123456-20200101-0000000000", order.Concerns(err))

	orders, errs := all(t, client, order.Query{IDs: []string{number, "none"}})
	require.Len(t, orders, 1)
	require.Len(t, errs, 1)
	require.Equal(t, "none", order.Concerns(errs[0]))

	_, errs = all(t, client, order.Query{By: order.ByUpdated})
	require.Len(t, errs, 1)
	require.ErrorIs(t, errs[0], order.ErrInvalid)
}

func TestKeepBody(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 3}, func(c *rakuten.Config) { c.KeepBody = true })
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, errs)
	for _, o := range orders {
		want, ok := mall.JSON(o.ID)
		require.True(t, ok)
		require.JSONEq(t, string(want), string(o.Body()))
		again := rakuten.OrderModel{}
		require.NoError(t, json.Unmarshal(o.Body(), &again))
		require.Equal(t, o.Revision, rakuten.Convert(&again, rakuten.ConvertOptions{}).Revision,
			"a stored payload has the same revision")
	}
}

// TestProblems breaks single fields of one order: the order keeps the rest, and the others do not
// notice.
func TestProblems(t *testing.T) {
	mall, client := start(t, rakutentest.Options{Orders: 3}, nil)
	number := mall.Numbers()[1]
	require.True(t, mall.ChangeOrder(number, func(o *rakutentest.Order) {
		o.Fields = map[string]any{"requestPrice": "about 1000", "shippingTerm": map[string]int{"from": 14},
			"orderProgress": "300", "remarks": nil}
	}))
	orders, errs := all(t, client, order.Query{})
	require.Empty(t, errs)
	require.Len(t, orders, 3)
	for _, o := range orders {
		if o.ID != number {
			require.Empty(t, o.Problems)
			continue
		}
		require.Equal(t, order.ReadyToShip, o.Status, "a number as text is read")
		require.False(t, o.Amounts.Billed.Known())
		fields := []string{o.Problems[0].Field, o.Problems[1].Field}
		require.ElementsMatch(t, []string{"requestPrice", "shippingTerm"}, fields)
	}
}

func TestStatusesOfTheShop(t *testing.T) {
	_, client := start(t, rakutentest.Options{}, func(c *rakuten.Config) {
		c.Statuses = map[string]order.Status{"出荷停止": order.OnHold}
	})
	orders, errs := all(t, client, order.Query{Statuses: []order.Status{order.OnHold}})
	require.Empty(t, errs)
	require.True(t, slices.ContainsFunc(orders,
		func(o order.Order) bool { return o.SubStatus == "出荷停止" && o.Status == order.OnHold }))
}

func TestNew(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*rakuten.Config)
		want   string
	}{
		{"zero", func(c *rakuten.Config) { *c = rakuten.Config{} }, "Config.Shop"},
		{"no keys", func(c *rakuten.Config) { c.Keys = nil }, "Config.Keys"},
		{"auth header", func(c *rakuten.Config) { c.Header = http.Header{"Authorization": {"x"}} }, "Authorization"},
		{"bad URL", func(c *rakuten.Config) { c.BaseURL = "api.rms.rakuten.co.jp" }, "BaseURL"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg := rakuten.Config{Shop: "s", Keys: rakutenKeys("a", "b", "")}
			c.change(&cfg)
			_, err := rakuten.New(cfg)
			require.ErrorIs(t, err, order.ErrInvalid)
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := rakuten.New(rakuten.Config{Shop: "s", Keys: rakutenKeys("a", "b", "")})
	require.NoError(t, err, "the real mall is the default")
}

// TestSpoiledBatch serves the other way in which Rakuten may answer an unknown number: by refusing
// the whole batch. The others are read all the same, and the calls for it are bounded.
func TestSpoiledBatch(t *testing.T) {
	mall, _ := start(t, rakutentest.Options{Orders: 100}, nil)
	const refusal = `{"MessageModelList":[{"messageType":"ERROR","messageCode":"ORDER_EXT_API_GET_ORDER_ERROR_777","message":"参照できない注文です。"}],"OrderModelList":null}`
	bad := mall.Numbers()[37]
	strict := roundTrip(func(r *http.Request) (*http.Response, error) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return nil, err
		}
		if strings.Contains(string(body), `"`+bad+`"`) {
			return replies(400, refusal).RoundTrip(r)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		return mall.Transport().RoundTrip(r)
	})
	_, client := start(t, rakutentest.Options{Orders: -1}, func(c *rakuten.Config) {
		c.Keys, c.HTTPClient = credential.Static(keysOf(mall)), &http.Client{Transport: strict}
	})
	orders, errs := all(t, client, order.Query{})
	require.Len(t, orders, 99)
	require.Len(t, errs, 1)
	require.Equal(t, bad, order.Concerns(errs[0]))
	require.ErrorContains(t, errs[0], "ERROR_777")
	require.LessOrEqual(t, mall.Count("getOrder"), 8)

	// When everything is refused, it is not asked order by order.
	calls := 0
	_, client = start(t, rakutentest.Options{Orders: -1}, func(c *rakuten.Config) {
		c.HTTPClient = &http.Client{Transport: roundTrip(func(r *http.Request) (*http.Response, error) {
			calls++
			return replies(400, refusal).RoundTrip(r)
		})}
	})
	_, errs = all(t, client, order.Query{IDs: mall.Numbers()})
	require.NotEmpty(t, errs)
	require.LessOrEqual(t, calls, 15)
}
