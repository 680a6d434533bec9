package aupay_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/aupay/aupaytest"
	"github.com/jpmall/jpmall/order"
)

// between runs a function after each answered list call: what happens in the mall between two
// pages.
type between struct {
	http.RoundTripper
	after func(call int)
	calls int
}

func (b *between) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := b.RoundTripper.RoundTrip(r)
	if strings.HasSuffix(r.URL.Path, "searchTradeInfoListProc") {
		b.calls++
		b.after(b.calls)
	}
	return resp, err
}

// small is an order that costs little to make and to read.
func small(n int, placed time.Time) aupaytest.Order {
	return aupaytest.Order{ID: fmt.Sprint(910000000 + n), Placed: placed.Add(time.Duration(n) * time.Second)}
}

func TestOrdersThatComeOrMoveBetweenTwoPages(t *testing.T) {
	const n = 180
	begin := time.Now().AddDate(0, 0, -2).Truncate(time.Minute)
	for name, tc := range map[string]struct {
		after func(m *aupaytest.Mall, call int)
		calls int
	}{
		"nothing happens": {func(*aupaytest.Mall, int) {}, 2},
		"a new order comes": {func(m *aupaytest.Mall, call int) {
			if call == 1 {
				m.AddOrder(small(n+1, begin))
			}
		}, 5},
		"the list never stands still": {func(m *aupaytest.Mall, call int) { m.AddOrder(small(n+call, begin)) }, 7},
		"an order leaves the window": {func(m *aupaytest.Mall, call int) {
			if call == 1 {
				m.ChangeOrder(small(n, begin).ID, func(o *aupaytest.Order) { o.Placed = o.Placed.AddDate(-1, 0, 0) })
			}
		}, 4},
		"more leave than the pages overlap": {func(m *aupaytest.Mall, call int) {
			for i := range 50 {
				if call == 1 {
					m.ChangeOrder(small(n-i, begin).ID,
						func(o *aupaytest.Order) { o.Placed = o.Placed.AddDate(-1, 0, 0) })
				}
			}
		}, 4},
		// as it may, since the order of rows is not documented
		"one moves past the reader": {func(m *aupaytest.Mall, call int) {
			if call == 1 {
				m.ChangeOrder(small(1, begin).ID, func(o *aupaytest.Order) { o.Placed = o.Placed.AddDate(0, 0, 1) })
			}
		}, 4},
	} {
		t.Run(name, func(t *testing.T) {
			mall := aupaytest.New(aupaytest.Options{Orders: -1, Total: true, MaxPage: 100})
			defer mall.Close()
			for i := range n {
				mall.AddOrder(small(i+1, begin))
			}
			link := &between{RoundTripper: mall.Transport(), after: func(call int) { tc.after(mall, call) }}
			client, err := aupay.New(aupay.Config{Shop: mall.Shop(), Keys: keys(mall.APIKey()),
				Limiter: order.Unlimited, HTTPClient: &http.Client{Transport: link}})
			require.NoError(t, err)
			got := read(t, client, order.Query{From: begin.AddDate(0, 0, -1)})
			for i := range n {
				require.Contains(t, got, small(i+1, begin).ID)
			}
			require.Equal(t, tc.calls, link.calls)
		})
	}
}

func TestCallsForAThousandOrders(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	for i := range 1000 {
		mall.AddOrder(small(i, time.Now().AddDate(0, 0, -1)))
	}
	require.Len(t, read(t, client, order.Query{From: time.Now().AddDate(0, 0, -20)}), 1000)
	require.Equal(t, 2, mall.Count(""), "a full page may be the last one, or not")
	mall.AddOrder(small(1000, time.Now().AddDate(0, 0, -1)))
	require.Len(t, read(t, client, order.Query{From: time.Now().AddDate(0, 0, -20)}), 1001)
	require.Equal(t, 4, mall.Count(""))
}

func TestAMallWithSmallerPagesLosesNothing(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: 130, Total: true, MaxPage: 50})
	require.Len(t, read(t, client, lastMonth()), 130)
	require.Greater(t, mall.Count(""), 2)
}

func TestAReplyThatLostItsOrdersIsAnError(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	require.NoError(t, mall.Inject(aupaytest.Fault{Kind: aupaytest.Custom,
		Body: "<response><result><status>0</status></result><resultCount>3</resultCount></response>", Times: -1}))
	var last error
	for _, err := range client.Orders(t.Context(), lastMonth()) {
		last = err
	}
	require.ErrorIs(t, last, order.ErrUndecodable)
}

func TestOrdersByReadsEveryWindow(t *testing.T) {
	mall, client := open(t, aupaytest.Options{Orders: -1})
	shipped := order.DateOf(time.Now()).AddDays(-70)
	for i, status := range []string{"完了", "完了", "発送待ち", "店長確認中", "新規受付"} {
		day := shipped.AddDays(i * 20)
		mall.AddOrder(aupaytest.Order{ID: fmt.Sprint(i + 1), Placed: day.AddDays(-100).Time(), Status: status,
			Elements: map[string]string{"shippingDate": fmt.Sprintf("%04d/%02d/%02d", day.Year, day.Month, day.Day)}})
	}
	search := func(r aupay.SearchRequest) (ids []string, last error) {
		for o, err := range client.OrdersBy(t.Context(), r) {
			if err != nil {
				last = err
				continue
			}
			ids = append(ids, o.ID)
		}
		return ids, last
	}
	window := aupay.SearchRequest{StartDate: shipped, EndDate: shipped.AddDays(80), DateType: aupay.ByShippingDate}
	ids, err := search(window)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"1", "2", "3", "4", "5"}, ids)
	require.Equal(t, 3, mall.Count(""), "81 days are three windows")

	window.Statuses = []aupay.OrderStatus{"完了", "店長確認中"}
	ids, err = search(window)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"1", "2", "4"}, ids)
	require.Equal(t, "店長確認中", mall.Calls("")[3].Query.Get("orderStatus2"))
	window.Statuses = append(window.Statuses, aupay.StatusNew)
	ids, err = search(window)
	require.NoError(t, err)
	require.ElementsMatch(t, []string{"1", "2", "4", "5"}, ids)
	require.False(t, mall.Calls("")[6].Query.Has("orderStatus"), "three statuses cannot be asked for in one call")

	for want, edit := range map[string]func(*aupay.SearchRequest){
		"StartDate":  func(r *aupay.SearchRequest) { r.StartDate = order.Date{} },
		"EndDate":    func(r *aupay.SearchRequest) { r.EndDate = r.StartDate.AddDays(-1) },
		"TotalCount": func(r *aupay.SearchRequest) { r.StartCount = 11 },
		"Statuses":   func(r *aupay.SearchRequest) { r.Statuses = []aupay.OrderStatus{"完了", "保留", ""} },
	} {
		bad := window
		edit(&bad)
		_, err := search(bad)
		require.ErrorIs(t, err, order.ErrInvalid)
		require.ErrorContains(t, err, want)
	}
	require.Equal(t, 9, mall.Count(""), "nothing was sent")
}
