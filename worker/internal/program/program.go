// Package program puts a worker together: the connection, the session with the master, the log and the meter, around
// whatever users a program has. worker/cli and worker/boomer are such programs.
package program

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"gregaria/internal/build"
	"gregaria/worker/internal/locust"
	"gregaria/worker/internal/usage"
	"gregaria/worker/internal/zmq"
	"gregaria/worker/user"
)

// linger is how long the last messages may take to reach the master.
const linger = 3 * time.Second

// A Conn is a connection to the master. Close sends what is queued, for at most linger.
type Conn interface {
	locust.Conn
	Close(linger time.Duration)
}

// A Line is what users say to the master beside their requests.
type Line struct {
	// Report takes exceptions, Send messages of one's own.
	Report func(user.Exception)
	Send   func(kind string, data any) error
	// Exception is Report for one that is in the log already. NodeID is the worker's name.
	Exception func(user.Exception)
	NodeID    string
	// Index returns the worker's number at the master: -1 before the first ack.
	Index func() int
	// CPU and Memory are what this worker takes: percent of what it may use, bytes.
	CPU    func() float64
	Memory func() uint64
}

// A Spec says what worker to make.
type Spec struct {
	MasterHost string
	MasterPort int
	// Host is the name of this machine, which the worker's own begins with.
	Host string
	// Config is the session's. Its NodeID, Version, Master, Diagnose and Probe are filled in here.
	Config locust.Config
	// Usage says what the worker takes; nil means a meter of this process.
	Usage locust.Usage
	// Users makes the users, who get a line to the master.
	Users func(Line) locust.Users
	// Stats are what the users record into.
	Stats locust.Stats
	// Farewell, if not nil, runs when the session is over; what is sent then still leaves.
	Farewell func()
	// Dial connects to the master under a node id; nil means over ZeroMQ.
	Dial func(nodeID string) (Conn, error)
}

// A Worker is ready to run.
type Worker struct {
	*locust.Session
	// NodeID is the worker's name at the master.
	NodeID string

	conn     Conn
	farewell func()
	log      *slog.Logger
}

// New connects to the master and prepares the session.
func New(s Spec) (*Worker, error) {
	meter := s.Usage
	if meter == nil {
		own, err := usage.New(usage.Window)
		if err != nil {
			return nil, err
		}
		meter = own
	}
	cfg := s.Config
	cfg.NodeID, cfg.Version = NodeID(s.Host), build.Locust
	cfg.Master = net.JoinHostPort(s.MasterHost, strconv.Itoa(s.MasterPort))
	dial := s.Dial
	if dial == nil {
		dial = func(id string) (Conn, error) { return zmq.Dial(s.MasterHost, s.MasterPort, id) }
		cfg.Diagnose = func() string { return Diagnose(s.MasterHost, s.MasterPort) }
		cfg.Probe = func(silence time.Duration) locust.Finding {
			return probe(s.MasterHost, s.MasterPort, NodeID(s.Host+"_probe"), silence)
		}
	}
	conn, err := dial(cfg.NodeID)
	if err != nil {
		return nil, fmt.Errorf("%w: check the master's host and port", err)
	}
	w := &Worker{NodeID: cfg.NodeID, conn: conn, farewell: s.Farewell, log: cfg.Log}
	line := Line{
		Report: w.report, Send: w.send, Exception: w.raise, NodeID: cfg.NodeID, Index: number(&cfg),
		CPU: meter.CPU, Memory: meter.Memory,
	}
	w.Session = locust.New(cfg, conn, s.Users(line), s.Stats, meter)
	cfg.Log.Info(fmt.Sprintf("Starting Gregaria worker %s for master %s", build.Version, cfg.Master))
	return w, nil
}

// Run runs the session to its end and closes the connection: see locust.Session.Run. It is called once.
func (w *Worker) Run(ctx context.Context) error {
	err := w.Session.Run(ctx)
	if w.farewell != nil {
		w.farewell()
	}
	if w.Connected() {
		w.conn.Close(linger)
	} else { // nobody is there to hear the rest
		w.conn.Close(0)
	}
	w.log.Info("Worker stopped")
	return err
}

// number makes the configuration remember the worker's number, which it returns then.
func number(c *locust.Config) func() int {
	var index atomic.Int64
	index.Store(-1)
	told := c.Acknowledged
	c.Acknowledged = func(n int) {
		index.Store(int64(n))
		if told != nil {
			told(n)
		}
	}
	return func() int { return int(index.Load()) }
}

// report shows an exception of a user in the log and at the master.
func (w *Worker) report(e user.Exception) {
	w.log.Error("Exception in a user: " + e.Message + "\n" + strings.TrimRight(e.Traceback, "\n"))
	w.Exception(e)
}

func (w *Worker) raise(e user.Exception) { w.Exception(e) }

func (w *Worker) send(kind string, data any) error { return w.SendMessage(kind, data) }

// NodeID is a new name for a worker, made as Locust makes it (WorkerRunner.__init__).
func NodeID(host string) string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // it never fails
	return host + "_" + hex.EncodeToString(id[:])
}
