// Package equal records what a locustfile does to the world, under stock Locust or under this project's worker, so that
// the two can be compared: the requests on the wire, what is reported of them, the exceptions and the output.
package equal

import (
	"bytes"
	"encoding/json"
	"fmt"
)

// A Mode is how the server of a recording behaves.
type Mode string

// The modes: a server whose answers depend on the request alone, one that fails, and none at all.
const (
	OK      Mode = "200"
	Failing Mode = "500"
	Refused Mode = "refused"
)

// Modes lists every mode.
func Modes() []Mode { return []Mode{OK, Failing, Refused} }

// A Request is one request as it came over the wire.
type Request struct {
	// Method and Target are those of the request line, the target raw.
	Method, Target string
	// Headers are the header lines as they were sent, in the order of their names.
	Headers []string
	// Body is the body; see [printable] for one that is not text.
	Body string
}

// An Event is one thing that the worker told its master: a finished request, or an exception if Traceback is not empty.
type Event struct {
	// Type, Name, Failure and Length are those of the sample.
	Type    string `json:"type,omitempty"`
	Name    string `json:"name,omitempty"`
	Failure string `json:"failure,omitempty"`
	Length  int64  `json:"length,omitempty"`
	// Message and Traceback are those of the exception.
	Message   string `json:"message,omitempty"`
	Traceback string `json:"traceback,omitempty"`
}

// A Trace is all that one user of one class did.
type Trace struct {
	// Class is the user's class, "" if the file could not be loaded; Load then says why.
	Class, Load string
	// Requests are in the order of their arrival, Events in that of their report.
	Requests []Request
	Events   []Event
	// Output is what the file printed.
	Output []string
}

// A Plan says how one file is run.
type Plan struct {
	// Iterations is how many tasks are executed; 0 means DefaultIterations.
	Iterations int `json:"iterations,omitempty"`
	// Options are what the master adds to the parsed options of its spawn message.
	Options map[string]any `json:"options,omitempty"`
	// Args are added to the worker's command line.
	Args []string `json:"args,omitempty"`
	// Sleeps says that the file's own sleeps last as long as it says; else they are none, as are waits between tasks.
	Sleeps bool `json:"sleeps,omitempty"`
	// SkipOutput says why the output is not compared; "" means that it is.
	SkipOutput string `json:"skip_output,omitempty"`
	// Known says why a part of a mode is not equal, by "MODE PART", such as "200 event".
	Known map[string]string `json:"known,omitempty"`
}

// What every recording is made with.
const (
	// Seed seeds random before the module's body runs and before the first user is created.
	Seed = 42
	// DefaultIterations is enough for each task of most files to be executed.
	DefaultIterations = 10
)

// ReadPlans reads the plans of the files that need one, by the name of the file.
func ReadPlans(data []byte) (map[string]Plan, error) {
	plans := map[string]Plan{}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	if err := d.Decode(&plans); err != nil {
		return nil, fmt.Errorf("read the plans: %w", err)
	}
	for name, p := range plans {
		for option, value := range p.Options {
			if n, ok := value.(json.Number); ok {
				p.Options[option] = number(n)
			}
		}
		if p.Iterations == 0 {
			p.Iterations = DefaultIterations
			plans[name] = p
		}
	}
	return plans, nil
}

// number is what a master would have parsed: an int, unless it has a fraction.
func number(n json.Number) any {
	if i, err := n.Int64(); err == nil {
		return i
	}
	f, _ := n.Float64()
	return f
}
