package yahootest

import (
	"slices"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/fake"
)

// What orderChange takes, by the group of the request.
var changeable = map[string]map[string]bool{
	"Order": nameSet(
		`IsSeen Suspect PayType PayKind PayMethod PayMethodName StoreStatus PrintSlipTime PrintDeliveryTime PrintBillTime
		BuyerComments SellerComments Notes RefundStatus IsFirstClassDrugAgreement SlowlyShipPoint`),
	"Pay": nameSet(
		`PayDate PayNotes PayManageLimitDate NeedBillSlip NeedDetailedSlip NeedReceipt BillFirstName BillFirstnameKana
		BillLastName BillLastNameKana BillZipCode BillPrefecture BillPrefectureKana BillCity BillCityKana BillAddressFrom BillAddress1
		BillAddress1Kana BillAddress2 BillAddress2Kana BillPhoneNumber BillEmgPhoneNumber BillMailAddress BillSection1Field
		BillSection1Value BillSection2Field BillSection2Value`),
	"Ship": nameSet(
		`ShipMethod ShipMethodName ShipRequestDate ShipRequestTime ShipNotes ShipCompanyCode ShipInvoiceNumber1
		ShipInvoiceNumber2 ShipInvoiceNumberEmptyReason ShipUrl ArriveType ShipDate ArrivalDate NeedGiftWrap GiftWrapType
		GiftWrapMessage NeedGiftWrapPaper GiftWrapPaperType GiftWrapName ShipFirstName ShipFirstNameKana ShipLastName
		ShipLastNameKana ShipZipCode ShipPrefecture ShipPrefectureKana ShipCity ShipCityKana ShipAddress1 ShipAddress1Kana
		ShipAddress2 ShipAddress2Kana ShipPhoneNumber ShipEmgPhoneNumber ShipSection1Field ShipSection1Value ShipSection2Field
		ShipSection2Value CashOnDeliveryTax ReceiveShopCode ReceiveShopName IsEazy EazyDeliveryCode EazyDeliveryName
		IsMallContactlessDelivery`),
	"Detail": nameSet(`PayCharge ShipCharge GiftWrapCharge Discount Adjustments GiftCardDiscount`),
}

func (m *Mall) orderChange(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	order := r.node.child("Order")
	if order == nil || len(order.children) == 0 {
		return *badParameter("Order")
	}
	if c.order.Fields["OrderStatus"] == "4" {
		return *forbiddenNow("CancelOrder OrderChange")
	}
	var fields []*node
	for _, n := range order.children {
		switch {
		case n.name == "Item":
			if bad := c.lineOf(n); bad == nil {
				return *badParameter("LineId")
			}
		case n.name != "Order" && changeable[n.name] != nil:
			for _, f := range n.children {
				if !changeable[n.name][f.name] {
					return *badParameter(f.name)
				}
				fields = append(fields, f)
			}
		case changeable["Order"][n.name]:
			fields = append(fields, n)
		default:
			return *badParameter(n.name)
		}
	}
	ship := order.child("Ship")
	if refusal := c.parcel(ship); refusal != nil {
		return *refusal
	}
	for _, f := range fields {
		if refusal := c.change(f); refusal != nil {
			return *refusal
		}
	}
	c.tied(ship)
	for _, n := range order.all("Item") {
		l := c.lineOf(n)
		for _, f := range n.children {
			if f.name != "LineId" {
				l.Fields[f.name] = told(f.name, f.value)
				c.log = append(c.log, logged{line: l.Fields["LineId"], field: f.name,
					value: f.value})
			}
		}
	}
	c.recount()
	return c.done("")
}

// change applies one field, with the limits that the page names.
func (c *change) change(f *node) *fake.Reply {
	switch f.name {
	case "IsSeen":
		if f.value != "true" {
			return badParameter(f.name)
		}
	case "ShipRequestTime":
		if len(f.value) > 13 {
			return badParameter(f.name)
		}
	case "Adjustments":
		if n, err := strconv.Atoi(f.value); err != nil || n > 50_000 {
			return badParameter(f.name)
		}
	case "BillFirstnameKana":
		c.set("BillFirstNameKana", f.value) // replies spell it so
		return nil
	}
	c.set(f.name, told(f.name, f.value))
	return nil
}

// lineOf finds the line that an Item element names.
func (c *change) lineOf(n *node) *Line {
	for i := range c.order.Lines {
		if c.order.Lines[i].Fields["LineId"] == n.text("LineId") {
			return &c.order.Lines[i]
		}
	}
	return nil
}

// recount works the total out anew.
func (c *change) recount() {
	c.set("TotalPrice", decimal(total(c.order)))
	c.order.Fields["SettleAmount"] = c.order.Fields["TotalPrice"]
}

func (m *Mall) orderItemAdd(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	quoted, refusal := flagOf(r.node.child("Target"), "IsQuotation")
	if refusal != nil {
		return *refusal
	}
	items := r.node.child("Order").all("Item")
	if len(items) == 0 {
		return *badParameter("Item")
	}
	next := len(c.order.Lines) + 1
	var lines []Line
	for i, it := range items {
		if it.text("LineId") != strconv.Itoa(next+i) {
			return *badParameter("LineId")
		}
		if own := it.text("IsQuotation"); own != "" {
			quoted = own == "true"
		}
		l := Line{Fields: map[string]string{"LineId": it.text("LineId"), "IsTaxable": "true",
			"ItemTaxRatio": "10", "PriceType": "1"}}
		for _, name := range []string{"ItemId", "Quantity", "Title", "UnitPrice", "SubCode"} {
			value := it.text(name)
			if value == "" && (name == "ItemId" || name == "Quantity" || !quoted &&
				name != "SubCode") {
				return *badParameter(name)
			}
			l.Fields[name] = value
		}
		if quoted { // an item database of one price
			l.Fields["Title"], l.Fields["UnitPrice"] = "見本商品 "+it.text("ItemId"), "1100"
		}
		l.Options, l.Inscriptions = choices(it.all("ItemOption")), choices(it.all("Inscription"))
		lines = append(lines, l)
	}
	c.order.Lines = append(c.order.Lines, lines...)
	c.log = append(c.log, logged{field: "Item", value: strconv.Itoa(len(lines))})
	c.recount()
	m.mailed++
	return c.done("")
}

func choices(nodes []*node) []Choice {
	var all []Choice
	for _, n := range nodes {
		all = append(all, Choice{Name: n.text("Name"), Value: n.text("Value"), Price: "0"})
	}
	return all
}

// orderSplit makes two orders of one.
func (m *Mall) orderSplit(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	parts := r.node.all("Order")
	switch {
	case r.node.text("Target", "OperationUser") == "":
		return *badParameter("OperationUser")
	case len(parts) != 2:
		return *badParameter("Order")
	case c.order.Fields["IsSplit"] == "true":
		return *forbiddenNow("SplitOrder OrderSplit")
	}
	left := make(map[string]int64)
	for _, l := range c.order.Lines {
		left[l.Fields["LineId"]] = yen(l.Fields["Quantity"])
	}
	made := make([]Order, 2)
	for i, part := range parts {
		made[i] = c.order.clone()
		made[i].ID, made[i].Lines = "", nil
		for _, name := range []string{"PayCharge", "ShipCharge", "GiftWrapCharge", "Discount",
			"UsePoint"} {
			value := part.text("Detail", name)
			if value == "" {
				return *badParameter(name)
			}
			made[i].Fields[name] = value
		}
		for _, it := range part.all("Item") {
			l := c.lineOf(it)
			if l == nil {
				return *badParameter("LineId")
			}
			n := Line{Fields: make(map[string]string), Options: slices.Clone(l.Options),
				Inscriptions: slices.Clone(l.Inscriptions)}
			for k, v := range l.Fields {
				n.Fields[k] = v
			}
			n.Fields["Quantity"] = it.text("Quantity")
			n.Fields["OriginalNum"] = l.Fields["Quantity"]
			left[l.Fields["LineId"]] -= yen(it.text("Quantity"))
			made[i].Lines = append(made[i].Lines, n)
		}
	}
	for _, rest := range left {
		if rest != 0 {
			return *badParameter("Quantity")
		}
	}
	return m.split(c, made)
}

// split puts the two orders into the store.
func (m *Mall) split(c *change, made []Order) fake.Reply {
	var ids []string
	var b strings.Builder
	for i, o := range made {
		for _, name := range []string{"TotalPrice", "SettleAmount", "OrderId", "LastUpdateTime"} {
			delete(o.Fields, name)
		}
		o.Fields["ParentOrderId"], o.Fields["IsSeen"] = c.order.ID, "true"
		id := m.add(o)
		ids = append(ids, id)
		b.WriteString("<OrderInfo>\n")
		element(&b, "SplitId", strconv.Itoa(i+1))
		element(&b, "OrderId", id)
		b.WriteString("</OrderInfo>\n")
	}
	c.set("IsSplit", "true")
	c.set("ChildOrderId", strings.Join(ids, ","))
	return c.done(b.String())
}

func (m *Mall) orderPayNumber(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	if !slices.Contains([]string{"payment_a6", "payment_a7", "payment_a8", "payment_a15"},
		c.order.Fields["PayMethod"]) {
		return *forbiddenNow("PayMethod PayNumber")
	}
	c.set("PayNo", "0000"+c.order.ID[max(0, len(c.order.ID)-8):])
	return c.done("")
}

func (m *Mall) orderCouponCancel(r *request) fake.Reply {
	c, refusal := m.begin(r)
	if refusal != nil {
		return *refusal
	}
	if c.order.Fields["TotalMallCouponDiscount"] == "" &&
		c.order.Fields["TotalCouponDiscount"] == "" {
		return *forbiddenNow("NoCoupon CouponCancel")
	}
	c.set("TotalMallCouponDiscount", "")
	c.set("TotalCouponDiscount", "")
	c.recount()
	return c.done("")
}
