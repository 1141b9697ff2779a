// Package options reads the command line of a Locust worker as Locust reads it (locust/argument_parser.py, with ConfigArgParse
// and argparse below it): options, environment variables and configuration files, in that order of precedence.
package options

import "strings"

// A Kind says what an option takes, and what becomes of it.
type Kind int

// What options take. Those of Locust's own types have its checks and words.
const (
	Flag    Kind = iota // nothing
	Text                // a text
	Int                 // a whole number
	Count               // a whole number above 0
	Rate                // a number above 0
	Span                // a time, as "1h30m"
	Level               // a log level
	Texts               // any number of texts
	Users               // any number of user configurations: JSON, or files of it
	Removed             // whatever it takes: Locust ends with what Why says
	Seconds             // a number
	Help                // nothing: the help is printed
	Version             // nothing: the version is printed
)

// A Use says what a worker does with an option.
type Use int

// What a worker does with an option.
const (
	Obeyed  Use = iota
	Ignored     // it means nothing on a worker
	Refused     // Locust would do it, this worker does not
)

// An Option is one of the command line.
type Option struct {
	// Names are its option strings; a positional argument has none.
	Names []string
	// Dest is its name among the parsed options.
	Dest string
	Kind Kind
	// Env is its environment variable, or "".
	Env string
	// Default is its value if nobody says another.
	Default any
	Use     Use
	// Why says, of a Removed or Refused one, what to do instead.
	Why string
	// Metavar and Help are for --help; an option without Help is not shown.
	Metavar, Help string
	// Own says that it is the worker's, not Locust's.
	Own bool
	// Append says that each use adds a value. Nargs is argparse's, where Kind does not say it: "" is one value.
	Append bool
	Nargs  string
}

// nargs is what Takes says.
func (o *Option) nargs() string {
	switch o.Kind {
	case Flag, Help, Version:
		return "0"
	case Texts, Users:
		return "*"
	default:
		return o.Nargs
	}
}

// Takes says how many values follow the option, as argparse's nargs does: "0", "*" or "" for one.
func (o *Option) Takes() string { return o.nargs() }

// Name is the option as Locust's messages have it: -u/--users.
func (o *Option) Name() string { return strings.Join(o.Names, "/") }

// keys are its names in a configuration file.
func (o *Option) keys() []string {
	var keys []string
	for _, n := range o.Names {
		if strings.HasPrefix(n, "--") {
			keys = append(keys, n[2:], n)
		}
	}
	return keys
}

// last is the name that values from elsewhere are given to.
func (o *Option) last() string { return o.Names[len(o.Names)-1] }
