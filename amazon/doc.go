// Package amazon is a client for the order side of Amazon.co.jp: the Selling Partner API (SP-API)
// with Orders v2026-01-01. It works with every marketplace of the three regions; Japan is the
// default.
//
//	Client        one seller: the reads and writes of package order, one method per operation
//	Config, Keys  what New needs; ParseConfig builds a Config from named values
//	Consent       lets a seller authorise the application in a browser; KeyStore stores the result
//	Operation     a raw call with Client.Do, for operations without a method
//	Order         an order as Amazon writes it; Convert turns it into an order.Order, Raw returns it
//	Settings      the named values of ParseConfig, as data
//	Capabilities  what Amazon supports, as data; Assumptions lists what is not known for sure
//
//	client, err := amazon.New(amazon.Config{Shop: "A0SELLERID", Keys: credential.Static(keys)})
//	err = client.Check(ctx)                                              // are the keys right?
//	for o, err := range client.Orders(ctx, order.Query{From: from})      // as order.Order
//	results, err := client.Ship(ctx, shipments, order.WriteOptions{})    // report parcels
//	page, err := client.SearchOrders(ctx, amazon.SearchOrdersRequest{…}) // a typed call
//	report, err := client.ReadReport(ctx, amazon.CreateReportRequest{…}) // unshipped orders
//	messages, err := amazon.ParseNotifications(sqsBody)                  // ORDER_CHANGE
//	reply, err := client.Do(ctx, amazon.Operation{…}, body)              // any other call
//
// # Keys
//
// An application has a client id and a client secret, which must be rotated every 180 days. For
// each seller it has a refresh token, valid for a year for public applications; whether that holds
// for self-authorised ones is not documented. The client gets access tokens from Login with Amazon.
// They live for an hour and are renewed early, once for all goroutines. Amazon answers 403, not
// 401, to an access token that has expired or was revoked; the client renews it once and repeats
// the call.
//
// # Orders
//
// Amazon writes times in UTC; [order.Order] has them in JST. Names, addresses and telephone numbers
// are sent only to applications with the role Direct-to-Consumer Delivery, and never for orders
// that Amazon ships. An order without them is normal and has the flag [order.NoPersonalData]. The
// buyer's delivery slot (お届け日時指定便) is a pair of instants in each line; see [ConvertOptions.Slots].
//
// # Amounts
//
// Amounts are decimal texts and stay exact. Amazon does not document what grandTotal contains, so
// Order.Reconcile returns [order.CannotBeTold] for every order. There is no tax rate, and no field
// for the qualified invoice (適格請求書).
//
// # Writes
//
// Client implements [order.Shipper]. A shipment is Done when the order shows the package: Amazon's
// answer (204) only acknowledges the request. A package that does not show in time is Unsettled;
// Settle checks again. The typed writes accept only the documented status and shape as an answer;
// the comment of each says what proves it.
//
// # Not supported
//
// Amazon publishes no API to cancel an order; the feed POST_ORDER_ACKNOWLEDGEMENT_DATA could do it.
// Orders have no memo, and there is no step in which a shop accepts them. The reads of Orders v0
// end on 2027-03-27; they are separate, in [Client.V0].
//
// # Quotas
//
// Amazon counts calls per application and seller in token buckets. The table gives the time after
// which one call is restored, and the size of the bucket. A page has up to 100 orders; after the 20
// pages of a full bucket, each page takes three minutes. The client keeps to these rates, adopts
// those that Amazon sends in x-amzn-RateLimit-Limit, and treats the bucket as empty after a 429. A
// rate below a twentieth of the documented one, or below one call an hour, is taken for a mistake.
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
