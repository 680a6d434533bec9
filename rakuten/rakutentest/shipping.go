package rakutentest

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

const shippingToken = "UPDATE_ORDERSHIPPING"

// baskets reads BasketidModelList; wrong are the findings that refuse the request as a whole.
func baskets(in fields, token string) (list []fields, wrong []message) {
	list, there, ok := into[[]fields](in, "BasketidModelList")
	switch {
	case !there:
		return nil, []message{missing(token, "BasketidModelList")}
	case !ok || len(list) == 0:
		return nil, []message{malformed(token, "BasketidModelList")}
	}
	n := 0
	for _, b := range list {
		_, there, ok := b.number("basketId")
		records, there2, ok2 := into[[]fields](b, "ShippingModelList")
		switch {
		case !there:
			wrong = append(wrong, missing(token, "basketId"))
		case !ok:
			wrong = append(wrong, malformed(token, "basketId"))
		case !there2:
			wrong = append(wrong, missing(token, "ShippingModelList"))
		case !ok2 || len(records) > 20:
			wrong = append(wrong, malformed(token, "ShippingModelList"))
		}
		for _, r := range records {
			n++
			for _, bad := range record(r, token) {
				bad.DataNumber = n
				wrong = append(wrong, bad)
			}
		}
	}
	return list, wrong
}

// record checks the form of one shipping record.
func record(in fields, token string) (wrong []message) {
	if company, there, ok := into[string](in, "deliveryCompany"); there &&
		(!ok || len(company) != 4 || company < "1000" || company > "1031") {
		wrong = append(wrong, malformed(token, "deliveryCompany"))
	}
	if number, there, ok := into[string](in, "shippingNumber"); there &&
		(!ok || len([]rune(number)) > 120 || !writable(number)) {
		wrong = append(wrong, malformed(token, "shippingNumber"))
	}
	if date, there, ok := into[string](in, "shippingDate"); there &&
		(!ok || date != "" && !isDay(date)) {
		wrong = append(wrong, malformed(token, "shippingDate"))
	}
	for _, name := range []string{"shippingDetailId", "shippingDeleteFlag"} {
		if _, _, ok := in.number(name); !ok {
			wrong = append(wrong, malformed(token, name))
		}
	}
	return wrong
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

func (m *Mall) updateOrderShipping(r call) fake.Reply {
	in, refused := read(r, shippingToken)
	if refused != nil {
		return *refused
	}
	list, wrong := baskets(in, shippingToken)
	if len(wrong) > 0 {
		return messages(http.StatusBadRequest, wrong...)
	}
	w, refused := m.one(in, shippingToken)
	if refused != nil {
		return *refused
	}
	return messages(http.StatusOK, m.ship(w.OrderNumber, list, r.now)...)
}

// ship writes the records of one order and gives a message for each, in the order of the request.
func (m *Mall) ship(number string, list []fields, now time.Time) []message {
	w := m.orders[number]
	var all []message
	for _, b := range list {
		basket, _, _ := b.number("basketId")
		records, _, _ := into[[]fields](b, "ShippingModelList")
		for _, r := range records {
			got := m.shipOne(w, basket, r)
			got.DataNumber = len(all) + 1
			all = append(all, got)
		}
	}
	if w != nil {
		m.shippable(w, now)
	}
	return all
}

func (m *Mall) shipOne(w *orderModel, basket int64, r fields) message {
	if w == nil {
		return failure(shippingToken+codeUnknownOrder, "指定された注文番号は存在しません。")
	}
	if w.OrderProgress == 900 {
		return failure(shippingToken+"_ERROR_102", "キャンセルされた注文です。")
	}
	i := slices.IndexFunc(w.PackageModelList,
		func(p *packageModel) bool { return p.BasketID == basket })
	if i < 0 {
		return failure(shippingToken+codeUnknownOrder, "指定された送付先IDは存在しません。")
	}
	pack := w.PackageModelList[i]
	id, change, _ := r.number("shippingDetailId")
	remove, _, _ := r.number("shippingDeleteFlag")
	at := slices.IndexFunc(pack.ShippingModelList,
		func(s *shipping) bool { return s.ShippingDetailID == id })
	switch {
	case change && at < 0:
		return failure(shippingToken+codeUnknownOrder, "指定された発送明細IDは存在しません。")
	case remove == 1 && !change:
		return failure(shippingToken+codeUnknownOrder, "発送明細IDを指定して下さい。")
	case remove == 1:
		pack.ShippingModelList = slices.Delete(slices.Clone(pack.ShippingModelList), at, at+1)
		return withRecord(info(shippingToken+"_INFO_103", "発送情報の削除が完了しました。"), id)
	case change:
		s := *pack.ShippingModelList[at]
		s.fill(r)
		pack.ShippingModelList = slices.Clone(pack.ShippingModelList)
		pack.ShippingModelList[at] = &s
		return withRecord(info(shippingToken+"_INFO_102", "発送情報の変更が完了しました。"), id)
	}
	s := &shipping{ShippingDetailID: m.id()}
	s.fill(r)
	pack.ShippingModelList = append(slices.Clone(pack.ShippingModelList), s)
	return withRecord(info(shippingToken+"_INFO_101", "発送情報の追加が完了しました。"), s.ShippingDetailID)
}

func withRecord(m message, id int64) message {
	m.ShippingDetailID = &id
	return m
}

// fill writes what the request holds: absent keeps, empty clears.
func (s *shipping) fill(r fields) {
	if company, there, _ := into[string](r, "deliveryCompany"); there {
		s.DeliveryCompany, s.DeliveryCompanyName = text(company), text(companyName(company))
	}
	if number, there, _ := into[string](r, "shippingNumber"); there {
		s.ShippingNumber = text(number)
	}
	if date, there, _ := into[string](r, "shippingDate"); there {
		s.ShippingDate = text(date)
	}
}

// job is an asynchronous report of shipping.
type job struct {
	due     time.Time
	orders  []jobOrder
	done    bool
	results []result
}

type jobOrder struct {
	number  string
	baskets []fields
}

type result struct {
	OrderNumber      string    `json:"orderNumber"`
	MessageModelList []message `json:"MessageModelList"`
}

// updateOrderShippingAsync checks the form of everything and refuses all or accepts all.
func (m *Mall) updateOrderShippingAsync(r call) fake.Reply {
	const token = shippingToken + "_ASYNC"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	list, there, ok := into[[]fields](in, "OrderShippingModelList")
	switch {
	case !there:
		return messages(http.StatusOK, missing(token, "OrderShippingModelList"))
	case !ok || len(list) == 0 || len(list) > batch:
		return messages(http.StatusOK, malformed(token, "OrderShippingModelList"))
	}
	j := &job{due: r.now.Add(cmp.Or(m.options.Queue, m.options.Step))}
	seen := map[string]bool{}
	var wrong []message
	for _, o := range list {
		number, there, _ := into[string](o, "orderNumber")
		parts, bad := baskets(o, token)
		if !there {
			bad = append(bad, missing(token, "orderNumber"))
		}
		if seen[number] {
			bad = append(bad, malformed(token, "orderNumber"))
		}
		seen[number] = true
		for _, b := range bad {
			wrong = append(wrong, b.about(number))
		}
		j.orders = append(j.orders, jobOrder{number, parts})
	}
	if len(wrong) > 0 {
		return messages(http.StatusOK, wrong...)
	}
	id := fmt.Sprintf("00000000-0000-4000-8000-%012d_%s", len(m.jobs)+1,
		r.now.In(jst).Format("20060102150405"))
	m.jobs[id] = j
	accepted := info(token+"_INFO_101", "発送完了報告の受付が完了しました。")
	accepted.RequestID = id
	return messages(http.StatusOK, accepted)
}

// resultsKept is how long results are kept.
const resultsKept = 30 * 24 * time.Hour

// getResult does not distinguish a running report from an unknown or an old one.
func (m *Mall) getResult(r call) fake.Reply {
	const token = "GET_RESULT_UPDATEORDERSHIPPING_ASYNC"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	id, there, _ := into[string](in, "requestId")
	if !there || id == "" {
		return fake.JSON(http.StatusBadRequest,
			map[string]any{"ResultShippingModelList": []map[string]any{
				{"MessageModelList": []message{missing(token, "requestId")}}}})
	}
	j := m.jobs[id]
	if j == nil || !j.done || r.now.Sub(j.due) > resultsKept {
		return fake.JSON(http.StatusOK, map[string]any{"ResultShippingModelList": []map[string]any{
			{"MessageModelList": []message{
				info(token+"_INFO_101", "指定されたリクエストIDの処理結果は存在しませんでした。")}}}})
	}
	return fake.JSON(http.StatusOK, map[string]any{"ResultShippingModelList": j.results})
}
