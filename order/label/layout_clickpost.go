package label

import "github.com/jpmall/jpmall/timeslot"

// ClickPost returns the layout of 日本郵便's クリックポスト まとめ申込: 8 columns with exactly these headers, at
// most 40 rows per file. It has no date, slot, telephone number, cash on delivery or key: returned
// rows are found by postal code, name and contents, or by [Config.KeyInContents].
func ClickPost() Layout {
	return Layout{
		Name: "clickpost", Title: "クリックポスト まとめ申込", Carrier: timeslot.ClickPost, Encoding: CP932,
		Header: true, Count: Cells,
		MaxRows: 40, RowPerBox: true,
		Services: []Service{{Name: "standard", Title: "クリックポスト", NoWish: true, MaxBoxes: 40}},
		Columns: []Column{
			{Header: "お届け先郵便番号", Field: RecipientPostal, Width: 8, Format: "-", Required: true},
			{Header: "お届け先氏名", Field: RecipientName, Width: 40, Required: true},
			{Header: "お届け先敬称", Field: Honorific, Width: 4,
				Codes: map[string]string{"様": "様", "御中": "御中"}, Required: true},
			{Header: "お届け先住所1行目", Field: RecipientAddress, Width: 40, Required: true},
			{Header: "お届け先住所2行目", Field: RecipientAddress, Width: 40},
			{Header: "お届け先住所3行目", Field: RecipientAddress, Width: 40},
			{Header: "お届け先住所4行目", Field: RecipientAddress, Width: 40},
			{Header: "内容品", Field: Contents, Width: 30, Required: true},
		},
	}
}
