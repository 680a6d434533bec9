package label

import (
	"slices"

	"github.com/jpmall/jpmall/timeslot"
)

const (
	slashed = "2006/01/02"
	joined  = "20060102"
)

// B2 returns the layout of ヤマト運輸's B2クラウド, 97 columns. [Account.Code] (請求先顧客コード) and [Account.Fare]
// (運賃管理番号) are required. Service 7 is クロネコゆうパケット and A is ネコポス; in the layout of 2018 and before,
// 7 was ネコポス.
//
// The tool accepts slots that Yamato no longer offers (1214, 2021); this package refuses them.
func B2() Layout {
	l := B2Old()
	l.Name, l.Title = "b2cloud", "ヤマト B2クラウド"
	// コンビニ受取 only
	l.Columns = append(l.Columns, Column{Header: "連携管理番号"}, Column{Header: "通知メールアドレス"})
	return l
}

// B2Old returns the older layout of B2クラウド, 95 columns, which the tool still reads.
func B2Old() Layout {
	standard := timeslot.B2
	l := Layout{
		Name: "b2cloud-95", Title: "ヤマト B2クラウド (95列)", Carrier: timeslot.Yamato, Encoding: CP932,
		Header: true, Count: Cells,
		ShipDays: 30, DeliverDays: 30, NumberEach: true,
		Services: []Service{
			{Name: "standard", Title: "宅急便", Code: "0", CODCode: "2", COD: true, MaxCOD: 300_000,
				MaxBoxes: 98, Cool: true,
				Slots: standard},
			{Name: "compact", Title: "宅急便コンパクト", Code: "8", CODCode: "9", COD: true, MaxCOD: 30_000,
				Slots: standard},
			{Name: "nekopos", Title: "ネコポス", Code: "A", NoWish: true, Carrier: timeslot.Nekopos},
			{Name: "yu-packet", Title: "クロネコゆうパケット", Code: "7", NoWish: true,
				Carrier: timeslot.KuronekoYuPacket},
			{Name: "yu-mail", Title: "クロネコゆうメール", Code: "3", NoWish: true,
				Carrier: timeslot.KuronekoYuMail},
			{Name: "time", Title: "宅急便タイムサービス", Code: "4", Slots: timeslot.B2TimeService,
				Carrier: timeslot.YamatoTimeService},
		},
		// header, field, width, required
		Columns: []Column{
			// 1
			{Header: "お客様管理番号", Field: Key, Width: 50, Required: true},
			// 2
			{Header: "送り状種類", Field: ServiceCode, Width: 1, Required: true},
			// 3
			{Header: "クール区分", Field: CoolCode, Width: 1,
				Codes: map[string]string{"": "0", Frozen: "1", Chilled: "2"}},
			{Header: "伝票番号"}, // 4 given by B2
			// 5
			{Header: "出荷予定日", Field: ShipDate, Width: 10, Format: slashed, Required: true},
			// 6
			{Header: "お届け予定日", Field: DeliveryDate, Width: 10, Format: slashed},
			// 7
			{Header: "配達時間帯", Field: SlotCode, Width: 4},
			// 8
			{Header: "お届け先コード", Width: 20},
			// 9
			{Header: "お届け先電話番号", Field: RecipientPhone, Width: 15, Required: true},
			// 10
			{Header: "お届け先電話番号枝番", Width: 2},
			// 11
			{Header: "お届け先郵便番号", Field: RecipientPostal, Width: 8, Format: "-", Required: true},
			// 12
			{Header: "お届け先住所", Field: RecipientAddress, Width: 64, Parts: []int{8, 24, 32},
				Required: true},
			// 13
			{Header: "お届け先アパートマンション名", Field: RecipientAddress, Width: 32},
			// 14
			{Header: "お届け先会社・部門１", Field: RecipientCompany, Width: 50},
			// 15
			{Header: "お届け先会社・部門２", Field: RecipientCompany, Width: 50},
			// 16
			{Header: "お届け先名", Field: RecipientName, Width: 32, Required: true},
			// 17
			{Header: "お届け先名(ｶﾅ)", Width: 50},
			// 18
			{Header: "敬称", Field: Honorific, Width: 4},
			// 19
			{Header: "ご依頼主コード", Width: 20},
			// 20
			{Header: "ご依頼主電話番号", Field: SenderPhone, Width: 15, Required: true},
			// 21
			{Header: "ご依頼主電話番号枝番", Width: 2},
			// 22
			{Header: "ご依頼主郵便番号", Field: SenderPostal, Width: 8, Format: "-", Required: true},
			// 23
			{Header: "ご依頼主住所", Field: SenderAddress, Width: 64, Parts: []int{8, 24, 32},
				Required: true},
			// 24
			{Header: "ご依頼主アパートマンション名", Field: SenderAddress, Width: 32},
			// 25
			{Header: "ご依頼主名", Field: SenderName, Width: 32, Required: true},
			// 26
			{Header: "ご依頼主名(ｶﾅ)", Width: 50},
			// 27
			{Header: "品名コード１", Width: 30},
			// 28
			{Header: "品名１", Field: Contents, Width: 50, Required: true},
			// 29
			{Header: "品名コード２", Width: 30},
			// 30
			{Header: "品名２", Field: Contents, Width: 50},
			// 31
			{Header: "荷扱い１", Field: Handling, Width: 20},
			// 32
			{Header: "荷扱い２", Field: Handling, Width: 20},
			// 33
			{Header: "記事", Field: Note, Width: 44},
			// 34
			{Header: "ｺﾚｸﾄ代金引換額（税込)", Field: CODAmount, Width: 7},
			// 35
			{Header: "内消費税額等", Field: CODTax, Width: 7},
			// 36
			{Header: "止置き", Width: 1},
			// 37
			{Header: "営業所コード", Width: 6},
			// 38
			{Header: "発行枚数", Field: Boxes, Width: 2},
			// 39
			{Header: "個数口表示フラグ", Width: 1},
			// 40
			{Header: "請求先顧客コード", Field: AccountCode, Width: 12, Required: true},
			// 41
			{Header: "請求先分類コード", Field: AccountBranch, Width: 3},
			// 42
			{Header: "運賃管理番号", Field: AccountFare, Width: 2, Required: true},
		},
	}
	for _, header := range b2Rest {
		l.Columns = append(l.Columns, Column{Header: header})
	}
	return l
}

// b2Rest holds the headers of the columns that are left empty.
var b2Rest = slices.Concat(
	[]string{ // 43 to 54: web コレクト and mails
		"クロネコwebコレクトデータ登録", "クロネコwebコレクト加盟店番号", "クロネコwebコレクト申込受付番号１", "クロネコwebコレクト申込受付番号２",
		"クロネコwebコレクト申込受付番号３", "お届け予定ｅメール利用区分", "お届け予定ｅメールe-mailアドレス", "入力機種", "お届け予定ｅメールメッセージ",
		"お届け完了ｅメール利用区分", "お届け完了ｅメールe-mailアドレス", "お届け完了ｅメールメッセージ",
	},
	[]string{ // 55 to 73: 収納代行
		"クロネコ収納代行利用区分", "予備", "収納代行請求金額(税込)", "収納代行内消費税額等", "収納代行請求先郵便番号", "収納代行請求先住所",
		"収納代行請求先住所（アパートマンション名）", "収納代行請求先会社・部門名１", "収納代行請求先会社・部門名２", "収納代行請求先名(漢字)",
		"収納代行請求先名(カナ)", "収納代行問合せ先名(漢字)", "収納代行問合せ先郵便番号", "収納代行問合せ先住所",
		"収納代行問合せ先住所（アパートマンション名）", "収納代行問合せ先電話番号", "収納代行管理番号", "収納代行品名", "収納代行備考",
	},
	[]string{ // 74 to 86
		"複数口くくりキー", "検索キータイトル1", "検索キー1", "検索キータイトル2", "検索キー2", "検索キータイトル3", "検索キー3", "検索キータイトル4",
		"検索キー4", "検索キータイトル5", "検索キー5", "予備", "予備",
	},
	[]string{ // 87 to 95: mails of ネコポス
		"投函予定メール利用区分", "投函予定メールe-mailアドレス", "投函予定メールメッセージ", "投函完了メール（お届け先宛）利用区分",
		"投函完了メール（お届け先宛）e-mailアドレス", "投函完了メール（お届け先宛）メッセージ", "投函完了メール（ご依頼主宛）利用区分",
		"投函完了メール（ご依頼主宛）e-mailアドレス", "投函完了メール（ご依頼主宛）メッセージ",
	},
)
