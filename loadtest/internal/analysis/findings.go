package analysis

// Schema is the version of Findings as JSON: docs/findings.md. It changes when a field goes away or means something else.
const Schema = 1

// Findings are what a run means. Terminal, HTML, JSON, JUnit and Markdown show one and the same value.
type Findings struct {
	Schema int  `json:"schema"`
	Info   Info `json:"run"`
	// Began and Ended are the seconds of the load.
	Began int64 `json:"began"`
	Ended int64 `json:"ended"`
	// Headline is the finding that matters most, in one line without a point: "CPU of the API host saturated at 118 users, 51 requests/s".
	Headline string `json:"headline"`
	// Verdict is how the run ended, and Checks are what was asked of it.
	Verdict Verdict `json:"verdict"`
	Checks  []Check `json:"checks"`
	// HighestLoad is the highest at which the checks held; nil of a run with one load, or without checks of times or failures.
	HighestLoad *HighestLoad `json:"highest_load"`
	// WarmUp is how many seconds from Began on the person has left out of the steady phases.
	WarmUp int `json:"warm_up_seconds,omitempty"`
	// Phases follow each other without a gap, from Began to the last second.
	Phases []Phase `json:"phases"`
	// Findings are in the order in which a person wants to read them.
	Findings []Finding `json:"findings"`
	// Endpoints are in the order of Locust's table, all requests last.
	Endpoints  []Endpoint  `json:"endpoints"`
	Failures   []Failure   `json:"failures"`
	Exceptions []Exception `json:"exceptions"`
	// Resources are what hosts did in the seconds of the load.
	Resources []Resource `json:"resources"`
	Laws      Laws       `json:"laws"`
	Growth    []Growth   `json:"growth"`
	// Comparison is that with the baseline, nil without one.
	Comparison *Comparison `json:"comparison,omitempty"`
}

// A Verdict is how a run ended: Word is PASSED, FAILED or INCOMPLETE, Line says why.
type Verdict struct {
	Word string `json:"word"`
	Code int    `json:"exit_code"`
	Line string `json:"line"`
}

// A Check is a limit that was asked for, and what was measured. Outcome is Passed, Failed or NotEvaluated, which counts as failed; Why says why then.
type Check struct {
	Text     string     `json:"check"`
	Measured string     `json:"measured"`
	Value    *float64   `json:"value"`
	Limit    *float64   `json:"limit"`
	Unit     string     `json:"unit"`
	Outcome  Outcome    `json:"outcome"`
	Why      string     `json:"why,omitempty"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// A HighestLoad is the highest load of a run at which all checks of response times and failures held.
type HighestLoad struct {
	// Users and Throughput (requests/s) are that load; 0 where no load kept them.
	Users      float64 `json:"users"`
	Throughput float64 `json:"throughput"`
	// BrokenAt is the next load, in users, and Check what it did not keep; 0 and "" where all loads kept them. Most is the highest load of the run.
	BrokenAt float64 `json:"broken_at"`
	Check    string  `json:"check,omitempty"`
	Most     float64 `json:"most_users"`
	// Clear is false where a higher load kept them again.
	Clear    bool       `json:"clear"`
	Evidence []Evidence `json:"evidence,omitempty"`
}

// An Outcome is that of a Check.
type Outcome string

// The outcomes of a check.
const (
	Passed       Outcome = "passed"
	Failed       Outcome = "failed"
	NotEvaluated Outcome = "not evaluated"
)

// A Phase is a part of a run, from its first second to its last.
type Phase struct {
	Kind PhaseKind `json:"kind"`
	From int64     `json:"from"`
	To   int64     `json:"to"`
}

// A PhaseKind says what the load does in a phase.
type PhaseKind string

// The kinds of phases, in the order in which they may come.
const (
	Ramp     PhaseKind = "ramp"     // users change
	WarmUp   PhaseKind = "warm-up"  // users are constant, numbers not yet: cut from the steady phase
	Steady   PhaseKind = "steady"   // users are constant, or the schedule is
	Stopping PhaseKind = "stopping" // users finish
	Settling PhaseKind = "settling" // no load: the monitor runs on
)

// A Finding is one thing that the numbers say. A finding that is not Clear says what is seen, and never what is guessed.
type Finding struct {
	// Kind is one of the Kinds below, Level how bad it is.
	Kind  string `json:"kind"`
	Level Level  `json:"level"`
	Clear bool   `json:"clear"`
	// Title is a few words, Text one to three sentences with numbers.
	Title string `json:"title"`
	Text  string `json:"text"`
	// At is the second in which it was first so, 0 where it has none.
	At       int64      `json:"at,omitempty"`
	Evidence []Evidence `json:"evidence"`
}

// A Level says how a finding is to be read.
type Level string

// The levels of findings.
const (
	Bad  Level = "bad"  // it broke, leaks, is saturated
	Warn Level = "warn" // numbers are suspect, or too few
	Good Level = "good" // it was looked for, and is not so
	Note Level = "note" // worth knowing
)

// The kinds of findings.
const (
	KindGenerator   = "generator"    // was the generator the bottleneck
	KindSaturation  = "saturation"   // what saturated first
	KindKnee        = "knee"         // from how many users on requests wait
	KindParallelism = "parallelism"  // how many requests the server works on at once
	KindScalability = "scalability"  // the fit of the Universal Scalability Law
	KindLittle      = "littles_law"  // the numbers do not agree
	KindGrowth      = "growth"       // leaks
	KindErrors      = "errors"       // when failures began, and what moved with them
	KindRestart     = "restart"      // the process under test ended or was killed
	KindClock       = "clock"        // clocks that differ
	KindHighest     = "highest_load" // the highest load within the checks
)

// Evidence says where a number of a finding can be seen: File has Column, From and To are seconds. Rule is in words.
type Evidence struct {
	File   string  `json:"file"`
	Column string  `json:"column"`
	From   int64   `json:"from"`
	To     int64   `json:"to"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit,omitempty"`
	Rule   string  `json:"rule"`
}

// An Endpoint is a row of the table: the whole run, times in ms. A number that is not known is nil.
type Endpoint struct {
	Type              string   `json:"type"`
	Name              string   `json:"name"`
	Requests          int      `json:"requests"`
	Failures          int      `json:"failures"`
	RequestsPerSecond float64  `json:"requests_per_second"`
	Average           *float64 `json:"average_ms"`
	Min               *float64 `json:"min_ms"`
	Median            *float64 `json:"median_ms"`
	P95               *float64 `json:"p95_ms"`
	P99               *float64 `json:"p99_ms"`
	Max               *float64 `json:"max_ms"`
	WaitP95           *float64 `json:"wait_p95_ms"`
	FirstEventP95     *float64 `json:"first_event_p95_ms"`
	ScheduledP95      *float64 `json:"scheduled_p95_ms"`
	// SteadyP50, SteadyP95 and SteadyP99 are those of the steady phase.
	SteadyP50 *float64 `json:"steady_p50_ms"`
	SteadyP95 *float64 `json:"steady_p95_ms"`
	SteadyP99 *float64 `json:"steady_p99_ms"`
}

// An Interval is an estimate with its 95 % interval.
type Interval struct {
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
}

// Laws are what the load alone tells by the operational laws. A number that is not known is nil.
type Laws struct {
	// Throughput is the highest that lasted, in requests/s. ServiceTime is the response time at low load in ms; LowLoad says how it was had.
	Throughput  *Interval `json:"throughput"`
	ServiceTime *Interval `json:"service_time_ms"`
	LowLoad     string    `json:"low_load,omitempty"`
	// Streams says that response times are those to the end of the streams that answer requests, here and in Points.
	Streams bool `json:"streams,omitempty"`
	// ThinkTime is what users wait between requests, in ms: N/X - R.
	ThinkTime *float64 `json:"think_time_ms"`
	// Parallelism is Throughput x ServiceTime at the plateau: how many requests the server really works on at once.
	Parallelism *Interval `json:"parallelism"`
	// Knee is in users, 0 where the load never reached it.
	Knee float64 `json:"knee_users,omitempty"`
	// USL is the fit of the Universal Scalability Law; nil where there is none, and WhyNotUSL says why.
	USL       *USL   `json:"usl"`
	WhyNotUSL string `json:"why_no_usl,omitempty"`
	// Points are the load levels: throughput and latency over users.
	Points []Point `json:"points"`
}

// A USL is a fit of X(N) = lambda N / (1 + alpha (N-1) + beta N (N-1)).
type USL struct {
	Lambda Interval `json:"lambda"`
	Alpha  Interval `json:"alpha"`
	Beta   Interval `json:"beta"`
	// Peak is N_max = sqrt((1-alpha)/beta), in users, 0 where beta is 0: throughput would not fall. R2 is the coefficient of determination.
	Peak float64 `json:"peak_users,omitempty"`
	R2   float64 `json:"r2"`
}

// A Point is a level of the load: Users, the median throughput in requests/s, and percentiles in ms, over Seconds seconds from From on.
type Point struct {
	Users      float64 `json:"users"`
	Throughput float64 `json:"throughput"`
	P50        float64 `json:"p50_ms"`
	P95        float64 `json:"p95_ms"`
	From       int64   `json:"from"`
	Seconds    int     `json:"seconds"`
	Kind       string  `json:"kind"` // ramp or steady
}

// A Growth is what became of something that may leak.
type Growth struct {
	// What is in words, "memory of uvicorn"; Column and File are where it stands, Host whose it is.
	What   string `json:"what"`
	Host   string `json:"host,omitempty"`
	File   string `json:"file"`
	Column string `json:"column"`
	Unit   string `json:"unit"`
	// Outcome is Leak, NoLeak or TooShort.
	Outcome GrowthOutcome `json:"outcome"`
	// Slope is in Unit a minute, PerRequest in Unit a request (nil where there were none). First and Last are levels, at the begin and end of the window.
	Slope      Interval  `json:"slope_per_minute"`
	PerRequest *Interval `json:"per_request"`
	// PerEndpoint is whose requests a leak follows, nil where that is not clear.
	PerEndpoint *PerEndpoint `json:"per_endpoint,omitempty"`
	First       float64      `json:"first"`
	Last        float64      `json:"last"`
	// Stayed is the share of the growth that was still there after settling, nil where that was not watched.
	Stayed *float64 `json:"stayed"`
	// Needed is how many seconds of steady load would decide, of a TooShort.
	Needed int `json:"needed_seconds,omitempty"`
	// From and To are the window, Why the reason in words.
	From int64  `json:"from"`
	To   int64  `json:"to"`
	Why  string `json:"why"`
}

// A GrowthOutcome is a verdict on growth.
type GrowthOutcome string

// The verdicts on growth.
const (
	Leak     GrowthOutcome = "leak"
	NoLeak   GrowthOutcome = "no leak"
	TooShort GrowthOutcome = "too short to say"
)
