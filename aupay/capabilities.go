package aupay

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.AuPay, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true, Note: "up to 1000 whole orders a call, one call a second", NoteJa: "1回1,000件まで、1秒に1回"},
		{Ability: order.CanReadUpdated, Note: "no search by the last change; windows by order date and by shipping date instead",
			NoteJa: "更新日時での検索なし(注文日・発送日の期間で代替)"},
		{Ability: order.CanFollow, Yes: true, Window: maxDays * 24 * time.Hour, Note: "the window is read again and compared",
			NoteJa: "期間を再読込して比較"},
		{Ability: order.CanConfirm, Note: "no call of its own; ChangeStatus moves an order", NoteJa: "専用APIなし(ChangeStatusで変更)"},
		{Ability: order.CanShip, Yes: true, Limit: 1, Note: "two calls an order: shipping data, then 完了; one number of 15 bytes",
			NoteJa: "1件2回(発送情報、次に完了)。伝票番号は15バイトで1つ"},
		{Ability: order.CanCancel, Yes: true, Note: "whole orders; reasons are sent as 9 (other) with a comment, since the codes are not public",
			NoteJa: "取引単位。理由コードは非公開のため9(その他)とコメントで送信"},
		{Ability: order.CanAnnotate, Note: "no call is known that writes the memo", NoteJa: "メモを書き込むAPIは確認できず"},
		{Ability: order.CanChangeDelivery, Note: "no call is known that writes delivery date or time", NoteJa: "お届け日時を変更するAPIは確認できず"},
		{Ability: order.CanPayment, Note: "doCreditCertainProc exists, its sheet is not public: Do", NoteJa: "doCreditCertainProcの仕様は非公開(Doで送信可)"},
		{Ability: order.CanStock, Yes: true, Note: "SearchStocks and UpdateStock, 200 items a call", NoteJa: "SearchStocks、UpdateStock(1回200件)"},
		{Ability: order.CanExpiry, Note: "counted from the day of issue: the mall tells no end", NoteJa: "発行日から計算(APIでは取得不可)"},
		{Ability: order.CanPush, Note: "none", NoteJa: "なし"},
		{Ability: order.CanSandbox, Note: "a test host exists; who may use it is not public", NoteJa: "テスト環境の利用条件は非公開"},
	}}
}

// Capabilities is what the mall supports through this client.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }
