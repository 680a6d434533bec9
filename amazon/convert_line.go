package amazon

import "github.com/jpmall/jpmall/order"

// line reads one line. The unit price is the one shown on the retail site, with tax in Japan; Total
// is the line's ITEM proceeds. Amazon has no field for the tax rate (8 % or 10 %), so it stays
// unknown.
func (c *converter) line(item *OrderItem) order.Line {
	l := order.Line{
		ID: item.OrderItemID, ItemID: item.Product.ASIN, SKU: item.Product.SellerSKU,
		Name:     item.Product.Title,
		Quantity: item.QuantityOrdered, Cancelled: item.cancelled(),
	}
	if p := item.Product.Price; p != nil {
		l.UnitPrice = c.money("orderItems.product.price.unitPrice", p.UnitPrice)
	}
	if p := item.Proceeds; p != nil {
		for _, b := range p.Breakdowns {
			if b.Type == ProceedsItem {
				l.Total = c.money("orderItems.proceeds.breakdowns.subtotal", b.Subtotal)
			}
		}
	}
	if f := item.Fulfillment; f != nil && f.QuantityFulfilled != nil {
		l.Shipped = *f.QuantityFulfilled
	}
	if g := item.gift(); g != nil {
		l.Gift = order.Gift{Wanted: true, Wrap: g.GiftWrapLevel, Message: g.GiftMessage}
	}
	return l
}

func (i *OrderItem) gift() *GiftOption {
	if i.Fulfillment == nil || i.Fulfillment.Packing == nil {
		return nil
	}
	return i.Fulfillment.Packing.GiftOption
}

// window returns the scheduled delivery window, zero where there is none.
func (i *OrderItem) window() DateTimeRange {
	if i.Fulfillment == nil || i.Fulfillment.Shipping == nil {
		return DateTimeRange{}
	}
	return i.Fulfillment.Shipping.ScheduledDeliveryWindow
}

// collectAtDoor reports whether the line's payment has to be collected on delivery (代金引換).
func (i *OrderItem) collectAtDoor() bool {
	if i.Fulfillment == nil || i.Fulfillment.Shipping == nil ||
		i.Fulfillment.Shipping.ShippingConstraints == nil {
		return false
	}
	return i.Fulfillment.Shipping.ShippingConstraints.CashOnDelivery == ConstraintMandatory
}

func (c *converter) shipment(p *OrderPackage) order.ShipmentRecord {
	at := c.instant("packages.shipTime", p.ShipTime)
	return order.ShipmentRecord{
		ID: p.PackageReferenceID, Carrier: CarrierOf(p.Carrier), Name: p.Carrier,
		Tracking: p.TrackingNumber,
		At:       at, Date: order.DateOf(at),
	}
}

// holds reports whether the package holds one of the lines.
func (p *OrderPackage) holds(lines []order.Line) bool {
	for _, item := range p.PackageItems {
		for _, l := range lines {
			if l.ID == item.OrderItemID {
				return true
			}
		}
	}
	return false
}
