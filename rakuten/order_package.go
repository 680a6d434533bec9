package rakuten

import "encoding/json"

// PackageModel (送付先) is one destination with the items that go there.
type PackageModel struct {
	BasketID                   int64             `json:"basketId"` // 送付先ID
	PostagePrice               *Yen              `json:"postagePrice"`
	PostageTaxRate             json.Number       `json:"postageTaxRate"`
	DeliveryPrice              *Yen              `json:"deliveryPrice"` // 代引料
	DeliveryTaxRate            json.Number       `json:"deliveryTaxRate"`
	GoodsTax                   *Yen              `json:"goodsTax"`   // up to version 7
	GoodsPrice                 *Yen              `json:"goodsPrice"` // items and wrapping
	TotalPrice                 *Yen              `json:"totalPrice"` // with postage, without 代引料
	Noshi                      string            `json:"noshi"`
	PackageDeleteFlag          Flag              `json:"packageDeleteFlag"`
	SenderModel                *SenderModel      `json:"SenderModel"`
	ItemModelList              []ItemModel       `json:"ItemModelList"`
	ShippingModelList          []ShippingModel   `json:"ShippingModelList"`
	DeliveryCvsModel           *DeliveryCvsModel `json:"DeliveryCvsModel"`
	DefaultDeliveryCompanyCode DeliveryCompany   `json:"defaultDeliveryCompanyCode"` // since version 4
	DropOffFlag                Flag              `json:"dropOffFlag"`                // 置き配, since version 9
	DropOffLocation            string            `json:"dropOffLocation"`            // 宅配ボックス, 玄関前 …
	SocialGiftModel            *SocialGiftModel  `json:"SocialGiftModel"`            // since version 10
}

// SenderModel (送付先) is the recipient, despite its name. The recipient of a social gift who has not answered yet is filled with
// dummies, see SocialGiftModel.InputFlag.
type SenderModel struct {
	ZipCode1           string `json:"zipCode1"`
	ZipCode2           string `json:"zipCode2"`
	Prefecture         string `json:"prefecture"`
	City               string `json:"city"`
	SubAddress         string `json:"subAddress"`
	FamilyName         string `json:"familyName"`
	FirstName          string `json:"firstName"`
	FamilyNameKana     string `json:"familyNameKana"`
	FirstNameKana      string `json:"firstNameKana"`
	PhoneNumber1       string `json:"phoneNumber1"`
	PhoneNumber2       string `json:"phoneNumber2"`
	PhoneNumber3       string `json:"phoneNumber3"`
	IsolatedIslandFlag Flag   `json:"isolatedIslandFlag"`
}

// ItemModel (商品) is one line.
type ItemModel struct {
	ItemDetailID                     int64            `json:"itemDetailId"` // 商品明細ID
	ItemName                         string           `json:"itemName"`
	ItemID                           int64            `json:"itemId"`
	ItemNumber                       string           `json:"itemNumber"`   // 商品番号
	ManageNumber                     string           `json:"manageNumber"` // 商品管理番号
	Price                            *Yen             `json:"price"`        // unit price as registered
	Units                            int64            `json:"units"`
	IncludePostageFlag               Flag             `json:"includePostageFlag"`
	IncludeTaxFlag                   Flag             `json:"includeTaxFlag"`
	IncludeCashOnDeliveryPostageFlag Flag             `json:"includeCashOnDeliveryPostageFlag"`
	SelectedChoice                   string           `json:"selectedChoice"` // options, one 項目:選択肢 a line
	PointRate                        int64            `json:"pointRate"`
	PointType                        PointType        `json:"pointType"`
	InventoryType                    InventoryType    `json:"inventoryType"`
	DelvdateInfo                     string           `json:"delvdateInfo"` // 納期; not the buyer's wish
	RestoreInventoryFlag             RestoreInventory `json:"restoreInventoryFlag"`
	DealFlag                         Flag             `json:"dealFlag"`
	DrugFlag                         Flag             `json:"drugFlag"`
	DeleteItemFlag                   Flag             `json:"deleteItemFlag"`
	TaxRate                          json.Number      `json:"taxRate"`
	PriceTaxIncl                     *Yen             `json:"priceTaxIncl"`         // unit price with tax
	IsSingleItemShipping             Flag             `json:"isSingleItemShipping"` // 単品配送
	SkuModelList                     []SkuModel       `json:"SkuModelList"`         // since version 7
}

// SkuModel is the variant that was bought.
type SkuModel struct {
	VariantID            string `json:"variantId"` // SKU管理番号; empty before the SKU migration
	MerchantDefinedSkuID string `json:"merchantDefinedSkuId"`
	SkuInfo              string `json:"skuInfo"` // one 項目名:選択肢 a line
}

// ShippingModel (発送情報) is one shipping record.
type ShippingModel struct {
	ShippingDetailID    int64           `json:"shippingDetailId"`
	ShippingNumber      string          `json:"shippingNumber"` // お荷物伝票番号
	DeliveryCompany     DeliveryCompany `json:"deliveryCompany"`
	DeliveryCompanyName string          `json:"deliveryCompanyName"`
	ShippingDate        Date            `json:"shippingDate"`
}

// DeliveryCvsModel (コンビニ配送) is the store where the buyer collects the parcel.
type DeliveryCvsModel struct {
	CvsCode         *CvsCode `json:"cvsCode"`
	StoreGenreCode  string   `json:"storeGenreCode"`
	StoreCode       string   `json:"storeCode"`
	StoreName       string   `json:"storeName"`
	StoreZip        string   `json:"storeZip"`
	StorePrefecture string   `json:"storePrefecture"`
	StoreAddress    string   `json:"storeAddress"`
	AreaCode        string   `json:"areaCode"`
	Depo            string   `json:"depo"`
	OpenTime        string   `json:"openTime"`
	CloseTime       string   `json:"closeTime"` // 24:00 occurs
	CvsRemarks      string   `json:"cvsRemarks"`
}

// SocialGiftModel (ソーシャルギフト) tells whether the recipient has entered the address.
type SocialGiftModel struct {
	SgMngNumber          string   `json:"sgMngNumber"`
	InputDueDate         Date     `json:"inputDueDate"`
	InputFlag            Flag     `json:"inputFlag"` // 0: the address is a dummy, do not ship
	InputCompDatetime    DateTime `json:"inputCompDatetime"`
	ReceiverEmailAddress string   `json:"receiverEmailAddress"`
}

// CouponModel (クーポン) is one coupon used.
type CouponModel struct {
	CouponCode        string            `json:"couponCode"`
	ItemID            int64             `json:"itemId"` // 0 when not bound to an item
	CouponName        string            `json:"couponName"`
	CouponSummary     string            `json:"couponSummary"`
	CouponCapital     string            `json:"couponCapital"`
	CouponCapitalCode CouponCapitalCode `json:"couponCapitalCode"`
	ExpiryDate        Date              `json:"expiryDate"`
	CouponPrice       *Yen              `json:"couponPrice"`
	CouponUnit        int64             `json:"couponUnit"`
	CouponTotalPrice  *Yen              `json:"couponTotalPrice"`
	ItemDetailID      int64             `json:"itemDetailId"` // 0 when not bound to an item
}

// ChangeReasonModel (変更・キャンセル) is one change or cancellation with its instants.
type ChangeReasonModel struct {
	ChangeID            int64               `json:"changeId"`
	ChangeType          *ChangeType         `json:"changeType"`
	ChangeTypeDetail    *ChangeTypeDetail   `json:"changeTypeDetail"`
	ChangeReason        *ChangeReason       `json:"changeReason"`
	ChangeReasonDetail  *ChangeReasonDetail `json:"changeReasonDetail"`
	ChangeApplyDatetime DateTime            `json:"changeApplyDatetime"`
	ChangeFixDatetime   DateTime            `json:"changeFixDatetime"`
	ChangeCmplDatetime  DateTime            `json:"changeCmplDatetime"`
}

// TaxSummaryModel (税情報) sums up one tax rate.
type TaxSummaryModel struct {
	TaxRate       json.Number `json:"taxRate"`
	ReqPrice      *Yen        `json:"reqPrice"` // billed at this rate; before points on orders since 2022-04-01
	ReqPriceTax   *Yen        `json:"reqPriceTax"`
	TotalPrice    *Yen        `json:"totalPrice"`
	PaymentCharge *Yen        `json:"paymentCharge"`
	CouponPrice   *Yen        `json:"couponPrice"`
	Point         *Yen        `json:"point"` // 0 on orders since 2022-04-01
}

// DueDateModel (期限日) is one last day for the buyer.
type DueDateModel struct {
	DueDateType DueDateType `json:"dueDateType"`
	DueDate     Date        `json:"dueDate"`
}
