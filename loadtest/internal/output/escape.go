package output

import "strings"

// special are the letters that mean something in GitHub Flavored Markdown. Each may stand behind a backslash (CommonMark 2.4).
const special = "\\`*_{}[]()#+!|<>~@&$"

// escape is a text that Markdown shows as it is, in one line. A "www." or "https:" makes a link of itself, which is right, and a line never begins with
// a text of others.
func escape(text string) string {
	var b strings.Builder
	for _, r := range line(text) {
		if r < 128 && strings.ContainsRune(special, r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cell is a text in a table.
func cell(text string) string { return escape(clip(text)) }

// codeCell is code in a table, where a pipe ends a cell even in code. A backslash before it is no way out, since the text may have one there itself
// (GFM 4.10).
func codeCell(text string) string {
	if strings.Contains(text, "|") {
		return "<code>" + cell(text) + "</code>"
	}
	return code(text)
}

// code is a text in letters of one width: between more backticks than it has in a row, with spaces where it begins or ends with one.
func code(text string) string {
	text = clip(line(text))
	if strings.TrimSpace(text) == "" {
		return ""
	}
	longest, run := 0, 0
	for _, r := range text {
		if r == '`' {
			run++
			longest = max(longest, run)
		} else {
			run = 0
		}
	}
	fence, space := strings.Repeat("`", longest+1), ""
	if strings.HasPrefix(text, "`") || strings.HasSuffix(text, "`") || strings.HasPrefix(text, " ") && strings.HasSuffix(text, " ") {
		space = " "
	}
	return fence + space + text + space + fence
}

// line is a text without line breaks and what else is no letter.
func line(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, text)
}

// clip cuts what is too long for a table.
func clip(text string) string {
	if runes := []rune(text); len(runes) > mostCell {
		return string(runes[:mostCell]) + "..."
	}
	return text
}
