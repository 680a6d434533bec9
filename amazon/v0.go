package amazon

import (
	"context"
	"errors"
	"net/url"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/wire"
	"github.com/jpmall/jpmall/order"
)

// V0 reads orders with the six operations of Orders v0, which Amazon ends on 2027-03-27. It returns
// wire structs only. For personal data it gets the Restricted Data Token by itself.
//
// Deprecated: use SearchOrders, GetOrder and Orders.
type V0 struct{ c *Client }

// V0 returns the reads of Orders v0.
//
// Deprecated: use SearchOrders, GetOrder and Orders.
func (c *Client) V0() V0 { return V0{c} }

// V0Flag is a boolean that Amazon writes as text.
type V0Flag string

// Bool parses the flag; ok is false when it is neither true nor false.
func (f V0Flag) Bool() (value, ok bool) { return wire.ParseFlag(string(f)) }

// Known reports whether the value is documented.
func (f V0Flag) Known() bool {
	_, ok := f.Bool()
	return ok
}

// Value parses the amount. It is undetermined when the amount is absent or not a plain decimal.
func (m V0Money) Value() order.Money { return money(m.Amount, m.CurrencyCode) }

// The personal data that a call of v0 can request.
const (
	V0DataBuyerInfo           = "buyerInfo"
	V0DataShippingAddress     = "shippingAddress"
	V0DataBuyerTaxInformation = "buyerTaxInformation"
)

// V0GetOrdersRequest holds the parameters of [V0.GetOrders]. Exactly one of CreatedAfter and
// LastUpdatedAfter is required. With NextToken all other fields must be the same as before,
// MarketplaceIDs among them.
type V0GetOrdersRequest struct {
	MarketplaceIDs                  []string // empty is Config.Marketplaces
	CreatedAfter                    time.Time
	CreatedBefore                   time.Time
	LastUpdatedAfter                time.Time
	LastUpdatedBefore               time.Time
	OrderStatuses                   []string
	FulfillmentChannels             []string // AFN, MFN
	PaymentMethods                  []string // COD, CVS, Other
	BuyerEmail                      string
	SellerOrderID                   string
	MaxResultsPerPage               int64 // 1 to 100
	EasyShipShipmentStatuses        []string
	ElectronicInvoiceStatuses       []string
	NextToken                       string
	AmazonOrderIDs                  []string // at most 50
	ActualFulfillmentSupplySourceID string
	IsISPU                          *bool
	StoreChainStoreID               string
	EarliestDeliveryDateBefore      time.Time
	EarliestDeliveryDateAfter       time.Time
	LatestDeliveryDateBefore        time.Time
	LatestDeliveryDateAfter         time.Time
	DataElements                    []string // personal data to read: the V0Data constants
}

// V0Response is the answer to an operation of v0.
type V0Response[T any] struct {
	Payload T             `json:"payload"`
	Errors  []ErrorDetail `json:"errors,omitempty"`
	Reply   Reply         `json:"-"`
}

// GetOrders reads a page of orders. One call a minute, burst 20. Safe to repeat.
func (v V0) GetOrders(
	ctx context.Context, req V0GetOrdersRequest,
) (V0Response[V0OrdersList], error) {
	if len(req.MarketplaceIDs) == 0 {
		req.MarketplaceIDs = v.c.cfg.Marketplaces
	}
	var report check.Report
	f := report.Fields()
	f.Batch("MarketplaceIds", len(req.MarketplaceIDs), maxMarketplaces)
	if n := len(req.AmazonOrderIDs); n > 50 {
		f.Add("AmazonOrderIds", "%d elements, at most 50 in one call", n)
	}
	if req.CreatedAfter.IsZero() == req.LastUpdatedAfter.IsZero() {
		f.Add("CreatedAfter", "exactly one of CreatedAfter and LastUpdatedAfter is needed")
	}
	if req.MaxResultsPerPage != 0 {
		f.Range("MaxResultsPerPage", req.MaxResultsPerPage, 1, 100)
	}
	if err := report.Err(); err != nil {
		return V0Response[V0OrdersList]{}, v.c.calls.Refuse("v0.getOrders", "", err)
	}
	return v0Get[V0OrdersList](ctx, v.c, "v0.getOrders", input{query: req.query()},
		req.DataElements, false)
}

func (r V0GetOrdersRequest) query() url.Values {
	q := make(url.Values)
	for name, list := range map[string][]string{
		"MarketplaceIds": r.MarketplaceIDs, "OrderStatuses": r.OrderStatuses,
		"FulfillmentChannels":       r.FulfillmentChannels,
		"PaymentMethods":            r.PaymentMethods,
		"EasyShipShipmentStatuses":  r.EasyShipShipmentStatuses,
		"ElectronicInvoiceStatuses": r.ElectronicInvoiceStatuses,
		"AmazonOrderIds":            r.AmazonOrderIDs,
	} {
		setList(q, name, list)
	}
	for name, t := range map[string]time.Time{
		"CreatedAfter": r.CreatedAfter, "CreatedBefore": r.CreatedBefore,
		"LastUpdatedAfter": r.LastUpdatedAfter, "LastUpdatedBefore": r.LastUpdatedBefore,
		"EarliestDeliveryDateBefore": r.EarliestDeliveryDateBefore,
		"EarliestDeliveryDateAfter":  r.EarliestDeliveryDateAfter,
		"LatestDeliveryDateBefore":   r.LatestDeliveryDateBefore,
		"LatestDeliveryDateAfter":    r.LatestDeliveryDateAfter,
	} {
		setTime(q, name, t)
	}
	for name, text := range map[string]string{
		"BuyerEmail": r.BuyerEmail, "SellerOrderId": r.SellerOrderID, "NextToken": r.NextToken,
		"ActualFulfillmentSupplySourceId": r.ActualFulfillmentSupplySourceID,
		"StoreChainStoreId":               r.StoreChainStoreID,
	} {
		setText(q, name, text)
	}
	if r.MaxResultsPerPage != 0 {
		q.Set("MaxResultsPerPage", strconv.FormatInt(r.MaxResultsPerPage, 10))
	}
	if r.IsISPU != nil {
		q.Set("IsISPU", strconv.FormatBool(*r.IsISPU))
	}
	return q
}

// GetOrder reads one order. dataElements are the V0Data constants of the personal data to read. One
// call every 2 s, burst 30. Safe to repeat.
func (v V0) GetOrder(
	ctx context.Context, orderID string, dataElements ...string,
) (V0Response[V0Order], error) {
	return v0Order[V0Order](ctx, v.c, "v0.getOrder", orderID, "", dataElements, false)
}

// GetOrderBuyerInfo reads the buyer of an order, which is personal data. One call every 2 s, burst
// 30. Safe to repeat.
func (v V0) GetOrderBuyerInfo(
	ctx context.Context, orderID string,
) (V0Response[V0OrderBuyerInfo], error) {
	return v0Order[V0OrderBuyerInfo](ctx, v.c, "v0.getOrderBuyerInfo", orderID, "", nil, true)
}

// GetOrderAddress reads the delivery address of an order, which is personal data. One call every 2
// s, burst 30. Safe to repeat.
func (v V0) GetOrderAddress(
	ctx context.Context, orderID string,
) (V0Response[V0OrderAddress], error) {
	return v0Order[V0OrderAddress](ctx, v.c, "v0.getOrderAddress", orderID, "", nil, true)
}

// GetOrderItems reads a page of the lines of an order. The only data element is [V0DataBuyerInfo].
// One call every 2 s, burst 30. Safe to repeat.
func (v V0) GetOrderItems(
	ctx context.Context, orderID, nextToken string, dataElements ...string,
) (V0Response[V0OrderItemsList], error) {
	return v0Order[V0OrderItemsList](ctx, v.c, "v0.getOrderItems", orderID, nextToken, dataElements,
		false)
}

// GetOrderItemsBuyerInfo reads a page of the buyer's information on lines, which is personal data.
// One call every 2 s, burst 30. Safe to repeat.
func (v V0) GetOrderItemsBuyerInfo(
	ctx context.Context, orderID, nextToken string,
) (V0Response[V0OrderItemsBuyerInfoList], error) {
	return v0Order[V0OrderItemsBuyerInfoList](ctx, v.c, "v0.getOrderItemsBuyerInfo", orderID,
		nextToken, nil, true)
}

func v0Order[T any](
	ctx context.Context, c *Client, name, orderID, nextToken string, elements []string,
	restricted bool,
) (V0Response[T], error) {
	if orderID == "" {
		return V0Response[T]{}, c.calls.Refuse(name, "", errors.New("orderId is empty"))
	}
	in := forOrder(orderID, nil)
	in.query = make(url.Values)
	setText(in.query, "NextToken", nextToken)
	return v0Get[T](ctx, c, name, in, elements, restricted)
}

// v0Get makes a read, with a token for the operation's path template if it returns personal data.
func v0Get[T any](
	ctx context.Context, c *Client, name string, in input, elements []string, restricted bool,
) (V0Response[T], error) {
	var out V0Response[T]
	if restricted || len(elements) > 0 {
		r := lookup(name)
		var err error
		if in.token, err = c.restrictedToken(ctx,
			RestrictedResource{Method: r.Method, Path: r.Path,
				DataElements: elements}); err != nil {
			return out, err
		}
	}
	reply, err := c.do(ctx, name, in, &out)
	out.Reply = reply
	return out, err
}
