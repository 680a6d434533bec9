package faulttest_test

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// names are the exported identifiers of a package: Name, and Type.Member for fields and methods.
type names map[string]bool

func (n names) of(file *ast.File) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			n[d.Name.Name] = d.Recv == nil || n[d.Name.Name]
			if d.Recv != nil {
				t := d.Recv.List[0].Type
				if star, ok := t.(*ast.StarExpr); ok {
					t = star.X
				}
				if id, ok := t.(*ast.Ident); ok {
					n[id.Name+"."+d.Name.Name] = true
				}
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, id := range s.Names {
						n[id.Name] = true
					}
				case *ast.TypeSpec:
					n[s.Name.Name] = true
					if t, ok := s.Type.(*ast.StructType); ok {
						for _, f := range t.Fields.List {
							for _, id := range f.Names {
								n[s.Name.Name+"."+id.Name] = true
							}
						}
					}
				}
			}
		}
	}
}

// mentioned is an identifier in a text: timeslot.ParseCarrier, WriteOptions.AnyState,
// rakuten.Config.Slots.
var mentioned = regexp.MustCompile(`\b(?:([a-z]+)\.)?([A-Z][A-Za-z0-9]+)(?:\.([A-Z][A-Za-z0-9]+))?\b`)

// kana are the letters of a text that has no blanks between its words.
var kana = regexp.MustCompile(`[\p{Han}\p{Hiragana}\p{Katakana}]`)

// declares reports whether a package has a Type.Member: several malls have types of one name.
func declares(packages map[string]names, name string) bool {
	for _, n := range packages {
		if n[name] {
			return true
		}
	}
	return false
}

// TestTextsNameWhatExists looks for identifiers in the texts that users read (errors, hints, what
// to do next) and finds each declared: in the package that it names, and a Type.Member without one
// wherever a type of that name is.
func TestTextsNameWhatExists(t *testing.T) {
	packages := map[string]names{}
	texts := map[string][]string{} // by file
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "examples" || d.Name() == "testdata" || d.Name() != ".." &&
			strings.HasPrefix(d.Name(), ".")):
			return filepath.SkipDir
		case !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go"):
			return nil
		}
		file, err := parser.ParseFile(gotoken.NewFileSet(), path, nil, 0)
		if err != nil {
			return err
		}
		name := file.Name.Name
		if packages[name] == nil {
			packages[name] = names{}
		}
		packages[name].of(file)
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == gotoken.STRING {
				if text, err := strconv.Unquote(lit.Value); err == nil {
					texts[path] = append(texts[path], text)
				}
			}
			return true
		})
		return nil
	})
	require.NoError(t, err)
	types := map[string]bool{} // those of ours with members
	for _, n := range packages {
		for name := range n {
			of, _, ok := strings.Cut(name, ".")
			types[of] = types[of] || ok
		}
	}
	found := 0
	for path, all := range texts {
		for _, text := range all {
			if !strings.Contains(text, " ") && !kana.MatchString(text) { // a name in data, no text for people
				continue
			}
			for _, m := range mentioned.FindAllStringSubmatch(text, -1) {
				pkg, name := m[1], m[2]
				if m[3] != "" {
					name += "." + m[3]
				}
				if pkg != "" {
					if declared, ours := packages[pkg]; ours {
						found++
						require.True(t, declared[name], "%s: %q names %s.%s, which does not exist", path, text, pkg,
							name)
					}
					continue
				}
				if m[3] != "" && types[m[2]] {
					found++
					require.True(t, declares(packages, name), "%s: %q names %s, which does not exist", path, text, name)
				}
			}
		}
	}
	require.Greater(t, found, 20, "the test finds what it looks for")
}
