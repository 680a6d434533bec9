// Package yahoo is a client of the store APIs of Yahoo! Shopping (Yahoo!ショッピング ストアAPI), order side.
//
//	client, err := yahoo.New(yahoo.Config{Shop: "mihon-store", Keys: credential.Static(keys)})
//	for o, err := range client.Orders(ctx, order.Query{From: time.Now().AddDate(0, 0, -7)}) { … }
//
// # How the mall is reached
//
// OAuth 2 at YConnect v2: a person consents once, the refresh token lives four weeks from then and is not prolonged by use, an
// access token lives an hour. orderList, orderInfo and orderChange answer for twelve hours after the consent only, however fresh
// the token is (px-04102), or for four weeks when each call carries an accepted public-key signature: Keys.PublicKey. A signature
// that is not accepted does not fail a call; Reply.AuthorizeStatus, Client.Session and an order.EventFallback tell. The
// application must be approved for the order APIs and the caller's IP address registered (px-04306). Orders come in XML; times
// are in JST.
//
// # Limits
//
// One query per second for each URL, 50,000 calls a day for a Client ID, 2,000 rows a page of orderList, one order a call of
// orderInfo. The client keeps the first two by itself; clients of one application share a Budget, which can keep room for writes.
// There is no search by last update: read a window of order dates again and let Query.Known compare revisions.
//
// # Writes
//
// Client implements order.Confirmer, Shipper, Canceller, Annotator and DeliveryChanger, one order a call, all with dry runs. An order
// cannot be changed in its first ten minutes, in which the buyer may cancel it. All but the memo read the order first and go by
// order.WriteOptions.Judge. The answer to a change counts what was done (ok="1") and names no order: any other document is none, and
// the orders are read back at the end of a call. After a lost answer or a refusal that comes with HTTP 500 the order is looked at at
// once. What it does not show is Unsettled, and Settle looks again.
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
// "unsafe" writes are sent once: the mall has no idempotency keys, so after a lost answer the order has to be read before the write
// is repeated. getStock and setStock take up to 1,000 codes; setting a stock to a number may be repeated and is.
package yahoo
