package options

import (
	"fmt"
	"slices"
	"strings"

	"gregaria/internal/spelling"
)

// A CommandLine is what was given to a worker.
type CommandLine struct {
	// Values are those of all options by their Dest.
	Values map[string]any
	// Given are the options that somebody has given, in order.
	Given []Given
	// Files are the configuration files that said something.
	Files []File

	all  []Option
	args []token // the words of the command line without those that are the worker's own
	rest []token // words that no option of all takes
	env  func(string) (string, bool)

	class   func(string) bool // see Spare; nil: what nobody knows is refused
	dropped []string
}

// Parse reads a command line. all are the options that it may have; others are left for the locustfile, which may add some.
func Parse(all []Option, args []string, env func(string) (string, bool), files []File) (*CommandLine, error) {
	words := make([]token, len(args))
	for i, a := range args {
		words[i] = token{text: a}
	}
	merged, err := merge(all, words, env, files)
	if err != nil {
		return nil, err
	}
	p := parser{all: all, words: merged, early: true}
	if err := p.parse(); err != nil {
		return nil, err
	}
	c := &CommandLine{Values: p.values, Given: p.given, Files: files, all: all, rest: p.rest, env: env}
	c.args = foreign(all, words)
	return c, nil
}

// None is an empty command line.
func None() *CommandLine {
	c, err := Parse(Locust(), nil, func(string) (string, bool) { return "", false }, nil)
	if err != nil { // there is nothing that could be wrong
		panic(err)
	}
	return c
}

// foreign are the words without the worker's own options.
func foreign(all []Option, words []token) []token {
	p := parser{all: all, words: words, values: map[string]any{}, early: true}
	var kept []token
	for len(p.words) > 0 {
		before := p.words
		if w := before[0].text; !p.optional(w) || w == "--" {
			kept, p.words = append(kept, before[0]), before[1:]
			continue
		}
		o, _, _, _ := p.find(before[0])
		_ = p.option(before[0]) // it was right the first time
		if o == nil || !o.Own {
			kept = append(kept, before[:len(before)-len(p.words)]...)
		}
	}
	return kept
}

// Unknown are the options that are not in the table, each with the nearest name that is; Locust suggests it too.
func (c *CommandLine) Unknown() (names, nearest []string) {
	for _, w := range c.rest {
		name, _, _ := strings.Cut(w.text, "=")
		p := parser{all: c.all}
		if _, found := p.beginning(name); !strings.HasPrefix(name, "-") || len(found) > 0 {
			continue
		}
		names, nearest = append(names, name), append(nearest, near(c.all, name))
	}
	return names, nearest
}

// Settle returns the command line as it is once it is known which options the locustfile adds. The error says what is wrong,
// or that words are left that nobody takes.
func (c *CommandLine) Settle(custom []Option) (*CommandLine, error) {
	all := append(c.Table(), custom...)
	merged, err := merge(all, c.args, c.env, c.files(all))
	if err != nil {
		return nil, err
	}
	merged, dropped := c.known(all, merged)
	p := parser{all: all, words: merged}
	if err := p.parse(); err != nil {
		return nil, err
	}
	settled := *c
	settled.Values, settled.Given, settled.rest, settled.dropped = p.values, p.given, p.rest, dropped
	return &settled, settled.left()
}

// left returns a UsageError if words are left that nobody takes.
func (c *CommandLine) left() error {
	if len(c.rest) == 0 {
		return nil
	}
	text := "unrecognized arguments: " + strings.Join(texts(c.rest), " ")
	name, _, _ := strings.Cut(c.rest[0].text, "=")
	if n := near(c.all, name); n != "" {
		text += fmt.Sprintf("\nDid you mean '%s'?", n)
	}
	return &UsageError{c.rest[0].from, text}
}

// For returns the words of the whole command line for a parser that knows the table's options of Locust and those of the
// locustfile, with the places that the words of each option come from.
func (c *CommandLine) For(custom []Option) (words []string, from map[string]string, err error) {
	all := append(c.Table(), custom...)
	merged, err := merge(all, c.args, c.env, c.files(all))
	if err != nil {
		return nil, nil, err
	}
	merged, _ = c.known(all, merged)
	from = map[string]string{}
	for _, t := range merged {
		if t.from != "" {
			name, _, _ := strings.Cut(t.text, "=")
			from[name] = t.from
		}
	}
	return texts(merged), from, nil
}

// Table are the options, without the worker's own.
func (c *CommandLine) Table() []Option {
	return slices.DeleteFunc(slices.Clone(c.all), func(o Option) bool { return o.Own })
}

// files are the configuration files without the lines of the worker's own options; one that all have, too, is left.
func (c *CommandLine) files(all []Option) []File {
	own := slices.DeleteFunc(slices.Clone(c.all), func(o Option) bool { return !o.Own })
	files := slices.Clone(c.Files)
	for i, f := range files {
		files[i].items = slices.DeleteFunc(slices.Clone(f.items), func(it item) bool {
			return keyed(own, it.key) != nil && keyed(all, it.key) == nil
		})
	}
	return files
}

// Is says whether somebody has given an option.
func (c *CommandLine) Is(dest string) bool {
	return slices.ContainsFunc(c.Given, func(g Given) bool { return g.Option.Dest == dest })
}

// Read are the configuration files that said something.
func (c *CommandLine) Read() string {
	names := make([]string, len(c.Files))
	for i, f := range c.Files {
		names[i] = f.Name
	}
	return strings.Join(names, ", ")
}

// Ignored says in one line which of the given options mean nothing on a worker; "" is none.
func (c *CommandLine) Ignored() string {
	var names []string
	for _, g := range c.Given {
		if g.Option.Use != Ignored {
			continue
		}
		name := g.Option.Name()
		if g.From != "" {
			name += " (" + g.From + ")"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	if names == nil {
		return ""
	}
	return "Without effect on a worker, the master has the say: " + strings.Join(names, ", ")
}

// near returns the option whose name is most like one, "" if none is much like it.
func near(all []Option, name string) string {
	var names []string
	for i := range all {
		names = append(names, all[i].Names...)
	}
	return spelling.Nearest(name, names, len(name)*2/5+1)
}
