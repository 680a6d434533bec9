package amazon

import (
	"context"

	"github.com/jpmall/jpmall/internal/check"
)

// NoContent is the answer of operations that Amazon answers with nothing.
type NoContent struct {
	Reply Reply
}

// ConfirmShipmentRequest reports one package as shipped. The same PackageReferenceID again edits that package.
type ConfirmShipmentRequest struct {
	OrderID             string              `json:"-"`
	PackageDetail       PackageDetail       `json:"packageDetail"`
	CODCollectionMethod CODCollectionMethod `json:"codCollectionMethod,omitempty"` // for cash on delivery in Japan; else empty
	MarketplaceID       string              `json:"marketplaceId"`
}

// CODCollectionMethod says how cash on delivery is collected.
type CODCollectionMethod string

// DirectPayment is the only CODCollectionMethod.
const DirectPayment CODCollectionMethod = "DirectPayment"

// PackageDetail is a package.
type PackageDetail struct {
	PackageReferenceID     string                     `json:"packageReferenceId"`    // a positive number, as text
	CarrierCode            string                     `json:"carrierCode"`           // one of the Carrier constants, exactly; CarrierOther needs a name
	CarrierName            string                     `json:"carrierName,omitempty"` //
	ShippingMethod         string                     `json:"shippingMethod,omitempty"`
	TrackingNumber         string                     `json:"trackingNumber"`
	ShipDate               DateTime                   `json:"shipDate"` // see DateTimeOf
	ShipFromSupplySourceID string                     `json:"shipFromSupplySourceId,omitempty"`
	OrderItems             []ConfirmShipmentOrderItem `json:"orderItems"`
}

// ConfirmShipmentOrderItem is a line, or a part of one, in a package.
type ConfirmShipmentOrderItem struct {
	OrderItemID       string   `json:"orderItemId"`
	Quantity          int64    `json:"quantity"`
	TransparencyCodes []string `json:"transparencyCodes,omitempty"` // one per unit, for items of the Transparency programme
}

// ConfirmShipment reports a package as shipped (出荷通知): one call every 0.5 s, burst 10. Sending the same again is harmless.
//
// The answer is 204 and nothing else, and proves only that Amazon took the request: a confirmation with an unknown carrier is dropped
// silently. Read the order back with IncludePackages, or use Ship, which does so.
func (c *Client) ConfirmShipment(ctx context.Context, req ConfirmShipmentRequest) (NoContent, error) {
	if err := req.check(); err != nil {
		return NoContent{}, c.calls.Refuse("confirmShipment", req.OrderID, err)
	}
	reply, err := c.do(ctx, "confirmShipment", forOrder(req.OrderID, req), nil)
	return NoContent{reply}, err
}

func (r ConfirmShipmentRequest) check() error {
	var report check.Report
	f := report.Fields()
	f.Required("orderId", r.OrderID)
	f.Required("marketplaceId", r.MarketplaceID)
	p := f.In("packageDetail")
	if !positive(r.PackageDetail.PackageReferenceID) {
		p.Add("packageReferenceId", "must be the text of a positive number")
	}
	p.Required("carrierCode", r.PackageDetail.CarrierCode)
	if r.PackageDetail.CarrierCode == CarrierOther {
		p.Required("carrierName", r.PackageDetail.CarrierName)
	}
	p.Required("trackingNumber", r.PackageDetail.TrackingNumber)
	if _, ok := r.PackageDetail.ShipDate.Time(); !ok {
		p.Add("shipDate", "is no ISO 8601 time such as 2026-01-05T01:00:00Z")
	}
	if len(r.PackageDetail.OrderItems) == 0 {
		p.Add("orderItems", "is empty")
	}
	for i, item := range r.PackageDetail.OrderItems {
		one := p.Item("orderItems", i)
		one.Required("orderItemId", item.OrderItemID)
		if item.Quantity < 1 {
			one.Add("quantity", "must be at least 1")
		}
	}
	return report.Err()
}

// positive tells whether s is the text of a whole number above zero.
func positive(s string) bool {
	nonzero := false
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
		nonzero = nonzero || r != '0'
	}
	return nonzero
}

// forOrder is the input of a call that concerns one order; a nil body sends none.
func forOrder(id string, body any) input {
	return input{vars: map[string]string{"orderId": id}, body: body, order: id}
}

// ShipmentStatus is how far an order to be picked up in a shop is.
type ShipmentStatus string

// The shipment statuses.
const (
	ReadyForPickup ShipmentStatus = "ReadyForPickup"
	PickedUp       ShipmentStatus = "PickedUp"
	RefusedPickup  ShipmentStatus = "RefusedPickup"
)

// UpdateShipmentStatusRequest moves an in-store pick-up order on. Without OrderItems the whole order moves.
type UpdateShipmentStatusRequest struct {
	OrderID        string               `json:"-"`
	MarketplaceID  string               `json:"marketplaceId"`
	ShipmentStatus ShipmentStatus       `json:"shipmentStatus"`
	OrderItems     []ShipmentStatusItem `json:"orderItems,omitempty"`
}

// ShipmentStatusItem is a line, or a part of one.
type ShipmentStatusItem struct {
	OrderItemID string `json:"orderItemId,omitempty"`
	Quantity    int64  `json:"quantity,omitempty"`
}

// UpdateShipmentStatus moves an in-store pick-up order on: one call every 0.2 s, burst 15, never sent twice.
// The answer is 204 and nothing else; no reading operation tells the status, so there is no other proof.
func (c *Client) UpdateShipmentStatus(ctx context.Context, req UpdateShipmentStatusRequest) (NoContent, error) {
	var report check.Report
	f := report.Fields()
	f.Required("orderId", req.OrderID)
	f.Required("marketplaceId", req.MarketplaceID)
	f.Required("shipmentStatus", string(req.ShipmentStatus))
	if err := report.Err(); err != nil {
		return NoContent{}, c.calls.Refuse("updateShipmentStatus", req.OrderID, err)
	}
	reply, err := c.do(ctx, "updateShipmentStatus", forOrder(req.OrderID, req), nil)
	return NoContent{reply}, err
}
