package cassette

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/timeslot"
)

func newScrubber(t testing.TB, m order.Mall) *scrubber {
	t.Helper()
	n, err := newNames()
	require.NoError(t, err)
	return &scrubber{list: listOf(m), as: n.word}
}

// Labels and remarks are read alike before and after, with the names beside them gone.
func TestTheWordsOfSlotsSurvive(t *testing.T) {
	s := newScrubber(t, order.Rakuten)
	for _, text := range []string{
		"午前中", "午前中(9時-12時)", "14:00-16:00", "14時〜16時", "１４時～１６時", "12-14", "20時以降", "10時まで", "指定なし", "時間指定なし", "夜間",
		"午後2時～4時",
		"[配送日時指定:]\n2026-06-06(土)\n14:00-16:00\n", "[配送日時指定:]\n午前中\n[備考:]\n朝倉太郎あて", "配達希望時間帯=14-16時", "【希望時間帯】午前中",
		"12月24日の午前中にお届けください",
		"夕方の涼しいころ", "明日届けてください", "12/24か25にお願いします", "土日以外の夜でお願いします", "平日の昼は不在です", "電話は20時以降にお願いします",
		"のし:山田太郎\n時間：18時-20時", "ヤマト運輸 18時～20時", "佐川 午前中", "AM", "pm", "14-16時希望、不在時は連絡ください", "お届け希望日：12/24 午前中",
		"誕生日プレゼントなので12月24日の午前中に届けてください", "木内さんへ12/24 14時～16時で", "101号室 18-20時", "氏名：水木\n時間：18時-20時",
		"よろしくお願いいたします。高橋花子 090-1234-5678", "東京都見本区例町1-2-3 見本ビル405", "いつもありがとうございます😊", "0812", "1416",
		"午前中に見本さんへ届けてください",
		"&#12316;21時", "14時&#12316;16時", "", "\n\n", "色:赤\nサイズ:L",
	} {
		made := s.text(text)
		want, ok := timeslot.Find(text)
		got, also := timeslot.Find(made)
		require.Equal(t, ok, also, "%q became %q", text, made)
		require.Equal(t, want.Date, got.Date, "%q became %q", text, made)
		require.Equal(t, want.Line, got.Line, "%q became %q", text, made)
		require.Equal(t, slot(want.Text), slot(got.Text), "%q became %q", text, made)
		require.Equal(t, slot(text), slot(made), "%q became %q", text, made)
	}
}

func slot(text string) timeslot.Slot {
	m, _ := timeslot.Reader{}.Match(timeslot.Label{Text: text})
	return m.Slot
}

func TestNamesInFreeTextGo(t *testing.T) {
	s := newScrubber(t, order.AuPay)
	for text, gone := range map[string][]string{
		"朝倉さんへ、月島花子より午前中に": {"朝倉", "月島", "花子"}, "090-1234-5678へ電話": {"090", "1234", "5678"}, "のぞみさん": {"のぞみ"},
		"例町12-14-3": {"例町", "12-14"}, "Amy Pmela at noon": {"Amy", "Pmela"}, "見本@shop.example": {"見本", "shop", "example"},
		"生年月日：1990年4月12日、12月24日に": {"1990", "4月12日"}, "誕生日（4/12）のお祝い": {"4/12"}, "昭和60年4月12日生": {"4月12日"},
		"年齢 12日": {"12"}, "101号室": {"101"}, "木内さんへ午前中に": {"木内"}, "氏名：水木 午前中": {"水木"},
		"お名前は朝日、14-16時": {"朝日"}, "半間宛、12/24": {"半間"}, "Birthday: 4/12": {"4/12"},
	} {
		made := s.text(text)
		for _, g := range gone {
			require.NotContains(t, made, g, "%q became %q", text, made)
		}
		require.Equal(t, utf8.RuneCountInString(text), utf8.RuneCountInString(made))
	}
}

func TestTheFormStays(t *testing.T) {
	s := newScrubber(t, order.Rakuten)
	number := s.plain("123456-20260601-0000000017")
	require.Regexp(t, `^[1-9]\d{5}-20260601-0{8}[1-9]\d$`, number)
	require.Equal(t, number, s.plain("123456-20260601-0000000017"))
	other := s.plain("123456-20260602-0000000018")
	require.Equal(t, number[:7], other[:7], "one shop stays one")
	require.NotEqual(t, number[16:], other[16:])
	require.Regexp(t, `^[BCDFGHJKQRSTVWXZ]{5}-[1-9]-[bcdfghjkqrstvwxz]{3}$`, s.plain("JUICE-6-red"))
	require.Regexp(t, `^\p{Han}{2} \p{Hiragana}{2} \p{Katakana}{3} [ﾇﾈﾑﾒﾕﾙﾚﾛ]{2}$`, s.plain("見本 はな ハナコ ﾊﾅ"))
	require.Equal(t, s.plain("見本"), strings.Split(s.plain("見本 花子"), " ")[0], "a name alone and in a whole name is one")
	seen := map[string]bool{}
	for id := range 900 {
		made := s.plain(string(rune('1'+id%9)) + strings.Repeat("0", 3) + string(rune('0'+id/100)) +
			string(rune('0'+id/10%10)) + string(rune('0'+id%10)))
		require.False(t, seen[made], "two numbers became one")
		seen[made] = true
	}
}

func TestClassesKeepOnlyWhatLooksLikeThem(t *testing.T) {
	for value, want := range map[string]map[class]bool{
		"1980": {number: true, code: true}, "-9999": {number: true, code: true}, "0.08": {number: true, code: true}, "09012345678": {}, "true": {number: true, code: true},
		"2026-06-01T21:14:05+0900": {date: true}, "20260601": {date: true, number: true}, "2026-13-01": {}, "2026/06/01 21:14": {date: true},
		"UNSHIPPED": {code: true}, "od91801": {code: true}, "px-04102": {code: true}, "山田太郎": {}, "a b": {}, "x@y.example": {}, "A1VC38T7YXB5281": {},
	} {
		for _, c := range []class{number, date, code, none, text, secret} {
			require.Equal(t, want[c], c.keeps(value), "%q in class %d", value, c)
		}
	}
}

func TestBodies(t *testing.T) {
	s := newScrubber(t, order.Rakuten)
	for _, c := range []struct{ kind, in, want, omitted string }{
		{"application/json", `{"units": 2, "flags": [true, null], "access_token": "abc", "orderProgress": 300}`, `{"units": 2, "flags": [true, null], "access_token": "removed", "orderProgress": 300}`, ""},
		{"application/xml", `<?xml version="1.0"?><a><units>2</units><b/></a>`, `<?xml version="1.0"?><a><units>2</units><b/></a>`, ""},
		{"application/x-www-form-urlencoded", "grant_type=refresh_token&refresh_token=abc", "grant_type=refresh_token&refresh_token=removed", ""},
		{"", "  \n", "  \n", ""}, {"multipart/form-data; boundary=x", "--x", "", "multipart"},
		{"application/octet-stream", "\xff\xfe\x00", "", "neither UTF-8 nor a character set that is known"},
		{"text/html", "<html><head><title>メンテナンス</title></head></html>", "<html><head><title>メンテナンス</title></head></html>", ""},
		{"application/xml", "<?xml version=\"1.0\" encoding=\"Shift_JIS\"?><a><remarks>\x8c\xdf\x91O\x92\x86</remarks></a>", `<?xml version="1.0" encoding="UTF-8"?><a><remarks>午前中</remarks></a>`, ""},
	} {
		got, omitted := s.body(c.kind, []byte(c.in))
		require.Equal(t, c.omitted, omitted)
		if !strings.Contains(c.want, "午前中") {
			require.Equal(t, c.want, got)
		} else {
			require.Contains(t, got, `encoding="UTF-8"`)
		}
	}
}

const canary = "鴉鵲カナリヤQanary7712345678"

// FuzzBody: whatever the body, the canary in it is gone, and JSON stays JSON.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{`{"remarks":"X","units":1}`, `{"a":[1,2.5e3,{"X":"X"}]`,
		`<a b="X">X<![CDATA[X]]></a>`, "<html>X", "X", `"X`, "a=X&b=%58", `[12345678901234567890]`,
		"<!-- X --><?x X?>", "午前中にX", `{"a":"\u005"}`, "<a>&#12316;X&amp;X</a>", "\ufeff{}"} {
		f.Add(seed, "application/json")
		f.Add(seed, "application/x-www-form-urlencoded")
	}
	f.Fuzz(func(t *testing.T, body, kind string) {
		body = strings.ReplaceAll(body, "X", canary)
		for _, m := range []order.Mall{order.Rakuten, order.AuPay} {
			got, omitted := newScrubber(t, m).body(kind, []byte(body))
			require.NotContains(t, got, canary)
			require.NotContains(t, got, "Qanary7712345678")
			require.True(t, utf8.ValidString(got))
			if omitted == "" && json.Valid([]byte(body)) && strings.ContainsAny(body, `{["`) {
				require.True(t, json.Valid([]byte(got)) || strings.Contains(kind, "form"), "%q became %q", body, got)
			}
		}
	})
}

// FuzzXML: a document stays one, with the same elements.
func FuzzXML(f *testing.F) {
	f.Add("remarks", "午前中に", "見本")
	f.Add("shopId", "a<b>&\"]]>", "\r\n\t")
	f.Fuzz(func(t *testing.T, name, content, value string) {
		var doc strings.Builder
		doc.WriteString("<R><units>1</units><" + name + ` a="`)
		_ = xml.EscapeText(&doc, []byte(value))
		doc.WriteString(`">`)
		_ = xml.EscapeText(&doc, []byte(content+canary))
		doc.WriteString("</" + name + "></R>")
		want, ok := elements(doc.String())
		if !ok {
			return // no XML
		}
		got := newScrubber(t, order.Yahoo).xml(doc.String())
		elems, ok := elements(got)
		require.True(t, ok, "%q became %q", doc.String(), got)
		require.Equal(t, want, elems)
		require.NotContains(t, got, canary)
	})
}

func elements(doc string) (n int, ok bool) {
	dec := xml.NewDecoder(strings.NewReader(doc))
	for {
		token, err := dec.Token()
		if err != nil {
			return n, errors.Is(err, io.EOF)
		}
		if _, start := token.(xml.StartElement); start {
			n++
		}
	}
}

// A day that cannot be read stays so, whatever the names are replaced by.
func TestABrokenDayStaysBroken(t *testing.T) {
	for range 200 {
		s := newScrubber(t, order.Yahoo)
		made := s.leaf("Ship", "ShipRequestDate", "2026-02-30")
		require.Regexp(t, `^[5-9]{4}-[5-9]{2}-[5-9]{2}$`, made)
	}
}

// Ten one-digit numbers stay apart, though each is to become another: two orders must not become
// one.
func TestShortNumbersStayApart(t *testing.T) {
	for range 200 {
		s := newScrubber(t, order.Amazon)
		made := map[string]bool{}
		for n := range 10 {
			made[s.plain(strings.Repeat("0", 6)+string(rune('0'+n)))] = true
		}
		require.Len(t, made, 10)
	}
}
