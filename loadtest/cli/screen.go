package cli

import (
	"io"
	"os"

	"golang.org/x/term"
)

// A screen is what stdout can show.
type screen struct {
	// width returns the terminal's columns, 0 if it does not say. Nil if stdout is no terminal.
	width  func() int
	colour bool
}

// screenOn looks at stdout. Colours are for terminals, unless NO_COLOR (no-color.org) or a dumb terminal says otherwise.
func screenOn(stdout io.Writer) screen {
	file, ok := stdout.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) || os.Getenv("TERM") == "dumb" {
		return screen{}
	}
	width := func() int {
		columns, _, err := term.GetSize(int(file.Fd()))
		if err != nil {
			return 0
		}
		return columns
	}
	return screen{width: width, colour: os.Getenv("NO_COLOR") == ""}
}

// paint colours a word green if it is good news, else red.
func (s screen) paint(word string, good bool) string {
	if !s.colour {
		return word
	}
	if good {
		return "\x1b[32m" + word + "\x1b[0m"
	}
	return "\x1b[31m" + word + "\x1b[0m"
}

// columns is how wide a line may be, 0 where there is no limit: a file takes any.
func (s screen) columns() int {
	if s.width == nil {
		return 0
	}
	return s.width()
}
