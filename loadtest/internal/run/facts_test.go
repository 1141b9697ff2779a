package run_test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/build"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/run"
)

// readFacts reads the run_TS.json of a bench.
func readFacts(t *testing.T, b bench) recording.Facts {
	t.Helper()
	data, err := os.ReadFile(b.Files().Run)
	if err != nil {
		t.Fatal(err)
	}
	facts, err := recording.ParseFacts(data)
	if err != nil {
		t.Fatal(err)
	}
	return facts
}

// wantFacts fails the test unless run_TS.json has what was planned, and how it went.
func wantFacts(t *testing.T, b bench) {
	t.Helper()
	facts := readFacts(t, b)
	if took := facts.Ended - facts.Began; took < 1.4 || took > 30 || facts.Began < float64(time.Now().Add(-time.Minute).Unix()) {
		t.Errorf("the load was from %f to %f", facts.Began, facts.Ended)
	}
	info := facts.Info
	source, err := os.ReadFile(b.plan.Locustfile)
	if err != nil {
		t.Fatal(err)
	}
	hash := sha256.Sum256(source)
	got := fmt.Sprint(info.Host, info.Users, info.SpawnRate, info.Duration, info.Workers, info.Locust, info.Gregaria, info.Cores, info.Local, info.LocustfileSHA256)
	if want := fmt.Sprint(b.host, 3, 1.0, 1.5, 2, "2.47.0", build.Version, runtime.NumCPU(), true, hex.EncodeToString(hash[:])); got != want {
		t.Errorf("run_TS.json has %s\nwant %s", got, want)
	}
	if !strings.Contains(info.Watched, "server (pid 7)") || !strings.Contains(strings.Join(info.Notes, "\n"), "the rest was put in") {
		t.Errorf("watched %q, notes %q", info.Watched, info.Notes)
	}
	if len(facts.Workers) != 1 || facts.Workers[0].Name != "w1" || len(facts.Workers[0].Usage) != 1 || facts.Workers[0].Usage[0].CPU != 12.5 {
		t.Errorf("workers %+v, want what the master says of w1", facts.Workers)
	}
}

// TestFactsOfARunThatDies: they are there from the beginning of the load on.
func TestFactsOfARunThatDies(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Minute)
	b.plan.Host = strings.Replace(b.host, "http://", "http://someone:secret@", 1)
	b.Run = run.New(b.plan, b.dir, b.view)
	needPgrep(t)
	done := make(chan error, 1)
	go func() { done <- b.Do(t.Context(), t.Context()) }()
	<-b.view.loading
	for wait := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(b.Files().Run); err == nil {
			break
		}
		if time.Now().After(wait) {
			t.Fatal("there is no run_TS.json while the load runs")
		}
	}
	facts := readFacts(t, b)
	if err := os.WriteFile(b.plan.Locustfile, []byte("x = 2\n"), 0o644); err != nil { // somebody goes on working
		t.Fatal(err)
	}
	if facts.Began == 0 || facts.Ended != 0 || facts.Info.Duration != 60 || strings.Contains(facts.Info.Host, "secret") {
		t.Errorf("facts while the load runs: %+v", facts)
	}
	for _, pid := range children(b.dir + "/locust ") {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
	if err := <-done; err == nil {
		t.Error("the run of a master that was killed has no error")
	}
	over := readFacts(t, b)
	if over.Ended == 0 {
		t.Error("run_TS.json of a run that is over says nothing of its end")
	}
	ran := sha256.Sum256([]byte("x = 1\n"))
	if want := hex.EncodeToString(ran[:]); over.Info.LocustfileSHA256 != want || facts.Info.LocustfileSHA256 != want {
		t.Errorf("the locustfile's hash is %s, and at the end %s, want %s: that of what ran", facts.Info.LocustfileSHA256, over.Info.LocustfileSHA256, want)
	}
}

// TestHashOfLocustfiles: what any file of several has in it counts, and what Locust does not load does not.
func TestHashOfLocustfiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a.py", "in/b.py", "in/deep/c.py", "in/_d.py", "in/e.txt"} {
		write(name, "x = 1\n")
	}
	list := dir + "/a.py," + dir + "/in"
	hash := func() string {
		t.Helper()
		h, err := run.HashOfLocustfile(list)
		if err != nil || len(h) != 64 {
			t.Fatalf("the hash is %q, %v", h, err)
		}
		return h
	}
	before := hash()
	for _, name := range []string{"a.py", "in/b.py", "in/deep/c.py"} {
		write(name, "x = 2\n")
		after := hash()
		if after == before {
			t.Errorf("another %s does not change the hash", name)
		}
		before = after
	}
	for _, name := range []string{"in/_d.py", "in/e.txt"} {
		write(name, "x = 2\n")
		if hash() != before {
			t.Errorf("%s changes the hash, but Locust does not load it", name)
		}
	}
}

// TestNotesAreToldOnce: the same notes are in the summary and in run_TS.json, each once, and without a password of any address.
func TestNotesAreToldOnce(t *testing.T) {
	t.Parallel()
	b := newBench(t, time.Second)
	b.plan.Host, b.plan.Scrape = "http://ann:hosts@api", []string{"http://ann:scrapes@db/metrics"}
	r := run.New(b.plan, b.dir, b.view)
	for _, note := range []string{"http://ann:hosts@api is slow", "http://ann:hosts@api is slow", "http://ann:scrapes@db/metrics says nothing", "http://ann:***@api is slow"} {
		r.Note(note)
	}
	want := []string{"http://ann:***@api is slow", "http://ann:***@db/metrics says nothing"}
	if got := r.Facts().Info.Notes; !slices.Equal(got, want) {
		t.Errorf("the notes of run_TS.json are %q, want %q", got, want)
	}
	if got := r.Summary().Run.Notes; len(got) < 2 || !slices.Equal(got[:2], want) {
		t.Errorf("the notes of the summary are %q, want %q", got, want)
	}
}
