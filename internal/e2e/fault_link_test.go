//go:build e2e

package e2e

import (
	"fmt"
	"net/http"
	"testing"
	"time"

	"gregaria/internal/target"
)

// The addresses of the two ends of the cable, in the block for benchmarks (RFC 2544), and of the target in each namespace.
const (
	masterEnd, workerEnd = "198.18.7.1", "198.18.7.2"
	besideAddress        = "127.0.0.1:8000"
)

// cut is how long the link is cut.
const cut = 10 * time.Second

// A fleet is a master and workers in namespaces of their own, and a target beside each worker: the load does not cross the
// link that is cut, so users go on meanwhile, and everything they do has to arrive when it heals.
type fleet struct {
	*master
	near, far namespace // of the master, and of the worker that is cut off
	targets   []string  // addresses that the test reaches them at
	workers   []*process
}

// startFleet starts a master; a worker beyond the link; and, if two, another one beside the master.
func startFleet(t *testing.T, suffix string, two bool) *fleet {
	t.Helper()
	f := &fleet{near: newNamespace(t, suffix+"-m"), far: newNamespace(t, suffix+"-w")}
	link(t, f.near, f.far, masterEnd, workerEnd)
	f.master = masterSpec{
		address: masterEnd, port: "5557", webPort: "8089", within: f.near.within(), host: "http://" + besideAddress,
		flags: []string{"--stop-timeout=5", "-f", repository(t, "locustfile.py") + "," + writePlugin(t)},
	}.start(t)
	f.web = webUI{base: "http://" + f.near.reach(t, masterEnd+":8089")}
	f.awaitWeb(t)
	f.addWorker(t, "cut worker", f.far)
	if two {
		f.addWorker(t, "other worker", f.near)
	}
	f.awaitReady(t, len(f.workers))
	return f
}

// addWorker starts a target in the namespace and a worker that will load it.
func (f *fleet) addWorker(t *testing.T, name string, n namespace) {
	t.Helper()
	words := append(n.within(), program("target"), "--listen="+besideAddress, "--latency=80ms")
	start(t, command{name: "target of " + name, path: words[0], args: words[1:]})
	base := "http://" + n.reach(t, besideAddress)
	await(t, startLimit, func() error {
		response, err := http.Get(base + "/served")
		if err != nil {
			return err
		}
		return response.Body.Close()
	})
	f.targets = append(f.targets, base)
	words = append(n.within(), program("worker"), "--master-host="+masterEnd, "--loglevel=DEBUG")
	f.workers = append(f.workers, start(t, command{name: name, path: words[0], args: words[1:]}))
}

// served is what all targets served.
func (f *fleet) served(t *testing.T) target.Served {
	t.Helper()
	all := target.Served{By: map[string]uint64{}}
	for _, base := range f.targets {
		one := servedBy(t, base)
		all.Total += one.Total
		all.Failed += one.Failed
		for name, n := range one.By {
			all.By[name] += n
		}
	}
	return all
}

// wantEqual waits until Locust's statistics are what the targets served: the last of it may be on its way.
func (f *fleet) wantEqual(t *testing.T, limit time.Duration) {
	t.Helper()
	deadline := time.Now().Add(limit)
	for f.web.stats(t)[aggregated].Requests != f.served(t).Total && time.Now().Before(deadline) {
		time.Sleep(200 * time.Millisecond)
	}
	f.web.stats(t).wantServed(t, "CSV of the web UI", f.served(t))
}

// TestFaultLinkCut cuts the link between the master and a worker for 10 s in the middle of a run. With the only worker gone the
// master ends the test, and the worker hears of it when the link heals; with another one it goes on, and takes the worker
// back. Either way all that was served counts, and the next test is as any other.
func TestFaultLinkCut(t *testing.T) {
	t.Parallel()
	t.Run("of the only worker", func(t *testing.T) {
		t.Parallel()
		f := startFleet(t, "one", false)
		f.web.swarm(t, 40, 40)
		f.web.awaitUsers(t, 40)
		time.Sleep(4 * time.Second)
		f.cutLink(t)
		await(t, startLimit, func() error { return f.wantState(t.Context(), 0, "stopped") })
		f.awaitReady(t, 1)
		f.wantEqual(t, 5*time.Second)
		f.wantTimings(t)
		f.runAgain(t)
	})
	t.Run("of one of two workers", func(t *testing.T) {
		t.Parallel()
		f := startFleet(t, "two", true)
		f.web.swarm(t, 40, 40)
		f.web.awaitUsers(t, 40)
		time.Sleep(4 * time.Second)
		f.cutLink(t)
		await(t, startLimit, func() error { return f.wantState(t.Context(), 40, "running") })
		time.Sleep(3 * time.Second)
		f.halt(t)
		f.awaitReady(t, 2)
		f.wantEqual(t, 5*time.Second)
		f.wantTimings(t)
		f.runAgain(t)
	})
}

// wantTimings waits until the seconds in timings, those of the cut among them, are what the targets served, and each request was seen.
func (f *fleet) wantTimings(t *testing.T) {
	t.Helper()
	served := f.served(t)
	var got rows
	var seen float64
	await(t, startLimit, func() error {
		got, seen = sums(t, timingRows(t, f.file(t, "_timings.csv")))
		if got[aggregated].Requests != served.Total {
			return fmt.Errorf("timings have %d requests of %d served", got[aggregated].Requests, served.Total)
		}
		return nil
	})
	got.wantServed(t, "timings", served)
	if uint64(seen+0.5) != served.Total {
		t.Errorf("timings saw %.0f of %d requests, want all", seen, served.Total)
	}
}

// cutLink cuts the link, and wants the worker's users to go on meanwhile and the master to miss it.
func (f *fleet) cutLink(t *testing.T) {
	t.Helper()
	f.far.plug(t, false)
	before := servedBy(t, f.targets[0]).Total
	time.Sleep(cut)
	during := servedBy(t, f.targets[0]).Total - before
	f.far.plug(t, true)
	t.Logf("%d requests were served while the link was cut", during)
	if during == 0 {
		t.Error("no request was served while the link was cut, so this shows nothing")
	}
	if err := f.wantOutput("failed to send heartbeat"); err != nil {
		t.Error(err)
	}
}

// runAgain runs another test.
func (f *fleet) runAgain(t *testing.T) {
	t.Helper()
	for _, base := range f.targets {
		response, err := http.Post(base+"/served/reset", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
	}
	f.web.swarm(t, 40, 40)
	f.web.awaitUsers(t, 40)
	time.Sleep(4 * time.Second)
	f.halt(t)
	f.wantEqual(t, 0)
	for _, worker := range f.workers {
		if worker.ended() {
			t.Errorf("%s ended with %v", worker.name, worker.cmd.ProcessState)
		}
	}
}
