package rakuten

import (
	"context"

	"github.com/jpmall/jpmall/order"
)

// UpdateOrderMemoRequest holds the parameters of UpdateOrderMemo. Zero fields are kept.
type UpdateOrderMemoRequest struct {
	OrderNumber string        `json:"orderNumber"`
	SubStatusID Change[int64] `json:"subStatusId,omitzero"`
	// 0 to 8; Clear is not documented, Set NoDeliveryClass instead
	DeliveryClass Change[DeliveryClass] `json:"deliveryClass,omitzero"`
	DeliveryDate  Change[order.Date]    `json:"deliveryDate,omitzero"` // お届け日指定
	// お届け時間帯, see TermOf; Set 0 for none
	ShippingTerm Change[int64] `json:"shippingTerm,omitzero"`
	// ひとことメモ, at most 1000 characters
	Memo Change[string] `json:"memo,omitzero"`
	// 担当者, at most 6 characters
	Operator Change[string] `json:"operator,omitzero"`
	// at most 1024 characters
	MailPlugSentence Change[string] `json:"mailPlugSentence,omitzero"`
}

// UpdateOrderMemo (ひとことメモ更新) changes memo, sub-status, operator and, despite its name, delivery
// date and slot. The remarks, which hold the buyer's own words, stay unchanged.
//
// No error means that Rakuten reports success for this order; nothing is read back.
// Safe to repeat: it sets whole values. Page: …/rakutenpayorderapi/updateordermemo
func (c *Client) UpdateOrderMemo(
	ctx context.Context, in UpdateOrderMemoRequest,
) (UpdateResponse, error) {
	v := in.check()
	return c.update(ctx, c.on("updateOrderMemo", in.OrderNumber), in, v, in.OrderNumber)
}

func (in UpdateOrderMemoRequest) check() *validation {
	var v validation
	p := v.top()
	p.number("orderNumber", in.OrderNumber)
	p.change("memo", in.Memo, 1000)
	p.change("operator", in.Operator, 6)
	p.change("mailPlugSentence", in.MailPlugSentence, 1024)
	if class, ok := in.DeliveryClass.Get(); ok {
		p.wrong.Range("deliveryClass", int64(class), 0, 8)
	}
	if in.DeliveryDate.byMistake() {
		p.wrong.Add("deliveryDate", "set to no day: use Clear to clear it")
	}
	if term, ok := in.ShippingTerm.Get(); ok && term != termOther {
		if _, ok := SlotOf(term); !ok {
			p.wrong.Add("shippingTerm", "is not 0, 1, 2, 9 or from×100+to")
		}
	}
	return &v
}

// UpdateOrderRemarksRequest holds the parameters of UpdateOrderRemarks. GiftCheck or Remarks is
// required.
type UpdateOrderRemarksRequest struct {
	OrderNumber string       `json:"orderNumber"`
	GiftCheck   Change[Flag] `json:"giftCheck,omitzero"` // giftCheckFlag of getOrder
	// at most 4000 characters, line breaks allowed
	Remarks Change[string] `json:"remarks,omitzero"`
}

// UpdateOrderRemarks (備考情報更新) replaces remarks or the gift flag. As far as is known, it does not
// change delivery date and slot.
//
// No error means that Rakuten reports success for this order; nothing is read back.
// Safe to repeat: it sets whole values. Page: …/rakutenpayorderapi/updateorderremarks
func (c *Client) UpdateOrderRemarks(
	ctx context.Context, in UpdateOrderRemarksRequest,
) (UpdateResponse, error) {
	var v validation
	p := v.top()
	p.number("orderNumber", in.OrderNumber)
	if in.GiftCheck.IsZero() && in.Remarks.IsZero() {
		p.wrong.Add("", "one of giftCheck and remarks is required")
	}
	if in.GiftCheck.Cleared() {
		p.wrong.Add("giftCheck", "cannot be cleared: Set 0")
	}
	p.change("remarks", in.Remarks, 4000)
	return c.update(ctx, c.on("updateOrderRemarks", in.OrderNumber), in, &v, in.OrderNumber)
}

// UpdateOrderDelivery (配送方法更新) changes the delivery method to one that the shop has set up (宅配便,
// メール便 …). UpdateOrderMemo changes date and slot.
//
// No error means that Rakuten reports success for this order; nothing is read back.
// Safe to repeat: it sets a whole value. Page: …/rakutenpayorderapi/updateorderdelivery
func (c *Client) UpdateOrderDelivery(
	ctx context.Context, orderNumber, deliveryName string,
) (UpdateResponse, error) {
	var v validation
	p := v.top()
	p.number("orderNumber", orderNumber)
	p.required("deliveryName", deliveryName, 192)
	return c.update(ctx, c.on("updateOrderDelivery", orderNumber), struct {
		OrderNumber  string `json:"orderNumber"`
		DeliveryName string `json:"deliveryName"`
	}{orderNumber, deliveryName}, &v, orderNumber)
}
