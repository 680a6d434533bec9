package kobune

import (
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

// wire is an order as the shop writes it.
type wire struct {
	Number  string    `json:"number"`
	Version int       `json:"version"`
	Ordered time.Time `json:"ordered"`
	Changed time.Time `json:"changed"`
	State   string    `json:"state"`
	Buyer   struct {
		Name, Postal, Prefecture, Address, Phone string
	} `json:"buyer"`
	Items []struct {
		Code, Name   string
		Count, Price int64
	} `json:"items"`
	Postage int64    `json:"postage"`
	Total   int64    `json:"total"`
	Day     string   `json:"wish_day"`
	Time    string   `json:"wish_time"`
	Note    string   `json:"note"`
	Parcels []parcel `json:"parcels"`
}

// parcel is one that has left.
type parcel struct {
	Carrier string    `json:"carrier"`
	Number  string    `json:"number"`
	Sent    time.Time `json:"sent"`
}

// states are the shop's words. Another one is Unknown, and its text stays.
var states = map[string]order.Status{
	"受付": order.New, "入金待ち": order.AwaitingPayment, "出荷待ち": order.ReadyToShip,
	"出荷済み": order.Shipped, "取消": order.Cancelled,
}

// ref names an order before the rest of it is read.
func (c *Client) ref(raw json.RawMessage) (order.Ref, error) {
	var name struct {
		Number  string
		Version int
	}
	if err := json.Unmarshal(raw, &name); err != nil || name.Number == "" {
		return order.Ref{}, errors.New("a row has no number and version")
	}
	return order.Ref{Mall: Mall, Shop: c.cfg.Shop, ID: name.Number,
		Revision: strconv.Itoa(name.Version)}, nil
}

// convert makes an Order of the shop's.
func (c *Client) convert(ref order.Ref, raw json.RawMessage) (order.Order, error) {
	var w wire
	if err := json.Unmarshal(raw, &w); err != nil {
		return order.Order{}, err
	}
	party := order.Party{Name: w.Buyer.Name, Postal: w.Buyer.Postal, Country: "JP",
		Prefecture: w.Buyer.Prefecture,
		Address:    []string{w.Buyer.Address}, Phone: w.Buyer.Phone}
	p := order.Parcel{Recipient: party}
	goods := order.Yen(0)
	for i, item := range w.Items {
		total := order.Yen(item.Price).Mul(item.Count)
		goods = goods.Add(total)
		p.Lines = append(p.Lines, order.Line{ID: strconv.Itoa(i + 1), SKU: item.Code,
			Name: item.Name, Quantity: item.Count,
			UnitPrice: order.Yen(item.Price), Total: total, TaxRate: order.ReducedRate})
	}
	for _, sent := range w.Parcels {
		p.Shipments = append(p.Shipments,
			order.ShipmentRecord{Carrier: timeslot.ParseCarrier(sent.Carrier), Name: sent.Carrier,
				Tracking: sent.Number, At: sent.Sent, Date: order.DateOf(sent.Sent)})
	}
	o := order.Order{
		Mall: Mall, Shop: c.cfg.Shop, ID: ref.ID, Revision: ref.Revision,
		Placed: w.Ordered.In(order.JST), Updated: w.Changed.In(order.JST), Status: states[w.State],
		MallStatus: w.State, Memo: w.Note, Buyer: party,
		Amounts: order.Amounts{Billed: order.Yen(w.Total), Components: []order.Component{
			{Kind: order.Goods, TaxRate: order.ReducedRate, Amount: goods},
			{Kind: order.Shipping, TaxRate: order.StandardRate, Amount: order.Yen(w.Postage)}}},
	}
	p.Delivery.ReadSlot(c.cfg.Slots,
		timeslot.Label{Text: w.Time, Mall: string(Mall), Shop: c.cfg.Shop}, order.FromField)
	if w.Day != "" {
		var err error
		if p.Delivery.Date, err = order.ParseDate(w.Day); err != nil {
			o.Problems = append(o.Problems,
				order.Problem{Field: "wish_day", Reason: "a date such as 2026-11-28", Text: w.Day})
		}
	}
	o.Parcels = []order.Parcel{p}
	return o.WithNative(w, nil), nil
}
