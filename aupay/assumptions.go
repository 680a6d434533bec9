package aupay

import "github.com/jpmall/jpmall/order"

// Assumptions is what this package takes for true of au PAY Market without knowing it for sure: its
// documents are for merchants only.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "codes", Sure: order.Inferred, Code: []string{"codes", "authenticationCode"},
		Taken: order.Text{
			EN: "Codes of four digits that begin with 0 are about the key, CME is common, PME of goods. No code of an " +
				"order operation is known; an unknown one counts as invalid.",
			JA: "0 で始まる 4 桁は認証、CME は共通、PME は商品のコードとします。受注操作のコードは未公開で、未知のものは「不正な入力」とします。",
		},
		Source: order.Text{
			EN: "rows quoted in public code",
			JA: "公開コードに引用された行",
		},
		Confirms: order.Text{
			EN: "such a code with a message of that kind",
			JA: "その種類の文言を伴うコード",
		},
		Contradicts: order.Text{
			EN: "one whose message is about something else",
			JA: "別の内容の文言を伴うコード",
		},
	}, {
		ID: "pages", Sure: order.NotSaid, Code: []string{"SearchTradeInfoList", "SearchOrders"},
		Taken: order.Text{
			EN: "Rows come in no known order, and new orders can shift pages between two calls; a window whose " +
				"rows moved is read again.",
			JA: "行の並び順は不明で、2 回の呼び出しの間に新しい受注でページがずれることがあります。行が動いた期間は読み直します。",
		},
		Source: order.Text{
			EN: "the order is not documented",
			JA: "並び順の記載なし",
		},
		Confirms: order.Text{
			EN: "an order that stands on two pages",
			JA: "2 つのページに現れる受注",
		},
		Contradicts: order.Text{
			EN: "rows that always come by orderDate or orderId",
			JA: "常に注文日または注文番号の順の行",
		},
	}, {
		ID: "result-count", Sure: order.NotSaid, Code: []string{"ResultCount"},
		Taken: order.Text{
			EN: "resultCount may be of the page or of the whole search; the end is a page that is not full.",
			JA: "resultCount がページの件数か全体の件数かは不明です。満たないページを終わりとします。",
		},
		Source: order.Text{
			EN: "sources differ",
			JA: "情報源により異なる",
		},
		Confirms: order.Text{
			EN: "a full first page whose resultCount is larger",
			JA: "満杯の 1 ページ目で resultCount がそれより大きいこと",
		},
		Contradicts: order.Text{
			EN: "one whose resultCount is its rows",
			JA: "行数と一致すること",
		},
	}, {
		ID: "number-rows", Sure: order.NotSaid, Code: []string{"Numbers"},
		Taken: order.Text{
			EN: "searchTradeNoListProc writes one row with all numbers, or one row each; both are read.",
			JA: "searchTradeNoListProc は 1 行に全番号、または 1 行 1 番号で返ります。両方を読みます。",
		},
		Source: order.Text{
			EN: "two sources that contradict one another",
			JA: "食い違う 2 つの情報源",
		},
		Confirms: order.Text{
			EN: "a reply with several orderId in one orderInfo",
			JA: "1 つの orderInfo に複数の orderId",
		},
		Contradicts: order.Text{
			EN: "a reply with several orderInfo",
			JA: "複数の orderInfo",
		},
	}, {
		ID: "repeat-updates", Sure: order.Inferred, Code: []string{"operations"},
		Taken: order.Text{
			EN: "updateTradeInfoProc, updateTradeStsProc and updateStock set absolute values, so that repeating them " +
				"is harmless.",
			JA: "updateTradeInfoProc・updateTradeStsProc・updateStock は絶対値を設定するため、再送は無害とします。",
		},
		Source: order.Text{
			EN: "their parameters",
			JA: "パラメーターの形",
		},
		Confirms: order.Text{
			EN: "the second of two equal calls answers 0",
			JA: "同じ呼び出しの 2 回目も 0 の応答",
		},
		Contradicts: order.Text{
			EN: "it is refused, or the buyer gets a second mail",
			JA: "拒否されること、または購入者へ 2 通目のメール",
		},
	}, {
		ID: "cancel-body", Sure: order.OneWord, Code: []string{"CancelTrade"},
		Taken: order.Text{
			EN: "The request of cancelTradeProc: cancelReason, at most two bytes, of which 9 is other, and " +
				"cancelComment.",
			JA: "cancelTradeProc の内容：cancelReason（2 バイト以内、9 はその他）と cancelComment。",
		},
		Source: order.Text{
			EN: "one public client",
			JA: "公開クライアント 1 件",
		},
		Confirms: order.Text{
			EN: "a status of 0 and the order as キャンセル",
			JA: "0 の応答とキャンセル状態の受注",
		},
		Contradicts: order.Text{
			EN: "an error that names an element",
			JA: "項目名を示すエラー",
		},
	}, {
		ID: "options-in-sum", Sure: order.Inferred, Code: []string{"amountsOf", "doubt"},
		Taken: order.Text{
			EN: "Options and wrapping belong to the sum, and amounts include tax; what premium benefits change is " +
				"open.",
			JA: "オプションとラッピングは合計に含まれ、金額は税込とします。会員特典の影響は不明です。",
		},
		Source: order.Text{
			EN: "the names of the elements",
			JA: "項目名",
		},
		Confirms: order.Text{
			EN: "orders with them that add up to requestPrice",
			JA: "含めた合計が requestPrice と一致する受注",
		},
		Contradicts: order.Text{
			EN: "orders that do not",
			JA: "一致しない受注",
		},
	}, {
		ID: "carrier-3", Sure: order.OneWord, Code: []string{"CarrierJPExpress"},
		Taken: order.Text{
			EN: "shippingCarrier 3 is JPエクスプレス and 7 Rakuten EXPRESS; both services have ended.",
			JA: "shippingCarrier の 3 は JPエクスプレス、7 は Rakuten EXPRESS です（いずれも終了）。",
		},
		Source: order.Text{
			EN: "3 stands in one old source",
			JA: "3 は古い情報源 1 件のみ",
		},
		Confirms: order.Text{
			EN: "an old order with 3 and a number of that carrier",
			JA: "その業者の番号を持つ古い受注",
		},
		Contradicts: order.Text{
			EN: "an order of today with 3",
			JA: "現在の受注に 3 が現れること",
		},
	}, {
		ID: "line-cancelled", Sure: order.Inferred, Code: []string{"cancelled"},
		Taken: order.Text{
			EN: "itemCancelStatus C is a cancelled line.",
			JA: "itemCancelStatus の C は明細のキャンセルです。",
		},
		Source: order.Text{
			EN: "the values of cancelStatus",
			JA: "cancelStatus の値からの類推",
		},
		Confirms: order.Text{
			EN: "C beside an itemCancelDate",
			JA: "itemCancelDate とともに C",
		},
		Contradicts: order.Text{
			EN: "another letter beside one",
			JA: "itemCancelDate とともに別の文字",
		},
	}, {
		ID: "pickup-shop", Sure: order.Inferred, Code: []string{"SenderShopCD"},
		Taken: order.Text{
			EN: "senderShopCd means that the buyer collects the parcel at a shop.",
			JA: "senderShopCd があれば店舗受取とします。",
		},
		Source: order.Text{
			EN: "its name",
			JA: "項目名",
		},
		Confirms: order.Text{
			EN: "it stands beside a shop's address",
			JA: "店舗の住所とともに現れること",
		},
		Contradicts: order.Text{
			EN: "it stands beside a home's address",
			JA: "個人の住所とともに現れること",
		},
	}, {
		ID: "byte-limits", Sure: order.NotSaid, Code: []string{"UpdateTradeInfo"},
		Taken: order.Text{
			EN: "Lengths are counted in bytes of UTF-8, the stricter way.",
			JA: "長さは UTF-8 のバイト数（厳しい側）で数えます。",
		},
		Source: order.Text{
			EN: "the documents say bytes only",
			JA: "仕様はバイト数のみ",
		},
		Confirms: order.Text{
			EN: "a refusal of one byte more",
			JA: "1 バイト超過で拒否されること",
		},
		Contradicts: order.Text{
			EN: "a longer text that is taken",
			JA: "より長い文字列が受け付けられること",
		},
	}}
}
