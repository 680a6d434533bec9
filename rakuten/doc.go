// Package rakuten is a client for the order side of Rakuten Ichiba (楽天市場): RakutenPayOrderAPI
// (楽天ペイ受注API) and the APIs of RMS WEB SERVICE for purchased items, license keys and inventory.
//
//	Client        one shop: the reads and writes of package order, and a method per operation
//	Config, Keys  what a Client needs; ParseConfig builds a Config from named values
//	Operation     a raw call with Client.Do, for an operation without a method
//	OrderModel    an order as Rakuten sends it; Convert makes it an order.Order, Raw returns it
//	Change        an optional field of an update: kept, set or cleared
//	Settings      what to configure; Capabilities and Assumptions: what is supported and uncertain
//
//	client, err := rakuten.New(rakuten.Config{
//		Shop: "mihon-shop",
//		Keys: credential.Static(rakuten.Keys{ServiceSecret: …, LicenseKey: …}),
//	})
//	for o, err := range client.Orders(ctx, order.Query{From: yesterday}) { … }
//
// # Access
//
// The seller issues serviceSecret and licenseKey in RMS (WEB API サービス) and ticks each function to
// be used (利用機能編集), for instance rpay.order.searchOrder and rpay.order.getOrder. A license key is
// valid for three months. A new one may be refused for its first 10 to 30 minutes; a client that
// has both keys uses the old one meanwhile ([Keys.OldLicenseKey]). There is no sandbox: package
// rakutentest is a fake mall for tests.
//
// # Limits
//
// Rakuten's guideline is one request a second; the client keeps to it unless [Config.Limiter] says
// otherwise. A search covers at most 63 days within the last 730 and exposes at most 15,000 order
// numbers. A getOrder call takes 100 numbers. All times are JST. The API is down during 定期メンテナンス,
// which is announced and falls on Sunday nights: search the whole window again afterwards.
//
// # Writes
//
// On updates Rakuten keeps a field that is absent and clears one that is empty; see Change.
// Confirm, Ship, Cancel, Annotate, ChangeDelivery and WriteStock are the writes of package order.
// Every other write is a method named after its operation. Reads and idempotent writes are retried;
// an unsafe write is not sent again once it may have arrived.
//
// # Operations
//
//	operation                          Japanese                        repeated as  one call per  burst  batch
//	searchOrder                        受注検索                        read         1s            1      -
//	getOrder                           注文情報取得                    read         1s            1      100
//	confirmOrder                       注文確認                        idempotent   1s            1      100
//	updateOrderShipping                発送完了報告                    unsafe       1s            1      -
//	updateOrderShippingAsync           発送完了報告（非同期）          unsafe       1s            1      100
//	getResultUpdateOrderShippingAsync  発送完了報告（非同期）結果確認  read         1s            1      -
//	getSubStatusList                   サブステータス情報取得          read         1s            1      -
//	updateOrderSubStatus               サブステータス情報更新          idempotent   1s            1      100
//	updateOrderMemo                    ひとことメモ更新                idempotent   1s            1      -
//	updateOrderRemarks                 備考情報更新                    idempotent   1s            1      -
//	updateOrderSender                  送付先情報更新                  unsafe       1s            1      -
//	updateOrderSenderAfterShipping     送付先情報更新（発送後）        unsafe       1s            1      -
//	cancelOrder                        注文キャンセル                  unsafe       1s            1      -
//	cancelOrderAfterShipping           注文キャンセル（発送後）        unsafe       1s            1      -
//	updateOrderOrderer                 注文者情報更新                  idempotent   1s            1      -
//	updateOrderDelivery                配送方法更新                    idempotent   1s            1      -
//	simulateCouponAmount               クーポン利用額シミュレーション  unsafe       1s            1      -
//	getPayment                         決済情報取得                    read         1s            1      -
//	getOrderItem                       購入商品情報取得                read         1s            1      100
//	license.expiryDate.get             ライセンスキー有効期限取得      read         1s            1      -
//	inventories.variants.get           在庫情報取得                    read         1s            1      -
//	inventories.variants.upsert        在庫情報登録・更新              unsafe       1s            1      -
//	inventories.bulk.get               在庫情報一括取得                read         1s            1      1000
//	inventories.bulk.get.range         在庫数範囲指定取得              read         1s            1      -
//	inventories.bulk.upsert            在庫情報一括登録・更新          unsafe       1s            1      400
package rakuten
