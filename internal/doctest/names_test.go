package doctest_test

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/stretchr/testify/require"
)

// pack is what a package declares.
type pack struct {
	names   map[string]bool            // top-level names
	members map[string]map[string]bool // fields and methods by type; embedded types' are not looked up
}

// world is every name of the module and of the standard library's packages that comments mention.
type world struct {
	packs map[string][]*pack // by package name: two directories may share one
	std   map[string]*pack
	any   map[string]bool // every identifier that the module's code holds, and every name in its struct tags
	docs  []comment
}

type comment struct {
	at   token.Position
	pack *pack
	text string
	in   string // the type that it stands in, for fields and methods
}

func load(t *testing.T) *world {
	t.Helper()
	w := &world{packs: map[string][]*pack{}, std: map[string]*pack{}, any: map[string]bool{}}
	set := token.NewFileSet()
	dirs := map[string]*pack{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && d.Name() != "..") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") {
			return nil
		}
		file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.Ident:
				w.any[n.Name] = true
			case *ast.BasicLit:
				for _, word := range words.FindAllString(n.Value, -1) {
					w.any[word] = true
				}
			}
			return true
		})
		if strings.HasSuffix(path, "_test.go") {
			return nil
		}
		key := filepath.Dir(path)
		if dirs[key] == nil {
			dirs[key] = newPack()
			w.packs[file.Name.Name] = append(w.packs[file.Name.Name], dirs[key])
		}
		dirs[key].declare(file)
		w.docs = append(w.docs, comments(set, file, dirs[key])...)
		return nil
	})
	require.NoError(t, err)
	return w
}

func newPack() *pack { return &pack{names: map[string]bool{}, members: map[string]map[string]bool{}} }

func (p *pack) member(of, name string) {
	if p.members[of] == nil {
		p.members[of] = map[string]bool{}
	}
	p.members[of][name] = true
}

func (p *pack) declare(file *ast.File) {
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Recv == nil {
				p.names[d.Name.Name] = true
			} else {
				p.member(receiver(d), d.Name.Name)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					for _, n := range s.Names {
						p.names[n.Name] = true
					}
				case *ast.TypeSpec:
					p.names[s.Name.Name] = true
					for _, f := range fields(s.Type) {
						for _, n := range f.Names {
							p.member(s.Name.Name, n.Name)
						}
						if len(f.Names) == 0 { // embedded: it may have anything
							p.member(s.Name.Name, "*")
						}
					}
					if _, ok := s.Type.(*ast.SelectorExpr); ok || s.Assign.IsValid() {
						p.member(s.Name.Name, "*")
					}
				}
			}
		}
	}
}

func fields(t ast.Expr) []*ast.Field {
	switch t := t.(type) {
	case *ast.StructType:
		return t.Fields.List
	case *ast.InterfaceType:
		return t.Methods.List
	}
	return nil
}

func receiver(d *ast.FuncDecl) string {
	t := d.Recv.List[0].Type
	for {
		switch x := t.(type) {
		case *ast.StarExpr:
			t = x.X
		case *ast.IndexExpr:
			t = x.X
		case *ast.Ident:
			return x.Name
		default:
			return ""
		}
	}
}

// comments are the doc comments of a file, with those beside fields and values.
func comments(set *token.FileSet, file *ast.File, p *pack) []comment {
	var all []comment
	add := func(in string, groups ...*ast.CommentGroup) {
		for _, g := range groups {
			if g != nil {
				all = append(all, comment{set.Position(g.Pos()), p, g.Text(), in})
			}
		}
	}
	add("", file.Doc)
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			in := ""
			if d.Recv != nil {
				in = receiver(d)
			}
			add(in, d.Doc)
		case *ast.GenDecl:
			in := ""
			for _, s := range d.Specs {
				switch s := s.(type) {
				case *ast.ValueSpec:
					add("", s.Doc, s.Comment)
				case *ast.TypeSpec:
					in = s.Name.Name
					add(in, s.Doc, s.Comment)
					for _, f := range fields(s.Type) {
						add(in, f.Doc, f.Comment)
					}
				}
			}
			add(in, d.Doc)
		}
	}
	return all
}

var (
	words = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)
	// marked is what stands in [brackets] or backticks and may be Go: Name, Type.Method, pkg.Name,
	// pkg.Type.Method.
	marked = regexp.MustCompile(
		"\\[\\*?([A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z][A-Za-z0-9]*)*)\\]|`([A-Za-z][A-Za-z0-9]*(?:\\.[A-Za-z][A-Za-z0-9]*)*)`")
	// dotted is a qualified name in running text, humps a word that only code is written like:
	// LoadTable.
	dotted = regexp.MustCompile(`\b([A-Za-z][A-Za-z0-9]*)\.([A-Z][A-Za-z0-9]*)(?:\.([A-Z][A-Za-z0-9]*))?\b`)
	humps  = regexp.MustCompile(`(?:^|[^A-Za-z0-9_.\-/"&=])([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]+)+)\b`)
)

// standard is a package of the standard library by its name, nil if there is none that comments may
// mean.
func (w *world) standard(name string) *pack {
	if p, known := w.std[name]; known {
		return p
	}
	w.std[name] = nil
	for _, path := range []string{name, "net/" + name, "encoding/" + name, "testing/" + name, "log/" + name,
		"crypto/" + name, "go/" + name, "math/" + name} {
		dir := filepath.Join(build.Default.GOROOT, "src", path)
		entries, err := os.ReadDir(dir)
		if err != nil {
			continue
		}
		p := newPack()
		for _, e := range entries {
			if strings.HasSuffix(e.Name(), ".go") && !strings.HasSuffix(e.Name(), "_test.go") {
				if file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(dir, e.Name()), nil, 0); err == nil {
					p.declare(file)
				}
			}
		}
		w.std[name] = p
		break
	}
	return w.std[name]
}

// outside are packages of other modules that comments may name.
var outside = map[string]bool{"oauth2": true, "retryablehttp": true, "rate": true, "river": true, "pgx": true,
	"japanese": true, "sdktrace": true}

// has reports whether a package has a name, or a type with a member.
func (p *pack) has(path []string) bool {
	switch len(path) {
	case 1:
		return p.names[path[0]]
	case 2:
		m := p.members[path[0]]
		if p.names[path[0]] && m == nil { // a constant or variable of some type
			for _, of := range p.members {
				if of[path[1]] {
					return true
				}
			}
		}
		return p.names[path[0]] && (m[path[1]] || m["*"])
	}
	return false
}

// foreign are words of the malls' and services' own documents.
var foreign = map[string]bool{
	"OrderItemLevel": true, "ShipDateSet": true, "GlobalExpress": true, "AccessPoint": true, "ReceiveMessage": true, "PascalCase": true,
	"FileAttachment": true, "FiveMinutes": true, "TenMinutes": true, "OpenTelemetry": true, "GitHub": true,
}

// known reports whether a word, or what it is the plural of, stands anywhere in the code.
func (w *world) known(c comment, name string) bool {
	if w.any[name] || foreign[name] || w.any[strings.TrimSuffix(name, "s")] {
		return true
	}
	return strings.Contains(c.text, name+" constants") && w.prefix(name)
}

func (w *world) prefix(of string) bool {
	for name := range w.any {
		if strings.HasPrefix(name, of) {
			return true
		}
	}
	return false
}

// resolves reports whether a name means something where the comment stands.
func (w *world) resolves(c comment, path []string) bool {
	if c.pack.has(path) || len(path) == 1 && c.pack.members[c.in][path[0]] {
		return true
	}
	own := c.pack.names[path[0]] && c.pack.members[path[0]] != nil
	if len(path) == 2 && !own { // a field's field or method: Config.Source.Orders is too deep to follow, o.Raw is a variable
		for of := range c.pack.members {
			if c.pack.members[of][path[0]] && w.any[path[1]] {
				return true
			}
		}
	}
	if len(path) < 2 {
		return false
	}
	for _, list := range w.packs { // the malls' Config.HTTPClient
		for _, p := range list {
			if m := p.members[path[0]]; len(path) == 2 && m[path[1]] {
				return true
			}
		}
	}
	if outside[path[0]] {
		return true
	}
	for _, p := range w.packs[path[0]] {
		if p.has(path[1:]) {
			return true
		}
	}
	if p := w.standard(path[0]); p != nil {
		return p.has(path[1:]) || len(path) == 3 && p.names[path[1]]
	}
	return false
}

// TestNamesInDocCommentsExist looks up what doc comments name: in [brackets] and backticks, as
// pkg.Name, and words like LoadTable that nothing but code is written like.
func TestNamesInDocCommentsExist(t *testing.T) {
	w := load(t)
	require.Greater(t, len(w.docs), 1000)
	seen := 0
	check := func(c comment, name string, strict bool) {
		seen++
		path := strings.Split(name, ".")
		last := len(path) - 1
		if w.resolves(c, path) || !strict && len(path) == 1 && w.known(c, name) {
			return
		}
		if path[last] = strings.TrimSuffix(path[last], "s"); w.resolves(c, path) { // several of them
			return
		}
		t.Errorf("%s: %s does not exist", strings.TrimPrefix(c.at.String(), "../../"), name)
	}
	for _, c := range w.docs {
		for _, m := range marked.FindAllStringSubmatch(c.text, -1) {
			name := m[1] + m[2]
			if name == "" {
				continue
			}
			check(c, name, strings.Contains(name, "."))
		}
		for _, m := range dotted.FindAllStringSubmatch(c.text, -1) {
			switch {
			case len(w.packs[m[1]]) > 0 || c.pack.members[m[1]] != nil:
				check(c, strings.TrimSuffix(fmt.Sprintf("%s.%s.%s", m[1], m[2], m[3]), "."), true)
			case unicode.IsLower(rune(m[1][0])) && w.standard(m[1]) == nil && !outside[m[1]] && !w.any[m[2]]:
				t.Errorf("%s: %s does not exist: nothing has such a member", strings.TrimPrefix(c.at.String(), "../../"), m[0])
			}
		}
		for _, m := range humps.FindAllStringSubmatch(c.text, -1) {
			check(c, m[1], false)
		}
	}
	require.Greater(t, seen, 500)
}
