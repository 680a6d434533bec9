package rakuten

import (
	"time"

	"github.com/jpmall/jpmall/order"
)

// Capabilities returns what the mall supports through this package.
func Capabilities() order.Capabilities {
	return order.Capabilities{Mall: order.Rakuten, Pages: pages(), Rows: []order.Capability{
		{Ability: order.CanRead, Yes: true,
			Note: order.Text{
				EN: "Orders of the last 730 days, 100 per call.",
				JA: "過去730日以内の受注を、1回に100件まで読み取れます。"}},
		{Ability: order.CanReadUpdated,
			Note: order.Text{
				EN: "The mall has no search by the last change.",
				JA: "モールに更新日時での検索はありません。"}},
		{Ability: order.CanFollow, Yes: true, Window: 63 * 24 * time.Hour,
			Note: order.Text{
				EN: "The window is read again and revisions are compared.",
				JA: "対象期間を読み直し、リビジョンを比較します。"}},
		{Ability: order.CanConfirm, Yes: true},
		{Ability: order.CanShip, Yes: true, Limit: shippingRecords,
			Note: order.Text{
				EN: "The limit is per destination; a destination is shipped as a whole.",
				JA: "上限は送付先ごとです。発送報告は送付先単位です。"}},
		{Ability: order.CanCancel, Yes: true,
			Note: order.Text{
				EN: "Orders can be cancelled before and after shipping.",
				JA: "発送前も発送後もキャンセルできます。"}},
		{Ability: order.CanAnnotate, Yes: true,
			Note: order.Text{
				EN: "The memo has at most 1,000 characters.",
				JA: "メモは1,000文字までです。"}},
		{Ability: order.CanChangeDelivery, Yes: true,
			Note: order.Text{
				EN: "An order has one date and one slot for all destinations.",
				JA: "日付と時間帯は受注につき1つです。"}},
		{Ability: order.CanPayment, Yes: true,
			Note: order.Text{
				EN: "GetPayment reads the payment.",
				JA: "決済情報を読み取れます。"}},
		{Ability: order.CanStock, Yes: true,
			Note: order.Text{
				EN: "ReadStock and WriteStock, up to 400 SKUs per write; lead times are not changed.",
				JA: "読み書きできます（書き込みは1回に400件まで）。出荷リードタイムは変わりません。"}},
		{Ability: order.CanExpiry, Yes: true,
			Note: order.Text{
				EN: "license.expiryDate.get must be enabled in RMS (利用機能編集).",
				JA: "RMSの「利用機能編集」で license.expiryDate.get を有効にしてください。"}},
		{Ability: order.CanPush, Yes: true,
			Note: order.Text{
				EN: "Notifications are only parsed; their format is known from a single source.",
				JA: "通知の解析だけに対応しています。形式の情報源は1件だけです。"}},
		{Ability: order.CanSandbox,
			Note: order.Text{
				EN: "The mall has none; use rakutentest.",
				JA: "モールにはありません。模擬モールを使ってください。"}},
	}}
}

// Capabilities returns what the mall supports through this client. [order.Feed] takes its defaults
// from it.
func (c *Client) Capabilities() order.Capabilities { return Capabilities() }

// ReadShare returns the share of the most used quota that this client's reads took in the last
// hour. It implements [order.ReadSharer].
func (c *Client) ReadShare() float64 { return c.calls.ReadShare() }

// pages are the screens on which a shop sets things up, as far as public manuals name them.
func pages() []order.Page {
	return []order.Page{
		{For: order.Text{EN: "serviceSecret and licenseKey", JA: "serviceSecret と licenseKey"},
			Where: "RMS > 店舗様向け情報・サービス > WEB APIサービス > 利用設定",
			URL:   "https://webservice.rms.rakuten.co.jp/merchant-portal/"},
		{For: order.Text{EN: "functions that a key may use, such as rpay.order.getOrder",
			JA: "キーで使う機能（rpay.order.getOrder など）"}, Where: "RMS > WEB APIサービス > 利用機能編集"},
		{For: order.Text{EN: "delivery dates and slots that buyers can choose", JA: "購入者が選べるお届け日時"},
			Where: "RMS > 店舗設定 > 基本情報設定 > 配送日時指定"},
	}
}
