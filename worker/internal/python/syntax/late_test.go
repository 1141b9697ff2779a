package syntax

import (
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// TestParseLate compares every module that comes with the worker, read late and then read whole, with what Parse reads.
func TestParseLate(t *testing.T) {
	t.Parallel()
	files, late := 0, 0
	err := filepath.WalkDir("../..", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".py" || !strings.Contains(path, "/py/") || strings.Contains(path, "testdata") {
			return err
		}
		source, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		want, err := Parse(path, source)
		if err != nil {
			return err
		}
		got, err := ParseLate(path, source)
		if err != nil {
			return err
		}
		files++
		late += compareTrees(t, path, reflect.ValueOf(got.Body), reflect.ValueOf(want.Body))
		if !reflect.DeepEqual(got.Lines(), want.Lines()) || got.FutureAnnotations != want.FutureAnnotations {
			t.Errorf("%s: other lines, or another future", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 200 || late < 1000 {
		t.Errorf("%d functions of %d files were read late: too few to show anything", late, files)
	}
}

// compareTrees compares two nodes and returns how many bodies were late.
func compareTrees(t *testing.T, path string, got, want reflect.Value) (late int) {
	t.Helper()
	if got.Kind() != want.Kind() || got.IsValid() && got.Type() != want.Type() {
		t.Fatalf("%s: a %v, not a %v", path, got, want)
	}
	switch got.Kind() {
	case reflect.Interface, reflect.Pointer:
		if got.IsNil() || want.IsNil() {
			if got.IsNil() != want.IsNil() {
				t.Errorf("%s: %v, not %v", path, got, want)
			}
			return 0
		}
		if f, ok := got.Interface().(*Func); ok && f.Late != nil {
			return 1 + compareLate(t, path, f, want.Interface().(*Func))
		}
		late = compareTrees(t, path, got.Elem(), want.Elem())
		if f, ok := got.Interface().(*Func); ok && late > 0 {
			t.Errorf("%s: %s: a function in it is late: its closure would be lost", path, f.Name)
		}
		return late
	case reflect.Slice:
		if got.Len() != want.Len() {
			t.Fatalf("%s: %d of %v, not %d", path, got.Len(), got.Type(), want.Len())
		}
		for i := range got.Len() {
			late += compareTrees(t, path, got.Index(i), want.Index(i))
		}
	case reflect.Struct:
		if p, ok := got.Interface().(Pos); ok {
			if q := want.Interface().(Pos); p.Line != q.Line || p.Col != q.Col {
				t.Errorf("%s: a node at %v, not %v", path, p, q)
			}
			return 0
		}
		for i := range got.NumField() {
			late += compareTrees(t, path, got.Field(i), want.Field(i))
		}
	default:
		if !reflect.DeepEqual(got.Interface(), want.Interface()) {
			t.Errorf("%s: %v, not %v", path, got, want)
		}
	}
	return late
}

func compareLate(t *testing.T, path string, f, want *Func) (late int) {
	t.Helper()
	body, err := f.Late.Body()
	if err != nil {
		t.Fatalf("%s: %s: %v", path, f.Name, err)
	}
	first := func(body []Stmt) (text string) {
		if x, ok := body[0].(*ExprStmt); ok {
			if s, ok := x.X.(*Str); ok {
				text = s.Value
			}
		}
		return text
	}
	if first(f.Body) != first(want.Body) {
		t.Errorf("%s: %s: the docstring is %q, not %q", path, f.Name, first(f.Body), first(want.Body))
	}
	whole := *f
	whole.Body, whole.Late = body, nil
	return compareTrees(t, path, reflect.ValueOf(whole), reflect.ValueOf(*want))
}

// TestLogicalLines cuts where a body could be taken to end, or to go on.
func TestLogicalLines(t *testing.T) {
	t.Parallel()
	source := `x = """
def no(): """
@d
def f(a, b=(1,
  2), c="):"):  # def
    """Doc
def no(self):
"""
    if a: # )
        return "\"#" \
x

# a comment of nobody

    return {
1: 2}
class C:
    def g(self):
        a = '#'
        b = [
]
    x = 1
    def h(self): return 1
    def i(self):
        super().i()
        return 2
if x:
    def __j(self):
        self.__k = 1
        return lambda: self.__k
    def l(self):
        """Doc"""
        return [1,
            2]
`
	got, err := ParseLate("f.py", []byte(strings.Replace(source, "\nx\n", "\n'x'\n", 1)))
	if err != nil {
		t.Fatal(err)
	}
	want, err := Parse("f.py", []byte(strings.Replace(source, "\nx\n", "\n'x'\n", 1)))
	if err != nil {
		t.Fatal(err)
	}
	if late := compareTrees(t, "f.py", reflect.ValueOf(got.Body), reflect.ValueOf(want.Body)); late != 3 {
		t.Errorf("%d bodies were late, not those of f, g and __j", late)
	}
}
