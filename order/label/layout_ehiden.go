package label

import "github.com/jpmall/jpmall/timeslot"

// EHiden3 returns the layout of 佐川急便's e飛伝III, template 標準_飛脚宅配便_CSV_ヘッダ有り, 74 columns. slots is
// the shop's contract: [timeslot.EHiden3Five] or EHiden3Six. The tool turns half-width characters
// into full-width ones, so names and addresses are written in full width.
//
// Column 52 (指定シール１) holds one seal: the slot's, else the date's. Set what depends on the
// contract, such as 決済種別 and 保険金額, with [Layout.With].
func EHiden3(slots timeslot.Software) Layout {
	l := Layout{
		Name: "ehiden3", Title: "佐川急便 e飛伝III", Carrier: timeslot.Sagawa, Encoding: CP932,
		Header: true, Count: Cells,
		Services: []Service{
			{Name: "standard", Title: "飛脚宅配便", Code: "000", CODCode: "000", COD: true,
				MaxBoxes: 999, BoxesCOD: true, Cool: true,
				Slots: slots},
		},
		Columns: []Column{
			// 1
			{Header: "お届け先コード取得区分"},
			// 2
			{Header: "お届け先コード"},
			// 3
			{Header: "お届け先電話番号", Field: RecipientPhone, Width: 14, Required: true},
			// 4
			{Header: "お届け先郵便番号", Field: RecipientPostal, Width: 8, Format: "-", Required: true},
			// 5
			{Header: "お届け先住所１", Field: RecipientAddress, Width: 32, Wide: true, Required: true},
			// 6
			{Header: "お届け先住所２", Field: RecipientAddress, Width: 32, Wide: true},
			// 7
			{Header: "お届け先住所３", Field: RecipientAddress, Width: 32, Wide: true},
			// 8
			{Header: "お届け先名称１", Field: RecipientName, Width: 32, Wide: true, Required: true},
			// 9
			{Header: "お届け先名称２", Field: RecipientName, Width: 32, Wide: true},
			// 10
			{Header: "お客様管理番号", Field: Key, Width: 16, Required: true},
			// 11
			{Header: "お客様コード", Field: AccountCode, Width: 12},
			// 12
			{Header: "部署ご担当者コード取得区分"},
			// 13
			{Header: "部署ご担当者コード"},
			// 14
			{Header: "部署ご担当者名称"},
			// 15
			{Header: "荷送人電話番号", Width: 14},
			// 16
			{Header: "ご依頼主コード取得区分"},
			// 17
			{Header: "ご依頼主コード"},
			// 18
			{Header: "ご依頼主電話番号", Field: SenderPhone, Width: 14, Required: true},
			// 19
			{Header: "ご依頼主郵便番号", Field: SenderPostal, Width: 8, Format: "-", Required: true},
			// 20
			{Header: "ご依頼主住所１", Field: SenderAddress, Width: 32, Wide: true, Required: true},
			// 21
			{Header: "ご依頼主住所２", Field: SenderAddress, Width: 32, Wide: true},
			// 22
			{Header: "ご依頼主名称１", Field: SenderName, Width: 32, Wide: true, Required: true},
			// 23
			{Header: "ご依頼主名称２", Field: SenderName, Width: 32, Wide: true},
			// 24
			{Header: "荷姿", Width: 3},
			// 25
			{Header: "品名１", Field: Contents, Width: 32, Wide: true},
			// 26
			{Header: "品名２", Field: Contents, Width: 32, Wide: true},
			// 27
			{Header: "品名３", Field: Contents, Width: 32, Wide: true},
			// 28
			{Header: "品名４", Field: Contents, Width: 32, Wide: true},
			// 29
			{Header: "品名５", Field: Contents, Width: 32, Wide: true},
			{Header: "荷札荷姿"}, {Header: "荷札品名１"}, {Header: "荷札品名２"}, {Header: "荷札品名３"}, // 30 to 33
			{Header: "荷札品名４"}, {Header: "荷札品名５"}, {Header: "荷札品名６"}, {Header: "荷札品名７"}, // 34 to 37
			// 38 to 41
			{Header: "荷札品名８"}, {Header: "荷札品名９"}, {Header: "荷札品名１０"}, {Header: "荷札品名１１"},
			// 42
			{Header: "出荷個数", Field: Boxes, Width: 3, Required: true},
			// 43
			{Header: "スピード指定", Field: ServiceCode, Width: 3, Required: true},
			// 44
			{Header: "クール便指定", Field: CoolCode, Width: 3,
				Codes: map[string]string{"": "001", Chilled: "002", Frozen: "003"}},
			// 45
			{Header: "配達日", Field: DeliveryDate, Width: 8, Format: joined},
			// 46
			{Header: "配達指定時間帯", Field: SlotCode, Width: 2},
			// 47
			{Header: "配達指定時間（時分）", Width: 4},
			// 48
			{Header: "代引金額", Field: CODAmount, Width: 7},
			// 49
			{Header: "消費税", Field: CODTax, Width: 6},
			// 50
			{Header: "決済種別", Width: 1},
			// 51
			{Header: "保険金額", Width: 8},
			// 52
			{Header: "指定シール１", Field: SlotSeal, Width: 3},
			// 53
			{Header: "指定シール２", Width: 3},
			// 54
			{Header: "指定シール３", Width: 3},
			// 55
			{Header: "営業所受取", Width: 1},
			// 56
			{Header: "SRC区分", Value: "0", Width: 1},
			// 57
			{Header: "営業所受取営業所コード"},
			// 58
			{Header: "元着区分", Width: 1},
			// 59
			{Header: "メールアドレス"},
			// 60
			{Header: "ご不在時連絡先", Width: 14},
			// 61
			{Header: "出荷日", Field: ShipDate, Width: 10, Format: joined},
			// 62
			{Header: "お問い合せ送り状No."},
			// 63, 64
			{Header: "出荷場印字区分"}, {Header: "集約解除指定"},
			// 65 to 69
			{Header: "編集０１"}, {Header: "編集０２"}, {Header: "編集０３"}, {Header: "編集０４"},
			{Header: "編集０５"},
			// 70 to 74
			{Header: "編集０６"}, {Header: "編集０７"}, {Header: "編集０８"}, {Header: "編集０９"},
			{Header: "編集１０"},
		},
	}
	return l
}
