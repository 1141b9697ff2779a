package run

import "strings"

// hearJobs keeps for the summary what our worker says of jobs when its users have stopped.
func (r *Run) hearJobs(line string) {
	if len(r.plan.JobArgs) == 0 {
		return
	}
	_, text, ours := strings.Cut(line, "/gregaria.worker: ")
	if ours && (strings.HasPrefix(text, "Jobs ") || strings.HasPrefix(text, "--job: ")) {
		r.note(text)
	}
}
