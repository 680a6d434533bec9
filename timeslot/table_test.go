package timeslot_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/timeslot"
)

func TestTableModesAndOrder(t *testing.T) {
	table, err := timeslot.NewTable("shop",
		timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning, Mode: timeslot.Exact, Name: "sun"},
		timeslot.Rule{Label: "ほし便 A", Slot: timeslot.Night, Scope: timeslot.Scope{Mall: "rakuten"}},
		timeslot.Rule{Label: "ほし便A", Slot: timeslot.Afternoon},
		timeslot.Rule{Label: "8-12", Slot: timeslot.Morning, Mode: timeslot.Contains},
	)
	require.NoError(t, err)
	require.Equal(t, "shop", table.Name())
	for _, c := range []struct {
		label timeslot.Label
		slot  timeslot.Slot
		rule  string
	}{
		{timeslot.Label{Text: "おひさま便"}, timeslot.Morning, "sun"},
		{timeslot.Label{Text: "おひさま 便"}, 0, ""},
		{timeslot.Label{Text: "ほし便Ａ", Mall: "rakuten"}, timeslot.Night, "rule 2"},
		{timeslot.Label{Text: "ほし便　ａ", Mall: "yahoo"}, timeslot.Afternoon, "rule 3"},
		{timeslot.Label{Text: "朝いち(８〜１２)"}, timeslot.Morning, "rule 4"},
		{timeslot.Label{Text: "18～12"}, 0, ""},
		{timeslot.Label{Text: "8～120"}, 0, ""},
		{timeslot.Label{Text: "18～12 8～12"}, timeslot.Morning, "rule 4"},
		{timeslot.Label{Text: ""}, 0, ""},
	} {
		match, ok := timeslot.Read(table, c.label)
		require.Equal(t, c.slot != 0, ok, "%+v", c.label)
		require.Equal(t, c.slot, match.Slot)
		require.Equal(t, c.rule, match.Rule)
	}
}

func TestTableRefuses(t *testing.T) {
	am, pm := timeslot.Morning, timeslot.Afternoon
	exact, contains := timeslot.Exact, timeslot.Contains
	rakuten := timeslot.Scope{Mall: "rakuten"}
	for name, c := range map[string]struct {
		rules []timeslot.Rule
		want  string
	}{
		"no label":         {[]timeslot.Rule{{Slot: am}}, "rule 1: the label is empty"},
		"blank label":      {[]timeslot.Rule{{Label: " 　", Slot: am, Mode: contains}}, "rule 1: the label is empty"},
		"no slot":          {[]timeslot.Rule{{Label: "A"}}, "rule 1: the slot is empty"},
		"bad slot":         {[]timeslot.Rule{{Label: "A", Slot: 7}}, "rule 1: the slot is not valid"},
		"bad mode":         {[]timeslot.Rule{{Label: "A", Slot: am, Mode: 9}}, "rule 1: the mode is not valid"},
		"duplicate":        {[]timeslot.Rule{{Label: "A", Slot: am}, {Label: "ａ", Slot: am}}, "rule 2: says again what rule 1 says"},
		"conflict":         {[]timeslot.Rule{{Label: "A", Slot: am}, {Label: "ａ", Slot: pm}}, "rule 2: conflicts with rule 1"},
		"hidden by same":   {[]timeslot.Rule{{Label: "A", Slot: am}, {Label: "ａ", Slot: pm, Mode: exact}}, "rule 2: conflicts with rule 1"},
		"hidden by scope":  {[]timeslot.Rule{{Label: "A", Slot: am}, {Label: "A", Slot: pm, Scope: rakuten}}, "rule 2: conflicts with rule 1"},
		"hidden by part":   {[]timeslot.Rule{{Label: "便", Slot: am, Mode: contains}, {Label: "ほし便", Slot: pm}}, "rule 2: conflicts with rule 1"},
		"two faults":       {[]timeslot.Rule{{Slot: am}, {Label: "A"}}, "rule 1: the label is empty\ntimeslot: shop: rule 2: the slot is empty"},
		"exact, the same":  {[]timeslot.Rule{{Label: "A", Slot: am, Mode: exact}, {Label: "A", Slot: am, Mode: exact}}, "says again"},
		"later than three": {[]timeslot.Rule{{Label: "A", Slot: am}, {Label: "B", Slot: am}, {Label: "B", Slot: am}}, "rule 3: says again what rule 2"},
	} {
		table, err := timeslot.NewTable("shop", c.rules...)
		require.ErrorContains(t, err, c.want, name)
		require.Nil(t, table, name)
		var fault *timeslot.RuleError
		require.ErrorAs(t, err, &fault, name)
	}
	// From the special to the general is how a table is meant to be.
	_, err := timeslot.NewTable("shop",
		timeslot.Rule{Label: "A", Slot: am, Mode: exact}, timeslot.Rule{Label: "A", Slot: pm, Scope: rakuten},
		timeslot.Rule{Label: "A", Slot: timeslot.Night}, timeslot.Rule{Label: "A", Slot: am, Mode: contains})
	require.NoError(t, err)
}

const rulesCSV = "ラベル,時間帯,照合,モール,店舗,名前\n" +
	"おひさま便,午前中,,rakuten,,sun\n" +
	"ほし便,19:00-21:00,exact,,example-shop,\n" +
	"\"二行の\nラベル\",none,,,,\n" +
	"つき便,night,,,,\n"

func TestLoadCSV(t *testing.T) {
	sjis, err := japanese.ShiftJIS.NewEncoder().String(rulesCSV)
	require.NoError(t, err)
	for name, text := range map[string]string{
		"UTF-8": rulesCSV, "byte order mark": "\ufeff" + rulesCSV, "Shift_JIS": sjis, "CRLF": strings.ReplaceAll(rulesCSV, "\n", "\r\n"),
	} {
		table, err := timeslot.LoadCSV("rules.csv", strings.NewReader(text))
		require.NoError(t, err, name)
		match, ok := timeslot.Read(table, timeslot.Label{Text: "おひさま 便", Mall: "rakuten"})
		require.True(t, ok, name)
		require.Equal(t, timeslot.Match{Slot: timeslot.Morning, Matcher: "rules.csv", Rule: "sun"}, match)
		match, ok = timeslot.Read(table, timeslot.Label{Text: "ほし便", Shop: "example-shop"})
		require.True(t, ok, name)
		require.Equal(t, timeslot.Match{Slot: slot(t, "19:00-21:00"), Matcher: "rules.csv", Rule: "line 3"}, match)
		require.Equal(t, "night", reading(table, "つき便"))
		require.Equal(t, "line 6", table.Rules()[3].Name, "line 4 has two lines")
		require.Equal(t, "?", reading(table, "おひさま便"), "only at Rakuten")
	}
}

func TestLoadCSVRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                                          "rules.csv: line 1: the file is empty",
		"label\nA\n":                                "line 1: the columns label and slot must be there",
		"label,slot,colour\n":                       `line 1: column "colour" is not known`,
		"label,slot,ラベル\n":                          "line 1: column \"ラベル\" stands there twice",
		"label,slot\nA,am\nB\n":                     "line 3: wrong number of fields",
		"label,slot\nA,am\nB,sometime\n":            `line 3: slot "sometime" is not understood`,
		"label,slot\nA,am\nB,\n":                    "line 3: the slot is empty",
		"label,slot\nA,am\n\nＡ,pm\n":                "line 4: conflicts with line 2",
		"label,slot\nA,am\na,am\n":                  "line 3: says again what line 2 says",
		"label,slot,mode\nA,am,regexp\n":            "line 2: timeslot: mode \"regexp\"",
		"label,slot\n\"A,am\n":                      "line 2",
		"label,slot\n\xff\xfe,am\n":                 "line 2: the text is neither UTF-8 nor Shift_JIS",
		"label,slot\n" + strings.Repeat("x", 5<<20): "at most",
	} {
		_, err := timeslot.LoadCSV("rules.csv", strings.NewReader(text))
		require.ErrorContains(t, err, want)
	}
}

func TestLoadJSON(t *testing.T) {
	table, err := timeslot.LoadJSON("rules.json", strings.NewReader(`[
	{"label": "おひさま便", "slot": "am", "mall": "rakuten", "name": "sun"},

	{"label": "ほし便", "slot": "19時～21時", "mode": "exact", "count": 3, "orders": ["a", "b"]}
]`))
	require.NoError(t, err)
	require.Equal(t, "19:00-21:00", reading(table, "ほし便"))
	match, _ := timeslot.Read(table, timeslot.Label{Text: "ほし便"})
	require.Equal(t, "line 4", match.Rule)

	for text, want := range map[string]string{
		"":    "rules.json: line 1: the file ends too early",
		"{}":  "line 1: expected [",
		"[\n": "line 2: the file ends too early",
		"[\n{\"label\": \"A\", \"slot\": \"am\"},\n{\"label\": \"a\",\n\"slot\": \"pm\"}]": "line 3: conflicts with line 2",
		"[\n{\"label\": 5}]":                     `line 2: field "label" must be a string`,
		"[{\"label\": \"A\", \"label\": \"B\"}]": "stands there twice",
		"[{\n\"colour\": \"A\"}]":                `line 2: field "colour" is not known`,
		"[{\"label\": \"A\"\n\"slot\"}]":         "line 2: invalid character",
		"[{\"label\": \"A\",\n\"slot\": \"x\"}]": `line 2: slot "x" is not understood`,
		"[] []":                                  "something follows",
		"[[]]":                                   "expected {",
	} {
		_, err := timeslot.LoadJSON("rules.json", strings.NewReader(text))
		require.ErrorContains(t, err, want, text)
	}
}

// A collector's file, with its slots filled in, is a table for just those labels.
func TestCollectorBecomesATable(t *testing.T) {
	var c timeslot.Collector
	labels := []timeslot.Label{
		{Text: "おひさま便", Mall: "rakuten", Shop: "example-shop", Method: "宅配便"}, {Text: "=1+1,\"x\""}, {Text: "二行の\nラベル"}, {Text: "おひさま 便"},
	}
	for i, l := range labels {
		for range len(labels) - i {
			c.Add(l, "order-"+string(rune('a'+i)))
		}
	}
	for name, f := range map[string]struct {
		write func(*bytes.Buffer) error
		load  func(string) (*timeslot.Table, error)
		empty string
		full  string
	}{
		"CSV": {
			func(b *bytes.Buffer) error { return c.WriteCSV(b) },
			func(s string) (*timeslot.Table, error) { return timeslot.LoadCSV("x", strings.NewReader(s)) },
			",,exact,", ",pm,exact,",
		},
		"JSON": {
			func(b *bytes.Buffer) error { return c.WriteJSON(b) },
			func(s string) (*timeslot.Table, error) { return timeslot.LoadJSON("x", strings.NewReader(s)) },
			`"slot": ""`, `"slot": "午後"`,
		},
	} {
		var b bytes.Buffer
		require.NoError(t, f.write(&b), name)
		_, err := f.load(b.String())
		require.ErrorContains(t, err, "the slot is empty", name)
		table, err := f.load(strings.ReplaceAll(b.String(), f.empty, f.full))
		require.NoError(t, err, name)
		require.Len(t, table.Rules(), len(labels))
		for _, l := range labels {
			match, ok := timeslot.Read(table, l)
			require.True(t, ok, "%s: %q", name, l.Text)
			require.Equal(t, timeslot.Afternoon, match.Slot)
		}
		require.Equal(t, "?", reading(table, "おひさま便"), "the table knows the label of that shop only")
	}
}

func FuzzLoadTable(f *testing.F) {
	f.Add([]byte(rulesCSV))
	f.Add([]byte(`[{"label": "A", "slot": "am"}]`))
	f.Add([]byte("label,slot\n\x83\x89,am\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		for _, load := range []func() (*timeslot.Table, error){
			func() (*timeslot.Table, error) { return timeslot.LoadCSV("f", bytes.NewReader(file)) },
			func() (*timeslot.Table, error) { return timeslot.LoadJSON("f", bytes.NewReader(file)) },
		} {
			table, err := load()
			if err != nil {
				require.Nil(t, table)
				continue
			}
			// Every rule wins for its own label inside its own scope.
			for _, r := range table.Rules() {
				match, ok := timeslot.Read(table, timeslot.Label{Text: r.Label, Mall: r.Scope.Mall, Shop: r.Scope.Shop, Method: r.Scope.Method})
				require.True(t, ok)
				require.True(t, match.Slot.Resolved())
			}
		}
	})
}
