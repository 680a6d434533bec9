package aupaytest

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/fake"
)

// Stock is the stock of one item: Count, or a count for each choice.
type Stock struct {
	LotNumber string
	ItemCode  string
	Count     int64
	Choices   []Choice // instead of Count, for an item with variants
	Ended     bool     // 販売終了; a Count of 0 ends the sale, too
}

// Choice is one variant; an axis that the item does not have is "-".
type Choice struct {
	Horizontal, Vertical string
	Count                int64
}

func (s Stock) clone() Stock {
	s.Choices = slices.Clone(s.Choices)
	return s
}

// SetStock adds an item to the shop, or replaces the one with its ItemCode.
func (m *Mall) SetStock(s Stock) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.stock[s.ItemCode] = s.clone()
}

// Stock returns the stock of an item; false when there is no such item.
func (m *Mall) Stock(itemCode string) (Stock, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s, ok := m.stock[itemCode]
	return s.clone(), ok
}

// seedStock gives the shop an item, or a choice of it, that a line can name.
func (m *Mall) seedStock(s *fake.Seeder, code, managementID string) {
	stock, there := m.stock[code]
	if !there {
		stock = Stock{LotNumber: strconv.Itoa(700000001 + len(m.stock)), ItemCode: code}
	}
	choice := Choice{Horizontal: strings.TrimPrefix(managementID, "-"), Vertical: "-",
		Count: int64(1 + s.IntN(50))}
	switch {
	case managementID == "" && !there:
		stock.Count = choice.Count
	case managementID != "" && !slices.ContainsFunc(stock.Choices,
		func(c Choice) bool { return c.Horizontal == choice.Horizontal }):
		stock.Choices = append(stock.Choices, choice)
	}
	m.stock[code] = stock
}

func (m *Mall) searchStocks(query url.Values) fake.Reply {
	size, first := number(query.Get("totalCount"), 10), number(query.Get("startCount"), 1)
	if size < 1 || size > 500 || first < 1 {
		return m.failure(http.StatusOK, codeBadField, "[totalCount][startCount]入力値が正しくありません。")
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	var hits []Stock
	for _, code := range slices.Sorted(maps.Keys(m.stock)) {
		s := m.stock[code]
		lot := query.Get("lotNumber")
		if strings.Contains(code, query.Get("itemCode")) && (lot == "" || lot == s.LotNumber) &&
			s.Count >= int64(number(query.Get("stockCountFrom"), 0)) {
			hits = append(hits, s)
		}
	}
	total := len(hits)
	hits = hits[min(first-1, total):min(first-1+size, total)]
	return respond(func(d *document) {
		d.WriteString("<searchResult>\n")
		d.element("maxCount", strconv.Itoa(total))
		for _, s := range hits {
			d.WriteString("<resultStocks>\n")
			d.element("itemCode", s.ItemCode)
			if len(s.Choices) == 0 {
				d.element("stockCount", yen(s.Count))
			}
			for _, c := range s.Choices {
				d.WriteString("<choicesStocks>")
				d.element("choicesStockHorizontalCode", c.Horizontal)
				d.element("choicesStockVerticalCode", c.Vertical)
				d.element("choicesStockCount", yen(c.Count))
				d.WriteString("</choicesStocks>\n")
			}
			d.WriteString("</resultStocks>\n")
		}
		d.WriteString("</searchResult>\n")
	})
}

// stockItem is one item of updateStock.
type stockItem struct {
	LotNumber string `xml:"lotNumber"`
	ItemCode  string `xml:"itemCode"`
	Segment   string `xml:"stockSegment"`
	Count     *int64 `xml:"stockCount"`
	Sale      string `xml:"saleStatus"`
	Choices   []struct {
		Horizontal string `xml:"choicesStockHorizontalCode"`
		Vertical   string `xml:"choicesStockVerticalCode"`
		Count      *int64 `xml:"choicesStockCount"`
	} `xml:"choicesStocks"`
}

// updateStock applies what it can and reports for each item what was wrong: a reply of status 1
// with rows, as one client has seen it.
func (m *Mall) updateStock(items []stockItem) fake.Reply {
	if len(items) == 0 || len(items) > 200 {
		return m.failure(http.StatusOK, codeBadField, "[stockUpdateItem]1～200件で入力してください。")
	}
	var d document
	status := "0"
	for _, item := range items {
		d.WriteString("<updateResult>\n")
		d.element("lotNumber", item.LotNumber)
		d.element("itemCode", item.ItemCode)
		if refusal := m.setStock(item); refusal != "" {
			status = "1"
			d.WriteString("<error>")
			d.element("code", codeBadField)
			d.element("message", refusal)
			d.WriteString("</error>\n")
		}
		d.WriteString("</updateResult>\n")
	}
	var reply document
	reply.WriteString(declaration + "<response>\n<result><status>" + status +
		"</status></result>\n")
	reply.Write(d.Bytes())
	reply.WriteString("</response>\n")
	return fake.XML(http.StatusOK, reply.Bytes())
}

func (m *Mall) setStock(item stockItem) (refusal string) {
	s, ok := m.stock[item.ItemCode]
	for code, one := range m.stock {
		if item.ItemCode == "" && one.LotNumber == item.LotNumber {
			s, ok, item.ItemCode = one, true, code
		}
	}
	switch {
	case !ok:
		return "該当する商品が存在しません。"
	case item.Segment == "1" && (item.Count == nil || len(s.Choices) > 0), item.Segment == "2" &&
		len(item.Choices) == 0:
		return "[stockSegment]入力値が正しくありません。"
	}
	s = s.clone()
	if item.Segment == "1" {
		s.Count = *item.Count
		s.Ended = s.Ended || s.Count == 0
	}
	for _, c := range item.Choices {
		at := slices.IndexFunc(s.Choices,
			func(have Choice) bool {
				return have.Horizontal == c.Horizontal && have.Vertical == c.Vertical
			})
		if at < 0 || c.Count == nil {
			return "[choicesStocks]該当する選択肢が存在しません。"
		}
		s.Choices[at].Count = *c.Count
	}
	if item.Sale != "" {
		s.Ended = item.Sale == "2"
	}
	m.stock[item.ItemCode] = s
	return ""
}
