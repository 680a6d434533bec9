// Package amazon is a client for the order side of Amazon.co.jp: the Selling Partner API (SP-API) with Orders v2026-01-01. It
// implements order.Source and speaks to every marketplace of the three regions; Japan is the default.
//
//	client, err := amazon.New(amazon.Config{Shop: "A0SELLERID", Keys: credential.Static(amazon.Keys{…})})
//	err = client.Check(ctx)                                          // are the keys right?
//	for o, err := range client.Orders(ctx, order.Query{From: from})  // every order as order.Order
//	page, err := client.SearchOrders(ctx, amazon.SearchOrdersRequest{…})  // typed calls, one per operation
//	results, err := client.Ship(ctx, shipments, order.WriteOptions{}) // report parcels, and read them back
//	report, err := client.ReadReport(ctx, amazon.CreateReportRequest{ReportType: amazon.ActionableOrders})
//	messages, err := amazon.ParseNotifications(sqsBody)              // ORDER_CHANGE, new client secrets
//	reply, err := client.Do(ctx, amazon.Operation{…}, body)          // any other call
//
// # Keys
//
// An application has a client id and a client secret (180 days), and for each seller a refresh token (a year for public
// applications; whether that holds for self-authorised ones is not documented). Login with Amazon makes access tokens of an hour
// out of them, which this package renews by itself, early and once for all goroutines. An access token that is over or revoked is
// a 403 at Amazon, not a 401; it is renewed once and the call is repeated.
//
// # Orders
//
// Times are in UTC on the wire and in JST in order.Order. Name, address and telephone number come only to applications with the
// role Direct-to-Consumer Delivery, and never for orders that Amazon ships; an order without them is normal and carries
// order.NoPersonalData. The buyer's delivery slot (お届け日時指定便) is a pair of instants in each line; see Convert.
//
// # Amounts
//
// Amounts are decimal texts and stay exact. What grandTotal contains is not documented, so Order.Reconcile answers "cannot be
// told" for every order of Amazon. There is no tax rate, and no field for the qualified invoice (適格請求書).
//
// # Writes
//
// Client implements order.Shipper. Done means that the order shows the package: Amazon's answer (204) is acceptance and no proof. What
// does not show in time is Unsettled, and Settle looks again. Of the other writes the documented status and shape alone count as an
// answer; each says what proves it.
//
// # What is not here
//
// Cancelling an order has no published API; the feed POST_ORDER_ACKNOWLEDGEMENT_DATA could do it. Orders have no memo and no step in
// which a shop accepts them. The reads of Orders v0 end on 2027-03-27 and stand apart, as Client.V0.
//
// # Quotas
//
// Amazon counts by application and seller with token buckets, below as the time that one call takes to come back and the size of
// the bucket. Orders are read 100 at a time; after the 20 pages of a full bucket one page costs three minutes. The client keeps
// to these rates by itself, learns higher ones from x-amzn-RateLimit-Limit, and after a 429 takes the bucket for empty.
//
// # Operations
//
//	operation                      Japanese                        repeated as  one call per  burst  batch
//	searchOrders                   注文検索                        read         180s          20     -
//	getOrder                       注文詳細                        read         2s            30     -
//	confirmShipment                出荷通知                        idempotent   0.5s          10     -
//	updateShipmentStatus           店頭受取の状況更新              unsafe       0.2s          15     -
//	getOrderRegulatedInfo          規制商品の情報                  read         2s            30     -
//	updateVerificationStatus       規制商品の審査                  unsafe       2s            30     -
//	createRestrictedDataToken      制限付きデータトークン          read         1s            10     -
//	getMarketplaceParticipations   出店マーケットプレイス          read         62.5s         15     -
//	getAccount                     出品者アカウント                read         62.5s         15     -
//	createDestination              通知先の登録                    unsafe       1s            5      -
//	getDestinations                通知先の一覧                    read         1s            5      -
//	getDestination                 通知先                          read         1s            5      -
//	deleteDestination              通知先の削除                    unsafe       1s            5      -
//	createSubscription             通知の購読                      unsafe       1s            5      -
//	getSubscription                通知の購読状況                  read         1s            5      -
//	getSubscriptions               通知の購読一覧                  read         1s            5      -
//	getSubscriptionById            通知の購読状況 (ID)             read         1s            5      -
//	deleteSubscriptionById         通知の購読解除                  unsafe       1s            5      -
//	sendTestNotification           通知のテスト                    unsafe       1s            5      -
//	rotateApplicationClientSecret  クライアントシークレットの更新  unsafe       60s           1      -
//	createReport                   レポートの作成                  unsafe       60s           15     -
//	getReports                     レポートの一覧                  read         45s           10     -
//	getReport                      レポートの状況                  read         0.5s          15     -
//	cancelReport                   レポートの取消                  unsafe       45s           10     -
//	getReportDocument              レポート文書                    read         60s           15     -
//	v0.getOrders                   注文一覧 (v0)                   read         60s           20     -
//	v0.getOrder                    注文 (v0)                       read         2s            30     -
//	v0.getOrderBuyerInfo           注文者 (v0)                     read         2s            30     -
//	v0.getOrderAddress             送付先 (v0)                     read         2s            30     -
//	v0.getOrderItems               注文明細 (v0)                   read         2s            30     -
//	v0.getOrderItemsBuyerInfo      明細のギフト情報 (v0)           read         2s            30     -
package amazon
