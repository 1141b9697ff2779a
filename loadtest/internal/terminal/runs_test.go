package terminal_test

import (
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/terminal"
)

// TestRuns is the table of runs, with sums behind a line, what stands beside the baseline, and the files.
func TestRuns(t *testing.T) {
	t.Parallel()
	header := []string{"run", "p95", ""}
	rows := [][]string{{"1  20261130_140000", "98 ms", "PASSED"}, {"2  20261130_140100", "", "INCOMPLETE"}, {"median", "98 ms", ""}, {"spread", "0 %", ""}}
	compared := &analysis.Comparison{Base: []string{"main"}, Outcome: analysis.NotCompared, Differences: []analysis.Difference{{What: "users", Base: "20", New: "30"}}}
	for _, c := range []struct {
		why  string
		c    *analysis.Comparison
		o    terminal.Options
		want string
	}{
		{"plain", nil, terminal.Options{}, `All runs (steady phase)
run                   p95
-------------------------------------
1  20261130_140000  98 ms      PASSED
2  20261130_140100         INCOMPLETE
-------------------------------------
median              98 ms
spread                0 %

Files
a.json
b.html
`},
		{"narrow, with a baseline", compared, terminal.Options{Width: 30}, `All runs (steady phase)
run               p95
---------------------
1  20261130_14  98 ms
0000
2  20261130_14
0100
---------------------
median          98 ms
spread            0 %

run
--------------------------
1  20261130_14      PASSED
0000
2  20261130_14  INCOMPLETE
0100
--------------------------
median
spread

Compared with the baseline
warning  Not compared with
         main: users: 20 and
         30.

Files
a.json
b.html
`},
	} {
		if got := terminal.Runs(header, rows, 2, c.c, []string{"a.json", "b.html"}, c.o); got != c.want {
			t.Errorf("%s:\n%s\nwant\n%s", c.why, got, c.want)
		}
	}
}
