package run

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"gregaria/loadtest/internal/check"
	"gregaria/loadtest/internal/remote"
	"gregaria/loadtest/plugin"
)

// thisMachine is what the tab calls the host whose monitor loadtest starts.
const thisMachine = "this machine"

// A tab is the plug-in of the master, with Resources and Timings in its web UI: a file beside the locustfile, which exists as long as the
// master.
type tab struct {
	version string // of Locust
	folder  string // of the plug-in; "" without one
	metrics string // the files that it shows, by their hosts, as JSON
}

// openTab writes the plug-in. A run without the tab is better than none.
func (r *Run) openTab() {
	timings := r.files.Timings
	r.files.Timings = ""
	if !check.TakesPlugins(r.tab.version) {
		return
	}
	folder, err := os.MkdirTemp("", "gregaria-")
	if err == nil && strings.Contains(folder, ",") { // Locust would take it for two files
		err = fmt.Errorf("the folder %s for temporary files has a comma in its name", folder)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(folder, plugin.Name), []byte(plugin.Source()), 0o600)
	}
	r.tab.folder = folder
	if err != nil {
		r.tab.close()
		r.note(fmt.Sprintf("there are no timings, and Locust's web UI has no tab Resources: %v", err))
		return
	}
	r.files.Timings = timings
	r.tab.metrics = r.metricsOfHosts()
}

// metricsOfHosts is what plugin.Metrics says: an object whose keys stand in the order of the tab, this machine first.
func (r *Run) metricsOfHosts() string {
	names, paths := []string{thisMachine}, []string{r.files.Metrics}
	for _, name := range remote.Names(r.plan.Monitors) {
		names, paths = append(names, name), append(paths, r.files.MetricsOf(name))
	}
	var pairs []string
	for i, path := range paths {
		pair, _ := json.Marshal(map[string]string{names[i]: absolute(path)}) // strings can always be written
		pairs = append(pairs, strings.Trim(string(pair), "{}"))
	}
	return "{" + strings.Join(pairs, ",") + "}"
}

// absolute is a path that does not depend on the master's folder, where there is one.
func absolute(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// file is what comes after the locustfile in the -f of the master, and of workers in Python, which keep --rate by it.
func (t *tab) file() string {
	if t.folder == "" {
		return ""
	}
	return "," + filepath.Join(t.folder, plugin.Name)
}

// close removes the plug-in, and what Python has made beside it.
func (t *tab) close() {
	if t.folder != "" {
		_ = os.RemoveAll(t.folder) // a folder for temporary files is emptied by the system too
	}
	t.folder = ""
}
