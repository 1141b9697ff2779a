package boomer

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/rate"
)

// foreign says which of bin/worker's variables are set and are not for this program: they are for what the worker itself requests, and for
// its metrics.
func foreign(log *slog.Logger) {
	var set []string
	for _, name := range []string{"GREGARIA_JOB", "GREGARIA_JOBS_FILE", "GREGARIA_JOB_TIMEOUT", "GREGARIA_STREAM_DATA", "GREGARIA_LISTEN"} {
		if os.Getenv(name) != "" {
			set = append(set, name)
		}
	}
	if len(set) > 0 {
		log.Warn(strings.Join(set, ", ") + ": not obeyed by programs written for boomer, only by bin/worker and programs of worker/cli")
	}
}

// ignored says, once in a run, what of a spawn message the program's tasks know nothing of. boomer does not say it.
func (c *crew) ignored(job locust.Job) {
	if job.Host != nil && *job.Host != "" {
		c.once(slog.LevelInfo, "The master's host "+*job.Host+" is not used: the tasks of this program have addresses of their own")
	}
	for _, option := range []string{"tags", "exclude_tags"} {
		if tags, _ := job.Options[option].([]any); len(tags) > 0 {
			c.once(slog.LevelWarn, fmt.Sprintf("The master's --%s %v is not obeyed: tasks of boomer have no tags", strings.ReplaceAll(option, "_", "-"), tags))
		}
	}
	if c.limit != nil && job.Options[rate.Option] != nil {
		c.once(slog.LevelInfo, "The master's --rate and the rate limiter of this program (--max-rps, SetRateLimiter) both hold: "+
			"where the limiter lets fewer tasks begin, they begin late")
	}
}

// Update is locust.Users: the classes are the master's, and what it changes of them is nothing of the program's.
func (c *crew) Update(u locust.Update) {
	changed := slices.Sorted(maps.Keys(u.Rest))
	changed = slices.DeleteFunc(changed, func(name string) bool { return name == "weight" || name == "fixed_count" }) // how many users
	if u.Host != nil {
		changed = append(changed, "host")
	}
	if u.Tasks != nil {
		changed = append(changed, "tasks")
	}
	if len(changed) > 0 {
		c.once(slog.LevelWarn, fmt.Sprintf("The master changes %s of user class %s, which the tasks of this program know nothing of",
			strings.Join(changed, ", "), u.Class))
	}
}

// once logs a text for the first time.
func (c *crew) once(level slog.Level, text string) {
	c.mu.Lock()
	said := c.said[text]
	c.said[text] = true
	c.mu.Unlock()
	if !said {
		c.log.Log(context.Background(), level, text)
	}
}
