package aupay

// Detail is one line (明細) of an order.
type Detail struct {
	OrderDetailID string `xml:"orderDetailId" wire:"required"` // id of the line
	// 管理用ID; the variant part of the SKU
	ItemManagementID string `xml:"itemManagementId"`
	ItemCode         string `xml:"itemCode" wire:"required"`  // 商品コード
	Lotnumber        string `xml:"lotnumber" wire:"required"` // ロットナンバー
	ItemName         string `xml:"itemName" wire:"required"`
	// chosen options, カラー=C&size=M
	ItemOption            string                  `xml:"itemOption"`
	ItemOptionCommissions []ItemOptionCommissions `xml:"itemOptionCommissions"` // paid options
	ItemOptionPrice       *int64                  `xml:"itemOptionPrice"`
	GiftWrappingType      string                  `xml:"giftWrappingType"`
	GiftWrappingPrice     *int64                  `xml:"giftWrappingPrice"`
	GiftMessage           string                  `xml:"giftMessage"`
	NoshiType             string                  `xml:"noshiType"`
	NoshiPresenterName1   string                  `xml:"noshiPresenterName1"`
	NoshiPresenterName2   string                  `xml:"noshiPresenterName2"`
	NoshiPresenterName3   string                  `xml:"noshiPresenterName3"`
	ItemCancelStatus      CancelStatus            `xml:"itemCancelStatus"`
	ItemCancelDate        DateTime                `xml:"itemCancelDate"`
	// unit price before discount
	BeforeDiscount *int64 `xml:"beforeDiscount"`
	Discount       *int64 `xml:"discount"`
	// unit price, beforeDiscount - discount
	ItemPrice      *int64 `xml:"itemPrice" wire:"required"`
	Unit           int64  `xml:"unit" wire:"required"`           // quantity
	TotalItemPrice *int64 `xml:"totalItemPrice" wire:"required"` // itemPrice × unit
	// line total with options and gift, inferred from its name
	TotalItemChargePrice *int64 `xml:"totalItemChargePrice"`
	TaxType              string `xml:"taxType"`    // values not public
	ReducedTax           string `xml:"reducedTax"` // values not public
	// decimal text: 0.1, 0.08, 0
	TaxRate               string `xml:"taxRate"`
	GiftPoint             *int64 `xml:"giftPoint"` // points granted
	ShippingDayDispText   string `xml:"shippingDayDispText"`
	ShippingTimelimitDate Date   `xml:"shippingTimelimitDate"` // 発送期限日
	// another spelling of lotnumber, see OrderInfo.Unify
	OtherLotnumber string `xml:"lotNumber"`
}

// ItemOptionCommissions is a paid option of a line.
type ItemOptionCommissions struct {
	Title  string                 `xml:"itemOptionCommissionTitle"`
	Values []ItemOptionCommission `xml:"itemOptionCommissionVal"`
	Seq    int64                  `xml:"itemOptionCommissionSeq"`
}

// ItemOptionCommission is one choice of a paid option.
type ItemOptionCommission struct {
	Name  string `xml:"itemOptionCommission"`
	Price *int64 `xml:"itemOptionCommissionPrice"`
	Seq   int64  `xml:"itemOptionCommissionValSeq"`
}
