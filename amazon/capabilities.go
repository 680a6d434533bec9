package amazon

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities returns what Amazon supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Amazon, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note: order.Text{
				EN: "100 orders per call; personal data requires a role.",
				JA: "1回に100件読み取れます。個人情報の取得には権限（ロール）が必要です。"}},
		{Ability: order.CanReadUpdated, Yes: true},
		{Ability: order.CanFollow, Yes: true, Window: 2 * 365 * 24 * time.Hour,
			Every: 6*time.Minute + 30*time.Second,
			Note: order.Text{
				EN: "Every change updates lastUpdatedTime, and orders can be searched by it.",
				JA: "変更があると lastUpdatedTime が更新され、その日時で検索できます。"}},
		{Ability: order.CanConfirm,
			Note: order.Text{
				EN: "Amazon has no such step.",
				JA: "Amazonにこの手続きはありません。"}},
		{Ability: order.CanShip, Yes: true, Limit: 1,
			Note: order.Text{
				EN: "The limit is per package; an order may have many. Each write is read back.",
				JA: "上限は荷物ごとで、1件の注文に複数の荷物を登録できます。書き込み後に読み直して確認します。"}},
		{Ability: order.CanCancel,
			Note: order.Text{
				EN: "There is no public call; the feed POST_ORDER_ACKNOWLEDGEMENT_DATA could do it.",
				JA: "公開APIはありません。フィード POST_ORDER_ACKNOWLEDGEMENT_DATA なら可能です。"}},
		{Ability: order.CanAnnotate,
			Note: order.Text{
				EN: "Amazon orders have no memo.",
				JA: "Amazonの注文にメモ欄はありません。"}},
		{Ability: order.CanChangeDelivery,
			Note: order.Text{
				EN: "Amazon does not offer it.",
				JA: "Amazonは提供していません。"}},
		{Ability: order.CanPayment,
			Note: order.Text{
				EN: "Amazon collects the payment; the shop has nothing to do.",
				JA: "代金はAmazonが回収します。店舗の手続きはありません。"}},
		{Ability: order.CanStock,
			Note: order.Text{
				EN: "This client has no calls for it; the Listings API can be called with Do.",
				JA: "このクライアントは対応していません（AmazonのListings APIにはあります）。"}},
		{Ability: order.CanExpiry,
			Note: order.Text{
				EN: "Only notifications report when the client secret expires.",
				JA: "クライアントシークレットの期限は通知でのみ分かります。"}},
		{Ability: order.CanPush, Yes: true,
			Note: order.Text{
				EN: "ORDER_CHANGE arrives through SQS or EventBridge; you read the queue yourself.",
				JA: "ORDER_CHANGE がSQSまたはEventBridgeに届きます。キューの読み取りは利用者が行います。"}},
		{Ability: order.CanSandbox, Yes: true,
			Note: order.Text{
				EN: "Config.Endpoint selects it; the static sandbox returns fixed replies.",
				JA: "接続先の設定で選びます。静的サンドボックスは固定の応答を返します。"}},
	}}
}

// Capabilities returns what the mall supports through this client. [order.Feed] takes its defaults
// from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }

// ReadShare returns the share of the most used quota that this client's reads took in the last
// hour. It implements [order.ReadSharer].
func (c *Client) ReadShare() float64 { return c.calls.ReadShare() }

// pages are the screens for the setup, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{For: order.Text{EN: "application and its LWA credentials", JA: "アプリケーションと LWA 認証情報"},
			Where: "セラーセントラル > アプリとサービス > アプリの開発"},
		{For: order.Text{EN: "a seller's authorisation of the application", JA: "アプリケーションの認可"},
			Where: "セラーセントラル > アプリとサービス > アプリの管理"},
	}
}
