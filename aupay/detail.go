package aupay

// Detail is one line (明細) of an order.
type Detail struct {
	OrderDetailID         string                  `xml:"orderDetailId"`    // line number id
	ItemManagementID      string                  `xml:"itemManagementId"` // 管理用ID; the variant part of the SKU
	ItemCode              string                  `xml:"itemCode"`         // 商品コード
	Lotnumber             string                  `xml:"lotnumber"`        // ロットナンバー
	ItemName              string                  `xml:"itemName"`
	ItemOption            string                  `xml:"itemOption"`            // chosen options, カラー=C&size=M
	ItemOptionCommissions []ItemOptionCommissions `xml:"itemOptionCommissions"` // paid options
	ItemOptionPrice       *int64                  `xml:"itemOptionPrice"`
	GiftWrappingType      string                  `xml:"giftWrappingType"`
	GiftWrappingPrice     *int64                  `xml:"giftWrappingPrice"`
	GiftMessage           string                  `xml:"giftMessage"`
	NoshiType             string                  `xml:"noshiType"`
	NoshiPresenterName1   string                  `xml:"noshiPresenterName1"`
	NoshiPresenterName2   string                  `xml:"noshiPresenterName2"`
	NoshiPresenterName3   string                  `xml:"noshiPresenterName3"`
	ItemCancelStatus      string                  `xml:"itemCancelStatus"` // N normal; C presumably cancelled
	ItemCancelDate        DateTime                `xml:"itemCancelDate"`
	BeforeDiscount        *int64                  `xml:"beforeDiscount"` // unit price before discount
	Discount              *int64                  `xml:"discount"`
	ItemPrice             *int64                  `xml:"itemPrice"`            // unit price, beforeDiscount - discount
	Unit                  int64                   `xml:"unit"`                 // quantity
	TotalItemPrice        *int64                  `xml:"totalItemPrice"`       // itemPrice × unit
	TotalItemChargePrice  *int64                  `xml:"totalItemChargePrice"` // line total with options and gift, by its name
	TaxType               string                  `xml:"taxType"`              // values not known
	ReducedTax            string                  `xml:"reducedTax"`           // values not known
	TaxRate               string                  `xml:"taxRate"`              // decimal text: 0.1, 0.08, 0
	GiftPoint             *int64                  `xml:"giftPoint"`            // points granted
	ShippingDayDispText   string                  `xml:"shippingDayDispText"`
	ShippingTimelimitDate Date                    `xml:"shippingTimelimitDate"` // 発送期限日
	OtherLotnumber        string                  `xml:"lotNumber"`             // another spelling of lotnumber, see OrderInfo.Unify
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
