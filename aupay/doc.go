// Package aupay is a client for the order side of au PAY マーケット (formerly Wowma!), the "Wow! manager
// API".
//
//	Client        one shop: the reads and writes of package order, and one method per operation
//	Config, Keys  what New needs; ParseConfig builds a Config from named values
//	Operation     a raw call with Client.Do, for operations without a method
//	OrderInfo     an order as the mall sends it; Convert makes it an order.Order, Raw returns it
//	Settings      the named values of ParseConfig, as data
//	Capabilities  what the mall supports, as data; Assumptions lists what is not known for sure
//
// The mall gives its API documents to merchants only. This package is built from public client code
// and vendors' manuals. Where they disagree or are silent, the doc comment says so, and the client
// works either way. [Client.Do] makes any other call that a merchant's documents describe.
//
// # Access
//
// A shop has one API key (APIキー), valid for 90 days from its issue. Calls are accepted only from
// addresses registered on the same screen: Wow! manager > 各種お申し込み > API利用申請 > APIキーの発行はこちら >
// 接続元IPアドレス. Programs without a fixed address call through a relay that has one: see
// [Config.BaseURL], [Config.Header] and [Config.HTTPClient].
//
// # Limits
//
// No rate limit is published. The client makes one call a second per shop, as careful users of the
// API do. A search covers at most 31 days (JST) and two statuses, and returns up to 1000 orders a
// page. There is no search by last change: changes are found by reading a window again.
//
// # Writes
//
// Ship, Cancel and ChangeStatus return a result for each order. Each call of the mall takes one
// order. Texts are checked for their length in UTF-8 bytes (how the mall counts is not known; this
// is the stricter way), and for characters that XML cannot carry or that Shift_JIS lacks. No call
// is known that writes the shop's memo or the delivery date.
//
// # Operations
//
//	operation                    Japanese                 repeated as  one call per  burst  batch
//	searchTradeInfoListProc      受注情報取得API（一括）  read         1s            1      1000
//	searchTradeNoListProc        受注番号取得API          read         1s            1      1000
//	searchTradeInfoProc          受注情報取得API（個別）  read         1s            1      1
//	updateTradeInfoProc          受注情報更新API          idempotent   1s            1      1
//	updateTradeStsProc           受注ステータス更新API    idempotent   1s            1      1
//	cancelTradeProc              取引キャンセル           unsafe       1s            1      1
//	searchSellPerformanceStatus  販売実績取得API          read         1s            1      -
//	searchImgCapacity            画像容量                 read         1s            1      -
//	searchStocks                 在庫検索                 read         1s            1      500
//	updateStock                  在庫更新                 idempotent   1s            1      200
//
// All share one quota of one call a second. doCreditCertainProc, the cancellation of single lines
// and the calls for points exist, but their specifications are not public; [Client.Do] can make
// them.
package aupay
