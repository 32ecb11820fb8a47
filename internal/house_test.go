// Package internal holds the test that guards the house: who may import whom,
// and how large things may grow. The plan is in the README, "The house".
package internal

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms is the plan: every package, and the libraries that it alone imports.
var rooms = map[string][]string{
	"cli":      {"github.com/spf13/cobra", "github.com/spf13/pflag"},
	"config":   {"github.com/BurntSushi/toml"},
	"contact":  nil,
	"phone":    {"github.com/nyaruka/phonenumbers", "golang.org/x/text"},
	"refusal":  nil,
	"policy":   nil,
	"sheet":    {"github.com/xuri/excelize/v2", "golang.org/x/text", "golang.org/x/net", "github.com/klauspost/compress"},
	"system":   nil,
	"intake":   nil,
	"events":   nil,
	"base":     nil,
	"incident": nil,
	"draft":    nil,
	"audit":    {"modernc.org/sqlite", "golang.org/x/mod"},
	"list":     nil,
	"report":   {"html/template"},
	"publish":  {"github.com/gofrs/flock"},
	"wave":     nil,
	"progress": {"github.com/schollz/progressbar/v3"},
}

// pure rooms do no I/O and read no clock.
var pure = []string{"policy", "refusal", "phone", "contact", "incident", "draft", "wave"}

const module = "cleanbase/internal/"

type file struct {
	path, room string
	test       bool
	fset       *token.FileSet
	ast        *ast.File
}

func files(t *testing.T) []file {
	t.Helper()
	var all []file
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || filepath.Dir(path) == "." {
			return err
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		all = append(all, file{path, strings.Split(filepath.ToSlash(path), "/")[0], strings.HasSuffix(path, "_test.go"), fset, f})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestWalls(t *testing.T) {
	for _, f := range files(t) {
		if _, planned := rooms[f.room]; !planned {
			t.Errorf("%s: the package %q is not on the plan", f.path, f.room)
		}
		if f.test {
			continue
		}
		for _, spec := range f.ast.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			if why := breach(f.room, path); why != "" {
				t.Errorf("%s imports %s: %s", f.path, path, why)
			}
		}
	}
}

// breach says why a room may not import a package, if it may not.
func breach(room, path string) string {
	if strings.HasPrefix(path, module) {
		if room != "cli" && path != module+"contact" {
			return "only cli sees other rooms; siblings share the nouns alone"
		}
		if room == "contact" {
			return "contact imports nothing of ours"
		}
		return ""
	}
	if slices.Contains(pure, room) {
		for _, banned := range []string{"os", "net", "log", "io", "database", "math/rand"} {
			if path == "io/fs" { // the type of embedded data
				continue
			}
			if path == banned || strings.HasPrefix(path, banned+"/") {
				return "this room is pure"
			}
		}
	}
	for owner, libraries := range rooms {
		for _, lib := range libraries {
			if (path == lib || strings.HasPrefix(path, lib+"/")) && owner != room && !slices.Contains(rooms[room], lib) {
				return "that library belongs to " + owner
			}
		}
	}
	first, _, _ := strings.Cut(path, "/")
	if strings.Contains(first, ".") && !slices.ContainsFunc(rooms[room], func(lib string) bool { return path == lib || strings.HasPrefix(path, lib+"/") }) {
		return "no room has this library on its plan"
	}
	return ""
}

// TestPlan: a room uses every library that the plan gives it.
func TestPlan(t *testing.T) {
	used := map[string]bool{}
	for _, f := range files(t) {
		for _, spec := range f.ast.Imports {
			path, _ := strconv.Unquote(spec.Path.Value)
			for _, lib := range rooms[f.room] {
				if !f.test && (path == lib || strings.HasPrefix(path, lib+"/")) {
					used[f.room+" "+lib] = true
				}
			}
		}
	}
	for room, libraries := range rooms {
		for _, lib := range libraries {
			if !used[room+" "+lib] {
				t.Errorf("%s does not import %s, which is on its plan", room, lib)
			}
		}
	}
}

func TestWallsAreGuarded(t *testing.T) {
	for _, b := range [][2]string{{"policy", "os"}, {"list", module + "sheet"}, {"contact", module + "phone"}, {"cli", "modernc.org/sqlite"},
		{"base", "github.com/xuri/excelize/v2"}, {"cli", "example.org/new"}, {"audit", "html/template"}} {
		if breach(b[0], b[1]) == "" {
			t.Errorf("%s may import %s", b[0], b[1])
		}
	}
}

// banned calls: one clock, one exit, no hidden state.
var bannedCalls = map[string][]string{"time": {"Now", "Since"}, "os": {"Exit"}}

func TestHabits(t *testing.T) {
	for _, f := range files(t) {
		if f.test {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%s has an init function", f.path)
				}
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && slices.Contains(bannedCalls[pkg.Name], n.Sel.Name) {
					t.Errorf("%s calls %s.%s", f.path, pkg.Name, n.Sel.Name)
				}
			}
			return true
		})
	}
}

func TestBudgets(t *testing.T) {
	var lengths []int
	documented := map[string]bool{}
	for _, f := range files(t) {
		lines := f.fset.File(f.ast.Pos()).LineCount()
		if lines > 500 {
			t.Errorf("%s has %d lines, more than 500", f.path, lines)
		}
		if f.test {
			continue
		}
		if f.ast.Doc != nil {
			documented[f.room] = true
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			n := f.fset.Position(fn.End()).Line - f.fset.Position(fn.Pos()).Line + 1
			lengths = append(lengths, n)
			if n > 100 {
				t.Errorf("%s: %s has %d lines, more than 100", f.path, fn.Name.Name, n)
			}
			if p := fn.Type.Params.NumFields(); p > 4 {
				t.Errorf("%s: %s has %d parameters", f.path, fn.Name.Name, p)
			}
			if fn.Name.IsExported() && fn.Doc == nil && !ofHiddenType(fn) {
				t.Errorf("%s: %s has no comment", f.path, fn.Name.Name)
			}
		}
	}
	for room := range rooms {
		if dir, _ := filepath.Glob(room + "/*.go"); len(dir) > 0 && !documented[room] {
			t.Errorf("package %s has no comment", room)
		}
	}
	slices.Sort(lengths)
	median, p95 := lengths[len(lengths)/2], lengths[len(lengths)*95/100]
	t.Logf("%d functions, median %d lines, 95th percentile %d", len(lengths), median, p95)
	if median > 12 || p95 > 60 {
		t.Errorf("median %d (at most 12), 95th percentile %d (at most 60)", median, p95)
	}
}

// ofHiddenType tells whether a function is a method of a type that is not
// exported: it is there for an interface, which says what it does.
func ofHiddenType(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return false
	}
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	name, ok := t.(*ast.Ident)
	return ok && !name.IsExported()
}
