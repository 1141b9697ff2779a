package analysis

import (
	"fmt"
	"slices"

	"gregaria/internal/resource"
)

// When others fill the CPU of a machine, and the target and the load hardly want it.
const (
	// bystanderShare is the part of the machine's cores that target and load stay below, each of them.
	bystanderShare = 0.1
	// bystanderWants is the part of its time in which the busiest thread of the target runs or waits for a core.
	bystanderWants = 0.3
)

// withoutOthers leaves the CPU out where others fill it, and says so: what waits for a core is seen to wait, and nothing of the target does. Only on the machine of the load it
// is known how many cores there are.
func (v *view) withoutOthers(limits []limit, window Phase) (kept []limit, said string, evidence []Evidence) {
	i := slices.IndexFunc(limits, func(l limit) bool { return l.group == "cpu" && l.host == v.own() })
	if i < 0 || !v.run.Info.Local || v.run.Info.Cores == 0 {
		return limits, "", nil
	}
	cpu, first, last := limits[i], v.index(window.From), v.index(window.To)+1
	used := median(cpu.host, resource.ProcessCPUCores, first, last)
	runs, waited := median(cpu.host, resource.ProcessBusiestThreadPercent, first, last), median(cpu.host, resource.ProcessBusiestThreadWaitPercent, first, last)
	all := float64(v.run.Info.Cores)
	share, _, known := v.generatorShare()
	if !(full(cpu.use, first, last) >= staysShare && used < bystanderShare*all && runs+waited < 100*bystanderWants && known && share < bystanderShare) {
		return limits, "", nil
	}
	said = fmt.Sprintf(" Others filled the %s: %s used %s of %s cores, and its busiest thread waited for one %s %% of the time; the workers used %s.",
		cpu.name, v.watched(), number(used), number(all), number(waited), number(share*all))
	return slices.Delete(slices.Clone(limits), i, i+1), said, []Evidence{
		{cpu.shown.File, resource.ProcessCPUCores, window.From, window.To, used, "cores", "the process under test uses < 10 % of a CPU that is full"},
		{cpu.shown.File, resource.ProcessBusiestThreadWaitPercent, window.From, window.To, waited, "%", "its busiest thread runs, or waits for a core, < 30 % of the time"},
	}
}
