package locust

import (
	"log/slog"
	"time"

	"gregaria/internal/timing"
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
	// ReadyDelay is how much longer than the stop timeout the pause between client_stopped and client_ready is
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
	// Attach, if not nil, makes the reports of a locustfile that has a say in them (events.report_to_master, environment.stats):
	// it calls send once, from any goroutine, with the whole of the message's data, or with nil if the session is to make the
	// report as it does without (of an Early one: if there is nothing more to say). What of the data is of the locustfile's
	// making must be a map[string]any. A report waits for that.
	Attach func(why Occasion, send func(whole any))
	// Timings, if not nil, takes what a report carries beside what Locust's master reads; nil is nothing. It must not wait.
	Timings func() (*timing.Message, error)
	// Ready, if not nil, is told of each client_ready after a stop. It must not wait.
	Ready func()
	// Beat, if not nil, is told of each heartbeat of the master, and when it came. It must not wait.
	Beat func(at time.Time)
	// Quitting, if not nil, is told that a signal ends the worker, before the users are stopped, which waits for done. It must
	// not wait.
	Quitting func(done func())
	// StopTimeout, if not nil, is what the users' stop timeout was when they were stopped last, where a locustfile may say so;
	// nil means that of the last spawn message. It must not wait.
	StopTimeout func() time.Duration
	// Listeners take the messages of the master's locustfile, by type. Other, if not nil, takes those of all other types, in
	// order with what the session commands the users; it must not wait.
	Listeners map[string]user.Listener
	Other     func(user.Message)
	// Diagnose says in a sentence why the master cannot be reached; Probe looks into a master that has been silent that long.
	// Either may be nil, and may take some seconds.
	Diagnose func() string
	Probe    func(silence time.Duration) Finding
	// Log takes what people should know, Logs gives it back for the master's Logs tab (nil: nothing is sent).
	Log  *slog.Logger
	Logs Logs
}
