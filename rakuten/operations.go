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
	orderPage = "https://webservice.rms.rakuten.co.jp/merchant-portal/view/ja/common/1-1_service_index/rakutenpayorderapi/"
	indexPage = "https://webservice.rms.rakuten.co.jp/merchant-portal/view/ja/common/1-1_service_index/"
)

// pace is Rakuten's guideline of one request a second. Nobody has documented what it is counted by, so all operations of a
// client share one bucket.
var pace = transport.Quota{Every: time.Second, Burst: 1, Group: "rms"}

// orderOperations are those of RakutenPayOrderAPI; the path of each is its name.
var orderOperations = []transport.Operation{
	{Name: "searchOrder", Title: "受注検索", Retry: transport.Read},
	{Name: "getOrder", Title: "注文情報取得", Retry: transport.Read, Batch: 100},
}

// operations is the operation table.
func operations() []transport.Operation {
	table := slices.Clone(orderOperations)
	for i := range table {
		op := &table[i]
		op.Method, op.Path, op.Quota = http.MethodPost, orderPath+op.Name+"/", pace
		op.Doc = orderPage + strings.ToLower(op.Name)
	}
	return append(table, licenseOperations...)
}

// functionOf is the function (利用機能) that has to be ticked in RMS for an operation.
func functionOf(op transport.Operation) string {
	if slices.ContainsFunc(orderOperations, func(o transport.Operation) bool { return o.Name == op.Name }) {
		return "rpay.order." + op.Name
	}
	return op.Name
}
