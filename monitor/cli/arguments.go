package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"gregaria/internal/build"
	"gregaria/internal/spelling"
)

// errShown means that --help or --version was asked for and answered.
var errShown = errors.New("help shown")

// mostSlips is how many slips make another word of a flag.
const mostSlips = 3

// parseFlags reads args and the environment. It returns errShown after it answered --help or --version on stdout.
func parseFlags(args []string, stdout io.Writer) (flags, error) {
	f := byDefault()
	s := settings{pflag.NewFlagSet("monitor", pflag.ContinueOnError)}
	s.SortFlags = false
	help := s.question("help", "h", "Show this help and exit.")
	version := s.question("version", "", "Show the version and exit.")
	f.define(s)
	err := s.Parse(args)
	switch {
	case err != nil:
		return f, s.explain(err)
	case *help:
		return f, shown(s.showHelp(stdout))
	case *version:
		_, err := fmt.Fprintln(stdout, "gregaria monitor", build.Version)
		return f, shown(err)
	case s.NArg() > 0:
		return f, fmt.Errorf("unexpected argument %s", s.Arg(0))
	}
	if err := s.environ(); err != nil {
		return f, err
	}
	return f, f.check()
}

func shown(err error) error {
	if err == nil {
		err = errShown
	}
	return err
}

// explain says what is wrong in the words of the other flags' errors: the flag, the cause, what to do.
func (s settings) explain(err error) error {
	var (
		unknown *pflag.NotExistError
		bare    *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown) && unknown.GetSpecifiedShortnames() != "":
		return fmt.Errorf("unknown flag -%s", unknown.GetSpecifiedName())
	case errors.As(err, &unknown):
		return fmt.Errorf("unknown flag --%s%s", unknown.GetSpecifiedName(), s.similar(unknown.GetSpecifiedName()))
	case errors.As(err, &bare):
		return fmt.Errorf("--%s: its value is missing; give --%s %s", bare.GetFlag().Name, bare.GetFlag().Name, bare.GetFlag().Value.Type())
	case errors.As(err, &invalid):
		return fmt.Errorf("--%s: %w", invalid.GetFlag().Name, invalid.Unwrap())
	default:
		return err
	}
}

// similar asks whether another flag was meant.
func (s settings) similar(name string) string {
	var names []string
	s.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if nearest := spelling.Nearest(name, names, min(mostSlips, len(name))); nearest != "" {
		return fmt.Sprintf(", did you mean --%s?", nearest)
	}
	return ""
}
