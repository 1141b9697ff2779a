package cli

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/pflag"
)

// prefix is what the variables begin with: GREGARIA_MONITOR_OUTPUT is --output's. It is the monitor's own, so that a variable meant for
// loadtest does not reach the monitor that it starts.
const prefix = "GREGARIA_MONITOR_"

// A settings is a set of flags, each of which is an environment variable and a line of --help, too. The library is pflag because it leaves
// the linker free to drop methods that nothing calls: a fifth of the program.
type settings struct{ *pflag.FlagSet }

// add makes a flag. placeholder stands for its value in --help; set takes that value as it was written.
func (s settings) add(name, short, placeholder string, set func(string) error, help string) *pflag.Flag {
	checked := func(text string) error {
		if flag, ok := strings.CutPrefix(text, "--"); ok && s.Lookup(flag) != nil {
			return fmt.Errorf("its value is missing: %s is a flag", text)
		}
		return set(text)
	}
	return s.VarPF(value{placeholder, checked}, name, short, help+" ($"+variable(name)+").")
}

// text makes a flag of words.
func (s settings) text(to *string, name, short, placeholder, help string) {
	s.add(name, short, placeholder, take(to, word), help)
}

// list makes a flag of several words: with a comma between them, or one for each time that it is given.
func (s settings) list(to *[]string, name, placeholder, help string) {
	given := false
	s.add(name, "", placeholder, func(text string) error {
		if !given {
			given, *to = true, nil // of the default
		}
		*to = append(*to, split(text)...)
		return nil
	}, help)
}

// yes makes a flag that needs no value.
func (s settings) yes(to *bool, name, help string) {
	s.add(name, "", "bool", take(to, yesOrNo), help).NoOptDefVal = "true"
}

// question makes a flag that is answered at once. It has no variable.
func (s settings) question(name, short, help string) *bool {
	asked := new(bool)
	s.VarPF(question{value{"bool", take(asked, yesOrNo)}}, name, short, help).NoOptDefVal = "true"
	return asked
}

// environ sets the flags that were not given from their variables.
func (s settings) environ() (err error) {
	s.VisitAll(func(f *pflag.Flag) {
		text, ok := os.LookupEnv(variable(f.Name))
		if _, ours := f.Value.(value); !ok || !ours || f.Changed || err != nil {
			return
		}
		if cause := f.Value.Set(text); cause != nil {
			err = fmt.Errorf("--%s: %w (from the variable %s)", f.Name, cause, variable(f.Name))
		}
	})
	return err
}

// variable is what a flag's environment variable is called.
func variable(flag string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// A value is pflag's way to a flag's value. It shows none as the default: the help says in words what happens without the flag.
type value struct {
	placeholder string
	set         func(string) error
}

var _ pflag.Value = value{}

// A question is a value without a variable.
type question struct{ value }

func (v value) Set(text string) error { return v.set(text) }
func (v value) Type() string          { return v.placeholder }
func (v value) String() string        { return "" }

// take sets a value, maybe one that is nil where the flag was not given.
func take[T any](to *T, parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		parsed, err := parse(text)
		if err == nil {
			*to = parsed
		}
		return err
	}
}

func maybe[T any](to **T, parse func(string) (T, error)) func(string) error {
	return func(text string) error {
		parsed, err := parse(text)
		if err == nil {
			*to = &parsed
		}
		return err
	}
}

func word(text string) (string, error) { return text, nil }

func whole(text string) (int, error) {
	number, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a whole number", text)
	}
	return number, nil
}

func yesOrNo(text string) (bool, error) {
	switch strings.ToLower(text) {
	case "true", "yes", "1":
		return true, nil
	case "false", "no", "0":
		return false, nil
	default:
		return false, fmt.Errorf("%q is neither true nor false", text)
	}
}

// oneOf takes some words only.
func oneOf(words ...string) func(string) (string, error) {
	return func(text string) (string, error) {
		for _, word := range words {
			if text == word {
				return text, nil
			}
		}
		return "", fmt.Errorf("%q is none of %s", text, strings.Join(words, ", "))
	}
}

// split cuts at commas. One that belongs to a word has a backslash before it. The last comma may be followed by nothing.
func split(text string) (words []string) {
	if text = strings.TrimSuffix(text, ","); text == "" {
		return nil
	}
	for part := range strings.SplitSeq(text, ",") {
		last := len(words) - 1
		if last >= 0 && strings.HasSuffix(words[last], `\`) {
			words[last] = strings.TrimSuffix(words[last], `\`) + "," + part
			continue
		}
		words = append(words, part)
	}
	return words
}
