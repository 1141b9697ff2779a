package cli

import (
	"fmt"
	"log/slog"
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

// watch returns the table of a worker's jobs, nil if it has none, and how its users get their recorders.
func (j *jobOptions) watch(shard func() user.Recorder, log *slog.Logger) (*jobs.Table, func() user.Recorder) {
	if len(j.all) == 0 {
		return nil, shard
	}
	table := jobs.New(j.all, j.timeout, shard(), log)
	return table, func() user.Recorder { return table.Watch(shard()) }
}

// jobUsers are users whose jobs end with them.
type jobUsers struct {
	locust.Users
	jobs *jobs.Table
}

// withJobs returns users that close the table, if there is one, when they have stopped, before that is reported.
func withJobs(users locust.Users, table *jobs.Table) locust.Users {
	if table == nil {
		return users
	}
	return jobUsers{users, table}
}

// Stop stops all users.
func (u jobUsers) Stop(timeout time.Duration, done func()) {
	u.Users.Stop(timeout, func() {
		u.jobs.Close()
		done()
	})
}
