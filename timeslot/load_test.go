package timeslot_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/encoding/japanese"

	"github.com/jpmall/jpmall/timeslot"
)

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
		"label,slot,ラベル\n":                          "line 1: column \"ラベル\" appears twice",
		"label,slot\nA,am\nB\n":                     "line 3: wrong number of fields",
		"label,slot\nA,am\nB,sometime\n":            `line 3: slot "sometime" is not understood`,
		"label,slot\nA,am\n,pm\n":                   "line 3: the label is empty",
		"label,slot\nA,am\n\nＡ,pm\n":                "line 4: conflicts with line 2",
		"label,slot\nA,am\na,am\n":                  "line 3: says again what line 2 says",
		"label,slot,mode\nA,am,regexp\n":            "line 2: timeslot: mode must be same, exact or contains, got \"regexp\"",
		"label,slot\n\"A,am\n":                      "line 2",
		"\xff,slot\n":                               "line 1: the text is neither UTF-8 nor Shift_JIS",
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
		"":                   "rules.json: line 1: the file ends too early",
		"{}":                 "line 1: expected [",
		"[\n":                "line 2: the file ends too early",
		"[\n{\"label\": \"A": "line 2: the file ends too early",
		"[\n{\"label\": \"A\", \"slot\": \"am\"},\n{\"label\": \"a\",\n\"slot\": \"pm\"}]": "line 3: conflicts with line 2",
		"[\n{\"label\": 5}]":                     `line 2: field "label" must be a string`,
		"[{\"label\": \"A\", \"label\": \"B\"}]": "appears twice",
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
		empty, err := f.load(b.String())
		require.NoError(t, err, name)
		require.Empty(t, empty.Rules(), name)
		require.Len(t, empty.Warnings(), len(labels), name)
		require.ErrorContains(t, empty.Warnings()[0], "the slot is empty", name)
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

// One empty row is named and refuses nothing.
func TestEmptyRowsAreNamed(t *testing.T) {
	table, err := timeslot.LoadCSV("rules.csv",
		strings.NewReader("label,slot,mall\nA,am,*\n,,\nB,,rakuten\nA,pm,rakuten\n"))
	require.NoError(t, err)
	var warnings []string
	for _, w := range table.Warnings() {
		warnings = append(warnings, w.Error())
	}
	require.Equal(t, []string{
		"timeslot: rules.csv: line 3: the row is empty",
		"timeslot: rules.csv: line 4: the slot is empty: the label stays unread",
	}, warnings)
	require.Equal(t, "am", reading(table, "A"), "* is all malls")
	match, _ := timeslot.Read(table, timeslot.Label{Text: "A", Mall: "rakuten"})
	require.Equal(t, timeslot.Afternoon, match.Slot)
	require.Equal(t, "line 5", match.Rule)
	table, err = timeslot.LoadJSON("rules.json", strings.NewReader(`[{}, {"label": "A", "slot": "am", "shop": "*"}]`))
	require.NoError(t, err)
	require.Len(t, table.Warnings(), 1)
	require.Equal(t, "am", reading(table, "A"))
}

// A table is stored in the form that it is loaded from.
func TestTableIsStoredAgain(t *testing.T) {
	table, err := timeslot.LoadJSON("rules", strings.NewReader(`[
	{"label": "おひさま便", "slot": "am", "mall": "rakuten", "name": "sun"},
	{"label": "=1+1,\"x\"\n二行", "slot": "19:00-21:00", "mode": "exact", "shop": "s", "method": " 宅配便"},
	{"label": "ほし", "slot": "none", "mode": "contains"}, {"label": "B"}]`))
	require.NoError(t, err)
	text, err := json.Marshal(table)
	require.NoError(t, err)
	var file bytes.Buffer
	require.NoError(t, table.WriteCSV(&file))
	fromJSON, err := timeslot.LoadJSON("rules", bytes.NewReader(text))
	require.NoError(t, err)
	fromCSV, err := timeslot.LoadCSV("rules", &file)
	require.NoError(t, err)
	for i, r := range table.Rules() {
		for _, again := range []*timeslot.Table{fromJSON, fromCSV} {
			got := again.Rules()[i]
			require.Equal(t, []any{r.Label, r.Slot, r.Mode, r.Scope}, []any{got.Label, got.Slot, got.Mode, got.Scope})
		}
	}
	require.Equal(t, "sun", fromJSON.Rules()[0].Name)
	require.Equal(t, "line 1", fromJSON.Rules()[1].Name, "a place is not a name")
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
				match, ok := timeslot.Read(table, timeslot.Label{Text: r.Label, Mall: r.Scope.Mall, Shop: r.Scope.Shop,
					Method: r.Scope.Method})
				require.True(t, ok)
				require.True(t, match.Slot.Resolved())
			}
		}
	})
}
