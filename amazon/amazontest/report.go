package amazontest

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/internal/fake"
)

// report is a report that was requested.
type report struct {
	id, kind  string
	created   time.Time
	cancelled bool
}

// Reports are in the queue first, then in progress, then done.
const (
	reportStarts = 10 * time.Second
	reportTakes  = 30 * time.Second
	documentLife = 5 * time.Minute
)

const (
	actionable = "GET_FLAT_FILE_ACTIONABLE_ORDER_DATA_SHIPPING"
	shipping   = "GET_FLAT_FILE_ORDER_REPORT_DATA_SHIPPING"
	pending    = "GET_FLAT_FILE_PENDING_ORDERS_DATA"
	allUpdated = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_LAST_UPDATE_GENERAL"
	allPlaced  = "GET_FLAT_FILE_ALL_ORDERS_DATA_BY_ORDER_DATE_GENERAL"
)

func (m *Mall) createReport(c *call) fake.Reply {
	var body struct {
		Type         string   `json:"reportType"`
		Marketplaces []string `json:"marketplaceIds"`
	}
	if err := json.Unmarshal(c.Payload, &body); err != nil || len(body.Marketplaces) == 0 ||
		len(body.Marketplaces) > 25 {
		return m.invalid("marketplaceIds is required.")
	}
	if !slices.Contains([]string{actionable, shipping, allUpdated, allPlaced, pending}, body.Type) {
		return m.invalid("reportType has an invalid value.")
	}
	m.serial++
	r := &report{id: fmt.Sprintf("50000%06d", m.serial), kind: body.Type, created: time.Now()}
	m.reports[r.id] = r
	return fake.JSON(http.StatusAccepted, object{"reportId": r.id})
}

func (m *Mall) status(r *report) string {
	age := time.Since(r.created)
	switch {
	case r.cancelled:
		return "CANCELLED"
	case age < reportStarts:
		return "IN_QUEUE"
	case age < reportTakes:
		return "IN_PROGRESS"
	case len(m.reported(r.kind)) == 0:
		return "CANCELLED" // nothing to report
	}
	return "DONE"
}

func (m *Mall) describe(r *report) object {
	out := object{"reportId": r.id, "reportType": r.kind, "createdTime": stamp(r.created),
		"processingStatus": m.status(r),
		"marketplaceIds":   []any{m.options.Marketplace}}
	if m.status(r) == "DONE" {
		out["reportDocumentId"] = "amzn1.spdoc.1.4.fe.mihon-" + r.id
		out["processingEndTime"] = stamp(r.created.Add(reportTakes))
	}
	return out
}

func (m *Mall) getReport(c *call) fake.Reply {
	r, ok := m.reports[c.vars[0]]
	if !ok {
		return m.notFound()
	}
	return fake.JSON(http.StatusOK, m.describe(r))
}

func (m *Mall) getReports(c *call) fake.Reply {
	q := c.URL.Query()
	if len(split(q, "reportTypes")) == 0 && q.Get("nextToken") == "" {
		return m.invalid("reportTypes is required.")
	}
	list := []any{}
	for _, r := range m.reports {
		if slices.Contains(split(q, "reportTypes"), r.kind) {
			list = append(list, m.describe(r))
		}
	}
	return fake.JSON(http.StatusOK, object{"reports": list})
}

func (m *Mall) cancelReport(c *call) fake.Reply {
	r, ok := m.reports[c.vars[0]]
	if !ok {
		return m.notFound()
	}
	if m.status(r) != "IN_QUEUE" {
		return m.invalid("The report cannot be cancelled in its current state.")
	}
	r.cancelled = true
	return fake.Reply{Status: http.StatusOK}
}

// getReportDocument returns the address of the file. A report with personal data needs a Restricted
// Data Token for this document.
func (m *Mall) getReportDocument(c *call) fake.Reply {
	r, ok := m.reports[strings.TrimPrefix(c.vars[0], "amzn1.spdoc.1.4.fe.mihon-")]
	if !ok || m.status(r) != "DONE" {
		return m.notFound()
	}
	if restricted(r.kind) && m.tokens[c.Header.Get("x-amz-access-token")].opens == nil {
		return m.fail(http.StatusForbidden, "Unauthorized", denied, "")
	}
	scheme := "https"
	if host, _, err := net.SplitHostPort(c.Host); err == nil && net.ParseIP(host).IsLoopback() {
		scheme = "http"
	}
	ends := time.Now().Add(documentLife).Unix()
	return fake.JSON(http.StatusOK, object{
		"reportDocumentId": c.vars[0], "compressionAlgorithm": "GZIP",
		"url": fmt.Sprintf("%s://%s%s%s?X-Mihon-Expires=%d", scheme, c.Host, documentPath, r.id,
			ends),
	})
}

const documentPath = "/mihon-documents/"

// download returns the file to anyone who has the address, until it expires.
func (m *Mall) download(c *call) fake.Reply {
	r, ok := m.reports[c.vars[0]]
	ends, err := strconv.ParseInt(c.URL.Query().Get("X-Mihon-Expires"), 10, 64)
	if !ok || err != nil || time.Now().Unix() > ends {
		return fake.XML(http.StatusForbidden,
			[]byte(
				"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"))
	}
	text := m.file(r.kind)
	charset := "UTF-8"
	if !m.options.ReportsInUTF8 {
		if encoded, err := japanese.ShiftJIS.NewEncoder().Bytes(text); err == nil {
			text, charset = encoded, "Shift_JIS"
		}
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(text); err != nil || z.Close() != nil {
		return fake.Text(http.StatusInternalServerError, "cannot compress")
	}
	return fake.Reply{Header: http.Header{"Content-Type": {"text/plain; charset=" + charset}},
		Body: packed.Bytes()}
}

// restricted reports whether a report holds personal data.
func restricted(kind string) bool { return kind == actionable || kind == shipping }

// reportedIn reports whether an order is in a report.
func (o *Order) reportedIn(kind string) bool {
	switch kind {
	case actionable:
		return (o.Status == "UNSHIPPED" || o.Status == "PARTIALLY_SHIPPED") && o.by() == "MERCHANT"
	case shipping:
		return !o.pending() && o.Status != "CANCELLED" && o.by() == "MERCHANT"
	case pending:
		return o.pending()
	}
	return true
}

// reported are the orders of a report, by id.
func (m *Mall) reported(kind string) []*Order {
	var all []*Order
	for _, o := range m.orders {
		if o.reportedIn(kind) {
			all = append(all, o)
		}
	}
	slices.SortFunc(all, func(a, b *Order) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// column is a column of a report.
type column struct {
	name  string
	value func(*Order, *Line) string
}

func gmt(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05+00:00")
}

var actionableColumns = []column{
	{"order-id", func(o *Order, _ *Line) string { return o.ID }},
	{"order-item-id", func(_ *Order, l *Line) string { return l.ID }},
	{"purchase-date", func(o *Order, _ *Line) string { return gmt(o.Placed) }},
	{"promise-date", func(o *Order, _ *Line) string { return gmt(o.ShipBy) }},
	{"buyer-name", func(o *Order, _ *Line) string { return o.Buyer.Name }},
	{"sku", func(_ *Order, l *Line) string { return l.SKU }},
	{"product-name", func(_ *Order, l *Line) string { return l.Title }},
	{"quantity-purchased", func(_ *Order, l *Line) string { return strconv.Itoa(l.Quantity) }},
	{"quantity-shipped", func(_ *Order, l *Line) string { return strconv.Itoa(l.Shipped) }},
	{"quantity-to-ship", func(_ *Order, l *Line) string {
		return strconv.Itoa(l.Quantity - l.Shipped)
	}},
	{"recipient-name", func(o *Order, _ *Line) string { return o.Address.Name }},
	{"ship-address-1", func(o *Order, _ *Line) string { return o.Address.Line1 }},
	{"ship-address-2", func(o *Order, _ *Line) string { return o.Address.Line2 }},
	{"ship-state", func(o *Order, _ *Line) string { return o.Address.State }},
	{"ship-postal-code", func(o *Order, _ *Line) string { return o.Address.Postal }},
	{"scheduled-delivery-start-date", func(_ *Order, l *Line) string { return gmt(l.From) }},
	{"scheduled-delivery-end-date", func(_ *Order, l *Line) string { return gmt(l.To) }},
	{"verge-of-cancellation", func(o *Order, _ *Line) string {
		return strconv.FormatBool(!o.ShipBy.IsZero() && time.Now().After(o.ShipBy.AddDate(0, 0, 6)))
	}},
	{"verge-of-lateShipment", func(o *Order, _ *Line) string {
		return strconv.FormatBool(!o.ShipBy.IsZero() &&
			time.Now().After(o.ShipBy.AddDate(0, 0, -1)))
	}},
}

var allColumns = []column{
	{"amazon-order-id", func(o *Order, _ *Line) string { return o.ID }},
	{"purchase-date", func(o *Order, _ *Line) string { return gmt(o.Placed) }},
	{"last-updated-date", func(o *Order, _ *Line) string { return gmt(o.Updated) }},
	{"order-status", func(o *Order, _ *Line) string { return o.Status }},
	{"product-name", func(_ *Order, l *Line) string { return l.Title }},
	{"sku", func(_ *Order, l *Line) string { return l.SKU }},
	{"quantity", func(_ *Order, l *Line) string { return strconv.Itoa(l.Quantity) }},
	{"currency", func(*Order, *Line) string { return "JPY" }},
	{"item-price", func(_ *Order, l *Line) string { return l.Item }},
	{"ship-state", func(o *Order, _ *Line) string { return o.Address.State }},
}

func (m *Mall) file(kind string) []byte {
	columns := allColumns
	switch kind {
	case actionable:
		columns = actionableColumns
	case shipping: // the same, without what is left to do
		columns = slices.DeleteFunc(slices.Clone(actionableColumns),
			func(c column) bool {
				return strings.HasPrefix(c.name, "verge-") || c.name == "quantity-to-ship"
			})
	}
	var out bytes.Buffer
	cells := make([]string, len(columns))
	write := func() { out.WriteString(strings.Join(cells, "\t") + "\r\n") }
	for i, c := range columns {
		cells[i] = c.name
	}
	write()
	for _, o := range m.reported(kind) {
		for l := range o.Lines {
			for i, c := range columns {
				cells[i] = c.value(o, &o.Lines[l])
			}
			write()
		}
	}
	return out.Bytes()
}
