package amazon

import "fmt"

// unnamed returns an error for the first row of a list without its number. Nobody could say what
// such a row is about, so the whole answer is refused. list is the list's JSON name.
func unnamed[T any](list string, rows []T, number func(*T) string) error {
	for i := range rows {
		if number(&rows[i]) == "" {
			return fmt.Errorf("%s[%d] has no number", list, i)
		}
	}
	return nil
}

func (r *SearchOrdersResponse) named() error {
	return unnamed("orders", r.Orders, func(o *Order) string { return o.OrderID })
}

func (r *GetMarketplaceParticipationsResponse) named() error {
	return unnamed("payload", r.Payload,
		func(p *MarketplaceParticipation) string { return p.Marketplace.ID })
}

func (r *GetAccountResponse) named() error {
	return unnamed("payload.marketplaceParticipationList", r.Payload.MarketplaceParticipationList,
		func(p *MarketplaceParticipation) string { return p.Marketplace.ID })
}

func (r *GetDestinationsResponse) named() error {
	return unnamed("payload", r.Payload, func(d *Destination) string { return d.DestinationID })
}

func (r *GetSubscriptionsResponse) named() error {
	return unnamed("payload.subscriptions", r.Payload.Subscriptions,
		func(s *Subscription) string { return s.SubscriptionID })
}

func (r *GetReportsResponse) named() error {
	return unnamed("reports", r.Reports, func(r *Report) string { return r.ReportID })
}

// named checks the three lists of v0.
func (r *V0Response[T]) named() error {
	switch list := any(&r.Payload).(type) {
	case *V0OrdersList:
		return unnamed("payload.Orders", list.Orders,
			func(o *V0Order) string { return o.AmazonOrderID })
	case *V0OrderItemsList:
		return unnamed("payload.OrderItems", list.OrderItems,
			func(i *V0OrderItem) string { return i.OrderItemID })
	case *V0OrderItemsBuyerInfoList:
		return unnamed("payload.OrderItems", list.OrderItems,
			func(i *V0OrderItemBuyerInfo) string { return i.OrderItemID })
	}
	return nil
}
