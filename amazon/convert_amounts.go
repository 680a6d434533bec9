package amazon

import "github.com/jpmall/jpmall/order"

// unsure is why Amazon's sums are never checked. What grandTotal contains is not documented for
// Japan: Amazon's model calls it the money the seller receives, and a public question whether fees
// are included was not settled. Nor is it documented whether tax is in ITEM.
var unsure = order.Text{
	EN: "Amazon does not document what is in grandTotal, nor whether tax is in the item proceeds",
	JA: "grandTotalに含まれる金額と、商品代金が税込みかどうかが、Amazonの文書に書かれていません",
}

var componentKinds = map[ProceedsType]order.ComponentKind{
	ProceedsItem: order.Goods, ProceedsShipping: order.Shipping, ProceedsGiftWrap: order.Wrapping,
	ProceedsCODFee: order.CashFee,
	ProceedsTax:    order.ExcludedTax, ProceedsDiscount: order.Discount,
}

// amounts writes the order's breakdowns, or those of its lines where the order has none.
func (c *converter) amounts() {
	a := &c.out.Amounts
	a.Unsure = unsure
	if p := c.w.Proceeds; p != nil {
		a.Billed = c.money("proceeds.grandTotal", p.GrandTotal)
		for _, b := range p.Breakdowns {
			c.component(string(b.Type), b.Type, c.money("proceeds.breakdowns.subtotal", b.Subtotal))
		}
		if len(p.Breakdowns) > 0 {
			return
		}
	}
	for i := range c.w.OrderItems {
		item := &c.w.OrderItems[i]
		if item.Proceeds == nil {
			continue
		}
		if a.Components == nil {
			a.Components = make([]order.Component, 0,
				len(c.w.OrderItems)*len(item.Proceeds.Breakdowns))
		}
		for _, b := range item.Proceeds.Breakdowns {
			c.component(item.OrderItemID, b.Type,
				c.money("orderItems.proceeds.breakdowns.subtotal", b.Subtotal))
		}
	}
}

// component adds one amount. Whether Amazon writes discounts with a minus is not documented, so a
// discount of either sign lowers the sum.
func (c *converter) component(label string, t ProceedsType, m order.Money) {
	kind, ok := componentKinds[t]
	if !ok {
		kind, label = order.OtherAmount, string(t)
	}
	if kind == order.Discount && m.Sign() > 0 {
		m = m.Neg()
	}
	c.out.Amounts.Components = append(c.out.Amounts.Components,
		order.Component{Kind: kind, Label: label, Amount: m})
}

var paymentMethods = map[PaymentMethod]order.PaymentMethod{
	PaidCashOnDelivery: order.CashOnDelivery, PaidCOD: order.CashOnDelivery,
	PaidConvenienceStore: order.ConvenienceStore, PaidCVS: order.ConvenienceStore,
	PaidCreditCard: order.Card, PaidInvoice: order.Invoice, PaidPoints: order.Points,
}

// payment reads how the order is paid. Of several parts (points, a gift card and the rest), the
// method is that of the part that decides what the shop has to do: cash on delivery first, then
// money, then gift cards, then points.
func (c *converter) payment() {
	p := &c.out.Payment
	cod := false
	for i := range c.w.OrderItems {
		cod = cod || c.w.OrderItems[i].collectAtDoor()
	}
	var parts []PaymentExecution
	if c.w.Payment != nil {
		parts = c.w.Payment.PaymentExecutions
	}
	rank := -1
	for i := range parts {
		part := &parts[i]
		if part.PaymentMethod == "" {
			continue
		}
		method, known := paymentMethods[part.PaymentMethod]
		if !known {
			method = order.OtherPayment
		}
		if p.Text != "" {
			p.Text += ", "
		}
		p.Text += part.PaymentMethod.Name()
		if method == order.CashOnDelivery {
			c.collect(part)
		}
		if r := paymentRank(part.PaymentMethod); r > rank {
			rank, p.Method, p.Code = r, method, string(part.PaymentMethod)
		}
	}
	// the lines say so even where the payment was not asked for
	if cod && p.Method != order.CashOnDelivery {
		p.Method = order.CashOnDelivery
	}
	p.Paid = c.paid()
}

func (c *converter) collect(part *PaymentExecution) {
	amount := c.money("payment.paymentExecutions.paymentAmount", part.PaymentAmount)
	if c.out.Payment.Collect.Known() {
		amount = c.out.Payment.Collect.Add(amount)
	}
	c.out.Payment.Collect = amount
}

func paymentRank(m PaymentMethod) int {
	switch m {
	case PaidCashOnDelivery, PaidCOD:
		return 3
	case PaidGiftCard:
		return 1
	case PaidPoints:
		return 0
	}
	return 2
}

// paid is inferred from the status: Amazon keeps an order pending until the payment is authorised.
func (c *converter) paid() order.Answer {
	if c.w.Fulfillment == nil {
		return order.NotTold
	}
	cash := c.out.Payment.Method == order.CashOnDelivery
	switch c.w.Fulfillment.FulfillmentStatus {
	case StatusPending, StatusPendingAvailability:
		return order.No
	case StatusUnshipped, StatusPartiallyShipped:
		if cash {
			return order.No
		}
		fallthrough
	case StatusShipped:
		if c.out.Payment.Method != "" && !cash {
			return order.Yes
		}
	}
	return order.NotTold
}
