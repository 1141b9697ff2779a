package recording

import (
	"encoding/json"
	"errors"
	"math"

	"gregaria/loadtest/internal/analysis"
)

// A Worker is what the master was told of one that makes load. Usage is in percent of a core, from its second on: a worker tells every 5 s or so.
type Worker struct {
	Name  string  `json:"name,omitempty"`
	Usage []Usage `json:"cpu"`
}

// A Usage is a second of the epoch and percent of a core, NaN from when the worker is missing. As JSON it is an array of two, [1796047051,12.5].
type Usage struct {
	Second int64
	CPU    float64
}

// MarshalJSON writes null for a worker that is missing.
func (u Usage) MarshalJSON() ([]byte, error) {
	if math.IsNaN(u.CPU) {
		return json.Marshal([]any{u.Second, nil})
	}
	return json.Marshal([]any{u.Second, math.Round(u.CPU*10) / 10})
}

// errUsage is an array that is no Usage.
var errUsage = errors.New("the CPU of a worker is an array of a second and percent")

// UnmarshalJSON reads one.
func (u *Usage) UnmarshalJSON(data []byte) error {
	var pair []*float64
	if err := json.Unmarshal(data, &pair); err != nil || len(pair) != 2 || pair[0] == nil || !isTime(*pair[0]) {
		return errUsage
	}
	u.Second, u.CPU = int64(*pair[0]), known(pair[1])
	return nil
}

// See takes what a worker used in a second.
func (w *Worker) See(second int64, cpu float64) {
	if n := len(w.Usage); n == 0 || w.Usage[n-1].CPU != cpu {
		w.Usage = append(w.Usage, Usage{second, cpu})
	}
}

// Lose says that the worker is missing from a second on.
func (w *Worker) Lose(second int64) {
	if n := len(w.Usage); n > 0 && !math.IsNaN(w.Usage[n-1].CPU) {
		w.Usage = append(w.Usage, Usage{second, math.NaN()})
	}
}

// fillWorkers makes the series of the workers: what was told holds until it is told anew, and until the end of the load.
func (r *reading) fillWorkers() {
	for _, w := range r.facts.Workers {
		r.run.Workers = append(r.run.Workers, analysis.Worker{Name: w.Name, CPU: r.held("workers."+w.Name, w.Usage)})
	}
	r.run.WorkersCPU = r.held("workers_cpu", r.facts.WorkersCPU.Usage)
}

// held is a series of what was told, until the end of the load.
func (r *reading) held(column string, told []Usage) analysis.Series {
	s := r.series(r.files.Run, column)
	for _, usage := range told {
		for second := max(usage.Second, r.span.first); second <= r.span.ended; second++ {
			s.Values[second-r.span.first] = usage.CPU
		}
	}
	return s
}
