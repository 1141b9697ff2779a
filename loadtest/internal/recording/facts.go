package recording

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"time"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/results"
)

// Version is that of Facts as JSON. It changes when a field goes away or means something else.
const Version = 1

// Facts are what only loadtest knows of a run: run_TS.json. It is written when the load begins, and once more when the run is over.
type Facts struct {
	Version int `json:"version"`
	// Began and Ended are when the load did, in seconds of the epoch. Ended is 0 until then, and for ever where loadtest was killed.
	Began float64 `json:"began"`
	Ended float64 `json:"ended,omitempty"`
	// Workers are what the master was told of those that make the load.
	Workers []Worker `json:"workers,omitempty"`
	// WorkersCPU is what the processes of all of them used together, as the kernel counts it.
	WorkersCPU Worker `json:"workers_cpu,omitzero"`
	// Checks are the limits that the run has to keep, WarmUp the seconds that --warm-up leaves out of its steady phase. Baseline has a file of each earlier run
	// that checks compare with.
	Checks   []Check  `json:"checks,omitempty"`
	WarmUp   float64  `json:"warm_up,omitempty"`
	Baseline []string `json:"baseline,omitempty"`
	// Effect is the difference from them that counts, as a share of 1; 0 for the usual one.
	Effect float64 `json:"effect,omitempty"`
	// LocustCode is the master's exit code: 0 where requests failed says that the locustfile accepts them.
	LocustCode int `json:"locust_exit_code"`
	// Early is the verdict on a run that was ended early, or whose files are not all there; nil for one that came to its end with all of them.
	Early *analysis.Verdict `json:"ended_early,omitempty"`
	// Info is what was planned, and where it ran.
	Info analysis.Info `json:"run"`
}

// A Check is a limit as its author wrote it, with the name that its author gave it. Hopeless is why it could no longer pass, of the one that ended the run.
type Check struct {
	Text     string `json:"check"`
	Title    string `json:"name,omitempty"`
	Hopeless string `json:"hopeless,omitempty"`
}

// ErrVersion is a file of another version.
var ErrVersion = errors.New("its version is not known here")

// Epoch is a time as Facts have it, to the millisecond; 0 is none.
func Epoch(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return float64(t.UnixMilli()) / 1000
}

// Write puts the facts into a file, whole or not at all.
func (f Facts) Write(path string) error {
	f.Version = Version
	data, err := json.MarshalIndent(f, "", "  ")
	if err == nil {
		err = results.Replace(path, append(data, '\n'))
	}
	if err != nil {
		return fmt.Errorf("write what is known of the run: %w", err)
	}
	return nil
}

// ParseFacts reads them.
func ParseFacts(data []byte) (Facts, error) {
	var f Facts
	if err := json.Unmarshal(data, &f); err != nil {
		return Facts{}, fmt.Errorf("read what is known of the run: %w", err)
	}
	if f.Version != Version {
		return Facts{}, fmt.Errorf("version %d: %w", f.Version, ErrVersion)
	}
	if !isTime(f.Began) && f.Began != 0 || !isTime(f.Ended) && f.Ended != 0 || f.Ended != 0 && f.Ended < f.Began {
		return Facts{}, fmt.Errorf("began at %v, ended at %v: %w", f.Began, f.Ended, errTime)
	}
	return f, nil
}

// errTime is a time that cannot be.
var errTime = errors.New("that is no time in seconds of the epoch")

// latest bounds the times that are believed, in seconds of the epoch: a file in milliseconds is of no use here.
const latest = 1 << 33

// isTime reports whether a number can be a time.
func isTime(seconds float64) bool { return seconds > 0 && seconds < latest && !math.IsNaN(seconds) }

// ReadFacts reads run_TS.json. Of a run that has none there are none, which is no error.
func ReadFacts(files results.Files) (Facts, error) {
	if files.Run == "" {
		return Facts{}, nil
	}
	data, err := os.ReadFile(files.Run)
	if errors.Is(err, fs.ErrNotExist) {
		return Facts{}, nil
	}
	if err != nil {
		return Facts{}, err
	}
	return ParseFacts(data)
}

// readFacts takes them, where there are any.
func (r *reading) readFacts() {
	var err error
	if r.facts, err = ReadFacts(r.files); err != nil {
		r.notef("%s is left out: %v", r.files.Run, err)
	}
}
