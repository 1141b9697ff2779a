package locust

import "time"

// maxNewLines is how many log lines one interval may bring before sending them is given up for good
// (WorkerRunner.logs_reporter).
const maxNewLines = 70

// logLines is the data of logs.
type logLines struct {
	WorkerID string   `codec:"worker_id"`
	Logs     []string `codec:"logs"`
}

// logTicker ticks when logs are due, or never.
func (s *Session) logTicker() *time.Ticker {
	if s.cfg.LogReport <= 0 || s.cfg.Logs == nil {
		t := time.NewTicker(time.Hour)
		t.Stop()
		return t
	}
	return time.NewTicker(s.cfg.LogReport)
}

// sendLogs sends the last log lines, all of them, if there are new ones: the master replaces what it had.
func (s *Session) sendLogs() {
	if !s.Connected() || s.logged < 0 {
		return
	}
	_, total := s.cfg.Logs()
	tooMany := total-s.logged > maxNewLines
	if tooMany {
		s.cfg.Log.Warn("The worker attempted to send more than 70 log lines in one interval. Further log sending was disabled for this worker.")
	}
	lines, total := s.cfg.Logs()
	if total > s.logged {
		for i := range lines {
			lines[i] = valid(lines[i])
		}
		s.send(logs, logLines{s.cfg.NodeID, lines})
	}
	s.logged = total
	if tooMany {
		s.logged = -1
	}
}
