package label

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// TestMunicipalities: names with 市, 町 or 村 inside, two of one name, wards, 郡 left out, ヶ and ケ, and
// a town that begins like a prefecture.
func TestMunicipalities(t *testing.T) {
	for text, want := range map[string][3]string{
		"千葉県市川市八幡1-2-3":         {"千葉県", "市川市", "八幡1-2-3"},
		"三重県四日市市諏訪町2-2":         {"三重県", "四日市市", "諏訪町2-2"},
		"広島県廿日市市下平良1":           {"広島県", "廿日市市", "下平良1"},
		"石川県野々市市三納1":            {"石川県", "野々市市", "三納1"},
		"北海道余市郡余市町朝日町26":        {"北海道", "余市郡余市町", "朝日町26"},
		"東京都町田市森野2-2-22":        {"東京都", "町田市", "森野2-2-22"},
		"東京都武蔵村山市本町1":           {"東京都", "武蔵村山市", "本町1"},
		"新潟県十日町市千歳町3":           {"新潟県", "十日町市", "千歳町3"},
		"奈良県高市郡明日香村岡55":         {"奈良県", "高市郡明日香村", "岡55"},
		"奈良県大和郡山市北郡山町248":       {"奈良県", "大和郡山市", "北郡山町248"},
		"愛知県名古屋市中村区名駅1":         {"愛知県", "名古屋市中村区", "名駅1"},
		"京都府京都市東山区大阪町1":         {"京都府", "京都市東山区", "大阪町1"},
		"東京都府中市宮西町2-24":         {"東京都", "府中市", "宮西町2-24"},
		"広島県府中市府川町315":          {"広島県", "府中市", "府川町315"},
		"山梨県富士河口湖町船津1700":       {"山梨県", "富士河口湖町", "船津1700"}, // without 郡
		"山梨県南都留郡富士河口湖町船津1700":   {"山梨県", "南都留郡富士河口湖町", "船津1700"},
		"茨城県龍ヶ崎市3710":           {"茨城県", "龍ヶ崎市", "3710"},
		"茨城県龍ケ崎市3710":           {"茨城県", "龍ケ崎市", "3710"},
		"青森県青森市中央1":             {"青森県", "青森市", "中央1"},
		"静岡県浜松市中央区元城町103-2":     {"静岡県", "浜松市中央区", "元城町103-2"},
		"東京都 千代田区 丸の内1-9-1 丸ビル": {"東京都", " 千代田区", " 丸の内1-9-1 丸ビル"},
		"札幌市中央区北1条":             {"", "札幌市中央区", "北1条"}, // guessed: no prefecture
		"1-2-3 Marunouchi":      {"", "", "1-2-3 Marunouchi"},
	} {
		a := addressOf(order.Party{Address: []string{text}}, clean, ' ')
		city := max(a.city, a.prefecture)
		require.Equal(t, want, [3]string{string(a.text[:a.prefecture]), string(a.text[a.prefecture:city]),
			string(a.text[city:])}, text)
		require.Equal(t, strings.Contains("札幌1", want[1][:min(3, len(want[1]))]), !a.sure, text)
	}
}

// TestEveryMunicipalityIsFound in an address that has a town of a misleading name behind it.
func TestEveryMunicipalityIsFound(t *testing.T) {
	n := 0
	for line := range strings.Lines(municipalityList) {
		words := strings.Fields(line)
		for _, city := range words[1:] {
			for _, town := range []string{"見本町1-2", "9番地"} {
				a := addressOf(order.Party{Prefecture: words[0], City: "", Address: []string{words[0] + city + town}},
					clean, ' ')
				require.Equal(t, words[0]+city, string(a.text[:a.city]), city)
				require.True(t, a.sure)
			}
			require.LessOrEqual(t, len([]rune(city)), 12)
			n++
		}
	}
	require.Equal(t, 1892, n)
	require.Len(t, prefectures(), 47)
}

// TestOneAddressHoweverItArrives: in fields, in one line, or with the prefecture repeated.
func TestOneAddressHoweverItArrives(t *testing.T) {
	for _, p := range []order.Party{
		{Prefecture: "大阪府", City: "大阪市北区", Address: []string{"見本町1-2"}},
		{Prefecture: "大阪府", City: "大阪府大阪市北区", Address: []string{"見本町1-2"}},
		{Prefecture: "大阪府", City: "大阪市北区", Address: []string{"大阪府大阪市北区見本町1-2"}},
		{Prefecture: "大阪府", Address: []string{"大阪府大阪市北区見本町1-2"}},
		{Address: []string{"大阪府大阪市北区見本町1-2"}},
		{Prefecture: "大阪府", Address: []string{"大阪市北区見本町1-2", " "}},
	} {
		require.Equal(t, "大阪府大阪市北区見本町1-2", string(addressOf(p, clean, ' ').text))
	}
}

// TestBreaks lays addresses over columns: where they are broken, and what is refused rather than
// torn.
func TestBreaks(t *testing.T) {
	rooms := func(widths ...int) (all []room) {
		for _, w := range widths {
			all = append(all, room{width: w, count: Cells})
		}
		return all
	}
	b2 := rooms(64, 32)
	b2[0].parts = []int{8, 24, 32}
	for _, tc := range []struct {
		text  string
		rooms []room
		want  string // cells with | between; empty is refused
	}{
		{"東京都千代田区丸の内1-9-1", rooms(32, 32, 32), "東京都千代田区丸の内1-9-1||"},
		{"東京都千代田区丸の内1-9-1架空ビル5F", rooms(32, 32, 32), "東京都千代田区丸の内1-9-1|架空ビル5F|"},
		{"東京都千代田区丸の内1丁目9番1号架空ビル501号室", rooms(40, 40), "東京都千代田区丸の内1丁目9番1号|架空ビル501号室"},
		{"京都府京都市中京区寺町通御池上る上本能寺前町488番地", rooms(32, 32, 32), "京都府京都市中京区|寺町通御池上る上本能寺前町|488番地"},
		{"神奈川県川崎市中原区小杉町3-1-1 見本タワー西棟 1203", rooms(32, 32, 32), "神奈川県川崎市中原区小杉町3-1-1|見本タワー西棟 1203|"},
		{"大阪府大阪市北区梅田3-1-3ノースゲートビルディング", rooms(32, 24), "大阪府大阪市北区梅田3-1-3|ノースゲートビルディング"},
		{"北海道札幌市中央区北1条西2丁目3番地 見本ビル", rooms(36, 32), "北海道札幌市中央区北1条西2丁目3番地|見本ビル"},
		{"北海道札幌市中央区北1条西2丁目3番地4の5サンプル荘", rooms(44, 44), "北海道札幌市中央区北1条西2丁目3番地4の5|サンプル荘"},
		{"大阪府大阪市北区梅田3-1-3ノースゲートビルディング", rooms(32, 20), ""},              // the building is never torn
		{"東京都千代田区丸の内123456789012345678901234567890", rooms(20, 20), ""}, // nor a number
		{"山梨県南都留郡富士河口湖町船津1700-123架空ハイツ205", b2, "山梨県南都留郡富士河口湖町船津1700-123|架空ハイツ205"},
		{"東京都府中市" + strings.Repeat("例", 16) + "1-2", b2, "東京都府中市" + strings.Repeat("例", 16) + "|1-2"}, // 町・番地 holds 32
		{"東京都府中市" + strings.Repeat("例", 17) + "1-2", b2, ""},
		// unsure where the tool cuts: all counts as the last part
		{"札幌市中央区" + strings.Repeat("例", 12) + "1-2", b2, "札幌市中央区|" + strings.Repeat("例", 12) + "1-2"},
		{"1-2-3 Marunouchi Chiyoda-ku Example Court 301", rooms(32, 32), "1-2-3 Marunouchi|Chiyoda-ku Example Court 301"},
	} {
		a := addressOf(order.Party{Address: []string{tc.text}}, clean, ' ')
		cells, ok := a.lay(a.breaks(), tc.rooms, CP932)
		if tc.want == "" {
			require.False(t, ok, "%s: %q", tc.text, cells)
			continue
		}
		require.True(t, ok, tc.text)
		require.Equal(t, tc.want, strings.Join(cells, "|"), tc.text)
	}
}
