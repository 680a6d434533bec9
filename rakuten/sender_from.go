package rakuten

// NewUpdateOrderSender is a request that changes nothing: everything that w holds, to be sent back. Change what is to be changed. A
// missing tax rate of an old order stays empty and is refused by the check: set it.
func NewUpdateOrderSender(w *OrderModel) UpdateOrderSenderRequest {
	in := UpdateOrderSenderRequest{
		OrderNumber:    w.OrderNumber,
		WrappingModel1: w.WrappingModel1.toSend(),
		WrappingModel2: w.WrappingModel2.toSend(),
	}
	for i := range w.PackageModelList {
		in.PackageModelList = append(in.PackageModelList, w.PackageModelList[i].toSend())
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
	if m == nil {
		return nil
	}
	return &SenderWrapping{Title: m.Title, Name: m.Name, Price: m.Price, TaxRate: m.TaxRate, IncludeTaxFlag: m.IncludeTaxFlag}
}

func (p *PackageModel) toSend() SenderPackage {
	out := SenderPackage{BasketID: p.BasketID, PostagePrice: p.PostagePrice, PostageTaxRate: p.PostageTaxRate,
		DeliveryPrice: p.DeliveryPrice, DeliveryTaxRate: p.DeliveryTaxRate, Noshi: p.Noshi}
	if s := p.SenderModel; s != nil {
		out.SenderModel = SenderAddress{s.ZipCode1, s.ZipCode2, s.Prefecture, s.City, s.SubAddress, s.FamilyName, s.FirstName,
			s.FamilyNameKana, s.FirstNameKana, s.PhoneNumber1, s.PhoneNumber2, s.PhoneNumber3}
	}
	for i := range p.ItemModelList {
		out.ItemModelList = append(out.ItemModelList, p.ItemModelList[i].toSend())
	}
	return out
}

func (m *ItemModel) toSend() SenderItem {
	restore := m.RestoreInventoryFlag
	out := SenderItem{ItemDetailID: m.ItemDetailID, ItemName: m.ItemName, ItemNumber: m.ItemNumber, TaxRate: m.TaxRate, Units: m.Units,
		IncludePostageFlag: m.IncludePostageFlag, IncludeTaxFlag: m.IncludeTaxFlag,
		IncludeCashOnDeliveryPostageFlag: m.IncludeCashOnDeliveryPostageFlag, SelectedChoice: m.SelectedChoice,
		RestoreInventoryFlag: &restore}
	if m.Price != nil {
		out.Price = *m.Price
	}
	for _, s := range m.SkuModelList {
		if s.VariantID != "" { // orders from before the SKU migration have none, and may not send one
			out.SkuModelList = append(out.SkuModelList, SenderSku(s))
		}
	}
	return out
}
