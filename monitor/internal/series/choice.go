package series

import (
	"fmt"
	"regexp"
	"strings"
)

// How many series of one server are written at most: without a choice, and with one. The others are left out, which is said.
const (
	MostByDefault = 500
	MostChosen    = 5000
)

// mostKnown is how many series of one server are watched at most, so that a page of any size costs some MB and no more.
const mostKnown = 10_000

// A Choice says by their names which series are written. The zero Choice is the default one: gauges and counters that move.
type Choice struct {
	patterns []*regexp.Regexp
	only     bool // nothing else is written
}

// ParseChoice takes regular expressions, each of which has to match a whole name. One with a plus before it is written beside the default ones, and beside
// those of the others.
func ParseChoice(patterns []string) (Choice, error) {
	var c Choice
	for _, pattern := range patterns {
		pattern, more := strings.CutPrefix(strings.TrimSpace(pattern), "+")
		compiled, err := regexp.Compile("^(?:" + pattern + ")$")
		if err != nil || pattern == "" {
			return Choice{}, fmt.Errorf("%q is no regular expression for the name of a series, such as db_pool_.*", pattern)
		}
		c.patterns, c.only = append(c.patterns, compiled), c.only || !more
	}
	return c, nil
}

// byDefault says that series are written without being chosen.
func (c Choice) byDefault() bool { return !c.only }

// wants says whether series of this name were chosen.
func (c Choice) wants(name string) bool {
	for _, p := range c.patterns {
		if p.MatchString(name) {
			return true
		}
	}
	return false
}

// most is how many series are written.
func (c Choice) most() int {
	if c.byDefault() {
		return MostByDefault
	}
	return MostChosen
}
