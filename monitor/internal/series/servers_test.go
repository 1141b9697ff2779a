package series

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/service"
)

// memory is a File that keeps rows as lines.
type memory struct {
	lines []string
	full  bool
}

func (m *memory) Write(at time.Time, rows []service.Row) error {
	if m.full {
		return errors.New("no space left on device")
	}
	for _, r := range rows {
		m.lines = append(m.lines, fmt.Sprintf("%d %s %s %g", at.Unix(), r.Target, r.Series, r.Value))
	}
	return nil
}

func (*memory) Close() error { return nil }

// notes keeps what is said.
type notes struct {
	mu    sync.Mutex
	lines []string
}

func (n *notes) add(line string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.lines = append(n.lines, line)
}

// counting is a network of servers that answer with a count which grows with each answer, as late as delay says.
type counting struct {
	delay func(host string, answer int) time.Duration
	mu    sync.Mutex
	count map[string]int
	apart int // were asked over connections of their own
}

func (c *counting) RoundTrip(r *http.Request) (*http.Response, error) {
	c.mu.Lock()
	c.count[r.URL.Host]++
	count := c.count[r.URL.Host]
	if r.Close {
		c.apart++
	}
	c.mu.Unlock()
	select {
	case <-time.After(c.delay(r.URL.Host, count)):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(fmt.Sprintf("a %d\n", count))), Request: r}, nil
}

// start asks servers that count, in simulated time.
func start(t *testing.T, interval time.Duration, file File, said *notes, delay func(host string, answer int) time.Duration, hosts ...string) *Servers {
	t.Helper()
	network := &counting{delay: delay, count: map[string]int{}}
	servers, err := Start(hosts, choice(t, "a"), Access{transport: network}, interval, file, said.add)
	if err != nil {
		t.Fatal(err)
	}
	return servers
}

func second(n int) time.Time { return begin.Add(time.Duration(n) * time.Second) }

// TestSlowServerHoldsUpNobody: a server that is late for a tick has no rows in it, and others have.
func TestSlowServerHoldsUpNobody(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		file, said := &memory{}, &notes{}
		servers := start(t, time.Second, file, said, func(host string, answer int) time.Duration {
			switch {
			case host == "slow" && answer == 3: // of the second tick: before the first the counts are only compared with
				return time.Hour
			case host == "slow":
				return 900 * time.Millisecond
			}
			return 0
		}, "http://quick", "http://slow")
		time.Sleep(time.Second)
		for n := range 4 {
			began := time.Now()
			servers.Tick(second(n))
			if took := time.Since(began); took > 0 {
				t.Errorf("Tick took %s", took)
			}
			time.Sleep(time.Second)
		}
		if err := servers.Close(); err != nil {
			t.Error(err)
		}
		want := []string{
			"1700000000 http://quick a 2", "1700000000 http://slow a 2",
			"1700000001 http://quick a 3",
			"1700000002 http://quick a 4", "1700000002 http://slow a 4",
			"1700000003 http://quick a 5", "1700000003 http://slow a 5",
		}
		if !slices.Equal(file.lines, want) {
			t.Errorf("rows\n%s\nwant\n%s", strings.Join(file.lines, "\n"), strings.Join(want, "\n"))
		}
		if want := []string{"no rows of http://slow: no answer in time", "http://slow can be read again"}; !slices.Equal(said.lines, want) {
			t.Errorf("said %q, want %q", said.lines, want)
		}
	})
}

// TestProbes: the first pages come over connections of their own, and no other.
func TestProbes(t *testing.T) {
	t.Parallel()
	network := &counting{delay: func(string, int) time.Duration { return 0 }, count: map[string]int{}}
	c, err := newClient("http://api", Access{transport: network})
	if err != nil {
		t.Fatal(err)
	}
	s := &server{client: c, table: newTable(c.url, Choice{}, func(string) {}), write: (&memory{}).Write}
	for n := range 3 * probes {
		if err := s.ask(t.Context(), tick{second(n), time.Now().Add(time.Minute)}); err != nil {
			t.Fatal(err)
		}
	}
	if network.apart != probes {
		t.Errorf("%d of %d pages came over connections of their own, want %d", network.apart, 3*probes, probes)
	}
}

// TestTimestampsDoNotGoBack: rows that come when later ones are written are not.
func TestTimestampsDoNotGoBack(t *testing.T) {
	t.Parallel()
	file := &memory{}
	s := &Servers{file: file, note: func(string) {}}
	rows := []service.Row{{Target: "t", Series: "a", Value: 1}}
	if err := errors.Join(s.write(second(1), rows), s.write(second(1), rows), s.write(second(2), rows)); err != nil {
		t.Error(err)
	}
	if err := s.write(second(1), rows); !errors.Is(err, errLate) || len(file.lines) != 3 {
		t.Errorf("write of an earlier tick = %v, with %d rows, want %v", err, len(file.lines), errLate)
	}
}

// TestSaysOnce: a server that is not there, that answers nonsense, and that is back.
func TestSaysOnce(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	answers := []string{"a 1\n", "a 2\n", "a{x=\"1\" 1\n", "a{x=\"2\" 1\n", "a{x=\"3\" 1\n", "a 3\n", ""}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		answer := answers[0]
		if answers = answers[1:]; answer == "" {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		io.WriteString(w, answer)
	}))
	t.Cleanup(server.Close)
	said := &notes{}
	one := &server1{newServer(t, strings.Replace(server.URL, "://", "://ann:secret@", 1), said.add)}
	for range 8 {
		one.round(t)
		if len(answers) == 0 {
			server.Close()
		}
	}
	want := []string{
		"no rows of " + server.URL + ": its page is neither Prometheus's text format nor OpenMetrics: entry 1: expected label name",
		server.URL + " can be read again",
		"no rows of " + server.URL + ": it answers 503 Service Unavailable",
		"no rows of " + server.URL + ": connect: connection refused",
	}
	got := said.lines
	if !slices.EqualFunc(got, want, strings.HasPrefix) || strings.Contains(strings.Join(got, ""), "secret") {
		t.Errorf("said\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// server1 is a server that is asked by hand.
type server1 struct{ *server }

func newServer(t *testing.T, url string, note func(string)) *server {
	t.Helper()
	c, err := newClient(url, Access{})
	if err != nil {
		t.Fatal(err)
	}
	return &server{client: c, table: newTable(c.url, Choice{}, note), note: note, write: func(time.Time, []service.Row) error { return nil }}
}

func (s *server1) round(t *testing.T) {
	t.Helper()
	s.report(s.ask(t.Context(), tick{second(1), time.Now().Add(5 * time.Second)}))
}

// TestFullDisk: rows are lost, which is said at once, and again at the end.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		file, said := &memory{}, &notes{}
		servers := start(t, time.Second, file, said, func(string, int) time.Duration { return 0 }, "http://api")
		synctest.Wait()
		for n, full := range []bool{false, true, true, false} {
			file.full = full
			servers.Tick(second(n))
			synctest.Wait()
		}
		if err := servers.Close(); err == nil || err.Error() != "rows are lost: no space left on device" {
			t.Errorf("Close = %v, want that rows are lost", err)
		}
		if want := []string{"what the servers say cannot be written: no space left on device", "what the servers say is written again"}; !slices.Equal(said.lines, want) {
			t.Errorf("said %q, want %q", said.lines, want)
		}
	})
}

// TestCloseWaitsForTheLastTick, but not for a server that hangs.
func TestCloseWaitsForTheLastTick(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		file := &memory{}
		servers := start(t, 10*time.Second, file, &notes{}, func(host string, _ int) time.Duration {
			if host == "hangs" {
				return time.Hour
			}
			return 200 * time.Millisecond
		}, "http://api", "http://hangs")
		time.Sleep(time.Second)
		servers.Tick(second(1))
		began := time.Now()
		if err := servers.Close(); err != nil || len(file.lines) != 1 {
			t.Errorf("Close = %v, with %q, want the row of the last tick", err, file.lines)
		}
		if took := time.Since(began); took != closeTime {
			t.Errorf("Close took %s, want %s", took, closeTime)
		}
	})
}
