package remote

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// A station is a monitor as docs/metrics.md describes it under "Over HTTP". Its clock is ahead of ours.
type station struct {
	mu      sync.Mutex // guards the rest
	ahead   time.Duration
	slow    time.Duration // on the way there, in the first exchanges of clocks
	started float64
	columns []string
	rows    []string // lines of /samples
	times   []float64
	forgot  int // rows that are kept no more
	token   string
	away    bool
	asked   []string
	clocks  int
}

func (s *station) serve(t *testing.T) *url.URL {
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	base, err := Parse(server.URL + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	return base
}

// change changes the station as if at once.
func (s *station) change(how func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	how()
}

func (s *station) row(at float64, text string) {
	s.times = append(s.times, at)
	s.rows = append(s.rows, fmt.Sprintf(`{"Timestamp":%v,%s}`, at, text))
}

func (s *station) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, r.URL.String())
	switch {
	case s.away:
		panic(http.ErrAbortHandler)
	case s.token != "" && r.Header.Get("Authorization") != "Bearer "+s.token:
		w.WriteHeader(http.StatusUnauthorized)
	case r.URL.Path == "/columns":
		_ = json.NewEncoder(w).Encode(columns{1, s.started, s.columns})
	case r.URL.Path == "/clock":
		if s.clocks++; s.clocks < 4 {
			time.Sleep(s.slow)
		}
		now := time.Now().Add(s.ahead).UnixNano()
		fmt.Fprintf(w, `{"receive_ns":%d,"transmit_ns":%d}`, now, now)
	case r.URL.Path == "/samples":
		w.Header().Set("Gregaria-Started", fmt.Sprint(s.started))
		if len(s.times) > s.forgot {
			w.Header().Set("Gregaria-Oldest", fmt.Sprint(s.times[s.forgot]))
		}
		var since float64
		fmt.Sscan(r.URL.Query().Get("since"), &since)
		for i, at := range s.times {
			if i >= s.forgot && at > since {
				fmt.Fprintln(w, s.rows[i])
			}
		}
	default:
		http.NotFound(w, r)
	}
}

func newStation() *station {
	return &station{started: 1.5, columns: []string{"Timestamp", "CPU_Percent", "Time", "Run_State", "Odd \"name\""}}
}

// dial is Dial with what the clock says set to a moment, so that rows can be made for it.
func dial(t *testing.T, base *url.URL) *Monitor {
	t.Helper()
	m, err := Dial(t.Context(), base, "api", "")
	if err != nil {
		t.Fatal(err)
	}
	m.last = time.Unix(1_700_000_000, 0)
	return m
}

// record asks so often, and returns the file that it makes.
func record(t *testing.T, m *Monitor, s *station, asks int, between func(ask int)) (file string, notes []string) {
	t.Helper()
	write, err := resource.NewLines(m.cells())
	if err != nil {
		t.Fatal(err)
	}
	rows := string(write.Header())
	sink := func(at time.Time, cells []resource.Cell) error {
		line, err := write.Row(at, cells)
		rows += string(line)
		return err
	}
	note := func(line string) { notes = append(notes, line) }
	for ask := range asks {
		if between != nil {
			s.change(func() { between(ask) })
		}
		if err := m.pull(t.Context(), sink, note); err != nil {
			note(err.Error())
		}
	}
	return rows, notes
}

const header = "Timestamp,CPU_Percent,Time,Run_State,\"Odd \"\"name\"\"\"\n"

// TestRowsAreOnOurClock: a clock that is 3.2 s ahead is put right by whole seconds.
func TestRowsAreOnOurClock(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ahead time.Duration
		first int64
		clock string
	}{
		{0, 1_700_000_001, ""},
		{200 * time.Millisecond, 1_700_000_001, ""},
		{3200 * time.Millisecond, 1_699_999_998, "the clock of api is 3.20"},
		{3800 * time.Millisecond, 1_699_999_997, "the clock of api is 3.80"},
		{-1800 * time.Millisecond, 1_700_000_003, "the clock of api is 1.80"},
	} {
		s := newStation()
		s.ahead = c.ahead
		base := s.serve(t)
		m := dial(t, base)
		if got := m.Clock(); !strings.HasPrefix(got, c.clock) || (got == "") != (c.clock == "") {
			t.Errorf("%s ahead: Clock = %q, want %q", c.ahead, got, c.clock)
		}
		file, notes := record(t, m, s, 2, func(ask int) {
			s.row(float64(1_700_000_001+ask), fmt.Sprintf(`"CPU_Percent":%d.5,"Time":"x","Run_State":"steady"`, ask))
		})
		want := header
		for i := range int64(2) {
			at := time.Unix(c.first+i, 0).UTC()
			want += fmt.Sprintf("%d,%d.5,%s,steady,\n", at.Unix(), i, at.Format(time.RFC3339))
		}
		if file != want || len(notes) > 0 {
			t.Errorf("%s ahead: file =\n%s\nwant\n%s\nnotes %q", c.ahead, file, want, notes)
		}
	}
}

// TestTheQuickestExchangeCounts: an answer that was long on its way there makes a clock seem ahead.
func TestTheQuickestExchangeCounts(t *testing.T) {
	t.Parallel()
	s := newStation()
	s.ahead, s.slow = time.Second, 300*time.Millisecond
	m := dial(t, s.serve(t))
	if off := (m.offset.Ahead - time.Second).Abs(); off > 100*time.Millisecond || off > m.offset.Error+time.Millisecond {
		t.Errorf("offset = %s, want 1 s", m.offset)
	}
}

func TestOffset(t *testing.T) {
	t.Parallel()
	at := func(ms int64) time.Time { return time.UnixMilli(ms) }
	for _, c := range []struct {
		why  string
		e    exchange
		want Offset
	}{
		{"equal clocks, 10 ms each way", exchange{at(0), at(10), at(10), at(20)}, Offset{0, 10 * time.Millisecond}},
		{"ahead, and it thinks for 5 ms", exchange{at(0), at(1010), at(1015), at(25)}, Offset{time.Second, 10 * time.Millisecond}},
		{"behind", exchange{at(2000), at(1010), at(1010), at(2020)}, Offset{-time.Second, 10 * time.Millisecond}},
		{"all of the way on one side: off by half of it", exchange{at(0), at(20), at(20), at(20)}, Offset{10 * time.Millisecond, 10 * time.Millisecond}},
	} {
		if got := c.e.offset(); got != c.want {
			t.Errorf("%s: offset = %+v, want %+v", c.why, got, c.want)
		}
	}
}

func TestWhatHappensToMonitors(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		why     string
		between func(s *station, ask int)
		rows    string // the seconds that are there
		notes   []string
	}{
		{"it is away for a while", func(s *station, ask int) {
			s.away = ask == 1
			s.row(float64(1_700_000_001+ask), `"CPU_Percent":1`)
		}, "1 2 3", []string{"ask the monitor at "}},
		{"it has forgotten some", func(s *station, ask int) {
			s.row(float64(1_700_000_001+ask*5), `"CPU_Percent":1`)
			if ask == 1 {
				s.row(1_700_000_007, `"CPU_Percent":1`)
			}
			s.forgot = []int{0, 2, 3}[ask]
		}, "1 7 11", []string{"rows of api are missing"}},
		{"it is started anew", func(s *station, ask int) {
			s.started = []float64{1.5, 1_700_000_010, 1_700_000_010}[ask]
			if ask == 1 {
				s.rows, s.times = nil, nil
			}
			s.row(float64(1_700_000_001+ask*10), `"CPU_Percent":1`)
		}, "1 11 21", []string{"the monitor of api was started anew: there are no rows"}},
		{"it is started anew with other columns", func(s *station, ask int) {
			if ask == 1 {
				s.started, s.columns = 7, []string{"Timestamp", "Time", "Other"}
			}
			s.row(float64(1_700_000_001+ask), `"CPU_Percent":1`)
		}, "1", []string{"the monitor of api was started anew with other columns", "the monitor of api was started anew with other columns"}},
		{"it says something else", func(s *station, ask int) {
			s.row(float64(1_700_000_001+ask), `"CPU_Percent":1`)
			switch ask {
			case 1:
				s.rows[1] = `{"CPU_Percent":1}`
			case 2:
				s.rows[1] = `{"Timestamp":1700000002}`
			}
		}, "1 2 3", []string{"a row of api: it has no Timestamp"}},
	} {
		s := newStation()
		m := dial(t, s.serve(t))
		file, notes := record(t, m, s, 3, func(ask int) { c.between(s, ask) })
		var seconds []string
		for _, line := range strings.Split(strings.TrimSpace(file), "\n")[1:] {
			at, _, _ := strings.Cut(line, ",")
			seconds = append(seconds, strings.TrimLeft(strings.TrimPrefix(at, "17000000"), "0"))
		}
		if got := strings.Join(seconds, " "); got != c.rows {
			t.Errorf("%s: rows of %q, want %q", c.why, got, c.rows)
		}
		if !slices.EqualFunc(notes, c.notes, strings.HasPrefix) {
			t.Errorf("%s: notes = %q, want %q", c.why, notes, c.notes)
		}
	}
}

// TestRecord: the file is written until the end and the last rows are fetched then; a file that is there is not touched.
func TestRecord(t *testing.T) {
	t.Parallel()
	s := newStation()
	m := dial(t, s.serve(t))
	path := filepath.Join(t.TempDir(), "metrics_api.csv")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	s.row(1_700_000_001, `"CPU_Percent":1`)
	if err := m.Record(ctx, path, func(line string) { t.Error(line) }); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if want := header + "1700000001,1,2023-11-14T22:13:21Z,,\n"; string(data) != want || err != nil {
		t.Errorf("file = %q, %v, want %q", data, err, want)
	}
	if samples := len(slices.DeleteFunc(slices.Clone(s.asked), func(u string) bool { return !strings.HasPrefix(u, "/samples") })); samples != 2 {
		t.Errorf("rows were asked for %d times, want at first and at the end", samples)
	}
	if err := m.Record(ctx, path, func(string) {}); !errors.Is(err, ErrFile) {
		t.Errorf("Record to a file that is there = %v, want %v", err, ErrFile)
	}
}

func TestDialRefuses(t *testing.T) {
	t.Parallel()
	other := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(other.Close)
	web := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<html>") }))
	t.Cleanup(web.Close)
	guarded := newStation()
	guarded.token = "0123456789abcdef"
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, c := range []struct{ url, token, want string }{
		{other.URL, "", "is the port right"},
		{web.URL, "", "is the port right"},
		{closed.URL, "", "connection refused"},
		{guarded.serve(t).String(), "", "wants its token: set GREGARIA_MONITOR_TOKEN"},
		{guarded.serve(t).String(), "wrong", "wants its token"},
		{guarded.serve(t).String(), guarded.token, ""},
	} {
		base, err := Parse(c.url)
		if err != nil {
			t.Fatal(err)
		}
		_, err = Dial(t.Context(), base, "api", c.token)
		if (err == nil) != (c.want == "") || err != nil && (!strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n")) {
			t.Errorf("Dial(%s) = %v, want %q", c.url, err, c.want)
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"http://api:9647":               "http://api:9647",
		"http://api:9647/":              "http://api:9647",
		"http://api:9647/metrics?x=1#y": "http://api:9647",
		"https://proxy/monitors/api/":   "https://proxy/monitors/api",
		"api:9647":                      "",
		"ftp://api":                     "",
		"http://":                       "",
	} {
		got, err := Parse(text)
		if (err == nil) != (want != "") || err == nil && got.String() != want {
			t.Errorf("Parse(%q) = %v, %v, want %q", text, got, err, want)
		}
	}
	if _, err := Parse("ftp://ann:secret@api"); err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("Parse shows a password: %v", err)
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	var bases []*url.URL
	for _, text := range []string{"http://api:9647", "http://db:1", "http://db:2", "http://proxy/a", "http://proxy/b", "http://[::1]:9"} {
		base, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		bases = append(bases, base)
	}
	if got, want := Names(bases), []string{"api", "db_1", "db_2", "proxy", "proxy_2", "--1"}; !slices.Equal(got, want) {
		t.Errorf("Names = %q, want %q", got, want)
	}
}

// FuzzParseRow: no line makes a row without a time, or with other cells than the file has.
func FuzzParseRow(f *testing.F) {
	f.Add([]byte(`{"Timestamp":1700000001,"CPU_Percent":1.5,"Run_State":"steady"}`))
	f.Add([]byte(`{"Timestamp":"x"}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		at, cells, err := parseRow(line, []string{"CPU_Percent", "Run_State"})
		if err == nil && (len(cells) != 2 || !at.After(time.Unix(0, -1))) {
			t.Errorf("parseRow(%q) = %s, %v", line, at, cells)
		}
	})
}
