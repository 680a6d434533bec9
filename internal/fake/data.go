package fake

type name struct{ text, kana, latin string }

// families are words such as "example", "imaginary" and "trial", none of them a family name. The
// last three have characters that older encodings lack (髙, 﨑, 𠮷).
var families = []name{
	{"見本", "ミホン", "mihon"},
	{"架空", "カクウ", "kakuu"},
	{"例示", "レイジ", "reiji"},
	{"仮名", "カメイ", "kamei"},
	{"模擬", "モギ", "mogi"},
	{"雛形", "ヒナガタ", "hinagata"},
	{"標本", "ヒョウホン", "hyohon"},
	{"空想", "クウソウ", "kuusou"},
	{"想定", "ソウテイ", "soutei"},
	{"試験", "シケン", "shiken"},
	{"練習", "レンシュウ", "renshu"},
	{"虚構", "キョコウ", "kyoko"},
	{"例題", "レイダイ", "reidai"},
	{"試作", "シサク", "shisaku"},
	{"仮想", "カソウ", "kaso"},
	{"髙見本", "タカミホン", "takamihon"},
	{"見本﨑", "ミホンザキ", "mihonzaki"},
	{"𠮷例示", "ヨシレイジ", "yoshireiji"},
}

var givens = []name{
	{"太郎", "タロウ", "taro"},
	{"花子", "ハナコ", "hanako"},
	{"一郎", "イチロウ", "ichiro"},
	{"次郎", "ジロウ", "jiro"},
	{"三郎", "サブロウ", "saburo"},
	{"桜", "サクラ", "sakura"},
	{"桃子", "モモコ", "momoko"},
	{"梅子", "ウメコ", "umeko"},
	{"四季", "シキ", "shiki"},
	{"五月", "サツキ", "satsuki"},
	{"六花", "リッカ", "rikka"},
	{"七海", "ナナミ", "nanami"},
	{"八重", "ヤエ", "yae"},
	{"九十郎", "クジュウロウ", "kujuro"},
	{"十和", "トワ", "towa"},
	{"いろは", "イロハ", "iroha"},
}

var mailHosts = []string{"example.com", "example.jp", "example.net"}

var prefectures = [47]string{
	"北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県",
	"東京都", "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県",
	"滋賀県", "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県",
	"香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県",
}

// Prefectures returns all 47 in the order of their JIS codes: the index plus one is the code.
func Prefectures() []string { return append([]string(nil), prefectures[:]...) }

var cities = []string{
	"例示市", "見本市", "架空市", "仮想市", "例示市中央区", "見本市西区", "架空郡空想町", "仮想郡例示村", "試験市", "雛形市北区",
}

var streets = []string{
	"見本町", "例示町", "架空通", "仮名台", "字空想", "想定ヶ丘", "模擬本町", "大字例題字試作", "ひながた", "標本東",
}

var buildings = []string{
	"架空ハイツ", "見本マンション", "例示コーポ ", "仮想タワー西棟 ", "メゾン・ド・サンプル", "ｻﾝﾌﾟﾙ荘", "Example Court ",
}

type good struct {
	code, name string
	price      int64
	tax        int
	options    []string
}

var goods = []good{
	{"MIHON-TEA-01", "見本園の煎茶 ティーバッグ 50包", 1_280, 8, nil},
	{"MIHON-RICE-05", "例示県産 架空ひかり 無洗米 5kg", 3_980, 8, nil},
	{"MIHON-JUICE-06", "見本りんごジュース 1L×6本", 2_850, 8, nil},
	{"MIHON-COOKIE-24", "仮想洋菓子店 クッキー詰合せ 24枚", 2_160, 8, []string{"のし:なし", "のし:御中元", "のし:内祝"}},
	{"MIHON-MISO-02", "例題蔵 合わせみそ 750g 2個セット", 1_180, 8, nil},
	{"MIHON-COFFEE-01", "空想珈琲 深煎りブレンド 500g", 1_980, 8, []string{"豆のまま", "中挽き", "細挽き"}},
	{"MIHON-WINE-01", "試作ワイナリー 赤 720ml", 2_750, 10, nil},
	{"MIHON-TOWEL-03", "例示タオル フェイスタオル 3枚組", 1_650, 10, []string{"カラー:白", "カラー:藍", "カラー:桜"}},
	{"MIHON-TSHIRT-01", "架空ブランド 綿100% Tシャツ", 2_420, 10, []string{
		"カラー:ブラック サイズ:M", "カラー:ブラック サイズ:L", "カラー:ホワイト サイズ:M", "カラー:ホワイト サイズ:L"}},
	{"MIHON-MUG-01", "標本窯 マグカップ 300ml", 1_320, 10, []string{"青磁", "飴釉"}},
	{"MIHON-UMBRELLA-60", "想定 折りたたみ傘 60cm <超軽量> & 撥水", 3_300, 10, nil},
	{"MIHON-CABLE-2M", "模擬電機 USB Type-Cケーブル 2m", 990, 10, nil},
	{"MIHON-LAMP-01", "雛形デザイン デスクライト 調光5段階", 5_480, 10, nil},
	{"MIHON-CHAIR-01", "仮想家具 オフィスチェア 組立式【大型便】", 18_700, 10, nil},
	{"MIHON-BOOK-01", "練習帳「はじめての架空語」", 1_540, 10, nil},
	{"MIHON-SOAP-10", "虚構石鹸 無香料 10個", 1_760, 10, nil},
	{"MIHON-PET-03", "例題ペットフード 小型犬用 3kg", 2_990, 10, nil},
	{"MIHON-TOY-01", "積み木 五十音 見本セット", 4_180, 10, nil},
	{"MIHON-SEED-01", "朝顔の種 見本ミックス (ﾒｰﾙ便)", 330, 10, nil},
	{"MIHON-MASK-50", "仮名マスク 50枚入 ふつうサイズ", 550, 10, nil},
}

// slotLabels are labels of every kind that shops use. The range marks differ on purpose (～ U+FF5E,
// 〜 U+301C, hyphens).
var slotLabels = []string{
	"指定なし", "希望なし", "時間指定なし",
	"午前中", "午前中(8時～12時)", "AM", "午前中（9時-12時）", "08:00-12:00",
	"12時～14時", "12:00～14:00", "１２時～１４時",
	"14時～16時", "14時〜16時", "14:00-16:00", "14時頃-16時頃", "１４時～１６時",
	"16時～18時", "16-18時", "16:00 ～ 18:00",
	"18時～20時", "18時〜20時", "夜間（18-20時）",
	"19時～21時", "19-21時", "19:00～21:00",
	"18時～21時", "20時以降", "午前10時まで", "夜間",
}

// unreadableLabels are labels that no careful reader turns into hours.
var unreadableLabels = []string{
	"できれば夕方ごろ", "いつもの時間でお願いします", "14", "0812", "平日は19時～21時、休日は午前中", "25時～27時", "電話してから", "最短で",
}

var remarks = []string{
	"不在の場合は宅配ボックスへお願いします。",
	"領収書を同封してください。宛名は「株式会社例示」でお願いします。",
	"のしの表書きは「内祝」、名入れは「見本」でお願いします。",
	"できるだけ早く発送していただけると助かります。",
	"玄関前に置いてください。\nインターホンは鳴らさないでください。",
	"前回と同じ色でお願いします。\r\nよろしくお願いいたします。",
	"ラッピングは簡易なもので構いません <リボン不要> & メッセージカードあり",
	"いつもありがとうございます😊",
}

var giftMessages = []string{
	"お誕生日おめでとうございます。",
	"ご結婚おめでとうございます。末永くお幸せに。",
	"いつもありがとう。感謝の気持ちをこめて。",
	"Happy Birthday! 見本より",
	"心ばかりですがお納めください。\n例示 太郎",
}

// GiftMessage returns a random message.
func (s *Seeder) GiftMessage() string { return Pick(s, giftMessages) }
