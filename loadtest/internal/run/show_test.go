package run

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gregaria/internal/locustweb"
	"gregaria/internal/resource"
	"gregaria/loadtest/internal/plan"
	"gregaria/loadtest/internal/progress"
)

// TestOfLocust: what Locust says where nothing else is known; nothing where it does not know either.
func TestOfLocust(t *testing.T) {
	t.Parallel()
	r := &Run{plan: plan.Plan{Duration: time.Minute}, began: time.Now()}
	snapshot := locustweb.Snapshot{State: locustweb.StateSpawning, Users: 3, Rows: []locustweb.Row{{Name: locustweb.Aggregated}}}
	r.watch.See(time.Second, snapshot, progress.Value{})
	got := r.ofLocust()
	got.Elapsed = 0
	if diff := cmp.Diff(progress.Status{Phase: "ramp", Duration: time.Minute, Users: 3}, got); diff != "" {
		t.Errorf("before the first report (-want +got):\n%s", diff)
	}
	snapshot.State, snapshot.RPS, snapshot.Percentiles = locustweb.StateRunning, 20, map[string]*float64{"response_time_percentile_0.5": new(4.0), "response_time_percentile_0.95": new(9.0)}
	snapshot.Rows[0] = locustweb.Row{Name: locustweb.Aggregated, Requests: 21, Failures: 2, FailuresPS: 0.5}
	r.watch.See(4*time.Second, snapshot, progress.Value{})
	got = r.ofLocust()
	got.Elapsed = 0
	want := progress.Status{
		Phase: "steady", Duration: time.Minute, Users: 3, RPS: progress.Known(20, true), FailuresPS: progress.Known(0.5, true), Requests: 21, Failures: 2,
		P50: progress.Known(4, true), P95: progress.Known(9, true),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after it (-want +got):\n%s", diff)
	}
}

func TestOfPlugin(t *testing.T) {
	t.Parallel()
	locust := progress.Status{Users: 3, Requests: 21, Failures: 1, P50: progress.Known(7, true), P95: progress.Known(70, true)}
	for _, test := range []struct {
		reason string
		moment locustweb.Moment
		want   progress.Status
	}{
		{
			"the first seconds: no worker has told yet",
			locustweb.Moment{Users: 5},
			progress.Status{Users: 5, Requests: 21, Failures: 1, P50: progress.Known(7, true), P95: progress.Known(70, true), Seconds: []progress.Second{}},
		},
		{
			"the last three seconds, one of them new",
			locustweb.Moment{
				Users: 5, Requests: 30, Failures: 2, Now: &locustweb.Span{Seconds: 3, Requests: 27, Failures: 3, P50: new(4.0), P95: new(9.0)},
				Seconds: []locustweb.Second{{At: 9, Span: locustweb.Span{Seconds: 1, Requests: 8, Failures: 1, P50: new(5.0), P95: new(8.0)}}},
			},
			progress.Status{
				Users: 5, RPS: progress.Known(9, true), FailuresPS: progress.Known(1, true), Requests: 30, Failures: 2, P50: progress.Known(4, true), P95: progress.Known(9, true),
				Seconds: []progress.Second{{RPS: 8, FailuresPS: 1, P50: progress.Known(5, true), P95: progress.Known(8, true)}},
			},
		},
		{
			"workers in Python: Locust's times",
			locustweb.Moment{
				Users: 5, Requests: 30, Now: &locustweb.Span{Seconds: 3, Requests: 27},
				Seconds: []locustweb.Second{{At: 9, Span: locustweb.Span{Seconds: 1, Requests: 8}}},
			},
			progress.Status{
				Users: 5, RPS: progress.Known(9, true), FailuresPS: progress.Known(0, true), Requests: 30, Failures: 1, P50: progress.Known(7, true), P95: progress.Known(70, true),
				Seconds: []progress.Second{{RPS: 8, P50: progress.Known(7, true), P95: progress.Known(70, true)}},
			},
		},
		{
			"nothing came: there are no times",
			locustweb.Moment{Users: 5, Now: &locustweb.Span{Seconds: 3}},
			progress.Status{Users: 5, RPS: progress.Known(0, true), FailuresPS: progress.Known(0, true), Requests: 21, Failures: 1, Seconds: []progress.Second{}},
		},
	} {
		if diff := cmp.Diff(test.want, ofPlugin(locust, test.moment)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}

// TestResourcesOfTheTarget: the host of the process under test, as far as anybody knows.
func TestResourcesOfTheTarget(t *testing.T) {
	t.Parallel()
	now := time.Now().Unix()
	const head = "Timestamp," + resource.CPUPercent + "," + resource.ProcessCPUCores + ",GPU0_Load_Percent\n"
	process := progress.Process{Cores: progress.Known(0.9, true)}
	for _, test := range []struct {
		reason, host     string
		here, api, other string
		want             progress.Status
	}{
		{"the process is here", "http://api", "1,0.9,", "2,0.9,", "3,,", progress.Status{CPU: progress.Known(1, true), Process: process}},
		{"the host of --host has a monitor", "http://API:8000", "1,,", "2,,", "3,0.9,", progress.Status{Host: "api", CPU: progress.Known(2, true)}},
		{"a monitor watches a process", "http://balancer", "1,,", "2,,", "3,0.9,40", progress.Status{Host: "other", CPU: progress.Known(3, true), Process: process, GPUs: []progress.GPU{{Load: progress.Known(40, true)}}}},
		{"nobody does", "http://balancer", "1,,", "2,,", "3,,", progress.Status{CPU: progress.Known(1, true)}},
		{"the host of --host is silent", "http://api", "1,,", "", "3,,", progress.Status{Host: "api"}},
	} {
		dir := t.TempDir()
		r := &Run{plan: plan.Plan{Host: test.host, MonitorInterval: time.Second}}
		r.files.Metrics = filepath.Join(dir, "metrics.csv")
		for i, cells := range []string{test.here, test.api, test.other} {
			path := filepath.Join(dir, fmt.Sprint(i))
			if i == 0 {
				path = r.files.Metrics
			} else {
				r.files.Hosts = append(r.files.Hosts, path)
				r.plan.Monitors = append(r.plan.Monitors, &url.URL{Scheme: "http", Host: []string{"api:9647", "other:9647"}[i-1]})
			}
			at := now
			if cells == "" { // a row of a minute ago
				at, cells = now-60, "99,9,99"
			}
			if err := os.WriteFile(path, fmt.Appendf(nil, "%s%d,%s\n", head, at, cells), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var got progress.Status
		r.addResources(&got)
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.reason, diff)
		}
	}
}
