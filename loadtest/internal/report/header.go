package report

import (
	"fmt"
	"path/filepath"
	"strings"

	"gregaria/internal/timing"
	"gregaria/loadtest/internal/analysis"
)

// headline is the finding that matters most, or what the page is of where there is none.
func headline(f *analysis.Findings) string {
	switch {
	case f.Headline != "":
		return shorten(f.Headline, nameLength)
	case f.Info.Host != "":
		return "Load test of " + shorten(f.Info.Host, nameLength)
	default:
		return "Load test"
	}
}

// verdict is the word of a verdict in the colour of it.
func verdict(v analysis.Verdict) pill {
	switch v.Word {
	case "PASSED":
		return pill{"passed", "good"}
	case "FAILED":
		return pill{"failed", "bad"}
	case "":
		return pill{}
	default:
		return pill{strings.ToLower(v.Word), "warn"}
	}
}

// sub is what was run: where, how much, when, and of what.
func (m *maker) sub() []string {
	i := m.f.Info
	var parts []string
	add := func(text string) {
		if text != "" {
			parts = append(parts, text)
		}
	}
	add(shorten(i.Host, nameLength))
	add(loadOf(i))
	if m.f.Began > 0 {
		add(m.at.from(m.f.Began, m.f.Ended))
	}
	if i.Locustfile != "" {
		name := shorten(filepath.Base(i.Locustfile), nameLength)
		if len(i.LocustfileSHA256) >= 7 {
			name += " @ " + i.LocustfileSHA256[:7]
		}
		add(name)
	}
	add(workers(i))
	return parts
}

// loadOf is the load as it was planned.
func loadOf(i analysis.Info) string {
	var parts []string
	if i.Users > 0 {
		parts = append(parts, plural(i.Users, "user"))
	}
	if i.SpawnRate > 0 && len(i.Steps) == 0 {
		parts = append(parts, number(i.SpawnRate)+" a second")
	}
	if len(i.Steps) > 0 {
		steps := make([]string, len(i.Steps))
		for n, users := range i.Steps {
			steps[n] = count(users)
		}
		parts = append(parts, "in steps of "+shorten(strings.Join(steps, ", "), nameLength))
	}
	if i.Rate > 0 {
		parts = append(parts, number(i.Rate)+" tasks/s")
	}
	return strings.Join(parts, ", ")
}

// workers are those who made the load, and of which versions.
func workers(i analysis.Info) string {
	var parts []string
	if i.Workers > 0 {
		parts = append(parts, plural(i.Workers, "worker"))
	}
	if i.PythonWorkers > 0 {
		parts = append(parts, plural(i.PythonWorkers, "Python worker"))
	}
	if i.Locust != "" {
		parts = append(parts, "Locust "+shorten(i.Locust, nameLength))
	}
	return strings.Join(parts, ", ")
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return count(n) + " " + what + "s"
}

// banners are the reasons for which all other numbers are suspect: they stand above everything.
func banners(f *analysis.Findings) []string {
	var found []string
	for _, n := range f.Findings {
		suspect := n.Kind == analysis.KindGenerator || n.Kind == analysis.KindClock || n.Kind == analysis.KindLittle
		if suspect && (n.Level == analysis.Bad || n.Level == analysis.Warn) {
			found = append(found, sentence(shorten(n.Title, nameLength)))
		}
	}
	return found
}

// percentiles says where those of the page come from.
func percentiles(run *analysis.Run) string {
	if hasHistograms(run.Total.Phases[timing.Response]) {
		return "Percentiles are read from merged histograms, never averaged."
	}
	return "Percentiles are those of Locust."
}

// by is who made the page.
func by(i analysis.Info) string {
	if i.Gregaria == "" {
		return "gregaria"
	}
	return fmt.Sprintf("gregaria %s", shorten(i.Gregaria, nameLength))
}
