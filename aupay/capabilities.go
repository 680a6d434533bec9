package aupay

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.AuPay, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note:   "Up to 1,000 whole orders come a call, one call a second.",
			NoteJa: "1回に1,000件まで、1秒に1回読み込めます。"},
		{Ability: order.CanReadUpdated,
			Note:   "The mall has no search by the last change; SearchOrders takes windows by order date and by shipping date.",
			NoteJa: "モールに更新日時での検索はありません。SearchOrdersで注文日や発送日の期間を読み込めます。"},
		{Ability: order.CanFollow, Yes: true, Window: maxDays * 24 * time.Hour,
			Note:   "The window is read again and revisions are compared.",
			NoteJa: "期間を読み直して改訂を比較します。"},
		{Ability: order.CanConfirm,
			Note:   "There is no call of its own; ChangeStatus moves an order.",
			NoteJa: "専用のAPIはありません。ChangeStatusで変更できます。"},
		{Ability: order.CanShip, Yes: true, Limit: 1,
			Note:   "An order is read, takes two calls (shipping data, then 完了) and is read back; the number has at most 15 bytes.",
			NoteJa: "受注を読み、発送情報、次に完了を送信し、結果を読み直します。伝票番号は15バイトまでです。"},
		{Ability: order.CanCancel, Yes: true,
			Note:   "Whole orders are cancelled; the codes of reasons are not public, so 9 (other) is sent with a comment.",
			NoteJa: "取引単位です。理由コードは非公開のため、9(その他)とコメントを送信します。"},
		{Ability: order.CanAnnotate,
			Note:   "No call is known that writes the memo.",
			NoteJa: "メモを書き込むAPIは確認できていません。"},
		{Ability: order.CanChangeDelivery,
			Note:   "No call is known that writes delivery date or time.",
			NoteJa: "お届け日時を変更するAPIは確認できていません。"},
		{Ability: order.CanPayment,
			Note:   "doCreditCertainProc exists, but its sheet is not public; Do reaches it.",
			NoteJa: "doCreditCertainProcはありますが、仕様は非公開です。Doで送信できます。"},
		{Ability: order.CanStock, Yes: true,
			Note:   "SearchStocks and UpdateStock read and write it, 200 items a write.",
			NoteJa: "SearchStocksとUpdateStockで読み書きします。書き込みは1回に200件までです。"},
		{Ability: order.CanExpiry,
			Note:   "No call tells an end: it is counted from the day of issue.",
			NoteJa: "APIでは期限を取得できません。発行日から計算します。"},
		{Ability: order.CanPush,
			Note:   "This client knows no notifications of orders.",
			NoteJa: "注文の通知には対応していません。"},
		{Ability: order.CanSandbox,
			Note:   "A test host exists, but who may use it is not public.",
			NoteJa: "テスト環境はありますが、利用条件は非公開です。"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }

// ReadShare is order.ReadSharer: the share of the most used quota that this client's reads took in the last hour.
func (c *Client) ReadShare() float64 { return c.calls.ReadShare() }
