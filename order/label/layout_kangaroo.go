package label

import "github.com/jpmall/jpmall/timeslot"

// KangarooMagic2 returns the standard layout of 西濃運輸's カンガルー・マジックII with a contract for cash on
// delivery, 44 columns. [Account.Code] is the 荷送人コード registered there. Column 38 holds month, day
// and half of the day but no year, so the delivery date must be within a year.
func KangarooMagic2() Layout {
	l := KangarooMagic2NoCOD()
	l.Name, l.Title = "kangaroo", "西濃 カンガルー・マジックII"
	for i := range l.Services {
		l.Services[i].COD = true
		l.Services[i].BoxesCOD = true
		l.Services[i].CODCode = l.Services[i].Code
	}
	l.Columns = append(l.Columns,
		Column{Header: "品代金", Field: CODAmount, Width: 9}, // 43
		Column{Header: "消費税等", Field: CODTax, Width: 9},   // 44
	)
	return l
}

// KangarooMagic2NoCOD returns the layout for a contract without cash on delivery, 42 columns.
func KangarooMagic2NoCOD() Layout {
	service := func(name, title, code string) Service {
		return Service{Name: name, Title: title, Code: code, MaxBoxes: 99999,
			Slots: timeslot.KangarooMagic2}
	}
	return Layout{
		Name: "kangaroo-42", Title: "西濃 カンガルー・マジックII (代引契約なし)", Carrier: timeslot.Seino,
		Encoding: CP932, Header: true, Count: Cells,
		MaxRows: 1000, DeliverDays: 364,
		Services: []Service{
			service("standard", "一般", "0"), service("parcel", "宅配", "1"),
			service("mini", "ミニ", "3"),
			service("mail-order", "通販便", "8"), service("business", "ビジネス便", "9"),
		},
		Columns: []Column{
			// 1
			{Header: "荷送人コード", Field: AccountCode, Width: 11, Required: true},
			// 2
			{Header: "西濃発店コード", Width: 4},
			// 3
			{Header: "出荷予定日", Field: ShipDate, Width: 8, Format: joined, Required: true},
			// 4 given by the tool
			{Header: "お問合せ番号", Width: 10},
			// 5
			{Header: "管理番号", Field: Key, Width: 20, Required: true},
			// 6 元払
			{Header: "元着区分", Value: "1", Width: 1},
			// 7
			{Header: "原票区分", Field: ServiceCode, Width: 1, Required: true},
			// 8
			{Header: "個数", Field: Boxes, Width: 5, Required: true},
			// 9
			{Header: "重量区分", Width: 1},
			// 10
			{Header: "重量(K)", Width: 5},
			// 11
			{Header: "重量(才)", Width: 5},
			// 12
			{Header: "荷送人名称", Field: SenderName, Width: 40, Wide: true, Required: true},
			// 13
			{Header: "荷送人住所１", Field: SenderAddress, Width: 40, Wide: true, Required: true},
			// 14
			{Header: "荷送人住所２", Field: SenderAddress, Width: 40, Wide: true},
			// 15
			{Header: "荷送人電話番号", Field: SenderPhone, Width: 13},
			// 16
			{Header: "部署コード", Width: 2},
			// 17
			{Header: "部署名", Width: 30},
			// 18
			{Header: "重量契約区分", Width: 1},
			// 19
			{Header: "お届け先郵便番号", Field: RecipientPostal, Width: 7},
			// 20
			{Header: "お届け先名称１", Field: RecipientName, Width: 40, Wide: true, Required: true},
			// 21
			{Header: "お届け先名称２", Field: RecipientName, Width: 40, Wide: true},
			// 22
			{Header: "お届け先住所１", Field: RecipientAddress, Width: 40, Wide: true, Required: true},
			// 23
			{Header: "お届け先住所２", Field: RecipientAddress, Width: 40, Wide: true},
			// 24
			{Header: "お届け先電話番号", Field: RecipientPhone, Width: 13, Required: true},
			// 25 to 27
			{Header: "お届け先コード"}, {Header: "お届け先JIS市町村コード"}, {Header: "着店コード付け区分"},
			{Header: "着地コード"}, {Header: "着店コード"}, {Header: "保険金額"}, // 28 to 30
			{Header: "輸送指示１"}, {Header: "輸送指示２"}, // 31, 32
			// 33; the width of 記事 is not known for sure
			{Header: "記事１", Field: Contents, Width: 30, Wide: true},
			{Header: "記事２", Field: Contents, Width: 30, Wide: true}, // 34
			{Header: "記事３", Field: Contents, Width: 30, Wide: true}, // 35
			{Header: "記事４", Field: Contents, Width: 30, Wide: true}, // 36
			{Header: "記事５", Field: Note, Width: 30, Wide: true},     // 37
			{Header: "輸送指示（配達指定日付）", Field: SeinoWish, Width: 5},    // 38
			{Header: "輸送指示コード１", Field: SeinoWishCode, Width: 2},    // 39
			{Header: "輸送指示コード２", Width: 2},                          // 40
			{Header: "輸送指示（止め店所名）"},                                 // 41
			{Header: "予備"}, // 42
		},
	}
}
