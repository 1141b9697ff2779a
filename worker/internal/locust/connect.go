package locust

import (
	"context"
	"fmt"
	"log/slog"
	"time"
)

// ready says that this worker waits for a test. Its data must be true for a Locust master, so it is the version.
func (s *Session) ready() { s.send(clientReady, s.cfg.Version) }

// Connected says whether the master has acknowledged this worker. Only Run's goroutine, or one that has seen Run return,
// may ask.
func (s *Session) Connected() bool { return s.index >= 0 }

// again repeats client_ready while no ack has come (WorkerRunner.connect_to_master).
func (s *Session) again() error {
	if s.Connected() || s.leaving {
		return nil
	}
	level := slog.LevelDebug
	if time.Duration(s.attempts)*s.cfg.ConnectTimeout >= quietConnect {
		level = slog.LevelInfo
	}
	s.cfg.Log.Log(context.Background(), level, fmt.Sprintf("Failed to connect to master %s, retry %d/%d. %s",
		s.cfg.Master, s.attempts, s.cfg.ConnectRetries, s.why))
	if s.attempts > s.cfg.ConnectRetries {
		return fmt.Errorf("%w at %s after %d attempts. %s", ErrNoMaster, s.cfg.Master, s.attempts, s.why)
	}
	s.attempts++
	if s.renewed { // the master may still have held the old connection, and so ignore the new one for good
		s.conn.Reset()
	}
	s.diagnose()
	s.ready()
	s.retry.Reset(s.cfg.ConnectTimeout)
	return nil
}

// diagnose finds out, beside the session, why there is no answer; the next attempt that fails says it.
func (s *Session) diagnose() {
	if s.cfg.Diagnose == nil {
		return
	}
	go func() {
		why := s.cfg.Diagnose()
		s.post(func() { s.why = why })
	}()
}

func (s *Session) acknowledged(m received) error {
	var a acknowledgement
	if len(m.Data) > 0 { // Locust 2.10 acknowledges without an index
		if err := unmarshal(m.Data, &a); err != nil {
			return err
		}
	}
	first := !s.Connected()
	s.suspicious = false
	s.index = max(a.Index, 0)
	s.lastBeat = time.Now()
	if first {
		s.cfg.Log.Info(fmt.Sprintf("Connected to master %s, worker index %d", s.cfg.Master, s.index))
	}
	if s.cfg.Acknowledged != nil {
		s.cfg.Acknowledged(s.index)
	}
	if first {
		s.heartbeat()
		s.reportAll(Regular, func() {})
	}
	return nil
}

// A silent master is looked into after silenceLimit: it may be gone, cut off, stopped, or a new process at the old
// address that has never heard of this worker and, as stock masters do, leaves its heartbeats unanswered. A probe tells the
// last case from the others without harm: a stock master answers it, whoever asks. Then the connection is made anew, since
// the master's ROUTER may still hold the old one under this worker's identity and ignore this one; and if heartbeats stay
// unanswered even so, the worker registers again.
//
// Masters before Locust 2.19 answer no heartbeat at all, so their silence means nothing; and those before 2.15 would not
// survive the probe. A master is only missed once it has answered.
//
// A connection that is younger than the silence needs no such care: the master's process has closed the old one, so it is
// gone with all that it knew, and whoever listens there now is greeted, even one that says nothing before that.
//
// Subtle: a link that heals answers the probe, a new connection, at once, and the old connection only when TCP tries again,
// which is after about as long a time as the link was cut. So an answered probe is followed by a wait as long as the
// silence was: to give up a connection that still comes back loses what is in it.
const (
	silenceLimit   = 3 * time.Second
	longestWait    = 20 * time.Second
	afterReconnect = 1500 * time.Millisecond
)

// A Finding is what a look at a silent master tells.
type Finding int

// The findings. Nothing: it answers nobody, or there is no telling. Answers: it answers others. Replaced: the connection to it
// was made anew meanwhile.
const (
	Nothing Finding = iota
	Answers
	Replaced
)

func (s *Session) checkSilence() {
	if !s.answers || s.away {
		return
	}
	silence := time.Since(s.lastBeat)
	if silence > s.cfg.MasterTimeout && !s.leaving {
		s.leave(fmt.Sprintf("Didn't get heartbeat from master in over %.0fs", s.cfg.MasterTimeout.Seconds()),
			s.stopUsers, s.tell, s.lastReport)
	}
	if silence < silenceLimit || s.suspicious || s.leaving || s.cfg.Probe == nil {
		return
	}
	s.suspicious = true
	s.probes.Go(func() {
		found := s.cfg.Probe(silence)
		s.post(func() { s.probed(found) })
	})
}

// probed goes on with a silent master.
func (s *Session) probed(found Finding) {
	switch found {
	case Nothing:
		s.suspicious = false // the next heartbeat looks again
		return
	case Replaced:
		s.unlessHeard(afterReconnect, s.register)
		return
	}
	s.unlessHeard(min(time.Since(s.lastBeat), longestWait), func() {
		s.cfg.Log.Warn("The master answers others but not this worker: connecting anew")
		s.conn.Reset()
		s.unlessHeard(afterReconnect, s.register)
	})
}

// unlessHeard does f after d, unless the master has been heard by then.
func (s *Session) unlessHeard(d time.Duration, f func()) {
	s.wait(d, func() {
		if time.Since(s.lastBeat) < silenceLimit || s.leaving {
			s.suspicious = false
			return
		}
		f()
	})
}

// register makes this worker known to a master that does not know it. What ran, ran for the earlier master: it ends, and
// its measurements with it.
func (s *Session) register() {
	s.cfg.Log.Warn("The master does not know this worker: it was restarted. Registering again")
	s.stopping, s.renewed = true, true // and suspicious until the ack: one registration at a time
	s.users.Stop(AtOnce, s.callback(func() {
		s.stopping, s.away, s.kept, s.state = false, false, nil, stateReady
		s.index, s.lastJob, s.attempts, s.answers = -1, 0, 1, false
		s.stats.Clear()
		s.timings() // forgotten too: no second has more in timings.csv than in the new master's statistics
		s.readied()
		s.ready()
		s.retry.Reset(s.cfg.ConnectTimeout)
	}))
}

// Ask says whether the master at the other end of conn answers within timeout. The question is a spawning message of a
// worker nobody knows: a stock master tells such a one to quit (MasterRunner.handle_message), and changes nothing. conn is
// a connection of its own with nodeID as its identity.
func Ask(conn Conn, nodeID string, timeout time.Duration) bool {
	frame, err := encode(spawning, nil, nodeID)
	if err != nil { // a constant message always encodes
		panic(err)
	}
	conn.Send(frame)
	select {
	case _, ok := <-conn.Receive():
		return ok
	case <-time.After(timeout):
		return false
	}
}
