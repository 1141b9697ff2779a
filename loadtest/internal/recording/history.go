package recording

import (
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"

	"gregaria/internal/cells"
	"gregaria/internal/timing"
)

// The columns of Locust's _stats_history.csv that are read (StatsCSVFileWriter in its stats.py). They are found by name: Locust has added some over time.
const (
	historyTime     = "Timestamp"
	historyUsers    = "User Count"
	historyType     = "Type"
	historyName     = "Name"
	historyRequests = "Total Request Count"
	historyFailures = "Total Failure Count"
)

// A point is a row of the history: counts are those since the beginning, or since Locust has forgotten what was before.
type point struct {
	second             int64
	users              float64
	requests, failures float64
	p50, p95, p99      float64
}

// A history is Locust's _stats_history.csv.
type history struct {
	file string
	// total are the rows of all requests.
	total []point
	// names are those of each (type, name), in the order in which they came; read only where nothing else tells of seconds.
	names []*named
	// full says that percentiles are those of about the last 10 s (--csv-full-history), and not those since the beginning.
	full bool
}

// A named is the history of one (type, name).
type named struct {
	kind, name string
	points     []point
}

// readHistory reads the history, if there is one.
func (r *reading) readHistory() history {
	h := history{file: r.files.History()}
	data, err := os.ReadFile(h.file)
	if err != nil {
		if !errors.Is(err, fs.ErrNotExist) || r.files.Timings != "" || r.facts.Began > 0 {
			r.notef("%s was not read: %v", filepath.Base(h.file), reason(err))
		}
		return h
	}
	if damaged, ok := h.parse(data, r.files.Timings == ""); !ok {
		r.notef("%s is left out: its first line is not that of Locust's history", filepath.Base(h.file))
	} else if damaged > 0 {
		r.notef("%s: %d damaged lines are left out", filepath.Base(h.file), damaged)
	}
	return h
}

// parse reads the rows, of each name too if wanted, and says how many are damaged, and whether the file is a history at all.
func (h *history) parse(data []byte, wanted bool) (damaged int, ok bool) {
	lines := cells.NewReader(data)
	header, _ := lines.Next()
	at := places(header, historyTime, historyUsers, historyType, historyName, historyRequests, historyFailures, "50%", "95%", "99%")
	if slices.Contains(at[:6], -1) {
		return 0, false
	}
	columns := len(header)
	byName := map[string]*named{}
	var key []byte
	for {
		row, more := lines.Next()
		if !more {
			before := len(h.total)
			h.total = inOrder(h.total)
			return damaged + before - len(h.total), true
		}
		second, valid := int64(0), len(row) == columns
		if valid {
			second, valid = cells.Whole(row[at[0]])
		}
		if !valid || second >= latest {
			damaged++
			continue
		}
		if len(row[at[2]]) == 0 && string(row[at[3]]) == timing.Aggregated {
			h.total = append(h.total, pointOf(second, row, at))
			continue
		}
		h.full = true
		if !wanted {
			continue
		}
		key = append(append(append(key[:0], row[at[2]]...), 0), row[at[3]]...)
		n := byName[string(key)]
		if n == nil {
			n = &named{kind: string(row[at[2]]), name: string(row[at[3]])}
			byName[string(key)] = n
			h.names = append(h.names, n)
		}
		n.points = append(n.points, pointOf(second, row, at))
	}
}

// leap is the most between the last two rows of a file that are written each second, in seconds: a machine may have slept.
const leap = 3600

// HistoryColumns are those of a history that loadtest writes itself: of Locust's those that are read, but for the 99th percentile, which its web UI does not tell.
func HistoryColumns() []string {
	return []string{historyTime, historyUsers, historyType, historyName, "50%", "95%", historyRequests, historyFailures}
}

// WithUsers are the first and the last second of a history in [from, until), in seconds of the epoch, that have users; 0 for none.
func WithUsers(data []byte, from, until float64) (first, last int64) {
	var h history
	h.parse(data, false)
	for _, p := range h.total {
		if float64(p.second) < math.Floor(from) || float64(p.second) >= until || !(p.users > 0) {
			continue
		}
		if first == 0 {
			first = p.second
		}
		last = p.second
	}
	return first, last
}

// inOrder leaves out the rows whose time is not between those of their neighbours: it is damaged.
func inOrder(points []point) []point {
	kept := points[:0]
	for i, p := range points {
		switch {
		case i+1 < len(points) && p.second > points[i+1].second && (len(kept) == 0 || points[i+1].second >= kept[len(kept)-1].second):
		case len(kept) > 0 && p.second < kept[len(kept)-1].second:
		case i > 0 && i+1 == len(points) && len(kept) > 0 && p.second > kept[len(kept)-1].second+leap:
		default:
			kept = append(kept, p)
		}
	}
	return kept
}

// places are those of columns in a header, -1 for one that is not there.
func places(header [][]byte, columns ...string) (at []int) {
	for _, column := range columns {
		at = append(at, slices.IndexFunc(header, func(cell []byte) bool { return string(cell) == column }))
	}
	return at
}

// pointOf reads a row.
func pointOf(second int64, row [][]byte, at []int) point {
	number := func(i int) float64 {
		if at[i] < 0 {
			return math.NaN()
		}
		return cells.Float(row[at[i]])
	}
	percentile := func(i int) float64 {
		if v := number(i); v > 0 { // 0 is none yet, or none any more
			return v
		}
		return math.NaN()
	}
	return point{second, number(1), number(4), number(5), percentile(6), percentile(7), percentile(8)}
}

// A stretch is the time of a test, and how many tests the history has.
type stretch struct {
	began, ended int64
	tests        int
}

// last is the last test of the history: a master may have had several, each of which begins with users, and with counts that begin anew. A load shape may take
// all users away for a while: then the counts go on.
func (h *history) last() (s stretch) {
	running, forgot, before := false, false, 0.0
	for _, p := range h.total {
		if p.requests < before {
			forgot = true
		}
		before = p.requests
		if !(p.users > 0) {
			running = false
			continue
		}
		if !running && (s.tests == 0 || forgot) {
			s.tests++
			s.began = p.second
		}
		running, forgot = true, false
		s.ended = max(s.began, p.second)
	}
	return s
}
