package credential

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// aupayRules are those of au PAY マーケット (Wow!manager).
func aupayRules() []Rule {
	return []Rule{{
		Mall: order.AuPay, Kind: KindAPIKey,
		Name: say("APIキー", "API key"),
		// The screen shows a date; whether the key is valid all that day is not known, so the end
		// is computed to the second.
		Lifetimes: []Lifetime{{Days: 90}},
		From:      FromIssue,
		Overlap:   OverlapUnknown,
		OverlapNote: say(
			"旧キーがいつまで使えるかは確認できていません。発行したらすぐに切り替えてください。",
			"It is not known how long the old key works. Switch as soon as the new one is issued."),

		Renewal: RenewedByPerson,
		Where: say(
			"Wow!manager > 各種お申し込み > API利用申請 > 「APIキーの発行はこちら」",
			"Wow!manager > 各種お申し込み > API利用申請 > APIキーの発行はこちら"),

		URL: "https://manager.wowma.jp/wmshopclient/authclient/login",
		Steps: []Text{
			say("Wow!managerにログインし、「API利用申請」から「APIキーの発行はこちら」を開きます。",
				"Sign in to Wow!manager and open APIキーの発行はこちら under API利用申請."),
			say("新しいキーを発行し、接続元IPアドレスが登録されていることを確認します。",
				"Issue a new key, and check that the addresses under 接続元IPアドレス are still registered."),
			say("新しいキーと発行日、画面に表示された期限をこのシステムに登録します。",
				"Enter the new key, its date of issue and the end that the screen shows into this system."),
		},
		MallNotice: say("10日前にメールが届くとされていますが、確認できていません。",
			"One vendor reports a mail 10 days before; not confirmed"),
		FailsLike: say("401、コード0002「認証に失敗しました」", "401 with code 0002, 認証に失敗しました"),
		Warn:      []time.Duration{10 * day, 5 * day, 3 * day, day},
		Sure:      Reported,
		Doubt: say(
			"正確な期限は発行画面にだけ表示されます。登録するとそちらを優先します。",
			"Only the screen shows the exact end. If you enter it, it takes precedence."),

		Sources: []string{
			"https://alishoppe-members.pages.dev/aupay/API%E7%94%B3%E8%AB%8B%E6%96%B9%E6%B3%95.html",
			"https://secure.ryoshusho.com/online_manual/top/?mid=89",
		},
	}}
}
