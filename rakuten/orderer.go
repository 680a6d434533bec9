package rakuten

import "context"

// UpdateOrderOrdererRequest replaces the buyer of an order, all fields of it: start from the OrdererModel that getOrder gave.
type UpdateOrderOrdererRequest struct {
	OrderNumber     string             `json:"orderNumber"`
	ReductionReason ChangeReasonDetail `json:"reductionReason,omitempty"` // when the amount drops, or after shipping with 後払い決済
	OrdererModel    OrdererModel       `json:"OrdererModel"`
}

// UpdateOrderOrderer (注文者情報更新) replaces the buyer. Rakuten has not published the limits of the fields; those of a recipient are
// taken.
//
// Idempotent. Page: …/rakutenpayorderapi/updateorderorderer
func (c *Client) UpdateOrderOrderer(ctx context.Context, in UpdateOrderOrdererRequest) (UpdateResponse, error) {
	var v validation
	p := v.top()
	p.number("orderNumber", in.OrderNumber)
	if in.ReductionReason != 0 {
		p.reason("reductionReason", in.ReductionReason)
	}
	o := in.OrdererModel
	address := SenderAddress{o.ZipCode1, o.ZipCode2, o.Prefecture, o.City, o.SubAddress, o.FamilyName, o.FirstName, o.FamilyNameKana,
		o.FirstNameKana, o.PhoneNumber1, o.PhoneNumber2, o.PhoneNumber3}
	address.check(p.in("OrdererModel"))
	return c.update(ctx, c.on("updateOrderOrderer", in.OrderNumber), in, &v, in.OrderNumber)
}
