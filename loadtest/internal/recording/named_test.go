package recording_test

import (
	"path/filepath"
	"strings"
	"testing"

	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/recording"
)

func TestNamed(t *testing.T) {
	t.Parallel()
	dir := files{
		"run_20260921_140000.json": "{}", "stats_20260921_150000_stats_history.csv": "", "timings_20260921_150000.csv": "", "shop_stats_history.csv": "", "notes.txt": "",
		"report_20260921_140000.html": "", "summary_20260921_170000.json": "",
	}.in(t)
	for _, test := range []struct{ why, name, want, says string }{
		{"a folder stands for all, the newest last", "", "shop 20260921_140000 20260921_150000", ""},
		{"a file of one", "run_20260921_140000.json", "20260921_140000", ""},
		{"one that is made of it", "report_20260921_140000.html", "20260921_140000", ""},
		{"one of several", "timings_20260921_150000.csv", "20260921_150000", ""},
		{"Locust's own, of loadtest", "stats_20260921_150000_stats_history.csv", "20260921_150000", ""},
		{"Locust's own", "shop_stats_history.csv", "shop", ""},
		{"no file of a run", "notes.txt", "", "notes.txt is no file of a run"},
		{"no file", "nothing.csv", "", "nothing.csv: there is no such file or folder"},
		{"a run without its files", "summary_20260921_170000.json", "", "no run 20260921_170000 in "},
	} {
		found, err := recording.Named(filepath.Join(dir, test.name))
		if test.says != "" {
			if err == nil || !strings.Contains(err.Error(), test.says) || fault.KindOf(err, 0) != fault.Usage {
				t.Errorf("%s: Named(%s) = %v, want a fault of usage that says %q", test.why, test.name, err, test.says)
			}
			continue
		}
		var names []string
		for _, f := range found {
			names = append(names, f.Name())
		}
		if got := strings.Join(names, " "); err != nil || got != test.want {
			t.Errorf("%s: Named(%s) = %q, %v, want %q", test.why, test.name, got, err, test.want)
		}
	}
}
