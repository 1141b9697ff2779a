package threshold

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"gregaria/internal/resource"
)

// slopeSuffix behind the name of a column means how it grows.
const slopeSuffix = "_slope"

// column finds the column of the metrics that a word means: process.rss for Process_RSS_MB, cpu_percent@api for CPU_Percent of the host api.
func (m Measure) column(word string) (Measure, error) {
	name, host, atHost := strings.Cut(word, "@")
	if atHost && host == "" {
		return m, fmt.Errorf("%q names no host behind the @", word)
	}
	m.Host = host
	if len(name) > len(slopeSuffix) && strings.EqualFold(name[len(name)-len(slopeSuffix):], slopeSuffix) {
		name, m.Slope = name[:len(name)-len(slopeSuffix)], true
	}
	found := columns(name)
	switch {
	case len(found) == 0:
		return m, fmt.Errorf("%q is nothing that is measured%s%s (docs/checks.md has all names)", word, colon(word), cmp.Or(meantColumn(name), braces(word)))
	case len(found) > 1:
		return m, fmt.Errorf("%q may be %s: say which", name, strings.Join(found, " or "))
	case m.Slope && m.Statistic != "":
		return m, fmt.Errorf("%s is one number, there is no %s of it: leave %s out", name+slopeSuffix, m.Statistic, m.Statistic)
	}
	m.Name = found[0]
	return m, nil
}

// colon is a hint for who wrote an endpoint without a space behind its colon.
func colon(word string) string {
	if strings.Contains(word, ":") {
		return "; behind an endpoint write a colon and a space, such as 'POST /a: p95'"
	}
	return ""
}

// braces is a hint for who means what a server says of itself.
func braces(word string) string {
	if seriesName.FindString(word) == word && strings.ContainsAny(word, "_:") {
		return "; a series of --scrape is written " + word + "{}"
	}
	return ""
}

// meantColumn is the name that is nearest, of all that there are.
func meantColumn(name string) string {
	number := cmp.Or(regexp.MustCompile("[0-9]+").FindString(name), "0")
	var names []string
	for _, entry := range measured() {
		entry = strings.ToLower(strings.ReplaceAll(entry, "<n>", number))
		names = append(names, entry, strings.TrimSuffix(entry, unitSuffix(entry)))
	}
	lower := strings.ReplaceAll(strings.ToLower(name), ".", "_")
	return meant(lower, append(requestNames(), names...))
}

// measured are the columns that have numbers, and those that are made of two of them.
func measured() []string {
	all := slices.DeleteFunc(resource.Catalogue(), func(column string) bool {
		return column == resource.Timestamp || column == resource.Time || resource.IsText(column)
	})
	return append(all, "GPU<n>_Memory")
}

// columns are those that a name may mean: as it is, in any case and with points instead of underscores, or without the unit at its end.
func columns(name string) []string {
	byRank := [4][]string{}
	for _, entry := range measured() {
		template := strings.Contains(entry, "<")
		for _, whole := range []bool{true, false} {
			pattern := entry
			if !whole {
				pattern = strings.TrimSuffix(entry, unitSuffix(entry))
			}
			column, found := fill(pattern, name)
			if !found {
				continue
			}
			rank := 0
			if template {
				rank++
			}
			if !whole {
				rank += 2
				column += unitSuffix(entry)
			}
			byRank[rank] = append(byRank[rank], column)
			break
		}
	}
	for _, found := range byRank {
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

// fill puts what stands in a name into the angle brackets of a pattern, if the name is of that pattern.
func fill(pattern, name string) (string, bool) {
	if !strings.Contains(pattern, "<") {
		return pattern, strings.EqualFold(pattern, strings.ReplaceAll(name, ".", "_"))
	}
	if at := strings.Index(pattern, "<"); len(name) < at || !strings.EqualFold(pattern[:at], strings.ReplaceAll(name[:at], ".", "_")) {
		return "", false // most are not, and need no regular expression to say so
	}
	bracket := regexp.MustCompile(`<[a-z]+>`)
	text := bracket.ReplaceAllStringFunc(strings.ReplaceAll(regexp.QuoteMeta(pattern), "_", "[_.]"), func(label string) string {
		if label == "<n>" {
			return "([0-9]+)"
		}
		return "(.+)"
	})
	values := regexp.MustCompile("(?i)^" + text + "$").FindStringSubmatch(name)
	if values == nil {
		return "", false
	}
	for _, value := range values[1:] {
		at := bracket.FindStringIndex(pattern)
		pattern = pattern[:at[0]] + value + pattern[at[1]:]
	}
	return pattern, true
}

// A suffix is the unit at the end of a column's name.
type suffix struct {
	text string
	// dimension is what it says, and scale how many of the dimension's base one is.
	dimension dimension
	scale     float64
}

// suffixes are the units of columns, those that end with another one first.
func suffixes() []suffix {
	return []suffix{
		{"_MB_Per_Second", sizeRate(), 1},
		{"_Seconds_Per_Second", count(), 1},
		{"_Per_Second", rate(), 1},
		{"_Percent", percentage(), 1},
		{"_GB", size(), 1 << 10},
		{"_MB", size(), 1},
		{"_MS", duration(), 1},
		{"_Cores", cores(), 1},
		{"_MHz", plain("a clock", "MHz"), 1},
		{"_W", plain("a power", "W"), 1},
		{"_J", plain("an energy", "J"), 1},
		{"_C", plain("a temperature", "C"), 1},
	}
}

// suffixOf is the unit of a column. One without is a count.
func suffixOf(column string) suffix {
	if gpuMemory(column) {
		return suffix{"", percentage(), 1}
	}
	for _, s := range suffixes() {
		if n := len(column) - len(s.text); n > 0 && strings.EqualFold(column[n:], s.text) {
			return s
		}
	}
	return suffix{"", count(), 1}
}

// unitSuffix is the end of a column's name that people may leave out.
func unitSuffix(column string) string { return column[len(column)-len(suffixOf(column).text):] }

func columnDimension(column string) dimension { return suffixOf(column).dimension }

// gpuMemory says that a column is one of ours: used memory of a GPU in percent of what it has, of two columns of the file.
func gpuMemory(column string) bool {
	number, found := strings.CutPrefix(column, "GPU")
	number, memory := strings.CutSuffix(number, "_Memory")
	return found && memory && number != "" && strings.Trim(number, "0123456789") == ""
}

// usual is the statistic that a column has without another one: the sum of what counts events since the row before, the last of what counts them since
// the beginning, of all others the average.
func usual(column string) Statistic {
	for _, events := range []string{"_OOM_Kills", "_Limit_Hits", "_High_Hits", "_Xid_Errors", "_Energy_J", "_Skipped_Ticks"} {
		if strings.HasSuffix(column, events) {
			return Sum
		}
	}
	if column == resource.ProcessRestarts || strings.Contains(column, "_ECC_") {
		return Max
	}
	return Average
}
