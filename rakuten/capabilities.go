package rakuten

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Rakuten, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note:   "Orders of the last 730 days can be read, 100 a call.",
			NoteJa: "過去730日以内の受注を1回に100件まで読み込めます。"},
		{Ability: order.CanReadUpdated,
			Note:   "The mall has no search by the last change.",
			NoteJa: "モールに更新日時での検索はありません。"},
		{Ability: order.CanFollow, Yes: true, Window: 63 * 24 * time.Hour,
			Note:   "The window is read again and revisions are compared.",
			NoteJa: "期間を読み直して改訂を比較します。"},
		{Ability: order.CanConfirm, Yes: true},
		{Ability: order.CanShip, Yes: true, Limit: shippingRecords,
			Note:   "The number is per destination; a destination is shipped whole.",
			NoteJa: "件数は送付先ごとで、送付先単位で発送します。"},
		{Ability: order.CanCancel, Yes: true,
			Note:   "Orders can be cancelled before and after shipping.",
			NoteJa: "発送前も発送後もキャンセルできます。"},
		{Ability: order.CanAnnotate, Yes: true,
			Note:   "The memo has at most 1,000 characters.",
			NoteJa: "メモは1,000文字までです。"},
		{Ability: order.CanChangeDelivery, Yes: true,
			Note:   "An order has one date and one slot for all destinations.",
			NoteJa: "日付と時間帯は受注につき1つです。"},
		{Ability: order.CanPayment, Yes: true,
			Note:   "GetPayment reads it.",
			NoteJa: "GetPaymentで読み込みます。"},
		{Ability: order.CanStock, Yes: true,
			Note:   "GetInventories and UpsertInventories read and write it.",
			NoteJa: "GetInventoriesとUpsertInventoriesで読み書きします。"},
		{Ability: order.CanExpiry, Yes: true,
			Note:   "The function license.expiryDate.get has to be ticked in RMS.",
			NoteJa: "RMSで license.expiryDate.get を有効にしてください。"},
		{Ability: order.CanPush, Yes: true,
			Note:   "Notifications are parsed only; their form is known from a single source.",
			NoteJa: "通知の解析のみです。形式の出典は1件だけです。"},
		{Ability: order.CanSandbox,
			Note:   "The mall has none: use rakutentest.",
			NoteJa: "モールにはありません。rakutentestを使ってください。"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }

// ReadShare is order.ReadSharer: the share of the most used quota that this client's reads took in the last hour.
func (c *Client) ReadShare() float64 { return c.calls.ReadShare() }
