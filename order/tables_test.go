package order_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/order"
)

// named makes a value of a text type of the package from its text.
var named = map[string]func(string) spoken{
	"Flag":          func(s string) spoken { return order.Flag(s) },
	"PaymentMethod": func(s string) spoken { return order.PaymentMethod(s) },
	"ComponentKind": func(s string) spoken { return order.ComponentKind(s) },
	"Bearer":        func(s string) spoken { return order.Bearer(s) },
	"Verdict":       func(s string) spoken { return order.Verdict(s) },
	"Ability":       func(s string) spoken { return order.Ability(s) },
	"Mall":          func(s string) spoken { return order.Mall(s) },
	"CancelReason":  func(s string) spoken { return order.CancelReason(s) },
	"NoNumber":      func(s string) spoken { return order.NoNumber(s) },
}

// constants are the package's constants of the types in named, as "Type value".
func constants(t *testing.T) (all []string) {
	files, err := filepath.Glob("*.go")
	require.NoError(t, err)
	for _, name := range files {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || strings.HasSuffix(name, "_test.go") || len(spec.Values) != 1 {
				return true
			}
			of, _ := spec.Type.(*ast.Ident)
			value, _ := spec.Values[0].(*ast.BasicLit)
			if of != nil && value != nil && named[of.Name] != nil {
				text, err := strconv.Unquote(value.Value)
				require.NoError(t, err)
				all = append(all, of.Name+" "+text)
			}
			return true
		})
	}
	return all
}

// TestWordsAreThese compares all words of the package with a file that is changed by hand only.
func TestWordsAreThese(t *testing.T) {
	var got []string
	add := func(of, value string, v spoken) {
		got = append(got, strings.Join([]string{of, value, v.In(order.Japanese), v.In(order.English)}, "\t"))
	}
	values := constants(t)
	for _, f := range []string{"amazon_prime", "amazon_premium", "amazon_easy_ship", "amazon_ship_plus",
		"amazon_transparency", "test_order"} {
		values = append(values, "Flag "+f)
	}
	for _, v := range values {
		of, value, _ := strings.Cut(v, " ")
		add(of, value, named[of](value))
	}
	for _, s := range order.Statuses() {
		add("Status", s.String(), s)
	}
	for _, c := range order.Classes() {
		add("Class", c.Error(), c)
	}
	for _, o := range []order.Outcome{order.Unsettled, order.Done, order.Refused, order.NotSent} {
		add("Outcome", o.String(), o)
	}
	for _, a := range []order.Answer{order.NotTold, order.Yes, order.No} {
		add("Answer", a.String(), a)
	}
	same(t, "testdata/words.txt", got)
}

// TestObjectionsAreThese compares what MayShip says of each status and each flag with a file that is
// changed by hand only.
func TestObjectionsAreThese(t *testing.T) {
	var got []string
	add := func(about string, o order.Order) {
		for _, why := range order.MayShip(o) {
			got = append(got, strings.Join([]string{about, string(why.Code), why.Field, strconv.FormatBool(why.Stops),
				why.Text.JA, why.Text.EN}, "\t"))
		}
	}
	for _, s := range order.Statuses() {
		add(s.String(), order.Order{Status: s})
	}
	for _, v := range constants(t) {
		if flag, ok := strings.CutPrefix(v, "Flag "); ok {
			add(flag, order.Order{Status: order.ReadyToShip, Flags: order.Flags{order.Flag(flag)}})
		}
	}
	same(t, "testdata/objections.txt", got)
}

func same(t *testing.T, file string, got []string) {
	t.Helper()
	slices.Sort(got)
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	want := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	require.Equal(t, want, got)
}
