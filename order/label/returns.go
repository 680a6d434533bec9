package label

import (
	"errors"
	"slices"
)

// returned describes a tool's return file: the headers of its columns.
type returned struct {
	name                     string
	key, number, date        []string
	postal, person, contents []string // if there is no key
	marks                    []string // headers that distinguish tools with the same names
	bare                     []int    // columns of key, number and date in a file without headers
}

// returns lists the tools' return files. Headers differ between versions and settings of a tool;
// all that were seen are listed.
func returns() []returned {
	return []returned{
		{name: "b2cloud", key: []string{"お客様管理番号"}, number: []string{"伝票番号", "送り状番号"},
			date:  []string{"出荷予定日", "出荷日"},
			marks: []string{"送り状種類", "送り状種別", "クール区分", "お届け予定日", "到着予定日"}, bare: []int{0, 3, 4}},
		{name: "ehiden3", key: []string{"お客様管理番号", "お客様管理ナンバー"},
			number: []string{"お問い合せ送り状No.", "お問い合せ送り状№", "お問い合わせ送り状No."},
			date:   []string{"出荷日"}, marks: []string{"サービス種別"}},
		{name: "yupri", key: []string{"お客様側管理番号", "フリー項目０１"}, number: []string{"お問い合わせ番号"},
			date:  []string{"発送年月日", "発送日", "発送予定日"},
			marks: []string{"仮引受確定作業年月日", "配達ステータス集約コード"}},
		{name: "clickpost", number: []string{"追跡番号", "お問い合わせ番号"}, postal: []string{"お届け先郵便番号"},
			person:   []string{"お届け先氏名"},
			contents: []string{"内容品"}, date: []string{"発送日"}, marks: []string{"お届け先敬称"}},
		{name: "kangaroo", key: []string{"管理番号", "取込番号"}, number: []string{"お問合せ番号", "送り状番号"},
			date:  []string{"出荷日", "出荷予定日"},
			marks: []string{"元着区分", "原票区分"}},
		{name: "istar2", key: []string{"お客様管理番号"}, number: []string{"送り状番号"}, date: []string{"出荷日"},
			marks: []string{"荷受人コード", "輸送商品１", "特殊計"}},
	}
}

// shape is where things are in a file; -1 is nowhere.
type shape struct {
	name                     string
	keys                     []int // columns that may hold the key
	number, date             int
	postal, person, contents int
	first                    int // index of the first row behind the header
	width                    int // columns of the header; 0 without one
}

// headerRows is how many rows are searched for a header row.
const headerRows = 50

var errHeader = errors.New("label: no header row with key and tracking number was found: " +
	"export from the list of issued labels (B2: 発行済データ, ゆうプリR: 発送履歴, not 発送予定) with お客様管理番号 and the tracking number")

// shapeOf finds the header row and the tool that wrote it.
func shapeOf(rows []csvRow) (shape, error) {
	for i, row := range rows[:min(len(rows), headerRows)] {
		at := map[string]int{}
		for n, h := range row.cells {
			if h = foldHeader(h); h != "" {
				if _, twice := at[h]; !twice {
					at[h] = n
				}
			}
		}
		find := func(headers []string) int {
			for _, h := range headers {
				if n, ok := at[foldHeader(h)]; ok {
					return n
				}
			}
			return -1
		}
		best, most := shape{}, -1
		for _, r := range returns() {
			s := shape{name: r.name, number: find(r.number), date: find(r.date),
				postal: find(r.postal), person: find(r.person),
				contents: find(r.contents), first: i + 1, width: len(row.cells)}
			for _, h := range r.key {
				if n := find([]string{h}); n >= 0 {
					s.keys = append(s.keys, n)
				}
			}
			if s.number < 0 || len(s.keys) == 0 &&
				(s.postal < 0 || s.person < 0 || s.contents < 0) {
				continue
			}
			marks := 0
			for _, h := range r.marks {
				if find([]string{h}) >= 0 {
					marks++
				}
			}
			if marks > most {
				best, most = s, marks
			}
		}
		if most >= 0 {
			return best, nil
		}
	}
	return bareShape(rows)
}

// bareShape is for a file without headers: the first row must have one of our keys in the tool's
// column.
func bareShape(rows []csvRow) (shape, error) {
	for _, r := range returns() {
		if r.bare == nil || len(rows) == 0 || len(rows[0].cells) <= slices.Max(r.bare) {
			continue
		}
		if _, ok := readKey(rows[0].cells[r.bare[0]]); ok {
			s := shape{name: r.name, keys: r.bare[:1], number: r.bare[1], date: r.bare[2],
				postal: -1, person: -1, contents: -1}
			return s, nil
		}
	}
	return shape{}, errHeader
}
