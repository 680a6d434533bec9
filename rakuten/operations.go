package rakuten

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
)

const (
	orderPath = "/es/2.0/order/"
	indexPage = "https://webservice.rms.rakuten.co.jp/merchant-portal/view/ja/common/1-1_service_index/"
	orderPage = indexPage + "rakutenpayorderapi/"
	stockPath = "/es/2.1/inventories/"
	stockPage = indexPage + "inventoryapi2_1/"
)

// pace is Rakuten's guideline of one request a second. Nobody has documented what it is counted by,
// so all operations of a client share one bucket.
var pace = transport.Quota{Every: time.Second, Burst: 1, Group: "rms"}

// orderOperations are those of RakutenPayOrderAPI; the path of each is its name. The schema of
// simulateCouponAmount has not been published, so it is here for the raw call only, in the most
// careful class.
var orderOperations = []transport.Operation{
	{Name: "searchOrder", Title: "受注検索", Retry: transport.Read},
	{Name: "getOrder", Title: "注文情報取得", Retry: transport.Read, Batch: 100},
	{Name: "confirmOrder", Title: "注文確認", Retry: transport.Idempotent, Batch: 100},
	{Name: "updateOrderShipping", Title: "発送完了報告", Retry: transport.Unsafe},
	{Name: "updateOrderShippingAsync", Title: "発送完了報告（非同期）", Retry: transport.Unsafe, Batch: 100},
	{Name: "getResultUpdateOrderShippingAsync", Title: "発送完了報告（非同期）結果確認", Retry: transport.Read},
	{Name: "getSubStatusList", Title: "サブステータス情報取得", Retry: transport.Read},
	{Name: "updateOrderSubStatus", Title: "サブステータス情報更新", Retry: transport.Idempotent, Batch: 100},
	{Name: "updateOrderMemo", Title: "ひとことメモ更新", Retry: transport.Idempotent},
	{Name: "updateOrderRemarks", Title: "備考情報更新", Retry: transport.Idempotent},
	{Name: "updateOrderSender", Title: "送付先情報更新", Retry: transport.Unsafe},
	{Name: "updateOrderSenderAfterShipping", Title: "送付先情報更新（発送後）", Retry: transport.Unsafe},
	{Name: "cancelOrder", Title: "注文キャンセル", Retry: transport.Unsafe},
	{Name: "cancelOrderAfterShipping", Title: "注文キャンセル（発送後）", Retry: transport.Unsafe},
	{Name: "updateOrderOrderer", Title: "注文者情報更新", Retry: transport.Idempotent},
	{Name: "updateOrderDelivery", Title: "配送方法更新", Retry: transport.Idempotent},
	{Name: "simulateCouponAmount", Title: "クーポン利用額シミュレーション", Retry: transport.Unsafe},
	{Name: "getPayment", Title: "決済情報取得", Retry: transport.Read},
}

// otherOperations are those of the other APIs, with path and page.
var otherOperations = []transport.Operation{
	{Name: "getOrderItem", Title: "購入商品情報取得", Method: http.MethodPost,
		Path:  "/es/2.0/purchaseItem/getOrderItem/",
		Retry: transport.Read, Batch: 100, Doc: indexPage + "purchaseitemapi/getorderitem/"},
	{Name: "license.expiryDate.get", Title: "ライセンスキー有効期限取得", Method: http.MethodGet,
		Path: "/es/1.0/license-management/license-key/expiry-date", Retry: transport.Read,
		Doc: indexPage + "licensemanagementapi/"},
	{Name: "inventories.variants.get", Title: "在庫情報取得", Method: http.MethodGet,
		Path:  stockPath + "manage-numbers/{manageNumber}/variants/{variantId}",
		Retry: transport.Read, Doc: stockPage + "inventories_variants_get/"},
	{Name: "inventories.variants.upsert", Title: "在庫情報登録・更新", Method: http.MethodPut,
		Path:  stockPath + "manage-numbers/{manageNumber}/variants/{variantId}",
		Retry: transport.Unsafe, Doc: stockPage + "inventories_variants_upsert/"},
	{Name: "inventories.bulk.get", Title: "在庫情報一括取得", Method: http.MethodPost,
		Path: stockPath + "bulk-get", Retry: transport.Read, Batch: 1000,
		Doc: stockPage + "inventories_bulk_get/"},
	{Name: "inventories.bulk.get.range", Title: "在庫数範囲指定取得", Method: http.MethodGet,
		Path: stockPath + "bulk-get/range", Retry: transport.Read,
		Doc: stockPage + "inventories_bulk_get_range/"},
	{Name: "inventories.bulk.upsert", Title: "在庫情報一括登録・更新", Method: http.MethodPost,
		Path: stockPath + "bulk-upsert", Retry: transport.Unsafe, Batch: 400,
		Doc: stockPage + "inventories_bulk_upsert/"},
}

// answers is what the answer of each operation must hold beside its messages. MessageModelList is
// never empty in any sample. searchOrder without hits has an empty list and a pagination of nulls.
// getOrder of unknown numbers may have null in place of its list (no such reply is published), but
// not leave it out. Replies of getSubStatusList and getPayment are not published either: their
// messages may be empty.
var answers = map[string]transport.Answer{
	"searchOrder":      messages("orderNumberList[]", "PaginationResponseModel{}"),
	"getOrder":         messages("OrderModelList[?]"),
	"getOrderItem":     messages("OrderModelList[?]"),
	"getSubStatusList": {Members: []string{"MessageModelList[]", "StatusModelList[]"}},
	"getPayment": {Members: []string{"MessageModelList[]", "OrderModel{?}",
		"OrderModel.orderNumber=$|!OrderModel"}},
	// it has no messages of its own
	"getResultUpdateOrderShippingAsync": {Members: []string{"ResultShippingModelList[]"}},
	"license.expiryDate.get":            {Members: []string{"expiryDate"}},
	"inventories.variants.get":          {Members: []string{"quantity#"}},
	"inventories.variants.upsert":       {Statuses: []int{http.StatusNoContent}, Empty: true},
	"inventories.bulk.get":              {Members: []string{"inventories[]"}},
	"inventories.bulk.get.range":        {Members: []string{"inventories[]"}},
	"inventories.bulk.upsert":           {Statuses: []int{http.StatusNoContent}, Empty: true},
}

func messages(members ...string) transport.Answer {
	return transport.Answer{Members: append([]string{"MessageModelList[+]"}, members...)}
}

// operations is the operation table.
func operations() []transport.Operation {
	table := slices.Clone(orderOperations)
	for i := range table {
		op := &table[i]
		op.Method = http.MethodPost
		op.Path = orderPath + op.Name + "/"
		op.Doc = orderPage + strings.ToLower(op.Name)
	}
	table = append(table, otherOperations...)
	for i := range table {
		table[i].Quota = pace
		answer, ok := answers[table[i].Name]
		if !ok { // a write of the order API
			answer = messages()
		}
		table[i].Answer = answer
	}
	return table
}

// functionOf is the function (利用機能) that has to be ticked in RMS for an operation.
func functionOf(op transport.Operation) string {
	if slices.ContainsFunc(orderOperations,
		func(o transport.Operation) bool { return o.Name == op.Name }) {
		return "rpay.order." + op.Name
	}
	return op.Name
}
