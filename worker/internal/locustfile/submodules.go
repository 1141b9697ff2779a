package locustfile

import (
	_ "embed"
	"strings"

	"gregaria/worker/internal/python"
)

// The submodules that are attributes of their packages when a stock worker runs a file, since Locust has imported them:
// "package: names". The script beside this file writes it.
//
//go:embed submodules.txt
var submodulesText string

// attachSubmodules has the packages show those of their submodules that Locust has imported: `import gevent` is enough for
// gevent.lock.
func attachSubmodules(m map[string]maker) {
	for line := range strings.Lines(submodulesText) {
		pkg, names, _ := strings.Cut(line, ":")
		var ours []string
		for _, name := range strings.Fields(names) {
			if m[pkg+"."+name] != nil {
				ours = append(ours, name)
			}
		}
		if mk := m[pkg]; mk != nil && ours != nil {
			m[pkg] = func(t *python.Thread) (*python.Module, error) {
				mod, err := mk(t)
				if err == nil {
					mod.Submodules(ours)
				}
				return mod, err
			}
		}
	}
}
