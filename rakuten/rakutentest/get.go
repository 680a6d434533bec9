package rakutentest

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/jpmall/jpmall/internal/fake"
)

// batch is how many order numbers a call takes.
const batch = 100

func (m *Mall) getOrder(r call) fake.Reply {
	const token = "GET_ORDER"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	numbers, there, ok := into[[]string](in, "orderNumberList")
	version, versioned, ok2 := in.number("version")
	var wrong []message
	switch {
	case !there:
		wrong = append(wrong, missing(token, "orderNumberList"))
	case !ok || len(numbers) == 0 || len(numbers) > batch:
		wrong = append(wrong, malformed(token, "orderNumberList"))
	}
	switch {
	case !versioned:
		wrong = append(wrong, missing(token, "version"))
	case !ok2 || version < 3 || version > 10:
		wrong = append(wrong, malformed(token, "version"))
	}
	if len(wrong) > 0 {
		return messages(http.StatusBadRequest, wrong...)
	}
	orders := []any{}
	for _, n := range numbers {
		if w, ok := m.orders[n]; ok { // an unknown number is simply not there
			orders = append(orders, older(m.visible(w, r.now), version))
		}
	}
	reply := map[string]any{
		"MessageModelList": []message{
			info("GET_ORDER_INFO_101", fmt.Sprintf("受注情報取得に成功しました。(取得件数%d件)", len(orders)))},
		"OrderModelList": orders,
	}
	if version >= 6 {
		reply["version"] = version
	}
	return fake.JSON(http.StatusOK, reply)
}

// additions are the fields of an order, or of its packages, that each version added; goodsTax,
// which version 8 took away, is left out.
var additions = map[int64][]string{
	4:  {"defaultDeliveryCompanyCode"},
	5:  {"receiptIssueCount", "receiptIssueHistoryList", "DueDateModelList"},
	6:  {"cautionDisplayDetailType"},
	8:  {"deliveryCertPrgFlag", "oneDayOperationFlag"},
	9:  {"dropOffFlag", "dropOffLocation"},
	10: {"socialGiftFlag", "SocialGiftModel"},
}

// older removes from an order what a version did not have.
func older(order any, version int64) any {
	if version >= 10 {
		return order
	}
	var all map[string]any
	data, err := json.Marshal(order)
	if err != nil {
		return order
	}
	if err := json.Unmarshal(data, &all); err != nil {
		return order
	}
	packages, _ := all["PackageModelList"].([]any)
	for since, names := range additions {
		if since <= version {
			continue
		}
		for _, name := range names {
			delete(all, name)
			for _, p := range packages {
				if p, ok := p.(map[string]any); ok {
					delete(p, name)
				}
			}
		}
	}
	return all
}
