package aupay

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// What replies say about Assumptions, reported with Config.Drift; see transport.Config.Weigh.

func (c *Client) weigh(e transport.Evidence, tell transport.Verdict) {
	switch answer := e.Answer.(type) {
	case nil:
		var broken *wire.SyntaxError
		if e.Fail == nil || !errors.As(e.Fail.Err, &broken) {
			return
		}
		switch {
		case strings.HasPrefix(broken.Member, "resultCount"):
			tell("empty-has-count", false)
		case strings.HasPrefix(broken.Member, "orderInfo.orderId="): // another order's
			tell("unknown-order", false)
		}
	case *SearchResponse:
		weighCount(e, answer.ResultCount, len(answer.Orders), tell)
		weighOrderOfRows(answer.Orders, tell)
		weighShippingDates(e.Call.Query, answer.Orders, tell)
		for i := range answer.Orders {
			weighOrder(&answer.Orders[i], tell)
		}
	case *NumbersResponse:
		weighCount(e, answer.ResultCount, len(answer.Numbers()), tell)
		if len(answer.Numbers()) > 1 {
			tell("number-rows", len(answer.Rows) == 1)
		}
	case *GetResponse:
		if len(answer.Orders) == 0 {
			tell("unknown-order", true)
		}
		for i := range answer.Orders {
			weighOrder(&answer.Orders[i], tell)
		}
	}
}

// weighCount checks what resultCount counts: more than the page holds, or less than all rows so
// far.
func weighCount(e transport.Evidence, count int64, rows int, tell transport.Verdict) {
	start, err := strconv.ParseInt(e.Call.Query.Get("startCount"), 10, 64)
	if err != nil {
		return
	}
	switch {
	case rows == 0 && start == 1 && count == 0:
		tell("empty-has-count", true)
	case rows == 0 || count == 0:
	case count > int64(rows):
		tell("result-count", true)
	case start > 1 && count < start-1+int64(rows):
		tell("result-count", false)
	}
}

// manyRows is from how many rows on an order of rows is no coincidence.
const manyRows = 10

// weighOrderOfRows checks whether rows come by number or by time.
func weighOrderOfRows(rows []OrderInfo, tell transport.Verdict) {
	if len(rows) < manyRows {
		return
	}
	sorted := func(of func(*OrderInfo) string) bool {
		compare := func(a, b OrderInfo) int { return strings.Compare(of(&a), of(&b)) }
		return slices.IsSortedFunc(rows, compare) ||
			slices.IsSortedFunc(rows, func(a, b OrderInfo) int { return compare(b, a) })
	}
	tell("pages", !sorted(func(o *OrderInfo) string { return string(o.OrderDate) }) &&
		!sorted(func(o *OrderInfo) string { return o.OrderID }))
}

// weighShippingDates checks a search by shipping date: its orders were shipped in that period, of
// which those prove something that were placed before it.
func weighShippingDates(query url.Values, rows []OrderInfo, tell transport.Verdict) {
	if DateType(query.Get("dateType")) != ByShippingDate {
		return
	}
	from, known := Date(query.Get("startDate")).Date()
	to, also := Date(query.Get("endDate")).Date()
	older := false
	for i := range rows {
		shipped, ok := rows[i].ShippingDate.Date()
		placed, dated := rows[i].OrderDate.Time()
		switch {
		case !known || !also || !ok || !dated:
			return
		case shipped.Compare(from) < 0 || shipped.Compare(to) > 0:
			tell("date-types", false)
			return
		}
		older = older || order.DateOf(placed).Compare(from) < 0
	}
	if older {
		tell("date-types", true)
	}
}

func weighOrder(w *OrderInfo, tell transport.Verdict) {
	for _, d := range w.Details {
		if d.ItemCancelDate != "" {
			tell("line-cancelled", d.ItemCancelStatus == IsCancelled)
		}
	}
	if positive(w.TotalItemOptionPrice) || positive(w.TotalGiftWrappingPrice) {
		switch a := amountsOf(w); (order.Order{Amounts: a}).Reconcile().Verdict {
		case order.AddsUp:
			tell("options-in-sum", true)
		case order.CannotBeTold:
			if !a.Unsure.IsZero() {
				tell("options-in-sum", false)
			}
		}
	}
}
