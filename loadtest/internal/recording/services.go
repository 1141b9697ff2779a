package recording

import (
	"math"
	"os"
	"path/filepath"

	"gregaria/internal/service"
	"gregaria/loadtest/internal/analysis"
)

// mostSaid is how many values of servers are kept at most, which is 128 MB: of an hour those of 3,900 series.
const mostSaid = 16 << 20

// serviceFiles are those of all monitors: that of the machine of the load, and those that lie beside the metrics of others.
func (r *reading) serviceFiles() (places []place) {
	if r.files.Service != "" {
		places = append(places, place{"", r.files.Service})
	}
	for _, host := range r.hosts() {
		path := service.Beside(host.path)
		if _, err := os.Stat(path); err == nil && path != r.files.Service {
			places = append(places, place{host.name, path})
		}
	}
	return places
}

// fillServices makes the services.
func (r *reading) fillServices() {
	for _, file := range r.serviceFiles() {
		data := r.data(file.path)
		if data == nil {
			continue
		}
		name := filepath.Base(file.path)
		rows, err := service.NewReader(data)
		if err != nil {
			r.notef("%s is left out: %v", name, err)
			continue
		}
		s := services{reading: r, place: file, targets: map[string]int{}, series: map[string]*said{}}
		for rows.Next() {
			s.take(rows)
		}
		if rows.Damaged() > 0 {
			r.notef("%s: %d damaged lines are left out", name, rows.Damaged())
		}
		if len(s.found) == 0 {
			r.notef("%s has no row of the time of the load", name)
		}
		if s.left > 0 {
			r.notef("%s has more series than can be kept: values of %d rows are left out; choose with --series", name, s.left)
		}
		r.run.Services = append(r.run.Services, s.done()...)
	}
}

// A services is what is read of one file.
type services struct {
	*reading
	place
	found   []analysis.Service
	targets map[string]int // where each is in found
	series  map[string]*said
	key     []byte
	left    int // rows of series too many
}

// A said is a series that is read: at is the second of its last value, count how many values that has.
type said struct {
	values []float64
	at     int
	count  float64
}

// take takes a row. Where a monitor has several a second, their mean is that of the second: they are levels, and rates of equal times.
func (s *services) take(rows *service.Reader) {
	if !isTime(rows.Timestamp()) {
		return
	}
	i := int64(rows.Timestamp()) - s.span.first
	if i < 0 || i >= int64(s.run.Seconds) {
		return
	}
	of := s.of(rows)
	if of == nil {
		s.left++
		return
	}
	if int(i) != of.at || math.IsNaN(of.values[i]) {
		of.at, of.count = int(i), 1
		of.values[i] = rows.Value()
		return
	}
	of.count++
	of.values[i] += (rows.Value() - of.values[i]) / of.count
}

// of is the series of a row; nil where there are too many.
func (s *services) of(rows *service.Reader) *said {
	target, name, labels := rows.Names()
	s.key = append(append(append(append(append(s.key[:0], target...), 0), name...), 0), labels...)
	if known := s.series[string(s.key)]; known != nil {
		return known
	}
	if (len(s.series)+1)*s.run.Seconds > mostSaid {
		return nil
	}
	at, known := s.targets[string(target)]
	if !known {
		at = len(s.found)
		s.targets[string(target)] = at
		s.found = append(s.found, analysis.Service{Target: string(target), Host: s.name})
	}
	column := string(name)
	if len(labels) > 0 {
		column += "{" + string(labels) + "}"
	}
	series := s.reading.series(s.path, column)
	s.found[at].Series = append(s.found[at].Series, analysis.Said{Name: string(name), Labels: string(labels), Rate: rows.Kind() == service.Rate, Series: series})
	of := &said{values: series.Values, at: -1}
	s.series[string(s.key)] = of
	return of
}

// done are the services. Where a file is of several, a column says of which.
func (s *services) done() []analysis.Service {
	if len(s.found) > 1 {
		for _, f := range s.found {
			for i := range f.Series {
				f.Series[i].Column += " of " + f.Target
			}
		}
	}
	return s.found
}
