package amazon

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what this package supports of what Amazon.co.jp offers.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Amazon, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note:   "one call per 100 orders; personal data only with the role for it",
			NoteJa: "100件ごとに1回の呼出し。個人情報は権限（ロール）がある場合のみ"},
		{Ability: order.CanReadUpdated, Yes: true},
		{Ability: order.CanFollow, Yes: true, Window: 2 * 365 * 24 * time.Hour,
			Note:   "every change moves lastUpdatedTime, by which can be searched",
			NoteJa: "変更があると lastUpdatedTime が動き、それで検索できる"},
		{Ability: order.CanConfirm, Note: "Amazon has no such step", NoteJa: "Amazonにはこの手続きがない"},
		{Ability: order.CanShip, Yes: true, Limit: 1,
			Note:   "one tracking number per package, any number of packages; read back after each write",
			NoteJa: "荷物1個につき伝票番号1件、荷物の数は任意。書込み後に読み直して確認"},
		{Ability: order.CanCancel,
			Note:   "no published API: the feed POST_ORDER_ACKNOWLEDGEMENT_DATA could do it",
			NoteJa: "公開APIなし。フィード POST_ORDER_ACKNOWLEDGEMENT_DATA なら可能"},
		{Ability: order.CanAnnotate, Note: "orders have no memo", NoteJa: "注文にメモ欄がない"},
		{Ability: order.CanChangeDelivery, Note: "not offered", NoteJa: "提供されていない"},
		{Ability: order.CanPush, Yes: true,
			Note:   "ORDER_CHANGE notifications by SQS or EventBridge; the queue is yours to read",
			NoteJa: "SQSまたはEventBridgeによる ORDER_CHANGE 通知。キューの読取りは利用者側"},
		{Ability: order.CanExpiry, Note: "only notifications tell when the client secret ends",
			NoteJa: "クライアントシークレットの期限は通知でのみ分かる"},
		{Ability: order.CanSandbox, Yes: true,
			Note: "Config.Endpoint; the static sandbox answers canned cases", NoteJa: "Config.Endpoint で選択。静的サンドボックスは固定の応答を返す"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }
