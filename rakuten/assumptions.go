package rakuten

import "github.com/jpmall/jpmall/order"

// Assumptions is what this package takes for true of Rakuten without knowing it for sure.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "cash-fee-in-bill", Sure: order.NotSaid, Code: []string{"unsure", "cashFee"},
		Taken: order.Text{
			EN: "Whether requestPrice holds the fee for cash on delivery (代引料) is open: the formula does not " +
				"name it. A sum that adds up without it cannot be told.",
			JA: "請求金額（requestPrice）に代引料が含まれるかは不明です。公式の計算式に記載がなく、代引料を除くと合う場合は「判定不可」とします。",
		},
		Source: order.Text{
			EN: "the formula of getOrder's reference",
			JA: "getOrder の仕様書の計算式",
		},
		Confirms: order.Text{
			EN: "an order with 代引料 whose sum with it is requestPrice",
			JA: "代引料を含めた合計が requestPrice と一致する受注",
		},
		Contradicts: order.Text{
			EN: "one whose sum without it is requestPrice",
			JA: "代引料を除いた合計が requestPrice と一致する受注",
		},
	}, {
		ID: "pace-counted-by", Sure: order.NotSaid, Code: []string{"pace"},
		Taken: order.Text{
			EN: "One request a second is counted over all operations of a shop; nobody says what it is counted by.",
			JA: "1 秒 1 回の目安は店舗の全機能を合わせて数えるものとします（数え方の公表はありません）。",
		},
		Source: order.Text{
			EN: "Rakuten's guideline",
			JA: "楽天の目安",
		},
		Confirms: order.Text{
			EN: "a refusal for speed when two operations are called within a second",
			JA: "異なる機能を 1 秒以内に呼んだときの速度超過",
		},
		Contradicts: order.Text{
			EN: "none, at several calls a second of different operations",
			JA: "異なる機能を毎秒数回呼んでも速度超過にならないこと",
		},
	}, {
		ID: "new-key-refused", Sure: order.Reported, Code: []string{"propagation", "explain"},
		Taken: order.Text{
			EN: "A new licenseKey is refused for 10 to 30 minutes after it was issued.",
			JA: "新しい licenseKey は発行後 10～30 分は受け付けられません。",
		},
		Source: order.Text{
			EN: "vendors' manuals and one measurement",
			JA: "各ベンダーの手順書と実測 1 件",
		},
		Confirms: order.Text{
			EN: "a key younger than 30 minutes that is refused and works later",
			JA: "発行後 30 分未満で拒否され、のちに使えるキー",
		},
		Contradicts: order.Text{
			EN: "one that is refused longer",
			JA: "30 分を過ぎても拒否されるキー",
		},
	}, {
		ID: "old-key-dies", Sure: order.NotSaid, Code: []string{"OldLicenseKey", "renew"},
		Taken: order.Text{
			EN: "The old licenseKey may end at once when a new one is issued, or live on; the client tries both and " +
				"relies on neither.",
			JA: "新しい licenseKey の発行で旧キーがすぐ無効になるとも、残るとも言われます。両方を試し、どちらにも依存しません。",
		},
		Source: order.Text{
			EN: "two sources that contradict one another",
			JA: "食い違う 2 つの情報源",
		},
		Confirms: order.Text{
			EN: "a reply 200 to the old key after the new one was issued",
			JA: "新キー発行後に旧キーで 200 の応答",
		},
		Contradicts: order.Text{
			EN: "a refusal of it in that time",
			JA: "その間の旧キーの拒否",
		},
	}, {
		ID: "gk-codes", Sure: order.OneWord, Code: []string{"gatewayCodes"},
		Taken: order.Text{
			EN: "GK0001, GK0005 and GK0006 mean a malformed credential.",
			JA: "GK0001・GK0005・GK0006 は認証情報の形式不正を意味します。",
		},
		Source: order.Text{
			EN: "one comment in public code",
			JA: "公開コードのコメント 1 件",
		},
		Confirms: order.Text{
			EN: "one of them in reply to a key that was cut",
			JA: "途中で切れたキーへの応答に現れること",
		},
		Contradicts: order.Text{
			EN: "one of them in reply to a key that works for other calls",
			JA: "他の呼び出しで有効なキーへの応答に現れること",
		},
	}, {
		ID: "payment-status", Sure: order.OneWord, Code: []string{"PaymentStatus", "PaymentModelList"},
		Taken: order.Text{
			EN: "The values of paymentStatus in getPayment, and the list's name there.",
			JA: "getPayment の paymentStatus の値と一覧の項目名。",
		},
		Source: order.Text{
			EN: "one public client",
			JA: "公開クライアント 1 件",
		},
		Confirms: order.Text{
			EN: "a reply with PaymentModelList and these numbers",
			JA: "PaymentModelList とこれらの数値を持つ応答",
		},
		Contradicts: order.Text{
			EN: "another name, or a number that is not in the table",
			JA: "別の項目名、または表にない数値",
		},
	}, {
		ID: "cancel-shipping-date", Sure: order.OneWord, Code: []string{"hasShippingDate"},
		Taken: order.Text{
			EN: "cancelOrder is refused while 発送日 is entered.",
			JA: "発送日が入力済みの受注は cancelOrder が拒否されます。",
		},
		Source: order.Text{
			EN: "one quotation of the mall's words",
			JA: "モールの文言の引用 1 件",
		},
		Confirms: order.Text{
			EN: "such a refusal",
			JA: "その拒否の応答",
		},
		Contradicts: order.Text{
			EN: "a cancellation that is done",
			JA: "キャンセルが完了すること",
		},
	}, {
		ID: "notifications", Sure: order.OneWord, Code: []string{"Notification"},
		Taken: order.Text{
			EN: "The form of notifications (SENS), and that orders of today are pushed at all.",
			JA: "通知（SENS）の形式と、現在の受注も通知されること。",
		},
		Source: order.Text{
			EN: "one source older than 楽天ペイ",
			JA: "楽天ペイ以前の情報源 1 件",
		},
		Confirms: order.Text{
			EN: "a notification that is parsed",
			JA: "解析できる通知",
		},
		Contradicts: order.Text{
			EN: "one that is not, or none for a new order",
			JA: "解析できない通知、または新規受注で通知が来ないこと",
		},
	}}
}
