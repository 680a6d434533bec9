package aupay

import (
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/settings"
	"github.com/jpmall/jpmall/order"
)

// Settings returns the settings that [ParseConfig] reads.
func Settings() []credential.Setting {
	return append([]credential.Setting{
		{Name: "shop", Kind: credential.SettingText, Required: true, Where: credential.Text{
			JA: "会員番号（店舗ID、数字）", EN: "the shop's number (会員番号, digits)"}},
		{Name: "api_key", Kind: credential.SettingSecret, Required: true, Where: credential.Text{
			JA: "Wow!manager：各種お申し込み > API利用申請。接続元IPアドレスもそこで登録します",
			EN: "Wow!manager: 各種お申し込み > API利用申請; register the IP address you call from (接続元IPアドレス) there, too"}},
		{Name: "api_key_issued", Kind: credential.SettingDate, Where: credential.Text{
			JA: "キーの発行日", EN: "the day when the key was issued"}},
	}, settings.Common()...)
}

// ParseConfig builds a Config from named values, which Settings lists: the row of a table, the
// fields of a form, one shop of a file (see [credential.ReadShops]) or a fake's Server.Settings. A
// blank value is missing. One error of class [order.ErrInvalid] names everything that is wrong or
// missing and quotes no value. The other fields of Config are left to the caller.
func ParseConfig(values map[string]string) (Config, error) {
	v := settings.Read(order.AuPay, Settings(), values, false)
	v.Check("shop", shopNumber)
	v.Keys("api_key")
	if err := v.Err(); err != nil {
		return Config{}, err
	}
	return Config{
		Shop: v.Text("shop"), BaseURL: v.Text("base_url"), Limiter: v.Limiters(),
		Keys: credential.Static(Keys{APIKey: v.Secret("api_key"),
			IssuedAt: v.Time("api_key_issued")}),
	}, nil
}
