package amazontest

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// object is a JSON object under construction. Empty parts are left out, as Amazon does.
type object map[string]any

func (o object) text(name, value string) object {
	if value != "" {
		o[name] = value
	}
	return o
}

func (o object) set(name string, part object) object {
	if len(part) > 0 {
		o[name] = part
	}
	return o
}

func (o object) list(name string, items []any) object {
	if len(items) > 0 {
		o[name] = items
	}
	return o
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000Z")
}

// bound writes the end of a window, in whole seconds as Amazon does.
func bound(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05Z")
}

func window(from, to time.Time) object {
	return object{}.text("earliestDateTime", bound(from)).text("latestDateTime", bound(to))
}

func yen(amount string) object {
	if amount == "" {
		return nil
	}
	return object{"amount": amount, "currencyCode": "JPY"}
}

func texts(values []string) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v
	}
	return all
}

// render writes an order of v2026-01-01 with the data sets that were requested and that the roles
// allow.
func (m *Mall) render(o *Order, data []string) object {
	has := func(set string) bool { return slices.Contains(data, set) }
	marketplace := o.Marketplace
	if marketplace == "" {
		marketplace = m.options.Marketplace
	}
	out := object{
		"orderId": o.ID, "createdTime": stamp(o.Placed), "lastUpdatedTime": stamp(o.Updated),
		"salesChannel": object{"channelName": "AMAZON", "marketplaceId": marketplace,
			"marketplaceName": "Amazon.co.jp"},
	}
	if o.SellerID != "" {
		out["orderAliases"] = []any{object{"aliasId": o.SellerID, "aliasType": "SELLER_ORDER_ID"}}
	}
	out.list("programs", texts(o.Programs))
	if o.Replaces != "" {
		out["associatedOrders"] = []any{
			object{"orderId": o.Replaces, "associationType": "REPLACEMENT_ORIGINAL_ID"}}
	}
	if has("BUYER") {
		out.set("buyer", m.buyer(o))
	}
	if has("RECIPIENT") {
		out.set("recipient", m.recipient(o))
	}
	if has("PROCEEDS") {
		out.set("proceeds", object{}.set("grandTotal", yen(o.total())))
	}
	if has("PAYMENT") {
		out.set("payment", object{}.list("paymentExecutions", payments(o)))
	}
	if has("FULFILLMENT") {
		out["fulfillment"] = fulfillment(o)
	}
	if has("PACKAGES") && o.by() == "MERCHANT" {
		out.list("packages", o.shown())
	}
	if has("FULFILLMENT_ORDERS") && o.EasyShip != "" {
		out["fulfillmentOrders"] = []any{object{"fulfillmentOrderId": o.EasyShip}}
	}
	lines := make([]any, len(o.Lines))
	for i := range o.Lines {
		lines[i] = m.line(o, &o.Lines[i], has)
	}
	out["orderItems"] = lines
	for name, value := range o.Extra {
		out[name] = value
	}
	return out
}

func (o *Order) by() string {
	if o.FulfilledBy == "" {
		return "MERCHANT"
	}
	return o.FulfilledBy
}

func (o *Order) pending() bool {
	return o.Status == "PENDING" || o.Status == "PENDING_AVAILABILITY"
}

// personal reports whether name, address and telephone are sent: merchant-fulfilled orders that
// have left the pending state, to applications with the delivery role.
func (m *Mall) personal(o *Order) bool {
	return m.has(RoleDelivery) && o.by() == "MERCHANT" && !o.pending()
}

func (m *Mall) buyer(o *Order) object {
	b := object{}.text("buyerCompanyName", o.Buyer.Company).text("buyerPurchaseOrderNumber",
		o.Buyer.PurchaseOrder)
	if m.personal(o) {
		b.text("buyerName", o.Buyer.Name)
		if o.Status == "UNSHIPPED" || o.Status == "PARTIALLY_SHIPPED" || o.Status == "SHIPPED" {
			b.text("buyerEmail", o.Buyer.Email)
		}
	}
	return b
}

func (m *Mall) recipient(o *Order) object {
	if o.pending() || o.Address == (Address{}) {
		return nil
	}
	a := o.Address
	kind := a.Type
	if kind == "" {
		kind = "RESIDENTIAL"
	}
	address := object{"countryCode": "JP", "addressType": kind}
	address.text("postalCode", a.Postal).text("stateOrRegion", a.State)
	if m.personal(o) {
		address.text("name", a.Name).text("companyName", a.Company).text("addressLine1",
			a.Line1).text("addressLine2", a.Line2).
			text("addressLine3", a.Line3).text("city", a.City).text("phone", a.Phone)
	}
	wish := object{}.text("dropOffLocation", o.DropOff)
	if m.has(RoleDelivery) {
		wish.text("addressInstruction", o.Instruction)
	}
	return object{"deliveryAddress": address}.set("deliveryPreference", wish)
}

// total returns GrandTotal, or the sum of the lines where it is empty.
func (o *Order) total() string {
	switch {
	case o.GrandTotal == "-":
		return ""
	case o.GrandTotal != "":
		return o.GrandTotal
	}
	sum := 0
	for i := range o.Lines {
		n, ok := o.Lines[i].sum()
		if !ok {
			return ""
		}
		sum += n
	}
	return strconv.Itoa(sum)
}

// sum returns the sum of a line in whole yen.
func (l *Line) sum() (yen int, ok bool) {
	if l.Item == "" {
		return 0, false
	}
	sign := 1
	for i, amount := range [...]string{l.Item, l.Shipping, l.GiftWrap, l.CODFee, l.Discount} {
		if amount == "" {
			continue
		}
		if i == 4 {
			sign = -1
		}
		whole, _, _ := strings.Cut(amount, ".")
		n, err := strconv.Atoi(whole)
		if err != nil {
			return 0, false
		}
		yen += sign * n
	}
	return yen, true
}

func payments(o *Order) []any {
	var all []any
	for _, p := range o.Payments {
		all = append(all, object{"paymentMethod": p.Method}.set("paymentAmount", yen(p.Amount)))
	}
	return all
}

func fulfillment(o *Order) object {
	level := o.Level
	if level == "" {
		level = "STANDARD"
	}
	return object{"fulfillmentStatus": o.Status, "fulfilledBy": o.by(),
		"fulfillmentServiceLevel": level}.
		set("shipByWindow", window(o.ShipFrom, o.ShipBy)).
		set("deliverByWindow", window(o.DeliverFrom, o.DeliverBy))
}

// shown returns the packages that reads show by now.
func (o *Order) shown() []any {
	var all []any
	for _, p := range o.Packages {
		if time.Now().Before(o.hidden[p.ID]) {
			continue
		}
		var items []any
		for i := range o.Lines {
			if n := p.Items[o.Lines[i].ID]; n > 0 {
				items = append(items, object{"orderItemId": o.Lines[i].ID, "quantity": n})
			}
		}
		pack := object{"packageReferenceId": p.ID, "createdTime": stamp(p.Shipped),
			"packageStatus": object{"status": "SHIPPED"}}
		all = append(all, pack.text("carrier", p.Carrier).text("shippingService",
			p.Service).text("trackingNumber", p.Tracking).
			text("shipTime", stamp(p.Shipped)).list("packageItems", items))
	}
	return all
}

func (m *Mall) line(o *Order, l *Line, has func(string) bool) object {
	product := object{}.text("asin", l.ASIN).text("title", l.Title).text("sellerSku", l.SKU)
	product["condition"] = object{"conditionType": "NEW", "conditionSubtype": "NEW",
		"conditionNote": ""}
	product.set("price", object{}.set("unitPrice", yen(l.UnitPrice)))
	out := object{"orderItemId": l.ID, "quantityOrdered": l.Quantity, "product": product}
	out.list("programs", texts(l.Programs))
	if has("PROCEEDS") {
		out.set("proceeds", l.proceeds())
	}
	if has("EXPENSE") && l.Points > 0 {
		out["expense"] = object{"pointsCost": object{"pointsGranted": object{
			"pointsNumber": l.Points, "pointsMonetaryValue": yen(strconv.Itoa(l.Points)),
		}}}
	}
	if has("CANCELLATION") {
		cancel := object{}
		if o.CancelReason != "" {
			cancel["cancellationRequest"] = object{"requester": "BUYER",
				"cancelReason": o.CancelReason}
		}
		if l.Cancelled != "" {
			cancel["cancellationExecution"] = object{"cancelledBy": l.Cancelled}
		}
		out.set("cancellation", cancel)
	}
	if has("FULFILLMENT") {
		out["fulfillment"] = m.lineFulfillment(l)
	}
	return out
}

func (l *Line) proceeds() object {
	var parts []any
	for _, p := range [...][2]string{{"ITEM", l.Item}, {"SHIPPING", l.Shipping},
		{"GIFT_WRAP", l.GiftWrap}, {"COD_FEE", l.CODFee}, {"DISCOUNT", l.Discount}} {
		if p[1] != "" {
			parts = append(parts, object{"type": p[0], "subtotal": yen(p[1])})
		}
	}
	out := object{}.list("breakdowns", parts)
	if n, ok := l.sum(); ok {
		out["proceedsTotal"] = yen(strconv.Itoa(n))
	}
	return out
}

func (m *Mall) lineFulfillment(l *Line) object {
	out := object{"quantityFulfilled": l.Shipped, "quantityUnfulfilled": l.Quantity - l.Shipped}
	if l.Gift != nil {
		gift := object{}.text("giftWrapLevel", l.Gift.Wrap)
		if m.has(RoleDelivery) {
			gift.text("giftMessage", l.Gift.Message)
		}
		out["packing"] = object{"giftOption": gift}
	}
	shipping := object{}.set("scheduledDeliveryWindow", window(l.From, l.To))
	if l.COD {
		shipping["shippingConstraints"] = object{"cashOnDelivery": "MANDATORY"}
	}
	return out.set("shipping", shipping)
}
