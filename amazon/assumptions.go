package amazon

import "github.com/jpmall/jpmall/order"

// Assumptions is what this package takes for true of Amazon without knowing it for sure.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "grand-total", Sure: order.NotSaid, Code: []string{"unsure"},
		Taken: order.Text{
			EN: "What grandTotal contains in Japan is open, and whether tax is in ITEM: every sum cannot be told.",
			JA: "grandTotal の内訳と、ITEM に税が含まれるかは不明です。合計は常に「判定不可」とします。",
		},
		Source: order.Text{
			EN: "the model calls it what the seller receives; a public question was not settled",
			JA: "モデルの説明は「出品者の受取額」、公開の質問は未解決",
		},
		Confirms: order.Text{
			EN: "orders with tax, points and fees whose sums are grandTotal",
			JA: "税・ポイント・手数料を含む合計が grandTotal と一致する受注",
		},
		Contradicts: order.Text{
			EN: "orders whose sums are not",
			JA: "一致しない受注",
		},
	}, {
		ID: "discount-sign", Sure: order.NotSaid, Code: []string{"component"},
		Taken: order.Text{
			EN: "A DISCOUNT lowers the sum, whether it is written with a minus or not.",
			JA: "DISCOUNT は符号に関わらず合計から引きます。",
		},
		Source: order.Text{
			EN: "the model does not say",
			JA: "モデルに記載なし",
		},
		Confirms: order.Text{
			EN: "an order with a discount below the price of its goods",
			JA: "値引きのある受注で、商品代金を下回る合計",
		},
		Contradicts: order.Text{
			EN: "a discount that raises the total",
			JA: "値引きで合計が増える受注",
		},
	}, {
		ID: "authorisation-year", Sure: order.Inferred, Code: []string{"Keys"},
		Taken: order.Text{
			EN: "The seller's authorisation ends after a year for self-authorised private applications, too.",
			JA: "自己認可の非公開アプリでも、出品者の認可は 1 年で切れるものとします。",
		},
		Source: order.Text{
			EN: "said of public applications",
			JA: "公開アプリについての記載",
		},
		Confirms: order.Text{
			EN: "invalid_grant a year after the authorisation",
			JA: "認可から 1 年後の invalid_grant",
		},
		Contradicts: order.Text{
			EN: "a token after that",
			JA: "その後もトークンが得られること",
		},
	}, {
		ID: "carrier-codes", Sure: order.Reported, Code: []string{"carriers", "CarrierOther"},
		Taken: order.Text{
			EN: "The carrier codes of Amazon.co.jp, spelled exactly so.",
			JA: "Amazon.co.jp の配送業者コードとその綴り。",
		},
		Source: order.Text{
			EN: "public copies of a page that needs a login",
			JA: "ログインが必要なページの公開された写し",
		},
		Confirms: order.Text{
			EN: "a package that getOrder shows after confirmShipment",
			JA: "confirmShipment 後に getOrder に現れる荷物",
		},
		Contradicts: order.Text{
			EN: "InvalidInput, or a 204 and no package",
			JA: "InvalidInput、または 204 でも荷物が現れないこと",
		},
	}, {
		ID: "confirm-drops", Sure: order.Reported, Code: []string{"Ship"},
		Taken: order.Text{
			EN: "confirmShipment may answer 204 and drop the report, of an unknown carrier for instance: only the " +
				"order's own state is proof.",
			JA: "confirmShipment は 204 を返しても、不明な配送業者などで報告が失われることがあります。受注の状態だけを証拠とします。",
		},
		Source: order.Text{
			EN: "a public issue of Amazon's models",
			JA: "Amazon の公開 issue",
		},
		Confirms: order.Text{
			EN: "a 204 and no package",
			JA: "204 でも荷物が現れないこと",
		},
		Contradicts: order.Text{
			EN: "an error for every report that is not applied",
			JA: "反映されない報告すべてにエラーが返ること",
		},
	}, {
		ID: "unknown-status", Sure: order.NotSaid, Code: []string{"open", "statuses"},
		Taken: order.Text{
			EN: "A fulfillmentStatus that is not in the model counts as open, so that a wish to cancel shows.",
			JA: "モデルにない fulfillmentStatus は未処理とみなし、キャンセル希望を表示します。",
		},
		Source: order.Text{
			EN: "nobody says what else may come",
			JA: "他の値の記載なし",
		},
		Confirms: order.Text{
			EN: "an order with such a status that is shipped later",
			JA: "その後発送される受注",
		},
		Contradicts: order.Text{
			EN: "one that is closed",
			JA: "完了している受注",
		},
	}}
}
