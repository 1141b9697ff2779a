// Package plugin has the file that a stock Locust master loads beside the locustfile: the tabs Resources and Timings in its web UI, and
// timings.csv.
package plugin

import (
	_ "embed" // the parts
	"fmt"
	"strings"

	"gregaria/internal/build"
	"gregaria/internal/timing"
)

// The parts of the plug-in, each in a file of its own language. It is one file when it is given away, because it travels as a locustfile does.
var (
	//go:embed gregaria.py
	python string
	//go:embed resources.py
	monitors string
	//go:embed page.py
	page string
	//go:embed histograms.py
	histograms string
	//go:embed timings.py
	timings string
	//go:embed moment.py
	moment string
	//go:embed timingsfile.py
	timingsFile string
	//go:embed rate.py
	rate string
	//go:embed turns.py
	turns string
	//go:embed session.py
	session string
	//go:embed index.html
	index string
	//go:embed tabs.css
	styles string
	//go:embed charts.js
	charts string
	//go:embed resources.js
	resources string
	//go:embed timings.js
	timingsTab string
	//go:embed tabs.js
	tabs string
)

// Name is what the file is called. It is also the name of its Python module.
const Name = "gregaria.py"

// The variables that tell the plug-in whose resources there are (files that monitors write, and monitors to ask), where timings go, and where the results of
// each test of a session.
const (
	Metrics  = "GREGARIA_METRICS"
	Monitors = "GREGARIA_MONITORS"
	Timings  = "GREGARIA_TIMINGS"
	Tests    = "GREGARIA_TESTS"
)

// Source returns the plug-in as the one Python file that it is for Locust.
func Source() string {
	whole := strings.NewReplacer(
		"@resources.py@\n", monitors, "@page.py@\n", page, "@histograms.py@\n", histograms, "@timings.py@\n", timings,
		"@moment.py@\n", moment, "@timingsfile.py@\n", timingsFile, "@rate.py@\n", rate, "@turns.py@\n", turns, "@session.py@\n", session,
	).Replace(python)
	return strings.NewReplacer(append(contract(), "@version@", build.Version, "@index.html@", index, "@tabs.css@", styles, "@tabs.js@", script())...).Replace(whole)
}

// script is the one that the web UI gets.
func script() string {
	return "(() => {\n\"use strict\";\n\n" + strings.Join([]string{charts, resources, timingsTab, tabs}, "\n") + "})();\n"
}

// contract is what the plug-in knows of internal/timing, for a Replacer.
func contract() []string {
	var phases, windows []string
	for phase := range timing.Phases {
		phases = append(phases, phase.String())
	}
	for _, phase := range timing.Windows() {
		windows = append(windows, phase.String())
	}
	return []string{
		"@columns@", strings.Join(timing.Columns(), ","), "@phases@", strings.Join(phases, ","), "@percentiles@", strings.Join(timing.Percentiles(), ","),
		"@key@", timing.Key, "@format@", fmt.Sprint(timing.Version), "@aggregated@", timing.Aggregated, "@missed@", timing.Missed,
		"@windows@", strings.Join(windows, ","),
	}
}
