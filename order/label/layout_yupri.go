package label

import "github.com/jpmall/jpmall/timeslot"

// yuPack returns the services of ゆうパックプリントR. Their codes are slip types, and the tool accepts only
// those that the shop has set up: 1100780 is ゆうパックシート, 1100742 代引ゆうパックラベル. For others, change a
// copy of the layout.
func yuPack(cod bool) []Service {
	s := Service{Name: "standard", Title: "ゆうパック", Code: "1100780", MaxBoxes: 99,
		Slots: timeslot.YuPri}
	if cod {
		s.CODCode, s.COD = "1100742", true
	}
	return []Service{s}
}

// YuPri returns the layout of 日本郵便's ゆうパックプリントR, standard format V3: 100 columns by position, no
// header row. The columns for cash on delivery and cool are not known, so both are refused;
// [YuPriFilter] supports cash on delivery. The headers are informative only.
func YuPri() Layout {
	l := Layout{
		Name: "yupri", Title: "日本郵便 ゆうパックプリントR (標準V3)", Carrier: timeslot.JapanPost,
		Encoding: CP932, Count: Cells, RowPerBox: true,
		Services: yuPack(false), Columns: make([]Column, 100),
	}
	at := func(no int, c Column) { l.Columns[no-1] = c }
	at(1, Column{Header: "お客様側管理番号", Field: Key, Width: 15, Required: true})
	at(6, Column{Header: "発送予定日", Field: ShipDate, Width: 8, Format: joined, Required: true})
	at(13, Column{Header: "送り状種別", Field: ServiceCode, Width: 20, Required: true})
	at(15, Column{Header: "お届け先 郵便番号", Field: RecipientPostal, Width: 8, Required: true})
	at(16, Column{Header: "お届け先 住所１", Field: RecipientAddress, Width: 50, Required: true})
	at(17, Column{Header: "お届け先 住所２", Field: RecipientAddress, Width: 50})
	at(18, Column{Header: "お届け先 名称１", Field: RecipientName, Width: 50, Required: true})
	at(19, Column{Header: "お届け先 名称２", Field: RecipientName, Width: 50})
	at(20, Column{Header: "お届け先 敬称区分", Field: Honorific, Width: 1, Codes: yuPackHonorifics()})
	at(21, Column{Header: "お届け先 電話番号", Field: RecipientPhone, Width: 15, Required: true})
	at(30, Column{Header: "ご依頼主 郵便番号", Field: SenderPostal, Width: 8, Required: true})
	at(31, Column{Header: "ご依頼主 住所１", Field: SenderAddress, Width: 50, Required: true})
	at(32, Column{Header: "ご依頼主 住所２", Field: SenderAddress, Width: 50})
	at(34, Column{Header: "ご依頼主 名称１", Field: SenderName, Width: 50, Required: true})
	at(37, Column{Header: "ご依頼主 電話番号", Field: SenderPhone, Width: 15, Required: true})
	at(48, Column{Header: "商品サイズ区分", Field: PieceSize, Value: "060", Width: 3})
	at(52, Column{Header: "配達指定日／希望日", Field: DeliveryDate, Width: 8, Format: joined})
	at(53, Column{Header: "配達時間帯区分", Field: SlotCode, Width: 2})
	at(56, Column{Value: "1"})
	at(57, Column{Header: "記事名１", Field: Contents, Width: 50, Required: true})
	at(85, Column{Value: "1"})
	at(87, Column{Value: "10"})
	for _, no := range []int{3, 9, 10, 11, 12, 23, 26, 27, 28, 39, 43, 44, 45, 46, 47, 51, 54, 55,
		69, 70, 86, 88} {
		at(no, Column{Value: "0"}) // what a file that the tool took had there
	}
	return l
}

// yuPackHonorifics has 0 for 様; the codes of others are not known.
func yuPackHonorifics() map[string]string { return map[string]string{"様": "0"} }

// YuPriFilter returns the layout of a file for an import filter (取込フィルタ) of ゆうパックプリントR: the
// columns that a label needs, with the tool's names and in its order. Set up the filter once, with
// the header row of this file.
func YuPriFilter() Layout {
	return Layout{
		Name: "yupri-filter", Title: "日本郵便 ゆうパックプリントR (取込フィルタ)", Carrier: timeslot.JapanPost,
		Encoding: CP932, Header: true, Count: Cells,
		RowPerBox: true, Services: yuPack(true),
		Columns: []Column{
			{Header: "お客様側管理番号", Field: Key, Width: 15, Required: true},
			{Header: "発送予定日", Field: ShipDate, Width: 8, Format: joined, Required: true},
			{Header: "郵便種別", Value: "0"},
			{Header: "保冷種別", Value: "0"},
			{Header: "元／着払／代引", Field: PaidBy, Width: 1,
				Codes: map[string]string{"prepaid": "0", "cod": "2"}},
			{Header: "送り状種別", Field: ServiceCode, Width: 20, Required: true},
			{Header: "お届け先 郵便番号", Field: RecipientPostal, Width: 8, Format: "-", Required: true},
			{Header: "お届け先 住所１", Field: RecipientAddress, Width: 50, Required: true},
			{Header: "お届け先 住所２", Field: RecipientAddress, Width: 50},
			{Header: "お届け先 住所３", Field: RecipientAddress, Width: 50},
			{Header: "お届け先 名称１", Field: RecipientName, Width: 50, Required: true},
			{Header: "お届け先 名称２", Field: RecipientName, Width: 50},
			{Header: "お届け先 敬称区分", Field: Honorific, Width: 1, Codes: yuPackHonorifics()},
			{Header: "お届け先 電話番号", Field: RecipientPhone, Width: 15, Required: true},
			{Header: "ご依頼主 郵便番号", Field: SenderPostal, Width: 8, Format: "-", Required: true},
			{Header: "ご依頼主 住所１", Field: SenderAddress, Width: 50, Required: true},
			{Header: "ご依頼主 住所２", Field: SenderAddress, Width: 50},
			{Header: "ご依頼主 住所３", Field: SenderAddress, Width: 50},
			{Header: "ご依頼主 名称１", Field: SenderName, Width: 50, Required: true},
			{Header: "ご依頼主 名称２", Field: SenderName, Width: 50},
			{Header: "ご依頼主 電話番号", Field: SenderPhone, Width: 15, Required: true},
			{Header: "商品サイズ区分", Field: PieceSize, Value: "060", Width: 3},
			{Header: "配達指定日／希望日", Field: DeliveryDate, Width: 8, Format: joined},
			{Header: "配達時間帯区分", Field: SlotCode, Width: 2},
			{Header: "記事名１", Field: Contents, Width: 50, Required: true},
			{Header: "記事名２", Field: Contents, Width: 50},
			{Header: "代引金額", Field: CODAmount, Width: 7},
			{Header: "代引消費税金額", Field: CODTax, Width: 7},
		},
	}
}
