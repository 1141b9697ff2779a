package report

import (
	"math"
	"slices"
	"testing"
	"time"

	"gregaria/internal/resource"
	"gregaria/loadtest/internal/analysis"
)

// around is a series around a value.
func around(column string, v, wobble float64) analysis.Series {
	s := analysis.Series{File: "metrics.csv", Column: column, Values: make([]float64, 100)}
	for i := range s.Values {
		s.Values[i] = v + wobble*float64(i%3-1)
	}
	return s
}

// peak gives a series one value of its own.
func peak(s analysis.Series, v float64) analysis.Series {
	s.Values[50] = v
	return s
}

func TestQuietChartsSayWhy(t *testing.T) {
	t.Parallel()
	leak := &analysis.Findings{Growth: []analysis.Growth{{Outcome: analysis.Leak, File: "metrics.csv", Column: resource.ProcessOpenFiles}}}
	bad := &analysis.Findings{Findings: []analysis.Finding{{Level: analysis.Bad, Evidence: []analysis.Evidence{{File: "metrics.csv", Column: resource.MemoryPercent}}}}}
	good := &analysis.Findings{Findings: []analysis.Finding{{Level: analysis.Good, Evidence: []analysis.Evidence{{File: "metrics.csv", Column: resource.MemoryPercent}}}}}
	none := &analysis.Findings{}
	one := func(s analysis.Series) []line { return []line{{name: "a", series: s}} }
	for _, c := range []struct {
		why  string
		f    *analysis.Findings
		spec spec
		want string
	}{
		{"always shown", none, spec{always: true, lines: one(around("a", 0, 0))}, ""},
		{"zero", none, spec{unit: "MB/s", calm: 1, lines: one(around("a", 0, 0))}, "always 0"},
		{"noise far from its limit", none, spec{unit: "% in use", calm: 5, limit: 100, lines: one(around("a", 12, 1))}, "calm, at most 13\u00a0%"},
		{"noise near its limit", none, spec{unit: "%", calm: 5, limit: 100, lines: one(around("a", 93, 1))}, ""},
		{"it moves", none, spec{unit: "%", calm: 5, limit: 100, lines: one(around("a", 12, 6))}, ""},
		{"one second is noise", none, spec{unit: "MB/s", calm: 1, lines: one(peak(around("a", 2, 0.1), 9))}, "calm, 1.9 to 9\u00a0MB/s"},
		{"one second counts", none, spec{unit: "1/s", peaks: true, lines: one(peak(around("a", 0, 0), 9))}, ""},
		{"far from zero, by its share", none, spec{unit: "MB", calm: 0.05, floating: true, lines: one(around("a", 1000, 10))}, "calm, 990 to 1,010\u00a0MB"},
		{"far from zero, and it moves", none, spec{unit: "MB", calm: 0.05, floating: true, lines: one(around("a", 1000, 100))}, ""},
		{"little, for memory", none, spec{unit: "MB", calm: 0.05, noise: 20, floating: true, lines: one(around("a", 12, 3))}, "calm, 9 to 15\u00a0MB"},
		{"calm in two runs, and not the same", none, spec{unit: "%", calm: 5, limit: 100, lines: []line{{name: "a", series: around("a", 12, 1)}, {name: "a", base: true, series: around("a", 22, 1)}}}, ""},
		{"calm in two runs, and the same", none, spec{unit: "%", calm: 5, limit: 100, lines: []line{{name: "a", series: around("a", 12, 1)}, {name: "a", base: true, series: around("a", 13, 1)}}}, "calm, at most 14\u00a0%"},
		{"a leak is shown, however slow", leak, spec{calm: 10, lines: one(around(resource.ProcessOpenFiles, 20, 0))}, ""},
		{"a bad finding rests on it", bad, spec{unit: "%", calm: 5, limit: 100, lines: one(around(resource.MemoryPercent, 20, 0))}, ""},
		{"a good finding rests on it", good, spec{unit: "%", calm: 5, limit: 100, lines: one(around(resource.MemoryPercent, 20, 0))}, "calm, at most 20\u00a0%"},
	} {
		m := &maker{f: c.f, axis: axis{n: 100}}
		if got := m.quiet(&c.spec); got != c.want {
			t.Errorf("%s: quiet = %q, want %q", c.why, got, c.want)
		}
	}
}

func TestLinesWithoutValuesAreNotThere(t *testing.T) {
	t.Parallel()
	s := spec{lines: []line{{name: "absent", series: around("a", math.NaN(), 0)}, {name: "there", series: around("b", 1, 0)}, {name: "no column"}}}
	s.known(axis{n: 100})
	if len(s.lines) != 1 || s.lines[0].name != "there" {
		t.Errorf("lines = %v, want the one with values", s.lines)
	}
}

func TestAlternativeSaysWhatAChartShows(t *testing.T) {
	t.Parallel()
	rise := make([]float64, 100)
	for i := range rise {
		rise[i] = float64(i) * 17
	}
	s := &spec{title: "Response time", unit: "ms", lines: []line{{name: "p50"}, {name: "p95"}}}
	got := alternative(s, [][]float64{around("a", 50, 1).Values, rise})
	if want := "Response time, ms; p50: 49 to 51, level; p95: 0 to 1,683, rises"; got != want {
		t.Errorf("alternative = %q, want %q", got, want)
	}
}

func TestPartsOfASlowRequest(t *testing.T) {
	t.Parallel()
	r := &analysis.Request{Response: 100, Connect: 10, TLS: math.NaN(), Wait: 70, Download: 15}
	bar, words := parts(r, 200)
	want := []part{{"c5", 0, 5}, {"c1", 5, 35}, {"c2", 40, 7.5}, {"c6", 47.5, 2.5}}
	if !slices.Equal(bar, want) {
		t.Errorf("parts = %v, want %v", bar, want)
	}
	if want := "connect 10 ms, wait 70 ms, download 15 ms, other 5 ms"; words != want {
		t.Errorf("words = %q, want %q", words, want)
	}
	// A stream goes on after its response time: no bar is longer than that.
	if bar, _ := parts(&analysis.Request{Response: 100, Connect: math.NaN(), TLS: math.NaN(), Wait: 90, Download: 5000}, 100); bar[1].X+bar[1].Width != 100 {
		t.Errorf("the bar reaches %v of 100", bar[1].X+bar[1].Width)
	}
}

func TestTimeStandsOnce(t *testing.T) {
	t.Parallel()
	m := &maker{at: clock{location: time.UTC}, f: &analysis.Findings{Findings: []analysis.Finding{
		{At: 36_000, Title: "It broke", Text: "10:00:00: throughput is flat."}, {At: 36_000, Title: "Again?", Text: "At 10:00:00 it broke."},
	}}}
	got := m.findings()
	if got[0].Title != "It broke." || got[0].Text != "Throughput is flat." || got[0].At != "10:00:00" {
		t.Errorf("finding = %q %q %q", got[0].At, got[0].Title, got[0].Text)
	}
	if got[1].Title != "Again?" || got[1].Text != "At 10:00:00 it broke." {
		t.Errorf("finding = %q %q", got[1].Title, got[1].Text)
	}
}

func TestCardsHaveNoRowOfOne(t *testing.T) {
	t.Parallel()
	for n, want := range []int{0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 5, 6, 6, 7, 7} {
		if got := cardColumns(n); got != want {
			t.Errorf("%d cards stand in %d columns, want %d", n, got, want)
		}
	}
}

// TestWhatNeverMovedIsOneLine: a row of zeros says nothing, and has its source all the same; a column that no row fills is not there.
func TestWhatNeverMovedIsOneLine(t *testing.T) {
	t.Parallel()
	flat := analysis.Growth{What: "threads of uvicorn", Unit: "threads", File: "m.csv", Column: "Process_Threads", Outcome: analysis.NoLeak, First: 5, Last: 5}
	memory := flat
	memory.What, memory.Unit, memory.First, memory.Last = "memory of uvicorn", "MB", 49.3, 49.3
	slow := memory
	slow.Slope, slow.Needed = analysis.Interval{Value: 0.1, Low: -1, High: 2}, 90
	m := &maker{at: clock{location: time.UTC}, run: &analysis.Run{}, f: &analysis.Findings{Growth: []analysis.Growth{flat, memory, slow}}}
	got := m.growth()
	if want := []string{"threads of uvicorn (5)", "memory of uvicorn (49.3\u00a0MB)"}; !slices.Equal(got.Still, want) {
		t.Errorf("still = %q, want %q", got.Still, want)
	}
	if len(got.Rows) != 1 || got.Rows[0].Needed != "90 s would decide" || got.LeftBehind || got.Stayed || len(m.used) != 3 {
		t.Errorf("rows = %+v of %d sources", got, len(m.used))
	}
	leak := slow
	leak.Outcome, leak.Stayed, leak.PerRequest = analysis.Leak, new(0.99), &analysis.Interval{Value: 1}
	m.f.Growth = []analysis.Growth{slow, leak}
	if got := m.growth(); !got.LeftBehind || !got.Stayed || got.Rows[0].Stayed != "" || got.Rows[1].Stayed != "99\u00a0%" {
		t.Errorf("with a leak: %+v", got)
	}
	m.f.Growth = nil
	if got := m.growth(); got != nil {
		t.Errorf("growth of nothing = %+v", got)
	}
}

func TestFewPointsAreNoCurve(t *testing.T) {
	t.Parallel()
	points := func(kind analysis.PhaseKind, users ...float64) (all []analysis.Point) {
		for _, n := range users {
			all = append(all, analysis.Point{Users: n, Kind: string(kind)})
		}
		return all
	}
	for _, c := range []struct {
		why    string
		points []analysis.Point
		want   bool
	}{
		{"a quick ramp", append(points(analysis.Ramp, 6, 14), points(analysis.Steady, 20)...), false},
		{"a ramp", points(analysis.Ramp, 2, 4, 6, 8, 10), true},
		{"two steps", points(analysis.Steady, 50, 100), true},
		{"one level twice", points(analysis.Steady, 50, 50), false},
	} {
		if got := isCurve(c.points); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

func TestDurationFitsACard(t *testing.T) {
	t.Parallel()
	for ms, want := range map[float64]string{0.29: "0.29\u00a0ms", 9999: "9,999\u00a0ms", 12812: "12.8\u00a0s"} {
		if got := duration(&ms); got != want {
			t.Errorf("duration of %v ms = %q, want %q", ms, got, want)
		}
	}
	if got := duration(nil); got != "" {
		t.Errorf("duration of nothing = %q", got)
	}
}

func TestWorkerNamesAreShort(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"vm_293317b0b204f58a70059238ac376536": "vm_293317", "my_vm_293317b0b204f58a70059238ac376536": "my_vm_293317", "my_worker": "my_worker", "w1": "w1"} {
		if got := workerName(name); got != want {
			t.Errorf("name of %s = %s, want %s", name, got, want)
		}
	}
}
