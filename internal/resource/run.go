package resource

// The columns of a load test, as its Locust master tells of it. Run_State and Run_Phase are words.
const (
	// RunState is the state of the master in Locust's words: ready, spawning, running, cleanup, stopping, stopped, missing.
	RunState = "Run_State"
	// RunPhase is the phase of the load: PhaseRampUp, PhaseSteady, PhaseStopping; empty while nothing runs.
	RunPhase = "Run_Phase"
	// RunUsers is how many users run, over all workers.
	RunUsers = "Run_Users"
	// RunWorkers is how many workers can take users.
	RunWorkers = "Run_Workers"
	// RunRequestsPerSecond is the rate of requests over about the last 10 s, RunFailuresPerSecond that of those that failed.
	RunRequestsPerSecond = "Run_Requests_Per_Second"
	RunFailuresPerSecond = "Run_Failures_Per_Second"
	// RunP50MS and RunP95MS are percentiles of the response times of about the last 10 s, in milliseconds.
	RunP50MS = "Run_P50_MS"
	RunP95MS = "Run_P95_MS"
)

// The phases of a load.
const (
	PhaseRampUp   = "ramp-up"  // the number of users changes
	PhaseSteady   = "steady"   // it does not
	PhaseStopping = "stopping" // users finish what they are in
)

func runColumns() []string {
	return []string{RunState, RunPhase, RunUsers, RunWorkers, RunRequestsPerSecond, RunFailuresPerSecond, RunP50MS, RunP95MS}
}

// IsText says whether a column has words in it, and no numbers.
func IsText(column string) bool { return column == RunState || column == RunPhase }
