package cli

import (
	"encoding/csv"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"gregaria/internal/exitcode"
	"gregaria/monitor/internal/collector"
	"gregaria/monitor/internal/nvidia"
)

// twoGPUs are one that is whole and one that is cut up, of a driver that knows little of it.
func twoGPUs() []nvidia.Identity {
	return []nvidia.Identity{
		{GPU: 0, MIG: nvidia.Whole, Name: `Tesla "T4", 16GB`, UUID: "GPU-1", PCI: "0000:65:00.0", MemoryGB: 15.8954, Driver: "570.86", CUDA: "12.8"},
		{GPU: 1, MIG: nvidia.Whole},
		{GPU: 1, MIG: 2, Name: "MIG 1g.10gb", UUID: "MIG-2", MemoryGB: 9.75},
	}
}

func TestGPUFlag(t *testing.T) {
	t.Parallel()
	output := filepath.Join(t.TempDir(), "metrics.csv")
	for _, c := range []struct {
		args, want string
	}{
		{"--gpu maybe", `--gpu: "maybe" is none of auto, off, require`},
		{"--gpu off --collect cpu,gpu", "--gpu off: --collect names the group gpu; leave one of the two out"},
		{"--gpu require --collect cpu,memory", "--gpu require: --collect leaves the group gpu out; add it, or leave out --gpu"},
	} {
		code, stdout, stderr := monitor(t.Context(), append(strings.Fields(c.args), "--output", output)...)
		if code != exitcode.Usage || !strings.Contains(stderr, c.want) || strings.Count(stderr, "\n") != 1 || stdout != "" {
			t.Errorf("monitor %s = %d, %q, want %d, %q", c.args, code, stderr, exitcode.Usage, c.want)
		}
	}
	for gpu, want := range map[string]bool{"auto": true, gpuOff: false, gpuRequire: true} {
		f := flags{Collect: []string{collector.Default}, GPU: gpu}
		if err := f.checkGPU(f.settings(nil).Groups); err != nil {
			t.Errorf("--gpu %s: %v", gpu, err)
		}
		settings := f.settings(nil)
		if got := slices.Contains(settings.Groups, collector.GPUs); got != want || settings.GPU.Needed != (gpu == gpuRequire) {
			t.Errorf("--gpu %s: group gpu = %v, needed = %v", gpu, got, settings.GPU.Needed)
		}
	}
}

func TestGPUVariable(t *testing.T) {
	t.Setenv("GREGARIA_MONITOR_GPU", "off")
	code, _, stderr := monitor(t.Context(), "--collect", "gpu", "--output", filepath.Join(t.TempDir(), "metrics.csv"))
	if code != exitcode.Usage || !strings.Contains(stderr, "--gpu off: ") {
		t.Errorf("monitor = %d, %q, want the variable to be heard", code, stderr)
	}
}

func TestGPUsAreNamed(t *testing.T) {
	t.Parallel()
	var said []string
	f := flags{Output: filepath.Join(t.TempDir(), "metrics.csv")}
	identify := f.identify(&web{}, func(line string) { said = append(said, line) })
	identify(twoGPUs()[1:])
	identify(twoGPUs())
	want := []string{
		"GPU1 is a GPU without a name", "GPU1_MIG2 is MIG 1g.10gb, 9.8 GB, MIG-2",
		`GPU0 is Tesla "T4", 16GB, 15.9 GB, GPU-1, at 0000:65:00.0, driver 570.86`, "GPU1 is a GPU without a name", "GPU1_MIG2 is MIG 1g.10gb, 9.8 GB, MIG-2",
	}
	if !slices.Equal(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
	file, err := os.Open(filepath.Join(filepath.Dir(f.Output), "metrics.gpus.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	var lines []string
	for _, row := range rows {
		lines = append(lines, strings.Join(row, "|"))
	}
	if got, want := strings.Join(lines, "\n"), `GPU|MIG|Columns|Name|UUID|PCI|Memory_Total_GB|Driver|CUDA
0||GPU0|Tesla "T4", 16GB|GPU-1|0000:65:00.0|15.90|570.86|12.8
1||GPU1||||||
1|2|GPU1_MIG2|MIG 1g.10gb|MIG-2||9.75||`; got != want || err != nil {
		t.Errorf("the file of GPUs = %v\n%s\nwant\n%s", err, got, want)
	}
	if left, err := filepath.Glob(f.Output + "*"); len(left) > 0 || err != nil {
		t.Errorf("left over: %q, %v", left, err)
	}
}

func TestGPUsWithoutAFile(t *testing.T) {
	t.Parallel()
	for _, f := range []flags{{Output: standardOutput}, {Output: "none/metrics.csv", NoCSV: true}} {
		var said []string
		f.identify(&web{}, func(line string) { said = append(said, line) })(twoGPUs())
		if len(said) != 3 {
			t.Errorf("%+v: said %q, want a line for each device and nothing of a file", f, said)
		}
	}
	var said []string
	flags{Output: "none/metrics.csv"}.identify(&web{}, func(line string) { said = append(said, line) })(twoGPUs())
	if len(said) != 4 || !strings.Contains(said[3], "the list of GPUs was not written: open none/metrics.gpus.csv.new: no such file or directory") {
		t.Errorf("said %q, want that the list was not written", said)
	}
}

func TestGPUsForPrometheus(t *testing.T) {
	t.Parallel()
	w, err := serve("127.0.0.1:0", "")
	if err != nil {
		t.Fatal(err)
	}
	defer w.close()
	w.identify(twoGPUs()[1:2])
	w.identify(twoGPUs())
	answer := httptest.NewRecorder()
	promhttp.HandlerFor(w.registry, promhttp.HandlerOpts{}).ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	for _, want := range []string{
		`gregaria_gpu_info{gpu="0",mig="",name="Tesla \"T4\", 16GB",uuid="GPU-1"} 1`, `gregaria_gpu_info{gpu="1",mig="",name="",uuid=""} 1`,
		`gregaria_gpu_info{gpu="1",mig="2",name="MIG 1g.10gb",uuid="MIG-2"} 1`,
	} {
		if !strings.Contains(answer.Body.String(), want+"\n") {
			t.Errorf("/metrics has no %s:\n%s", want, answer.Body.String())
		}
	}
}
