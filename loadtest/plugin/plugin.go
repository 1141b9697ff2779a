// Package plugin has the file that a stock Locust master loads beside the locustfile: the tab Resources in its web UI.
package plugin

import (
	_ "embed" // the parts
	"strings"

	"gregaria/internal/build"
)

// The parts of the plug-in, each in a file of its own language. It is one file when it is given away, because it travels as a locustfile does.
var (
	//go:embed gregaria.py
	python string
	//go:embed timings.py
	timings string
	//go:embed rate.py
	rate string
	//go:embed index.html
	index string
	//go:embed resources.css
	styles string
	//go:embed resources.js
	script string
)

// Name is what the file is called. It is also the name of its Python module.
const Name = "gregaria.py"

// The variables that tell the plug-in whose resources there are: files that monitors write, and monitors to ask.
const (
	Metrics  = "GREGARIA_METRICS"
	Monitors = "GREGARIA_MONITORS"
)

// Source returns the plug-in as the one Python file that it is for Locust.
func Source() string {
	whole := strings.NewReplacer("@timings.py@\n", timings, "@rate.py@\n", rate).Replace(python)
	return strings.NewReplacer("@version@", build.Version, "@index.html@", index, "@resources.css@", styles, "@resources.js@", script).Replace(whole)
}
