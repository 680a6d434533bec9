package rakutentest

import (
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/internal/fake"
)

// Many of Rakuten's codes have not been published. What the fake refuses without a published code
// gets one from 900 on, so that it is not taken for Rakuten's.
const (
	codeUnknownOrder = "_ERROR_901"
	codeWrongState   = "_ERROR_902"
	codeText         = "_ERROR_903"
)

// one finds the order that a write is about, or says why not.
func (m *Mall) one(in fields, token string) (*orderModel, *fake.Reply) {
	number, there, ok := into[string](in, "orderNumber")
	var wrong message
	switch w := m.orders[number]; {
	case !there:
		wrong = missing(token, "orderNumber")
	case !ok:
		wrong = malformed(token, "orderNumber")
	case number == "":
		wrong = empty(token, "orderNumber")
	case w == nil:
		wrong = failure(token+codeUnknownOrder, "指定された注文番号は存在しません。").about(number)
	default:
		return w, nil
	}
	reply := messages(http.StatusBadRequest, wrong)
	return nil, &reply
}

// several reads the order numbers of a batch, or says what is wrong with the request.
func several(in fields, token string) ([]string, *fake.Reply) {
	numbers, there, ok := into[[]string](in, "orderNumberList")
	var wrong message
	switch {
	case !there:
		wrong = missing(token, "orderNumberList")
	case !ok || len(numbers) == 0 || len(numbers) > batch:
		wrong = malformed(token, "orderNumberList")
	default:
		return numbers, nil
	}
	reply := messages(http.StatusBadRequest, wrong)
	return nil, &reply
}

// confirmOrder takes orders from 100 to 200; Rakuten takes them on to 300.
func (m *Mall) confirmOrder(r call) fake.Reply {
	const token = "CONFIRM_ORDER"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	numbers, refused := several(in, token)
	if refused != nil {
		return *refused
	}
	var list []message
	for _, n := range numbers {
		w := m.orders[n]
		switch {
		case w == nil:
			list = append(list, failure(token+codeUnknownOrder, "指定された注文番号は存在しません。").about(n))
		case w.OrderProgress >= 800:
			list = append(list, failure(token+"_ERROR_102", "キャンセルされた注文です。").about(n))
		case w.OrderProgress != 100:
			list = append(list, failure(token+"_ERROR_103", "既に注文確認済みの注文です。").about(n))
		case w.RequestPrice == undetermined:
			list = append(list, failure(token+"_ERROR_105", "送料が未設定です。").about(n))
		default:
			at := instant(r.now)
			w.OrderProgress, w.ShopOrderCfmDatetime = 200, &at
			m.move(w, r.now, 300)
			list = append(list, info(token+"_INFO_101", "注文確認が完了しました。").about(n))
		}
	}
	return messages(http.StatusOK, list...)
}

func (m *Mall) getSubStatusList(r call) fake.Reply {
	type sub struct {
		ID    int64  `json:"subStatusId"`
		Name  string `json:"subStatusName"`
		Order int64  `json:"orderby"`
	}
	type status struct {
		Progress int   `json:"orderProgress"`
		Subs     []sub `json:"SubStatusModelList"`
	}
	var list []status
	for _, s := range m.subStatus {
		if len(list) == 0 || list[len(list)-1].Progress != s.progress {
			list = append(list, status{Progress: s.progress})
		}
		last := &list[len(list)-1]
		last.Subs = append(last.Subs, sub{s.id, s.name, s.order})
	}
	return fake.JSON(http.StatusOK, map[string]any{
		"MessageModelList": []message{info("GET_SUBSTATUSLIST_INFO_101", "サブステータスの取得に成功しました。")},
		"StatusModelList":  list,
	})
}

// updateOrderSubStatus answers 200 even when all orders fail.
func (m *Mall) updateOrderSubStatus(r call) fake.Reply {
	const token = "UPDATE_ORDERSUBSTATUS"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	if _, there := in["subStatusId"]; !there {
		return messages(http.StatusBadRequest, missing(token, "subStatusId"))
	}
	sub, wanted, _ := in.number("subStatusId")
	numbers, refused := several(in, token)
	if refused != nil {
		return *refused
	}
	var list []message
	for _, n := range numbers {
		w := m.orders[n]
		switch {
		case w == nil:
			list = append(list, failure(token+"_ERROR_016", "他店舗の注文です。").about(n))
		case w.OrderProgress == 900:
			list = append(list, failure(token+"_ERROR_101", "キャンセルされた注文です。").about(n))
		case wanted && !m.belongs(sub, w.OrderProgress):
			list = append(list, failure(token+"_ERROR_102", "指定された注文番号、サブステータスでは更新できません。").about(n))
		default:
			w.SubStatusID, w.SubStatusName = nonZero(sub), text(m.subStatusName(sub))
			list = append(list, info(token+"_INFO_101", "サブステータスの更新設定が完了しました。").about(n))
		}
	}
	return messages(http.StatusOK, list...)
}

// change writes a text that a request holds: absent keeps, empty and null clear.
func change(in fields, token, field string, most int, to **string) *message {
	if _, there := in[field]; !there {
		return nil
	}
	value, _, ok := into[string](in, field)
	switch {
	case !ok || utf8.RuneCountInString(value) > most:
		wrong := malformed(token, field)
		return &wrong
	case !writable(value):
		wrong := failure(token+codeText, field+"に機種依存文字が含まれています。")
		return &wrong
	}
	*to = text(value)
	return nil
}

// writable refuses 機種依存文字: what is not in JIS X 0208. Which characters Rakuten refuses has not been
// published.
func writable(s string) bool {
	for _, r := range s {
		if r < 0x80 || strings.ContainsRune("〜−‖—", r) {
			continue
		}
		b, err := japanese.ShiftJIS.NewEncoder().Bytes([]byte(string(r)))
		if err != nil || len(b) == 2 && (b[0] == 0x87 || b[0] >= 0xED) {
			return false
		}
	}
	return true
}

// updateOrderMemo changes what is the shop's own, and delivery date and slot. Either everything is
// written or nothing.
func (m *Mall) updateOrderMemo(r call) fake.Reply {
	const token = "UPDATE_ORDERMEMO"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	w, refused := m.one(in, token)
	if refused != nil {
		return *refused
	}
	changed := *w
	var wrong []message
	for _, c := range []struct {
		field string
		most  int
		to    **string
	}{{"memo", 1000, &changed.Memo}, {"operator", 6, &changed.Operator},
		{"mailPlugSentence", 1024, &changed.MailPlugSentence},
		{"deliveryDate", 10, &changed.DeliveryDate}} {
		if bad := change(in, token, c.field, c.most, c.to); bad != nil {
			wrong = append(wrong, *bad)
		}
	}
	if d := changed.DeliveryDate; d != nil && !isDay(*d) {
		wrong = append(wrong, malformed(token, "deliveryDate"))
	}
	number := func(field string, good func(int64) bool, to **int64) {
		if _, there := in[field]; !there {
			return
		}
		n, has, ok := in.number(field)
		if !ok || has && !good(n) {
			wrong = append(wrong, malformed(token, field))
			return
		}
		*to = nil
		if has {
			*to = &n
		}
	}
	number("shippingTerm", isTerm, &changed.ShippingTerm)
	number("deliveryClass", func(n int64) bool { return 0 <= n && n <= 8 },
		&changed.DeliveryModel.DeliveryClass)
	number("subStatusId", func(n int64) bool { return m.belongs(n, w.OrderProgress) },
		&changed.SubStatusID)
	if len(wrong) > 0 {
		return messages(http.StatusBadRequest, wrong...)
	}
	if id := changed.SubStatusID; id != nil {
		changed.SubStatusName = text(m.subStatusName(*id))
	} else {
		changed.SubStatusName = nil
	}
	*w = changed
	return messages(http.StatusOK, info(token+"_INFO_101",
		"ひとことメモの更新が完了しました。").about(w.OrderNumber))
}

func isTerm(n int64) bool {
	return slices.Contains([]int64{0, 1, 2, 9}, n) || 7 <= n/100 && n/100 < n%100 && n%100 <= 24
}

func (m *Mall) updateOrderRemarks(r call) fake.Reply {
	const token = "UPDATE_ORDERREMARKS"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	w, refused := m.one(in, token)
	if refused != nil {
		return *refused
	}
	gift, there, ok := in.number("giftCheck")
	_, remarks := in["remarks"]
	switch {
	case !there && !remarks:
		return messages(http.StatusBadRequest, missing(token, "remarks"))
	case !ok || gift < 0 || gift > 1:
		return messages(http.StatusBadRequest, malformed(token, "giftCheck"))
	}
	if bad := change(in, token, "remarks", 4000, &w.Remarks); bad != nil {
		return messages(http.StatusBadRequest, *bad)
	}
	if there {
		w.GiftCheckFlag = int(gift)
	}
	return messages(http.StatusOK, info(token+"_INFO_101", "備考の更新が完了しました。").about(w.OrderNumber))
}

func (m *Mall) updateOrderDelivery(r call) fake.Reply {
	const token = "UPDATE_ORDERDELIVERY"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	w, refused := m.one(in, token)
	if refused != nil {
		return *refused
	}
	name, there, ok := into[string](in, "deliveryName")
	switch {
	case !there:
		return messages(http.StatusBadRequest, missing(token, "deliveryName"))
	case !ok || !slices.Contains(deliveryNames(), name):
		return messages(http.StatusBadRequest,
			failure(token+"_ERROR_901", "指定された配送方法は設定されていません。").about(w.OrderNumber))
	}
	w.DeliveryModel.DeliveryName = name
	return messages(http.StatusOK, info(token+"_INFO_101", "配送方法の更新が完了しました。").about(w.OrderNumber))
}

// deliveryNames are those of the invented shop.
func deliveryNames() []string {
	return []string{"宅配便", "小型宅配便", "大型宅配便", "クール便", "メール便", "コンビニ受取", "店頭受取"}
}

// cancelOrder cancels an order in one of the states. Before shipping no 発送日 may be entered.
func (m *Mall) cancelOrder(states ...int) func(call) fake.Reply {
	const token = "CANCEL_ORDER"
	return func(r call) fake.Reply {
		in, refused := read(r, token)
		if refused != nil {
			return *refused
		}
		w, refused := m.one(in, token)
		if refused != nil {
			return *refused
		}
		reason, there, ok := in.number("changeReasonDetailApply")
		stock, there2, ok2 := in.number("inventoryRestoreType")
		switch {
		case !there:
			return messages(http.StatusBadRequest, missing(token, "changeReasonDetailApply"))
		case !there2:
			return messages(http.StatusBadRequest, missing(token, "inventoryRestoreType"))
		case !ok || !slices.Contains([]int64{1, 2, 3, 4, 5, 6, 8, 10, 13, 14, 15}, reason):
			return messages(http.StatusBadRequest, malformed(token, "changeReasonDetailApply"))
		case !ok2 || stock < 0 || stock > 2:
			return messages(http.StatusBadRequest, malformed(token, "inventoryRestoreType"))
		case !slices.Contains(states, w.OrderProgress):
			return messages(http.StatusBadRequest,
				failure(token+codeWrongState, "指定された注文はキャンセルできないステータスです。").about(w.OrderNumber))
		}
		if _, dated := w.dated(4); dated && states[0] == 100 {
			return messages(http.StatusBadRequest,
				failure(token+codeWrongState, "発送日が入力されています。発送日を削除してください。").about(w.OrderNumber))
		}
		at, kind := instant(r.now), int64(1)
		w.ChangeReasonModelList = append(w.ChangeReasonModelList,
			changeReason{ChangeID: m.id(), ChangeType: &kind,
				ChangeReasonDetail: &reason, ChangeApplyDatetime: &at, ChangeFixDatetime: &at,
				ChangeCmplDatetime: &at})
		w.OrderProgress, w.next = 900, transition{}
		return messages(http.StatusOK,
			info(token+"_INFO_101", "注文キャンセルの依頼が完了しました。").about(w.OrderNumber))
	}
}
