package rakuten

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/jpmall/jpmall/internal/batch"
	"github.com/jpmall/jpmall/order"
)

// shipPlan is what is to be written to one order, with the results that depend on it.
type shipPlan struct {
	order   *OrderModel
	request OrderShippingModel
	parts   []*shipPart
	owners  map[int64][]*shipPart // by basket: the part that each record of the request belongs to
	used    map[int64]bool        // records that a shipment has taken
	added   map[int64]int         // by basket: records that come to those that are there
}

func newShipPlan(w *OrderModel) *shipPlan {
	return &shipPlan{order: w, request: OrderShippingModel{OrderNumber: w.OrderNumber},
		owners: map[int64][]*shipPart{},
		used:   map[int64]bool{}, added: map[int64]int{}}
}

// shipPart is one shipment.
type shipPart struct {
	result *order.Result
	size   int  // records of it
	adds   bool // one of them is new

	removed []string // records that are taken away
}

// again says whether it is safe to send the part once more: while the order does not show an added
// record, it would be added again.
func (p *shipPart) again() order.Answer {
	if p.adds {
		return order.No
	}
	return order.Yes
}

// add plans one shipment, or says why it cannot be.
func (p *shipPlan) add(s order.Shipment, r *order.Result) (*shipPart, error) {
	pack, err := p.pack(s.Parcel)
	if err != nil {
		return nil, err
	}
	r.Parcel = id(pack.BasketID)
	if err := pack.covers(s.Lines); err != nil {
		return nil, err
	}
	changes, err := p.changes(pack, s)
	if err != nil {
		return nil, err
	}
	var v validation
	added, removed := 0, 0
	for i, c := range changes {
		c.check(v.top().item("Numbers", i))
		if c.ShippingDetailID == 0 {
			added++
		}
		if c.ShippingDeleteFlag.On() {
			removed++
		}
	}
	if err := v.wrong.Err(); err != nil {
		return nil, err
	}
	r.Warnings = append(r.Warnings, v.warnings()...)
	have := len(pack.ShippingModelList) + p.added[pack.BasketID] + added - removed
	if have > shippingRecords || len(p.owners[pack.BasketID])+len(changes) > shippingRecords {
		return nil,
			fmt.Errorf(
				"too many numbers: with those that are there more than the %d shipping records that Rakuten holds of a destination", shippingRecords)
	}
	p.added[pack.BasketID] += added - removed
	part := &shipPart{result: r, size: len(changes), adds: added > 0}
	for _, c := range changes {
		if c.ShippingDeleteFlag.On() {
			part.removed = append(part.removed, id(c.ShippingDetailID))
		}
	}
	p.parts = append(p.parts, part)
	before := p.basket(pack.BasketID)
	before.ShippingModelList = append(before.ShippingModelList, changes...)
	for _, c := range changes {
		p.owners[pack.BasketID] = append(p.owners[pack.BasketID], part)
		p.used[c.ShippingDetailID] = true
	}
	return part, nil
}

// pack finds the destination of a shipment.
func (p *shipPlan) pack(parcel string) (*PackageModel, error) {
	var ids []string
	all := p.order.destinations()
	for _, pack := range all {
		if parcel == id(pack.BasketID) || parcel == "" && len(all) == 1 {
			return pack, nil
		}
		ids = append(ids, id(pack.BasketID))
	}
	if parcel == "" {
		return nil, errors.New("which Parcel? The order has several destinations: " +
			strings.Join(ids, ", "))
	}
	return nil, errors.New("the parcel is not one of the order's destinations: " +
		strings.Join(ids, ", "))
}

// basket is the place of a destination in the request.
func (p *shipPlan) basket(id int64) *BasketModel {
	for i := range p.request.BasketidModelList {
		if p.request.BasketidModelList[i].BasketID == id {
			return &p.request.BasketidModelList[i]
		}
	}
	p.request.BasketidModelList = append(p.request.BasketidModelList, BasketModel{BasketID: id})
	return &p.request.BasketidModelList[len(p.request.BasketidModelList)-1]
}

// planned is one record of the request, in its order.
type planned struct {
	part  *shipPart
	added bool
}

func (p *shipPlan) records() []planned {
	var all []planned
	for _, b := range p.request.BasketidModelList {
		for i, s := range b.ShippingModelList {
			all = append(all, planned{p.owners[b.BasketID][i], s.ShippingDetailID == 0})
		}
	}
	return all
}

// changes turns the tracking numbers of a shipment into changes of records.
func (p *shipPlan) changes(pack *PackageModel, s order.Shipment) ([]ShippingChange, error) {
	numbers := s.Numbers
	if len(numbers) == 0 {
		numbers = []order.TrackingNumber{{}} // shipped without a number
	}
	var base ShippingChange
	for _, n := range numbers {
		if n.Remove {
			continue
		}
		code, _ := CompanyOf(s.Carrier)
		base = ShippingChange{DeliveryCompany: code, ShippingDate: Set(order.DateOf(s.At))}
		break
	}
	taken := map[int64]bool{}
	var all []ShippingChange
	for i, n := range numbers {
		c := base
		if n.Number != "" {
			c.ShippingNumber = Set(n.Number)
		}
		switch record, err := p.record(pack, n, taken); {
		case err != nil:
			return nil, fmt.Errorf("number %d: %w", i+1, err)
		case n.Remove:
			c = ShippingChange{ShippingDetailID: record, ShippingDeleteFlag: 1}
			taken[record] = true
		default:
			c.ShippingDetailID = record
			taken[record] = true
		}
		all = append(all, c)
	}
	return all, nil
}

// record finds the record that a number goes to; 0 is a new one. A number that is there already is
// not added again, and a record without a number, which an order often has from the start, is
// filled first.
func (p *shipPlan) record(
	pack *PackageModel, n order.TrackingNumber, taken map[int64]bool,
) (int64, error) {
	if n.Record != "" || n.Remove {
		for _, s := range pack.ShippingModelList {
			if n.Record == id(s.ShippingDetailID) {
				return s.ShippingDetailID, nil
			}
		}
		return 0, errors.New("the record is not one of the destination's shipping records")
	}
	for _, want := range []string{n.Number, ""} {
		for _, s := range pack.ShippingModelList {
			if sameNumber(s.ShippingNumber, want) && !taken[s.ShippingDetailID] &&
				!p.used[s.ShippingDetailID] {
				return s.ShippingDetailID, nil
			}
		}
	}
	return 0, nil
}

// sameNumber compares tracking numbers in any spelling; an empty one is only the same as another.
func sameNumber(a, b string) bool {
	return a == b || a != "" && b != "" && order.SameTracking(a, b)
}

// covers refuses a part of a destination.
func (p *PackageModel) covers(lines []order.LineQuantity) error {
	all := map[string]int64{}
	for _, m := range p.ItemModelList {
		all[id(m.ItemDetailID)] += m.Units
	}
	return batch.Whole(lines, all)
}

// shown reports whether an order has the records of a shipment: the ids that Rakuten returned, the
// numbers, and none that was removed.
func (p *shipPart) shown(o *OrderModel) bool {
	all := o.destinations()
	i := slices.IndexFunc(all, func(k *PackageModel) bool {
		return id(k.BasketID) == p.result.Parcel
	})
	if i < 0 {
		return false
	}
	records := all[i].ShippingModelList
	there := func(record string) bool {
		return slices.ContainsFunc(records,
			func(s ShippingModel) bool { return id(s.ShippingDetailID) == record })
	}
	for _, record := range p.result.Records {
		if !there(record) {
			return false
		}
	}
	return !slices.ContainsFunc(p.removed, there) &&
		!slices.ContainsFunc(p.result.Numbers, func(number string) bool {
			return !slices.ContainsFunc(records,
				func(s ShippingModel) bool { return sameNumber(s.ShippingNumber, number) })
		})
}
