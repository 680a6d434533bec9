package rakuten

import (
	"slices"
	"strconv"
	"strings"

	"github.com/jpmall/jpmall/internal/digest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// ConvertOptions holds what Convert needs beside the order. The zero value works.
type ConvertOptions struct {
	Shop string // as in Config

	// Statuses maps the shop's own sub-status names (サブステータス), or the name or number of an
	// orderProgress, to a status. order.Prevailing decides between it and the status of
	// orderProgress.
	Statuses map[string]order.Status

	Slots timeslot.Matcher // reads slot labels in remarks; nil is a plain timeslot.Reader
}

// Convert turns an order of getOrder into the shared model, without any call. Client does it with
// every order it reads; use it for stored payloads. w is kept in the result (see Raw) and must not
// be modified afterwards. A nil w gives an Order that has only mall and shop.
//
// The revision is a hash over all fields except the count and history of receipts (領収書発行回数), which
// the buyer can change at any time.
func Convert(w *OrderModel, opts ConvertOptions) order.Order {
	o := order.Order{Mall: order.Rakuten, Shop: opts.Shop}
	if w == nil {
		return o
	}
	o.ID = w.OrderNumber
	o.Revision = revision(w)
	o.Placed, _ = w.OrderDatetime.Time()
	o.Status = statusOf(w, opts.Statuses)
	o.MallStatus = w.OrderProgress.Name()
	o.SubStatus = w.SubStatusName
	if w.OrdererModel != nil {
		o.Buyer = w.OrdererModel.party()
	}
	o.Gift = order.Gift{Wanted: w.GiftCheckFlag.On() || w.SocialGiftFlag.On(), Wrap: wrapNames(w)}
	wish, problems := delivery(w, opts, order.DateOf(o.Placed))
	o.Parcels = parcels(w, wish)
	o.Problems = append(o.Problems, problems...)
	o.Payment = payment(w)
	o.Amounts = amounts(w)
	o.Taxes = taxes(w)
	o.Remarks, o.Memo = w.Remarks, w.Memo
	o.Flags = flags(w)
	return o.WithNative(w, nil)
}

// Raw returns the wire struct that o was built from; it must not be modified. ok is false when o
// was not read by this package.
func Raw(o order.Order) (w *OrderModel, ok bool) {
	w, ok = o.Native().(*OrderModel)
	return w, ok && w != nil
}

func revision(w *OrderModel) string {
	state := *w
	state.ReceiptIssueCount, state.ReceiptIssueHistoryList = 0, nil
	d, err := digest.Of(&state)
	// a field of a kind that cannot be hashed; the tests see to it that there is none
	if err != nil {
		return ""
	}
	return d
}

func parcels(w *OrderModel, wish order.Delivery) []order.Parcel {
	all := make([]order.Parcel, 0, max(len(w.PackageModelList), 1))
	for _, p := range w.destinations() {
		all = append(all, p.parcel(wish))
	}
	if len(all) == 0 {
		all = append(all, order.Parcel{Delivery: wish})
	}
	return all
}

// destinations returns the packages that have not been removed from the order.
func (w *OrderModel) destinations() []*PackageModel {
	all := make([]*PackageModel, 0, len(w.PackageModelList))
	for i := range w.PackageModelList {
		if p := &w.PackageModelList[i]; !p.PackageDeleteFlag.On() {
			all = append(all, p)
		}
	}
	return all
}

func (p *PackageModel) parcel(wish order.Delivery) order.Parcel {
	parcel := order.Parcel{ID: id(p.BasketID), Delivery: wish,
		Gift: order.Gift{Wanted: p.Noshi != "", Noshi: p.Noshi}}
	if p.SenderModel != nil {
		parcel.Recipient = p.SenderModel.party()
	}
	if c := p.DefaultDeliveryCompanyCode; c != "" {
		parcel.Delivery.Carrier = c.Carrier()
	}
	parcel.Delivery.DropOff = p.DropOffLocation
	if cvs := p.DeliveryCvsModel; cvs != nil {
		parcel.Pickup = &order.Pickup{Code: cvs.StoreCode, Name: cvs.StoreName}
		if cvs.CvsCode != nil {
			parcel.Pickup.Kind = cvs.CvsCode.Name()
		}
	}
	parcel.Lines = make([]order.Line, len(p.ItemModelList))
	for i := range p.ItemModelList {
		parcel.Lines[i] = p.ItemModelList[i].line()
	}
	for i := range p.ShippingModelList {
		parcel.Shipments = append(parcel.Shipments, p.ShippingModelList[i].record())
	}
	return parcel
}

func (s *ShippingModel) record() order.ShipmentRecord {
	r := order.ShipmentRecord{ID: id(s.ShippingDetailID), Name: s.DeliveryCompanyName,
		Tracking: s.ShippingNumber}
	if s.DeliveryCompany != "" {
		r.Carrier = s.DeliveryCompany.Carrier()
	}
	r.Date, _ = s.ShippingDate.Date()
	return r
}

func (m *ItemModel) line() order.Line {
	unit := m.unitPrice()
	return order.Line{
		ID: id(m.ItemDetailID), ItemID: m.ManageNumber, SKU: m.sku(), Stock: m.stock(),
		Name: m.ItemName, Option: m.option(), Quantity: m.Units, UnitPrice: unit, Total: unit.Mul(m.Units), TaxRate: rate(m.TaxRate),
		Cancelled: m.DeleteItemFlag.On(),
	}
}

// normalInventory is the variantId of items without variants.
const normalInventory = "normal-inventory"

// sku returns the shop's code for this variant: システム連携用SKU番号, else SKU管理番号, else 商品番号, which before
// the SKU migration ended with the ids of the options, else 商品管理番号.
func (m *ItemModel) sku() string {
	for _, s := range m.SkuModelList {
		if s.MerchantDefinedSkuID != "" {
			return s.MerchantDefinedSkuID
		}
		if s.VariantID != "" && s.VariantID != normalInventory {
			return s.VariantID
		}
	}
	if m.ItemNumber != "" {
		return m.ItemNumber
	}
	return m.ManageNumber
}

// stock returns what the inventory API calls the goods: items without variants have normalInventory
// there, and orders from before the SKU migration have nothing.
func (m *ItemModel) stock() order.SKU {
	if len(m.SkuModelList) != 1 || m.ManageNumber == "" || m.SkuModelList[0].VariantID == "" {
		return order.SKU{}
	}
	return order.SKU{Item: m.ManageNumber, Variant: m.SkuModelList[0].VariantID}
}

// option joins the variant and the buyer's choices, line by line.
func (m *ItemModel) option() string {
	parts := make([]string, 0, 2)
	for _, s := range m.SkuModelList {
		if s.SkuInfo != "" {
			parts = append(parts, s.SkuInfo)
		}
	}
	if m.SelectedChoice != "" {
		parts = append(parts, m.SelectedChoice)
	}
	return strings.Join(parts, "\n")
}

func (m *OrdererModel) party() order.Party {
	p := party(m.FamilyName, m.FirstName, m.FamilyNameKana, m.FirstNameKana, m.SubAddress)
	p.Postal, p.Prefecture, p.City = join("-", m.ZipCode1, m.ZipCode2), m.Prefecture, m.City
	p.Phone, p.Email = join("-", m.PhoneNumber1, m.PhoneNumber2, m.PhoneNumber3), m.EmailAddress
	return p
}

func (m *SenderModel) party() order.Party {
	p := party(m.FamilyName, m.FirstName, m.FamilyNameKana, m.FirstNameKana, m.SubAddress)
	p.Postal, p.Prefecture, p.City = join("-", m.ZipCode1, m.ZipCode2), m.Prefecture, m.City
	p.Phone = join("-", m.PhoneNumber1, m.PhoneNumber2, m.PhoneNumber3)
	return p
}

func party(family, given, familyKana, givenKana, address string) order.Party {
	p := order.Party{Name: join(" ", family, given), Family: family, Given: given,
		Kana: join(" ", familyKana, givenKana)}
	if address != "" {
		p.Address = []string{address}
	}
	return p
}

// join leaves out empty parts: one of three telephone numbers may be null. It modifies parts.
func join(sep string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), sep)
}

func wrapNames(w *OrderModel) string {
	names := make([]string, 0, 2)
	for _, m := range w.wrappings() {
		names = append(names, m.Name)
	}
	return join("、", names...)
}

// wrappings are those that are there and not removed.
func (w *OrderModel) wrappings() []*WrappingModel {
	var all []*WrappingModel
	for _, m := range []*WrappingModel{w.WrappingModel1, w.WrappingModel2} {
		if m != nil && !m.DeleteWrappingFlag.On() {
			all = append(all, m)
		}
	}
	return all
}

// id writes one of Rakuten's numbers; 0 is none.
func id(n int64) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}
