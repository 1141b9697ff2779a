package options

import (
	"slices"
	"strings"
)

// Spare returns the command line for a run without some of its locustfiles: options that nobody knows may be theirs, so they are
// dropped, with their values, instead of being refused. class says of a word that it is a user class, and no such value.
func (c *CommandLine) Spare(class func(word string) bool) *CommandLine {
	spared := *c
	spared.class = class
	return &spared
}

// Dropped are the names of the options that were dropped.
func (c *CommandLine) Dropped() []string { return c.dropped }

// known are the words without those that Spare allows to drop, and the names of the options among these.
func (c *CommandLine) known(all []Option, words []token) (kept []token, dropped []string) {
	if c.class == nil {
		return words, nil
	}
	p := parser{all: all, words: words, values: map[string]any{}}
	for len(p.words) > 0 && p.words[0].text != "--" {
		before := p.words
		if name := p.unknown(before[0]); name != "" {
			if !slices.Contains(dropped, name) {
				dropped = append(dropped, name)
			}
			p.skip(c.class)
			continue
		}
		if !p.optional(before[0].text) || p.option(before[0]) != nil { // whoever parses says what is wrong with it
			p.words = before[1:]
		}
		kept = append(kept, before[:len(before)-len(p.words)]...)
	}
	return append(kept, p.words...), dropped
}

// unknown is the name of an option that nobody knows; "" is another word.
func (p *parser) unknown(word token) string {
	if !p.optional(word.text) {
		return ""
	}
	if o, _, _, err := p.find(word); o != nil || err != nil {
		return ""
	}
	name, _, _ := strings.Cut(word.text, "=")
	return name
}

// skip passes over an option that nobody knows, and over what may be its values.
func (p *parser) skip(class func(word string) bool) {
	joined := strings.Contains(p.words[0].text, "=")
	p.words = p.words[1:]
	for n := p.run(p.words); n > 0 && !joined && !class(p.words[0].text); n-- {
		p.words = p.words[1:]
	}
}
