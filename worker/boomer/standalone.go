package boomer

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/program"
	"gregaria/worker/user"
)

// alone is the name of the user class, and of the node, without a master.
const alone = "local"

// spawnStep is how often users are added while a Boomer without a master ramps up.
const spawnStep = 100 * time.Millisecond

// standalone prepares a run without a master. b.mu is held.
func (b *Boomer) standalone(r *run, c *crew, who cast, log *slog.Logger) {
	r.send = func(kind string, data any) error {
		Events.Publish(kind, &CustomMessage{Type: kind, Data: data, NodeID: alone})
		return nil
	}
	r.logs(alone, func() int { return -1 })
	c.Engine = b.engine(r, who, program.Line{
		Report: func(e user.Exception) {
			log.Error("Exception in a user: " + e.Message + "\n" + strings.TrimRight(e.Traceback, "\n"))
		},
		Send: r.send,
	}, nil, log)
}

// ramp runs the users until ctx is cancelled, and hands reports to the outputs.
func (b *Boomer) ramp(ctx context.Context, c *crew, names []string, out *outputs) error {
	step, report := time.NewTicker(spawnStep), time.NewTicker(locust.DefaultReport)
	defer step.Stop()
	defer report.Stop()
	took := func() { out.event(b.recorder.Take(), c.Counts()) }
	b.recorder.Clear()
	began, users := time.Now(), 0
	spawn := func() {
		want := b.spec.users
		if b.spec.rate > 0 {
			want = min(want, int(time.Since(began).Seconds()*b.spec.rate)+1)
		}
		if want > users {
			users = want
			c.Spawn(locust.Job{Classes: shares(users, names)}, func() {})
		}
		if users >= b.spec.users {
			step.Stop()
		}
	}
	spawn()
	for {
		select {
		case <-step.C:
			spawn()
		case <-report.C:
			took()
		case <-ctx.Done():
			gone := make(chan struct{})
			c.Stop(0, func() { close(gone) })
			<-gone
			took()
			return nil
		}
	}
}

// shares spreads users evenly over classes.
func shares(users int, names []string) map[string]int {
	all := map[string]int{}
	for i, name := range names {
		all[name] = users / len(names)
		if i < users%len(names) {
			all[name]++
		}
	}
	return all
}

// names are the classes' names.
func (c cast) names() []string {
	if c.any != nil {
		return []string{alone}
	}
	return slices.Sorted(maps.Keys(c.classes))
}
