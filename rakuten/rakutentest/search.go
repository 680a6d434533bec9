package rakutentest

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// Limits of searchOrder.
const (
	searchDays  = 63
	searchPast  = 730
	searchShown = 15_000
)

// placedOn is the dateType of the day of the order.
const placedOn = 1

// exactly is the only form of an instant that the API takes.
var exactly = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0900$`)

func (m *Mall) searchOrder(r call) fake.Reply {
	const token = "SEARCH_ORDER"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	var wrong []message
	dateType, there, ok := in.number("dateType")
	switch {
	case !there:
		wrong = append(wrong, missing(token, "dateType"))
	case !ok || dateType < 1 || dateType > 6:
		wrong = append(wrong, malformed(token, "dateType"))
	}
	from, bad := span(in, token, "startDatetime")
	wrong = append(wrong, bad...)
	to, bad := span(in, token, "endDatetime")
	wrong = append(wrong, bad...)
	if len(wrong) == 0 && (to.Before(from) || to.Sub(from) > searchDays*24*time.Hour ||
		r.now.Sub(from) > searchPast*24*time.Hour+time.Minute) {
		wrong = append(wrong, malformed(token, "startDatetime"))
	}
	page, size, sorted, bad := paging(in, token)
	wrong = append(wrong, bad...)
	if len(wrong) > 0 {
		return searchFailed(wrong)
	}
	found := m.find(in, dateType, from, to)
	if sorted == 2 {
		slices.Reverse(found)
	}
	return searchFound(found, page, size)
}

func searchFailed(wrong []message) fake.Reply {
	return fake.JSON(http.StatusBadRequest,
		map[string]any{"orderNumberList": nil, "MessageModelList": wrong,
			"PaginationResponseModel": nil})
}

func searchFound(found []string, page, size int) fake.Reply {
	if len(found) == 0 {
		return fake.JSON(http.StatusOK, map[string]any{
			"orderNumberList": []string{},
			"MessageModelList": []message{
				info("SEARCH_ORDER_INFO_102", "注文検索に成功しました。(検索結果０件)")},
			"PaginationResponseModel": map[string]any{"totalRecordsAmount": nil, "totalPages": nil,
				"requestPage": nil},
		})
	}
	total := len(found)
	shown := found[:min(total, searchShown)]
	pages := (len(shown) + size - 1) / size
	first := min((page-1)*size, len(shown))
	return fake.JSON(http.StatusOK, map[string]any{
		"orderNumberList":  shown[first:min(first+size, len(shown))],
		"MessageModelList": []message{info("SEARCH_ORDER_INFO_101", "注文検索に成功しました。")},
		"PaginationResponseModel": map[string]int{"totalRecordsAmount": total, "totalPages": pages,
			"requestPage": page},
	})
}

// span reads an end of the search window.
func span(in fields, token, name string) (time.Time, []message) {
	value, there, ok := into[string](in, name)
	switch {
	case !there:
		return time.Time{}, []message{missing(token, name)}
	case ok && value == "":
		return time.Time{}, []message{empty(token, name)}
	case !ok || !exactly.MatchString(value):
		return time.Time{}, []message{malformed(token, name)}
	}
	at, err := time.Parse(instantLayout, value)
	if err != nil {
		return time.Time{}, []message{malformed(token, name)}
	}
	return at, nil
}

// paging reads PaginationRequestModel; without it the first 30 are given, newest first.
func paging(in fields, token string) (page, size int, direction int64, wrong []message) {
	page, size, direction = 1, 30, 2
	p, there, ok := into[fields](in, "PaginationRequestModel")
	if !there {
		return page, size, direction, nil
	}
	amount, hasAmount, ok1 := p.number("requestRecordsAmount")
	number, hasPage, ok2 := p.number("requestPage")
	sorts, _, ok3 := into[[]fields](p, "SortModelList")
	if !ok || !ok1 || !ok2 || !ok3 || amount < 1 || amount > 1000 || number < 1 {
		return page, size, direction, []message{malformed(token, "PaginationRequestModel")}
	}
	if !hasAmount || !hasPage {
		return page, size, direction, []message{missing(token, "PaginationRequestModel")}
	}
	for _, s := range sorts {
		column, _, _ := s.number("sortColumn")
		direction, _, ok = s.number("sortDirection")
		if column != 1 || !ok || direction < 1 || direction > 2 {
			return page, size, 2, []message{malformed(token, "SortModelList")}
		}
	}
	return int(number), int(amount), direction, nil
}

// find returns the numbers of the orders that match, oldest first. Both ends of the window are
// inclusive.
func (m *Mall) find(in fields, dateType int64, from, to time.Time) []string {
	progress, _, _ := into[[]json.Number](in, "orderProgressList")
	kinds, _, _ := into[[]json.Number](in, "orderTypeList")
	subs, _, _ := into[[]json.Number](in, "subStatusIdList")
	method, byMethod, _ := in.number("settlementMethod")
	found := slices.Clone(m.removed) // the search knows them still
	all := m.placed.Between(from, to)
	if dateType != placedOn {
		all = m.placed.All()
	}
	for number := range all {
		w, ok := m.orders[number]
		if !ok {
			continue
		}
		if dateType != placedOn {
			if at, ok := w.dated(dateType); !ok || at.Before(from) || at.After(to) {
				continue
			}
		}
		if !among(progress, int64(w.OrderProgress)) || !among(kinds, int64(w.OrderType)) ||
			byMethod && method != int64(w.SettlementModel.SettlementMethodCode) ||
			!amongSub(subs, w.SubStatusID) {
			continue
		}
		found = append(found, number)
	}
	return found
}

// dated is the instant of an order that a search looks at.
func (w *orderModel) dated(dateType int64) (time.Time, bool) {
	value := w.OrderDatetime
	switch dateType {
	case 2:
		value = plain(w.ShopOrderCfmDatetime)
	case 3, 6:
		value = plain(w.OrderFixDatetime)
	case 4:
		value = ""
		for _, p := range w.PackageModelList {
			for _, s := range p.ShippingModelList {
				if d := plain(s.ShippingDate); d != "" {
					value = strings.Replace(d, "/", "-", 2) + "T00:00:00+0900"
				}
			}
		}
	case 5:
		value = plain(w.ShippingCmplRptDatetime)
	}
	at, err := time.Parse(instantLayout, value)
	return at, err == nil
}

// among reports whether a value is wanted; an empty list wants all.
func among(list []json.Number, value int64) bool {
	if len(list) == 0 {
		return true
	}
	return slices.ContainsFunc(list, func(n json.Number) bool {
		v, err := n.Int64()
		return err == nil && v == value
	})
}

// amongSub is among for sub-statuses, where -1 is none.
func amongSub(list []json.Number, id *int64) bool {
	if id == nil {
		return among(list, -1)
	}
	return among(list, *id)
}
