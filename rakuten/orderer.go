package rakuten

import "context"

// UpdateOrderOrdererRequest holds the parameters of UpdateOrderOrderer. All fields of the buyer are
// replaced: start from the [OrdererModel] of GetOrder.
type UpdateOrderOrdererRequest struct {
	OrderNumber string `json:"orderNumber"`
	// required when the amount drops, or after shipping with 後払い決済
	ReductionReason ChangeReasonDetail `json:"reductionReason,omitempty"`
	OrdererModel    OrdererModel       `json:"OrdererModel"`
}

// UpdateOrderOrderer (注文者情報更新) replaces the buyer of an order.
//
// Rakuten has not published the limits of the fields; those of [SenderAddress] are used.
//
// No error means that Rakuten reports success for this order; nothing is read back.
// Safe to repeat: it sets whole values. Page: …/rakutenpayorderapi/updateorderorderer
func (c *Client) UpdateOrderOrderer(
	ctx context.Context, in UpdateOrderOrdererRequest,
) (UpdateResponse, error) {
	var v validation
	p := v.top()
	p.number("orderNumber", in.OrderNumber)
	if in.ReductionReason != 0 {
		p.reason("reductionReason", in.ReductionReason)
	}
	o := in.OrdererModel
	address := SenderAddress{o.ZipCode1, o.ZipCode2, o.Prefecture, o.City, o.SubAddress,
		o.FamilyName, o.FirstName, o.FamilyNameKana,
		o.FirstNameKana, o.PhoneNumber1, o.PhoneNumber2, o.PhoneNumber3}
	address.check(p.in("OrdererModel"))
	return c.update(ctx, c.on("updateOrderOrderer", in.OrderNumber), in, &v, in.OrderNumber)
}
