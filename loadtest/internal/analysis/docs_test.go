package analysis_test

import (
	"os"
	"reflect"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
)

// fields are the names of all fields of a type as JSON, those of what it holds too.
func fields(of reflect.Type, seen map[reflect.Type][]string) {
	switch of.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		fields(of.Elem(), seen)
		return
	case reflect.Struct:
	default:
		return
	}
	if _, done := seen[of]; done {
		return
	}
	seen[of] = nil
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if name == "" || name == "-" {
			continue
		}
		seen[of] = append(seen[of], name)
		fields(of.Field(i).Type, seen)
	}
}

// TestDocs: docs/findings.md names all fields of Findings as JSON, of each type in one row.
func TestDocs(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, found := strings.Cut(string(text), "\n## As JSON\n")
	if !found {
		t.Fatal("docs/findings.md has no section As JSON")
	}
	rows := strings.Split(section, "\n")
	seen := map[reflect.Type][]string{}
	fields(reflect.TypeFor[analysis.Findings](), seen)
	if len(seen) < 12 {
		t.Fatalf("%d types, want all of those in findings.go", len(seen))
	}
	for of, names := range seen {
		in := false
		for _, row := range rows {
			all := true
			for _, name := range names {
				all = all && strings.Contains(row, "`"+name+"`")
			}
			in = in || all
		}
		if !in {
			t.Errorf("no row of docs/findings.md has the fields of %s: %v", of, names)
		}
	}
	for _, kind := range []string{
		analysis.KindGenerator, analysis.KindSaturation, analysis.KindKnee, analysis.KindParallelism, analysis.KindScalability, analysis.KindLittle, analysis.KindGrowth,
		analysis.KindErrors, analysis.KindRestart, analysis.KindClock, analysis.KindHighest,
	} {
		if !strings.Contains(section, "`"+kind+"`") {
			t.Errorf("docs/findings.md does not name the kind %s", kind)
		}
	}
}
