package locust

import "time"

// stop ends the test: users first, then the report, then the two messages by which the master knows. Between these a worker
// of Locust sleeps as long as its users may take to stop (WorkerRunner.handle_message).
func (s *Session) stop(m received) {
	if s.leaving {
		return
	}
	if s.stopping {
		s.kept = append(s.kept, m)
		return
	}
	s.stopping = true
	s.users.Stop(s.stopTimeout, s.callback(func() {
		s.reportAll(Last, func() {
			s.send(clientStopped, nil)
			s.away = true
			s.wait(s.readyDelay(), s.callback(s.stopped))
		})
	}))
}

// readyDelay is the pause between client_stopped and client_ready.
func (s *Session) readyDelay() time.Duration {
	if s.cfg.StopTimeout != nil {
		return s.cfg.StopTimeout() + s.cfg.ReadyDelay
	}
	return s.stopTimeout + s.cfg.ReadyDelay
}

func (s *Session) stopped() {
	s.stopping, s.away = false, false
	s.state, s.lastBeat = stateReady, time.Now()
	s.ready()
	s.readied()
	for len(s.kept) > 0 && !s.stopping && !s.leaving {
		m := s.kept[0]
		s.kept = s.kept[1:]
		s.obey(m)
	}
}

func (s *Session) readied() {
	if s.cfg.Ready != nil {
		s.cfg.Ready()
	}
}

// quitPatience is how long a report waits for the last user, or for a listener, once the session ends, and is then made at
// every hurryStep until the headless master listens no more (MasterRunner.quit). What is sent early, the locustfile goes on
// seeing.
const (
	quitPatience = 50 * time.Millisecond
	hurryStep    = 100 * time.Millisecond
	hurrySteps   = 5
)

// A part is one of those that the end of a session has; it runs then when it is done. Their order is Locust's, whose locustfiles
// see it:
//
//	the end                        its parts
//	quit of the master             stop users, report, tell the locustfile
//	runner.quit(), no master       stop users, tell the locustfile, report
//	a signal                       tell the locustfile, stop users, report
//
// What is measured is reported in any case, and soon: see hurry.
type part func(then func())

func (s *Session) leave(why string, parts ...part) {
	if s.leaving {
		return
	}
	s.leaving = true
	s.cfg.Log.Info(why)
	s.part(append(parts, func(func()) { s.bye() }))
	s.hurry(hurrySteps)
}

func (s *Session) part(parts []part) { parts[0](func() { s.part(parts[1:]) }) }

func (s *Session) stopUsers(then func()) { s.users.Stop(s.stopTimeout, s.callback(then)) }

func (s *Session) lastReport(then func()) {
	s.reportAll(Last, func() {
		s.gone = true
		then()
	})
}

func (s *Session) tell(then func()) {
	if s.cfg.Quitting == nil {
		then()
		return
	}
	s.cfg.Quitting(s.callback(then))
}

// hurry reports early until the last report is made.
func (s *Session) hurry(steps int) {
	wait := hurryStep
	if steps == hurrySteps {
		wait = quitPatience
	}
	s.wait(wait, func() {
		if s.gone || s.over {
			return
		}
		s.reportEarly(func() {})
		if steps > 1 {
			s.hurry(steps - 1)
		}
	})
}

func (s *Session) bye() {
	s.send(quit, nil)
	s.over = true
}

// Leave ends the session as runner.quit() does. Any goroutine may call it.
func (s *Session) Leave() {
	s.post(func() { s.leave("The locustfile ends this worker", s.stopUsers, s.tell, s.lastReport) })
}

// Exit ends the session at once, as sys.exit ends a process: no user and no listener is heard any more, but what is measured
// is reported. Any goroutine may call it.
func (s *Session) Exit() {
	s.post(func() {
		s.leaving = true
		s.generation++
		s.reportEarly(s.bye)
	})
}
