package yahoo

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Yahoo, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note:   "One order a second can be read in full.",
			NoteJa: "詳細は1秒に1件読み込めます。"},
		{Ability: order.CanReadUpdated,
			Note:   "The mall has no search by the last change.",
			NoteJa: "モールに更新日時での検索はありません。"},
		{Ability: order.CanFollow, Yes: true, Window: 30 * 24 * time.Hour,
			Note:   "The window is read again, 2,000 orders a call, and revisions are compared.",
			NoteJa: "期間を2,000件ずつ読み直して改訂を比較します。"},
		{Ability: order.CanConfirm, Yes: true,
			Note:   "The order is marked as seen.",
			NoteJa: "閲覧済みにします。"},
		{Ability: order.CanShip, Yes: true, Limit: maxNumbers,
			Note:   "An order is shipped whole, after it has been read once.",
			NoteJa: "注文を1回読み込んでから、注文単位で発送します。"},
		{Ability: order.CanCancel, Yes: true,
			Note:   "The mall mails the buyer.",
			NoteJa: "モールから購入者にメールが届きます。"},
		{Ability: order.CanAnnotate, Yes: true,
			Note:   "The memo has at most 1,500 bytes.",
			NoteJa: "メモは1,500バイトまでです。"},
		{Ability: order.CanChangeDelivery, Yes: true,
			Note:   "The slot is a text of at most 13 bytes.",
			NoteJa: "時間帯は13バイトまでの文字列です。"},
		{Ability: order.CanPayment, Yes: true,
			Note:   "OrderPayStatusChange writes it.",
			NoteJa: "OrderPayStatusChangeで書き込みます。"},
		{Ability: order.CanStock, Yes: true,
			Note:   "GetStock and SetStock read and write it, 1,000 codes a call.",
			NoteJa: "GetStockとSetStockで1回に1,000件まで読み書きします。"},
		{Ability: order.CanExpiry,
			Note:   "No call tells an end: it is counted from the consent and from the day of issue.",
			NoteJa: "APIでは期限を取得できません。同意日時と発行日から計算します。"},
		{Ability: order.CanPush,
			Note:   "This client knows no notifications of orders.",
			NoteJa: "注文の通知には対応していません。"},
		{Ability: order.CanSandbox, Yes: true,
			Note:   "A store whose account begins with snbx- is one of the sandbox.",
			NoteJa: "アカウントが snbx- で始まるストアです。"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }

// ReadShare is order.ReadSharer: the share of the most used quota that this client's reads took in the last hour.
func (c *Client) ReadShare() float64 { return c.calls.ReadShare() }
