package credential

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// amazonRules are those of the Selling Partner API and Login with Amazon (LWA).
func amazonRules() []Rule {
	const docs = "https://developer-docs.amazon.com/sp-api/docs/"
	warn := []time.Duration{30 * day, 14 * day, 7 * day, 3 * day, day}
	seller := say("セラーセントラル > アプリとサービス > アプリの管理",
		"Seller Central > Apps and Services > Manage Your Apps")
	reauthorise := []Text{
		say("このシステムの認可ページを開き、セラーセントラルの出品者アカウントでログインして承認します。",
			"Open this system's authorisation page, sign in to Seller Central as the seller, and confirm."),
		say("新しいリフレッシュトークンが古いものと置き換わったことを確認します。",
			"Check that the new refresh token has replaced the stored one."),
	}
	selfDoubt := say(
		"公開アプリについての記載です。自己認可の非公開アプリに期限があるかは文書にありません。",
		"Amazon documents this for public applications; for self-authorised private ones this is not sure.")

	authorisation := Rule{
		Mall: order.Amazon, Kind: KindAuthorization,
		Name:      say("出品者の認可(公開アプリ)", "seller authorisation (public application)"),
		Lifetimes: []Lifetime{{Days: 365}},
		From:      FromConsent,
		Overlap:   OverlapUnknown,
		OverlapNote: say(
			"再認可すると新しいリフレッシュトークンが発行されるので、保存済みのものと置き換えます。ロールを追加した場合も再認可が必要です。",
			"A new authorisation issues a new refresh token, which must replace the stored one. Adding a role requires one, too."),

		Renewal: RenewedByPerson, Where: seller,
		URL:        "https://sellercentral.amazon.co.jp/apps/manage",
		Steps:      reauthorise,
		MallNotice: say("Amazonから出品者に通知", "Amazon's own notice to the seller"),
		FailsLike: say("出品者のデータへのアクセスが拒否される(invalid_grant または403)",
			"Access to the seller's data is refused: invalid_grant or 403"),
		Warn:    warn,
		Sure:    Documented,
		Sources: []string{docs + "renew-authorizations"},
	}
	self := authorisation
	self.Kind = KindSelfAuthorization
	self.Name = say("出品者の認可(自己認可の非公開アプリ)",
		"seller authorisation (self-authorised private application)")
	self.OverlapNote = say(
		"承認するたびに新しいリフレッシュトークンが発行され、以前のものも使えます。",
		"Each authorisation issues another refresh token; earlier ones stay valid.")

	self.Overlap = OverlapOwnEnd
	self.Where = say("デベロッパーコンソール(ソリューションプロバイダーポータル) > アプリを認可",
		"Developer console (Solution Provider Portal) > Authorize app")
	self.URL = "https://sellercentral.amazon.co.jp/sellingpartner/developerconsole"
	self.Steps = []Text{
		say("デベロッパーコンソールでアプリの「認可」を開き、「アプリを認可」を押します。",
			"Open Authorize of the application in the developer console and press Authorize app."),
		say("表示されたリフレッシュトークンと日時をこのシステムに登録します。",
			"Enter the refresh token that is shown, and the time, into this system."),
	}
	self.MallNotice = Text{}
	self.Sure, self.Doubt = Unsure, selfDoubt

	refresh := authorisation
	refresh.Kind = KindRefreshToken
	refresh.Name = say("リフレッシュトークン (LWA)", "refresh token (LWA)")
	refresh.OverlapNote = say(
		"有効期間は認可と同じです。クライアントシークレットを更新しても変わりません。",
		"It is valid as long as the authorisation; rotating the client secret does not change that.")

	refresh.FailsLike = say("トークンAPIが400 invalid_grant",
		"400 invalid_grant from the token endpoint")
	refresh.Doubt = selfDoubt

	return []Rule{authorisation, self, refresh,
		{
			Mall: order.Amazon, Kind: KindMarketplaceID,
			Name:  say("マーケットプレイスID", "marketplace id"),
			Never: true, Renewal: RenewedByNobody,
			Sure:    Documented,
			Sources: []string{docs + "marketplace-ids"},
		},
		{
			Mall: order.Amazon, Kind: KindClientSecret,
			Name:       say("LWAクライアントシークレット", "LWA client secret"),
			Lifetimes:  []Lifetime{{Days: 180}},
			From:       FromRotation,
			Overlap:    OverlapFixed,
			OverlapFor: 7 * day,
			OverlapNote: say("古いシークレットは更新後7日間だけ使えます。",
				"The old secret works for 7 days after the rotation."),
			Renewal: RenewedByProgram,
			Where: say(
				"デベロッパーコンソール > LWA認証情報(主たるアカウントユーザーのみ)、またはrotateApplicationClientSecret",
				"Developer console > LWA credentials (primary account user only), or rotateApplicationClientSecret"),

			URL: "https://sellercentral.amazon.co.jp/sellingpartner/developerconsole",
			Steps: []Text{
				say("コンソールで更新するか、SQSキューを登録したうえで rotateApplicationClientSecret を呼びます。",
					"Rotate in the console, or register an SQS queue and call rotateApplicationClientSecret."),
				say("7日以内に、すべてのプログラムのシークレットを新しいものに切り替えます。",
					"Switch every program to the new secret within 7 days."),
			},
			MallNotice: say("90日前から通知(APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY)",
				"Notices from 90 days before (APPLICATION_OAUTH_CLIENT_SECRET_EXPIRY)"),
			FailsLike: say("トークンAPIが401 invalid_client",
				"401 invalid_client from the token endpoint"),
			Warn:    []time.Duration{60 * day, 30 * day, 14 * day, 7 * day, 3 * day, day},
			Sure:    Documented,
			Sources: []string{docs + "rotating-your-apps-lwa-credentials"},
		},
		{
			Mall: order.Amazon, Kind: KindPreviousClientSecret,
			Name:        say("更新前のLWAクライアントシークレット", "previous LWA client secret"),
			Lifetimes:   []Lifetime{{Days: 7}},
			From:        FromRotation,
			Overlap:     OverlapNone,
			OverlapNote: say("新しいシークレットと併用で、7日間だけ使えます。", "It works together with the new one, for 7 days."),
			Renewal:     RenewedByPerson,
			Where: say("このシステムと、そのシークレットを使う他のすべてのプログラムの設定",
				"The configuration of this system and of every other program that uses it"),
			Steps: []Text{
				say("まだ古いシークレットを使っているプログラムを新しいものに切り替え、この記録を削除します。",
					"Switch what still uses the old secret to the new one, and remove this record."),
			},
			FailsLike: say("トークンAPIが401 invalid_client",
				"401 invalid_client from the token endpoint"),
			Warn:    []time.Duration{5 * day, 3 * day, day},
			Sure:    Measured,
			Sources: []string{docs + "lwa-credentials-faq"},
		},
		accessToken(order.Amazon, docs+"connecting-to-the-selling-partner-api"),
	}
}
