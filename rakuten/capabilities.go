package rakuten

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what this package can do for a Rakuten shop.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Rakuten, Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true, Note: "orders of the last 730 days", NoteJa: "過去730日以内の受注"},
		{Ability: order.CanReadUpdated, Note: "no search by the last change", NoteJa: "更新日時での検索なし"},
		{Ability: order.CanFollow, Yes: true, Window: 63 * 24 * time.Hour,
			Note: "by re-reading the window and comparing revisions", NoteJa: "期間を読み直して改訂を比較"},
		{Ability: order.CanExpiry, Yes: true, Note: "license key; the function license.expiryDate.get must be ticked",
			NoteJa: "ライセンスキー。利用機能 license.expiryDate.get の有効化が必要"},
	}}
}
