package aupay

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities returns what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.AuPay, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note: order.Text{
				EN: "Up to 1,000 full orders per call, one call a second.",
				JA: "1回に1,000件まで、1秒に1回読み取れます。"}},
		{Ability: order.CanReadUpdated,
			Note: order.Text{
				EN: "The mall has no search by the last change; OrdersBy searches by order date or shipping date.",
				JA: "モールに更新日時での検索はありません。注文日や発送日の期間では検索できます。"}},
		{Ability: order.CanFollow, Yes: true, Window: maxDays * 24 * time.Hour,
			Note: order.Text{
				EN: "The window is read again and revisions are compared.",
				JA: "対象期間を読み直し、リビジョンを比較します。"}},
		{Ability: order.CanConfirm,
			Note: order.Text{
				EN: "There is no dedicated call; ChangeStatus changes the status.",
				JA: "専用のAPIはありません。ステータスは変更できます。"}},
		{Ability: order.CanShip, Yes: true, Limit: 1,
			Note: order.Text{
				EN: "Takes two calls (shipping data, then 完了), with the order read before and after; a tracking number has at most 15 bytes.",
				JA: "受注を読み取り、発送情報、完了の順に送信し、結果を読み直します。伝票番号は15バイトまでです。"}},
		{Ability: order.CanCancel, Yes: true,
			Note: order.Text{
				EN: "Only whole orders can be cancelled; reason codes are not public, so 9 (other) is sent with a comment.",
				JA: "取引単位でキャンセルします。理由コードは非公開のため、9（その他）とコメントを送信します。"}},
		{Ability: order.CanAnnotate,
			Note: order.Text{
				EN: "No call to write the memo is known.",
				JA: "メモを書き込むAPIは確認できていません。"}},
		{Ability: order.CanChangeDelivery,
			Note: order.Text{
				EN: "No call to change the delivery date or slot is known.",
				JA: "お届け日時を変更するAPIは確認できていません。"}},
		{Ability: order.CanPayment,
			Note: order.Text{
				EN: "doCreditCertainProc exists, but its specification is not public; it can be called with Do.",
				JA: "doCreditCertainProcはありますが、仕様は非公開です。"}},
		{Ability: order.CanStock, Yes: true,
			Note: order.Text{
				EN: "ReadStock and WriteStock, up to 200 items per write; 0 ends the sale of an item.",
				JA: "読み書きできます（書き込みは1回に200件まで）。0にすると販売終了になります。"}},
		{Ability: order.CanExpiry,
			Note: order.Text{
				EN: "No call returns it: it is calculated from the day of issue.",
				JA: "APIでは期限を取得できません。発行日から計算します。"}},
		{Ability: order.CanPush,
			Note: order.Text{
				EN: "This client supports no order notifications.",
				JA: "注文の通知には対応していません。"}},
		{Ability: order.CanSandbox,
			Note: order.Text{
				EN: "A test host exists, but who may use it is not public.",
				JA: "テスト環境はありますが、利用条件は非公開です。"}},
	}}
}

// Capabilities returns what the mall supports through this client. [order.Feed] takes its defaults
// from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }

// ReadShare returns the share of the most used quota that this client's reads took in the last
// hour. It implements [order.ReadSharer].
func (c *Client) ReadShare() float64 { return c.calls.ReadShare() }

// pages returns the screens on which a shop is set up, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{For: order.Text{EN: "API key and the IP addresses it is used from", JA: "APIキーと接続元IPアドレス"},
			Where: "Wow!manager > 各種お申し込み > API利用申請"},
		{For: order.Text{EN: "delivery slots that buyers can choose, per delivery method",
			JA: "購入者が選べるお届け時間帯（配送方法ごと）"}, Where: "Wow!manager"},
	}
}
