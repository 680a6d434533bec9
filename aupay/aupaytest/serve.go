package aupaytest

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

const (
	opList        = "searchTradeInfoListProc"
	opNumbers     = "searchTradeNoListProc"
	opGet         = "searchTradeInfoProc"
	opUpdate      = "updateTradeInfoProc"
	opStatus      = "updateTradeStsProc"
	opCancel      = "cancelTradeProc"
	opPerformance = "searchSellPerformanceStatus"
	opImages      = "searchImgCapacity"
	opStocks      = "searchStocks"
	opUpdateStock = "updateStock"
)

// methods are the calls that the mall has.
var methods = map[string]string{
	opList: http.MethodGet, opNumbers: http.MethodGet, opGet: http.MethodGet,
	opPerformance: http.MethodGet, opImages: http.MethodGet,
	opStocks: http.MethodGet,
	opUpdate: http.MethodPost, opStatus: http.MethodPost, opCancel: http.MethodPost,
	opUpdateStock: http.MethodPost,
}

// The codes with an X are invented: no code of an order operation is public.
const (
	codeNoShop   = "CME0021"
	codeBadShop  = "CME0022"
	codeBadField = "XTE0001"
	codeNoOrder  = "XTE0002"
	codeState    = "XTE0003"
)

func (m *Mall) serve(r *fake.Request) fake.Reply {
	switch method, known := methods[r.Operation]; {
	case !known:
		return fake.HTML(http.StatusNotFound, "<html><body>404 Not Found</body></html>")
	case r.Method != method:
		return fake.Text(http.StatusMethodNotAllowed, "")
	case method == http.MethodPost:
		return m.post(r)
	}
	query := r.URL.Query()
	if refusal := m.checkShop(query.Get("shopId")); refusal != nil {
		return *refusal
	}
	switch r.Operation {
	case opGet:
		return m.get(query)
	case opStocks:
		return m.searchStocks(query)
	case opPerformance, opImages: // what stands in the reply is not known
		return respond(func(*document) {})
	}
	return m.search(r.Operation, query)
}

func (m *Mall) checkShop(shop string) *fake.Reply {
	var refusal fake.Reply
	switch shop {
	case m.opt.Shop:
		return nil
	case "":
		refusal = m.failure(http.StatusOK, codeNoShop, "店舗IDが設定されていません。")
	default:
		refusal = m.failure(http.StatusOK, codeBadShop, "店舗IDが正しくありません。")
	}
	return &refusal
}

func (m *Mall) get(query url.Values) fake.Reply {
	id := query.Get("orderId")
	if id == "" {
		return m.failure(http.StatusOK, codeBadField, "[orderId]必須入力項目です")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	o, ok := m.orders[id]
	o = m.visible(o)
	switch {
	case !ok && m.opt.Missing:
		return respond(func(*document) {})
	case !ok:
		return m.failure(http.StatusOK, codeNoOrder, "該当する受注情報が存在しません。")
	}
	return respond(func(d *document) { o.write(d, query.Get("getRawMailAddress") == "1") })
}

func (m *Mall) search(operation string, query url.Values) fake.Reply {
	from, okFrom := day(query.Get("startDate"))
	to, okTo := day(query.Get("endDate"))
	if !okFrom || !okTo {
		return m.failure(http.StatusOK, codeBadField, "[startDate][endDate]必須入力項目です")
	}
	size, first := number(query.Get("totalCount"), 10), number(query.Get("startCount"), 1)
	if size < 1 || size > 1000 || first < 1 {
		return m.failure(http.StatusOK, codeBadField, "[totalCount][startCount]入力値が正しくありません。")
	}
	size = min(size, m.opt.MaxPage)
	m.mu.Lock()
	defer m.mu.Unlock()
	var hits []*Order
	end := to.AddDate(0, 0, 1)
	ids := m.placed.All()
	if kind := query.Get("dateType"); kind == "" || kind == "0" {
		ids = m.placed.Between(from, end)
	}
	wanted := filterOf(query, from, end)
	for id := range ids {
		if o := m.visible(m.orders[id]); wanted.holds(o) {
			hits = append(hits, o)
		}
	}
	// Newest first: the order is not documented, and a client must not count on oldest first.
	slices.Reverse(hits)
	total := len(hits)
	hits = hits[min(first-1, total):min(first-1+size, total)]
	count := len(hits)
	if m.opt.Total {
		count = total
	}
	return respond(func(d *document) {
		d.element("resultCount", strconv.Itoa(count))
		if operation == opNumbers {
			m.numbers(d, hits)
			return
		}
		for _, o := range hits {
			o.write(d, query.Get("getRawMailAddress") == "1")
		}
	})
}

func (m *Mall) numbers(d *document, hits []*Order) {
	if m.opt.Single && len(hits) > 0 {
		d.WriteString("<orderInfo>\n")
		for _, o := range hits {
			d.element("orderId", o.ID)
		}
		d.WriteString("</orderInfo>\n")
		return
	}
	for _, o := range hits {
		d.WriteString("<orderInfo>")
		d.element("orderId", o.ID)
		d.WriteString("</orderInfo>\n")
	}
}

// filter holds what clients are known to search for. It is parsed once, not for each of a big
// shop's orders.
type filter struct {
	from, to        time.Time
	kind            string // of the date
	statuses        []string
	segment, method string
	orderer         string
}

func filterOf(query url.Values, from, to time.Time) filter {
	f := filter{
		from: from, to: to, kind: query.Get("dateType"), segment: query.Get("sellMethodSegment"),
		method: query.Get("deliveryMethodId"), orderer: query.Get("ordererName"),
	}
	for _, name := range []string{"orderStatus", "orderStatus2"} {
		if status := query.Get(name); status != "" {
			f.statuses = append(f.statuses, status)
		}
	}
	return f
}

func (f filter) holds(o *Order) bool {
	at, ok := o.dated(f.kind)
	return ok && !at.Before(f.from) && at.Before(f.to) &&
		(len(f.statuses) == 0 || slices.Contains(f.statuses, o.Status)) &&
		(f.segment == "" || o.Elements["sellMethodSegment"] == f.segment) &&
		(f.method == "" || o.Elements["deliveryMethodId"] == f.method) &&
		(f.orderer == "" || strings.Contains(o.Elements["ordererName"], f.orderer))
}

// dated returns the instant that a search of that date type compares.
func (o *Order) dated(kind string) (time.Time, bool) {
	text := ""
	switch kind {
	case "", "0":
		return o.Placed, true
	case "1":
		text = o.Elements["shippingDate"]
	case "2":
		text = o.Elements["paymentDate"]
	case "3":
		text = o.Elements["releaseDate"]
	case "4":
		if len(o.Lines) > 0 {
			text = o.Lines[0]["shippingTimelimitDate"]
		}
	}
	text, _, _ = strings.Cut(text, " ")
	return day(text)
}

// day parses the three spellings that the mall accepts.
func day(text string) (time.Time, bool) {
	for _, layout := range []string{"20060102", "2006-01-02", "2006/01/02"} {
		if t, err := time.ParseInLocation(layout, text, jst); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func number(text string, fallback int) int {
	if text == "" {
		return fallback
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}
