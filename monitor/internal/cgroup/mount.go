package cgroup

import (
	"slices"
	"strings"
)

// A mount is where a hierarchy, or a part of it, can be seen.
type mount struct {
	root    string   // the group that stands at point, seen from the cgroup namespace of the reader
	point   string   // a folder
	unified bool     // version 2
	options []string // of version 1: the controllers, among others
}

// parseMounts reads the cgroups of /proc/PID/mountinfo (proc(5)):
//
//	31 23 0:24 /docker/0a1b /sys/fs/cgroup/memory ro,nosuid master:11 - cgroup cgroup rw,memory
//	           root         point                 options  optional   type  source super options
func parseMounts(data []byte) []mount {
	var all []mount
	for line := range strings.Lines(string(data)) {
		before, after, ok := strings.Cut(line, " - ")
		left, right := strings.Fields(before), strings.Fields(after)
		if !ok || len(left) < 6 || len(right) < 3 {
			continue
		}
		m := mount{root: unescape(left[3]), point: unescape(left[4])}
		switch right[0] {
		case "cgroup2":
			m.unified = true
		case "cgroup":
			m.options = strings.Split(right[2], ",")
		default:
			continue
		}
		all = append(all, m)
	}
	return all
}

// shows says whether the mount is of the hierarchy of a controller, or of the unified one.
func (m mount) shows(controller string, unified bool) bool {
	return m.unified == unified && (unified || slices.Contains(m.options, controller))
}

// below returns the way from the mount's point to a group, and false where the group is not below the mount's root. What lies
// above the namespace of the reader has no names there, only "..": such a group is seen where it is a root itself.
func (m mount) below(path string) (string, bool) {
	if path == m.root {
		return "", true
	}
	rest, ok := strings.CutPrefix(path, strings.TrimSuffix(m.root, "/")+"/")
	if !ok || rest == ".." || strings.HasPrefix(rest, "../") {
		return "", false
	}
	return strings.Trim(rest, "/"), true
}

// unescape puts back what mountinfo writes as octal numbers: spaces, tabs, newlines and backslashes.
func unescape(text string) string {
	return strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace(text)
}
