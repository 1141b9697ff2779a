package locust

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gregaria/worker/user"
)

// spawn begins what the master commands. A job that is not newer than the last one has been overtaken; one that comes while
// the worker stops waits for the end of that, as it does in Locust, which reads no message meanwhile.
func (s *Session) spawn(m received) error {
	if s.leaving {
		s.cfg.Log.Info("Discard spawn message, this worker is stopping")
		return nil
	}
	if s.stopping {
		s.kept = append(s.kept, m)
		return nil
	}
	var job Job
	if err := unmarshal(m.Data, &job); err != nil {
		return err
	}
	s.send(spawning, nil)
	if s.stale(job.Timestamp) {
		s.cfg.Log.Info("Discard spawn message with older or equal timestamp than timestamp of previous spawn message")
		return nil
	}
	s.stopTimeout = Seconds(job.StopTimeout)
	if s.state == stateReady {
		s.stats.Clear()
	}
	s.state = stateSpawning
	s.refuseUnknown(&job)
	s.users.Spawn(job, s.callback(func() {
		s.state = stateRunning
		s.send(spawningComplete, s.counts())
	}))
	return nil
}

// farAhead is how many seconds the master's clock may be ahead of this worker's.
const farAhead = 24 * 60 * 60

// stale says whether a spawn message of that time is not newer than the last one. What is no moment, such as infinity, or
// lies days ahead, is obeyed but says nothing of the messages after it: in Locust it would make all of them stale.
func (s *Session) stale(timestamp float64) bool {
	if timestamp <= s.lastJob {
		return true
	}
	if timestamp <= float64(time.Now().Unix())+farAhead { // neither NaN nor infinity is
		s.lastJob = timestamp
	}
	return false
}

// refuseUnknown takes the classes that this worker does not have out of the job, and says so in the Exceptions tab.
// (A Python worker's spawn dies of it without a word, and the master waits for ever.)
func (s *Session) refuseUnknown(job *Job) {
	if s.cfg.AnyClass {
		return
	}
	known := s.users.Counts()
	for class, n := range job.Classes {
		if _, ok := known[class]; ok {
			continue
		}
		delete(job.Classes, class)
		if n == 0 {
			continue
		}
		text := fmt.Sprintf("user class %q is not in this worker, which has %v: no user of it runs here",
			class, slices.Sorted(maps.Keys(known)))
		s.cfg.Log.Error(text)
		s.Exception(user.Exception{Message: text, Traceback: "  spawn " + class + "\n"})
	}
}

// longest bounds a number of seconds, which a Duration cannot hold without end.
const longest = 1e9

// Seconds is a Duration of as many; what is no number is none.
func Seconds(s float64) time.Duration {
	if !(s > 0) {
		return 0
	}
	return time.Duration(min(s, longest) * float64(time.Second))
}
