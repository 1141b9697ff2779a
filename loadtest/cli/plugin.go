package cli

import (
	"fmt"
	"io"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/plugin"
)

// pluginCommand is what prints the plug-in. A user class of that name, which Python writes Plugin, is named after a flag.
const pluginCommand = "plugin"

const pluginHelp = `Usage: loadtest plugin

Print the plug-in for a Locust master of your own: resources and timings in its web UI, and timings.csv, a row for each second and endpoint with
what its requests were made of. loadtest itself puts it into the master that it starts.

Examples:
  loadtest plugin > gregaria.py
  GREGARIA_METRICS=metrics.csv locust -f locustfile.py,gregaria.py --master
  GREGARIA_MONITORS=http://api:9647,http://db:9647 locust -f locustfile.py,gregaria.py --master
  GREGARIA_TIMINGS=timings.csv locust -f locustfile.py,gregaria.py --master

Exit codes:
    0  it is printed
    2  there are other arguments
    5  it could not be written`

// printPlugin answers "loadtest plugin".
func printPlugin(args []string, stdout, stderr io.Writer) int {
	text := plugin.Source()
	if len(args) == 1 && (args[0] == "--help" || args[0] == "-h") {
		text = pluginHelp + "\n"
	} else if len(args) > 0 {
		fmt.Fprintf(stderr, "loadtest: plugin: unexpected argument %s; see loadtest plugin --help\n", args[0])
		return exitcode.Usage
	}
	if _, err := io.WriteString(stdout, text); err != nil {
		fmt.Fprintln(stderr, "loadtest: print the plug-in:", err)
		return exitcode.Output
	}
	return exitcode.OK
}
