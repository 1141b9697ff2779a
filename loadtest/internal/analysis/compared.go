package analysis

import "fmt"

// A Comparison is what differs between two sets of runs of the same load test, and what does not: docs/compare.md.
type Comparison struct {
	Schema int     `json:"schema"`
	Effect float64 `json:"effect"`
	// Base and New are the runs of each side.
	Base []string `json:"base"`
	New  []string `json:"new"`
	// Method says in words where the intervals come from.
	Method Method `json:"method"`
	// Differences are what makes the runs hard to compare: they were not of the same load, or not on the same machine.
	Differences []Difference `json:"differences"`
	// Outcome is that of all rows: Worse if any is; else Better if any is; else Same if all rows of all requests are; else CannotTell.
	Outcome Outcome `json:"outcome"`
	// Rows are of all requests, then of resources, then of endpoints.
	Rows []Compared `json:"rows"`
	// Notes are what the reader should know beside the numbers, a line each.
	Notes []string `json:"notes,omitempty"`
}

// A Difference is something in which runs have to agree to be compared, and do not.
type Difference struct {
	What string `json:"what"`
	Base string `json:"base"`
	New  string `json:"new"`
}

func (d Difference) String() string { return fmt.Sprintf("%s: %s and %s", d.What, d.Base, d.New) }

// A Method is how the intervals were made.
type Method struct {
	// Unit is OfRuns, OfFewRuns or OfSeconds.
	Unit Unit `json:"unit"`
	// Confidence is that of the intervals.
	Confidence float64 `json:"confidence"`
	Text       string  `json:"text"`
}

// A Unit is what varies by chance in a comparison.
type Unit string

// The units.
const (
	OfRuns    Unit = "runs"     // three runs or more on each side
	OfFewRuns Unit = "few runs" // two on a side, and not one on the other
	OfSeconds Unit = "seconds"  // one run on a side
)

// The outcomes of a comparison.
const (
	Worse      Outcome = "worse"
	Better     Outcome = "better"
	Same       Outcome = "no difference"
	CannotTell Outcome = "cannot tell"
	// NotCompared is that of a result whose runs cannot be compared, and of no row.
	NotCompared Outcome = "not compared"
)

// A Compared is one number of one endpoint, of all requests, or of a resource. What is not known is nil.
type Compared struct {
	Kind    ComparedKind `json:"kind"`
	Type    string       `json:"type,omitempty"`
	Name    string       `json:"name"`
	Measure string       `json:"measure"`
	Unit    string       `json:"unit"`
	// Base and New are the numbers: of the only run, or the median of several.
	Base *float64 `json:"base"`
	New  *float64 `json:"new"`
	// Change is New over Base less 1, with its interval: 0.2 is 20 % more. Of a ratio of failures it is New less Base.
	Change *Interval `json:"change"`
	// Effect is which changes count as no difference; nil where there is no Change.
	Effect  *Bounds `json:"effect"`
	Outcome Outcome `json:"outcome"`
	// Word is the outcome as people say it of this measure: "slower", "fewer", "no difference larger than 5 %".
	Word string `json:"word"`
	// P is the chance of such a difference if the true one were no larger than the effect, corrected by Holm for the number of endpoints; nil where it is not known.
	P *float64 `json:"p"`
	// Why says why it cannot be told.
	Why string `json:"why,omitempty"`
}

// Bounds are the ends of a range of changes, in the unit of Compared.Change.
type Bounds struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// A ComparedKind is what a row is of.
type ComparedKind string

// The kinds of rows.
const (
	AllRequests ComparedKind = "all requests"
	ResourceRow ComparedKind = "resource"
	EndpointRow ComparedKind = "endpoint"
)
