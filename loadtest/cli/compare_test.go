package cli_test

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gregaria/internal/exitcode"
	"gregaria/loadtest/cli"
	"gregaria/loadtest/internal/comparison"
	"gregaria/loadtest/internal/recording/recordingtest"
)

// written is a folder with the files of runs, an hour apart, whose requests take so long.
func written(t *testing.T, users int, medians ...float64) string {
	t.Helper()
	dir := t.TempDir()
	for i, median := range medians {
		load := recordingtest.Load{Began: 1_790_000_000 + int64(3600*i), Seconds: 130, Ramp: 5, Users: users, Endpoints: 2, Rate: 60, Seed: uint64(median) + uint64(10*i), Median: median}
		if _, err := load.Write(dir); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestCompare runs the command on files.
func TestCompare(t *testing.T) {
	t.Parallel()
	base, same, slow, more := written(t, 20, 40), written(t, 20, 40), written(t, 20, 60), written(t, 30, 40)
	three, slowThree := written(t, 20, 40, 41, 42), written(t, 20, 60, 61, 62)
	timings := func(dir string) string {
		all, err := filepath.Glob(filepath.Join(dir, "timings_*.csv"))
		if err != nil || len(all) == 0 {
			t.Fatal(all, err)
		}
		return all[0]
	}
	strange := filepath.Join(t.TempDir(), "notes.txt")
	if err := os.WriteFile(strange, []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		why    string
		args   []string
		code   int
		stdout string
		stderr string
	}{
		{"the same server", []string{base, same}, exitcode.OK, "One run each: noise between runs is unknown.", ""},
		{"half as slow again", []string{base, slow}, exitcode.Failed, "Worse: p50 of all requests is slower, +5", ""},
		{"and the other way round", []string{slow, base}, exitcode.OK, "Better: p50 of all requests is faster, -3", ""},
		{"files of runs", []string{timings(base), timings(slow)}, exitcode.Failed, "Worse: p50 of all requests", ""},
		{"what the effect allows", []string{"--effect=80%", base, slow}, exitcode.OK, "no difference larger than 80 %", ""},
		{"three runs in a folder", []string{three, slowThree}, exitcode.Failed, "3 and 3 runs: the difference of their medians", ""},
		{"three runs in two folders", []string{base + "," + three, slowThree}, exitcode.Failed, "4 and 3 runs", ""},
		{"one of three runs", []string{timings(three), slow}, exitcode.Failed, "One run each", ""},
		{"other users", []string{base, more}, exitcode.Usage, "", "loadtest: compare: these runs cannot be compared (users: 20 and 30); --anyway compares them all the same\n"},
		{"other users all the same", []string{base, more, "--anyway"}, exitcode.OK, "Hard to compare, users: 20 and 30.", ""},
		{"no second side", []string{base}, exitcode.Usage, "", "see loadtest compare --help"},
		{"an effect without its sign", []string{"--effect=0.05", base, same}, exitcode.Usage, "", `--effect: "0.05": write a percentage above 0% and below 100%, such as 5%; see loadtest compare --help`},
		{"an effect of everything", []string{"--effect=100%", base, same}, exitcode.Usage, "", "write a percentage"},
		{"a flag that is none", []string{"--efect=5%", base, same}, exitcode.Usage, "", "efect"},
		{"no such folder", []string{base, "nowhere"}, exitcode.Usage, "", "loadtest: no run at nowhere: there is no such file or folder\n"},
		{"a folder without a run", []string{base, filepath.Dir(strange)}, exitcode.Usage, "", "no run in "},
		{"a file of no run", []string{base, strange}, exitcode.Usage, "", "notes.txt is no file of a run: name its folder, or a file such as summary_TS.json or stats_TS_stats.csv\n"},
		{"twice on one side", []string{base + "," + base, same}, exitcode.Usage, "", " is named twice\n"},
		{"on both sides", []string{base, base}, exitcode.Usage, "", " is on both sides\n"},
		{"a page that cannot be written", []string{"--html=" + filepath.Join(strange, "page.html"), base, same}, exitcode.Output, "", "loadtest: compare: write " + filepath.Join(strange, "page.html") + ": "},
		{"help", []string{"--help"}, exitcode.OK, "--effect=PERCENT", ""},
	} {
		var stdout, stderr bytes.Buffer
		code := cli.Main(append([]string{"compare"}, c.args...), &stdout, &stderr)
		if code != c.code || !strings.Contains(stdout.String(), c.stdout) || !strings.Contains(stderr.String(), c.stderr) {
			t.Errorf("%s: exit code %d, want %d and %q, %q\n%s%s", c.why, code, c.code, c.stdout, c.stderr, stdout.String(), stderr.String())
		}
		if c.code == exitcode.Usage && (stdout.Len() > 0 || strings.Count(stderr.String(), "\n") != 1) {
			t.Errorf("%s: %q on standard output, %q on standard error, want a line there alone", c.why, stdout.String(), stderr.String())
		}
	}
	file := filepath.Join(t.TempDir(), "compare.html")
	if code := cli.Main([]string{"compare", "--html", file, base, slow}, io.Discard, io.Discard); code != exitcode.Failed {
		t.Errorf("--html: exit code %d, want %d as without", code, exitcode.Failed)
	}
	if page, err := os.ReadFile(file); err != nil || !bytes.Contains(page, []byte("p95, base")) || !bytes.Contains(page, []byte(">slower<")) {
		t.Errorf("--html wrote %.100s, %v", page, err)
	}
	var stdout, stderr bytes.Buffer
	var result comparison.Result
	if code := cli.Main([]string{"compare", "--json", base, slow}, &stdout, &stderr); code != exitcode.Failed || json.Unmarshal(stdout.Bytes(), &result) != nil {
		t.Fatalf("--json: exit code %d\n%s%s", code, stdout.String(), stderr.String())
	}
	if result.Schema != comparison.Schema || result.Outcome != comparison.Worse || len(result.Rows) < 15 {
		t.Errorf("--json = %+v", result)
	}
}
