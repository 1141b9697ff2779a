package cli

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/conclusion"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/terminal"
)

// reportCommand is what makes the report of a run once more.
const reportCommand = "report"

// reportFlags are those of "loadtest report". They have no variables: what is set for a run is not meant for its report.
type reportFlags struct {
	Folder   string    `arg:"" optional:"" default:"." help:"Folder with the files of a run: of loadtest, or of a stock Locust with --csv and a monitor beside it (the current one)."`
	Run      string    `placeholder:"TS" help:"Which run, where there are several: the time in the names of its files, or Locust's --csv prefix. Without it the newest."`
	Check    []string  `sep:"none" placeholder:"CHECK" help:"A limit that the run has to keep, as of loadtest, in place of its own; may be repeated."`
	Checks   string    `placeholder:"FILE" help:"Read checks from a YAML file, in place of those of the run."`
	Baseline []string  `sep:"," placeholder:"DIR|FILE,..." help:"The earlier runs that the run and its checks are compared with, as of loadtest; without it those of the run."`
	Effect   *percent  `placeholder:"PERCENT" help:"The difference from --baseline from which on something is slower or higher, such as 5%; without it that of the run."`
	WarmUp   *timespan `placeholder:"TIME" help:"Leave out that much from the begin of the load on, such as 30s; without it as much as the run did."`
}

const reportDescription = `Make the report of a run once more from its files.

Also of a stock Locust without loadtest: run it with --csv PREFIX (and --csv-full-history), and a monitor beside the server. What only timings know is
missing then. The files are written beside those of the run: report_TS.html, summary_TS.json, junit_TS.xml, summary_TS.md.

Checks and warm-up are those of the run (run_TS.json has them) unless others are given. A run that was ended early stays that, whatever its checks say.

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
    4  loadtest, the master, a worker or the monitor died during the run
    5  a file could not be written, now or during the run
    6  a check failed, or could not be evaluated
  130  the run was interrupted`

// makeReport answers "loadtest report".
func makeReport(args []string, stdout, stderr io.Writer) int {
	var f reportFlags
	shown := false
	parser, err := kong.New(&f, kong.Name("loadtest report"), kong.Description(reportDescription), kong.Writers(stdout, stderr),
		kong.TypeMapper(reflect.TypeFor[timespan](), kong.MapperFunc(decodeTimespan)), kong.TypeMapper(reflect.TypeFor[percent](), kong.MapperFunc(decodePercent)),
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
	found, err := recording.Choose(f.Folder, f.Run)
	if err != nil {
		return analysis.Verdict{}, err
	}
	again, err := f.again(found.Files)
	if err != nil {
		return analysis.Verdict{}, err
	}
	run, err := recording.Read(found.Files, analysis.Info{})
	if err != nil {
		return analysis.Verdict{}, err
	}
	run.Info.Notes = append(run.Info.Notes, again.notes...)
	findings := conclusion.Of(run, found.Files, again.options)
	again.verdict(run, &findings, found.Files)
	unwritten := func(err error) { findings.Verdict = verdictOf(fault.Output, err.Error()) }
	if err := conclusion.Write(run, &findings, found.Files, again.options, unwritten); err != nil {
		return analysis.Verdict{}, err
	}
	if again.own && len(findings.Checks) > 0 {
		fmt.Fprint(stdout, "The checks are those of the run.\n\n")
	}
	fmt.Fprint(stdout, terminal.Text(run, &findings, screen.options()))
	return findings.Verdict, nil
}
