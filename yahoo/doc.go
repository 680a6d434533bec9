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
// orderInfo. The client keeps the first by itself. There is no search by last update: read a window of order dates again and let
// Query.Known compare revisions.
//
// # Operations
//
//	name       Japanese  retry  quota          page
//	orderList  注文検索      read   1/s, own URL   orderList.html
//	orderInfo  注文詳細      read   1/s, own URL   orderInfo.html
package yahoo
