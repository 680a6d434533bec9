package rakuten

import (
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/internal/settings"
	"github.com/jpmall/jpmall/order"
)

// Settings returns the settings that [ParseConfig] reads.
func Settings() []credential.Setting {
	return append([]credential.Setting{
		{Name: "shop", Kind: credential.SettingText, Required: true, Where: credential.Text{
			JA: "店舗の名前（店舗URLなど。表示用で、送信しません）",
			EN: "a name for the shop, such as its URL name; shown, never sent"}},
		{Name: "service_secret", Kind: credential.SettingSecret, Required: true,
			Where: credential.Text{
				JA: "RMS：WEB APIサービスの serviceSecret", EN: "RMS: WEB APIサービス, serviceSecret"}},
		{Name: "license_key", Kind: credential.SettingSecret, Required: true,
			Where: credential.Text{
				JA: "RMS：WEB APIサービスの licenseKey", EN: "RMS: WEB APIサービス, licenseKey"}},
		{Name: "license_key_issued", Kind: credential.SettingDate, Where: credential.Text{
			JA: "licenseKey の発行日", EN: "the day when licenseKey was issued"}},
		{Name: "old_license_key", Kind: credential.SettingSecret, Where: credential.Text{
			JA: "一つ前の licenseKey（新しいキーがまだ使えない30分間のため）",
			EN: "the previous licenseKey, for the half hour in which a new one is not accepted yet"}},
		{Name: "old_license_key_issued", Kind: credential.SettingDate, Where: credential.Text{
			JA: "一つ前の licenseKey の発行日",
			EN: "the day when the previous licenseKey was issued"}},
	}, settings.Common()...)
}

// ParseConfig builds a Config from named values, which Settings lists: the row of a table, the
// fields of a form, one shop of a file (see [credential.ReadShops]) or a fake's Server.Settings. A
// blank value is missing. One error of class [order.ErrInvalid] names everything that is wrong or
// missing and quotes no value. The other fields of Config are left to the caller.
func ParseConfig(values map[string]string) (Config, error) {
	v := settings.Read(order.Rakuten, Settings(), values, false)
	v.Keys("service_secret", "license_key", "old_license_key")
	if err := v.Err(); err != nil {
		return Config{}, err
	}
	return Config{
		Shop: v.Text("shop"), BaseURL: v.Text("base_url"), Limiter: v.Limiters(),
		Keys: credential.Static(Keys{
			ServiceSecret: v.Secret("service_secret"),
			LicenseKey:    v.Secret("license_key"), Issued: v.Time("license_key_issued"),
			OldLicenseKey: v.Secret("old_license_key"), OldIssued: v.Time("old_license_key_issued"),
		}),
	}, nil
}
