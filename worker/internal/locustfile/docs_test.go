package locustfile_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"gregaria/worker/internal/check"
	"gregaria/worker/internal/locustfile"
)

const modulesMark = "<!-- modules -->\n"

// TestDocs has docs/locustfile.md list what is there.
func TestDocs(t *testing.T) {
	const path = "../../../docs/locustfile.md"
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, _, found := strings.Cut(string(page), modulesMark)
	if !found {
		t.Fatalf("%s has no line %s", path, modulesMark)
	}
	inventory, err := check.Inventory(check.Config{Modules: locustfile.Modules()})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	b.WriteString(text + modulesMark + "\n| module | names | lacks |\n|---|---|---|\n")
	for _, m := range inventory {
		if strings.Contains(m.Name, "._") || strings.HasPrefix(m.Name, "requests.packages.") {
			continue
		}
		fmt.Fprintf(&b, "| `%s` | %d | %s |\n", m.Name, len(m.Has), lacks(m))
	}
	if *update {
		if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(page, b.Bytes()) {
		t.Errorf("%s is not what the worker has: go test ./worker/internal/locustfile -run TestDocs -update", path)
	}
}

func lacks(m check.ModuleInventory) string {
	if !m.Known {
		return "not compared"
	}
	var names []string
	for _, name := range m.Lacks {
		if !strings.Contains(name, ".") && strings.ToUpper(name) != name {
			names = append(names, "`"+name+"`")
		}
	}
	return strings.Join(names, " ")
}
