package locust

import (
	"gregaria/internal/timing"
	"gregaria/worker/internal/stats"
)

// An Occasion is why a report is made.
type Occasion int

// The occasions. Regular is one of those every few seconds; Last is the one after the users are gone. Early is one before the
// locustfile is done with what it reports, and is not told to its listeners: what it holds stays in sight.
const (
	Regular Occasion = iota
	Last
	Early
)

// report sends what was measured since the last report. The users are counted before the measurements are taken: once
// a report says that a user is gone, its last request is in that report or an earlier one.
func (s *Session) report() {
	if s.Connected() {
		counts := s.counts()
		s.send(statsMessage, statsData{s.stats.Take(), counts, s.timings()})
	}
}

// timings takes what a report carries beside Locust's own.
func (s *Session) timings() *timing.Message {
	if s.cfg.Timings == nil {
		return nil
	}
	m, err := s.cfg.Timings()
	if err != nil {
		s.cfg.Log.Error("The timings since the last report are lost: " + printable(err.Error()))
	}
	return m
}

// Flush sends what was measured since the last report, soon. Any goroutine may call it.
func (s *Session) Flush() { s.post(s.report) }

// reportAll sends a report as the locustfile makes it, then runs then on the session's goroutine.
func (s *Session) reportAll(why Occasion, then func()) {
	if s.cfg.Attach == nil {
		s.report()
		then()
		return
	}
	s.cfg.Attach(why, func(whole any) {
		s.post(func() {
			s.reportWhole(whole)
			then()
		})
	})
}

// reportEarly sends at once what was measured, then what the locustfile itself has counted, if anything; then runs then.
func (s *Session) reportEarly(then func()) {
	if s.Connected() {
		counts := s.counts()
		if kept := s.stats.Keep(); len(kept.Stats) > 0 || kept.Incomplete > 0 {
			s.send(statsMessage, statsData{kept, counts, s.timings()})
		}
	}
	if s.cfg.Attach == nil {
		then()
		return
	}
	s.cfg.Attach(Early, func(whole any) {
		s.post(func() {
			if whole != nil {
				s.reportWhole(whole)
			}
			then()
		})
	})
}

func (s *Session) reportWhole(whole any) {
	if whole == nil {
		s.report()
		return
	}
	if !s.Connected() {
		return
	}
	m := s.timings()
	switch made := whole.(type) {
	case statsData:
		made.Timings = m
		s.send(statsMessage, made)
		return
	case map[string]any:
		if _, taken := made[timing.Key]; !taken && m != nil {
			made[timing.Key] = m
		}
	}
	if err := s.SendMessage(statsMessage, whole); err != nil {
		s.cfg.Log.Error("What the locustfile has put into the report cannot be sent: " + printable(err.Error()))
	}
}

// Report is the data of a report as a session makes it, for one who took the measurements. The users were counted before.
func Report(r stats.Report, users map[string]int) any {
	return statsData{Report: r, userCounts: countUsers(users)}
}

// spawned tells of the master's spawning_complete.
func (s *Session) spawned(m received) error {
	if s.cfg.Spawned == nil || len(m.Data) == 0 {
		return nil
	}
	var counts userCounts
	if err := unmarshal(m.Data, &counts); err != nil {
		return err
	}
	s.cfg.Spawned(counts.Users)
	return nil
}
