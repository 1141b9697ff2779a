package cli

import (
	"slices"
	"strings"

	"gregaria/worker/internal/locustfile"
)

// leftOut are the names of the files that are for the master only, each once.
func leftOut(sources []locustfile.Source) []string {
	var names []string
	for _, s := range sources {
		if name := shown(s.Path); s.MasterOnly() && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// leavesOut says of one such file what becomes of it.
func leavesOut(name string) string {
	return name + " is for the master only (" + locustfile.MasterMarker + "): this worker leaves it out"
}

// noneLeft is the error of a list of files all of which are for the master only; nil is one that has others.
func noneLeft(sources []locustfile.Source) error {
	if len(locustfile.Ours(sources)) > 0 {
		return nil
	}
	names := leftOut(sources)
	verb := " is"
	if len(names) > 1 {
		verb = " are"
	}
	return &refusedError{"no locustfile is left to run: " + strings.Join(names, ", ") + verb + " for the master only (" + locustfile.MasterMarker +
		"); a file with user classes has to come with it"}
}
