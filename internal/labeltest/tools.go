package labeltest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// start gives the tools different tracking numbers.
const start = 49_071_495_570

// B2 is ヤマト運輸's B2クラウド, 97 columns with header.
func B2() *Tool {
	return &Tool{Name: "B2クラウド", columns: 97, header: b2Header(), digits: 12, next: start,
		rules: map[int]rule{
			1: need(50, `[0-9A-Za-z]+`), 2: need(1, `[0-9A]`), 3: may(1, `[012]`),
			5: need(10, slashes),
			6: may(10, slashes+"|最短日"),
			7: may(4, `0812|1416|1618|1820|1921|0010|0017`), 9: need(15, phone),
			11: need(8, postal),
			12: need(64, anyText), 13: may(32, anyText),
			14: may(50, anyText), 15: may(50, anyText), 16: need(32, anyText),
			17: may(50, `[ -~｡-ﾟ]*`),
			18: may(4, `様|御中|殿|行|係|宛|先生|なし`),
			20: need(15, phone), 22: need(8, postal), 23: need(64, anyText), 24: may(32, anyText),
			25: need(32, anyText), 28: need(50, anyText),
			30: may(50, anyText), 31: may(20, anyText), 32: may(20, anyText), 33: may(44, anyText),
			34: may(7, number), 35: may(7, number),
			38: may(2, number), 40: need(12, number), 41: may(3, `[0-9]{3}`),
			42: need(2, `[0-9]{2}`),
		}, row: func(c []string) error {
			cash := c[2] == "2" || c[2] == "9"
			amount, _ := strconv.Atoi(c[34])
			tax, _ := strconv.Atoi(c[35])
			switch {
			case cash != (c[34] != "") || cash != (c[35] != ""):
				return fmt.Errorf("ES: slip type %s with amount %q and tax %q", c[2], c[34], c[35])
			case cash && (amount < 1 || amount > 300_000 || c[2] == "9" && amount > 30_000 ||
				tax > amount):
				return fmt.Errorf("amount %d, tax %d", amount, tax)
			case (c[2] == "A" || c[2] == "7") && c[6]+c[7] != "":
				return fmt.Errorf("date or slot with ネコポス")
			case c[38] != "" && c[2] != "0":
				return fmt.Errorf("発行枚数 with slip type %s", c[2])
			}
			if prefecture := strings.IndexAny(c[12], "都道府県"); prefecture < 0 ||
				Width(c[12][:prefecture]) > 6+2 {
				return fmt.Errorf("no prefecture in front of the address")
			}
			return nil
		}, answer: func(t *Tool, rows [][]string) []byte {
			out := [][]string{t.header}
			for _, row := range rows {
				copies, _ := strconv.Atoi(row[37])
				for range max(copies, 1) {
					printed := slices.Clone(row)
					printed[3] = t.Number()
					out = append(out, printed)
				}
			}
			// the tool's mixed quoting
			return sjis(table(out, func(_, column int) bool { return column == 0 }))
		}}
}

// EHiden3 is 佐川急便's e飛伝III, 74 columns with header. It makes everything full-width and has room for
// 16 characters.
func EHiden3() *Tool {
	rules := map[int]rule{
		3: need(14, phone), 4: need(8, postal), 5: need(32, wide), 6: may(32, wide),
		7: may(32, wide), 8: need(32, wide), 9: may(32, wide),
		10: need(16, alnum), 11: may(12, number), 18: need(14, phone), 19: need(8, postal),
		20: need(32, wide), 21: may(32, wide),
		22: need(32, wide), 23: may(32, wide), 42: need(3, number), 43: need(3, `000`),
		44: may(3, `00[123]`), 45: may(8, compact),
		46: may(2, `01|12|14|16|18|04|19`), 48: may(7, number), 49: may(6, number),
		52: may(3, `005|02[0-6]`), 56: may(1, `0`), 61: may(10, compact),
	}
	for no := 25; no <= 29; no++ {
		rules[no] = may(32, wide)
	}
	return &Tool{Name: "e飛伝III", columns: 74, header: ehidenHeader(), digits: 12, next: 2 * start,
		rules: rules, row: func(c []string) error {
			if (c[48] == "") != (c[49] == "") {
				return fmt.Errorf("代引金額 and 消費税 go together")
			}
			return nil
		}, answer: func(t *Tool, rows [][]string) []byte {
			out := [][]string{cellsOf(91, map[int]string{1: "お問い合せ送り状No.", 2: "サービス種別", 3: "出荷日",
				4: "お届け先コード", 19: "お客様管理番号", 70: "配達日"})}
			for _, row := range rows {
				day := row[60]
				out = append(out, cellsOf(91,
					map[int]string{1: t.Number(), 3: day[:4] + "/" + day[4:6] + "/" + day[6:],
						19: row[9]}))
			}
			return sjis(table(out, bare))
		}}
}

// YuPri is 日本郵便's ゆうパックプリントR, standard V3: 100 columns by position, no header.
func YuPri() *Tool {
	rules := map[int]rule{
		1: need(15, alnum), 6: need(8, compact), 13: need(20, number), 15: need(8, postal),
		16: need(50, anyText), 17: may(50, anyText),
		18: need(50, anyText), 19: may(50, anyText), 20: may(1, `0`), 21: need(15, phone),
		30: need(8, postal), 31: need(50, anyText),
		32: may(50, anyText), 34: need(50, anyText), 37: need(15, phone),
		48: need(3, `[01][0-9]{2}`), 52: may(8, compact), 53: need(2, `00|5[123457]`),
		56: need(1, `1`), 57: need(50, anyText), 85: need(1, `1`), 87: need(2, `10`),
	}
	for _, no := range []int{3, 9, 10, 11, 12, 23, 26, 27, 28, 39, 43, 44, 45, 46, 47, 51, 54, 55,
		69, 70, 86, 88} {
		rules[no] = need(1, `0`)
	}
	return &Tool{Name: "ゆうパックプリントR", columns: 100, digits: 12, next: start / 3, rules: rules,
		answer: func(t *Tool, rows [][]string) []byte {
			out := [][]string{{"お客様側管理番号", "お問い合わせ番号", "仮引受確定作業年月日", "配送完了作業年月日", "配達ステータス集約コード",
				"配達ステータス明細コード"}}
			for _, row := range rows {
				out = append(out, []string{row[0], t.Number(), "", "", "10", "0A"})
			}
			return sjis(table(out, bare))
		}}
}

// ClickPost is 日本郵便's クリックポスト: 8 columns, 40 rows.
func ClickPost() *Tool {
	header := strings.Split("お届け先郵便番号,お届け先氏名,お届け先敬称,お届け先住所1行目,お届け先住所2行目,お届け先住所3行目,お届け先住所4行目,内容品",
		",")
	return &Tool{Name: "クリックポスト", columns: 8, header: header, maxRows: 40, digits: 12,
		next: start / 7, rules: map[int]rule{
			1: need(8, postal), 2: need(40, anyText), 3: need(4, `様|御中`), 4: need(40, anyText),
			5: may(40, anyText), 6: may(40, anyText),
			7: may(40, anyText), 8: need(30, anyText),
		}, answer: func(t *Tool, rows [][]string) []byte {
			out := [][]string{{"追跡番号", "お届け先郵便番号", "お届け先氏名", "お届け先敬称", "お届け先住所", "内容品"}}
			for _, row := range rows {
				out = append(out, []string{t.Number(), row[0], row[1], row[2],
					strings.Join(row[3:7], ""), row[7]})
			}
			return []byte("\xef\xbb\xbf" + table(out, bare))
		}}
}

// Kangaroo is 西濃運輸's カンガルー・マジックII, 44 columns with header.
func Kangaroo() *Tool {
	rules := map[int]rule{
		1: need(11, `[0-9A-Z]+`), 3: need(8, compact), 5: need(20, `[0-9A-Z-]+`), 6: need(1, `1`),
		7: need(1, `[01389]`), 8: need(5, number),
		12: need(40, wide), 13: need(40, wide), 14: may(40, wide), 15: may(13, phone),
		19: may(7, `[0-9]{7}`), 20: need(40, wide), 21: may(40, wide),
		22: need(40, wide), 23: may(40, wide), 24: need(13, phone),
		38: may(5, `[01][0-9][0-3][0-9][012]`), 39: may(2, `02`), 43: may(9, number),
		44: may(9, number),
	}
	for no := 33; no <= 37; no++ {
		rules[no] = may(30, wide)
	}
	return &Tool{Name: "カンガルー・マジックII", columns: 44, header: kangarooHeader(), maxRows: 1000,
		digits: 10, next: 1_000_000_000, rules: rules,
		row: func(c []string) error {
			if (c[38] == "") != (c[39] == "") || (c[43] == "") != (c[44] == "") {
				return fmt.Errorf("38 goes with 39, 43 with 44")
			}
			return nil
		}, answer: func(t *Tool, rows [][]string) []byte {
			out := [][]string{cellsOf(45,
				map[int]string{1: "出荷予定日", 2: "管理番号", 3: "お問合せ番号", 4: "元着区分", 5: "原票区分", 6: "個数",
					45: "出荷情報更新日"})}
			for _, row := range rows {
				out = append(out, cellsOf(45,
					map[int]string{1: row[2], 2: row[4], 3: t.Number(), 4: row[5], 5: row[6],
						6: row[7]}))
			}
			return sjis(table(out, bare))
		}}
}
