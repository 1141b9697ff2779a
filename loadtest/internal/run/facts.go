package run

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"gregaria/internal/build"
	"gregaria/internal/locustweb"
	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/fault"
	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/recording"
	"gregaria/loadtest/internal/results"
)

// Files are the paths of what the run leaves behind.
func (r *Run) Files() results.Files { return r.files }

// Facts are what only loadtest knows of the run.
func (r *Run) Facts() recording.Facts {
	r.mu.Lock()
	defer r.mu.Unlock()
	facts := recording.Facts{
		Began: recording.Epoch(r.began), Ended: recording.Epoch(r.ended), Workers: r.usage, WorkersCPU: r.used, WarmUp: r.plan.WarmUp.Seconds(), Effect: r.plan.Effect, LocustCode: r.LocustCode(), Info: r.info(),
	}
	for _, c := range r.plan.Checks {
		facts.Checks = append(facts.Checks, recording.Check{Text: c.Text, Title: c.Title})
	}
	return facts
}

// info is what was planned, and where it ran. The caller holds the lock of the notes.
func (r *Run) info() analysis.Info {
	info := analysis.Info{
		Host: r.secret.Text(r.plan.Host), Demo: r.plan.Demo, Users: r.watch.Peak(), SpawnRate: r.plan.SpawnRate, Rate: cmp.Or(r.plan.Rate, r.rate), Duration: r.plan.Duration.Seconds(), Steps: r.plan.Steps,
		Locustfile: r.plan.Locustfile, LocustfileSHA256: r.locustfile, Workers: r.plan.Workers, PythonWorkers: r.plan.PythonWorkers,
		Locust: r.tab.version, Gregaria: build.Version, Cores: runtime.NumCPU(), CPUModel: cpuModel(), Watched: r.watched.first(), Local: r.watched.here > 0,
	}
	if info.Users == 0 {
		info.Users = r.plan.Users
	}
	for _, m := range r.hosts.monitors {
		if info.Offsets == nil {
			info.Offsets = map[string]float64{}
		}
		info.Offsets[m.Name()] = m.Ahead().Seconds()
	}
	info.Notes = r.told()
	return info
}

// writeFacts writes them beside the other results: when the load begins, so that a run that dies has them too, and at its end.
func (r *Run) writeFacts() {
	if !r.Loaded() {
		return
	}
	if err := r.Facts().Write(r.files.Run); err != nil {
		r.fail(fault.New(fault.Output, "%w; make room or choose another --output-dir", err))
	}
}

// seeWorkers keeps what the master was told of its workers' CPU, as often as that changes, and what their processes use.
func (r *Run) seeWorkers(snapshot locustweb.Snapshot) {
	second := time.Now().Unix()
	if all := r.usedByWorkers(); all.Known {
		r.used.See(second, all.Number)
	}
	for _, worker := range snapshot.Workers {
		i := slices.IndexFunc(r.usage, func(w recording.Worker) bool { return w.Name == worker.ID })
		if i < 0 {
			i = len(r.usage)
			r.usage = append(r.usage, recording.Worker{Name: worker.ID})
		}
		if worker.State == locustweb.StateMissing {
			r.usage[i].Lose(second)
		} else {
			r.usage[i].See(second, worker.CPU)
		}
	}
}

// usedByWorkers is how much of a core the processes of all workers use together, in percent.
func (r *Run) usedByWorkers() (all progress.Value) {
	if len(r.workersCPU) != len(r.workers) {
		r.workersCPU = make([]cpuMeter, len(r.workers))
	}
	for i, worker := range r.workers {
		one := r.workersCPU[i].Next(worker.PID())
		if !one.Known {
			return progress.Value{}
		}
		all = progress.Known(all.Number+one.Number, true)
	}
	return all
}

// hashOf is the hash of what a locustfile has in it; of several files, that of their hashes; "" where one cannot be read.
func hashOf(files []string) string {
	var hashes []string
	for _, path := range files {
		data, err := os.ReadFile(path)
		if err != nil {
			return ""
		}
		hash := sha256.Sum256(data)
		hashes = append(hashes, hex.EncodeToString(hash[:]))
	}
	if len(hashes) == 1 {
		return hashes[0]
	}
	hash := sha256.Sum256([]byte(strings.Join(hashes, "\n")))
	return hex.EncodeToString(hash[:])
}

// cpuModel is what the kernel calls the processor of this machine; "" where it does not say.
func cpuModel() string {
	data, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	for line := range bytes.Lines(data) {
		if name, value, found := bytes.Cut(line, []byte(":")); found && string(bytes.TrimSpace(name)) == "model name" {
			return string(bytes.TrimSpace(value))
		}
	}
	return ""
}
