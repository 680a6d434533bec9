package aupaytest

import (
	"encoding/xml"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// request is the flat tree of the updates: fields are direct children of request.
type request struct {
	XMLName         xml.Name `xml:"request"`
	ShopID          string   `xml:"shopId"`
	OrderID         string   `xml:"orderId"`
	ShippingDate    *string  `xml:"shippingDate"`
	ShippingCarrier *string  `xml:"shippingCarrier"`
	ShippingNumber  *string  `xml:"shippingNumber"`
	OrderStatus     string   `xml:"orderStatus"`
	CancelReason    string   `xml:"cancelReason"`
	CancelComment   string   `xml:"cancelComment"`

	Stock []stockItem `xml:"stockUpdateItem"`
}

// post answers the calls that change something.
func (m *Mall) post(r *fake.Request) fake.Reply {
	var req request
	if err := xml.Unmarshal(r.Payload, &req); err != nil {
		return m.failure(http.StatusBadRequest, codeBadField, "XMLの形式が正しくありません。")
	}
	if refusal := m.checkShop(req.ShopID); refusal != nil {
		return *refusal
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if r.Operation == opUpdateStock {
		return m.updateStock(req.Stock)
	}
	if req.OrderID == "" {
		return m.failure(http.StatusOK, codeBadField, "[orderId]必須入力項目です")
	}
	o, ok := m.orders[req.OrderID]
	if !ok {
		return m.failure(http.StatusOK, codeNoOrder, "該当する受注情報が存在しません。")
	}
	if o.Status == cancelled {
		return m.failure(http.StatusOK, codeState, "キャンセル済みの取引です。")
	}
	changed := o.clone()
	var refusal string
	switch r.Operation {
	case opUpdate:
		refusal = changed.ship(req)
	case opStatus:
		refusal = m.setStatus(changed, req.OrderStatus)
	case opCancel:
		refusal = changed.cancel(req)
	}
	if refusal != "" {
		return m.failure(http.StatusOK, codeBadField, refusal)
	}
	if m.opt.ReadLag > 0 {
		m.past[o.ID] = append(m.past[o.ID], before{time.Now().Add(m.opt.ReadLag), o})
	}
	m.orders[req.OrderID] = changed
	return respond(func(*document) {})
}

const (
	cancelled = "キャンセル"
	completed = "完了"
)

// ship sets what is present. The effect of an empty element is not known; here it has none.
func (o *Order) ship(req request) (refusal string) {
	for name, value := range map[string]*string{
		"shippingDate": req.ShippingDate, "shippingCarrier": req.ShippingCarrier,
		"shippingNumber": req.ShippingNumber,
	} {
		if value == nil || *value == "" {
			continue
		}
		text := *value
		switch name {
		case "shippingDate":
			d, ok := day(text)
			if !ok {
				return "[shippingDate]日付の形式が正しくありません。"
			}
			text = date(d)
		case "shippingCarrier":
			if len(text) != 1 || !strings.Contains("12345679", text) {
				return "[shippingCarrier]入力値が正しくありません。"
			}
		case "shippingNumber":
			if len(text) > 15 {
				return "[shippingNumber]15バイト以内で入力してください。"
			}
		}
		o.Elements[name] = text
	}
	return ""
}

// settable are the statuses that a shop can set, beside its own.
var settable = []string{"新規受付", "新規予約", "予約中", "発送前入金待ち", "与信待ち", "発送待ち", "発送後入金待ち", completed,
	"保留"}

// setStatus sets a status. That 完了 sets the ship flag is an invention of this fake.
func (m *Mall) setStatus(o *Order, status string) (refusal string) {
	if !slices.Contains(settable, status) && !slices.Contains(m.opt.Statuses, status) {
		return "[orderStatus]設定できないステータスです。"
	}
	o.Status = status
	if status == completed && o.Elements["shipStatus"] != "Y" {
		o.Elements["shipStatus"], o.Elements["shipDate"] = "Y", minutes(time.Now())
	}
	return ""
}

// cancel cancels in any state: no source says which the mall refuses.
func (o *Order) cancel(req request) (refusal string) {
	switch {
	case req.CancelReason == "" || len(req.CancelReason) > 2:
		return "[cancelReason]必須入力項目です"
	case len(req.CancelComment) > 100:
		return "[cancelComment]100バイト以内で入力してください。"
	}
	o.Status = cancelled
	o.Elements["cancelStatus"] = "C"
	o.Elements["cancelReason"] = req.CancelReason
	o.Elements["cancelComment"] = req.CancelComment
	o.Elements["cancelDate"] = minutes(time.Now())
	return ""
}
