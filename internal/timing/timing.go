// Package timing is the contract of timings_TS.csv, a row for each second and (type, name), and of what workers tell the master's plug-in
// for it. docs/timings.md explains every column.
package timing

import (
	"slices"
	"strings"
)

// A Phase is a part of a request, or of its schedule, that has percentiles of its own.
type Phase int

// The phases, in the order of the columns and of the numbers on the wire.
const (
	// Response is Locust's response time.
	Response Phase = iota
	// Scheduled is the response time as the schedule of the request's task has it: with the lateness of the task in its first request.
	Scheduled
	// Lateness is how long after its time a task began.
	Lateness
	// Connect is the time to make a new connection, names and proxies included, TLS is not.
	Connect
	// TLS is the time of the handshake on a new connection.
	TLS
	// Wait is the time from when the request was written until the first byte of its answer.
	Wait
	// FirstEvent is the time from the beginning of the request until the first event of its stream that carries data.
	FirstEvent
	// Gap is the time between two such events.
	Gap
	// Download is the time from the first byte of the answer until its last.
	Download
	// Phases is how many there are.
	Phases
)

// names are the phases as the columns have them.
var names = [Phases]string{"Response", "Scheduled", "Lateness", "Connect", "TLS", "Wait", "First_Event", "Gap", "Download"}

func (p Phase) String() string { return names[p] }

// The columns before those of the phases.
const (
	// Timestamp is the second, as in Locust's history: the one in which the request ended.
	Timestamp = "Timestamp"
	// Time is Timestamp in words, as in the metrics CSV.
	Time = "Time"
	Type = "Type"
	Name = "Name"
	// Requests and Failures are Locust's own, of all workers. Incomplete are requests that a stop cut off: no worker of Locust's counts them.
	Requests   = "Requests"
	Failures   = "Failures"
	Incomplete = "Incomplete"
	// SeenPercent is the share of Requests that the phases know: workers in Python tell nothing of them.
	SeenPercent = "Seen_Percent"
	// Exchanges are requests on the wire: each redirect and each retry is one.
	Exchanges = "Exchanges"
	// NewConnections are the connections that were made for them.
	NewConnections = "New_Connections"
	// Statuses are the status codes of the exchanges and how often each came: "200:17 503:2".
	Statuses = "Statuses"
	// SentBytes and ReceivedBytes are what went over the connections, heads included, TLS's own not.
	SentBytes     = "Sent_Bytes"
	ReceivedBytes = "Received_Bytes"
	// Events are the events of streams that carry data.
	Events = "Events"
	// Polls are how often jobs (type Job) were asked for that ended in the second.
	Polls = "Polls"
)

// Count is the column that says how many values a phase has, Max their largest in ms.
func (p Phase) Count() string { return names[p] + "_Count" }

// Max is the column of the largest value of a phase, in ms.
func (p Phase) Max() string { return names[p] + "_Max_MS" }

// Percentiles are the ones that the CSV has.
func Percentiles() []string { return []string{"50", "90", "95", "99"} }

// Percentile is the column of a percentile of a phase, in ms: "50", "90", "95" or "99".
func (p Phase) Percentile(percent string) string { return names[p] + "_P" + percent + "_MS" }

// Windows are the phases whose histograms are in the CSV, so that percentiles over windows can be read: percentiles of seconds cannot be put together. Download is not
// among them: it would be as long again in every row.
func Windows() []Phase {
	return []Phase{Response, Scheduled, Lateness, Connect, TLS, Wait, FirstEvent, Gap}
}

// Histogram is the column of a phase of Windows that has its values: "96.25:3 101:1" are three in the bucket whose middle is 96.25 ms and one in
// that of 101 ms, in ascending order.
func (p Phase) Histogram() string { return names[p] + "_Histogram" }

// Columns are those of the CSV, in order.
func Columns() []string {
	columns := []string{
		Timestamp, Time, Type, Name, Requests, Failures, Incomplete, SeenPercent, Exchanges, NewConnections, Statuses,
		SentBytes, ReceivedBytes, Events, Polls,
	}
	for p := range Phases {
		columns = append(columns, p.Count())
		for _, percent := range Percentiles() {
			columns = append(columns, p.Percentile(percent))
		}
		columns = append(columns, p.Max())
	}
	for _, p := range Windows() {
		columns = append(columns, p.Histogram())
	}
	return slices.Clip(columns)
}

// Aggregated is the name of the rows that sum up a second, whose type is empty, as in Locust's history. Requests of types that
// only timings know, such as Stream, are not in them (of Missed, see there); jobs (type Job) are Locust's, and are.
const Aggregated = "Aggregated"

// Stream is the type of the row of a stream: how long it took until its end. Locust's row has the time until its head.
const Stream = "STREAM"

// Missed is the type of the rows of tasks that were due and never begun: their number is Requests, and Lateness and Scheduled hold how late
// they were at the end. They are in the Lateness and Scheduled of Aggregated, and not in its Requests. Their name is that of the user class
// whose pacing left them out, or --rate.
const Missed = "MISSED"

// Job is the type of the row of a job (--job), named as its first request: a transaction that is made of other requests, whose times are in rows of their own. Locust's statistics have it.
const Job = "JOB"

// Apart says of a type that only timings know its rows, and Locust's statistics do not.
func Apart(kind string) bool { return kind == Stream || kind == Missed }

// Sent says of a type that its rows are requests that a server got, and not what is made of them or did not become one.
func Sent(kind string) bool { return !Apart(kind) && kind != Job }

// Called is what people call the requests of a type and a name: "GET /a", and the name alone where they have no type.
func Called(kind, name string) string { return strings.TrimSpace(kind + " " + name) }

// What a report of a worker carries, in the data of its message "stats".
const (
	// Key is where in the data.
	Key = "gregaria"
	// Version is the format's.
	Version = 2
)

// A Message is what stands at Key, as MessagePack.
type Message struct {
	Version int `codec:"version"`
	// Timings are the Rows, as MessagePack, deflated in zlib's format. Empty if there are none.
	Timings []byte `codec:"timings"`
}

// A Row is what a worker measured of one (type, name) in one second: an array of fifteen, those of Counts among them. A worker may tell
// of a second more than once; all of it counts.
type Row struct {
	_struct struct{} `codec:",toarray"` //nolint:unused // an option of the codec: an array, not a map
	// Second is the one of the epoch in which the requests ended, as Locust counts it.
	Second     int64
	Type, Name string
	// Apart says that Locust's statistics have no such row: a Stream, or requests in timings alone.
	Apart bool
	Counts
	// Statuses counts the answers by status code.
	Statuses map[int]int64
	// Histograms are those of the phases that have values, by the phase's number.
	Histograms map[int]Histogram
}

// Counts are a Row's numbers.
type Counts struct {
	_struct                        struct{} `codec:",toarray"` //nolint:unused // an option of the codec: an array, not a map
	Requests, Failures, Incomplete int64
	Exchanges, Connections         int64
	Sent, Received                 int64
	Events, Polls                  int64
}

// Add adds what others have counted.
func (c *Counts) Add(o *Counts) {
	c.Requests += o.Requests
	c.Failures += o.Failures
	c.Incomplete += o.Incomplete
	c.Exchanges += o.Exchanges
	c.Connections += o.Connections
	c.Sent += o.Sent
	c.Received += o.Received
	c.Events += o.Events
	c.Polls += o.Polls
}

// A Histogram has the values of one phase in microseconds, in the buckets of HdrHistogram with two significant digits: an array of four.
type Histogram struct {
	_struct struct{} `codec:",toarray"` //nolint:unused // an option of the codec: an array, not a map
	// Max is the largest value.
	Max int64
	// First is the number of the first bucket in Buckets.
	First int
	// Width is how many bytes of Buckets are the count of one: 1, 2 or 4, little-endian.
	Width int
	// Buckets are the counts from First to the last bucket that has one.
	Buckets []byte
}
