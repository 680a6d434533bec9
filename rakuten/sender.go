package rakuten

import (
	"context"
	"encoding/json"

	"github.com/jpmall/jpmall/internal/check"
)

// UpdateOrderSenderRequest holds the parameters of UpdateOrderSender. Recipients, items, wrapping
// and fees are replaced as a whole: what the order has and the request lacks is removed or refused.
// Start from [NewUpdateOrderSender], which holds everything unchanged.
type UpdateOrderSenderRequest struct {
	OrderNumber string `json:"orderNumber"`
	// required when the amount drops
	ReductionReason ChangeReasonDetail `json:"reductionReason,omitempty"`
	// resend existing wrapping
	WrappingModel1 *SenderWrapping `json:"WrappingModel1,omitempty"`
	WrappingModel2 *SenderWrapping `json:"WrappingModel2,omitempty"`
	// all destinations
	PackageModelList []SenderPackage `json:"PackageModelList"`
	// resend existing coupons
	CouponModelList           []SenderCoupon   `json:"CouponModelList,omitempty"`
	AfterSettlementMethodCode SettlementMethod `json:"afterSettlementMethodCode,omitempty"`
}

// SenderWrapping is a wrapping to keep, change or remove.
type SenderWrapping struct {
	Title              WrappingTitle `json:"title"`
	Name               string        `json:"name"` // at most 125 characters
	Price              *Yen          `json:"price,omitempty"`
	TaxRate            json.Number   `json:"taxRate"` // 0, 0.08 or 0.1
	IncludeTaxFlag     Flag          `json:"includeTaxFlag"`
	DeleteWrappingFlag Flag          `json:"deleteWrappingFlag,omitempty"` // 1 removes it
}

// SenderPackage is a destination to keep, change or remove.
type SenderPackage struct {
	BasketID       int64       `json:"basketId"`
	PostagePrice   *Yen        `json:"postagePrice,omitempty"` // Undetermined unsets it
	PostageTaxRate json.Number `json:"postageTaxRate,omitempty"`
	// 代引料: required for 代金引換; Undetermined unsets it
	DeliveryPrice     *Yen           `json:"deliveryPrice,omitempty"`
	DeliveryTaxRate   json.Number    `json:"deliveryTaxRate,omitempty"`
	Noshi             string         `json:"noshi,omitempty"`
	PackageDeleteFlag Flag           `json:"packageDeleteFlag,omitempty"` // 1 removes it
	SenderModel       SenderAddress  `json:"SenderModel"`
	ItemModelList     []SenderItem   `json:"ItemModelList"`
	DropOffLocation   Change[string] `json:"dropOffLocation,omitzero"` // Clear is 利用しない
}

// SenderAddress is the name and address of a recipient.
type SenderAddress struct {
	ZipCode1       string `json:"zipCode1"` // zipCode1 and zipCode2 together at most 20 bytes
	ZipCode2       string `json:"zipCode2"`
	Prefecture     string `json:"prefecture"` // one of the 47, or 国外
	City           string `json:"city"`       // City to FirstNameKana: at most 127 characters each
	SubAddress     string `json:"subAddress"`
	FamilyName     string `json:"familyName"`
	FirstName      string `json:"firstName,omitempty"`
	FamilyNameKana string `json:"familyNameKana,omitempty"`
	FirstNameKana  string `json:"firstNameKana,omitempty"`
	PhoneNumber1   string `json:"phoneNumber1"` // the three together at most 32 bytes
	PhoneNumber2   string `json:"phoneNumber2"`
	PhoneNumber3   string `json:"phoneNumber3"`
}

// SenderItem is a line to keep, change or remove.
type SenderItem struct {
	ItemDetailID int64 `json:"itemDetailId"`
	// at most 1000 characters
	ItemName string `json:"itemName"`
	// at most 125 characters
	ItemNumber string `json:"itemNumber,omitempty"`
	// 0 to 999999999
	Price   Yen         `json:"price"`
	TaxRate json.Number `json:"taxRate"`
	// 0 to 999999999; at most 10,000 on orders with coupons
	Units                            int64 `json:"units"`
	IncludePostageFlag               Flag  `json:"includePostageFlag"`
	IncludeTaxFlag                   Flag  `json:"includeTaxFlag"`
	IncludeCashOnDeliveryPostageFlag Flag  `json:"includeCashOnDeliveryPostageFlag"`
	// at most 4000 characters
	SelectedChoice       string            `json:"selectedChoice,omitempty"`
	RestoreInventoryFlag *RestoreInventory `json:"restoreInventoryFlag,omitempty"`
	// 1 removes it
	DeleteItemFlag Flag `json:"deleteItemFlag,omitempty"`
	// orders since the SKU migration only
	SkuModelList []SenderSku `json:"SkuModelList,omitempty"`
}

// SenderSku is the variant of a line. VariantID cannot be changed.
type SenderSku struct {
	VariantID            string `json:"variantId"`
	MerchantDefinedSkuID string `json:"merchantDefinedSkuId,omitempty"`
	SkuInfo              string `json:"skuInfo,omitempty"` // required for items with several SKUs
}

// SenderCoupon is a coupon to resend. CouponUnit cannot be raised.
type SenderCoupon struct {
	CouponCode  string `json:"couponCode"`
	CouponPrice Yen    `json:"couponPrice"`
	CouponUnit  int64  `json:"couponUnit"`
	ItemID      int64  `json:"itemId"` // 0 when not bound to an item
}

// UpdateOrderSender (送付先情報更新) replaces recipients, items and fees of an order in orderProgress 100,
// 200 or 300. The payment method can be changed in 100 or after a failed payment. Rakuten
// recalculates amounts and tax.
//
// No error means that Rakuten reports success for this order; nothing is read back.
// Not safe to repeat: wrapping or fees may be added twice. Page:
// …/rakutenpayorderapi/updateordersender
func (c *Client) UpdateOrderSender(
	ctx context.Context, in UpdateOrderSenderRequest,
) (UpdateResponse, error) {
	var v validation
	in.check(v.top())
	return c.update(ctx, c.on("updateOrderSender", in.OrderNumber), in, &v, in.OrderNumber)
}

// UpdateOrderSenderAfterShipping (送付先情報更新（発送後）) is UpdateOrderSender for an order in orderProgress
// 500, 600 or 700. The payment method cannot be changed.
//
// No error means that Rakuten reports success for this order; nothing is read back.
// Not safe to repeat. Page: …/rakutenpayorderapi/updateordersenderaftershipping
func (c *Client) UpdateOrderSenderAfterShipping(
	ctx context.Context, in UpdateOrderSenderRequest,
) (UpdateResponse, error) {
	var v validation
	in.check(v.top())
	if in.AfterSettlementMethodCode != 0 {
		v.top().wrong.Add("afterSettlementMethodCode", "cannot be changed after shipping")
	}
	return c.update(ctx, c.on("updateOrderSenderAfterShipping", in.OrderNumber), in, &v,
		in.OrderNumber)
}

func (in *UpdateOrderSenderRequest) check(p place) {
	p.number("orderNumber", in.OrderNumber)
	if in.ReductionReason != 0 {
		p.reason("reductionReason", in.ReductionReason)
	}
	for i, w := range []*SenderWrapping{in.WrappingModel1, in.WrappingModel2} {
		if w != nil {
			p := p.in([]string{"WrappingModel1", "WrappingModel2"}[i])
			p.required("name", w.Name, 125)
			p.rate("taxRate", w.TaxRate)
		}
	}
	if len(in.PackageModelList) == 0 {
		p.wrong.Add("PackageModelList", "is empty")
	}
	most := int64(999_999_999)
	if len(in.CouponModelList) > 0 {
		most = 10_000
	}
	for i := range in.PackageModelList {
		in.PackageModelList[i].check(p.item("PackageModelList", i), most)
	}
	if in.AfterSettlementMethodCode == CashOnDelivery {
		for i, pack := range in.PackageModelList {
			if pack.DeliveryPrice == nil {
				p.item("PackageModelList", i).wrong.Add("deliveryPrice", "is required for 代金引換")
			}
		}
	}
	for i, coupon := range in.CouponModelList {
		p.item("CouponModelList", i).wrong.Required("couponCode", coupon.CouponCode)
	}
}

func (s *SenderPackage) check(p place, mostUnits int64) {
	if s.BasketID <= 0 {
		p.wrong.Add("basketId", "is required")
	}
	for field, price := range map[string]*Yen{"postagePrice": s.PostagePrice,
		"deliveryPrice": s.DeliveryPrice} {
		if price != nil && *price != Undetermined && *price < 0 {
			p.wrong.Add(field, "is negative")
		}
	}
	p.text("noshi", s.Noshi, 4000)
	p.change("dropOffLocation", s.DropOffLocation, 100)
	s.SenderModel.check(p.in("SenderModel"))
	if len(s.ItemModelList) == 0 {
		p.wrong.Add("ItemModelList", "is empty")
	}
	for i, item := range s.ItemModelList {
		p := p.item("ItemModelList", i)
		if item.ItemDetailID <= 0 {
			p.wrong.Add("itemDetailId", "is required")
		}
		p.required("itemName", item.ItemName, 1000)
		p.text("itemNumber", item.ItemNumber, 125)
		p.wrong.Range("price", int64(item.Price), 0, 999_999_999)
		p.wrong.Range("units", item.Units, 0, mostUnits)
		p.rate("taxRate", item.TaxRate)
		p.text("selectedChoice", item.SelectedChoice, 4000)
		for j, sku := range item.SkuModelList {
			p.item("SkuModelList", j).wrong.Required("variantId", sku.VariantID)
		}
	}
}

func (s *SenderAddress) check(p place) {
	p.wrong.Required("zipCode1", s.ZipCode1)
	p.wrong.Required("zipCode2", s.ZipCode2)
	p.wrong.Bytes("zipCode1, zipCode2", s.ZipCode1+s.ZipCode2, 20)
	for field, value := range map[string]string{"prefecture": s.Prefecture, "city": s.City,
		"subAddress": s.SubAddress, "familyName": s.FamilyName} {
		p.required(field, value, 127)
	}
	for field, value := range map[string]string{"firstName": s.FirstName,
		"familyNameKana": s.FamilyNameKana, "firstNameKana": s.FirstNameKana} {
		p.text(field, value, 127)
	}
	p.phone(s.PhoneNumber1, s.PhoneNumber2, s.PhoneNumber3)
}

// phone checks a telephone number in three parts. Rakuten itself stores numbers of two parts.
func (p place) phone(one, two, three string) {
	p.wrong.Required("phoneNumber1", one+two+three)
	p.wrong.Bytes("phoneNumber1, phoneNumber2, phoneNumber3", one+two+three, 32)
	p.wrong.Characters("phoneNumber1, phoneNumber2, phoneNumber3", one+two+three,
		check.PlatformDependent)
}

// rate checks a tax rate that a shop may send.
func (p place) rate(field string, n json.Number) {
	switch n {
	case "0", "0.0", "0.08", "0.1":
	default:
		p.wrong.Add(field, "want 0, 0.08 or 0.1")
	}
}

// NewUpdateOrderSender returns a request that changes nothing: all of w except what was removed
// from the order. Edit what is to change. A tax rate that an old order lacks stays empty and is
// refused until it is set. Of nil it is the zero request.
func NewUpdateOrderSender(w *OrderModel) UpdateOrderSenderRequest {
	if w == nil {
		return UpdateOrderSenderRequest{}
	}
	in := UpdateOrderSenderRequest{
		OrderNumber:    w.OrderNumber,
		WrappingModel1: w.WrappingModel1.toSend(),
		WrappingModel2: w.WrappingModel2.toSend(),
	}
	for _, p := range w.destinations() {
		in.PackageModelList = append(in.PackageModelList, p.toSend())
	}
	for _, c := range w.CouponModelList {
		coupon := SenderCoupon{CouponCode: c.CouponCode, CouponUnit: c.CouponUnit, ItemID: c.ItemID}
		if c.CouponPrice != nil {
			coupon.CouponPrice = *c.CouponPrice
		}
		in.CouponModelList = append(in.CouponModelList, coupon)
	}
	return in
}

func (m *WrappingModel) toSend() *SenderWrapping {
	if m == nil || m.DeleteWrappingFlag.On() {
		return nil
	}
	return &SenderWrapping{Title: m.Title, Name: m.Name, Price: m.Price, TaxRate: m.TaxRate,
		IncludeTaxFlag: m.IncludeTaxFlag}
}

func (p *PackageModel) toSend() SenderPackage {
	out := SenderPackage{BasketID: p.BasketID, PostagePrice: p.PostagePrice,
		PostageTaxRate: p.PostageTaxRate,
		DeliveryPrice:  p.DeliveryPrice, DeliveryTaxRate: p.DeliveryTaxRate, Noshi: p.Noshi}
	if s := p.SenderModel; s != nil {
		out.SenderModel = SenderAddress{s.ZipCode1, s.ZipCode2, s.Prefecture, s.City, s.SubAddress,
			s.FamilyName, s.FirstName,
			s.FamilyNameKana, s.FirstNameKana, s.PhoneNumber1, s.PhoneNumber2, s.PhoneNumber3}
	}
	for i := range p.ItemModelList {
		if m := &p.ItemModelList[i]; !m.DeleteItemFlag.On() {
			out.ItemModelList = append(out.ItemModelList, m.toSend())
		}
	}
	return out
}

func (m *ItemModel) toSend() SenderItem {
	restore := m.RestoreInventoryFlag
	out := SenderItem{ItemDetailID: m.ItemDetailID, ItemName: m.ItemName, ItemNumber: m.ItemNumber,
		TaxRate: m.TaxRate, Units: m.Units,
		IncludePostageFlag: m.IncludePostageFlag, IncludeTaxFlag: m.IncludeTaxFlag,
		IncludeCashOnDeliveryPostageFlag: m.IncludeCashOnDeliveryPostageFlag,
		SelectedChoice:                   m.SelectedChoice,
		RestoreInventoryFlag:             &restore}
	if m.Price != nil {
		out.Price = *m.Price
	}
	for _, s := range m.SkuModelList {
		// orders from before the SKU migration have none, and may not send one
		if s.VariantID != "" {
			out.SkuModelList = append(out.SkuModelList, SenderSku(s))
		}
	}
	return out
}
