package aupay

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.AuPay, Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true},
		{Ability: order.CanReadUpdated, Note: "The mall has no search by the last change.", NoteJa: "更新日時での検索はありません。"},
		{Ability: order.CanFollow, Yes: true, Window: 31 * 24 * time.Hour, Note: "By reading the window again and comparing.", NoteJa: "期間を読み直して比較します。"},
		{Ability: order.CanSandbox, Note: "A test host exists; who may use it is not public.", NoteJa: "テスト環境の利用条件は公開されていません。"},
		{Ability: order.CanExpiry, Note: "Counted from the day of issue.", NoteJa: "発行日から計算します。"},
		{Ability: order.CanPush},
	}}
}

// Capabilities is what the mall supports through this client.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }
