package credential

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// rakutenRules are those of RMS WEB SERVICE (楽天市場).
func rakutenRules() []Rule {
	// Manuals show an older and a newer way to the same page.
	rms := say(
		"RMS > 店舗様向け情報・サービス > WEB APIサービス > 利用設定(または RMS WEB SERVICE > アプリ一覧 > WEB APIアクセス許可設定 > 「店舗様」の詳細)",
		"RMS > 店舗様向け情報・サービス > WEB APIサービス > 利用設定, or RMS WEB SERVICE > アプリ一覧 > WEB APIアクセス許可設定 > 詳細 of 店舗様")

	const portal = "https://webservice.rms.rakuten.co.jp/merchant-portal/"
	return []Rule{
		{
			Mall: order.Rakuten, Kind: KindServiceSecret,
			Name:  say("サービスシークレット (serviceSecret)", "serviceSecret"),
			Never: true,
			OverlapNote: say("ライセンスキーを更新しても変わりません。",
				"It does not change when the licenseKey is renewed."),
			Renewal: RenewedByNobody,
			Where:   rms, URL: portal,
			Sure:    Documented,
			Sources: []string{"https://goqsystem.com/blog/12565"},
		},
		{
			Mall: order.Rakuten, Kind: KindLicenseKey,
			Name: say("ライセンスキー (licenseKey)", "licenseKey"),
			// Rakuten's mails say three months; for a key issued on 30 August the reported end was
			// 28 November, which is 90 days. Either may be earlier, depending on the months.
			Lifetimes: []Lifetime{{Days: 90, EndOfDay: true}, {Months: 3, EndOfDay: true}},
			From:      FromIssue,
			Overlap:   OverlapUnknown,
			OverlapNote: say(
				"旧キーはその期限まで使えるという説明と、新キーの発行と同時に使えなくなったという報告の両方があります。新キーは発行後10〜30分ほど受け付けられないことがあります。",
				"According to manuals, the old key works until its own end; one shop reported that it stopped at once. A new key may be refused for its first 10 to 30 minutes."),

			RefusedFor: 30 * time.Minute,
			Renewal:    RenewedByPerson,
			Where:      rms, URL: portal,
			Steps: []Text{
				say("RMSにログインし、上の画面を開きます(画像認証があります)。",
					"Sign in to RMS and open that page; it has a robot check."),
				say("「新しいキーを発行する」を押します。有効なキーは2つまでなので、2つある場合は古いほうを停止します。",
					"Press 新しいキーを発行する. At most two keys are valid: stop the older one if there are two."),
				say("「利用機能編集」で受注APIの機能と license.expiryDate.get が有効か確かめ、確認画面の「確認する」まで進みます。",
					"Check under 利用機能編集 that the order functions and license.expiryDate.get are ticked, and go through the confirmation page (確認する) to its end."),
				say("新しいキーと発行日時をこのシステムに登録します。切り替わるまで旧キーも残しておきます。",
					"Enter the new key and the time of issue into this system; keep the old key beside it until the new one is accepted."),
			},
			MallNotice: say("1週間前にメール「【楽天市場】licenseKeyの有効期限のお知らせ」",
				"A mail a week before, 【楽天市場】licenseKeyの有効期限のお知らせ"),
			FailsLike: say("全RMS APIが401 (GA0001 または ES01-01 Un-Authorised)",
				"401 with GA0001 or ES01-01 Un-Authorised on all RMS APIs"),
			Warn: []time.Duration{14 * day, 7 * day, 3 * day, day},
			Sure: Measured,
			Doubt: say(
				"「3か月」と「90日」の両方の記載があり、23:59:59という時刻は1件の実測です。早いほうを期限とします。",
				"Stated both as 3 months and as 90 days, and 23:59:59 was measured once. The earlier end is used."),

			Sources: []string{
				"https://goqsystem.com/manual/659",
				"https://manual.sokuhan.jp/renkei/mallcart/rakuten/rakuten/",
				"https://manual.next-engine.net/main/orders/ord_torikomi-shori/juchu_torikomi/juchu__rakuten/20948",
			},
		},
	}
}
