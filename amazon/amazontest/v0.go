package amazontest

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/fake"
)

// v0Statuses maps the statuses of v2026-01-01 to those of v0.
var v0Statuses = map[string]string{
	"PENDING_AVAILABILITY": "PendingAvailability", "PENDING": "Pending", "UNSHIPPED": "Unshipped",
	"PARTIALLY_SHIPPED": "PartiallyShipped",
	"SHIPPED":           "Shipped", "CANCELLED": "Canceled", "UNFULFILLABLE": "Unfulfillable",
}

// opened reports whether the call has a Restricted Data Token. Without one, v0 leaves personal data
// out and refuses operations that return nothing else.
func (m *Mall) opened(c *call) bool {
	return m.tokens[c.Header.Get("x-amz-access-token")].opens != nil
}

func (m *Mall) restrictedOnly(c *call) (*Order, *fake.Reply) {
	if !m.opened(c) {
		r := m.fail(http.StatusForbidden, "Unauthorized", denied, "")
		return nil, &r
	}
	return m.find(c.vars[0])
}

func (m *Mall) v0Orders(c *call) fake.Reply {
	q := c.URL.Query()
	if q.Get("MarketplaceIds") == "" {
		return m.fail(http.StatusBadRequest, "InvalidInput", "", "")
	}
	// The same search under the names of v0.
	same := url.Values{"marketplaceIds": q["MarketplaceIds"]}
	for old, now := range map[string]string{"CreatedAfter": "createdAfter",
		"CreatedBefore": "createdBefore", "LastUpdatedAfter": "lastUpdatedAfter",
		"LastUpdatedBefore": "lastUpdatedBefore", "NextToken": "paginationToken"} {
		if v := q.Get(old); v != "" {
			same.Set(now, v)
		}
	}
	list, refusal := m.list(same)
	if refusal != nil {
		return *refusal
	}
	n := min(100, len(list.ids))
	page := []any{}
	for _, id := range list.ids[:n] {
		if o := m.orders[id]; o != nil {
			page = append(page, m.v0Render(o, m.opened(c)))
		}
	}
	out := object{"Orders": page, "CreatedBefore": list.bound}
	if rest := list.ids[n:]; len(rest) > 0 {
		list.ids = rest
		out["NextToken"] = m.pageToken(list)
	}
	return payload(out)
}

func (m *Mall) v0Order(c *call) fake.Reply {
	o, refusal := m.find(c.vars[0])
	if refusal != nil {
		return *refusal
	}
	return payload(m.v0Render(o, m.opened(c)))
}

func v0Yen(amount string) object {
	if amount == "" {
		return nil
	}
	return object{"Amount": amount, "CurrencyCode": "JPY"}
}

func (m *Mall) v0Render(o *Order, personal bool) object {
	status, ok := v0Statuses[o.Status]
	if !ok {
		status = o.Status
	}
	out := object{"AmazonOrderId": o.ID, "PurchaseDate": gmt(o.Placed),
		"LastUpdateDate": gmt(o.Updated), "OrderStatus": status,
		"FulfillmentChannel": map[string]string{"MERCHANT": "MFN", "AMAZON": "AFN"}[o.by()],
		"MarketplaceId":      m.options.Marketplace,
		"IsPrime":            "false", "IsISPU": false}
	if !o.pending() {
		out.set("OrderTotal", v0Yen(o.total()))
	}
	if personal {
		out.set("ShippingAddress", m.v0Where(o)).set("BuyerInfo",
			object{}.text("BuyerName", o.Buyer.Name).text("BuyerEmail", o.Buyer.Email))
	}
	return out
}

func (m *Mall) v0Where(o *Order) object {
	if o.pending() || !m.personal(o) {
		return nil
	}
	a := o.Address
	return object{"CountryCode": "JP"}.text("Name", a.Name).text("AddressLine1",
		a.Line1).text("AddressLine2", a.Line2).
		text("StateOrRegion", a.State).text("PostalCode", a.Postal).text("Phone", a.Phone)
}

func (m *Mall) v0BuyerInfo(c *call) fake.Reply {
	o, refusal := m.restrictedOnly(c)
	if refusal != nil {
		return *refusal
	}
	return payload(object{"AmazonOrderId": o.ID}.text("BuyerName", o.Buyer.Name).text("BuyerEmail",
		o.Buyer.Email))
}

func (m *Mall) v0Address(c *call) fake.Reply {
	o, refusal := m.restrictedOnly(c)
	if refusal != nil {
		return *refusal
	}
	return payload(object{"AmazonOrderId": o.ID}.set("ShippingAddress", m.v0Where(o)))
}

func (m *Mall) v0Items(c *call) fake.Reply {
	o, refusal := m.find(c.vars[0])
	if refusal != nil {
		return *refusal
	}
	items := []any{}
	for i := range o.Lines {
		l := &o.Lines[i]
		item := object{"ASIN": l.ASIN, "OrderItemId": l.ID, "QuantityOrdered": l.Quantity,
			"QuantityShipped": l.Shipped, "SellerSKU": l.SKU,
			"Title": l.Title, "IsGift": strconv.FormatBool(l.Gift != nil), "IossNumber": ""}
		if !o.pending() {
			item.set("ItemPrice", v0Yen(l.Item)).set("CODFee", v0Yen(l.CODFee))
		}
		item.text("ScheduledDeliveryStartDate", gmt(l.From)).text("ScheduledDeliveryEndDate",
			gmt(l.To))
		items = append(items, item)
	}
	return payload(object{"AmazonOrderId": o.ID, "OrderItems": items})
}

func (m *Mall) v0ItemsBuyerInfo(c *call) fake.Reply {
	o, refusal := m.restrictedOnly(c)
	if refusal != nil {
		return *refusal
	}
	items := []any{}
	for i := range o.Lines {
		item := object{"OrderItemId": o.Lines[i].ID}
		if g := o.Lines[i].Gift; g != nil {
			item.text("GiftMessageText", strings.TrimSpace(g.Message)).text("GiftWrapLevel", g.Wrap)
		}
		items = append(items, item)
	}
	return payload(object{"AmazonOrderId": o.ID, "OrderItems": items})
}
