package cli

import (
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/term"

	"gregaria/loadtest/internal/progress"
	"gregaria/loadtest/internal/terminal"
)

// A screen is what stdout can show.
type screen struct {
	// terminal is nil if stdout is none.
	terminal *progress.Screen
}

// screenOn looks at stdout. Colours are for terminals, unless NO_COLOR (no-color.org) or a dumb terminal says otherwise.
func screenOn(stdout io.Writer) screen {
	file, ok := stdout.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) || os.Getenv("TERM") == "dumb" {
		return screen{}
	}
	size := func() (columns, rows int) {
		columns, rows, err := term.GetSize(int(file.Fd()))
		if err != nil {
			return 0, 0
		}
		return columns, rows
	}
	return screen{&progress.Screen{Size: size, Colour: os.Getenv("NO_COLOR") == "", Unicode: drawsBlocks(os.Getenv)}}
}

// drawsBlocks reports whether a terminal has the letters of sparklines, and shows each in one column. The locale is the first of three variables that is set
// (POSIX, 8.2). The consoles of Linux and of VT terminals lack most of them. In locales of East Asia they are as wide as two letters, in some terminals.
func drawsBlocks(variable func(string) string) bool {
	locale := variable("LC_ALL")
	for _, name := range []string{"LC_CTYPE", "LANG"} {
		if locale == "" {
			locale = variable(name)
		}
	}
	locale = strings.ToLower(locale)
	kind := variable("TERM")
	return (strings.Contains(locale, "utf-8") || strings.Contains(locale, "utf8")) &&
		!slices.Contains([]string{"ja", "ko", "zh"}, locale[:2]) && kind != "linux" && !strings.HasPrefix(kind, "vt")
}

// paint colours a word green if it is good news, else red.
func (s screen) paint(word string, good bool) string {
	if !s.colour() {
		return word
	}
	if good {
		return "\x1b[32m" + word + "\x1b[0m"
	}
	return "\x1b[31m" + word + "\x1b[0m"
}

// colour reports whether stdout shows colours.
func (s screen) colour() bool { return s.terminal != nil && s.terminal.Colour }

// options are those of what is written when all is over.
func (s screen) options() terminal.Options {
	return terminal.Options{Width: s.columns(), Colour: s.colour()}
}

// columns is how wide a line may be, 0 where there is no limit: a file takes any.
func (s screen) columns() int {
	if s.terminal == nil {
		return 0
	}
	columns, _ := s.terminal.Size()
	return columns
}
