package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/service"
	"gregaria/loadtest/internal/analysis"
)

const (
	// mostServiceCharts is how many charts of a server are drawn, mostServiceLines how many lines of all servers: a page of an hour stays below 1 MB.
	mostServiceCharts = 10
	mostServiceLines  = 40
	// mostNames is how many names of what is not drawn are told.
	mostNames = 20
	// stillShare is the share of its largest value by which a series may move and has nothing to say.
	stillShare = 0.1
)

// A family is the series of a server that one chart shows: those of a name.
type family struct {
	title, caption string
	how            how
	lines          []sayer
}

// A sayer is a line of a family, with its labels.
type sayer struct {
	labels string
	series analysis.Series
}

// A how says how the values of a family are made: levels first, which tell most of what a server waits for.
type how int

const (
	gauge how = iota
	mean
	percentile
	rate
)

// rule is how in words.
func (h how) rule() string {
	return [...]string{"as the server gave it", "what a histogram summed up a second / what it counted", "linear within the buckets, of all labels together", "growth of the counter a second"}[h]
}

// placeService draws the charts of a server, and names what there is no room for.
func (m *maker) placeService(p *page, s *analysis.Service) {
	specs, left := m.serviceCharts(s)
	title := "What " + shorten(s.Target, nameLength) + " says of itself"
	before := len(p.Groups)
	m.place(p, title, specs)
	if len(p.Groups) == before || len(left) == 0 {
		return
	}
	text := strings.Join(left[:min(len(left), mostNames)], ", ")
	if more := len(left) - mostNames; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	p.Groups[before].Note = "Not drawn: " + text + "."
}

// serviceCharts are the charts of a server that there is room for, and the names of the others.
func (m *maker) serviceCharts(s *analysis.Service) (specs []spec, left []string) {
	families := m.families(s)
	var counts [][]float64
	for i := range families {
		drawn := m.serviceChart(&families[i])
		if len(drawn.lines) == 0 {
			continue
		}
		again := families[i].again(&counts)
		if again && !drawn.always {
			left = append(left, shorten(drawn.title, nameLength))
			continue
		}
		if len(specs) == mostServiceCharts || m.serviceLines+len(drawn.lines) > mostServiceLines {
			left = append(left, shorten(drawn.title, nameLength))
			continue
		}
		m.serviceLines += len(drawn.lines)
		specs = append(specs, drawn)
	}
	return specs, left
}

// again reports whether a family is what a histogram counted, and the same numbers are among those of rates before it: servers count each request in several ways.
func (f *family) again(counts *[][]float64) bool {
	if f.how != rate {
		return false
	}
	sum := f.sum()
	same := func(other []float64) bool {
		return slices.EqualFunc(sum, other, func(a, b float64) bool { return math.Abs(a-b) <= 1e-6*math.Abs(a) })
	}
	if strings.HasSuffix(f.title, analysis.CountSuffix) && slices.ContainsFunc(*counts, same) {
		return true
	}
	*counts = append(*counts, sum)
	return false
}

// sum is that of all lines in each second.
func (f *family) sum() []float64 {
	var sum []float64
	for _, l := range f.lines {
		if sum == nil {
			sum = make([]float64, len(l.series.Values))
		}
		for i, v := range l.series.Values[:min(len(sum), len(l.series.Values))] {
			if !math.IsNaN(v) {
				sum[i] += v
			}
		}
	}
	return sum
}

// families are the charts that a server could have: what checks speak of first, what nearly every server has last.
func (m *maker) families(s *analysis.Service) []family {
	var all []family
	places := map[string]int{}
	take := func(title, caption string, h how, line sayer) {
		key := fmt.Sprint(h, title)
		at, known := places[key]
		if !known {
			at = len(all)
			places[key] = at
			all = append(all, family{title: title, caption: caption, how: h})
		}
		all[at].lines = append(all[at].lines, line)
	}
	summed := map[string]bool{}
	for _, means := range s.Means() {
		summed[means.Sum.Column] = true
		take(means.Name, "mean", mean, sayer{means.Labels, means.Series()})
	}
	buckets, histograms := map[string][]analysis.Said{}, []string{}
	for _, said := range s.Series {
		name, bucket := strings.CutSuffix(said.Name, analysis.BucketSuffix)
		switch {
		case summed[said.Column]:
		case bucket && said.Rate:
			if buckets[name] == nil {
				histograms = append(histograms, name)
			}
			buckets[name] = append(buckets[name], said)
		case said.Rate:
			take(said.Name, "", rate, sayer{said.Labels, said.Series})
		default:
			take(said.Name, "", gauge, sayer{said.Labels, said.Series})
		}
	}
	for _, name := range histograms {
		for _, q := range []struct {
			name  string
			share float64
		}{{"p50", 0.5}, {"p95", 0.95}} {
			take(name, "percentiles", percentile, sayer{`quantile="` + q.name + `"`, bucketQuantile(buckets[name], q.share)})
		}
	}
	slices.SortStableFunc(all, func(a, b family) int { return cmp.Compare(m.rank(&a), m.rank(&b)) })
	return all
}

// rank orders families: what only the server knows before what clients of Prometheus say of every process, and of which the monitor sees more.
func (m *maker) rank(f *family) int {
	ofProcess := func(prefix string) bool { return strings.HasPrefix(f.title, prefix) }
	switch {
	case m.checked(f):
		return -1
	case slices.ContainsFunc([]string{"process_", "python_", "go_", "nodejs_", "promhttp_", "scrape_"}, ofProcess):
		return int(rate) + 2
	case strings.HasSuffix(f.title, analysis.CountSuffix):
		return int(rate) + 1
	}
	return int(f.how)
}

// checked reports whether a check speaks of a family.
func (m *maker) checked(f *family) bool {
	for _, c := range m.f.Checks {
		for _, e := range c.Evidence {
			if slices.ContainsFunc(f.lines, func(l sayer) bool { return l.series.File == e.File && l.series.Column == e.Column }) {
				return true
			}
		}
	}
	return false
}

// serviceChart is the chart of a family: the lines that move most.
func (m *maker) serviceChart(f *family) spec {
	s := spec{title: shorten(f.title, nameLength), always: m.checked(f)}
	swings := map[string]float64{}
	most := 0.0
	f.lines = slices.DeleteFunc(f.lines, func(l sayer) bool {
		values := m.axis.cut(l.series.Values)
		low, high := middle(values)
		swings[l.labels] = high - low
		_, highest := bounds(values)
		most = math.Max(most, math.Abs(highest))
		return math.IsNaN(highest)
	})
	unit, by := f.unit(most)
	s.unit, s.calm = unit, stillShare*most/by
	shared, differing := labelNames(f.lines)
	ordered := slices.SortedStableFunc(slices.Values(f.lines), func(a, b sayer) int { return cmp.Compare(swings[b.labels], swings[a.labels]) })
	classes := []string{"c1", "c2", "c3", "c4", "c5"}
	s.caption = strings.Join(slices.DeleteFunc([]string{f.caption, shared}, func(t string) bool { return t == "" }), ", ")
	if left := len(ordered) - len(classes); left > 0 {
		s.caption = strings.TrimPrefix(s.caption+", ", ", ") + fmt.Sprintf("the %d of %d that move most", len(classes), len(ordered))
		ordered = ordered[:len(classes)]
	}
	rule := f.how.rule()
	if by != 1 {
		rule += fmt.Sprintf(", / %g", by)
	}
	for i, l := range ordered {
		s.lines = append(s.lines, line{name: lineName(l.labels, differing, f), class: classes[i], area: len(ordered) == 1, series: l.series, by: by, rule: rule})
	}
	return s
}

// unit is that of a family, by the endings that Prometheus's conventions have and the largest of its values, and what these are divided by for it.
func (f *family) unit(most float64) (unit string, by float64) {
	name := strings.TrimSuffix(f.title, "_total")
	bytes, seconds := strings.HasSuffix(name, "_bytes"), strings.HasSuffix(name, "_seconds")
	switch {
	case bytes:
		unit, by = "B", 1
		for _, next := range []string{"KB", "MB", "GB"} {
			const digits = 10 // of a unit its values shall have so many at least
			if most < digits*1024*by {
				break
			}
			unit, by = next, 1024*by
		}
		if f.how == rate {
			unit += "/s"
		}
		return unit, by
	case seconds && f.how == rate:
		return "s a second", 1
	case seconds && f.how == gauge:
		return "s", 1
	case seconds:
		return "ms", 1e-3
	case f.how == rate:
		return "1/s", 1
	}
	return "", 1
}

// labelNames are the labels that all lines share, as text, and the names of those that tell them apart.
func labelNames(lines []sayer) (shared string, differing []string) {
	if len(lines) == 0 {
		return "", nil
	}
	values := map[string]map[string]int{}
	var names []string
	for _, l := range lines {
		for name, value := range service.Labels(l.labels) {
			if values[name] == nil {
				values[name] = map[string]int{}
				names = append(names, name)
			}
			values[name][value]++
		}
	}
	var same []string
	for _, name := range names {
		only := ""
		for value, n := range values[name] {
			if n == len(lines) {
				only = name + " " + value
			}
		}
		if only == "" {
			differing = append(differing, name)
		} else {
			same = append(same, only)
		}
	}
	const most = 80
	return shorten(strings.Join(same, ", "), most), differing
}

// lineName is what tells a line from the others of its family.
func lineName(labels string, differing []string, f *family) string {
	var values []string
	for name, value := range service.Labels(labels) {
		if slices.Contains(differing, name) && value != "" {
			values = append(values, value)
		}
	}
	if len(values) == 0 {
		return [...]string{"value", "mean", "percentile", "rate"}[f.how]
	}
	const most = 40
	return shorten(strings.Join(values, " "), most)
}
