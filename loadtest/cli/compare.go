package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/report"
	"gregaria/loadtest/internal/results"
)

// compareCommand is what compares runs. A user class of that name, which Python writes Compare, is named after a flag.
const compareCommand = "compare"

// compareFlags are those of "loadtest compare". They have no variables, as those of a report.
type compareFlags struct {
	Base   string  `arg:"" help:"A folder, which stands for all runs in it, or a file of a run such as summary_TS.json; several are separated by commas."`
	New    string  `arg:"" help:"The same of what is compared with it."`
	Effect percent `default:"5%" placeholder:"PERCENT" help:"The difference from which on something is slower or higher; what is surely below it is no difference (${default})."`
	Anyway bool    `help:"Compare runs that were not of the same load, or not on the same machine."`
	JSON   bool    `name:"json" help:"Print the comparison as JSON, with every row."`
	HTML   string  `name:"html" placeholder:"FILE" help:"Write a page for a browser, too: all runs on one time axis, each difference with its interval; over what is there."`
}

const compareDescription = `Say what differs between two runs, or two sets of runs, of the same load test, and what does not.

Response times, requests/s and failures of all requests and of each endpoint, CPU seconds a request, memory, open files and GPUs, each with an interval.
Three runs on each side, or better five, know the noise between runs; one does not.

Examples:
  loadtest compare results/main results/branch
  loadtest compare results/summary_20261130_140000.json results/summary_20261130_150000.json
  loadtest compare --effect=10% base1,base2,base3 new1,new2,new3
  loadtest compare results/main results/branch --html=compare.html   # both on one time axis

Exit codes:
    0  nothing is worse, as far as can be told: "cannot tell" is 0, too
    1  something is worse, by more than the effect
    2  a flag or a file is wrong, or the runs cannot be compared and --anyway is not there
    5  the comparison, or its page, could not be written`

// compareRuns answers "loadtest compare".
func compareRuns(args []string, stdout, stderr io.Writer) int {
	var f compareFlags
	shown := false
	parser, err := kong.New(&f, kong.Name("loadtest compare"), kong.TypeMapper(reflect.TypeFor[percent](), kong.MapperFunc(decodePercent)), kong.Description(compareDescription), kong.Writers(stdout, stderr),
		kong.Exit(func(int) { shown = true }), kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 110}))
	if err != nil {
		return refuse(stderr, fmt.Errorf("set up the flags: %w", err))
	}
	if _, err = parser.Parse(args); shown {
		return exitcode.OK
	}
	if err != nil {
		return refuse(stderr, fault.New(fault.Usage, "compare: %s; see loadtest compare --help", strings.ReplaceAll(err.Error(), "\n", " ")))
	}
	result, err := f.compare()
	if err != nil {
		return refuse(stderr, err)
	}
	text := comparison.Text(&result)
	if f.JSON {
		data, err := json.MarshalIndent(result, "", "  ")
		if err != nil {
			return refuse(stderr, fault.New(fault.Output, "compare: as JSON: %w", err))
		}
		text = string(data) + "\n"
	}
	if _, err := io.WriteString(stdout, text); err != nil {
		return refuse(stderr, fault.New(fault.Output, "compare: print it: %w", err))
	}
	if result.Outcome == comparison.Worse {
		return exitcode.Failed
	}
	return exitcode.OK
}

// writePage writes the page of a comparison, whole or not at all.
func (f *compareFlags) writePage(base, next []comparison.Run, result *comparison.Result) error {
	if f.HTML == "" {
		return nil
	}
	err := results.Make(f.HTML, func(w io.Writer) error { return report.WriteComparison(w, base, next, result, report.Options{}) })
	if err != nil {
		return fault.New(fault.Output, "compare: write %s: %w; choose another --html", f.HTML, err)
	}
	return nil
}

// compare reads the runs, compares them, and writes the page.
func (f *compareFlags) compare() (comparison.Result, error) {
	base, err := conclusion.Read(strings.Split(f.Base, ","), 0)
	if err != nil {
		return comparison.Result{}, err
	}
	next, err := conclusion.Read(strings.Split(f.New, ","), 0)
	if err != nil {
		return comparison.Result{}, err
	}
	for _, r := range base {
		if slices.ContainsFunc(next, func(other comparison.Run) bool { return other.Name == r.Name }) {
			return comparison.Result{}, fault.New(fault.Usage, "compare: the run %s is on both sides", r.Name)
		}
	}
	result := comparison.Of(base, next, comparison.Options{Effect: float64(f.Effect), Strict: !f.Anyway})
	if result.Outcome == comparison.NotCompared {
		return comparison.Result{}, fault.New(fault.Usage, "compare: these runs cannot be compared (%s); --anyway compares them all the same", comparison.Apart(&result))
	}
	return result, f.writePage(base, next, &result)
}
