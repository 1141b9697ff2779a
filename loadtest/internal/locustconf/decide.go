package locustconf

import (
	"encoding/json"
	"fmt"
	"slices"

	"gregaria/internal/mask"
	"gregaria/loadtest/internal/fault"
)

// A Decision is what a run does with what was found.
type Decision struct {
	// Notices say, a line each, what is set aside and why.
	Notices []string
	// Undo are the flags that take the set-aside settings of files back on Locust's command line.
	Undo []string
	// Drop are the variables that must not reach Locust.
	Drop []string
}

// Decide sorts the settings. What a run cannot live with is a fault.Usage that names file and key. Those of allowed it can live with.
func (f Found) Decide(allowed ...string) (Decision, error) {
	var d Decision
	all := treatments()
	for _, s := range f.Settings {
		t := all[s.Dest]
		if t.way == obeyed || t.way == taken || !s.on() || slices.Contains(allowed, s.Dest) {
			continue
		}
		if err := d.add(s, t, f.Known); err != nil {
			return Decision{}, err
		}
	}
	return d, nil
}

// add takes one setting that is not obeyed into the decision.
func (d *Decision) add(s Setting, t treatment, known []string) error {
	switch {
	case t.way == copied && s.Source == variable:
		d.Drop = append(d.Drop, s.Key+"=")
		return nil
	case t.way == copied:
		d.Undo = append(d.Undo, t.undo...)
		return nil
	case s.IsArgument():
		return fault.New(fault.Usage, "%s cannot be obeyed: %s; leave it out", s, t.because)
	case s.Source == variable:
		d.Drop = append(d.Drop, s.Key+"=")
	case t.way == refused, s.Dest == "headless" && !slices.Contains(known, "headful"):
		return fault.New(fault.Usage, "%s = %s cannot be obeyed: %s; take it out of the file, or start loadtest in another directory", s, s.Shown(), t.because)
	default:
		d.Undo = append(d.Undo, t.undo...)
	}
	d.Notices = append(d.Notices, fmt.Sprintf("%s is not obeyed: %s", s, t.because))
	return nil
}

// on says whether the setting asks for anything: "headless = false" does not.
func (s Setting) on() bool {
	switch string(s.Value) {
	case "false", "null", `""`, "":
		return false
	}
	return true
}

// Of returns the setting of an option, the strongest.
func (f Found) Of(dest string) (Setting, bool) {
	for _, s := range f.Settings {
		if s.Dest == dest && s.on() {
			return s, true
		}
	}
	return Setting{}, false
}

// Get takes an option's value into to, and reports whether there is one.
func (f Found) Get(dest string, to any) bool {
	s, found := f.Of(dest)
	return found && json.Unmarshal(s.Value, to) == nil
}

// Shown is the setting's text as it may be shown: without a password. A switch is "true", which TOML and Python write True.
func (s Setting) Shown() string {
	if string(s.Value) == "true" {
		return "true"
	}
	return mask.URL(s.Text)
}
