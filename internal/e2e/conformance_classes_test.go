//go:build e2e

package e2e

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

// TestConformanceClasses has one master command classes by weight, by fixed_count and by the class picker, at two workers.
// The site knows who runs, because each user says so; the master knows, because the workers report it.
func TestConformanceClasses(t *testing.T) {
	t.Parallel()
	s, elsewhere := startSite(t), startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--class-picker", "--stop-timeout=5", "Quick", "Slow", "Fixed"}}.startWeb(t)
	m.startFaultWorkers(t, 2)

	all := []string{"Quick", "Slow", "Fixed"}
	tests := []struct {
		name  string
		steps []swarm // sent one after another, without a wait
		want  map[string]int
	}{
		{
			"weights 3 and 1, and a fixed count of 2",
			[]swarm{{users: 14, classes: all}},
			map[string]int{"Quick": 9, "Slow": 3, "Fixed": 2},
		},
		{
			"the class picker leaves one class, so the others have zero users",
			[]swarm{{users: 6, classes: []string{"Slow"}}},
			map[string]int{"Slow": 6},
		},
		{
			"no user at all of a class that is picked",
			[]swarm{{users: 2, classes: all}},
			map[string]int{"Fixed": 2},
		},
		{"orders that overtake one another", []swarm{
			{users: 10, rate: 2, classes: all},
			{users: 40, rate: 3, classes: all},
			{users: 5, rate: 1, classes: all},
			{users: 30, rate: 100, classes: all},
		}, map[string]int{"Quick": 21, "Slow": 7, "Fixed": 2}},
		{
			"ramp-down, then up again",
			[]swarm{{users: 30, classes: all}, {users: 6, rate: 30, classes: all}, {users: 18, rate: 30, classes: all}},
			map[string]int{"Quick": 12, "Slow": 4, "Fixed": 2},
		},
	}
	for _, test := range tests {
		m.awaitReady(t, 2)
		s.reset()
		for _, step := range test.steps {
			step.send(t, m)
			time.Sleep(300 * time.Millisecond)
		}
		m.wantUsersOf(t, s, test.want)
		m.halt(t)
		m.wantCounts(t, s)
		if t.Failed() {
			t.Fatalf("in: %s", test.name)
		}
	}

	m.awaitReady(t, 2)
	s.reset()
	swarm{users: 4, classes: all, host: elsewhere.URL}.send(t, m)
	m.wantUsersOf(t, elsewhere, map[string]int{"Quick": 1, "Slow": 1, "Fixed": 2})
	m.halt(t)
	m.wantCounts(t, elsewhere)
	if n := s.counted().Total; n > 0 {
		t.Errorf("requests to the host of -H = %d, want none: the web UI named another", n)
	}
	m.wantCalm(t)
}

// TestConformanceShape has a LoadTestShape command 4, 12 and 4 users, and then the end.
func TestConformanceShape(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	s.slow("/Slow", 300*time.Millisecond)
	m := masterSpec{file: "shape.py", host: s.URL, flags: []string{"--stop-timeout=5"}}.startWeb(t)
	m.startFaultWorkers(t, 2)
	swarm{}.send(t, m)
	for _, want := range []map[string]int{{"Quick": 3, "Slow": 1}, {"Quick": 9, "Slow": 3}, {"Quick": 3, "Slow": 1}} {
		m.wantUsersOf(t, s, want)
	}
	await(t, startLimit, func() error { return m.wantState(t.Context(), 0, "stopped") })
	m.wantCounts(t, s)
	if got := s.peak(); got != 12 {
		t.Errorf("users at the same time = %d at most, want the 12 of the shape", got)
	}
}

// TestConformanceUnknownClass has the master want a class that the worker does not have, beside one that it has.
func TestConformanceUnknownClass(t *testing.T) {
	t.Parallel()
	s := startSite(t)
	m := masterSpec{host: s.URL, flags: []string{"--stop-timeout=5", "Quick", "Ghost"}}.startWeb(t)
	m.startFaultWorkers(t, 1)
	swarm{users: 8}.send(t, m)
	m.wantUsersOf(t, s, map[string]int{"Quick": 6})
	raised, err := m.web.exceptions(t.Context())
	if err != nil || len(raised) != 1 || raised[0].Message != `user class "Ghost" is not in this worker, which has `+
		`[Burner Dirty Failing Fixed Impatient Once Panicky Patient Quick Slow Tagged]: no user of it runs here` {
		t.Errorf("exceptions = %v, %v, want one that names Ghost and what there is", raised, err)
	}
	m.halt(t)
	m.wantCounts(t, s)
	await(t, startLimit, func() error { return m.wantState(t.Context(), 0, "stopped") })
}

// TestConformanceOptions has the master's command line reach the users: tags and custom arguments.
func TestConformanceOptions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name       string
		flags      []string
		some, none string
	}{
		{"tags", []string{"--tags", "a"}, "/Tagged/a/plain", "/Tagged/b/plain"},
		{"excluded tags, and a custom argument", []string{"--exclude-tags", "a", "--flavour", "sweet"}, "/Tagged/b/sweet", "/Tagged/a/sweet"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s := startSite(t)
			m := masterSpec{host: s.URL, flags: append(test.flags, "--stop-timeout=5", "--loglevel=INFO", "Tagged")}.startWeb(t)
			m.startFaultWorkers(t, 1)
			swarm{users: 4}.send(t, m)
			await(t, startLimit, func() error {
				if s.counted().By["GET "+test.some] < 20 {
					return errors.New("too few requests of " + test.some)
				}
				return nil
			})
			m.halt(t)
			m.wantCounts(t, s)
			if n := s.counted().By["GET "+test.none]; n > 0 {
				t.Errorf("requests of %s = %d, want none", test.none, n)
			}
		})
	}
}

// TestConformanceIndex starts three workers one after another: their indexes are 0, 1 and 2.
func TestConformanceIndex(t *testing.T) {
	t.Parallel()
	m := masterSpec{host: "http://127.0.0.1:1"}.startWeb(t)
	for i := range 3 {
		worker := workerSpec{name: fmt.Sprintf("worker %d", i), port: m.port}.start(t)
		await(t, startLimit, func() error { return worker.wantOutput(fmt.Sprintf("worker index %d\n", i)) })
	}
}
