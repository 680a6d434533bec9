package yahootest

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Stock is the stock of an item or a variant. Quantity -1 is unlimited.
type Stock struct {
	Quantity  int64
	Overdraft bool
	Closed    bool
	Updated   time.Time
}

// SetStock sets a stock record; code is "code" or "code:subcode".
func (m *Mall) SetStock(code string, s Stock) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stocks[code] = s
}

// GetStock returns a stock record; ok is false if there is none.
func (m *Mall) GetStock(code string) (s Stock, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok = m.stocks[code]
	return s, ok
}

// seedStock gives the store what a line sells.
func (m *Mall) seedStock(s *fake.Seeder, item, sub string, now time.Time) {
	code := item
	if sub != "" {
		code += ":" + sub
	}
	if _, there := m.stocks[code]; !there {
		m.stocks[code] = Stock{Quantity: int64(1 + s.IntN(50)), Updated: now}
	}
}

func codesOf(r *request) ([]string, *fake.Reply) {
	codes := strings.Split(r.query.Get("item_code"), ",")
	if r.query.Get("item_code") == "" {
		p := problem(http.StatusBadRequest, "it-02001", "item_code is not specified", "")
		return nil, &p
	}
	for _, c := range codes {
		if len(codes) > 1000 || c == "" ||
			strings.Trim(c,
				"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-:") != "" {
			p := problem(http.StatusBadRequest, "st-02101", "item_code format is invalid", "")
			return nil, &p
		}
	}
	return codes, nil
}

func (m *Mall) getStock(r *request) fake.Reply {
	codes, refusal := codesOf(r)
	if refusal != nil {
		return *refusal
	}
	var b strings.Builder
	for _, code := range codes {
		s, ok := m.stocks[code]
		item, sub, _ := strings.Cut(code, ":")
		b.WriteString("<Result>\n")
		element(&b, "ItemCode", item)
		element(&b, "SubCode", sub)
		element(&b, "Status", bit(ok))
		if ok {
			element(&b, "Quantity", quantity(s.Quantity))
			element(&b, "AllowOverdraft", bit(s.Overdraft))
			element(&b, "IsPublished", "1")
			element(&b, "UpdateTime", instant(s.Updated))
			element(&b, "StockClose", bit(s.Closed))
		}
		b.WriteString("</Result>\n")
	}
	return stockReply(http.StatusOK, len(codes), 0, b.String())
}

func bit(on bool) string {
	if on {
		return "1"
	}
	return "0"
}

func quantity(n int64) string {
	if n < 0 {
		return ""
	}
	return decimal(n)
}

func (m *Mall) setStock(r *request) fake.Reply {
	codes, refusal := codesOf(r)
	if refusal != nil {
		return *refusal
	}
	amounts := strings.Split(r.query.Get("quantity"), ",")
	if len(amounts) != len(codes) {
		return problem(http.StatusBadRequest, "st-02103", "the number of quantity is invalid", "")
	}
	overdrafts, closes := list(r, "allow_overdraft", len(codes)), list(r, "stock_close", len(codes))
	var b strings.Builder
	failed := 0
	for i, code := range codes {
		item, sub, _ := strings.Cut(code, ":")
		b.WriteString("<Result>\n")
		element(&b, "ItemCode", item)
		element(&b, "SubCode", sub)
		s := m.stocks[code]
		if n, ok := moved(s.Quantity, amounts[i]); ok {
			s.Quantity, s.Updated, s.Overdraft = n, time.Now(), overdrafts[i] == "1"
			s.Closed = s.Closed && closes[i] != "0"
			m.stocks[code] = s
			element(&b, "Quantity", decimal(n))
		} else {
			failed++
			element(&b, "Quantity", "")
			element(&b, "ErrorCode", "st-02104")
		}
		b.WriteString("</Result>\n")
	}
	status := http.StatusOK
	if failed > 0 {
		status = http.StatusMultiStatus
	}
	return stockReply(status, len(codes), failed, b.String())
}

func list(r *request, name string, n int) []string {
	parts := strings.Split(r.query.Get(name), ",")
	if len(parts) != n {
		return make([]string, n)
	}
	return parts
}

// moved applies a quantity: N sets, +N adds, -N takes away; a stock below nothing is refused.
func moved(now int64, text string) (int64, bool) {
	n, err := strconv.ParseInt(text, 10, 64)
	if err == nil && (text[0] == '+' || text[0] == '-') {
		n += now
	}
	return n, err == nil && n >= 0 && n <= 999_999_999
}

func stockReply(status, n, failed int, content string) fake.Reply {
	return fake.XML(status, []byte(xml.Header+fmt.Sprintf(
		`<ResultSet xmlns="urn:yahoo:api" totalResultsAvailable="%d" totalResultsReturned="%d" firstResultPosition="1" ok="%d" ng="%d">`,
		n, n, n-failed, failed)+"\n"+content+"</ResultSet>\n"))
}
