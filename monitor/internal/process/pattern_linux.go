package process

import (
	"regexp"
	"slices"
	"strings"
)

// byPattern finds processes by their command line.
type byPattern struct {
	proc    string
	pattern *regexp.Regexp
}

func (f *byPattern) find() (pids []int, _ error) {
	for _, pid := range processes(f.proc) {
		args := commandLine(f.proc, pid)
		if len(args) > 0 && f.pattern.MatchString(strings.Join(args, " ")) {
			pids = append(pids, pid)
		}
	}
	if len(pids) == 0 {
		return nil, nil
	}
	mine := ours(f.proc)
	return slices.DeleteFunc(pids, func(pid int) bool { return slices.Contains(mine, pid) }), nil
}
