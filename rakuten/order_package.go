package rakuten

import "encoding/json"

// PackageModel (送付先) is one destination and its items.
type PackageModel struct {
	BasketID          int64             `json:"basketId" wire:"required"` // 送付先ID
	PostagePrice      *Yen              `json:"postagePrice" wire:"required"`
	PostageTaxRate    json.Number       `json:"postageTaxRate" wire:"required"`
	DeliveryPrice     *Yen              `json:"deliveryPrice" wire:"required"` // 代引料
	DeliveryTaxRate   json.Number       `json:"deliveryTaxRate" wire:"required"`
	GoodsTax          *Yen              `json:"goodsTax"`   // up to version 7
	GoodsPrice        *Yen              `json:"goodsPrice"` // items and wrapping
	TotalPrice        *Yen              `json:"totalPrice"` // with postage, without 代引料
	Noshi             string            `json:"noshi" wire:"present"`
	PackageDeleteFlag Flag              `json:"packageDeleteFlag"`
	SenderModel       *SenderModel      `json:"SenderModel" wire:"required"`
	ItemModelList     []ItemModel       `json:"ItemModelList" wire:"required"`
	ShippingModelList []ShippingModel   `json:"ShippingModelList" wire:"present"`
	DeliveryCvsModel  *DeliveryCvsModel `json:"DeliveryCvsModel" wire:"present"`
	// since version 4
	DefaultDeliveryCompanyCode DeliveryCompany `json:"defaultDeliveryCompanyCode" wire:"required"`
	// 置き配, since version 9
	DropOffFlag Flag `json:"dropOffFlag" wire:"required"`
	// 宅配ボックス, 玄関前 …
	DropOffLocation string `json:"dropOffLocation" wire:"present"`
	// since version 10
	SocialGiftModel *SocialGiftModel `json:"SocialGiftModel"`
}

// SenderModel (送付先) is the recipient, despite its name. Until the recipient of a social gift has
// entered the address it holds dummies, see [SocialGiftModel.InputFlag].
type SenderModel struct {
	ZipCode1           string `json:"zipCode1" wire:"required"`
	ZipCode2           string `json:"zipCode2" wire:"present"`
	Prefecture         string `json:"prefecture" wire:"required"`
	City               string `json:"city" wire:"required"`
	SubAddress         string `json:"subAddress" wire:"present"`
	FamilyName         string `json:"familyName" wire:"required"`
	FirstName          string `json:"firstName" wire:"present"`
	FamilyNameKana     string `json:"familyNameKana" wire:"present"`
	FirstNameKana      string `json:"firstNameKana" wire:"present"`
	PhoneNumber1       string `json:"phoneNumber1" wire:"present"`
	PhoneNumber2       string `json:"phoneNumber2" wire:"present"`
	PhoneNumber3       string `json:"phoneNumber3" wire:"present"`
	IsolatedIslandFlag Flag   `json:"isolatedIslandFlag"`
}

// ItemModel (商品) is one line of an order.
type ItemModel struct {
	// 商品明細ID
	ItemDetailID int64  `json:"itemDetailId" wire:"required"`
	ItemName     string `json:"itemName" wire:"required"`
	ItemID       int64  `json:"itemId"`
	ItemNumber   string `json:"itemNumber"`                  // 商品番号
	ManageNumber string `json:"manageNumber" wire:"present"` // 商品管理番号
	// unit price as registered
	Price                            *Yen  `json:"price" wire:"required"`
	Units                            int64 `json:"units" wire:"required"`
	IncludePostageFlag               Flag  `json:"includePostageFlag"`
	IncludeTaxFlag                   Flag  `json:"includeTaxFlag" wire:"required"`
	IncludeCashOnDeliveryPostageFlag Flag  `json:"includeCashOnDeliveryPostageFlag"`
	// options, one 項目:選択肢 per line
	SelectedChoice string        `json:"selectedChoice"`
	PointRate      int64         `json:"pointRate"`
	PointType      PointType     `json:"pointType"`
	InventoryType  InventoryType `json:"inventoryType"`
	// 納期 of the item, not the buyer's delivery date
	DelvdateInfo         string           `json:"delvdateInfo"`
	RestoreInventoryFlag RestoreInventory `json:"restoreInventoryFlag"`
	DealFlag             Flag             `json:"dealFlag"`
	DrugFlag             Flag             `json:"drugFlag"`
	DeleteItemFlag       Flag             `json:"deleteItemFlag"`
	TaxRate              json.Number      `json:"taxRate" wire:"required"`
	// unit price with tax
	PriceTaxIncl         *Yen `json:"priceTaxIncl" wire:"required"`
	IsSingleItemShipping Flag `json:"isSingleItemShipping"` // 単品配送
	// since version 7
	SkuModelList []SkuModel `json:"SkuModelList" wire:"required"`
}

// SkuModel is the variant that was bought.
type SkuModel struct {
	VariantID            string `json:"variantId" wire:"present"` // SKU管理番号; empty before the SKU migration
	MerchantDefinedSkuID string `json:"merchantDefinedSkuId" wire:"present"`
	SkuInfo              string `json:"skuInfo"` // one 項目名:選択肢 per line
}

// ShippingModel (発送情報) is one shipping record.
type ShippingModel struct {
	ShippingDetailID    int64           `json:"shippingDetailId" wire:"required"`
	ShippingNumber      string          `json:"shippingNumber" wire:"present"` // お荷物伝票番号
	DeliveryCompany     DeliveryCompany `json:"deliveryCompany" wire:"present"`
	DeliveryCompanyName string          `json:"deliveryCompanyName" wire:"present"`
	ShippingDate        Date            `json:"shippingDate" wire:"present"`
}

// DeliveryCvsModel (コンビニ配送) is the store where the buyer collects the parcel.
type DeliveryCvsModel struct {
	CvsCode         *CvsCode `json:"cvsCode" wire:"present"`
	StoreGenreCode  string   `json:"storeGenreCode"`
	StoreCode       string   `json:"storeCode" wire:"present"`
	StoreName       string   `json:"storeName" wire:"present"`
	StoreZip        string   `json:"storeZip"`
	StorePrefecture string   `json:"storePrefecture"`
	StoreAddress    string   `json:"storeAddress"`
	AreaCode        string   `json:"areaCode"`
	Depo            string   `json:"depo"`
	OpenTime        string   `json:"openTime"`
	CloseTime       string   `json:"closeTime"` // may be 24:00
	CvsRemarks      string   `json:"cvsRemarks"`
}

// SocialGiftModel (ソーシャルギフト) reports whether the recipient has entered the address.
type SocialGiftModel struct {
	SgMngNumber  string `json:"sgMngNumber"`
	InputDueDate Date   `json:"inputDueDate"`
	// 0: the address is a dummy, do not ship
	InputFlag            Flag     `json:"inputFlag" wire:"required"`
	InputCompDatetime    DateTime `json:"inputCompDatetime"`
	ReceiverEmailAddress string   `json:"receiverEmailAddress"`
}

// CouponModel (クーポン) is one coupon used.
type CouponModel struct {
	CouponCode        string            `json:"couponCode"`
	ItemID            int64             `json:"itemId"` // 0 when not bound to an item
	CouponName        string            `json:"couponName" wire:"present"`
	CouponSummary     string            `json:"couponSummary"`
	CouponCapital     string            `json:"couponCapital"`
	CouponCapitalCode CouponCapitalCode `json:"couponCapitalCode" wire:"present"`
	ExpiryDate        Date              `json:"expiryDate"`
	CouponPrice       *Yen              `json:"couponPrice"`
	CouponUnit        int64             `json:"couponUnit"`
	CouponTotalPrice  *Yen              `json:"couponTotalPrice" wire:"present"`
	ItemDetailID      int64             `json:"itemDetailId"` // 0 when not bound to an item
}

// ChangeReasonModel (変更・キャンセル) is one change or cancellation.
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

// TaxSummaryModel (税情報) holds the totals of one tax rate.
type TaxSummaryModel struct {
	TaxRate json.Number `json:"taxRate" wire:"present"`
	// billed at this rate; before points on orders since 2022-04-01
	ReqPrice      *Yen `json:"reqPrice" wire:"present"`
	ReqPriceTax   *Yen `json:"reqPriceTax" wire:"present"`
	TotalPrice    *Yen `json:"totalPrice"`
	PaymentCharge *Yen `json:"paymentCharge"`
	CouponPrice   *Yen `json:"couponPrice"`
	Point         *Yen `json:"point"` // 0 on orders since 2022-04-01
}

// DueDateModel (期限日) is one deadline of the buyer.
type DueDateModel struct {
	DueDateType DueDateType `json:"dueDateType"`
	DueDate     Date        `json:"dueDate"`
}
