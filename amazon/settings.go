package amazon

import (
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/settings"
	"github.com/jpmall/jpmall/order"
)

// Settings returns the settings that [ParseConfig] and [ParseConsent] read.
func Settings() []credential.Setting {
	return append([]credential.Setting{
		{Name: "shop", Kind: credential.SettingText, Required: true, Where: credential.Text{
			JA: "出品者ID：セラーセントラルのアカウント情報", EN: "seller ID (出品者ID): Seller Central, アカウント情報"}},
		{Name: "client_id", Kind: credential.SettingText, Required: true, Where: credential.Text{
			JA: "セラーセントラル：アプリの開発 > LWA認証情報", EN: "Seller Central: アプリの開発 > LWA認証情報"}},
		{Name: "client_secret", Kind: credential.SettingSecret, Required: true,
			Where: credential.Text{
				JA: "セラーセントラル：アプリの開発 > LWA認証情報", EN: "Seller Central: アプリの開発 > LWA認証情報"}},
		{Name: "client_secret_issued", Kind: credential.SettingDate, Where: credential.Text{
			JA: "シークレットを発行またはローテーションした日", EN: "the day when the secret was issued or rotated"}},
		{Name: "refresh_token", Kind: credential.SettingSecret, Required: true, Stored: true,
			Where: credential.Text{
				JA: "出品者の認可、またはセラーセントラル（アプリの開発）の自己認可で得たトークン",
				EN: "from the seller's authorisation, or the self-authorisation in Seller Central (アプリの開発)"}},
		{Name: "authorized_at", Kind: credential.SettingDate, Where: credential.Text{
			JA: "認可の日", EN: "the day of that authorisation"}},
		{Name: "application_id", Kind: credential.SettingText, Where: credential.Text{
			JA: "認可をブラウザーで取得するとき：セラーセントラル（アプリの開発）のアプリケーションID。自己認可なら省略します",
			EN: "for getting the authorisation in a browser: the application ID in Seller Central (アプリの開発); omit it for a self-authorisation"}},
		{Name: "application_draft", Kind: credential.SettingYes, Where: credential.Text{
			JA: "アプリが未公開（ドラフト）のとき true", EN: "true while the application is a draft"}},
		{Name: "redirect_uri", Kind: credential.SettingURL, Where: credential.Text{
			JA: "認可をブラウザーで取得するとき：登録済みのリダイレクトURI",
			EN: "for getting the authorisation in a browser: the registered redirect URI"}},
		{Name: "seller_central", Kind: credential.SettingURL, Where: credential.Text{
			JA: "模擬モールを使うときだけ：セラーセントラルのアドレス", EN: "only for a fake mall: its Seller Central"}},
		settings.TokenURL(),
	}, settings.Common()...)
}

// ParseConfig builds a Config from named values, which Settings lists: the row of a table, the
// fields of a form, one shop of a file (see [credential.ReadShops]) or a fake's Server.Settings. A
// blank value is missing. One error of class [order.ErrInvalid] names everything that is wrong or
// missing and quotes no value. The other fields of Config are left to the caller.
//
// With a store, [Config.Keys] is a *KeyStore and [Config.Store] is that store; refresh_token may
// then be missing until the seller has authorised. A nil store is none.
func ParseConfig(values map[string]string, store credential.Store) (Config, error) {
	v := readSettings(values, store != nil)
	if err := v.Err(); err != nil {
		return Config{}, err
	}
	cfg := Config{
		Shop: v.Text("shop"), BaseURL: v.Text("base_url"), TokenURL: v.Text("token_url"),
		Limiter: v.Limiters(), Store: store,
		Keys: credential.Static(Keys{
			ClientID: v.Text("client_id"), ClientSecret: v.Secret("client_secret"),
			SecretIssued: v.Time("client_secret_issued"),
			RefreshToken: v.Secret("refresh_token"), AuthorizedAt: v.Time("authorized_at"),
			SelfAuthorized: v.Text("application_id") == "",
		}),
	}
	if store == nil {
		return cfg, nil
	}
	keys, err := NewKeyStore(store, cfg.Shop, cfg.Keys)
	cfg.Keys = keys
	return cfg, err
}

// readSettings checks the values of a Config and a ConsentConfig.
func readSettings(values map[string]string, stored bool) *settings.Values {
	v := settings.Read(order.Amazon, Settings(), values, stored)
	v.Keys("shop", "client_id", "client_secret", "refresh_token", "application_id")
	v.Check("application_id", applicationID)
	v.Check("seller_central", sellerCentral)
	v.TokenURLs()
	return v
}

// ParseConsent builds a [ConsentConfig] from the same values, and refuses what [ParseConfig] with a
// store refuses. After a rotation of the client secret, set ClientSecret from [KeyStore.Current].
func ParseConsent(values map[string]string) (ConsentConfig, error) {
	v := readSettings(values, true)
	if err := v.Err(); err != nil {
		return ConsentConfig{}, err
	}
	return ConsentConfig{
		ApplicationID: v.Text("application_id"), Draft: v.Yes("application_draft"),
		Shop:     v.Text("shop"),
		ClientID: v.Text("client_id"), ClientSecret: v.Secret("client_secret"),
		RedirectURI:   v.Text("redirect_uri"),
		SellerCentral: v.Text("seller_central"), TokenURL: v.Text("token_url"),
	}, nil
}
