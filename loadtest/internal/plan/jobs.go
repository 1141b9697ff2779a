package plan

import "gregaria/loadtest/internal/fault"

// jobArgs are the arguments of our worker that say what jobs are. Whether they are right is the worker's to say: see run's checks.
func (s Settings) jobArgs() []string {
	var args []string
	for _, job := range s.Jobs {
		args = append(args, "--job="+job)
	}
	if s.JobsFile != "" {
		args = append(args, "--jobs-file="+s.JobsFile)
	}
	if s.JobTimeout != "" {
		args = append(args, "--job-timeout="+s.JobTimeout)
	}
	return args
}

// checkJobs wants somebody who sees jobs.
func (s Settings) checkJobs() error {
	if s.noGo() && len(s.jobArgs()) > 0 {
		return fault.New(fault.Usage, "--job: jobs are seen by workers in Go, and --workers is %s: add workers, or leave --job, --jobs-file and --job-timeout out", s.Workers)
	}
	return nil
}
