//go:build cgo && linux

package collector

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/NVIDIA/go-nvml/pkg/nvml"
	"github.com/NVIDIA/go-nvml/pkg/nvml/mock"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/kernel/kerneltest"
	"gregaria/monitor/internal/nvidia"
	"gregaria/monitor/internal/nvidia/nvidiatest"
	"gregaria/monitor/internal/process"
)

// everyGroup opens each kind, with a driver that has one GPU and in a container.
func everyGroup(t *testing.T) []Group {
	all := kinds()
	for i := range all {
		switch all[i].name {
		case GPUs:
			all[i].open = openFakeGPU
		case "container":
			inside := group(kerneltest.NewTree(t), "v2-inside")
			all[i].open = func(Settings) (Collector, error) { return openContainer(inside) }
		}
	}
	master := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `{"state":"ready"}`) }))
	t.Cleanup(master.Close)
	watch := process.New(process.Choice{PID: os.Getpid()}, "/proc")
	watch.Look()
	settings := Settings{Proc: "/proc", Sys: "/sys", Folder: t.TempDir(), Groups: Names(), Interval: time.Second, Watch: watch, Note: func(string) {}, Locust: master.URL}
	list, absent := open(settings, all)
	if len(absent) > 0 {
		t.Fatalf("open = %v", absent)
	}
	return list
}

// openFakeGPU has every column that a GPU can have.
func openFakeGPU(s Settings) (Collector, error) {
	return nvidia.Open(nvidia.Config{
		Proc: s.Proc, Sys: s.Sys, PIDs: func() []int { return []int{1} }, Interval: s.Interval, Note: s.Note, Identify: s.GPU.identify,
		Library: func() (nvml.Interface, error) { return nvidiatest.New([]*mock.Device{nvidiatest.Device(0)}), nil },
	})
}

func TestCollectorsKeepTheContract(t *testing.T) {
	t.Parallel()
	for _, g := range everyGroup(t) {
		columns := g.Columns()
		for range 2 {
			if starter, ok := g.Collector.(Starter); ok {
				starter.Start()
			}
			if _, err := collect(g); err != nil {
				t.Errorf("%s: Collect = %v", g.Name, err)
			}
		}
		if again := g.Columns(); !slices.Equal(again, columns) {
			t.Errorf("%s: Columns = %q, then %q", g.Name, columns, again)
		}
		for _, column := range columns {
			if _, _, ok := resource.Entry(column); !ok {
				t.Errorf("%s: the column %s is not in resource.Catalogue", g.Name, column)
			}
		}
	}
}

func TestOpenLeavesOutWhatIsAbsent(t *testing.T) {
	t.Parallel()
	none := func(Settings) (Collector, error) { return nil, ErrAbsent }
	list, absent := open(Settings{Groups: []string{"memory", "gpu"}}, []kind{{"cpu", true, openCPU}, {"gpu", true, none}, {"memory", true, openMemory}})
	if list, absent := open(Settings{Groups: []string{Run}}, []kind{{Run, true, openRun}}); len(list)+len(absent) > 0 {
		t.Errorf("open = %v, %v, want neither a group nor an error where no master is named", list, absent)
	}
	if len(list) != 1 || list[0].Name != "memory" || len(absent) != 1 || !errors.Is(absent[0], ErrAbsent) {
		t.Errorf("open = %v, %v, want memory and %v", list, absent, ErrAbsent)
	}
}

func TestParseGroups(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ list, want, err string }{
		{list: "memory,cpu", want: "memory cpu"},
		{list: "cpu, cpu", want: "cpu"},
		{list: "cpu,colour", err: `"colour" is no group; there are cpu, cores, memory, `},
		{list: "", err: `"" is no group`},
	} {
		got, err := ParseGroups(strings.Split(c.list, ","))
		if strings.Join(got, " ") != c.want || (err != nil) != (c.err != "") || err != nil && !strings.Contains(err.Error(), c.err) {
			t.Errorf("ParseGroups(%q) = %q, %v, want %q, %q", c.list, got, err, c.want, c.err)
		}
	}
	byDefault, err := ParseGroups([]string{Default})
	if err != nil || !slices.Contains(byDefault, "cpu") || !slices.Contains(byDefault, Self) {
		t.Errorf("ParseGroups(default) = %q, %v", byDefault, err)
	}
	if _, err := ParseGroups(nil); err == nil {
		t.Error("ParseGroups(nothing) = no error")
	}
}

// TestDocsNameEveryColumn keeps docs/metrics.md and the catalogue the same: a row of its tables is "| `Column` | ...".
func TestDocsNameEveryColumn(t *testing.T) {
	t.Parallel()
	const path = "../../../docs/metrics.md"
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var documented []string
	for _, row := range regexp.MustCompile("(?m)^\\| `([^`]+)` \\|").FindAllStringSubmatch(string(data), -1) {
		documented = append(documented, row[1])
	}
	if want := resource.Catalogue(); !slices.Equal(documented, want) {
		t.Errorf("%s names\n%q\nthe catalogue has\n%q", path, documented, want)
	}
}

// TestQuestionsNameColumns: the columns that docs/metrics.md sends a person to exist. A star stands for several.
func TestQuestionsNameColumns(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("../../../docs/metrics.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "## Which column answers which question")
	questions, _, _ := strings.Cut(rest, "## Columns")
	named := regexp.MustCompile("`([A-Z][A-Za-z]*(?:<n>)?_[^` ]+)`").FindAllStringSubmatch(questions, -1)
	for _, column := range named {
		stem, several := strings.CutSuffix(column[1], "*")
		if !slices.ContainsFunc(resource.Catalogue(), func(entry string) bool { return entry == stem || several && strings.HasPrefix(entry, stem) }) {
			t.Errorf("there is no column %s", column[1])
		}
	}
	if rows := strings.Count(questions, "\n| ") - 1; rows < 10 || len(named) < 2*rows {
		t.Errorf("%d questions with %d columns, want ten and more", rows, len(named))
	}
}
