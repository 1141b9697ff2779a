package terminal

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
	"gregaria/loadtest/internal/summary"
)

// maxError is how many characters of one error are shown.
const maxError = 2000

// failures are the kinds of failed requests, the most frequent first, each with its count, and where it is known the time of the first.
func failures(f *analysis.Findings, o Options) string {
	var entries []entry
	for _, failure := range f.Failures {
		text := summary.Failure{Method: failure.Type, Name: failure.Name, Error: failure.Error}.String()
		text = cut(glyph.Clean(text))
		if failure.First >= f.Began && failure.First > 0 {
			text += " (first at " + clock(failure.First-f.Began) + ")"
		}
		entries = append(entries, entry{strconv.Itoa(failure.Count), red, text})
	}
	return list(o, false, entries)
}

// exceptions are those that tasks raised, each with the place where it was.
func exceptions(f *analysis.Findings, o Options) string {
	var entries []entry
	for _, e := range f.Exceptions {
		text := summary.Exception{Message: e.Message, Traceback: e.Traceback}.String()
		entries = append(entries, entry{strconv.Itoa(e.Count), red, cut(glyph.Clean(text))})
	}
	return list(o, false, entries)
}

// cut leaves as much of an error as a screen has use for. The whole text is in Locust's CSVs.
func cut(text string) string {
	n := utf8.RuneCountInString(text)
	if n <= maxError {
		return text
	}
	return fmt.Sprintf("%s... (%d more characters in the CSV)", string([]rune(text)[:maxError]), n-maxError)
}

// clock writes seconds of the load as 1:05 or 1:02:05.
func clock(s int64) string {
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
