package plan

import (
	"runtime"
	"strconv"
	"strings"

	"gregaria/loadtest/internal/fault"
)

// What --workers takes beside a number, which is that of workers in Go: one a core of each or, with a colon and a number after it, so many.
//
//	auto     in Go if they can run the locustfile, else of Locust's own
//	go       in Go, or none
//	python   of Locust's own
const (
	AutoWorkers   = "auto"
	goWorkers     = "go"
	pythonWorkers = "python"
)

// workers is what --workers says.
type workers struct {
	inGo, inPython int
	either         bool // those in Go may be in Python as well
}

// parseWorkers reads --workers.
func parseWorkers(text string) (workers, error) {
	kind, number, counted := strings.Cut(text, ":")
	least := 1
	if _, err := strconv.ParseFloat(text, 64); err == nil { // a number alone
		kind, number, counted, least = goWorkers, text, true, 0
	}
	n := min(runtime.GOMAXPROCS(0), MaxWorkers)
	if counted {
		given, err := strconv.Atoi(number)
		if err != nil || given < least || given > MaxWorkers {
			return workers{}, fault.New(fault.Usage, "--workers %s is out of range: give a whole number from %d to %d, or %s, %s or %s for one a core",
				text, least, MaxWorkers, AutoWorkers, goWorkers, pythonWorkers)
		}
		n = given
	}
	switch kind {
	case AutoWorkers:
		return workers{inGo: n, either: true}, nil
	case goWorkers:
		return workers{inGo: n}, nil
	case pythonWorkers:
		return workers{inPython: n}, nil
	}
	return workers{}, fault.New(fault.Usage, "--workers %s is not understood: give a number, %s, %s or %s for one a core, or so many, such as %s:4",
		text, AutoWorkers, goWorkers, pythonWorkers, pythonWorkers)
}

// noGo reports that nobody runs workers in Go, who alone see what some flags ask for.
func (s Settings) noGo() bool {
	w, err := parseWorkers(s.Workers)
	return err == nil && w.inGo == 0
}

// needGo are the flags that ask for what only workers in Go see.
func (s Settings) needGo() (flags []string) {
	for _, flag := range []struct {
		name  string
		given bool
	}{{"--job", len(s.jobArgs()) > 0}, {"--stream-data", s.StreamData != ""}, {"--request-log", s.RequestLog != ""}} {
		if flag.given {
			flags = append(flags, flag.name)
		}
	}
	return flags
}

func (s Settings) checkWorkers() error {
	w, err := parseWorkers(s.Workers)
	switch {
	case err != nil:
		return err
	case w.inPython > 0 && s.PythonWorkers > 0:
		return fault.New(fault.Usage, "--workers %s and --python-workers %d say the same twice: leave one of them out", s.Workers, s.PythonWorkers)
	case w.inGo+w.inPython+s.PythonWorkers == 0 && s.Master == "": // a master may have workers of others
		return fault.New(fault.Usage, "--workers 0 leaves nobody to make requests: add --workers or --python-workers")
	}
	return nil
}

// workers puts --workers into the plan. It is checked already.
func (p *Plan) workers(s Settings) {
	w, _ := parseWorkers(s.Workers)
	p.Workers, p.PythonWorkers = w.inGo, w.inPython+s.PythonWorkers
	p.EitherWorkers, p.NeedGo = w.either, s.needGo()
}

// InPython is the plan with workers of Locust's own in place of those in Go.
func (p Plan) InPython() Plan {
	p.Workers, p.PythonWorkers = 0, p.Workers+p.PythonWorkers
	return p
}
