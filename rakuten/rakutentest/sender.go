package rakutentest

import (
	"encoding/json"
	"net/http"
	"slices"

	"github.com/jpmall/jpmall/internal/fake"
)

// senderRequest is updateOrderSender's, as far as the fake carries it out.
type senderRequest struct {
	ReductionReason           int64            `json:"reductionReason"`
	WrappingModel1            *wrapping        `json:"WrappingModel1"`
	WrappingModel2            *wrapping        `json:"WrappingModel2"`
	PackageModelList          []senderPackage  `json:"PackageModelList"`
	CouponModelList           []map[string]any `json:"CouponModelList"`
	AfterSettlementMethodCode int              `json:"afterSettlementMethodCode"`
}

type senderPackage struct {
	BasketID          int64            `json:"basketId"`
	PostagePrice      *int64           `json:"postagePrice"`
	DeliveryPrice     *int64           `json:"deliveryPrice"`
	Noshi             *string          `json:"noshi"`
	PackageDeleteFlag int              `json:"packageDeleteFlag"`
	SenderModel       *address         `json:"SenderModel"`
	ItemModelList     []senderItem     `json:"ItemModelList"`
	DropOffLocation   *json.RawMessage `json:"dropOffLocation"`
}

type senderItem struct {
	ItemDetailID   int64    `json:"itemDetailId"`
	ItemName       *string  `json:"itemName"`
	Price          *int64   `json:"price"`
	TaxRate        *float64 `json:"taxRate"`
	Units          *int64   `json:"units"`
	IncludeTaxFlag *int     `json:"includeTaxFlag"`
	SelectedChoice *string  `json:"selectedChoice"`
	DeleteItemFlag int      `json:"deleteItemFlag"`
}

// updateOrderSender replaces destinations, items, wrapping and fees of an order in one of the
// states.
func (m *Mall) updateOrderSender(states ...int) func(call) fake.Reply {
	const token = "UPDATE_ORDERSENDER"
	return func(r call) fake.Reply {
		in, refused := read(r, token)
		if refused != nil {
			return *refused
		}
		w, refused := m.one(in, token)
		if refused != nil {
			return *refused
		}
		var want senderRequest
		if err := json.Unmarshal(r.Payload, &want); err != nil {
			return messages(http.StatusBadRequest, malformed(token, "PackageModelList"))
		}
		if bad := want.check(w, token, states); bad != nil {
			return messages(http.StatusBadRequest, bad.about(w.OrderNumber))
		}
		before := w.RequestPrice
		changed := want.apply(w)
		changed.sum()
		if changed.RequestPrice < before && changed.RequestPrice != undetermined &&
			want.ReductionReason == 0 {
			return messages(http.StatusBadRequest,
				missing(token, "reductionReason").about(w.OrderNumber))
		}
		*w = *changed
		return messages(http.StatusOK,
			info(token+"_INFO_101", "送付先情報の更新が完了しました。").about(w.OrderNumber))
	}
}

func (s *senderRequest) check(w *orderModel, token string, states []int) *message {
	wrong := func(m message) *message { return &m }
	switch {
	case !slices.Contains(states, w.OrderProgress):
		return wrong(failure(token+codeWrongState, "指定された注文は更新できないステータスです。"))
	case len(s.PackageModelList) != len(w.PackageModelList):
		return wrong(missing(token, "PackageModelList"))
	case (w.WrappingModel1 != nil) != (s.WrappingModel1 != nil) && w.WrappingModel1 != nil:
		return wrong(missing(token, "WrappingModel1"))
	case len(s.CouponModelList) != len(w.CouponModelList):
		return wrong(missing(token, "CouponModelList"))
	}
	for _, p := range s.PackageModelList {
		at := slices.IndexFunc(w.PackageModelList,
			func(x *packageModel) bool { return x.BasketID == p.BasketID })
		switch {
		case at < 0:
			return wrong(malformed(token, "basketId"))
		case p.SenderModel == nil || p.SenderModel.FamilyName == "" ||
			p.SenderModel.Prefecture == "":
			return wrong(missing(token, "SenderModel"))
		case len(p.ItemModelList) != len(w.PackageModelList[at].ItemModelList):
			return wrong(missing(token, "ItemModelList"))
		case s.AfterSettlementMethodCode == 2 && p.DeliveryPrice == nil:
			return wrong(failure(token+"_ERROR_136", "代引料を指定して下さい。"))
		case !writable(p.SenderModel.FamilyName + p.SenderModel.City + p.SenderModel.SubAddress):
			return wrong(failure(token+codeText, "機種依存文字が含まれています。"))
		}
		for _, i := range p.ItemModelList {
			if i.Price == nil || i.Units == nil || i.ItemName == nil || i.TaxRate == nil ||
				i.IncludeTaxFlag == nil {
				return wrong(missing(token, "ItemModelList"))
			}
			if !slices.ContainsFunc(w.PackageModelList[at].ItemModelList,
				func(x item) bool { return x.ItemDetailID == i.ItemDetailID }) {
				return wrong(malformed(token, "itemDetailId"))
			}
		}
	}
	return nil
}

// apply makes the changed order; w itself stays as it is.
func (s *senderRequest) apply(w *orderModel) *orderModel {
	changed := *w
	changed.WrappingModel1, changed.WrappingModel2 = kept(s.WrappingModel1), kept(s.WrappingModel2)
	changed.PackageModelList = nil
	for _, p := range s.PackageModelList {
		at := slices.IndexFunc(w.PackageModelList,
			func(x *packageModel) bool { return x.BasketID == p.BasketID })
		pack := *w.PackageModelList[at]
		if p.PackageDeleteFlag == 1 {
			continue
		}
		if p.PostagePrice != nil {
			pack.PostagePrice = *p.PostagePrice
		}
		if p.DeliveryPrice != nil {
			pack.DeliveryPrice = *p.DeliveryPrice
		}
		pack.Noshi, pack.SenderModel.address = p.Noshi, *p.SenderModel
		if p.DropOffLocation != nil {
			var place string
			_ = json.Unmarshal(*p.DropOffLocation, &place) // null is empty
			pack.DropOffLocation, pack.DropOffFlag = text(place), 0
			if place != "" {
				pack.DropOffFlag = 1
			}
		}
		pack.ItemModelList = nil
		for _, i := range p.ItemModelList {
			if i.DeleteItemFlag == 1 {
				continue
			}
			at := slices.IndexFunc(w.PackageModelList[at].ItemModelList,
				func(x item) bool { return x.ItemDetailID == i.ItemDetailID })
			pack.ItemModelList = append(pack.ItemModelList,
				i.apply(w.PackageModelList, p.BasketID, at))
		}
		changed.PackageModelList = append(changed.PackageModelList, &pack)
	}
	if s.AfterSettlementMethodCode != 0 {
		changed.SettlementModel = settle(s.AfterSettlementMethodCode)
	}
	return &changed
}

func (i senderItem) apply(packages []*packageModel, basket int64, at int) item {
	p := packages[slices.IndexFunc(packages,
		func(x *packageModel) bool { return x.BasketID == basket })]
	x := p.ItemModelList[at]
	x.ItemName = *i.ItemName
	x.Price = *i.Price
	x.Units = *i.Units
	x.TaxRate = *i.TaxRate
	x.IncludeTaxFlag = *i.IncludeTaxFlag
	x.SelectedChoice = i.SelectedChoice
	x.PriceTaxIncl = x.Price
	if x.IncludeTaxFlag == 0 {
		x.PriceTaxIncl = x.Price * int64(100+percent(x.TaxRate)) / 100
	}
	return x
}

func kept(w *wrapping) *wrapping {
	if w == nil || w.DeleteWrappingFlag == 1 {
		return nil
	}
	c := *w
	c.TaxPrice = c.Price * int64(percent(c.TaxRate)) / 100
	if c.IncludeTaxFlag == 1 {
		c.TaxPrice = c.Price * int64(percent(c.TaxRate)) / int64(100+percent(c.TaxRate))
	}
	return &c
}

// updateOrderOrderer replaces the buyer.
func (m *Mall) updateOrderOrderer(r call) fake.Reply {
	const token = "UPDATE_ORDERORDERER"
	in, refused := read(r, token)
	if refused != nil {
		return *refused
	}
	w, refused := m.one(in, token)
	if refused != nil {
		return *refused
	}
	buyer, there, ok := into[orderer](in, "OrdererModel")
	switch {
	case !there:
		return messages(http.StatusBadRequest, missing(token, "OrdererModel"))
	case !ok || buyer.FamilyName == "" || !writable(buyer.FamilyName+buyer.City+buyer.SubAddress):
		return messages(http.StatusBadRequest, malformed(token, "OrdererModel"))
	}
	w.OrdererModel = buyer
	return messages(http.StatusOK, info(token+"_INFO_101", "注文者情報の更新が完了しました。").about(w.OrderNumber))
}
