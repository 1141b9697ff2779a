// Package glyph measures text as a terminal shows it, and makes what may stand in a name or an error safe to show.
package glyph

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/mattn/go-runewidth"
)

// emojiStyle is the variation selector that has a terminal show the letter before it as an emoji, two columns wide.
const emojiStyle = '\ufe0f'

// columns is how wide a letter is. Ambiguous ones are narrow, as in all locales but those of East Asia, where nothing ambiguous is drawn (see Unicode).
func columns(r rune) int {
	return (&runewidth.Condition{StrictEmojiNeutral: true}).RuneWidth(r)
}

// Width is how many columns a text takes at most. Terminals do not agree on letters that are joined to one picture: some show one, others each of its
// parts. So it is the sum of the parts, and a line that fits by it never wraps.
func Width(text string) int {
	width, last := 0, 0
	for _, r := range text {
		width += step(r, &last)
	}
	return width
}

// step is what a letter adds to the width of a text whose last letter has the width last.
func step(r rune, last *int) int {
	if r == emojiStyle {
		more := 0
		if *last == 1 {
			more = 1
		}
		*last = 2
		return more
	}
	w := columns(r)
	if w > 0 {
		*last = w
	}
	return w
}

// Clean is a text as one line that a terminal takes as text: what controls one, or the direction of what follows, is spelled out.
func Clean(text string) string {
	text = strings.TrimSpace(text)
	if !strings.ContainsFunc(text, hostile) && utf8.ValidString(text) {
		return text
	}
	var out strings.Builder
	for _, r := range text {
		switch {
		case !hostile(r):
			out.WriteRune(r)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\r':
			out.WriteString(`\r`)
		case r < 0x100:
			fmt.Fprintf(&out, `\x%02x`, r)
		default:
			fmt.Fprintf(&out, `\u%04x`, r)
		}
	}
	return out.String()
}

// hostile reports that a letter is none that is shown: controls of C0 and C1, line separators, and marks of format such as those that turn the
// direction of text around. The joiners of emoji and of Indic scripts are letters here.
func hostile(r rune) bool {
	const nonJoiner, joiner = '\u200c', '\u200d'
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) && r != nonJoiner && r != joiner
}

// Cut shortens a text to at most width columns, its end shown by a sign where there is room for one. A width of 0 has no limit.
func Cut(text, sign string, width int) string {
	if width == 0 || Width(text) <= width {
		return text
	}
	room := width - Width(sign)
	if room < 1 {
		sign, room = "", width
	}
	return text[:prefix(text, room)] + sign
}

// prefix is the length in bytes of the longest beginning of a text that is at most width columns wide.
func prefix(text string, width int) int {
	used, last := 0, 0
	for i, r := range text {
		if used += step(r, &last); used > width {
			return i
		}
	}
	return len(text)
}

// Pad fills a text up to width columns, to the right of it where it stands on the left.
func Pad(text string, width int, left bool) string {
	space := strings.Repeat(" ", max(0, width-Width(text)))
	if left {
		return text + space
	}
	return space + text
}

// Wrap cuts a text into lines of at most width columns, at spaces where there are any, else behind the slash of a path. Nothing is lost. A width of 0 has
// no limit.
func Wrap(text string, width int) []string {
	if width == 0 {
		return []string{text}
	}
	var lines []string
	for Width(text) > width {
		end := prefix(text, width)
		if end == 0 { // a letter that is wider than the screen
			_, end = utf8.DecodeRuneInString(text)
		}
		if end == len(text) {
			break
		}
		line := text[:end]
		if text[end] != ' ' {
			if space := strings.LastIndexByte(line, ' '); space > end/3 {
				line = text[:space]
			} else if slash := strings.LastIndexByte(line, '/'); slash > end/3 {
				line = text[:slash+1]
			}
		}
		lines = append(lines, strings.TrimRight(line, " "))
		text = strings.TrimLeft(text[len(line):], " ")
	}
	return append(lines, text)
}
