// Package requestline is the contract of a request log: the fields of its lines, one a request, as JSON or as CSV.
// docs/timings.md explains every field.
package requestline

import (
	"bytes"
	"errors"
	"math"
	"strconv"
	"strings"
)

// The fields of a line. What there was none of is absent in JSON and an empty cell in CSV; times are milliseconds.
const (
	// Timestamp is when the request ended, in seconds of the epoch; it begins every line. Time is the same in UTC, for people.
	Timestamp = "timestamp"
	Time      = "time"
	// Worker is the worker's name at the master, Index its number there.
	Worker = "worker"
	Index  = "index"
	// User is the class of the user, absent for what no user has made.
	User = "user"
	Type = "type"
	Name = "name"
	URL  = "url"
	// Status is that of the last answer.
	Status = "status"
	// Failure is why the request failed, in the words of Locust's failures.
	Failure = "failure"
	// Response is Locust's response time, Scheduled that with the Lateness of the task before it.
	Response  = "response_ms"
	Scheduled = "scheduled_ms"
	Lateness  = "lateness_ms"
	// The phases are those of all exchanges together.
	Connect  = "connect_ms"
	TLS      = "tls_ms"
	Wait     = "wait_ms"
	Download = "download_ms"
	// Length is Locust's response length, Sent and Received are bytes on the connection.
	Length   = "length_bytes"
	Sent     = "sent_bytes"
	Received = "received_bytes"
	// Exchanges are the requests on the wire: each redirect and each retry is one. Statuses are those of all of them, where they are several.
	Exchanges = "exchanges"
	Statuses  = "statuses"
	// Incomplete is true of a request that a stop cut off, Apart of one that is for timings alone: Locust counts neither.
	Incomplete = "incomplete"
	Apart      = "apart"
	// Kept says why a line of a sample is there, Weight how many requests it stands for.
	Kept   = "kept"
	Weight = "weight"
)

// Why a line of a sample is there.
const (
	Failed  = "failed"
	Cut     = "incomplete"
	Slow    = "slow"
	Sampled = "sampled"
)

// Fields are those of a line, in order.
func Fields() []string {
	return []string{
		Timestamp, Time, Worker, Index, User, Type, Name, URL, Status, Failure, Response, Scheduled, Lateness, Connect, TLS, Wait, Download,
		Length, Sent, Received, Exchanges, Statuses, Incomplete, Apart, Kept, Weight,
	}
}

// Header is the first line of a CSV.
func Header() string { return strings.Join(Fields(), ",") + "\n" }

// IsCSV says of a file's name that its lines are CSV.
func IsCSV(path string) bool { return strings.HasSuffix(strings.ToLower(path), ".csv") }

// prefix begins a line of JSON.
const prefix = `{"` + Timestamp + `":`

// errNoTime is a line that does not begin with its time.
var errNoTime = errors.New("a line does not begin with its time")

// End is when the request of a line ended, in microseconds of the epoch.
func End(line []byte) (int64, error) {
	number, end := bytes.TrimPrefix(line, []byte(prefix)), int64(0)
	decimals := -1
	for _, c := range number {
		switch {
		case c == '.' && decimals < 0:
			decimals = 0
		case c >= '0' && c <= '9' && end < math.MaxInt64/100 && decimals < 6:
			end = end*10 + int64(c-'0')
			if decimals >= 0 {
				decimals++
			}
		case c == ',' && decimals == 6:
			return end, nil
		default:
			return 0, errNoTime
		}
	}
	return 0, errNoTime
}

// ErrShare is a text that is no share.
var ErrShare = errors.New("it must be percents above 0%, at most 100%, such as 1%")

// Share reads how large a sample is: "1%" is 0.01, "" is 1.
func Share(text string) (float64, error) {
	if text == "" {
		return 1, nil
	}
	number, found := strings.CutSuffix(text, "%")
	percent, err := strconv.ParseFloat(number, 64)
	if err != nil || !found || !(percent > 0 && percent <= 100) {
		return 0, ErrShare
	}
	return percent / 100, nil
}
