package process

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
)

// maxShown is the longest part of a command line that is shown.
const maxShown = 100

// arguments splits what /proc/PID/cmdline shows. A program may have put one text of its own there (setproctitle): that is
// one argument, with spaces behind it where the arguments were longer.
func arguments(cmdline []byte) []string {
	text := string(bytes.TrimRight(cmdline, "\x00 "))
	if text == "" {
		return nil
	}
	return strings.Split(text, "\x00")
}

// interpreters are programs whose first argument says what runs.
func interpreters() *regexp.Regexp {
	return regexp.MustCompile(`^(python[0-9.]*|pypy[0-9.]*|node|nodejs|deno|bun|ruby[0-9.]*|perl[0-9.]*|php[0-9.-]*|java|dotnet|sh|bash|dash|zsh)$`)
}

// described returns the name of a program, and the beginning of its command line: up to the module or the script that an
// interpreter runs, and the plain words that follow. Arguments may be secrets: nothing is shown from the first flag on, nor of
// words that are settings, addresses or scripts.
func described(args []string) (name, shown string) {
	if len(args) == 0 {
		return "", ""
	}
	name = path.Base(args[0])
	if first, _, ok := strings.Cut(args[0], " "); ok && strings.HasSuffix(first, ":") { // "gunicorn: master [app]"
		name = strings.TrimSuffix(path.Base(first), ":")
	}
	end := 1
	if interpreters().MatchString(name) {
		if i := program(args); i > 0 {
			name, end = path.Base(args[i]), i+1
		}
	}
	for end < len(args) && isPlain(args[end]) {
		end++
	}
	shown = strings.Join(args[:end], " ")
	if len(shown) > maxShown {
		shown = strings.ToValidUTF8(shown[:maxShown], "") + " ..."
	} else if end < len(args) {
		shown += " ..."
	}
	return printable(name), printable(shown)
}

// program is the place of the module or the script in an interpreter's arguments, 0 where it cannot be told.
func program(args []string) int {
	for i := 1; i < len(args); i++ {
		switch arg := args[i]; {
		case (arg == "-m" || arg == "-jar") && i+1 < len(args):
			return i + 1
		case !strings.HasPrefix(arg, "-") && isPlain(arg):
			if slices.ContainsFunc(args[1:i], takesValue) {
				return 0
			}
			return i
		case !isHarmless(arg):
			return 0
		}
	}
	return 0
}

// takesValue says that a flag of an interpreter may have its value in the next argument, or be the program itself.
func takesValue(flag string) bool {
	return slices.Contains([]string{"-c", "-e", "-W", "-X", "-cp", "-classpath", "-r", "--require", "-I"}, flag)
}

// isHarmless says that a flag is a letter or two, such as python's -u: no room for a secret.
func isHarmless(flag string) bool { return strings.HasPrefix(flag, "-") && len(flag) <= 3 }

// isPlain says that a word is neither a flag nor a setting, an address or a text.
func isPlain(word string) bool {
	return word != "" && len(word) <= 64 && !strings.HasPrefix(word, "-") && !strings.ContainsAny(word, "=@ \n\t'\"?&") && !strings.Contains(word, "://")
}

// printable leaves out what would end the line or change the terminal.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, text)
}
