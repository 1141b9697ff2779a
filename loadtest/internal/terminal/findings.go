package terminal

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"gregaria/loadtest/internal/analysis"
	"gregaria/loadtest/internal/glyph"
)

// sentences is how many of them a screen has room for. All of them are in the report.
const sentences = 6

// findings are what the run means in a few sentences: the headline, then the findings in the order of the report.
func findings(f *analysis.Findings, o Options) string {
	var out strings.Builder
	if headline := glyph.Clean(f.Headline); headline != "" {
		for _, line := range glyph.Wrap(headline, o.Width) {
			out.WriteString(o.paint(bold, line) + "\n")
		}
	}
	chosen := choose(f.Findings)
	left := sentences - len(chosen) // each has one
	var entries []entry
	for i := range chosen {
		text, n := some(&chosen[i], 1+left)
		left -= n - 1
		entries = append(entries, entry{label(&chosen[i]), colourOf(&chosen[i]), text})
	}
	out.WriteString(list(o, true, entries))
	if more := len(f.Findings) - len(chosen); more > 0 {
		where := ""
		if report := f.Info.Files["report"]; report != "" {
			where = ", in " + glyph.Clean(report)
		}
		fmt.Fprintf(&out, "and %d more%s\n", more, where)
	}
	return out.String()
}

// choose are the findings that there is room for. What is fine has to make room first.
func choose(all []analysis.Finding) []analysis.Finding {
	chosen := slices.Clone(all)
	for n := len(chosen) - 1; n >= 0 && len(chosen) > sentences; n-- {
		if chosen[n].Level == analysis.Good {
			chosen = slices.Delete(chosen, n, n+1)
		}
	}
	return chosen[:min(len(chosen), sentences)]
}

// label says how a finding is to be read.
func label(f *analysis.Finding) string {
	switch {
	case !f.Clear:
		return "not clear"
	case f.Level == analysis.Bad:
		return "problem"
	case f.Level == analysis.Warn:
		return "warning"
	case f.Level == analysis.Good:
		return "fine"
	default:
		return "note"
	}
}

// colourOf is the paint of its label.
func colourOf(f *analysis.Finding) paint {
	switch {
	case !f.Clear || f.Level == analysis.Warn:
		return yellow
	case f.Level == analysis.Bad:
		return red
	case f.Level == analysis.Good:
		return green
	default:
		return plain
	}
}

// some are the title of a finding and at most so many of its sentences, and how many those are. A text that says what the title does stands alone. Why
// something is not clear is said before all else.
func some(f *analysis.Finding, most int) (text string, n int) {
	title, all := glyph.Clean(f.Title), split(glyph.Clean(f.Text))
	if why := slices.IndexFunc(all, func(sentence string) bool { return strings.HasPrefix(sentence, "Not clear") }); why > 0 && !f.Clear {
		all = slices.Concat(all[why:why+1], all[:why], all[why+1:])
	}
	n = min(most, len(all))
	text = strings.Join(all[:n], " ")
	switch {
	case text == "":
		return title, 1
	case title == "" || strings.HasPrefix(strings.ToLower(text), strings.ToLower(title)):
		return text, n
	default:
		return strings.TrimRight(title, ".") + ". " + text, n
	}
}

// split cuts a text into sentences: behind a point, a question or an exclamation mark that a space and no small letter follow, outside of brackets, in which
// errors stand.
func split(text string) (all []string) {
	runes := []rune(text)
	begin, depth := 0, 0
	for i, r := range runes {
		switch r {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth > 0 || !strings.ContainsRune(".?!", r) || i+2 >= len(runes) || runes[i+1] != ' ' || unicode.IsLower(runes[i+2]) {
			continue
		}
		all = append(all, string(runes[begin:i+1]))
		begin = i + 2
	}
	if begin < len(runes) {
		all = append(all, string(runes[begin:]))
	}
	return all
}

// count is a number of things.
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
