package amazon

import "encoding/json"

// OrderItem is a line of an order (明細).
type OrderItem struct {
	OrderItemID     string `json:"orderItemId" wire:"required"`
	QuantityOrdered int64  `json:"quantityOrdered" wire:"required"`
	// for goods sold by weight or length
	Measurement          *Measurement          `json:"measurement,omitempty"`
	AssociatedOrderItems []AssociatedOrderItem `json:"associatedOrderItems,omitempty"`
	Programs             []ItemProgram         `json:"programs,omitempty"`
	Product              ItemProduct           `json:"product" wire:"required"`
	Proceeds             *ItemProceeds         `json:"proceeds,omitempty"`  // IncludeProceeds
	Expense              *ItemExpense          `json:"expense,omitempty"`   // IncludeExpense
	Promotion            *ItemPromotion        `json:"promotion,omitempty"` // IncludePromotion
	// IncludeCancellation
	Cancellation *ItemCancellation `json:"cancellation,omitempty"`
	Fulfillment  *ItemFulfillment  `json:"fulfillment,omitempty"` // IncludeFulfillment
	Tax          *ItemTax          `json:"tax,omitempty"`         // IncludeTax
}

// ItemProduct is the product that was ordered.
type ItemProduct struct {
	ASIN          string             `json:"asin,omitempty"`
	Title         string             `json:"title,omitempty"`
	SellerSKU     string             `json:"sellerSku,omitempty"`
	Condition     *ItemCondition     `json:"condition,omitempty"`
	Price         *ItemPrice         `json:"price,omitempty"`
	SerialNumbers []string           `json:"serialNumbers,omitempty"` // typically FBA
	Customization *ItemCustomization `json:"customization,omitempty"`
}

// ItemPrice is the price of one unit.
type ItemPrice struct {
	UnitPrice        Money            `json:"unitPrice,omitzero"` // as shown on the retail site
	PriceDesignation PriceDesignation `json:"priceDesignation,omitempty"`
}

// ItemCondition is the condition (コンディション) of the goods.
type ItemCondition struct {
	ConditionType    ConditionType    `json:"conditionType,omitempty"`
	ConditionSubtype ConditionSubtype `json:"conditionSubtype,omitempty"`
	ConditionNote    string           `json:"conditionNote,omitempty"`
}

// ItemCustomization links to the data of Amazon Custom.
type ItemCustomization struct {
	CustomizedURL string `json:"customizedUrl,omitempty"` // personal data
}

// Measurement is a quantity of goods that are not counted in pieces.
type Measurement struct {
	Unit  MeasurementUnit `json:"unit"`
	Value json.Number     `json:"value"` // decimal as text
}

// ItemProceeds are the proceeds of a line.
type ItemProceeds struct {
	ProceedsTotal Money                   `json:"proceedsTotal,omitzero"`
	Breakdowns    []ItemProceedsBreakdown `json:"breakdowns,omitempty"`
}

// ItemProceedsBreakdown are a line's proceeds of one type. ITEM is price × quantity.
type ItemProceedsBreakdown struct {
	Type     ProceedsType `json:"type" wire:"required"`
	Subtotal Money        `json:"subtotal" wire:"required"`
	// only under TAX and DISCOUNT
	DetailedBreakdowns []ItemProceedsDetailedBreakdown `json:"detailedBreakdowns,omitempty"`
}

// ItemProceedsDetailedBreakdown is a part of TAX or DISCOUNT.
type ItemProceedsDetailedBreakdown struct {
	Subtype ProceedsType `json:"subtype,omitempty"`
	Value   Money        `json:"value,omitzero"`
}

// ItemExpense is what the line costs the seller.
type ItemExpense struct {
	PointsCost *ItemPointsCost `json:"pointsCost,omitempty"`
}

// ItemPointsCost holds the Amazon Points (Amazonポイント) granted for a line.
type ItemPointsCost struct {
	PointsGranted PointsGranted `json:"pointsGranted,omitzero"`
}

// PointsGranted are Amazon Points that the seller grants: a cost to the seller, not a discount.
type PointsGranted struct {
	PointsNumber        int64 `json:"pointsNumber,omitempty"` // ポイント数
	PointsMonetaryValue Money `json:"pointsMonetaryValue,omitzero"`
}

// ItemPromotion lists the promotions of a line.
type ItemPromotion struct {
	Breakdowns []ItemPromotionBreakdown `json:"breakdowns,omitempty"`
}

// ItemPromotionBreakdown identifies one promotion.
type ItemPromotionBreakdown struct {
	PromotionID string `json:"promotionId,omitempty"`
}

// ItemCancellation is a request to cancel a line, and the cancellation itself.
type ItemCancellation struct {
	CancellationRequest   *ItemCancellationRequest   `json:"cancellationRequest,omitempty"`
	CancellationExecution *ItemCancellationExecution `json:"cancellationExecution,omitempty"`
}

// ItemCancellationRequest is the buyer's request to cancel a line (キャンセルリクエスト).
type ItemCancellationRequest struct {
	Requester    CancelParty `json:"requester,omitempty"`
	CancelReason string      `json:"cancelReason,omitempty"`
}

// ItemCancellationExecution is the cancellation of a line.
type ItemCancellationExecution struct {
	CancelledBy  CancelParty `json:"cancelledBy,omitempty"`
	CancelReason string      `json:"cancelReason,omitempty"`
}

// AssociatedOrderItem is a line that belongs to this one, such as a service.
type AssociatedOrderItem struct {
	OrderID         string          `json:"orderId,omitempty"`
	OrderItemID     string          `json:"orderItemId,omitempty"`
	AssociationType ItemAssociation `json:"associationType,omitempty"`
}

// ItemTax is tax data of a line outside Japan.
type ItemTax struct {
	TaxCalculationBreakdowns []ItemTaxCalculationBreakdown `json:"taxCalculationBreakdowns,omitempty"`
	TaxCollections           []ItemTaxCollection           `json:"taxCollections,omitempty"`
}

// ItemTaxCalculationBreakdown holds the EU tax scheme.
type ItemTaxCalculationBreakdown struct {
	ReportingScheme ReportingScheme `json:"reportingScheme,omitempty"`
}

// ItemTaxCollection says who remits the tax.
type ItemTaxCollection struct {
	Model            TaxCollectionModel `json:"model,omitempty"`
	ResponsibleParty string             `json:"responsibleParty,omitempty"`
}
