// Package aupay is a client for the order side of au PAY マーケット (formerly Wowma!), the "Wow! manager API".
//
// The mall gives its API documents to merchants only. What is here comes from public client code and vendors' manuals; where they
// disagree or are silent, the doc comment says so and the client works either way. Calls whose sheets only merchants have can
// be made with Client.Do.
//
// # Access
//
// A shop has one API key (APIキー), valid for 90 days from its issue, and calls are taken only from addresses registered on the
// same screen: Wow! manager > 各種お申し込み > API利用申請 > APIキーの発行はこちら > 接続元IPアドレス. A relay with a fixed address is
// normal: see Config.BaseURL, Config.Header and Config.HTTPClient.
//
// # Limits
//
// No rate limit is published. The client makes one call per second and shop, which is what careful users of the API do. Orders are searched by
// days (JST), at most 31 days a call, at most two statuses a call, up to 1000 orders a page. There is no filter by the last change:
// changes are found by reading a window again.
//
// # Writes
//
// Ship, Cancel and ChangeStatus tell for each order what became of it. The mall's calls take one order each, and texts are checked
// for their length in UTF-8 bytes (how the mall counts is not known; this is the stricter way) and for characters that XML cannot
// carry or that Shift_JIS lacks. No call is known that writes the shop's memo or the delivery date.
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
// All share one quota of one call a second. doCreditCertainProc, the cancellation of single lines and the calls for points exist, but
// their sheets are not public: Client.Do reaches them.
package aupay
