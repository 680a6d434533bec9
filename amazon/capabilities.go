package amazon

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities is what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Amazon, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note:   "100 orders can be read a call; personal data comes only with the role for it.",
			NoteJa: "1回に100件読み込めます。個人情報は権限（ロール）がある場合のみ届きます。"},
		{Ability: order.CanReadUpdated, Yes: true},
		{Ability: order.CanFollow, Yes: true, Window: 2 * 365 * 24 * time.Hour, Every: 6 * time.Minute,
			Note:   "Every change moves lastUpdatedTime, which can be searched by.",
			NoteJa: "変更があると lastUpdatedTime が動き、それで検索できます。"},
		{Ability: order.CanConfirm,
			Note:   "Amazon has no such step.",
			NoteJa: "Amazonにこの手続きはありません。"},
		{Ability: order.CanShip, Yes: true, Limit: 1,
			Note:   "The number is per package, of which there may be many; each write is read back.",
			NoteJa: "件数は荷物ごとで、荷物の数は任意です。書き込み後に読み直して確認します。"},
		{Ability: order.CanCancel,
			Note:   "There is no published call; the feed POST_ORDER_ACKNOWLEDGEMENT_DATA could do it.",
			NoteJa: "公開APIはありません。フィード POST_ORDER_ACKNOWLEDGEMENT_DATA なら可能です。"},
		{Ability: order.CanAnnotate,
			Note:   "Orders of Amazon have no memo.",
			NoteJa: "Amazonの注文にメモ欄はありません。"},
		{Ability: order.CanChangeDelivery,
			Note:   "Amazon does not offer it.",
			NoteJa: "Amazonは提供していません。"},
		{Ability: order.CanPayment,
			Note:   "Amazon collects the payment; there is nothing to do for a shop.",
			NoteJa: "支払いはAmazonが受け取ります。店舗の手続きはありません。"},
		{Ability: order.CanStock,
			Note:   "This client has no calls for it; Do reaches the Listings API.",
			NoteJa: "このクライアントにはありません。DoでListings APIを呼び出せます。"},
		{Ability: order.CanExpiry,
			Note:   "Only notifications tell when the client secret ends.",
			NoteJa: "クライアントシークレットの期限は通知でのみ分かります。"},
		{Ability: order.CanPush, Yes: true,
			Note:   "ORDER_CHANGE comes by SQS or EventBridge; the queue is yours to read.",
			NoteJa: "ORDER_CHANGE がSQSまたはEventBridgeに届きます。キューは利用者が読み取ります。"},
		{Ability: order.CanSandbox, Yes: true,
			Note:   "Config.Endpoint chooses it; the static one answers canned cases.",
			NoteJa: "Config.Endpoint で選びます。静的サンドボックスは固定の応答を返します。"},
	}}
}

// Capabilities is what the mall supports through this client; order.Feed takes its defaults from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }
