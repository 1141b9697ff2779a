package cli

import (
	"fmt"
	"log/slog"
	"regexp"
	"strings"

	"gregaria/worker/internal/locustfile"
)

// processWide finds what of a locustfile is a process's own under locust --processes, and here all workers' in common or,
// as what multiprocessing shares, nobody's.
var processWide = regexp.MustCompile(`\bos\.(?:getpid|chdir|umask)\b|\bmultiprocessing\.(?:Value|Array|Queue|Lock|Manager)\b`)

// sayShared names what several workers in one process do not have as several processes would.
func (s *script) sayShared(log *slog.Logger) {
	for _, source := range locustfile.Ours(s.sources) {
		for i, line := range strings.Split(string(source.Text), "\n") {
			code, _, _ := strings.Cut(line, "#")
			if name := processWide.FindString(code); name != "" {
				log.Warn(fmt.Sprintf("%s:%d: %s is not as with locust --processes: the workers are in one process, tell them apart by "+
					"environment.runner.worker_index (docs/locustfile.md)", shown(source.Path), i+1, name))
				return
			}
		}
	}
}
