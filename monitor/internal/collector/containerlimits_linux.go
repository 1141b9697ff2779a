package collector

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"gregaria/monitor/internal/cgroup"
)

// An announcement says what a container may use, when that is known and when it changes: a reader who sees a host at 14 % would not
// think that a container on it has nothing left.
type announcement struct {
	note  func(string)
	whose string

	cores, memory float64 // as they were said last
	said          bool
}

func (a *announcement) say(limits cgroup.Limits) {
	none := math.IsInf(limits.Cores, 1) && math.IsInf(limits.Memory, 1)
	if !a.said && none || a.said && limits.Cores == a.cores && limits.Memory == a.memory {
		return
	}
	a.said, a.cores, a.memory = true, limits.Cores, limits.Memory
	if none {
		a.note(a.whose + " has no limit of CPU or memory any more")
		return
	}
	a.note("host numbers are the host's; " + a.whose + " may use " + allowance(limits))
}

// allowance is "0.2 cores and 0.50 GB".
func allowance(limits cgroup.Limits) string {
	var parts []string
	if !math.IsInf(limits.Cores, 1) {
		unit := " cores"
		if limits.Cores == 1 {
			unit = " core"
		}
		parts = append(parts, strconv.FormatFloat(math.Round(limits.Cores*1000)/1000, 'f', -1, 64)+unit)
	}
	if !math.IsInf(limits.Memory, 1) {
		parts = append(parts, fmt.Sprintf("%.2f GB", limits.Memory/gb))
	}
	return strings.Join(parts, " and ")
}
