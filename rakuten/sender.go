package rakuten

import (
	"context"
	"encoding/json"

	"github.com/jpmall/jpmall/internal/check"
)

// UpdateOrderSenderRequest replaces recipients, items, wrapping and fees of an order. It replaces the whole: what the order has and
// the request lacks is removed or refused, so start from NewUpdateOrderSender, which holds everything as it stands.
type UpdateOrderSenderRequest struct {
	OrderNumber               string             `json:"orderNumber"`
	ReductionReason           ChangeReasonDetail `json:"reductionReason,omitempty"` // required when the amount drops
	WrappingModel1            *SenderWrapping    `json:"WrappingModel1,omitempty"`  // resend those that are there
	WrappingModel2            *SenderWrapping    `json:"WrappingModel2,omitempty"`
	PackageModelList          []SenderPackage    `json:"PackageModelList"`          // all destinations
	CouponModelList           []SenderCoupon     `json:"CouponModelList,omitempty"` // resend those that are there
	AfterSettlementMethodCode SettlementMethod   `json:"afterSettlementMethodCode,omitempty"`
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
	BasketID          int64          `json:"basketId"`
	PostagePrice      *Yen           `json:"postagePrice,omitempty"` // Undetermined unsets it
	PostageTaxRate    json.Number    `json:"postageTaxRate,omitempty"`
	DeliveryPrice     *Yen           `json:"deliveryPrice,omitempty"` // 代引料: required for 代金引換; Undetermined unsets it
	DeliveryTaxRate   json.Number    `json:"deliveryTaxRate,omitempty"`
	Noshi             string         `json:"noshi,omitempty"`
	PackageDeleteFlag Flag           `json:"packageDeleteFlag,omitempty"` // 1 removes it
	SenderModel       SenderAddress  `json:"SenderModel"`
	ItemModelList     []SenderItem   `json:"ItemModelList"`
	DropOffLocation   Change[string] `json:"dropOffLocation,omitzero"` // Clear is 利用しない
}

// SenderAddress is a recipient.
type SenderAddress struct {
	ZipCode1       string `json:"zipCode1"` // zipCode1 and zipCode2 together at most 20 bytes
	ZipCode2       string `json:"zipCode2"`
	Prefecture     string `json:"prefecture"` // one of the 47, or 国外
	City           string `json:"city"`       // here and below at most 127 characters each
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
	ItemDetailID                     int64             `json:"itemDetailId"`
	ItemName                         string            `json:"itemName"`             // at most 1000 characters
	ItemNumber                       string            `json:"itemNumber,omitempty"` // at most 125 characters
	Price                            Yen               `json:"price"`                // 0 to 999999999
	TaxRate                          json.Number       `json:"taxRate"`
	Units                            int64             `json:"units"` // 0 to 999999999; at most 10,000 on orders with coupons
	IncludePostageFlag               Flag              `json:"includePostageFlag"`
	IncludeTaxFlag                   Flag              `json:"includeTaxFlag"`
	IncludeCashOnDeliveryPostageFlag Flag              `json:"includeCashOnDeliveryPostageFlag"`
	SelectedChoice                   string            `json:"selectedChoice,omitempty"` // at most 4000 characters
	RestoreInventoryFlag             *RestoreInventory `json:"restoreInventoryFlag,omitempty"`
	DeleteItemFlag                   Flag              `json:"deleteItemFlag,omitempty"` // 1 removes it
	SkuModelList                     []SenderSku       `json:"SkuModelList,omitempty"`   // orders since the SKU migration only
}

// SenderSku is the variant of a line; it cannot be changed.
type SenderSku struct {
	VariantID            string `json:"variantId"`
	MerchantDefinedSkuID string `json:"merchantDefinedSkuId,omitempty"`
	SkuInfo              string `json:"skuInfo,omitempty"` // required for items with several SKUs
}

// SenderCoupon is a coupon to resend; couponUnit cannot be raised.
type SenderCoupon struct {
	CouponCode  string `json:"couponCode"`
	CouponPrice Yen    `json:"couponPrice"`
	CouponUnit  int64  `json:"couponUnit"`
	ItemID      int64  `json:"itemId"` // 0 when not bound to an item
}

// UpdateOrderSender (送付先情報更新) replaces recipients, items and fees of an order in 100, 200 or 300. The payment method can be changed
// at 100 or after a failed payment. Rakuten recalculates amounts and tax.
//
// Unsafe: added wrapping or fees may be added twice. Page: …/rakutenpayorderapi/updateordersender
func (c *Client) UpdateOrderSender(ctx context.Context, in UpdateOrderSenderRequest) (UpdateResponse, error) {
	var v validation
	in.check(v.top())
	return c.update(ctx, c.on("updateOrderSender", in.OrderNumber), in, &v, in.OrderNumber)
}

// UpdateOrderSenderAfterShipping (送付先情報更新（発送後）) does the same for an order in 500, 600 or 700, whose payment method stays.
//
// Unsafe. Page: …/rakutenpayorderapi/updateordersenderaftershipping
func (c *Client) UpdateOrderSenderAfterShipping(ctx context.Context, in UpdateOrderSenderRequest) (UpdateResponse, error) {
	var v validation
	in.check(v.top())
	if in.AfterSettlementMethodCode != 0 {
		v.top().wrong.Add("afterSettlementMethodCode", "cannot be changed after shipping")
	}
	return c.update(ctx, c.on("updateOrderSenderAfterShipping", in.OrderNumber), in, &v, in.OrderNumber)
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
	for field, price := range map[string]*Yen{"postagePrice": s.PostagePrice, "deliveryPrice": s.DeliveryPrice} {
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
	for field, value := range map[string]string{"prefecture": s.Prefecture, "city": s.City, "subAddress": s.SubAddress, "familyName": s.FamilyName} {
		p.required(field, value, 127)
	}
	for field, value := range map[string]string{"firstName": s.FirstName, "familyNameKana": s.FamilyNameKana, "firstNameKana": s.FirstNameKana} {
		p.text(field, value, 127)
	}
	p.phone(s.PhoneNumber1, s.PhoneNumber2, s.PhoneNumber3)
}

// phone checks a telephone number in three parts. Rakuten itself stores numbers of two parts.
func (p place) phone(one, two, three string) {
	p.wrong.Required("phoneNumber1", one+two+three)
	p.wrong.Bytes("phoneNumber1, phoneNumber2, phoneNumber3", one+two+three, 32)
	p.wrong.Characters("phoneNumber1, phoneNumber2, phoneNumber3", one+two+three, check.PlatformDependent)
}

// rate checks a tax rate that a shop may send.
func (p place) rate(field string, n json.Number) {
	switch n {
	case "0", "0.0", "0.08", "0.1":
	default:
		p.wrong.Add(field, "want 0, 0.08 or 0.1")
	}
}
