package samples

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"gregaria/internal/resource"
)

// The paths of a Handler.
const (
	// Path answers with rows: docs/metrics.md, "Over HTTP".
	Path = "/samples"
	// ColumnsPath answers with the columns that the file has.
	ColumnsPath = "/columns"
	// ClockPath answers with what the monitor's clock shows.
	ClockPath = "/clock"
)

// The headers of an answer at Path: what is kept, and since when this monitor has run. Epoch seconds.
const (
	OldestHeader  = "Gregaria-Oldest"
	NewestHeader  = "Gregaria-Newest"
	StartedHeader = "Gregaria-Started"
)

// A Handler answers at the three paths.
type Handler struct {
	ring     *Ring
	interval time.Duration
	now      func() time.Time
	started  time.Time
}

// NewHandler returns a Handler for rows that are interval apart by the clock now.
func NewHandler(ring *Ring, interval time.Duration, now func() time.Time) *Handler {
	return &Handler{ring: ring, interval: interval, now: now, started: now()}
}

// ServeHTTP answers at Path, ColumnsPath and ClockPath.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	received := h.now()
	w.Header().Set("Cache-Control", "no-store")
	switch r.URL.Path {
	case ClockPath:
		h.clock(w, received)
	case ColumnsPath:
		h.columns(w)
	case Path:
		h.samples(w, r)
	default:
		http.NotFound(w, r)
	}
}

// A Clock is the answer at ClockPath, in nanoseconds since 1970: when the question was received and when the answer was sent.
// They are whole numbers and not seconds, which would lose their last digits in a float64.
type Clock struct {
	ReceiveNS  int64 `json:"receive_ns"`
	TransmitNS int64 `json:"transmit_ns"`
}

func (h *Handler) clock(w http.ResponseWriter, received time.Time) {
	w.Header().Set("Content-Type", "application/json")
	_, _ = fmt.Fprintf(w, "{\"receive_ns\":%d,\"transmit_ns\":%d}\n", received.UnixNano(), h.now().UnixNano())
}

// Columns is the answer at ColumnsPath.
type Columns struct {
	Interval float64  `json:"interval"` // seconds from row to row
	Started  float64  `json:"started"`  // as in StartedHeader
	Columns  []string `json:"columns"`
}

func (h *Handler) columns(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/json")
	answer := Columns{h.interval.Seconds(), float64(h.started.UnixMilli()) / 1000, h.ring.Columns()}
	_ = json.NewEncoder(w).Encode(answer) // the reader may have gone; that is its business
}

func (h *Handler) samples(w http.ResponseWriter, r *http.Request) {
	after, err := since(r.URL.Query()["since"])
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Header().Set("Content-Type", "application/x-ndjson")
	w.Header().Set(StartedHeader, epoch(h.started))
	if oldest, newest, ok := h.ring.Kept(); ok {
		w.Header().Set(OldestHeader, epoch(oldest))
		w.Header().Set(NewestHeader, epoch(newest))
	}
	var lines []byte
	for {
		lines, after = h.ring.Since(lines[:0], after)
		if len(lines) == 0 {
			return
		}
		if _, err := w.Write(lines); err != nil {
			return // the reader has gone
		}
	}
}

// maxSince is what resource believes of a Timestamp.
const maxSince = 1e12

// since is the time that rows are to be after: the zero time where none is named.
func since(values []string) (time.Time, error) {
	if len(values) == 0 {
		return time.Time{}, nil
	}
	seconds, err := strconv.ParseFloat(values[0], 64)
	if err != nil || len(values) > 1 || math.IsNaN(seconds) || seconds < 0 || seconds >= maxSince {
		return time.Time{}, fmt.Errorf("since: %q is not one time in epoch seconds, such as a row's %s", values, resource.Timestamp)
	}
	return time.UnixMilli(int64(math.Round(seconds * 1000))), nil
}

// epoch is a time in epoch seconds, with its milliseconds.
func epoch(at time.Time) string {
	return strconv.FormatFloat(float64(at.UnixMilli())/1000, 'f', -1, 64)
}
