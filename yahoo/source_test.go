package yahoo_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
	"github.com/jpmall/jpmall/yahoo/yahootest"
)

var lastMonth = order.Query{From: time.Now().AddDate(0, -1, 0)}

// collect reads a query to its end.
func collect(t *testing.T, c *yahoo.Client, q order.Query) []order.Order {
	t.Helper()
	var all []order.Order
	for o, err := range c.Orders(t.Context(), q) {
		require.NoError(t, err)
		all = append(all, o)
	}
	return all
}

func idsOf(orders []order.Order) []string {
	ids := make([]string, len(orders))
	for i, o := range orders {
		ids[i] = o.ID
	}
	return ids
}

func TestOrdersReadsTheWholeStore(t *testing.T) {
	for name, limit := range map[string]int{"one page": 0, "pages of 7": 7, "pages of 1": 1} {
		t.Run(name, func(t *testing.T) {
			mall := yahootest.New(yahootest.Options{PageLimit: limit})
			c := newClient(t, mall)
			orders := collect(t, c, lastMonth)
			require.Equal(t, mall.Numbers(), idsOf(orders), "all orders, oldest first, each once")
			require.Equal(t, 40, mall.Count("orderInfo"))
			seen := make(map[order.Status]int)
			differs, unresolved := 0, 0
			for _, o := range orders {
				seen[o.Status]++
				require.NotEqual(t, order.Unknown, o.Status, o.ID)
				require.NotEmpty(t, o.MallStatus)
				require.Empty(t, o.Problems)
				w, ok := yahoo.Raw(o)
				require.True(t, ok)
				require.Equal(t, o.ID, w.OrderID)
				if o.Reconcile().Verdict == order.Differs {
					differs++
				}
				if o.Unresolved() {
					unresolved++
				}
			}
			require.Equal(t, 1, differs, "the one order whose sum does not add up")
			require.NotZero(t, unresolved)
			for _, s := range []order.Status{order.Reserved, order.AwaitingPayment, order.New, order.OnHold,
				order.ReadyToShip,
				order.Shipped, order.Completed, order.Cancelled} {
				require.NotZero(t, seen[s], s)
			}
		})
	}
}

// Orders come from a list row and by number with the same revision, so that Known fits both.
func TestRevisionIsTheSameHoweverAnOrderIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{})
		t.Cleanup(mall.Close)
		c := newClient(t, mall)
		time.Sleep(time.Minute) // until no order was updated just now
		for _, o := range collect(t, c, order.Query{From: time.Now().AddDate(0, 0, -30)}) {
			one, err := c.Order(t.Context(), o.ID)
			require.NoError(t, err)
			require.Equal(t, o.Revision, one.Revision)
			require.Len(t, o.Revision, 32)
		}
	})
}

func TestKnownSavesTheDetailCall(t *testing.T) {
	mall := yahootest.New(yahootest.Options{})
	c := newClient(t, mall)
	known := make(map[order.Ref]bool)
	q := lastMonth
	q.Known = func(r order.Ref) bool { return known[r] }
	for _, o := range collect(t, c, q) {
		known[o.Ref()] = true
	}
	require.Len(t, known, 40)
	calls := mall.Count("orderInfo")
	require.Empty(t, collect(t, c, q))
	require.Equal(t, calls, mall.Count("orderInfo"), "nothing has changed, so nothing is paid for")

	id := mall.Numbers()[3]
	require.True(t, edit(mall, id, map[string]string{"ShipStatus": "3", "ShipInvoiceNumber1": "000012345678"}))
	changed := collect(t, c, q)
	require.Equal(t, []string{id}, idsOf(changed))
	require.Equal(t, calls+1, mall.Count("orderInfo"))
}

func TestStatusesAreFilteredBeforeTheDetailCall(t *testing.T) {
	mall := yahootest.New(yahootest.Options{})
	c := newClient(t, mall)
	q := lastMonth
	q.Statuses = []order.Status{order.Cancelled}
	orders := collect(t, c, q)
	require.NotEmpty(t, orders)
	require.Equal(t, len(orders), mall.Count("orderInfo"))
	for _, o := range orders {
		require.Equal(t, order.Cancelled, o.Status)
	}
}

func TestOrdersByNumber(t *testing.T) {
	mall := yahootest.New(yahootest.Options{})
	c := newClient(t, mall)
	ids := mall.Numbers()
	unknown := mall.Shop() + "-19999999"
	var got []string
	var failed []error
	for o, err := range c.Orders(t.Context(), order.Query{IDs: []string{ids[5], unknown, ids[2]}}) {
		if err != nil {
			failed = append(failed, err)
			require.Equal(t, unknown, o.ID)
			continue
		}
		got = append(got, o.ID)
	}
	require.Equal(t, []string{ids[5], ids[2]}, got)
	require.Len(t, failed, 1)
	require.ErrorIs(t, failed[0], order.ErrNotFound)
	require.Equal(t, unknown, order.Concerns(failed[0]))

	_, err := c.Order(t.Context(), unknown)
	require.ErrorIs(t, err, order.ErrNotFound)
	require.ErrorContains(t, err, "od91801")
}

func TestQueriesThatAreRefused(t *testing.T) {
	mall := yahootest.New(yahootest.Options{})
	c := newClient(t, mall)
	for name, q := range map[string]order.Query{
		"no window":  {},
		"by updated": {From: lastMonth.From, By: order.ByUpdated},
		"bad number": {IDs: []string{"mihon store"}},
	} {
		t.Run(name, func(t *testing.T) {
			n := 0
			for _, err := range c.Orders(t.Context(), q) {
				require.ErrorIs(t, err, order.ErrInvalid)
				require.Empty(t, order.Concerns(err))
				n++
			}
			require.Equal(t, 1, n)
		})
	}
	require.Zero(t, mall.Count(""), "nothing was sent")
}

func TestLeavingTheLoopSendsNothingMore(t *testing.T) {
	mall := yahootest.New(yahootest.Options{})
	c := newClient(t, mall)
	for range c.Orders(t.Context(), lastMonth) {
		break
	}
	require.Equal(t, 1, mall.Count("orderInfo"))
	require.Equal(t, 1, mall.Count("orderList"))
}

// Edges: From is inclusive, To exclusive, to the second.
func TestWindowEdges(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	c := newClient(t, mall)
	from := time.Now().Add(-time.Hour).Truncate(time.Second)
	var want []string
	for _, offset := range []time.Duration{-time.Second, 0, time.Minute - time.Second, time.Minute} {
		id := mall.AddOrder(yahootest.Order{Placed: from.Add(offset)})
		if offset >= 0 && offset < time.Minute {
			want = append(want, id)
		}
	}
	require.Equal(t, want, idsOf(collect(t, c, order.Query{From: from, To: from.Add(time.Minute)})))
}

// More orders than a search gives: it goes on from the last row, and nothing is missed or doubled.
func TestLongWindowsGoOnFromTheLastRow(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1, PageLimit: 320})
	c := newClient(t, mall)
	from := time.Now().Add(-24 * time.Hour).Truncate(time.Second)
	const n = yahoo.MaxPage + 500
	for i := range n {
		mall.AddOrder(yahootest.Order{Placed: from.Add(time.Duration(i) * 34 * time.Second)})
	}
	rows := 0
	q := order.Query{From: from, Known: func(order.Ref) bool { rows++; return true }}
	require.Empty(t, collect(t, c, q))
	require.Equal(t, n, rows)
	require.Equal(t, (n+319)/320, mall.Count("orderList"), "pages of what this mall gives at once")
}

// A list that does not come by its instants, though it was asked for so, is no reason to pass
// anything by: its window is cut in two.
func TestRowsOutOfOrder(t *testing.T) {
	from := time.Date(2026, 11, 2, 9, 0, 0, 0, order.JST)
	for name, row := range map[string]struct{ first, second, goesOn string }{
		"in order":     {"2026-11-02T09:10:00+09:00", "2026-11-02T09:20:00+09:00", "20261102092000"},
		"out of order": {"2026-11-02T09:20:00+09:00", "2026-11-02T09:10:00+09:00", "20261102090000"},
		"no instant":   {"2026-11-02T09:10:00+09:00", "いつか", "20261102090000"},
	} {
		t.Run(name, func(t *testing.T) {
			mall := yahootest.New(yahootest.Options{Orders: -1})
			c := newClient(t, mall)
			rows := ""
			for i, at := range []string{row.first, row.second} {
				rows += fmt.Sprintf("<OrderInfo><OrderId>mihon-%d</OrderId><OrderTime>%s</OrderTime>"+
					"<OrderStatus>2</OrderStatus></OrderInfo>", i, at)
			}
			require.NoError(t, mall.Inject(yahootest.Fault{Kind: yahootest.Custom, Operation: "orderList", Status: 200,
				Body: "<Result><Status>OK</Status><Search><TotalCount>2001</TotalCount>" + rows + "</Search></Result>"}))
			q := order.Query{From: from, To: from.Add(time.Hour), Known: func(order.Ref) bool { return true }}
			require.Empty(t, collect(t, c, q))
			calls := mall.Calls("orderList")
			require.Contains(t, string(calls[1].Body), "<OrderTimeFrom>"+row.goesOn+"</OrderTimeFrom>")
			require.Contains(t, string(calls[len(calls)-1].Body), "<OrderTimeTo>20261102095959</OrderTimeTo>")
		})
	}
}

func TestFaultsOnTheWay(t *testing.T) {
	for kind, want := range map[string]order.Class{
		yahootest.RateLimited: 0, yahootest.ServerError: 0, yahootest.Dropped: 0, yahootest.Truncated: 0,
		yahootest.ReplyLost: 0,
		yahootest.SlowBody:  0, yahootest.Maintenance: order.ErrMaintenance,
		yahootest.ExpiredKey: order.ErrCredentialExpired,
	} {
		t.Run(kind, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mall := yahootest.New(yahootest.Options{Orders: 12})
				defer mall.Close()
				c, err := yahoo.New(configOf(mall))
				require.NoError(t, err)
				fault := yahootest.Fault{Kind: kind, Operation: "orderInfo", After: 5, Delay: time.Second}
				// of every operation from then on: the token, one list, five orders went well
				if kind == yahootest.ExpiredKey {
					fault.Operation, fault.After, fault.Times = "", 7, -1
				}
				require.NoError(t, mall.Inject(fault))
				n := 0
				var last error
				for _, err := range c.Orders(t.Context(), lastMonthNow()) {
					if last = err; err == nil {
						n++
					}
				}
				if want == 0 {
					require.NoError(t, last)
					require.Equal(t, 12, n)
					return
				}
				require.ErrorIs(t, last, want)
				require.Empty(t, order.Concerns(last), "it concerns the shop, so it is the last element")
				require.Equal(t, 5, n)
			})
		})
	}
}

func lastMonthNow() order.Query { return order.Query{From: time.Now().AddDate(0, -1, 0)} }

// A reply that cannot be read concerns its order alone.
func TestUnreadableOrderIsReportedAndIterationGoesOn(t *testing.T) {
	for kind, class := range map[string]order.Class{yahootest.Malformed: order.ErrUndecodable,
		yahootest.HTMLPage: order.ErrTemporary, yahootest.EmptyBody: order.ErrTemporary} {
		synced(t, kind, func(t *testing.T) {
			mall := yahootest.New(yahootest.Options{Orders: 12})
			defer mall.Close()
			c := newClient(t, mall)
			require.NoError(t, mall.Inject(yahootest.Fault{Kind: kind, Operation: "orderInfo", After: 4, Times: 4}))
			n := 0
			for o, err := range c.Orders(t.Context(), lastMonthNow()) {
				if err != nil {
					require.ErrorIs(t, err, class)
					require.Equal(t, mall.Numbers()[4], o.ID)
					continue
				}
				n++
			}
			require.Equal(t, 11, n)
		})
	}
}

// One query per second for each URL: the built-in quota keeps the mall content, and costs no more
// than it must.
func TestQuota(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Quotas: true})
		defer mall.Close()
		cfg := configOf(mall)
		cfg.Limiter = nil
		c, err := yahoo.New(cfg)
		require.NoError(t, err)
		start := time.Now()
		require.Len(t, collect(t, c, lastMonthNow()), 40)
		require.Equal(t, 39*time.Second, time.Since(start))
		for _, call := range mall.Calls("") {
			require.Equal(t, http.StatusOK, call.Status)
		}
	})
}

func TestKeepBody(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: 3})
	c := newClient(t, mall, func(cfg *yahoo.Config) { cfg.KeepBody = true })
	for _, o := range collect(t, c, lastMonth) {
		require.True(t, strings.Contains(string(o.Body()), "<OrderId>"+o.ID+"</OrderId>"))
	}
}

func TestPageEvents(t *testing.T) {
	mall := yahootest.New(yahootest.Options{PageLimit: 15})
	var rows []int
	c := newClient(t, mall, func(cfg *yahoo.Config) { cfg.Observer = pages{&rows} })
	collect(t, c, lastMonth)
	require.Equal(t, []int{15, 15, 10}, rows)
}

// stale answers orderInfo with what it answered before, as long as it is told to, and can leave the
// last row but one of a list out.
type stale struct {
	http.RoundTripper
	on, short bool
	first     []byte
}

var rowsOf = regexp.MustCompile(`(?s)<OrderInfo>.*?</OrderInfo>\s*`)

func (s *stale) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := s.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	switch {
	case strings.HasSuffix(r.URL.Path, "/orderInfo") && s.on && s.first != nil:
		body = s.first
	case strings.HasSuffix(r.URL.Path, "/orderInfo"):
		s.first = body
	case s.short:
		if all := rowsOf.FindAllIndex(body, -1); len(all) > 1 {
			cut := all[len(all)-2]
			body = slices.Delete(body, cut[0], cut[1])
		}
	}
	resp.Body, resp.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	resp.Header.Del("Content-Length")
	return resp, nil
}

// An order that is read older than its row told is not taken for what the row told: it comes under
// its own revision, and again.
func TestAnOlderOrderIsNotTakenForItsRow(t *testing.T) {
	mall := yahootest.New(yahootest.Options{Orders: -1})
	mall.AddOrder(yahootest.Order{Placed: time.Now().AddDate(0, 0, -3),
		Fields: map[string]string{"ShipStatus": "1", "PayStatus": "1"}})
	wire := &stale{RoundTripper: mall.Transport()}
	c := newClient(t, mall, func(cfg *yahoo.Config) { cfg.HTTPClient = &http.Client{Transport: wire} })
	known := make(map[order.Ref]bool)
	q := lastMonth
	q.Known = func(r order.Ref) bool { return known[r] }
	read := func() []order.Order {
		all := collect(t, c, q)
		for _, o := range all {
			known[o.Ref()] = true
		}
		return all
	}
	was := read()
	require.Len(t, was, 1)
	require.True(t, edit(mall, was[0].ID, map[string]string{"ShipInvoiceNumber1": "000012345678"}))
	wire.on = true
	for range 3 {
		old := read()
		require.Len(t, old, 1, "asked for again as long as it is old")
		require.Equal(t, was[0].Revision, old[0].Revision)
	}
	wire.on = false
	fresh := read()
	require.Len(t, fresh, 1)
	require.NotEqual(t, was[0].Revision, fresh[0].Revision)
	require.Empty(t, read())
}

// The end of the buyer's ten minutes leaves LastUpdateTime as it is: an answer from before it is not
// taken for what the row shows either.
func TestAnOrderFromBeforeTheTenMinutesEnded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: -1})
		t.Cleanup(mall.Close)
		mall.AddOrder(yahootest.Order{Placed: time.Now(), Fields: map[string]string{"PayStatus": "1"}})
		wire := &stale{RoundTripper: mall.Transport()}
		c := newClient(t, mall, func(cfg *yahoo.Config) { cfg.HTTPClient = &http.Client{Transport: wire} })
		known := make(map[order.Ref]bool)
		q := order.Query{From: time.Now().AddDate(0, 0, -1), Known: func(r order.Ref) bool { return known[r] }}
		read := func() (open []bool) {
			for _, o := range collect(t, c, q) {
				known[o.Ref()] = true
				open = append(open, slices.Contains(o.Flags, order.BuyerMayCancel))
			}
			return open
		}
		time.Sleep(time.Minute)
		require.Equal(t, []bool{true}, read())
		time.Sleep(48 * time.Hour)
		before := wire.first
		wire.on = true
		require.Equal(t, []bool{true}, read(), "an answer of before")
		wire.on = false
		require.Equal(t, []bool{false}, read())
		require.Empty(t, read())

		clear(known)
		wire.on, wire.first = true, before
		passes := 0
		for len(read()) > 0 {
			passes++
		}
		require.Equal(t, 4, passes, "two answers that differ for good cost a few calls, not one at every look")
	})
}

// LastUpdateTime has whole seconds, so the row of the second of two updates may equal that of the
// first. What was read between them is read once more.
func TestTwoUpdatesInOneSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mall := yahootest.New(yahootest.Options{Orders: 1})
		t.Cleanup(mall.Close)
		c := newClient(t, mall)
		known := make(map[order.Ref]bool)
		q := order.Query{From: time.Now().AddDate(0, 0, -30), Known: func(r order.Ref) bool { return known[r] }}
		read := func() (memos []string) {
			for _, o := range collect(t, c, q) {
				known[o.Ref()] = true
				memos = append(memos, o.Memo)
			}
			return memos
		}
		id := mall.Numbers()[0]
		write := func(memo string) {
			require.True(t, mall.ChangeOrder(id, func(o *yahootest.Order) { o.Fields["Notes"] = memo }))
		}
		time.Sleep(time.Until(time.Now().Truncate(time.Second).Add(time.Second)))
		write("先の更新")
		require.Equal(t, []string{"先の更新"}, read())
		time.Sleep(500 * time.Millisecond)
		write("後の更新")
		time.Sleep(time.Minute)
		require.Equal(t, []string{"後の更新"}, read())
		require.Empty(t, read(), "it is settled now")
	})
}

// A list that lacks one of the rows it counts is an error, whatever its pages are.
func TestAListWithARowLessThanItCounts(t *testing.T) {
	for name, limit := range map[string]int{"one page": 0, "pages of 7": 7} {
		t.Run(name, func(t *testing.T) {
			mall := yahootest.New(yahootest.Options{PageLimit: limit})
			wire := &stale{RoundTripper: mall.Transport(), short: true}
			c := newClient(t, mall, func(cfg *yahoo.Config) { cfg.HTTPClient = &http.Client{Transport: wire} })
			var last error
			for _, err := range c.Orders(t.Context(), lastMonth) {
				last = err
			}
			require.ErrorIs(t, last, order.ErrTemporary)
		})
	}
}

func TestCapabilities(t *testing.T) {
	caps := yahoo.Capabilities()
	require.Equal(t, order.Yahoo, caps.Mall)
	require.True(t, caps.Can(order.CanRead))
	require.False(t, caps.Can(order.CanReadUpdated))
	c := newClient(t, yahootest.New(yahootest.Options{Orders: -1}))
	_, confirms := order.As[order.Confirmer](c)
	require.Equal(t, confirms, caps.Can(order.CanConfirm))
	_, ships := order.As[order.Shipper](c)
	require.Equal(t, ships, caps.Can(order.CanShip))
	_, cancels := order.As[order.Canceller](c)
	require.Equal(t, cancels, caps.Can(order.CanCancel))
	_, annotates := order.As[order.Annotator](c)
	require.Equal(t, annotates, caps.Can(order.CanAnnotate))
	_, changes := order.As[order.DeliveryChanger](c)
	require.Equal(t, changes, caps.Can(order.CanChangeDelivery))
	require.False(t, slices.ContainsFunc(caps.Rows,
		func(r order.Capability) bool { return r.Note.EN != "" && r.Note.JA == "" }))
}
