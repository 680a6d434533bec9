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
// # Operations
//
//	searchOrder  受注検索      read  1/s
//	getOrder     注文情報取得  read  1/s  batch 100
//
//	license.expiryDate.get  ライセンス有効期限取得  read  1/s
package rakuten
