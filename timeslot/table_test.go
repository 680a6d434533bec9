package timeslot_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/timeslot"
)

func TestTableModesAndOrder(t *testing.T) {
	table, err := timeslot.NewTable("shop",
		timeslot.Rule{Label: "おひさま便", Slot: timeslot.Morning, Mode: timeslot.Exact, Name: "sun"},
		timeslot.Rule{Label: "ほし便 A", Slot: timeslot.Night, Scope: timeslot.Scope{Mall: "rakuten"}},
		timeslot.Rule{Label: "ほし便A", Slot: timeslot.Afternoon},
		timeslot.Rule{Label: "8-12", Slot: timeslot.Morning, Mode: timeslot.Contains},
		timeslot.Rule{Label: "便 A-Z!", Slot: timeslot.Night},
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
		{timeslot.Label{Text: "便ａ～ｚ！"}, timeslot.Night, "rule 5"},
		{timeslot.Label{Text: "便Ａ－Ｚ!"}, timeslot.Night, "rule 5"},
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
		"bad mode":         {[]timeslot.Rule{{Label: "A", Slot: am, Mode: contains + 1}}, "rule 1: the mode is not valid"},
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

// The most specific scope wins, wherever its rule stands, and no rule for all is a duplicate of one
// for few.
func TestTableTakesTheMostSpecificScope(t *testing.T) {
	rule := func(mall, shop, method, slot string) timeslot.Rule {
		s, err := timeslot.Parse(slot)
		require.NoError(t, err)
		return timeslot.Rule{Label: "A", Slot: s, Scope: timeslot.Scope{Mall: mall, Shop: shop, Method: method}}
	}
	rules := []timeslot.Rule{
		rule("", "", "", "08:00-09:00"), rule("m", "", "", "09:00-10:00"), rule("", "", "宅配便", "10:00-11:00"),
		rule("", "s", "", "11:00-12:00"),
		rule("m", "", "宅配便", "12:00-13:00"), rule("m", "s", "", "13:00-14:00"), rule("", "s", "宅配便", "14:00-15:00"),
		rule("m", "s", "宅配便", "15:00-16:00"),
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
				takes := r.Scope.Covers(l) && (r.Label == l.Text || r.Mode == timeslot.Contains &&
					plainlyIn(l.Text, r.Label))
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
	table, err := timeslot.NewTable("shop", timeslot.Rule{Label: "ほし便", Slot: timeslot.Night, Mode: timeslot.Contains},
		timeslot.Rule{Label: "つき便", Slot: timeslot.Night})
	require.NoError(t, err)
	long := strings.Repeat("ﾊﾞ", 8<<20)
	start := time.Now()
	for range 50 {
		_, ok := timeslot.Read(timeslot.Chain(table, timeslot.B2.Matcher(), timeslot.Reader{}),
			timeslot.Label{Text: long})
		require.False(t, ok)
	}
	require.Less(t, time.Since(start), 5*time.Second)
	require.Equal(t, "night", reading(table, "ほし便"+long))
	require.Equal(t, "?", reading(table, "つき便"+strings.Repeat(" ", 9<<10)), "a label that was cut is not the same")
	require.Equal(t, "?", reading(timeslot.Reader{}, "午前中"+strings.Repeat(" ", 9<<10)))
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
