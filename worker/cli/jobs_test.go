package cli

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/timing"
	"gregaria/worker/internal/jobs"
	"gregaria/worker/internal/locust"
	"gregaria/worker/user"
)

const aJob = "POST /a -> GET /a until $.s = done"

func TestJobOptions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "jobs.txt")
	if err := os.WriteFile(file, []byte("# two\n"+aJob+"\nPOST /b -> GET /b until $.s = done\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		reason string
		args   []string
		env    map[string]string
		want   int
		says   string // of what is wrong
	}{
		{"none", nil, nil, 0, ""},
		{"one, and one more", []string{"--job", aJob, "--job=" + aJob}, nil, 2, ""},
		{"a variable of two lines", nil, map[string]string{"GREGARIA_JOB": aJob + "\n" + aJob}, 2, ""},
		{"the command line wins", []string{"--job", aJob}, map[string]string{"GREGARIA_JOB": "nonsense"}, 1, ""},
		{"a file, and one more", []string{"--jobs-file", file, "--job", aJob, "--job-timeout=1m30s"}, nil, 3, ""},
		{"a file by its variable", nil, map[string]string{"GREGARIA_JOBS_FILE": file}, 2, ""},
		{"wrong", []string{"--job", "POST /a"}, nil, 0, `--job: at "/a" (column 6)`},
		{"the second is wrong", []string{"--job", aJob, "--job", "POST /a"}, nil, 0, `--job: at "/a" (column 6)`},
		{"empty", []string{"--job="}, nil, 0, "--job: it is empty"},
		{"no file", []string{"--jobs-file=/nowhere/jobs.txt"}, nil, 0, "--jobs-file: open /nowhere/jobs.txt"},
		{"no time", []string{"--job", aJob, "--job-timeout=soon"}, nil, 0, "--job-timeout"},
		{"a time of 0", []string{"--job", aJob, "--job-timeout=0"}, nil, 0, "--job-timeout is 0"},
		{"a time without jobs", []string{"--job-timeout=1m"}, nil, 0, "--job-timeout is for jobs"},
	} {
		t.Run(tt.reason, func(t *testing.T) {
			for k, v := range tt.env {
				t.Setenv(k, v)
			}
			o, _, err := Program{}.parse(tt.args, &bytes.Buffer{})
			if tt.says != "" {
				var errs bytes.Buffer
				if code := (Program{}).run(t.Context(), tt.args, &bytes.Buffer{}, &errs); code != exitcode.Usage || !strings.Contains(errs.String(), tt.says) || strings.Count(errs.String(), "\n") != 1 {
					t.Errorf("exit code %d, %q, want 2 and one line with %q", code, &errs, tt.says)
				}
				return
			}
			if err != nil || len(o.Jobs.all) != tt.want {
				t.Errorf("%d jobs, %v, want %d", len(o.Jobs.all), err, tt.want)
			}
			if o.Jobs.isTimed && o.Jobs.timeout != 90*time.Second {
				t.Errorf("--job-timeout is %v", o.Jobs.timeout)
			}
		})
	}
}

type recorded []user.Request

func (r *recorded) Record(q user.Request) { *r = append(*r, q) }

type stopping struct{ locust.Users }

func (stopping) Spawn(_ locust.Job, done func())   { done() }
func (stopping) Stop(_ time.Duration, done func()) { done() }

// TestJobUsers gives up the jobs that are open when the users have stopped, before those who wait for that hear of it.
func TestJobUsers(t *testing.T) {
	t.Parallel()
	var below recorded
	all, err := jobs.ParseLines(aJob)
	if err != nil {
		t.Fatal(err)
	}
	shard := func() user.Recorder { return &below }
	table := (&jobOptions{all: all}).table()
	users := withJobs(stopping{}, table.Party(shard, slog.New(slog.DiscardHandler)))
	users.Spawn(locust.Job{}, func() {})
	watched(table, shard)().Record(user.Request{Type: "POST", Name: "/a", Answer: []byte(`{"id":1}`)})
	if len(below) != 1 {
		t.Fatalf("recorded %v, want the request alone", below)
	}
	users.Stop(0, func() {
		if len(below) != 2 || !below[1].Incomplete || below[1].Type != timing.Job {
			t.Errorf("recorded %v when the users have stopped, want the job, incomplete", below)
		}
	})
	if _, plain := watched((&jobOptions{}).table(), shard)().(*recorded); !plain || withJobs(stopping{}, nil) != (stopping{}) {
		t.Error("without jobs there is something between users and recorder")
	}
}
