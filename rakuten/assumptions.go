package rakuten

import "github.com/jpmall/jpmall/order"

// Assumptions returns what this package assumes about Rakuten without knowing it for sure.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "cash-fee-in-bill", Watched: true, Sure: order.NotSaid,
		Code: []string{"unsure", "cashFee"},
		Taken: order.Text{
			EN: "It is unknown whether requestPrice includes the fee for cash on delivery (代引料): the formula does " +
				"not name it. A sum that adds up without it is undetermined.",
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
			EN: "The limit of one request a second covers all operations of a shop; how it is counted is not documented.",
			JA: "1 秒に 1 回という目安は、店舗の全機能の合計で数えるものとします（数え方は公表されていません）。",
		},
		Source: order.Text{
			EN: "Rakuten's guideline",
			JA: "楽天の目安",
		},
		Confirms: order.Text{
			EN: "a refusal for excessive speed when two operations are called within a second",
			JA: "異なる機能を 1 秒以内に呼んだときの速度超過",
		},
		Contradicts: order.Text{
			EN: "no refusal when different operations are called several times a second",
			JA: "異なる機能を毎秒数回呼んでも速度超過にならないこと",
		},
	}, {
		ID: "new-key-refused", Watched: true, Sure: order.Reported,
		Code: []string{"propagation", "explain"},
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
			EN: "one that works in its first 10 minutes, or is refused longer than 30",
			JA: "発行後 10 分未満で使えるキー、または 30 分を過ぎても拒否されるキー",
		},
	}, {
		ID: "old-key-lives", Watched: true, Sure: order.NotSaid,
		Code: []string{"OldLicenseKey", "renew"},
		Taken: order.Text{
			EN: "The old licenseKey works until its own end, even after a new one was issued. Others say that it ends " +
				"at once; the client tries both keys and relies on neither.",
			JA: "新しい licenseKey の発行後も旧キーは期限まで使えるものとします。すぐ無効になるとの情報もあり、クライアントは両方のキーを試し、どちらにも依存しません。",
		},
		Source: order.Text{
			EN: "two sources that contradict each other",
			JA: "食い違う 2 つの情報源",
		},
		Confirms: order.Text{
			EN: "a 200 reply to the old key after the new one was issued",
			JA: "新キー発行後に旧キーで 200 の応答",
		},
		Contradicts: order.Text{
			EN: "a refusal of it in that time",
			JA: "その間の旧キーの拒否",
		},
	}, {
		ID: "gk-codes", Watched: true, Sure: order.OneWord, Code: []string{"gatewayCodes"},
		Taken: order.Text{
			EN: "GK0001, GK0005 and GK0006 mean a malformed credential.",
			JA: "GK0001・GK0005・GK0006 は認証情報の形式不正を意味します。",
		},
		Source: order.Text{
			EN: "one comment in public code",
			JA: "公開コードのコメント 1 件",
		},
		Confirms: order.Text{
			EN: "one of them in reply to a truncated key",
			JA: "途中で切れたキーへの応答に現れること",
		},
		Contradicts: order.Text{
			EN: "one of them in reply to a key that works for other calls",
			JA: "他の呼び出しで有効なキーへの応答に現れること",
		},
	}, {
		ID: "payment-status", Watched: true, Sure: order.OneWord,
		Code: []string{"PaymentStatus", "PaymentModelList"},
		Taken: order.Text{
			EN: "The values of paymentStatus in getPayment, and the name of the list.",
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
			EN: "cancelOrder is refused while 発送日 (the shipping date) is set.",
			JA: "発送日が入力済みの受注に対する cancelOrder は拒否されます。",
		},
		Source: order.Text{
			EN: "one quotation of the mall's text",
			JA: "モールの文言の引用 1 件",
		},
		Confirms: order.Text{
			EN: "such a refusal",
			JA: "その拒否の応答",
		},
		Contradicts: order.Text{
			EN: "a cancellation that succeeds",
			JA: "キャンセルが完了すること",
		},
	}, {
		ID: "notifications", Sure: order.OneWord, Code: []string{"Notification"},
		Taken: order.Text{
			EN: "The format of notifications (SENS), and that current orders are pushed at all.",
			JA: "通知（SENS）の形式と、現在の受注も通知の対象であること。",
		},
		Source: order.Text{
			EN: "one source from before 楽天ペイ",
			JA: "楽天ペイ導入前の情報源 1 件",
		},
		Confirms: order.Text{
			EN: "a notification that is parsed",
			JA: "解析できる通知",
		},
		Contradicts: order.Text{
			EN: "one that cannot be parsed, or none for a new order",
			JA: "解析できない通知、または新規受注で通知が来ないこと",
		},
	}, {
		ID: "search-total", Watched: true, Sure: order.NotSaid, Code: []string{"searchTotal"},
		Taken: order.Text{
			EN: "searchOrder counts no more than 15,000 orders; a count that reaches this is treated as more.",
			JA: "searchOrder の件数は 15,000 件が上限とし、上限に達した件数はそれ以上あるとみなします。",
		},
		Source: order.Text{
			EN: "the limit is documented, the count above it is not",
			JA: "上限は公式、上限を超えたときの件数は記載なし",
		},
		Confirms: order.Text{
			EN: "a count of exactly 15,000",
			JA: "ちょうど 15,000 件の応答",
		},
		Contradicts: order.Text{
			EN: "a higher one",
			JA: "それを超える件数",
		},
	}, {
		ID: "unknown-order-null", Watched: true, Sure: order.NotSaid, Code: []string{"answers"},
		Taken: order.Text{
			EN: "getOrder may return null as its list when the shop does not have the numbers, but never omits the list.",
			JA: "店舗に存在しない番号の getOrder では一覧が null になることがありますが、項目自体は省かれません。",
		},
		Source: order.Text{
			EN: "no such reply was published",
			JA: "公開された応答例なし",
		},
		Confirms: order.Text{
			EN: "messages with OrderModelList: null",
			JA: "メッセージがあり、OrderModelList が null の応答",
		},
		Contradicts: order.Text{
			EN: "a reply without OrderModelList",
			JA: "OrderModelList のない応答",
		},
	}, {
		ID: "shown-after", Sure: order.NotSaid, Code: []string{"shownAfter", "queueSettled"},
		Taken: order.Text{
			EN: "A write is visible in the order within 15 minutes, an asynchronous report within 30.",
			JA: "更新は 15 分以内、非同期の発送完了報告は 30 分以内に受注へ反映されるものとします。",
		},
		Source: order.Text{
			EN: "not published: generous guesses",
			JA: "公表なし（余裕を見た推定）",
		},
		Confirms: order.Text{
			EN: "writes that are visible within that time",
			JA: "その時間内の反映",
		},
		Contradicts: order.Text{
			EN: "one that is visible only later",
			JA: "それより遅い反映",
		},
	}, {
		ID: "orderer-limits", Sure: order.Inferred, Code: []string{"UpdateOrderOrderer"},
		Taken: order.Text{
			EN: "The buyer's fields have the same limits as a recipient's.",
			JA: "注文者の項目の制限は送付先と同じとします。",
		},
		Source: order.Text{
			EN: "limits of updateOrderSender",
			JA: "updateOrderSender の制限",
		},
		Confirms: order.Text{
			EN: "text of that length that is accepted",
			JA: "その長さの文字列が受け付けられること",
		},
		Contradicts: order.Text{
			EN: "shorter text that is refused",
			JA: "より短い文字列の拒否",
		},
	}, {
		ID: "substatus-reply", Sure: order.OneWord, Code: []string{"GetSubStatusList", "answers"},
		Taken: order.Text{
			EN: "The reply of getSubStatusList holds StatusModelList; its messages may be empty.",
			JA: "getSubStatusList の応答は StatusModelList を持ち、メッセージは空のことがあります。",
		},
		Source: order.Text{
			EN: "public clients; no reply was published",
			JA: "公開クライアント（応答例の公開なし）",
		},
		Confirms: order.Text{
			EN: "a reply with this list",
			JA: "この一覧のある応答",
		},
		Contradicts: order.Text{
			EN: "one with another name for it",
			JA: "項目名の異なる応答",
		},
	}, {
		ID: "unknown-left-out", Sure: order.NotSaid, Code: []string{"halving"},
		Taken: order.Text{
			EN: "getOrder either leaves an unknown number out or refuses the whole request; then halves are read.",
			JA: "存在しない番号を含む getOrder は、その番号を省くか、全体を拒否するものとし、拒否されれば半分ずつ読みます。",
		},
		Source: order.Text{
			EN: "not documented",
			JA: "記載なし",
		},
		Confirms: order.Text{
			EN: "a reply with the other orders only",
			JA: "他の受注だけの応答",
		},
		Contradicts: order.Text{
			EN: "a refusal of all the numbers",
			JA: "番号すべての拒否",
		},
	}, {
		ID: "refused-characters", Sure: order.NotSaid, Code: []string{"text", "UpdateOrderRemarks"},
		Taken: order.Text{
			EN: "Control characters are refused; 機種依存文字 may be, and are sent with a warning.",
			JA: "制御文字は拒否されます。機種依存文字は拒否されることがあり、警告を付けて送ります。",
		},
		Source: order.Text{
			EN: "the reference names 機種依存文字 without a list",
			JA: "仕様書に「機種依存文字」とあるのみで、一覧はありません",
		},
		Confirms: order.Text{
			EN: "such text that is refused",
			JA: "そのような文字列の拒否",
		},
		Contradicts: order.Text{
			EN: "such text that can be read back",
			JA: "そのまま読み戻せること",
		},
	}, {
		ID: "stock-created", Sure: order.NotSaid, Code: []string{"Created"},
		Taken: order.Text{
			EN: "The format of created in the stock API is unknown; it is kept as text.",
			JA: "在庫 API の created の形式は不明のため、文字列のまま保持します。",
		},
		Source: order.Text{
			EN: "not published",
			JA: "公表なし",
		},
		Confirms: order.Text{
			EN: "a reply with a time in it",
			JA: "日時の入った応答",
		},
		Contradicts: order.Text{
			EN: "a reply without the field",
			JA: "この項目のない応答",
		},
	}}
}
