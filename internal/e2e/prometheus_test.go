//go:build e2e

package e2e

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestDashboard has a real Prometheus, with the scrape config that deploy/ offers, scrape a worker and a monitor during a
// real run, and asks it every query of the dashboard. What Prometheus counted must be what the target served.
func TestDashboard(t *testing.T) {
	t.Parallel()
	binary := prometheusProgram(t, "prometheus")
	workerPort, monitorPort := freePort(t), freePort(t)
	server := startTarget(t, flaky())
	m := startWebMaster(t, server.URL())
	start(t, command{name: "worker", path: program("worker"), args: []string{
		"--compiled", "--master-host=127.0.0.1", "--master-port=" + m.port, "--listen=:" + workerPort,
	}})
	start(t, command{
		name: "monitor", path: program("monitor"), args: []string{"--no-csv", "--listen=:" + monitorPort}, env: stubGPUs(t, oneGPU),
	})
	p := startPrometheus(t, binary, workerPort, monitorPort)
	m.awaitWorkers(t, 1)
	m.web.swarm(t, 20, 20)
	m.web.awaitUsers(t, 20)

	d := readDashboard(t)
	if n := len(d.queries()); n < 15 {
		t.Fatalf("the dashboard has queries in %d panels, want more: does the test still read its form?", n)
	}
	for panel, queries := range d.queries() {
		for _, query := range queries {
			p.wantAnswer(t, panel, query)
		}
	}
	for _, query := range d.variables() {
		values, err := p.labelValues(t.Context(), query)
		if err != nil || len(values) == 0 {
			t.Errorf("the dashboard's variable %s = %q, %v, want some", query, values, err)
		}
	}
	m.web.stop(t)
	p.wantServed(t, float64(server.Served().Total), `sum(gregaria_worker_requests_total)`)
	p.wantServed(t, float64(server.Served().Failed), `sum(gregaria_worker_failures_total)`)
	p.wantServed(t, float64(server.Served().Total), `sum(gregaria_worker_response_time_seconds_count)`)
	p.wantServed(t, 0, `sum(gregaria_worker_users)`)
	p.wantServed(t, 0.93, `gregaria_gpu_load_ratio{gpu="0"}`)
}

// TestKubernetesRelabelling shows pods to the scrape config for a cluster. Debian's Prometheus cannot ask Kubernetes, so what a
// cluster would say of pods stands in the file instead.
func TestKubernetesRelabelling(t *testing.T) {
	t.Parallel()
	promtool := prometheusProgram(t, "promtool")
	pod := func(container, port, phase, scrape string) map[string]any {
		return map[string]any{"targets": []string{"10.0.0.1:9"}, "labels": map[string]string{
			"__meta_kubernetes_pod_container_name": container, "__meta_kubernetes_pod_container_port_name": port,
			"__meta_kubernetes_pod_phase": phase, "__meta_kubernetes_pod_name": container + "-" + port, "__meta_kubernetes_pod_node_name": "n1",
			"__meta_kubernetes_pod_annotation_prometheus_io_scrape": scrape,
		}}
	}
	pods, err := json.Marshal([]any{
		pod("worker", "metrics", "Running", "true"), pod("monitor", "metrics", "Running", "true"),
		pod("api", "http", "Running", "true"), pod("other", "metrics", "Running", ""), pod("gone", "metrics", "Succeeded", "true"),
	})
	if err != nil {
		t.Fatal(err)
	}
	discovery := regexp.MustCompile(`(?s)kubernetes_sd_configs:.*?relabel_configs:`)
	config := string(readFile(t, repository(t, "deploy", "prometheus", "kubernetes.yml")))
	if !discovery.MatchString(config) {
		t.Fatal("kubernetes.yml has no kubernetes_sd_configs before its relabel_configs")
	}
	config = discovery.ReplaceAllLiteralString(config, "static_configs: "+string(pods)+"\n    relabel_configs:")
	path := filepath.Join(t.TempDir(), "prometheus.yml")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := exec.Command(promtool, "check", "service-discovery", "--timeout=1s", path, "gregaria").CombinedOutput()
	if err != nil {
		t.Fatalf("promtool: %v\n%s", err, output)
	}
	var found []struct {
		Labels map[string]string `json:"labels"`
	}
	if err := json.Unmarshal(output, &found); err != nil {
		t.Fatalf("promtool says %s: %v", output, err)
	}
	jobs := map[string]string{}
	for _, f := range found {
		if len(f.Labels) > 0 {
			jobs[f.Labels["job"]] = f.Labels["instance"] + " on " + f.Labels["node"]
		}
	}
	want := map[string]string{"gregaria-worker": "worker-metrics on n1", "gregaria-monitor": "monitor-metrics on n1"}
	if !maps.Equal(jobs, want) {
		t.Errorf("jobs = %v, want %v\n%s", jobs, want, output)
	}
}

// prometheusProgram is a program of Debian's package prometheus, or of GREGARIA_PROMETHEUS, a folder.
func prometheusProgram(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(filepath.Join(os.Getenv("GREGARIA_PROMETHEUS"), name))
	if err != nil {
		t.Skipf("%s is missing (%v): apt-get install prometheus, or set GREGARIA_PROMETHEUS to its folder", name, err)
	}
	return path
}

// A promServer is a Prometheus that answers queries.
type promServer struct{ base string }

// startPrometheus starts one with the scrape config of deploy/, whose ports and interval are the test's.
func startPrometheus(t *testing.T, binary, workerPort, monitorPort string) promServer {
	t.Helper()
	dir, port := t.TempDir(), freePort(t)
	config := string(readFile(t, repository(t, "deploy", "prometheus", "prometheus.yml")))
	for _, change := range [][2]string{
		{`["127.0.0.1:9646"]`, `["127.0.0.1:` + workerPort + `"]`},
		{`["127.0.0.1:9647"]`, `["127.0.0.1:` + monitorPort + `"]`},
		{"scrape_interval: 5s", "scrape_interval: 1s"},
	} {
		if !strings.Contains(config, change[0]) {
			t.Fatalf("prometheus.yml has no %s", change[0])
		}
		config = strings.ReplaceAll(config, change[0], change[1])
	}
	path := filepath.Join(dir, "prometheus.yml")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	start(t, command{name: "Prometheus", path: binary, args: []string{
		"--config.file=" + path, "--storage.tsdb.path=" + filepath.Join(dir, "data"),
		"--web.listen-address=127.0.0.1:" + port, "--log.level=warn",
	}})
	p := promServer{"http://127.0.0.1:" + port}
	await(t, startLimit, func() error { _, err := p.get(t.Context(), "/-/ready", nil); return err })
	return p
}

// oneGPU is one at 93 %.
const oneGPU = "count 1\nload 93\nused 2.5\ntotal 80\ntemperature 41\npower 70\n"

// stubGPUs builds the monitor's stub of the NVIDIA driver, and returns the environment in which it has such numbers: monitor/testdata/nvml/stub.c.
func stubGPUs(t *testing.T, text string) []string {
	t.Helper()
	dir := t.TempDir()
	numbers := filepath.Join(dir, "numbers")
	if err := os.WriteFile(numbers, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("gcc", "-w", "-shared", "-fPIC", "-o", filepath.Join(dir, "libnvidia-ml.so.1"),
		repository(t, "monitor", "testdata", "nvml", "stub.c")).CombinedOutput()
	if err != nil {
		t.Fatalf("build the stub driver: %v\n%s", err, out)
	}
	return []string{"LD_LIBRARY_PATH=" + dir, "NVML_STUB=" + numbers}
}

// wantAnswer wants a query of the dashboard to have data soon.
func (p promServer) wantAnswer(t *testing.T, panel, query string) {
	t.Helper()
	const limit = 20 * time.Second
	await(t, limit, func() error {
		samples, err := p.query(t.Context(), query)
		switch {
		case err != nil:
			return fmt.Errorf("panel %q: %w", panel, err)
		case len(samples) == 0:
			return fmt.Errorf("panel %q: no data for %s", panel, query)
		}
		return nil
	})
}

// wantServed wants a query to come to a number that the target knows, at the next scrape.
func (p promServer) wantServed(t *testing.T, want float64, query string) {
	t.Helper()
	await(t, startLimit, func() error {
		got, err := p.query(t.Context(), query)
		if err == nil && !slices.Equal(got, []float64{want}) {
			err = fmt.Errorf("%s = %v, want %v", query, got, want)
		}
		return err
	})
	t.Logf("%s = %v", query, want)
}

// query returns the samples of an instant query that are numbers: the percentile of a name without requests lately is none.
func (p promServer) query(ctx context.Context, query string) ([]float64, error) {
	var data struct {
		Result []struct {
			Value [2]any `json:"value"`
		} `json:"result"`
	}
	if err := p.api(ctx, "/api/v1/query", url.Values{"query": {query}}, &data); err != nil {
		return nil, fmt.Errorf("%s: %w", query, err)
	}
	var samples []float64
	for _, r := range data.Result {
		text, _ := r.Value[1].(string)
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			return nil, err
		}
		if !math.IsNaN(v) {
			samples = append(samples, v)
		}
	}
	return samples, nil
}

// labelValues answers what Grafana makes of label_values(METRIC, LABEL).
func (p promServer) labelValues(ctx context.Context, query string) (values []string, err error) {
	parts := regexp.MustCompile(`^label_values\((\w+), (\w+)\)$`).FindStringSubmatch(query)
	if parts == nil {
		return nil, errors.New("not of the form label_values(METRIC, LABEL)")
	}
	err = p.api(ctx, "/api/v1/label/"+parts[2]+"/values", url.Values{"match[]": {parts[1]}}, &values)
	return values, err
}

func (p promServer) api(ctx context.Context, path string, query url.Values, data any) error {
	body, err := p.get(ctx, path, query)
	if err != nil {
		return err
	}
	var answer struct {
		Status string          `json:"status"`
		Data   json.RawMessage `json:"data"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || answer.Status != "success" {
		return fmt.Errorf("%s says %s", path, body)
	}
	return json.Unmarshal(answer.Data, data)
}

func (p promServer) get(ctx context.Context, path string, query url.Values) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.base+path+"?"+query.Encode(), nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", response.Status, body)
	}
	return body, err
}

// A dashboard is what Grafana imports.
type dashboard struct {
	Tooltip    int `json:"graphTooltip"` // 1: the panels share the cursor
	Templating struct {
		List []struct {
			Type       string `json:"type"`
			Definition string `json:"definition"`
		} `json:"list"`
	} `json:"templating"`
	Panels []struct {
		Title   string `json:"title"`
		Targets []struct {
			Expr string `json:"expr"`
		} `json:"targets"`
	} `json:"panels"`
}

func readDashboard(t *testing.T) (d dashboard) {
	t.Helper()
	if err := json.Unmarshal(readFile(t, repository(t, "deploy", "grafana", "gregaria.json")), &d); err != nil {
		t.Fatal(err)
	}
	if d.Tooltip != 1 {
		t.Errorf("graphTooltip = %d, want 1: one cursor on one time axis", d.Tooltip)
	}
	return d
}

// queries are those of each panel, as Grafana asks them when all is selected.
func (d dashboard) queries() map[string][]string {
	const interval = "10s"
	fill := strings.NewReplacer("$__rate_interval", interval, "$method", ".*", "$name", ".*", "$machine", ".*")
	queries := map[string][]string{}
	for _, p := range d.Panels {
		for _, target := range p.Targets {
			queries[p.Title] = append(queries[p.Title], fill.Replace(target.Expr))
		}
	}
	return queries
}

func (d dashboard) variables() []string {
	var queries []string
	for _, v := range d.Templating.List {
		if v.Type == "query" {
			queries = append(queries, v.Definition)
		}
	}
	return queries
}
