package timeslot_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

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
		"in one scope":     {[]timeslot.Rule{{Label: "A", Slot: am, Scope: rakuten}, {Label: "A", Slot: pm, Scope: rakuten}}, "rule 2: conflicts with rule 1"},
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

// The most specific scope wins, wherever its rule stands, and no rule for all is a duplicate of one for few.
func TestTableTakesTheMostSpecificScope(t *testing.T) {
	rule := func(mall, shop, method, slot string) timeslot.Rule {
		s, err := timeslot.Parse(slot)
		require.NoError(t, err)
		return timeslot.Rule{Label: "A", Slot: s, Scope: timeslot.Scope{Mall: mall, Shop: shop, Method: method}}
	}
	rules := []timeslot.Rule{
		rule("", "", "", "08:00-09:00"), rule("m", "", "", "09:00-10:00"), rule("", "", "宅配便", "10:00-11:00"), rule("", "s", "", "11:00-12:00"),
		rule("m", "", "宅配便", "12:00-13:00"), rule("m", "s", "", "13:00-14:00"), rule("", "s", "宅配便", "14:00-15:00"), rule("m", "s", "宅配便", "15:00-16:00"),
		rule("m", "t", "", "08:00-09:00"), // says what the general rule says: not wrong, it may differ tomorrow
	}
	back := slices.Clone(rules)
	slices.Reverse(back)
	for _, list := range [][]timeslot.Rule{rules, back} {
		table, err := timeslot.NewTable("shop", list...)
		require.NoError(t, err)
		for _, c := range []struct{ mall, shop, method, want string }{
			{"", "", "", "08:00-09:00"}, {"n", "u", "便", "08:00-09:00"}, {"m", "", "", "09:00-10:00"}, {"m", "u", "便", "09:00-10:00"}, {"n", "", "宅配便", "10:00-11:00"},
			{"n", "s", "便", "11:00-12:00"}, {"m", "u", "宅配便", "12:00-13:00"}, {"m", "s", "", "13:00-14:00"}, {"n", "s", "宅配便", "14:00-15:00"},
			{"m", "s", "宅配便", "15:00-16:00"}, {"m", "t", "", "08:00-09:00"},
		} {
			match, ok := timeslot.Read(table, timeslot.Label{Text: "Ａ", Mall: c.mall, Shop: c.shop, Method: c.method})
			require.True(t, ok)
			require.Equal(t, c.want, match.Slot.String(), "%+v", c)
		}
	}
}

// A table agrees with a plain walk over its rules.
func TestTableAgreesWithAPlainWalk(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 11))
	pieces := []string{"あ", "い", "う", "1", "12", "3", "-", "便"}
	text := func(n int) string {
		s := ""
		for range 1 + random.IntN(n) {
			s += pieces[random.IntN(len(pieces))]
		}
		return s
	}
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	for range 300 {
		var rules []timeslot.Rule
		for range 12 {
			r := timeslot.Rule{Label: text(3), Slot: timeslot.Morning, Mode: timeslot.Mode(random.IntN(3)),
				Scope: timeslot.Scope{Mall: pick("", "", "m"), Shop: pick("", "s")}}
			if _, err := timeslot.NewTable("t", append(rules, r)...); err == nil {
				rules = append(rules, r)
			}
		}
		table, err := timeslot.NewTable("t", rules...)
		require.NoError(t, err)
		for range 40 {
			l := timeslot.Label{Text: text(6), Mall: pick("m", "n"), Shop: pick("s", "u")}
			want, rank := "", -1
			for i, r := range rules {
				takes := r.Scope.Covers(l) && (r.Label == l.Text || r.Mode == timeslot.Contains && plainlyIn(l.Text, r.Label))
				named := 0
				if r.Scope.Mall != "" {
					named += 8
				}
				if r.Scope.Shop != "" {
					named += 9
				}
				if takes && named > rank {
					want, rank = fmt.Sprintf("rule %d", i+1), named
				}
			}
			match, _ := timeslot.Read(table, l)
			require.Equal(t, want, match.Rule, "%q in %+v", l.Text, rules)
		}
	}
}

// plainlyIn finds a needle that cuts no number in two.
func plainlyIn(text, needle string) bool {
	digit := func(i int) bool { return i >= 0 && i < len(text) && text[i] >= '0' && text[i] <= '9' }
	for i := range text {
		end := i + len(needle)
		if strings.HasPrefix(text[i:], needle) && !(digit(i-1) && digit(i)) && !(digit(end-1) && digit(end)) {
			return true
		}
	}
	return false
}

// Hostile labels are cut before they are folded.
func TestLongLabels(t *testing.T) {
	table, err := timeslot.NewTable("shop", timeslot.Rule{Label: "ほし便", Slot: timeslot.Night, Mode: timeslot.Contains}, timeslot.Rule{Label: "つき便", Slot: timeslot.Night})
	require.NoError(t, err)
	long := strings.Repeat("ﾊﾞ", 8<<20)
	start := time.Now()
	for range 50 {
		_, ok := timeslot.Read(timeslot.Chain(table, timeslot.B2.Matcher(), timeslot.Reader{}), timeslot.Label{Text: long})
		require.False(t, ok)
	}
	require.Less(t, time.Since(start), 5*time.Second)
	require.Equal(t, "night", reading(table, "ほし便"+long))
	require.Equal(t, "?", reading(table, "つき便"+strings.Repeat(" ", 9<<10)), "a label that was cut is not the same")
	require.Equal(t, "?", reading(timeslot.Reader{}, "午前中"+strings.Repeat(" ", 9<<10)))
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
		"label,slot\nA,am\n,pm\n":                   "line 3: the label is empty",
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
	table, err := timeslot.LoadCSV("rules.csv", strings.NewReader("label,slot,mall\nA,am,*\n,,\nB,,rakuten\nA,pm,rakuten\n"))
	require.NoError(t, err)
	var warnings []string
	for _, w := range table.Warnings() {
		warnings = append(warnings, w.Error())
	}
	require.Equal(t, []string{
		"timeslot: rules.csv: line 3: the row is empty", "timeslot: rules.csv: line 4: the slot is empty: the label stays unread",
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

// A table that is swapped while orders are read counts at once.
func TestLive(t *testing.T) {
	table := func(slot timeslot.Slot) *timeslot.Table {
		made, err := timeslot.NewTable("shop", timeslot.Rule{Label: "おひさま便", Slot: slot})
		require.NoError(t, err)
		return made
	}
	var live timeslot.Live
	require.Equal(t, "?", reading(&live, "おひさま便"))
	require.Equal(t, "?", reading((*timeslot.Live)(nil), "おひさま便"))
	require.Nil(t, live.Swap(table(timeslot.Morning)))
	m := timeslot.Chain(&live, timeslot.Default())
	require.Equal(t, "am", reading(m, "おひさま便"))
	require.Equal(t, "14:00-16:00", reading(m, "14-16時"))
	require.NotNil(t, live.Swap(table(timeslot.Night)))
	require.Equal(t, "night", reading(m, "おひさま便"))
	require.Equal(t, "am", reading(timeslot.NewLive(table(timeslot.Morning)), "おひさま便"))
	live.Swap(nil)
	require.Equal(t, "?", reading(m, "おひさま便"))

	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 500 {
				if s := reading(&live, "おひさま便"); s != "?" && s != "am" && s != "night" {
					t.Errorf("read %s", s)
				}
			}
		})
	}
	for i := range 200 {
		live.Swap(table([]timeslot.Slot{timeslot.Morning, timeslot.Night}[i%2]))
	}
	readers.Wait()
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
