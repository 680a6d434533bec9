package amazon

import "github.com/jpmall/jpmall/order"

// pages are the screens on which a shop sets things up, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{For: "application and its LWA credentials", ForJa: "アプリケーションと LWA 認証情報", Where: "セラーセントラル > アプリとサービス > アプリの開発"},
		{For: "a seller's authorisation of the application", ForJa: "アプリケーションの認可", Where: "セラーセントラル > アプリとサービス > アプリの管理"},
	}
}
