package wire_test

import (
	"encoding/xml"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/internal/wire"
)

type looseItem struct {
	Line  int    `xml:"Line"`
	Title string `xml:"Title"`
}

type price struct {
	Currency string `xml:"currency,attr"`
	Tax      *int   `xml:"tax,attr"`
	Amount   int    `xml:",chardata"`
}

type looseReply struct {
	XMLName xml.Name     `xml:"Reply"`
	Total   int          `xml:"total,attr"`
	Paged   *bool        `xml:"paged,attr"`
	Status  string       `xml:"Result>Status"`
	Errors  []looseItem  `xml:"Result>Error"`
	Text    string       `xml:"Text"`
	Placed  stamp        `xml:"Placed"`
	Number  int64        `xml:"Number"`
	Small   uint8        `xml:"Small"`
	Gift    flag         `xml:"Gift"`
	Points  *int         `xml:"Points"`
	Note    *string      `xml:"Note"`
	Main    looseItem    `xml:"Main"`
	Maybe   *looseItem   `xml:"Maybe"`
	Items   []looseItem  `xml:"Item"`
	Refs    []*looseItem `xml:"Ref"`
	IDs     []string     `xml:"ID"`
	Counts  []int        `xml:"Count"`
	Price   price        `xml:"Price"`
	Body    *inner       `xml:"Body"`
	Hidden  string       `xml:"-"`
}

type inner struct {
	Raw  string `xml:",innerxml"`
	Line int    `xml:"Line"`
}

func TestXMLLeniency(t *testing.T) {
	five, note := 5, "n"
	root := xml.Name{Local: "Reply"}
	tests := []struct {
		name, in string
		want     looseReply
		problems []string
	}{
		{"empty and missing are alike", `<Text/><Number></Number><Small> </Small><Gift><![CDATA[]]></Gift><Points/><Note></Note><Main/><Maybe> </Maybe><Item/><Item>
			</Item><Ref/><ID/><Count></Count><Price/><Body/>`, looseReply{}, nil},
		{"scalars", `<Number> 5980 </Number><Small>255</Small><Gift>true</Gift><Points>5</Points><Note>n</Note>`,
			looseReply{Number: 5980, Small: 255, Gift: true, Points: &five, Note: &note}, nil},
		{"whole amounts", `<Number>5980.00</Number><Small>1e2</Small><Points>
			5</Points>`, looseReply{Number: 5980, Small: 100, Points: &five}, nil},
		{"problems", `<Number>12円</Number><Small>256</Small><Gift>maybe</Gift><Points>x</Points><Main><Line>-</Line></Main><Item><Line>1</Line></Item><Item><Line>1.5</Line></Item><Count>x</Count><Price tax="y">z</Price><Result><Error><Line>q</Line></Error></Result>`,
			looseReply{Items: []looseItem{{Line: 1}, {}}, Counts: []int{0}, Errors: []looseItem{{}}},
			[]string{"Number", "Small", "Gift", "Points", "Main.Line", "Item[1].Line", "Count[0]", "Price.@tax",
				"Price", "Result.Error[0].Line"}},
		{"white space around text goes, in CDATA it stays", "<Text>\n  のし\n 希望\n</Text><Placed>\n<![CDATA[ a ]]>\n</Placed><Note>\r\n n \r</Note>",
			looseReply{Text: "のし\n 希望", Placed: " a ", Note: &note}, nil},
		{"text in pieces", `<Text>a<!-- x -->b<![CDATA[<c>&amp;]]>d<?pi ?>e<Zzz>no</Zzz>f</Text>`, looseReply{Text: "ab<c>&amp;def"}, nil},
		{"references", `<Text>&lt;&gt;&amp;&quot;&apos;&#12316;&#x3042;&#xA;x</Text>`, looseReply{Text: "<>&\"'〜あ\nx"}, nil},
		{"what is no reference", `<Text>A & B &nbsp; &; &#; &#x; &#1a; &#0; &#xD800; &#x110000; &#99999999999; &amp</Text>`,
			looseReply{Text: "A & B &nbsp; &; &#; &#x; &#1a; &#0; &#xD800; &#x110000; &#99999999999; &amp"}, nil},
		{"control characters", "<Text>a\x00b\x0Bc\x1B&#1;</Text>", looseReply{Text: "a\x00b\x0Bc\x1B\x01"}, nil},
		{"line ends", "<Text>a\r\nb\rc<![CDATA[\r\n]]></Text>", looseReply{Text: "a\nb\nc\n"}, nil},
		{"broken UTF-8", "<Text>\xe3\x81x</Text>", looseReply{Text: "\uFFFD\uFFFDx"}, nil},
		{"brackets", `<Text>a > b ]]> c</Text>`, looseReply{Text: "a > b ]]> c"}, nil},
		{"prefixes", `<y:Text xmlns:y="urn:y">a</y:Text><z:Main><q:Line>3</q:Line></z:Main>`, looseReply{Text: "a", Main: looseItem{Line: 3}}, nil},
		{"unknown elements", `<New a="1"><Text>no</Text><Deep><Er/></Deep></New><Text>yes</Text>`, looseReply{Text: "yes"}, nil},
		{"case", `<text>no</text><TEXT>no</TEXT><Hidden>no</Hidden>`, looseReply{}, nil},
		{"repeated scalars", `<Text>a</Text><Number>1</Number><Points>4</Points><Text>b</Text><Number/><Points>5</Points>`, looseReply{Text: "b", Points: &five}, nil},
		{"lists", `<Item><Line>1</Line></Item><ID>a</ID><Item><Title>t</Title></Item><Ref><Line>2</Line></Ref><ID> b </ID><Count>7</Count>`,
			looseReply{Items: []looseItem{{Line: 1}, {Title: "t"}}, IDs: []string{"a", "b"},
				Refs: []*looseItem{{Line: 2}}, Counts: []int{7}}, nil},
		{"paths", `<Result><Status>OK</Status></Result><Result><Error><Line>1</Line></Error><Error><Line>2</Line></Error></Result>`,
			looseReply{Status: "OK", Errors: []looseItem{{Line: 1}, {Line: 2}}}, nil},
		{"attributes", `<Price currency='J&amp;"Y' tax = " 5 " other=">">100</Price>`, looseReply{Price: price{Currency: `J&"Y`, Tax: &five, Amount: 100}}, nil},
		{"inner", `<Body> <Line>4</Line><b>&amp;</b> </Body>`, looseReply{Body: &inner{Raw: ` <Line>4</Line><b>&amp;</b> `, Line: 4}}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got looseReply
			problems, err := wire.XML([]byte("<Reply>"+tt.in+"</Reply>"), &got)
			require.NoError(t, err)
			tt.want.XMLName = root
			require.Equal(t, tt.want, got)
			var paths []string
			for _, p := range problems {
				paths = append(paths, p.Path)
			}
			require.Equal(t, tt.problems, paths)
		})
	}
}

func TestXMLProlog(t *testing.T) {
	for _, in := range []string{
		`<Reply total="2" paged="true"/>`,
		"\uFEFF<?xml version='1.0' encoding='UTF-8' ?>\n<!-- x --><?pi?>\n<Reply paged=\"1\" total=\"2\"></Reply>\n<!-- y -->\n<?z?> ",
		`<?xml version="1.0" encoding="utf8"?><n:Reply xmlns:n="urn:yahoo:api" total='2' paged='true' ></n:Reply >`,
		`<?xml version="1.0" encoding="ISO-8859-1"?><Reply total="2" paged="true"/>`,
	} {
		var got looseReply
		problems, err := wire.XML([]byte(in), &got)
		require.NoError(t, err, in)
		require.Empty(t, problems)
		require.Equal(t, 2, got.Total)
		require.True(t, *got.Paged)
		root, err := wire.Root([]byte(in))
		require.NoError(t, err)
		require.Equal(t, "Reply", root)
	}
}

func TestXMLCharsets(t *testing.T) {
	tests := []struct{ encoding, text, want string }{
		{"Shift_JIS", "\x8c\xa9\x96\x7b \x87\x40", "見本 ①"},
		{"Windows-31J", "\x83\x5c\x5c", "ソ\\"},
		{"EUC-JP", "\xb8\xab\xcb\xdc", "見本"},
	}
	for _, tt := range tests {
		var got looseReply
		_, err := wire.XML([]byte(`<?xml version="1.0" encoding="`+tt.encoding+`"?><Reply><Text>`+tt.text+
			`</Text></Reply>`), &got)
		require.NoError(t, err)
		require.Equal(t, tt.want, got.Text)
	}
	for _, in := range []string{"<?xml version='1.0' encoding='Big5'?><Reply>\xa4\xa4</Reply>", "\xfe\xff\x00<\x00R",
		"\xff\xfe<\x00R\x00"} {
		_, err := wire.XML([]byte(in), &looseReply{})
		require.ErrorIs(t, err, wire.ErrCharset)
	}
}

func TestXMLBrokenDocuments(t *testing.T) {
	tests := []struct {
		name, in string
		want     error
	}{
		{"empty", "", wire.ErrEmpty},
		{"blank", "\uFEFF \n", wire.ErrEmpty},
		{"prolog only", `<?xml version="1.0"?>`, wire.ErrTruncated},
		{"html", "<html><body>502 Bad Gateway</body></html>", wire.ErrHTML},
		{"html doctype", "\n<!DOCTYPE HTML PUBLIC \"-//W3C//DTD\">", wire.ErrHTML},
		{"xhtml", `<?xml version="1.0"?><!-- x --><!DOCTYPE html><html/>`, wire.ErrHTML},
		{"doctype", `<!DOCTYPE Reply [<!ENTITY a "canary">]><Reply>&a;</Reply>`, wire.ErrDoctype},
		{"doctype inside", `<Reply><!DOCTYPE x></Reply>`, wire.ErrDoctype},
		{"entity", `<Reply><!ENTITY a "canary"></Reply>`, wire.ErrDoctype},
		{"json", `{"errors":"canary"}`, wire.ErrMalformed},
		{"text", "Service Unavailable", wire.ErrMalformed},
		{"cdata root", "<![CDATA[canary]]>", wire.ErrMalformed},
		{"another root", `<Error><Code>canary</Code></Error>`, wire.ErrRoot},
		{"wrong end tag", `<Reply><Number>10</Numberr></Reply>`, wire.ErrMalformed},
		{"wrong end tag in an unknown element", `<Reply><canary>10</canarx></Reply>`, wire.ErrMalformed},
		{"crossing end tags", `<Reply><a><b></a></b></Reply>`, wire.ErrMalformed},
		{"prefix of the end tag", `<x:Reply></y:Reply>`, wire.ErrMalformed},
		{"two roots", `<Reply/><Reply/>`, wire.ErrMalformed},
		{"text behind", `<Reply/>canary`, wire.ErrMalformed},
		{"cut off in text", `<Reply><Text>canary`, wire.ErrTruncated},
		{"cut off in a tag", `<Reply><Tex`, wire.ErrTruncated},
		{"cut off in an end tag", `<Reply></Reply`, wire.ErrTruncated},
		{"cut off behind a tag", `<Reply>`, wire.ErrTruncated},
		{"cut off at a bracket", `<Reply><`, wire.ErrTruncated},
		{"cut off in a closed tag", `<Reply/`, wire.ErrTruncated},
		{"cut off in an attribute", `<Reply a="canary`, wire.ErrTruncated},
		{"cut off in CDATA", `<Reply><Text><![CDATA[canary]]`, wire.ErrTruncated},
		{"cut off in a comment", `<Reply><!-- canary --`, wire.ErrTruncated},
		{"cut off at a comment", `<Reply><!`, wire.ErrTruncated},
		{"attribute without a value", `<Reply a></Reply>`, wire.ErrMalformed},
		{"attribute without quotes", `<Reply a=canary></Reply>`, wire.ErrMalformed},
		{"no name", `<Reply>< Text></Reply>`, wire.ErrMalformed},
		{"number as a name", `<1>`, wire.ErrMalformed},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := wire.XML([]byte(tt.in), &looseReply{})
			require.ErrorIs(t, err, tt.want)
			var syntax *wire.SyntaxError
			require.ErrorAs(t, err, &syntax)
			require.Equal(t, "XML", syntax.Format)
			require.LessOrEqual(t, syntax.Offset, len(tt.in))
			require.NotContains(t, err.Error(), "canary")
		})
	}
}

func TestXMLIsBounded(t *testing.T) {
	deep := func(n int) []byte {
		return []byte("<Reply>" + strings.Repeat("<a>", n) + strings.Repeat("</a>", n) + "</Reply>")
	}
	var reply looseReply
	_, err := wire.XML(deep(wire.MaxDepth-1), &reply)
	require.NoError(t, err)
	_, err = wire.XML(deep(wire.MaxDepth), &reply)
	require.ErrorIs(t, err, wire.ErrDepth)
	_, err = wire.XML([]byte(strings.Repeat("<Reply>", 1_000_000)), &reply)
	require.ErrorIs(t, err, wire.ErrDepth)

	orders := wire.MaxMemory/int(reflect.TypeFor[aupayOrder]().Size()) + 1
	many := "<response>" + strings.Repeat("<orderInfo>.</orderInfo>", orders) + "</response>"
	_, err = wire.XML([]byte(many), &aupayPage{})
	require.ErrorIs(t, err, wire.ErrSize)
}

func TestXMLTypesThatAreRefused(t *testing.T) {
	targets := map[string]any{
		"float":  &struct{ F float64 }{},
		"map":    &struct{ M map[string]string }{},
		"slices": &struct{ S [][]string }{},
		"any": &struct {
			A []looseItem `xml:",any"`
		}{},
		"attr struct": &struct {
			A looseItem `xml:",attr"`
		}{},
		"path twice": &struct {
			A string    `xml:"a"`
			B looseItem `xml:"a>b"`
		}{},
		"slice target": &[]looseItem{},
	}
	for name, target := range targets {
		t.Run(name, func(t *testing.T) {
			_, err := wire.XML([]byte(`<a/>`), target)
			require.ErrorContains(t, err, "wire: ")
		})
	}
}

func TestXMLKeepsWhatEncodingXMLReads(t *testing.T) {
	var gotAupay, wantAupay aupayPage
	decodeBoth(t, aupayReply(t, 12), &gotAupay, &wantAupay)
	require.Equal(t, wantAupay, gotAupay)
	require.Equal(t, int64(700000011), gotAupay.OrderInfo[11].OrderId)

	var gotYahoo, wantYahoo yahooPage
	decodeBoth(t, yahooReply(t, 12), &gotYahoo, &wantYahoo)
	// encoding/xml makes an element of <ItemOption></ItemOption>.
	for i := range wantYahoo.OrderInfo {
		for j := range wantYahoo.OrderInfo[i].Item {
			item := &wantYahoo.OrderInfo[i].Item[j]
			if item.ItemOption[0] == (yahooItemOption{}) {
				item.ItemOption, item.Inscription = nil, nil
			}
		}
	}
	require.Equal(t, wantYahoo, gotYahoo)
	require.Equal(t, "試験", gotYahoo.OrderInfo[11].Pay.BillLastName)
}

func decodeBoth(t *testing.T, page []byte, got, want any) {
	problems, err := wire.XML(page, got)
	require.NoError(t, err)
	require.Empty(t, problems)
	require.NoError(t, xml.Unmarshal(page, want))
}
