package resource_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"gregaria/internal/resource"
)

// writes keeps what each call of Write was given, and fails once it has room for no more.
type writes struct {
	calls []string
	room  int
}

var errFull = errors.New("no space left on device")

func (w *writes) Write(p []byte) (int, error) {
	if len(w.calls) == w.room {
		return 0, errFull
	}
	w.calls = append(w.calls, string(p))
	return len(p), nil
}

func TestWriterWritesEachLineAtOnce(t *testing.T) {
	t.Parallel()
	to := &writes{room: 4}
	w, err := resource.NewWriter(to, []string{resource.CPUPercent, resource.MemoryPercent})
	if err != nil {
		t.Fatal(err)
	}
	row := []resource.Cell{resource.Of(12.34567), {}}
	for _, at := range []time.Time{time.Unix(1700000000, 0), time.Unix(1700000000, 5e8), time.UnixMilli(1700000001020)} {
		if err := w.Write(at, row); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"Timestamp,CPU_Percent,Memory_Percent,Time\n",
		"1700000000,12.3457,,2023-11-14T22:13:20Z\n",
		"1700000000.5,12.3457,,2023-11-14T22:13:20.5Z\n",
		"1700000001.02,12.3457,,2023-11-14T22:13:21.02Z\n",
	}
	for i := range want {
		if to.calls[i] != want[i] {
			t.Errorf("write %d = %q, want %q", i, to.calls[i], want[i])
		}
	}
	if err := w.Write(time.Unix(1700000002, 0), row); !errors.Is(err, errFull) {
		t.Errorf("Write on a full disk = %v, want %v", err, errFull)
	}
	if err := w.Write(time.Unix(1700000003, 0), row[:1]); err == nil || errors.Is(err, errFull) {
		t.Errorf("Write of a short row = %v, want an error about its cells", err)
	}
}

func TestNewWriterRefusesColumns(t *testing.T) {
	t.Parallel()
	for _, columns := range [][]string{{"A", "A"}, {resource.Timestamp}, {resource.Time}} {
		to := &writes{room: 1}
		if _, err := resource.NewWriter(to, columns); err == nil || len(to.calls) != 0 {
			t.Errorf("NewWriter(%q) = %v after %d writes, want an error and none", columns, err, len(to.calls))
		}
	}
	if _, err := resource.NewWriter(&writes{}, nil); !errors.Is(err, errFull) {
		t.Errorf("NewWriter on a full disk = %v, want %v", err, errFull)
	}
}

// TestOrder: a script that counts the columns of the first version stays right, whatever is measured more.
func TestOrder(t *testing.T) {
	t.Parallel()
	to := &writes{room: 2}
	w, err := resource.NewWriter(to, []string{
		resource.CPUPercent, "CPU_User_Percent", resource.MemoryTotalGB, "GPU0_Load_Percent", "GPU0_SM_Clock_MHz", "GPU0_Power_W",
		"GPU1_Load_Percent", "GPUx_Load_Percent", "Process_Threads", resource.MonitorCPUPercent,
	})
	if err != nil {
		t.Fatal(err)
	}
	var row []resource.Cell
	for i := range 10 {
		row = append(row, resource.Of(float64(i)))
	}
	if err := w.Write(time.Unix(1700000000, 0), row); err != nil {
		t.Fatal(err)
	}
	const want = "Timestamp,CPU_Percent,Memory_Total_GB,GPU0_Load_Percent,GPU0_Power_W,GPU1_Load_Percent,Monitor_CPU_Percent,Time," +
		"CPU_User_Percent,GPU0_SM_Clock_MHz,GPUx_Load_Percent,Process_Threads\n" +
		"1700000000,0,2,3,5,6,9,2023-11-14T22:13:20Z,1,4,7,8\n"
	if got := strings.Join(to.calls, ""); got != want {
		t.Errorf("file =\n%s\nwant\n%s", got, want)
	}
}

func TestWriteAllocatesNothing(t *testing.T) {
	w, err := resource.NewWriter(io.Discard, []string{"A", "B", "C"})
	if err != nil {
		t.Fatal(err)
	}
	row := []resource.Cell{resource.Of(12.34567), {}, resource.Of(1 << 40)}
	at := time.Unix(1700000000, 5e8)
	if n := testing.AllocsPerRun(100, func() { _ = w.Write(at, row) }); n != 0 {
		t.Errorf("a row takes %v allocations, want 0", n)
	}
}
