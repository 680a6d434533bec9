package amazon

import "encoding/json"

// OrderItem is one line (明細).
type OrderItem struct {
	OrderItemID          string                `json:"orderItemId"`
	QuantityOrdered      int64                 `json:"quantityOrdered"`
	Measurement          *Measurement          `json:"measurement,omitempty"` // goods sold by weight or length
	AssociatedOrderItems []AssociatedOrderItem `json:"associatedOrderItems,omitempty"`
	Programs             []ItemProgram         `json:"programs,omitempty"`
	Product              ItemProduct           `json:"product"`
	Proceeds             *ItemProceeds         `json:"proceeds,omitempty"`     // IncludeProceeds
	Expense              *ItemExpense          `json:"expense,omitempty"`      // IncludeExpense
	Promotion            *ItemPromotion        `json:"promotion,omitempty"`    // IncludePromotion
	Cancellation         *ItemCancellation     `json:"cancellation,omitempty"` // IncludeCancellation
	Fulfillment          *ItemFulfillment      `json:"fulfillment,omitempty"`  // IncludeFulfillment
	Tax                  *ItemTax              `json:"tax,omitempty"`          // IncludeTax
}

// ItemProduct is what was ordered.
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

// ItemCustomization leads to the data of Amazon Custom.
type ItemCustomization struct {
	CustomizedURL string `json:"customizedUrl,omitempty"` // personal data
}

// Measurement is an amount of goods that are not counted in pieces.
type Measurement struct {
	Unit  MeasurementUnit `json:"unit"`
	Value json.Number     `json:"value"` // decimal as text
}

// ItemProceeds is what the line brings in.
type ItemProceeds struct {
	ProceedsTotal Money                   `json:"proceedsTotal,omitzero"`
	Breakdowns    []ItemProceedsBreakdown `json:"breakdowns,omitempty"`
}

// ItemProceedsBreakdown is one kind of proceeds of a line: ITEM is price × quantity.
type ItemProceedsBreakdown struct {
	Type               ProceedsType                    `json:"type"`
	Subtotal           Money                           `json:"subtotal"`
	DetailedBreakdowns []ItemProceedsDetailedBreakdown `json:"detailedBreakdowns,omitempty"` // only under TAX and DISCOUNT
}

// ItemProceedsDetailedBreakdown splits TAX and DISCOUNT.
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

// PointsGranted are Amazon Points that the seller grants: a cost of his, not a discount.
type PointsGranted struct {
	PointsNumber        int64 `json:"pointsNumber,omitempty"` // ポイント数
	PointsMonetaryValue Money `json:"pointsMonetaryValue,omitzero"`
}

// ItemPromotion lists promotions.
type ItemPromotion struct {
	Breakdowns []ItemPromotionBreakdown `json:"breakdowns,omitempty"`
}

// ItemPromotionBreakdown names one promotion.
type ItemPromotionBreakdown struct {
	PromotionID string `json:"promotionId,omitempty"`
}

// ItemCancellation is a wish to cancel a line, and what became of it.
type ItemCancellation struct {
	CancellationRequest   *ItemCancellationRequest   `json:"cancellationRequest,omitempty"`
	CancellationExecution *ItemCancellationExecution `json:"cancellationExecution,omitempty"`
}

// ItemCancellationRequest is the buyer's wish to cancel (キャンセルリクエスト).
type ItemCancellationRequest struct {
	Requester    CancelParty `json:"requester,omitempty"`
	CancelReason string      `json:"cancelReason,omitempty"`
}

// ItemCancellationExecution says who cancelled the line.
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

// ItemTaxCalculationBreakdown names the EU scheme.
type ItemTaxCalculationBreakdown struct {
	ReportingScheme ReportingScheme `json:"reportingScheme,omitempty"`
}

// ItemTaxCollection says who remits the tax.
type ItemTaxCollection struct {
	Model            TaxCollectionModel `json:"model,omitempty"`
	ResponsibleParty string             `json:"responsibleParty,omitempty"`
}
