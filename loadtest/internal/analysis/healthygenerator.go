package analysis

import (
	"fmt"
	"math"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// notTheLimit says that the generator was looked at and was not the limit, or that nothing is known of it.
func (v *view) notTheLimit() Finding {
	f := Finding{Kind: KindGenerator, Level: Good, Clear: true, Title: "The generator was not the limit"}
	window := v.window()
	most, column := 0.0, Series{}
	for _, worker := range v.run.Workers {
		if cpu := statistics.Mean(v.cut(worker.CPU.Values, window.From, window.To)); cpu > most || column.File == "" && !math.IsNaN(cpu) {
			most, column = math.Max(most, cpu), worker.CPU
		}
	}
	if column.File == "" {
		return Finding{
			Kind: KindGenerator, Level: Note, Title: "Whether the generator was the limit is not known",
			Text: "No CPU of the workers was recorded.",
			Evidence: []Evidence{{
				File: v.run.Users.File, Column: v.run.Users.Column, From: window.From, To: window.To, Value: float64(v.run.Info.Workers), Unit: "workers",
				Rule: "no worker has a CPU",
			}},
		}
	}
	f.Evidence = append(f.Evidence, Evidence{column.File, column.Column, window.From, window.To, most, "%", "no worker >= 90 % in 8 of 10 s"})
	said := []string{fmt.Sprintf("the busiest worker was at %s %% CPU", number(most))}
	if p99, known := v.phaseOf(v.run.Total.Phases[timing.Lateness], []Phase{window}).Quantile(0.99); known {
		said = append(said, fmt.Sprintf("tasks began at most %s ms late (p99)", number(p99)))
		f.Evidence = append(f.Evidence, Evidence{v.run.Total.P50.File, timing.Lateness.Percentile("99"), window.From, window.To, p99, "ms", "lateness"})
	}
	if share, _, known := v.generatorShare(); known && v.run.Info.Local {
		said = append(said, fmt.Sprintf("the workers took %s of this machine's CPU, which the target shares", percent(share)))
	}
	if offset := 0.0; len(v.run.Info.Offsets) > 0 {
		for _, o := range v.run.Info.Offsets {
			offset = math.Max(offset, math.Abs(o))
		}
		said = append(said, fmt.Sprintf("clocks were within %s ms", number(1000*offset)))
	}
	f.Text = upper(list(said)) + "."
	return f
}
