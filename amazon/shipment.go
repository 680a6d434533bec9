package amazon

import (
	"context"

	"github.com/jpmall/jpmall/internal/check"
)

// NoContent is the answer to an operation that returns no content.
type NoContent struct {
	Reply Reply
}

// ConfirmShipmentRequest holds the parameters of ConfirmShipment.
type ConfirmShipmentRequest struct {
	OrderID       string        `json:"-"`
	PackageDetail PackageDetail `json:"packageDetail"`
	// for cash on delivery in Japan; otherwise empty
	CODCollectionMethod CODCollectionMethod `json:"codCollectionMethod,omitempty"`
	MarketplaceID       string              `json:"marketplaceId"`
}

// CODCollectionMethod is how cash on delivery is collected.
type CODCollectionMethod string

// [DirectPayment] is the only [CODCollectionMethod].
const DirectPayment CODCollectionMethod = "DirectPayment"

// PackageDetail is a package to report as shipped.
type PackageDetail struct {
	// a positive number as text; sent again, it edits that package
	PackageReferenceID string `json:"packageReferenceId"`
	// spelled exactly as a Carrier constant; CarrierOther needs CarrierName
	CarrierCode            string                     `json:"carrierCode"`
	CarrierName            string                     `json:"carrierName,omitempty"`
	ShippingMethod         string                     `json:"shippingMethod,omitempty"`
	TrackingNumber         string                     `json:"trackingNumber"`
	ShipDate               DateTime                   `json:"shipDate"` // use DateTimeOf
	ShipFromSupplySourceID string                     `json:"shipFromSupplySourceId,omitempty"`
	OrderItems             []ConfirmShipmentOrderItem `json:"orderItems"`
}

// ConfirmShipmentOrderItem is a line, or a part of one, in a package.
type ConfirmShipmentOrderItem struct {
	OrderItemID string `json:"orderItemId"`
	Quantity    int64  `json:"quantity"`
	// one per unit, for items of the Transparency programme
	TransparencyCodes []string `json:"transparencyCodes,omitempty"`
}

// ConfirmShipment (出荷通知) reports a package as shipped. The answer is 204 without content and proves
// only that Amazon received the request: a confirmation with an unknown carrier is dropped
// silently. Read the order back with [IncludePackages], or use Ship, which does so. One call every
// 0.5 s, burst 10. Safe to repeat: the same package is overwritten.
func (c *Client) ConfirmShipment(
	ctx context.Context, req ConfirmShipmentRequest,
) (NoContent, error) {
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

// positive reports whether s is the text of a whole number above zero.
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

// ShipmentStatus is the state of an order for in-store pickup.
type ShipmentStatus string

// The values of [ShipmentStatus].
const (
	ReadyForPickup ShipmentStatus = "ReadyForPickup"
	PickedUp       ShipmentStatus = "PickedUp"
	RefusedPickup  ShipmentStatus = "RefusedPickup"
)

// Known reports whether the value is documented.
func (s ShipmentStatus) Known() bool {
	switch s {
	case ReadyForPickup, PickedUp, RefusedPickup:
		return true
	}
	return false
}

// UpdateShipmentStatusRequest holds the parameters of UpdateShipmentStatus. Without OrderItems the
// status is that of the whole order.
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

// UpdateShipmentStatus sets the status of an order for in-store pickup. The answer is 204 without
// content. No operation reads the status, so there is no other proof. One call every 0.2 s, burst
// 15. Not safe to repeat: sent once.
func (c *Client) UpdateShipmentStatus(
	ctx context.Context, req UpdateShipmentStatusRequest,
) (NoContent, error) {
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
