package analysis

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gregaria/internal/resource"
	"gregaria/internal/timing"
	"gregaria/loadtest/internal/statistics"
)

// The rules for the generator: the machine and the workers that make the load.
const (
	// latenessLeast, in ms, and latenessShare of the response time: a schedule that is late by more at its 99th percentile was not kept.
	latenessLeast = 10
	latenessShare = 0.05
	// idleShare is the part of the time between two requests of a user that even slow ones (p99) must stay below: a schedule is late then although users were free, and it
	// is the generator that is late, and not the server that keeps users.
	idleShare = 0.5
	// ownShare is from which part of a full CPU on the generator, and not the target, is what fills it.
	ownShare = 0.5
	// clockSeconds is from which difference of clocks on it is said.
	clockSeconds = 0.5
)

// A suspicion is a reason why the numbers may be those of the generator.
type suspicion struct {
	text     string
	at       int64
	evidence Evidence
}

// generator is the finding about the generator, and whether the numbers are suspect.
func (v *view) generator(w words) (findings []Finding, suspect bool) {
	var all []suspicion
	for _, rule := range []func() []suspicion{v.fullWorkers, v.fullMachine, v.usedPorts, v.lateSchedule, v.ownCPU} {
		all = append(all, rule()...)
	}
	findings = v.clocks()
	if len(all) == 0 {
		return append([]Finding{v.notTheLimit()}, findings...), false
	}
	f := Finding{Kind: KindGenerator, Level: Warn, Clear: true, Title: "Numbers suspect: the generator was at its limit", At: all[0].at}
	var texts []string
	for _, s := range all {
		texts = append(texts, s.text)
		f.Evidence = append(f.Evidence, s.evidence)
		if s.at > 0 {
			f.At = min(f.At, s.at)
		}
	}
	f.Text = upper(strings.Join(texts, "; ")) + ". What follows may be the generator's and not the server's: add workers or machines and run again."
	if f.At > 0 {
		f.Text = fmt.Sprintf("From %s on: ", w.clock(f.At)) + f.Text
	}
	return append([]Finding{f}, findings...), true
}

// fullWorkers are workers near the limit of a core, or of the lock of their Python.
func (v *view) fullWorkers() (all []suspicion) {
	first, last := v.clip(v.run.Began, v.run.Ended)
	for _, worker := range v.run.Workers {
		at, found := saturatedFrom(shares(worker.CPU.Values, 100), first, last)
		if !found {
			continue
		}
		from := v.run.Start + int64(at)
		used := statistics.Median(v.cut(worker.CPU.Values, from, v.run.Ended))
		all = append(all, suspicion{
			fmt.Sprintf("worker %s used %s %% of what it can", worker.Name, number(used)), from,
			Evidence{worker.CPU.File, worker.CPU.Column, from, v.run.Ended, used, "%", "CPU of a worker >= 90 % in 8 of 10 s"},
		})
	}
	return all
}

// fullMachine is the machine of the load alone: its cores and its link.
func (v *view) fullMachine() []suspicion {
	host := v.own()
	if host == nil || v.run.Info.Local || host.Target {
		return nil
	}
	return slices.Concat(
		v.fullColumn(host, resource.CPUPercent, "CPU of the generator's machine was at"),
		v.fullColumn(host, resource.NetworkLinkPercent, "the link of the generator's machine was at"))
}

// usedPorts are the ports of the machine of the load: without a free one no connection can be made.
func (v *view) usedPorts() []suspicion {
	host := v.own()
	if host == nil {
		return nil
	}
	if all := v.fullColumn(host, resource.TCPDestinationPortsPercent, "connections to one server had taken, of this machine's ports,"); all != nil {
		return all
	}
	return v.fullColumn(host, resource.TCPEphemeralPortsPercent, "connections had taken, of this machine's ports,")
}

// fullColumn is a column in percent that is at its limit.
func (v *view) fullColumn(host *Host, column, what string) []suspicion {
	s, found := host.Column(column)
	if !found {
		return nil
	}
	first, last := v.clip(v.run.Began, v.run.Ended)
	at, found := saturatedFrom(shares(s.Values, 100), first, last)
	if !found {
		return nil
	}
	from := v.run.Start + int64(at)
	used := statistics.Median(v.cut(s.Values, from, v.run.Ended))
	return []suspicion{{
		fmt.Sprintf("%s %s %%", what, number(used)), from,
		Evidence{s.File, s.Column, from, v.run.Ended, used, "%", ">= 90 % in 8 of 10 s"},
	}}
}

// lateSchedule is a schedule that was not kept although users were free.
func (v *view) lateSchedule() []suspicion {
	late, p99 := v.lateness()
	if !late {
		return nil
	}
	window := v.window()
	users, x := statistics.Mean(v.cut(v.users, window.From, window.To)), statistics.Mean(v.cut(v.requests, window.From, window.To))
	response := v.phaseOf(v.run.Total.Phases[timing.Response], []Phase{window})
	slowest, _ := response.Quantile(0.99)
	busy := x * statistics.Mean(v.cut(v.response, window.From, window.To)) / 1000
	if !(slowest < idleShare*1000*users/x) {
		return nil
	}
	return []suspicion{{
		fmt.Sprintf("tasks began up to %s ms late (p99) although %s of %s users were free", number(p99), number(users-busy), number(users)), window.From,
		Evidence{v.run.Total.P50.File, timing.Lateness.Percentile("99"), window.From, window.To, p99, "ms", "p99 of lateness > max(10 ms, 5 % of R) while p99 of R is below half of the time between two requests"},
	}}
}

// lateness says whether tasks began late, and the 99th percentile of how much, in ms.
func (v *view) lateness() (late bool, p99 float64) {
	window := v.window()
	p99, known := v.phaseOf(v.run.Total.Phases[timing.Lateness], []Phase{window}).Quantile(0.99)
	limit := math.Max(latenessLeast, latenessShare*nanZero(statistics.Median(v.cut(v.response, window.From, window.To))))
	return known && p99 > limit, p99
}

// window is from the first second of the first level to the last one of the last, or all of the load.
func (v *view) window() Phase {
	if steady := v.steady(); len(steady) > 0 {
		return Phase{Steady, steady[0].From, steady[len(steady)-1].To}
	}
	return Phase{Ramp, v.run.Began, v.run.Ended}
}

// highestLevel is the level of the most users, or all of the load.
func (v *view) highestLevel() Phase {
	highest := Phase{Ramp, v.run.Began, v.run.Ended}
	most := 0.0
	for _, p := range v.steady() {
		if users := statistics.Median(v.cut(v.users, p.From, p.To)); users > most || most == 0 {
			highest, most = p, users
		}
	}
	return highest
}

// ownCPU is a generator that fills the CPU which it shares with the target.
func (v *view) ownCPU() []suspicion {
	host := v.own()
	if host == nil || !v.run.Info.Local {
		return nil
	}
	share, used, known := v.generatorShare()
	all := v.fullColumn(host, resource.CPUPercent, "CPU of this machine was at")
	if !known || len(all) == 0 || share < ownShare*used {
		return nil
	}
	all[0].text += fmt.Sprintf(", and the workers took %s of it", percent(share/used))
	return all
}

// generatorShare is what the workers took of the CPU of their machine, and what all took of it, as shares of all cores.
func (v *view) generatorShare() (share, used float64, known bool) {
	host := v.own()
	if host == nil || v.run.Info.Cores == 0 {
		return 0, 0, false
	}
	s, found := host.Column(resource.CPUPercent)
	window := v.window()
	used = statistics.Mean(v.cut(s.Values, window.From, window.To)) / 100
	share = statistics.Mean(v.cut(v.run.WorkersCPU.Values, window.From, window.To)) / 100 / float64(v.run.Info.Cores)
	return share, used, found && used > 0 && share >= 0
}

// own is the machine of the load, nil where none was measured.
func (v *view) own() *Host {
	if len(v.run.Hosts) == 0 || v.run.Hosts[0].Name != "" {
		return nil
	}
	return &v.run.Hosts[0]
}

// clocks are those of other hosts that differ.
func (v *view) clocks() (findings []Finding) {
	names := make([]string, 0, len(v.run.Info.Offsets))
	for name := range v.run.Info.Offsets {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		offset := v.run.Info.Offsets[name]
		if math.Abs(offset) <= clockSeconds {
			continue
		}
		findings = append(findings, Finding{
			Kind: KindClock, Level: Warn, Clear: true, Title: "The clock of " + name + " differs",
			Text: fmt.Sprintf("The clock of %s is %s s off that of this machine. Its rows were moved by whole seconds; put both on one clock (chrony, NTP).", name, number(offset)),
			Evidence: []Evidence{{
				File: v.run.Info.Files["metrics"], Column: resource.Timestamp, From: v.run.Began, To: v.run.Ended, Value: offset, Unit: "s",
				Rule: "clocks that differ by more than 0.5 s",
			}},
		})
	}
	return findings
}

// shares divides by a capacity.
func shares(values []float64, capacity float64) []float64 {
	all := make([]float64, len(values))
	for i, x := range values {
		all[i] = x / capacity
	}
	return all
}
