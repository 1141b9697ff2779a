package regex

import (
	"fmt"
	"strings"
	"unicode"
)

// An Error is what re.error says of a pattern or of a template.
type Error struct {
	Msg string
	// Pos is where, in characters; -1 is nowhere.
	Pos int
}

func (e *Error) Error() string {
	if e.Pos < 0 {
		return e.Msg
	}
	return fmt.Sprintf("%s at position %d", e.Msg, e.Pos)
}

type (
	// A ValueError is Python's ValueError: flags that contradict each other.
	ValueError string
	// An OverflowError is Python's OverflowError: a count beyond all measure.
	OverflowError string
	// A RecursionError is Python's RecursionError: groups in groups in groups.
	RecursionError string
	// An UnknownGroupError is Python's IndexError: a template names a group that is not there.
	UnknownGroupError string
	// UnsupportedError is what Python's re has and this package has not.
	UnsupportedError string
)

func (e ValueError) Error() string        { return string(e) }
func (e OverflowError) Error() string     { return string(e) }
func (e RecursionError) Error() string    { return string(e) }
func (e UnknownGroupError) Error() string { return string(e) }
func (e UnsupportedError) Error() string  { return string(e) }

// A Warning is what Python warns of when it compiles a pattern.
type Warning struct {
	// Category is the name of the warning's class.
	Category, Text string
}

// quoted is repr(s) of a name.
func quoted(s string) string {
	q := "'"
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		q = `"`
	}
	var sb strings.Builder
	sb.WriteString(q)
	for _, r := range decode(s) {
		switch {
		case r == '\\' || string(r) == q:
			sb.WriteRune('\\')
			sb.WriteRune(r)
		case r == '\n':
			sb.WriteString(`\n`)
		case r == '\t':
			sb.WriteString(`\t`)
		case r == '\r':
			sb.WriteString(`\r`)
		case r == ' ' || unicode.IsPrint(r):
			sb.WriteRune(r)
		default:
			sb.WriteString(escapeASCII(r))
		}
	}
	return sb.String() + q
}

// escapeASCII writes a character as ascii() does.
func escapeASCII(r rune) string {
	switch {
	case r < 0x80 && r >= ' ':
		return string(r)
	case r < 0x100:
		return fmt.Sprintf(`\x%02x`, r)
	case r < 0x10000:
		return fmt.Sprintf(`\u%04x`, r)
	}
	return fmt.Sprintf(`\U%08x`, r)
}

// toASCII writes what is not ASCII with escapes.
func toASCII(s string) string {
	var sb strings.Builder
	for _, r := range s {
		if r < 0x80 {
			sb.WriteRune(r)
		} else {
			sb.WriteString(escapeASCII(r))
		}
	}
	return sb.String()
}
