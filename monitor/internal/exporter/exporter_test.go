package exporter

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gregaria/internal/resource"
)

func TestRowsBecomeGauges(t *testing.T) {
	t.Parallel()
	cells := map[string]resource.Cell{
		resource.CPUPercent: resource.Of(12.5), resource.MemoryTotalGB: resource.Of(2), resource.MemoryUsedGB: resource.Of(1),
		resource.MemoryAvailableGB: resource.Of(1), resource.MemoryPercent: resource.Of(50),
		resource.GPULoadPercent(0): {}, resource.GPULoadPercent(1): resource.Of(100), resource.GPUMemoryUsedGB(1): resource.Of(0),
		resource.GPUMemoryTotalGB(1): resource.Of(80), resource.GPUTemperatureC(1): resource.Of(54), resource.GPUPowerW(11): resource.Of(123.5),
		resource.MonitorCPUPercent: resource.Of(1), resource.MonitorRSSMB: resource.Of(3),
		resource.RunState: resource.Text("running"), resource.RunPhase: {}, resource.RunP95MS: resource.Of(250),
		"Disk_Writes": resource.Of(7), // a column that this package has not heard of
	}
	var columns []string
	var row []resource.Cell
	for column, cell := range cells {
		columns, row = append(columns, column), append(row, cell)
	}
	e := New(columns)
	registry := prometheus.NewPedanticRegistry()
	registry.MustRegister(e)
	if got := scrape(registry); got != "" {
		t.Errorf("before the first row there is %q, want nothing", got)
	}
	if err := e.Write(time.UnixMilli(1700000000500), row); err != nil {
		t.Fatal(err)
	}
	want := `# HELP gregaria_gpu_load_ratio The column GPU<n>_Load_Percent of docs/metrics.md.
# TYPE gregaria_gpu_load_ratio gauge
gregaria_gpu_load_ratio{gpu="1"} 1
# HELP gregaria_gpu_memory_total_bytes The column GPU<n>_Memory_Total_GB of docs/metrics.md.
# TYPE gregaria_gpu_memory_total_bytes gauge
gregaria_gpu_memory_total_bytes{gpu="1"} 8.589934592e+10
# HELP gregaria_gpu_memory_used_bytes The column GPU<n>_Memory_Used_GB of docs/metrics.md.
# TYPE gregaria_gpu_memory_used_bytes gauge
gregaria_gpu_memory_used_bytes{gpu="1"} 0
# HELP gregaria_gpu_power_watts The column GPU<n>_Power_W of docs/metrics.md.
# TYPE gregaria_gpu_power_watts gauge
gregaria_gpu_power_watts{gpu="11"} 123.5
# HELP gregaria_gpu_temperature_celsius The column GPU<n>_Temperature_C of docs/metrics.md.
# TYPE gregaria_gpu_temperature_celsius gauge
gregaria_gpu_temperature_celsius{gpu="1"} 54
# HELP gregaria_machine_cpu_ratio The column CPU_Percent of docs/metrics.md.
# TYPE gregaria_machine_cpu_ratio gauge
gregaria_machine_cpu_ratio 0.125
# HELP gregaria_machine_disk_writes The column Disk_Writes of docs/metrics.md.
# TYPE gregaria_machine_disk_writes gauge
gregaria_machine_disk_writes 7
# HELP gregaria_machine_memory_available_bytes The column Memory_Available_GB of docs/metrics.md.
# TYPE gregaria_machine_memory_available_bytes gauge
gregaria_machine_memory_available_bytes 1.073741824e+09
# HELP gregaria_machine_memory_ratio The column Memory_Percent of docs/metrics.md.
# TYPE gregaria_machine_memory_ratio gauge
gregaria_machine_memory_ratio 0.5
# HELP gregaria_machine_memory_total_bytes The column Memory_Total_GB of docs/metrics.md.
# TYPE gregaria_machine_memory_total_bytes gauge
gregaria_machine_memory_total_bytes 2.147483648e+09
# HELP gregaria_machine_memory_used_bytes The column Memory_Used_GB of docs/metrics.md.
# TYPE gregaria_machine_memory_used_bytes gauge
gregaria_machine_memory_used_bytes 1.073741824e+09
# HELP gregaria_monitor_cpu_ratio The column Monitor_CPU_Percent of docs/metrics.md.
# TYPE gregaria_monitor_cpu_ratio gauge
gregaria_monitor_cpu_ratio 0.01
# HELP gregaria_monitor_rss_bytes The column Monitor_RSS_MB of docs/metrics.md.
# TYPE gregaria_monitor_rss_bytes gauge
gregaria_monitor_rss_bytes 3.145728e+06
# HELP gregaria_monitor_sample_timestamp_seconds When the newest row was due: the column Timestamp.
# TYPE gregaria_monitor_sample_timestamp_seconds gauge
gregaria_monitor_sample_timestamp_seconds 1.7000000005e+09
# HELP gregaria_run_p95_seconds The column Run_P95_MS of docs/metrics.md.
# TYPE gregaria_run_p95_seconds gauge
gregaria_run_p95_seconds 0.25
# HELP gregaria_run_state The column Run_State of docs/metrics.md.
# TYPE gregaria_run_state gauge
gregaria_run_state{state="running"} 1
`
	if got := scrape(registry); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}

func scrape(g prometheus.Gatherer) string {
	answer := httptest.NewRecorder()
	promhttp.HandlerFor(g, promhttp.HandlerOpts{}).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return answer.Body.String()
}

// TestEveryColumnIsAGauge: Prometheus refuses one name with two kinds of labels.
func TestEveryColumnIsAGauge(t *testing.T) {
	t.Parallel()
	var columns []string
	for _, entry := range resource.Catalogue()[2:] {
		entry = strings.ReplaceAll(entry, "<n>", "0")
		columns = append(columns, regexp.MustCompile("<[a-z]+>").ReplaceAllString(entry, "name"))
	}
	if err := prometheus.NewRegistry().Register(New(columns)); err != nil {
		t.Error(err)
	}
}
