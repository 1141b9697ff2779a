package jobs

import (
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// counts are what became of the jobs of one kind.
type counts struct {
	done, failed                 int64
	took, longest                time.Duration // of those done
	polls                        int64         // of those done or failed
	unfinished, expired, dropped int64
	again                        int64 // begun with the id of one that was open
	nameless, mute               int64 // first answers without an id, without a content to look at
	hits, strays                 int64 // polls for a job that was open, for none
}

func (c *counts) over(took time.Duration, polls int64, failed bool) {
	c.polls += polls
	if failed {
		c.failed++
		return
	}
	c.done++
	c.took += took
	c.longest = max(c.longest, took)
}

// say tells what became of the jobs, if there were any.
func (k *kind) say(t *Table, log *slog.Logger) {
	if text := k.summary(t.timeout, t.most); text != "" {
		log.Info("Jobs " + k.First.String() + ": " + text)
	}
}

func (k *kind) summary(timeout time.Duration, most int) string {
	c := &k.counts
	ended := c.done + c.failed
	if ended+c.unfinished+c.expired+c.dropped == 0 {
		return ""
	}
	parts := []string{fmt.Sprintf("%d done", c.done)}
	if c.done > 0 {
		parts[0] += fmt.Sprintf(" in %v on average, %v at most", round(c.took/time.Duration(c.done)), round(c.longest))
	}
	parts = append(parts, fmt.Sprintf("%d failed", c.failed), fmt.Sprintf("%d unfinished at the end", c.unfinished))
	for _, more := range []struct {
		n    int64
		text string
	}{
		{c.expired, fmt.Sprintf("not done within %v (--job-timeout)", timeout)},
		{c.dropped, fmt.Sprintf("given up because more than %d were open", most)},
		{c.again, "begun again under the same id"},
	} {
		if more.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", more.n, more.text))
		}
	}
	text := strings.Join(parts, ", ")
	if ended > 0 {
		text += fmt.Sprintf("; %.1f polls for each that ended", float64(c.polls)/float64(ended))
	}
	return text
}

// round leaves a time as many digits as people read.
func round(d time.Duration) time.Duration {
	if d > time.Second {
		return d.Round(10 * time.Millisecond)
	}
	return d.Round(100 * time.Microsecond)
}

// sayUnseen tells, in a line each, why there may be jobs that were not seen.
func (k *kind) sayUnseen(log *slog.Logger) {
	const names = "types and names are those of Locust's statistics, * is any text"
	if !k.began.Load() {
		log.Warn(fmt.Sprintf("--job: no request '%s' was made: %s", k.First, names))
		return
	}
	if k.mute > 0 {
		log.Warn(fmt.Sprintf("--job: %d answers of '%s' could not be read: they were streams, or the locustfile fired the requests itself", k.mute, k.First))
	}
	if k.nameless > 0 {
		log.Warn(fmt.Sprintf("--job: %d answers of '%s' had no id at %s: say where it is, with id $.path or id header NAME at the end", k.nameless, k.First, k.where()))
	}
	switch ended := k.done + k.failed; {
	case !k.asked.Load() && ended == 0:
		log.Warn(fmt.Sprintf("--job: no request '%s' was made: %s", k.Poll, names))
	case k.strays > 0 && k.hits == 0 && ended == 0:
		log.Warn(fmt.Sprintf("--job: none of %d requests '%s' asked for a job that was open: its URL must have the id that the answer of '%s' had at %s",
			k.strays, k.Poll, k.First, k.where()))
	}
}

// where is where the id is looked for.
func (k *kind) where() string {
	var texts []string
	for _, path := range k.ids {
		texts = append(texts, path.String())
	}
	for _, name := range k.headers {
		texts = append(texts, header+" "+name)
	}
	return strings.Join(texts, ", ")
}
