package yahoo

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities returns what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Yahoo, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note: order.Text{
				EN: "One full order can be read per second.",
				JA: "注文の詳細は1秒に1件読み取れます。"}},
		{Ability: order.CanReadUpdated,
			Note: order.Text{
				EN: "The mall has no search by the last change.",
				JA: "モールに更新日時での検索はありません。"}},
		{Ability: order.CanFollow, Yes: true, Window: 30 * 24 * time.Hour,
			Note: order.Text{
				EN: "The window is read again, 2,000 orders per call, and revisions are compared.",
				JA: "対象期間を2,000件ずつ読み直し、リビジョンを比較します。"}},
		{Ability: order.CanConfirm, Yes: true,
			Note: order.Text{
				EN: "The order is marked as seen.",
				JA: "注文を閲覧済みにします。"}},
		{Ability: order.CanShip, Yes: true, Limit: maxNumbers,
			Note: order.Text{
				EN: "An order is shipped as a whole, after it has been read once.",
				JA: "注文を1回読み取ってから、注文単位で発送を報告します。"}},
		{Ability: order.CanCancel, Yes: true,
			Note: order.Text{
				EN: "The mall sends the buyer an email.",
				JA: "モールから購入者にメールが送信されます。"}},
		{Ability: order.CanAnnotate, Yes: true,
			Note: order.Text{
				EN: "The memo has at most 1,500 bytes.",
				JA: "メモは1,500バイトまでです。"}},
		{Ability: order.CanChangeDelivery, Yes: true,
			Note: order.Text{
				EN: "The slot is text of at most 13 bytes.",
				JA: "時間帯は13バイトまでの文字列です。"}},
		{Ability: order.CanPayment, Yes: true,
			Note: order.Text{
				EN: "OrderPayStatusChange changes the payment status.",
				JA: "入金ステータスを変更できます。"}},
		{Ability: order.CanStock, Yes: true,
			Note: order.Text{
				EN: "ReadStock and WriteStock, up to 1,000 codes per call.",
				JA: "読み書きできます（1回に1,000件まで）。"}},
		{Ability: order.CanExpiry,
			Note: order.Text{
				EN: "No call returns it: it is calculated from the consent and the day of issue.",
				JA: "APIでは期限を取得できません。同意日時と発行日から計算します。"}},
		{Ability: order.CanPush,
			Note: order.Text{
				EN: "This client supports no order notifications.",
				JA: "注文の通知には対応していません。"}},
		{Ability: order.CanSandbox, Yes: true,
			Note: order.Text{
				EN: "A store whose account begins with snbx- is a sandbox store.",
				JA: "アカウントが snbx- で始まるストアがテスト環境です。"}},
	}}
}

// Capabilities returns what the mall supports through this client. [order.Feed] takes its defaults
// from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }

// ReadShare returns the share of the most used quota that this client's reads took in the last
// hour. It implements [order.ReadSharer].
func (c *Client) ReadShare() float64 { return c.calls.ReadShare() }

// pages are the screens on which a shop configures API access, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{
			For: order.Text{
				EN: "application with Client ID and secret, and the IP addresses it calls from",
				JA: "アプリケーション、Client ID とシークレット、呼び出し元IPアドレス"},
			Where: "Yahoo!デベロッパーネットワーク > アプリケーションの管理"},
		{For: order.Text{EN: "public key and its version", JA: "公開鍵とバージョン"},
			Where: "ストアクリエイターPro > 設定 > 暗号鍵管理"},
		{For: order.Text{EN: "delivery slots that buyers can choose", JA: "購入者が選べるお届け時間帯"},
			Where: "ストアクリエイターPro > 配送スケジュール"},
	}
}
