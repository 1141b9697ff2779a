package locust

import "maps"

// report sends what was measured since the last report. The users are counted before the measurements are taken: once
// a report says that a user is gone, its last request is in that report or an earlier one.
func (s *Session) report() { s.reportWith(nil) }

// Flush sends what was measured since the last report, soon. Any goroutine may call it.
func (s *Session) Flush() { s.post(s.report) }

// reportAll sends a report with what the locustfile attaches to it, then runs then on the session's goroutine.
func (s *Session) reportAll(then func()) {
	if s.cfg.Attach == nil {
		s.report()
		then()
		return
	}
	s.cfg.Attach(func(extra map[string]any) {
		s.post(func() {
			s.reportWith(extra)
			then()
		})
	})
}

func (s *Session) reportWith(extra map[string]any) {
	if !s.Connected() {
		return
	}
	counts := s.counts()
	data := statsData{s.stats.Take(), counts}
	if len(extra) == 0 {
		s.send(statsMessage, data)
		return
	}
	all, err := s.attach(data, extra)
	if err != nil {
		s.cfg.Log.Error("What the locustfile adds to the report cannot be sent: " + err.Error())
		s.send(statsMessage, data)
		return
	}
	s.send(statsMessage, all)
}

// attach puts the report's own keys over the extra ones, as the order of Locust's listeners does
// (locust.stats.setup_distributed_stats_event_listeners).
func (s *Session) attach(data statsData, extra map[string]any) (map[string]any, error) {
	if _, err := encode(statsMessage, extra, s.cfg.NodeID); err != nil {
		return nil, err
	}
	frame, err := encode(statsMessage, data, s.cfg.NodeID)
	if err != nil {
		return nil, err
	}
	m, err := decode(frame)
	if err != nil {
		return nil, err
	}
	var own map[string]any
	if err := unmarshal(m.Data, &own); err != nil {
		return nil, err
	}
	all := maps.Clone(extra)
	maps.Copy(all, own)
	return all, nil
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
