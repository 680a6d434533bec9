package rakutentest

import "time"

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

// advance lets time pass in the mall.
func (m *Mall) advance(time.Time) {}
