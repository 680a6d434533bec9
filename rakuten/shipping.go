package rakuten

import (
	"context"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/internal/transport"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// shippingRecords is how many shipping records a destination takes in one request.
const shippingRecords = 20

// OrderShippingModel holds the changes to the shipping records of one order.
type OrderShippingModel struct {
	OrderNumber string `json:"orderNumber"`
	// spelled with a small id by Rakuten
	BasketidModelList []BasketModel `json:"BasketidModelList"`
}

// BasketModel holds the changes to the shipping records of one destination, at most 20.
type BasketModel struct {
	BasketID          int64            `json:"basketId"` // PackageModel.BasketID
	ShippingModelList []ShippingChange `json:"ShippingModelList"`
}

// ShippingChange adds, changes or deletes one shipping record. Zero fields are kept.
type ShippingChange struct {
	// ShippingDetailID is the record to change or delete. 0 adds one; the same request again adds
	// another. An order often has a record already, see ShippingModel.
	ShippingDetailID int64           `json:"shippingDetailId,omitempty"`
	DeliveryCompany  DeliveryCompany `json:"deliveryCompany,omitempty"`
	// at most 120 characters; sent as order.ReadTracking spells it, refused where that fails
	ShippingNumber Change[string]     `json:"shippingNumber,omitzero"`
	ShippingDate   Change[order.Date] `json:"shippingDate,omitzero"`
	// 1 deletes the record
	ShippingDeleteFlag Flag `json:"shippingDeleteFlag,omitempty"`
}

// MarshalJSON encodes a cleared date as "", not as null.
func (s ShippingChange) MarshalJSON() ([]byte, error) {
	type plain ShippingChange
	if !s.ShippingDate.Cleared() {
		return wire.EncodeJSON(plain(s))
	}
	return wire.EncodeJSON(struct {
		plain
		ShippingDate string `json:"shippingDate"`
	}{plain: plain(s)})
}

// UpdateOrderShipping (発送完了報告) adds, changes and deletes shipping records of one order that is not
// cancelled. The reply has a message for each record, in the order of the request across
// destinations (DataNumber), with the id of an added record (ShippingDetailID). A message of
// success proves that its record was written; a record without a message may or may not be there.
// Entering 発送日 does not move the order to 発送済 (500) in the same call; when it does is unknown.
//
// Not safe to repeat when it adds a record: repeating adds another. Otherwise safe, and retried.
// Page: …/rakutenpayorderapi/updateordershipping
func (c *Client) UpdateOrderShipping(
	ctx context.Context, in OrderShippingModel,
) (UpdateResponse, error) {
	var v validation
	in.check(v.top())
	call := c.on("updateOrderShipping", in.OrderNumber)
	call.Retry = shippingRetry(in)
	return c.update(ctx, call, in.normal(), &v, in.OrderNumber)
}

// normal returns the request with its tracking numbers as order.ReadTracking spells them.
func (in OrderShippingModel) normal() OrderShippingModel {
	in.BasketidModelList = slices.Clone(in.BasketidModelList)
	for i := range in.BasketidModelList {
		b := &in.BasketidModelList[i]
		b.ShippingModelList = slices.Clone(b.ShippingModelList)
		for j := range b.ShippingModelList {
			s := &b.ShippingModelList[j]
			if number, ok := s.ShippingNumber.Get(); ok {
				if read, err := order.ReadTracking(number); err == nil {
					s.ShippingNumber = Set(read)
				}
			}
		}
	}
	return in
}

// shippingRetry returns the retry class: a request that adds no record is idempotent.
func shippingRetry(orders ...OrderShippingModel) *transport.Retry {
	class := transport.Idempotent
	for _, o := range orders {
		for _, b := range o.BasketidModelList {
			for _, s := range b.ShippingModelList {
				if s.ShippingDetailID == 0 {
					class = transport.Unsafe
				}
			}
		}
	}
	return &class
}

func (in OrderShippingModel) check(p place) {
	p.number("orderNumber", in.OrderNumber)
	if len(in.BasketidModelList) == 0 {
		p.wrong.Add("BasketidModelList", "is empty")
	}
	baskets := make([]string, len(in.BasketidModelList))
	for i, b := range in.BasketidModelList {
		baskets[i] = strconv.FormatInt(b.BasketID, 10)
		b.check(p.item("BasketidModelList", i))
	}
	p.wrong.Unique("BasketidModelList", baskets)
}

func (b BasketModel) check(p place) {
	if b.BasketID <= 0 {
		p.wrong.Add("basketId", "is required")
	}
	p.wrong.Batch("ShippingModelList", len(b.ShippingModelList), shippingRecords)
	for i, s := range b.ShippingModelList {
		s.check(p.item("ShippingModelList", i))
	}
}

func (s ShippingChange) check(p place) {
	switch {
	case s.ShippingDeleteFlag.On() && s.ShippingDetailID == 0:
		p.wrong.Add("shippingDetailId", "is required to delete a record")
	case s.ShippingDetailID < 0:
		p.wrong.Add("shippingDetailId", "is not an id")
	}
	p.change("shippingNumber", s.ShippingNumber, 120)
	if number, ok := s.ShippingNumber.Get(); ok && number != "" {
		if _, err := order.ReadTracking(number); err != nil {
			p.wrong.Add("shippingNumber", "%s", err)
		}
	}
	if s.ShippingDate.byMistake() {
		p.wrong.Add("shippingDate", "set to no day: use Clear to clear it")
	}
}
