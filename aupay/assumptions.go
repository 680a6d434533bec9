package aupay

import "github.com/jpmall/jpmall/order"

// Assumptions returns what this package assumes about au PAY Market without knowing it for sure:
// the documents are for merchants only.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "codes", Sure: order.Inferred, Code: []string{"codes", "authenticationCode"},
		Taken: order.Text{
			EN: "Four-digit codes that begin with 0 concern the key, CME codes are common, PME codes concern goods. " +
				"No code of an order operation is known; unknown codes are treated as invalid input.",
			JA: "0 で始まる 4 桁は認証、CME は共通、PME は商品のコードとします。受注操作のコードは不明で、未知のコードは「不正な入力」とします。",
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
			EN: "one whose message concerns something else",
			JA: "別の内容の文言を伴うコード",
		},
	}, {
		ID: "pages", Watched: true, Sure: order.NotSaid,
		Code: []string{"SearchTradeInfoList", "OrdersBy"},
		Taken: order.Text{
			EN: "The order of rows is unknown, and new orders can shift pages between two calls. A window whose rows " +
				"shifted is read again.",
			JA: "行の並び順は不明で、2 回の呼び出しの間に新しい受注でページがずれることがあります。行が動いた期間は読み直します。",
		},
		Source: order.Text{
			EN: "not documented",
			JA: "並び順の記載なし",
		},
		Confirms: order.Text{
			EN: "ten or more rows that are sorted neither by orderDate nor by orderId",
			JA: "注文日順でも注文番号順でもない 10 行以上のページ",
		},
		Contradicts: order.Text{
			EN: "ten or more rows that are sorted by one of them",
			JA: "いずれかの順の 10 行以上のページ",
		},
	}, {
		ID: "result-count", Watched: true, Sure: order.NotSaid, Code: []string{"ResultCount"},
		Taken: order.Text{
			EN: "resultCount is the count of the whole search (of the page, according to other sources). Either way, a page that is not full is the last.",
			JA: "resultCount は検索全体の件数とします（ページの件数とする情報源もあります）。いずれの場合も、上限に満たないページを最後とみなします。",
		},
		Source: order.Text{
			EN: "sources differ",
			JA: "情報源により異なる",
		},
		Confirms: order.Text{
			EN: "a page with fewer rows than its resultCount",
			JA: "resultCount より行が少ないページ",
		},
		Contradicts: order.Text{
			EN: "a later page that ends beyond its resultCount",
			JA: "終わりの行番号が resultCount を超える 2 ページ目以降",
		},
	}, {
		ID: "number-rows", Watched: true, Sure: order.NotSaid, Code: []string{"Numbers"},
		Taken: order.Text{
			EN: "searchTradeNoListProc returns one row with all numbers, or one row for each; both are read.",
			JA: "searchTradeNoListProc は、1 行に全番号、または 1 行に 1 番号を返します。どちらも読み取れます。",
		},
		Source: order.Text{
			EN: "two sources that contradict each other",
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
			EN: "updateTradeInfoProc, updateTradeStsProc and updateStock set absolute values, so they are safe to " +
				"repeat.",
			JA: "updateTradeInfoProc・updateTradeStsProc・updateStock は絶対値を設定するため、再送しても問題ないものとします。",
		},
		Source: order.Text{
			EN: "their parameters",
			JA: "パラメーターの形",
		},
		Confirms: order.Text{
			EN: "the second of two identical calls returns 0",
			JA: "同じ呼び出しの 2 回目も 0 の応答",
		},
		Contradicts: order.Text{
			EN: "it is refused, or the buyer gets a second email",
			JA: "拒否されること、または購入者へ 2 通目のメール",
		},
	}, {
		ID: "cancel-body", Sure: order.OneWord, Code: []string{"CancelTrade"},
		Taken: order.Text{
			EN: "The request of cancelTradeProc: cancelReason (at most two bytes, 9 means other) and " +
				"cancelComment.",
			JA: "cancelTradeProc の内容：cancelReason（2 バイト以内、9 はその他）と cancelComment。",
		},
		Source: order.Text{
			EN: "one public client",
			JA: "公開クライアント 1 件",
		},
		Confirms: order.Text{
			EN: "a status of 0, and the order is キャンセル",
			JA: "0 の応答とキャンセル状態の受注",
		},
		Contradicts: order.Text{
			EN: "an error that names an element",
			JA: "項目名を示すエラー",
		},
	}, {
		ID: "options-in-sum", Watched: true, Sure: order.Inferred,
		Code: []string{"amountsOf", "doubt"},
		Taken: order.Text{
			EN: "The sum includes options and wrapping, and amounts include tax; the effect of membership benefits " +
				"is unknown.",
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
			EN: "3 is in one old source only",
			JA: "3 は古い情報源 1 件のみ",
		},
		Confirms: order.Text{
			EN: "an old order with 3 and a number of that carrier",
			JA: "その業者の番号を持つ古い受注",
		},
		Contradicts: order.Text{
			EN: "a current order with 3",
			JA: "現在の受注に 3 が現れること",
		},
	}, {
		ID: "line-cancelled", Watched: true, Sure: order.Inferred, Code: []string{"cancelled"},
		Taken: order.Text{
			EN: "itemCancelStatus C is a cancelled line.",
			JA: "itemCancelStatus の C は明細のキャンセルです。",
		},
		Source: order.Text{
			EN: "the values of cancelStatus",
			JA: "cancelStatus の値からの類推",
		},
		Confirms: order.Text{
			EN: "C with an itemCancelDate",
			JA: "itemCancelDate とともに C",
		},
		Contradicts: order.Text{
			EN: "another letter with an itemCancelDate",
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
			EN: "it appears with a shop's address",
			JA: "店舗の住所とともに現れること",
		},
		Contradicts: order.Text{
			EN: "it appears with a home address",
			JA: "個人の住所とともに現れること",
		},
	}, {
		ID: "byte-limits", Sure: order.NotSaid, Code: []string{"UpdateTradeInfo"},
		Taken: order.Text{
			EN: "Lengths are counted in bytes of UTF-8, the stricter interpretation.",
			JA: "長さは UTF-8 のバイト数（厳しい側）で数えます。",
		},
		Source: order.Text{
			EN: "the documents only mention bytes",
			JA: "仕様書には「バイト」とだけ記載",
		},
		Confirms: order.Text{
			EN: "a refusal at one byte more",
			JA: "1 バイト超過で拒否されること",
		},
		Contradicts: order.Text{
			EN: "longer text that is accepted",
			JA: "より長い文字列が受け付けられること",
		},
	}, {
		ID: "empty-has-count", Watched: true, Sure: order.Inferred, Code: []string{"answers"},
		Taken: order.Text{
			EN: "A search without hits returns a resultCount of zero.",
			JA: "該当のない検索は resultCount 0 で返ります。",
		},
		Source: order.Text{
			EN: "one public client",
			JA: "公開クライアント 1 件",
		},
		Confirms: order.Text{
			EN: "such a reply",
			JA: "その応答",
		},
		Contradicts: order.Text{
			EN: "a successful reply without rows and without resultCount",
			JA: "行も resultCount もない正常な応答",
		},
	}, {
		ID: "unknown-order", Watched: true, Sure: order.NotSaid, Code: []string{"answers", "SearchTradeInfo"},
		Taken: order.Text{
			EN: "The answer of searchTradeInfoProc to an unknown number is unknown; an order in it must be the one requested.",
			JA: "存在しない番号への searchTradeInfoProc の応答は不明です。応答中の受注は指定した番号でなければなりません。",
		},
		Source: order.Text{
			EN: "no such reply was published",
			JA: "公開された応答例なし",
		},
		Confirms: order.Text{
			EN: "a successful reply without an order, or an error",
			JA: "受注のない正常な応答、またはエラー",
		},
		Contradicts: order.Text{
			EN: "a reply with another order",
			JA: "別の受注の応答",
		},
	}, {
		ID: "date-types", Watched: true, Sure: order.OneWord, Code: []string{"ByShippingDate"},
		Taken: order.Text{
			EN: "Searches by shipping, payment, release and deadline date (the search by order date is confirmed).",
			JA: "発送日・入金日・発売日・発送期限日での検索（注文日での検索は確認済み）。",
		},
		Source: order.Text{
			EN: "one public client",
			JA: "公開クライアント 1 件",
		},
		Confirms: order.Text{
			EN: "a search by shipping date that finds only orders shipped in the period, some of which were placed before it",
			JA: "発送日での検索の結果が期間内に発送された受注だけで、期間前の注文を含む",
		},
		Contradicts: order.Text{
			EN: "one that finds an order shipped at another time",
			JA: "期間外に発送された受注を含む",
		},
	}, {
		ID: "other-spellings", Sure: order.OneWord, Code: []string{"Unify"},
		Taken: order.Text{
			EN: "Some elements have a second spelling, such as lotNumber; both are read.",
			JA: "一部の項目は別の綴り（lotNumber など）でも現れ、両方を読みます。",
		},
		Source: order.Text{
			EN: "one source each",
			JA: "情報源 各 1 件",
		},
		Confirms: order.Text{
			EN: "an element in that spelling",
			JA: "その綴りの項目",
		},
		Contradicts: order.Text{
			EN: "no such element in many orders",
			JA: "多くの受注に現れないこと",
		},
	}, {
		ID: "shown-after", Sure: order.NotSaid, Code: []string{"shownAfter"},
		Taken: order.Text{
			EN: "A write is visible in the order within 15 minutes.",
			JA: "更新は 15 分以内に受注へ反映されるものとします。",
		},
		Source: order.Text{
			EN: "not published: a generous guess",
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
		ID: "largest-page", Sure: order.Inferred, Code: []string{"maxPage"},
		Taken: order.Text{
			EN: "A page of orders has 1,000 rows at most.",
			JA: "受注は 1 ページ 1,000 件が上限です。",
		},
		Source: order.Text{
			EN: "six public clients ask for 1,000; none asks for more",
			JA: "公開クライアント 6 件が 1,000 件を指定し、それを超える例はありません",
		},
		Confirms: order.Text{
			EN: "a refusal of 1,001",
			JA: "1,001 件の指定の拒否",
		},
		Contradicts: order.Text{
			EN: "a page with more rows, or with fewer when more are there",
			JA: "それを超えるページ、または残りがあるのに少ないページ",
		},
	}, {
		ID: "both-days", Sure: order.Inferred, Code: []string{"StartDate", "EndDate"},
		Taken: order.Text{
			EN: "A search includes both its first and its last day.",
			JA: "検索期間は開始日と終了日の両方を含みます。",
		},
		Source: order.Text{
			EN: "public clients",
			JA: "公開クライアント",
		},
		Confirms: order.Text{
			EN: "orders of both days in a reply",
			JA: "両日の受注がある応答",
		},
		Contradicts: order.Text{
			EN: "orders of a day that are found only with a longer period",
			JA: "期間を延ばさないと現れない受注",
		},
	}, {
		ID: "address-refused", Sure: order.Inferred, Code: []string{"addressHint"},
		Taken: order.Text{
			EN: "A call from an unregistered address is refused with 403.",
			JA: "登録されていない IP アドレスからの呼び出しは 403 で拒否されます。",
		},
		Source: order.Text{
			EN: "no such reply was published",
			JA: "公開された応答例なし",
		},
		Confirms: order.Text{
			EN: "a 403 that ends once the address is registered",
			JA: "アドレスの登録後に解消する 403",
		},
		Contradicts: order.Text{
			EN: "another status or code for it",
			JA: "別のステータスまたはコード",
		},
	}, {
		ID: "stock-rows", Sure: order.NotSaid, Code: []string{"Stocks"},
		Taken: order.Text{
			EN: "The order of rows of searchStocks is unknown; an item on two pages is used once.",
			JA: "searchStocks の並び順は不明です。2 ページに現れる商品は 1 回だけ使います。",
		},
		Source: order.Text{
			EN: "not documented",
			JA: "記載なし",
		},
		Confirms: order.Text{
			EN: "items that move between two pages",
			JA: "ページ間で移動する商品",
		},
		Contradicts: order.Text{
			EN: "the same order every time",
			JA: "毎回同じ並び順",
		},
	}}
}
