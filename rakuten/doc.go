// Package rakuten is the order side of Rakuten Ichiba (楽天市場): the typed client of RakutenPayOrderAPI (楽天ペイ受注API) and of what
// belongs to it in RMS WEB SERVICE, and an order.Source of its orders.
//
//	client, err := rakuten.New(rakuten.Config{
//		Shop: "mihon-shop",
//		Keys: credential.Static(rakuten.Keys{ServiceSecret: …, LicenseKey: …}),
//	})
//	for o, err := range client.Orders(ctx, order.Query{From: yesterday}) { … }
//
// # Access
//
// A shop issues serviceSecret and licenseKey in RMS (WEB API サービス) and ticks each function it wants to use (利用機能編集), for
// instance rpay.order.searchOrder and rpay.order.getOrder. The license key lives three months; a new one is not accepted for 10
// to 30 minutes, in which a client that has both uses the old one (Keys.OldLicenseKey). There is no sandbox: package rakutentest
// is a fake mall for tests.
//
// # Limits
//
// One request a second is Rakuten's guideline, and what this client keeps to unless Config.Limiter says otherwise. A search spans
// at most 63 days of the last 730 and exposes 15,000 order numbers; getOrder takes 100 numbers. All times are JST. A 定期メンテナンス
// stops the API on announced Sunday nights: afterwards search the whole window again.
//
// # Writes
//
// On updates Rakuten keeps a field that is absent and clears one that is empty; see Change. Confirm, Ship, Cancel, Annotate and
// ChangeDelivery are the writes of package order; everything else is a typed call of the operation's own name.
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
