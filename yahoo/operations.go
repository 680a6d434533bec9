package yahoo

import (
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
)

// The mall allows one query per second for each URL and blocks the caller for a while when there
// are more.
var perURL = transport.Quota{Every: time.Second, Burst: 1}

// The mall's names of the operations.
const (
	orderList             = "orderList"
	orderInfo             = "orderInfo"
	orderCount            = "orderCount"
	orderChange           = "orderChange"
	orderStatusChange     = "orderStatusChange"
	orderPayStatusChange  = "orderPayStatusChange"
	orderShipStatusChange = "orderShipStatusChange"
	orderItemAdd          = "orderItemAdd"
	orderSplit            = "orderSplit"
	orderChangeHistory    = "orderChangeHistory"
	orderPayNumber        = "orderPayNumber"
	orderCouponCancel     = "orderCouponCancel"
	getStock              = "getStock"
	setStock              = "setStock"
)

const docs = "https://developer.yahoo.co.jp/webapi/shopping/"

// operations is the operation table; Do treats an operation that is not in it as an unsafe write.
// The mall has no idempotency keys, so every update is one too. SetStock overrides that for stock
// that is set to numbers.
func operations() []transport.Operation {
	return []transport.Operation{
		row("POST", orderList, "注文検索", transport.Read),
		row("POST", orderInfo, "注文詳細", transport.Read),
		row("GET", orderCount, "注文ステータス別件数参照", transport.Read),
		row("POST", orderChange, "注文内容変更", transport.Unsafe),
		row("POST", orderStatusChange, "注文ステータス変更", transport.Unsafe),
		row("POST", orderPayStatusChange, "入金ステータス変更", transport.Unsafe),
		row("POST", orderShipStatusChange, "出荷ステータス変更", transport.Unsafe),
		row("POST", orderItemAdd, "注文ライン追加", transport.Unsafe),
		row("POST", orderSplit, "注文分割", transport.Unsafe),
		row("GET", orderChangeHistory, "注文操作履歴一覧", transport.Read),
		row("POST", orderPayNumber, "支払番号発行", transport.Unsafe),
		row("POST", orderCouponCancel, "クーポンキャンセル", transport.Unsafe),
		stock(row("POST", getStock, "在庫参照", transport.Read)),
		stock(row("POST", setStock, "在庫更新", transport.Unsafe)),
	}
}

// row is one operation; the verb says nothing about what it changes.
func row(method, name, title string, retry transport.Retry) transport.Operation {
	answer, ok := answers[name]
	if !ok { // a change of an order
		answer.Members = []string{done}
	}
	return transport.Operation{
		Name: name, Title: title, Method: method, Path: "/" + name, Retry: retry, Quota: perURL,
		Doc: docs + name + ".html", Answer: answer,
	}
}

const done = "Result.Status=OK"

// answers says what the answer of each operation must hold, below its root. A list without hits has
// its count of zero and no row; an order's number comes only where its field was asked for.
var answers = map[string]transport.Answer{
	orderList: {Members: []string{"Status=OK", "Search.TotalCount#"}},
	orderInfo: {Members: []string{done, "Result.OrderInfo{}",
		"Result.OrderInfo.OrderId=$|!Result.OrderInfo.OrderId"}},
	orderCount: {Members: []string{done, "Result.Count{}"}},
	orderChangeHistory: {Members: []string{done,
		"Result.History{}|@totalResultsReturned=0|@totalResultsAvailable=0"}},
	getStock: {Members: []string{"Result{}|@totalResultsReturned=0"}},
	// 207: in part
	setStock: {Statuses: []int{http.StatusOK, http.StatusMultiStatus},
		Members: []string{"Result{}"}},
}

func stock(op transport.Operation) transport.Operation {
	op.Batch = maxStock
	return op
}
