package threshold

import (
	"slices"
	"strings"

	"gregaria/internal/timing"
)

// A Measure is what a check measures: a value of requests, or a column of the metrics.
type Measure struct {
	// Kind is Job or Stream for the requests of that type alone; "" for all that Locust counts.
	Kind string
	// Name is response or another phase, a count such as rps, or a column such as CPU_Percent.
	Name string
	// Statistic is what is taken of many values; "" for counts, and for columns their usual one.
	Statistic Statistic
	// Slope is how the column grows.
	Slope bool
	// Host is the machine of the column, "" for the one under test.
	Host string
}

// The kinds of requests that are measured apart.
const (
	Job    = "job"
	Stream = "stream"
)

// What is counted.
const (
	rps        = "rps"
	requests   = "requests"
	failures   = "failures"
	failRatio  = "fail_ratio"
	exceptions = "exceptions"
	missed     = "missed"
)

// response is the phase that a statistic without a phase is of.
const response = "response"

// counts are the names of what is counted, with what they are.
func counts() map[string]dimension {
	return map[string]dimension{rps: rate(), requests: count(), failures: count(), failRatio: share(), exceptions: count(), missed: count()}
}

// phaseOf finds a phase of a request by its name in checks: first_event for First_Event.
func phaseOf(name string) (timing.Phase, bool) {
	for p := range timing.Phases {
		if strings.ToLower(p.String()) == name {
			return p, true
		}
	}
	return 0, false
}

// ofRequests says that the measure is one of requests, and not of a machine.
func (m Measure) ofRequests() bool {
	_, phase := phaseOf(m.Name)
	_, counted := counts()[m.Name]
	return phase || counted
}

// ofTimes says that the check is of times of requests.
func (c Check) ofTimes() bool {
	_, phase := phaseOf(c.Measure.Name)
	return phase
}

// dimension is what kind of value a measure is. A column may be of two: the memory of a GPU is a size, and a share of what there is.
func (m Measure) dimension(unitName string) dimension {
	if d, counted := counts()[m.Name]; counted {
		return d
	}
	if _, phase := phaseOf(m.Name); phase {
		return duration()
	}
	d := columnDimension(m.Name)
	if m.ofSeries() {
		d = seriesDimension(m.selector().name)
	}
	if gpuMemory(m.Name) && (strings.HasSuffix(unitName, "B") || m.Slope) {
		d = size()
	}
	if m.Slope {
		return d.perTime()
	}
	return d
}

// window is the one that a check of the measure looks at without being told.
func (m Measure) window() Window {
	if m.Name == exceptions {
		return All // Locust says no time of them
	}
	return Steady
}

// String is the measure as a check has it.
func (m Measure) String() string {
	name := m.Name
	if m.Slope {
		column, _, _ := strings.Cut(name, "{")
		name = column + slopeSuffix + strings.TrimPrefix(name, column)
	}
	if m.Host != "" {
		name += "@" + m.Host
	}
	words := []string{m.Kind, name, string(m.Statistic)}
	if m.Name == response {
		words[1] = ""
	}
	words = slices.DeleteFunc(words, func(w string) bool { return w == "" })
	return strings.Join(words, " ")
}

// requestNames are the names of requests' measures, to find the one that was meant.
func requestNames() []string {
	names := []string{"p50", "p90", "p95", "p99", "p99.9", "median", string(Average), string(Min), string(Max)}
	for name := range counts() {
		names = append(names, name)
	}
	for p := range timing.Phases {
		if p != timing.Response && slices.Contains(timing.Windows(), p) {
			names = append(names, strings.ToLower(p.String()))
		}
	}
	slices.Sort(names)
	return names
}
