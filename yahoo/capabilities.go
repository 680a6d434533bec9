package yahoo

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what this client can do at Yahoo! Shopping today.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Yahoo, Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true, Note: "one order per second", NoteJa: "1秒に1件"},
		{Ability: order.CanReadUpdated, Note: "no search by last update", NoteJa: "更新日時での検索なし"},
		{Ability: order.CanFollow, Yes: true, Window: 30 * 24 * time.Hour,
			Note: "the window of order dates is read again; one call per 2,000 orders", NoteJa: "注文日の期間を再読込(2,000件ごとに1回)"},
		{Ability: order.CanSandbox, Yes: true, Note: "stores whose account begins with snbx-", NoteJa: "snbx- で始まるストア"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }
