package cli

import (
	"fmt"
	"time"

	"gregaria/worker/internal/jobs"
	"gregaria/worker/internal/locust"
	commandline "gregaria/worker/internal/options"
	"gregaria/worker/user"
)

// jobOptions are what the command line says of jobs.
type jobOptions struct {
	texts   []string
	file    string
	timeout time.Duration
	isTimed bool

	all []jobs.Job // what texts and file say
}

func jobSettings(line *commandline.CommandLine) (j jobOptions) {
	j.texts, _ = line.Values["job"].([]string)
	j.file, _ = line.Values["jobs_file"].(string)
	seconds, timed := line.Values["job_timeout"].(int)
	j.timeout, j.isTimed = time.Duration(seconds)*time.Second, timed
	return j
}

// read reads the jobs, so that what is wrong with them is said before anything runs.
func (j *jobOptions) read() error {
	for _, text := range j.texts {
		all, err := jobs.ParseLines(text)
		if err == nil && len(all) == 0 {
			err = fmt.Errorf("it is empty; a job is written like %s", jobs.Example)
		}
		if err != nil {
			return fmt.Errorf("--job: %w", err)
		}
		j.all = append(j.all, all...)
	}
	if j.file != "" {
		all, err := jobs.ReadFile(j.file)
		if err != nil {
			return fmt.Errorf("--jobs-file: %w", err)
		}
		j.all = append(j.all, all...)
	}
	if j.isTimed && j.timeout <= 0 {
		return fmt.Errorf("--job-timeout is 0: leave it out for none, or give a time such as 10m")
	}
	if j.isTimed && len(j.all) == 0 {
		return fmt.Errorf("--job-timeout is for jobs, and there are none: give --job or --jobs-file")
	}
	return nil
}

// table returns the table of the jobs of all workers, nil if there are none.
func (j *jobOptions) table() *jobs.Table {
	if len(j.all) == 0 {
		return nil
	}
	return jobs.New(j.all, j.timeout)
}

// watched returns how users get their recorders: with jobs, of ones that their table sees.
func watched(table *jobs.Table, shard func() user.Recorder) func() user.Recorder {
	if table == nil {
		return shard
	}
	return func() user.Recorder { return table.Watch(shard()) }
}

// jobUsers are users whose jobs end with them.
type jobUsers struct {
	locust.Users
	party *jobs.Party
}

// withJobs returns users of whom the party, if there is one, knows whether they run.
func withJobs(users locust.Users, party *jobs.Party) locust.Users {
	if party == nil {
		return users
	}
	return jobUsers{users, party}
}

// Spawn starts users.
func (u jobUsers) Spawn(job locust.Job, done func()) {
	u.party.Begin()
	u.Users.Spawn(job, done)
}

// Stop stops all users. What became of their jobs is recorded before that they have stopped is reported.
func (u jobUsers) Stop(timeout time.Duration, done func()) {
	u.Users.Stop(timeout, func() {
		u.party.End()
		done()
	})
}
