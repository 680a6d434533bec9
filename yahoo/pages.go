package yahoo

import "github.com/jpmall/jpmall/order"

// pages are the screens on which a shop sets things up, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{For: "application, its Client ID and secret, and the IP addresses it calls from", ForJa: "アプリケーション、Client ID とシークレット、呼び出し元IPアドレス", Where: "Yahoo!デベロッパーネットワーク > アプリケーションの管理"},
		{For: "public key and its version", ForJa: "公開鍵とバージョン", Where: "ストアクリエイターPro > 設定 > 暗号鍵管理"},
		{For: "delivery slots that buyers can choose", ForJa: "購入者が選ぶ配送時間帯", Where: "ストアクリエイターPro > 配送スケジュール"},
	}
}
