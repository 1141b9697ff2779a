package cli

import (
	"log/slog"
	"maps"

	"gregaria/worker/internal/engine"
	"gregaria/worker/internal/jobs"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/metrics"
	"gregaria/worker/internal/program"
	"gregaria/worker/internal/rate"
	"gregaria/worker/internal/requestlog"
	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A load is what the users of a worker run with, and what they record into.
type load struct {
	*worker
	house    *house
	log      *slog.Logger
	recorder *stats.Recorder
	counted  metrics.Stats
	party    *jobs.Party // nil without --job
	gate     *rate.Gate  // made with the users, before any message comes
}

// record makes what the users record into, with so many shards.
func (l *load) record(shards int, config *locust.Config) {
	l.recorder = stats.New(shards)
	if !l.house.options.NoTimings {
		l.recorder.KeepTimings()
		config.Timings = l.recorder.Timings
	}
	l.counted = l.house.exporter.Count(l.recorder)
}

// unfinished is what jobs are recorded into that nobody has seen the end of.
func (l *load) unfinished(logs *requestlog.Worker) user.Recorder {
	if logs == nil {
		return l.recorder.Shard()
	}
	return logs.Recorder("", l.recorder.Shard()) // made at the end: the worker has its number by then
}

// users makes the users, who get a line to the master.
func (l *load) users(line program.Line) locust.Users {
	h := l.house
	l.gate = rate.New(rate.Services{Send: line.Send, Recorder: l.recorder.Shard(), Log: l.log})
	logs := h.logs(line)
	if h.jobs != nil {
		l.party = h.jobs.Party(func() user.Recorder { return l.unfinished(logs) }, l.log)
	}
	observe, shard := h.observe(logs), watched(h.jobs, l.recorder.Shard)
	if observe != nil { // it sees to the jobs, too
		shard = l.recorder.Shard
	}
	users := engine.New(l.classes(h.program), engine.Services{
		Shard: shard, Observe: observe, Report: line.Report, Send: line.Send, Index: line.Index, Limits: h.options.limits(),
		Streams: h.options.streams, Attributes: l.file != nil, Schedule: l.gate,
	}, l.log)
	h.exporter.Watch(metrics.Worker{Users: users.Counts, CPU: line.CPU})
	if l.file == nil {
		return withJobs(users, l.party)
	}
	own := shard()
	if observe != nil { // what the file fires outside of users
		own = observe("", own)
	}
	return withJobs(l.connect(h.options, line, own, l.counted, users), l.party)
}

// listeners are the program's, and that of the gate.
func (l *load) listeners() map[string]user.Listener {
	all := maps.Clone(l.house.program.Listeners)
	if all == nil {
		all = map[string]user.Listener{}
	}
	all[rate.Message] = func(m user.Message, _ func(string, any) error) { l.gate.Hear(m) }
	return all
}
