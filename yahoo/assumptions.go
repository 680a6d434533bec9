package yahoo

import "github.com/jpmall/jpmall/order"

// Assumptions is what this package takes for true of Yahoo! Shopping without knowing it for sure.
func Assumptions() []order.Assumption {
	return []order.Assumption{{
		ID: "codes-px-143", Sure: order.Reported, Code: []string{"codes"},
		Taken: order.Text{
			EN: "px-14303 and px-14304 mean missing rights of the business ID, a missing key version, or a store that " +
				"is not allowed.",
			JA: "px-14303・px-14304 はビジネス ID の権限不足、鍵バージョンの欠落、または許可されていないストアを意味します。",
		},
		Source: order.Text{
			EN: "vendors and one client's table",
			JA: "複数のベンダーとクライアント 1 件の表",
		},
		Confirms: order.Text{
			EN: "the code goes once the right is granted",
			JA: "権限を付与すると解消すること",
		},
		Contradicts: order.Text{
			EN: "the code beside working calls of the same store",
			JA: "同じストアの他の呼び出しが成功するときにも現れること",
		},
	}, {
		ID: "authorize-status", Sure: order.OneWord, Code: []string{"AuthorizeStatus"},
		Taken: order.Text{
			EN: "The values of X-SWS-Authorize-Status, in lower case, beyond authorized, none and expired-key-version.",
			JA: "X-SWS-Authorize-Status の値（authorized・none・expired-key-version 以外）。",
		},
		Source: order.Text{
			EN: "one public client",
			JA: "公開クライアント 1 件",
		},
		Confirms: order.Text{
			EN: "the header with one of these values and the state it names",
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
			EN: "the mall does not say when its day begins",
			JA: "起算時刻の公表はありません",
		},
		Confirms: order.Text{
			EN: "a 403 of the allowance that ends at midnight",
			JA: "上限超過の 403 が 0 時に解消すること",
		},
		Contradicts: order.Text{
			EN: "one that ends at another hour",
			JA: "別の時刻に解消すること",
		},
	}, {
		ID: "line-gift-charge", Sure: order.NotSaid, Code: []string{"unsure"},
		Taken: order.Text{
			EN: "Where LineGiftCharge stands in the total is open: an order with it cannot be told.",
			JA: "LineGiftCharge が合計のどこに入るかは不明です。ある受注は「判定不可」とします。",
		},
		Source: order.Text{
			EN: "the reference of orderInfo does not say",
			JA: "orderInfo の仕様書に記載なし",
		},
		Confirms: order.Text{
			EN: "an order whose sum with it is TotalPrice",
			JA: "含めた合計が TotalPrice と一致する受注",
		},
		Contradicts: order.Text{
			EN: "one whose sum without it is",
			JA: "除いた合計が一致する受注",
		},
	}, {
		ID: "time-zone-code", Sure: order.OneWord, Code: []string{"zoneSlots"},
		Taken: order.Text{
			EN: "ShipRequestTimeZoneCode 101 to 105 are 8-12, 14-16, 16-18, 18-20 and 19-21.",
			JA: "ShipRequestTimeZoneCode の 101～105 は 8-12・14-16・16-18・18-20・19-21 時です。",
		},
		Source: order.Text{
			EN: "one page of the mall",
			JA: "モールのページ 1 つ",
		},
		Confirms: order.Text{
			EN: "an order whose ShipRequestTime says the same hours",
			JA: "ShipRequestTime が同じ時間を示す受注",
		},
		Contradicts: order.Text{
			EN: "one whose hours differ: the problem \"not the slot of ShipRequestTime\"",
			JA: "時間が異なる受注（problems に現れます）",
		},
	}, {
		ID: "no-such-order", Sure: order.Reported, Code: []string{"codeNoOrder"},
		Taken: order.Text{
			EN: "od91801 is an order that the store does not have.",
			JA: "od91801 はストアに存在しない受注を意味します。",
		},
		Source: order.Text{
			EN: "three sources, no list of codes",
			JA: "情報源 3 件（コード一覧は未公開）",
		},
		Confirms: order.Text{
			EN: "the code for a number that never was",
			JA: "存在しない番号への応答に現れること",
		},
		Contradicts: order.Text{
			EN: "the code for an order that orderList shows",
			JA: "orderList に現れる受注への応答に現れること",
		},
	}, {
		ID: "field-spelling", Sure: order.OneWord, Code: []string{"BillFirstNameKana"},
		Taken: order.Text{
			EN: "orderChange takes the spelling BillFirstnameKana, as its table prints it.",
			JA: "orderChange の項目名は表の綴り BillFirstnameKana に従います。",
		},
		Source: order.Text{
			EN: "the reference, whose other tables spell it otherwise",
			JA: "仕様書（他の表では綴りが異なります）",
		},
		Confirms: order.Text{
			EN: "a change that orderInfo shows",
			JA: "orderInfo に変更が反映されること",
		},
		Contradicts: order.Text{
			EN: "od90101 naming the field, or no change",
			JA: "項目名を示す od90101、または反映されないこと",
		},
	}}
}
