package recording

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"

	"gregaria/internal/cells"
	"gregaria/internal/requestline"
	"gregaria/loadtest/internal/analysis"
)

// A line of JSON is looked at before it is parsed, for most lines are neither slow nor failed. Subtle: a quote within a text has a backslash before it, so that a key with its
// quotes and its colon stands in no text.
var (
	responseKey = []byte(`"` + requestline.Response + `":`)
	failureOf   = []byte(`"` + requestline.Failure + `":`)
	cutOff      = []byte(`"` + requestline.Incomplete + `":true`)
	apart       = []byte(`"` + requestline.Apart + `":true`)
)

// logged is a line of JSON.
type logged struct {
	Timestamp  *float64 `json:"timestamp"`
	Type       string   `json:"type"`
	Name       string   `json:"name"`
	Failure    string   `json:"failure"`
	Status     int      `json:"status"`
	Response   *float64 `json:"response_ms"`
	Connect    *float64 `json:"connect_ms"`
	TLS        *float64 `json:"tls_ms"`
	Wait       *float64 `json:"wait_ms"`
	Download   *float64 `json:"download_ms"`
	Incomplete bool     `json:"incomplete"`
	Apart      bool     `json:"apart"`
}

// json takes a line of JSON, and reports whether it is one. Requests that a stop cut off, and those that Locust does not know, are not among the slowest.
func (s *slowest) json(line []byte) bool {
	at := bytes.Index(line, responseKey)
	if at < 0 {
		return len(line) > 0 && line[0] == '{' // a request that was cut off has no time
	}
	number := line[at+len(responseKey):]
	end := bytes.IndexAny(number, ",}")
	if end < 0 {
		return false
	}
	response := cells.Float(number[:end])
	slow := s.wants(response) && !bytes.Contains(line, cutOff) && !bytes.Contains(line, apart)
	if !slow && !bytes.Contains(line, failureOf) {
		return true
	}
	var l logged
	if err := json.Unmarshal(line, &l); err != nil || l.Timestamp == nil {
		return false
	}
	if !s.in(*l.Timestamp) {
		return true
	}
	if l.Failure != "" && !l.Incomplete && !l.Apart {
		s.fail(failureKey(l.Type, l.Name, l.Failure), *l.Timestamp)
	}
	if slow {
		s.keep(analysis.Request{
			Timestamp: *l.Timestamp, Type: l.Type, Name: l.Name, Failure: l.Failure, Status: l.Status,
			Response: known(l.Response), Connect: known(l.Connect), TLS: known(l.TLS), Wait: known(l.Wait), Download: known(l.Download),
		})
	}
	return true
}

// known is a number, NaN for one that is not there.
func known(number *float64) float64 {
	if number == nil {
		return math.NaN()
	}
	return *number
}

// row takes a line of CSV, of which the first names the columns, and reports whether it is one.
func (s *slowest) row(line []byte) bool {
	row, ok := cells.NewReader(line).Next()
	if !ok {
		return false
	}
	if s.csv == nil {
		for _, cell := range row {
			s.csv = append(s.csv, string(cell))
		}
		return slices.Contains(s.csv, requestline.Response)
	}
	if len(row) != len(s.csv) {
		return false
	}
	text := func(field string) string {
		if i := slices.Index(s.csv, field); i >= 0 {
			return string(row[i])
		}
		return ""
	}
	number := func(field string) float64 { return cells.Float([]byte(text(field))) }
	at := number(requestline.Timestamp)
	if math.IsNaN(at) {
		return false
	}
	if !s.in(at) || text(requestline.Incomplete) == "true" || text(requestline.Apart) == "true" {
		return true
	}
	failure := text(requestline.Failure)
	if failure != "" {
		s.fail(failureKey(text(requestline.Type), text(requestline.Name), failure), at)
	}
	if response := number(requestline.Response); s.wants(response) {
		status := number(requestline.Status)
		if math.IsNaN(status) {
			status = 0
		}
		s.keep(analysis.Request{
			Timestamp: at, Type: text(requestline.Type), Name: text(requestline.Name), Failure: failure, Status: int(status),
			Response: response, Connect: number(requestline.Connect), TLS: number(requestline.TLS), Wait: number(requestline.Wait), Download: number(requestline.Download),
		})
	}
	return true
}
