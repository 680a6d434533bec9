package shops

import (
	"fmt"
	"strings"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

type kind string

const (
	text   kind = "text"
	secret kind = "secret"
	day    kind = "date" // YYYY-MM-DD, or an instant as RFC 3339
	link   kind = "url"
)

// field is one field of a shop in the configuration file. Where names the admin screen it comes from; README shows it.
type field struct {
	name     string
	kind     kind
	required bool
	where    credential.Text
}

// fields lists what a shop of each mall needs, beside "mall" itself.
func fields(m order.Mall) []field {
	base := field{"base_url", link, false, credential.Text{
		JA: "中継サーバーや模擬モールを使うときだけ：モールの代わりに呼び出すアドレス", EN: "only for a relay or a fake mall: called in place of the mall"}}
	token := field{"token_url", link, false, credential.Text{
		JA: "模擬モールを使うときだけ：トークンを取得するアドレス", EN: "only for a fake mall: its token endpoint"}}
	switch m {
	case order.Rakuten:
		return []field{
			{"shop", text, true, credential.Text{JA: "店舗URLなど、店舗の名前（表示用、送信しません）", EN: "a name for the shop, its URL name for instance; it is shown, never sent"}},
			{"service_secret", secret, true, credential.Text{JA: "RMS：WEB APIサービス の serviceSecret", EN: "RMS: WEB APIサービス, serviceSecret"}},
			{"license_key", secret, true, credential.Text{JA: "RMS：WEB APIサービス の licenseKey", EN: "RMS: WEB APIサービス, licenseKey"}},
			{"license_key_issued", day, false, credential.Text{JA: "その licenseKey の発行日", EN: "the day on which that licenseKey was issued"}},
			{"old_license_key", secret, false, credential.Text{JA: "一つ前の licenseKey（新しいキーがまだ使えない30分のため）", EN: "the licenseKey before it, for the half hour in which a new one is not accepted yet"}},
			base,
		}
	case order.Yahoo:
		return []field{
			{"shop", text, true, credential.Text{JA: "ストアアカウント（snbx- で始まるものはテスト環境）", EN: "ストアアカウント; one that begins with snbx- is a sandbox store"}},
			{"client_id", text, true, credential.Text{JA: "Yahoo!デベロッパーネットワーク：アプリケーションの管理 の Client ID", EN: "Yahoo!デベロッパーネットワーク: アプリケーションの管理, Client ID"}},
			{"client_secret", secret, true, credential.Text{JA: "Yahoo!デベロッパーネットワーク：アプリケーションの管理 のシークレット", EN: "Yahoo!デベロッパーネットワーク: アプリケーションの管理, シークレット"}},
			{"refresh_token", secret, true, credential.Text{JA: "担当者の同意で得たもの", EN: "from the consent of a person"}},
			{"consented_at", day, false, credential.Text{JA: "その同意の日時", EN: "when that person consented, with the time of day"}},
			{"public_key", secret, false, credential.Text{JA: "ストアクリエイターPro：設定 > 暗号鍵管理 の公開鍵（PEM）", EN: "ストアクリエイターPro: 設定 > 暗号鍵管理, 公開鍵 (PEM)"}},
			{"public_key_version", text, false, credential.Text{JA: "ストアクリエイターPro：設定 > 暗号鍵管理 のバージョン", EN: "ストアクリエイターPro: 設定 > 暗号鍵管理, バージョン"}},
			{"public_key_issued", day, false, credential.Text{JA: "その鍵の発行日", EN: "the day on which that key was issued"}},
			{"redirect_uri", link, false, credential.Text{JA: "examples/authorize で認可するとき：登録済みのコールバックURL", EN: "to authorise with examples/authorize: the registered callback URL (コールバックURL)"}},
			{"authorization_url", link, false, credential.Text{JA: "模擬モールを使うときだけ：同意画面のアドレス", EN: "only for a fake mall: its consent page"}},
			base, token,
		}
	case order.Amazon:
		return []field{
			{"shop", text, true, credential.Text{JA: "出品者ID：セラーセントラルのアカウント情報", EN: "the seller id (出品者ID): Seller Central, アカウント情報"}},
			{"client_id", text, true, credential.Text{JA: "セラーセントラル：アプリの開発 > LWA認証情報", EN: "Seller Central: アプリの開発 > LWA認証情報"}},
			{"client_secret", secret, true, credential.Text{JA: "セラーセントラル：アプリの開発 > LWA認証情報", EN: "Seller Central: アプリの開発 > LWA認証情報"}},
			{"client_secret_issued", day, false, credential.Text{JA: "そのシークレットの発行日", EN: "the day on which that secret was made or rotated"}},
			{"refresh_token", secret, true, credential.Text{JA: "出品者の認可、またはセラーセントラル：アプリの開発 の自己認可で得たもの", EN: "from the seller's authorisation, or the self-authorisation of Seller Central: アプリの開発"}},
			{"authorized_at", day, false, credential.Text{JA: "その認可の日", EN: "the day of that authorisation"}},
			{"application_id", text, false, credential.Text{JA: "examples/authorize で認可するとき：セラーセントラル：アプリの開発 のアプリケーションID", EN: "to authorise with examples/authorize: Seller Central: アプリの開発, application id"}},
			{"application_draft", text, false, credential.Text{JA: "アプリが未公開（ドラフト）のとき true", EN: "true while the application is a draft"}},
			{"redirect_uri", link, false, credential.Text{JA: "examples/authorize で認可するとき：登録済みのリダイレクトURI", EN: "to authorise with examples/authorize: the registered redirect URI"}},
			{"seller_central", link, false, credential.Text{JA: "模擬モールを使うときだけ：セラーセントラルのアドレス", EN: "only for a fake mall: its Seller Central"}},
			base, token,
		}
	case order.AuPay:
		return []field{
			{"shop", text, true, credential.Text{JA: "会員番号（店舗ID、数字）", EN: "the shop's number (会員番号)"}},
			{"api_key", secret, true, credential.Text{JA: "Wow!manager：各種お申し込み > API利用申請。接続元IPアドレスもそこで登録します", EN: "Wow!manager: 各種お申し込み > API利用申請; the machine's address is registered there too (接続元IPアドレス)"}},
			{"api_key_issued", day, false, credential.Text{JA: "そのキーの発行日", EN: "the day on which that key was issued"}},
			base,
		}
	}
	return nil
}

// FieldTable is the table of all fields in Markdown, for README.
func FieldTable(japanese bool) string {
	head := "| mall | field | | where it comes from |\n|---|---|---|---|\n"
	required, optional := "required", "optional"
	if japanese {
		head = "| モール | 項目 | | 入手する画面 |\n|---|---|---|---|\n"
		required, optional = "必須", "任意"
	}
	var b strings.Builder
	b.WriteString(head)
	for _, mall := range []order.Mall{order.Rakuten, order.Yahoo, order.Amazon, order.AuPay} {
		for _, f := range fields(mall) {
			need := optional
			if f.required {
				need = required
			}
			where := f.where.EN
			if japanese {
				where = f.where.JA
			}
			fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", mall, f.name, need, where)
		}
	}
	return b.String()
}
