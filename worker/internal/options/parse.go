package options

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A parser does to words what argparse.ArgumentParser.parse_known_args does.
type parser struct {
	all        []Option
	words      []token
	values     map[string]any
	given      []Given
	rest       []token // neither an option nor a value of one
	positional bool    // words without an option have been taken
	// early says that a locustfile may still add options: what is only the beginning of a name may be one of those.
	early bool
}

// A Given is an option that somebody has given.
type Given struct {
	Option *Option
	// From is where: "" is the command line.
	From string
}

var negative = regexp.MustCompile(`^-\d+$|^-\d*\.\d+$`)

// parse takes the words. What it does not know stays in rest.
func (p *parser) parse() error {
	p.values = map[string]any{}
	for i := range p.all {
		p.values[p.all[i].Dest] = p.all[i].Default
	}
	for len(p.words) > 0 {
		word := p.words[0]
		switch {
		case word.text == "--":
			p.words = p.words[1:]
			p.take(len(p.words))
		case !p.optional(word.text):
			p.take(p.run(p.words))
		default:
			if err := p.option(word); err != nil {
				return err
			}
		}
	}
	return nil
}

// optional says whether a word is an option and no value (argparse._parse_optional).
func (p *parser) optional(word string) bool {
	switch {
	case len(word) < 2 || word[0] != '-':
		return false
	case p.exact(word) != nil:
		return true
	case negative.MatchString(word), strings.Contains(word, " ") && !strings.Contains(strings.SplitN(word, " ", 2)[0], "="):
		return false
	}
	return true
}

// run is how many values begin the words.
func (p *parser) run(words []token) int {
	n := 0
	for n < len(words) && words[n].text != "--" && !p.optional(words[n].text) {
		n++
	}
	return n
}

// take takes words that are no option's: the first ones are those of the positional argument, later ones nobody's.
func (p *parser) take(n int) {
	i := slices.IndexFunc(p.all, func(o Option) bool { return len(o.Names) == 0 })
	if i < 0 || p.positional {
		p.rest = append(p.rest, p.words[:n]...)
	} else if n > 0 {
		p.values[p.all[i].Dest] = texts(p.words[:n])
		p.given = append(p.given, Given{&p.all[i], p.words[0].from})
		p.positional = true
	}
	p.words = p.words[n:]
}

func texts(words []token) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.text
	}
	return out
}

func (p *parser) exact(name string) *Option {
	for i := range p.all {
		if slices.Contains(p.all[i].Names, name) {
			return &p.all[i]
		}
	}
	return nil
}

// option takes one option with its values.
func (p *parser) option(word token) error {
	o, value, joined, err := p.find(word)
	if err != nil {
		return err
	}
	p.words = p.words[1:]
	if o == nil {
		p.rest = append(p.rest, word)
		return nil
	}
	for joined && value != "" && o.nargs() == "0" && word.text[1] != '-' { // -lV is -l -V
		if err := p.set(o, nil, word); err != nil {
			return err
		}
		if o = p.exact("-" + value[:1]); o == nil {
			return &UsageError{word.from, fmt.Sprintf("argument %s: ignored explicit argument '%s'", p.exact(word.text[:2]).Name(), value)}
		}
		value = value[1:]
		joined = value != ""
	}
	values := []string{value}
	switch n := o.nargs(); {
	case joined && n == "0":
		return &UsageError{word.from, fmt.Sprintf("argument %s: ignored explicit argument '%s'", o.Name(), value)}
	case joined:
	case n == "0":
		values = nil
	case n == "*":
		k := p.run(p.words)
		values, p.words = texts(p.words[:k]), p.words[k:]
	default:
		if p.run(p.words) == 0 {
			return &UsageError{word.from, fmt.Sprintf("argument %s: expected one argument", o.Name())}
		}
		values, p.words = []string{p.words[0].text}, p.words[1:]
	}
	return p.set(o, values, word)
}

// find returns the option of a word, and the value that is joined to it: --users=5, -u5. A beginning of a long name will do
// if it is only one's (argparse._get_option_tuples).
func (p *parser) find(word token) (o *Option, value string, joined bool, err error) {
	if o := p.exact(word.text); o != nil {
		return o, "", false, nil
	}
	name, value, joined := strings.Cut(word.text, "=")
	if o := p.exact(name); joined && o != nil {
		return o, value, true, nil
	}
	if !strings.HasPrefix(word.text, "--") {
		if o := p.exact(word.text[:2]); o != nil {
			return o, word.text[2:], true, nil
		}
		return nil, "", false, nil
	}
	o, found := p.beginning(name)
	switch {
	case len(found) == 0, p.early && (len(found) > 1 || o.Use != Obeyed):
		return nil, "", false, nil
	case len(found) == 1:
		return o, value, joined, nil
	}
	return nil, "", false, &UsageError{word.from, fmt.Sprintf("ambiguous option: %s could match %s", word.text, strings.Join(found, ", "))}
}

// beginning returns the names that begin so, and the option of the last one.
func (p *parser) beginning(name string) (o *Option, found []string) {
	for i := range p.all {
		for _, n := range p.all[i].Names {
			if strings.HasPrefix(n, name) {
				found, o = append(found, n), &p.all[i]
			}
		}
	}
	return o, found
}

// set notes the value of an option.
func (p *parser) set(o *Option, values []string, word token) error {
	v, err := o.convert(values)
	if err != nil {
		return &UsageError{word.from, fmt.Sprintf("argument %s: %s", o.Name(), err)}
	}
	if o.Use == Refused {
		return &UsageError{word.from, fmt.Sprintf("argument %s: %s", o.Name(), o.Why)}
	}
	if text, ok := v.(string); ok && o.Own && o.Append { // those of a locustfile are added up by its own parser
		before, _ := p.values[o.Dest].([]string)
		v = append(slices.Clip(before), text)
	}
	p.values[o.Dest] = v
	p.given = append(p.given, Given{o, word.from})
	return nil
}
