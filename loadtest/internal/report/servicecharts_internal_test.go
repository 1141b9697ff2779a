package report

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/report/reporttest"
)

// saying is a run of seconds in which a server said something; each text is NAME{LABELS}, "/s" behind it makes a rate, and the values rise from 0 to 100.
func saying(seconds int, texts ...string) *maker {
	run := &analysis.Run{Start: 1000, Seconds: seconds, Began: 1000, Ended: 999 + int64(seconds)}
	server := analysis.Service{Target: "http://a/metrics"}
	for _, text := range texts {
		text, rate := strings.CutSuffix(text, "/s")
		name, labels, _ := strings.Cut(strings.TrimSuffix(text, "}"), "{")
		values := make([]float64, seconds)
		for i := range values {
			values[i] = 100 * float64(i) / float64(seconds)
		}
		server.Series = append(server.Series, analysis.Said{Name: name, Labels: labels, Rate: rate, Series: analysis.Series{File: "service_TS.csv", Column: text, Values: values}})
	}
	run.Services = []analysis.Service{server}
	return &maker{run: run, f: &analysis.Findings{}, axis: newAxis(run)}
}

func (m *maker) shownCharts() (texts []string) {
	specs, left := m.serviceCharts(&m.run.Services[0])
	for _, s := range specs {
		text := s.title + " [" + s.unit + "] " + s.caption + ":"
		for _, l := range s.lines {
			text += " " + l.name
		}
		texts = append(texts, text)
	}
	return append(texts, left...)
}

func TestServiceCharts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why  string
		says []string
		want []string
	}{
		{"a gauge, and a counter", []string{"requests_total/s", "in_flight"}, []string{"in_flight [] : value", "requests_total [1/s] : rate"}},
		{"labels that differ name the lines, the others stand with the title", []string{`x{a="1",b="q"}`, `x{a="2",b="q"}`}, []string{"x [] b q: 1 2"}},
		{"a label that only some have", []string{`x{a="1"}`, `x{a="1",b="q"}`}, []string{"x [] a 1: value q"}},
		{"units that the names have", []string{"m_bytes", "t_seconds", "cpu_seconds_total/s", "sent_bytes_total/s"}, []string{"m_bytes [B] : value", "t_seconds [s] : value", "cpu_seconds_total [s a second] : rate", "sent_bytes_total [B/s] : rate"}},
		{"sum and count of a histogram are its mean and how many", []string{"t_seconds_count/s", "t_seconds_sum/s"}, []string{"t_seconds [ms] mean: mean", "t_seconds_count [1/s] : rate"}},
		{"the same numbers once more", []string{"n_total/s", "t_seconds_count/s", "t_seconds_sum/s"}, []string{"t_seconds [ms] mean: mean", "n_total [1/s] : rate", "t_seconds_count"}},
		{"a sum without its count", []string{"t_seconds_sum/s"}, []string{"t_seconds_sum [1/s] : rate"}},
		{"what every process says is last", []string{"process_open_fds", "requests_total/s"}, []string{"requests_total [1/s] : rate", "process_open_fds [] : value"}},
		{"quantiles of a summary", []string{`t{quantile="0.5"}`, `t{quantile="0.9"}`}, []string{"t [] : 0.5 0.9"}},
	} {
		if got := saying(20, c.says...).shownCharts(); !slices.Equal(got, c.want) {
			t.Errorf("%s: charts %q, want %q", c.why, got, c.want)
		}
	}
}

// TestServiceChartsAreFew: a chart has five lines and says of how many, a server ten charts, all servers forty lines, and the rest is named.
func TestServiceChartsAreFew(t *testing.T) {
	t.Parallel()
	var texts []string
	for n := range 12 {
		for line := range 9 {
			texts = append(texts, fmt.Sprintf(`x%02d{n="%d"}`, n, line))
		}
	}
	m := saying(20, texts...)
	got := m.shownCharts()
	if len(got) != 12 || got[0] != "x00 [] the 5 of 9 that move most: 0 1 2 3 4" || got[10] != "x10" || got[11] != "x11" {
		t.Errorf("charts %q", got)
	}
	if got := m.shownCharts(); len(got) != 12 || got[2] != "x02" || m.serviceLines != mostServiceLines {
		t.Errorf("of a second server %q with %d lines in all", got, m.serviceLines)
	}
}

// TestServiceChartsThatMove: of many lines those are drawn that move most.
func TestServiceChartsThatMove(t *testing.T) {
	t.Parallel()
	m := saying(20, `x{n="a"}`, `x{n="b"}`, `x{n="c"}`, `x{n="d"}`, `x{n="e"}`, `x{n="f"}`)
	for i := range m.run.Services[0].Series[0].Values {
		m.run.Services[0].Series[0].Values[i] = 1e6
	}
	if got := m.shownCharts(); got[0] != "x [] the 5 of 6 that move most: b c d e f" {
		t.Errorf("charts %q", got)
	}
}

// TestUnitsOfBytes: a unit in which the largest value has two digits.
func TestUnitsOfBytes(t *testing.T) {
	t.Parallel()
	for most, want := range map[float64]string{3: "B/s 1", 10239: "B/s 1", 10240: "KB/s 1024", 90 << 20: "MB/s 1.048576e+06", 90 << 30: "GB/s 1.073741824e+09"} {
		f := family{title: "sent_bytes_total", how: rate}
		if unit, by := f.unit(most); fmt.Sprint(unit, " ", by) != want {
			t.Errorf("unit of %v bytes a second = %s %v, want %s", most, unit, by, want)
		}
	}
}

// TestServiceChartOfACheck: what a check speaks of comes first, and is no chart with nothing to say.
func TestServiceChartOfACheck(t *testing.T) {
	t.Parallel()
	m := saying(20, "a", "b", "c_total/s")
	for i := range 20 {
		m.run.Services[0].Series[2].Values[i] = 7
	}
	m.f.Checks = []analysis.Check{{Evidence: []analysis.Evidence{{File: "service_TS.csv", Column: "c_total"}}}}
	p := &page{}
	m.placeService(p, &m.run.Services[0])
	if len(p.Groups) != 1 || len(p.Folded) != 0 || p.Groups[0].Charts[0].Title != "c_total" {
		t.Errorf("groups %+v, folded %v", p.Groups, p.FoldedNames)
	}
	m.f.Checks, p = nil, &page{}
	m.placeService(p, &m.run.Services[0])
	if len(p.Folded) != 1 || p.Folded[0].Reason != "calm, 7 to 7\u00a01/s" {
		t.Errorf("folded %+v", p.Folded)
	}
	want := source{What: "c_total: rate", File: "service_TS.csv", Column: "c_total", Rule: "growth of the counter a second"}
	if !slices.Contains(m.used, want) {
		t.Errorf("sources %+v, want %+v", m.used, want)
	}
}

func TestBucketQuantile(t *testing.T) {
	t.Parallel()
	bucket := func(labels string, values ...float64) analysis.Said {
		return analysis.Said{Name: "t_bucket", Labels: labels, Rate: true, Series: analysis.Series{Values: values}}
	}
	a := []analysis.Said{
		bucket(`le="1"`, 10, 0, 10, 1, 0), bucket(`le="2"`, 20, 0, 10, 1, 0), bucket(`le="+Inf"`, 20, 0, 40, 1, 0),
	}
	both := append(slices.Clone(a), bucket(`a="b",le="1"`, 0, 0, 0, 0, 0), bucket(`a="b",le="2"`, 20, 0, 0, 0, 0), bucket(`a="b",le="+Inf"`, 20, 0, 0, 0, 0))
	for _, c := range []struct {
		why    string
		series []analysis.Said
		share  float64
		want   []float64
	}{
		{"linear in the bucket; the last has only its lower end; one is too few", a, 0.5, []float64{1, math.NaN(), 2, math.NaN(), math.NaN()}},
		{"95 %", a, 0.95, []float64{1.9, math.NaN(), 2, math.NaN(), math.NaN()}},
		{"of all labels together", both, 0.5, []float64{1 + 10./30, math.NaN(), 2, math.NaN(), math.NaN()}},
		{"no bucket for the rest", a[:2], 0.5, []float64{math.NaN(), math.NaN(), math.NaN(), math.NaN(), math.NaN()}},
	} {
		got := bucketQuantile(c.series, c.share).Values
		for i, want := range c.want {
			if !(math.Abs(got[i]-want) < 1e-9) && !(math.IsNaN(got[i]) && math.IsNaN(want)) {
				t.Errorf("%s: second %d is %v, want %v", c.why, i, got[i], want)
			}
		}
	}
}

// TestHourWithServices: a page of an hour with all that is drawn of servers stays below 1 MB.
func TestHourWithServices(t *testing.T) {
	t.Parallel()
	s, found := reporttest.Named("hour")
	if !found {
		t.Fatal("there is no sample of an hour")
	}
	server := analysis.Service{Target: "http://a/metrics"}
	for n := range 90 {
		values := make([]float64, s.Run.Seconds)
		for i := range values {
			values[i] = float64((i*7919 + n*104729) % 997) // as uneven as can be
		}
		name := fmt.Sprintf("x%d", n/9)
		server.Series = append(server.Series, analysis.Said{Name: name, Labels: fmt.Sprintf(`n="%d"`, n), Series: analysis.Series{File: "service.csv", Column: name, Values: values}})
	}
	s.Run.Services = []analysis.Service{server, server}
	var page bytes.Buffer
	if err := Write(&page, s.Run, s.Findings, Options{}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d KB", page.Len()>>10)
	if page.Len() > 1<<20 {
		t.Errorf("the page has %d KB, want 1 MB at most", page.Len()>>10)
	}
}
