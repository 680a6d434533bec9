package credential_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/credential"
	"github.com/jpmall/jpmall/order"
)

// qoo10 is a rule as a user would add it.
func qoo10() credential.Rule {
	return credential.Rule{
		Mall: "qoo10", Kind: "qapi-key", Name: credential.Text{JA: "QAPIキー", EN: "QAPI key"},
		Lifetimes: []credential.Lifetime{{Months: 12}}, From: credential.FromIssue,
		Renewal: credential.RenewedByPerson, Where: credential.Text{JA: "QSM | API", EN: "QSM | API"},
		Steps: []credential.Text{{JA: "再発行します。", EN: "Issue it again."}},
		Warn:  []time.Duration{30 * 24 * time.Hour, 24 * time.Hour}, Sure: credential.Reported,
	}
}

func TestBuiltInRules(t *testing.T) {
	rules := credential.Rules()
	seen := map[string]bool{}
	for _, r := range rules {
		require.NoError(t, r.Validate())
		id := string(r.Mall) + "/" + string(r.Kind)
		require.False(t, seen[id], id)
		seen[id] = true
		require.NotEmpty(t, r.Sources, id)
		for _, text := range append([]credential.Text{r.Name, r.Where, r.OverlapNote, r.Doubt, r.FailsLike,
			r.ExtendedWhile}, r.Steps...) {
			require.Equal(t, text.JA == "", text.EN == "", "%s: %q is said in one language only", id, text)
		}
		if r.Sure == credential.Unsure {
			require.NotEmpty(t, r.Doubt, id)
		}
	}
	for _, must := range []string{
		"rakuten/service-secret", "rakuten/license-key", "yahoo/order-session", "yahoo/refresh-token",
		"yahoo/public-key", "amazon/authorization",
		"amazon/self-authorization", "amazon/refresh-token", "amazon/marketplace-id", "amazon/client-secret",
		"amazon/access-token", "aupay/api-key",
	} {
		require.True(t, seen[must], must)
	}
}

func TestRulesAreCopies(t *testing.T) {
	changed := credential.Rules()
	for i := range changed {
		for j := range changed[i].Warn {
			changed[i].Warn[j] = -1
		}
		for j := range changed[i].Steps {
			changed[i].Steps[j] = credential.Text{}
		}
		changed[i].Name = credential.Text{}
	}
	for _, r := range credential.Rules() {
		require.NoError(t, r.Validate())
	}
	// Rules made from one another must not share what they hold, either.
	one := credential.Rules()
	for i := range one {
		before := make([]time.Duration, 0)
		for j := range one {
			if j != i && len(one[j].Warn) > 0 {
				before = append(before, one[j].Warn[0])
			}
		}
		if len(one[i].Warn) == 0 {
			continue
		}
		one[i].Warn[0]++
		after := make([]time.Duration, 0)
		for j := range one {
			if j != i && len(one[j].Warn) > 0 {
				after = append(after, one[j].Warn[0])
			}
		}
		require.Equal(t, before, after)
	}
}

func TestRulebook(t *testing.T) {
	mine := qoo10()
	book, err := credential.NewRulebook(mine)
	require.NoError(t, err)
	mine.Warn[0] = 0 // the book has its own
	got, ok := book.Rule("qoo10", "qapi-key")
	require.True(t, ok)
	require.NoError(t, got.Validate())
	got.Warn[0] = 0
	got, _ = book.Rule("qoo10", "qapi-key")
	require.NoError(t, got.Validate())
	require.Len(t, book.Rules(), len(credential.Rules())+1)
	_, ok = book.Rule(order.Rakuten, credential.KindLicenseKey)
	require.True(t, ok, "the built-in rules are there, too")
	_, ok = book.Rule("qoo10", credential.KindLicenseKey)
	require.False(t, ok)

	var zero credential.Rulebook
	_, ok = zero.Rule(order.AuPay, credential.KindAPIKey)
	require.True(t, ok)
	_, ok = zero.Rule("qoo10", "qapi-key")
	require.False(t, ok)
	require.Equal(t, credential.Rules(), zero.Rules())

	_, err = credential.NewRulebook(qoo10(), qoo10())
	require.ErrorContains(t, err, "qoo10/qapi-key already")
	again := rule(t, order.AuPay, credential.KindAPIKey)
	_, err = credential.NewRulebook(again)
	require.ErrorContains(t, err, "aupay/api-key already")
}

func TestRuleValidate(t *testing.T) {
	for want, edit := range map[string]func(*credential.Rule){
		"Mall is empty":                func(r *credential.Rule) { r.Mall = "" },
		"Kind is empty":                func(r *credential.Rule) { r.Kind = "" },
		"Name is needed":               func(r *credential.Rule) { r.Name.EN = "" },
		"needed in Japanese":           func(r *credential.Rule) { r.Name.JA = "" },
		"either Never":                 func(r *credential.Rule) { r.Lifetimes = nil },
		"Lifetimes[0]":                 func(r *credential.Rule) { r.Lifetimes[0].Days = 3 },
		"not a number of months":       func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Days: 86400} },
		"1201 is not a number":         func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Months: 1201} },
		"36601 is not a number":        func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Days: 36601} },
		"878401 is not a number":       func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Hours: 878401} },
		"-1 is not a number":           func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Days: -1} },
		"From is":                      func(r *credential.Rule) { r.From = "" },
		"ExtendedWhile":                func(r *credential.Rule) { r.Extended = []credential.Lifetime{{Days: 1}} },
		"Extended[0]":                  func(r *credential.Rule) { r.Extended = []credential.Lifetime{{}} },
		"OverlapFor":                   func(r *credential.Rule) { r.Overlap = credential.OverlapFixed },
		"Overlap \"some\"":             func(r *credential.Rule) { r.Overlap = "some" },
		"RefusedFor":                   func(r *credential.Rule) { r.RefusedFor = -1 },
		"Renewal is":                   func(r *credential.Rule) { r.Renewal = "" },
		"Where is empty":               func(r *credential.Rule) { r.Where = credential.Text{} },
		"Steps are empty":              func(r *credential.Rule) { r.Steps = nil },
		"Warn is empty":                func(r *credential.Rule) { r.Warn = nil },
		"longest first":                func(r *credential.Rule) { r.Warn = []time.Duration{1, 2} },
		"each once":                    func(r *credential.Rule) { r.Warn = []time.Duration{1, 1} },
		"Warn must be positive":        func(r *credential.Rule) { r.Warn = []time.Duration{1, 0} },
		"Sure is":                      func(r *credential.Rule) { r.Sure = "" },
		"of something that never ends": func(r *credential.Rule) { r.Never, r.Extended = true, []credential.Lifetime{{Days: 1}} },
	} {
		r := qoo10()
		edit(&r)
		require.ErrorContains(t, r.Validate(), want)
		_, err := credential.NewRulebook(r)
		require.Error(t, err, want)
	}
	for name, edit := range map[string]func(*credential.Rule){
		"a century in months":         func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Months: 1200} },
		"a century in days":           func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Days: 36600} },
		"a century in hours":          func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Hours: 878400} },
		"nobody knows where":          func(r *credential.Rule) { r.Renewal, r.Where = credential.RenewedByProgram, credential.Text{} },
		"nothing to do":               func(r *credential.Rule) { r.Renewal, r.Steps = credential.RenewedByProgram, nil },
		"nobody is warned":            func(r *credential.Rule) { r.Renewal, r.Warn = credential.RenewedByProgram, nil },
		"a person, but it never ends": func(r *credential.Rule) { r.Never, r.Lifetimes, r.From, r.Warn = true, nil, "", nil },
		"the old one lives on": func(r *credential.Rule) {
			r.Overlap, r.OverlapFor = credential.OverlapFixed, time.Nanosecond
		},
	} {
		r := qoo10()
		edit(&r)
		require.NoError(t, r.Validate(), name)
	}
}

func TestTable(t *testing.T) {
	book, err := credential.NewRulebook(qoo10())
	require.NoError(t, err)
	for _, lang := range []credential.Lang{credential.English, credential.Japanese} {
		table := book.Table(lang)
		require.Equal(t, table, book.Table(lang), "the same each time")
		lines := strings.Split(strings.TrimSuffix(table, "\n"), "\n")
		require.Len(t, lines, len(book.Rules())+2)
		for _, line := range lines {
			require.Equal(t, 9, strings.Count(strings.ReplaceAll(line, `\|`, ""), "|"), line)
		}
		require.True(t, strings.HasPrefix(table, credential.Table(lang)), "added rules come last")
	}
	require.Contains(t, book.Table(credential.English), "| 90 days or 3 months, the earlier (until 23:59:59 JST) |")
	require.Contains(t, book.Table(credential.English),
		"| 12 hours; 28 days while the public-key signature is accepted |")
	require.Contains(t, book.Table(credential.Japanese), "| 90日または3か月の早いほう(最終日の23:59:59まで) |")
	require.Contains(t, book.Table(credential.Japanese), `QSM \| API`)
}

func TestTableOfOneRule(t *testing.T) {
	for want, edit := range map[string]func(*credential.Rule){
		"| 1 year | issue | – | by hand: QSM": func(*credential.Rule) {},
		"| 2 years |":                         func(r *credential.Rule) { r.Lifetimes[0].Months = 24 },
		"| 1 month |":                         func(r *credential.Rule) { r.Lifetimes[0].Months = 1 },
		"| 13 months |":                       func(r *credential.Rule) { r.Lifetimes[0].Months = 13 },
		"| 1 day (until 23:59:59 JST) |":      func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Days: 1, EndOfDay: true} },
		"| 36 hours |":                        func(r *credential.Rule) { r.Lifetimes[0] = credential.Lifetime{Hours: 36} },
		"| 1 day or 2 days, the earlier | rotation |": func(r *credential.Rule) {
			r.Lifetimes = []credential.Lifetime{{Days: 1}, {Days: 2, EndOfDay: true}}
			r.From = credential.FromRotation
		},
		"| 30 d, 1 d | reported |": func(*credential.Rule) {},
		"| 30日・1日 | 複数の報告 |":       func(*credential.Rule) {},
		"| 36時間・5時間 |":             func(r *credential.Rule) { r.Warn = []time.Duration{36 * time.Hour, 5 * time.Hour} },
		"| 36 h, 1h30m0s, 45m0s |": func(r *credential.Rule) { r.Warn = []time.Duration{36 * time.Hour, 90 * time.Minute, 45 * time.Minute} },
		"| does not expire | – |":  func(r *credential.Rule) { r.Never, r.Lifetimes = true, nil },
		"| both live | can be automated: QSM": func(r *credential.Rule) {
			r.Renewal = credential.RenewedByProgram
			r.OverlapNote = credential.Text{JA: "併存", EN: "both live"}
		},
		"| automatic | – | uncertain: seen once |": func(r *credential.Rule) {
			r.Renewal, r.Warn = credential.RenewedByClient, nil
			r.Sure, r.Doubt = credential.Unsure, credential.Text{JA: "一度だけ確認", EN: "seen once"}
		},
	} {
		r := qoo10()
		edit(&r)
		book, err := credential.NewRulebook(r)
		require.NoError(t, err)
		row := ""
		for _, lang := range []credential.Lang{credential.English, credential.Japanese} {
			row += strings.TrimPrefix(book.Table(lang), credential.Table(lang))
		}
		require.Contains(t, row, want)
	}
}
