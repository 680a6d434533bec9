package yahoo

import "github.com/jpmall/jpmall/order"

// Assumptions returns what this package assumes about Yahoo! Shopping without knowing it for sure.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "codes-px-143", Sure: order.Reported, Code: []string{"codes"},
		Taken: order.Text{
			EN: "px-14303 and px-14304 mean that the business ID lacks rights, the key version is missing, or the store " +
				"is not permitted.",
			JA: "px-14303・px-14304 はビジネス ID の権限不足、鍵バージョンの欠落、または許可されていないストアを意味します。",
		},
		Source: order.Text{
			EN: "vendors, and the table of one client",
			JA: "複数のベンダーとクライアント 1 件の表",
		},
		Confirms: order.Text{
			EN: "the code disappears once the right is granted",
			JA: "権限を付与すると解消すること",
		},
		Contradicts: order.Text{
			EN: "the code while other calls of the same store work",
			JA: "同じストアの他の呼び出しが成功するときにも現れること",
		},
	}, {
		ID: "authorize-status", Watched: true, Sure: order.OneWord,
		Code: []string{"AuthorizeStatus"},
		Taken: order.Text{
			EN: "The values of X-SWS-Authorize-Status, in lower case, other than authorized, none and expired-key-version.",
			JA: "X-SWS-Authorize-Status の値（小文字。authorized・none・expired-key-version 以外）。",
		},
		Source: order.Text{
			EN: "one public client",
			JA: "公開クライアント 1 件",
		},
		Confirms: order.Text{
			EN: "the header with one of these values, in the state it names",
			JA: "その値と状態が一致する応答ヘッダー",
		},
		Contradicts: order.Text{
			EN: "a value that is not in the table",
			JA: "表にない値",
		},
	}, {
		ID: "day-of-budget", Sure: order.Inferred, Code: []string{"Budget"},
		Taken: order.Text{
			EN: "The 50,000 calls a day are counted from midnight in Japan.",
			JA: "1 日 5 万回の上限は日本時間 0 時から数えます。",
		},
		Source: order.Text{
			EN: "the mall does not document when the day begins",
			JA: "起算時刻の公表はありません",
		},
		Confirms: order.Text{
			EN: "a 403 for exceeding the limit that ends at midnight",
			JA: "上限超過の 403 が 0 時に解消すること",
		},
		Contradicts: order.Text{
			EN: "one that ends at another hour",
			JA: "別の時刻に解消すること",
		},
	}, {
		ID: "line-gift-charge", Watched: true, Sure: order.NotSaid, Code: []string{"unsure"},
		Taken: order.Text{
			EN: "It is unknown whether the total includes LineGiftCharge; the sum of an order with it is undetermined.",
			JA: "LineGiftCharge が合計に含まれるかは不明です。この項目がある受注は「判定不可」とします。",
		},
		Source: order.Text{
			EN: "not in the reference of orderInfo",
			JA: "orderInfo の仕様書に記載なし",
		},
		Confirms: order.Text{
			EN: "an order whose sum with it is TotalPrice",
			JA: "含めた合計が TotalPrice と一致する受注",
		},
		Contradicts: order.Text{
			EN: "an order whose sum without it is",
			JA: "除いた合計が一致する受注",
		},
	}, {
		ID: "time-zone-code", Watched: true, Sure: order.OneWord, Code: []string{"zoneSlots"},
		Taken: order.Text{
			EN: "ShipRequestTimeZoneCode 101 to 105 are 8-12, 14-16, 16-18, 18-20 and 19-21.",
			JA: "ShipRequestTimeZoneCode の 101～105 は 8-12・14-16・16-18・18-20・19-21 時です。",
		},
		Source: order.Text{
			EN: "one page of the mall",
			JA: "モールのページ 1 つ",
		},
		Confirms: order.Text{
			EN: "an order whose ShipRequestTime has the same hours",
			JA: "ShipRequestTime が同じ時間を示す受注",
		},
		Contradicts: order.Text{
			EN: "one whose hours differ: the problem \"not the slot of ShipRequestTime\"",
			JA: "時間が異なる受注（Problems に「not the slot of ShipRequestTime」と出ます）",
		},
	}, {
		ID: "no-such-order", Sure: order.Reported, Code: []string{"codeNoOrder"},
		Taken: order.Text{
			EN: "od91801 means that the store does not have the order.",
			JA: "od91801 はストアに存在しない受注を意味します。",
		},
		Source: order.Text{
			EN: "three sources; the list of codes is not public",
			JA: "情報源 3 件（コード一覧は未公開）",
		},
		Confirms: order.Text{
			EN: "the code for a number that never existed",
			JA: "存在しない番号への応答に現れること",
		},
		Contradicts: order.Text{
			EN: "the code for an order that orderList shows",
			JA: "orderList に現れる受注への応答に現れること",
		},
	}, {
		ID: "field-spelling", Sure: order.OneWord, Code: []string{"BillFirstNameKana"},
		Taken: order.Text{
			EN: "orderChange expects the spelling BillFirstnameKana, as printed in its table.",
			JA: "orderChange の項目名は表の綴り BillFirstnameKana に従います。",
		},
		Source: order.Text{
			EN: "the reference; its other tables spell it differently",
			JA: "仕様書（他の表では綴りが異なります）",
		},
		Confirms: order.Text{
			EN: "a change that is visible in orderInfo",
			JA: "orderInfo に変更が反映されること",
		},
		Contradicts: order.Text{
			EN: "od90101 naming the field, or no change",
			JA: "項目名を示す od90101、または反映されないこと",
		},
	}, {
		ID: "session-from-consent", Watched: true, Sure: order.Reported,
		Code: []string{"Session", "sessionLife", "signedLife"},
		Taken: order.Text{
			EN: "The order session lasts 12 hours from the consent, or 4 weeks while the public-key signature is accepted.",
			JA: "注文 API のセッションは同意から 12 時間、公開鍵認証が受け付けられている間は 4 週間続くものとします。",
		},
		Source: order.Text{
			EN: "the durations are documented, their start is reported by users",
			JA: "長さは公式、起算点は利用者の報告",
		},
		Confirms: order.Text{
			EN: "px-04102 after that time",
			JA: "その時刻以降の px-04102",
		},
		Contradicts: order.Text{
			EN: "px-04102 before it, or an answer after it",
			JA: "それ以前の px-04102、またはそれ以降の正常な応答",
		},
	}, {
		ID: "shown-after", Sure: order.NotSaid, Code: []string{"shownAfter"},
		Taken: order.Text{
			EN: "An update is visible in the order within 15 minutes.",
			JA: "更新は 15 分以内に受注へ反映されるものとします。",
		},
		Source: order.Text{
			EN: "not published: a generous guess",
			JA: "公表なし（余裕を見た推定）",
		},
		Confirms: order.Text{
			EN: "updates that are visible within that time",
			JA: "その時間内の反映",
		},
		Contradicts: order.Text{
			EN: "one that is visible only later",
			JA: "それより遅い反映",
		},
	}, {
		ID: "cancelled-later", Sure: order.NotSaid, Code: []string{"codeLater"},
		Taken: order.Text{
			EN: "A cancellation with the warning od91704 is accepted and carried out later; when is not documented.",
			JA: "警告 od91704 のキャンセルは受理され、後で実行されます（時期は不明）。",
		},
		Source: order.Text{
			EN: "the text of the code",
			JA: "コードの文言",
		},
		Confirms: order.Text{
			EN: "the order is cancelled some time later",
			JA: "のちにキャンセル状態となる受注",
		},
		Contradicts: order.Text{
			EN: "an order that is not cancelled",
			JA: "キャンセルされない受注",
		},
	}, {
		ID: "stock-at-once", Sure: order.NotSaid, Code: []string{"SetStock"},
		Taken: order.Text{
			EN: "setStock may change some codes and refuse others (207); the stock is read after a failure.",
			JA: "setStock は一部の商品だけ更新することがあり（207）、失敗後は在庫を読み直します。",
		},
		Source: order.Text{
			EN: "the reference says both that one overflow fails all and that codes fail one by one",
			JA: "仕様書には「1 件の超過で全件失敗」と「商品ごとの失敗」の両方の記載があります",
		},
		Confirms: order.Text{
			EN: "a 207 with some codes changed",
			JA: "一部だけ更新された 207",
		},
		Contradicts: order.Text{
			EN: "a failure after which no code has changed",
			JA: "1 件も更新されていない失敗",
		},
	}}
}
