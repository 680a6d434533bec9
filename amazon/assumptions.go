package amazon

import "github.com/jpmall/jpmall/order"

// Assumptions returns what this package assumes about Amazon without knowing it for sure.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "grand-total", Watched: true, Sure: order.NotSaid, Code: []string{"unsure"},
		Taken: order.Text{
			EN: "grandTotal is the sum of the breakdowns, with tax separate from the goods and discounts deducted. " +
				"This is not certain enough, so every sum is undetermined.",
			JA: "grandTotal は内訳の合計（税は商品代金と別、値引きは控除）とみられますが、確証がないため合計は常に「判定不可」とします。",
		},
		Source: order.Text{
			EN: "the model describes it as what the seller receives; a public question about it is unanswered",
			JA: "モデルの説明は「出品者の受取額」、公開の質問は未解決",
		},
		Confirms: order.Text{
			EN: "orders with tax or discounts whose sums equal grandTotal",
			JA: "税や値引きを含む合計が grandTotal と一致する受注",
		},
		Contradicts: order.Text{
			EN: "orders whose sums differ",
			JA: "一致しない受注",
		},
	}, {
		ID: "discount-sign", Watched: true, Sure: order.NotSaid, Code: []string{"component"},
		Taken: order.Text{
			EN: "A DISCOUNT lowers the sum, with or without a minus sign.",
			JA: "DISCOUNT は符号に関わらず合計から引きます。",
		},
		Source: order.Text{
			EN: "not in the model",
			JA: "モデルに記載なし",
		},
		Confirms: order.Text{
			EN: "an order with a discount whose total is below the price of its goods",
			JA: "値引きのある受注で、商品代金を下回る合計",
		},
		Contradicts: order.Text{
			EN: "a discount that raises the total",
			JA: "値引きで合計が増える受注",
		},
	}, {
		ID: "authorisation-year", Sure: order.Inferred, Code: []string{"Keys"},
		Taken: order.Text{
			EN: "The seller's authorisation expires after a year for self-authorised private applications, too.",
			JA: "自己認可の非公開アプリでも、出品者の認可は 1 年で切れるものとします。",
		},
		Source: order.Text{
			EN: "documented for public applications",
			JA: "公開アプリについての記載",
		},
		Confirms: order.Text{
			EN: "invalid_grant a year after the authorisation",
			JA: "認可から 1 年後の invalid_grant",
		},
		Contradicts: order.Text{
			EN: "a token issued after that",
			JA: "その後もトークンが得られること",
		},
	}, {
		ID: "carrier-codes", Watched: true, Sure: order.Reported,
		Code: []string{"carriers", "CarrierOther"},
		Taken: order.Text{
			EN: "The carrier codes of Amazon.co.jp and their exact spelling.",
			JA: "Amazon.co.jp の配送業者コードとその綴り。",
		},
		Source: order.Text{
			EN: "public copies of a page that requires a login",
			JA: "ログインが必要なページの公開された写し",
		},
		Confirms: order.Text{
			EN: "a package with one of them in an order",
			JA: "受注の荷物にこれらのコードが現れること",
		},
		Contradicts: order.Text{
			EN: "another spelling of one, or InvalidInput that names carrierCode",
			JA: "別の綴り、または carrierCode を示す InvalidInput",
		},
	}, {
		ID: "confirm-drops", Sure: order.Reported, Code: []string{"Ship"},
		Taken: order.Text{
			EN: "confirmShipment may return 204 and still drop the report, for example with an unknown carrier. Only " +
				"the state of the order is proof.",
			JA: "confirmShipment は 204 を返しても、不明な配送業者などで報告が失われることがあります。受注の状態だけを証拠とします。",
		},
		Source: order.Text{
			EN: "a public issue of Amazon's models",
			JA: "Amazon の公開 issue",
		},
		Confirms: order.Text{
			EN: "a 204, but no package",
			JA: "204 でも荷物が現れないこと",
		},
		Contradicts: order.Text{
			EN: "an error for every report that is not applied",
			JA: "反映されない報告すべてにエラーが返ること",
		},
	}, {
		ID: "unknown-status", Watched: true, Sure: order.NotSaid,
		Code: []string{"open", "statuses"},
		Taken: order.Text{
			EN: "A fulfillmentStatus that is not in the model is treated as open, so that a cancellation request is shown.",
			JA: "モデルにない fulfillmentStatus は未処理とみなし、キャンセル希望を表示します。",
		},
		Source: order.Text{
			EN: "other values are not documented",
			JA: "他の値の記載なし",
		},
		Confirms: order.Text{
			EN: "an order with such a status and units left to ship",
			JA: "その状態で未出荷の数量が残る受注",
		},
		Contradicts: order.Text{
			EN: "one with no units left to ship",
			JA: "その状態で未出荷の数量が残らない受注",
		},
	}, {
		ID: "rate-header", Watched: true, Sure: order.NotSaid, Code: []string{"slowest", "learn"},
		Taken: order.Text{
			EN: "A rate in x-amzn-RateLimit-Limit that is below a twentieth of the documented one, or below one call " +
				"an hour, is a mistake and is not adopted.",
			JA: "x-amzn-RateLimit-Limit の値が公表値の 20 分の 1 未満、または 1 時間に 1 回未満のときは、誤りとみなして採用しません。",
		},
		Source: order.Text{
			EN: "rates are adapted to the seller; no lower bound is documented",
			JA: "出品者に応じて変わるとの記載のみで、下限の記載なし",
		},
		Confirms: order.Text{
			EN: "replies with higher rates",
			JA: "これを上回る値の応答",
		},
		Contradicts: order.Text{
			EN: "one with such a rate",
			JA: "これを下回る値の応答",
		},
	}, {
		ID: "shown-after", Sure: order.Reported, Code: []string{"shownAfter"},
		Taken: order.Text{
			EN: "A confirmed package is visible in the order within 15 minutes.",
			JA: "出荷通知は 15 分以内に受注へ反映されるものとします。",
		},
		Source: order.Text{
			EN: "minutes were reported; not documented",
			JA: "数分との報告（公表なし）",
		},
		Confirms: order.Text{
			EN: "packages that are visible within that time",
			JA: "その時間内の反映",
		},
		Contradicts: order.Text{
			EN: "one that is visible only later",
			JA: "それより遅い反映",
		},
	}, {
		ID: "paid-from-status", Sure: order.Inferred, Code: []string{"paid"},
		Taken: order.Text{
			EN: "An order that is not pending is paid or its payment authorised.",
			JA: "保留中でない受注は、支払い済みまたは与信済みとみなします。",
		},
		Source: order.Text{
			EN: "Amazon keeps an order pending until the payment is authorised",
			JA: "支払いが承認されるまで、注文は保留中となります",
		},
		Confirms: order.Text{
			EN: "such orders are settled in the payment reports",
			JA: "ペイメントのレポートで入金される受注",
		},
		Contradicts: order.Text{
			EN: "one that was never paid",
			JA: "支払われなかった受注",
		},
	}}
}
