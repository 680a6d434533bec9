package rakuten

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what this package can do for a Rakuten shop.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Rakuten, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true, Note: "orders of the last 730 days", NoteJa: "過去730日以内の受注"},
		{Ability: order.CanReadUpdated, Note: "no search by the last change", NoteJa: "更新日時での検索なし"},
		{Ability: order.CanFollow, Yes: true, Window: 63 * 24 * time.Hour,
			Note: "by re-reading the window and comparing revisions", NoteJa: "期間を読み直して改訂を比較"},
		{Ability: order.CanConfirm, Yes: true},
		{Ability: order.CanShip, Yes: true, Limit: shippingRecords,
			Note: "tracking numbers per destination; whole destinations only", NoteJa: "送付先ごとの伝票番号の数。送付先単位のみ"},
		{Ability: order.CanCancel, Yes: true, Note: "before and after shipping", NoteJa: "発送前・発送後"},
		{Ability: order.CanAnnotate, Yes: true},
		{Ability: order.CanChangeDelivery, Yes: true, Note: "one date and slot per order", NoteJa: "受注につき日付と時間帯は1つ"},
		{Ability: order.CanPayment, Yes: true},
		{Ability: order.CanStock, Yes: true},
		{Ability: order.CanExpiry, Yes: true, Note: "license.expiryDate.get has to be ticked", NoteJa: "license.expiryDate.get の有効化が必要"},
		{Ability: order.CanPush, Yes: true, Note: "parsing only, from a single source", NoteJa: "解析のみ(出典1件)"},
		{Ability: order.CanSandbox, Note: "none; use rakutentest", NoteJa: "なし(rakutentestを使用)"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }
