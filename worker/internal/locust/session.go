package locust

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"gregaria/worker/internal/stats"
	"gregaria/worker/user"
)

// A Conn carries frames to and from the master. Send never waits and never drops. Receive's channel is closed when the
// connection is. Reset makes a new connection under the same identity, keeping what is queued.
type Conn interface {
	Send(frame []byte)
	Receive() <-chan []byte
	Reset()
}

// Users are the simulated users that the session commands. Spawn and Stop begin their work and return at once; done is
// called once, from any goroutine, when the users are as commanded and every request of a user that left is recorded.
// A later call overtakes an earlier one, whose done may then be called early.
type Users interface {
	// Spawn starts and stops users until each class named in the job runs as many as it says.
	Spawn(job Job, done func())
	// Stop stops all users: tasks that run may finish within timeout, or AtOnce.
	Stop(timeout time.Duration, done func())
	// Update changes what new users of a class are like.
	Update(u Update)
	// Counts returns how many users of each known class run now, zeros included.
	Counts() map[string]int
}

// AtOnce is the timeout of a Stop that nothing may lengthen.
const AtOnce = -time.Second

// Stats are the measurements since the last report. Keep takes them as Take does, but a locustfile goes on seeing them
// until the next Take.
type Stats interface {
	Take() stats.Report
	Keep() stats.Report
	Clear()
	Reset()
}

// Usage is what this process takes from its machine: CPU in percent, resident memory in bytes.
type Usage interface {
	CPU() float64
	Memory() uint64
}

// Logs returns the last log lines, oldest first, and how many there have been in all.
type Logs func() (lines []string, total int)

// ErrNoMaster means that the master never acknowledged this worker.
var ErrNoMaster = errors.New("no answer from the master")

// The states of a session. The first three are what heartbeats say (locust.runners.STATE_*): a master takes any other
// word for the end of the run (MasterRunner.check_stopped).
//
//	state     event                     what happens                                   next
//	ready     spawn                     clear statistics, start users                  spawning
//	spawning  users are as commanded    spawning_complete                              running
//	spawning  spawn                     start or stop users, the earlier job is over   spawning
//	running   spawn                     start or stop users                            spawning
//	any       stop                      stop users, drain requests                     same, stopping
//	stopping  spawn, stop               kept until the worker is ready again           same
//	stopping  users are gone            stats, client_stopped                          same, stopping, away
//	away      the stop timeout is over  client_ready, then what was kept               ready
//	any       quit, signal, no master   stop users, drain requests                     same, leaving
//	leaving   quitPatience is over      stats, again and again                         leaving
//	leaving   users are gone            stats, quit                                    the session ends
const (
	stateReady    = "ready"
	stateSpawning = "spawning"
	stateRunning  = "running"
)

// A Session is one worker's conversation with its master, from the first client_ready to the last quit. One goroutine,
// Run's, owns all of it; that goroutine never waits for anything but the next event, so heartbeats go on whatever the
// users do.
type Session struct {
	cfg    Config
	conn   Conn
	users  Users
	stats  Stats
	usage  Usage
	events chan func()
	inbox  *queue[user.Message]
	ended  chan struct{}

	state       string
	index       int // the worker's number at the master, -1 before the first ack
	attempts    int // client_ready messages sent without an ack
	stopping    bool
	away        bool       // client_stopped is sent and client_ready is not: the master does not know this worker
	kept        []received // spawn and stop messages that came while stopping
	leaving     bool
	gone        bool // leaving, and the last report is made
	over        bool
	generation  int // counts Spawn and Stop calls: a done of an earlier one is stale
	lastJob     float64
	stopTimeout time.Duration
	lastBeat    time.Time // the master's last heartbeat
	answers     bool      // the master answers heartbeats
	suspicious  bool      // the master's silence is being looked into
	renewed     bool      // this is not the first connection under this name
	probes      sync.WaitGroup
	why         string // the last reason found for not being connected
	logged      int    // log lines already sent
	retry       *time.Timer
}

// New prepares a session. Run starts it.
func New(cfg Config, conn Conn, users Users, stats Stats, usage Usage) *Session {
	return &Session{
		cfg: cfg, conn: conn, users: users, stats: stats, usage: usage, state: stateReady, index: -1,
		events: make(chan func()), ended: make(chan struct{}), inbox: newQueue[user.Message](),
	}
}

// Run registers with the master and obeys it until the master says quit, ctx is cancelled or the master is gone; then
// it reports what is left, says goodbye and returns nil. It returns ErrNoMaster if the master never answers.
func (s *Session) Run(ctx context.Context) error {
	defer close(s.ended)
	defer s.probes.Wait() // a probe has a socket: it must be closed before the process ends libzmq
	go s.listen()
	beat, report, lines := time.NewTicker(s.cfg.Heartbeat), time.NewTicker(s.cfg.Report), s.logTicker()
	defer beat.Stop()
	defer report.Stop()
	defer lines.Stop()
	s.retry = time.NewTimer(s.cfg.ConnectTimeout)
	defer s.retry.Stop()
	s.ready()
	s.attempts = 1
	s.diagnose()
	for !s.over {
		select {
		case frame, ok := <-s.conn.Receive():
			if !ok {
				return errors.New("the connection was closed")
			}
			s.receive(frame)
		case f := <-s.events:
			f()
		case <-beat.C:
			s.heartbeat()
		case <-report.C:
			s.reportAll(Regular, func() {})
		case <-lines.C:
			s.sendLogs()
		case <-s.retry.C:
			if err := s.again(); err != nil {
				return err
			}
		case <-ctx.Done():
			ctx = context.WithoutCancel(ctx)
			s.leave("Got a signal to end", s.tell, s.stopUsers, s.lastReport)
		}
	}
	return nil
}

// receive handles one frame of the master. What is not a message is logged and dropped.
func (s *Session) receive(frame []byte) {
	m, err := decode(frame)
	if err != nil {
		s.cfg.Log.Error("Dropped a message from the master: " + printable(err.Error()))
		return
	}
	s.obey(m)
}

func (s *Session) obey(m received) {
	if err := s.handle(m); err != nil {
		s.cfg.Log.Error(printable(fmt.Sprintf("Dropped a %s message from the master: %v", m.Type, err)))
	}
}

func (s *Session) handle(m received) error {
	switch m.Type {
	case ack:
		return s.acknowledged(m)
	case spawn:
		return s.spawn(m)
	case stop:
		s.stop(m)
	case quit:
		s.leave("Got quit message from master, shutting down...", s.stopUsers, s.lastReport, s.tell)
	case heartbeat:
		s.lastBeat, s.answers = time.Now(), true
		if s.cfg.Beat != nil {
			s.cfg.Beat(s.lastBeat)
		}
	case spawningComplete:
		if s.cfg.ResetStats {
			s.cfg.Log.Info("Resetting stats")
			s.stats.Reset()
		}
		return s.spawned(m)
	case reconnect:
		s.cfg.Log.Warn("Received reconnect message from master. Resetting RPC connection.")
		s.conn.Reset()
	case updateUserClass:
		return s.update(m)
	default:
		return s.custom(m)
	}
	return nil
}

// heartbeat tells the master that this worker lives, and notices when the master says nothing.
func (s *Session) heartbeat() {
	if !s.Connected() {
		return
	}
	s.send(heartbeat, beat{State: s.state, CPU: s.usage.CPU(), Memory: s.usage.Memory()})
	s.checkSilence()
}

func (s *Session) counts() userCounts { return countUsers(s.users.Counts()) }

func countUsers(classes map[string]int) userCounts {
	c := userCounts{Classes: classes}
	for _, n := range c.Classes {
		c.Users += n
	}
	return c
}

// callback returns a done for Users that runs f on the session's goroutine, unless a later command overtook it.
func (s *Session) callback(f func()) func() {
	s.generation++
	mine := s.generation
	return func() {
		s.post(func() {
			if mine == s.generation {
				f()
			}
		})
	}
}

// wait runs f on the session's goroutine after d, at once if there is nothing to wait for.
func (s *Session) wait(d time.Duration, f func()) {
	if d <= 0 {
		f()
		return
	}
	time.AfterFunc(d, func() { s.post(f) })
}

func (s *Session) post(f func()) {
	go func() {
		select {
		case s.events <- f:
		case <-s.ended:
		}
	}()
}

// Exception shows an exception in the master's Exceptions tab. Any goroutine may call it.
func (s *Session) Exception(e user.Exception) {
	s.send(exception, raised{valid(e.Message), valid(e.Traceback)})
}

func (s *Session) send(kind string, data any) {
	frame, err := encode(kind, data, s.cfg.NodeID)
	if err != nil { // our own types always encode
		panic(err)
	}
	s.conn.Send(frame)
}
