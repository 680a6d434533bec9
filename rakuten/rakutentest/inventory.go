package rakutentest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/fake"
)

// variant names the stock of one SKU; the mall lower-cases the manage number.
type variant struct{ manage, id string }

type stock struct {
	quantity int64
	lead     json.RawMessage
	from     json.RawMessage
	created  time.Time
	updated  time.Time
}

// Stock returns the quantity of a SKU; ok is false when none is registered.
func (m *Mall) Stock(manageNumber, variantID string) (quantity int64, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.stock[variant{strings.ToLower(manageNumber), variantID}]
	if s == nil {
		return 0, false
	}
	return s.quantity, true
}

// SetStock sets the quantity of a SKU and keeps its lead times and warehouses.
func (m *Mall) SetStock(manageNumber, variantID string, quantity int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := time.Now()
	v := variant{strings.ToLower(manageNumber), variantID}
	s := m.stock[v]
	if s == nil {
		s = &stock{created: now}
		m.stock[v] = s
	}
	s.quantity, s.updated = quantity, now
}

// seedStock gives the shop what an order sells.
func (m *Mall) seedStock(s *fake.Seeder, w *orderModel, now time.Time) {
	for _, p := range w.PackageModelList {
		for _, i := range p.ItemModelList {
			for _, one := range i.SkuModelList {
				v := variant{strings.ToLower(i.ManageNumber), one.VariantID}
				if m.stock[v] == nil {
					m.stock[v] = &stock{quantity: int64(1 + s.IntN(50)), created: now, updated: now}
				}
			}
		}
	}
}

// variantOf reads manage number and variant id from a path.
func variantOf(path string) (variant, bool) {
	rest, ok := strings.CutPrefix(path, stockPath+"manage-numbers/")
	manage, id, ok2 := strings.Cut(rest, "/variants/")
	return variant{strings.ToLower(manage), id}, ok && ok2 && manage != "" && id != "" &&
		!strings.Contains(id, "/")
}

func (m *Mall) row(v variant) map[string]any {
	s := m.stock[v]
	row := map[string]any{"manageNumber": v.manage, "variantId": v.id, "quantity": s.quantity,
		"created": s.created.In(jst).Format(time.RFC3339),
		"updated": s.updated.In(jst).Format(time.RFC3339)}
	if s.lead != nil {
		row["operationLeadTime"] = s.lead
	}
	if s.from != nil {
		row["shipFromIds"] = s.from
	}
	return row
}

func (m *Mall) inventoryGet(r call) fake.Reply {
	v, _ := variantOf(strings.TrimSuffix(r.URL.Path, "/"))
	if m.stock[v] == nil {
		return apiErrors(http.StatusNotFound, "GE0014", "Not Found", "variantId")
	}
	return fake.JSON(http.StatusOK, m.row(v))
}

func (m *Mall) inventoryUpsert(r call) fake.Reply {
	v, _ := variantOf(strings.TrimSuffix(r.URL.Path, "/"))
	var in fields
	if err := json.Unmarshal(r.Payload, &in); err != nil {
		return apiErrors(http.StatusBadRequest, "IE0001", "the body is not readable", "")
	}
	if field := m.upsertable(v, in); field != "" {
		return apiErrors(http.StatusBadRequest, "IE0002", field+" has an invalid value.", field)
	}
	m.upsert(v, in, r.now)
	return fake.Reply{Status: http.StatusNoContent}
}

// upsertable names the field that is wrong, if one is.
func (m *Mall) upsertable(v variant, in fields) string {
	mode, _, _ := into[string](in, "mode")
	quantity, there, ok := in.number("quantity")
	total := quantity
	if s := m.stock[v]; s != nil && mode == "RELATIVE" {
		total += s.quantity
	}
	switch {
	case mode != "ABSOLUTE" && mode != "RELATIVE":
		return "mode"
	case mode == "RELATIVE" && m.stock[v] == nil:
		return "mode"
	case !there || !ok || total < 0 || total > 99_999:
		return "quantity"
	}
	return ""
}

// upsert is not partial: what the request leaves out is erased.
func (m *Mall) upsert(v variant, in fields, now time.Time) {
	mode, _, _ := into[string](in, "mode")
	quantity, _, _ := in.number("quantity")
	s := &stock{quantity: quantity, lead: in["operationLeadTime"], from: in["shipFromIds"],
		created: now, updated: now}
	if old := m.stock[v]; old != nil {
		s.created = old.created
		if mode == "RELATIVE" {
			s.quantity += old.quantity
		}
	}
	m.stock[v] = s
}

// bulk reads the rows of a bulk request.
func bulk(r call, most int) ([]fields, []variant, *fake.Reply) {
	var in struct{ Inventories []fields }
	err := json.Unmarshal(r.Payload, &in)
	if err != nil || len(in.Inventories) == 0 || len(in.Inventories) > most {
		reply := apiErrors(http.StatusBadRequest, "IE0002", "inventories has an invalid value.",
			"inventories")
		return nil, nil, &reply
	}
	var all []variant
	for _, row := range in.Inventories {
		manage, _, _ := into[string](row, "manageNumber")
		id, _, _ := into[string](row, "variantId")
		all = append(all, variant{strings.ToLower(manage), id})
	}
	return in.Inventories, all, nil
}

func (m *Mall) inventoryBulkGet(r call) fake.Reply {
	_, all, refused := bulk(r, 1000)
	if refused != nil {
		return *refused
	}
	rows := []any{}
	for _, v := range all {
		if m.stock[v] != nil { // an unknown one is no error
			rows = append(rows, m.row(v))
		}
	}
	return fake.JSON(http.StatusOK, map[string]any{"inventories": rows})
}

// inventoryBulkUpsert applies all rows or none.
func (m *Mall) inventoryBulkUpsert(r call) fake.Reply {
	rows, all, refused := bulk(r, 400)
	if refused != nil {
		return *refused
	}
	for i, row := range rows {
		if field := m.upsertable(all[i], row); field != "" {
			path := "inventories[" + strconv.Itoa(i) + "]." + field
			return apiErrors(http.StatusBadRequest, "IE0002", field+" has an invalid value.", path)
		}
	}
	for i, row := range rows {
		m.upsert(all[i], row, r.now)
	}
	return fake.Reply{Status: http.StatusNoContent}
}

func (m *Mall) inventoryRange(r call) fake.Reply {
	least, most := int64(0), int64(99_999)
	given := false
	for name, to := range map[string]*int64{"minQuantity": &least, "maxQuantity": &most} {
		if text := r.URL.Query().Get(name); text != "" {
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return apiErrors(http.StatusBadRequest, "IE0002", name+" has an invalid value.",
					name)
			}
			*to, given = n, true
		}
	}
	var found []variant
	for v, s := range m.stock {
		if least <= s.quantity && s.quantity <= most {
			found = append(found, v)
		}
	}
	if !given || len(found) > 1000 {
		return apiErrors(http.StatusBadRequest, "IE0002", "the range has an invalid value.",
			"minQuantity")
	}
	slices.SortFunc(found, func(a, b variant) int {
		if c := m.stock[b].updated.Compare(m.stock[a].updated); c != 0 {
			return c
		}
		return strings.Compare(a.manage+"/"+a.id, b.manage+"/"+b.id)
	})
	rows := []any{}
	for _, v := range found {
		rows = append(rows, m.row(v))
	}
	return fake.JSON(http.StatusOK, map[string]any{"inventories": rows})
}
