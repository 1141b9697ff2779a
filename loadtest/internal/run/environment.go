package run

import (
	"os"
	"slices"
	"strings"
)

// owned are the variables of Locust's that would take the master or a worker out of loadtest's hands: a mode without web UI,
// another place for the UI, a test that starts or ends by itself. The others, such as LOCUST_TAGS, are the user's wish and
// reach Locust.
func owned() []string {
	return []string{
		"LOCUST_MODE_", "LOCUST_MASTER_", "LOCUST_PROCESSES=",
		"LOCUST_HEADLESS=", "LOCUST_AUTOSTART=", "LOCUST_AUTOQUIT=", "LOCUST_RUN_TIME=",
		"LOCUST_WEB_", "LOCUST_TLS_", "LOCUST_LOGFILE=", "LOCUST_SHOW_", "LOCUST_LIST", "LOCUST_EXPECT_", "LOCUST_STOP_TIMEOUT=",
	}
}

// locustEnvironment is that of the master and of Locust's own workers, without the variables that begin with one of besides.
func (r *Run) locustEnvironment(besides ...string) []string {
	return without(slices.Concat(owned(), r.plan.DropVariables, besides)...)
}

// cpuInterval is what a CPU figure of our worker covers, in seconds. Locust's 10 would miss the limit of a short run.
const cpuInterval = "GREGARIA_CPU_MONITOR_INTERVAL=3"

// workerEnvironment is that of our worker: also without what would have it run something else than --compiled says.
func (r *Run) workerEnvironment() []string {
	environment := without(append(append(owned(), r.plan.DropVariables...), "GREGARIA_COMPILED=", "GREGARIA_REQUEST_LOG")...)
	return append([]string{cpuInterval}, environment...) // the user's own comes later, and wins
}

// monitorEnvironment is the monitor's. Of its variables it gets those that say what is measured; those that loadtest says itself (where, how often,
// for how long, of which process) would be of another monitor. The servers that it is to ask are in it, and
// not among the arguments, which every user of the machine can read: a URL may have a password in it.
func (r *Run) monitorEnvironment() []string {
	environment := without("GREGARIA_MONITOR_")
	for _, name := range []string{"GREGARIA_MONITOR_COLLECT", "GREGARIA_MONITOR_GPU", "GREGARIA_MONITOR_SCRAPE_TOKEN", "GREGARIA_MONITOR_INSECURE"} {
		if value, set := os.LookupEnv(name); set {
			environment = append(environment, name+"="+value)
		}
	}
	if r.plan.Joins() {
		environment = append(environment, "GREGARIA_MONITOR_LOCUST="+r.plan.MasterWeb)
	}
	if len(r.plan.Scrape) > 0 {
		environment = append(environment, "GREGARIA_MONITOR_SCRAPE="+strings.Join(r.plan.Scrape, ","))
	}
	if series := r.series(); len(series) > 0 {
		environment = append(environment, "GREGARIA_MONITOR_SERIES="+strings.Join(series, ","))
	}
	return environment
}

// without returns loadtest's own environment, less the variables that begin with one of the prefixes: what loadtest says
// with flags must not be undone by a variable that was set for another purpose.
func without(prefixes ...string) []string {
	var kept []string
	for _, variable := range os.Environ() {
		if !hasPrefix(variable, prefixes) {
			kept = append(kept, variable)
		}
	}
	return kept
}

func hasPrefix(variable string, prefixes []string) bool {
	for _, prefix := range prefixes {
		if strings.HasPrefix(variable, prefix) {
			return true
		}
	}
	return false
}
