package credential

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// yahooRules are those of the Yahoo!ショッピング APIs (YConnect v2).
func yahooRules() []Rule {
	consent := say(
		"Yahoo! JAPANの同意画面(ストアのビジネスIDと連携したYahoo! JAPAN IDでログイン)",
		"The consent screen of Yahoo! JAPAN, signed in with an ID that is linked to the store's business ID")

	again := []Text{
		say("このシステムの認可ページを開き、ストアのYahoo! JAPAN IDでログインします。",
			"Open this system's authorisation page and sign in with the store's Yahoo! JAPAN ID."),
		say("同意すると、新しいリフレッシュトークンが保存されます。期限前でも行えます。",
			"Consent: a new refresh token is stored. It can be done before the end."),
	}
	warn := []time.Duration{7 * day, 3 * day, day, 3 * time.Hour, time.Hour}
	return []Rule{
		{
			Mall: order.Yahoo, Kind: KindOrderSession,
			Name:          say("注文APIのセッション", "order API session"),
			Lifetimes:     []Lifetime{{Hours: 12}},
			From:          FromConsent,
			Extended:      []Lifetime{{Days: 28}},
			ExtendedWhile: say("公開鍵認証が受け付けられている間", "while the public-key signature is accepted"),
			Overlap:       OverlapOwnEnd,
			OverlapNote: say(
				"アクセストークンを更新しても延長されません。再同意すると新しいセッションになります。",
				"Refreshing the access token does not extend it; a new consent starts a new one."),

			Renewal: RenewedByPerson, Where: consent, Steps: append(again, say(
				"12時間で切れる場合は、公開鍵とバージョン、X-SWS-Authorize-Status の値を確認します。",
				"If it ends after 12 hours, check the public key, its version, and what X-SWS-Authorize-Status says.")),
			FailsLike: say("401 px-04102(トークンの更新では直りません)",
				"401 px-04102; refreshing the token does not help"),
			Warn: warn,
			Sure: Documented,
			Sources: []string{"https://developer.yahoo.co.jp/webapi/shopping/help/",
				"https://news.sokuhan.jp/ux/20250807"},
		},
		{
			Mall: order.Yahoo, Kind: KindRefreshToken,
			Name:      say("リフレッシュトークン", "refresh token"),
			Lifetimes: []Lifetime{{Days: 28}},
			From:      FromConsent,
			Overlap:   OverlapOwnEnd,
			OverlapNote: say(
				"使っても延長されません。再同意で新しいトークンが発行されます。",
				"Using it does not extend it; a new consent issues a new one."),

			Renewal: RenewedByPerson, Where: consent, Steps: again,
			FailsLike: say("トークンAPIが invalid_grant", "invalid_grant from the token endpoint"),
			Warn:      warn,
			Sure:      Reported,
			Doubt: say(
				"パスワード変更や同意の取り消しで、期限前に無効になることがあります。",
				"A password change or a withdrawn consent may end it earlier."),

			Sources: []string{"https://developer.yahoo.co.jp/yconnect/faq.html",
				"https://news.sokuhan.jp/ux/20250807"},
		},
		{
			Mall: order.Yahoo, Kind: KindPublicKey,
			Name: say("公開鍵(ストアクリエイターProの暗号鍵)", "public key"),
			// "1 year" may be 365 days or a calendar year: in a leap year they differ by a day.
			Lifetimes: []Lifetime{{Months: 12}, {Days: 365}},
			From:      FromIssue,
			Overlap:   OverlapOwnEnd,
			OverlapNote: say(
				"同時に2つまで有効にできます。無効にした鍵はコピーできません。",
				"Two may be enabled at once; a disabled key can no longer be copied."),

			Renewal: RenewedByPerson,
			Where: say("ストアクリエイターPro > 設定 > 暗号鍵管理(ツール管理権限が必要)",
				"Store Creator Pro > 設定 > 暗号鍵管理; needs the role ツール管理権限"),
			URL: "https://pro.store.yahoo.co.jp/pro.{shop}",
			Steps: []Text{
				say("「Web APIを利用する」にチェックし、公開鍵を発行して「有効」にします。",
					"Tick Web APIを利用する, issue a public key and set it to 有効."),
				say("鍵の全文、バージョン、発行日をこのシステムに登録します。",
					"Enter the whole key, its version and the date of issue into this system."),
				say("X-SWS-Authorize-Status が authorized になったことを確認してから、古い鍵を無効にします。",
					"Disable the old key only after X-SWS-Authorize-Status says authorized."),
			},
			MallNotice: say("約2か月前と約1か月前に、ツール管理権限のあるアカウントへメール",
				"Mails about two months and one month before, to accounts with ツール管理権限"),
			FailsLike: say("注文APIのセッションが4週間から12時間に戻る(エラーにはなりません)",
				"No error: the order API session falls back from 4 weeks to 12 hours"),
			Warn: []time.Duration{30 * day, 14 * day, 7 * day, 3 * day, day},
			Sure: Reported,
			Doubt: say(
				"正確な終了日は暗号鍵管理の画面にだけ表示されます。登録するとそちらを優先します。",
				"Only the screen 暗号鍵管理 shows the exact end. If you enter it, it takes precedence."),

			Sources: []string{"https://news.sokuhan.jp/ux/20240806",
				"https://manual.next-engine.net/main/stock/stk_settei-unyou/zaiko_yahoo/10681/"},
		},
		accessToken(order.Yahoo, "https://developer.yahoo.co.jp/yconnect/faq.html"),
	}
}

// accessToken is the same at Yahoo! and Amazon: an hour, renewed by the client.
func accessToken(mall order.Mall, source string) Rule {
	return Rule{
		Mall: mall, Kind: KindAccessToken,
		Name:        say("アクセストークン", "access token"),
		Lifetimes:   []Lifetime{{Hours: 1}},
		From:        FromIssue,
		Overlap:     OverlapOwnEnd,
		OverlapNote: say("クライアントが自動で更新します。", "The client renews it automatically."),
		Renewal:     RenewedByClient,
		Sure:        Documented,
		Sources:     []string{source},
	}
}
