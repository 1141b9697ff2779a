package boomer

import (
	"bytes"
	"fmt"
	"go/importer"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	theirs = "github.com/myzhan/boomer"
	ours   = "gregaria/worker/boomer"
)

// missing is what boomer exports and this package does not, and why.
var missing = map[string]string{
	"MockGomqDealer":         "a stand-in for boomer's own connection, in its tests; a boomer built with the tag goczmq has none either",
	"MockGomqDealerInstance": "the same",
}

// added is what this package exports beyond boomer.
var added = []string{
	"Boomer.RecordFailureDuration", "Boomer.RecordSuccessDuration", "Boomer.RunClasses", "Boomer.Stopping", "Boomer.Wait",
	"RecordFailureDuration", "RecordSuccessDuration", "RunClasses", "Stopping",
}

// TestAPI compares what the two packages export, as the compiler sees it: names, signatures with the names of parameters,
// values of constants, methods and exported fields.
func TestAPI(t *testing.T) {
	t.Parallel()
	packages := load(t, theirs, ours)
	want, got := exported(packages[0]), exported(packages[1])
	for name := range missing {
		if _, ok := got[name]; ok {
			t.Errorf("%s is there after all: take it off the list", name)
		}
		for symbol := range want {
			if symbol == name || strings.HasPrefix(symbol, name+".") {
				delete(want, symbol)
			}
		}
	}
	for _, name := range added {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is not there: take it off the list", name)
		}
		delete(got, name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("exported API (-boomer +ours):\n%s", diff)
	}
	if len(want) < 80 {
		t.Errorf("compared %d symbols, want all of boomer's", len(want))
	}
}

// load reads packages from the export data that the compiler makes for them.
func load(t *testing.T, paths ...string) []*types.Package {
	t.Helper()
	var stderr bytes.Buffer
	list := exec.Command("go", append([]string{"list", "-export", "-deps", "-f", "{{.ImportPath}}\t{{.Export}}"}, paths...)...)
	list.Stderr = &stderr
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, &stderr)
	}
	files := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), "\t")
		files[path] = file
	}
	from := importer.ForCompiler(token.NewFileSet(), "gc", func(path string) (io.ReadCloser, error) { return os.Open(files[path]) })
	all := make([]*types.Package, len(paths))
	for i, path := range paths {
		if all[i], err = from.Import(path); err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// exported describes each exported symbol of a package in words that do not name the package.
func exported(p *types.Package) map[string]string {
	all := map[string]string{}
	scope := p.Scope()
	for _, name := range scope.Names() {
		object := scope.Lookup(name)
		if !object.Exported() {
			continue
		}
		switch object := object.(type) {
		case *types.Const:
			all[name] = fmt.Sprintf("const %s = %s", inWords(object.Type()), object.Val())
		case *types.Var:
			all[name] = "var " + inWords(object.Type())
		case *types.Func:
			all[name] = inWords(object.Type())
		case *types.TypeName:
			describe(all, name, types.Unalias(object.Type()))
		}
	}
	return all
}

// describe adds a type, its exported fields and its methods.
func describe(all map[string]string, name string, t types.Type) {
	switch u := t.Underlying().(type) {
	case *types.Struct:
		all[name] = "struct"
		for i := range u.NumFields() {
			if f := u.Field(i); f.Exported() {
				all[name+"."+f.Name()] = fmt.Sprintf("field %s %q", inWords(f.Type()), u.Tag(i))
			}
		}
	case *types.Interface:
		all[name] = "interface"
	default:
		all[name] = inWords(u)
	}
	methods := types.NewMethodSet(t)
	if !types.IsInterface(t) {
		methods = types.NewMethodSet(types.NewPointer(t))
	}
	for m := range methods.Methods() {
		if m.Obj().Exported() {
			all[name+"."+m.Obj().Name()] = inWords(m.Obj().Type())
		}
	}
}

// inWords writes a type. boomer's types and ours of the same name are the same word.
func inWords(t types.Type) string {
	s := types.TypeString(t, func(p *types.Package) string {
		if slices.Contains([]string{theirs, ours}, p.Path()) {
			return "boomer"
		}
		return p.Path()
	})
	return strings.ReplaceAll(s, "interface{}", "any")
}
