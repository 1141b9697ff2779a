package collector

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gregaria/internal/resource"
	"gregaria/monitor/internal/process"
)

// A proc is a folder of processes in the kernel's own words (Linux 6.18), which a test changes from row to row.
type proc struct {
	t   *testing.T
	dir string
}

func (p proc) write(name, text string) {
	p.t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// A thing is a process as a test shows it.
type thing struct {
	pid, parent, start       int
	state                    string // S where it is empty
	user, system             int    // ticks
	waitedUser, waitedSystem int
	faults                   int
	rss, swap                int // kB
	open, limit              int
	read, written            int
	threads                  []string // schedstat of each, and its voluntary and involuntary switches
}

func (p proc) show(things ...thing) {
	p.t.Helper()
	for _, x := range things {
		dir := strconv.Itoa(x.pid) + "/"
		state := x.state
		if state == "" {
			state = "S"
		}
		p.write(dir+"stat", fmt.Sprintf("%d (uvicorn) %s %d 1 1 0 -1 4194304 5210 810 %d 0 %d %d %d %d 20 0 %d 0 %d 123 6789 18446744073709551615\n",
			x.pid, state, x.parent, x.faults, x.user, x.system, x.waitedUser, x.waitedSystem, len(x.threads), x.start))
		p.write(dir+"status", fmt.Sprintf("Name:\tuvicorn\nVmHWM:\t    4100 kB\nVmRSS:\t%8d kB\nRssAnon:\t     984 kB\nVmSwap:\t%8d kB\nThreads:\t1\n%s", x.rss, x.swap, x.switches(0)))
		p.write(dir+"limits", fmt.Sprintf("Limit                     Soft Limit           Hard Limit           Units     \nMax open files            %-20d %-20d files     \n", x.limit, x.limit))
		p.write(dir+"io", fmt.Sprintf("rchar: 11928190\nwchar: 1093220\nsyscr: 22638\nsyscw: 781\nread_bytes: %d\nwrite_bytes: %d\ncancelled_write_bytes: 581632\n", x.read, x.written))
		for fd := range x.open {
			p.write(dir+"fd/"+strconv.Itoa(fd), "")
		}
		for i, text := range x.threads {
			words := strings.Fields(text)
			task := dir + "task/" + strconv.Itoa(x.pid+i) + "/"
			p.write(task+"schedstat", strings.Join(words[:3], " ")+"\n")
			p.write(task+"status", "Name:\tuvicorn\n"+x.switches(i))
		}
	}
}

// switches are the lines of thread i in its status; those of the first stand in that of the process too.
func (x thing) switches(i int) string {
	if i >= len(x.threads) {
		return ""
	}
	words := strings.Fields(x.threads[i])
	return "voluntary_ctxt_switches:\t" + words[3] + "\nnonvoluntary_ctxt_switches:\t" + words[4] + "\n"
}

// end removes a process. Its stat stays open in the Watch, so it is emptied: the kernel would say ESRCH.
func (p proc) end(pid int) {
	p.t.Helper()
	p.write(strconv.Itoa(pid)+"/stat", "")
	if err := os.RemoveAll(filepath.Join(p.dir, strconv.Itoa(pid))); err != nil {
		p.t.Fatal(err)
	}
}

// named are the cells that are there, by their columns without Process_.
func named(row []resource.Cell) string {
	var words []string
	for i, column := range resource.ProcessColumns() {
		if text := row[i].String(); text != "" {
			words = append(words, strings.TrimPrefix(column, "Process_")+"="+text)
		}
	}
	return strings.Join(words, " ")
}

func TestProcessOfRecordings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := proc{t, t.TempDir()}
		w := process.New(process.Choice{PID: 100}, p.dir)
		c, err := openProcess(Settings{Proc: p.dir, Watch: w})
		if err != nil {
			t.Fatal(err)
		}
		step := func(why, want string) {
			t.Helper()
			time.Sleep(2 * time.Second)
			w.Look()
			row, err := collect(c)
			if got := named(row); got != want || err != nil {
				t.Errorf("%s: Collect =\n%s, %v, want\n%s", why, got, err, want)
			}
		}
		step("not there yet", "Count=0 Zombies=0 Restarts=0")
		root := thing{
			pid: 100, parent: 1, start: 1000, user: 500, system: 50, waitedUser: 1000, faults: 7, rss: 102400, swap: 1024, open: 5, limit: 1024,
			read: 1 << 20, written: 5 << 20, threads: []string{"5000000000 100000000 70 10 20", "500000000 0 7 3 4"},
		}
		worker := thing{
			pid: 200, parent: 100, start: 1001, user: 10000, rss: 2048, open: 20, limit: 100,
			read: 9 << 20, threads: []string{"100000000000 0 9 9 0"},
		}
		p.show(root, worker)
		step("the first row has no rates", "RSS_MB=102 Swap_MB=1 Threads=3 Open_Files=25 Open_Files_Limit=100 Open_Files_Percent=20 Count=2 Zombies=0 Restarts=0")

		root.user, root.system, root.faults, root.read, root.written = 600, 90, 17, 3<<20, 6<<20
		root.threads = []string{"6000000000 300000000 90 12 38", "900000000 1600000000 8 4 4", "1800000000 200000000 3 2 1"} // one is new
		worker.user = 10020
		worker.threads = []string{"100200000000 0 12 10 2"}
		p.show(root, worker)
		step("rates over two seconds", "CPU_Cores=0.8 CPU_User_Cores=0.6 CPU_System_Cores=0.2 Busiest_Thread_Percent=90 Busiest_Thread_Wait_Percent=10 "+
			"RSS_MB=102 Swap_MB=1 Threads=4 Open_Files=25 Open_Files_Limit=100 Open_Files_Percent=20 "+
			"Voluntary_Switches_Per_Second=3 Involuntary_Switches_Per_Second=10.5 Major_Faults_Per_Second=5 Read_MB_Per_Second=1 Write_MB_Per_Second=0.5 Count=2 Zombies=0 Restarts=0")

		// The worker ends and is waited for; another is born, and one between the rows lived that nobody saw.
		p.end(200)
		root.waitedUser += 10020 + 5 + 15
		root.read += 9 << 20
		p.show(root, thing{pid: 300, parent: 100, start: 1600, user: 40, rss: 1024, limit: 1024, read: 1 << 20, threads: []string{"400000000 0 8 6 2"}})
		step("children that go and come", "CPU_Cores=0.3 CPU_User_Cores=0.3 CPU_System_Cores=0 Busiest_Thread_Percent=20 Busiest_Thread_Wait_Percent=0 "+
			"RSS_MB=101 Swap_MB=1 Threads=4 Open_Files=5 Open_Files_Limit=1024 Open_Files_Percent=0.4883 "+
			"Voluntary_Switches_Per_Second=3 Involuntary_Switches_Per_Second=1 Major_Faults_Per_Second=0 Read_MB_Per_Second=0.5 Write_MB_Per_Second=0 Count=2 Zombies=0 Restarts=0")

		const rest = "RSS_MB=100 Swap_MB=1 Threads=3 Open_Files=5 Open_Files_Limit=1024 Open_Files_Percent=0.4883 " +
			"Voluntary_Switches_Per_Second=0 Involuntary_Switches_Per_Second=0 Major_Faults_Per_Second=0 "
		zombie := thing{pid: 300, parent: 100, start: 1600, state: "Z", user: 60, read: 2 << 20, threads: []string{"0 0 0 0 0"}}
		p.show(zombie)
		step("a zombie", "CPU_Cores=0.1 CPU_User_Cores=0.1 CPU_System_Cores=0 Busiest_Thread_Percent=0 Busiest_Thread_Wait_Percent=0 "+rest+
			"Read_MB_Per_Second=0 Write_MB_Per_Second=0 Count=1 Zombies=1 Restarts=0")
		p.end(300)
		root.waitedUser += 60
		root.read += 2 << 20
		p.show(root)
		step("what a zombie read last is its parent's", "CPU_Cores=0 CPU_User_Cores=0 CPU_System_Cores=0 Busiest_Thread_Percent=0 Busiest_Thread_Wait_Percent=0 "+rest+
			"Read_MB_Per_Second=0.5 Write_MB_Per_Second=0 Count=1 Zombies=0 Restarts=0")

		p.show(thing{pid: 301, parent: 100, start: 1700, user: 90, threads: []string{"0 0 1 0 0"}})
		w.Look()
		p.show(thing{pid: 301, parent: 1, start: 1700, state: "Z", user: 90, threads: []string{"0 0 0 0 0"}})
		p.end(100)
		step("gone, and a zombie is left of it", "Count=0 Zombies=1 Restarts=0")
	})
}

// TestProcessStartedAnew: its first row has no rates, also where a zombie is left of the one before.
func TestProcessStartedAnew(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := proc{t, t.TempDir()}
		w := process.New(process.Choice{Pattern: regexp.MustCompile("serve")}, p.dir)
		c, _ := openProcess(Settings{Proc: p.dir, Watch: w})
		row := func() string {
			time.Sleep(time.Second)
			w.Look()
			cells, err := collect(c)
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("CPU %s busiest %s read %s restarts %s", cells[processCPU], cells[processBusiest], cells[processRead], cells[processRestarts])
		}
		show := func(pid, user int, state string) {
			p.show(thing{pid: pid, parent: 1, start: pid, user: user, state: state, threads: []string{fmt.Sprintf("%d0000000 0 %d 1 1", user, user)}})
			p.write(strconv.Itoa(pid)+"/cmdline", "serve")
		}
		show(100, 50, "S")
		p.show(thing{pid: 101, parent: 100, start: 101, user: 10, threads: []string{"100000000 0 1 1 1"}})
		got := []string{row(), row()}
		p.end(100)
		p.show(thing{pid: 101, parent: 1, start: 101, user: 10, state: "Z", threads: []string{"0 0 0 0 0"}})
		show(200, 500, "S")
		got = append(got, row())
		show(200, 550, "S")
		got = append(got, row())
		want := []string{"CPU  busiest  read  restarts 0", "CPU 0 busiest 0 read 0 restarts 0", "CPU  busiest  read  restarts 1", "CPU 0.5 busiest 50 read 0 restarts 1"}
		if !slices.Equal(got, want) {
			t.Errorf("rows = %q, want %q", got, want)
		}
	})
}

// TestProcessWithoutSchedstat: a kernel that does not count what threads do (all 0, or no such file) has the steps of 10 ms, and
// no time of waiting.
func TestProcessWithoutSchedstat(t *testing.T) {
	t.Parallel()
	for _, removed := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			p := proc{t, t.TempDir()}
			w := process.New(process.Choice{PID: 100}, p.dir)
			c, _ := openProcess(Settings{Proc: p.dir, Watch: w})
			for _, ticks := range []int{100, 150} {
				time.Sleep(time.Second)
				p.show(thing{pid: 100, parent: 1, start: 1, user: ticks, threads: []string{"0 0 0 5 5"}})
				p.write("100/task/100/stat", fmt.Sprintf("100 (x) S 1 1 1 0 -1 0 0 0 0 0 %d 0 0 0 20 0 1 0 1 0 0\n", ticks))
				if removed {
					os.Remove(filepath.Join(p.dir, "100/task/100/schedstat"))
				}
				w.Look()
				row, err := collect(c)
				if err != nil {
					t.Fatal(err)
				}
				if got := row[processBusiest].String() + "," + row[processBusiestWait].String(); ticks == 150 && got != "50," {
					t.Errorf("busiest thread = %q, want 50 and no time of waiting", got)
				}
			}
		})
	}
}

// TestProcessWithoutAccounting: a kernel that does not count what a process reads and writes has no such file, and that is said.
func TestProcessWithoutAccounting(t *testing.T) {
	t.Parallel()
	p := proc{t, t.TempDir()}
	w := process.New(process.Choice{PID: 100}, p.dir)
	c, _ := openProcess(Settings{Proc: p.dir, Watch: w})
	p.show(thing{pid: 100, parent: 1, start: 1, rss: 1024, threads: []string{"1 1 1 1 1"}})
	os.Remove(filepath.Join(p.dir, "100/io"))
	for range 2 {
		w.Look()
		row, err := collect(c)
		if err == nil || err.Error() != "read what the process reads and writes (/proc/PID/io): no such file or directory" {
			t.Errorf("Collect = %v, want that the file is not there", err)
		}
		if text := row[processRead].String() + row[processWritten].String() + row[processRSS].String(); text != "1" {
			t.Errorf("cells = %q, want the memory alone", text)
		}
	}
}
