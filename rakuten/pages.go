package rakuten

import "github.com/jpmall/jpmall/order"

// pages are the screens on which a shop sets things up, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{For: "service secret and licence key", ForJa: "serviceSecret と licenseKey", Where: "RMS > 店舗様向け情報・サービス > WEB APIサービス > 利用設定", URL: "https://webservice.rms.rakuten.co.jp/merchant-portal/"},
		{For: "functions of a key, such as rpay.order.getOrder", ForJa: "キーで使う機能（rpay.order.getOrder など）", Where: "RMS > WEB APIサービス > 利用機能編集"},
		{For: "delivery dates and slots that buyers can choose", ForJa: "購入者が選ぶ配送日時", Where: "RMS > 店舗設定 > 基本情報設定 > 配送日時指定"},
	}
}
