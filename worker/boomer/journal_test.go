package boomer

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/requestline"
	"gregaria/worker/internal/requestlog"
)

// logInto makes the rig's requests be logged, in a log of its own, which is closed with the returned function.
func (r *rig) logInto(path string) (closed func()) {
	r.t.Setenv(requestLog, path)
	r.journal = &journal{}
	return func() {
		if err := r.journal.log.Close(); err != nil {
			r.t.Error(err)
		}
	}
}

// requestLines reads a request log, without the times.
func requestLines(t *testing.T, path string) (all []map[string]any) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		line := map[string]any{}
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("%q: %v", lines.Text(), err)
		}
		delete(line, requestline.Timestamp)
		delete(line, requestline.Time)
		all = append(all, line)
	}
	return all
}

// TestRequestLog: what is recorded is a line, in as many words as are known, once, and on the disk when EVENT_QUIT comes, also of a
// Boomer that runs again. What is recorded when nobody is told any more has none.
func TestRequestLog(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		closed := r.logInto(path)
		defer closed()
		atQuit := 0
		r.on(EVENT_QUIT, func() { atQuit = len(requestLines(t, path)) })
		task := &Task{Fn: func() {
			r.RecordSuccess("GET", "/page", 12, 100)
			r.RecordFailure("POST", "/page", 15, "status 500")
			r.RecordSuccessDuration("GET", "/quick?token=tik", 1500*time.Microsecond, 0)
			over := make(chan struct{})
			go func() { r.RecordFailureDuration("tcp", "push", time.Second, 7, ""); close(over) }()
			<-over
			<-r.Stopping()
		}}
		for run := range 2 {
			r.master = newRig(t).master
			r.Run(task)
			r.spawn(map[string]int{"Shopper": 1}, 0, time.Second)
			worker := r.messages("client_ready")[0].NodeID
			r.Quit()
			r.got = nil
			r.RecordSuccess("GET", "/after", 1, 1)
			base := map[string]any{"worker": worker, "index": 0.0}
			of := func(more map[string]any) map[string]any {
				for key, value := range base {
					more[key] = value
				}
				return more
			}
			want := []map[string]any{
				of(map[string]any{"user": "Shopper", "type": "GET", "name": "/page", "response_ms": 12.0, "length_bytes": 100.0}),
				of(map[string]any{"user": "Shopper", "type": "POST", "name": "/page", "response_ms": 15.0, "length_bytes": 0.0, "failure": "status 500"}),
				of(map[string]any{"user": "Shopper", "type": "GET", "name": "/quick?token=***", "response_ms": 1.5, "length_bytes": 0.0}),
				of(map[string]any{"type": "tcp", "name": "push", "response_ms": 1000.0, "length_bytes": 7.0, "failure": noReason}),
			}
			got := requestLines(t, path)
			if atQuit != len(got) {
				t.Errorf("run %d: %d lines when EVENT_QUIT came, %d in the end", run, atQuit, len(got))
			}
			got = got[min(run*len(want), len(got)):]
			slices.SortFunc(got, func(a, b map[string]any) int { // shards are written one after another
				return slices.IndexFunc(want, func(w map[string]any) bool { return cmp.Equal(w, a) }) -
					slices.IndexFunc(want, func(w map[string]any) bool { return cmp.Equal(w, b) })
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("run %d: lines (-want +got):\n%s", run, diff)
			}
		}
	})
}

// TestRequestLogIsWhatIsReported, with users who are cut off, in tests with and without a rate, and tasks that are loops.
func TestRequestLogIsWhatIsReported(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		closed := r.logInto(path)
		defer closed()
		var n atomic.Int64
		r.Run(counted(r.Boomer, "short", 1, 20*time.Millisecond, &n), counted(r.Boomer, "long", 1, 700*time.Millisecond, &n),
			&Task{Name: "loop", Fn: func() {
				for range 1000 {
					time.Sleep(50 * time.Millisecond)
					r.RecordSuccess("task", "loop", 50, 1)
				}
			}})
		for _, rate := range []float64{0, 30} {
			r.spawnAt(10, rate)
			time.Sleep(7 * time.Second)
			r.stop(3 * time.Second)
		}
		r.Quit()
		got, late, scheduled := map[string]int64{}, int64(0), 0
		for _, line := range requestLines(t, path) {
			if line["incomplete"] != true {
				got[line["name"].(string)]++
			}
			if line["lateness_ms"] != nil {
				late++
			}
			if line["scheduled_ms"] != nil {
				scheduled++
			}
		}
		if diff := cmp.Diff(r.requests(), got); diff != "" || got["loop"] == 0 || got["short"] == 0 {
			t.Errorf("lines of each name (-reported +lines):\n%s", diff)
		}
		if begun, _, _, _, _, _ := r.told(); late == 0 || late > begun || int64(scheduled) <= late {
			t.Errorf("%d lines have a lateness and %d a time as scheduled, want one of each of %d tasks and more of loops", late, scheduled, begun)
		}
	})
}

// TestRequestLogStandalone has no master, and CSV.
func TestRequestLogStandalone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.csv")
	synctest.Test(t, func(t *testing.T) {
		r := &rig{t: t, Boomer: NewStandaloneBoomer(2, 2)}
		r.quiet()
		closed := r.logInto(path)
		defer closed()
		var n atomic.Int64
		time.AfterFunc(10*time.Second, r.Quit)
		r.Run(counted(r.Boomer, "a", 1, time.Second, &n))
		file, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		rows, err := csv.NewReader(file).ReadAll()
		if err != nil || int64(len(rows)) != n.Load()+1 || n.Load() < 10 || rows[1][2] != alone || rows[1][4] != alone {
			t.Errorf("%d rows, the second %v, %v; want one for each of %d tasks, and a header", len(rows), rows[1], err, n.Load())
		}
	})
}

func TestRequestLogSample(t *testing.T) {
	path := filepath.Join(t.TempDir(), "requests.jsonl")
	t.Setenv(requestLogSample, "1%")
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		closed := r.logInto(path)
		defer closed()
		r.Run(&Task{Fn: func() {
			time.Sleep(10 * time.Millisecond)
			r.RecordSuccess("GET", "/page", 10, 1)
		}}, &Task{Fn: func() {
			time.Sleep(10 * time.Millisecond)
			r.RecordFailure("GET", "/fails", 10, "no")
		}})
		r.spawn(map[string]int{"User": 10}, 0, 10*time.Second)
		r.stop(time.Second)
		r.Quit()
		kept := map[any]int64{}
		for _, line := range requestLines(t, path) {
			kept[line["name"]]++
		}
		sums := r.requests()
		if kept["/fails"] != sums["/fails"] || kept["/page"] == 0 || kept["/page"] > sums["/page"]/10 {
			t.Errorf("%v lines of %v requests, want all that failed and few others", kept, sums)
		}
	})
}

// TestWrongRequestLog: nothing begins, and whoever waits is told why.
func TestWrongRequestLog(t *testing.T) {
	full := filepath.Join(t.TempDir(), "full.jsonl")
	if err := os.WriteFile(full, []byte("precious\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		path, sample, want string
		is                 error // nil: any
		code               int
	}{
		{"requests.jsonl", "1", "GREGARIA_REQUEST_LOG_SAMPLE=1: it must be percents above 0%, at most 100%, such as 1%", requestline.ErrShare, 2},
		{"requests.jsonl", "0%", "GREGARIA_REQUEST_LOG_SAMPLE=0%: it must be", requestline.ErrShare, 2},
		{"", "1%", "GREGARIA_REQUEST_LOG_SAMPLE says how much of GREGARIA_REQUEST_LOG to write: set that, too", nil, 2},
		{"-", "", "GREGARIA_REQUEST_LOG=-: standard output has what the program prints", nil, 2},
		{full, "", "GREGARIA_REQUEST_LOG=" + full + ": the file is not empty", requestlog.ErrExists, 2},
		{filepath.Join(full, "x"), "", "GREGARIA_REQUEST_LOG=" + filepath.Join(full, "x") + ": open", nil, 5},
	} {
		t.Run(tt.want, func(t *testing.T) {
			t.Setenv(requestLogSample, tt.sample)
			synctest.Test(t, func(t *testing.T) {
				r := newRig(t)
				r.logInto(tt.path)
				var out bytes.Buffer
				r.WithLogger(log.New(&out, "", 0))
				quit := false
				r.on(EVENT_QUIT, func() { quit = true })
				r.Run(&Task{Fn: func() { t.Error("a task was begun") }})
				err := r.Wait()
				if err == nil || !strings.HasPrefix(err.Error(), tt.want) || journalCode(err) != tt.code || !quit {
					t.Errorf("Wait = %v, code %d, quit: %v; want %q", err, journalCode(err), quit, tt.want)
				}
				if tt.is != nil && !errors.Is(err, tt.is) {
					t.Errorf("%v is no %v", err, tt.is)
				}
				if text := strings.TrimSuffix(out.String(), "\n"); text != "ERROR: "+err.Error() {
					t.Errorf("the log has %q, want one line", text)
				}
				if n := len(r.messages("client_ready")); n > 0 {
					t.Errorf("the master was asked %d times", n)
				}
				r.SendCustomMessage("a", 1)
				r.Quit()
			})
		})
	}
}

// TestWrongRequestLogOfAProgram: a program of Run ends with one line, before it asks a master.
func TestWrongRequestLogOfAProgram(t *testing.T) {
	if os.Getenv("BOOMER_TEST_PROGRAM") != "" {
		standard.AddOutput(loudly{})
		Run(&Task{Fn: func() {}})
		return
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestWrongRequestLogOfAProgram$")
	cmd.Env = append(os.Environ(), "BOOMER_TEST_PROGRAM=1", requestLog+"=-")
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 2 {
		t.Errorf("the program ends with %v, want exit code 2", err)
	}
	if text := string(out); strings.Count(text, "\n") != 1 || !strings.Contains(text, "GREGARIA_REQUEST_LOG=-: standard output has what the program prints") {
		t.Errorf("it says %q, want one line", text)
	}
}

// loudly is an output that says when it begins.
type loudly struct{}

func (loudly) OnStart()                       { log.Println("output started") }
func (loudly) OnEvent(map[string]interface{}) {}
func (loudly) OnStop()                        {}
