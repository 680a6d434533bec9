package label_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/internal/labeltest"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/order/label"
	"github.com/jpmall/jpmall/timeslot"
)

func readBack(t testing.TB, cfg label.ReaderConfig, file string) label.Back {
	t.Helper()
	r, err := label.NewReader(cfg)
	require.NoError(t, err)
	back, err := r.Read(t.Context(), strings.NewReader(file))
	require.NoError(t, err)
	return back
}

func sjis(t testing.TB, text string) string {
	t.Helper()
	s, err := japanese.ShiftJIS.NewEncoder().String(text)
	require.NoError(t, err)
	return s
}

// numbers returns "order: number number" of each arrival.
func numbers(back label.Back) (all []string) {
	for _, a := range back.Arrivals {
		s := a.Order + ":"
		for _, n := range a.Shipment.Numbers {
			s += " " + n.Number
		}
		all = append(all, s)
	}
	return all
}

func problems(back label.Back) (all []string) {
	for _, p := range back.Problems {
		all = append(all, fmt.Sprintf("%d %s", p.Line, p.Code))
	}
	return all
}

// labels writes n labels of a layout and gives their keys: order i has the number "order-i".
func labels(t testing.TB, l label.Layout, n int, change func(*label.Config)) (*label.Memory, []string) {
	t.Helper()
	store := label.NewMemory()
	cfg := config(l)
	cfg.Keys = store
	if change != nil {
		change(&cfg)
	}
	var orders []order.Order
	for i := range n {
		orders = append(orders, sample(func(o *order.Order) { o.ID = fmt.Sprint("order-", i) }))
	}
	batch := write(t, cfg, orders...)
	require.Empty(t, batch.Refusals)
	var keys []string
	for _, l := range batch.Labels {
		keys = append(keys, l.Key)
	}
	return store, keys
}

// real numbers from published files: Yamato, Sagawa, Japan Post.
const (
	yamato1, yamato2 = "490714955706", "444413758703"
	sagawa1, sagawa2 = "444803009836", "512547514334"
	post1, post2     = "193715301010", "405548424886"
)

// TestShapes reads the return file of each tool as it was seen in the wild.
func TestShapes(t *testing.T) {
	today := time.Now().In(order.JST).Format("2006/01/02")
	type made struct {
		layout label.Layout
		file   func(keys []string) string
		tool   string
		want   []string
		enc    bool // in Shift_JIS
	}
	for name, tc := range map[string]made{
		"B2, mixed quoting, header below a title": {label.B2(), func(k []string) string {
			return "発行済データ\r\n\r\n\"お客様管理番号\",送り状種類,クール区分,伝票番号,出荷予定日\r\n\"" + k[0] + "\",0,0," + yamato1 + "," + today +
				"\r\n\"" + k[1] + "\",0,0,4444-1375-8703," + today + "\r\n"
		}, "b2cloud", []string{"order-0: " + yamato1, "order-1: " + yamato2}, true},
		"B2, other words, other order, UTF-8 with mark": {label.B2(), func(k []string) string {
			return "\ufeff到着予定日,送り状番号,送り状種別,お客様管理番号\n," + yamato1 + ",0," + strings.ToLower(k[0]) + "-1\n"
		}, "b2cloud", []string{"order-0: " + yamato1}, false},
		"B2 without header": {label.B2(), func(k []string) string {
			return k[0] + ",0,0," + yamato1 + "," + today + ",x\r\n" + k[1] + ",0,0,\"" + yamato2 + "\"," + today +
				",x\r\n"
		}, "b2cloud", []string{"order-0: " + yamato1, "order-1: " + yamato2}, true},
		"e飛伝III, 91 columns": {label.EHiden3(timeslot.EHiden3Six), func(k []string) string {
			return "お問い合せ送り状No.,サービス種別,出荷日" + strings.Repeat(",", 16) + "お客様管理番号\r\n=\"" + sagawa1 + "\",,20991231" +
				strings.Repeat(",", 16) + k[0] + "\r\n'" + sagawa2 + ",,20991231" + strings.Repeat(",", 16) + k[1] +
				"\r\n"
		}, "ehiden3", []string{"order-0: " + sagawa1, "order-1: " + sagawa2}, true},
		"e飛伝II": {label.EHiden3(timeslot.EHiden3Six), func(k []string) string {
			return "住所録コード,お客様管理ナンバー,お問い合せ送り状№\r\n," + k[0] + "," + sagawa1 + "\r\n"
		}, "ehiden3", []string{"order-0: " + sagawa1}, true},
		"ゆうプリR, 発送履歴": {label.YuPri(), func(k []string) string {
			return "お客様側管理番号,お問い合わせ番号,仮引受確定作業年月日,配送完了作業年月日,配達ステータス集約コード,配達ステータス明細コード\r\n" + k[0] + "," + post1 +
				",,,10,0A\r\n"
		}, "yupri", []string{"order-0: " + post1}, true},
		"ゆうプリR, the key in a free column": {label.YuPri(), func(k []string) string {
			return "お問い合わせ番号\tお客様側管理番号\tフリー項目０１\r\n" + post2 + "\t\t" + k[0] + "\r\n"
		}, "yupri", []string{"order-0: " + post2}, true},
		"カンガルー・マジックII": {label.KangarooMagic2(), func(k []string) string {
			return "出荷予定日,管理番号,お問合せ番号,元着区分,原票区分,個数\r\n" + time.Now().In(order.JST).Format("20060102") + "," + k[0] +
				",1234567890,1,0,1\r\n"
		}, "kangaroo", []string{"order-0: 1234567890"}, true},
		"カンガルー・マジックII, other shape": {label.KangarooMagic2(), func(k []string) string {
			return "出荷日,取込番号,送り状番号,元着区分,原票区分,個数\r\n20991231," + k[0] + ",1234567890,1,0,1\r\n"
		}, "kangaroo", []string{"order-0: 1234567890"}, true},
		"iSTAR-2, apostrophes": {fukuyama(), func(k []string) string {
			return "\"登録日\",\"出荷日\",\"送り状番号\",\"荷受人コード\",\"特殊計\",\"個数\",\"お客様管理番号\"\r\n\"20260807\",\"20260807\",\"663-7913-4975\",\"'0648607868\",\"\",1,\"'" + k[0] + "\"\r\n"
		}, "istar2", []string{"order-0: 66379134975"}, true},
	} {
		t.Run(name, func(t *testing.T) {
			store, keys := labels(t, tc.layout, 2, nil)
			file := tc.file(keys)
			if tc.enc {
				file = sjis(t, file)
			}
			back := readBack(t, label.ReaderConfig{Keys: store}, file)
			require.Empty(t, back.Problems)
			require.Equal(t, tc.tool, back.Tool)
			require.Equal(t, tc.want, numbers(back))
			require.Len(t, back.Missing, 2-len(tc.want), "labels for which nothing came back")
			for _, a := range back.Arrivals {
				require.Equal(t, tc.layout.Carrier, a.Shipment.Carrier)
				require.Equal(t, a.Order, a.Shipment.Order)
				require.Equal(t, "1", a.Shipment.Parcel)
				require.False(t, a.Shipment.At.IsZero())
			}
		})
	}
}

// fukuyama is a layout for iSTAR-2, whose own import file is not known.
func fukuyama() label.Layout {
	return label.Layout{Name: "istar2", Carrier: timeslot.Fukuyama, Encoding: label.CP932, Header: true,
		Count:    label.Cells,
		Services: []label.Service{{Name: "standard"}}, Columns: []label.Column{{Header: "お客様管理番号", Field: label.Key}}}
}

// TestBrokenRows: what spreadsheets, people and yesterday's files do to a return file, row by row.
// Line 2 is always sound.
func TestBrokenRows(t *testing.T) {
	today, yesterday := day(0).Time().Format("2006/01/02"), day(-1).Time().Format("2006/01/02")
	for name, tc := range map[string]struct {
		rows []string // key index or text, then number, then date
		cfg  label.ReaderConfig
		want []string // problems
		sent []string // arrivals beside order-0
	}{
		"rounded":             {[]string{"1|4.44414E+11|" + today}, label.ReaderConfig{}, []string{"3 number"}, nil},
		"rounded to zeros":    {[]string{"1|444414000000|" + today}, label.ReaderConfig{}, []string{"3 number"}, nil},
		"zero lost":           {[]string{"1|00000000011|" + today}, label.ReaderConfig{}, []string{"3 number"}, nil},
		"two zeros lost":      {[]string{"1|4907149557|" + today}, label.ReaderConfig{}, []string{"3 number"}, nil},
		"a digit too many":    {[]string{"1|4907149557060|" + today}, label.ReaderConfig{}, []string{"3 number"}, nil},
		"check digit":         {[]string{"1|444413758704|" + today}, label.ReaderConfig{}, []string{"3 check_digit"}, nil},
		"check digit allowed": {[]string{"1|444413758704|" + today}, label.ReaderConfig{Allow: []label.RowCode{label.RowCheckDigit}}, nil, []string{"order-1: 444413758704"}},
		"blanks and hyphens":  {[]string{"1|'４４４４－1375 8703|" + today}, label.ReaderConfig{}, nil, []string{"order-1: " + yamato2}},
		"letters":             {[]string{"1|444413758703 済|" + today}, label.ReaderConfig{}, []string{"3 number"}, nil},
		"no number":           {[]string{"1||" + today}, label.ReaderConfig{}, []string{"3 no_number"}, nil},
		"no key":              {[]string{"|" + yamato2 + "|" + today}, label.ReaderConfig{}, []string{"3 no_key"}, nil},
		"a key of nobody":     {[]string{"BBBBBBBBBBBB|" + yamato2 + "|" + today}, label.ReaderConfig{}, []string{"3 unknown_key"}, nil},
		"mistyped key":        {[]string{"BBBBBBBBBBBC|" + yamato2 + "|" + today}, label.ReaderConfig{}, []string{"3 no_key"}, nil},
		"twice":               {[]string{"0|4907-1495-5706|" + today}, label.ReaderConfig{}, []string{"3 repeated"}, nil},
		"two numbers":         {[]string{"1|" + yamato2 + "|" + today, "1|" + sagawa1 + "|" + today}, label.ReaderConfig{}, []string{"3 too_many", "4 too_many"}, nil},
		"one number for two":  {[]string{"1|" + yamato2 + "|" + today, "2|" + yamato2 + "|" + today}, label.ReaderConfig{}, []string{"3 number_twice", "4 number_twice"}, nil},
		"yesterday's":         {[]string{"1|" + yamato2 + "|" + yesterday}, label.ReaderConfig{ShippedOn: day(0)}, []string{"3 other_day"}, nil},
		"of today":            {[]string{"1|" + yamato2 + "|" + today}, label.ReaderConfig{ShippedOn: day(0)}, nil, []string{"order-1: " + yamato2}},
		"empty rows":          {[]string{"||", "1|" + yamato2 + "|" + today}, label.ReaderConfig{}, nil, []string{"order-1: " + yamato2}},
	} {
		t.Run(name, func(t *testing.T) {
			store, keys := labels(t, label.B2(), 3, nil)
			file := "お客様管理番号,送り状種類,伝票番号,出荷予定日\n" + keys[0] + ",0," + yamato1 + "," + today + "\n"
			for _, row := range tc.rows {
				cell := strings.Split(row, "|")
				if len(cell[0]) == 1 {
					cell[0] = keys[cell[0][0]-'0']
				}
				file += cell[0] + ",," + cell[1] + "," + cell[2] + "\n"
			}
			tc.cfg.Keys = store
			back := readBack(t, tc.cfg, file)
			require.Equal(t, tc.want, problems(back))
			require.Equal(t, append([]string{"order-0: " + yamato1}, tc.sent...), numbers(back))
			for _, p := range back.Problems {
				require.NotEmpty(t, p.Text.EN)
				require.NotEmpty(t, p.Text.JA)
			}
		})
	}
}

// TestFukuyama's check digit is known of one shipper only, so a wrong one warns and does not stop.
func TestFukuyama(t *testing.T) {
	for _, good := range []string{"663-7913-4975", "663-9387-3022", "663-9387-3162", "663-9387-3173", "663-9387-3210",
		"663-9387-3221", "663-9387-3232"} {
		for number, warnings := range map[string]int{good: 0, good[:12] + string('0'+('9'-good[12])): 1} {
			store, keys := labels(t, fukuyama(), 1, nil)
			back := readBack(t, label.ReaderConfig{Keys: store},
				"登録日,送り状番号,荷受人コード,お客様管理番号\n20260807,"+number+",1,'"+keys[0]+"\n")
			require.Len(t, back.Arrivals, 1)
			require.Len(t, back.Arrivals[0].Warnings, warnings, number)
		}
	}
}

// TestUnusualLength of a number warns and does not stop, since not all lengths may be known.
func TestUnusualLength(t *testing.T) {
	store, keys := labels(t, fukuyama(), 1, nil)
	back := readBack(t, label.ReaderConfig{Keys: store},
		"登録日,送り状番号,荷受人コード,お客様管理番号\n20260807,1234,1,'"+keys[0]+"\n")
	require.Equal(t, []string{"order-0: 1234"}, numbers(back))
	require.Equal(t, []order.Text{{EN: "the number has 4 characters: those of 福山通運 have 10 to 13",
		JA: "伝票番号の桁数またはチェックデジットが正しくない可能性があります"}}, back.Arrivals[0].Warnings)
}

// TestSeveralBoxes: B2 answers with a row for each box; fewer or more are not reported.
func TestSeveralBoxes(t *testing.T) {
	store, keys := labels(t, label.B2(), 2, func(c *label.Config) {
		c.Plan = func(order.Order, order.Parcel) label.Plan { return label.Plan{Boxes: 2} }
	})
	head := "お客様管理番号,送り状種類,伝票番号\n"
	back := readBack(t, label.ReaderConfig{Keys: store},
		head+keys[0]+",0,"+yamato1+"\n"+keys[0]+",0,"+yamato2+"\n"+keys[1]+",0,"+sagawa1+"\n")
	require.Equal(t, []string{"order-0: " + yamato1 + " " + yamato2}, numbers(back))
	require.Equal(t, []int{2, 3}, back.Arrivals[0].Lines)
	require.Equal(t, []string{"4 incomplete"}, problems(back))
	back = readBack(t, label.ReaderConfig{Keys: store, Allow: []label.RowCode{label.RowIncomplete}},
		head+keys[1]+",0,"+sagawa1+"\n")
	require.Equal(t, []string{"order-1: " + sagawa1}, numbers(back))
}

// TestClickPostComesBackWithoutKeys: by postal code, name and contents; what fits several parcels
// is left to a person.
func TestClickPostComesBackWithoutKeys(t *testing.T) {
	store := label.NewMemory()
	cfg := config(label.ClickPost())
	cfg.Keys = store
	orders := []order.Order{
		sample(func(o *order.Order) { o.ID = "a" }),
		sample(func(o *order.Order) { o.ID, o.Parcels[0].Recipient.Name = "b", "例示 次郎" }),
		sample(func(o *order.Order) { o.ID, o.Parcels[0].Recipient.Name = "c", "例示 次郎" }), // the same buyer once more
		sample(func(o *order.Order) { o.ID, o.Parcels[0].Lines[0].Name = "d", "菓子" }),
	}
	batch := write(t, cfg, orders...)
	require.Empty(t, batch.Refusals)
	files, err := batch.Files()
	require.NoError(t, err)
	answer, err := labeltest.ClickPost().Print(files[0].Data)
	require.NoError(t, err)
	back := readBack(t, label.ReaderConfig{Keys: store}, string(answer))
	require.Len(t, back.Arrivals, 2)
	require.Equal(t, []string{"a", "d"}, []string{back.Arrivals[0].Order, back.Arrivals[1].Order})
	require.Equal(t, []string{"3 ambiguous", "4 ambiguous"}, problems(back))
	require.Len(t, back.Problems[0].Candidates, 2)
	require.Len(t, back.Missing, 2)
	require.Equal(t, timeslot.ClickPost, back.Arrivals[0].Shipment.Carrier)

	row := strings.Split(string(answer), "\r\n")[1]
	mangled := strings.NewReplacer("見本 太郎", "見本　太郎", "000-1234", "0001234").Replace(row)
	back = readBack(t, label.ReaderConfig{Keys: store}, "追跡番号,お届け先郵便番号,お届け先氏名,お届け先敬称,お届け先住所,内容品\n"+mangled+"\n")
	require.Equal(t, "a", back.Arrivals[0].Order)

	// With the key in the contents nothing is ambiguous.
	cfg.KeyInContents, cfg.Contents = true, "雑貨"
	cfg.Keys = label.NewMemory()
	files, err = write(t, cfg, orders...).Files()
	require.NoError(t, err)
	answer, err = labeltest.ClickPost().Print(files[0].Data)
	require.NoError(t, err)
	back = readBack(t, label.ReaderConfig{Keys: cfg.Keys}, string(answer))
	require.Empty(t, back.Problems)
	require.Len(t, back.Arrivals, 4)
}

// TestTheSameFileTwice brings nothing twice once the numbers were kept, and another number of the
// same parcel is a conflict.
func TestTheSameFileTwice(t *testing.T) {
	store, keys := labels(t, label.B2(), 2, nil)
	r, err := label.NewReader(label.ReaderConfig{Keys: store})
	require.NoError(t, err)
	file := "お客様管理番号,送り状種類,伝票番号\n" + keys[0] + ",0," + yamato1 + "\n" + keys[1] + ",0," + yamato2 + "\n"
	for range 2 { // reading alone changes nothing
		back, err := r.Read(t.Context(), strings.NewReader(file))
		require.NoError(t, err)
		require.Len(t, back.Arrivals, 2)
	}
	back, err := r.Read(t.Context(), strings.NewReader(file))
	require.NoError(t, err)
	require.NoError(t, r.Keep(t.Context(), back.Arrivals[0]))
	require.NoError(t, r.Keep(t.Context()))
	back, err = r.Read(t.Context(), strings.NewReader(file))
	require.NoError(t, err)
	require.Equal(t, []string{"order-1: " + yamato2}, numbers(back))
	require.Equal(t, []string{"2 known"}, problems(back))
	back, err = r.Read(t.Context(), strings.NewReader(strings.ReplaceAll(file, yamato1, sagawa1)))
	require.NoError(t, err)
	require.Equal(t, []string{"2 conflict"}, problems(back))
}

func TestTasks(t *testing.T) {
	store, keys := labels(t, label.B2(), 2, nil)
	back := readBack(t, label.ReaderConfig{Keys: store},
		"お客様管理番号,伝票番号\n"+keys[0]+","+yamato1+"\n"+keys[1]+","+yamato2+"\n")
	tasks, of := back.Tasks([]order.Order{sample(func(o *order.Order) { o.ID = "order-1" }), sample(nil)})
	require.Len(t, tasks, 1)
	require.Equal(t, "order-1", tasks[0].Order.ID)
	require.Equal(t, order.Tracking(yamato2), tasks[0].Do.Numbers)
	require.Len(t, of, 1)
	require.Equal(t, keys[1], of[0].Key)
}

// TestFilesThatCannotBeRead say why, and hold nothing of the file.
func TestFilesThatCannotBeRead(t *testing.T) {
	store := label.NewMemory()
	r, err := label.NewReader(label.ReaderConfig{Keys: store})
	require.NoError(t, err)
	for want, file := range map[string]string{
		"no header row":                 "見本 太郎,1\n",
		"not 発送予定":                      "お客様側管理番号,発送予定日\nX,20260101\n",
		"line 2: a quotation mark":      "お客様管理番号,伝票番号\n\"x,1\nx,2\n",
		"behind a closing quotation":    "お客様管理番号,伝票番号\n\"x\"y,1\n",
		"Excel workbook":                "PK\x03\x04",
		"neither UTF-8 nor Shift_JIS":   "\xef\xbb\xbf\xff",
		"neither UTF-8 nor Shift_JIS (": "\x80\xff\xfe",
	} {
		_, err := r.Read(t.Context(), strings.NewReader(file))
		require.ErrorContains(t, err, want)
	}
	_, err = label.NewReader(label.ReaderConfig{})
	require.ErrorContains(t, err, "Keys is nil")
	_, err = label.NewReader(label.ReaderConfig{Keys: store, Allow: []label.RowCode{label.RowNumberTwice}})
	require.ErrorContains(t, err, "nothing that can be allowed")
	r, err = label.NewReader(label.ReaderConfig{Keys: broken{}})
	require.NoError(t, err)
	_, keys := labels(t, label.B2(), 1, nil)
	_, err = r.Read(t.Context(), strings.NewReader("お客様管理番号,伝票番号\n"+keys[0]+",1\n"))
	require.ErrorContains(t, err, "the database is away")
}

// TestShippingDay: the file's day, else the label's; noon, but never a time of today that is still
// to come.
func TestShippingDay(t *testing.T) {
	store, keys := labels(t, label.B2(), 1, nil)
	for date, want := range map[string]order.Date{"2026/8/7": {Year: 2026, Month: 8, Day: 7},
		"2026-08-07 10:00": {Year: 2026, Month: 8, Day: 7}, "": day(0), "不明": day(0)} {
		back := readBack(t, label.ReaderConfig{Keys: store}, "お客様管理番号,伝票番号,出荷日\n"+keys[0]+","+yamato1+","+date+"\n")
		require.Equal(t, want, order.DateOf(back.Arrivals[0].Shipment.At))
		require.False(t, back.Arrivals[0].Shipment.At.After(time.Now()))
	}
}
