package locust

import (
	"log/slog"
	"time"

	"gregaria/worker/user"
)

// The defaults of a Config: the constants of locust/runners.py of the same meaning.
const (
	DefaultHeartbeat      = time.Second
	DefaultReport         = 3 * time.Second
	DefaultLogReport      = 10 * time.Second
	DefaultMasterTimeout  = 60 * time.Second
	DefaultConnectTimeout = 5 * time.Second
	DefaultConnectRetries = 60
)

// quietConnect is how long failed attempts to connect are logged at debug level only (WorkerRunner.connect_to_master).
const quietConnect = 30 * time.Second

// A Config is how a Session behaves.
type Config struct {
	// NodeID is the worker's name, <hostname>_<32 hex digits>: the master groups workers by what is before "_"
	// (locust/dispatch.py). It is the identity of the Conn too.
	NodeID string
	// Version is the Locust version the worker claims. The master warns if it is not its own.
	Version string
	// Master is the master's address in messages to people.
	Master string
	// ResetStats forgets the statistics when the master says that spawning is complete (--reset-stats).
	ResetStats bool
	// ReadyDelay is the pause between client_stopped and client_ready
	// (LOCUST_WORKER_ADDITIONAL_WAIT_BEFORE_READY_AFTER_STOP).
	ReadyDelay time.Duration
	// Heartbeat, Report and LogReport are the intervals of the messages; a LogReport below 0 sends no logs.
	Heartbeat, Report, LogReport time.Duration
	// MasterTimeout is how long the master may be silent before the worker gives up.
	MasterTimeout time.Duration
	// ConnectTimeout is the pause between attempts to register, ConnectRetries how many follow the first.
	ConnectTimeout time.Duration
	ConnectRetries int
	// AnyClass says that the users take whatever class the master names: none is refused.
	AnyClass bool
	// Acknowledged, if not nil, is told of each ack, with the worker's number at the master (-1 if it gives none): at first,
	// after each stop, and of a restarted master. It must not wait.
	Acknowledged func(index int)
	// Spawned, if not nil, is told when the master says that all workers together run as many users as it wants. It must not
	// wait.
	Spawned func(users int)
	// Attach, if not nil, gives what a locustfile adds to each report (events.report_to_master): it calls send once, from any
	// goroutine, with it. A report waits for that.
	Attach func(send func(extra map[string]any))
	// Listeners take the messages of the master's locustfile, by type. Other, if not nil, takes those of all other types, in
	// order with what the session commands the users; it must not wait.
	Listeners map[string]user.Listener
	Other     func(user.Message)
	// Diagnose says in a sentence why the master cannot be reached; Probe says whether a master at the address answers
	// anyone at all. Either may be nil, and may take some seconds.
	Diagnose func() string
	Probe    func() bool
	// Log takes what people should know, Logs gives it back for the master's Logs tab (nil: nothing is sent).
	Log  *slog.Logger
	Logs Logs
}
