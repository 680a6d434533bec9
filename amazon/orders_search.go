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

// IncludedData is a part of an order that is sent only when it is asked for.
type IncludedData string

// The parts. Personal data in them comes only with the role for it, and is otherwise absent.
const (
	IncludeBuyer             IncludedData = "BUYER"
	IncludeRecipient         IncludedData = "RECIPIENT"
	IncludeProceeds          IncludedData = "PROCEEDS"
	IncludeExpense           IncludedData = "EXPENSE"      // points granted
	IncludePromotion         IncludedData = "PROMOTION"    //
	IncludeCancellation      IncludedData = "CANCELLATION" //
	IncludeFulfillment       IncludedData = "FULFILLMENT"  // the status, gift wishes, delivery windows
	IncludePackages          IncludedData = "PACKAGES"     // tracking numbers; merchant-fulfilled orders only
	IncludeTax               IncludedData = "TAX"          // Brazil, Turkey, EU; parts need a tax role
	IncludePayment           IncludedData = "PAYMENT"
	IncludeFulfillmentOrders IncludedData = "FULFILLMENT_ORDERS" // Easy Ship
)

// AllData lists all parts, in the order of Amazon's documentation.
func AllData() []IncludedData {
	return []IncludedData{
		IncludeBuyer, IncludeRecipient, IncludeProceeds, IncludeExpense, IncludePromotion, IncludeCancellation, IncludeFulfillment,
		IncludePackages, IncludeTax, IncludePayment, IncludeFulfillmentOrders,
	}
}

// DefaultData lists what orders are read with unless Config.IncludedData says otherwise: everything that says something about an
// order in Japan, so not TAX. Of an Easy Ship order, which exists in Japan since 2024-09, FULFILLMENT_ORDERS tells the number that the
// Easy Ship and External Fulfillment APIs want, and nothing else: that it is one shows in Programs. Ask for it when you call those.
func DefaultData() []IncludedData {
	return slices.DeleteFunc(AllData(), func(d IncludedData) bool { return d == IncludeTax || d == IncludeFulfillmentOrders })
}

// SearchOrdersRequest asks for a page of orders. Exactly one of CreatedAfter and LastUpdatedAfter is needed; each Before goes only
// with its After, is not earlier, and must lie two minutes in the past. After and Before are both inclusive. Zero fields are not
// sent. There is no order among the rows.
type SearchOrdersRequest struct {
	CreatedAfter        time.Time
	CreatedBefore       time.Time
	LastUpdatedAfter    time.Time
	LastUpdatedBefore   time.Time
	FulfillmentStatuses []FulfillmentStatus
	MarketplaceIDs      []string // at most 50; none asks for all of the region
	FulfilledBy         []FulfilledBy
	MaxResultsPerPage   int64  // 1 to 100; 0 is 100
	PaginationToken     string // Pagination.NextToken of the page before, within 24 hours, all else but the page size and IncludedData as it was
	IncludedData        []IncludedData
}

// SearchOrdersResponse is a page of orders.
type SearchOrdersResponse struct {
	Orders            []Order    `json:"orders"`
	Pagination        Pagination `json:"pagination,omitzero"` // empty on the last page; a short page does not mean the last
	LastUpdatedBefore DateTime   `json:"lastUpdatedBefore,omitempty"`
	CreatedBefore     DateTime   `json:"createdBefore,omitempty"` // the upper bound that the server used
	Reply             Reply      `json:"-"`
}

// Pagination leads to the next page.
type Pagination struct {
	NextToken string `json:"nextToken,omitempty"` // valid for 24 hours
}

// twoMinutes is how far in the past an upper bound must lie.
const twoMinutes = 2 * time.Minute

// SearchOrders reads a page of up to 100 orders: one call every 180 s, burst 20, safe to repeat. A request that Amazon would refuse
// is refused here, by field.
func (c *Client) SearchOrders(ctx context.Context, req SearchOrdersRequest) (SearchOrdersResponse, error) {
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
		f.Add(name+"Before", "must lie at least two minutes in the past; leave it out to read up to now")
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

// setList writes a list the way Amazon takes it: one parameter, separated by commas.
func setList[T ~string](q url.Values, name string, values []T) {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	setText(q, name, strings.Join(texts, ","))
}

// GetOrderRequest asks for one order.
type GetOrderRequest struct {
	OrderID      string // 3-7-7 digits
	IncludedData []IncludedData
}

// GetOrderResponse is one order.
type GetOrderResponse struct {
	Order Order `json:"order"`
	Reply Reply `json:"-"`
}

// GetOrder reads one order: one call every 2 s, burst 30, safe to repeat. An order that is not the seller's is order.ErrNotFound.
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
