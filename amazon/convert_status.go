package amazon

import "github.com/jpmall/jpmall/order"

// statuses maps fulfillmentStatus. A status that is not listed is order.Unknown and keeps its text
// in Order.MallStatus.
var statuses = map[FulfillmentStatus]order.Status{
	StatusPendingAvailability: order.Reserved,
	StatusPending:             order.AwaitingPayment,
	// Amazon moves an order here once the payment is authorised
	StatusUnshipped:          order.ReadyToShip,
	StatusPartiallyShipped:   order.PartiallyShipped,
	StatusShipped:            order.Shipped,
	StatusInvoiceUnconfirmed: order.Shipped,
	StatusCancelled:          order.Cancelled,
	StatusUnfulfillable:      order.OnHold,
}

func statusOf(s FulfillmentStatus, own map[string]order.Status) order.Status {
	if v, ok := own[string(s)]; ok {
		return v
	}
	return statuses[s]
}

func (c *converter) status() {
	f := c.w.Fulfillment
	if f == nil {
		return
	}
	c.out.MallStatus = string(f.FulfillmentStatus)
	status := statusOf(f.FulfillmentStatus, c.opts.Statuses)
	for i := range c.w.OrderItems {
		if c.w.OrderItems[i].cancelRequested() && open(f.FulfillmentStatus) {
			status = order.Prevailing(status, order.CancelRequested)
		}
	}
	c.out.Status = status
}

// open reports whether a request to cancel can still be granted: it cannot once everything is
// shipped or cancelled. An unknown status is treated as open, so that the request shows.
func open(s FulfillmentStatus) bool {
	return s != StatusShipped && s != StatusCancelled && s != StatusInvoiceUnconfirmed
}

// cancelRequested reports whether the buyer wants the line cancelled and some of it is not shipped
// yet.
func (i *OrderItem) cancelRequested() bool {
	if i.Cancellation == nil || i.Cancellation.CancellationRequest == nil || i.cancelled() {
		return false
	}
	f := i.Fulfillment
	return f == nil || f.QuantityUnfulfilled == nil || *f.QuantityUnfulfilled > 0 ||
		f.QuantityFulfilled == nil || *f.QuantityFulfilled < i.QuantityOrdered
}

func (i *OrderItem) cancelled() bool {
	return i.Cancellation != nil && i.Cancellation.CancellationExecution != nil
}

// filter lists the fulfillmentStatuses that can give one of the wanted statuses; nil asks for all.
// A cancellation request shows only in the lines, and a shop's own table may have statuses that
// ours does not. Whatever cannot be decided beforehand is searched for.
func filter(q order.Query, own map[string]order.Status) []FulfillmentStatus {
	if len(q.Statuses) == 0 || q.Wants(order.Unknown) {
		return nil
	}
	for text := range own {
		if _, listed := statuses[FulfillmentStatus(text)]; !listed {
			return nil
		}
	}
	var wanted []FulfillmentStatus
	for _, s := range searchable {
		if q.Wants(statusOf(s, own)) || q.Wants(order.CancelRequested) && open(s) {
			wanted = append(wanted, s)
		}
	}
	if len(wanted) == len(searchable) {
		return nil
	}
	return wanted
}

// searchable are the values that the model lists for the parameter fulfillmentStatuses.
var searchable = []FulfillmentStatus{
	StatusPendingAvailability, StatusPending, StatusUnshipped, StatusPartiallyShipped,
	StatusShipped, StatusCancelled, StatusUnfulfillable,
}
