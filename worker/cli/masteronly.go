package cli

import (
	"log/slog"
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

// sayDropped names the options that nobody knows but, perhaps, a file that is left out.
func (s *script) sayDropped(log *slog.Logger, names []string) {
	if names != nil {
		log.Info("Without effect here, options of " + strings.Join(leftOut(s.sources), ", ") + " by the look of it: " + strings.Join(names, ", "))
	}
}
