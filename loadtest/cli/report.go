package cli

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/alecthomas/kong"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
	"gregaria/loadtest/internal/summary"
	"gregaria/loadtest/internal/terminal"
	"gregaria/loadtest/internal/threshold"
)

// reportCommand is what makes the report of a run once more.
const reportCommand = "report"

// reportFlags are those of "loadtest report". They have no variables: what is set for a run is not meant for its report.
type reportFlags struct {
	Folder   string   `arg:"" optional:"" default:"." help:"Folder with the files of a run: of loadtest, or of a stock Locust with --csv and a monitor beside it (the current one)."`
	Run      string   `placeholder:"TS" help:"Which run, where there are several: the time in the names of its files, or Locust's --csv prefix. Without it the newest."`
	Check    []string `sep:"none" placeholder:"CHECK" help:"A limit that the run has to keep, as of loadtest; may be repeated."`
	Checks   string   `placeholder:"FILE" help:"Read checks from a YAML file."`
	Baseline []string `sep:"," placeholder:"DIR|FILE,..." help:"The earlier runs that checks compare with, as of loadtest."`
	WarmUp   timespan `placeholder:"TIME" help:"Leave out that much from the begin of the load on, such as 30s."`
}

const reportDescription = `Make the report of a run once more from its files.

Also of a stock Locust without loadtest: run it with --csv PREFIX (and --csv-full-history), and a monitor beside the server. What only timings know is
missing then. The files are written beside those of the run: report_TS.html, summary_TS.json, junit_TS.xml, summary_TS.md.

Examples:
  loadtest report load_test_results
  loadtest report load_test_results --run 20261130_140000
  loadtest report load_test_results --check 'p95 < 800ms' --check 'fail_ratio < 1%'
  locust -f locustfile.py --headless -u 50 -t 5m --csv out/run --csv-full-history & bin/monitor --output out/metrics.csv --port 8000 --duration 310
  loadtest report out

Exit codes:
    0  the report is there, and the run passed
    1  requests failed or tasks raised exceptions
    2  a flag is wrong, or there is no run
    5  a file could not be written
    6  a check failed, or could not be evaluated`

// makeReport answers "loadtest report".
func makeReport(args []string, stdout, stderr io.Writer) int {
	var f reportFlags
	shown := false
	parser, err := kong.New(&f, kong.Name("loadtest report"), kong.Description(reportDescription), kong.Writers(stdout, stderr),
		kong.TypeMapper(reflect.TypeFor[timespan](), kong.MapperFunc(decodeTimespan)),
		kong.Exit(func(int) { shown = true }), kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 110}))
	if err != nil {
		return refuse(stderr, fmt.Errorf("set up the flags: %w", err))
	}
	if _, err = parser.Parse(args); shown {
		return exitcode.OK
	}
	if err != nil {
		return refuse(stderr, fault.New(fault.Usage, "report: %s; see loadtest report --help", strings.ReplaceAll(err.Error(), "\n", " ")))
	}
	v, err := f.report(stdout, screenOn(stdout))
	if err != nil {
		return refuse(stderr, err)
	}
	return tell(stdout, screenOn(stdout), v)
}

// report makes it.
func (f *reportFlags) report(stdout io.Writer, screen screen) (analysis.Verdict, error) {
	checks, err := plan.ReadChecks(f.Checks, f.Check, f.Baseline)
	if err != nil {
		return analysis.Verdict{}, err
	}
	found, err := recording.Choose(f.Folder, f.Run)
	if err != nil {
		return analysis.Verdict{}, err
	}
	run, err := recording.Read(found.Files, analysis.Info{})
	if err != nil {
		return analysis.Verdict{}, err
	}
	o := conclusion.Options{Checks: checks, WarmUp: time.Duration(float64(f.WarmUp) * float64(time.Second)), Location: time.Local}
	if o.Bases, err = conclusion.Baseline(f.Baseline, o.WarmUp); err != nil {
		return analysis.Verdict{}, err
	}
	findings := conclusion.Of(run, found.Files, o)
	findings.Verdict = verdictAgain(run, &findings, found.Files, checks)
	if err := conclusion.Write(run, &findings, found.Files, o); err != nil {
		return analysis.Verdict{}, err
	}
	fmt.Fprint(stdout, terminal.Text(run, &findings, terminal.Options{Width: screen.columns(), Colour: screen.colour()}))
	return findings.Verdict, nil
}

// verdictAgain is the verdict on a run that is over for long. What only its end could tell is in its summary_TS.json: that it was not complete, and that the locustfile
// accepts failures. Without one, failures fail it, as Locust itself has it.
func verdictAgain(run *analysis.Run, f *analysis.Findings, files results.Files, checks []threshold.Check) analysis.Verdict {
	var before analysis.Findings
	data, err := os.ReadFile(files.Summary())
	known := err == nil && json.Unmarshal(data, &before) == nil && before.Verdict.Word != ""
	if known && before.Verdict.Word == wordOf(fault.Died) {
		return before.Verdict
	}
	result := summary.Counts(summary.Run{Users: run.Info.Users}, files).Result(nil, 0)
	accepted := known && before.Verdict.Code == exitcode.OK
	if result.Failures+result.Exceptions > 0 && !accepted {
		result.LocustCode = 1
	}
	result.Missing = 0 // a stock Locust has promised none of ours
	return judge(result, f, checks)
}
