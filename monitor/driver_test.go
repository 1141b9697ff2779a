//go:build cgo && linux

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gregaria/internal/exitcode"
	"gregaria/internal/resource"
)

// whole is every number that the driver of testdata/nvml can have, of one device.
const whole = `count 1
load 10
memory_load 5
used 2.5
total 80
temperature 41
power 70.25
limit 350
state 2
fan 33
energy 1000
sm_clock 1410
memory_clock 1215
reasons 5
encoder 11
decoder 12
corrected 3
uncorrected 1
memory_temperature 55
pcie_rx_bytes 0
pcie_tx_bytes 0
`

// wholeCells are the cells of whole, in the order of their columns.
const wholeCells = "GPU0_Load_Percent=10 GPU0_Memory_Used_GB=2.5 GPU0_Memory_Total_GB=80 GPU0_Temperature_C=41 GPU0_Power_W=70.25 " +
	"GPU0_Memory_Load_Percent=5 GPU0_Encoder_Percent=11 GPU0_Decoder_Percent=12 GPU0_Power_Limit_W=350 GPU0_Energy_J=0 GPU0_SM_Clock_MHz=1410 " +
	"GPU0_Memory_Clock_MHz=1215 GPU0_Performance_State=2 GPU0_Idle=1 GPU0_Throttled_Power=1 GPU0_Throttled_Thermal=0 GPU0_Throttled_Hardware=0 " +
	"GPU0_Throttled_Sync_Boost=0 GPU0_Throttled_Setting=0 GPU0_Throttled_Other=0 GPU0_Memory_Temperature_C=55 GPU0_Fan_Percent=33 " +
	"GPU0_PCIe_Rx_MB_Per_Second=0 GPU0_PCIe_Tx_MB_Per_Second=0 GPU0_ECC_Corrected=3 GPU0_ECC_Uncorrected=1 GPU0_Xid_Errors=0"

// A machine is a running monitor with a driver library of testdata/nvml, built as a user's would be and loaded by dlopen.
type machine struct {
	t       *testing.T
	command *exec.Cmd
	stderr  said
	dir     string // where the driver's library is looked for
	numbers string // the file that the driver reads
	output  string
}

// said is what the monitor said so far.
type said struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *said) Write(data []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(data)
}

func (s *said) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// A start is how a machine begins.
type start struct {
	numbers string
	defines []string // of the driver's C; nil is none
	late    bool     // there is no driver at first
	sys     string   // HOST_SYS
	args    []string
}

// monitor builds the driver and runs the monitor on it.
func (s start) monitor(t *testing.T, binary string) *machine {
	t.Helper()
	dir := t.TempDir()
	m := &machine{t: t, dir: dir, numbers: filepath.Join(dir, "numbers"), output: filepath.Join(dir, "metrics.csv")}
	m.set(s.numbers)
	if !s.late {
		m.driver(s.defines...)
	}
	m.command = exec.CommandContext(t.Context(), binary, append([]string{"--output", m.output, "--interval", "0.1"}, s.args...)...)
	m.command.Env = append(os.Environ(), "LD_LIBRARY_PATH="+dir, "NVML_STUB="+m.numbers, "HOST_SYS="+s.sys)
	m.command.Stderr = &m.stderr
	if err := m.command.Start(); err != nil {
		t.Fatal(err)
	}
	return m
}

// driver puts the library where the monitor looks for it.
func (m *machine) driver(defines ...string) {
	m.t.Helper()
	to := filepath.Join(m.dir, "libnvidia-ml.so.1")
	build(m.t, "gcc", append(defines, "-w", "-shared", "-fPIC", "-o", to+".new", "testdata/nvml/stub.c")...)
	if err := os.Rename(to+".new", to); err != nil {
		m.t.Fatal(err)
	}
}

// set changes the driver's numbers at once.
func (m *machine) set(numbers ...string) {
	m.t.Helper()
	next := m.numbers + ".next"
	if err := os.WriteFile(next, []byte(strings.Join(numbers, "\n")), 0o600); err != nil {
		m.t.Fatal(err)
	}
	if err := os.Rename(next, m.numbers); err != nil {
		m.t.Fatal(err)
	}
}

// wait polls the file until its last row has the cells: "COLUMN=VALUE", with no value for an empty one.
func (m *machine) wait(why string, cells string) {
	m.t.Helper()
	m.within(10*time.Second, why, cells)
}

func (m *machine) within(patience time.Duration, why, cells string) {
	m.t.Helper()
	var got string
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		row, ok, err := resource.Last(m.output)
		if err != nil {
			m.t.Fatal(err)
		}
		if got = shown(row, cells); ok && got == cells {
			return
		}
	}
	m.t.Errorf("%s: the cells are %q, want %q\n%s", why, got, cells, m.stderr.String())
}

// shown is the row's cells under the columns of the cells that are wanted; a column that is not there has a value that none has.
func shown(row resource.Row, cells string) string {
	var got []string
	for _, cell := range strings.Fields(cells) {
		column, _, _ := strings.Cut(cell, "=")
		text := column + "="
		if value, ok := row.Value(column); ok {
			text += resource.Of(value).String()
		} else if !slices.Contains(row.Columns(), column) {
			text += "(no such column)"
		}
		got = append(got, text)
	}
	return strings.Join(got, " ")
}

// columns are those of GPUs.
func (m *machine) columns() []string {
	m.t.Helper()
	row, _, err := resource.Last(m.output)
	if err != nil {
		m.t.Fatal(err)
	}
	return slices.DeleteFunc(row.Columns(), func(column string) bool { return !strings.HasPrefix(column, "GPU") })
}

// rows are all so far.
func (m *machine) rows() []resource.Row {
	m.t.Helper()
	data, err := os.ReadFile(m.output)
	if err != nil {
		m.t.Fatal(err)
	}
	rows, err := resource.Parse(data[:bytes.LastIndexByte(data, '\n')+1])
	if err != nil {
		m.t.Fatal(err)
	}
	return rows
}

// stop ends the monitor as loadtest does, and wants it to end well and to have said each of the lines once.
func (m *machine) stop(lines ...string) {
	m.t.Helper()
	m.stopWithin(10*time.Second, lines...)
}

// stopWithin wants the same to take less than a time.
func (m *machine) stopWithin(patience time.Duration, lines ...string) {
	m.t.Helper()
	began := time.Now()
	if err := m.command.Process.Signal(syscall.SIGTERM); err != nil {
		m.t.Error(err)
	}
	if err := m.command.Wait(); err != nil {
		m.t.Errorf("monitor: %v\n%s", err, m.stderr.String())
	}
	if took := time.Since(began); took > patience {
		m.t.Errorf("SIGTERM took %s, want less than %s", took, patience)
	}
	for _, line := range lines {
		n := strings.Count(m.stderr.String(), line)
		again := strings.HasPrefix(line, "empty cells: ") && n > 1 // a busy machine came between: "no answer within 25ms"
		if n != 1 && !again {
			m.t.Errorf("stderr says %q %d times, want 1:\n%s", line, n, m.stderr.String())
		}
	}
}

// TestDriver runs the monitor as it is built for users on drivers of every kind.
func TestDriver(t *testing.T) {
	t.Parallel()
	path := binary(t)
	for _, c := range []struct {
		name string
		long bool
		test func(t *testing.T, binary string)
	}{
		{"is followed", false, driverIsFollowed},
		{"has two devices", false, driverHasTwoDevices},
		{"is old", false, driverIsOld},
		{"cannot start", false, driverCannotStart},
		{"reports errors", false, driverReportsErrors},
		{"cuts a device up", false, driverCutsUp},
		{"knows the process", false, driverKnowsTheProcess},
		{"has no counter of PCIe", false, driverMeasuresPCIe},
		{"is wanted or not", false, driverIsWantedOrNot},
		{"hangs in a call", true, driverHangs},
		{"hangs at the start", true, driverHangsAtTheStart},
		{"lacks a function", true, driverLacks},
		{"comes late", true, driverComesLate},
		{"comes unexpected", true, driverComesUnexpected},
		{"is reset", true, driverIsReset},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if c.long && testing.Short() {
				t.Skip("takes longer than 5 s")
			}
			c.test(t, path)
		})
	}
}

func driverIsFollowed(t *testing.T, binary string) {
	m := start{numbers: whole}.monitor(t, binary)
	m.wait("at the start", wholeCells)
	m.set(strings.Replace(whole, "load 10", "load 93", 1))
	m.wait("under load", "GPU0_Load_Percent=93 GPU0_Memory_Load_Percent=5")
	m.set(strings.Replace(whole, "power 70.25\n", "", 1))
	m.wait("one metric fails", "GPU0_Load_Percent=10 GPU0_Power_W= GPU0_Power_Limit_W=350")
	m.set(whole, "fail.nvmlDeviceGetTemperature 999")
	m.wait("a call fails", "GPU0_Load_Percent=10 GPU0_Temperature_C= GPU0_Power_W=70.25")
	m.set(whole, "lost 1")
	m.wait("it fell off the bus", regexp.MustCompile("=[^ ]*").ReplaceAllString(wholeCells, "="))
	m.set(whole)
	m.wait("it is back", wholeCells)
	m.set(whole, "reasons 64")
	m.stop(
		"GPU0 is Stub GPU, 80GB, 80.0 GB, GPU-00000000, at 0000:65:00.0, driver 570.86.15\n", "GPU0 is slowed down: at its power limit (",
		"empty cells: GPU0_Power_W: Not Supported\n", "empty cells: GPU0_Temperature_C: Unknown Error\n", "empty cells: GPU0: GPU is lost\n",
	)
	sidecar, err := os.ReadFile(filepath.Join(filepath.Dir(m.output), "metrics.gpus.csv"))
	want := "GPU,MIG,Columns,Name,UUID,PCI,Memory_Total_GB,Driver,CUDA\n0,,GPU0,\"Stub GPU, 80GB\",GPU-00000000,0000:65:00.0,80.00,570.86.15,12.8\n"
	if string(sidecar) != want || err != nil {
		t.Errorf("metrics.gpus.csv = %q, %v, want %q", sidecar, err, want)
	}
}

func driverHasTwoDevices(t *testing.T, binary string) {
	numbers := strings.Replace(whole, "count 1", "count 2", 1)
	m := start{numbers: numbers + "1.load 77\n1.energy 5\n"}.monitor(t, binary)
	m.wait("each has its own", "GPU0_Load_Percent=10 GPU1_Load_Percent=77 GPU1_Memory_Used_GB=2.5 GPU0_Energy_J=0 GPU1_Energy_J=0")
	m.set(numbers, "1.load 78", "1.energy 305.5", "1.pcie_rx_bytes 104857600")
	m.wait("it worked", "GPU1_Load_Percent=78")
	m.set(numbers, "1.load 78", "1.energy 305.5", "1.pcie_rx_bytes 104857600", "1.lost 1")
	m.wait("one fell off the bus", "GPU0_Load_Percent=10 GPU1_Load_Percent= GPU1_Energy_J=")
	m.stop("empty cells: GPU1: GPU is lost\n", "GPU1 is Stub GPU, 80GB, 80.0 GB, GPU-00000001, at 0000:66:00.0")
	joules, megabytes := 0.0, 0.0
	for _, row := range m.rows() {
		energy, _ := row.Value(resource.GPUEnergyJ(1))
		rate, _ := row.Value(resource.GPUPCIeRxMBPerSecond(1))
		joules, megabytes = joules+energy, megabytes+rate/10
	}
	if joules != 300.5 {
		t.Errorf("the energy of GPU1 sums up to %v J, want 300.5", joules)
	}
	if megabytes < 80 || megabytes > 120 {
		t.Errorf("GPU1 received %v MB, want 100", megabytes)
	}
}

func driverIsOld(t *testing.T, binary string) {
	m := start{numbers: "count 1\nused 2\ntotal 8\ntemperature 41\npower 70\n", defines: []string{"-DOLD"}}.monitor(t, binary)
	m.wait("a driver without power and error texts", "GPU0_Load_Percent= GPU0_Memory_Used_GB=2 GPU0_Memory_Total_GB=8 GPU0_Temperature_C=41 GPU0_Power_W=")
	if got := m.columns(); len(got) != 5 {
		t.Errorf("columns = %q, want the five of the first version alone", got)
	}
	m.stop("empty cells: GPU0_Load_Percent: NVML error 3; GPU0_Power_W: the NVIDIA driver is too old: it has no nvmlDeviceGetPowerUsage", "GPU0 is a GPU without a name, 8.0 GB\n")
}

func driverCannotStart(t *testing.T, binary string) {
	for _, c := range []struct{ numbers, define, want string }{
		{"count 1\nload 10\n", "-DBROKEN", "it has no nvmlInit_v2"},
		{"count 0\n", "-DNONE", "the NVIDIA driver has no device"},
	} {
		m := start{numbers: c.numbers, defines: []string{c.define}}.monitor(t, binary)
		m.wait("no GPU", "")
		if got := m.columns(); len(got) > 0 {
			t.Errorf("columns = %q, want none of a GPU", got)
		}
		m.stop("monitor: GPU absent, so it has no columns: ", c.want)
	}
}

func driverReportsErrors(t *testing.T, binary string) {
	m := start{numbers: strings.Replace(whole, "count 1", "count 2", 1)}.monitor(t, binary)
	m.wait("none", "GPU0_Xid_Errors=0 GPU1_Xid_Errors=0")
	m.set(strings.Replace(whole, "count 1", "count 2", 1), "1.xid 79", "1.xids 3", "1.reasons 72")
	m.wait("all were heard", "GPU1_Xid_Errors=0 GPU1_Throttled_Thermal=1 GPU1_Throttled_Hardware=1 GPU0_Throttled_Thermal=0")
	m.stop("GPU1: Xid 79: the GPU has fallen off the bus (said once", "GPU1 is slowed down: too hot (the hardware slows it down), hardware slowdown")
	heard := map[int]float64{}
	for _, row := range m.rows() {
		for i := range 2 {
			errors, _ := row.Value(resource.GPUXidErrors(i))
			heard[i] += errors
		}
	}
	if heard[0] != 0 || heard[1] != 3 {
		t.Errorf("Xid errors by device = %v, want 3 of the second", heard)
	}
}

func driverCutsUp(t *testing.T, binary string) {
	numbers := whole + "mig 1\ninstances 2\nmig.used 1.5\nmig.total 9.75\n"
	m := start{numbers: numbers}.monitor(t, binary)
	m.wait("two instances", "GPU0_MIG0_Memory_Used_GB=1.5 GPU0_MIG0_Memory_Total_GB=9.75 GPU0_MIG1_Memory_Used_GB=1.5 GPU0_Load_Percent= GPU0_Memory_Load_Percent= GPU0_Memory_Used_GB=2.5")
	if got := strings.Join(m.columns(), " "); strings.Contains(got, "MIG2") {
		t.Errorf("columns = %s, want two instances", got)
	}
	m.stop("GPU0_MIG1 is Stub GPU MIG 1g.10gb, 9.8 GB, MIG-00000000-1-0, at 0000:65:00.0", "empty cells: GPU0_Load_Percent, GPU0_Memory_Load_Percent: Not Supported\n")
}

// driverKnowsTheProcess: the share of this test, which is its own process under test.
func driverKnowsTheProcess(t *testing.T, binary string) {
	numbers := whole + fmt.Sprintf("pid0 %d\npid0_memory 1.5\npid0_sm 40\npid1 1\npid1_memory 9\npid1_sm 50\n", os.Getpid())
	m := start{numbers: numbers, args: []string{"--pid", strconv.Itoa(os.Getpid())}}.monitor(t, binary)
	m.wait("its share", "GPU0_Process_Memory_GB=1.5 GPU0_Process_SM_Percent=40 GPU0_Load_Percent=10")
	m.set(whole, strings.Replace(numbers, "pid0 ", "pid7 ", 1))
	m.wait("it has let go", "GPU0_Process_Memory_GB=0 GPU0_Process_SM_Percent=0")
	m.stop()
}

func driverMeasuresPCIe(t *testing.T, binary string) {
	numbers := regexp.MustCompile("pcie_.*\n").ReplaceAllString(whole, "") + "pcie_rx 2048\npcie_tx 512\n"
	m := start{numbers: numbers}.monitor(t, binary)
	m.wait("measured", "GPU0_PCIe_Rx_MB_Per_Second=2 GPU0_PCIe_Tx_MB_Per_Second=0.5 GPU0_Load_Percent=10")
	m.stop()
}

func driverIsWantedOrNot(t *testing.T, binary string) {
	m := start{numbers: whole, args: []string{"--gpu", "off"}}.monitor(t, binary)
	m.wait("off", "")
	if got := m.columns(); len(got) > 0 {
		t.Errorf("--gpu off: columns = %q", got)
	}
	m.stop()
	if strings.Contains(m.stderr.String(), "GPU") {
		t.Errorf("--gpu off says %q", m.stderr.String())
	}
	m = start{numbers: whole, args: []string{"--gpu", "require"}}.monitor(t, binary)
	m.wait("required, and there", "GPU0_Load_Percent=10")
	m.stop()
	for _, c := range []struct {
		start start
		want  string
	}{
		{start{late: true}, "--gpu require: no GPU answers: no NVIDIA driver: libnvidia-ml.so.1: cannot open shared object file"},
		{start{numbers: "count 1\nfail.nvmlInit_v2 9\n"}, "--gpu require: no GPU answers: start the NVIDIA driver: Driver Not Loaded"},
		{start{numbers: "count 0\n"}, "--gpu require: no GPU answers: the NVIDIA driver has no device"},
		{start{numbers: "count 1\nfail.nvmlDeviceGetHandleByIndex_v2 15\n"}, "--gpu require: no GPU answers: GPU0: GPU is lost"},
	} {
		c.start.args, c.start.sys = []string{"--gpu", "require", "--duration", "5"}, "testdata/sys"
		m := c.start.monitor(t, binary)
		_ = m.command.Wait()
		if got := m.stderr.String(); m.command.ProcessState.ExitCode() != exitcode.NotReady || !strings.Contains(got, c.want) || strings.Count(got, "\n") != 1 {
			t.Errorf("monitor = %d, %q, want %d and one line: %q", m.command.ProcessState.ExitCode(), got, exitcode.NotReady, c.want)
		}
	}
}

// driverHangs: a call that takes 4 s costs empty cells of GPUs and nothing else.
func driverHangs(t *testing.T, binary string) {
	m := start{numbers: whole}.monitor(t, binary)
	m.wait("at the start", "GPU0_Load_Percent=10")
	m.set(whole, "hang.nvmlDeviceGetPowerUsage 4")
	m.wait("it hangs", "GPU0_Load_Percent= GPU0_Power_W=")
	hung := len(m.rows())
	m.set(whole)
	m.wait("it answers again", "GPU0_Load_Percent=10 GPU0_Power_W=70.25")
	rows := m.rows()
	empty := 0
	for i, row := range rows {
		if _, ok := row.Value(resource.GPUPowerW(0)); !ok {
			empty++
		}
		if _, ok := row.Value(resource.MemoryPercent); !ok || i > 0 && row.Timestamp-rows[i-1].Timestamp > 0.35 {
			t.Errorf("row %d of %d, %v s after the one before: memory = %v", i, len(rows), row.Timestamp-rows[max(i-1, 0)].Timestamp, ok)
		}
	}
	if empty < 30 || hung > len(rows)-25 {
		t.Errorf("%d of %d rows have no power, and there were %d when the call began to hang; want about 40", empty, len(rows), hung)
	}
	m.set(whole, "hang.nvmlDeviceGetPowerUsage 4")
	m.wait("it hangs again", "GPU0_Power_W=")
	m.stopWithin(500*time.Millisecond, "GPU0 is Stub")
	if !strings.Contains(m.stderr.String(), "empty cells: the NVIDIA driver: no answer within 25ms\n") {
		t.Errorf("stderr = %s", m.stderr.String())
	}
}

// driverHangsAtTheStart: the first row comes after 2 s, and the columns are those of the bus.
func driverHangsAtTheStart(t *testing.T, binary string) {
	began := time.Now()
	m := start{numbers: whole + "hang.nvmlInit_v2 4\n", sys: "testdata/sys"}.monitor(t, binary)
	m.within(4*time.Second, "before the driver answers", "GPU0_Load_Percent= GPU1_Load_Percent= GPU0_Encoder_Percent=")
	if took := time.Since(began); took > 3500*time.Millisecond {
		t.Errorf("the first row came after %s, want it after about 2 s", took)
	}
	m.within(5*time.Second, "when it answers", "GPU0_Load_Percent=10 GPU0_Fan_Percent=33 GPU1_Load_Percent=")
	m.stopWithin(500*time.Millisecond, "empty cells: the NVIDIA driver was started and has not answered yet\n", "empty cells: GPU1: the NVIDIA driver does not have it now", "GPU0 is Stub GPU, 80GB")
	m = start{numbers: whole + "hang.nvmlInit_v2 4\n", sys: "testdata/sys"}.monitor(t, binary)
	time.Sleep(300 * time.Millisecond)
	m.stopWithin(500 * time.Millisecond)
}

// driverLacks: a driver without a function costs its columns, and never the process.
func driverLacks(t *testing.T, binary string) {
	source, err := os.ReadFile("testdata/nvml/stub.c")
	if err != nil {
		t.Fatal(err)
	}
	functions := regexp.MustCompile(`\bnvml[A-Z]\w*`).FindAllString(string(source), -1)
	slices.Sort(functions)
	functions = slices.DeleteFunc(slices.Compact(functions), func(name string) bool { return name == "nvmlX" })
	if len(functions) < 40 {
		t.Fatalf("the driver has %d functions, want all", len(functions))
	}
	pid := fmt.Sprintf("pid0 %d\npid0_memory 1\npid0_sm 5\n", os.Getpid())
	lacking := [][]string{
		{"nvmlEventSetWait", "nvmlEventSetWait_v2"},
		{"nvmlDeviceGetCurrentClocksThrottleReasons", "nvmlDeviceGetCurrentClocksEventReasons"},
		{"nvmlDeviceGetPciInfo", "nvmlDeviceGetPciInfo_v2", "nvmlDeviceGetPciInfo_v3"},
		{"nvmlDeviceGetComputeRunningProcesses", "nvmlDeviceGetComputeRunningProcesses_v2", "nvmlDeviceGetComputeRunningProcesses_v3"},
		{"nvmlDeviceGetGraphicsRunningProcesses", "nvmlDeviceGetGraphicsRunningProcesses_v2", "nvmlDeviceGetGraphicsRunningProcesses_v3"},
	}
	for _, function := range functions {
		lacking = append(lacking, []string{function})
	}
	for _, functions := range lacking {
		t.Run(strings.Join(functions, "+"), func(t *testing.T) {
			t.Parallel()
			var defines []string
			for _, function := range functions {
				defines = append(defines, "-D"+function+"=lacking_"+function)
			}
			m := start{numbers: whole + "mig 0\n" + pid, defines: defines}.monitor(t, binary)
			switch functions[0] {
			case "nvmlDeviceGetTemperature", "nvmlDeviceGetPowerUsage":
				m.wait("without it", "GPU0_Load_Percent=10")
			case "nvmlDeviceGetUtilizationRates":
				m.wait("without it", "GPU0_Temperature_C=41 GPU0_Load_Percent=")
			default:
				m.wait("without it", "GPU0_Temperature_C=41 GPU0_Load_Percent=10 GPU0_Power_W=70.25")
			}
			m.stop()
		})
	}
}

// driverComesLate: the columns are those of the GPUs on the bus, and each gets the device at its address.
func driverComesLate(t *testing.T, binary string) {
	m := start{numbers: strings.Replace(whole, "count 1", "count 2\nswap 1\n1.load 77", 1), late: true, sys: "testdata/sys"}.monitor(t, binary)
	m.wait("no driver", "GPU0_Load_Percent= GPU1_Load_Percent= GPU1_Xid_Errors=")
	m.driver()
	m.within(15*time.Second, "the driver has come", "GPU0_Load_Percent=10 GPU1_Load_Percent=77 GPU1_Fan_Percent=33")
	m.stop("empty cells: no NVIDIA driver: libnvidia-ml.so.1", "GPU0 is Stub GPU, 80GB, 80.0 GB, GPU-00000000")
}

// driverComesUnexpected: nothing said that there would be GPUs.
func driverComesUnexpected(t *testing.T, binary string) {
	m := start{numbers: whole, late: true}.monitor(t, binary)
	m.wait("no driver", "")
	m.driver()
	const want = "the NVIDIA driver has come; GPUs that have no columns: 1; a new start of the monitor gives the columns that fit\n"
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline) && !strings.Contains(m.stderr.String(), want); {
		time.Sleep(20 * time.Millisecond)
	}
	m.stop("GPU absent, so it has no columns", want)
}

// driverIsReset: after a mismatch and a reset the driver is started anew, and each column stays that of its GPU.
func driverIsReset(t *testing.T, binary string) {
	two := strings.Replace(whole, "count 1", "count 2\n1.load 77", 1)
	m := start{numbers: two + "fail.nvmlInit_v2 18\n", sys: "testdata/sys"}.monitor(t, binary)
	m.wait("library and kernel differ", "GPU0_Load_Percent= GPU1_Load_Percent=")
	m.set(two)
	m.within(15*time.Second, "they fit", "GPU0_Load_Percent=10 GPU1_Load_Percent=77")
	m.set(two, "fail.nvmlDeviceGetUtilizationRates 1", "swap 1")
	m.wait("it is reset", "GPU0_Load_Percent= GPU1_Load_Percent=")
	m.set(two, "swap 1")
	m.wait("it is back", "GPU0_Load_Percent=10 GPU1_Load_Percent=77")
	m.set(two, "fail.nvmlDeviceGetUtilizationRates 1", "swap 1")
	m.wait("it is reset again", "GPU0_Load_Percent= GPU1_Load_Percent=")
	time.Sleep(11 * time.Second) // NVML was started anew, and the devices have changed places
	m.set(two, "swap 1")
	m.wait("it is back again", "GPU0_Load_Percent=10 GPU1_Load_Percent=77")
	m.stop("empty cells: start the NVIDIA driver: Driver/library version mismatch (if the driver was renewed since the monitor began, start the monitor anew); it is tried again every 10s")
}
