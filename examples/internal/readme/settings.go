package main

import (
	"fmt"
	"strings"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/aupay"
	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/rakuten"
	"github.com/jpmall/jpmall/yahoo"
)

// settingTable is the table of all settings.
func settingTable(lang order.Lang) string {
	var b strings.Builder
	b.WriteString(order.Text{
		EN: "| mall | setting | | kind | what it is, and where to find it |\n|---|---|---|---|---|\n",
		JA: "| モール | 項目 | | 種類 | 内容・入手する画面 |\n|---|---|---|---|---|\n",
	}.In(lang))
	need := map[bool]order.Text{true: {EN: "required", JA: "必須"}, false: {EN: "optional", JA: "任意"}}
	kinds := map[credential.SettingKind]order.Text{
		credential.SettingText:   {EN: "text", JA: "文字列"},
		credential.SettingSecret: {EN: "secret", JA: "秘密情報"},
		credential.SettingDate:   {EN: "date", JA: "日付"},
		credential.SettingURL:    {EN: "URL", JA: "URL"},
		credential.SettingYes:    {EN: "true or false", JA: "true か false"},
	}
	for _, m := range []struct {
		mall order.Mall
		all  []credential.Setting
	}{{order.Rakuten, rakuten.Settings()}, {order.Yahoo, yahoo.Settings()},
		{order.Amazon, amazon.Settings()}, {order.AuPay, aupay.Settings()}} {
		for _, s := range m.all {
			fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s | %s |\n", m.mall, s.Name,
				need[s.Required].In(lang), kinds[s.Kind].In(lang), s.Where.In(lang))
		}
	}
	return b.String()
}
