package yahoo

import (
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/settings"
	"github.com/jpmall/jpmall/order"
)

// Settings returns the settings that [ParseConfig] and [ParseConsent] read.
func Settings() []credential.Setting {
	return append([]credential.Setting{
		{Name: "shop", Kind: credential.SettingText, Required: true, Where: credential.Text{
			JA: "ストアアカウント（snbx- で始まるものはテスト環境）",
			EN: "store account (ストアアカウント); one that begins with snbx- is a sandbox store"}},
		{Name: "client_id", Kind: credential.SettingText, Required: true, Where: credential.Text{
			JA: "Yahoo!デベロッパーネットワーク：アプリケーションの管理の Client ID",
			EN: "Yahoo!デベロッパーネットワーク: アプリケーションの管理, Client ID"}},
		{Name: "client_secret", Kind: credential.SettingSecret, Required: true,
			Where: credential.Text{
				JA: "Yahoo!デベロッパーネットワーク：アプリケーションの管理のシークレット",
				EN: "Yahoo!デベロッパーネットワーク: アプリケーションの管理, シークレット"}},
		{Name: "refresh_token", Kind: credential.SettingSecret, Required: true, Stored: true,
			Where: credential.Text{
				JA: "担当者の同意で得たトークン", EN: "from the consent of someone in charge of the store"}},
		{Name: "consented_at", Kind: credential.SettingDate, Where: credential.Text{
			JA: "同意の日時", EN: "date and time of the consent"}},
		{Name: "public_key", Kind: credential.SettingSecret, Where: credential.Text{
			JA: "ストアクリエイターPro：設定 > 暗号鍵管理の公開鍵（PEM）", EN: "ストアクリエイターPro: 設定 > 暗号鍵管理, 公開鍵 (PEM)"}},
		{Name: "public_key_version", Kind: credential.SettingText, Where: credential.Text{
			JA: "ストアクリエイターPro：設定 > 暗号鍵管理のバージョン", EN: "ストアクリエイターPro: 設定 > 暗号鍵管理, バージョン"}},
		{Name: "public_key_issued", Kind: credential.SettingDate, Where: credential.Text{
			JA: "公開鍵の発行日", EN: "the day when the public key was issued"}},
		{Name: "old_public_key", Kind: credential.SettingSecret, Where: credential.Text{
			JA: "一つ前の公開鍵（新しい鍵がまだ使えない間のため）",
			EN: "the previous public key, while a new one is not accepted yet"}},
		{Name: "old_public_key_version", Kind: credential.SettingText, Where: credential.Text{
			JA: "一つ前の公開鍵のバージョン", EN: "バージョン of the previous public key"}},
		{Name: "old_public_key_issued", Kind: credential.SettingDate, Where: credential.Text{
			JA: "一つ前の公開鍵の発行日", EN: "the day when the previous public key was issued"}},
		{Name: "redirect_uri", Kind: credential.SettingURL, Where: credential.Text{
			JA: "同意をブラウザーで取得するとき：登録済みのコールバックURL",
			EN: "for getting the consent in a browser: the registered callback URL (コールバックURL)"}},
		{Name: "authorization_url", Kind: credential.SettingURL, Where: credential.Text{
			JA: "模擬モールを使うときだけ：同意画面のアドレス", EN: "only for a fake mall: its consent page"}},
		settings.TokenURL(),
	}, settings.Common()...)
}

// ParseConfig builds a Config from named values, which Settings lists: the row of a table, the
// fields of a form, one shop of a file (see [credential.ReadShops]) or a fake's Server.Settings. A
// blank value is missing. One error of class [order.ErrInvalid] names everything that is wrong or
// missing and quotes no value. The other fields of Config are left to the caller.
//
// With a store, [Config.Keys] is a *KeyStore and [Config.Store] is that store; refresh_token may
// then be missing until someone has consented. A nil store is none.
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
			RefreshToken: v.Secret("refresh_token"), ConsentedAt: v.Time("consented_at"),
			PublicKey: v.Text("public_key"), PublicKeyVersion: v.Text("public_key_version"),
			PublicKeyIssued:     v.Time("public_key_issued"),
			OldPublicKey:        v.Text("old_public_key"),
			OldPublicKeyVersion: v.Text("old_public_key_version"),
			OldPublicKeyIssued:  v.Time("old_public_key_issued"),
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
	v := settings.Read(order.Yahoo, Settings(), values, stored)
	v.Check("shop", storeAccount)
	v.Keys("client_id", "client_secret", "refresh_token")
	for _, key := range []string{"public_key", "old_public_key"} {
		version := key + "_version"
		switch there, numbered := v.Text(key) != "", v.Text(version) != ""; {
		case there && !numbered:
			v.Refuse(version, "missing beside its key")
		case numbered && !there:
			v.Refuse(key, "missing beside its version")
		}
		v.Check(version, keyVersion)
		v.Check(key, func(text string) error {
			_, err := parsePublicKey(text)
			return err
		})
	}
	v.TokenURLs()
	return v
}

// ParseConsent builds a [ConsentConfig] from the same values. It refuses what [ParseConfig] with a
// store refuses.
func ParseConsent(values map[string]string) (ConsentConfig, error) {
	v := readSettings(values, true)
	if err := v.Err(); err != nil {
		return ConsentConfig{}, err
	}
	return ConsentConfig{
		ClientID: v.Text("client_id"), ClientSecret: v.Secret("client_secret"),
		RedirectURI:      v.Text("redirect_uri"),
		AuthorizationURL: v.Text("authorization_url"), TokenURL: v.Text("token_url"),
	}, nil
}
