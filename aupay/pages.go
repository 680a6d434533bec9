package aupay

import "github.com/jpmall/jpmall/order"

// pages are the screens on which a shop sets things up, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{For: "API key and the IP addresses it is used from", ForJa: "APIキーと接続元IPアドレス", Where: "Wow!manager > 各種お申し込み > API利用申請"},
		{For: "delivery slots that buyers can choose, per delivery method", ForJa: "購入者が選ぶお届け時間帯（配送方法ごと）", Where: "Wow!manager"},
	}
}
