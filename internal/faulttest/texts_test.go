package faulttest_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/jpmall/jpmall/amazon"
	"github.com/jpmall/jpmall/order"
	"github.com/jpmall/jpmall/yahoo"
)

// TestEveryTextIsInBothLanguages finds every order.Text that is written out in the library, and
// both of its languages in it.
func TestEveryTextIsInBothLanguages(t *testing.T) {
	t.Parallel()
	const root = "../.."
	found := 0
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		files := gotoken.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.CompositeLit); ok && isText(lit.Type) && len(lit.Elts) > 0 {
				if found++; len(lit.Elts) != 2 || slices.ContainsFunc(lit.Elts, isBlank) {
					t.Errorf("%s: one language is missing", files.Position(lit.Pos()))
				}
			}
			return true
		})
		return nil
	}))
	require.Greater(t, found, 100)
}

// goName is what may be a Go identifier in a Japanese text.
var goName = regexp.MustCompile(`[A-Za-z0-9_]+(?:\.[A-Z][A-Za-z0-9]*)?`)

// headerName is the name of an HTTP header, X-Amzn-RateLimit-Limit.
var headerName = regexp.MustCompile(`[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+`)

// humps is a name of several words, which is no word of the language or of a mall.
var humps = regexp.MustCompile(`^[A-Z][A-Z0-9]*[a-z][A-Za-z0-9]*[A-Z]`)

// oneWord are the exported names of one word that a text could mean.
var oneWord = map[string]bool{"Settle": true, "Wait": true, "Do": true, "Config": true, "Keys": true,
	"Actor": true, "Plain": true, "Addr": true, "Username": true, "Password": true, "Record": true}

// TestJapaneseTextsNameNothingOfGo finds no exported identifier in the Japanese of any text: staff
// reads it. The names of the malls' own fields, which wire structs repeat, and those of settings
// are no such identifiers.
func TestJapaneseTextsNameNothingOfGo(t *testing.T) {
	t.Parallel()
	ours, malls := map[string]bool{}, map[string]bool{}
	type text struct{ at, ja string }
	var texts []text
	require.NoError(t, filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "examples" || d.Name() == "testdata"):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		files := gotoken.NewFileSet()
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ours[file.Name.Name] = true
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				ours[n.Name.Name] = true
			case *ast.TypeSpec:
				ours[n.Name.Name] = true
			case *ast.ValueSpec:
				for _, id := range n.Names {
					ours[id.Name] = true
				}
			case *ast.StructType:
				for _, f := range n.Fields.List {
					for _, id := range f.Names {
						if file.Name.Name != "order" && wired(f) {
							malls[id.Name] = true
						} else {
							ours[id.Name] = true
						}
					}
				}
			case *ast.BasicLit:
				if ja, err := strconv.Unquote(n.Value); err == nil && n.Kind == gotoken.STRING && japanese(ja) {
					texts = append(texts, text{files.Position(n.Pos()).String(), ja})
				}
			}
			return true
		})
		return nil
	}))
	require.Greater(t, len(texts), 400)
	for _, text := range texts {
		for _, found := range goName.FindAllString(headerName.ReplaceAllString(text.ja, ""), -1) {
			pkg, name, qualified := strings.Cut(found, ".")
			if qualified && (ours[pkg] && ours[name] || oneWord[pkg]) || ours[found] &&
				!malls[found] && (oneWord[found] || humps.MatchString(found)) {
				t.Errorf("%s: %q names %s", text.at, text.ja, found)
			}
		}
	}
}

// wired reports whether a field is one of a mall's document.
func wired(f *ast.Field) bool {
	if f.Tag == nil {
		return false
	}
	tag, _ := strconv.Unquote(f.Tag.Value)
	_, xml := reflect.StructTag(tag).Lookup("xml")
	_, json := reflect.StructTag(tag).Lookup("json")
	return xml || json
}

var english = regexp.MustCompile(`[a-z]{2,} [a-z]{2,}`)

// japanese reports whether a literal is a Japanese text: it has hiragana, and is neither an English
// one that quotes the mall nor a list of words.
func japanese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return 'ぁ' <= r && r <= 'ん' }) &&
		!english.MatchString(s) && !strings.Contains(s, "\n")
}

// isBlank reports whether a field is written out as an empty text.
func isBlank(e ast.Expr) bool {
	if field, ok := e.(*ast.KeyValueExpr); ok {
		e = field.Value
	}
	text, ok := e.(*ast.BasicLit)
	return ok && strings.Trim(text.Value, "\"` ") == ""
}

// TestFlagsOfOneMallHaveWords finds those of the malls' own packages in package order's words.
func TestFlagsOfOneMallHaveWords(t *testing.T) {
	t.Parallel()
	for _, f := range []order.Flag{amazon.FlagPrime, amazon.FlagPremium, amazon.FlagEasyShip, amazon.FlagShipPlus,
		amazon.FlagTransparency, yahoo.TestOrder} {
		require.NotEqual(t, string(f), f.In(order.Japanese))
		require.NotEqual(t, string(f), f.In(order.English))
	}
}

func isText(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name == "Text"
	case *ast.SelectorExpr:
		return e.Sel.Name == "Text"
	}
	return false
}
