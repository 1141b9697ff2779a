package recording

import (
	"math"
	"path/filepath"
	"slices"
	"strings"

	"gregaria/internal/cells"
	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// A metrics is the CSV of a monitor.
type metrics struct {
	name, path string
	data       []byte
	seconds    []int64  // of its rows
	states     []string // of the master, in each row
}

// A place is a host's name and its file.
type place struct{ name, path string }

// hosts are the files of all monitors, that of the machine of the load first.
func (r *reading) hosts() (places []place) {
	if r.files.Metrics != "" {
		places = append(places, place{"", r.files.Metrics})
	}
	for _, path := range r.files.Hosts {
		places = append(places, place{r.hostOf(path), path})
	}
	return places
}

// hostOf is the host that a file is named by: metrics_TS_HOST.csv, or PREFIX_metrics_HOST.csv.
func (r *reading) hostOf(path string) string {
	name := strings.TrimSuffix(filepath.Base(path), ".csv")
	for _, prefix := range []string{strings.TrimSuffix(filepath.Base(r.files.Metrics), ".csv") + "_", filepath.Base(r.files.Prefix) + "_metrics_", "metrics_"} {
		if host, ok := strings.CutPrefix(name, prefix); ok && host != "" {
			return host
		}
	}
	return name
}

// readTimes reads the second of every row, and the state of the master in it.
func (m *metrics) readTimes() {
	lines := cells.NewReader(m.data)
	header, _ := lines.Next()
	at := places(header, resource.Timestamp, resource.RunState)
	if at[0] < 0 {
		return
	}
	columns := len(header)
	for {
		row, ok := lines.Next()
		if !ok {
			return
		}
		if len(row) != columns {
			continue
		}
		if second := cells.Float(row[at[0]]); isTime(second) {
			state := ""
			if at[1] >= 0 {
				state = string(row[at[1]])
			}
			m.seconds, m.states = append(m.seconds, int64(second)), append(m.states, state)
		}
	}
}

// fillHosts makes the hosts.
func (r *reading) fillHosts() {
	for _, m := range r.metrics {
		host := analysis.Host{Name: m.name, File: filepath.Base(m.path), Columns: map[string]analysis.Series{}}
		damaged, ok := r.fillHost(m, &host)
		switch {
		case !ok:
			r.notef("%s is left out: its first line is not that of a metrics CSV", host.File)
			continue
		case damaged > 0:
			r.notef("%s: %d damaged lines are left out", host.File, damaged)
		}
		if len(host.Columns) == 0 {
			r.notef("%s has no row of the time of the load", host.File)
		}
		_, host.Target = host.Column(resource.ProcessCount)
		if _, contained := host.Column(resource.ContainerMemoryWorkingSetGB); contained && host.Name != "" {
			host.Target = true // a monitor beside a server; that of the load may be in a container of its own
		}
		r.run.Hosts = append(r.run.Hosts, host)
	}
}

// fillHost reads the rows around the load.
func (r *reading) fillHost(m *metrics, host *analysis.Host) (damaged int, ok bool) {
	lines := cells.NewReader(m.data)
	header, _ := lines.Next()
	if len(header) == 0 || string(header[0]) != resource.Timestamp {
		return 0, false
	}
	columns := make([]column, len(header))
	for i, cell := range header {
		columns[i] = column{name: string(cell), join: joinOf(string(cell)), at: -1}
		if slices.ContainsFunc(columns[:i], func(c column) bool { return c.name == columns[i].name }) {
			r.notef("%s has the column %s twice: the first counts", host.File, cell)
			columns[i].join = nil
		}
	}
	for {
		row, more := lines.Next()
		if !more {
			break
		}
		at := math.NaN()
		if len(row) == len(columns) {
			at = cells.Float(row[0])
		}
		if !isTime(at) {
			damaged++
			continue
		}
		i := int64(at) - r.span.first
		if i < 0 || i >= int64(r.run.Seconds) {
			continue
		}
		for c := range columns[1:] {
			if v := cells.Float(row[c+1]); v == v && columns[c+1].join != nil {
				columns[c+1].take(r, m.path, int(i), v)
			}
		}
	}
	for _, c := range columns {
		if c.series.Values != nil {
			host.Columns[c.name] = c.series
		}
	}
	return damaged, true
}

// A column is one of a metrics CSV.
type column struct {
	name   string
	join   join
	series analysis.Series
	at     int     // the second of the last value
	count  float64 // of values in it
}

// take takes a value of a second. Where a monitor has several rows a second, they are joined.
func (c *column) take(r *reading, file string, at int, value float64) {
	if c.series.Values == nil {
		c.series = r.series(file, c.name)
	}
	if at != c.at {
		c.at, c.count = at, 1
		c.series.Values[at] = value
		return
	}
	c.series.Values[at] = c.join(c.series.Values[at], value, c.count)
	c.count++
}

// A join puts a value to what is of count others.
type join func(before, value, count float64) float64

// joinOf is how the rows of one second become one: what was counted since the row before is added up, of what can only rise and of what is late the most counts, and the rest, levels and
// rates of equal times, is averaged. What has no numbers has none.
func joinOf(column string) join {
	switch {
	case column == resource.Time, resource.IsText(column):
		return nil
	case sinceLastRow(column):
		return func(before, value, _ float64) float64 { return before + value }
	case column == resource.ProcessRestarts, column == resource.MonitorLatenessMS, column == resource.MonitorRowMS:
		return func(before, value, _ float64) float64 { return max(before, value) }
	}
	return func(before, value, count float64) float64 { return before + (value-before)/(count+1) }
}

// sinceLastRow says of a column that it counts what happened since the row before.
func sinceLastRow(column string) bool {
	counts := []string{resource.MemoryOOMKills, resource.ContainerOOMKills, resource.ContainerMemoryLimitHits, resource.ContainerMemoryHighHits, resource.MonitorSkippedTicks}
	return slices.Contains(counts, column) || strings.HasPrefix(column, "GPU") && strings.HasSuffix(column, "_Xid_Errors")
}
