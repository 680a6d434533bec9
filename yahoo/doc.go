// Package yahoo is a client for the order side of the Yahoo! Shopping store APIs (Yahoo!ショッピング
// ストアAPI).
//
//	Client        one store: the reads and writes of package order, and one method per operation
//	Config, Keys  what New needs; ParseConfig builds a Config from named values
//	Consent       gets a refresh token in a browser; KeyStore stores it
//	Budget        the call allowance of an application, shared by its clients
//	Operation     a raw call with Client.Do, for operations without a method
//	OrderInfo     an order as the mall sends it; Convert makes it an order.Order, Raw returns it
//	Settings      the named values of ParseConfig, as data
//	Capabilities  what the mall supports, as data; Assumptions lists what is not known for sure
//
//	client, err := yahoo.New(yahoo.Config{Shop: "mihon-store", Keys: credential.Static(keys)})
//	for o, err := range client.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -7)}) { … }
//
// # Access
//
// Access is OAuth 2 (YConnect v2). Someone at the store consents once. The refresh token is valid
// for four weeks from the consent and is not extended by use. An access token is valid for an hour.
//
// orderList, orderInfo and orderChange answer for twelve hours after the consent only, even with a
// fresh access token (px-04102). They answer for four weeks if each call carries an accepted
// public-key signature: see [Keys.PublicKey]. A signature that is not accepted does not fail a
// call. It shows in [Reply.AuthorizeStatus] and [Client.Session], and as an [order.EventFallback].
//
// The application must be approved for the order APIs, and the caller's IP address must be
// registered (px-04306). Orders are XML; times are in JST.
//
// # Limits
//
// The mall allows one query per second for each URL and 50,000 calls a day for a Client ID. The
// client keeps to both. Clients of one application share a Budget, which can reserve calls for
// writes. orderList returns at most 2,000 rows a page, orderInfo one order a call.
//
// There is no search by last update: read a window of order dates again and let Query.Known compare
// revisions. The mall documents no notification of orders, so this package parses none. If another
// system reports an order, pass its number to [order.Feed.Nudge].
//
// # Writes
//
// Client implements [order.Confirmer], [order.Shipper], [order.Canceller], [order.Annotator] and
// [order.DeliveryChanger]. Each takes one order a call and supports dry runs. An order cannot be
// changed in its first ten minutes, in which the buyer may cancel it. All writes but Annotate read
// the order first and check its state with [order.WriteOptions.Judge].
//
// The mall's answer to a change counts what was done (ok="1") and names no order, so the orders are
// read back at the end of a call. An answer of another form proves nothing. After a lost answer, or
// a refusal with HTTP 500, the order is read at once. A change that the order does not show is
// Unsettled; Settle looks again.
//
// # Operations
//
//	operation              Japanese                  repeated as  one call per  burst  batch
//	orderList              注文検索                  read         1s            1      -
//	orderInfo              注文詳細                  read         1s            1      -
//	orderCount             注文ステータス別件数参照  read         1s            1      -
//	orderChange            注文内容変更              unsafe       1s            1      -
//	orderStatusChange      注文ステータス変更        unsafe       1s            1      -
//	orderPayStatusChange   入金ステータス変更        unsafe       1s            1      -
//	orderShipStatusChange  出荷ステータス変更        unsafe       1s            1      -
//	orderItemAdd           注文ライン追加            unsafe       1s            1      -
//	orderSplit             注文分割                  unsafe       1s            1      -
//	orderChangeHistory     注文操作履歴一覧          read         1s            1      -
//	orderPayNumber         支払番号発行              unsafe       1s            1      -
//	orderCouponCancel      クーポンキャンセル        unsafe       1s            1      -
//	getStock               在庫参照                  read         1s            1      1000
//	setStock               在庫更新                  unsafe       1s            1      1000
//
// "unsafe" writes are sent once, because the mall has no idempotency keys: after a lost answer read
// the order before repeating the write. setStock is repeated unless it adds to the stock or takes
// from it.
package yahoo
