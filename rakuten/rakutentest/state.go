package rakutentest

import (
	"slices"
	"time"
)

// transition is a step that Rakuten takes by itself, some time after the shop did something.
type transition struct {
	at time.Time
	to int // orderProgress; 0 is none
}

// advance lets time pass in the mall: orders move on and asynchronous reports are worked on.
func (m *Mall) advance(now time.Time) {
	for _, j := range m.jobs {
		if !j.done && !now.Before(j.due) {
			j.done = true
			for _, o := range j.orders {
				j.results = append(j.results,
					result{OrderNumber: o.number,
						MessageModelList: m.ship(o.number, o.baskets, now)})
			}
		}
	}
	for number, w := range m.moving {
		switch {
		case w.next.to == 0:
			delete(m.moving, number)
			continue
		case now.Before(w.next.at):
			continue
		}
		delete(m.moving, number)
		at := instant(w.next.at)
		switch w.next.to {
		case 300:
			w.OrderFixDatetime, w.ShippingInstDatetime = &at, &at
		case 500:
			w.ShippingCmplRptDatetime = &at
		}
		w.OrderProgress, w.next = w.next.to, transition{}
		if w.SubStatusID != nil && !m.belongs(*w.SubStatusID, w.OrderProgress) {
			w.SubStatusID, w.SubStatusName = nil, nil
		}
	}
}

// move lets an order go on by itself after Options.Step.
func (m *Mall) move(w *orderModel, now time.Time, to int) {
	w.next = transition{now.Add(m.options.Step), to}
	m.moving[w.OrderNumber] = w
}

// shippable moves an order towards 発送済 when every destination has a 発送日, and stops it when one was
// removed.
func (m *Mall) shippable(w *orderModel, now time.Time) {
	if w.OrderProgress != 300 {
		return
	}
	for _, p := range w.PackageModelList {
		if !slices.ContainsFunc(p.ShippingModelList,
			func(s *shipping) bool { return s.ShippingDate != nil }) {
			w.next = transition{}
			return
		}
	}
	m.move(w, now, 500)
}

// SetStep changes [Options.Step] for what the shop does from now on.
func (m *Mall) SetStep(step time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.options.Step = step
}

// subStatus is one of the shop's own statuses.
type subStatus struct {
	progress int
	id       int64
	name     string
	order    int64
}

// shopSubStatuses are those of the invented shop.
func shopSubStatuses() []subStatus {
	return []subStatus{
		{100, 3501, "在庫確認中", 1}, {100, 3502, "お客様に連絡済", 2},
		{300, 3601, "出荷停止", 1}, {300, 3602, "倉庫に依頼済", 2}, {500, 3701, "到着確認済", 1},
	}
}

func (m *Mall) subStatusName(id int64) string {
	for _, s := range m.subStatus {
		if s.id == id {
			return s.name
		}
	}
	return ""
}

// belongs reports whether a sub-status is one of this orderProgress.
func (m *Mall) belongs(id int64, progress int) bool {
	return slices.ContainsFunc(m.subStatus,
		func(s subStatus) bool { return s.id == id && s.progress == progress })
}
