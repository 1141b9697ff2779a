package cli

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"gregaria/internal/exitcode"
)

// width is how wide the help is where nobody says how wide the screen is.
const width = 100

// showHelp writes --help.
func (s settings) showHelp(to io.Writer) error {
	_, err := fmt.Fprintf(to, `Usage: monitor [flags]

Write what this machine and the process under test do to a CSV file, row by row:
CPU, memory, pressure, disks, network, container, GPUs.

Flags:
%s%s`, s.FlagUsagesWrapped(columns(to)), help())
	return err
}

// columns is how wide a screen is.
func columns(to io.Writer) int {
	if file, ok := to.(*os.File); ok {
		if columns, _, err := term.GetSize(int(file.Fd())); err == nil && columns > 0 {
			return columns
		}
	}
	return width
}

// help stands below the flags in --help.
func help() string {
	return fmt.Sprintf(`
Examples:
  monitor --output metrics.csv                            a row every second, until Ctrl-C
  monitor --output metrics.csv --interval 5 --duration 300
  monitor --output - | tee metrics.csv
  monitor --collect cpu,memory                            some groups of columns only
  monitor --collect default,cores                         the default groups and each core
  monitor --port 8000                                     and the process that listens there, with its children
  monitor --process 'uvicorn app:app' --collect default,pss
  monitor --container shop-api-1
  monitor --locust http://127.0.0.1:8089                  with the users and response times of a load test
  monitor --scrape http://api:8000/metrics --series 'http_requests_in_progress,db_pool_.*'
  monitor --no-csv --listen 0.0.0.0:9647                  for Prometheus, on every interface
  monitor --gpu require                                   not without a GPU
  GREGARIA_MONITOR_TOKEN=... monitor --listen 0.0.0.0:9647   and /samples, for who has the token

Exit codes:
  %3d  the duration is over, or no --duration was set and Ctrl-C or SIGTERM came, or the reader of --output - has gone
  %3d  a flag, its environment variable or the output file's name is wrong, or another monitor writes to that file; nothing was measured
  %3d  the address of --listen cannot be had: the port is taken, or the host is none of this machine's; or no GPU answers, with
       --gpu require; nothing was measured
  %3d  the output cannot be written (no permission, disk full for 30 s), or has not all rows (the file was deleted in mid-run,
       the reader of --output - has gone before the --duration was over); rows already written stay
  %3d  Ctrl-C or SIGTERM before the --duration was over; rows already written stay

A password in a URL stands in the list of processes; set the URL in its variable instead. GREGARIA_MONITOR_SCRAPE_TOKEN is sent, as a
bearer token, to servers of --scrape whose URL has no user.

The columns and their units are described in docs/metrics.md. A cell is empty where a value could not be read.
`, exitcode.OK, exitcode.Usage, exitcode.NotReady, exitcode.Output, exitcode.Interrupted)
}
