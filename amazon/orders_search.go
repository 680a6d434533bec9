package amazon

import (
	"context"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/check"
)

// IncludedData is a part of an order that Amazon sends only on request.
type IncludedData string

// The parts of an order. Personal data in them is absent without the role for it.
const (
	IncludeBuyer        IncludedData = "BUYER"
	IncludeRecipient    IncludedData = "RECIPIENT"
	IncludeProceeds     IncludedData = "PROCEEDS"
	IncludeExpense      IncludedData = "EXPENSE" // points granted
	IncludePromotion    IncludedData = "PROMOTION"
	IncludeCancellation IncludedData = "CANCELLATION"
	IncludeFulfillment  IncludedData = "FULFILLMENT" // status, gift wishes, delivery windows
	// tracking numbers; merchant-fulfilled orders only
	IncludePackages          IncludedData = "PACKAGES"
	IncludeTax               IncludedData = "TAX" // Brazil, Turkey, EU; some of it needs a tax role
	IncludePayment           IncludedData = "PAYMENT"
	IncludeFulfillmentOrders IncludedData = "FULFILLMENT_ORDERS" // Easy Ship
)

// AllData returns all parts, in the order of Amazon's documentation.
func AllData() []IncludedData {
	return []IncludedData{
		IncludeBuyer, IncludeRecipient, IncludeProceeds, IncludeExpense, IncludePromotion,
		IncludeCancellation, IncludeFulfillment,
		IncludePackages, IncludeTax, IncludePayment, IncludeFulfillmentOrders,
	}
}

// DefaultData returns the parts that are read unless [Config.IncludedData] says otherwise: all but
// TAX, which says nothing about orders in Japan, and FULFILLMENT_ORDERS. The latter has only the
// number of an Easy Ship order (in Japan since 2024), for the Easy Ship and External Fulfillment
// APIs; add it when you call those. [Order.Programs] shows Easy Ship without it.
func DefaultData() []IncludedData {
	return slices.DeleteFunc(AllData(),
		func(d IncludedData) bool { return d == IncludeTax || d == IncludeFulfillmentOrders })
}

// SearchOrdersRequest holds the parameters of SearchOrders. Exactly one of CreatedAfter and
// LastUpdatedAfter is required. A Before needs its After, must not be earlier, and must lie at
// least two minutes in the past. Both ends are inclusive. Zero fields are not sent.
type SearchOrdersRequest struct {
	CreatedAfter        time.Time
	CreatedBefore       time.Time
	LastUpdatedAfter    time.Time
	LastUpdatedBefore   time.Time
	FulfillmentStatuses []FulfillmentStatus
	MarketplaceIDs      []string // at most 50; empty is all of the region
	FulfilledBy         []FulfilledBy
	MaxResultsPerPage   int64 // 1 to 100; 0 is 100
	// Pagination.NextToken of the page before, within 24 hours. All other fields must be the same,
	// except MaxResultsPerPage and IncludedData
	PaginationToken string
	IncludedData    []IncludedData
}

// SearchOrdersResponse is a page of orders, in no particular order.
type SearchOrdersResponse struct {
	Orders []Order `json:"orders"`
	// empty on the last page; a short page need not be the last
	Pagination        Pagination `json:"pagination,omitzero"`
	LastUpdatedBefore DateTime   `json:"lastUpdatedBefore,omitempty"`
	// the upper bound that Amazon used
	CreatedBefore DateTime `json:"createdBefore,omitempty"`
	Reply         Reply    `json:"-"`
}

// Pagination holds the token of the next page.
type Pagination struct {
	NextToken string `json:"nextToken,omitempty"` // valid for 24 hours
}

// twoMinutes is how far in the past an upper bound must lie.
const twoMinutes = 2 * time.Minute

// SearchOrders reads a page of up to 100 orders. A request that Amazon would refuse is refused
// before it is sent; the error names the field. One call every 180 s, burst 20. Safe to repeat.
func (c *Client) SearchOrders(
	ctx context.Context, req SearchOrdersRequest,
) (SearchOrdersResponse, error) {
	var out SearchOrdersResponse
	if err := req.check(time.Now()); err != nil {
		return out, c.calls.Refuse("searchOrders", "", err)
	}
	reply, err := c.do(ctx, "searchOrders", input{query: req.query()}, &out)
	out.Reply = reply
	return out, err
}

func (r SearchOrdersRequest) check(now time.Time) error {
	var report check.Report
	f := report.Fields()
	created, updated := !r.CreatedAfter.IsZero(), !r.LastUpdatedAfter.IsZero()
	if created == updated {
		f.Add("createdAfter", "exactly one of createdAfter and lastUpdatedAfter is needed")
	}
	before(f, "created", r.CreatedAfter, r.CreatedBefore, now)
	before(f, "lastUpdated", r.LastUpdatedAfter, r.LastUpdatedBefore, now)
	if n := len(r.MarketplaceIDs); n > maxMarketplaces {
		f.Add("marketplaceIds", "%d elements, at most %d", n, maxMarketplaces)
	}
	if r.MaxResultsPerPage != 0 {
		f.Range("maxResultsPerPage", r.MaxResultsPerPage, 1, 100)
	}
	return report.Err()
}

func before(f check.Fields, name string, after, before time.Time, now time.Time) {
	switch {
	case before.IsZero():
	case after.IsZero():
		f.Add(name+"Before", "goes only with %sAfter", name)
	case before.Before(after):
		f.Add(name+"Before", "is earlier than %sAfter", name)
	case now.Sub(before) < twoMinutes:
		f.Add(name+"Before",
			"must lie at least two minutes in the past; leave it out to read up to now")
	}
}

func (r SearchOrdersRequest) query() url.Values {
	q := make(url.Values)
	setTime(q, "createdAfter", r.CreatedAfter)
	setTime(q, "createdBefore", r.CreatedBefore)
	setTime(q, "lastUpdatedAfter", r.LastUpdatedAfter)
	setTime(q, "lastUpdatedBefore", r.LastUpdatedBefore)
	setList(q, "fulfillmentStatuses", r.FulfillmentStatuses)
	setList(q, "marketplaceIds", r.MarketplaceIDs)
	setList(q, "fulfilledBy", r.FulfilledBy)
	if r.MaxResultsPerPage != 0 {
		q.Set("maxResultsPerPage", strconv.FormatInt(r.MaxResultsPerPage, 10))
	}
	setText(q, "paginationToken", r.PaginationToken)
	setList(q, "includedData", r.IncludedData)
	return q
}

func setText(q url.Values, name, value string) {
	if value != "" {
		q.Set(name, value)
	}
}

func setTime(q url.Values, name string, t time.Time) { setText(q, name, string(DateTimeOf(t))) }

// setList writes a list as Amazon takes it: one parameter, separated by commas.
func setList[T ~string](q url.Values, name string, values []T) {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	setText(q, name, strings.Join(texts, ","))
}

// GetOrderRequest holds the parameters of GetOrder.
type GetOrderRequest struct {
	OrderID      string // 3-7-7 digits
	IncludedData []IncludedData
}

// GetOrderResponse is the answer to GetOrder.
type GetOrderResponse struct {
	Order Order `json:"order"`
	Reply Reply `json:"-"`
}

// GetOrder reads one order. An order that is not the seller's is [order.ErrNotFound]. One call
// every 2 s, burst 30. Safe to repeat.
func (c *Client) GetOrder(ctx context.Context, req GetOrderRequest) (GetOrderResponse, error) {
	var out GetOrderResponse
	if req.OrderID == "" {
		return out, c.calls.Refuse("getOrder", "", errors.New("orderId is empty"))
	}
	q := make(url.Values)
	setList(q, "includedData", req.IncludedData)
	in := forOrder(req.OrderID, nil)
	in.query = q
	reply, err := c.do(ctx, "getOrder", in, &out)
	out.Reply = reply
	return out, err
}

// included reports whether a request asked for a part of the orders.
func included(query url.Values) func(string) bool {
	parts := strings.Split(query.Get("includedData"), ",")
	return func(name string) bool {
		return name != "fulfillment" || slices.Contains(parts, string(IncludeFulfillment))
	}
}
