package aupay

import (
	"net/http"
	"time"

	"github.com/jpmall/jpmall/internal/transport"
)

// The mall's names of the operations.
const (
	opList         = "searchTradeInfoListProc"
	opNumbers      = "searchTradeNoListProc"
	opGet          = "searchTradeInfoProc"
	opUpdate       = "updateTradeInfoProc"
	opStatus       = "updateTradeStsProc"
	opCancel       = "cancelTradeProc"
	opPerformance  = "searchSellPerformanceStatus"
	opImages       = "searchImgCapacity"
	opSearchStocks = "searchStocks"
	opUpdateStock  = "updateStock"
)

// perShop is the pace of careful clients (0.9 to 1.0 s between calls); the mall publishes no limit.
var perShop = transport.Quota{Every: time.Second, Burst: 1, Group: "shop"}

// officialDoc names the mall's document, which only merchants get; there is no public page.
const officialDoc = "Wow!manager_API利用説明書.pdf, 【API設計書】"

// answers are what the answer of an operation must hold beside its head. That a search without hits
// has a count of zero is inferred from one client; whether there is a count beside rows is not
// known, so rows alone are enough, and nothing at all is not. The answer of searchTradeInfoProc to
// an unknown number is not known: an order in it must be the one asked for.
var answers = map[string][]string{
	opList:         {"resultCount#|orderInfo{}"},
	opNumbers:      {"resultCount#|orderInfo{}"},
	opGet:          {"orderInfo.orderId=$|!orderInfo.orderId"},
	opSearchStocks: {"searchResult.maxCount#|searchResult.resultStocks{}"},
}

// operations returns the operation table. What is not in it is treated as an unsafe write. That
// repeating updateTradeInfoProc, updateTradeStsProc and updateStock is safe is inferred: they set
// absolute values. Of cancelTradeProc nothing is known.
func operations() []transport.Operation {
	row := func(name, title, method string, retry transport.Retry, batch int) transport.Operation {
		return transport.Operation{
			Name: name, Title: title, Method: method, Path: "/" + name, Retry: retry,
			Quota: perShop, Batch: batch, Doc: officialDoc,
			Answer: transport.Answer{Members: append([]string{"result.status=0"},
				answers[name]...)},
		}
	}
	return []transport.Operation{
		row(opList, "受注情報取得API（一括）", http.MethodGet, transport.Read, maxPage),
		row(opNumbers, "受注番号取得API", http.MethodGet, transport.Read, maxPage),
		row(opGet, "受注情報取得API（個別）", http.MethodGet, transport.Read, 1),
		row(opUpdate, "受注情報更新API", http.MethodPost, transport.Idempotent, 1),
		row(opStatus, "受注ステータス更新API", http.MethodPost, transport.Idempotent, 1),
		row(opCancel, "取引キャンセル", http.MethodPost, transport.Unsafe, 1),
		row(opPerformance, "販売実績取得API", http.MethodGet, transport.Read, 0),
		row(opImages, "画像容量", http.MethodGet, transport.Read, 0),
		row(opSearchStocks, "在庫検索", http.MethodGet, transport.Read, maxStockPage),
		row(opUpdateStock, "在庫更新", http.MethodPost, transport.Idempotent, maxStockBatch),
	}
}
