package rakuten

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/jpmall/jpmall/internal/check"
	"github.com/jpmall/jpmall/internal/transport"
)

// Variant identifies one SKU. Rakuten lower-cases manageNumber and takes variantId unchanged. Each
// has at most 32 bytes of A-Z a-z 0-9 _ -.
type Variant struct {
	ManageNumber string `json:"manageNumber"` // 商品管理番号
	VariantID    string `json:"variantId"`    // SKU管理番号
}

// Inventory is the stock of one SKU. Rakuten also keeps stock of unknown numbers, for 24 hours.
type Inventory struct {
	Variant
	Quantity          *int64             `json:"quantity"`
	OperationLeadTime *OperationLeadTime `json:"operationLeadTime"`
	ShipFromIDs       []int64            `json:"shipFromIds"`
	Created           string             `json:"created"` // the format is not published
	Updated           string             `json:"updated"`
}

// OperationLeadTime (出荷リードタイム) refers to lead times in the shop's settings.
type OperationLeadTime struct {
	NormalDeliveryTimeID    *int64 `json:"normalDeliveryTimeId,omitempty"`
	BackOrderDeliveryTimeID *int64 `json:"backOrderDeliveryTimeId,omitempty"`
}

// UpsertMode is how a quantity is applied.
type UpsertMode string

// The values of [UpsertMode].
const (
	// the stock becomes the quantity; required for a first registration
	Absolute UpsertMode = "ABSOLUTE"
	Relative UpsertMode = "RELATIVE" // the quantity is added: repeating adds again
)

// StockChange sets the stock of one SKU, or adds to it. Fields that are left out are erased at
// Rakuten: to keep lead time and origin, start from the Inventory that was read.
type StockChange struct {
	Variant
	Mode              UpsertMode         `json:"mode"`
	Quantity          int64              `json:"quantity"` // at most 99999
	OperationLeadTime *OperationLeadTime `json:"operationLeadTime,omitempty"`
	ShipFromIDs       []int64            `json:"shipFromIds,omitempty"`
}

// InventoriesResponse is the answer to GetInventories and GetInventoriesInRange.
type InventoriesResponse struct {
	Inventories []Inventory `json:"inventories"`
	Reply       Reply       `json:"-"`
}

// GetInventory (在庫情報取得, inventories.variants.get) reads the stock of one SKU.
//
// Safe to repeat. Page: …/inventoryapi2_1/inventories_variants_get
func (c *Client) GetInventory(ctx context.Context, of Variant) (Inventory, Reply, error) {
	call := transport.Call{Operation: c.calls.Row("inventories.variants.get"), Vars: of.vars()}
	var report check.Report
	of.check(report.Fields())
	if err := report.Err(); err != nil {
		return Inventory{}, Reply{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	var out Inventory
	reply, err := c.send(ctx, call, nil, &out)
	if err == nil && out.ManageNumber == "" {
		out.Variant = of
	}
	return out, reply, err
}

// GetInventories (在庫情報一括取得, inventories.bulk.get) reads the stock of SKUs. Those without stock
// settings are missing in the response.
//
// More than 1,000 SKUs become several calls. Safe to repeat. Page:
// …/inventoryapi2_1/inventories_bulk_get
func (c *Client) GetInventories(ctx context.Context, of []Variant) (InventoriesResponse, error) {
	call := transport.Call{Operation: c.calls.Row("inventories.bulk.get")}
	var report check.Report
	if len(of) == 0 {
		report.Fields().Add("inventories", "is empty")
	}
	for i, v := range of {
		v.check(report.Item("inventories", i))
	}
	if err := report.Err(); err != nil {
		return InventoriesResponse{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	var all InventoriesResponse
	for batch := range slices.Chunk(of, call.Operation.Batch) {
		var part InventoriesResponse
		call.Accept = func(*transport.Response) error { return part.named() }
		reply, err := c.send(ctx, call, struct {
			Inventories []Variant `json:"inventories"`
		}{batch}, &part)
		reply.Problems = append(all.Reply.Problems, reply.Problems...)
		all.Inventories, all.Reply = append(all.Inventories, part.Inventories...), reply
		if err != nil {
			return all, err
		}
	}
	return all, nil
}

// GetInventoriesInRange (在庫数範囲指定取得, inventories.bulk.get.range) finds the SKUs whose stock lies
// between two quantities, the newest update first. A nil bound is open; at least one is required.
//
// More than 1,000 SKUs are an error from Rakuten. Safe to repeat. Page:
// …/inventoryapi2_1/inventories_bulk_get_range
func (c *Client) GetInventoriesInRange(
	ctx context.Context, least, most *int64,
) (InventoriesResponse, error) {
	call := transport.Call{Operation: c.calls.Row("inventories.bulk.get.range"),
		Query: url.Values{}}
	if least == nil && most == nil {
		return InventoriesResponse{}, c.calls.Refuse(call.Operation.Name, call.Order,
			errors.New("one of the two quantities is required"))
	}
	for name, bound := range map[string]*int64{"minQuantity": least, "maxQuantity": most} {
		if bound != nil {
			call.Query.Set(name, strconv.FormatInt(*bound, 10))
		}
	}
	var out InventoriesResponse
	var err error
	call.Accept = func(*transport.Response) error { return out.named() }
	out.Reply, err = c.send(ctx, call, nil, &out)
	return out, err
}

// named refuses rows that do not say whose stock they are.
func (r *InventoriesResponse) named() error {
	for i, stock := range r.Inventories {
		if stock.ManageNumber == "" || stock.VariantID == "" {
			return fmt.Errorf("inventories[%d] has no manageNumber or variantId", i)
		}
	}
	return nil
}

// UpsertInventory (在庫情報登録・更新, inventories.variants.upsert) sets the stock of one SKU, or adds to
// it.
//
// No error means that Rakuten answers with status 204, without content; nothing is read back.
// Safe to repeat with Absolute, and retried. Not safe with Relative: repeating adds again. Page:
// …/inventoryapi2_1/inventories_variants_upsert
func (c *Client) UpsertInventory(ctx context.Context, in StockChange) (Reply, error) {
	call := transport.Call{Operation: c.calls.Row("inventories.variants.upsert"), Vars: in.vars(),
		Retry: stockRetry(in)}
	var report check.Report
	in.check(report.Fields())
	if err := report.Err(); err != nil {
		return Reply{}, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	body := struct {
		Mode              UpsertMode         `json:"mode"`
		Quantity          int64              `json:"quantity"`
		OperationLeadTime *OperationLeadTime `json:"operationLeadTime,omitempty"`
		ShipFromIDs       []int64            `json:"shipFromIds,omitempty"`
	}{in.Mode, in.Quantity, in.OperationLeadTime, in.ShipFromIDs}
	return c.stored(ctx, call, body)
}

// stored makes a call whose documented success is an empty 204; any other answer proves nothing.
func (c *Client) stored(ctx context.Context, call transport.Call, body any) (Reply, error) {
	reply, err := c.send(ctx, call, body, nil)
	if err == nil && reply.Status != http.StatusNoContent {
		err = c.foreign(call, reply, "the answer is not the documented 204")
	}
	return reply, err
}

// UpsertInventories (在庫情報一括登録・更新, inventories.bulk.upsert) sets the stock of SKUs, or adds to it.
// applied is how many of them, from the start of the list, were in successful calls.
//
// More than 400 SKUs become several calls. No error means that Rakuten answers each with status
// 204, without content; nothing is read back. Safe to repeat when all are Absolute, and retried.
// Not safe with Relative: repeating adds again. Page: …/inventoryapi2_1/inventories_bulk_upsert
func (c *Client) UpsertInventories(ctx context.Context, in []StockChange) (applied int, err error) {
	call := transport.Call{Operation: c.calls.Row("inventories.bulk.upsert")}
	var report check.Report
	if len(in) == 0 {
		report.Fields().Add("inventories", "is empty")
	}
	for i, s := range in {
		s.check(report.Item("inventories", i))
	}
	if err := report.Err(); err != nil {
		return 0, c.calls.Refuse(call.Operation.Name, call.Order, err)
	}
	for batch := range slices.Chunk(in, call.Operation.Batch) {
		call.Retry = stockRetry(batch...)
		if _, err := c.stored(ctx, call, struct {
			Inventories []StockChange `json:"inventories"`
		}{batch}); err != nil {
			return applied, err
		}
		applied += len(batch)
	}
	return applied, nil
}

func stockRetry(changes ...StockChange) *transport.Retry {
	class := transport.Idempotent
	for _, s := range changes {
		if s.Mode != Absolute {
			class = transport.Unsafe
		}
	}
	return &class
}

func (v Variant) vars() map[string]string {
	return map[string]string{"manageNumber": v.ManageNumber, "variantId": v.VariantID}
}

func (v Variant) check(f check.Fields) {
	for field, value := range map[string]string{"manageNumber": v.ManageNumber,
		"variantId": v.VariantID} {
		f.Required(field, value)
		f.Bytes(field, value, 32)
		for _, r := range value {
			if !('A' <= r && r <= 'Z' || 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '_' ||
				r == '-') {
				f.Add(field, "has a character other than A-Z a-z 0-9 _ -")
				break
			}
		}
	}
}

func (s StockChange) check(f check.Fields) {
	s.Variant.check(f)
	if s.Mode != Absolute && s.Mode != Relative {
		f.Add("mode", "is neither ABSOLUTE nor RELATIVE")
	}
	least := int64(-99_999)
	if s.Mode == Absolute {
		least = 0
	}
	f.Range("quantity", s.Quantity, least, maxQuantity)
}
