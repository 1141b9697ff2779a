package threshold_test

import (
	"fmt"
	"strings"
	"testing"

	"gregaria/loadtest/internal/threshold"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ why, text, want string }{
		{"a percentile", "p95 < 800ms", "p95 < 800ms"},
		{"no spaces are needed", "p95<800ms", "p95 < 800ms"},
		{"an endpoint", "POST /api/v1/story: p99 < 2s", "POST /api/v1/story: p99 < 2s"},
		{"an endpoint has what it likes in its name", "GET http://a:80/?q=1<2: the end: p99.9 <= 1.5 min", "GET http://a:80/?q=1<2: the end: p99.9 <= 1.5min"},
		{"all requests by Locust's name", "Aggregated: p50 < 1s", "p50 < 1s"},
		{"the median", "median < 1s", "p50 < 1s"},
		{"the phase may be said", "response p95 < 1s", "p95 < 1s"},
		{"a share in percent", "fail_ratio < 1%", "fail_ratio < 1%"},
		{"a share as a number", "fail_ratio < 0.01", "fail_ratio < 0.01"},
		{"a rate", "rps > 50", "rps > 50"},
		{"a rate with its unit", "rps >= 3000/min", "rps >= 3000/min"},
		{"a phase", "first_event p95 < 2s", "first_event p95 < 2s"},
		{"between the events of streams", "POST /chat: gap max < 2s", "POST /chat: gap max < 2s"},
		{"lateness", "Lateness P99 < 100 ms", "lateness p99 < 100ms"},
		{"as scheduled", "scheduled mean < 1s", "scheduled avg < 1s"},
		{"a kind", "job p95 < 30s", "job p95 < 30s"},
		{"a kind of an endpoint", "POST /story: job fail_ratio < 1%", "POST /story: job fail_ratio < 1%"},
		{"a column by its name", "CPU_Percent < 90", "CPU_Percent < 90"},
		{"in small letters, with a percent sign", "cpu_percent max < 90 %", "CPU_Percent max < 90%"},
		{"of a machine", "cpu_percent@api p95 < 80", "CPU_Percent@api p95 < 80"},
		{"points and no unit", "process.rss < 1GB", "Process_RSS_MB < 1GB"},
		{"growth", "process.rss_slope < 1MB/min", "Process_RSS_MB_slope < 1MB/min"},
		{"growth of a count, downwards", "process.open_files_slope > -1/min", "Process_Open_Files_slope > -1/min"},
		{"growth on a machine", "process.rss_slope@api < 1KiB/s", "Process_RSS_MB_slope@api < 1KB/s"},
		{"the memory of a GPU in percent", "gpu0.memory < 95%", "GPU0_Memory < 95%"},
		{"and in size", "gpu1.memory max < 20GB", "GPU1_Memory max < 20GB"},
		{"its growth is of a size", "gpu0.memory_slope < 1MB/min", "GPU0_Memory_slope < 1MB/min"},
		{"a disk", "Disk_nvme0n1_Await_MS max < 20ms", "Disk_nvme0n1_Await_MS max < 20ms"},
		{"a link with a point in its name", "network_interface_eth0.100_link_percent < 80", "Network_Interface_eth0.100_Link_Percent < 80"},
		{"a rate of bytes", "network_transmit < 100MB/s", "Network_Transmit_MB_Per_Second < 100MB/s"},
		{"cores", "process.cpu < 1.5 cores", "Process_CPU_Cores < 1.5cores"},
		{"events", "memory_oom_kills sum < 1", "Memory_OOM_Kills sum < 1"},
		{"the whole load", "p95 < 800ms over all", "p95 < 800ms over all"},
		{"the steady phase is usual", "p95 < 800ms over steady", "p95 < 800ms"},
		{"exceptions are of the whole test", "exceptions < 1 over all", "exceptions < 1"},
		{"the baseline", "p95 <= baseline", "p95 <= baseline"},
		{"more than the baseline", "POST /a: p95 <= baseline*1.10 over all", "POST /a: p95 <= baseline * 1.1 over all"},
		{"a percentage more", "p95 <= baseline + 10%", "p95 <= baseline * 1.1"},
		{"a percentage less", "rps >= baseline - 5 %", "rps >= baseline * 0.95"},
		{"missed tasks", "missed <= 0", "missed <= 0"},
	} {
		checks, err := threshold.Parse([]string{test.text})
		if err != nil || checks[0].String() != test.want || checks[0].Text != test.text {
			t.Errorf("%s: Parse(%q) = %v, %v, want %q", test.why, test.text, checks, err, test.want)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ why, text, says string }{
		{"nothing", " ", "it compares nothing"},
		{"two lines", "p95 < 800ms\nrps > 5", "a check is one line of text"},
		{"no operator", "p95 800ms", "it compares nothing"},
		{"equality is no limit", "p95 == 800ms", `"==" is no operator here: take <, <=, > or >=`},
		{"turned round", "p95 =< 800ms", `"=<" is no operator`},
		{"no name", "< 800ms", "it says nothing to measure"},
		{"no limit", "p95 <", `"" is no limit`},
		{"no number", "p95 < fast", `"fast" is no limit`},
		{"two points", "p95 < 1.2.3s", `is no limit`},
		{"a time without a unit", "p95 < 800", "p95 is a time and 800 has no unit: write it like 800ms"},
		{"a percent of a time", "p95 < 5%", `p95 is a time, which "%" does not fit`},
		{"an unknown unit", "p95 < 800msec", `which "msec" does not fit: write it like 800ms (us, ms, s, min, h)`},
		{"a time of a share", "fail_ratio < 1s", `fail_ratio is a share, which "s" does not fit`},
		{"always so", "fail_ratio < 5", "write 5 as 5%"},
		{"a percent of a size", "process.rss < 95%", `Process_RSS_MB is a size, which "%" does not fit`},
		{"a size without a unit", "process.rss < 500", "is a size and 500 has no unit: write it like 512MB"},
		{"a slope without time", "process.rss_slope < 1MB", `is growth of a size, which "MB" does not fit: write it like 1MB/min`},
		{"a unit of a count", "requests > 10s", `requests is a count, which "s" does not fit: write it like 100`},
		{"a misspelt percentile", "q95 < 1s", `"q95" is nothing that is measured; did you mean p95?`},
		{"a misspelt count", "fail_rate < 1%", "did you mean fail_ratio?"},
		{"a misspelt phase", "first_evnt p95 < 1s", "did you mean first_event?"},
		{"a misspelt column", "cpu_persent < 90", "did you mean cpu_percent?"},
		{"a misspelt column of a GPU", "gpu1.lode < 90", "did you mean gpu1_load?"},
		{"a misspelt statistic", "wait medain < 1s", `"medain" is no statistic`},
		{"p100", "p100 < 1s", `"p100" is nothing that is measured`},
		{"a phase is many values", "wait < 1s", "wait has many values: say which, such as 'wait p95'"},
		{"a phase without histograms", "download p95 < 1s", "download has percentiles of single seconds alone, which make none of a run: take response, wait, connect"},
		{"many gaps", "gap < 1s", "gap has many values: say which, such as 'gap p95'"},
		{"a misspelt gap", "gaps p95 < 1s", "did you mean gap?"},
		{"a sum with a baseline", "p95 <= baseline + 10ms", `"baseline + 10ms" is no limit: write baseline, baseline * 1.10 or baseline + 10%`},
		{"nothing of a baseline", "p95 <= baseline * 0", "is no limit"},
		{"a baseline with a unit", "p95 <= baselines", "is no limit"},
		{"growth and a baseline", "process.rss_slope < baseline", "give it a limit of its own"},
		{"a count is one value", "rps p95 > 5", "rps is one number, there is no p95 of it"},
		{"a slope is one value", "process.rss_slope max < 1MB/min", "there is no max of it"},
		{"the sum of times", "wait sum < 1s", "say which"},
		{"as a function", "max(cpu_percent) < 95", "such as 'cpu_percent max'"},
		{"an endpoint without a space", "/a:p95 < 1s", "behind an endpoint write a colon and a space"},
		{"a machine written as an endpoint", "api: cpu_percent < 80", "it is written CPU_Percent@host"},
		{"an empty endpoint", ": p95 < 1s", "there is no endpoint before the colon"},
		{"an empty host", "cpu_percent@ < 1", "names no host"},
		{"ambiguous", "container.cpu < 1", "may be Container_CPU_Cores or Container_CPU_Percent: say which"},
		{"text", "run_state < 1", "nothing that is measured"},
		{"a window that is not there", "p95 < 1s over ramp", `"ramp" is no part of a run`},
		{"exceptions have no time", "exceptions < 1 over steady", "leave 'over steady' out"},
		{"growth over the ramp", "process.rss_slope < 1MB/min over all", "leave 'over all' out"},
		{"a column of a job", "job cpu_percent < 1", "nothing that is measured of a job"},
		{"exceptions of an endpoint", "/a: exceptions < 1", "are not counted by endpoint"},
	} {
		checks, err := threshold.Parse([]string{"p50 < 1s", test.text})
		if err == nil || !strings.Contains(err.Error(), test.says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: Parse(%q) = %v, %v, want an error with %q", test.why, test.text, checks, err, test.says)
		}
	}
}

func TestSpeak(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]bool{
		"p95 < 1s": {}, "fail_ratio < 1%": {true, false}, "failures <= 3 over all": {true, false}, "exceptions < 1": {false, true},
		"GET /a: fail_ratio < 1%": {}, "job fail_ratio < 1%": {},
	} {
		if failures, raised := threshold.Speak(parse(t, text)); failures != want[0] || raised != want[1] {
			t.Errorf("Speak(%q) = %v, %v, want %v", text, failures, raised, want)
		}
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	checks := parse(t, "cpu_percent < 90", "cpu_percent@localhost < 90", "cpu_percent@api < 90")
	if err := threshold.Hosts(checks, []string{"api", "db"}); err != nil {
		t.Errorf("Hosts(api, db) = %v, want none", err)
	}
	err := threshold.Hosts(parse(t, "cpu_percent@apo < 90"), []string{"api", "db"})
	if err == nil || !strings.Contains(err.Error(), "did you mean api?") {
		t.Errorf("Hosts with apo = %v, want the nearest", err)
	}
}

func parse(t *testing.T, texts ...string) []threshold.Check {
	t.Helper()
	checks, err := threshold.Parse(texts)
	if err != nil {
		t.Fatal(err)
	}
	return checks
}

// FuzzParse: what a check is written as is the same check, and errors are one line.
func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"p95 < 800ms", "POST /api/v1/story: p99 < 2s over all", "fail_ratio<0.01", "rps >= 50/min", "job p95 < 30s", "cpu_percent@api max < 90%", "process.rss_slope < -1MB/min",
		"gpu0.memory < 95%", "disk_sd a: b: p50 > 1s", "network_interface_eth0.1_link < 4", "exceptions < 1", "a:: p99.99 <= 0.001 us", "gpu1.mig2.memory_used < 1GiB", "x{a=\"b\",c!~'d'} p95 < 5/s", "heap_bytes_slope{} < 1MB/min", "p95 < 1\n s", "p95 <= baseline * 1.10", "rps>=baseline-5%",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checks, err := threshold.Parse([]string{text})
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("Parse(%q) has an error of several lines: %v", text, err)
			}
			return
		}
		written := checks[0].String()
		again, err := threshold.Parse([]string{written})
		if err != nil {
			t.Fatalf("Parse(%q) is written %q, which is refused: %v", text, written, err)
		}
		again[0].Text = checks[0].Text
		if again[0] != checks[0] {
			t.Errorf("Parse(%q) = %+v, and as written, %q, %+v", text, checks[0], written, again[0])
		}
	})
}

func ExampleParse() {
	checks, err := threshold.Parse([]string{"POST /api/v1/story: P99<2 s", "process.rss_slope < 1mb/min"})
	fmt.Println(checks, err)
	_, err = threshold.Parse([]string{"fail_rate < 1%"})
	fmt.Println(err)
	// Output:
	// [POST /api/v1/story: p99 < 2s Process_RSS_MB_slope < 1MB/min] <nil>
	// "fail_rate < 1%": "fail_rate" is nothing that is measured; did you mean fail_ratio? (docs/checks.md has all names)
}
