package analysis

import (
	"slices"
	"strings"
)

// rank is the place of a finding in the reading order: what makes the others doubtful, what broke, from when on, why, and what was looked for and is not so.
func rank(f Finding) int {
	switch {
	case f.Kind == KindGenerator && f.Level == Warn:
		return 0
	case f.Kind == KindRestart && f.Level == Bad:
		return 1
	case f.Kind == KindSaturation && f.Level == Bad:
		return 2
	case f.Kind == KindErrors:
		return 3
	case f.Kind == KindGrowth && f.Level == Bad:
		return 4
	case f.Kind == KindSaturation:
		return 5
	case f.Kind == KindLittle, f.Kind == KindClock:
		return 6
	case f.Kind == KindParallelism:
		return 7
	case f.Kind == KindScalability, f.Kind == KindKnee:
		return 8
	case f.Kind == KindGrowth:
		return 9
	}
	return 10
}

// ordered are findings as a person wants to read them.
func ordered(all []Finding) []Finding {
	slices.SortStableFunc(all, func(a, b Finding) int { return rank(a) - rank(b) })
	return all
}

// headline is the finding that matters most in one line, and the first leak beside it.
func headline(findings []Finding) string {
	said, leak := "", ""
	for _, f := range findings {
		switch {
		case f.Kind == KindGrowth && f.Level == Bad:
			if leak == "" {
				leak = f.Title
			}
		case said == "" && (f.Level == Bad || f.Level == Warn && f.Kind == KindGenerator):
			said = f.Title
		}
	}
	switch {
	case said != "" && leak != "":
		return said + "; " + strings.ToLower(leak[:1]) + leak[1:]
	case said+leak != "":
		return said + leak
	}
	for _, f := range findings {
		if f.Kind == KindSaturation {
			return f.Title
		}
	}
	return ""
}
