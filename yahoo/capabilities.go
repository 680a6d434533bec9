package yahoo

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what this client can do at Yahoo! Shopping today.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Yahoo, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true, Note: "one order per second", NoteJa: "1秒に1件"},
		{Ability: order.CanReadUpdated, Note: "no search by last update", NoteJa: "更新日時での検索なし"},
		{Ability: order.CanFollow, Yes: true, Window: 30 * 24 * time.Hour,
			Note: "the window of order dates is read again; one call per 2,000 orders", NoteJa: "注文日の期間を再読込(2,000件ごとに1回)"},
		{Ability: order.CanConfirm, Yes: true, Note: "marks the order as seen", NoteJa: "閲覧済みにする"},
		{Ability: order.CanShip, Yes: true, Limit: maxNumbers, Note: "whole orders; one call reads the order first", NoteJa: "注文単位。先に注文を1回読込"},
		{Ability: order.CanCancel, Yes: true, Note: "the mall mails the buyer", NoteJa: "モールから購入者にメール"},
		{Ability: order.CanAnnotate, Yes: true, Note: "1,500 bytes", NoteJa: "1,500バイト"},
		{Ability: order.CanChangeDelivery, Yes: true, Note: "the slot is text of 13 bytes", NoteJa: "時間帯は13バイトの文字列"},
		{Ability: order.CanPayment, Yes: true, Note: "OrderPayStatusChange", NoteJa: "OrderPayStatusChange"},
		{Ability: order.CanStock, Yes: true, Note: "GetStock, SetStock", NoteJa: "GetStock、SetStock"},
		{Ability: order.CanSandbox, Yes: true, Note: "stores whose account begins with snbx-", NoteJa: "snbx- で始まるストア"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }
