package shops

import "github.com/jpmall/jpmall/order"

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
	where    string
}

// fields lists what a shop of each mall needs, beside "mall" itself.
func fields(m order.Mall) []field {
	shared := []field{
		{"base_url", link, false, "only for a relay or a fake mall: in place of the mall's own address"},
	}
	token := field{"token_url", link, false, "only for a fake mall: in place of the mall's own token endpoint"}
	switch m {
	case order.Rakuten:
		return append([]field{
			{"shop", text, true, "the shop's URL name; it is shown, never sent"},
			{"service_secret", secret, true, "RMS > 拡張サービス一覧 > WEB APIサービス > serviceSecret"},
			{"license_key", secret, true, "the same screen > licenseKey"},
			{"license_key_issued", day, false, "the day on which that licenseKey was issued"},
			{"old_license_key", secret, false, "the licenseKey before it, for the half hour in which a new one is not accepted yet"},
		}, shared...)
	case order.Yahoo:
		return append([]field{
			{"shop", text, true, "ストアアカウント; one that begins with snbx- is a sandbox store"},
			{"client_id", text, true, "Yahoo!デベロッパーネットワーク > アプリケーションの管理 > Client ID"},
			{"client_secret", secret, true, "the same screen > シークレット"},
			{"refresh_token", secret, true, "from the consent of a person"},
			{"consented_at", day, false, "when that person consented, with the time of day"},
			{"public_key", secret, false, "ストアクリエイターPro > 設定 > 暗号鍵管理 > 公開鍵 (PEM)"},
			{"public_key_version", text, false, "the same screen > バージョン"},
			{"public_key_issued", day, false, "the day on which that key was issued"},
			token,
		}, shared...)
	case order.Amazon:
		return append([]field{
			{"shop", text, true, "出品者ID: Seller Central > 設定 > 出品用アカウント情報 > 出品者トークン"},
			{"client_id", text, true, "Seller Central > アプリとサービス > アプリを開発 > LWA 認証情報"},
			{"client_secret", secret, true, "the same screen"},
			{"client_secret_issued", day, false, "the day on which that secret was made or rotated"},
			{"refresh_token", secret, true, "from the consent of a person, or the self-authorisation of that screen"},
			{"authorized_at", day, false, "when the seller authorised the application"},
			token,
		}, shared...)
	case order.AuPay:
		return append([]field{
			{"shop", text, true, "Wow! manager: the shop's number (店舗ID)"},
			{"api_key", secret, true, "Wow! manager > 各種設定 > API設定; the machine's address must be registered there too"},
			{"api_key_issued", day, false, "the day on which that key was issued"},
		}, shared...)
	}
	return nil
}
