package amazon_test

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/amazon/amazontest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func rows(t testing.TB, r *amazon.ReportReader) (all []amazon.ReportRow) {
	t.Helper()
	for row, err := range r.Rows() {
		require.NoError(t, err)
		all = append(all, row)
	}
	return all
}

func TestActionableOrdersReport(t *testing.T) {
	for name, utf8 := range map[string]bool{"Shift_JIS": false, "UTF-8": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				day := time.Date(2026, 1, 7, 5, 0, 0, 0, time.UTC)
				m, c, id := shop(t, amazontest.Options{ReportsInUTF8: utf8}, func(o *amazontest.Order) {
					o.Address = amazontest.Address{Name: "髙見本 花子", State: "東京都"}
					o.Lines[0].Title, o.Lines[0].From, o.Lines[0].To = "見本園の煎茶", day, day.Add(2*time.Hour)
				})
				defer m.Close()
				m.AddOrder(amazontest.Order{Placed: time.Now(), Status: "SHIPPED",
					Lines: []amazontest.Line{{Quantity: 1}}})
				r, err := c.ReadReport(t.Context(), amazon.CreateReportRequest{ReportType: amazon.ActionableOrders})
				require.NoError(t, err)
				defer r.Close()
				require.Contains(t, r.Columns(), "scheduled-delivery-start-date")
				got := rows(t, r)
				require.Len(t, got, 2, "the shipped order is not in it")
				require.Equal(t, id, got[0].Get("order-id"))
				require.Equal(t, "髙見本 花子", got[0].Get("recipient-name"))
				require.Equal(t, "見本園の煎茶", got[0].Get("product-name"))
				when, slot := got[0].Scheduled()
				require.Equal(t, order.Date{Year: 2026, Month: 1, Day: 7}, when)
				require.Equal(t, "14:00-16:00", slot.String())
				_, slot = got[1].Scheduled()
				require.Equal(t, timeslot.NoPreference, slot)
				require.Empty(t, got[0].Get("no-such-column"))
				require.Equal(t, 1, m.Count("createRestrictedDataToken"))
				require.Empty(t, m.Calls("document")[0].Header.Get("x-amz-access-token"),
					"the file is fetched without keys")
			})
		})
	}
}

func TestReportsOfEveryKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := amazontest.New(amazontest.Options{})
		defer m.Close()
		c := newClient(t, config(m))
		r, err := c.ReadReport(t.Context(), amazon.CreateReportRequest{ReportType: amazon.AllOrdersByUpdate})
		require.NoError(t, err)
		orders := make(map[string]bool)
		for _, row := range rows(t, r) {
			orders[row.Get("amazon-order-id")] = true
			_, ok := row.Time("purchase-date")
			require.True(t, ok)
		}
		require.NoError(t, r.Close())
		require.Len(t, orders, 40)
		require.Zero(t, m.Count("createRestrictedDataToken"), "no personal data, no restricted token")

		list, err := c.GetReports(t.Context(),
			amazon.GetReportsRequest{ReportTypes: []amazon.ReportType{amazon.AllOrdersByUpdate}})
		require.NoError(t, err)
		require.Len(t, list.Reports, 1)
		require.Equal(t, amazon.ReportDone, list.Reports[0].ProcessingStatus)

		made, err := c.CreateReport(t.Context(),
			amazon.CreateReportRequest{ReportType: amazon.AllOrdersByDate, MarketplaceIDs: []string{amazon.Japan}})
		require.NoError(t, err)
		_, err = c.CancelReport(t.Context(), made.ReportID)
		require.NoError(t, err)
		none, err := c.WaitReport(t.Context(), made.ReportID)
		require.NoError(t, err)
		require.Empty(t, none.ReportDocumentID)
	})
}

func TestReportWithNothingInIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := amazontest.New(amazontest.Options{Orders: -1})
		defer m.Close()
		r, err := newClient(t, config(m)).ReadReport(t.Context(),
			amazon.CreateReportRequest{ReportType: amazon.ActionableOrders})
		require.NoError(t, err)
		require.Empty(t, rows(t, r))
		require.NoError(t, r.Close())
	})
}

func TestReportFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := amazontest.New(amazontest.Options{})
		defer m.Close()
		c := newClient(t, config(m))
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		_, err := c.ReadReport(ctx, amazon.CreateReportRequest{ReportType: amazon.ActionableOrders})
		require.ErrorIs(t, err, context.DeadlineExceeded)
		require.ErrorIs(t, err, order.ErrLocalLimit)

		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "getReport",
			Body: `{"reportId":"1","processingStatus":"FATAL"}`}))
		_, err = c.WaitReport(t.Context(), "1")
		require.ErrorIs(t, err, order.ErrConflict)

		for kind, class := range map[string]order.Class{
			amazontest.HTMLPage: order.ErrUndecodable, amazontest.ServerError: order.ErrTemporary,
			amazontest.Dropped: order.ErrTemporary,
		} {
			require.NoError(t, m.Inject(amazontest.Fault{Kind: kind, Operation: "document", Times: 2}))
			_, err = c.ReadReport(t.Context(), amazon.CreateReportRequest{ReportType: amazon.ActionableOrders})
			require.ErrorIs(t, err, class)
			require.NotContains(t, err.Error(), "X-Mihon-Expires", "the address is a secret")
			m.ClearFaults()
		}
		require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Truncated, Operation: "document"}))
		r, err := c.ReadReport(t.Context(), amazon.CreateReportRequest{ReportType: amazon.ActionableOrders})
		if err == nil { // the header may have come through
			for _, e := range r.Rows() {
				err = e
			}
		}
		require.ErrorIs(t, err, order.ErrTemporary)

		m.SetRoles(amazontest.RoleOrders)
		_, err = c.GetReport(t.Context(), "")
		require.ErrorIs(t, err, order.ErrInvalid)
		_, err = c.GetReportDocument(t.Context(), "", "")
		require.ErrorIs(t, err, order.ErrInvalid)
		_, err = c.CreateReport(t.Context(), amazon.CreateReportRequest{})
		require.ErrorContains(t, err, "marketplaceIds")
		_, err = c.GetReports(t.Context(), amazon.GetReportsRequest{PageSize: 101})
		require.ErrorContains(t, err, "pageSize")
		_, err = c.CancelReport(t.Context(), "")
		require.ErrorIs(t, err, order.ErrInvalid)
	})
}

func TestReportReader(t *testing.T) {
	sjis, err := japanese.ShiftJIS.NewEncoder().String("order-id\tproduct-name\n1\t見本\n2\tソ表\n")
	require.NoError(t, err)
	tests := map[string]struct {
		file, contentType string
		want              []string
	}{
		"UTF-8":               {"order-id\tproduct-name\n1\t見本\n2\tソ表\n", "text/plain; charset=UTF-8", []string{"見本", "ソ表"}},
		"Shift_JIS":           {sjis, "text/plain;charset=Shift_JIS", []string{"見本", "ソ表"}},
		"Shift_JIS, not told": {sjis, "application/octet-stream", []string{"見本", "ソ表"}},
		"told wrongly":        {sjis, "text/plain; charset=utf-8", []string{"見本", "ソ表"}},
		"BOM and CRLF":        {"\uFEFForder-id\tproduct-name\r\n1\t見本\r\n", "", []string{"見本"}},
		"columns moved":       {"\"Product-Name\"\tnew-column\torder-id\n見本\tx\t1\n", "", []string{"見本"}},
		"short row":           {"order-id\tproduct-name\n1\n", "", []string{""}},
		"blank lines, no end": {"order-id\tproduct-name\n\n1\t見本", "", []string{"見本"}},
		"empty":               {"", "", nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := amazon.NewReportReader(strings.NewReader(test.file), test.contentType)
			require.NoError(t, err)
			var got []string
			for _, row := range rows(t, r) {
				got = append(got, row.Get("product-name"))
			}
			require.Equal(t, test.want, got)
		})
	}
	_, err = amazon.NewReportReader(strings.NewReader("x"), "text/plain; charset=euc-jp")
	require.ErrorContains(t, err, "euc-jp")
	_, err = amazon.NewReportReader(strings.NewReader(strings.Repeat("\t", 501)), "")
	require.ErrorContains(t, err, "columns")
	_, err = amazon.NewReportReader(strings.NewReader(strings.Repeat("x", 2<<20)), "")
	require.ErrorContains(t, err, "longer")
}

func TestReportTimesAreGMT(t *testing.T) {
	r, err := amazon.NewReportReader(strings.NewReader(
		"a\tb\tc\td\te\n2026-01-05T01:02:03+00:00\t2026-01-05 01:02:03\t2026-01-05T10:02:03+09:00\t\tsoon\n"), "")
	require.NoError(t, err)
	row := rows(t, r)[0]
	for _, column := range []string{"a", "b", "c"} {
		at, ok := row.Time(column)
		require.True(t, ok, column)
		require.Equal(t, "2026-01-05T10:02:03+09:00", at.Format(time.RFC3339))
	}
	for _, column := range []string{"d", "e", "f"} {
		_, ok := row.Time(column)
		require.False(t, ok, column)
	}
}

// A report of any size takes the memory of a line.
func TestReportIsStreamed(t *testing.T) {
	const lines = 60_000
	pr, pw := io.Pipe()
	go func() {
		fmt.Fprintln(pw, "order-id\tproduct-name")
		for i := range lines {
			if _, err := fmt.Fprintf(pw, "%d\t%s\n", i, "見本園の煎茶 ティーバッグ 50包"); err != nil {
				return
			}
		}
		pw.Close()
	}()
	r, err := amazon.NewReportReader(pr, "")
	require.NoError(t, err)
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	n, most := 0, uint64(0)
	for _, err := range r.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n%20_000 == 0 {
			runtime.GC()
			runtime.ReadMemStats(&now)
			most = max(most, now.HeapAlloc)
		}
	}
	require.Equal(t, lines, n)
	require.Less(t, int64(most)-int64(before.HeapAlloc), int64(4<<20))
}

func FuzzReportReader(f *testing.F) {
	f.Add(
		"order-id\tscheduled-delivery-start-date\tscheduled-delivery-end-date\n1\t2026-01-07T05:00:00+00:00\t2026-01-07T07:00:00+00:00\n", "")
	f.Add("a\tb\n\x83\x5c\t\x95\x5c\n", "text/plain; charset=Shift_JIS")
	f.Fuzz(func(t *testing.T, file, contentType string) {
		r, err := amazon.NewReportReader(strings.NewReader(file), contentType)
		if err != nil {
			return
		}
		n := 0
		for row, err := range r.Rows() {
			if err != nil {
				break
			}
			n++
			require.Positive(t, row.Line)
			_, slot := row.Scheduled()
			require.NotEqual(t, timeslot.KindInvalid, slot.Kind())
		}
		require.LessOrEqual(t, n, strings.Count(file, "\n")+1)
	})
}

// A report whose state nobody knows is not waited for until ctx ends, and ctx ends the wait for one
// that is being made.
func TestWaitReportDoesNotWaitForEver(t *testing.T) {
	for name, c := range map[string]struct {
		member string
		class  order.Class
		within time.Duration
	}{
		"no state":      {``, order.ErrUndecodable, time.Minute},
		"blank":         {`,"processingStatus":""`, order.ErrUndecodable, time.Minute},
		"null":          {`,"processingStatus":null`, order.ErrUndecodable, time.Minute},
		"a number":      {`,"processingStatus":7`, order.ErrUndecodable, time.Minute},
		"an object":     {`,"processingStatus":{"x":1}`, order.ErrUndecodable, time.Minute},
		"another state": {`,"processingStatus":"MIHON"`, order.ErrUndecodable, time.Minute},
		"in progress":   {`,"processingStatus":"IN_PROGRESS"`, order.ErrLocalLimit, time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m := amazontest.New(amazontest.Options{Orders: -1})
				defer m.Close()
				require.NoError(t, m.Inject(amazontest.Fault{Kind: amazontest.Custom, Operation: "getReport", Times: -1,
					Body: `{"reportId":"7","reportType":"GET_MIHON","createdTime":"2026-01-07T00:00:00Z"` + c.member +
						`}`}))
				client := newClient(t, config(m))
				ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
				defer cancel()
				start := time.Now()
				_, err := client.WaitReport(ctx, "7")
				require.ErrorIs(t, err, c.class)
				require.LessOrEqual(t, time.Since(start), c.within)
			})
		})
	}
}
